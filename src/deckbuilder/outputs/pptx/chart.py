"""Charts: native, with an embedded workbook that PowerPoint edits. python-pptx makes their XML and gives it its looks;
of python-pptx this module, and only this one, uses what is public."""

from __future__ import annotations

import datetime as dt
import io
import locale
import re
from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.dml.color import ColorFormat, RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.opc.packuri import PackURI
from pptx.parts.chart import ChartPart
from pptx.util import Pt

from deckbuilder.content.data import Chart
from deckbuilder.layout.charts import (
    axis_decimals,
    axis_label,
    bar_gap,
    names_size,
    pie_places,
    value_axis,
    words_width,
)
from deckbuilder.layout.frame import ChartItem
from deckbuilder.ooxml.types import A, ContentType, R
from deckbuilder.ooxml.xml import parse
from deckbuilder.theme.color import Color, faint
from deckbuilder.theme.theme import PAPER, Theme

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_C = f"{{{_CHART}}}"
_CREATED = dt.datetime(1980, 1, 1)  # the workbook's; a clock would make equal decks differ
_MARKERS = (
    XL_MARKER_STYLE.CIRCLE,
    XL_MARKER_STYLE.SQUARE,
    XL_MARKER_STYLE.TRIANGLE,
    XL_MARKER_STYLE.DIAMOND,
    XL_MARKER_STYLE.X,
    XL_MARKER_STYLE.PLUS,
)
_DASHES = (
    MSO_LINE.SOLID,
    MSO_LINE.DASH,
    MSO_LINE.ROUND_DOT,
    MSO_LINE.LONG_DASH,
    MSO_LINE.DASH_DOT,
    MSO_LINE.SQUARE_DOT,
)
_SLOTS = {
    "dk1": MSO_THEME_COLOR.TEXT_1,
    "lt1": MSO_THEME_COLOR.BACKGROUND_1,
    "dk2": MSO_THEME_COLOR.TEXT_2,
    "lt2": MSO_THEME_COLOR.BACKGROUND_2,
}
_SLOTS |= {f"accent{n}": getattr(MSO_THEME_COLOR, f"ACCENT_{n}") for n in range(1, 7)}


def chart_xml(item: ChartItem, theme: Theme, language: str, workbook: str) -> Any:
    """The root of the chart's part. `workbook` is the id of the part's relationship to its workbook."""
    data = CategoryChartData(number_format="General")
    data.categories = item.chart.categories
    for name, values in item.chart.series:
        data.add_series(name, values)
    xml = ChartXmlWriter(_type(item.chart), data).xml
    # python-pptx writes negative axis ids, which the schema has no room for.
    xml = re.sub(r'(axId|crossAx) val="-', r'\1 val="', xml)
    no_package: Any = None  # the part is but a carrier: ours goes into a package of ours
    part = ChartPart.load(PackURI("/chart.xml"), ContentType.CHART, no_package, xml.encode("utf-8"))
    _dress(part.chart, item, theme, language)
    root = parse(part.blob)
    if item.chart.kind == "pie":
        _place_pie(root, item, theme)
    for properties in root.iter(f"{A}defRPr", f"{A}rPr"):
        properties.set("lang", language)
    if item.placeholder.style.rtl:
        _turn_round(root)
    for element in root.iter(f"{_C}delete"):  # what is true unless said is taken for false by some programs
        element.set("val", element.get("val", "1"))
    source = etree.SubElement(root, f"{_C}externalData", {f"{R}id": workbook})
    etree.SubElement(source, f"{_C}autoUpdate", val="0")
    return root


def _type(chart: Chart) -> XL_CHART_TYPE:
    if chart.kind == "pie":
        return XL_CHART_TYPE.PIE
    if chart.kind == "line":
        return XL_CHART_TYPE.LINE_MARKERS
    if chart.horizontal:
        return XL_CHART_TYPE.BAR_STACKED if chart.stacked else XL_CHART_TYPE.BAR_CLUSTERED
    return XL_CHART_TYPE.COLUMN_STACKED if chart.stacked else XL_CHART_TYPE.COLUMN_CLUSTERED


