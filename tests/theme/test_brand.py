"""Brand files by the brand.yml convention: read as their own package reads them, and made whole themes."""

from __future__ import annotations

import io
import re
import shutil
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from brand_yml import Brand as Reference
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from deckbuilder.diagnostics import DeckError, Diagnostics
from deckbuilder.labels import read_labels
from deckbuilder.reading.yaml import parse_yaml, read_yaml
from deckbuilder.source import LocatedDict
from deckbuilder.theme.brand import SEMANTIC, SIZES, Brand
from deckbuilder.theme.check import pale_texts
from deckbuilder.theme.color import SLOTS, Color, Palette, contrast
from deckbuilder.theme.derive import derive
from deckbuilder.theme.fonts import FONT_FOLDER
from deckbuilder.theme.layouts import Builder
from deckbuilder.theme.pack import read_theme
from deckbuilder.theme.roles import LayoutRole
from deckbuilder.theme.specs import ThemeSpec
from deckbuilder.theme.theme import Theme
from deckbuilder.units import Rect
from tools import Package, build_files, deck_folder, run

EXAMPLES = Path(__import__("brand_yml").__file__).parent / "examples"
NAMES = sorted(p.name for p in EXAMPLES.glob("*.yml"))
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50"><path d="M0 0h200v50H0z" fill="#123456"/></svg>'


def example(name: str, folder: Path) -> Path:
    shutil.copytree(EXAMPLES, folder / "mine")
    shutil.copy(EXAMPLES / name, folder / "mine" / "_brand.yml")
    return folder / "mine"


def pack(tmp_path: Path, text: str, **files: str) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "_brand.yml").write_text(text, encoding="utf-8")
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_text(content, encoding="utf-8")
    return folder


def read(folder: Path) -> tuple[Theme, list[str]]:
    problems = Diagnostics()
    return read_theme(str(folder), problems), [d.message for d in problems]


def faults(folder: Path) -> str:
    with pytest.raises(DeckError) as caught:
        read_theme(str(folder), Diagnostics())
    return str(caught.value)


def test_there_are_examples_to_check() -> None:
    assert len(NAMES) > 10


@pytest.mark.parametrize("name", NAMES)
def test_colours_names_and_families_are_what_the_brand_yml_package_reads(name: str, tmp_path: Path) -> None:
    folder = example(name, tmp_path)
    data = read_yaml(folder / "_brand.yml", "_brand.yml", Diagnostics())
    assert isinstance(data, LocatedDict)
    problems = Diagnostics()
    ours, theirs = Brand(folder, data, problems), Reference.from_yaml(folder / "_brand.yml")
    expected = {}
    for use in SEMANTIC:
        value = getattr(theirs.color, use, None) if theirs.color else None
        if value is not None:
            expected[use] = ours.color(value)  # theirs may still be a colour's name in CSS
    assert ours.semantic() == expected
    assert all(value is None or value.startswith("#") for value in expected.values())
    named = theirs.meta.name if theirs.meta else None
    assert ours.title == (getattr(named, "short", None) or getattr(named, "full", None) or named)
    for use in ("base", "headings", "monospace"):
        value = getattr(theirs.typography, use, None) if theirs.typography else None
        given = ours.part("typography", use)
        assert (given.get("family") if isinstance(given, dict) else given) == getattr(value, "family", None)


@pytest.mark.parametrize("name", NAMES)
def test_logos_are_the_files_that_the_brand_yml_package_finds(name: str, tmp_path: Path) -> None:
    folder = example(name, tmp_path)
    data = read_yaml(folder / "_brand.yml", "_brand.yml", Diagnostics())
    ours, theirs = Brand(folder, data, Diagnostics()), Reference.from_yaml(folder / "_brand.yml")
    for size in SIZES:
        value = getattr(theirs.logo, size, None) if theirs.logo else None
        given = ours.part("logo", size)
        if value is None:
            assert given is None
            continue
        pair = ours.pair(given)
        variants = {"light": getattr(value, "light", None), "dark": getattr(value, "dark", None)}
        if not any(variants.values()):
            variants = {"light": value, "dark": None}
        for ground, resource in variants.items():
            logo = getattr(pair, ground) if pair else None
            path = str(getattr(resource.path, "root", resource.path)) if resource else None
            if path and (folder / path).is_file():
                assert logo is not None
                assert (logo.picture.path, logo.alt) == (folder / path, resource.alt or "")
            else:
                assert logo is None


