"""The order in which shapes are read: cut where the widest gap is, across or down, and again in each part."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuilder.importing.direction import across
from deckbuilder.importing.old import Shape
from deckbuilder.units import Rect

_OVERLAP = 2.0  # points by which boxes may overlap, and yet stand apart


def in_reading_order(shapes: Sequence[Shape], from_right: float | None = None) -> list[Shape]:
    """The shapes in the order in which people read them; those without a place keep theirs, at the end. `from_right` is the
    width in points of a slide that is read from right to left, None for others."""
    placed = [
        (n, s, s.rect if from_right is None else across(s.rect, from_right))
        for n, s in enumerate(shapes)
        if s.rect is not None
    ]
    rest = [s for s in shapes if s.rect is None]
    return [*(shape for _, shape, _ in _ordered(placed)), *rest]


_Placed = tuple[int, Shape, Rect]


def _ordered(shapes: list[_Placed]) -> list[_Placed]:
    if len(shapes) < 2:
        return shapes
    down = _widest([(r.y, r.bottom) for _, _, r in shapes])
    across = _widest([(r.x, r.right) for _, _, r in shapes])
    if down is None and across is None:
        return sorted(shapes, key=lambda s: (round(s[2].y / 12), s[2].x, s[0]))
    if across is None or (down is not None and down[0] >= across[0]):
        assert down is not None
        first = [s for s in shapes if s[2].bottom <= down[1] + _OVERLAP]
    else:
        first = [s for s in shapes if s[2].right <= across[1] + _OVERLAP]
    chosen = {s[0] for s in first}
    rest = [s for s in shapes if s[0] not in chosen]
    if not first or not rest:
        return sorted(shapes, key=lambda s: (round(s[2].y / 12), s[2].x, s[0]))
    return [*_ordered(first), *_ordered(rest)]


def _widest(spans: list[tuple[float, float]]) -> tuple[float, float] | None:
    """The widest gap between spans: its width, and where it begins; None where there is none."""
    best: tuple[float, float] | None = None
    end = None
    for start, stop in sorted(spans):
        if end is not None and start >= end - _OVERLAP:
            gap = start - end
            if best is None or gap > best[0]:
                best = (gap, end)
        end = stop if end is None else max(end, stop)
    return best
