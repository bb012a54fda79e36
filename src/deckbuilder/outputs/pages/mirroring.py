"""Blocks of documents that are read from right to left, where ReportLab's own cannot be turned round.

What a block is made of stays in the order in which it is read: cells, spans, paddings and lines are given as for any document,
the first column first. Only where things are drawn is mirrored, so that they are painted in reading order, too.
"""

from __future__ import annotations

from typing import Any

from deckbuilder.outputs.pages.flowables import Grid


class MirroredGrid(Grid):
    """A table whose columns follow each other from right to left. Its cells are aligned to the right ("ALIGN"), and what
    ReportLab calls left is where a cell or a table begins. Parts of it, where it is divided, are of the same class."""

    def _drawCell(self, content: Any, style: Any, place: tuple[float, float], size: tuple[float, float]) -> None:
        x, y = place
        # ReportLab leaves the right padding at the right; here the other belongs there.
        x = self._width - x - size[0] + style.rightPadding - style.leftPadding
        super()._drawCell(content, style, (x, y), size)

    def _drawBkgrnd(self) -> None:
        self._mirrored(super()._drawBkgrnd)

    def _drawLines(self) -> None:
        self._mirrored(super()._drawLines)

    def _mirrored(self, draw: Any) -> None:
        canvas: Any = self.canv
        self.canv: Any = _Mirrored(canvas, self._width)
        try:
            draw()
        finally:
            self.canv = canvas


class _Mirrored:
    """A canvas on which lines and rectangles of something so wide are drawn on the other side."""

    def __init__(self, canvas: Any, width: float) -> None:
        self._canvas = canvas
        self._width = width

    def __getattr__(self, name: str) -> Any:
        return getattr(self._canvas, name)

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        self._canvas.line(self._width - x1, y1, self._width - x2, y2)

    def rect(self, x: float, y: float, width: float, height: float, **options: Any) -> None:
        self._canvas.rect(self._width - x - width, y, width, height, **options)
