"""Text in scripts that have to be shaped: drawn as HarfBuzz has it, and taken out of the file as it was written."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter, ImageOps
from reportlab.pdfgen.canvas import Canvas

from deckbuilder.outputs.drawing.faces import draw_words, words_width
from deckbuilder.theme.faces import read_font
from deckbuilder.theme.fonts import FONT_FOLDER, Fonts
from tools import need

LINES = {
    "Arabic": "السلام عليكم",
    "Persian": "می\u200cخواهم",
    "Urdu": "اردو زبان ٹیسٹ",
    "Hebrew": "שלום עולם",
    "Hindi": "नमस्ते क्षत्रिय हिन्दी कर्म",
    "Bengali": "বাংলা ভাষা ক্ষমতা কো",
    "Tamil": "தமிழ் மொழி கொண்டு",
    "Telugu": "సంస్కృతం ఆర్య",
    "Kannada": "ಕನ್ನಡ ಕ್ಷೇತ್ರ",
    "Malayalam": "മലയാളം ക്ഷേത്രം",
    "Sinhala": "සිංහල ශ්\u200dරී",
    "Thai": "ภาษาไทยน้ำที่ปู่",
    "Lao": "ພາສາລາວ",
    "Khmer": "ភាសាខ្មែរ ស្ត្រី",
    "Burmese": "မြန်မာဘာသာ ကျောင်းသား",
    "Amharic": "አማርኛ ሰላም",
}
SCRIPTS = {"Arabic", "Hebrew", "Devanagari", "Bengali", "Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala"} | {
    *("Thai", "Lao", "Khmer", "Myanmar", "Ethiopic")
}
MARKS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u200e\u200f\x0c"))


def theme(right_to_left: bool = False) -> Any:
    return SimpleNamespace(fonts=Fonts(), right_to_left=right_to_left)


def drawn(path: Path, *lines: str, right_to_left: bool = False) -> Path:
    canvas = Canvas(str(path), pagesize=(500, 60 + 40 * len(lines)), invariant=1)
    for n, words in enumerate(reversed(lines)):
        draw_words(canvas, 20, 40 + 40 * n, words, "Calibri", 20, theme(right_to_left))
    canvas.save()
    return path


def taken_out(path: Path) -> list[str]:
    need("pdftotext")
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode()
    return [line.strip() for line in text.translate(MARKS).splitlines() if line.strip()]


@pytest.mark.parametrize("language", LINES)
def test_text_is_copied_as_it_was_written(tmp_path: Path, language: str) -> None:
    path = drawn(tmp_path / "a.pdf", LINES[language])
    assert taken_out(path) == [LINES[language]]
    page = pypdfium2.PdfDocument(path)[0].get_textpage()
    assert page.get_text_range().strip() == LINES[language]


def test_letters_join_and_marks_stand_over_them() -> None:
    """A word of joined letters is narrower than its letters alone; a vowel sign that stands over a letter takes no room."""
    joined = words_width("السلام", "Calibri", 20, theme())
    assert joined < sum(words_width(c, "Calibri", 20, theme()) for c in "السلام") * 0.9
    assert words_width("ที่", "Calibri", 20, theme()) == words_width("ท", "Calibri", 20, theme())


def test_the_same_letters_are_the_same_bytes(tmp_path: Path) -> None:
    first, second = (drawn(tmp_path / f"{n}.pdf", *LINES.values()) for n in "ab")
    assert first.read_bytes() == second.read_bytes()


def test_a_font_that_was_read_twice_is_one_in_a_document(tmp_path: Path) -> None:
    """As happens in a process that lives on, where files are read again."""
    canvas = Canvas(str(tmp_path / "a.pdf"), invariant=1)
    for y in (100, 200):
        read_font.cache_clear()
        draw_words(canvas, 20, y, LINES["Hebrew"], "Calibri", 20, theme())
    canvas.save()
    assert taken_out(tmp_path / "a.pdf") == [LINES["Hebrew"]] * 2


def test_files_are_sound_and_their_fonts_say_what_they_show(tmp_path: Path) -> None:
    need("qpdf")
    need("pdffonts")
    path = drawn(tmp_path / "a.pdf", *LINES.values(), "A (ب) 12")
    subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)
    rows = subprocess.run(["pdffonts", path], check=True, capture_output=True).stdout.decode().splitlines()[2:]
    glyphs = [row for row in rows if "GLYPHS+" in row]
    assert {row.split()[0].partition("NotoSans")[2].partition("-")[0] for row in glyphs} == SCRIPTS
    assert all("yes yes yes" in row for row in glyphs)


def test_words_of_both_directions_stand_where_they_are_read(tmp_path: Path) -> None:
    path = drawn(tmp_path / "a.pdf", "שלום naloxone 25", right_to_left=True)
    page = pypdfium2.PdfDocument(path)[0].get_textpage()
    left = {
        page.get_text_range(n, 1): page.get_charbox(n)[0] for n in range(page.count_chars()) if page.get_charbox(n)[2]
    }
    assert left["2"] < left["ש"]
    assert left["n"] < left["ש"]
    assert left["5"] > left["2"]


SIZE = 96  # points, and pixels


def ink(image: Image.Image) -> Image.Image:
    """What is darker than half, white, cut out."""
    dark = ImageOps.invert(image.convert("L")).point(lambda value: 255 if value > 127 else 0)
    return dark.crop(dark.getbbox())


def apart(one: Image.Image, other: Image.Image) -> int:
    """How many pixels of either lie more than one pixel from all of the other's."""
    width, height = max(one.width, other.width) + 4, max(one.height, other.height) + 4

    def laid(image: Image.Image, x: int = 2, y: int = 2) -> Image.Image:
        sheet = Image.new("L", (width, height))
        sheet.paste(image, (x, y))
        return sheet

    def beyond(image: Image.Image, of: Image.Image) -> int:
        return ImageChops.subtract(image, of.filter(ImageFilter.MaxFilter(3))).histogram()[255]

    def tries() -> Iterator[int]:
        first = laid(one)
        for x, y in product((1, 2, 3), repeat=2):  # edges of ink are rounded, each by up to a pixel
            second = laid(other, x, y)
            yield beyond(first, second) + beyond(second, first)

    return min(tries())


def viewed(words: str, font: Path, path: Path) -> Image.Image:
    """The words as HarfBuzz's own program draws them."""
    options = ["--font-size", str(SIZE), "--output-format", "png", "--output-file", path]
    subprocess.run([need("hb-view"), *options, "--text", words, font], check=True, capture_output=True)
    with Image.open(path) as image:
        return image.copy()


@pytest.mark.parametrize("language", LINES)
def test_lines_are_those_of_harfbuzz_within_a_pixel(tmp_path: Path, language: str) -> None:
    (face, words), *_ = theme().fonts.pieces(LINES[language], "Calibri")
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(1400, 300), invariant=1)
    draw_words(canvas, 60, 120, words, "Calibri", SIZE, theme())
    canvas.save()
    ours = pypdfium2.PdfDocument(tmp_path / "a.pdf")[0].render().to_pil()
    theirs = viewed(words, FONT_FOLDER / f"{face.name}.ttf", tmp_path / "b.png")
    assert abs(ink(ours).width - ink(theirs).width) <= 1
    assert apart(ink(ours), ink(theirs)) == 0
