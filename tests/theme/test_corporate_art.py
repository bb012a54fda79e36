"""Words on templates keep off art: edges below titles, content, footers and covers' texts, patterns, veils of transparency."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.theme.corporate.ground import Terrain
from deckbuilder.theme.pack import read_theme
from deckbuilder.theme.roles import BODY, LayoutRole
from deckbuilder.theme.scenery import Gradient, Scenery, Shape
from deckbuilder.theme.theme import SlideLayout, Theme
from deckbuilder.themes import check_theme
from deckbuilder.units import Rect
from templates import BODY as BODY_BOX
from templates import TITLE, Layout, Master, columns, content, cover, only, panel, section, squares, template, usual

POINTS, SECTION = LayoutRole("points"), LayoutRole("section")
WHITE, NIGHT = (1.0, 1.0, 1.0), (0.02, 0.03, 0.06)
SLIDE = ((0.0, 0.0), (960.0, 0.0), (960.0, 540.0), (0.0, 540.0))


def pack(folder: Path, *masters: Master) -> Path:
    template(folder / "brand.pptx", *masters)
    (folder / "_brand.yml").write_text("defaults: {deckbuilder: {template: brand.pptx}}\n", encoding="utf-8")
    return folder


def theme_of(folder: Path, *masters: Master) -> Theme:
    return read_theme(str(pack(folder, *masters)), Diagnostics())


def plates(layout: SlideLayout, box: Rect) -> list[Rect]:
    """The layout's filled rectangles that hold a box whole."""
    return [art.rect for art in layout.art if art.shape == "rectangle" and art.fill and art.rect.holds(box)]


def test_a_title_with_edges_below_it_stands_on_a_plate_and_content_does_not(tmp_path: Path) -> None:
    theme = theme_of(tmp_path, Master(usual(), squares(TITLE)))
    layout = theme.layouts[POINTS]
    assert len(plates(layout, layout.title.rect)) == 1
    assert plates(layout, layout.placeholder(BODY).rect) == []
    assert layout.host is not None
    assert not layout.host.native


def test_content_with_edges_below_it_stands_on_a_plate_though_one_colour_could_be_read_on_it(tmp_path: Path) -> None:
    layout = theme_of(tmp_path, Master(usual(), squares(BODY_BOX))).layouts[POINTS]
    assert len(plates(layout, layout.placeholder(BODY).rect)) == 1
    assert plates(layout, layout.title.rect) == []


def test_art_that_cuts_off_a_corner_is_no_reason_for_a_plate(tmp_path: Path) -> None:
    corner = panel((0.9, 0.02, 0.1, 0.3), "9AA0A8")
    layout = theme_of(tmp_path, Master(usual(), (corner,))).layouts[POINTS]
    assert layout.art == ()


def test_a_sections_texts_on_art_stand_on_a_plate_with_their_title(tmp_path: Path) -> None:
    drawn = section()
    section_on_art = Layout(
        drawn.name, [*squares((0.08, 0.6, 0.85, 0.3), "D0D4D8"), *drawn.shapes], drawn.type, drawn.back
    )
    layout = theme_of(tmp_path, Master([cover(), content(), section_on_art, columns(), only()])).layouts[SECTION]
    assert layout.host is not None
    assert layout.host.name == "Section Header"
    for holder in layout.placeholders:
        assert len(plates(layout, holder.rect)) == 1, holder.role


def test_a_footer_on_art_is_left_out_and_that_is_said(tmp_path: Path) -> None:
    folder = pack(tmp_path, Master(usual(), squares((0.3, 0.9, 0.4, 0.1), "202428")))
    layout = read_theme(str(folder), Diagnostics()).layouts[POINTS]
    assert layout.footer is None
    assert layout.number is not None
    _, report = check_theme(str(folder), Diagnostics())
    (said,) = (fault for fault in report.faults if "art runs under" in fault)
    assert "art runs under the footer; slides stay without" in said


