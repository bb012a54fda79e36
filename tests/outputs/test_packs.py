"""Every shipped theme but the default, which other tests are about: every deck's files are valid and accessible,
however they are printed, and text stays in its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import page as validation
import pytest
from openxml_audit import FileFormat, OpenXmlValidator
from pypdf import PdfReader
from test_fit_on_slides import SLACK, places

from deckbuilder.content.printing import PrintSettings
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.pipeline import Order, build
from deckbuilder.theme.pack import DEFAULT_THEME, read_theme, shipped_names
from tools import DECKS, SHIPPED_PRESETS, SOURCES, arrange, need, once, read_words, run, slides_to_pdf

PACKS = [name for name in shipped_names() if name != DEFAULT_THEME]
# The presets that come with every theme, prints of slides, and none.
PRESETS: dict[str, PrintSettings | None] = {
    "as-it-is": None,
    **{name: PrintSettings(preset=name) for name in SHIPPED_PRESETS},
    "slides-3": PrintSettings(slides_per_page=3),
}
packs = pytest.mark.parametrize("theme_name", PACKS)
decks = pytest.mark.parametrize("name", DECKS)


@pytest.fixture
def set_of(shared: Path) -> Callable[..., Path]:
    """The folder of a deck's files in a theme, printed by a preset; all themes' are built at once."""

    def get(name: str, theme_name: str, preset: str = "as-it-is") -> Path:
        deck, session = SOURCES[name]

        def make(folder: Path) -> None:
            only = ("deck", "handout", "guide") if preset == "as-it-is" else ("handout", "guide")
            order = Order(deck, tuple(PACKS), session, folder, only, PRESETS[preset])
            build(order, Diagnostics())

        return once(shared / f"packs-{name}-{preset}", make) / name / theme_name

    return get


@packs
@decks
def test_the_deck_is_valid(name: str, theme_name: str, set_of: Callable[..., Path]) -> None:
    deck = set_of(name, theme_name) / f"{name}.pptx"
    result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(deck)
    assert [str(error) for error in result.errors] == []
    report = json.loads(run(need("ooxml-validator"), deck, ok=(0, 1)))
    assert report.get("errors", []) == []


@pytest.mark.parametrize("preset", PRESETS)
@packs
@decks
def test_the_pages_are_valid_and_accessible_however_they_are_printed(
    name: str, theme_name: str, preset: str, set_of: Callable[..., Path]
) -> None:
    files = sorted(set_of(name, theme_name, preset).glob("*.pdf"))
    assert len(files) == (4 if preset == "booklet" else 2)
    for pdf in files:
        run(need("qpdf"), "--check", pdf)
        report = validation.validate_pdf(str(pdf), profile="ua1", limits=validation.SafetyLimits.unlimited())
        assert report.is_compliant, f"{pdf.name}: {report}"
        for page in PdfReader(pdf).pages:
            for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[attr-defined]
                inner = font.get_object()
                described = inner.get("/DescendantFonts", [inner])[0].get_object().get("/FontDescriptor")
                assert described is not None
                assert "/FontFile2" in described.get_object(), inner["/BaseFont"]


@packs
@pytest.mark.parametrize("name", [name for name in DECKS if name != "many-scripts"])  # which has a test of its own
def test_every_text_stays_in_its_place(name: str, theme_name: str, set_of: Callable[..., Path], shared: Path) -> None:
    need("soffice")
    deck, session = SOURCES[name]
    file = set_of(name, theme_name) / f"{name}.pptx"
    folder = once(shared / f"pack-{name}-{theme_name}", lambda folder: (slides_to_pdf(file, folder), None)[1])
    pages = read_words(folder / f"{name}.pdf", raw=True)
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
