"""Decks on templates that other programs made: every kind of slide, valid, and every text in its box."""

from __future__ import annotations

from pathlib import Path

import pptx
import pytest
from openxml_audit import FileFormat, OpenXmlValidator
from pptx.oxml.ns import qn
from test_fit_on_slides import SLACK, places

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.theme.fonts import METRIC_TWINS
from deckbuilder.theme.pack import read_theme
from tools import SOURCES, Package, arrange, build_files, missing, need, once, read_words, run, slides_to_pdf

STOCK = Path("/usr/lib/libreoffice/share/template/common/presnt")
NAMES = ("default", "Beehive", "Candy", "DNA", "Lights", "Metropolis", "Midnightblue", "Piano", "Progress")
pytestmark = pytest.mark.parametrize("name", NAMES)


@pytest.fixture
def pack(name: str, shared: Path) -> Path:
    def make(folder: Path) -> None:
        brand = folder / "brand.pptx"
        if name == "default":
            brand.write_bytes((Path(pptx.__file__).parent / "templates" / "default.pptx").read_bytes())
        else:
            if not (STOCK / f"{name}.otp").is_file():
                missing("LibreOffice's presentation templates are not installed")
            profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
            source = STOCK / f"{name}.otp"
            run(need("soffice"), profile, "--headless", "--convert-to", "pptx", "--outdir", folder, source)
            (folder / f"{name}.pptx").rename(brand)
        (folder / "_brand.yml").write_text("defaults: {deckbuilder: {template: brand.pptx}}\n", encoding="utf-8")

    return once(shared / f"corporate-{name.lower()}", make)


@pytest.fixture
def deck(pack: Path, shared: Path) -> Path:
    source, session = SOURCES["every-kind"]

    def make(folder: Path) -> None:
        build_files(folder, source, session, themes=(str(pack),), only=("deck",))

    folder = once(shared / f"built-{pack.name}", make)
    return folder / "every-kind" / pack.name / "every-kind.pptx"


def bare(deck: Path, folder: Path) -> Path:
    """The deck without what masters and layouts draw, which takes some templates more than a minute and moves no word."""
    presentation = pptx.Presentation(str(deck))
    for master in presentation.slide_masters:
        for part in (master, *master.slide_layouts):
            drawn = [shape.element for shape in part.shapes if not shape.is_placeholder]
            for element in [*drawn, *part.element.cSld.findall(qn("p:bg"))]:
                element.getparent().remove(element)
    presentation.save(str(folder / deck.name))
    return folder / deck.name


def test_the_deck_is_valid_and_has_no_part_twice(deck: Path) -> None:
    result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(deck)
    assert [str(error) for error in result.errors] == []
    run(need("ooxml-validator"), deck)
    names = Package(deck).names
    assert len(names) == len(set(names))


def test_the_templates_masters_and_layouts_stay_and_its_slides_go(pack: Path, deck: Path) -> None:
    template, made = Package(pack / "brand.pptx"), Package(deck)
    kind = r"ppt/slideMasters/slideMaster\d+\.xml"
    assert len(made.named(kind)) == len(template.named(kind))
    assert set(template.named(r"ppt/slideLayouts/slideLayout\d+\.xml")) <= set(made.names)
    source, session = SOURCES["every-kind"]
    frames = arrange(source, session, read_theme(str(pack), Diagnostics())).frames
    assert len(made.slides) == len(frames)


def test_every_text_stays_in_its_box(pack: Path, deck: Path, shared: Path) -> None:
    need("soffice")
    theme = read_theme(str(pack), Diagnostics())
    pairs = [(family, theme.fonts.drawn_by(family)) for family in (theme.heading, theme.body)]
    twins = {own: METRIC_TWINS[other] for own, other in pairs if own != other}
    if "Times New Roman" in twins:  # measured by its own widths, which are less than those of what stands in for it
        twins["Times New Roman"] = "Liberation Serif"

    def render(folder: Path) -> None:
        slides_to_pdf(bare(deck, folder), folder, twins=twins)

    folder = once(shared / f"slides-{pack.name}", render)
    source, session = SOURCES["every-kind"]
    frames = [frame for frame in arrange(source, session, theme).frames if not frame.hidden]
    outside = []
    for frame, page in zip(frames, read_words(folder / "every-kind.pdf", raw=True), strict=True):
        for label, box, words in places(frame, page):
            for word in words:
                upper, lower = word.ink
                if max(box.x - word.left, word.right - box.right, box.y - upper, lower - box.bottom) > SLACK:
                    outside.append(f"slide {frame.number}: '{word.text}' leaves the {label}")
    assert outside == []
