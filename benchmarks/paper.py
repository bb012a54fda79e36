"""Measures the documents as paper: how full pages are, how long lines are, how many pages and words there are.

    python benchmarks/paper.py [--deck NAME ...] [--theme NAME ...] [--preset NAME ...] [--keep FOLDER] [--pages]

For each shipped deck, theme and way of printing, handout and guide are set and their pages drawn (by Poppler's pdftoppm).
A page's fill is how far down the type area something stands, as a share of its height; pages without anything, which
double-sided printing leaves, do not count. A page ends a chapter where the next one begins with an entry of the outline's
first level. Letters a line are those of running text (paragraphs, list items, cues), last lines of paragraphs left out.
Widows are paragraphs of two lines and more, of any kind, that end in a line of one word with less than ten letters.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
WAYS: dict[str, dict[str, Any]] = {
    "normal": {},
    "copier": {"preset": "copier"},
    "large-print": {"preset": "large-print"},
    "booklet": {"preset": "booklet"},
    "full": {},
    "short": {},
}
RUNNING = ("p", "li", "cue")  # styles
DPI = 36
LOW = 0.6


@dataclass
class Sheet:
    """A page: its fill, and whether it ends a chapter."""

    fill: float
    ends: bool


@dataclass
class Measured:
    """A document as measured; `lines` are numbers of letters, `ends` whether paragraphs of several lines end in a short word."""

    sheets: list[Sheet]
    lines: list[int]
    ends: list[bool]
    words: int

    def __str__(self) -> str:
        within = [sheet for sheet in self.sheets if not sheet.ends]
        low = sum(sheet.fill < LOW for sheet in within)
        mean = statistics.mean(sheet.fill for sheet in self.sheets)
        inner = statistics.mean(sheet.fill for sheet in within) if within else 1
        lines = sorted(self.lines)
        ninth = lines[int(0.9 * len(lines))] if lines else 0
        return (
            f"{len(self.sheets):4} pages {self.words:6} words, fill {mean:4.0%}, within chapters {inner:4.0%}, "
            f"{low:2} under {LOW:.0%}; letters {statistics.median(lines or [0]):3.0f} median, {ninth:3} of 90 %; "
            f"widows {sum(self.ends)}/{len(self.ends)}"
        )


def sources(deck: str, theme: str, way: str, scratch: Path) -> Any:
    """What the documents of a deck are made of, checked."""
    from deckbuilder.content.printing import PrintSettings
    from deckbuilder.diagnostics import Diagnostics
    from deckbuilder.pipeline import Order, prepare

    folder = ROOT / "content" / deck
    if way == "short":
        folder = _short(folder, scratch / "short" / deck)
    session = folder / "session.yaml"
    order = Order(
        folder,
        (theme,),
        session if session.exists() else None,
        only=("handout", "guide"),
        printing=PrintSettings(**WAYS[way]),
        guide="full" if way == "full" else "compact",
    )
    (source,) = prepare(order, Diagnostics())
    return source


def _short(deck: Path, copy: Path) -> Path:
    """A copy of a deck whose handout is short."""
    shutil.copytree(deck, copy, dirs_exist_ok=True)
    text = (copy / "deck.yaml").read_text("utf-8")
    short = "handout:\n  length: short\n"
    text = (
        re.sub(r"^handout:\n", short, text, flags=re.M) if re.search(r"^handout:\n", text, re.M) else f"{short}{text}"
    )
    (copy / "deck.yaml").write_text(text, "utf-8")
    return copy


def measured(path: Path, page: Any, lines: list[int], ends: list[bool]) -> Measured:
    """A written document, set in a page style."""
    import pikepdf
    from PIL import Image

    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", str(path), f"{folder}/p"], check=True)
        pictures = [Image.open(file).copy() for file in sorted(Path(folder).glob("p-*"))]
    words = len(subprocess.run(["pdftotext", str(path), "-"], check=True, capture_output=True).stdout.split())
    scale = DPI / 72
    top, bottom = page.top * scale, (page.height - page.bottom + 4) * scale
    with pikepdf.open(path) as pdf:
        begins = {n for n, y in _chapters(pdf) if y > page.height - page.top - 60}
    sheets = []
    for number, picture in enumerate(pictures):
        area = picture.crop((0, int(top), picture.width, int(bottom))).point(lambda grey: 255 if grey < 247 else 0)
        box = area.getbbox()
        if box is not None:
            last = number + 1 == len(pictures) or number + 1 in begins
            # A blank page before a chapter leaves the one before it its end.
            last = last or (number + 2 in begins and not _inked(pictures[number + 1], top, bottom))
            sheets.append(Sheet(min(1.0, box[3] / area.height), last))
    return Measured(sheets, lines, ends, words)


def _inked(picture: Any, top: float, bottom: float) -> bool:
    area = picture.crop((0, int(top), picture.width, int(bottom)))
    return area.point(lambda grey: 255 if grey < 247 else 0).getbbox() is not None


def _chapters(pdf: Any) -> Iterator[tuple[int, float]]:
    """The pages, counted from 0, and heights of the outline's first level."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
    with pdf.open_outline() as outline:
        for item in outline.root:
            target = item.destination
            if isinstance(target, (str, bytes)) or not hasattr(target, "__getitem__"):
                target = pdf.Root.Dests[target] if "/Dests" in pdf.Root else target
            yield pages[target[0].objgen], float(target[3] if str(target[1]) == "/XYZ" else target[2])


