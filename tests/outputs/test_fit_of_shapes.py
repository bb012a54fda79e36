"""Every word in its shape: words as LibreOffice paints them, shapes as the .pptx file has them.

Nothing here trusts our own measuring; the decks are those that ship and ones that hold far too much.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest

from deckbuilder.content.kinds import shown_in
from shapes import faults, shapes_on
from tools import DECKS, GENERATED, Built, Package, arranged, find, read_words, written

# LibreOffice paints what it draws in other fonts after the rest of a line; `test_many_scripts` goes by places.
pytestmark = pytest.mark.parametrize("name", [n for n in (*DECKS, *GENERATED) if n != "many-scripts"])


def shown(package: Package) -> list[str]:
    """The slides that LibreOffice makes pages of: it leaves hidden ones out."""
    return [slide for slide in package.slides if package.xml(slide).get("show") != "0"]


def test_every_word_stays_in_its_shape_and_off_the_others(
    name: str, built: Callable[[str], Built], slides_pdf: Callable[[str], Path]
) -> None:
    package = Package(built(name).deck)
    pages = read_words(slides_pdf(name), raw=True)
    found = []
    for slide, page in zip(shown(package), pages, strict=True):
        found += faults(shapes_on(package, slide), page, slide.rpartition("/")[2])
    assert found == []


def test_shapes_stay_on_the_slide_and_tables_in_their_place(name: str, built: Callable[[str], Built]) -> None:
    package = Package(built(name).deck)
    for slide in package.slides:
        layout = package.xml(package.related(slide, "slideLayout")[0])
        for shape in shapes_on(package, slide):
            rect = shape.rect
            if shape.kind != "art":
                assert rect.x >= 0, f"{slide}: {shape.name}"
                assert rect.y >= 0, f"{slide}: {shape.name}"
                assert rect.right <= 960.01, f"{slide}: {shape.name}"
                assert rect.bottom <= 540.01, f"{slide}: {shape.name}"
            if shape.kind == "table":
                ((width, height),) = [
                    (int(ext.get("cx")) / 12_700, int(ext.get("cy")) / 12_700)
                    for ext in find(layout, "//p:sp[.//p:ph[@type='tbl']]/p:spPr/a:xfrm/a:ext")
                ]
                assert rect.width <= width + 0.1, f"{slide}: {shape.name}"
                assert rect.height <= height + 0.6, f"{slide}: {shape.name}"
                assert max(a.room.bottom for a in shape.areas) <= rect.bottom, f"{slide}: {shape.name}"


# Fields that are for paper, for the facilitator, or for programs.
_ELSEWHERE = re.compile(
    r"^(say|do|ask|transition)\.|\.(show|gaps|virtual|objectives|handout|alt|id|sources|layout|materials|file|url|join|unit|chart|fit|grouping|per|listen_for|follow_ups"
    r"|debrief|why|cues|notes|current|priority|need|left_out|lead)\b"
)


def is_shown(path: str) -> bool:
    if path.startswith("activity.materials"):
        return path.endswith("item")
    return not _ELSEWHERE.search(path)


def bare(text: str) -> list[str]:
    """The text's words, without the quotation marks and colons that slides add, without the stop that a lead-in loses where
    it is the title, and without gaps to fill: slides show the word or a rule in their place (see the tests of arranging)."""
    return re.sub(r"[“”„«»:.]|\W*_{3,}\W*", " ", text).split()


def in_order(words: list[str], there: list[str]) -> bool:
    """Whether the words are there one after another, others between them or not."""
    rest = iter(there)
    return all(word in rest for word in words)


def test_no_word_is_lost_and_words_keep_their_order(name: str, built: Callable[[str], Built]) -> None:
    package = Package(built(name).deck)
    frames = arranged(name).frames
    lost = []
    for _, pairs in groupby(zip(frames, package.slides, strict=True), key=lambda pair: id(pair[0].slide)):
        group = list(pairs)
        slide = shown_in(group[0][0].slide, "deck")
        there = bare("\n".join(said(package, part) for _, part in group))
        for path, text in written(slide):
            if is_shown(path) and not in_order(bare(text), there):
                lost.append(f"{group[0][1]}: {path}: {text!r}")
    assert lost == []


def said(package: Package, slide: str) -> str:
    """A slide's text, with that of its charts."""
    charts = (package.xml(part) for part in package.related(slide, "chart"))
    cached = ["\n".join(chart.xpath("//*[local-name()='v']/text()")) for chart in charts]
    return "\n".join([package.text(slide), *cached])
