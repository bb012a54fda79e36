"""What is different between two texts, as replacements; and texts that were changed in two places, made one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

Span = tuple[int, str, str]
"""Where in the older text it begins, what stands there, and what stands there afterwards."""

_FEW = 400  # characters between which no lines are looked for


def spans_between(before: str, after: str) -> list[Span]:
    """The replacements that make the later text of the earlier one, in order."""
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if not old and not new:
        return []
    if min(len(old), len(new)) < _FEW:
        return [(start, old, new)]
    return [(start + i, a, b) for i, a, b in _by_lines(old, new)]


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin alike with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _by_lines(old: str, new: str) -> list[Span]:
    out: list[Span] = []
    ours, theirs = old.splitlines(keepends=True), new.splitlines(keepends=True)
    place = 0
    for what, i1, i2, j1, j2 in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        was = "".join(ours[i1:i2])
        if what != "equal":
            out.append((place, was, "".join(theirs[j1:j2])))
        place += len(was)
    return out


def forwards(text: str, spans: Iterable[Span]) -> str:
    """The text with the replacements made. Raises ValueError where it does not have what they replace."""
    return _replaced(text, [(start, old, new) for start, old, new in spans])


def backwards(text: str, spans: Iterable[Span]) -> str:
    """The text as it was before the replacements."""
    turned, shift = [], 0
    for start, old, new in spans:
        turned.append((start + shift, new, old))
        shift += len(new) - len(old)
    return _replaced(text, turned)


def _replaced(text: str, spans: Sequence[Span]) -> str:
    parts, here = [], 0
    for start, old, new in spans:
        if start < here or text[start : start + len(old)] != old:
            raise ValueError("this is another text")
        parts += [text[here:start], new]
        here = start + len(old)
    return "".join([*parts, text[here:]])


def merged(base: str, mine: str, theirs: str) -> str | None:
    """A text with both changes of a base; None where they touch the same lines."""
    if base == theirs:
        return mine
    if mine in (base, theirs):
        return theirs
    lines = base.splitlines(keepends=True)
    changes = [*_changes(lines, mine, 0), *_changes(lines, theirs, 1)]
    changes.sort(key=lambda change: (change[0], change[1], change[3]))
    out: list[str] = []
    here, last = 0, (-1, -1, "", -1)
    for change in changes:
        start, end, words, whose = change
        if change[:3] == last[:3]:
            continue  # both did the same
        if whose != last[3] and (start < last[1] or (start == last[0] and (start == end or last[0] == last[1]))):
            return None
        out += [*lines[here:start], words]
        here, last = end, change
    return "".join([*out, *lines[here:]])


def _changes(lines: Sequence[str], other: str, whose: int) -> list[tuple[int, int, str, int]]:
    """From which line to which the other text has what in place of them."""
    theirs = other.splitlines(keepends=True)
    matcher = difflib.SequenceMatcher(None, lines, theirs, autojunk=False)
    return [
        (i1, i2, "".join(theirs[j1:j2]), whose) for what, i1, i2, j1, j2 in matcher.get_opcodes() if what != "equal"
    ]