def documents(deck: str, theme: str, way: str, folder: Path) -> Iterator[tuple[str, Measured]]:
    """Handout and guide, measured."""
    from deckbuilder.outputs.pages.style import guide_style, handout_style
    from deckbuilder.outputs.pages.tagging.flowables import Words
    from deckbuilder.outputs.pages.writer import write_guide, write_handout

    source = sources(deck, theme, way, folder)
    lines: list[int] = []
    ends: list[bool] = []
    draw = Words.draw

    def noted(self: Any) -> None:
        para = self.blPara
        texts = [" ".join(line[1]) if para.kind == 0 else _text(line) for line in para.lines]
        if self.style.name in RUNNING:
            lines.extend(len(text) for text in texts[:-1])
        if len(texts) > 1:
            ends.append(len(texts[-1].split()) == 1 and len(texts[-1]) < 10)
        draw(self)

    Words.draw = noted
    try:
        for kind, style in (("handout", handout_style), ("guide", guide_style))[: 1 if way == "short" else 2]:
            lines, ends = [], []
            path = folder / f"{deck}-{theme}-{way}-{kind}.pdf"
            if kind == "handout":
                source = replace(source, pages=write_handout(path, source))
            else:
                write_guide(path, source)
            yield kind, measured(path, style(source.theme, source.printing), lines, ends)
    finally:
        Words.draw = draw


def _text(line: Any) -> str:
    return "".join(getattr(word, "text", "") for word in line.words).strip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--deck", nargs="+", default=["harm-reduction", "safe-food", "train-the-trainer"])
    parser.add_argument("--theme", nargs="+", default=["spruce", "slate", "broadsheet", "beacon"])
    parser.add_argument("--preset", nargs="+", default=["normal", "large-print", "booklet", "full", "short"])
    parser.add_argument("--keep", type=Path, help="a folder for the documents")
    parser.add_argument("--pages", action="store_true", help="also each page's fill; * where a chapter ends")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for deck in options.deck:
            for theme in options.theme:
                for way in options.preset:
                    for kind, result in documents(deck, theme, way, folder):
                        print(f"{deck:18} {theme:10} {way:11} {kind:7} {result}", flush=True)
                        if options.pages:
                            print("   ", " ".join(f"{s.fill:.0%}{'*' * s.ends}" for s in result.sheets))


if __name__ == "__main__":
    main()
