"""Kinds of slide that begin, divide and end a deck."""

from __future__ import annotations

import re
from collections.abc import Callable

from deckbuilder.importing.kinds.shared import cut
from deckbuilder.importing.ours.shared import Fields, links, text
from deckbuilder.importing.ours.told import Told
from deckbuilder.importing.page import Page
from deckbuilder.languages import Language, spoken

_CITED = re.compile(r"^\s*\[\d+\]\s*")


def _cover(t: Told, page: Page) -> Fields:
    deck: Fields = {}
    if t.has("deck.title"):
        deck["title"] = page.heads(*page.title)
    out: Fields = {}
    if lines := t.lines("subtitle"):
        out["subtitle"] = page.inline(*lines)
    if lines := t.lines("deck.subtitle"):
        deck["subtitle"] = page.inline(*lines)
    about = t.lines("deck.authors", "deck.organisation", "session.date", "session.place")
    if t.has("deck.authors") and about:
        deck["authors"] = [page.heads(about.pop(0))]
    if t.has("deck.organisation") and about:
        deck["organisation"] = page.heads(about.pop(0))
    return out | {"deck": deck}


def _agenda(t: Told, page: Page) -> Fields:
    before = [line for line in t.lines("deck.sections") if not line.marker]
    return {"text": page.inline(*before)} if before else {}


def _objectives(t: Told, page: Page) -> Fields:
    lines = t.lines("deck.objectives")
    out: Fields = {"text": page.inline(*(line for line in lines if not line.marker))} if t.has("text") else {}
    return out | {"deck": {"objectives": [page.inline(line) for line in lines if line.marker]}}


def _section(t: Told, page: Page) -> Fields:
    lines = t.lines("text")
    return {"text": page.inline(*lines)} if lines else {}


def _references(t: Told, page: Page) -> Fields:
    entries = []
    as_of = [
        re.escape(str((Language(tag).words or {}).get("as_of", ""))).replace(r"\{date\}", "(.+)") for tag in spoken()
    ]
    for n, line in enumerate(t.lines("deck.references"), 1):
        begin = _CITED.match(line.plain)
        text = cut(line, begin.end() if begin else 0, len(line.plain))
        entry: Fields = {"id": f"source-{n}"}
        dated = next((m for p in as_of if p and (m := re.search(rf"\s*\({p}\)\s*$", text.plain))), None)
        text = cut(text, 0, dated.start()) if dated else text
        if text.links and text.plain.rstrip().endswith(text.links[0]):
            entry["url"] = text.links[0]
            text = cut(text, 0, len(text.plain.rstrip()) - len(text.links[0]))
        entry["text"] = page.inline(text)
        if dated:
            entry["as_of"] = dated[1]
        entries.append(entry)
    return {"sources": [entry["id"] for entry in entries], "deck": {"references": entries}}


def _closing(t: Told, page: Page) -> Fields:
    return text(t, page) | links(t, page)


UNDO: dict[str, Callable[[Told, Page], Fields]] = {
    "cover": _cover,
    "agenda": _agenda,
    "objectives": _objectives,
    "section": _section,
    "references": _references,
    "closing": _closing,
}
"""By kind, what takes its fields out of what its placeholders say."""
