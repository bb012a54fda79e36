"""Kinds of slide that show data, pictures and sequences, or put texts beside each other."""

from __future__ import annotations

import re
from collections.abc import Callable

from deckbuilder.importing.kinds.showing import table_fields
from deckbuilder.importing.old import Graph
from deckbuilder.importing.ours.shared import Fields, column, each, link, text
from deckbuilder.importing.ours.told import Told
from deckbuilder.importing.page import Page
from deckbuilder.languages import Language, spoken

_MARKED = re.compile(r"\bname (\d+) marked")


def _stages(t: Told, page: Page) -> Fields:
    stages = each(t, page, "stages", ("name", "text"))
    if not t.has("text"):
        return {"stages": stages}
    marked = _MARKED.search(t.layout)
    names = [stage["name"] for stage in stages]
    current = names[int(marked[1]) - 1] if marked and int(marked[1]) <= len(names) else None
    current = current or next((name for name in names if name in page.heading), names[0])
    return {"stages": names, "current": current, **text(t, page)}


def _steps(t: Told, page: Page) -> Fields:
    return {"steps": each(t, page, "steps", ("name", "text"))}


def _timeline(t: Told, page: Page) -> Fields:
    return {"events": each(t, page, "events", ("when", "text"))}


def _columns(t: Told, page: Page) -> Fields:
    return {"columns": [column(t, page, f"columns[{n}]") for n in range(2)]}


def _comparison(t: Told, page: Page) -> Fields:
    return {"sides": [column(t, page, f"sides[{n}]") for n in range(2)]}


def _matrix(t: Told, page: Page) -> Fields:
    out: Fields = {}
    for name in ("across", "down"):
        ends = [t.lines(f"{name}[{n}]") for n in range(2)]
        if all(ends):
            out[name] = [page.inline(*lines) for lines in ends]
    return out | {"quadrants": [column(t, page, f"quadrants[{n}]") for n in range(4)]}


def _table(t: Told, page: Page) -> Fields:
    whole = t.table()
    if whole is None:
        return {}
    out: Fields = table_fields(page, whole) or {}
    for name in ("text", "source"):
        if lines := t.once(name):
            out[name] = page.inline(*lines)
    return out


def _chart(t: Told, page: Page) -> Fields:
    out = text(t, page)
    if lines := t.once("source"):
        out["source"] = page.inline(*lines)
    return out


def chart_settings(graph: Graph, page: Page) -> Fields:
    """Which chart it is, and the alternative text that its author gave it."""
    out: Fields = {"chart": graph.kind or "bar"}
    out |= {key: True for key in ("horizontal", "stacked") if getattr(graph, key)}
    kinds = [str((Language(tag).words or {}).get(f"chart_{graph.kind}", "")) for tag in spoken()]
    alt = next((graph.alt[: graph.alt.index(f"{k}.")].strip() for k in kinds if k and f"{k}." in graph.alt), "")
    return out | ({"alt": alt} if alt else {})


def _video(t: Told, page: Page) -> Fields:
    line = next((line for line in t.lines("video") if line.links), None)
    return ({"video": link(page, line)} if line else {}) | text(t, page)


def _picture(t: Told, page: Page) -> Fields:
    return {"full": True} if t.layout.startswith("Full-Bleed") else {}


def _number(t: Told, page: Page) -> Fields:
    numbers = []
    for n in range(t.count("numbers")):
        lines = t.lines(f"numbers[{n}].number")
        item: Fields = {"number": page.inline(*(line for line in lines if line.level == 0))}
        if unit := [line for line in lines if line.level]:
            item["unit"] = page.inline(*(line.plainly() for line in unit))
        if text := t.lines(f"numbers[{n}].text"):
            item["text"] = page.inline(*text)
        numbers.append(item)
    source = t.once("source")
    return {"numbers": numbers} | ({"source": page.inline(*source)} if source else {})


UNDO: dict[str, Callable[[Told, Page], Fields]] = {
    "stages": _stages,
    "steps": _steps,
    "timeline": _timeline,
    "columns": _columns,
    "comparison": _comparison,
    "matrix": _matrix,
    "table": _table,
    "chart": _chart,
    "video": _video,
    "picture": _picture,
    "number": _number,
}
"""By kind, what takes its fields out of what its placeholders say."""
