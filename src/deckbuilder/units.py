"""Lengths and rectangles.

Everything is measured in points (1/72 inch), as fonts and PDF are; only the PowerPoint
writer turns points into EMU (English Metric Units, 12,700 a point, ECMA-376 part 1,
20.1.2.1), at its very edge. Slides and frames have y growing downwards from the top left.
"""

from __future__ import annotations

from deckbuilder.frozen import dataclass

EMU_PER_POINT = 12_700
MM = 72 / 25.4
INCH = 72.0


def emu(points: float) -> int:
    """Points as whole EMU, rounded."""
    return round(points * EMU_PER_POINT)


@dataclass(frozen=True, slots=True)
class Insets:
    """Space kept free inside a box, in points."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0


@dataclass(frozen=True, slots=True)
class Rect:
    """A box in points: left, top, width and height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def inset(self, insets: Insets) -> Rect:
        """What is left of the box inside the insets; never narrower or lower than nothing."""
        return Rect(
            self.x + insets.left,
            self.y + insets.top,
            max(0.0, self.width - insets.left - insets.right),
            max(0.0, self.height - insets.top - insets.bottom),
        )

    def holds(self, other: Rect) -> bool:
        """Whether the other box lies in it, give or take a point."""
        return (
            self.x <= other.x + 1
            and self.y <= other.y + 1
            and self.right >= other.right - 1
            and self.bottom >= other.bottom - 1
        )

    def with_bottom(self, bottom: float) -> Rect:
        """The same box, its lower edge moved."""
        return Rect(self.x, self.y, self.width, max(0.0, bottom - self.y))
