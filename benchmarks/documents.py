"""Measures the documents: by number of slides, tagged beside untagged, and beside Typst setting the same text.

    python benchmarks/documents.py [--runs 3]

Each figure is the median of runs in processes of their own: seconds of the work alone (imports and
reading excluded), and the process's peak memory. Without `typst` (the extra "bench") its rows are left out.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from corpus import make, sentence

PAGES = 500
SLIDES = (41, 300, 1000)


# --- What is measured, each in a process of its own


def documents(slides: int) -> dict[str, Any]:
    """Handout and guide of a deck with so many slides."""
    from deckbuilder.content.printing import settle_printing
    from deckbuilder.content.schedule import make_schedule
    from deckbuilder.diagnostics import Diagnostics
    from deckbuilder.labels import read_labels
    from deckbuilder.layout.arrange import arrange_deck
    from deckbuilder.outputs.images import Images
    from deckbuilder.outputs.pages.writer import with_guide, with_handout, write_guide, write_handout
    from deckbuilder.outputs.source import Source
    from deckbuilder.reading.deck import read_deck
    from deckbuilder.theme.pack import read_theme

    with tempfile.TemporaryDirectory() as temporary:
        folder, _ = make(Path(temporary) / "deck", slides, 0)
        problems = Diagnostics()
        reading = read_deck(folder, None, problems)
        theme, labels = read_theme("spruce", problems), read_labels("en-US", problems)
        schedule = make_schedule(reading.deck, None)
        frames = arrange_deck(reading.deck, None, schedule, reading.pictures, theme, labels, problems)
        printing = settle_printing([], theme.presets, "en-US", problems)
        source = Source(
            "documents", reading.deck, None, schedule, frames, [], {}, theme, labels, Images(), printing, None
        )
        start = time.perf_counter()
        source = with_handout(source, problems)
        source = replace(source, pages=write_handout(folder / "handout.pdf", source))
        between = time.perf_counter()
        write_guide(folder / "guide.pdf", with_guide(source, problems))
        end = time.perf_counter()
        sizes = [(folder / name).stat().st_size for name in ("handout.pdf", "guide.pdf")]
    return {"handout": between - start, "guide": end - between, "sizes": sizes}


def texts() -> list[tuple[str, Any]]:
    """A page's worth after another: heading, paragraphs, a list, a table."""
    rng = random.Random("documents")
    out: list[tuple[str, Any]] = []
    for number in range(PAGES):
        out.append(("h1", f"{sentence(rng, 4).rstrip('.')} {number + 1}"))
        out += [("p", sentence(rng, 55)) for _ in range(4)]
        out.append(("ul", [sentence(rng, 9) for _ in range(5)]))
        out.append(("table", [[sentence(rng, 2) for _ in range(3)] for _ in range(6)]))
        out += [("p", sentence(rng, 40)) for _ in range(2)]
        out.append(("break", None))
    return out


