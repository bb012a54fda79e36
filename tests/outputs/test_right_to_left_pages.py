"""Documents that are read from right to left: mirrored pages, told in the same order, bound at the right.

English words in a document whose language says that it is written in Hebrew's script: everything that is not mirrored stands out
beside the same document in English, and nothing else differs.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import page as validation
import pikepdf
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageOps
from test_accessibility import all_is_tagged, elements, read
from test_printing import pictures_of

from deckbuilder.outputs.pages.imposition import sides
from tools import PRINTINGS, SOURCES, Built, need, once, print_files, run

NAME = "every-kind"
MIRRORED = "en-Hebr"
DPI = 60
DIGITS = 16  # pixels: three of them, or nearly
ways = pytest.mark.parametrize("printing", ["letter", "large-print", "booklet", "slides-6-copier"])

Printed = Callable[[str, str], Built]
Turned = Callable[[str], Built]


@pytest.fixture(scope="session")
def turned(shared: Path) -> Turned:
    """The documents of the deck of every kind, in a language that runs from right to left, built once for each printing."""

    def get(printing: str) -> Built:
        def make(folder: Path) -> None:
            deck, session = SOURCES[NAME]
            source = folder / NAME
            shutil.copytree(deck, source)
            file = source / "deck.yaml"
            words = file.read_text("utf-8")
            assert "language: en-US" in words
            file.write_text(words.replace("language: en-US", f"language: {MIRRORED}"), encoding="utf-8")
            print_files(folder / "out", source, session, **PRINTINGS[printing])

        folder = once(shared / f"turned-{printing}", make)
        return Built(NAME, folder / "out" / NAME / "spruce")

    return get


def pairs(printing: str, printed: Printed, turned: Turned) -> list[tuple[Path, Path]]:
    """Each document in English, and turned round."""
    plain, other = printed(NAME, printing).documents, turned(printing).documents
    assert [file.name for file in plain] == [file.name for file in other]
    return list(zip(plain, other, strict=True))


# --- Geometry


@ways
def test_pages_are_mirrored(printing: str, printed: Printed, turned: Turned, tmp_path: Path) -> None:
    """Lines, tables, pictures, furniture and margins: what begins so far from the left begins so far from the right."""
    for plain, other in pairs(printing, printed, turned):
        pages, turns = (
            painted(file, tmp_path / plain.stem / kind) for file, kind in ((plain, "plain"), (other, "other"))
        )
        assert len(pages) == len(turns)
        off: list[float] = []
        for page, turn in zip(pages, turns, strict=True):
            here, there = inked(page), inked(ImageOps.mirror(turn))
            for top, bottom in lines(ImageChops.lighter(here, there)):
                boxes = [image.crop((0, top, image.width, bottom)).getbbox() or (0, 0, 0, 0) for image in (here, there)]
                off.append(max(abs(boxes[0][side] - boxes[1][side]) for side in (0, 2)))
        # Letters have other shapes at their other sides; numbers in tables stand with their units below each other.
        assert sum(one > 2 for one in off) < 0.15 * len(off), plain.name
        # A gap's number stands at the gap's other end.
        assert sum(one > DIGITS for one in off) < 0.03 * len(off), plain.name


def painted(pdf: Path, folder: Path) -> list[Image.Image]:
    """The pages as pictures; black where charts, slides and other figures stand, which have sides of their own."""
    folder.mkdir(parents=True)
    pages = pictures_of(pdf, folder, DPI)
    with pikepdf.open(pdf) as file:
        numbers = {page.obj.objgen: number for number, page in enumerate(file.pages)}
        for element in elements(file.Root.StructTreeRoot):
            if pikepdf.Name.Figure == element.S:
                page = pages[numbers[element.Pg.objgen]]
                left, low, right, high = (float(v) * DPI / 72 for v in element.A.BBox)
                box = round(left), round(page.height - high), round(right), round(page.height - low)
                ImageDraw.Draw(page).rectangle(box, fill="black")
    return pages


def inked(page: Image.Image) -> Image.Image:
    """White where anything is printed or tinted, black elsewhere."""
    return page.convert("L").point(lambda v: 255 * (v < 245))


def lines(ink: Image.Image) -> Iterator[tuple[int, int]]:
    """The rows of pixels that each line takes: where there is ink between rows without any."""
    top = None
    for y in range(ink.height + 1):
        filled = y < ink.height and ink.crop((0, y, ink.width, y + 1)).getbbox() is not None
        if filled and top is None:
            top = y
        elif not filled and top is not None:
            yield top, y
            top = None


@ways
def test_what_is_told_is_the_same_in_the_same_order_at_mirrored_places(
    printing: str, printed: Printed, turned: Turned
) -> None:
    for plain, other in pairs(printing, printed, turned):
        with pikepdf.open(plain) as pdf:
            width = float(pdf.pages[0].mediabox[2])
        here, there = read(plain), read(other)
        assert [kind for kind, _ in here] == [kind for kind, _ in there]
        for (kind, facts), (_, turned_facts) in zip(here, there, strict=True):
            box, turned_box = facts.pop("/BBox", None), turned_facts.pop("/BBox", None)
            if box:
                left, low, right, high = box
                assert turned_box == pytest.approx([width - right, low, width - left, high], abs=0.02), kind
            if kind != "Document":  # which has the language
                assert facts == turned_facts


@ways
def test_words_are_read_in_the_same_order(printing: str, printed: Printed, turned: Turned) -> None:
    """Columns from the first, numbers before their period, page numbers where they were. A quotation mark that decorates a
    drawn slide, before its title, is turned round with it."""
    for plain, other in pairs(printing, printed, turned):
        here, there = (words_told(file) for file in (plain, other))
        assert re.sub("“(?=Quotewithpicture)", "”", "".join(here)) == "".join(there)


def words_told(pdf: Path) -> list[str]:
    """The words of the structure tree, without the arrows of links, which point to their numbers."""
    lines = run(need("pdfinfo"), "-struct-text", "-enc", "UTF-8", pdf).splitlines()
    found = [line.strip()[1:-1] for line in lines if line.strip().startswith('"')]
    assert len(found) > 10
    return [re.sub("[→←]", "", "".join(words.split())) for words in found]


# --- What printers and readers are told


@ways
def test_files_say_that_they_are_read_from_right_to_left(printing: str, printed: Printed, turned: Turned) -> None:
    for plain, other in pairs(printing, printed, turned):
        with pikepdf.open(plain) as pdf, pikepdf.open(other) as turn:
            assert "/Direction" not in pdf.Root.ViewerPreferences
            assert turn.Root.ViewerPreferences.Direction == pikepdf.Name.R2L
            assert pdf.Root.ViewerPreferences.get("/Duplex") == turn.Root.ViewerPreferences.get("/Duplex")


@ways
def test_they_are_sound_and_conform_to_pdf_ua(printing: str, turned: Turned) -> None:
    for pdf in turned(printing).documents:
        report = validation.validate_pdf(str(pdf), profile="ua1", limits=validation.SafetyLimits.unlimited())
        assert report.is_compliant, f"{pdf.name}: {report}"
        assert "No syntax or stream encoding errors found" in run(need("qpdf"), "--check", pdf)
        all_is_tagged(pdf)


def test_a_booklet_is_folded_at_the_right_of_its_first_page() -> None:
    assert sides(4, rtl=True) == [(1, 4), (3, 2)]
    for count in range(1, 41):
        order = sides(count, rtl=True)
        assert [(right, left) for left, right in order] == sides(count)
        # Opened anywhere, an even page lies at the right of the odd one that follows.
        outer, inner = order[::2], order[1::2]
        assert [left for left, _ in outer] == [1 + 2 * sheet for sheet in range(len(outer))]
        assert [right for _, right in inner] == [2 + 2 * sheet for sheet in range(len(inner))]
