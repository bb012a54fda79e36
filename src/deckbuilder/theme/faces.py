"""A face: one weight and slope of a family, and how wide it sets texts, as its font tells.

ReportLab draws fonts in PDF files. To measure those that come along HarfBuzz is asked, which opens a file at once, where
ReportLab takes 12 ms and its import more; it tells the same of them, which tests hold. Of other files ReportLab is asked.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable
from dataclasses import field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from deckbuilder.frozen import dataclass
from deckbuilder.theme.characters import (
    is_complex,
    is_control,
    least_advance,
    visible,
)
from deckbuilder.theme.shaping import Metrics, Shaper

# Office's fonts for these are no wider than Noto's; lines differ from the mean as Latin ones do. LibreOffice takes what there is:
# where DejaVu Sans has a script, that. Some of its letters are half as wide again, so lines are measured by it as well; how many
# times as wide its bold letters are, whose file does not come along.
_SHAPED_MARGIN = 1.05
BOLD_OF_OTHER = {"Arabic": 1.22, "Hebrew": 1.12, "Lao": 1.22}

# PowerPoint sets a line at the font's own height; LibreOffice at 1.2 x size. Taking the larger
# never under-counts. Exact spacing (heading fonts) is the same everywhere.
LINE_PITCH = 1.22


@dataclass(frozen=True, slots=True)
class Face:
    """One weight and slope of a family. `ascent` and `descent` are fractions of the size.

    `substitute` tells that the face stands in for one that lacks the characters. Another program
    will draw them with a font of its own, so their widths are never taken below what that may need;
    `least` is such a width for any character of the face, in ems. `factor` is how many times as wide the family is that the
    face is asked for, `line` its line height in ems, where another's face stands in for it. `other` is a font that a program
    may take for what is shaped, and how many times as wide as its letters those are that it would show.
    """

    name: str
    font: Font = field(compare=False)
    substitute: bool = False
    least: float = 0.0
    factor: float = 1.0
    line: float | None = None
    other: tuple[Font, float] | None = field(default=None, compare=False)
    # What is known by now: widths of texts, and characters that are no trouble.
    _widths: dict[str, float] = field(default_factory=dict, compare=False, repr=False)
    _drawn: set[str] = field(default_factory=lambda: set("\n\t"), compare=False, repr=False)

    @property
    def shaper(self) -> Shaper:
        """What shapes text in the face."""
        return self.font.shaper

    @property
    def ascent(self) -> float:
        return self.font.ascent / 1000

    @property
    def descent(self) -> float:
        return -self.font.descent / 1000

    @property
    def line_height(self) -> float:
        """The family's own, in ems."""
        return self.ascent + self.descent if self.line is None else self.line

    @property
    def tall(self) -> bool:
        """Whether programs set its lines further apart than is reckoned with."""
        return self.line_height > LINE_PITCH + 0.005

    def width(self, text: str, size: float) -> float:
        """The text's width in points; the sum of its advances, which is what PowerPoint and
        LibreOffice take as well (kerning would make it a little less)."""
        known = self._widths.get(text)
        if known is None:
            known = self.natural_width(text, 1) * self.factor
            if self.substitute and is_complex(text):
                known = max(known * _SHAPED_MARGIN, self._width_of_other(text))
            elif self.substitute:
                known = sum(max(self.natural_width(c, 1), self.least, least_advance(c)) for c in visible(text))
            self._widths[text] = known
        return known * size

    def natural_width(self, text: str, size: float) -> float:
        """The text's width as this face draws it, in points."""
        if is_complex(text):
            return self.shaper.width(text) * size
        return self.font.width(visible(text)) / 1000 * size

    def _width_of_other(self, text: str) -> float:
        """The text's width in ems as the other font shows it, if there is one."""
        if self.other is None:
            return 0.0
        font, times = self.other
        return font.shaper.width(text) * times

    def lacks(self, text: str) -> set[str]:
        """The characters of `text` that the face cannot draw."""
        asked = set(visible(text)) - self._drawn
        if not asked:
            return asked
        missing = {c for c in asked if not self.font.has(c) or is_control(c)}
        self._drawn.update(asked - missing)
        return missing