@pytest.mark.parametrize("name", NAMES)
def test_every_example_is_a_theme_whose_texts_can_be_read(name: str, tmp_path: Path) -> None:
    theme, said = read(example(name, tmp_path))
    assert pale_texts(theme) == []
    assert set(theme.palette.slots) == set(SLOTS)
    assert not any("unknown key" in message for message in said)


COLOR = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06X}")


@settings(max_examples=60)
@given(
    st.dictionaries(st.sampled_from(SEMANTIC), COLOR), st.lists(COLOR, max_size=6), st.none() | COLOR, st.none() | COLOR
)
def test_whatever_colours_a_brand_has_its_texts_can_be_read(
    semantic: dict[str, str], palette: list[str], heading: str | None, link: str | None
) -> None:
    derived = derive(semantic, palette, heading, link)
    slots = Palette(derived.slots)
    assert set(derived.slots) == set(SLOTS)
    theme = themed(derived.slots, derived.shades)
    assert pale_texts(theme) == []
    for slot in ("hlink", "folHlink"):
        for ground in ("lt1", "lt2"):
            ratio = contrast(
                slots.rgb(theme.colors["ink"].__class__(slot)), slots.rgb(theme.colors["ink"].__class__(ground))
            )
            assert ratio >= 4.5


def themed(slots: dict[str, str], shades: dict[str, list[object]]) -> Theme:
    """A theme of the standard layouts in these colours."""
    standard = parse_yaml(files("deckbuilder.theme").joinpath("standard.yaml").read_text("utf-8"), "", Diagnostics())
    spec = ThemeSpec.model_validate(standard, context={"problems": Diagnostics()})
    colors = {name: Color(*shade) for name, shade in (spec.colors | shades).items()}  # type: ignore[arg-type]
    builder = Builder(spec, colors, Diagnostics())
    styles = {name: builder.style(name, style) for name, style in spec.styles.items()}
    layouts = builder.layouts(styles)
    return replace(standard_theme(), palette=Palette(slots), colors=colors, styles=styles, layouts=layouts)


def standard_theme() -> Theme:
    return read_theme("spruce", Diagnostics())


def test_a_pair_that_fails_is_said_with_the_nearest_that_passes_which_is_used(tmp_path: Path) -> None:
    theme, said = read(pack(tmp_path, "color:\n  background: '#FFFFFF'\n  primary: '#87CEEB'\n"))
    (message,) = said
    assert message.startswith("the brand's primary #87CEEB has a contrast of 1.")
    used = theme.palette.hex(theme.colors["accent"])
    assert message.endswith(f"; text is set in {used}, fills keep it")
    assert used != theme.palette.slots["accent1"] == "#87CEEB"


def test_a_brand_that_insists_keeps_its_colour_and_is_told(tmp_path: Path) -> None:
    text = "color:\n  primary: '#87CEEB'\ndefaults:\n  deckbuilder:\n    insist: true\n"
    theme, said = read(pack(tmp_path, text))
    assert theme.palette.slots["accent1"] == "#87CEEB"
    assert "it stays, since the brand insists" in said[0]


def test_colours_that_pass_are_used_as_they_are_and_nothing_is_said(tmp_path: Path) -> None:
    text = "color: {foreground: '#111111', background: '#FFFFFF', primary: '#003C9E', secondary: '#7A0033'}\n"
    theme, said = read(pack(tmp_path, text))
    assert said == []
    assert [theme.palette.slots[s] for s in ("dk1", "lt1", "accent1", "accent2")] == [  # type: ignore[index]
        "#111111",
        "#FFFFFF",
        "#003C9E",
        "#7A0033",
    ]


@pytest.mark.parametrize(
    ("value", "hex_"), [("rebeccapurple", "#663399"), ("rgb(1, 2, 3)", "#010203"), ("#ABCF", "#AABBCC")]
)
def test_colours_may_be_written_as_css_does(value: str, hex_: str, tmp_path: Path) -> None:
    brand = Brand(tmp_path, LocatedDict(None), Diagnostics())
    assert brand.color(value) == hex_