def pages(tagged: bool) -> dict[str, Any]:
    """The texts on pages: by the same flowables, with nodes on a tagged canvas or without on ReportLab's own."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import (
        BaseDocTemplate,
        Frame,
        ListFlowable,
        ListItem,
        PageBreak,
        PageTemplate,
    )

    from deckbuilder.diagnostics import Diagnostics
    from deckbuilder.outputs.drawing.faces import use_face
    from deckbuilder.outputs.pages.flowables import Grid
    from deckbuilder.outputs.pages.tagging.canvas import TaggedCanvas
    from deckbuilder.outputs.pages.tagging.flowables import Items, Words
    from deckbuilder.outputs.pages.tagging.structure import Node
    from deckbuilder.theme.pack import read_theme

    theme = read_theme("spruce", Diagnostics())
    font = use_face(theme.fonts.face(theme.body))
    body = ParagraphStyle("p", fontName=font, fontSize=11, leading=14, spaceAfter=6)
    head = ParagraphStyle("h1", parent=body, fontSize=18, leading=22)
    root = Node("Document")

    def paragraph(text: str, style: Any, parent: Node, kind: str) -> Any:
        return Words(text, style, parent.add(kind) if tagged else None)

    story: list[Any] = []
    for kind, content in texts():
        if kind in ("h1", "p"):
            story.append(paragraph(content, head if kind == "h1" else body, root, kind.upper()))
        elif kind == "ul":
            items = [root.add("L").add("LI") for _ in content]
            looks = {"bulletType": "bullet", "bulletFontName": font, "leftIndent": 18}
            words = [
                ListItem([paragraph(t, body, i, "LBody")], value=None) for t, i in zip(content, items, strict=True)
            ]
            labels = [i.add("Lbl") for i in items]
            story.append(Items(words, labels, **looks) if tagged else ListFlowable(words, **looks))
        elif kind == "table":
            table = root.add("Table")
            cells = [[[paragraph(t, body, r, "TD")] for t in row] for row in content for r in [table.add("TR")]]
            style = [("LINEBELOW", (0, 0), (-1, -1), 0.5, "grey"), ("FONTNAME", (0, 0), (-1, -1), font)]
            story.append(Grid(cells, colWidths=[150] * 3, style=style))
        else:
            story.append(PageBreak())
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        document = BaseDocTemplate(file.name, pagesize=(612, 792), title="Texts", author="", lang="en-US", invariant=1)
        document.addPageTemplates([PageTemplate("page", [Frame(72, 60, 468, 680)])])
        more: dict[str, Any] = {"root": root, "pieces": {}, "language": "en-US"} if tagged else {}
        canvas = TaggedCanvas if tagged else Canvas
        start = time.perf_counter()
        document.build(
            story, canvasmaker=lambda *a, **o: canvas(*a, **o | {"initialFontName": font, "pageCompression": 1} | more)
        )
        seconds = time.perf_counter() - start
        return {"seconds": seconds, "pages": document.page, "sizes": [Path(file.name).stat().st_size]}


def typst() -> dict[str, Any]:
    """The same texts by Typst, which tags as well."""
    import typst as compiler

    lines = ['#set page(paper: "us-letter")', '#set text(size: 11pt, lang: "en")', '#set document(title: "Texts")']
    for kind, content in texts():
        if kind == "h1":
            lines.append(f"= {content}\n")
        elif kind == "p":
            lines.append(f"{content}\n")
        elif kind == "ul":
            lines += [f"- {item}" for item in content] + [""]
        elif kind == "table":
            cells = ", ".join(f"[{cell}]" for row in content for cell in row)
            lines.append(f"#table(columns: 3, {cells})\n")
        else:
            lines.append("#pagebreak()\n")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "texts.typ"
        source.write_text("\n".join(lines), encoding="utf-8")
        start = time.perf_counter()
        compiler.compile(str(source), output=str(Path(folder) / "texts.pdf"), pdf_standards="ua-1")
        seconds = time.perf_counter() - start
        return {"seconds": seconds, "sizes": [(Path(folder) / "texts.pdf").stat().st_size]}


# --- Measuring


def measured(runs: int, *words: str) -> dict[str, Any]:
    """The medians of several runs, with the largest peak memory in MB."""
    results = []
    for _ in range(runs):
        done = subprocess.run([sys.executable, __file__, "--only", *words], capture_output=True, text=True, check=True)
        results.append(json.loads(done.stdout.splitlines()[-1]))
    out = dict(results[0])
    for key, value in out.items():
        if isinstance(value, float):
            out[key] = statistics.median(r[key] for r in results)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        what, *rest = options.only
        work = {"documents": lambda: documents(int(rest[0])), "tagged": lambda: pages(True)}
        work |= {"untagged": lambda: pages(False), "typst": typst}
        result = work[what]()
        result["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(result))
        return
    for slides in SLIDES:
        figures = measured(options.runs, "documents", str(slides))
        handout, guide = figures["handout"], figures["guide"]
        print(
            f"{slides:5} slides: handout {handout:6.2f} s, guide {guide:6.2f} s, "
            f"{1000 * (handout + guide) / slides:5.1f} ms a slide, {figures['memory']:4.0f} MB",
            flush=True,
        )
    tagged, untagged = measured(options.runs, "tagged"), measured(options.runs, "untagged")
    for name, figures in (("tagged", tagged), ("untagged", untagged)):
        print(
            f"{figures['pages']:5} pages {name:9} {figures['seconds']:6.2f} s {figures['memory']:4.0f} MB, "
            f"{figures['sizes'][0] / 1e6:.1f} MB on disk",
            flush=True,
        )
    print(f"      tagged / untagged {tagged['seconds'] / untagged['seconds']:.2f}")
    if importlib.util.find_spec("typst"):
        figures = measured(options.runs, "typst")
        print(
            f"      Typst, tagged    {figures['seconds']:6.2f} s {figures['memory']:4.0f} MB, "
            f"{figures['sizes'][0] / 1e6:.1f} MB on disk"
        )


if __name__ == "__main__":
    main()
