"""Generated decks, every kind of slide with far too much in it, edited by chance and pulled back: words in, words out."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pptx
import pytest
from by_hand import ByHand
from said_by import said

import deckbuilder
from deckbuilder.pulling.found import Pulled
from deckbuilder.pulling.pull import pull
from deckbuilder.pulling.writing import write
from tools import Built, deck_source

SEEDS = {"words": 1, "showing": 1}


def copied(name: str, folder: Path) -> Path:
    return Path(shutil.copytree(deck_source(name)[0], folder / "deck"))


def texts(folder: Path) -> str:
    """What a deck's files say."""
    return "\n".join(path.read_text("utf-8") for path in (folder / "deck.yaml", *sorted(folder.rglob("*.csv"))))


def told(found: Pulled) -> str:
    return "\n".join(map(str, (*found.left, *found.conflicts)))


@pytest.mark.slow
@pytest.mark.parametrize("name", SEEDS)
def test_all_that_was_put_in_is_in_the_deck_or_told(name: str, built: Callable[[str], Built], tmp_path: Path) -> None:
    """A word stands in for each edit. What a slide repeats on each of its frames can be changed otherwise on two of them; then
    one counts, and the other is told."""
    folder = copied(name, tmp_path)
    edited = ByHand(built(name).deck, seed=SEEDS[name])
    edited.edit(60)
    file = edited.save(tmp_path / "edited.pptx")
    before = texts(folder)
    found = pull(file, folder)
    assert found.conflicts == []
    write(found, folder)
    after, left = texts(folder), told(found)
    kept = [token for token in edited.tokens if token in after]
    assert [token for token in edited.tokens if token not in after and token not in left] == []
    assert len(kept) >= 0.9 * len(edited.tokens)
    own = set(re.findall(r"\w+", before))
    shown = set(re.findall(r"\w+", str(said(file))))
    new = set(re.findall(r"\w+", after)) - own - shown - set(edited.tokens)
    assert {word for word in new if not re.search(r"\d", word)} <= {"png", "jpg", "hidden", "true", "decorative"}
    again = deckbuilder.build(folder, output=tmp_path / "again", only=["deck"]).files[0]
    shown_again = f"{said(again)} {notes_of(again)}"
    assert [token for token in kept if token not in shown_again] == []


def notes_of(file: Path) -> str:
    return "\n".join(
        s.notes_slide.notes_text_frame.text for s in pptx.Presentation(str(file)).slides if s.has_notes_slide
    )
