"""Decks on templates that are made here, a fault of real ones in each, looked at page by page by program."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

import looks
from templates import (
    BODY,
    FEET,
    Box,
    Layout,
    Master,
    comparison,
    cover,
    holder,
    mark,
    only,
    panel,
    section,
    squares,
    template,
    usual,
)
from tools import SOURCES, build_files, need, once, run


@dataclass(frozen=True)
class Case:
    """A template: its masters, its slides' size in points, its sample slides, and where its marks are."""

    masters: tuple[Master, ...]
    size: tuple[float, float] = (960, 540)
    slides: tuple[int, ...] = ()
    marks: tuple[Box, ...] = field(default=())


_TWINS = {"Verdana": "DejaVu Sans"}  # what has Verdana's widths, and comes along
_KICKER = holder("body", (0.05, 0.03, 0.9, 0.05), 13, 14)
_STRIP = holder("body", (0.05, 0.9, 0.5, 0.03), 14, 10)
_HIGH = (0.05, 0.09, 0.9, 0.1)
_BOTH = (holder("", (0.05, 0.22, 0.44, 0.66), 15), holder("", (0.51, 0.22, 0.44, 0.66), 16))
_LOWER_RIGHT, _UPPER_LEFT, _LOWER_LEFT = (0.86, 0.8, 0.12, 0.17), (0.02, 0.02, 0.1, 0.14), (0.02, 0.79, 0.1, 0.13)
_UPPER_RIGHT = (0.88, 0.03, 0.1, 0.1)

# A picture in two dark tones, whatever colours it has.
NIGHT = '<a:duotone><a:srgbClr val="05080F"/><a:srgbClr val="14304F"/></a:duotone>'

CASES = {
    "kicker": Case(
        (
            Master(
                [
                    cover("Opening", "", more=(mark(_LOWER_RIGHT),)),
                    Layout(
                        "One", (_KICKER, holder("title", _HIGH), holder("", (0.05, 0.22, 0.9, 0.66), 15), _STRIP, *FEET)
                    ),
                    Layout(
                        "Two",
                        (_KICKER, holder("title", _HIGH), *_BOTH, _STRIP, *FEET),
                    ),
                    Layout("Bare", (_KICKER, holder("title", _HIGH), _STRIP, *FEET)),
                    section("Divider", ""),
                ],
                (mark(_LOWER_RIGHT),),
            ),
        ),
        marks=(_LOWER_RIGHT,),
    ),
    "four to three": Case(
        (
            Master([cover(back=""), *usual()[1:]], back="F4F4F4"),
            Master([*usual(), comparison()], (mark(_UPPER_RIGHT), panel((0, 0, 1, 0.02), "AA2020"))),
        ),
        (720, 540),
        slides=(6, 7, 7, 8),
        marks=(_UPPER_RIGHT,),
    ),
    "large and dark": Case(
        (Master(usual(2), (mark(_LOWER_LEFT),), back="101820", ink="F0F0F0", title="FFC845", scale=2),),
        (1920, 1080),
        marks=(_LOWER_LEFT,),
    ),
    "portrait": Case((Master([*usual(0.8), comparison()], scale=0.8),), (540, 960)),
    "odd titles": Case(
        (
            Master(
                [
                    Layout(
                        "封面",
                        [holder("body", (0.1, 0.3, 0.8, 0.2), 13, 40), holder("body", (0.1, 0.56, 0.8, 0.1), 14, 18)],
                    ),
                    Layout("正文", (holder("title", (0.05, 0.42, 0.9, 0.2)), holder("", BODY, 1), *FEET)),
                    section("章节页", ""),
                    only("仅标题", ""),
                ],
                (mark(_UPPER_LEFT),),
                ink="777777",
            ),
        ),
        (864, 540),
        marks=(_UPPER_LEFT,),
    ),
    "wide letters on two tones": Case(
        (
            Master(
                [*usual(), comparison()],
                (mark((0, 0, 1, 1), "A ground", NIGHT),),
                ink="F0F0F0",
                title="FFC845",
                faces=("Verdana", "Verdana"),
            ),
        ),
    ),
    "squares and leaves": Case(
        (
            Master(
                [cover(back="", more=squares((0.1, 0.2, 0.8, 0.6))), *usual()[1:]],
                (*squares((0.05, 0.05, 0.9, 0.13)), *squares((0.3, 0.9, 0.4, 0.1))),
            ),
        ),
    ),
}
# A case after the other, so that each is read from its files once.
pytestmark = pytest.mark.parametrize("name", CASES, scope="module")


@pytest.fixture(scope="module")
def pack(name: str, shared: Path) -> Path:
    def make(folder: Path) -> None:
        case = CASES[name]
        template(folder / "brand.pptx", *case.masters, size=case.size, slides=case.slides)
        (folder / "_brand.yml").write_text("defaults: {deckbuilder: {template: brand.pptx}}\n", encoding="utf-8")

    return once(shared / f"looks-{name.replace(' ', '-')}", make)


@pytest.fixture(scope="module")
def deck(pack: Path, shared: Path) -> Path:
    source, session = SOURCES["every-kind"]

    def make(folder: Path) -> None:
        build_files(folder, source, session, themes=(str(pack),), only=("deck",))

    return once(shared / f"built-{pack.name}", make) / "every-kind" / pack.name / "every-kind.pptx"


@pytest.fixture(scope="module")
def slides(pack: Path, deck: Path, shared: Path) -> list[looks.Slide]:
    need("soffice")
    return looks.slides(once(shared / f"looked-{pack.name}", lambda folder: looks.rendered(deck, folder, _TWINS)))


def test_both_validators_find_nothing(deck: Path) -> None:
    result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(deck)
    assert [str(error) for error in result.errors] == []
    run(need("ooxml-validator"), deck)


def test_no_word_lies_on_another(slides: list[looks.Slide]) -> None:
    assert [found for slide in slides for found in looks.on_one_another(slide)] == []


def test_no_word_lies_on_art(slides: list[looks.Slide]) -> None:
    assert [found for slide in slides for found in looks.on_art(slide)] == []


def test_every_word_stands_out_from_what_is_behind_it(slides: list[looks.Slide]) -> None:
    assert [found for slide in slides for found in looks.pale(slide)] == []


def test_no_mark_is_covered(name: str, slides: list[looks.Slide]) -> None:
    found = {(slide.number, box): looks.covered(slide, box) for slide in slides for box in CASES[name].marks}
    assert {key: share for key, share in found.items() if share > 0.002} == {}


def test_no_type_is_below_the_floor(slides: list[looks.Slide]) -> None:
    assert {slide.number: looks.smallest(slide) for slide in slides if looks.smallest(slide) < 7.4 / 540} == {}


def test_the_room_for_content_is_used(slides: list[looks.Slide]) -> None:
    shares = [looks.used(slide, (0.05, 0.2, 0.9, 0.7)) for slide in slides]
    assert max(shares) > 0.6
    assert sum(share > 0.2 for share in shares) > 0.5 * len(shares)
