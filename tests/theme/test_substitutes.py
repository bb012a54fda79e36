"""Which face draws what: the theme's own, another that can, or none."""

from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckbuilder.theme.characters import clusters, complex_script, has_emoji, is_complex, unsupported_script, visible
from deckbuilder.theme.fonts import CODE_FAMILY, FONT_FOLDER, Fonts
from deckbuilder.theme.shaping import Shaper

FONTS = Fonts()
FAMILIES = st.sampled_from(["Calibri", "Georgia", "Arial", CODE_FAMILY])
ASSIGNED = st.text(st.characters(exclude_categories=("Cs", "Cn")), max_size=30)
LIKELY = st.lists(
    st.sampled_from(
        ["a", "é", "x\u0304", " ", "漢字", "かな", "한글", "👩\u200d💻", "❤\ufe0f", "👍🏽", "→", "✓", "①", "𝐁", "ქ"]
    ),
    max_size=12,
).map("".join)


def drawn_by(text: str, family: str = "Calibri", fonts: Fonts = FONTS) -> list[tuple[str, str]]:
    return [(face.name, part) for face, part in fonts.pieces(text, family)]


@given(st.one_of(ASSIGNED, LIKELY), FAMILIES, st.booleans(), st.booleans())
def test_pieces_join_to_the_text_and_are_drawn_or_reported(text: str, family: str, bold: bool, italic: bool) -> None:
    pieces = FONTS.pieces(text, family, bold, italic)
    assert "".join(part for _, part in pieces) == text
    reported = FONTS.lacks(text) - {"\n", "\t"}
    undrawn = {c for face, part in pieces for c in face.lacks(part)}
    assert undrawn <= reported
    assert {unicodedata.category(c) for c in reported - undrawn} <= {"Co"}


@given(LIKELY, FAMILIES)
def test_what_combines_stays_with_its_base(text: str, family: str) -> None:
    """A piece never begins with a mark, a selector or a joiner, unless no face has base and mark."""
    for _, part in FONTS.pieces(text, family)[1:]:
        assert unicodedata.category(part[0])[0] != "M"
        assert visible(part[0]) == part[0]


@given(LIKELY)
def test_a_substitute_is_never_measured_narrower_than_it_draws(text: str) -> None:
    for face, part in FONTS.pieces(text, "Calibri"):
        assert face.width(part, 10) >= face.natural_width(part, 10) - 1e-9


@pytest.mark.parametrize("text", ["Grüße, Ελλάδα, Привет €", "", "\n", "soft\u00adhyphen", "zero\u200bwidth", "👍"[:0]])
def test_text_that_the_own_face_covers_is_one_piece(text: str) -> None:
    assert drawn_by(text) == [("Carlito-Regular", text)]


def test_latin_text_opens_no_other_font() -> None:
    fonts = Fonts()
    fonts.pieces("The quick brown fox, “naïve” café – 100 €…", "Calibri")
    assert fonts.lacks("The quick brown fox, “naïve” café – 100 €…") == set()
    assert set(fonts._fonts) == {"Carlito-Regular"}


@pytest.mark.parametrize(
    ("text", "face"),
    [
        ("漢字", "DroidSansFallbackFull"),
        ("减少伤害", "DroidSansFallbackFull"),
        ("ひらがなカタカナ", "DroidSansFallbackFull"),
        ("한국어", "NanumGothicCoding"),
        ("😀🌍🚀🛟", "NotoEmoji-Regular"),
        ("✅⭐", "NotoEmoji-Regular"),
        ("❤\ufe0f", "NotoEmoji-Regular"),
        ("👩\u200d💻", "NotoEmoji-Regular"),
        ("⇒∮☑", "DejaVuSans"),
        ("x\u0304", "DejaVuSans"),
        ("q\u0363", "Carlito-Regular"),
        ("𝐁", "NotoSansMath-Regular"),
    ],
)
def test_scripts_and_signs_are_drawn_by_the_font_made_for_them(text: str, face: str) -> None:
    names = {name for name, _ in drawn_by(text)}
    assert names == {face}


