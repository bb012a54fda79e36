"""A document's pages: the frame for text, and what stands on every page."""

from __future__ import annotations

import datetime as dt
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from deckbuilder.labels import Labels
from deckbuilder.outputs.documents.style import PageStyle
from deckbuilder.outputs.drawing.faces import draw_words, words_width

FURNITURE_SIZE = 10.0


def write_pdf(
    path: Path | None,
    story: list[Flowable],
    page: PageStyle,
    labels: Labels,
    *,
    title: str,
    author: str,
    subject: str,
    language: str,
    footer: str,
    moment: dt.datetime | None,
) -> int:
    """Sets the story on pages; returns how many. `footer` stands at the foot of each, with the
    page's number; `path` None throws the pages away; `moment` is the time of the file's properties, None for a fixed one."""
    rights = footer

    def furniture(canvas: Any, document: Any) -> None:
        canvas.saveState()
        canvas.setFillColor(page.color("muted"))
        canvas.setStrokeColor(page.color("hairline"))
        canvas.setLineWidth(0.6)
        y = page.bottom - 26
        canvas.line(page.left, y + 14, page.width - page.right, y + 14)
        draw_words(canvas, page.left, y, rights, page.theme.body, FURNITURE_SIZE, page.theme)
        canvas.doForm(f"page-number-{document.page}")
        canvas.restoreState()

    def draw_number(canvas: Any, number: int, total: int) -> None:
        canvas.setFillColor(page.color("muted"))
        words = labels("page_of", n=number, total=total)
        x = page.width - page.right - words_width(words, page.theme.body, FURNITURE_SIZE, page.theme)
        draw_words(canvas, x, page.bottom - 26, words, page.theme.body, FURNITURE_SIZE, page.theme)

    def make_canvas(*args: Any, **options: Any) -> Canvas:
        options.update(initialFontName=page.styles["p"].fontName, invariant=1, pageCompression=1)
        canvas = _Canvas(*args, **options)
        canvas.draw_number = draw_number
        return canvas

    frame = Frame(page.left, page.bottom, page.column, page.height - page.top - page.bottom, 0, 0, 0, 0)
    document = BaseDocTemplate(
        str(path) if path else io.BytesIO(),
        pagesize=(page.width, page.height),
        title=title,
        author=author,
        subject=subject,
        creator="deckbuilder",
        producer="deckbuilder",
        lang=language,
        displayDocTitle=1,
        invariant=1,
        allowSplitting=1,
    )
    document.addPageTemplates([PageTemplate("page", [frame], onPage=furniture)])
    with _settings(moment):
        document.build(story, canvasmaker=make_canvas)
    return int(document.page)


class _Canvas(Canvas):
    """A canvas that numbers its pages at the end, when it knows how many there are.

    Each page shows a form that is drawn last; numbering by setting the pages twice would send
    every bookmark to the first.
    """

    draw_number: Callable[[Any, int, int], None]

    def save(self) -> None:
        if len(self._code):
            self.showPage()
        total = self._pageNumber - 1
        for number in range(1, total + 1):
            self.beginForm(f"page-number-{number}")
            self.draw_number(self, number, total)
            self.endForm()
        self._doc.SaveToFile(self._filename, self)


@contextmanager
def _settings(moment: dt.datetime | None) -> Iterator[None]:
    """JPEGs as they are rather than as ASCII, and the file's date from the build, not the clock."""
    before, epoch = rl_config.useA85, os.environ.get("SOURCE_DATE_EPOCH")
    rl_config.useA85 = 0
    if moment is not None:
        os.environ["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
    try:
        yield
    finally:
        rl_config.useA85 = before
        if moment is not None and epoch is None:
            del os.environ["SOURCE_DATE_EPOCH"]
