"""Covers' texts on grounds that are not even: beside what a photograph shows, together where the template has its text, on as
little of a plate as will do; and of layouts alike, the one with the least art in the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deckbuilder.diagnostics import Diagnostics, Severity
from deckbuilder.theme.corporate.ground import Terrain
from deckbuilder.theme.pack import read_theme
from deckbuilder.theme.roles import CAPTION, META, NUMERAL, PICTURE, SUBTITLE, TEXT, LayoutRole
from deckbuilder.theme.scenery import Gradient, Scenery, Shape
from deckbuilder.theme.theme import SlideLayout, Theme
from deckbuilder.units import Rect
from templates import FEET, TITLE, Box, Layout, Master, content, cover, holder, panel, squares, template, usual
from templates import Shape as Drawn
from tools import arrange, deck_folder

COVER, PICTURED, SECTION = LayoutRole("cover"), LayoutRole.parse("cover-picture"), LayoutRole("section")
POINTS = LayoutRole("points")


def theme_of(folder: Path, *masters: Master) -> Theme:
    folder.mkdir(exist_ok=True)
    template(folder / "brand.pptx", *masters)
    (folder / "_brand.yml").write_text("defaults: {deckbuilder: {template: brand.pptx}}\n", encoding="utf-8")
    return read_theme(str(folder), Diagnostics())


def opening(title: Box, text: Box, *more: Drawn, back: str = "14304F", anchor: str = "ctr") -> Layout:
    """A cover with its title and its text there."""
    own = holder("ctrTitle", title, size=40, color="FFFFFF", anchor="ctr")
    return Layout("Title Slide", (*more, own, holder("subTitle", text, 1, 22, "FFFFFF", anchor)), "title", back)


def on(folder: Path, *layouts: Layout) -> Theme:
    own = {x.type for x in layouts}
    return theme_of(folder, Master([*layouts, *(x for x in usual() if x.type not in own)]))


def share(rect: Rect) -> tuple[float, float, float, float]:
    return rect.x / 960, rect.y / 540, rect.right / 960, rect.bottom / 540


def faded(*stops: tuple[float, tuple[float, float, float]]) -> Terrain:
    whole = ((0.0, 0.0), (960.0, 0.0), (960.0, 540.0), (0.0, 540.0))
    return Terrain(Scenery((Shape((whole,), Gradient(stops, 0.0)),)), (960, 540))


def test_a_gradient_has_no_edge_and_two_colours_side_by_side_have_one() -> None:
    blue, teal = (0.1, 0.2, 0.5), (0.1, 0.6, 0.6)
    middle = Rect(300, 100, 360, 300)
    assert faded((0.0, blue), (1.0, teal)).smooth(middle)
    assert not faded((0.0, blue), (0.5, blue), (0.501, teal), (1.0, teal)).smooth(middle)


def test_words_of_a_cover_stand_beside_what_is_bright_on_its_ground(tmp_path: Path) -> None:
    flower = panel((0.62, 0.1, 0.25, 0.8), "F4F8F4")
    theme = on(tmp_path, opening((0.05, 0.34, 0.9, 0.17), (0.05, 0.52, 0.9, 0.35), flower))
    layout = theme.layouts[COVER]
    for place in layout.placeholders:
        assert share(place.rect)[2] < 0.63, place.role
        assert share(place.rect)[2] > 0.5, place.role
    assert layout.art == ()


def test_a_small_mark_on_a_covers_ground_moves_nothing(tmp_path: Path) -> None:
    mark = panel((0.8, 0.36, 0.04, 0.04), "F4F8F4")
    theme = on(tmp_path, opening((0.05, 0.34, 0.9, 0.17), (0.05, 0.52, 0.9, 0.35), mark))
    assert share(theme.layouts[COVER].title.rect) == pytest.approx((0.05, 0.34, 0.95, 0.51))


def shown(theme: Theme, folder: Path, **fields: object) -> SlideLayout:
    deck = deck_folder(folder, {"kind": "cover", "minutes": 1}, authors=["A"], organisation="An organisation", **fields)
    made = arrange(deck, theme=theme)
    assert [d for d in made.problems if d.severity is Severity.ERROR] == []
    return made.frames[0].layout


@pytest.mark.parametrize(("anchor", "above"), [("ctr", 0.5), ("t", 0.0)])
def test_texts_stand_where_the_template_has_its_text_in_the_height_of_its_place(
    anchor: str, above: float, tmp_path: Path
) -> None:
    theme = on(tmp_path / "mine", opening((0.05, 0.05, 0.9, 0.17), (0.05, 0.25, 0.9, 0.65), anchor=anchor))
    layout = shown(theme, tmp_path / "deck", subtitle="Few words")
    first, last = layout.placeholder(SUBTITLE), layout.placeholder(META)
    over, under = first.rect.y - 0.25 * 540, 0.9 * 540 - last.rect.bottom
    if above:
        assert over == pytest.approx(under, abs=6)
        assert over > 60
        assert last.rect.y - first.rect.bottom < 12
    else:
        assert over == pytest.approx(0, abs=1)


def test_the_caption_of_a_picture_above_is_no_part_of_the_texts_column(tmp_path: Path) -> None:
    upper = panel((0, 0, 1, 0.67), "1ABC9C")
    title, text = (0.04, 0.5, 0.92, 0.13), (0.04, 0.69, 0.92, 0.26)
    layout = on(tmp_path, opening(title, text, upper, back="2C3E50")).layouts[PICTURED]
    assert layout.placeholder(PICTURE).rect.bottom < layout.title.rect.y
    assert CAPTION not in layout.stack
    assert layout.art == ()


def test_a_picture_stands_below_the_texts_rather_than_have_them_on_a_plate(tmp_path: Path) -> None:
    bulb = squares((0.1, 0.27, 0.26, 0.5), "101010")
    title, text = (0.05, 0.04, 0.9, 0.17), (0.41, 0.23, 0.54, 0.64)
    layout = on(tmp_path, opening(title, text, *bulb, back="F0C030")).layouts[PICTURED]
    picture, meta = layout.placeholder(PICTURE).rect, layout.placeholder(META).rect
    assert picture.y > meta.bottom
    assert picture.x >= 0.41 * 960
    assert layout.art == ()


def test_a_title_that_needs_no_plate_is_left_out_of_that_of_its_texts(tmp_path: Path) -> None:
    band = squares((0.0, 0.66, 1.0, 0.34), "D0D4D8")
    layout = on(tmp_path, opening((0.05, 0.1, 0.9, 0.3), (0.05, 0.68, 0.9, 0.25), *band)).layouts[COVER]
    (plate,) = layout.art
    assert plate.rect.y > layout.title.rect.bottom
    assert plate.rect.holds(layout.placeholder(SUBTITLE).rect)


def test_a_caption_on_art_has_a_plate_to_itself_where_the_texts_need_none(tmp_path: Path) -> None:
    art = squares((0.5, 0.3, 0.5, 0.7), "D0D4D8")
    layout = on(tmp_path, opening((0.05, 0.1, 0.9, 0.2), (0.05, 0.35, 0.9, 0.4), *art)).layouts[PICTURED]
    (plate,) = layout.art
    assert plate.rect.holds(layout.placeholder(CAPTION).rect)
    assert plate.rect.x > layout.placeholder(META).rect.right


FADED = (
    '<a:gradFill><a:gsLst><a:gs pos="0"><a:srgbClr val="9BA395"/></a:gs><a:gs pos="100000"><a:srgbClr val="FFFFFF"/></a:gs>'
    '</a:gsLst><a:lin ang="5400000" scaled="0"/></a:gradFill>'
)


def test_little_art_in_a_large_place_is_kept_clear_where_a_short_text_would_stand_on_it(tmp_path: Path) -> None:
    def ground(number: int, width: int, height: int) -> str:
        plain = '<a:solidFill><a:srgbClr val="9BA395"/></a:solidFill>'
        return panel((0, 0, 1, 1), "9BA395")(number, width, height).replace(plain, FADED)

    art = squares((0.1, 0.78, 0.25, 0.08), "606468")
    layout = on(tmp_path, opening((0.05, 0.1, 0.9, 0.2), (0.05, 0.35, 0.9, 0.55), ground, *art)).layouts[COVER]
    assert layout.art == ()
    assert layout.placeholder(META).rect.bottom <= 0.8 * 540


@pytest.mark.parametrize(("grain", "paper"), [("1E80C0", False), ("E0E8F0", True)])
def test_a_plate_on_colours_much_alike_has_the_one_between_them(grain: str, paper: bool, tmp_path: Path) -> None:
    """Black and white words can both not be read on each of two middling blues; on the blue between them one can."""
    drawn: list[Drawn] = [panel((0, 0, 1, 1), "2A5C94"), *squares((0.0, 0.0, 1.0, 1.0), grain)]
    layout = on(tmp_path, opening((0.05, 0.1, 0.9, 0.3), (0.05, 0.5, 0.9, 0.35), *drawn)).layouts[COVER]
    (plate,) = layout.art
    assert layout.host is not None
    assert plate.fill is not None
    assert (layout.host.palette.hex(plate.fill) == "#FFFFFF") == paper


def test_a_footer_that_the_edge_of_a_plate_would_cross_is_left_out(tmp_path: Path) -> None:
    feet: Callable[[float], Drawn] = lambda top: holder("ftr", (0.3, top, 0.4, 0.04), 21)  # noqa: E731
    for top, there in ((0.9, False), (0.95, True)):
        drawn = opening((0.05, 0.1, 0.9, 0.3), (0.05, 0.5, 0.9, 0.39))
        parts = (*squares((0.0, 0.45, 1.0, 0.44), "D0D4D8"), *drawn.shapes, feet(top))
        section = Layout("Section Header", parts, "secHead", drawn.back)
        theme = on(tmp_path / f"at-{top}", section)
        layout = theme.layouts[SECTION]
        assert layout.art != ()
        assert (layout.footer is not None) == there, top
        assert theme.corporate is not None
        assert any("edge of a plate" in note for note in theme.corporate.notes) != there


def test_a_number_and_its_text_on_one_line_begin_where_their_title_does(tmp_path: Path) -> None:
    title = holder("title", (0.05, 0.62, 0.9, 0.2), size=40, color="FFFFFF")

    def low(number: int, width: int, height: int) -> str:
        text = holder("body", (0.05, 0.83, 0.9, 0.12), 1, 20, "FFFFFF")(number, width, height)
        return text.replace('<a:lvl1pPr marL="0"', '<a:lvl1pPr algn="ctr" marL="0"')

    layout = on(tmp_path, Layout("Section Header", (title, low), "secHead", "14304F")).layouts[SECTION]
    numeral, text = layout.placeholder(NUMERAL), layout.placeholder(TEXT)
    assert numeral.rect.right <= text.rect.x
    assert (numeral.style.align, text.style.align) == ("left", "left")


def test_of_layouts_alike_the_one_with_less_art_where_content_goes_is_taken(tmp_path: Path) -> None:
    masters = (
        Master([cover()], title="AA2020"),
        Master([content("Title, Content")], squares((0.2, 0.4, 0.4, 0.4))),
        Master([content("Title, Content")], (panel((0, 0, 1, 0.01), "AA2020"),)),
    )
    template(tmp_path / "brand.pptx", *masters, slides=(1, 2, 3))
    (tmp_path / "_brand.yml").write_text("defaults: {deckbuilder: {template: brand.pptx}}\n", encoding="utf-8")
    host = read_theme(str(tmp_path), Diagnostics()).layouts[POINTS].host
    assert host is not None
    assert host.part.endswith("slideLayout3.xml")


def test_a_mark_that_touches_a_titles_head_takes_of_its_height_and_not_of_its_width(tmp_path: Path) -> None:
    ring = panel((0.72, 0.03, 0.03, 0.025), "F0C030")
    theme = theme_of(tmp_path, Master(usual(), (ring,)))
    left, top, right, bottom = share(theme.layouts[POINTS].title.rect)
    assert (left, right, bottom) == pytest.approx((0.05, 0.95, 0.18))
    assert 0.055 < top < 0.075


def test_low_texts_at_one_side_spread_below_their_title_and_stay_on_the_slide(tmp_path: Path) -> None:
    layout = on(tmp_path, opening((0.03, 0.23, 0.88, 0.23), (0.4, 0.51, 0.51, 0.13))).layouts[COVER]
    for place in layout.placeholders:
        assert share(place.rect)[2] <= 0.92, place.role


def test_the_plate_of_content_ends_above_the_footers(tmp_path: Path) -> None:
    high: Box = (0.05, 0.22, 0.9, 0.71)
    places = (*squares(high), holder("title", TITLE), holder("", high, 1), *FEET)
    layout = on(tmp_path, Layout("Title and Content", places, "obj")).layouts[POINTS]
    (plate,) = layout.art
    assert layout.footer is not None
    assert layout.number is not None
    assert plate.rect.bottom <= layout.footer.y


def test_a_title_ends_before_large_art_that_runs_into_its_side(tmp_path: Path) -> None:
    art = panel((0.7, 0, 0.3, 0.6), "14304F")
    layout = Layout(
        "Title and Content", (art, holder("title", TITLE), holder("", (0.05, 0.22, 0.6, 0.67), 1), *FEET), "obj"
    )
    title = on(tmp_path, layout).layouts[LayoutRole("table")].title
    assert 0.5 < share(title.rect)[2] <= 0.7
