"""What attributes of an SVG say: numbers, lengths, colours, paths, transformations.

Each function raises NotPlain for what does not stand there as SVG 1.1 wants it, or goes beyond what every renderer takes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

LARGEST = 1e6  # user units, either way
_FLAT = 1e-4  # an area below which nothing can be drawn, nor a transformation taken back
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_NEXT = re.compile(rf"\s*,?\s*({_NUMBER})")
_LENGTH = re.compile(rf"\s*({_NUMBER})(?:px)?\s*")
_STEP = re.compile(r"([MmZzLlHhVvCcSsQqTtAa])([^MmZzLlHhVvCcSsQqTtAa]*)")
_TURN = re.compile(r"[\s,]*(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)")
_TURNS = 20  # of one element: drawing programs write one, or a few
_TURN_COUNTS = {"matrix": (6,), "translate": (1, 2), "scale": (1, 2), "rotate": (1, 3), "skewX": (1,), "skewY": (1,)}
_STEP_COUNTS = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}


class NotPlain(Exception):
    """A drawing holds more than every renderer draws alike."""


def color(text: str, gradients: bool = False) -> str:
    """A colour as #rrggbb, or "none"; with `gradients` also a reference to one."""
    from PIL import ImageColor

    text = text.strip().lower() if not text.startswith("url(") else text.strip()
    if text in ("none", "transparent"):
        return "none"
    if text.startswith("url("):
        if gradients and re.fullmatch(r"url\(#[\w.-]+\)", text):
            return text
        raise NotPlain
    if not re.fullmatch(r"#[0-9a-f]{3}|#[0-9a-f]{6}|[a-z]+|rgb\(\s*\d+\s*,\s*\d+\s*,\s*\d+\s*\)", text):
        raise NotPlain
    try:
        red, green, blue = (min(255, value) for value in ImageColor.getrgb(text)[:3])
    except ValueError as error:
        raise NotPlain from error
    return f"#{red:02x}{green:02x}{blue:02x}"


def path(data: str) -> str:
    """Path data with a blank between any two numbers; raises where a step has too few or too many."""
    if not data.strip() or data.strip() == "none":
        return ""
    out: list[str] = []
    position = 0
    for found in _STEP.finditer(data):
        if data[position : found.start()].strip():
            raise NotPlain
        position = found.end()
        letter, rest = found[1], found[2]
        count = _STEP_COUNTS[letter.lower()]
        if not out and letter not in "Mm":
            raise NotPlain
        values = list(_arcs(rest)) if letter in "Aa" else numbers(rest)
        if (count == 0) != (not values) or (count and len(values) % count):
            raise NotPlain
        if letter in "Aa" and any(not values[n] or not values[n + 1] for n in range(0, len(values), 7)):
            raise NotPlain  # an arc without a radius is a line
        out += [letter, *map(told, values)]
    if not out:
        raise NotPlain
    return " ".join(out)


_ARC = re.compile(
    rf"[\s,]*({_NUMBER})[\s,]*({_NUMBER})[\s,]*({_NUMBER})[\s,]*([01])[\s,]*([01])[\s,]*({_NUMBER})[\s,]*({_NUMBER})"
)


def _arcs(text: str) -> Iterator[float]:
    """The numbers of arcs, whose flags need no blank after them."""
    position = 0
    text = text.strip()
    while position < len(text):
        found = _ARC.match(text, position)
        if not found:
            raise NotPlain
        yield from (_finite(value) for value in found.groups())
        position = found.end()


def turned(element: Element) -> dict[str, str]:
    """The element's transformation, as an attribute."""
    text = element.get("transform", "").strip()
    if not text or text == "none":
        return {}
    out: list[str] = []
    position = 0
    while found := _TURN.match(text, position):
        name, values = found[1], numbers(found[2])
        if len(values) not in _TURN_COUNTS[name] or abs(_area(name, values)) < _FLAT or len(out) == _TURNS:
            raise NotPlain
        position = found.end()
        out.append(f"{name}({' '.join(map(told, values))})")
    if text[position:].strip():
        raise NotPlain
    return {"transform": " ".join(out)}


def _area(name: str, values: list[float]) -> float:
    """What a transformation makes of an area of 1."""
    match name:
        case "matrix":
            return values[0] * values[3] - values[1] * values[2]
        case "scale":
            return values[0] * values[-1]
        case "skewX" | "skewY":
            return abs(math.cos(math.radians(values[0])))  # flat at a right angle
        case _:
            return 1.0


def opacity(text: str) -> float:
    """An opacity from 0 to 1."""
    return min(1.0, max(0.0, share(text)))


def share(text: str) -> float:
    """A fraction, or a percentage as one."""
    text = text.strip()
    return length(text[:-1]) / 100 if text.endswith("%") else length(text)


def length(text: str) -> float:
    """A number of user units."""
    found = _LENGTH.fullmatch(text)
    if not found:
        raise NotPlain
    return _finite(found[1])


def numbers(text: str) -> list[float]:
    """A list of numbers."""
    out: list[float] = []
    text = text.strip()
    position = 0
    while position < len(text):
        found = _NEXT.match(text, position)
        if not found:
            raise NotPlain
        out.append(_finite(found[1]))
        position = found.end()
    return out


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number) or abs(number) > LARGEST:
        raise NotPlain
    return number


def told(number: float) -> str:
    """A number without an exponent, which not every reader knows."""
    return f"{number:.6f}".rstrip("0").rstrip(".") if number != int(number) else str(int(number))
