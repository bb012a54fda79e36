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
from PIL import Image, ImageOps
from test_accessibility import all_is_tagged, read
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
        folders = [tmp_path / plain.stem / kind for kind in ("plain", "other")]
        for folder in folders:
            folder.mkdir(parents=True)
        pages, turns = (pictures_of(file, folder, DPI) for file, folder in zip((plain, other), folders, strict=True))
        assert len(pages) == len(turns)
        off = []
        for number, (page, turn) in enumerate(zip(pages, turns, strict=True), 1):
            where = f"{plain.name}, page {number}"
            here, there = bands(page), bands(ImageOps.mirror(turn))
            assert [band[0] for band in here] == pytest.approx([band[0] for band in there], abs=1.1), where
            for (top, _, *sides), (_, _, *turned_sides) in zip(here, there, strict=True):
                # Letters have other shapes at their other sides; numbers stand with their units below each other.
                assert sides == pytest.approx(turned_sides, abs=DIGITS), f"{where}, {top} pixels down"
                off.append(sides != pytest.approx(turned_sides, abs=2.1))
        assert sum(off) < 0.15 * len(off), f"{plain.name}: not only numbers stand elsewhere"


def bands(image: Image.Image) -> list[tuple[int, int, int, int]]:
    """What stands on a page from line to line: top, bottom, left and right of the ink between rows without any."""
    ink = image.convert("L").point(lambda v: 255 * (v < 200))
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
