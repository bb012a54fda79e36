"""A deck in Markdown, divided: into slides, and slides into what stands by itself, in notes and in columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

_RULE = re.compile(r"(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}")
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_DIV = re.compile(r"^\s*:{3,}\s*(?:\{([^}]*)\}|([\w.-]+))?\s*:*\s*$")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
NOTE = re.compile(r"^(?:Notes?|Speaker notes?)\s*:\s*", re.IGNORECASE)
"""How reveal.js begins notes."""


def pieces(text: str, front: dict[str, Any], headed: bool) -> list[str]:
    """The source of each slide: divided by rules, else by headings; by both where `headed`, as pandoc and Quarto do. Marp goes by
    rules alone; with others, a heading of the first level begins a slide, too."""
    lines = text.split("\n")
    fenced = in_fences(lines)
    cuts = {n for n, line in enumerate(lines) if not fenced[n] and _cuts(lines, n, line.strip())}
    heads = [(n, len(m[1])) for n, line in enumerate(lines) if not fenced[n] and (m := _HEADING.match(line))]
    level = _slide_level(lines, heads, front)
    if front.get("marp") and cuts:
        level = 0
    elif cuts and not headed:
        level = min(level, 1)
    begin = {n for n, depth in heads if depth <= level}
    out: list[list[str]] = [[]]
    for n, line in enumerate(lines):
        if n in cuts:
            out.append([])
            continue
        if n in begin and any(one.strip() for one in out[-1]):
            out.append([])
        out[-1].append(line)
    return ["\n".join(piece) for piece in out if "\n".join(piece).strip()]


def _cuts(lines: Sequence[str], n: int, line: str) -> bool:
    """Whether a line divides slides: a rule, or the two dashes that reveal.js has between slides below each other."""
    alone = (n == 0 or not lines[n - 1].strip()) and (n + 1 == len(lines) or not lines[n + 1].strip())
    return (bool(_RULE.fullmatch(line)) and _rule(lines, n)) or (line == "--" and alone)


def _rule(lines: Sequence[str], n: int) -> bool:
    """Whether a line of dashes is a rule, and underlines no heading."""
    return n == 0 or not lines[n - 1].strip() or not lines[n].strip().startswith("-")


def _slide_level(lines: Sequence[str], heads: Sequence[tuple[int, int]], front: dict[str, Any]) -> int:
    """The level of headings that slides begin with: the highest that has text of its own below it (as pandoc has it)."""
    given = front.get("slide-level")
    if isinstance(given, int) and 1 <= given <= 6:
        return given
    with_text = []
    for place, (n, depth) in enumerate(heads):
        end = heads[place + 1][0] if place + 1 < len(heads) else len(lines)
        if any(line.strip() for line in lines[n + 1 : end]):
            with_text.append(depth)
    return min(with_text, default=2)


def in_fences(lines: Sequence[str]) -> list[bool]:
    """Of each line whether it is one of a block of code, fences included."""
    out, fence = [], ""
    for line in lines:
        found = _FENCE.match(line)
        if found and not fence:
            fence = found[1]
            out.append(True)
        elif found and fence and found[1][0] == fence[0] and len(found[1]) >= len(fence) and line.strip() == found[1]:
            fence = ""
            out.append(True)
        else:
            out.append(bool(fence))
    return out


def divided(source: str) -> tuple[list[tuple[str, int | None]], list[str]]:
    """What of a slide's source it shows, piece by piece, each with the number of the column that it stands in, None outside of
    columns; and its notes: in `:::` blocks, and behind reveal.js' `Note:`."""
    body: list[tuple[str, int | None]] = []
    notes: list[str] = []
    stack: list[str] = []
    current: list[str] = []
    column = -1
    lines = source.split("\n")
    fenced = in_fences(lines)

    def flush() -> None:
        text = "\n".join(current)
        current.clear()
        if not text.strip():
            return
        if "notes" in stack:
            notes.append(text)
        else:
            body.append((text, column if "column" in stack else None))

    for n, line in enumerate(lines):
        found = _DIV.match(line) if not fenced[n] else None
        if found is None:
            if not fenced[n] and NOTE.match(line) and not stack:
                flush()
                stack.append("notes")
                line = NOTE.sub("", line)  # noqa: PLW2901  the rest of the line is the first note
            current.append(line)
            continue
        flush()
        name = (found[1] or found[2] or "").strip()
        if name:
            several = "columns" in name
            kind = "notes" if "notes" in name else "column" if re.search(r"\bcolumn\b", name) and not several else name
            column = -1 if several else column + (kind == "column")
            stack.append(kind)
        elif stack:
            stack.pop()
    flush()
    return body, notes