def test_semantic_colours_that_go_in_circles_show_the_circle(tmp_path: Path) -> None:
    said = faults(pack(tmp_path, "color:\n  primary: secondary\n  secondary: primary\n"))
    assert "refers to itself" in said
    assert "primary -> secondary -> primary" in said or "secondary -> primary -> secondary" in said


@pytest.mark.parametrize("value", ["'#12345'", "grren"])
def test_a_colour_that_leads_nowhere_is_not_offered_as_the_way_out(value: str, tmp_path: Path) -> None:
    problems = Diagnostics()
    folder = pack(tmp_path, f"color: {{palette: {{ink: {value}, leaf: '#206040'}}, foreground: ink}}\n")
    read_theme(str(folder), problems)
    hints = [problem.hint or "" for problem in problems if problem.code == "brand-color"]
    assert len(hints) == 1
    assert "ink" not in hints[0]


def test_a_web_font_is_named_with_what_stands_in(tmp_path: Path) -> None:
    text = "typography:\n  fonts:\n    - {family: Lora, source: google}\n  base: Lora\n  monospace: Fira Code\n"
    theme, said = read(pack(tmp_path, text))
    assert theme.body == "Lora"
    assert (
        "there is no file for the font 'Lora': the deck names 'Lora', and Georgia stands in for it in PDF files" in said
    )
    assert "code is not set in 'Fira Code'; Courier New stands in for it" in said


def test_logos_stand_on_every_layout_that_has_room_clear_of_its_texts(tmp_path: Path) -> None:
    text = "logo:\n  medium:\n    light: {path: logo.svg, alt: A bar}\n    dark: {path: pale.svg, alt: A bar}\n"
    theme, said = read(pack(tmp_path, text, logo_svg=SVG, pale_svg=SVG))
    assert said == []
    bare = [str(layout.role) for layout in theme.layouts.values() if not layout.placed_logos]
    assert bare == ["picture-full", "picture-full-caption"]
    for layout in theme.layouts.values():
        for mark in layout.placed_logos:
            dark = layout.background == theme.colors["deep"]
            art = [
                a.rect for a in layout.art if a.fill == theme.colors["deep"] and a.rect.x <= mark.rect.x < a.rect.right
            ]
            assert mark.logo.picture.path.name == ("pale.svg" if dark or art else "logo.svg")
            assert mark.rect.width / mark.rect.height == pytest.approx(4)
            boxes = [p.rect for p in layout.placeholders] + [
                b for b in (layout.footer, layout.date, layout.number) if b
            ]
            assert not any(meets(mark.rect, box) for box in boxes), layout.role


def meets(a: Rect, b: Rect) -> bool:
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom


def test_a_logo_made_for_the_other_ground_stands_on_a_plate(tmp_path: Path) -> None:
    theme, _ = read(pack(tmp_path, "logo: logo.svg\n", logo_svg=SVG))
    cover = theme.layouts[LayoutRole("cover")]
    plate = cover.art[-1]
    (mark,) = cover.placed_logos
    assert plate.fill == theme.colors["paper"]
    assert (plate.rect.x, plate.rect.right) == (mark.rect.x - 6, mark.rect.right + 6)


def test_a_logo_that_is_not_there_is_named_and_left_out(tmp_path: Path) -> None:
    theme, said = read(pack(tmp_path, "logo: logo.svg\n"))
    assert said == ["there is no logo 'logo.svg' in the theme pack; it is left out"]
    assert theme.logos == ()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<svg", "is not well-formed"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "does not say how large it is"),
        ("hello", "is not a picture that can be used"),
    ],
)
def test_a_logo_that_is_broken_is_an_error(tmp_path: Path, content: str, message: str) -> None:
    assert message in faults(pack(tmp_path, "logo: logo.svg\n", logo_svg=content))


def test_a_logo_that_is_neither_a_name_nor_a_file_is_an_error(tmp_path: Path) -> None:
    assert "'mark' is neither a logo's name nor a picture file" in faults(pack(tmp_path, "logo:\n  small: mark\n"))


def test_characters_of_the_imprint_that_no_font_has_are_an_error(tmp_path: Path) -> None:
    text = "defaults:\n  deckbuilder:\n    imprint: {address: '\\uE123'}\n".replace("'", '"')
    assert "no font has the characters" in faults(pack(tmp_path, text))


