"""Words that no line of a paragraph holds, divided before ReportLab breaks its lines: it would tear them anywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth

from deckbuilder.languages.hyphens import divided

DIVISION = "\u2028"
"""A blank to ReportLab, at which it may break a line, and no word's end. No line has what stands on both sides of one."""

_WORD = re.compile(r"(?:\S|\u00a0)+")  # no-break spaces hold two words together


def divided_fragments(fragments: Sequence[Any], language: str, room: float) -> list[Any]:
    """ReportLab's fragments with `DIVISION` in the words that are wider than `room` points, after hyphens where the language
    has them; the same fragments where no word is."""
    texts = ["\n" if getattr(one, "lineBreak", False) else getattr(one, "text", "") for one in fragments]
    starts = [sum(map(len, texts[:n])) for n in range(len(texts) + 1)]
    whole = "".join(texts)
    places: list[tuple[int, str]] = []  # where something goes in, and what

    def width(start: int, words: str) -> float:
        """The width of words that begin at a place of the whole text, hyphens at their end in the font of the last."""
        total, at = 0.0, start
        for n, one in enumerate(fragments):
            low, high = max(at, starts[n]), min(start + len(words), starts[n + 1])
            if low < high:
                total += stringWidth(words[low - start : high - start], one.fontName, one.fontSize)
        return total

    for match in _WORD.finditer(whole):
        word, start = match.group(), match.start()
        if width(start, word) <= room:
            continue
        taken = 0
        *pieces, _ = divided(word, language, lambda at, part, start=start: width(start + at, part), room)  # type: ignore[misc]
        for piece in pieces:
            added = "-" if word[taken : taken + len(piece)] != piece else ""
            taken += len(piece) - len(added)
            places.append((start + taken, added + DIVISION))
    if not places:
        return list(fragments)
    out = []
    for n, one in enumerate(fragments):
        text, inside = texts[n], [(at - starts[n], what) for at, what in places if starts[n] < at <= starts[n + 1]]
        for at, what in reversed(inside):
            text = text[:at] + what + text[at:]
        out.append(one.clone(text=text) if inside else one)
    return out
