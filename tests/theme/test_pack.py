"""Theme packs: the shipped one, packs of one's own, and what is said about faulty ones."""

from __future__ import annotations

import contextlib
import shutil
import struct
from itertools import pairwise
from pathlib import Path

import pytest

from deckbuilder.diagnostics import DeckError, Diagnostics
from deckbuilder.theme.color import Color, contrast
from deckbuilder.theme.fonts import FONT_FOLDER
from deckbuilder.theme.pack import DEFAULT_THEME, find_theme, read_theme, shipped_themes
from deckbuilder.theme.roles import BODY, CAPTION, PICTURE, QUESTION, LayoutRole
from deckbuilder.theme.theme import SlideLayout, Theme
from deckbuilder.units import Rect

SLOTS = """\
    slots: {dk1: ink, lt1: paper, dk2: ink, lt2: paper, accent1: ink, accent2: ink, accent3: ink,
            accent4: ink, accent5: ink, accent6: ink, hlink: ink, folHlink: ink}
"""
PACK = """\
color:
  palette: {ink: "#101010", paper: "#FEFEFE"}
defaults:
  deckbuilder:
"""


def pack(folder: Path, extra: str = "", head: str = PACK, slots: str = SLOTS) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "_brand.yml").write_text(head + slots + extra, encoding="utf-8")
    return folder


def read(folder: Path) -> tuple[Theme, list[str]]:
    problems = Diagnostics()
    return read_theme(str(folder), problems), [d.message for d in problems]


def faults(folder: Path) -> list[str]:
    """What is said about a pack that cannot be used."""
    problems = Diagnostics()
    with pytest.raises(DeckError) as caught:
        read_theme(str(folder), problems)
    return [str(d).replace(str(folder), "PACK") for d in caught.value.diagnostics]


@pytest.fixture(scope="module")
def spruce() -> Theme:
    problems = Diagnostics()
    theme = read_theme("spruce", problems)
    assert [str(d) for d in problems] == []
    return theme


def shipped_names() -> list[str]:
    return sorted(p.parent.name for p in shipped_themes().glob("*/_brand.yml"))


def test_the_default_theme_is_shipped() -> None:
    assert DEFAULT_THEME == "spruce"
    assert "spruce" in shipped_names()


def test_the_shipped_theme_is_read_whole(spruce: Theme) -> None:
    assert (spruce.name, spruce.title) == ("spruce", "Spruce")
    assert (spruce.heading, spruce.body) == ("Georgia", "Calibri")
    assert (spruce.width, spruce.height) == (960, 540)
    assert spruce.palette.slots["accent1"] == "#AD4229"
    assert spruce.family("heading") == "Georgia"
    assert len(spruce.palette.slots) == 12


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_theme_is_read_without_a_word(name: str) -> None:
    problems = Diagnostics()
    read_theme(name, problems)
    assert [str(d) for d in problems] == []


def meets(a: Rect, b: Rect) -> bool:
    """Whether the two boxes overlap."""
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom


def grounds(theme: Theme, layout: SlideLayout, rect: Rect) -> list[Color]:
    """The colours a text in the box can stand on: the background, and the filled shapes below it."""
    out = [layout.background]
    for art in layout.art:
        if art.fill is None or art.shape not in ("rectangle", "ellipse"):
            continue
        a = art.rect
        if a.x <= rect.x + 1 and a.y <= rect.y + 1 and a.right >= rect.right - 1 and a.bottom >= rect.bottom - 1:
            out = [art.fill]  # covers it whole, and hides what is below
        elif meets(a, rect) and min(a.width, a.height) > 12:  # thin rules lie beside text, not below it
            out.append(art.fill)
    return out


