"""Where shapes lie: groups in groups, flips and rotations (ECMA-376 part 1, 20.1.7)."""

from __future__ import annotations

import math
from typing import Any

from deckbuilder.ooxml.outlines import Point
from deckbuilder.ooxml.presentation import place
from deckbuilder.ooxml.types import NS
from deckbuilder.units import EMU_PER_POINT, Rect


class Frame:
    """Where a group's inner coordinates lie on the slide."""

    def __init__(self, x: float = 0, y: float = 0, across: float = 1, down: float = 1) -> None:
        self.x, self.y, self.across, self.down = x, y, across, down

    def rect(self, rect: Rect) -> Rect:
        """A box of the group, on the slide."""
        return Rect(
            self.x + rect.x * self.across,
            self.y + rect.y * self.down,
            rect.width * self.across,
            rect.height * self.down,
        )

    def within(self, xfrm: Any) -> Frame:
        """The frame of a group in this one; `xfrm` is its `<a:xfrm>`, None where it has none."""
        outer = place(xfrm)
        child = [xfrm.find(f"a:{k}", NS) for k in ("chOff", "chExt")] if xfrm is not None else [None, None]
        if outer is None or child[0] is None or child[1] is None:
            return self
        x, y = (int(child[0].get(k, "0")) / EMU_PER_POINT for k in ("x", "y"))
        wide, high = (int(child[1].get(k, "0")) / EMU_PER_POINT for k in ("cx", "cy"))
        across, down = outer.width / wide if wide else 1.0, outer.height / high if high else 1.0
        whole = self.rect(outer)
        across, down = across * self.across, down * self.down
        return Frame(whole.x - x * across, whole.y - y * down, across, down)


def turn(shape: Any) -> float:
    """By how many degrees a shape is rotated, clockwise."""
    xfrm = shape.find("p:spPr/a:xfrm", NS)
    return int(xfrm.get("rot", "0")) / 60_000 if xfrm is not None else 0.0


def placed(point: Point, rect: Rect, xfrm: Any, angle: float) -> Point:
    """A point of a shape after its flips and its rotation."""
    x, y = point
    if xfrm is not None and xfrm.get("flipH") in ("1", "true"):
        x = 2 * rect.x + rect.width - x
    if xfrm is not None and xfrm.get("flipV") in ("1", "true"):
        y = 2 * rect.y + rect.height - y
    if not angle:
        return x, y
    cx, cy = rect.x + rect.width / 2, rect.y + rect.height / 2
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos
