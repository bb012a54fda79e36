"""Where the parts of a chart stand, the same in PowerPoint's charts and in those on pages."""

from __future__ import annotations

import math
from dataclasses import replace

from deckbuilder.content.data import Chart
from deckbuilder.theme.theme import Theme
from deckbuilder.units import Rect

TITLE = 1.8
"""The height of the title that says what an only series counts, in sizes of the chart's text."""

_BAR = 96.0  # points; wider bars look like blocks
_OF_SLOT = 0.9  # of the room between two names: programs keep them apart
_SMALLEST = 0.75  # of a chart's size
_STEPS = 9  # at most, on the axis of values
_GAPS = 0.6, 5.0  # the narrowest and the widest gap between categories, in widths of a bar


def bar_gap(chart: Chart, length: float) -> float:
    """The gap between the bars of one category and the next, in widths of a bar, along an axis of
    `length` points."""
    bars = 1 if chart.stacked else len(chart.series)
    narrowest, widest = _GAPS
    return min(widest, max(narrowest, length / len(chart.categories) / _BAR - bars))


def value_axis(chart: Chart) -> tuple[float, float, float]:
    """The least and the largest value on the axis and the step between, as Office chooses them: from
    0, round steps, room for a twentieth beyond the values."""
    columns = [[v for v in column if v is not None] for column in zip(*(vs for _, vs in chart.series), strict=True)]
    if chart.stacked:
        columns = [[sum(v for v in c if v > 0), sum(v for v in c if v < 0)] for c in columns]
    values = [v for column in columns for v in column]
    low, high = min(0.0, *values), max(0.0, *values)
    span = (high - low) * 1.05 or 1.0
    power = 10.0 ** math.floor(math.log10(span / _STEPS))
    step = next(n * power for n in (1, 2, 5, 10) if span / (n * power) <= _STEPS)
    margin = (high - low) / 20
    least = math.floor((low - margin) / step) * step if low < 0 else 0.0
    most = math.ceil((high + margin) / step) * step if high > 0 else 0.0
    return least, most, step


def axis_label(chart: Chart, value: float) -> str:
    """A value as the axis shows it: with as many decimals as its steps need."""
    _, _, step = value_axis(chart)
    return chart.written(value, axis_decimals(step))


def axis_decimals(step: float) -> int:
    """How many decimals an axis with such steps needs."""
    return next((n for n in range(7) if abs(round(step, n) - step) < step / 1000), 7)


def words_width(words: str, theme: Theme, size: float) -> float:
    """How wide a chart's words are on one line, in points."""
    return sum(face.natural_width(part, size) for face, part in theme.fonts.pieces(words, theme.body))


def names_size(chart: Chart, theme: Theme, width: float, size: float) -> float:
    """The size of the names of a chart's categories that stand side by side along `width` points: as small, down to three
    quarters of the chart's own, as keeps short names, a number and its unit, on one line; the chart's own where nothing does."""
    slot = _OF_SLOT * width / len(chart.categories)
    parts = [part for name in chart.categories for part in ([name] if len(name.split()) < 3 else name.split())]
    widest = max(words_width(part, theme, size) for part in parts)
    if widest <= slot:
        return size
    smaller = math.floor(2 * size * slot / widest) / 2
    return smaller if smaller >= _SMALLEST * size else size


def pie_places(chart: Chart, theme: Theme, width: float, height: float, size: float) -> tuple[Rect, Rect]:
    """The boxes of a pie and of its legend right beside it, or left where the deck runs from right to left, the two in the
    middle of a chart of that width and height under its title, in points from the chart's top left. Where the pie gets
    larger by it, the legend is below it."""

    def wide(words: str) -> float:
        return sum(face.natural_width(part, size) for face, part in theme.fonts.pieces(words, theme.body))

    top = TITLE * size
    legend = min(width / 2, max(map(wide, chart.categories)) + 2.5 * size)
    values = [chart.written(v) for v in chart.series[0][1] if v is not None] if chart.labels else []
    beside = max(map(wide, values), default=0.0) + size
    side = max(40.0, min(height - top - 3 * size, width - legend - 2 * beside - size))
    rows = 1.5 * size * len(chart.categories)
    above = min(height - top - 3.5 * size - rows, width - 2 * beside)
    if above > side:
        # The values of its slices have a line above and below it.
        pie = Rect((width - above) / 2, top + 1.5 * size, above, above)
        return pie, Rect((width - legend) / 2, height - rows, legend, rows)
    left = (width - side - 2 * beside - legend) / 2 + beside
    middle = top + (height - top) / 2
    pie, names = Rect(left, middle - side / 2, side, side), Rect(left + side + beside, middle - rows / 2, legend, rows)
    if theme.right_to_left:
        pie, names = (replace(box, x=width - box.right) for box in (pie, names))
    return pie, names
