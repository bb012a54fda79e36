"""What several rules ask of a page, and make of its lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from deckbuilder.content.text import Run
from deckbuilder.importing.old import Image, Line, Shape
from deckbuilder.importing.page import Page
from deckbuilder.importing.terms import ASKING, BODY_OF, DASH, SOURCE

_BEHIND = re.compile(r",(\s*(?:Jr|Sr|M\.?D|Ph\.?D|Dr|R\.?N|MSW|LCSW|MPH|II|III)\b\.?)(?=\s*(?:,|$))")


def listed(lines: Sequence[Line]) -> bool:
    """Whether there are lines, and all are items of a list."""
    return bool(lines) and all(line.marker for line in lines)


def words_in(lines: Sequence[Line]) -> int:
    """How many words the lines have."""
    return sum(len(line.words.split()) for line in lines)


def points_of(page: Page, lines: Sequence[Line]) -> list[Any]:
    """List items as points, with those under them."""
    top: list[dict[str, Any]] = []
    stack: list[tuple[int, list[dict[str, Any]]]] = [(-1, top)]
    for line in lines:
        while len(stack) > 1 and stack[-1][0] >= line.level:
            stack.pop()
        point: dict[str, Any] = {"text": page.inline(line), "points": []}
        stack[-1][1].append(point)
        stack.append((line.level, point["points"]))
    return [_short(point) for point in top]


def _short(point: dict[str, Any]) -> Any:
    under = [_short(one) for one in point["points"]]
    return {"text": point["text"], "points": under} if under else point["text"]


def one_picture(page: Page) -> dict[str, Image | tuple[Image, ...]]:
    """The page's picture, where it has just one, for the field that shows it."""
    return {"picture": page.images[0]} if len(page.images) == 1 else {}


def split_list(lines: Sequence[Line]) -> tuple[list[Line], list[Line], list[Line]] | None:
    """Lines before a list, the list, and lines after it; None where there is none, or text within it."""
    places = [n for n, line in enumerate(lines) if line.marker]
    if not places:
        return None
    start, end = places[0], places[-1] + 1
    if not listed(lines[start:end]):
        return None
    return list(lines[:start]), list(lines[start:end]), list(lines[end:])


def is_attribution(lines: Sequence[Line]) -> bool:
    """Whether these few lines look like whose words something is."""
    if not lines or len(lines) > 5 or any(line.marker for line in lines) or words_in(lines) > 30:
        return False
    first = lines[0].words
    if DASH.match(first) or SOURCE.match(first) or SOURCE.match(lines[-1].words):
        return True
    if first.endswith((*ASKING, ".", "!", ":", "…")) and not re.search(r"\b[A-Z]\.$|\b(?:Jr|Sr|Dr|Inc)\.$", first):
        return False
    return lines[0].italic or (lines[0].bold and is_body(lines)) or is_name(first) or is_body(lines)


def is_body(lines: Sequence[Line]) -> bool:
    """Whether the lines name an organisation."""
    return any(BODY_OF.search(line.words) for line in lines)


def is_name(words: str) -> bool:
    """Whether the words look like a person's name, with what the person is behind a comma."""
    head = words.split(",", maxsplit=1)[0].split(" (", maxsplit=1)[0]
    parts = head.split()
    names = [p for p in parts if p.lower() not in ("de", "van", "von", "der", "la", "el", "and", "&", "und", "y", "et")]
    return 2 <= len(parts) <= 5 and all(
        p[:1].isupper() and p.rstrip(".").replace("-", "").replace("'", "").isalpha() for p in names
    )


def attributed(page: Page, lines: Sequence[Line]) -> dict[str, str]:
    """Author, role and source, as the lines of an attribution tell them."""
    out: dict[str, str] = {}
    rest = list(lines)
    if rest and not _is_source(rest[0]):
        first = without_dash(rest.pop(0))
        head, comma, _ = _BEHIND.sub("\0\\1", first.plain).partition(",")
        head = head.replace("\0", ",")
        if comma and not first.links and len(head.split()) <= 5 and not rest:
            out["author"] = page.heads(cut(first, 0, len(head)))
            out["role"] = page.heads(cut(first, len(head) + 1, len(first.plain)))
        else:
            out["author"] = page.heads(first)
    sources = [line for line in rest if _is_source(line)]
    roles = [line for line in rest if not _is_source(line)]
    if roles:
        before = [out["role"]] if "role" in out else []
        out["role"] = " ".join([*before, page.heads(*roles)])
    if sources:
        out["source"] = page.heads(*sources)
    if "author" not in out and "source" not in out and "role" in out:
        out["source"] = out.pop("role")
    return out


def _is_source(line: Line) -> bool:
    return bool(SOURCE.match(line.words))


def without_dash(line: Line) -> Line:
    """The line without a dash, or a tilde, at its beginning."""
    found = DASH.match(line.plain)
    return cut(line, found.end(), len(line.plain)) if found else line


def cut(line: Line, start: int, end: int) -> Line:
    """The part of a line between two characters, without blanks at its ends."""
    plain = line.plain
    while start < end and plain[start].isspace():
        start += 1
    while end > start and plain[end - 1].isspace():
        end -= 1
    runs: list[Run] = []
    place = 0
    for run in line.runs:
        a, b = max(start - place, 0), min(end - place, len(run.text))
        if a < b:
            runs.append(replace(run, text=run.text[a:b]))
        place += len(run.text)
    return replace(line, runs=tuple(runs))


def broken(line: Line) -> list[Line]:
    """The line's own lines, where it was broken by hand."""
    out, start = [], 0
    for part in line.plain.split("\n"):
        piece = cut(line, start, start + len(part))
        if piece.plain:
            out.append(piece)
        start += len(part) + 1
    return out


def apart(page: Page) -> tuple[list[Shape], list[Line]]:
    """The boxes of text but for a last one, or last lines of it, that tell whose words they are; and those lines."""
    texts = list(page.texts)
    if len(texts) > 1:
        tail = [piece for line in texts[-1].lines for piece in broken(line)]
        if is_attribution(tail):
            return texts[:-1], tail
    if texts:
        lines = texts[-1].lines
        for count in (4, 3, 2, 1):
            tail = (
                [piece for line in lines[len(lines) - count :] for piece in broken(line)] if count < len(lines) else []
            )
            if tail and _begins(tail[0]) and is_attribution(tail):
                return [*texts[:-1], texts[-1].saying(lines[:-count])], tail
    return texts, []


def _begins(line: Line) -> bool:
    """Whether an attribution within a box plainly begins with the line."""
    return (
        bool(DASH.match(line.words)) or line.italic or (line.bold and is_body([line])) or bool(SOURCE.match(line.words))
    )
