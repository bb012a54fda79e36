"""Where a paragraph's lines end, better than when each takes all that it holds: lines of titles about equally long, and no
short word alone on the last line. ReportLab is asked again with less room for the lines that are to be shorter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

_ROUNDS = 6  # of halving: lines as short as they can be, to a sixtieth of what they can give
_SHORT = 10  # letters: a word that has fewer does not stand alone
_LEFT = 3  # words of the line above it, which keeps two of them
_LESS = (
    0.35  # of the type's size: what a line gives up for a word, even of one letter, to go; squeezed spaces give a half
)

Breaking = Callable[[Sequence[float]], Any]
"""Breaks lines for the room that each of them has, in points, further ones as much as the last. None where that tears words."""


def evened(breaking: Breaking, rooms: Sequence[float], broken: Any) -> Any:
    """Lines as short as so many of them can be, of a paragraph `broken` in two lines or more."""
    count = len(broken.lines)
    low, high = 0.0, sum(map(_rest, broken.lines)) / count
    best, given = broken, 0.0
    for _ in range(_ROUNDS):
        less = (low + high) / 2
        tried = breaking([room - less for room in rooms])
        if tried is not None and len(tried.lines) == count:
            best, given, low = tried, less, less
        else:
            high = less
    for number in range(count if given else 0):
        _give_back(best.lines, number, given)
    return best


def accompanied(breaking: Breaking, rooms: Sequence[float], broken: Any, size: float) -> Any:
    """Lines the last of which is no single short word, of a paragraph `broken` in two lines or more, in type of that size."""
    count = len(broken.lines)
    last, above = _words(broken.lines[-1]), _words(broken.lines[-2])
    if len(last) != 1 or len(last[0]) >= _SHORT or len(above) < _LEFT:
        return broken
    widths = [rooms[min(n, len(rooms) - 1)] for n in range(count)]
    less = _rest(broken.lines[-2]) + _LESS * size
    tried = breaking([*widths[:-2], widths[-2] - less, widths[-1]])
    if tried is None or len(tried.lines) != count:
        return broken
    _give_back(tried.lines, count - 2, less)
    return tried


def _words(line: Any) -> list[str]:
    if isinstance(line, tuple):
        return list(line[1])
    return "".join(getattr(piece, "text", "") for piece in line.words).split(" ")


def _rest(line: Any) -> float:
    """The room that a line leaves, in points; less than nothing where its spaces are squeezed."""
    return float(line[0] if isinstance(line, tuple) else line.extraSpace)


def _give_back(lines: list[Any], number: int, room: float) -> None:
    """Tells a line of room that it has and was not told of: one that begins at the right asks for it."""
    line = lines[number]
    if isinstance(line, tuple):
        lines[number] = (line[0] + room, *line[1:])
    else:
        line.extraSpace += room