def test_bold_letters_are_drawn_bold_where_the_substitute_has_a_bold_face() -> None:
    ((face, _),) = Fonts().pieces("Привет", "Georgia", bold=True)
    assert "Bold" in face.name


@pytest.mark.parametrize(
    ("text", "ems"), [("😀", 1.4), ("👍🏽", 1.4), ("3\ufe0f\u20e3", 1.4), ("漢", 1.0), ("한", 1.0), ("ー", 1.0)]
)
def test_measured_widths_leave_room_for_other_programs_fonts(text: str, ems: float) -> None:
    assert sum(face.width(part, 100) for face, part in FONTS.pieces(text, "Calibri")) >= ems * 100


def test_what_joins_is_one_cluster() -> None:
    assert clusters("a\u0301b👩\u200d💻👍🏽❤\ufe0f") == ["a\u0301", "b", "👩\u200d💻", "👍🏽", "❤\ufe0f"]


def test_joiners_selectors_and_skin_tones_are_not_drawn() -> None:
    assert visible("👩\u200d💻 👍🏽 ❤\ufe0f 3\ufe0f\u20e3 soft\u00adhyphen") == "👩💻 👍 ❤ 3 softhyphen"
    assert visible(" 🏽") == " 🏽"


def test_emoji_are_told_from_text() -> None:
    assert all(map(has_emoji, ["😀", "✅", "❤\ufe0f"]))
    assert not any(map(has_emoji, ["a", "❤", "→", "漢"]))


@pytest.mark.parametrize(
    ("character", "script"),
    [
        ("א", "Hebrew"),
        ("ع", "Arabic"),
        ("अ", "Devanagari"),
        ("ก", "Thai"),
        ("က", "Myanmar"),
        ("ߊ", "N'Ko"),
        ("\u1100", "conjoining Hangul"),
    ],
)
def test_scripts_that_need_shaping_are_known(character: str, script: str) -> None:
    assert complex_script(character) == script
    assert is_complex(f"A word: {character}")


def test_words_have_the_room_that_another_font_takes_for_them() -> None:
    """DejaVu Sans, in which LibreOffice shows them, has some letters far wider than others."""
    for words in ("گروه گروه", "שאלה אחת", "ຄຳຖາມ"):
        ((face, _),) = FONTS.pieces(words, "Calibri")
        other = Shaper((FONT_FOLDER / "DejaVuSans.ttf").read_bytes())
        assert face.name.startswith("NotoSans")
        assert face.width(words, 1) >= other.width(words)


def test_scripts_in_columns_and_letters_made_of_others_are_not_supported() -> None:
    assert [unsupported_script(c) for c in "ᠮꡀ\u1100א"] == ["Mongolian", "Phags-pa", "conjoining Hangul", None]


def test_scripts_whose_letters_stand_alone_are_supported() -> None:
    assert not is_complex("aéΩЖՀქ漢かカ한😀→\ufeff\u200f")


def test_a_font_of_the_theme_pack_is_asked_before_the_shipped_ones(tmp_path: Path) -> None:
    mine = tmp_path / "Mine.ttf"
    shutil.copyfile(FONT_FOLDER / "DroidSansFallbackFull.ttf", mine)
    fonts = Fonts({"Mine": {"Regular": mine}})
    (piece,) = drawn_by("漢字", fonts=fonts)
    assert piece[0].startswith("Mine-")


def test_an_emoji_font_of_the_theme_pack_draws_emoji(tmp_path: Path) -> None:
    mine = tmp_path / "Mine.ttf"
    shutil.copyfile(FONT_FOLDER / "NotoEmoji-Regular.ttf", mine)
    (piece,) = drawn_by("😀", fonts=Fonts({"Mine": {"Regular": mine}}))
    assert piece[0].startswith("Mine-")


def test_what_nobody_has_is_told() -> None:
    assert FONTS.lacks("a\ue000b\ud800") == {"\ue000", "\ud800"}
    assert FONTS.lacks("\x07\x85\u2028\u0378") == {"\x07", "\x85", "\u2028", "\u0378"}
    assert drawn_by("a\U00013000") == [("Carlito-Regular", "a\U00013000")]
