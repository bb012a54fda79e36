"""What deckbuilder built comes back: with the marks in the file nearly the deck itself, without them all that it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from facets import facets, plain
from importing_tools import imported

import deckbuilder
from deckbuilder.content.base import Model
from deckbuilder.content.deck import Deck
from deckbuilder.content.kinds import pictures_of
from deckbuilder.content.slides import Point
from deckbuilder.content.text import Text
from deckbuilder.importing import importer
from tools import GENERATED, SOURCES, Built, deck_source

DECKS = (*SOURCES, *GENERATED)


def deck_of(name: str) -> Deck:
    folder, session = deck_source(name)
    return deckbuilder.read(folder, session=session).deck


@pytest.mark.parametrize("name", DECKS)
def test_a_deck_of_ours_comes_back_as_it_was(name: str, built: Callable[[str], Built], tmp_path: Path) -> None:
    imported(built(name).deck, tmp_path)
    wanted, found = facets(deck_of(name)), facets(deckbuilder.read(tmp_path / "new").deck)
    for one in (*wanted, *found):
        if one["kind"] == "resource":  # whose slides show all points at one level
            one["lists"] = re.findall(r"'([^']*)'", str(one["lists"]))
    assert found == wanted


@pytest.mark.parametrize("name", ["train-the-trainer", "every-kind"])
def test_what_a_deck_says_comes_back_without_the_marks(
    name: str, built: Callable[[str], Built], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "marks_in", lambda *_: None)
    imported(built(name).deck, tmp_path)
    old, new = deck_of(name), deckbuilder.read(tmp_path / "new").deck
    wanted, found = facets(old), facets(new)
    assert list(dict.fromkeys(one["section"] for one in found)) == list(dict.fromkeys(one["section"] for one in wanted))
    said = "\n".join(map(str, texts(new)))
    assert [one["title"] for one in wanted if one["title"] and one["title"] not in said] == []
    assert not Counter(items(old)) - Counter(items(new))
    for name_of in ("table", "chart"):
        assert [one[name_of] for one in found if name_of in one] == [one[name_of] for one in wanted if name_of in one]
    shown = [p for _, s in old.slides() if "deck" in s.show for p in pictures_of(s) if "deck" in p.show and p.alt]
    assert {p.alt for p in shown} <= {p.alt for _, s in new.slides() for p in pictures_of(s)}
    assert {link for one in wanted for link in one["links"]} <= {link for one in found for link in one["links"]}
    assert sum(one["hidden"] for one in found) == sum(one["hidden"] for one in wanted)
    cues = Counter(
        (kind, words) for one in wanted for kind, words in one["notes"] if kind in ("say", "do", "transition")
    )
    assert not cues - Counter((kind, words) for one in found for kind, words in one["notes"])


def texts(value: Any) -> Iterator[Any]:
    """The words of every text in a deck."""
    if isinstance(value, Text):
        yield plain(value)
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)


def items(deck: Deck) -> Iterator[tuple[str, int]]:
    """The items of all lists that slides show, with their levels."""
    for _, slide in deck.slides():
        if "deck" in slide.show:
            for name in type(slide).model_fields:
                if name not in ("handout", "notes", "virtual", "cues", "questions", "audience_points", "why"):
                    yield from _items(getattr(slide, name), 0)


def _items(value: Any, level: int) -> Iterator[tuple[str, int]]:
    if isinstance(value, Point):
        yield plain(value.text), level
        for one in value.points:
            yield from _items(one, level + 1)
    elif isinstance(value, Text):
        for paragraph in value:
            if paragraph.marker:
                yield plain(Text((paragraph,))), paragraph.level
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            yield from _items(getattr(value, name), level)
    elif isinstance(value, tuple):
        for one in value:
            yield from _items(one, level)