def test_of_colours_for_two_modes_the_light_ones_are_used_and_that_is_said_once(tmp_path: Path) -> None:
    text = """
color:
  palette: {ink: "#101820", leaf: {light: "#146B3A", dark: "#8FE0B0"}}
  foreground: {light: ink, dark: "#FAFAFA"}
  background: {light: "#FFFFFF", dark: "#101010"}
  primary: leaf
"""
    theme, said = read(pack(tmp_path, text))
    slots = theme.palette.slots
    assert (slots["dk1"], slots["lt1"], slots["accent1"]) == ("#101820", "#FFFFFF", "#146B3A")
    assert len(said) == 1
    assert "colours for dark pages as well" in said[0]


def test_a_colour_that_is_named_but_not_defined_is_said_once_and_left_out(tmp_path: Path) -> None:
    text = "color: {palette: {moss: '#3A5F0B'}, primary: mos, secondary: mos, success: mos}\n"
    theme, said = read(pack(tmp_path, text))
    assert said == ["'mos' is neither a colour like #1A2B3C nor in the palette; it is left out"]
    assert theme.palette.slots["accent1"] == "#3A5F0B"


def test_one_colour_with_many_uses_is_warned_of_once(tmp_path: Path) -> None:
    text = """
color: {background: "#FFFFFF", primary: "#6CBF3F", secondary: "#6CBF3F"}
typography: {headings: {color: "#6CBF3F"}, link: {color: "#6CBF3F"}}
"""
    _, said = read(pack(tmp_path, text))
    assert len(said) == 1
    assert said[0].startswith(
        "the brand's primary and secondary and typography.headings and typography.link #6CBF3F has"
    )


def test_keys_that_the_convention_does_not_have_are_named(tmp_path: Path) -> None:
    _, said = read(
        pack(tmp_path, "typography: {font: [], headings: {weihgt: 700}}\ncolor: {palete: {a: red}, primry: a}\n")
    )
    assert said == [
        "'typography' has no key 'font'; it is not used",
        "'typography.headings' has no key 'weihgt'; it is not used",
        "'color' has no keys 'palete', 'primry'",
    ]


def test_groups_that_are_no_mappings_are_errors(tmp_path: Path) -> None:
    said = faults(pack(tmp_path, "meta: Acme\ntypography: yes\ncolor: [1]\n"))
    assert all(f"'{group}' should be a mapping" in said for group in ("meta", "typography", "color"))


@pytest.mark.parametrize(
    ("ground", "primary"),
    [("#FFFFFF", "#0A72D8"), ("#FFFFFF", "#C2410C"), ("#FAF7F0", "#A14A00"), ("#FFFFFF", "#757500")],
)
def test_a_primary_that_can_be_read_on_the_brands_own_ground_is_not_moved(
    ground: str, primary: str, tmp_path: Path
) -> None:
    assert contrast(*(Palette({"dk1": c}).rgb(Color("dk1")) for c in (ground, primary))) >= 4.5
    theme, said = read(pack(tmp_path, f"color: {{background: '{ground}', primary: '{primary}'}}\n"))
    assert said == []
    assert theme.palette.slots["accent1"] == primary
    used = theme.palette.rgb(theme.colors["accent"])
    assert max(abs(a - b) for a, b in zip(used, theme.palette.rgb(Color("accent1")), strict=True)) < 0.03
    assert pale_texts(theme) == []


@pytest.mark.parametrize("primary", ["#FFB000", "#F47B20", "#E8590C", "#FFD500"])
def test_an_orange_stays_itself_in_fills_with_dark_text_on_them(primary: str, tmp_path: Path) -> None:
    theme, said = read(
        pack(tmp_path, f"color: {{foreground: '#222222', background: '#FFFFFF', primary: '{primary}'}}\n")
    )
    assert len(said) == 1
    filled = [
        (holder.current[1], holder.current[0].levels[0].color)
        for layout in theme.layouts.values()
        for holder in layout.placeholders
        if holder.current
    ]
    assert filled
    for fill, ink in filled:
        assert theme.palette.hex(fill) == primary
        assert contrast(theme.palette.rgb(fill), theme.palette.rgb(ink)) >= 4.5
    tab = theme.layouts[LayoutRole("points")].art[0]
    assert theme.palette.hex(tab.fill or Color("dk1")) == primary
    assert theme.palette.slots["dk2"] == "#222222"  # no brown
    assert pale_texts(theme) == []


