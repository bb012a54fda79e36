"""The deck that the project began with, written as old decks were, comes in as the kinds that its slides are by now."""

from __future__ import annotations

from pathlib import Path

import pytest
from founding import old_slides
from importing_tools import imported
from old_style import write_old

import deckbuilder
from tools import SOURCES

LEAST = 0.8  # of the slides


@pytest.mark.slow
def test_slides_of_the_founding_deck_become_the_kinds_that_they_are(tmp_path: Path) -> None:
    folder, session = SOURCES["harm-reduction"]
    slides = old_slides(deckbuilder.read(folder, session=session).deck)
    old = write_old([slide for _, slide in slides], tmp_path / "old.pptx", "Recovery coaching © 2019 The group")
    report, deck = imported(old, tmp_path)
    assert not report.repeated
    assert deck["copyright"] == "Recovery coaching © 2019 The group"
    became = {row.number: row.kinds[:1] for row in report.slides}
    others = [
        f"{n} {slide.title}: {kind} became {became.get(n)}"
        for n, (kind, slide) in enumerate(slides, 1)
        if became.get(n) != (kind,)
    ]
    assert len(others) <= (1 - LEAST) * len(slides), others
    assert [slide.hidden for _, slide in slides] == [became_hidden(report, n) for n in range(1, len(slides) + 1)]


def became_hidden(report: object, number: int) -> bool:
    return next(row.hidden for row in report.slides if row.number == number)  # type: ignore[attr-defined]