@pytest.mark.parametrize("name", shipped_names())
def test_every_text_style_can_be_read_on_its_layout(name: str) -> None:
    """WCAG 2.1, 1.4.3: 4.5 to 1; 3 to 1 from 24 pt on, or from 18.66 pt on in bold."""
    theme = read_theme(name, Diagnostics())
    pale = []
    for layout in theme.layouts.values():
        for placeholder in layout.placeholders:
            if placeholder.type == "picture":  # shows its style only while it is empty, in PowerPoint
                continue
            for number, level in enumerate(placeholder.style.levels):
                large = level.floor >= 24 or (level.bold and level.floor >= 18.66)
                under = [placeholder.fill] if placeholder.fill else grounds(theme, layout, placeholder.rect)
                for ground in under:
                    ratio = contrast(theme.palette.rgb(level.color), theme.palette.rgb(ground))
                    if ratio < (3 if large else 4.5):
                        pale.append(f"{layout.role}/{placeholder.role} level {number}, {ground}: {ratio:.2f}")
    assert pale == []


@pytest.mark.parametrize("name", shipped_names())
def test_footers_can_be_read(name: str) -> None:
    theme = read_theme(name, Diagnostics())
    for layout in theme.layouts.values():
        if layout.footer:
            for ground in grounds(theme, layout, layout.footer):
                assert contrast(theme.palette.rgb(layout.footer_color), theme.palette.rgb(ground)) >= 4.5, layout.role


@pytest.mark.parametrize("name", shipped_names())
def test_the_hyperlink_colour_can_be_read_on_paper(name: str) -> None:
    theme = read_theme(name, Diagnostics())
    for slot in ("hlink", "folHlink"):
        assert contrast(theme.palette.rgb(Color(slot)), theme.palette.rgb(Color("lt1"))) >= 4.5  # type: ignore[arg-type]


@pytest.mark.parametrize("name", shipped_names())
def test_lines_and_bars_of_charts_can_be_made_out_and_told_apart(name: str) -> None:
    theme = read_theme(name, Diagnostics())
    colors = [theme.series_color(n) for n in range(12)]
    for color in colors:
        assert contrast(theme.palette.rgb(color), theme.palette.rgb(Color("lt1"))) >= 3
    assert len(set(colors)) == len(colors)
    rgb = theme.palette.rgb
    assert all(contrast(rgb(one), rgb(other)) >= 2 for one, other in pairwise(colors)), "without seeing colours"


@pytest.mark.parametrize("name", shipped_names())
def test_placeholders_lie_on_the_slide_and_have_indices_of_their_own(name: str) -> None:
    theme = read_theme(name, Diagnostics())
    for layout in theme.layouts.values():
        indices = [p.index for p in layout.placeholders]
        assert len(set(indices)) == len(indices), layout.role
        for p in layout.placeholders:
            assert p.rect.x >= 0
            assert p.rect.y >= 0
            assert p.rect.right <= theme.width
            assert p.rect.bottom <= theme.height


def overlaps_across(a: Rect, b: Rect) -> bool:
    return b.x < a.right and a.x < b.right


@pytest.mark.parametrize("name", shipped_names())
def test_text_placeholders_of_a_layout_do_not_overlap(name: str) -> None:
    theme = read_theme(name, Diagnostics())
    for layout in theme.layouts.values():
        for n, a in enumerate(layout.placeholders):
            for b in layout.placeholders[n + 1 :]:
                if a.type == "picture" and b.fill is not None:  # words on a ground of their own, on a picture
                    continue
                if a.role.caption == b.role:  # a caption takes the foot of its picture where there is one
                    assert (
                        b.rect.bottom <= a.rect.bottom
                        or not overlaps_across(a.rect, b.rect)
                        or b.rect.y >= a.rect.bottom
                    )
                    continue
                apart = (
                    a.rect.right <= b.rect.x
                    or b.rect.right <= a.rect.x
                    or a.rect.bottom <= b.rect.y
                    or b.rect.bottom <= a.rect.y
                )
                assert apart, f"{layout.role}: {a.role} and {b.role}"


def test_layout_names_are_unique(spruce: Theme) -> None:
    names = [layout.name for layout in spruce.layouts.values()]
    assert len(set(names)) == len(names)


def test_a_layout_has_a_title_and_at_most_one(spruce: Theme) -> None:
    for layout in spruce.layouts.values():
        assert sum(p.type == "title" for p in layout.placeholders) == 1, layout.role


