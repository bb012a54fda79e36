"""What a corporate template draws behind a slide's content: its background and decorations, as plain paths
and pictures in points from the slide's top left."""

from __future__ import annotations

import math

from deckbuilder.content.pictures import PictureFile
from deckbuilder.frozen import dataclass
from deckbuilder.units import Rect

RGB = tuple[float, float, float]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Gradient:
    """Colours along a line: `stops` from 0 to 1, `angle` in degrees, clockwise from rightwards. With a `centre`,
    given in shares of the box, they go outwards from there to the farthest corner instead. `alphas` is how opaque each stop
    is, from 0 to 1, where that differs."""

    stops: tuple[tuple[float, RGB], ...]
    angle: float
    centre: Point | None = None
    alphas: tuple[float, ...] = ()

    @property
    def mean(self) -> RGB:
        red, green, blue = (sum(c[n] for _, c in self.stops) / len(self.stops) for n in range(3))
        return red, green, blue


@dataclass(frozen=True, slots=True)
class Shape:
    """Closed outlines, filled together (where they lie within one another, they cut holes), and their
    line, `width` points wide; None for no fill or line. `alpha` is how opaque it is, from 0 to 1. `grain` are the colours of a
    pattern, of which `fill` is the mean."""

    outlines: tuple[tuple[Point, ...], ...]
    fill: RGB | Gradient | None
    line: RGB | None = None
    width: float = 0.0
    alpha: float = 1.0
    closed: bool = True
    grain: tuple[RGB, ...] = ()

    @property
    def box(self) -> Rect:
        xs = [x for outline in self.outlines for x, _ in outline]
        ys = [y for outline in self.outlines for _, y in outline]
        return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


@dataclass(frozen=True, slots=True)
class Image:
    """A picture in a box, turned clockwise by `angle` degrees about its centre. `crop` is as in frames."""

    picture: PictureFile
    rect: Rect
    crop: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    angle: float = 0.0


Element = Shape | Image


@dataclass(frozen=True, slots=True)
class Scenery:
    """The elements from back to front, the first of which covers the slide; `untold` says in words what of
    the template cannot be drawn."""

    elements: tuple[Element, ...]
    untold: tuple[str, ...] = ()


def circle(box: Rect, centre: Point) -> tuple[Point, float]:
    """Where the centre of a round gradient lies over a box, and how far the farthest corner is."""
    x, y = box.x + centre[0] * box.width, box.y + centre[1] * box.height
    return (x, y), max(math.hypot(x - a, y - b) for a in (box.x, box.right) for b in (box.y, box.bottom))


def ends(box: Rect, angle: float) -> tuple[Point, Point]:
    """Where a gradient of that angle begins and ends over a box."""
    x, y = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    reach = (abs(x) * box.width + abs(y) * box.height) / 2
    cx, cy = box.x + box.width / 2, box.y + box.height / 2
    return (cx - x * reach, cy - y * reach), (cx + x * reach, cy + y * reach)
