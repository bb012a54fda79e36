"""Words that no line of a paragraph holds, divided before ReportLab breaks its lines: it would tear them anywhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth

from deckbuilder.languages.hyphens import divided
from deckbuilder.languages.unspaced import between_scripts, is_unspaced
from deckbuilder.layout.lines import split_words

DIVISION = "\u2028"
"""A blank to ReportLab, at which it may break a line, and no word's end. No line has what stands on both sides of one."""

_WIDEST = 3.0  # ems that a letter may take: a three-em dash has them
_WORD = re.compile(r"(?:\S|\u00a0)+")  # no-break spaces hold two words together


def divided_fragments(fragments: Sequence[Any], language: str, room: float) -> list[Any]:
    """ReportLab's fragments with `DIVISION` in the words that are wider than `room` points, after hyphens where the language
    has them; the same fragments where no word is."""
    texts = ["\n" if getattr(one, "lineBreak", False) else getattr(one, "text", "") for one in fragments]
    starts = [0, *accumulate(map(len, texts))]
    whole = "".join(texts)
    places: list[tuple[int, str]] = []  # where something goes in, and what

    def width(start: int, words: str) -> float:
        """The width of words that begin at a place of the whole text, hyphens at their end in the font of the last."""
        total, end = 0.0, start + len(words)
        n = bisect_right(starts, start) - 1
        while n < len(fragments) and starts[n] < end:
            low, high = max(start, starts[n]), min(end, starts[n + 1])
            if low < high:
                total += stringWidth(words[low - start : high - start], fragments[n].fontName, fragments[n].fontSize)
            n += 1
        return total

    # Most words have so few letters that they need not be measured, and most texts have no other.
    short = int(room / (_WIDEST * max((one.fontSize for one in fragments if hasattr(one, "fontSize")), default=1.0)))
    unspaced = is_unspaced(whole)
    if not unspaced and max(map(len, _WORD.findall(whole)), default=0) <= short:
        return list(fragments)
    if unspaced:
        places += [(at, DIVISION) for at in _ends_of_lines(whole, width, room)]
    for match in _WORD.finditer(whole) if not places else ():
        word, start = match.group(), match.start()
        if len(word) <= short or width(start, word) <= room:
            continue
        taken = 0
        *pieces, last = divided(word, language, lambda at, part, start=start: width(start + at, part), room)  # type: ignore[misc]
        rest = match.end() - len(last)
        for piece in [*pieces, *_torn(last, lambda at, part, rest=rest: width(rest + at, part), room)]:  # type: ignore[misc]
            added = "-" if word[taken : taken + len(piece)] != piece else ""
            taken += len(piece) - len(added)
            places.append((start + taken, added + DIVISION))
    if not places:
        return list(fragments)
    out = []
    ends = [at for at, _ in places]
    for n, one in enumerate(fragments):
        text = texts[n]
        first, behind = (bisect_right(ends, border) for border in (starts[n], starts[n + 1]))
        inside = [(at - starts[n], what) for at, what in places[first:behind]]
        for at, what in reversed(inside):
            text = text[:at] + what + text[at:]
        out.append(one.clone(text=text) if inside else one)
    return out


def _ends_of_lines(whole: str, width: Callable[[int, str], float], room: float) -> Iterator[int]:
    """Where lines end within what has no blanks, of a text in a script that puts none between its words; words of several scripts
    that no line holds part between these."""
    at, used = 0, 0.0
    for whole_word in split_words(whole):
        for word in between_scripts(whole_word) if width(at, whole_word) > room else [whole_word]:
            solid = width(at, word.rstrip(" "))
            if used and used + solid > room:
                if whole[at - 1] not in " \n":
                    yield at
                used = 0.0
            used = 0.0 if word == "\n" else used + width(at, word)
            at += len(word)


def _torn(word: str, width: Callable[[int, str], float], room: float) -> list[str]:
    """The pieces of a word that has no place to be divided at, as much as lines hold, but for the last. ReportLab would
    begin it on the line before, behind a blank that is none."""
    pieces, start = [], 0
    while start + 1 < len(word) and width(start, word[start:]) > room:
        end = start + 1
        while width(start, word[start : end + 1]) <= room:
            end += 1
        apart = (at for at in (end, end - 1, end - 2) if at > start and "-" not in word[at - 1 : at + 1])
        end = next(apart, end)
        pieces.append(word[start:end])
        start = end
    return pieces
