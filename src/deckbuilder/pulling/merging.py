"""Three states of a text: as it was read from the deck, as it is written in the file, and as somebody edited it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_SAME = dict.fromkeys(map(ord, '“”„«»"'), '"') | dict.fromkeys(map(ord, "‘’‚'"), "'") | {0xA0: " "}
_TOKEN = re.compile(r"\{\{.*?\}\}|\[\[.*?\]\]|\s+|\w+|[^\w\s]", re.DOTALL)


def merged(base: str, written: str, edited: str) -> str | None:
    """The written text with what was edited between `base` and `edited`; None where that is in the very words that the
    file writes otherwise, such as a variable or a gap."""
    if written == base:
        return edited
    old, mine, theirs = (_TOKEN.findall(text) for text in (base, written, edited))
    ours = _hunks(list(map(_folded, old)), list(map(_folded, mine)))
    old, theirs = list(map(_blank, old)), list(map(_blank, theirs))
    out: list[str] = []
    place = 0  # in what is written
    shift = _Shift(ours)
    for start, stop, words in _hunks(old, theirs):
        if any((a < stop and start < b) or (a == b and start <= a <= stop and a != b) for a, b, _ in ours):
            return None
        begin, end = shift.of(start), shift.of(stop)
        if begin is None or end is None or begin < place:
            return None
        out += [*mine[place:begin], *words]
        place = end
    return "".join([*out, *mine[place:]])


def _blank(token: str) -> str:
    """Blanks that do not break are the program's: in files they are blanks."""
    return token.replace("\u00a0", " ")


def _folded(token: str) -> str:
    """A token as it is compared: quotation marks, apostrophes and blanks are typed in many ways."""
    if token.isspace() or token == "\u00a0":
        return "\n\n" if token.count("\n") > 1 else " "
    return token.translate(_SAME)


def _hunks(old: list[str], new: list[str]) -> list[tuple[int, int, list[str]]]:
    """From where to where the old tokens were replaced, and by which."""
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(a, b, new[c:d]) for tag, a, b, c, d in codes if tag != "equal"]


class _Shift:
    """Where a place between the old tokens is in what is written."""

    def __init__(self, hunks: list[tuple[int, int, list[str]]]) -> None:
        self.hunks = hunks

    def of(self, place: int) -> int | None:
        by = 0
        for start, stop, words in self.hunks:
            if start < place < stop:
                return None
            if stop <= place and not (start == stop == place):
                by += len(words) - (stop - start)
        return place + by