def number_format(chart: Chart, language: str, decimals: int, mixed: bool = False) -> str:
    """Excel's number format for so many decimals, or `mixed` ones, in a language, with the chart's unit.

    PowerPoint takes decimal marks from the system it runs on; others take them from the language that a format names."""
    code = next((code for code, name in locale.windows_locale.items() if name == language.replace("-", "_")), None)
    digits = f"[$-{code:X}]" if code else ""
    digits += "General" if mixed else "#,##0" + ("." + "0" * decimals if decimals else "")
    if not chart.unit:
        return digits
    space = "\u00a0" if chart.unit[:1].isalnum() else ""
    # A quotation mark stands in no quoted text of a format, but by itself after a backslash.
    return digits + "".join(r"\"" if part == '"' else f'"{part}"' for part in re.findall('"|[^"]+', space + chart.unit))


def _dress(shown: Any, item: ChartItem, theme: Theme, language: str) -> None:
    """Everything by the theme: fonts, sizes, colours, few lines."""
    chart = item.chart
    shown.font.size = Pt(item.size)
    ink = item.placeholder.style.level(0).color
    _colour(shown.font.color, ink)
    # A single series has no legend; its name says above what is counted.
    shown.has_title = len(chart.series) == 1
    if shown.has_title:
        shown.chart_title.include_in_layout = False
        shown.chart_title.text_frame.text = chart.series[0][0]
        heading = shown.chart_title.text_frame.paragraphs[0].runs[0].font
        heading.size, heading.bold = Pt(item.size), True
    shown.has_legend = len(chart.series) > 1 or chart.kind == "pie"
    if shown.has_legend:
        shown.legend.include_in_layout = False
        beside = XL_LEGEND_POSITION.LEFT if item.placeholder.style.rtl else XL_LEGEND_POSITION.RIGHT
        shown.legend.position = beside if chart.kind == "pie" else XL_LEGEND_POSITION.BOTTOM
        shown.legend.font.size = Pt(item.size)
    plot = shown.plots[0]
    if chart.labels:
        _label(plot, chart, item.size, language)
    if chart.kind == "bar":
        rect = item.placeholder.rect
        plot.gap_width = round(100 * bar_gap(chart, rect.height if chart.horizontal else rect.width))
        plot.overlap = 100 if chart.stacked else -5 if len(chart.series) > 1 else 0
    if chart.kind == "pie":
        _slices(shown, plot.series[0], len(chart.categories), theme)
        return
    _axes(shown, chart, item.size, ink, language, item.placeholder.style.rtl)
    if not chart.horizontal:
        shown.category_axis.tick_labels.font.size = Pt(names_size(chart, theme, _plot_width(item, theme), item.size))
    for n, series in enumerate(plot.series):
        ink = theme.series_color(n)
        if chart.kind == "line":
            series.smooth = False
            _colour(series.format.line.color, ink)
            series.format.line.width = Pt(3)
            series.format.line.dash_style = _DASHES[n % len(_DASHES)]
            series.marker.style, series.marker.size = _MARKERS[n % len(_MARKERS)], 9
            series.marker.format.fill.solid()
            _colour(series.marker.format.fill.fore_color, ink)
            _colour(series.marker.format.line.color, ink)
        else:
            series.invert_if_negative = False
            series.format.fill.solid()
            _colour(series.format.fill.fore_color, ink)
            if chart.stacked and chart.labels and (within := theme.on_series(n)) != PAPER:
                _say_values(series.data_labels, chart, item.size, language, within)


def _label(plot: Any, chart: Chart, size: float, language: str) -> None:
    """Values beside their marks."""
    plot.has_data_labels = True
    _say_values(plot.data_labels, chart, size, language, PAPER)


def _say_values(labels: Any, chart: Chart, size: float, language: str, within: Color) -> None:
    """Sets how values stand beside marks, or `within` bars in that colour."""
    labels.number_format = number_format(chart, language, chart.decimals, chart.mixed)
    labels.number_format_is_linked = False
    labels.show_value = True
    labels.font.size = Pt(size)
    if chart.kind == "pie" or (chart.kind == "bar" and not chart.stacked):
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
    elif chart.kind == "line":
        labels.position = XL_LABEL_POSITION.ABOVE
    if chart.stacked:
        _colour(labels.font.color, within)


