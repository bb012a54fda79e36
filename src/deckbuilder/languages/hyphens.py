"""Where a word that no line holds may be divided: by the rules of its language with a hyphen, an address without one.

The patterns are those of LibreOffice's dictionaries, by Pyphen, which is loaded only when a word has to be divided.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from deckbuilder.languages import lookup

if TYPE_CHECKING:
    from pyphen import Pyphen

SOFT_HYPHEN = "\u00ad"
_ADDRESS = re.compile(r"[/@\\_=?&#]|[^\W_]\.[^\W_]")
# Before what joins its parts, lest it be taken for the sentence's; beside a hyphen never, which could be the line's.
_JOINTS = re.compile(r"(?<=://)(?=.)|(?<=@)(?=[^-])|(?<=[^\W_])(?=[/\\?&#=._~%(])")
_DASH = re.compile(r"(?<=[^\W_][-–—])(?=\w)")
_LETTERS = re.compile(r"[^\W\d_]{5,}")


class Break(NamedTuple):
    """A place in a word, in letters from its beginning, and whether a hyphen is added there."""

    at: int
    hyphen: bool


def breaks(word: str, tag: str) -> list[Break]:
    """Where a word of a language may be divided, in order: where its author has put soft hyphens, if there are any."""
    if SOFT_HYPHEN in word:
        return [Break(at, True) for at, letter in enumerate(word, 1) if letter == SOFT_HYPHEN]
    if _ADDRESS.search(word):
        return [Break(match.start(), False) for match in _JOINTS.finditer(word)]
    found = [Break(match.start(), False) for match in _DASH.finditer(word)]
    if patterns := _patterns(tag):
        for letters in _LETTERS.finditer(word):
            # Those that change the spelling ("data") are left out.
            found += [
                Break(letters.start() + at, True) for at in patterns.positions(letters.group().lower()) if not at.data
            ]
    return sorted(found)


def divided(word: str, tag: str, width: Callable[[int, str], float], room: float) -> list[str]:
    """The word in pieces of which each fits in the room, hyphens at their ends; the last may be too wide, where it may not be
    divided. No two that follow one another fit together. `width` is asked for that of a piece that begins at a letter."""
    places = breaks(word, tag)
    pieces, start = [], 0
    while width(start, word[start:]) > room:
        fitting = []
        for at, hyphen in places:
            if at > start:
                piece = word[start:at] + "-" * hyphen
                if width(start, piece) > room:
                    break
                fitting.append((at, hyphen, piece))
        if not fitting:
            break
        # Where the word parts anyway, if that is enough.
        apart = [one for one in fitting if not one[1] and width(one[0], word[one[0] :]) <= room]
        start, _, piece = (apart or fitting)[-1]
        pieces.append(piece)
    return [*pieces, word[start:]]


def smallest_parts(word: str, tag: str) -> list[str]:
    """The word divided wherever it may be, with the hyphens that are added."""
    places = breaks(word, tag)
    return [
        word[first:last] + "-" * hyphen
        for (first, _), (last, hyphen) in pairwise([Break(0, False), *places, Break(len(word), False)])
    ]


@cache
def _patterns(tag: str) -> Pyphen | None:
    """The patterns of a language; None where there are none."""
    from pyphen import LANGUAGES, Pyphen

    for name in (*lookup(tag), tag):
        if (known := name.replace("-", "_")) in LANGUAGES:
            return Pyphen(lang=known, left=2, right=3)
    first = next((known for known in sorted(LANGUAGES) if known.split("_")[0] == lookup(tag)[-1]), None)
    return Pyphen(lang=first, left=2, right=3) if first else None
