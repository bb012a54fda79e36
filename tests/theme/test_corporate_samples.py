"""What a template's sample slides teach: layouts by what is shown on them, real places, what stays clear."""

from __future__ import annotations

from pathlib import Path

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.ooxml.presentation import slide_size
from deckbuilder.theme.color import Color, contrast, luminance
from deckbuilder.theme.corporate.layout import CorporateLayout, read_layouts
from deckbuilder.theme.corporate.opening import read_package
from deckbuilder.theme.corporate.roles import COLUMNS, POINTS, SECTION, match_roles
from deckbuilder.theme.pack import read_theme
from deckbuilder.theme.roles import TABLE, LayoutRole
from deckbuilder.theme.theme import Theme
from deckbuilder.units import Rect
from templates import (
    BODY,
    FEET,
    TITLE,
    Box,
    Layout,
    Master,
    Shape,
    cover,
    holder,
    only,
    panel,
    section,
    template,
    usual,
)

SIZE = (960, 540)


def on_slide(box: Box) -> Rect:
    x, y, width, height = box
    return Rect(x * SIZE[0], y * SIZE[1], width * SIZE[0], height * SIZE[1])


def near(one: Rect, other: Rect) -> bool:
    edges = zip((one.x, one.y, one.right, one.bottom), (other.x, other.y, other.right, other.bottom), strict=True)
    return all(abs(a - b) < 1 for a, b in edges)


def layouts_of(folder: Path, master: Master, slides: tuple[int, ...], *drawn: Shape) -> list[CorporateLayout]:
    template(folder / "brand.pptx", master, slides=slides, drawn=drawn)
    return read_layouts(read_package(folder / "brand.pptx", None))


def theme_of(folder: Path, master: Master, slides: tuple[int, ...], *drawn: Shape) -> Theme:
    layouts_of(folder, master, slides, *drawn)
    (folder / "_brand.yml").write_text("defaults: {deckbuilder: {template: brand.pptx}}\n", encoding="utf-8")
    return read_theme(str(folder), Diagnostics())


LOWER: Box = (0.1, 0.12, 0.8, 0.12)
INNER: Box = (0.1, 0.3, 0.8, 0.5)


def test_titles_and_texts_stand_where_most_sample_slides_have_them(tmp_path: Path) -> None:
    theme = theme_of(tmp_path, Master(usual()), (2, 2, 2), holder("title", LOWER), holder("", INNER, 1))
    points, table = theme.layouts[LayoutRole("points")], theme.layouts[LayoutRole("table")]
    for layout in (points, table):
        assert near(layout.title.rect, on_slide(LOWER))
    room, inner = table.placeholder(TABLE).rect, on_slide(INNER)
    assert inner.x <= room.x
    assert inner.y <= room.y
    assert room.right <= inner.right
    assert room.bottom <= inner.bottom
    assert points.host is not None
    assert not points.host.native  # a slide would inherit the layout's places
    assert theme.corporate is not None
    assert any("sample slides have title or text elsewhere" in note for note in theme.corporate.notes)


def test_one_sample_slide_or_several_that_differ_teach_no_places(tmp_path: Path) -> None:
    one = layouts_of(tmp_path, Master(usual()), (1, 2), holder("title", LOWER))
    assert near(next(x for x in one if x.type == "obj").holders[0].rect, on_slide(TITLE))
    assert next(x for x in one if x.type == "title").relaid  # a cover has one slide


def test_what_sample_slides_show_on_a_layout_says_what_it_is_for(tmp_path: Path) -> None:
    def plain(name: str) -> Layout:
        return Layout(name, (holder("title", TITLE), holder("body", BODY, 1), *FEET))

    master = Master([cover(), plain("Alpha"), plain("Beta"), section("Gamma", ""), only()])
    own = layouts_of(tmp_path, master, (1, 3, 3, 4), holder("title", TITLE), holder("body", BODY, 1))
    assert [x.shows.get("points", 0) for x in own] == [1, 0, 2, 1, 0]
    assert match_roles(own, SIZE, {}, Diagnostics())[POINTS].layout.name == "Beta"


