"""Formulas measured, and their outlines: what ziamath makes of MathML with the font that comes with it, STIX Two Math.

PowerPoint sets formulas in Cambria Math. What is measured here leaves room for that, so that what fits here fits there.
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from typing import Any, Literal
from xml.etree import ElementTree as ET

from deckbuilder.content.formulas import Formula
from deckbuilder.frozen import dataclass

HIGHER = 1.1
"""Cambria Math beside STIX Two Math: fractions and bounds, with some to spare."""
# Measured with Caladea, which is as wide as Cambria: upright letters are 1.7 % wider, italic ones narrower, a digit is 0.554 em
# wide against 0.495.
_WIDER, _DIGIT = 1.02, 0.06

Step = tuple[Literal["M", "L", "C", "Z"], tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class FormulaShape:
    """A formula's outlines at a size of one: `height` above and `depth` below the baseline, `width` from one neighbour to the
    next, `room` that with what PowerPoint may need, all in ems; y grows upwards."""

    width: float
    room: float
    height: float
    depth: float
    outlines: tuple[Step, ...]


@lru_cache(maxsize=4096)
def shape_of(formula: Formula) -> FormulaShape:
    """The formula's shape."""
    math = _renderer()
    tree = formula.tree
    _as_drawn(tree)
    node = math(tree, size=_SIZE).node
    drawn = ET.Element("svg")
    node.draw(0, 0, drawn)
    box = node.bbox
    width = max(node.xadvance(), box.xmax) / _SIZE
    return FormulaShape(
        width,
        width * _WIDER + _DIGIT * sum(letter.isdigit() for letter in "".join(tree.itertext())),
        max(box.ymax, 0.0) / _SIZE,
        max(-box.ymin, 0.0) / _SIZE,
        tuple(step for element in drawn.iter() for step in _steps(element)),
    )


_SIZE = 100.0  # what ziamath is asked for; it rounds to two decimals


@lru_cache(maxsize=1)
def _renderer() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of how it finds its font
        from ziamath.config import config
        from ziamath.zmath import Math
    config.svg2 = False  # paths in place, none by reference
    config.precision = 2
    return Math


def _as_drawn(tree: ET.Element) -> None:
    """Says in the tree what ziamath reads otherwise than it is meant."""
    for element in tree.iter():
        if element.tag in ("mover", "munder"):
            mark = element[1]
            if mark.tag == "mo" and mark.text in _ACCENTS:
                stretches = len("".join(element[0].itertext())) > 1
                mark.text = (_WIDE if stretches else _ACCENTS)[mark.text]
                mark.set("stretchy", str(stretches).lower())
        elif element.tag == "mtable":
            element.set("rowspacing", "0.5em")
        elif element.tag == "mi" and element.text in _NO_LETTERS:
            element.tag = "mo"


_ACCENTS = {"^": "ˆ", "~": "˜"}
_WIDE = {"^": "\u0302", "~": "\u0303"}
_NO_LETTERS = frozenset("%&$#")
_NUMBER = re.compile(r"[MLQCZ]|-?\d+(?:\.\d+)?(?:e-?\d+)?")


def _steps(element: ET.Element) -> list[Step]:
    if element.tag == "rect":
        x, y, width, height = (float(element.get(key, "0")) / _SIZE for key in ("x", "y", "width", "height"))
        if element.get("fill") == "none":
            return []
        corners = ((x, -y), (x + width, -y), (x + width, -y - height), (x, -y - height))
        return [("M", corners[0]), *(("L", corner) for corner in corners[1:]), ("Z", ())]
    return _path(element.get("d", "")) if element.tag == "path" else []


def _path(data: str) -> list[Step]:
    """An SVG path of M, L, Q, C and Z, quadratic curves as the cubic ones that they are."""
    out: list[Step] = []
    tokens = _NUMBER.findall(data)
    here = (0.0, 0.0)
    place = 0
    while place < len(tokens):
        word = tokens[place]
        count = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}[word]
        values = [float(token) / _SIZE for token in tokens[place + 1 : place + 1 + count]]
        points = [-value if n % 2 else value for n, value in enumerate(values)]
        place += count + 1
        if word == "Q":
            (x0, y0), (x1, y1, x, y) = here, points
            points = [x0 + (x1 - x0) * 2 / 3, y0 + (y1 - y0) * 2 / 3, x + (x1 - x) * 2 / 3, y + (y1 - y) * 2 / 3, x, y]
            word = "C"
        out.append((word, tuple(points)))
        if points:
            here = (points[-2], points[-1])
    return out
