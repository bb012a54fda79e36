"""Slides that show: a picture, several, a table, a chart, a film."""

from __future__ import annotations

from typing import Any

from deckbuilder.importing.kinds.shared import listed
from deckbuilder.importing.markup import plainer
from deckbuilder.importing.old import Graph, Grid, Left, Line
from deckbuilder.importing.page import Guess, Page

_COLUMNS, _SERIES, _CATEGORIES = 12, 6, 100  # as many as tables and charts here have
_BLANK = "–"


def picture(page: Page) -> Guess | None:
    """A picture with no text but its own."""
    if not page.title or not page.wordy or page.lines or len(page.images) != 1:
        return None
    return Guess("picture", {}, 0.95, "a picture without other text", images={"picture": page.images[0]})


def grid(page: Page) -> Guess | None:
    """Several pictures with no text but theirs."""
    several = 2 <= len(page.images) <= 24
    if not page.title or page.lines or page.grids or page.graphs or page.media or page.drawn or not several:
        return None
    return Guess("grid", {}, 0.93, f"{len(page.images)} pictures", images={"pictures": page.images})


def table(page: Page) -> Guess | None:
    """A table, with a line before it at most."""
    if len(page.grids) != 1 or page.images or page.graphs or page.media or page.drawn or not page.title:
        return None
    fields = table_fields(page, page.grids[0])
    if fields is None or len(page.lines) > 2 or listed(page.lines):
        return None
    heads = page.grids[0].rows[0]
    if all(line.bold for cell in heads for line in cell):  # which headings are by themselves
        plain = [_cell(page, tuple(map(plainer, cell))) for cell in heads]
        fields["header"] = [*(cell or _BLANK for cell in plain), *fields["header"][len(plain) :]]
    if page.lines:
        fields["text"] = page.inline(*page.lines)
    guessed = "" if page.grids[0].headed else "; its first row is taken for headings"
    return Guess(
        "table", fields, 0.95 if not guessed else 0.8, f"a table{guessed}", left=_alt(page.grids[0].alt, "table")
    )


def _alt(words: str, what: str) -> tuple[Left, ...]:
    return (Left(f"the alternative text of a {what}, which makes its own", words),) if words else ()


def table_fields(page: Page, grid: Grid) -> dict[str, Any] | None:
    """A table's fields; None for one that has no like here."""
    rows = [[_cell(page, cell) for cell in row] for row in grid.rows]
    width = max(map(len, rows), default=0)
    if len(rows) < 2 or not 1 <= width <= _COLUMNS or len(rows) > 2000:
        return None
    rows = [[*row, *([""] * (width - len(row)))] for row in rows]
    return {"header": [cell or _BLANK for cell in rows[0]], "rows": rows[1:]}


def _cell(page: Page, lines: tuple[Line, ...]) -> str:
    return page.inline(*lines)


def chart(page: Page) -> Guess | None:
    """A chart that has its like here, with text beside it at most."""
    if len(page.graphs) != 1 or page.images or page.grids or page.media or page.drawn or not page.title:
        return None
    found = chart_fields(page, page.graphs[0])
    if found is None:
        return None
    lines = list(page.lines)
    fields, graph, left = found
    if lines:
        fields["text"] = page.body(*lines)
    why = f"a {graph.kind} chart" + (
        "" if graph.name.lower().startswith(graph.kind or "") else f" (it was a {graph.name})"
    )
    return Guess("chart", fields, 0.95, why, left=left, graph=graph)


def chart_fields(page: Page, graph: Graph) -> tuple[dict[str, Any], Graph, tuple[Left, ...]] | None:
    """The fields of a chart but for its data, those, and what of its words is left out; None where it has no like here."""
    names = [name for name, _ in graph.series]
    values = [v for _, series in graph.series for v in series if v is not None]
    if (
        graph.kind is None
        or not values
        or not 1 <= len(names) <= _SERIES
        or not 1 <= len(graph.categories) <= _CATEGORIES
    ):
        return None
    kind, stacked, horizontal = graph.kind, graph.stacked, graph.horizontal
    if kind == "pie" and (len(names) > 1 or min(values) < 0 or sum(values) <= 0):
        kind = "bar"
    fields: dict[str, Any] = {"chart": kind}
    if kind == "bar" and stacked:
        fields["stacked"] = True
    if kind == "bar" and horizontal:
        fields["horizontal"] = True
    if graph.alt:
        fields["alt"] = graph.alt
    left: tuple[Left, ...] = ()
    if graph.title and graph.title.casefold() != page.heading.casefold():
        if "source" not in fields and "alt" not in fields:
            fields["alt"] = graph.title
        elif graph.title not in graph.alt:
            left = (Left("the title within a chart", graph.title),)
    elif graph.title:
        left = (Left("the title within a chart, which is the slide's", graph.title),)
    return fields, graph, left


def video(page: Page) -> Guess | None:
    """A film that lies on the web."""
    if len(page.media) != 1 or not page.media[0].address or page.images or page.grids or page.graphs or not page.title:
        return None
    media = page.media[0]
    words = page.inline(page.title[0])
    fields: dict[str, Any] = {"video": {"text": words, "url": media.address}}
    if page.lines:
        fields["text"] = page.body(*page.lines)
    images = {"poster": media.poster} if media.poster else {}
    return Guess("video", fields, 0.9, "a film on the web", left=_alt(media.alt, "film"), images=images)
