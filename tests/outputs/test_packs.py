"""Every shipped theme but the default, which other tests are about: files are valid, and text stays in its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from openxml_audit import FileFormat, OpenXmlValidator
from pypdf import PdfReader
from test_fit_on_slides import SLACK, places

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.theme.pack import DEFAULT_THEME, read_theme, shipped_names
from tools import SOURCES, arrange, build_files, need, once, read_words, run, slides_to_pdf

pytestmark = pytest.mark.parametrize("theme_name", [name for name in shipped_names() if name != DEFAULT_THEME])
SOURCE = "every-kind"


@pytest.fixture
def files(theme_name: str, shared: Path) -> Path:
    deck, session = SOURCES[SOURCE]

    def make(folder: Path) -> None:
        build_files(folder, deck, session, theme=theme_name)

    return once(shared / f"pack-{theme_name}", make) / SOURCE / theme_name


def test_the_deck_is_valid(files: Path) -> None:
    result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(files / f"{SOURCE}.pptx")
    assert [str(error) for error in result.errors] == []


def test_the_pages_are_valid_and_name_no_font_that_is_not_embedded(files: Path) -> None:
    for name in (f"{SOURCE}-handout.pdf", f"{SOURCE}-facilitator.pdf"):
        run(need("qpdf"), "--check", files / name)
        for page in PdfReader(files / name).pages:
            for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[attr-defined]
                inner = font.get_object()
                described = inner.get("/DescendantFonts", [inner])[0].get_object().get("/FontDescriptor")
                assert described is not None
                assert "/FontFile2" in described.get_object(), inner["/BaseFont"]


def test_every_text_stays_in_its_place(theme_name: str, files: Path, shared: Path) -> None:
    need("soffice")
    deck, session = SOURCES[SOURCE]
    folder = once(
        shared / f"pack-slides-{theme_name}", lambda folder: (slides_to_pdf(files / f"{SOURCE}.pptx", folder), None)[1]
    )
    pages = read_words(folder / f"{SOURCE}.pdf", raw=True)
    theme = read_theme(theme_name, Diagnostics())
    frames = [frame for frame in arrange(deck, session, theme).frames if not frame.hidden]
    assert len(pages) == len(frames)
    for frame, page in zip(frames, pages, strict=True):
        scale = page.width / theme.width
        for label, room, words in places(frame, page):
            for word in words:
                upper, lower = (edge / scale for edge in word.ink)
                where = f"slide {frame.number}, {label}: {word.text}"
                assert word.left / scale >= room.x - SLACK, where
                assert word.right / scale <= room.right + SLACK, where
                assert upper >= room.y - SLACK, where
                assert lower <= room.bottom + SLACK, where
