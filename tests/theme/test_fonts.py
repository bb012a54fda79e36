"""Fonts: the files that draw a family, and the widths of its twins."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.rl_accel import instanceStringWidthTTF
from reportlab.pdfbase.pdfmetrics import stringWidth

from deckbuilder.theme.faces import read_font
from deckbuilder.theme.fonts import CODE_FAMILY, FONT_FOLDER, METRIC_TWINS, Fonts

# Calibri's advance widths in units of 1/2048 em. Written down from memory, not read from the font,
# which may not be shipped: to be checked against calibri.ttf where there is one.
CALIBRI = {"A": 1185, "e": 1019, "i": 470, "m": 1636, "o": 1080, " ": 463, "0": 1038}


def test_calibris_twin_has_calibris_widths() -> None:
    face = Fonts().face("Calibri")
    for character, width in CALIBRI.items():
        assert face.width(character, 2048) == pytest.approx(width, abs=1.5), character


@pytest.mark.parametrize(
    ("original", "bold", "italic"),
    [
        ("Helvetica", False, False),
        ("Helvetica-Bold", True, False),
        ("Helvetica-Oblique", False, True),
        ("Helvetica-BoldOblique", True, True),
    ],
)
def test_arials_twin_has_the_widths_of_adobes_helvetica(original: str, bold: bool, italic: bool) -> None:
    """Arial was drawn to Helvetica's widths; ReportLab carries Adobe's metrics of it."""
    face = Fonts().face("Arial", bold, italic)
    for character in string.ascii_letters + string.digits + " .,;:!?()&%$#@+-=/":
        assert face.width(character, 1000) == pytest.approx(stringWidth(character, original, 1000), abs=1), character


@pytest.mark.parametrize(("office", "twin"), METRIC_TWINS.items())
def test_an_office_font_is_measured_by_its_twin(office: str, twin: str) -> None:
    fonts = Fonts()
    for bold, italic in ((False, False), (True, False), (False, True), (True, True)):
        one, other = fonts.face(office, bold, italic), Fonts().face(twin, bold, italic)
        assert one.name == other.name
        assert one.name.startswith(twin.replace(" ", ""))
        assert one.width(string.printable[:94], 12) == other.width(string.printable[:94], 12)


@pytest.mark.parametrize("family", sorted({*METRIC_TWINS, *METRIC_TWINS.values(), CODE_FAMILY}))
def test_families_that_come_with_deckbuilder_are_known(family: str) -> None:
    fonts = Fonts()
    assert fonts.knows(family)
    for bold in (False, True):
        for italic in (False, True):
            assert fonts.face(family, bold, italic).width("x", 10) > 0


def test_a_family_without_a_file_is_not_known_and_measured_by_another() -> None:
    fonts = Fonts()
    assert not fonts.knows("Comic Sans MS")
    assert fonts.face("Comic Sans MS").name == fonts.face(fonts.drawn_by("Comic Sans MS")).name


def test_the_code_font_has_one_width() -> None:
    face = Fonts().face(CODE_FAMILY)
    assert len({round(face.width(c, 1000), 3) for c in string.ascii_letters + string.digits}) == 1


FAMILIES = [
    path
    for path in sorted(FONT_FOLDER.glob("*.ttf"))
    if Fonts().knows(path.stem.partition("-")[0].replace("Liberation", "Liberation "))
]


@pytest.mark.parametrize("path", FAMILIES, ids=lambda p: p.stem)
def test_widths_are_those_in_the_font_file(path: Path) -> None:
    family, _, style = path.stem.partition("-")
    spaced = family.replace("Liberation", "Liberation ")
    face = Fonts().face(spaced, "Bold" in style, "Italic" in style)
    with TTFont(path) as font:
        widths, glyphs, em = font["hmtx"], font.getBestCmap(), font["head"].unitsPerEm
        for character in string.ascii_letters + string.digits + "äéß€“”–…•":
            advance = widths[glyphs[ord(character)]][0] / em
            assert face.width(character, 1) == pytest.approx(advance, abs=0.0006), character


@pytest.mark.parametrize("path", sorted(FONT_FOLDER.glob("*.ttf")), ids=lambda p: p.stem)
def test_every_shipped_font_may_be_shipped_and_embedded(path: Path) -> None:
    with TTFont(path) as font:
        assert font["OS/2"].fsType & 0x000F in (0, 8), "embedding is restricted"
        licence = " ".join(str(r) for r in font["name"].names if r.nameID in (13, 14))
    texts = [p for p in FONT_FOLDER.glob("*.txt") if path.stem.startswith(p.stem.partition("-")[2])]
    assert len(texts) == 1
    kind = texts[0].stem.partition("-")[0]
    named, printed = {
        "OFL": ("(Open Font License|OFL)", "SIL OPEN FONT LICENSE"),
        "Apache": ("Apache License, Version 2.0", "Apache License"),
        "Bitstream": ("Bitstream", "Permission is hereby granted"),
    }[kind]
    assert re.search(named, licence)
    assert printed in texts[0].read_text("utf-8")


# A skin tone or a keycap belongs to the character before it, and is as wide as nothing there.
JOINED = re.compile("[\U0001f3fb-\U0001f3ff\u20e3]")


@given(st.text(max_size=60), st.text(max_size=60).filter(lambda t: not JOINED.match(t)), st.floats(1, 200))
def test_widths_add_up_and_grow_with_the_size(one: str, other: str, size: float) -> None:
    face = FACE
    assert face.width(one + other, size) == pytest.approx(face.width(one, size) + face.width(other, size))
    assert face.width(one, 2 * size) == pytest.approx(2 * face.width(one, size))


FACE = Fonts().face("Calibri")


def test_ascent_and_descent_are_shares_of_the_size() -> None:
    for family in ("Calibri", "Georgia", "Arial"):
        face = Fonts().face(family)
        assert 0.6 < face.ascent < 1.1
        assert 0.1 < face.descent < 0.4


def test_characters_that_cannot_be_drawn_are_named() -> None:
    assert FACE.lacks("Grüße, Ελλάδα, Привет €") == set()
    assert FACE.lacks("a漢🌲") == {"漢", "🌲"}
    assert FACE.lacks("\n\t\u00ad\u200b") == set()


def test_a_style_without_a_file_is_drawn_by_the_nearest() -> None:
    fonts = Fonts({"Mine": {"Regular": FONT_FOLDER / "Carlito-Regular.ttf", "Bold": FONT_FOLDER / "Carlito-Bold.ttf"}})
    assert fonts.face("Mine", italic=True).name == "Carlito-Regular"
    assert fonts.face("Mine", bold=True, italic=True).name == "Carlito-Bold"


def test_a_pack_font_of_the_name_of_another_file_is_a_font_of_its_own(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, source in ((one, "Carlito-Regular.ttf"), (other, "LiberationMono-Regular.ttf")):
        folder.mkdir()
        (folder / "Regular.ttf").write_bytes((FONT_FOLDER / source).read_bytes())
    fonts = Fonts({"One": {"Regular": one / "Regular.ttf"}, "Other": {"Regular": other / "Regular.ttf"}})
    assert fonts.face("One").width("i", 100) != fonts.face("Other").width("i", 100)


@pytest.mark.parametrize("path", sorted(FONT_FOLDER.glob("*.ttf")), ids=lambda path: path.stem)
def test_what_measures_a_font_and_what_draws_it_tell_the_same(path: Path) -> None:
    """HarfBuzz is asked for widths and characters of the fonts that come along, ReportLab draws them; a number that stands for
    no character is left out."""
    font = read_font(path.stem, path.read_bytes(), known=True)
    drawn = font.printed.face
    characters = [chr(number) for number in drawn.charToGlyph if number != 0xFFFF]
    assert (font.ascent, font.descent) == (drawn.ascent, drawn.descent)
    assert all(map(font.has, characters))
    assert [font.width(c) for c in characters] == [drawn.charWidths[ord(c)] for c in characters]
    assert {chr(number) for number in font.shaper.loaded().face.unicodes} <= set(characters)
    assert font.width("\uffff") == drawn.defaultWidth
    for text in ("AVATAR, fjord & 25\u00a0%", "".join(characters[:200])):
        assert font.width(text) == pytest.approx(instanceStringWidthTTF(font.printed, text, 1000), rel=1e-12)
