"""Tables: columns as wide as their contents need, rows over as many slides as it takes.

Widths follow CSS's automatic table layout (CSS 2.2, 17.5.2.2): each column gets what its widest word needs (where nothing else
helps, the widest part of a word that may be divided), and of the rest its share by what its longest line would like to have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from deckbuilder.content.text import Paragraph, Text
from deckbuilder.frozen import dataclass
from deckbuilder.layout.fit import size_steps
from deckbuilder.layout.frame import LaidText
from deckbuilder.layout.measure import measure_text, natural_width, widest_word
from deckbuilder.theme.styles import TextStyle
from deckbuilder.theme.theme import Placeholder, Theme
from deckbuilder.units import Insets

CELL = Insets(10, 6, 10, 6)
"""Space around a cell's text, in points; written into each cell."""

_DIGITS = r"(?:\d{1,3}(?:[.,'’\u00a0\u202f\u2009 ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
_MONEY = "[€$£¥]"
_NUMBER = re.compile(
    rf"(?:[-+−–±~≈<>≤≥]\s?)*(?:{_MONEY}\s?)?[-−–]?{_DIGITS}(?:[-–]{_DIGITS})?(?:\s?(?:%|‰|{_MONEY}|°C?|[^\W\d_]{{1,3}}))?"
    rf"|\((?:{_MONEY}\s?)?{_DIGITS}\s?%?\)|n/?a\.?|[-–—…]?",
    re.IGNORECASE,
)
"""A number as tables have it: with sign, unit or marks for thousands, a range, in brackets for less than nothing; or that there
is none."""


@dataclass(frozen=True)
class LaidTable:
    """A table as measured: the slides' rows, each slide beginning with the header row."""

    style: TextStyle
    widths: tuple[float, ...]
    numeric: tuple[bool, ...]
    slides: tuple[tuple[tuple[LaidText, ...], ...], ...]


class TooWide(Exception):
    """The widest words do not fit beside one another at the smallest size; `over` is by how much,
    in points."""

    def __init__(self, over: float) -> None:
        super().__init__(over)
        self.over = over


class TooHigh(Exception):
    """A row is higher than the place for the whole table; `row` counts from 1, 0 is the header."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


def fit_table(
    header: Sequence[Text], rows: Sequence[Sequence[Text]], holder: Placeholder, theme: Theme, divide: bool = False
) -> LaidTable:
    """The table in its placeholder at the largest size at which it takes the fewest slides; where `divide`, columns
    need be no wider than the parts of words that may be divided.

    Raises TooWide or TooHigh where it fits at no size.
    """
    bold = [_bold(cell) for cell in header]
    numeric = tuple(
        all(_NUMBER.fullmatch(row[n].plain.strip()) for row in rows)
        and any(char.isdigit() for row in rows for char in row[n].plain)
        for n in range(len(header))
    )
    failure: Exception | None = None
    best: LaidTable | None = None
    for scale in [1.0, *size_steps(holder.style)]:
        style = holder.style.scaled(scale)
        try:
            laid = _laid(bold, rows, numeric, style, holder, theme, divide)
        except (TooWide, TooHigh) as error:
            failure = error
            continue
        if best is None or len(laid.slides) < len(best.slides):
            best = laid
        if len(best.slides) == 1:
            break
    if best is None:
        assert failure is not None
        raise failure
    return best


def row_height(cells: Sequence[LaidText]) -> float:
    """A row's height in points, the space around its text included."""
    return max((cell.height for cell in cells), default=0.0) + CELL.top + CELL.bottom


def _laid(
    header: Sequence[Text],
    rows: Sequence[Sequence[Text]],
    numeric: tuple[bool, ...],
    style: TextStyle,
    holder: Placeholder,
    theme: Theme,
    divide: bool,
) -> LaidTable:
    widths = _widths([header, *rows], style, holder.rect.width, theme, divide)
    aligned = [replace(style, align="right") if right else style for right in numeric]
    pad = CELL.left + CELL.right

    def measured(row: Sequence[Text]) -> tuple[LaidText, ...]:
        return tuple(
            measure_text(cell.paragraphs or (Paragraph(()),), look, width - pad, theme)
            for cell, look, width in zip(row, aligned, widths, strict=True)
        )

    head, *body = (measured(row) for row in [header, *rows])
    room = holder.rect.height - row_height(head)
    heights = [row_height(row) for row in body]
    for number, height in enumerate([row_height(head), *heights]):
        if height > (room if number else holder.rect.height):
            raise TooHigh(number)
    slides = tuple((head, *(body[n] for n in group)) for group in _groups(heights, room))
    return LaidTable(style, tuple(widths), numeric, slides)


def _groups(heights: Sequence[float], room: float) -> list[list[int]]:
    """Row numbers by slide: as few slides as it takes, filled evenly."""
    fewest = len(_filled(heights, room))
    low, high = max(heights), room
    for _ in range(12):  # the lowest height that still takes as few slides
        middle = (low + high) / 2
        if len(_filled(heights, middle)) <= fewest:
            high = middle
        else:
            low = middle
    return _filled(heights, high)


def _filled(heights: Sequence[float], room: float) -> list[list[int]]:
    groups: list[list[int]] = [[]]
    filled = 0.0
    for number, height in enumerate(heights):
        if groups[-1] and filled + height > room + 1e-6:
            groups.append([])
            filled = 0.0
        groups[-1].append(number)
        filled += height
    return groups


def _widths(rows: Sequence[Sequence[Text]], style: TextStyle, width: float, theme: Theme, divide: bool) -> list[float]:
    pad = CELL.left + CELL.right
    least = [
        max(widest_word(row[n].paragraphs, style, theme, divide) for row in rows) + pad + 0.5
        for n in range(len(rows[0]))
    ]
    wanted = [
        max(natural_width(row[n].paragraphs, style, theme) for row in rows) + pad + 0.5 for n in range(len(least))
    ]
    if sum(least) > width:
        raise TooWide(sum(least) - width)
    spare = width - sum(wanted)
    if spare >= 0:
        return [w + spare * w / sum(wanted) for w in wanted]
    stretch = [w - m for w, m in zip(wanted, least, strict=True)]
    share = (width - sum(least)) / sum(stretch)
    return [m + s * share for m, s in zip(least, stretch, strict=True)]


def _bold(cell: Text) -> Text:
    return Text(tuple(replace(p, runs=tuple(replace(r, bold=True) for r in p.runs)) for p in cell.paragraphs), cell.at)
