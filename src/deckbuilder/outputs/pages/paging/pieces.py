"""What a story consists of, as page breaking sees it: pieces with heights, and segments that may part.

Heights and spaces are points, costs are shares of what a further page costs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import NamedTuple

from reportlab.platypus import CondPageBreak, Flowable, Spacer
from reportlab.platypus.flowables import DDIndenter

from deckbuilder.frozen import dataclass
from deckbuilder.outputs.pages.flowables import LINE_PITCH, Grid, Together, WritingLines
from deckbuilder.outputs.pages.pictured import ChartFigure, Figure, Thumbnail
from deckbuilder.outputs.pages.tagging.flowables import Items, Words

NEVER = 50.0
_WITHIN_WORDS = 0.12
_AFTER_ITEM = 0.06
_WITHIN_TABLE = 0.08
_FEW_ROWS = 0.6  # one row, or the head and two, on a side
_FEW_LINES = 40.0  # points: likewise of a cue, or of a panel, whose rows differ in height
_WITHIN_LINES = 3.0
_WELCOME = -0.1  # where a part begins
_BEGUN = 0.3  # after a heading and no more than two lines
# What a break within a group, or a table, costs: of a small one, of half a page, of one that a page holds, of a larger one.
_SMALL, _MIDDLE, _LARGE, _LARGEST = (0.4, 5.0), (0.6, 1.2), (0.95, 0.7), 0.2
_CONTINUED = 0.2  # within a group that says that it goes on
_FEW_BLOCKS = (4.0, 0.45, 0.0)  # and has none, one or more on a side
_SMALLEST_SLIDE = 0.6  # of a thumbnail's own size
# Of the size that a picture has by itself: the smallest, and the largest, as wide as the measure.
_PICTURE = (0.75, 1.4)
_CHART = (0.8, 1.3)  # likewise of a chart, which keeps its width
_SMALLEST_OF_SEVERAL = 0.7  # likewise, where they are side by side and small already
_ENDLESS = 0xFFFFFF
_TALL = 0.5  # of a page: single rows that may be divided


@dataclass
class Piece:
    """A flowable with its size. `zero` has none, and does not part what is around it; `space` is nothing but space.
    `least` and `most` are the heights that it can be given."""

    flowable: Flowable
    width: float
    height: float
    before: float = 0.0
    after: float = 0.0
    zero: bool = False
    space: bool = False
    least: float = 0.0
    most: float = 0.0


@dataclass
class Segment:
    """What stands between two places where a page may break: a piece, or a part of one.

    `top` and `end` are heights within the piece. `cost` is that of a break before it. `need` is how much room it wants
    where it does not begin a page, None where it is not the beginning of a part. `head` is the height of what is repeated
    above it where it begins a page, and `continued` is put there; `foot` is then the height of what ends the page before.
    """

    piece: Piece
    top: float
    end: float
    cost: float = 0.0
    need: float | None = None
    head: float = 0.0
    foot: float = 0.0
    continued: Piece | None = None

    @property
    def first(self) -> bool:
        return self.top == 0

    @property
    def last(self) -> bool:
        return self.end >= self.piece.height


class _Cut(NamedTuple):
    """A height where a piece may be divided, what that costs, and the heights that are added below it and above it."""

    top: float
    cost: float
    head: float = 0.0
    foot: float = 0.0


@dataclass
class _Flow:
    """Segments as they are gathered for a page of some width and height."""

    width: float
    height: float
    out: list[Segment] = field(default_factory=list)
    tied: bool = False  # to what comes next
    need: float | None = None
    headed: bool = False  # what comes next, and has to stay with that
    begun: bool = False  # with a heading, and a line or two

    def add(self, piece: Piece, cuts: Sequence[_Cut] = (), cost: float = 0.0) -> None:
        """Adds a piece, which may be divided at `cuts`."""
        tops = [_Cut(0.0, NEVER if self.tied else cost + (_BEGUN if self.begun else 0.0)), *cuts]
        ends = [cut.top for cut in tops[1:]] + [piece.height]
        for cut, end in zip(tops, ends, strict=True):
            self.out.append(Segment(piece, cut.top, end, cut.cost, None, cut.head, cut.foot))
        if self.need is not None and not self.tied:
            first = self.out[-len(tops)]
            first.need, first.cost = self.need, first.cost + _WELCOME
        self.need = None
        words = piece.flowable
        if not (piece.space or piece.zero):
            self.begun = self.headed and isinstance(words, Words) and len(words.blPara.lines) < 3
            self.headed = isinstance(words, Words) and bool(words.style.keepWithNext)
        if not piece.space:  # what is tied is tied over a space, too
            self.tied = bool(words.getKeepWithNext())


def segments(flowables: Sequence[Flowable], width: float, height: float) -> list[Segment]:
    """The segments of flowables that stand one below the other in a column, on pages of some height."""
    flow = _Flow(width, height)
    _gather(flowables, flow)
    return flow.out


def _gather(flowables: Sequence[Flowable], flow: _Flow) -> None:
    for flowable in flowables:
        match flowable:
            case CondPageBreak():
                flow.need = max(flow.need or 0.0, flowable.height)
            case Together():
                _gather_group(flowable, flow)
                flow.tied = flow.tied or bool(flowable.getKeepWithNext())
            case Items():
                tied = bool(flowable.getKeepWithNext())
                _gather_items(flowable.split(0, 0), flow)
                flow.tied = tied
            case _:
                for part in _parts(flowable, flow):
                    flow.add(part, list(_cuts(part, flow.height)))


def _gather_group(group: Together, flow: _Flow) -> None:
    start = len(flow.out)
    _gather(group._content, flow)
    own = flow.out[start:]
    if not own:
        return
    height = _height(own)
    if group.most is not None and height > group.most:
        return
    if group.continued is not None:
        continued = measured(group.continued, flow.width)
        blocks = [getattr(s.piece.flowable, "blocks", 0) if s.first else 0 for s in own]
        for number, segment in enumerate(own[1:], 1):
            fewest = min(sum(blocks[:number]), sum(blocks[number:]))
            # A panel that is divided has its own on both sides.
            segment.cost += _CONTINUED + (_FEW_BLOCKS[min(fewest, 2)] if segment.first else 0.0)
            segment.continued = segment.continued or continued
        return
    share = height / flow.height
    cost = next((cost for most, cost in (_SMALL, _MIDDLE, _LARGE) if share < most), _LARGEST)
    for segment in own[1:]:
        segment.cost += cost


def _gather_items(parts: Sequence[Flowable], flow: _Flow) -> None:
    """A list's items: the first, and the last, not apart from their neighbours."""
    for number, part in enumerate(parts):
        near = number == 1 or number == len(parts) - 1
        piece = measured(part, flow.width)
        cost = _AFTER_ITEM + (0.25 if near and len(parts) > 2 else 0.0)
        flow.add(piece, list(_cuts(piece, flow.height)), cost if number else 0.0)


