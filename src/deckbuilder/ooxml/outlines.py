"""The outlines of shapes as polygons: freeforms, and the forms that templates use most."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from deckbuilder.ooxml.types import NS
from deckbuilder.units import EMU_PER_POINT, Rect

_STEPS = 10  # straight pieces for a curve: smooth at a thumbnail's size
Point = tuple[float, float]
_Outlines = tuple[tuple[Point, ...], ...]


def outlines(properties: Any, rect: Rect) -> tuple[_Outlines, bool, bool]:
    """A shape's outlines on the slide, before flips and rotation; whether they are closed; and whether they
    are its own, or a rectangle in their place."""
    free = properties.find("a:custGeom", NS)
    if free is not None:
        return _free(free, rect)
    preset = properties.find("a:prstGeom", NS)
    name = preset.get("prst", "rect") if preset is not None else "rect"
    if name in ("line", "straightConnector1"):
        return (((rect.x, rect.y), (rect.right, rect.bottom)),), False, True
    if name in ("ellipse", "flowChartConnector"):
        around = [2 * math.pi * n / (4 * _STEPS) for n in range(4 * _STEPS)]
        middle = (rect.x + rect.width / 2, rect.y + rect.height / 2)
        points = [(middle[0] + rect.width / 2 * math.cos(t), middle[1] + rect.height / 2 * math.sin(t)) for t in around]
        return (tuple(points),), True, True
    corners = _CORNERS.get(name)
    known = name in ("rect", "roundRect", "flowChartProcess", "round1Rect", "round2SameRect")
    corners = corners or ((0, 0), (1, 0), (1, 1), (0, 1))
    points = [(rect.x + x * rect.width, rect.y + y * rect.height) for x, y in corners]
    return (tuple(points),), True, known or name in _CORNERS


_CORNERS: Mapping[str, tuple[Point, ...]] = {
    "triangle": ((0.5, 0), (1, 1), (0, 1)),
    "rtTriangle": ((0, 0), (1, 1), (0, 1)),
    "diamond": ((0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)),
    "parallelogram": ((0.25, 0), (1, 0), (0.75, 1), (0, 1)),
    "trapezoid": ((0.25, 0), (0.75, 0), (1, 1), (0, 1)),
    "homePlate": ((0, 0), (0.75, 0), (1, 0.5), (0.75, 1), (0, 1)),
    "chevron": ((0, 0), (0.75, 0), (1, 0.5), (0.75, 1), (0, 1), (0.25, 0.5)),
    "hexagon": ((0.25, 0), (0.75, 0), (1, 0.5), (0.75, 1), (0.25, 1), (0, 0.5)),
}


def _free(free: Any, rect: Rect) -> tuple[_Outlines, bool, bool]:
    out: list[tuple[Point, ...]] = []
    closed = False
    for path in free.iterfind("a:pathLst/a:path", NS):
        wide, high = (float(path.get(k, "0")) for k in ("w", "h"))
        across = rect.width / wide if wide else 1 / EMU_PER_POINT
        down = rect.height / high if high else 1 / EMU_PER_POINT
        closed = closed or path.get("fill", "norm") != "none"
        for outline in _traced(path, _guides(free, rect)):
            out.append(tuple((rect.x + x * across, rect.y + y * down) for x, y in outline))
    return tuple(out), closed, bool(out)


def _traced(path: Any, guides: Mapping[str, float]) -> list[list[Point]]:
    """The outlines of a path, in its own units."""
    out: list[list[Point]] = [[]]
    for command in path:
        kind = command.tag.rpartition("}")[2] if isinstance(command.tag, str) else ""
        points = [(_number(p.get("x"), guides), _number(p.get("y"), guides)) for p in command.iterfind("a:pt", NS)]
        if kind == "moveTo":
            out.append(points)
        elif kind == "lnTo":
            out[-1] += points
        elif kind in ("cubicBezTo", "quadBezTo") and out[-1]:
            out[-1] += _curve([out[-1][-1], *points])
        elif kind == "arcTo" and out[-1]:
            wide, high, begin, sweep = (_number(command.get(k), guides) for k in ("wR", "hR", "stAng", "swAng"))
            out[-1] += _arc(out[-1][-1], wide, high, begin, sweep)
    return [outline for outline in out if len(outline) > 1]


def _curve(points: list[Point]) -> list[Point]:
    """A Bézier curve of any degree, without its first point."""
    out = []
    for step in range(1, _STEPS + 1):
        t, row = step / _STEPS, points
        while len(row) > 1:
            row = [((1 - t) * a[0] + t * b[0], (1 - t) * a[1] + t * b[1]) for a, b in pairwise(row)]
        out.append(row[0])
    return out


def _arc(start: Point, wide: float, high: float, begin: float, sweep: float) -> list[Point]:
    first = math.radians(begin / 60_000)
    middle = (start[0] - wide * math.cos(first), start[1] - high * math.sin(first))
    turns = [first + math.radians(sweep / 60_000) * n / (2 * _STEPS) for n in range(1, 2 * _STEPS + 1)]
    return [(middle[0] + wide * math.cos(t), middle[1] + high * math.sin(t)) for t in turns]


def _number(value: str | None, guides: Mapping[str, float]) -> float:
    try:
        return float(value or 0)
    except ValueError:
        return guides.get(str(value), 0.0)


def _guides(free: Any, rect: Rect) -> dict[str, float]:
    """The values of a freeform's formulas (ECMA-376 part 1, 20.1.9.11), in the path's units."""
    w, h = rect.width * EMU_PER_POINT, rect.height * EMU_PER_POINT
    known = {"w": w, "h": h, "l": 0.0, "t": 0.0, "r": w, "b": h, "hc": w / 2, "vc": h / 2, "wd2": w / 2, "hd2": h / 2}
    for guide in free.iterfind("a:gdLst/a:gd", NS):
        kind, *arguments = guide.get("fmla", "val 0").split()
        x, y, z = ([_number(a, known) for a in arguments] + [0.0] * 3)[:3]
        value = 0.0
        match kind:
            case "val":
                value = x
            case "*/":
                value = x * y / z if z else 0.0
            case "+-":
                value = x + y - z
            case "+/":
                value = (x + y) / z if z else 0.0
            case "?:":
                value = y if x > 0 else z
            case "abs":
                value = abs(x)
            case "sqrt":
                value = math.sqrt(max(0.0, x))
            case "max":
                value = max(x, y)
            case "min":
                value = min(x, y)
            case "pin":
                value = max(x, min(y, z))
        known[guide.get("name", "")] = value
    return known
