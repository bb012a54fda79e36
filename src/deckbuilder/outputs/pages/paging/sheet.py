"""A page as it is set: what stands on it, each at its place, spaces and pictures made to meet the page's foot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Flowable

from deckbuilder.frozen import dataclass
from deckbuilder.outputs.pages.flowables import Grid, WritingLines
from deckbuilder.outputs.pages.paging.breaking import SQUEEZE
from deckbuilder.outputs.pages.paging.pieces import Piece, measured
from deckbuilder.outputs.pages.pictured import ChartFigure, Figure, Thumbnail

_STRETCH = 1.2  # the share that spaces can grow by
_SEEN = 0.25  # of a page: more than that is left free rather than spread


@dataclass
class Placed:
    """A piece on a page, with the space above it."""

    piece: Piece
    gap: float


class Sheet(Flowable):
    """A page's whole content. `room` is the height of the page's text, `full` whether its foot is to be met. `rest` is how much
    of it is left free all the same, as a fraction; None where nothing follows that could have stood there."""

    def __init__(self, pieces: Sequence[Piece], width: float, room: float, full: bool) -> None:
        super().__init__()
        self.width = width
        self.height = room
        self.placed = _spaced(pieces)
        self._fit(full)
        self.rest = max(0.0, self._left()) / room if full else None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        y = self.height
        for placed in self.placed:
            piece = placed.piece
            y -= placed.gap + piece.height
            canvas: Any = self.canv
            piece.flowable.drawOn(canvas, 0, y, _sW=self.width - piece.width)

    def _left(self) -> float:
        return self.height - sum(placed.gap + placed.piece.height for placed in self.placed)

    def _fit(self, full: bool) -> None:
        """Lines that fill, then what can give or take: spaces, slides, pictures."""
        filling = [placed.piece for placed in self.placed if _fills(placed.piece)]
        for number, piece in enumerate(filling):
            share = self._left() / (len(filling) - number)
            piece.flowable.wrap(self.width, piece.height + share)
            piece.height = piece.flowable.height
        left = self._left()
        if left < 0:
            self._space(max(left, -SQUEEZE * sum(placed.gap for placed in self.placed)))
            self._resize(Thumbnail)
            self._resize(Grid)
            self._resize(Figure, ChartFigure)
        elif full:
            self._resize(Figure, ChartFigure)
            if self._left() < _SEEN * self.height:
                self._space(min(self._left(), _STRETCH * sum(placed.gap for placed in self.placed)))

    def _space(self, more: float) -> None:
        """Makes spaces wider by so much together, or narrower."""
        whole = sum(placed.gap for placed in self.placed)
        for placed in self.placed:
            placed.gap += more * placed.gap / whole if whole else 0.0

    def _resize(self, *kinds: type[Figure | ChartFigure | Thumbnail | Grid]) -> None:
        """Gives to what is of these kinds, or takes from it, as far as the page's foot and as each can: the same share of all, so
        that what stands side by side in rows is of one size."""
        elastic = [p for p in self.placed if isinstance(p.piece.flowable, kinds) and p.piece.least < p.piece.most]
        left = self._left()
        ends = [p.piece.most if left > 0 else p.piece.least for p in elastic]
        whole = sum(abs(end - p.piece.height) for p, end in zip(elastic, ends, strict=True))
        share = min(1.0, abs(left) / whole) if whole else 0.0
        for placed, end in zip(elastic, ends, strict=True):
            flowable: Any = placed.piece.flowable
            flowable.resize(placed.piece.height + share * (end - placed.piece.height))
            placed.piece = measured(flowable, self.width)


def _fills(piece: Piece) -> bool:
    return isinstance(piece.flowable, WritingLines) and piece.flowable.fills


def _spaced(pieces: Sequence[Piece]) -> list[Placed]:
    """Pieces with the spaces between them: the larger of two that meet, and none at the page's head."""
    out: list[Placed] = []
    pending = 0.0
    empty = True
    for piece in pieces:
        if piece.space:
            pending += 0.0 if empty else piece.height
        elif piece.zero:
            out.append(Placed(piece, 0.0))
        else:
            out.append(Placed(piece, 0.0 if empty else max(pending, piece.before)))
            pending, empty = piece.after, False
    return out