@pytest.mark.parametrize("name", shipped_names())
def test_a_banded_layout_keeps_everything_out_of_the_questions_way(name: str) -> None:
    theme = read_theme(name, Diagnostics())
    banded = [layout for role, layout in theme.layouts.items() if role.band]
    assert banded
    for layout in banded:
        question = layout.placeholder(QUESTION).rect
        for p in layout.placeholders:
            assert p.role == QUESTION or p.rect.bottom <= question.y
            assert p.rect.height > 0


@pytest.mark.parametrize("name", shipped_names())
def test_no_style_shrinks_below_12_points_nor_begins_below_its_floor(name: str) -> None:
    theme = read_theme(name, Diagnostics())
    for style in theme.styles.values():
        for level in style.levels:
            assert 12 <= level.floor <= level.size


def test_decorations_are_drawn_once(spruce: Theme) -> None:
    for layout in spruce.layouts.values():
        assert len(set(layout.art)) == len(layout.art), layout.role


def test_an_unknown_theme_is_an_error_with_a_hint() -> None:
    with pytest.raises(DeckError) as caught:
        find_theme("spurce")
    assert str(caught.value) == "error: there is no theme 'spurce'\nhint: did you mean 'spruce'?"


def test_a_theme_like_no_other_lists_those_there_are() -> None:
    with pytest.raises(DeckError) as caught:
        find_theme("zzz")
    assert f"hint: known: {', '.join(shipped_names())}" in str(caught.value)


def test_a_folder_without_a_brand_file_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(DeckError) as caught:
        find_theme(str(tmp_path))
    assert "holds no _brand.yml" in str(caught.value)


def test_a_pack_needs_no_more_than_its_colours(tmp_path: Path) -> None:
    theme, said = read(pack(tmp_path / "mine"))
    assert said == []
    assert (theme.name, theme.title, theme.heading, theme.body) == ("mine", "mine", "Calibri", "Calibri")
    assert theme.palette.slots["accent6"] == "#101010"


@pytest.mark.parametrize(
    ("meta", "title"), [("name: My Brand", "My Brand"), ("name: {short: MB, full: My Brand}", "MB"), ("x: y", "mine")]
)
def test_the_packs_name_is_its_title(tmp_path: Path, meta: str, title: str) -> None:
    assert read(pack(tmp_path / "mine", head=f"meta:\n  {meta}\n{PACK}"))[0].title == title


def test_a_pack_overrides_a_colour_a_style_and_a_layout_and_leaves_the_rest(tmp_path: Path, spruce: Theme) -> None:
    theme, said = read(
        pack(
            tmp_path / "mine",
            """\
    colors: {accent: [accent2, 0.5, 0.25], brandnew: [lt2]}
    styles:
      title: {levels: [{font: body, size: 30, floor: 20, color: brandnew}]}
      mine: {levels: [{font: body, size: 30, floor: 20, color: ink}]}
    layouts:
      statement: {name: Statement Mine, placeholders: {body: {style: mine}}}
      picture: {placeholders: {caption: {box: [10, 20, 300, 40]}}}
""",
        )
    )
    assert said == []
    assert theme.colors["accent"] == Color("accent2", 0.5, 0.25)
    assert theme.colors["ink"] == spruce.colors["ink"]
    assert [(v.font, v.size, v.floor, v.color) for v in theme.styles["title"].levels] == [
        ("body", 30, 20, Color("lt2"))
    ]
    assert theme.styles["title"].tie is True
    assert theme.styles["points"] == spruce.styles["points"]
    assert theme.layouts[LayoutRole("picture")].placeholder(CAPTION).rect == Rect(10, 20, 300, 40)
    assert theme.layouts[LayoutRole("picture")].placeholder(PICTURE) == spruce.layouts[
        LayoutRole("picture")
    ].placeholder(PICTURE)
    assert theme.layouts[LayoutRole("statement")].placeholder(BODY).style.name == "mine"
    assert theme.layouts[LayoutRole("picture")].name == spruce.layouts[LayoutRole("picture")].name
    assert theme.layouts[LayoutRole("statement")].name == "Statement Mine"
    assert {role.unbanded for role in theme.layouts} == {role.unbanded for role in spruce.layouts}