def is_font(path: Path) -> bool:
    """Whether the file can be read as a TrueType font, and every character's outline be put into a PDF file."""
    from reportlab.pdfbase.ttfonts import TTFError, TTFontFile

    try:
        font = TTFontFile(str(path))
        font.makeSubset(list(font.charToGlyph))
    except (TTFError, OSError, struct.error, ValueError, LookupError):
        return False
    return True


class Font:
    """A font file of that name. Lengths are thousandths of an em. `known` tells that HarfBuzz and ReportLab are known to tell
    the same of it. Raises ReportLab's TTFError for what is none, when asked."""

    def __init__(self, name: str, data: bytes, known: bool) -> None:
        self.name = name
        self.shaper = Shaper(data)
        self._known = known
        self._widths = _Widths(self._opened.width if known else self._width_printed)

    @property
    def ascent(self) -> float:
        return self._opened.ascent if self._known else float(self.printed.face.ascent)

    @property
    def descent(self) -> float:
        """Below 0."""
        return self._opened.descent if self._known else float(self.printed.face.descent)

    def has(self, character: str) -> bool:
        """Whether it has a glyph for the character."""
        if self._known:
            return self._opened.glyph(character) is not None
        return ord(character) in self.printed.face.charToGlyph

    def width(self, text: str) -> float:
        """The sum of its characters' advances; what it lacks is as wide as the glyph that stands for that."""
        return sum(map(self._widths.__getitem__, text))

    def _width_printed(self, character: str) -> float:
        face = self.printed.face
        return float(face.charWidths.get(ord(character), face.defaultWidth))

    @cached_property
    def _opened(self) -> Metrics:
        return Metrics(self.shaper)

    @cached_property
    def printed(self) -> Any:
        """The font as ReportLab has it."""
        return _printed(self.name, self.shaper)


class _Widths(dict[str, float]):
    """Widths of characters, asked for once each."""

    def __init__(self, ask: Callable[[str], float]) -> None:
        self._ask = ask

    def __missing__(self, character: str) -> float:
        width = self[character] = self._ask(character)
        return width


@lru_cache(maxsize=32)  # a process that lives on reads the same few files again and again; ReportLab's are by document
def read_font(name: str, data: bytes, known: bool = False) -> Font:
    """A font of that name, of a file's bytes."""
    return Font(name, data, known)


def _printed(name: str, shaper: Shaper) -> Any:
    from reportlab.pdfbase.ttfonts import TTFont

    class Printed(TTFont):
        """ReportLab's, but that it knows how wide shaped text is, and tells readers which characters beyond U+FFFF its glyphs
        show: ReportLab writes their numbers where PDF wants UTF-16 (ISO 32000-1, 9.10.3)."""

        shaper: Shaper

        def stringWidth(self, text: Any, size: float, encoding: str = "utf8") -> float:
            if isinstance(text, str) and not text.isascii() and is_complex(text):
                return self.shaper.width(text) * size
            return float(super().stringWidth(text, size, encoding))

        def addObjects(self, doc: Any) -> None:
            super().addObjects(doc)
            for reference, item in doc.idToObject.items():
                if reference.startswith("toUnicodeCMap:") and isinstance(getattr(item, "content", None), str):
                    item.content = _LONG.sub(_utf_16, item.content)

    font = Printed(name, io.BytesIO(shaper.data), shapable=False)
    font.shaper = shaper
    return font


_LONG = re.compile(r"(?<=> <)[0-9A-F]{5,6}(?=>)")


def _utf_16(number: re.Match[str]) -> str:
    return chr(int(number[0], 16)).encode("utf-16-be").hex().upper()
