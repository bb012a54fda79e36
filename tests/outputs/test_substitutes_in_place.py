"""Words beside characters that other fonts draw stand where they were measured: on prints, in thumbnails and on pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deckbuilder.content.printing import PrintSettings
from deckbuilder.layout.frame import SlideFrame, TableItem, TextItem
from tools import Page, arrange, build_files, deck_folder, read_words

# A substitute at the end of a line, and what comes after it, in words that occur once.
ENDS = ["Open ✓", "Locked 🔒", "Counted ☑", "Water 水", "Rubbish 🗑️", "Ten 🔟", "Bright ★", "Halved ½ x^2^", "Hot ♨"]
AFTER = ["Lavender", "Marjoram", "Tarragon", "Coriander", "Fenugreek", "Chervil", "Lovage", "Rosemary", "Oregano"]
SLACK = 0.8  # points: rounding by Poppler and of the print's width


def slides() -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    for n, (end, after) in enumerate(zip(ENDS, AFTER, strict=True)):
        out.append(
            {
                "kind": "points",
                "title": f"Herb{n} {after.lower()}",
                "minutes": 1,
                "points": [
                    f"{after} {end}",
                    f"Second{n} {after.upper()} stands here",
                    f"{end} inside{n} again{n} {end}",
                ],
            }
        )
    rows = [[f"Row{n} {end}", f"Cell{n} follows{n}"] for n, end in enumerate(ENDS[:5])]
    return [*out, {"kind": "table", "title": "Tabled", "minutes": 1, "header": ["Name ✓", "Whatever"], "rows": rows}]


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return deck_folder(tmp_path_factory.mktemp("deck"), *slides())


def expected(frame: SlideFrame) -> Iterator[tuple[str, float, float]]:
    """The plain words of a frame, each with its left and right edge in points of the slide."""
    for item in frame.items:
        texts = [(item.text, item.placeholder.room.x)] if isinstance(item, TextItem) else []
        if isinstance(item, TableItem):
            texts = [(cell, 0.0) for row in item.rows for cell in row]
        for laid, left in texts:
            for paragraph in laid.paragraphs:
                for segment in (segment for line in paragraph.lines for segment in line.segments):
                    if laid.style.align != "left" or segment.face.substitute:
                        continue
                    start = 0
                    for word in segment.text.split():
                        start = segment.text.index(word, start)
                        x = left + paragraph.indent + segment.x
                        before = segment.face.natural_width(segment.text[:start], segment.size)
                        wide = segment.face.natural_width(word, segment.size)
                        yield word, x + before, wide
                        start += len(word)


def widths(page: Page, frame: SlideFrame, scale: float) -> Iterator[tuple[str, float, float]]:
    """Words that occur once on the page, with their widths there and as they were measured."""
    for word, _, wide in expected(frame):
        found = [one for one in page.words if one.text == word]
        if len(found) == 1 and len(word) > 3:
            yield word, found[0].right - found[0].left, wide * scale


def test_words_stand_as_they_were_measured_on_prints_of_slides(deck: Path, tmp_path: Path) -> None:
    printed = build_files(tmp_path, deck, only=("handout",), printing=PrintSettings(slides_per_page=1))
    pages = read_words(printed.handout)
    compared = 0
    for frame, page in zip(arrange(deck).frames, pages, strict=False):
        places = {word: (x, wide) for word, x, wide in expected(frame) if len(word) > 3}
        found = {one.text: one for one in page.words if one.text in places}
        if isinstance(frame.items[-1], TextItem):
            # The print's scale and place, from the two words that stand farthest apart.
            first, last = min(found, key=lambda w: places[w][0]), max(found, key=lambda w: places[w][0])
            scale = (found[last].left - found[first].left) / (places[last][0] - places[first][0])
            assert 0.4 < scale < 0.7
            origin = found[first].left - places[first][0] * scale
            for word, (x, wide) in places.items():
                assert abs(found[word].left - (origin + x * scale)) < SLACK, word
                assert abs(found[word].right - found[word].left - wide * scale) < SLACK, word
                compared += 1
        else:
            scale = 0.56
            for word, drawn, measured in widths(page, frame, scale):
                assert abs(drawn / measured - 1) < 0.12, word
                compared += 1
    assert compared > 4 * len(ENDS)


def test_letters_after_a_substitute_stand_close_in_thumbnails(deck: Path, tmp_path: Path) -> None:
    built = build_files(tmp_path, deck, only=("handout", "guide"))
    words = [one for page in read_words(built.guide, raw=True) for one in page.words]
    compared = 0
    for frame in arrange(deck).frames:
        for word, _, wide in expected(frame):
            found = [one for one in words if one.text == word]
            if len(found) == 1 and len(word) > 4 and found[0].height < 8:
                scale = (found[0].right - found[0].left) / wide
                assert 0.2 < scale < 0.25, (word, scale)
                compared += 1
    assert compared > 2 * len(ENDS)
