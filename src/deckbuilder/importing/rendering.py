"""Slides as pictures, drawn by LibreOffice and poppler where they are there: of what cannot be text, and for the page that
shows old slides beside new ones."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from deckbuilder.importing.office import convert, office
from deckbuilder.importing.old import Drawn, Image, Left, OldDeck, Shape, Slide
from deckbuilder.ooxml.package import Package, PackageError, Part
from deckbuilder.units import Rect

_DOTS = 150  # an inch: what a picture on a slide needs
_SMALL = 60
_LEAST = 18.0  # points: what is smaller says nothing
_USABLE = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".bmp", ".tif", ".tiff")


class Rendered:
    """A deck file's slides as pages of a PDF, made when one is first asked for."""

    def __init__(self, file: Path, shown: Sequence[int], scratch: Path) -> None:
        """`shown` are the numbers of the slides that are not hidden: PDFs have no others."""
        self.file = file
        self.pages = {number: page for page, number in enumerate(shown, 1)}
        self.scratch = scratch
        self._pdf: Path | None = None
        self._tried = False

    @property
    def pdf(self) -> Path | None:
        """The PDF; None where the programs for it are not there, or cannot read the deck."""
        if not self._tried:
            self._tried = True
            if office() and shutil.which("pdftoppm"):
                try:
                    self._pdf = self.file if self.file.suffix == ".pdf" else convert(self.file, "pdf", self.scratch)
                except PackageError:
                    self._pdf = None
        return self._pdf

    def picture(self, number: int, rect: Rect | None = None, dots: int = _DOTS) -> bytes | None:
        """A slide, or a piece of it, as PNG; None where it cannot be had."""
        pdf, page = self.pdf, self.pages.get(number)
        if pdf is None or page is None:
            return None
        out = self.scratch / "piece"
        command = ["pdftoppm", "-png", "-singlefile", "-r", str(dots), "-f", str(page), "-l", str(page)]
        if rect is not None:
            scale = dots / 72
            names = (("-x", rect.x), ("-y", rect.y), ("-W", rect.width), ("-H", rect.height))
            command += [part for name, value in names for part in (name, str(max(0, round(value * scale))))]
        try:
            subprocess.run([*command, str(pdf), str(out)], capture_output=True, timeout=60, check=False)
            return out.with_suffix(".png").read_bytes()
        except (OSError, subprocess.TimeoutExpired):
            return None
        finally:
            out.with_suffix(".png").unlink(missing_ok=True)

    def small(self, number: int) -> bytes | None:
        """A slide in the size of a thumbnail."""
        return self.picture(number, dots=_SMALL)


def shown_numbers(deck: OldDeck) -> list[int]:
    """The numbers of the slides that are not hidden."""
    return [slide.number for slide in deck.slides if not slide.hidden]


def with_drawings(deck: OldDeck, package: Package, rendered: Rendered) -> OldDeck:
    """The deck with pictures of what cannot be text, where they can be had: from the file itself, else drawn."""
    slides = [_drawn(slide, package, rendered) if _has(slide) else slide for slide in deck.slides]
    return replace(deck, slides=tuple(slides))


def _has(slide: Slide) -> bool:
    return any(isinstance(shape.content, Drawn) for shape in slide.shapes)


def _drawn(slide: Slide, package: Package, rendered: Rendered) -> Slide:
    shapes: list[Shape] = []
    left = list(slide.left)
    for n, shape in enumerate(slide.shapes, 1):
        drawn = shape.content
        if not isinstance(drawn, Drawn):
            shapes.append(shape)
            continue
        name = _picture_of(drawn, shape.rect, slide.number, n, package, rendered)
        if name is None:
            shapes.append(shape)
            continue
        rect = shape.rect
        aspect = rect.width / rect.height if rect and rect.height else 1.5
        shapes.append(replace(shape, content=Image(name, drawn.alt, aspect=aspect)))
        left.append(Left(f"{drawn.name} as such: it is a picture now"))
    return replace(slide, shapes=tuple(shapes), left=tuple(left))


def _picture_of(
    drawn: Drawn, rect: Rect | None, number: int, place: int, package: Package, rendered: Rendered
) -> str | None:
    """The part that is a picture of it; None where none can be had."""
    if drawn.part and drawn.part.lower().endswith(_USABLE) and drawn.part in package.parts:
        return drawn.part
    if rect is None or rect.width < _LEAST or rect.height < _LEAST:
        return None
    data = rendered.picture(number, rect)
    if not data:
        return None
    name = f"drawn/slide-{number}-{place}.png"
    package.add(Part(name, "image/png", data))
    return name