def test_a_pack_can_be_a_copy_of_the_shipped_one(tmp_path: Path, spruce: Theme) -> None:
    shutil.copytree(shipped_themes() / "spruce", tmp_path / "mine")
    theme, said = read(tmp_path / "mine")
    assert said == []
    assert theme.layouts == spruce.layouts
    assert theme.palette == spruce.palette


def test_slots_may_be_values_palette_names_or_semantic_names(tmp_path: Path) -> None:
    head = """\
color:
  palette: {ink: "#101010", paper: "#FEFEFE", deep: night, night: "#000080"}
  primary: deep
defaults:
  deckbuilder:
"""
    slots = SLOTS.replace("dk2: ink", "dk2: primary").replace("lt2: paper", "lt2: '#abc'")
    theme, said = read(pack(tmp_path / "mine", head=head, slots=slots))
    assert said == []
    assert theme.palette.slots["dk2"] == "#000080"
    assert theme.palette.slots["lt2"] == "#AABBCC"


def test_colours_that_go_in_circles_show_the_circle(tmp_path: Path) -> None:
    head = PACK.replace('ink: "#101010"', "ink: night, night: deep, deep: ink")
    slots = SLOTS.replace(": ink", ": paper").replace("dk1: paper", "dk1: ink")
    (said,) = faults(pack(tmp_path / "mine", head=head, slots=slots))
    assert "the colour refers to itself: ink -> night -> deep -> ink" in said
    assert said.startswith("PACK/_brand.yml:2:")


def test_a_colour_that_is_named_like_its_own_meaning_is_no_circle(tmp_path: Path) -> None:
    head = PACK.replace("  palette:", "  primary: primary\n  palette:").replace("ink:", "primary: '#000001', ink:")
    theme, said = read(pack(tmp_path / "mine", head=head, slots=SLOTS.replace("dk2: ink", "dk2: primary")))
    assert said == []
    assert theme.palette.slots["dk2"] == "#000001"


def test_an_unknown_colour_hints_at_the_nearest_of_the_palette(tmp_path: Path) -> None:
    problems = Diagnostics()
    read_theme(str(pack(tmp_path / "mine", slots=SLOTS.replace("dk2: ink", "dk2: inkk"))), problems)
    said = str(next(iter(problems)))
    assert (
        "'inkk' is neither a colour like #1A2B3C nor in the palette; it is left out\nhint: did you mean 'ink'?" in said
    )
    assert "_brand.yml:5:" in said


def test_a_slot_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    (said,) = faults(pack(tmp_path / "mine", slots=SLOTS.replace("dk2: ink", "dk2: ink, acent1: ink")))
    assert "there is no theme colour 'acent1'\nhint: did you mean 'accent1'?" in said


