"""A table that people write in: as it is on the slide, with room to write on paper."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

import deckbuilder
from tools import Package, deck_folder, read_words

TABLE = {
    "kind": "table",
    "title": "Beds",
    "minutes": 5,
    "header": ["Bed", "Crop"],
    "rows": [["Fence", "Beans"], ["Door", ""], ["Pots", ""], ["Shed", "Peas"]],
    "lines": 4,
}
PITCH = 8.5 / 25.4 * 72  # points between ruled lines


def heights(pdf: Path, *wanted: str) -> list[float]:
    """From each of the words to the next, in points, in a file in which they stand on one page."""
    for page in read_words(pdf):
        tops = {word.text: word.top for word in page.words if word.text in wanted}
        if len(tops) == len(wanted):
            return [tops[after] - tops[before] for before, after in pairwise(wanted)]
    raise AssertionError(wanted)


@pytest.mark.parametrize("length", ["full", "short"])
def test_empty_cells_have_room_to_write_on_paper(tmp_path: Path, length: str) -> None:
    deck = deck_folder(tmp_path / "deck", TABLE, handout={"length": length, "parts": ["sections"]})
    built = deckbuilder.build(deck, output=tmp_path / "out", only=["deck", "handout"])
    first, second, third = heights(built.files[1], "Fence", "Door", "Pots", "Shed")
    assert first < 2 * PITCH
    assert second == pytest.approx(third)
    assert 4 * PITCH < second < 5 * PITCH
    assert "Beans" in Package(built.files[0]).text("ppt/slides/slide1.xml")


def test_a_worksheet_is_no_statistic(tmp_path: Path) -> None:
    rows = [["2024", "12"], ["2025", ""]]
    for lines, codes in ((2, []), (None, ["figure-without-source"])):
        deck = deck_folder(tmp_path / str(lines), {**TABLE, "rows": rows, "lines": lines})
        found = [one.code for one in deckbuilder.check(deck).diagnostics if one.code == "figure-without-source"]
        assert found == codes