@pytest.mark.parametrize("ground", ["#161616", "#0B2A1E"])
def test_a_dark_brands_ground_is_that_of_covers_and_sections(ground: str, tmp_path: Path) -> None:
    text = f"""
color: {{foreground: "#F4F4F4", background: "{ground}", primary: "#8FC1E3"}}
typography: {{headings: {{color: "#FFFFFF"}}, link: {{color: "#8FC1E3"}}}}
"""
    theme, said = read(pack(tmp_path, text))
    assert [message.split(",")[0] for message in said] == ["the brand is light on dark"]
    for role in ("cover", "section", "closing"):
        assert theme.palette.hex(theme.layouts[LayoutRole(role)].background) == ground
    assert theme.palette.slots["accent1"] == "#8FC1E3"
    assert pale_texts(theme) == []


def test_a_list_of_families_as_css_has_it_asks_for_the_first(tmp_path: Path) -> None:
    text = "typography: {base: 'Arial, Helvetica, sans-serif', headings: {family: \"'Georgia', serif\"}}\n"
    theme, said = read(pack(tmp_path, text))
    assert (theme.body, theme.heading, said) == ("Arial", "Georgia", [])


@pytest.mark.parametrize(("stack", "family"), [("system-ui, sans-serif", "Calibri"), ("serif", "Georgia")])
def test_a_list_that_names_no_family_gets_one_of_its_kind(stack: str, family: str, tmp_path: Path) -> None:
    theme, said = read(pack(tmp_path, f"typography: {{base: '{stack}'}}\n"))
    assert (theme.body, said) == (family, [])


def test_a_family_without_a_file_keeps_its_name_and_is_warned_of_once(tmp_path: Path) -> None:
    theme, said = read(pack(tmp_path, "typography: {base: 'Open Sans', headings: {family: Open Sans}}\n"))
    assert (theme.body, theme.heading) == ("Open Sans", "Open Sans")
    assert said == [
        "there is no file for the font 'Open Sans': the deck names 'Open Sans', and Arial stands in for it in PDF files"
    ]


def test_a_font_file_that_is_not_there_is_one_warning_and_the_family_is_used_without(tmp_path: Path) -> None:
    text = "typography:\n  fonts:\n    - {family: Mine, files: [a.ttf, b.ttf]}\n  base: Mine\n  headings: Mine\n"
    theme, said = read(pack(tmp_path, text))
    assert theme.body == "Mine"
    assert said == [
        "there is no font file 'a.ttf', 'b.ttf' in the theme pack; the deck names 'Mine', and Arial stands in for it in PDF "
        "files"
    ]


def test_an_otf_file_is_taken_where_its_outlines_are_truetypes_and_else_refused_with_a_way_out(tmp_path: Path) -> None:
    text = "typography:\n  fonts:\n    - {family: Mine, files: [%s.otf]}\n  base: Mine\n"
    folder = pack(tmp_path, text % "a")
    shutil.copy(FONT_FOLDER / "Carlito-Regular.ttf", folder / "a.otf")
    theme, said = read(folder)
    assert (said, theme.fonts.knows("Mine")) == ([], True)
    (folder / "_brand.yml").write_text(text % "b")
    (folder / "b.otf").write_bytes(b"OTTO" + bytes(100))
    problems = Diagnostics()
    theme = read_theme(str(folder), problems)
    (problem,) = problems
    assert "PostScript outlines" in problem.message
    assert ".ttf" in str(problem.hint)
    assert (theme.body, theme.fonts.knows("Mine")) == ("Mine", False)


def test_a_long_wordmark_is_not_set_too_low_to_be_read(tmp_path: Path) -> None:
    folder = pack(tmp_path, "logo: {path: logo.svg, alt: A bar}\n", logo_svg=SVG.replace("0 0 200 50", "0 0 400 30"))
    theme, _ = read(folder)
    for layout in theme.layouts.values():
        for mark in layout.placed_logos:
            assert mark.rect.height > 15.9
            assert not any(meets(mark.rect, holder.rect) for holder in layout.placeholders), layout.role