def _slices(shown: Any, series: Any, count: int, theme: Theme) -> None:
    for n in range(count):
        look = series.points[n].format
        look.fill.solid()
        _colour(look.fill.fore_color, theme.series_color(n))
        _colour(look.line.color, Color("lt1"))
        look.line.width = Pt(1.5)


def _turn_round(root: Any) -> None:
    """Makes words of the chart run from right to left."""
    for paragraph in root.iter(f"{A}p"):
        properties = paragraph.find(f"{A}pPr")
        if properties is None:
            properties = parse(f'<a:pPr xmlns:a="{A[1:-1]}"/>')
            paragraph.insert(0, properties)
        properties.set("rtl", "1")


def _place_pie(root: Any, item: ChartItem, theme: Theme) -> None:
    """The legend beside the pie: left to itself it stands at the far end of the chart."""
    rect = item.placeholder.rect
    pie, legend = pie_places(item.chart, theme, rect.width, rect.height, item.size)
    for tag, box, inner in ((f"{_C}plotArea", pie, True), (f"{_C}legend", legend, False)):
        element = root.find(f"{_C}chart/{tag}")
        for old in element.findall(f"{_C}layout"):
            element.remove(old)
        shares = (box.x / rect.width, box.y / rect.height, box.width / rect.width, box.height / rect.height)
        sides = "".join(f'<c:{name} val="{value:.4f}"/>' for name, value in zip("xywh", shares, strict=True))
        target = '<c:layoutTarget val="inner"/>' if inner else ""
        layout = parse(
            f'<c:layout xmlns:c="{_CHART}"><c:manualLayout>{target}<c:xMode val="edge"/><c:yMode val="edge"/>{sides}'
            "</c:manualLayout></c:layout>"
        )
        position = element.find(f"{_C}legendPos")
        element.insert(0 if position is None else element.index(position) + 1, layout)


def _plot_width(item: ChartItem, theme: Theme) -> float:
    """About how wide the program sets the room for a chart's categories, in points."""
    chart = item.chart
    values = [] if chart.labels else [axis_label(chart, value) for value in value_axis(chart)[:2]]
    widest = max((words_width(words, theme, item.size) for words in values), default=0.0)
    return item.placeholder.rect.width - widest - 2 * item.size


def _axes(shown: Any, chart: Chart, size: float, ink: Color, language: str, rtl: bool) -> None:
    value, category = shown.value_axis, shown.category_axis
    value.has_major_gridlines = not chart.labels
    if not chart.labels:
        _colour(value.major_gridlines.format.line.color, faint(ink))
        value.major_gridlines.format.line.width = Pt(0.75)
    value.visible = not chart.labels
    value.major_tick_mark = category.major_tick_mark = XL_TICK_MARK.NONE
    ticks = value.tick_labels
    ticks.number_format = number_format(chart, language, axis_decimals(value_axis(chart)[2]))
    ticks.number_format_is_linked = False
    value.format.line.fill.background()
    _colour(category.format.line.color, ink)
    for axis in (value, category):
        axis.tick_labels.font.size = Pt(size)
    if chart.horizontal:
        category.reverse_order = True
        value.reverse_order = rtl
    elif rtl:  # the axis of values goes with the first category
        category.reverse_order = True
    values = [v for _, vs in chart.series for v in vs if v is not None]
    if chart.kind == "bar" and min(values) >= 0:
        value.minimum_scale = 0


def _colour(target: ColorFormat, color: Color) -> None:
    """Sets a theme colour with its shade; python-pptx's brightness says the same as lumMod and lumOff."""
    if color.rgb:
        target.rgb = RGBColor.from_string(color.rgb.lstrip("#"))
    else:
        target.theme_color = _SLOTS[color.slot]
    if color.lum_off:
        target.brightness = color.lum_off
    elif color.lum_mod != 1:
        target.brightness = color.lum_mod - 1


def chart_workbook(chart: Chart) -> bytes:
    """An .xlsx file with the categories in column A and a series in each further one, as the chart's
    formulas have them."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet()
    sheet.write_column(1, 0, chart.categories)
    for column, (name, values) in enumerate(chart.series, 1):
        sheet.write_string(0, column, name)
        for row, value in enumerate(values, 1):
            if value is not None:
                sheet.write_number(row, column, value)
    book.close()
    return out.getvalue()
