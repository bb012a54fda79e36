"""Decks as they were made for years: text boxes beside placeholders, photographs, the same footer on each slide."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pptx
from PIL import Image
from pptx.util import Emu, Inches, Pt

WIDE, HIGH = Inches(10), Inches(7.5)


@dataclass(frozen=True)
class Old:
    """A slide: its title, blocks of paragraphs, each in a box of its own, and how many photographs it has. A paragraph that
    begins with "- " is an item of a list; **bold** and *italic* are runs, [words](address) a link."""

    title: str
    blocks: Sequence[Sequence[str]] = ()
    photographs: int = 0
    section: bool = False
    notes: str = ""
    hidden: bool = False
    alt: str = ""
    footer: bool = True
    extra: Sequence[str] = field(default=())


def write_old(slides: Sequence[Old], path: Path, footer: str) -> Path:
    """Writes the slides on python-pptx's template of 2013, with its eleven layouts."""
    deck = pptx.Presentation()
    for number, old in enumerate(slides):
        _slide(deck, old, number, footer)
    deck.save(str(path))
    return path


def _slide(deck, old: Old, number: int, footer: str) -> None:
    lists = [n for n, block in enumerate(old.blocks) if any(line.startswith("- ") for line in block)]
    name = (
        "Title Slide"
        if number == 0
        else "Section Header"
        if old.section
        else "Title and Content"
        if lists
        else "Title Only"
    )
    layout = next(x for x in deck.slide_layouts if x.name == name)
    slide = deck.slides.add_slide(layout)
    slide.shapes.title.text_frame.text = old.title
    top = Inches(1.7)
    wide = WIDE - Inches(1) - (Inches(3.4) if old.photographs else 0)
    for n, block in enumerate(old.blocks):
        high = Emu(int(Pt(26) * max(1, sum(1 + len(line) // 60 for line in block))))
        holders = [p for p in slide.placeholders if p.placeholder_format.idx == 1]
        if (lists and n == lists[0]) or (number == 0 and n == 0):
            box = holders[0]
            box.left, box.top, box.width, box.height = Inches(0.5), top, wide, high
        else:
            box = slide.shapes.add_textbox(Inches(0.5), top, wide, high)
        _fill(box.text_frame, block, plain=name == "Title and Content" and box in holders)
        top += high + Inches(0.15)
    for n in range(old.photographs):
        picture = slide.shapes.add_picture(
            _photograph(number * 7 + n), WIDE - Inches(3.6), Inches(1.7 + 2.5 * n), Inches(3.2), Inches(2.3)
        )
        if old.alt:
            picture._element.nvPicPr.cNvPr.set("descr", old.alt)
    if old.footer:
        box = slide.shapes.add_textbox(Inches(0.4), Inches(7.0), Inches(6), Inches(0.4))
        box.text_frame.text = footer
        box = slide.shapes.add_textbox(Inches(9.2), Inches(7.0), Inches(0.6), Inches(0.4))
        box.text_frame.text = str(number + 1)
    if old.notes:
        slide.notes_slide.notes_text_frame.text = old.notes
    if old.hidden:
        slide._element.set("show", "0")


def _fill(frame, block: Sequence[str], plain: bool) -> None:
    frame.word_wrap = True
    for n, line in enumerate(block):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        words = line
        if line.lstrip().startswith("- "):
            paragraph.level = (len(line) - len(line.lstrip())) // 2
            words = line.lstrip()[2:]
        elif plain:
            properties = paragraph._p.get_or_add_pPr()
            properties.append(
                properties.makeelement("{http://schemas.openxmlformats.org/drawingml/2006/main}buNone", {})
            )
        for piece in re.split(r"(\*{1,3}[^*]+\*{1,3}|\[[^\]]+\]\([^)]+\))", words):
            if not piece:
                continue
            run = paragraph.add_run()
            if link := re.fullmatch(r"\[([^\]]+)\]\(([^)]+)\)", piece):
                run.text, run.hyperlink.address = link[1], link[2]
                continue
            marks = len(piece) - len(piece.lstrip("*")) if piece.endswith("*") else 0
            run.text = piece.strip("*") if marks else piece
            run.font.italic = True if marks in (1, 3) else None
            run.font.bold = True if marks in (2, 3) else None


def _photograph(seed: int) -> io.BytesIO:
    image = Image.new("RGB", (96, 72), ((seed * 37) % 256, (seed * 91) % 256, (seed * 53) % 256))
    out = io.BytesIO()
    image.save(out, "JPEG")
    out.seek(0)
    return out
