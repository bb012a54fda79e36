"""Charts on a PDF page, by ReportLab's own chart library, as near to the native chart as it gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from reportlab.graphics.charts.barcharts import HorizontalBarChart, VerticalBarChart
from reportlab.graphics.charts.legends import Legend
from reportlab.graphics.charts.linecharts import HorizontalLineChart
from reportlab.graphics.charts.piecharts import Pie
from reportlab.graphics.shapes import Drawing, Line, String
from reportlab.graphics.widgets.markers import makeMarker
from reportlab.lib.colors import Color as RLColor
from reportlab.lib.utils import simpleSplit

from deckbuilder.content.data import Chart
from deckbuilder.layout.charts import TITLE, axis_label, bar_gap, names_size, pie_places, value_axis
from deckbuilder.layout.frame import ChartItem
from deckbuilder.outputs.drawing.faces import use_family, words_width
from deckbuilder.outputs.drawing.render import Flipped, render
from deckbuilder.theme.color import Color, faint
from deckbuilder.theme.theme import Theme
from deckbuilder.units import Rect

_NAMES = 0.4  # the share of a chart that the names of its categories may take
_SMALLEST = 6.0  # points
_LINE = 1.2
PAPER_INK = Color("dk1")  # on white paper
_MARKERS = ("FilledCircle", "FilledSquare", "FilledTriangle", "FilledDiamond", "FilledStarFive", "FilledCross")
_DASHES = (None, (8, 4), (2, 4), (14, 5), (8, 4, 2, 4), (3, 3))


def _stretches(values: Sequence[float | None]) -> list[tuple[float | None, ...]]:
    """A series with gaps as several without, each with None before and after."""
    out: list[list[float | None]] = []
    for n, value in enumerate(values):
        if value is None:
            continue
        if not out or n == 0 or values[n - 1] is None:
            out.append([None] * len(values))
        out[-1][n] = value
    return [tuple(row) for row in out]


def draw_chart(canvas: Any, item: ChartItem, theme: Theme, rect: Rect) -> None:
    """Draws the chart into a box of the slide; the canvas's origin is the slide's lower left corner."""
    ink = item.placeholder.style.level(0).color
    drawing = chart_drawing(item.chart, theme, rect.width, rect.height, item.size, ink)
    canvas.saveState()
    canvas.translate(rect.x, theme.height - rect.bottom)
    render(drawing, canvas)
    canvas.restoreState()


def chart_drawing(
    chart: Chart, theme: Theme, width: float, height: float, size: float, ink: Color = PAPER_INK
) -> Drawing:
    """The chart as a drawing of that size, its text in `size` points and in `ink`."""
    return _Chart(chart, theme, width, height, size, ink).drawing()


class _Chart:
    def __init__(self, chart: Chart, theme: Theme, width: float, height: float, size: float, ink: Color) -> None:
        self.chart = chart
        self.ink = ink
        self.theme = theme
        self.width, self.height, self.size = width, height, size  # `height` is what the title leaves
        words = "".join([*chart.categories, *(name for name, _ in chart.series), chart.unit])
        self.font = use_family(theme.body, words, theme)

    def color(self, color: Color) -> RLColor:
        return RLColor(*self.theme.palette.rgb(color))

    def drawing(self) -> Drawing:
        drawing = (Flipped if self.theme.right_to_left else Drawing)(self.width, self.height)
        if len(self.chart.series) == 1:
            self._title(drawing, self.chart.series[0][0])
        if self.chart.kind == "pie":
            self._pie(drawing)
        else:
            self._axes_chart(drawing)
        return drawing

    def _title(self, drawing: Drawing, words: str) -> None:
        """What the only series counts, where a legend would say it."""
        font = use_family(self.theme.body, words, self.theme, bold=True)
        ink, size = self.color(self.ink), self.size
        at = self.width / 2, self.height - size
        drawing.add(String(*at, words, fontName=font, fontSize=size, fillColor=ink, textAnchor="middle"))
        self.height -= size * TITLE

    def _pie(self, drawing: Drawing) -> None:
        chart = self.chart
        values = [v or 0.0 for v in chart.series[0][1]]
        full = drawing.height
        place, beside = pie_places(chart, self.theme, self.width, full, self.size)
        turn = "clockwise"
        if self.theme.right_to_left:  # in the mirror it goes round as clocks do, and stands where it should
            turn = "anticlockwise"
            place, beside = (replace(box, x=self.width - box.right) for box in (place, beside))
        pie = Pie()
        pie.x, pie.y, pie.width, pie.height = place.x, full - place.bottom, place.width, place.height
        pie.data = values
        pie.labels = [chart.written(v) for v in values] if chart.labels else None
        pie.simpleLabels = 0  # labels that stand outside by their nearest edge, not their middle
        pie.startAngle, pie.direction = 90, turn
        pie.slices.fontName, pie.slices.fontSize = self.font, self.size
        pie.slices.fontColor = self.color(self.ink)
        pie.slices.strokeColor, pie.slices.strokeWidth = self.color(Color("lt1")), 1.5
        pie.slices.labelRadius = 1.06
        for n in range(len(values)):
            pie.slices[n].fillColor = self.color(self.theme.series_color(n))
        drawing.add(pie)
        self._legend(drawing, chart.categories, beside.x, full - beside.y - self.size * 0.25, across=False)

    def _axes_chart(self, drawing: Drawing) -> None:
        chart, size = self.chart, self.size
        line = chart.kind == "line"
        plot: Any = HorizontalLineChart() if line else HorizontalBarChart() if chart.horizontal else VerticalBarChart()
        legend = size * 2 if len(chart.series) > 1 else 0.0
        named = self._names_width(chart.categories)
        count = len(chart.categories)
        valued = 0.0 if chart.labels else self._names_width([axis_label(chart, v) for v in self._values()]) + 8
        widest = self.width * _NAMES if chart.horizontal else (self.width - valued - 8) / count - 4
        highest = (self.height - legend - size * 2) / count if chart.horizontal else self.height * _NAMES
        most = size if chart.horizontal else names_size(chart, self.theme, self.width - valued - 8, size)
        named_size, lines = self._names_fit(chart.categories, widest, highest, most)
        left, foot = (
            (min(named, widest) + 12, 4.0) if chart.horizontal else (valued + 4, named_size * _LINE * lines + 8)
        )
        if chart.horizontal and not chart.labels:
            foot = size * 1.8
        right = self._names_width([chart.written(v) for v in self._values()]) + 8 if chart.horizontal else 4.0
        plot.x, plot.y = left, foot + legend
        plot.width, plot.height = self.width - left - right, self.height - foot - legend - size * 1.6
        data = [tuple(values) for _, values in chart.series]
        # ReportLab begins with the lowest of the bars that lie below one another.
        self.order = range(len(data))[:: -1 if chart.horizontal and not chart.stacked else 1]
        self.stretches = [(n, part) for n, row in enumerate(data) for part in _stretches(row)]
        plot.data = [part for _, part in self.stretches] if line else [data[n] for n in self.order]
        category, value = plot.categoryAxis, plot.valueAxis
        category.categoryNames = list(chart.categories)
        category.strokeColor = self.color(self.ink)
        category.visibleTicks = value.visibleTicks = 0
        for labels in (category.labels, value.labels):
            labels.fontName, labels.fontSize, labels.fillColor = self.font, size, self.color(self.ink)
        category.labels.fontSize, category.labels.leading = named_size, named_size * _LINE
        value.visible = 0 if chart.labels else 1
        value.visibleAxis = 0
        value.visibleGrid = 0 if chart.labels else 1
        value.gridStrokeColor, value.gridStrokeWidth = self.color(faint(self.ink)), 0.75
        value.labelTextFormat = partial(axis_label, chart)
        value.valueMin, value.valueMax, value.valueStep = value_axis(chart)
        if chart.horizontal:
            category.reverseDirection = 1
            category.labels.boxAnchor, category.labels.dx = "e", -6
            category.labels.maxWidth = widest
        else:
            category.labels.boxAnchor, category.labels.dy = "n", -4
            category.labels.maxWidth = widest
        if line:
            self._lines(plot)
        else:
            self._bars(plot)
        drawing.add(plot)
        if line and chart.labels:
            self._line_labels(drawing, plot)
        if legend:
            self._legend_below(drawing)

    def _legend_below(self, drawing: Drawing) -> None:
        """The names of the series, in the middle of the chart's foot."""
        names, size = [name for name, _ in self.chart.series], self.size
        start = max(0.0, (self.width - sum(self._names_width([n]) + size * 2.5 for n in names)) / 2)
        if self.chart.kind == "line":
            self._line_legend(drawing, names, start, size * 0.7)
        else:
            self._legend(drawing, names, start, size * 1.1, across=True)

    def _lines(self, plot: Any) -> None:
        plot.joinedLines = 1
        for place, (n, _) in enumerate(self.stretches):
            ink = self.color(self.theme.series_color(n))
            look = plot.lines[place]
            look.strokeColor, look.strokeWidth, look.strokeDashArray = ink, 3, _DASHES[n % len(_DASHES)]
            look.symbol = makeMarker(_MARKERS[n % len(_MARKERS)])
            look.symbol.size, look.symbol.fillColor, look.symbol.strokeColor = 10, ink, ink

    def _line_legend(self, drawing: Drawing, names: Sequence[str], x: float, y: float) -> None:
        """Each series' name after a piece of its line, with its marker and its dashes."""
        size = self.size
        for n, name in enumerate(names):
            ink = self.color(self.theme.series_color(n))
            middle = y + size * 0.35
            piece = Line(x, middle, x + size * 1.6, middle)
            piece.strokeColor, piece.strokeWidth, piece.strokeDashArray = ink, 3, _DASHES[n % len(_DASHES)]
            marker = makeMarker(_MARKERS[n % len(_MARKERS)])
            marker.x, marker.y, marker.size = x + size * 0.8, middle, 10
            marker.fillColor = marker.strokeColor = ink
            words = String(x + size * 2, y, name, fontName=self.font, fontSize=size, fillColor=self.color(self.ink))
            for part in (piece, marker, words):
                drawing.add(part)
            x += self._names_width([name]) + size * 2.5

    def _line_labels(self, drawing: Drawing, plot: Any) -> None:
        """Values above their markers. ReportLab's own labels are one place off after a gap."""
        axis, step = plot.valueAxis, plot.width / len(self.chart.categories)
        for _, values in self.chart.series:
            for n, value in enumerate(values):
                if value is not None:
                    share = (value - axis.valueMin) / (axis.valueMax - axis.valueMin)
                    x, y = plot.x + step * (n + 0.5), plot.y + plot.height * share + self.size * 0.6
                    words = self.chart.written(value)
                    drawing.add(
                        String(
                            x,
                            y,
                            words,
                            fontName=self.font,
                            fontSize=self.size,
                            fillColor=self.color(self.ink),
                            textAnchor="middle",
                        )
                    )

    def _bars(self, plot: Any) -> None:
        chart = self.chart
        plot.categoryAxis.style = "stacked" if chart.stacked else "parallel"
        along = plot.height if chart.horizontal else plot.width
        plot.groupSpacing, plot.barSpacing, plot.barWidth = 10 * bar_gap(chart, along), 0.5, 10
        plot.useAbsolute = 0
        for place, n in enumerate(self.order):
            plot.bars[place].fillColor = self.color(self.theme.series_color(n))
            plot.bars[place].strokeColor = None
        if chart.labels:
            plot.barLabelFormat = self._label
            plot.barLabels.fontName, plot.barLabels.fontSize = self.font, self.size
            plot.barLabels.fillColor = self.color(self.ink)
            if chart.stacked:
                self._label_colors(plot)
            if chart.stacked:
                plot.barLabels.boxTarget, plot.barLabels.boxAnchor = "mid", "c"
            elif chart.horizontal:
                plot.barLabels.boxAnchor, plot.barLabels.dx = "w", 4
            else:
                plot.barLabels.boxAnchor, plot.barLabels.dy = "s", 3

    def _label_colors(self, plot: Any) -> None:
        for n in range(len(self.chart.series)):
            for row in range(len(self.chart.categories)):
                plot.barLabels[(n, row)].fillColor = self.color(self.theme.on_series(n))

    def _label(self, value: float | None) -> str:
        return "" if value is None else self.chart.written(value)

    def _legend(self, drawing: Drawing, names: Any, x: float, y: float, across: bool) -> None:
        legend = Legend()
        legend.x, legend.y = x, y
        legend.fontName, legend.fontSize = self.font, self.size
        legend.fillColor = self.color(self.ink)
        legend.strokeColor = None
        legend.dx = legend.dy = self.size * 0.8
        legend.dxTextSpace = self.size * 0.4
        legend.deltay = self.size * 1.5
        legend.deltax = self.size * 1.2
        legend.autoXPadding = self.size
        legend.variColumn = 1
        legend.columnMaximum = 1 if across else len(names)
        legend.alignment = "right"
        legend.colorNamePairs = [(self.color(self.theme.series_color(n)), name) for n, name in enumerate(names)]
        drawing.add(legend)

    def _values(self) -> list[float]:
        return [v for _, values in self.chart.series for v in values if v is not None]

    def _names_fit(self, names: Sequence[str], width: float, height: float, most: float) -> tuple[float, int]:
        """The size, `most` at most, at which every name, broken into lines of that width, is no higher than `height`, and how
        many lines the longest then has; the smallest size where none does."""
        size, lines = most, 1
        while True:
            lines = max(len(simpleSplit(name, self.font, size, max(width, size))) for name in names)
            widest = max(
                words_width(word, self.theme.body, size, self.theme) for name in names for word in name.split()
            )
            if size <= _SMALLEST or (lines * size * _LINE <= height and widest <= width):
                return size, lines
            size = max(_SMALLEST, size * 0.95)

    def _names_width(self, names: Any) -> float:
        return max((words_width(name, self.theme.body, self.size, self.theme) for name in names), default=0.0)
