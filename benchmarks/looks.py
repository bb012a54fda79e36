"""How decks look on templates, measured: an every-kind deck on each, rendered with LibreOffice and emptied beside it.

    python benchmarks/looks.py [--details] [TEMPLATE.pptx | _brand.yml | FOLDER ...]

Folders are searched for templates and brand files. Without any, LibreOffice's own templates are converted and measured, with
python-pptx's and, where pandoc is, pandoc's. A row each: slides; words on words; words on edges of art; words without 3 to 1
with what is around them; marks (the small pictures of layout and master) of which pixels changed; the share of the body box
that content takes, the median of slides; the smallest type in points on a slide of 540 points.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pptx
import pptx.enum.shapes

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import looks  # noqa: E402

DECK = ROOT / "tests" / "fixtures" / "every-kind"
STOCK = Path("/usr/lib/libreoffice/share/template/common/presnt")
TWINS = {"Verdana": "DejaVu Sans"}  # what has its widths: in another font letters of a word lie on one another
ENDINGS = (".pptx", ".potx")
_SMALL = 0.04  # of the slide: a larger picture is no mark
_CHANGED = 0.02  # of a mark's pixels: corners, and what rounding leaves

Box = tuple[float, float, float, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--details", action="store_true", help="each finding in words")
    parser.add_argument("given", nargs="*", type=Path)
    options = parser.parse_args()
    print("| Template | slides | on words | on art | pale | marks | body | smallest |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        for path in [x for given in options.given for x in found(given)] or stock(work):
            row(path, Path(tempfile.mkdtemp(dir=work)), options.details)


def found(path: Path) -> list[Path]:
    """The path, or the templates and brand files in a folder and those in it."""
    if path.is_file():
        return [path]
    return sorted(x for x in path.rglob("*") if x.suffix.lower() in ENDINGS or x.name == "_brand.yml")


def stock(work: Path) -> list[Path]:
    """The templates that come with LibreOffice, python-pptx and pandoc."""
    plain = work / "python-pptx.pptx"
    plain.write_bytes((Path(pptx.__file__).parent / "templates" / "default.pptx").read_bytes())
    out = [plain]
    asked = ["pandoc", "--print-default-data-file", "reference.pptx"]
    try:
        (work / "pandoc.pptx").write_bytes(subprocess.run(asked, check=True, capture_output=True).stdout)
        out.append(work / "pandoc.pptx")
    except (OSError, subprocess.CalledProcessError):
        print("pandoc is not there", file=sys.stderr)
    command = ["soffice", f"-env:UserInstallation={(work / 'profile').as_uri()}", "--headless", "--convert-to", "pptx"]
    own = sorted(STOCK.glob("*.otp"))
    if own:
        subprocess.run([*command, "--outdir", work / "stock", *own], check=True, capture_output=True)
    return [*out, *sorted((work / "stock").glob("*.pptx"))]


def row(path: Path, work: Path, details: bool) -> None:
    """Prints what a deck on the template measures."""
    name = path.parent.name if path.stem in ("brand", "_brand") else path.stem
    run = [sys.executable, "-m", "deckbuilder"]
    made = subprocess.run(
        [*run, "theme", "new", work / "pack", "--from", path], check=False, capture_output=True, text=True
    )
    command = ["build", DECK, "--session", DECK / "session.yaml", "--theme", work / "pack", "--output", work / "out"]
    built = made
    if not made.returncode:
        built = subprocess.run([*run, *command, "--only", "deck"], check=False, capture_output=True, text=True)
    if built.returncode:
        said = next((line for line in built.stderr.splitlines() if "error" in line), built.stderr[-200:])
        print(f"| {name} | not built: {said} |", flush=True)
        return
    deck = next((work / "out").rglob("*.pptx"))
    looks.rendered(deck, work, TWINS)
    pages = looks.slides(work)
    shown = [s for s in pptx.Presentation(str(deck)).slides if s._element.get("show", "1") not in ("0", "false")]
    findings: list[list[str]] = [
        [said for page in pages for said in kind(page)] for kind in (looks.on_one_another, looks.on_art, looks.pale)
    ]
    findings.append(
        [
            f"slide {page.number}: a mark is covered by {share:.0%}"
            for page, slide in zip(pages, shown, strict=True)
            for box in marks(slide)
            if (share := looks.covered(page, box)) > _CHANGED
        ]
    )
    bodies = [(page, box) for page, slide in zip(pages, shown, strict=True) if (box := body(slide))]
    used = statistics.median(looks.used(page, box) for page, box in bodies)
    smallest = 540 * min(looks.smallest(page) for page in pages)
    counts = " | ".join(str(len(kind)) for kind in findings)
    print(f"| {name} | {len(pages)} | {counts} | {used:.0%} | {smallest:.1f} |", flush=True)
    for said in (said for kind in findings for said in kind if details):
        print(f"    {said}", flush=True)


def marks(slide: Any) -> Iterator[Box]:
    """The small pictures that the slide's layout and master draw, in shares of the slide."""
    width, height = size_of(slide)
    layout = slide.slide_layout
    above = layout._element.get("showMasterSp", "1") not in ("0", "false")
    for shape in [*layout.shapes, *(layout.slide_master.shapes if above else ())]:
        if shape.shape_type == pptx.enum.shapes.MSO_SHAPE_TYPE.PICTURE:
            box = (shape.left / width, shape.top / height, shape.width / width, shape.height / height)
            inside = box[0] >= 0 and box[1] >= 0 and box[0] + box[2] <= 1 and box[1] + box[3] <= 1
            if inside and box[2] * width > 9525 and box[2] * box[3] < _SMALL:
                yield box


def body(slide: Any) -> Box | None:
    """The box around the places for content, in shares of the slide; None where there are none."""
    width, height = size_of(slide)
    kinds = pptx.enum.shapes.PP_PLACEHOLDER
    others = (kinds.TITLE, kinds.CENTER_TITLE, kinds.DATE, kinds.FOOTER, kinds.SLIDE_NUMBER)
    boxes = [p for p in slide.slide_layout.placeholders if p.placeholder_format.type not in others]
    if not boxes:
        return None
    left, top = (max(0, min(getattr(b, side) for b in boxes)) for side in ("left", "top"))
    right = min(width, max(b.left + b.width for b in boxes))
    bottom = min(height, max(b.top + b.height for b in boxes))
    return left / width, top / height, (right - left) / width, (bottom - top) / height


def size_of(slide: Any) -> tuple[int, int]:
    """The width and height of slides, in EMU."""
    presentation = slide.part.package.presentation_part.presentation
    return presentation.slide_width, presentation.slide_height


if __name__ == "__main__":
    main()
