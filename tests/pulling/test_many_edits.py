"""Many edits of all sorts at once, made without deckbuilder: all of them come back, and nothing else changes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from by_hand import ByHand
from said_by import said

import deckbuilder
from deckbuilder.content.deck import Deck
from deckbuilder.editing.applying import written
from deckbuilder.editing.slides import Place, slide_fields
from deckbuilder.pulling.pull import pull
from deckbuilder.pulling.writing import write
from tools import SOURCES, Built

EDITS = 200
# With the seeds of their draws.
DECKS = [
    ("every-kind", 1),
    ("safe-food", 2),
    pytest.param("train-the-trainer", 1, marks=pytest.mark.slow),
]


def sources(folder: Path, session: object) -> dict[str, str]:
    """What each slide of a deck is written as, by its identity."""
    text = (folder / "deck.yaml").read_text(encoding="utf-8")
    w = written(text, Deck)
    names = Place(folder, session).slides(w)  # type: ignore[arg-type]
    return {name: text[span.start : span.stop] for name, (span, _) in zip(names, slide_fields(w), strict=True)}


@pytest.mark.parametrize(("name", "seed"), DECKS)
def test_edits_of_all_sorts_come_back_and_nothing_else(
    name: str, seed: int, built: Callable[[str], Built], tmp_path: Path
) -> None:
    source, session = SOURCES[name]
    folder = Path(shutil.copytree(source, tmp_path / "deck"))
    session = folder / session.name if session else None
    edited = ByHand(built(name).deck, seed=seed)
    edited.edit(EDITS)
    file = edited.save(tmp_path / "edited.pptx")
    read = deckbuilder.read(folder, session=session)
    before = sources(folder, read.session)
    comments = [
        line for line in (folder / "deck.yaml").read_text("utf-8").splitlines() if line.lstrip().startswith("#")
    ]

    found = pull(file, folder, session=session)
    assert ([*map(str, found.conflicts)], [*map(str, found.left)]) == ([], [])
    write(found, folder)
    after = deckbuilder.build(folder, session=session, output=tmp_path / "out", only=["deck"]).files[0]

    assert said(after) == said(file)
    texts = [path.read_text("utf-8") for path in (folder / "deck.yaml", *folder.rglob("*.csv"))]
    assert [token for token in edited.tokens if not any(token in text for text in texts)] == []
    untouched = [source for slide, source in before.items() if slide not in edited.touched]
    assert [source for source in untouched if source.strip() not in texts[0]] == []
    assert [*map(str, pull(file, folder, session=session).changes)] == []
    gone = [line for line in comments if line not in texts[0]]
    assert len(gone) <= 2 * edited.made["deleted"], gone  # those of slides that were deleted
