"""Covers and sections on templates: kept as the template has them, with their picture where there is room."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.theme.corporate.areas import around
from deckbuilder.theme.pack import read_theme
from deckbuilder.theme.roles import PICTURE, LayoutRole
from deckbuilder.theme.theme import Theme
from deckbuilder.units import Rect
from templates import Box, Layout, Master, cover, holder, mark, panel, section, template, usual

COVER, SECTION = LayoutRole("cover"), LayoutRole("section")
ALL = [LayoutRole.parse(w) for w in ("cover", "cover-picture", "section", "break", "closing", "closing-imprint")]


def theme_of(folder: Path, *layouts: Layout, size: tuple[float, float] = (960, 540)) -> Theme:
    own = {x.type or "title" for x in layouts}
    template(folder / "brand.pptx", Master([*layouts, *(x for x in usual() if x.type not in own)]), size=size)
    (folder / "_brand.yml").write_text("defaults: {deckbuilder: {template: brand.pptx}}\n", encoding="utf-8")
    return read_theme(str(folder), Diagnostics())


def shaped(title: Box, text: Box, *more: object) -> Layout:
    shapes = [holder("ctrTitle", title, size=40, color="FFFFFF"), holder("subTitle", text, 1, 20, "FFFFFF")]
    return Layout("Title Slide", [*more, *shapes], "title", "14304F")  # type: ignore[list-item]


def apart(one: Rect, other: Rect) -> bool:
    return one.x >= other.right or other.x >= one.right or one.y >= other.bottom or other.y >= one.bottom


COVERS = {
    "usual": cover(),
    "one line": shaped((0.05, 0.23, 0.85, 0.21), (0.05, 0.84, 0.48, 0.11)),
    "low title": shaped((0.05, 0.55, 0.85, 0.3), (0.05, 0.86, 0.85, 0.07)),
    "high": shaped((0.05, 0.05, 0.9, 0.1), (0.05, 0.16, 0.9, 0.06)),
    "text above": shaped((0.05, 0.4, 0.6, 0.25), (0.05, 0.3, 0.6, 0.08)),
    "all over": shaped((0.05, 0.1, 0.9, 0.82), (0.05, 0.8, 0.9, 0.08)),
    "left half": shaped((0.05, 0.2, 0.42, 0.3), (0.05, 0.55, 0.42, 0.2)),
    "own picture": shaped((0.05, 0.2, 0.42, 0.3), (0.05, 0.55, 0.42, 0.2), holder("pic", (0.5, 0, 0.5, 1), 15)),
    "no title": Layout(
        "Cover", [holder("body", (0.1, 0.3, 0.8, 0.2), 13, 44), holder("body", (0.1, 0.55, 0.8, 0.1), 14, 20)]
    ),
}


@pytest.mark.parametrize("name", COVERS)
@pytest.mark.parametrize("size", [(960, 540), (720, 540), (864, 540)])
def test_covers_stay_on_the_templates_cover_with_their_texts_and_pictures_apart(
    name: str, size: tuple[float, float], tmp_path: Path
) -> None:
    theme = theme_of(tmp_path, COVERS[name], size=size)
    for role in ALL:
        layout = theme.layouts[role]
        forms = [layout, *([layout.roomier] if layout.roomier else [])]
        assert layout.host is not None
        wanted = "Section Header" if role.base in ("section", "break") else COVERS[name].name
        assert layout.host.name == wanted, role
        slide = Rect(0, 0, *size)
        outside = [h.role for h in layout.placeholders if around([slide, h.rect]) != slide]
        assert outside == [], role
        for form in forms:
            for one, other in combinations(form.placeholders, 2):
                # A caption takes what it needs of the foot of its picture.
                assert apart(one.rect, other.rect) or form.caption(one) == other, (form.name, one.role, other.role)
    assert theme.layouts[LayoutRole.parse("cover-picture")].has(PICTURE)


def test_the_templates_own_place_for_a_picture_is_the_pictures(tmp_path: Path) -> None:
    layout = theme_of(tmp_path, COVERS["own picture"]).layouts[LayoutRole.parse("cover-picture")]
    assert layout.placeholder(PICTURE).rect == Rect(480, 0, 480, 540)


def test_a_picture_stands_well_within_a_panel_of_the_covers_own(tmp_path: Path) -> None:
    right = panel((0.5, 0, 0.5, 1), "AA2020")
    layout = theme_of(tmp_path, shaped((0.04, 0.2, 0.44, 0.3), (0.04, 0.52, 0.44, 0.4), right)).layouts[
        LayoutRole.parse("cover-picture")
    ]
    picture = layout.placeholder(PICTURE).rect
    assert picture.x > 480
    assert picture.right < 960


def test_a_map_that_names_a_cover_with_little_room_is_followed(tmp_path: Path) -> None:
    template(tmp_path / "brand.pptx", Master([COVERS["low title"], *usual()[1:]]))
    words = "defaults: {deckbuilder: {template: {file: brand.pptx, layouts: {cover: Title Slide}}}}\n"
    (tmp_path / "_brand.yml").write_text(words, encoding="utf-8")
    host = read_theme(str(tmp_path), Diagnostics()).layouts[COVER].host
    assert host is not None
    assert host.name == "Title Slide"


def test_a_logo_on_the_cover_is_left_clear(tmp_path: Path) -> None:
    layout = theme_of(tmp_path, cover(more=(mark((0.8, 0.05, 0.15, 0.1)),))).layouts[LayoutRole.parse("cover-picture")]
    logo = Rect(768, 27, 144, 54)
    assert all(apart(h.rect, logo) for h in layout.placeholders)


def test_a_section_of_one_line_is_kept(tmp_path: Path) -> None:
    low = Layout(
        "Section Header",
        [holder("title", (0.05, 0.6, 0.9, 0.2)), holder("body", (0.05, 0.82, 0.9, 0.06), 1)],
        "secHead",
    )
    layout = theme_of(tmp_path, low, cover()).layouts[SECTION]
    assert layout.host is not None
    assert layout.host.name == section().name
