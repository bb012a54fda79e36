"""What several kinds of slide have in common: lists with what is around them, attributions, names with their texts, places
beside each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from deckbuilder.importing.kinds.shared import cut, points_of
from deckbuilder.importing.old import Line
from deckbuilder.importing.ours.told import Told
from deckbuilder.importing.page import Page
from deckbuilder.languages import Language, spoken

Fields = dict[str, Any]
"""Fields of a slide, as deck.yaml has them."""


def divided(lines: Sequence[Line], has_text: bool, has_source: bool) -> tuple[list[Line], list[Line], list[Line]]:
    """Lines before a list, its items, and the line after it."""
    rest = list(lines)
    after = [rest.pop()] if has_source and rest and not rest[-1].marker else []
    first = next((n for n, line in enumerate(rest) if line.marker), len(rest)) if has_text else 0
    return rest[:first], rest[first:], after


def upright(line: Line) -> Line:
    """The line, no longer in italics as a whole, as slides set sources."""
    return replace(line, runs=tuple(replace(run, italic=False) for run in line.runs)) if line.italic else line


def attribution(t: Told, page: Page, lines: Sequence[Line]) -> Fields:
    """Author, role and source, of a line each, as far as the slide has them."""
    out: Fields = {}
    rest = list(lines)
    for name in ("author", "role", "source"):
        if said := t.in_title(name):
            out[name] = page.inline(*said)
        elif t.has(name) and rest:
            out[name] = page.inline(rest.pop(0))
    return out


def text(t: Told, page: Page) -> Fields:
    """The field `text`, of all its placeholders; nothing without one."""
    lines = t.lines("text")
    return {"text": page.body(*lines)} if lines else {}


def named(line: Line) -> tuple[Line, Line | None]:
    """A name in bold and what is said of it, two blanks apart; the whole line where nothing is bold."""
    end = 0
    for run in line.runs:
        if not run.bold:
            break
        end += len(run.text)
    end = end or len(line.plain)
    rest = cut(line, end, len(line.plain))
    name = cut(line, 0, end)
    return replace(name, runs=tuple(replace(run, bold=False) for run in name.runs)), rest if rest.plain else None


def each(t: Told, page: Page, field: str, names: tuple[str, str]) -> list[Any]:
    """Items with a name and a text, in placeholders of their own or as a list."""
    out: list[Any] = []
    first, second = names
    if count := t.count(field):
        for n in range(count):
            said = {first: t.once(f"{field}[{n}].{first}"), second: t.lines(f"{field}[{n}].{second}")}
            item = {key: page.inline(*lines) for key, lines in said.items() if lines}
            if first in item:
                out.append(item)
        return out
    for line in t.lines(field):
        name, text = named(line.plainly())
        out.append({first: page.inline(name)} | ({second: page.inline(text)} if text else {}))
    return out


def links(t: Told, page: Page) -> Fields:
    """The field `links`, each with its words and where it leads; nothing without one."""
    found = [link(page, line) for line in t.once("links") if line.links]
    return {"links": found} if found else {}


def link(page: Page, line: Line) -> dict[str, str]:
    """The words of a line, and where they lead."""
    return {
        "text": page.inline(replace(line, runs=tuple(replace(run, link=None) for run in line.runs))),
        "url": line.links[0],
    }


def column(t: Told, page: Page, name: str) -> Fields:
    """Heading, text and points of one of several places beside each other, by the field's name."""
    lines = t.lines(f"{name}.text", f"{name}.points") or t.lines(f"{name}.heading")
    out: Fields = {}
    own = {f"{name}.heading", f"{name}.text", f"{name}.points"}
    together = any(
        len(own & set(h.fields)) > 1 and f"{name}.heading" in h.fields for _, mark in t.frames for h in mark.holders
    )
    if t.has(f"{name}.heading"):
        head = lines.pop(0) if together else None
        out["heading"] = page.heads(head) if head is not None else page.inline(*t.once(f"{name}.heading"))
    text, items, _ = divided(lines, t.has(f"{name}.text"), False)
    if text:
        out["text"] = page.body(*text)
    if items:
        out["points"] = points_of(page, items)
    return out


def grouping_said(words: str) -> str | None:
    """Who talks to whom, in the words that slides have for it."""
    for tag in spoken():
        for name in ("alone", "pairs", "small groups", "everyone"):
            if str((Language(tag).words or {}).get(name, "")).casefold() == words.casefold():
                return name
    return None


def number_in(words: str) -> int | float | None:
    """The number in words, as languages write it; None without one."""
    found = re.search(r"\d+(?:[.,]\d+)?", words)
    value = float(found[0].replace(",", ".")) if found else None
    return int(value) if value is not None and value == int(value) else value
