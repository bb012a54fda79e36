"""Faces as ReportLab knows them, and words drawn in them."""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase import pdfmetrics

from deckbuilder.theme.characters import visible
from deckbuilder.theme.fonts import Face
from deckbuilder.theme.theme import Theme


def use_face(face: Face) -> str:
    """The face's name, registered with ReportLab."""
    if face.name not in pdfmetrics._fonts:
        pdfmetrics.registerFont(face.font)
    return face.name


def words_width(words: str, family: str, size: float, theme: Theme) -> float:
    """How wide `draw_words` draws the words, in points."""
    return sum(face.natural_width(part, size) for face, part in theme.fonts.pieces(words, family))


def draw_words(canvas: Any, x: float, y: float, words: str, family: str, size: float, theme: Theme) -> None:
    """Draws words in a family's upright face, and in others what it lacks, from `x` on the baseline `y`."""
    for face, part in theme.fonts.pieces(words, family):
        canvas.setFont(use_face(face), size)
        canvas.drawString(x, y, visible(part))
        x += face.natural_width(part, size)