def test_slots_that_are_not_given_are_derived_from_the_brands_colours(tmp_path: Path) -> None:
    head = PACK.replace("color:\n", "color:\n  primary: '#7A1F3D'\n")
    theme, said = read(pack(tmp_path / "mine", head=head, slots="    slots: {dk2: '#000080'}\n"))
    assert said == []
    assert (theme.palette.slots["dk2"], theme.palette.slots["accent1"]) == ("#000080", "#7A1F3D")


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ("    colors: {accent: [acent1]}\n", "the colour 'accent' names no theme slot: 'acent1'"),
        ("    colors: {accent: [accent1, 1, 2, 3]}\n", "takes at most 3, and has more"),
        ("    colors: {accent: []}\n", "needs at least 1, and has 0"),
        ("    colors: {accent: [accent1, dark]}\n", "dark"),
        (
            "    styles: {mine: {levels: [{font: body, size: 30, floor: 20, color: inc}]}}\n",
            "there is no colour 'inc'",
        ),
        (
            "    styles: {mine: {levels: [{font: serif, size: 30, floor: 20, color: ink}]}}\n",
            "'font' cannot be 'serif'",
        ),
        ("    styles: {mine: {levels: [{font: body, size: 3, floor: 20, color: ink}]}}\n", "should be at least 8"),
        ("    styles: {mine: {levels: [{font: body, floor: 20, color: ink}]}}\n", "needs 'size'"),
        ("    styles: {mine: {levels: []}}\n", "needs at least 1"),
        ("    layouts: {picture: {placeholders: {title: {style: titel}}}}\n", "there is no text style 'titel'"),
        ("    layouts: {picture: {placeholders: {title: {box: [1, 2, 3]}}}}\n", "a box is [left, top, width, height]"),
        ("    layouts: {picture: {placeholders: {title: {box: [1, 2, 0, 4]}}}}\n", "a box is [left, top, width"),
        ("    layouts: {picture: {background: papper}}\n", "there is no colour 'papper'"),
        ("    layouts: {picture: {backgruond: paper}}\n", "unknown key 'backgruond' in a slide layout"),
        ("    layouts: {picture: {art: [{shape: star, box: [0, 0, 1, 1]}]}}\n", "'shape' cannot be 'star'"),
        ("    layouts: {mine: {name: Mine, placeholders: {}}}\n", "title"),
        ("    layouts: {mine: {name: Mine, band: true, placeholders: {}}}\n", "title"),
        ("    layuots: {}\n", "unknown key 'layuots' in the theme's settings"),
        ("    size: [960]\n", "size"),
        ("    size: [960, -540]\n", "size"),
        ("    size: big\n", "size"),
        ("    footer: none\n", "footer"),
    ],
)
def test_faults_of_a_pack_are_told_in_words_and_where_they_stand(tmp_path: Path, extra: str, message: str) -> None:
    said = faults(pack(tmp_path / "mine", extra))
    assert any(message in s for s in said), said
    assert all(s.startswith("PACK/_brand.yml:") for s in said), said


def test_several_faults_are_told_at_once(tmp_path: Path) -> None:
    extra = "    styles: {mine: {levels: [{font: serif, size: 3, floor: 20, color: ink}]}}\n    zzz: 1\n"
    assert len(faults(pack(tmp_path / "mine", extra))) == 3


@pytest.mark.parametrize("content", ["", "- a\n", "words\n", "a: 'b\n", "---\n", "defaults: 5\n", "color: [a]\n"])
def test_a_brand_file_that_is_none_is_an_error_and_no_crash(tmp_path: Path, content: str) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "_brand.yml").write_text(content)
    assert faults(folder)


@pytest.mark.parametrize("settings", ["5", "[a]", "words"])
def test_settings_that_are_no_mapping_are_an_error_and_no_crash(tmp_path: Path, settings: str) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "_brand.yml").write_text(f"defaults:\n  deckbuilder: {settings}\n")
    assert faults(folder)


@pytest.mark.parametrize("fonts", ["Calibri", "5", "[Calibri]", "[5]", "{family: Calibri}", "[{files: [x.ttf]}]"])
def test_fonts_that_are_no_list_of_fonts_are_an_error_and_no_crash(tmp_path: Path, fonts: str) -> None:
    head = f"typography:\n  fonts: {fonts}\n{PACK}"
    assert faults(pack(tmp_path / "mine", head=head))


def test_a_font_without_a_file_is_named_with_its_stand_in(tmp_path: Path) -> None:
    head = f"typography:\n  base: Papyrus\n  headings: {{family: Optima}}\n{PACK}"
    problems = Diagnostics()
    theme = read_theme(str(pack(tmp_path / "mine", head=head)), problems)
    assert (theme.heading, theme.body) == ("Optima", "Papyrus")
    assert [str(d).replace(str(tmp_path), "") for d in problems] == [
        "/mine/_brand.yml:2:9: warning: there is no file for the font 'Papyrus': the deck names 'Papyrus', and Arial "
        "stands in for it in PDF files\n"
        "hint: put its .ttf files into the theme pack and name them under typography.fonts",
        "/mine/_brand.yml:3:13: warning: there is no file for the font 'Optima': the deck names 'Optima', and Arial "
        "stands in for it in PDF files\n"
        "hint: put its .ttf files into the theme pack and name them under typography.fonts",
    ]