def test_a_footer_beside_art_stays(tmp_path: Path) -> None:
    layout = theme_of(tmp_path, Master(usual(), squares((0.0, 0.9, 0.2, 0.1), "202428"))).layouts[POINTS]
    assert layout.footer is not None
    assert layout.date is None


def patterned(folder: Path, ground: str, grain: str) -> Theme:
    """A template whose slides have a pattern all over."""
    fill = (
        f'<a:pattFill prst="lgGrid"><a:fgClr><a:srgbClr val="{grain}"/></a:fgClr>'
        f'<a:bgClr><a:srgbClr val="{ground}"/></a:bgClr></a:pattFill>'
    )
    plain = panel((0, 0, 1, 1), "123456")

    def drawn(number: int, width: int, height: int) -> str:
        solid = '<a:solidFill><a:srgbClr val="123456"/></a:solidFill>'
        found = plain(number, width, height)
        assert solid in found
        return found.replace(solid, fill, 1)

    return theme_of(folder, Master(usual(), (drawn,)))


@pytest.mark.parametrize(
    ("ground", "grain", "plated"),
    [("3465A4", "009EDA", True), ("14304F", "1E4470", False), ("FFFFFF", "D8D8D8", False)],
)
def test_words_can_be_read_on_each_colour_of_a_pattern(ground: str, grain: str, plated: bool, tmp_path: Path) -> None:
    layout = patterned(tmp_path, ground, grain).layouts[POINTS]
    assert (plates(layout, layout.placeholder(BODY).rect) != []) == plated


def test_a_pattern_shows_its_colours_and_not_their_mean() -> None:
    shape = Shape((SLIDE,), (0.5, 0.5, 0.5), grain=(WHITE, (0.0, 0.0, 0.0)))
    below = Terrain(Scenery((shape,)), (960, 540)).below(Rect(100, 100, 400, 200))
    assert {below.darkest, below.lightest} == {"#000000", "#FFFFFF"}


def test_a_veil_is_as_opaque_as_it_is_just_there() -> None:
    night = Shape((SLIDE,), NIGHT)
    veil = Shape((SLIDE,), Gradient(((0.0, WHITE), (1.0, WHITE)), 0.0, alphas=(0.0, 1.0)), alpha=0.5)
    terrain = Terrain(Scenery((night, veil)), (960, 540))
    left, right = (int(terrain.below(Rect(x, 200, 40, 100)).mean[1:3], 16) for x in (0, 920))
    assert left < 30
    assert right > 225


def test_lines_are_edges_and_thin_ones_less_so() -> None:
    def calm(width: float) -> bool:
        paper = Shape((SLIDE,), WHITE)
        rules = [
            Shape((((0.0, y), (960.0, y)),), None, (0.0, 0.0, 0.0), width, closed=False) for y in range(60, 480, 60)
        ]
        return Terrain(Scenery((paper, *rules)), (960, 540)).calm(Rect(0, 40, 960, 440))

    assert not calm(4.0)
    assert calm(0.5)


def test_a_rule_thinner_than_a_pixel_leaves_a_title_without_a_plate(tmp_path: Path) -> None:
    rule = panel((0.0, 0.11, 0.9, 0.0015), "9AA0A8")
    layout = theme_of(tmp_path, Master(usual(), (rule,))).layouts[POINTS]
    assert layout.art == ()


def test_what_is_said_before_a_question_is_as_large_as_other_text(tmp_path: Path) -> None:
    theme = theme_of(tmp_path, Master([cover(), content(), section(), columns(), only()]))
    layout = theme.layouts[LayoutRole("discussion")]
    asked, said = layout.placeholder(BODY).style.levels
    text = theme.layouts[LayoutRole("text")].placeholder(BODY).style.levels[0]
    assert said.size == min(text.size, 0.75 * asked.size)
    assert said.size > 0.6 * asked.size
