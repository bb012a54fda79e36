"""Kinds of slide that are made of words."""

from __future__ import annotations

from collections.abc import Callable

from deckbuilder.importing.kinds.shared import cut, points_of
from deckbuilder.importing.ours.shared import Fields, attribution, divided, links, text, upright
from deckbuilder.importing.ours.told import Told
from deckbuilder.importing.page import Page
from deckbuilder.languages import Language


def _points(t: Told, page: Page) -> Fields:
    text, items, source = divided(t.lines("points"), t.has("text"), t.has("source"))
    out: Fields = {"text": page.body(*text)} if text else {}
    out["points"] = points_of(page, items)
    if items and all(line.marker == "number" for line in items if line.level == 0):
        out["numbered"] = True
    if source:
        out["source"] = page.inline(*(upright(line) for line in source))
    return out


def _quote(t: Told, page: Page) -> Fields:
    lines = [line for line in t.lines("quote") if line.level or line.plain]
    said = [line for line in lines if line.level == 0]
    marks = Language(page.language).quotes
    if said:
        first, last = said[0].plain.lstrip(), said[-1].plain.rstrip()
        start = len(marks[0]) if first.startswith(marks[0]) else 0
        said[0] = cut(said[0], start, len(said[0].plain))
        if last.endswith(marks[1]):
            said[-1] = cut(said[-1], 0, len(said[-1].plain.rstrip()) - len(marks[1]))
    out: Fields = {"quote": page.body(*said), **attribution(t, page, [line for line in lines if line.level])}
    if t.has("points"):
        out["points"] = points_of(page, t.lines("points"))
    return out


def _definition(t: Told, page: Page) -> Fields:
    lines = t.lines("text")
    out: Fields = {}
    if said := t.in_title("term"):
        out["term"] = page.inline(*said)
    elif t.has("term") and lines:
        out["term"] = page.inline(lines.pop(0))
    text = [line for line in lines if line.level == 0]
    return out | {"text": page.body(*text), **attribution(t, page, [line for line in lines if line.level])}


def _narrative(t: Told, page: Page) -> Fields:
    called = page.heads(*t.called)
    begins = " ".join(line.words for line in t.lines("text")[:1]).casefold().startswith(called.casefold())
    return ({"headline": called} if called and not begins else {}) | text(t, page)


def _clipping(t: Told, page: Page) -> Fields:
    lines = t.lines("article")
    out: Fields = {"headline": page.inline(*(line for line in lines if line.level == 0))}
    if by := [line for line in lines if line.level == 1]:
        out["byline"] = page.inline(*by)
    out["article"] = page.body(*(line.plainly() for line in lines if line.level > 1))
    marks = Language(page.language).quotes
    dialogue = []
    for line in t.lines("dialogue"):
        end = sum(len(run.text) for run in line.runs[: next((n for n, r in enumerate(line.runs) if not r.bold), 1)])
        said = cut(line, end, len(line.plain))
        said = cut(
            said, said.plain.find(marks[0]) + len(marks[0]) if marks[0] in said.plain else 0, said.plain.rfind(marks[1])
        )
        dialogue.append({"speaker": page.heads(cut(line, 0, end)), "line": page.inline(said)})
    return out | ({"dialogue": dialogue} if dialogue else {})


def _principle(t: Told, page: Page) -> Fields:
    lines = t.lines("text")
    lead = [line for line in lines if line.level == 0] if t.has("lead_in") else []
    out: Fields = {"lead_in": page.inline(*lead)} if lead else {}
    return out | {"text": page.body(*(line.plainly() for line in lines if line not in lead))}


def _resource(t: Told, page: Page) -> Fields:
    lines = t.lines("text", "audience", "audience_points")
    said = t.in_title("name")
    if not lines and not said:
        return {}
    name, rest = (said[0], lines) if said else (lines[0], lines[1:])
    items = [line for line in rest if line.marker]
    rest = [line for line in rest if not line.marker]
    audience = rest.pop() if t.has("audience") and len(rest) > 1 else None
    out: Fields = {"name": page.inline(name), "text": page.body(*(line.plainly() for line in rest))}
    if audience is not None:
        out["audience"] = page.inline(audience)
    if items:
        out["audience_points"] = points_of(page, items)
    return out | links(t, page)


def _statement(t: Told, page: Page) -> Fields:
    return {"statement": page.inline(*t.lines("statement"))}


UNDO: dict[str, Callable[[Told, Page], Fields]] = {
    "points": _points,
    "quote": _quote,
    "definition": _definition,
    "narrative": _narrative,
    "clipping": _clipping,
    "principle": _principle,
    "resource": _resource,
    "statement": _statement,
}
"""By kind, what takes its fields out of what its placeholders say."""
