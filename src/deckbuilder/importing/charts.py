"""A chart's part as data."""

from __future__ import annotations

import math
from typing import Any, Literal

from deckbuilder.importing.old import Graph

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MOST = 100_000  # points of a series: what a file may claim to have
_KINDS: dict[str, Literal["bar", "line", "pie"]] = {
    "barChart": "bar",
    "bar3DChart": "bar",
    "lineChart": "line",
    "line3DChart": "line",
    "areaChart": "line",
    "area3DChart": "line",
    "pieChart": "pie",
    "pie3DChart": "pie",
    "doughnutChart": "pie",
    "ofPieChart": "pie",
    "radarChart": "line",
}


def graph_of(root: Any, alt: str) -> Graph:
    """The chart that a chart part's root is."""
    area = root.find(f"{_C}chart/{_C}plotArea")
    plots = [e for e in (area if area is not None else ()) if isinstance(e.tag, str) and e.tag.endswith("Chart")]
    names = [plot.tag.removeprefix(_C) for plot in plots]
    kinds = {_KINDS.get(name) for name in names}
    kind = kinds.pop() if len(kinds) == 1 else "bar" if kinds <= {"bar", "line"} and kinds else None
    series = [_series(entry) for plot in plots for entry in plot.iterfind(f"{_C}ser")]
    categories = max((labels for _, labels, _, _ in series), key=len, default=())
    count = max([len(categories), *(len(values) for _, _, values, _ in series)], default=0)
    categories = (*categories, *(str(n) for n in range(len(categories) + 1, count + 1)))
    first = plots[0] if plots else None
    grouping = _value(first, "grouping") if first is not None else ""
    title = root.find(f"{_C}chart/{_C}title")
    return Graph(
        kind,
        names[0] if names else "chart",
        categories,
        tuple((name, (*values, *(None for _ in range(count - len(values))))) for name, _, values, _ in series),
        "".join(t.text or "" for t in title.iter(f"{_A}t")) if title is not None else "",
        kind == "bar" and first is not None and _value(first, "barDir") == "bar",
        kind == "bar" and grouping in ("stacked", "percentStacked"),
        alt,
        _format(root, [form for _, _, _, form in series]),
    )


def _format(root: Any, of_series: list[str]) -> str:
    """The format of a chart's numbers: its values', else what labels and axes give them."""
    shown = [entry.get("formatCode", "") for entry in root.iter(f"{_C}numFmt")]
    return next((form for form in (*of_series, *shown) if '"' in form or "%" in form), "")


def _series(entry: Any) -> tuple[str, tuple[str, ...], tuple[float | None, ...], str]:
    """A series: its name, what its values are for, the values, and the format of their numbers."""
    name = " ".join(e.text or "" for e in entry.iterfind(f"{_C}tx//{_C}v")).strip()
    labels = next((e for tag in ("cat", "xVal") if (e := entry.find(f"{_C}{tag}")) is not None), None)
    numbers = next((e for tag in ("val", "yVal") if (e := entry.find(f"{_C}{tag}")) is not None), None)
    values: list[float | None] = []
    for text in _points(numbers):
        try:
            value = float(text)
        except ValueError:
            values.append(None)
            continue
        values.append(value if math.isfinite(value) else None)
    form = numbers.findtext(f".//{_C}formatCode", "") if numbers is not None else ""
    return name, tuple(" ".join(text.split()) for text in _points(labels)), tuple(values), form or ""


def _points(holder: Any) -> list[str]:
    """The texts of a cache's points, in their places; of a cache with several levels the innermost one's, with those
    above before them."""
    if holder is None:
        return []
    levels = list(holder.iter(f"{_C}lvl"))
    if levels:
        rows = [_cached(level) for level in levels]
        count = max(map(len, rows))
        out = []
        for place in range(count):
            parts = [
                next((row[n] for n in range(min(place, len(row) - 1), -1, -1) if row[n]), "") for row in rows[:0:-1]
            ]
            own = rows[0][place] if place < len(rows[0]) else ""
            out.append(" ".join(part for part in (*parts, own) if part))
        return out
    cache = next((e for tag in ("strCache", "numCache", "strLit", "numLit") for e in holder.iter(f"{_C}{tag}")), None)
    return _cached(cache) if cache is not None else []


def _cached(cache: Any) -> list[str]:
    found = {}
    for point in cache.iterfind(f"{_C}pt"):
        place = point.get("idx", "0")
        if place.isdecimal() and int(place) < _MOST:
            found[int(place)] = point.findtext(f"{_C}v", "")
    return [found.get(n, "") for n in range(max(found, default=-1) + 1)]


def _value(holder: Any, name: str) -> str:
    found = holder.find(f"{_C}{name}")
    return str(found.get("val", "")) if found is not None else ""
