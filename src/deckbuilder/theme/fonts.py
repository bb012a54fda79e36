"""Fonts: which files draw a family, and how wide their characters are.

Office fonts are measured by their metric twins (Calibri by Carlito, Georgia by Gelasio,
Arial by Liberation Sans), which have the same advance widths and may be shipped. ReportLab
serves as the reader of font files: it is needed for PDF anyway, and takes 12 ms a file.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FONT_FOLDER = Path(__file__).parent / "fonts"

# Families people's Office has -> the twin that measures and, in PDFs, draws them.
METRIC_TWINS = {
    "Calibri": "Carlito",
    "Georgia": "Gelasio",
    "Arial": "Liberation Sans",
    "Helvetica": "Liberation Sans",
    "Courier New": "Liberation Mono",
}
_SHIPPED = {
    "Carlito": "Carlito",
    "Gelasio": "Gelasio",
    "Liberation Sans": "LiberationSans",
    "Liberation Mono": "LiberationMono",
}
CODE_FAMILY = "Courier New"

# PowerPoint sets a line at the font's own height; LibreOffice at 1.2 x size. Taking the larger
# never under-counts. Exact spacing (heading fonts) is the same everywhere.
LINE_PITCH = 1.22


@dataclass(slots=True)
class Face:
    """One weight and slope of a family. `ascent` and `descent` are fractions of the size."""

    name: str
    font: Any
    widths: dict[str, float] = field(default_factory=dict)

    @property
    def ascent(self) -> float:
        return float(self.font.face.ascent) / 1000

    @property
    def descent(self) -> float:
        return float(-self.font.face.descent) / 1000

    def width(self, text: str, size: float) -> float:
        """The text's width in points; the sum of its advances, which is what PowerPoint and
        LibreOffice take as well (kerning would make it a little less)."""
        known = self.widths.get(text)
        if known is None:
            known = self.widths[text] = float(self.font.stringWidth(text, 1000)) / 1000
        return known * size

    def lacks(self, text: str) -> set[str]:
        """The characters of `text` that the face cannot draw."""
        glyphs = self.font.face.charToGlyph
        return {c for c in text if ord(c) not in glyphs and c not in "\n\t\u200b\u00ad"}


def is_font(path: Path) -> bool:
    """Whether the file can be read as a TrueType font."""
    from reportlab.pdfbase.ttfonts import TTFError, TTFontFile

    try:
        TTFontFile(str(path))
    except (TTFError, OSError, struct.error, ValueError, LookupError):
        return False
    return True


class Fonts:
    """Faces by family, loaded when first asked for.

    `files` maps further families, from a theme pack, to the file of each style ("Regular",
    "Bold", "Italic", "BoldItalic"); a style without a file is drawn by the nearest one.
    """

    def __init__(self, files: dict[str, dict[str, Path]] | None = None) -> None:
        self.files = files or {}
        self._faces: dict[tuple[str, bool, bool], Face] = {}

    def knows(self, family: str) -> bool:
        """Whether there is a file to measure and draw the family with."""
        return family in self.files or METRIC_TWINS.get(family, family) in _SHIPPED

    def face(self, family: str, bold: bool = False, italic: bool = False) -> Face:
        """The face for the family. KeyError for a family that `knows` denies."""
        key = (family, bold, italic)
        found = self._faces.get(key)
        if found is None:
            found = self._faces[key] = self._load(*key)
        return found

    def face_name(self, family: str, bold: bool = False, italic: bool = False) -> str:
        """The name of the face, without loading it: its file's, told apart by its folder where the
        file is not one of ours."""
        path = self._file(family, bold, italic)
        return path.stem if path.parent == FONT_FOLDER else f"{path.stem}-{zlib.crc32(bytes(path.resolve())):08x}"

    def _load(self, family: str, bold: bool, italic: bool) -> Face:
        from reportlab.pdfbase.ttfonts import TTFont

        name = self.face_name(family, bold, italic)
        for other in self._faces.values():
            if other.name == name:
                return other
        return Face(name, TTFont(name, str(self._file(family, bold, italic))))

    def _file(self, family: str, bold: bool, italic: bool) -> Path:
        """The file of the style, or of the nearest that there is."""
        style = ("Bold" if bold else "") + ("Italic" if italic else "") or "Regular"
        for candidate in (style, style.replace("Italic", "") or "Regular", "Regular"):
            path = self._path(family, candidate)
            if path and path.exists():
                return path
        raise KeyError(family)

    def _path(self, family: str, style: str) -> Path | None:
        if family in self.files:
            return self.files[family].get(style)
        shipped = _SHIPPED[METRIC_TWINS.get(family, family)]
        return FONT_FOLDER / f"{shipped}-{style}.ttf"
