"""What LibreOffice and PDF readers make of decks in scripts that are shaped: letters, boxes, lines, the order of reading.

Fonts that stand in are painted out of order, and marks are taken out of a PDF file in an order of their own: letters are
counted, and words known by where they stand.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import page as validation
import pikepdf
import pptx
from openxml_audit import FileFormat, OpenXmlValidator
from pptx.util import Emu

from deckbuilder.arrangement import read
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.layout.frame import SlideFrame, TableItem, TextItem
from deckbuilder.ooxml.types import A
from deckbuilder.source import Inputs
from deckbuilder.units import Rect
from tools import Word, need, read_words, run, written

TOLD = frozenset(
    ["points", "ask", "term", "author", "lead_in", "headline", "name", "heading", "rows", "header", "statement"]
)  # of fields
FOOT = 36.0  # points: what stands at a page's foot is no higher
LETTER = 0.55  # ems: how high the body of a letter is in any script
SLACK = 4.0  # points: another program's line heights and its rounding


def letters(text: str) -> Counter[str]:
    """The text's letters and digits, counted; of marks, which fonts draw together with letters, none."""
    plain = unicodedata.normalize("NFKD", text)
    return Counter(c for c in plain.casefold() if unicodedata.category(c)[0] in "LN")


def deck_faults(frames: list[SlideFrame], deck: Path, pdf: Path) -> Iterator[str]:
    """What is wrong with slides as LibreOffice shows them: letters that are missing, words out of all boxes, too many lines."""
    shown = [pair for pair in zip(frames, pptx.Presentation(str(deck)).slides, strict=True) if not pair[0].hidden]
    for (frame, slide), page in zip(shown, read_words(pdf, raw=True), strict=True):
        where = f"slide {frame.number}"
        wanted = letters(" ".join(texts_of(slide.element)))
        lost = wanted - letters(" ".join(word.text for word in page.words))
        if lost:
            yield f"{where}: {sum(lost.values())} letters are not shown: {dict(lost)}"
        drawn = " ".join(texts_of(slide.slide_layout.element)).split()
        rooms = [room_of(shape) for shape in slide.shapes]
        for word in page.words:
            if word.text in drawn or not letters(word.text):
                continue
            if (over := min(beyond(word, room) for room in rooms)) > SLACK:
                yield f"{where}: {word.text!r} leaves all boxes, the nearest by {over:.1f} pt"
        for item in frame.items:
            if isinstance(item, TextItem) and item.text.paragraphs:
                size = min(p.size for p in item.text.paragraphs)
                inside = [w for w in page.words if beyond(w, item.placeholder.room) <= SLACK and w.size > 0.75 * size]
                counted = sum(len(p.lines) for p in item.text.paragraphs)
                if (found := lines(inside, size)) > counted:
                    yield f"{where}: {found} lines of {item.placeholder.role}, {counted} were counted"
            elif isinstance(item, TableItem):
                yield from (f"{where}: {word.text!r} rises above its row" for word in above_rows(page.words, item))


def texts_of(element: Any) -> list[str]:
    """What its runs say."""
    return [run.text or "" for run in element.iter(f"{A}t")]


def room_of(shape: Any) -> Rect:
    """Where a shape's words may stand."""
    return Rect(*(Emu(edge).pt for edge in (shape.left, shape.top, shape.width, shape.height)))


def beyond(word: Word, room: Rect) -> float:
    """How far a word stands out of a room, in points."""
    upper, lower = word.ink
    return max(room.x - word.left, word.right - room.right, room.y - upper, lower - room.bottom)


def above_rows(words: list[Word], table: TableItem) -> Iterator[Word]:
    """Words in a table whose letters begin above the row that they are in."""
    room = table.placeholder.rect
    tops = list(accumulate(table.heights, initial=room.y))
    for word in words:
        if room.x <= word.left <= room.right and tops[0] - SLACK < word.baseline < tops[-1]:
            row = max((top for top in tops if top < word.baseline), default=tops[0])
            if word.baseline - LETTER * word.size < row - 1:
                yield word


