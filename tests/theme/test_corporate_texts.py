"""Texts on templates: names that decks use everywhere, capitals, colours that can be read, sizes that go with the slide."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

import deckbuilder
from deckbuilder.diagnostics import DeckError, Diagnostics, Severity
from deckbuilder.layout.frame import TextItem
from deckbuilder.layout.measure import line_pitch
from deckbuilder.theme.check import pale_texts
from deckbuilder.theme.color import contrast
from deckbuilder.theme.corporate.colors import literal
from deckbuilder.theme.pack import read_theme
from deckbuilder.theme.roles import BODY, META, SUBTITLE, LayoutRole
from deckbuilder.theme.theme import Theme
from deckbuilder.themes import make_theme
from templates import (
    BODY as BODY_BOX,
)
from templates import (
    FEET,
    TITLE,
    Layout,
    Master,
    Shape,
    columns,
    comparison,
    content,
    cover,
    holder,
    mark,
    only,
    panel,
    section,
    template,
    usual,
)
from tools import Package, arrange, build_files, deck_folder

POINTS = LayoutRole("points")


def theme_of(folder: Path, *masters: Master, size: tuple[float, float] = (960, 540)) -> Theme:
    folder.mkdir(exist_ok=True)
    template(folder / "brand.pptx", *masters, size=size)
    (folder / "_brand.yml").write_text("defaults: {deckbuilder: {template: brand.pptx}}\n", encoding="utf-8")
    return read_theme(str(folder), Diagnostics())


def test_a_deck_names_layouts_by_their_usual_names_whatever_the_template_calls_them(tmp_path: Path) -> None:
    theme_of(tmp_path / "mine", Master([cover(), content(), section(), columns("Split"), comparison(), only()]))
    slide = {"kind": "points", "title": "T", "minutes": 1, "points": ["One"], "layout": "Two Content"}
    source = deck_folder(tmp_path / "deck", slide)
    assert [
        d.code
        for d in deckbuilder.check(source, theme=str(tmp_path / "mine")).diagnostics
        if d.code == "unknown-layout"
    ] == []
    files = build_files(tmp_path / "out", source, themes=(str(tmp_path / "mine"),))
    package = Package(files.deck)
    used = [package.parts[package.related(name, "slideLayout")[0]] for name in package.slides]
    assert b'name="Split' in used[0]


def test_capitals_of_the_template_stay_and_are_measured_and_words_keep_their_letters(tmp_path: Path) -> None:
    loud = Layout("Title and Content", (holder("title", TITLE, caps=True), holder("", BODY_BOX, 1), *FEET), "obj")
    theme = theme_of(tmp_path / "mine", Master([cover(), loud, section(), columns(), comparison(), only()]))
    title = theme.layouts[POINTS].title
    assert title.style.levels[0].caps
    slide = {"kind": "points", "title": "Quiet words", "minutes": 1, "points": ["One"]}
    table = {"kind": "table", "title": "More words", "minutes": 1, "header": ["A"], "rows": [["B"]]}
    files = build_files(
        tmp_path / "out", deck_folder(tmp_path / "deck", slide, table), themes=(str(tmp_path / "mine"),)
    )
    package = Package(files.deck)
    for name, words in zip(package.slides, (b"Quiet words", b"More words"), strict=True):
        assert words in package.parts[name]
        assert b'cap="all"' in package.parts[package.related(name, "slideLayout")[0]]


@pytest.mark.parametrize("ink", ["1A1A1A", "888888", "B0B0B0", "F0F0F0"])
@pytest.mark.parametrize("back", ["FFFFFF", "7F7F7F", "202020"])
def test_every_text_takes_a_colour_that_can_be_read(ink: str, back: str, tmp_path: Path) -> None:
    theme = theme_of(tmp_path / "mine", Master(usual(), back=back, ink=ink, title=ink))
    assert pale_texts(theme) == []
    if (
        ink == "1A1A1A" and back == "202020"
    ):  # lost there: white takes its place, not the grey next to it that just passes
        table = theme.layouts[LayoutRole("table")]
        assert theme.palette.hex(table.title.style.levels[0].color) == "#FFFFFF"


def test_a_large_title_in_a_middling_colour_keeps_it_and_stays_large(tmp_path: Path) -> None:
    theme = theme_of(tmp_path / "mine", Master(usual(), title="E07000"))
    level = theme.layouts[POINTS].title.style.levels[0]
    assert theme.palette.hex(level.color) == "#E07000"
    assert level.floor >= 24


def test_a_title_too_long_to_stay_large_has_a_colour_in_which_it_can_be_small(tmp_path: Path) -> None:
    theme = theme_of(tmp_path / "mine", Master(usual(), title="E07000"))
    title = (
        "A title that goes on and on, past what two lines of a large size can hold, " * 2 + "and then some more words"
    )
    slides = [{"kind": "points", "title": t, "minutes": 1, "points": ["One"]} for t in ("Short", title)]
    made = arrange(deck_folder(tmp_path / "deck", *slides), theme=theme)
    assert [d for d in made.problems if d.severity is Severity.ERROR] == []
    short, long = (frame.layout.title.style.levels[0] for frame in made.frames)
    assert (theme.palette.hex(short.color), short.floor) == ("#E07000", 24)
    assert contrast(theme.palette.rgb(long.color), theme.palette.rgb(literal("#FFFFFF"))) >= 4.5
    assert long.size < 24


def test_type_goes_with_a_large_slide(tmp_path: Path) -> None:
    small = theme_of(tmp_path / "small", Master(usual()))
    large = theme_of(tmp_path / "large", Master(usual(2), scale=2), size=(1920, 1080))
    for name in ("title", "points"):  # and with type that was left as it is on small slides
        left = theme_of(tmp_path / "left", Master(usual()), size=(1920, 1080)).styles[name].levels[0]
        assert left.size >= 34, name
    assert large.footer_size >= 2 * 8
    for role, layout in large.layouts.items():
        for one, other in zip(layout.placeholders, small.layouts[role].placeholders, strict=True):
            for level, usual_level in zip(one.style.levels, other.style.levels, strict=True):
                assert level.size >= 1.8 * usual_level.size, (role, one.role)
                assert level.floor >= 1.8 * min(usual_level.floor, 18), (role, one.role)


def test_slides_too_small_for_text_are_one_refusal(tmp_path: Path) -> None:
    template(tmp_path / "tiny.pptx", Master(usual()), size=(142, 85))
    with pytest.raises(DeckError) as caught:
        make_theme(tmp_path / "tiny", tmp_path / "tiny.pptx", [], None, Diagnostics())
    assert [d.code for d in caught.value.diagnostics] == ["corporate-unusable"]
    assert "142 by 85 points" in str(caught.value)
    assert not (tmp_path / "tiny").exists()


@pytest.mark.parametrize(
    "box",
    [(0.05, 0.4, 0.9, 0.25), (0.05, 0.7, 0.9, 0.2), (0.0, 0.0, 1.0, 1.0), (0.05, 1.1, 0.9, 0.2), (-0.9, 0.1, 0.8, 0.2)],
)
def test_titles_low_over_the_whole_slide_or_off_it_go_to_the_masters_place(
    box: tuple[float, float, float, float], tmp_path: Path
) -> None:
    odd = Layout("Title and Content", (holder("title", box), holder("", (0.05, 0.25, 0.9, 0.6), 1), *FEET), "obj")
    theme = theme_of(tmp_path / "mine", Master([cover(), odd, section(), columns(), comparison()]))
    layout = theme.layouts[POINTS]
    assert layout.title.rect.bottom <= layout.placeholder(BODY).rect.y + 1
    assert layout.title.rect.y < 0.2 * 540
    assert theme.corporate is not None
    assert any("the title" in note for note in theme.corporate.notes)


CORNERS = {
    "lower right": (0.85, 0.78, 0.13, 0.2),
    "lower left": (0.02, 0.8, 0.1, 0.18),
    "upper right": (0.86, 0.03, 0.12, 0.24),
    "upper left": (0.02, 0.03, 0.1, 0.22),
}


@pytest.mark.parametrize("corner", CORNERS)
def test_a_logo_in_a_corner_stays_clear_on_every_layout(corner: str, tmp_path: Path) -> None:
    theme = theme_of(tmp_path / "mine", Master(usual(), (mark(CORNERS[corner]),)))
    x, y, width, height = (v * side for v, side in zip(CORNERS[corner], (960, 540, 960, 540), strict=True))
    for role, layout in theme.layouts.items():
        for box in [h.rect for h in layout.placeholders if h.type != "title"] + [a.rect for a in layout.art]:
            apart = box.right <= x or box.x >= x + width or box.bottom <= y or box.y >= y + height
            assert apart, (role, box)


def test_a_panel_that_content_stands_on_takes_no_room(tmp_path: Path) -> None:
    theme = theme_of(tmp_path / "mine", Master(usual(), (panel((0.03, 0.2, 0.94, 0.72), "F2F2F2"),)))
    assert theme.layouts[POINTS].placeholder(BODY).rect.height > 0.6 * 540


def test_the_choice_and_its_score_are_said(tmp_path: Path) -> None:
    theme = theme_of(tmp_path / "mine", Master([*usual(), content("Text wide", "")]))
    assert theme.corporate is not None
    line = next(x for x in theme.corporate.served if x.startswith("Lists and texts"))
    assert re.search(r"'Title and Content', found by its name \(\d+ of 100; next 'Text wide', \d+\)", line)


def test_a_footer_that_is_too_small_for_the_copyright_line_stops_no_build(tmp_path: Path) -> None:
    narrow = (holder("dt", (0.05, 0.93, 0.2, 0.04), 20), holder("ftr", (0.4, 0.93, 0.12, 0.035), 21))
    tight = Layout("Title and Content", (holder("title", TITLE), holder("", BODY_BOX, 1), *narrow), "obj")
    theme_of(tmp_path / "mine", Master([cover(), tight, section(), columns(), comparison(), only()]))
    slide = {"kind": "points", "title": "T", "minutes": 1, "points": ["One"]}
    rights = "© 2026 The society for the promotion of long names and of longer lines, its chapters and its members"
    source = deck_folder(tmp_path / "deck", slide, copyright=rights)
    said = deckbuilder.check(source, theme=str(tmp_path / "mine")).diagnostics
    assert {d.code for d in said if d.severity is not Severity.NOTE} == {"footer-too-long"}
    short = deck_folder(tmp_path / "short", slide, title="A deck", copyright="© 2026 Society")
    said = deckbuilder.check(short, theme=str(tmp_path / "mine")).diagnostics
    assert [d.code for d in said if d.severity is not Severity.NOTE] == []


def test_a_look_that_only_sample_slides_have_is_told_with_the_way_out(tmp_path: Path) -> None:
    bare = Master([cover(back=""), content(), columns(), only()])
    words = "look is on its sample slides only"

    def notes(name: str, *drawn: Shape) -> tuple[str, ...]:
        (tmp_path / name).mkdir()
        template(tmp_path / name / "brand.pptx", bare, slides=(1, 2, 2), drawn=drawn)
        (tmp_path / name / "_brand.yml").write_text(
            "defaults: {deckbuilder: {template: brand.pptx}}\n", encoding="utf-8"
        )
        theme = read_theme(str(tmp_path / name), Diagnostics())
        assert theme.corporate is not None
        return theme.corporate.notes

    assert any(words in note for note in notes("dressed", panel((0, 0, 0.5, 1), "AA2020")))
    assert not any(words in note for note in notes("plain"))


def test_a_bar_that_is_a_titles_own_is_kept_and_its_title_can_be_read_on_it(tmp_path: Path) -> None:
    def barred(shape: Shape) -> Shape:
        bar = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="14304F"/></a:solidFill></p:spPr>'
        return lambda number, width, height: shape(number, width, height).replace("</p:spPr>", bar)

    title = barred(holder("title", (0.05, 0.05, 0.9, 0.08), color="FFFFFF"))
    own = Layout("Title and Content", (title, holder("", BODY_BOX, 1), *FEET), "obj")
    theme = theme_of(tmp_path, Master([cover(), own, section(), columns(), only()]))
    table = theme.layouts[LayoutRole("table")]
    assert table.host is not None
    assert not table.host.native
    bar = table.art[0]
    assert table.host.palette.hex(bar.fill or table.background) == "#14304F"
    assert bar.rect == table.title.rect  # no line of it beside its bar
    assert table.host.palette.hex(table.title.style.levels[0].color) == "#FFFFFF"


def test_the_slides_number_has_a_colour_of_its_own_on_a_ground_of_its_own(tmp_path: Path) -> None:
    corner = panel((0.9, 0.9, 0.1, 0.1), "101820")
    feet = (holder("ftr", (0.3, 0.93, 0.4, 0.04), 21), holder("sldNum", (0.92, 0.93, 0.06, 0.04), 22))
    own = Layout("Title and Content", (corner, holder("title", TITLE), holder("", BODY_BOX, 1), *feet), "obj")
    layout = theme_of(tmp_path, Master([cover(), own, *usual()[2:]])).layouts[POINTS]
    assert layout.host is not None
    palette = layout.host.palette
    assert layout.number_color is not None
    assert contrast(palette.rgb(layout.number_color), palette.rgb(literal("#101820"))) >= 4.5
    assert contrast(palette.rgb(layout.footer_color), palette.rgb(literal("#FFFFFF"))) >= 4.5


def test_the_date_has_a_colour_of_its_own_on_a_ground_of_its_own(tmp_path: Path) -> None:
    corner = panel((0, 0.9, 0.25, 0.1), "101820")
    feet = (holder("ftr", (0.3, 0.93, 0.4, 0.04), 21), holder("dt", (0.02, 0.93, 0.2, 0.04), 20))
    own = Layout("Title and Content", (corner, holder("title", TITLE), holder("", BODY_BOX, 1), *feet), "obj")
    layout = theme_of(tmp_path, Master([cover(), own, *usual()[2:]])).layouts[POINTS]
    assert layout.host is not None
    palette = layout.host.palette
    assert contrast(palette.rgb(layout.foot_color("dt")), palette.rgb(literal("#101820"))) >= 4.5
    assert contrast(palette.rgb(layout.foot_color("ftr")), palette.rgb(literal("#FFFFFF"))) >= 4.5


@pytest.mark.parametrize(("face", "line"), [("Poppins", 1.5), ("Open Sans", 1.362), ("Arial", 1.22)])
def test_lines_of_the_templates_own_texts_are_as_far_apart_as_their_font_sets_them(
    face: str, line: float, tmp_path: Path
) -> None:
    theme = theme_of(tmp_path, Master(usual(), faces=(face, face)))
    native, made = theme.layouts[POINTS], theme.layouts[LayoutRole("points").banded]
    for layout in (native, made):
        level = layout.placeholder(BODY).style.levels[0]
        assert line_pitch(level, 100) == pytest.approx(100 * line, abs=0.5)
        assert level.exact == (line > 1.22)  # a copy says so in points: in a share of its lines it would count twice
    assert native.host is not None
    assert native.host.native


def test_texts_that_share_a_covers_column_have_what_they_need_of_it(tmp_path: Path) -> None:
    theme = theme_of(tmp_path / "mine", Master(usual()))
    subtitle = "A subtitle that goes on, as some do, for line after line until the whole of what was meant has been said in full"
    for extra, authors in (
        (subtitle, ["One Author"]),
        ("", ["One Author"]),
        ("Short", [f"Author {n} of many" for n in range(9)]),
    ):
        slide = {"kind": "cover", "minutes": 1}
        deck = {"authors": authors, "organisation": "An organisation", **({"subtitle": extra} if extra else {})}
        made = arrange(deck_folder(tmp_path / f"deck-{len(extra)}", slide, **deck), theme=theme)
        assert [d for d in made.problems if d.severity is Severity.ERROR] == []
        (frame,) = made.frames
        texts = [item for item in frame.items if isinstance(item, TextItem)]
        assert texts
        for item in texts:
            assert item.text.height <= item.placeholder.room.height + 0.5
        boxes = sorted((item.placeholder.rect for item in texts), key=lambda r: r.y)
        assert all(one.bottom <= other.y + 0.01 for one, other in pairwise(boxes))
    subtitles = theme.layouts[LayoutRole("cover")]
    # Without a subtitle the names stand where that would be.
    alone = arrange(
        deck_folder(tmp_path / "alone", {"kind": "cover", "minutes": 1}, authors=["A"]), theme=theme
    ).frames[0]
    assert alone.layout.placeholder(META).rect.y == subtitles.placeholder(SUBTITLE).rect.y


def test_a_cover_has_its_texts_in_the_templates_own_places_until_they_are_too_long(tmp_path: Path) -> None:
    places = (holder("body", (0.1, 0.55, 0.8, 0.08), 13, 20), holder("body", (0.1, 0.84, 0.5, 0.05), 14, 14))
    own = Layout("Cover", (holder("ctrTitle", (0.1, 0.2, 0.8, 0.3), size=44), *places), "title")
    theme = theme_of(tmp_path / "mine", Master([own, *usual()[1:]]))

    def shown(subtitle: str) -> dict[str, float]:
        folder = deck_folder(
            tmp_path / f"deck-{len(subtitle)}", {"kind": "cover", "minutes": 1}, subtitle=subtitle, authors=["A"]
        )
        made = arrange(folder, theme=theme)
        assert [d for d in made.problems if d.severity is Severity.ERROR] == []
        return {str(item.placeholder.role): item.placeholder.rect.y for item in made.frames[0].items}

    short = shown("A subtitle")
    assert short["subtitle"] == pytest.approx(0.55 * 540)
    assert short["meta"] == pytest.approx(0.84 * 540)
    assert shown("A subtitle " * 16)["meta"] != pytest.approx(0.84 * 540)