def _height(own: Sequence[Segment]) -> float:
    return sum(s.end - s.top + (s.piece.before if s.first else 0) for s in own)


def measured(flowable: Flowable, width: float) -> Piece:
    """A flowable as a piece."""
    if isinstance(flowable, WritingLines) and flowable.fills:
        least = flowable.least * LINE_PITCH
        return Piece(flowable, width, least, least=least, most=least)
    wide, high = flowable.wrapOn(None, width, _ENDLESS)  # without a canvas, which ReportLab can do without
    piece = Piece(flowable, wide, high, flowable.getSpaceBefore(), flowable.getSpaceAfter())
    piece.zero = bool(getattr(flowable, "_ZEROSIZE", False))
    piece.space = isinstance(flowable, Spacer)
    piece.least, piece.most = _elastic(flowable, high, width)
    return piece


def _elastic(flowable: Flowable, height: float, width: float) -> tuple[float, float]:
    """The least and the largest height that a flowable can have."""
    if isinstance(flowable, Thumbnail):
        return height * _SMALLEST_SLIDE, height
    if isinstance(flowable, Grid) and flowable.slides:
        return height - (1 - _SMALLEST_OF_SEVERAL) * max(slide.height for slide in flowable.slides), height
    if isinstance(flowable, Figure):
        return height * _PICTURE[0], min(height * _PICTURE[1], height * width / flowable.width)
    if isinstance(flowable, ChartFigure):  # a pie has its words around it
        return height * (1.0 if flowable.item.chart.kind == "pie" else _CHART[0]), height * _CHART[1]
    return height, height


def _parts(flowable: Flowable, flow: _Flow) -> Iterator[Piece]:
    """A flowable, or the parts of a single row that is too tall to stand on one page with others."""
    piece = measured(flowable, flow.width)
    # Slides are not divided, but set smaller.
    while (
        isinstance(flowable, Grid)
        and not flowable.slides
        and len(flowable._rowHeights) == 1
        and piece.height > _TALL * flow.height
    ):
        divided = flowable.in_row(flow.width, _TALL * flow.height)
        if len(divided) < 2:
            break
        first, flowable = divided
        above = measured(first, flow.width)
        above.after = 0.0
        yield above
        piece = measured(flowable, flow.width)
        piece.before = 0.0
    yield piece


def _cuts(piece: Piece, room: float) -> Iterator[_Cut]:
    """Where a piece can be divided on pages of so much room."""
    flowable = piece.flowable
    inner = flowable._flowable if isinstance(flowable, DDIndenter) else flowable
    match inner:
        case Words() if not inner.getKeepWithNext():
            lines, leading = len(inner.blPara.lines), piece.height / max(1, len(inner.blPara.lines))
            for line in range(2, lines - 1):
                yield _Cut(line * leading, _WITHIN_WORDS)
        case WritingLines() if not inner.fills:
            for line in range(2, inner.count - 1):
                yield _Cut(line * LINE_PITCH, _WITHIN_LINES)
        case Grid():
            yield from _row_cuts(inner, piece.height / room)


def _row_cuts(grid: Grid, share: float) -> Iterator[_Cut]:
    """Between a table's rows: `share` is how much of a page it takes, and a small one is read at a glance."""
    heads = int(grid.repeatRows)
    whole = 0.0 if not heads else _SMALL[1] if share < _SMALL[0] else _MIDDLE[1] if share < _MIDDLE[0] else 0.0
    count = len(grid._rowHeights)
    repeated = sum(grid._rowHeights[:heads])
    top = 0.0
    for row, height in enumerate(grid._rowHeights):
        if row > heads and grid.parts_before(row):
            few = row - heads < 3 or count - row < 2
            if grid.blocks:
                few = min(top, grid._height - top) < _FEW_LINES
            above, below = grid.padding_at(row)
            yield _Cut(top, whole + _WITHIN_TABLE + (_FEW_ROWS if few else 0.0), repeated + below, above)
        top += height
