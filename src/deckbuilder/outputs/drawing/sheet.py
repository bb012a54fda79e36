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
from deckbuilder.theme.faces import Face
from deckbuilder.theme.theme import Art, SlideLayout, Theme

_WIDTH, _HEIGHT = 842.0, 595.0  # A4, landscape, in points
_MARGIN, _GAP, _LABEL = 36.0, 18.0, 20.0
_COLUMNS = 3


def write_sheet(path: Path, theme: Theme) -> None:
    """Draws every layout that arranging knows, three in a row; before them, what was chosen of a corporate template."""
    images = Images()
    body = theme.fonts.face(theme.body)
    canvas = Canvas(str(path), pagesize=(_WIDTH, _HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle(f"{theme.title}: layouts")
    width = (_WIDTH - 2 * _MARGIN - _GAP * (_COLUMNS - 1)) / _COLUMNS
    height = width * theme.height / theme.width
    rows = max(1, int((_HEIGHT - 2 * _MARGIN + _GAP) // (height + _LABEL + 6)))
    if theme.corporate and theme.corporate.choices:
        _draw_choices(canvas, theme, images)
    layouts = list(theme.layouts.values())
    for number, layout in enumerate(layouts):
        place = number % (rows * _COLUMNS)
        if number and not place:
            canvas.showPage()
        row, column = divmod(place, _COLUMNS)
        x = _MARGIN + column * (width + _GAP)
        y = _HEIGHT - _MARGIN - height - row * (height + _LABEL + 6)
        _draw(canvas, _sample(layout, theme, number + 1), theme, images, (x, y), width)
        canvas.setFillGray(0.2)
        draw_words(canvas, x, y - 12 * body.ascent, layout.name, theme.body, 10, theme)
    canvas.save()


def _draw_choices(canvas: Canvas, theme: Theme, images: Images) -> None:
    """A corporate template's own layouts, each beside ours that was made of it, with the reason for the choice."""
    assert theme.corporate is not None
    body = theme.fonts.face(theme.body)
    width = (_WIDTH - 2 * _MARGIN - _GAP * (_COLUMNS - 1)) / _COLUMNS
    height = width * theme.height / theme.width
    rows = max(1, int((_HEIGHT - 2 * _MARGIN + _GAP) // (height + _GAP)))
    for number, choice in enumerate(theme.corporate.choices):
        row = number % rows
        if number and not row:
            canvas.showPage()
        y = _HEIGHT - _MARGIN - height - row * (height + _GAP)
        ours = theme.layouts[choice.role]
        for column, layout in enumerate((choice.theirs, ours)):
            x = _MARGIN + column * (width + _GAP)
            _draw(canvas, _sample(layout, theme, number + 1), theme, images, (x, y), width)
        canvas.setFillGray(0.2)
        x = _MARGIN + 2 * (width + _GAP)
        for n, line in enumerate(choice.said):
            words = _shortened(line, body, 10, width)
            draw_words(canvas, x, y + height - (12 + 15 * n) * body.ascent, words, theme.body, 10, theme)
    canvas.showPage()


def _shortened(words: str, face: Face, size: float, width: float) -> str:
    """The words as far as a line holds them."""
    while len(words) > 1 and face.width(words, size) > width:
        words = words.rstrip("…")[:-1] + "…"
    return words


def _draw(
    canvas: Canvas, frame: SlideFrame, theme: Theme, images: Images, at: tuple[float, float], width: float
) -> None:
    """A frame, with a line around it; `at` is its lower left corner."""
    canvas.saveState()
    canvas.translate(*at)
    draw_frame(canvas, frame, theme, images, width)
    canvas.setStrokeGray(0.75)
    canvas.setLineWidth(0.5)
    canvas.rect(0, 0, width, width * theme.height / theme.width, stroke=1, fill=0)
    canvas.restoreState()


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
    return SlideFrame(
        number, ClosingSlide(kind="closing"), 1, replace(layout, art=art), layout.name, layout.name, tuple(items)
    )
