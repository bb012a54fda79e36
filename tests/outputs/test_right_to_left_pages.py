"""Documents that are read from right to left: mirrored pages, told in the same order, bound at the right.

English words in a document whose language says that it is written in Hebrew's script: everything that is not mirrored stands out
beside the same document in English, and nothing else differs.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import page as validation
import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageOps
from test_accessibility import all_is_tagged, elements, read
from test_printing import pictures_of

from deckbuilder.outputs.pages.imposition import sides
from tools import PRINTINGS, SOURCES, Built, need, once, print_files, run

NAME = "every-kind"
MIRRORED = "en-Hebr"
DPI = 60
DIGITS = 16  # pixels: three of them, or nearly
ways = pytest.mark.parametrize(
    "printing", ["letter", "duplex", "large-print", "booklet", "slides-3", "slides-6-copier"]
)

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
        for number, (page, turn) in enumerate(zip(pages, turns, strict=True), 1):
            here, there = bands(page), bands(ImageOps.mirror(turn))
            assert [band[0] for band in here] == pytest.approx([band[0] for band in there], abs=1.1), number
            for band, turned_band in zip(here, there, strict=True):
                off.append(max(abs(one - other) for one, other in zip(band[2:], turned_band[2:], strict=True)))
        # Letters have other shapes at their other sides; numbers in tables stand with their units below each other.
        assert sum(one > 2 for one in off) < 0.15 * len(off), plain.name
        # A gap's number follows it as an English one in an English sentence.
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


def bands(image: Image.Image) -> list[tuple[int, int, int, int]]:
    """What stands on a page from line to line: top, bottom, left and right of the ink between rows without any."""
    ink = image.convert("L").point(lambda v: 255 * (v < 245))  # what is tinted too
    filled = [ink.crop((0, y, ink.width, y + 1)).getbbox() is not None for y in range(ink.height)]
    out, top = [], None
    for y, inked in enumerate([*filled, False]):
        if inked and top is None:
            top = y
        elif not inked and top is not None:
            box = ink.crop((0, top, ink.width, y)).getbbox()
            assert box is not None
            out.append((top, y, box[0], box[2]))
            top = None
    return out


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
    """Columns from the first, numbers before their period, page numbers where they were."""
    for plain, other in pairs(printing, printed, turned):
        here, there = (words_told(file) for file in (plain, other))
        assert "".join(here) == "".join(there)


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