def test_of_sizes_one_with_too_few_pixels_is_the_last_choice(tmp_path: Path) -> None:
    folder = pack(tmp_path, "logo: {small: tab.png, medium: logo.svg}\n", logo_svg=SVG)
    image = io.BytesIO()
    Image.new("RGB", (32, 32), "navy").save(image, "PNG")
    (folder / "tab.png").write_bytes(image.getvalue())
    theme, _ = read(folder)
    (mark,) = theme.layouts[LayoutRole("points")].placed_logos
    assert mark.logo.picture.path.name == "logo.svg"


WORDS = """
defaults:
  deckbuilder:
    organisation: Harbour School
    copyright: "© Harbour School"
    words: {handout: Workbook, agenda: {de: Ablauf}}
"""


def test_a_brand_says_who_publishes_and_has_words_of_its_own(tmp_path: Path) -> None:
    theme, said = read(pack(tmp_path, WORDS))
    assert said == []
    assert {name: text.plain for name, text in theme.says.items()} == {
        "organisation": "Harbour School",
        "copyright": "© Harbour School",
    }
    english, german = (read_labels(tag, Diagnostics()).said(theme.words) for tag in ("en-GB", "de"))
    assert [words("handout") for words in (english, german)] == ["Workbook", "Workbook"]
    assert (english("agenda"), german("agenda")) == ("Agenda", "Ablauf")


@pytest.mark.parametrize(
    ("tag", "key"),
    [("zh-Hant-TW", "zh-Hant"), ("de-CH-1996", "de-CH"), ("de-at", "de-AT"), ("pt-BR", "pt-br"), ("de-CH", "de")],
)
def test_a_brands_words_go_by_the_nearest_of_the_tags(tag: str, key: str) -> None:
    words: dict[str, str | dict[str, str]] = {"handout": {key: "Ours", "en": "Theirs"}}
    assert read_labels(tag, Diagnostics()).said(words)("handout") == "Ours"
    assert read_labels("en-GB", Diagnostics()).said(words)("handout") == "Theirs"


def test_the_brands_words_stand_on_slides_and_pages_where_the_deck_says_nothing(tmp_path: Path) -> None:
    brand = str(pack(tmp_path, WORDS))
    cover = {"kind": "cover"}
    for name, own in (("silent", {}), ("own", {"organisation": "Another School"})):
        deck = deck_folder(tmp_path / name, cover, **own)
        files = build_files(tmp_path / "out" / name, deck, themes=(brand,), only=("deck", "handout"))
        handout = run("pdftotext", files.handout, "-")
        assert "Workbook" in handout
        assert "Participant handout" not in handout
        publisher = own.get("organisation", "Harbour School")
        assert publisher in handout
        assert publisher in "".join(Package(files.deck).text(slide) for slide in Package(files.deck).slides)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("handuot: Workbook", "4:5: error: there is no word 'handuot'"),
        ("handuot: {en: Workbook, de: Heft}", "4:5: error: there is no word 'handuot'"),
        ("of: out of", "4:9: error: the word 'of' has to have {n} and {total} in it"),
        ('handout: {de: Heft, en: "Book {n}"}', "4:29: error: the word 'handout' has to have no braces in it"),
        ("minutes_long: minutes", "4:19: error: the word 'minutes_long' has forms for numbers"),
    ],
)
def test_words_that_cannot_be_said_so_are_errors(words: str, message: str, tmp_path: Path) -> None:
    said = faults(pack(tmp_path, f"defaults:\n deckbuilder:\n  words:\n    {words}\n"))
    assert said.count(f"_brand.yml:{message}") == said.count("error: ") == 1


@pytest.mark.parametrize(
    ("weight", "bold", "told"),
    [
        ("heavy", False, 1),
        ("0", False, 1),
        ("[600]", False, 1),
        ("demi-bold", True, 0),
        ("600", True, 0),
        ("500", False, 0),
    ],
)
def test_a_weight_of_headings_is_used_or_told(weight: str, bold: bool, told: int, tmp_path: Path) -> None:
    problems = Diagnostics()
    text = f'color: {{primary: "#225544"}}\ntypography:\n  headings:\n    weight: {weight}\n'
    theme = read_theme(str(pack(tmp_path, text)), problems)
    assert [(d.code, d.at and (d.at.line, d.at.column)) for d in problems] == [("brand-weight", (4, 13))] * told
    assert theme.styles["title"].levels[0].bold == bold