def test_headings_are_set_in_the_base_font_unless_told(tmp_path: Path) -> None:
    theme, said = read(pack(tmp_path / "mine", head=f"typography:\n  base: Georgia\n{PACK}"))
    assert said == []
    assert (theme.heading, theme.body) == ("Georgia", "Georgia")


@pytest.mark.parametrize("form", ["plain", "mapping"])
def test_font_files_of_the_pack_measure_its_text(tmp_path: Path, form: str) -> None:
    folder = tmp_path / "mine"
    (folder / "fonts").mkdir(parents=True)
    for mine, file in (("Mine-Regular", "LiberationMono-Regular"), ("Mine-Bold", "Carlito-Bold")):
        shutil.copy(FONT_FOLDER / f"{file}.ttf", folder / "fonts" / f"{mine}.ttf")
    files = {
        "plain": "[fonts/Mine-Regular.ttf, fonts/Mine-Bold.ttf]",
        "mapping": "[{path: fonts/Mine-Regular.ttf}, {path: fonts/Mine-Bold.ttf, weight: 700}]",
    }[form]
    head = f"typography:\n  fonts:\n    - {{family: Mine, source: file, files: {files}}}\n  base: Mine\n{PACK}"
    theme, said = read(pack(folder, head=head))
    assert said == []
    assert theme.body == "Mine"
    assert theme.fonts.face("Mine").width("iiii", 10) == theme.fonts.face("Courier New").width("iiii", 10)
    assert theme.fonts.face("Mine", bold=True).width("Wi", 10) == theme.fonts.face("Calibri", bold=True).width("Wi", 10)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("fonts/no.ttf", "there is no font file 'fonts/no.ttf' in the theme pack"),
        ("../outside.ttf", "there is no font file '../outside.ttf' in the theme pack"),
        ("mine.otf", "the font file 'mine.otf' is damaged"),
        ("mine.pfb", "the font 'mine.pfb' is not a TrueType file (.ttf)"),
    ],
)
def test_font_files_that_cannot_be_used_are_told(tmp_path: Path, file: str, message: str) -> None:
    (tmp_path / "outside.ttf").write_bytes(b"x")
    folder = tmp_path / "mine"
    folder.mkdir()
    for name in ("mine.otf", "mine.pfb"):
        (folder / name).write_bytes(b"x")
    head = f"typography:\n  fonts:\n    - {{family: Mine, files: [{file}]}}\n  base: Mine\n{PACK}"
    problems = Diagnostics()
    with contextlib.suppress(DeckError):
        read_theme(str(pack(folder, head=head)), problems)
    assert any(message in problem.message for problem in problems)


def test_a_damaged_font_file_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "mine.ttf").write_bytes(b"no font at all")
    head = f"typography:\n  fonts:\n    - {{family: Mine, files: [mine.ttf]}}\n  base: Mine\n{PACK}"
    assert any("mine.ttf" in s for s in faults(pack(folder, head=head)))


def test_a_font_whose_outlines_are_damaged_is_told_though_its_widths_can_be_read(tmp_path: Path) -> None:
    data = bytearray((FONT_FOLDER / "Carlito-Regular.ttf").read_bytes())
    place = data.index(b"loca") + 8  # of the table's offset, in the directory
    start, length = struct.unpack(">LL", data[place : place + 8])
    data[start + length // 2 : start + length // 2 + 200] = b"\xff" * 200
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "mine.ttf").write_bytes(data)
    head = f"typography:\n  fonts:\n    - {{family: Mine, files: [mine.ttf]}}\n  base: Mine\n{PACK}"
    assert any("the font file 'mine.ttf' is damaged" in s for s in faults(pack(folder, head=head)))
