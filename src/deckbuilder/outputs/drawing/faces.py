"""Faces as ReportLab knows them, and words drawn in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlab.pdfbase import pdfmetrics

from deckbuilder.layout.bidi import base_direction, lefts, levels_of, stretches
from deckbuilder.outputs.drawing.glyphs import shaped_code
from deckbuilder.theme.characters import is_complex, visible
from deckbuilder.theme.faces import Face
from deckbuilder.theme.theme import Theme


def use_face(face: Face) -> str:
    """The face's name, registered with ReportLab."""
    if face.name not in pdfmetrics._fonts:
        pdfmetrics.registerFont(face.font.printed)
    return face.name


def words_width(words: str, family: str, size: float, theme: Theme, bold: bool = False) -> float:
    """How wide `draw_words` draws the words, in points."""
    return sum(face.natural_width(part, size) for face, part in theme.fonts.pieces(words, family, bold))


def draw_words(
    canvas: Any, x: float, y: float, words: str, family: str, size: float, theme: Theme, bold: bool = False
) -> None:
    """Draws words in a family's upright face, and in others what it lacks, from `x` on the baseline `y`; those that run from
    right to left as such. They are drawn in the order in which they are read, and copied so."""
    for face, part, backwards, left in _placed(words, x, family, size, theme, bold):
        if backwards or is_complex(part):
            canvas.saveState()  # the font is another afterwards than ReportLab takes it to be
            canvas._code.append(
                f"BT 1 0 0 1 {left:.3f} {y:.3f} Tm {shaped_code(canvas._doc, face.font.printed, part, size, backwards)} ET"
            )
            canvas.restoreState()
        else:
            canvas.setFont(use_face(face), size)
            canvas.drawString(left, y, visible(part))


def _placed(
    words: str, x: float, family: str, size: float, theme: Theme, bold: bool
) -> Iterator[tuple[Face, str, bool, float]]:
    """The words in pieces as they are read, each with its face, whether it runs from right to left, and where its left edge is if
    theirs is at `x`."""
    pieces = theme.fonts.pieces(words, family, bold)
    if not is_complex(words) and not theme.right_to_left:
        for face, part in pieces:
            yield face, part, False, x
            x += face.natural_width(part, size)
        return
    levels = levels_of(words, base_direction(words, theme.right_to_left, False))
    out: list[tuple[Face, str, int]] = []
    at = 0
    for face, part in pieces:
        out += [(face, part[a:b], level) for a, b, level in stretches(levels[at : at + len(part)])]
        at += len(part)
    places = lefts([level for _, _, level in out], [face.natural_width(part, size) for face, part, _ in out], x)
    for (face, part, level), left in zip(out, places, strict=True):
        yield face, part, bool(level % 2), left


def use_family(family: str, words: str, theme: Theme, bold: bool = False) -> str:
    """The name of a font, registered with ReportLab, that draws the words: the family's face, or
    one made of it and of others. For ReportLab's own charts, which take the name of one font."""
    if not any(face.substitute for face, _ in theme.fonts.pieces(words, family, bold)):
        return use_face(theme.fonts.face(family, bold))
    mixed = MixedFont(family, theme, bold)
    pdfmetrics._fonts[mixed.fontName] = mixed
    return mixed.fontName


class MixedFont:
    """What ReportLab asks of a font, answered by the fonts that draw the pieces of a text. A subset's
    number is that of the font here, times a thousand, and its own there. Text that has to be shaped is drawn by `draw`."""

    _multiByte = _dynamicFont = 1
    shapable = False
    _PER_FONT = 1000

    def __init__(self, family: str, theme: Theme, bold: bool) -> None:
        self.family = family
        self.theme = theme
        self.bold = bold
        self.own = pdfmetrics.getFont(use_face(theme.fonts.face(family, bold)))
        self.face = self.own.face
        self.fontName = f"{self.own.fontName}-mixed"
        self.fonts: list[Any] = []

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:
        return words_width(text, self.family, size, self.theme, self.bold)

    def draw(self, canvas: Any, x: float, y: float, words: str, size: float) -> None:
        """Draws words from `x` on the baseline `y`."""
        draw_words(canvas, x, y, words, self.family, size, self.theme, self.bold)

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:
        out = []
        for face, part in self.theme.fonts.pieces(text, self.family, self.bold):
            font = pdfmetrics.getFont(use_face(face))
            if font not in self.fonts:
                self.fonts.append(font)
            first = self.fonts.index(font) * self._PER_FONT
            out += [(first + subset, data) for subset, data in font.splitString(visible(part), doc)]
        return out

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:
        number, own = divmod(subset, self._PER_FONT)
        return str(self.fonts[number].getSubsetInternalName(own, doc))
