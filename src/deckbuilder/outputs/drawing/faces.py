"""Faces as ReportLab knows them."""

from __future__ import annotations

from reportlab.pdfbase import pdfmetrics

from deckbuilder.theme.fonts import Face


def use_face(face: Face) -> str:
    """The face's name, registered with ReportLab."""
    if face.name not in pdfmetrics._fonts:
        pdfmetrics.registerFont(face.font)
    return face.name
