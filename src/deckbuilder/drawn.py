"""Single slides as pictures: each a PDF of one page, drawn from its frame as thumbnails are, and what it says in words."""

from __future__ import annotations

import io
from typing import Any

from deckbuilder.arrangement import Arrangement
from deckbuilder.layout.frame import SlideFrame
from deckbuilder.memory import memory, stamps
from deckbuilder.outputs.images import Images


def draw_slide(arrangement: Arrangement, frame: SlideFrame) -> bytes:
    """The slide as a PDF file of one page, as large as the theme's slides are, in points. Pictures are kept prepared where
    somebody keeps a memory, until one of their files changes."""
    from reportlab.pdfgen.canvas import Canvas

    from deckbuilder.outputs.drawing.canvas import draw_frame

    theme, kept = arrangement.theme, memory()
    files = stamps(picture.path for picture in arrangement.content.pictures.values())
    images = Images() if kept is None else kept.recall(("images", theme.fonts, files), Images)
    out = io.BytesIO()
    font = theme.fonts.face(theme.body)
    canvas: Any = Canvas(
        out,
        pagesize=(theme.width, theme.height),
        invariant=1,
        initialFontName=_usable(font),
    )
    draw_frame(canvas, frame, theme, images, theme.width)
    canvas.save()
    return out.getvalue()


def slide_words(arrangement: Arrangement, frame: SlideFrame) -> str:
    """All that a slide says, in reading order, on lines: its number and title first."""
    from deckbuilder.outputs.pages.slideprints import slide_in_words

    return slide_in_words(frame, arrangement.content.labels)


def _usable(face: Any) -> str:
    from deckbuilder.outputs.drawing.faces import use_face

    return use_face(face)
