"""What no other rule takes: running text, and anything at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deckbuilder.importing.files import number_text
from deckbuilder.importing.kinds.shared import one_picture, points_of, split_list
from deckbuilder.importing.kinds.showing import chart_fields, table_fields
from deckbuilder.importing.old import Graph, Grid, Image, Left, Line
from deckbuilder.importing.page import Guess, Page
from deckbuilder.languages import Language


def narrative(page: Page) -> Guess | None:
    """Running text, with a picture at most."""
    if not page.title or not page.wordy or not page.lines or all(line.marker for line in page.lines):
        return None
    return Guess("narrative", {"text": page.body(*page.lines)}, 0.71, "running text", images=one_picture(page))


def everything(page: Page) -> Guess:
    """All that is on a page, over as many slides as it takes: its text, then what it shows."""
    found: list[Guess] = []
    images = list(page.images)
    media = [m for m in page.media if m.poster]
    images += [m.poster for m in media if m.poster]
    left: list[Left] = []
    lines = list(page.lines)
    for graph in page.graphs:
        found.append(_graph(page, graph))
    for grid in page.grids:
        made = _grid(page, grid)
        if made is None:
            lines += [line for row in grid.rows for cell in row for line in cell]
        else:
            found.append(made)
    alone = images.pop(0) if len(images) == 1 or (images and lines and len(images) != 2) else None
    if len(images) == 1:
        found.insert(0, Guess("picture", {}, 0.5, "a picture", images={"picture": images[0]}))
    elif images:
        for start in range(0, len(images), 24):
            some = tuple(images[start : start + 24])
            kind = "grid" if len(some) > 1 else "picture"
            shown: dict[str, Image | tuple[Image, ...]] = {"pictures": some} if len(some) > 1 else {"picture": some[0]}
            found.insert(0, Guess(kind, {}, 0.5, "pictures", images=shown))
    if lines:
        found.insert(0, _text(page, lines, alone))
    elif alone is not None:
        found.insert(0, Guess("picture", {}, 0.5, "a picture", images={"picture": alone}))
    left += [
        *(Left(f"the alternative text of a {one.kind}", one.alt) for one in page.media if one.alt),
        *(Left(f"the alternative text of {one.name}", one.alt) for one in page.drawn if one.alt),
    ]
    if not found:
        return Guess("section", {}, 0.3, "a title with nothing else", left=tuple(left))
    first, *more = found
    sure, why = 0.4, "no other kind takes all of it" if more or not page.wordy else "nothing tells what else it may be"
    if not more and len(page.blocks) == 1 and page.graphs:
        sure, why = first.sure, first.why
    return Guess(
        first.kind, first.fields, sure, why, first.deck, (*first.left, *left), first.images, first.graph, tuple(more)
    )


def _text(page: Page, lines: Sequence[Line], image: Image | None) -> Guess:
    images: dict[str, Image | tuple[Image, ...]] = {"picture": image} if image is not None else {}
    found = split_list(lines)
    if found and not found[2]:
        fields: dict[str, Any] = {"text": page.body(*found[0])} if found[0] else {}
        fields["points"] = points_of(page, found[1])
        return Guess("points", fields, 0.5, "a list", images=images)
    return Guess("narrative", {"text": page.body(*lines)}, 0.5, "text", images=images)


def _graph(page: Page, graph: Graph) -> Guess:
    """A chart, or its data as a table."""
    made = chart_fields(page, graph)
    if made is not None:
        fields, graph, left = made
        return Guess("chart", fields, 0.7, "a chart", left=left, graph=graph)
    left = tuple(
        Left(f"the {what} of a chart", words)
        for what, words in (("title", graph.title), ("alternative text", graph.alt))
        if words
    )
    comma = Language(page.language).numbers.decimal == ","
    values = [
        [name or str(n), *(number_text(v, comma) or "–" for v in vs)] for n, (name, vs) in enumerate(graph.series, 1)
    ]
    if not values or not graph.categories:
        return Guess("section", {}, 0.3, "a chart without data", left=left)
    rows = [[label or "–", *(column[n + 1] for column in values)] for n, label in enumerate(graph.categories)]
    header = ["–", *(column[0] for column in values)]
    if len(header) > 12:
        rows = [[header[n], *(row[n] for row in rows)] for n in range(1, len(header))][:2000]
        header = ["–", *graph.categories][:12]
        rows = [row[:12] for row in rows]
    why = f"the data of a chart ({graph.name}) that has no like here"
    return Guess("table", {"header": header, "rows": rows}, 0.5, why, left=left)


def _grid(page: Page, grid: Grid) -> Guess | None:
    fields = table_fields(page, grid)
    if fields is not None:
        left = (Left("the alternative text of a table, which makes its own", grid.alt),) if grid.alt else ()
        return Guess("table", fields, 0.7, "a table", left=left)
    width = max((len(row) for row in grid.rows), default=0)
    if len(grid.rows) < 2 or width <= 12:
        return None
    parts = []
    for start in range(1, width, 11):
        cells = tuple((row[0], *row[start : start + 11]) for row in grid.rows if row)
        made = table_fields(page, Grid(cells, grid.headed))
        if made is None:
            return None
        parts.append(Guess("table", made, 0.6, "a part of a wide table"))
    first, *more = parts
    return Guess("table", first.fields, 0.6, "a wide table in parts", more=tuple(more))
