"""A contact sheet: every layout of a theme, with its places named, on a few pages of a PDF file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from deckbuilder.content.slides import ClosingSlide
from deckbuilder.content.text import Paragraph, Run
from deckbuilder.layout.fit import fit_text
from deckbuilder.layout.frame import SlideFrame, TextItem
from deckbuilder.outputs.drawing.canvas import draw_frame
from deckbuilder.outputs.drawing.faces import draw_words
from deckbuilder.outputs.images import Images
from deckbuilder.theme.color import Color
from deckbuilder.theme.theme import Art, SlideLayout, Theme

_WIDTH, _HEIGHT = 842.0, 595.0  # A4, landscape, in points
_MARGIN, _GAP, _LABEL = 36.0, 18.0, 20.0
_COLUMNS = 3


def write_sheet(path: Path, theme: Theme) -> None:
    """Draws every layout that arranging knows, three in a row."""
    images = Images()
    body = theme.fonts.face(theme.body)
    canvas = Canvas(str(path), pagesize=(_WIDTH, _HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle(f"{theme.title}: layouts")
    width = (_WIDTH - 2 * _MARGIN - _GAP * (_COLUMNS - 1)) / _COLUMNS
    height = width * theme.height / theme.width
    rows = max(1, int((_HEIGHT - 2 * _MARGIN + _GAP) // (height + _LABEL + 6)))
    layouts = list(theme.layouts.values())
    for number, layout in enumerate(layouts):
        place = number % (rows * _COLUMNS)
        if number and not place:
            canvas.showPage()
        row, column = divmod(place, _COLUMNS)
        x = _MARGIN + column * (width + _GAP)
        y = _HEIGHT - _MARGIN - height - row * (height + _LABEL + 6)
        canvas.saveState()
        canvas.translate(x, y)
        draw_frame(canvas, _sample(layout, theme, number + 1), theme, images, width)
        canvas.setStrokeGray(0.75)
        canvas.setLineWidth(0.5)
        canvas.rect(0, 0, width, height, stroke=1, fill=0)
        canvas.restoreState()
        canvas.setFillGray(0.2)
        draw_words(canvas, x, y - 12 * body.ascent, layout.name, theme.body, 10, theme)
    canvas.save()


def _sample(layout: SlideLayout, theme: Theme, number: int) -> SlideFrame:
    """The layout with the name of each place in it; places for pictures, tables and charts are tinted."""
    items, tinted = [], []
    for holder in layout.placeholders:
        if holder.type in ("picture", "table", "chart"):
            tinted.append(Art("rectangle", holder.rect, Color("lt2", 0.9)))
        words = layout.name if holder.type == "title" else holder.role.spoken.capitalize()
        laid = fit_text((Paragraph((Run(words),)),), holder.style, holder.room, theme)
        if laid is not None and holder.type in ("title", "body"):
            items.append(TextItem(holder, laid))
    art = (*layout.art, *tinted)
    return SlideFrame(number, ClosingSlide(kind="closing"), 1, replace(layout, art=art), layout.name, tuple(items))
