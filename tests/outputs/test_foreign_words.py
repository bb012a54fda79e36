"""Words of scripts that are shaped in documents of other languages: in sentences, in bold, in lists, tables and notes."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw
import pytest

from deckbuilder.theme.characters import is_complex
from tools import Built, build_files, deck_folder

SENTENCES = (
    "They say سلام when they meet",
    "The word שלום means **peace** too",
    "Say नमस्ते with both hands",
    "It is **สวัสดี** there",
    "We read አማርኛ aloud",
)
SLIDES: tuple[dict[str, Any], ...] = (
    {"kind": "points", "title": "Greetings", "points": list(SENTENCES), "notes": "\n\n".join(SENTENCES)},
    {"kind": "narrative", "title": "A story", "text": " and then: ".join(SENTENCES) + "."},
    {"kind": "table", "title": "Words", "header": ["Said", "Meant"], "rows": [[words, "1"] for words in SENTENCES]},
    {"kind": "quote", "title": "A line", "quote": SENTENCES[2], "author": "كاتب", "cues": [{"say": SENTENCES[0]}]},
)
MARKS = dict.fromkeys((*range(0x200E, 0x2010), *range(0x202A, 0x202F), 0x2060))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("foreign")
    source = deck_folder(folder / "deck", *SLIDES, default_minutes=1, handout={"length": "full"})
    return build_files(folder / "out", source)


def copied(pdf: Path) -> str:
    """What pdfium copies; poppler has the space after a word from right to left before it."""
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return " ".join(" ".join(pages).translate(MARKS).split())


def test_they_are_copied_in_their_sentences(files: Built) -> None:
    texts = copied(files.handout), copied(files.guide)
    for sentence in SENTENCES:
        assert sum(text.count(sentence.replace("**", "")) for text in texts) >= 3, sentence


def test_they_are_shaped_wherever_they_stand(files: Built) -> None:
    for pdf in files.documents:
        shown = list(fonts_of_letters(pdf))
        assert len(shown) > 60
        assert {name for name in shown if not name.startswith("GLYPHS+")} == set()


def fonts_of_letters(pdf: Path) -> Iterator[str]:
    """The font of each letter that has to be shaped."""
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        for n in range(text.count_chars()):
            if is_complex(text.get_text_range(n, 1)):
                name = ctypes.create_string_buffer(80)
                pypdfium2.raw.FPDFText_GetFontInfo(text, n, name, 80, None)
                yield name.value.decode()
