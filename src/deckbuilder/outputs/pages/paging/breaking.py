"""The best places to break pages: the cheapest way through a chapter's segments, by dynamic programming."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from deckbuilder.outputs.pages.flowables import WritingLines
from deckbuilder.outputs.pages.paging.pieces import NEVER, Segment

SQUEEZE = 0.3  # the share of spaces that a page can do without
_EMPTY = 6.0  # what an empty page costs beside being one; by the square of what is left of others
_LOW, _LOW_COST = 0.62, 1.5  # below this share a page looks forgotten
_ENDING, _PARTING = 0.12, 0.6  # of that, where a chapter ends, and where a part ends that another could follow
_TAIL, _TAIL_COST = 0.2, 1.6  # a chapter's last lines alone on a page
_STUB, _STUB_COST = 0.1, 0.5  # a part's last lines alone above the next part
_EARLY = 1.0  # a break within what there was room for
_TIGHT = 0.3  # what it costs to give up all that a page can give
_FUZZ = 0.01


def best_breaks(segments: Sequence[Segment], room: float) -> list[int]:
    """The segments that begin pages of so much room, the first included."""
    starts, cost = _cheapest(segments, room, [n for n, segment in enumerate(segments) if segment.cost < NEVER])
    if cost > NEVER:  # or one break where none is wanted would cost more than all of these
        starts, _ = _cheapest(segments, room, range(len(segments)))
    return starts


def _cheapest(segments: Sequence[Segment], room: float, places: Sequence[int]) -> tuple[list[int], float]:
    """The segments that begin pages, of those that may, and what it costs."""
    count = len(segments)
    may_end = {*places, count}
    costs = [0.0] + [float("inf")] * count
    origins = [0] * (count + 1)
    for start in sorted({0, *places}):
        for end, price in _pages(segments, start, room, may_end):
            if costs[start] + price < costs[end] - 1e-9:
                costs[end], origins[end] = costs[start] + price, start
    starts: list[int] = []
    place = count
    while place > 0:
        place = origins[place]
        starts.append(place)
    return starts[::-1], costs[count]


def _pages(segments: Sequence[Segment], start: int, room: float, may_end: Set[int]) -> Iterator[tuple[int, float]]:
    """Where a page that begins with a segment ends, of the places where one may, and what it costs, with the break at its
    end. What a page has room for whole is not divided on it."""
    waiting: list[tuple[int, float]] = []  # ends within something that may yet fit
    for end, price in _ends(segments, start, room, may_end):
        if end < len(segments) and segments[end].cost > 0:
            waiting.append((end, price))
            continue
        yield from ((early, price + _EARLY) for early, price in waiting)
        waiting = []
        yield end, price
    yield from waiting


def _ends(segments: Sequence[Segment], start: int, room: float, may_end: Set[int]) -> Iterator[tuple[int, float]]:
    """Where a page that begins with a segment can end, and what that costs by itself. Spaces count
    between what there is, not at the page's head and foot."""
    first = segments[start]
    height = first.head + (first.continued.height if first.continued else 0.0)
    pending = first.continued.after if first.continued else 0.0
    empty, fills, least = first.continued is None, False, height
    stub = 0.0
    for number in range(start, len(segments)):
        segment = segments[number]
        piece = segment.piece
        if segment.need is not None and not empty and height + pending + segment.need > room:
            return
        if segment.need is not None and not empty and height < _STUB * room:
            stub = _STUB_COST
        if piece.space:
            pending += 0.0 if empty else piece.height
        elif not piece.zero:
            gap = 0.0 if empty else max(pending, piece.before if segment.first else 0.0)
            high = segment.end - segment.top
            height += gap + high
            least += gap * (1 - SQUEEZE) + (piece.least if segment.first and segment.last else high)
            if least > room + _FUZZ and not empty:
                return
            pending = piece.after if segment.last else 0.0
            fills = fills or (isinstance(piece.flowable, WritingLines) and piece.flowable.fills)
            empty = False
        if number + 1 in may_end:
            foot = segments[number + 1].foot if number + 1 < len(segments) else 0.0
            if least + foot <= room + _FUZZ or number == start:
                yield number + 1, stub + _price(segments, number + 1, height + foot, least + foot, room, fills)
        if least > room + _FUZZ:  # one that fits no page: ReportLab divides it, or tells that it cannot
            return


def _price(segments: Sequence[Segment], end: int, height: float, least: float, room: float, fills: bool) -> float:
    last = end == len(segments)
    price = 1.0 if last else 1.0 + segments[end].cost
    if fills or least > room:
        return price
    if height > room:
        return price + _TIGHT * (height - room) / max(1.0, height - least)
    fill = height / room
    empty = _EMPTY * (1 - fill) ** 2
    if last or segments[end].need is not None:
        return price + (_ENDING if last else _PARTING) * empty + (_TAIL_COST if fill < _TAIL else 0.0)
    return price + empty + (_LOW_COST if fill < _LOW else 0.0)