def lines(words: list[Word], size: float) -> int:
    """How many lines the words are on: baselines of different fonts differ a little."""
    places = sorted(word.baseline for word in words)
    return bool(places) + sum(after - before > 0.5 * size for before, after in pairwise(places))


def document_faults(pdfs: list[Path], texts: Iterable[str]) -> Iterator[str]:
    """What is wrong with documents: texts of one line that no reader is told, or that nobody can copy, as they were written."""
    told = "".join(squeezed("".join([*words_told(pdf), *pictures_told(pdf)])) for pdf in pdfs)
    copied = "".join(squeezed(run(need("pdftotext"), "-raw", pdf, "-")) for pdf in pdfs)
    for text in texts:
        if squeezed(text) not in told:
            yield f"not told: {text}"
        if squeezed(text) not in copied:
            yield f"not copied: {text}"
    for pdf in pdfs:
        yield from below_the_foot(pdf)


def below_the_foot(pdf: Path) -> Iterator[str]:
    """Words that stand beside what each page has at its foot, or below."""
    pages = read_words(pdf)
    often = Counter(top for page in pages for top in {round(word.top) for word in page.words})
    common = {top for top, count in often.items() if count > len(pages) / 2}
    lines = {top for top in common if top > max(common) - FOOT}
    for number, page in enumerate(pages, 1):
        below = [word for word in page.words if word.bottom > min(lines) + 1 and word.top > min(lines) - FOOT]
        if lost := [word.text for word in below if not lines & {round(word.top) + n for n in (-1, 0, 1)}]:
            yield f"{pdf.name}, page {number}: {len(lost)} words in the foot: {' '.join(lost[:4])}"


def words_told(pdf: Path) -> Iterator[str]:
    """The words of the structure tree, in the order in which they are read aloud."""
    for line in run(need("pdfinfo"), "-struct-text", "-enc", "UTF-8", pdf).splitlines():
        if line.lstrip().startswith('"'):
            yield line.strip()[1:-1]


def pictures_told(pdf: Path) -> Iterator[str]:
    """What readers are told of pictures and charts in place of what is drawn; poppler takes what follows words that are told
    otherwise than drawn for none of theirs."""
    with pikepdf.open(pdf) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == pikepdf.Name.Figure:
                yield str(thing.get("/Alt", ""))


def one_line_texts(deck: Path) -> Iterator[str]:
    """What the deck's author wrote for participants, as far as it takes up a line at most."""
    content = read(deck, None, Diagnostics(), Inputs())
    for _, slide in content.deck.slides():
        if not slide.hidden:
            for path, text in written(slide):
                # Names of stages are a picture's, in documents; in these decks they end in a number.
                if (
                    2 < len(text) < 28
                    and not (text.isascii() or text[-1].isdigit())
                    and TOLD.intersection(path.split("."))
                    and "alt" not in path
                ):
                    yield text


def squeezed(text: str) -> str:
    """The text without white space, quotation marks that enclose what is told, and marks of direction."""
    return re.sub('[\\s"\u200e\u200f\u202a-\u202e\u2060]', "", unicodedata.normalize("NFC", text))


def validator_faults(deck: Path, pdfs: list[Path]) -> Iterator[str]:
    """What other programs find wrong with the files."""
    report = json.loads(run(need("ooxml-validator"), deck, ok=(0, 1)))
    yield from (f"{deck.name}: {error}" for error in report.get("errors", []))
    yield from (
        f"{deck.name}: {error}"
        for error in OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(deck).errors
    )
    for pdf in pdfs:
        if "No syntax or stream encoding errors found" not in run(need("qpdf"), "--check", pdf, ok=(0, 2, 3)):
            yield f"{pdf.name}: qpdf finds it unsound"
        judged = validation.validate_pdf(str(pdf), profile="ua1", limits=validation.SafetyLimits.unlimited())
        if not judged.is_compliant:
            yield f"{pdf.name}: {judged}"
