"""The fields of each kind of slide, taken out of what its placeholders say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from deckbuilder.importing.kinds.shared import cut
from deckbuilder.importing.old import Graph, Image, Line
from deckbuilder.importing.ours import around, room, saying, showing
from deckbuilder.importing.ours.shared import Fields
from deckbuilder.importing.ours.told import Told
from deckbuilder.importing.page import Guess, Page
from deckbuilder.importing.pages import base_title

_UNDO: dict[str, Callable[[Told, Page], Fields]] = saying.UNDO | showing.UNDO | room.UNDO | around.UNDO


def guessed(t: Told, page: Page) -> Guess:
    """The slide that the placeholders were made of."""
    kind = t.kind
    fields: Fields = {}
    images: dict[str, Image | tuple[Image, ...]] = {}
    deck: Fields = {}
    graph: Graph | None = None
    undo = _UNDO.get(kind)
    if undo is not None:
        fields |= undo(t, page)
    for name in ("picture", "poster"):
        if t.has(name) and (image := t.image(name)) is not None:
            images[name] = image
    many = [image for n in range(t.count("pictures")) if (image := t.image(f"pictures[{n}]"))]
    if many:
        images["pictures"] = tuple(many)
    if kind == "chart" and (graph := t.graph()) is not None:
        fields |= showing.chart_settings(graph, page)
        graph = replace(graph, title="")
    if kind in ("cover", "objectives", "references"):
        deck = fields.pop("deck", {})
    if t.has("headline") and kind != "clipping":
        fields["headline"] = page.heads(*t.lines("headline"))
    if questions := _questions(t, page):
        fields["questions"] = questions
    why = "the file tells what it was made of"
    untitled = kind in ("cover", "agenda", "objectives", "section", "closing", "references", "credits", "break")
    if untitled and t.has("title"):
        fields = {"title": page.heads(*page.title), **fields}
    return Guess(kind, fields, 1.0, why, deck, (), images, graph, untitled=untitled)


def _questions(t: Told, page: Page) -> list[Fields]:
    out = []
    for n in range(t.count("questions")):
        name = f"questions[{n}].ask"
        shapes = t.shapes(name)
        if not shapes:
            continue
        shape, (_, mark) = shapes[0]
        holder = next(h for h in mark.holders if name in h.fields)
        asked = [f for f in holder.fields if f.endswith(".ask")]
        lines = (
            [line for line in shape.lines if line.level == 0]
            if len(asked) > 1 or "text" in holder.fields
            else list(shape.lines)
        )
        if shape.holder in ("title", "ctrTitle"):
            lines = [uncounted(line) for line in lines]
        place = asked.index(name)
        if place < len(lines):
            out.append({"ask": page.inline(*(lines if len(asked) == 1 else lines[place : place + 1]))})
    return out


def uncounted(line: Line) -> Line:
    """A title without the count that it has where several slides are called the same."""
    plain = line.plain.replace("\u00a0", " ")
    bare = base_title(plain)
    return cut(line, 0, len(bare)) if bare != plain and plain.startswith(bare) else line
