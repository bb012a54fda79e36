"""Comments that silence a rule at their place.

    - ask: Who has never asked?  # deckbuilder: ignore question-without-minutes the group decides

A comment reaches as far as what stands in its line, or, on a line of its own, in the next: a value of several lines, a slide,
a section.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from pathlib import Path

import yaml

from deckbuilder.frozen import dataclass
from deckbuilder.reading.yaml import compose
from deckbuilder.source import Position

_COMMENT = re.compile(
    r"(?:^|(?<=\s))#+\s*deckbuilder:\s*ignore\b[ \t]*(?P<rule>[\w-]*)[ \t]*(?P<reason>.*?)[ \t]*$", re.M
)


@dataclass(frozen=True, slots=True)
class Silence:
    """A comment by which a rule is silent on lines `first` to `last` of its file, counted from 1. `at` and `end` are the
    comment's own, its line end included where it has the line to itself."""

    rule: str
    reason: str
    at: Position
    end: Position
    first: int
    last: int

    def covers(self, code: str, at: Position) -> bool:
        return code == self.rule and at.file == self.at.file and self.first <= at.line <= self.last


def read_silences(path: Path, name: str) -> list[Silence]:
    """The silences of a YAML file, which messages call `name`; none of one that cannot be read."""
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError):
        return []
    return silences_of(text, name) if "deckbuilder:" in text else []


def silences_of(text: str, name: str) -> list[Silence]:
    """As `read_silences`, for text at hand."""
    found = list(_COMMENT.finditer(text))
    if not found:
        return []
    lines = text.split("\n")
    begins = [0, *(m.end() for m in re.finditer("\n", text))]
    scalars = _scalars(text)
    out = []
    for match in found:
        line = bisect_right(begins, match.start()) - 1
        column = match.start() - begins[line]
        if _within(match.start(), line, scalars):
            continue  # words, not a comment
        alone = not lines[line][:column].strip()
        first = _next(lines, line + 1) if alone else line
        at = Position(name, line + 1, 1 if alone else len(lines[line][:column].rstrip()) + 1)
        end = Position(name, line + 2, 1) if alone else Position(name, line + 1, len(lines[line]) + 1)
        out.append(Silence(match["rule"], match["reason"], at, end, first + 1, _last(lines, first) + 1))
    return out


def _scalars(text: str) -> list[tuple[int, int, int]]:
    """Where scalars begin and end, as indexes, and the line they begin in."""
    try:
        waiting: list[yaml.Node | None] = [compose(text)]
    except (yaml.YAMLError, RecursionError):
        return []
    out, seen = [], set()
    while waiting:
        node = waiting.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            if node.style:
                header = node.start_mark.line if node.style in "|>" else -1
                out.append((node.start_mark.index, node.end_mark.index, header))
        elif isinstance(node, yaml.MappingNode):
            waiting += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
    return out


def _within(index: int, line: int, scalars: list[tuple[int, int, int]]) -> bool:
    """Whether the place is inside a scalar; what follows a block's `|` or `>` in its line is a comment."""
    return any(start <= index < end and line != header for start, end, header in scalars)


def _next(lines: list[str], line: int) -> int:
    """The next line that says something."""
    while line < len(lines) - 1 and (not lines[line].strip() or lines[line].lstrip().startswith("#")):
        line += 1
    return line


def _last(lines: list[str], first: int) -> int:
    """The last line of what begins in a line: those after it that stand further to the right. What begins with a dash
    is the whole item; a list may stand as far left as its key."""
    if first >= len(lines):
        return first
    indent = _indent(lines[first])
    is_item = lines[first].lstrip().startswith("- ")
    last = first
    for number in range(first + 1, len(lines)):
        line = lines[number]
        if not line.strip():
            continue
        deeper = _indent(line) > indent
        if not deeper and (is_item or not line.lstrip().startswith("- ") or _indent(line) < indent):
            break
        last = number
    return last


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
