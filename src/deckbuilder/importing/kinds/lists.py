"""Slides of lists: points, steps, a timeline, one of several stages."""

from __future__ import annotations

import re
from typing import Any

from deckbuilder.importing.kinds.shared import (
    broken,
    cut,
    is_attribution,
    is_body,
    one_picture,
    points_of,
    split_list,
    words_in,
)
from deckbuilder.importing.old import Line
from deckbuilder.importing.page import Guess, Page
from deckbuilder.importing.terms import DATE, SOURCE, STEPS, TIMELINE

_BETWEEN = re.compile(r"\s*(?:[:–—]|\s-\s)\s*")


def points(page: Page) -> Guess | None:
    """A list, with a lead-in before it, and whose list it is after it."""
    if not page.wordy or not page.title:
        return None
    found = split_list(page.lines)
    if found is None:
        return None
    before, items, after = found
    if words_in(before) > 90:
        return None
    source = [piece for line in after for piece in broken(line)]
    if source and not (is_attribution(source) or is_body(source) or SOURCE.match(source[0].words)):
        return None
    fields: dict[str, Any] = {}
    if before:
        fields["text"] = page.body(*before)
    outer = min(line.level for line in items)
    first = [line for line in items if line.level == outer]
    numbered = all(line.marker in ("number", "letter") for line in first)
    fields["points"] = points_of(page, items)
    if numbered:
        fields["numbered"] = True
    if source:
        fields["source"] = page.heads(*source)
    sure = 0.75 if before or source else 0.8
    return Guess("points", fields, sure, "a numbered list" if numbered else "a list", images=one_picture(page))


def steps(page: Page) -> Guess | None:
    """A numbered list of a process: its title says so."""
    lines = page.lines
    if not page.title or not page.wordy or page.images or not 2 <= len(lines) <= 20:
        return None
    if any(line.marker != "number" or line.level for line in lines) or not STEPS.search(page.heading):
        return None
    out = []
    for line in lines:
        name, text = _named(line)
        out.append({"name": page.inline(name), "text": page.inline(text)} if text else page.inline(name))
    return Guess("steps", {"steps": out}, 0.85, "a numbered list whose title speaks of steps")


def _named(line: Line) -> tuple[Line, Line | None]:
    """A line's bold beginning, or what it has before a colon, and the rest; None where it is of one piece."""
    end = 0
    for run in line.runs:
        if not run.bold:
            break
        end += len(run.text)
    found = _BETWEEN.match(line.plain, end) if end else re.search(r":\s+", line.plain)
    if end and end < len(line.plain.rstrip()):
        return cut(line, 0, end), cut(line, found.end() if found else end, len(line.plain))
    if not end and found and len(line.plain[: found.start()].split()) <= 5:
        return cut(line, 0, found.start()), cut(line, found.end(), len(line.plain))
    return line, None


def timeline(page: Page) -> Guess | None:
    """Lines that each begin with a date, a year or a time."""
    if not page.title or not page.wordy or page.images:
        return None
    lines = [line for line in page.lines if line.words]
    if not 2 <= len(lines) <= 60 or any(line.level for line in lines):
        return None
    events = []
    for line in lines:
        found = DATE.match(line.plain)
        rest = _BETWEEN.match(line.plain, found.end()) if found else None
        if found is None or (rest is None and not line.plain[found.end() : found.end() + 1].isspace()):
            return None
        start = rest.end() if rest else found.end()
        text = cut(line, start, len(line.plain))
        if not text.words:
            return None
        events.append({"when": page.inline(cut(line, 0, found.end())), "text": page.inline(text)})
    sure = 0.9 if TIMELINE.search(page.heading) else 0.82
    return Guess("timeline", {"events": events}, sure, "each line begins with a date")


def stage(page: Page) -> Guess | None:
    """One of a row of slides of the same title that each say one stage's name above its text."""
    if not page.names or not page.title or not page.wordy:
        return None
    head, rest = page.lines[0], page.lines[1:]
    if any(line.marker for line in rest) or not rest:
        return None
    fields = {"stages": list(page.names), "current": head.words, "text": page.body(*rest)}
    return Guess(
        "stages",
        fields,
        0.9,
        f"one of {len(page.names)} slides of one title, with a name above its text",
        images=one_picture(page),
    )