def test_slides_with_a_title_alone_show_sections_and_two_texts_side_by_side_columns(tmp_path: Path) -> None:
    parts = [holder("body", (0.05, 0.22, 0.44, 0.6), 1), holder("body", (0.51, 0.22, 0.44, 0.6), 2)]
    pair = Layout("Pair", (holder("title", TITLE), *parts, *FEET))
    both = layouts_of(tmp_path, Master([cover(), pair]), (1, 2, 2), holder("title", TITLE), *parts)
    assert both[1].shows == {"columns": 2}
    low = holder("title", (0.1, 0.4, 0.8, 0.2))
    lone = Layout("Lone", (low,), "", "0B6E4F")
    alone = layouts_of(tmp_path, Master([cover(), *usual()[1:2], lone]), (1, 3, 3), low)
    assert alone[2].shows == {"section": 2}
    size = slide_size(read_package(tmp_path / "brand.pptx", None))
    found = match_roles(alone, size, {}, Diagnostics())
    assert found[SECTION].layout.name == "Lone"
    assert COLUMNS not in found


def test_content_that_is_in_no_place_of_the_layout_says_where_content_stands(tmp_path: Path) -> None:
    drawn = panel_of_words((0.2, 0.25, 0.6, 0.5))
    own = layouts_of(tmp_path, Master([cover(), only()]), (1, 2, 2), holder("title", TITLE), drawn)
    assert own[1].room is not None
    assert near(own[1].room, on_slide((0.2, 0.25, 0.6, 0.5)))


def test_large_art_that_sample_slides_keep_clear_stays_clear(tmp_path: Path) -> None:
    art: Box = (0.72, 0.2, 0.28, 0.7)
    own = Layout("Title and Content", (panel(art, "C8D8E8"), holder("title", TITLE), holder("", BODY, 1), *FEET), "obj")
    narrow = holder("", (0.05, 0.22, 0.62, 0.67), 1)
    rest = [cover(), own, *usual()[2:]]
    right = on_slide(art).x
    clear = theme_of(tmp_path, Master(rest), (1, 2, 2), holder("title", TITLE), narrow)
    assert clear.layouts[LayoutRole("table")].placeholder(TABLE).rect.right < right
    covered = theme_of(tmp_path, Master(rest), (1, 2, 2), holder("title", TITLE), holder("", BODY, 1))
    assert covered.layouts[LayoutRole("table")].placeholder(TABLE).rect.right > right


def test_texts_have_the_colour_that_most_sample_slides_give_them(tmp_path: Path) -> None:
    def white(kind: str, box: Box, index: int = 0) -> Shape:
        return holder(kind, box, index, color="FFFFFF")

    navy = Layout("Title and Content", (holder("title", TITLE), holder("", BODY, 1), *FEET), "obj", "10284A")
    master = Master([cover(), navy, *usual()[2:]])
    theme = theme_of(tmp_path, master, (1, 2, 2), white("title", TITLE), white("", BODY, 1))
    points = theme.layouts[LayoutRole("points")]
    assert points.host is not None
    assert not points.host.native  # a slide would inherit the layout's colours
    assert {points.host.palette.hex(h.style.levels[0].color) for h in points.placeholders} == {"#FFFFFF"}
    assert theme.corporate is not None
    assert any("sample slides have text in another colour" in note for note in theme.corporate.notes)
    one = layouts_of(tmp_path, master, (1, 2), white("", BODY, 1))  # no rule, but a way out where the template's fails
    assert not one[1].mains[0].dyed
    assert one[1].mains[0].instead is not None


def test_light_text_on_a_ground_of_middling_depth_stays_light_on_a_deeper_plate(tmp_path: Path) -> None:
    teal = Layout("Title and Content", (holder("title", TITLE), holder("", BODY, 1), *FEET), "obj", "2B95AB")
    own = Master([cover(), teal, *usual()[2:]])
    light = [holder("title", TITLE, color="FFFFFF"), holder("", BODY, 1, color="FFFFFF")]
    table = theme_of(tmp_path, own, (1, 2, 2), *light).layouts[LayoutRole("table")]
    assert table.host is not None
    palette = table.host.palette
    plate = next(a for a in table.art if a.fill and a.rect.height > 200)
    texts = [h for h in table.placeholders if h.type == "body"]
    colors = [palette.rgb(level.color) for h in texts for level in h.style.levels]
    assert luminance(palette.rgb(plate.fill or Color("lt1"))) < luminance((0x2B / 255, 0x95 / 255, 0xAB / 255))
    assert all(contrast(color, palette.rgb(plate.fill or Color("lt1"))) >= 4.5 for color in colors)
    assert all(luminance(color) > 0.5 for color in colors)


def panel_of_words(box: Box) -> Shape:
    """A text box that fills no placeholder."""
    filled = panel(box, "FFFFFF")
    words = "<p:txBody><a:bodyPr/><a:p><a:r><a:t>Words</a:t></a:r></a:p></p:txBody></p:sp>"
    return lambda number, width, height: filled(number, width, height).replace("</p:sp>", words)