def test_a_slot_whose_colour_is_none_is_derived_like_those_that_are_not_given(tmp_path: Path) -> None:
    given = {slot: f"#{n:02x}5f8c" for n, slot in enumerate(SLOTS, 0x20)} | {"accent5": "nothing"}
    brand = {"color": {"primary": "#2B5F8C"}, "defaults": {"deckbuilder": {"slots": given}}}
    (tmp_path / "_brand.yml").write_text(yaml.safe_dump(brand), "utf-8")
    problems = Diagnostics()
    theme = read_theme(str(tmp_path), problems)
    assert [problem.code for problem in problems if problem.at and problem.at.line > 4][:1] == ["brand-color"]
    assert set(theme.palette.slots) == set(SLOTS)


def test_a_brand_with_every_fault_at_once_gets_a_warning_for_each_and_ten_at_most(tmp_path: Path) -> None:
    text = """
meta: {nam: Ours}
logo: {medium: gone.svg, small: gone.svg}
color:
  palette: {leaf: {light: "#8FD0A0", dark: "#146B3A"}, leaf-2: {light: "#8FD0A0", dark: "#146B3A"}}
  primary: mos
  secondary: mos
  tertiary: leaf
  warning: leaf-2
  backgrond: "#FFFFFF"
typography:
  font: [{family: House}]
  fonts:
    - {family: House, source: file, files: [{path: house-400.ttf}, {path: house-700.ttf}]}
  base: {family: "House, sans-serif", color: leaf}
  headings: {family: House, color: leaf}
  monospace: {family: "Gone Mono, monospace"}
  link: {color: leaf}
"""
    _, said = read(pack(tmp_path, text))
    assert len(said) <= 10
    assert len(set(said)) == len(said)
    for fault in ("'nam'", "gone.svg", "'mos'", "dark pages", "'font'", "house-400.ttf", "'backgrond'", "'Gone Mono'"):
        assert sum(fault in message for message in said) == 1, (fault, said)


def test_a_colour_that_is_moved_is_told_where_there_are_colours_for_dark_pages_too(tmp_path: Path) -> None:
    text = """
color: {palette: {leaf: {light: "#8FD0A0", dark: "#146B3A"}}, primary: "#146B3A"}
typography: {link: {color: leaf}}
"""
    _, said = read(pack(tmp_path, text))
    assert len(said) == 2
    assert "colours for dark pages" in said[0]
    assert "typography.link #8FD0A0 has a contrast of 1.8" in said[1]


@pytest.mark.parametrize(
    ("files", "used", "told"),
    [
        ("{path: a.ttf}, {path: b.ttf, weight: 900}", {"Regular": "a.ttf", "Bold": "b.ttf"}, 0),
        ("{path: a.ttf, weight: light}, {path: b.ttf, weight: Black}", {"Regular": "a.ttf", "Bold": "b.ttf"}, 0),
        ("a.ttf, Mine-Heavy.ttf, Mine-ExtraLightOblique.ttf", {"Regular": "a.ttf", "Bold": "Mine-Heavy.ttf"}, 0),
        ("{path: a.ttf, weight: 700}, {path: b.ttf, weight: 800}", {"Bold": "a.ttf"}, 0),
        ("{path: b.ttf, weight: 200}, {path: a.ttf, weight: medium}", {"Regular": "a.ttf"}, 0),
        ("{path: a.ttf}, {path: Mine-Bold.ttf, weight: blac}", {"Regular": "a.ttf", "Bold": "Mine-Bold.ttf"}, 1),
    ],
)
def test_a_font_files_weight_is_used_or_told(files: str, used: dict[str, str], told: int, tmp_path: Path) -> None:
    text = f"typography:\n  fonts:\n    - family: Mine\n      files: [{files}]\n  base: Mine\n"
    folder = pack(tmp_path, text)
    for name in re.findall(r"[\w-]+\.ttf", files):
        shutil.copy(FONT_FOLDER / "Carlito-Regular.ttf", folder / name)
    problems = Diagnostics()
    theme = read_theme(str(folder), problems)
    found = {style: path.name for style, path in theme.fonts.files["Mine"].items()}
    assert {style: name for style, name in found.items() if style in ("Regular", "Bold")} == used
    assert found.get("Italic") == ("Mine-ExtraLightOblique.ttf" if "Oblique" in files else None)
    assert [d.code for d in problems if d.code == "brand-weight"] == ["brand-weight"] * told
