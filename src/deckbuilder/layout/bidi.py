"""The order of letters in lines that run both ways: the Unicode bidirectional algorithm (UAX #9).

The levels are python-bidi's, which is loaded when a text asks for it. What it leaves out is here: brackets that belong together
(rule N0). Isolates are passed over.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from deckbuilder.theme.characters import is_complex

_PASSED = frozenset(["LRI", "RLI", "FSI", "PDI"])
_STRONG = {"L": 0, "R": 1, "AL": 1, "EN": 1, "AN": 1}  # numbers count as R where brackets are concerned


def base_direction(text: str, backwards: bool, listed: bool) -> bool:
    """Whether a paragraph runs from right to left, in a deck that does so or does not. In one that does, nearly all do: those
    in Latin letters alone do not. In others those do that begin so. Items of lists run as their deck does, since their
    bullets stand where its lists have them."""
    if listed or not text:
        return backwards
    letters = [d for d in map(unicodedata.bidirectional, text) if d in ("L", "R", "AL")]
    if not letters:
        return backwards
    return any(d != "L" for d in letters) if backwards else letters[0] != "L"


def levels_of(text: str, backwards: bool) -> list[int]:
    """The embedding level of each character of a paragraph: odd ones run from right to left. `backwards` is the
    paragraph's own direction; line breaks in it are no ends of paragraphs."""
    base = int(backwards)
    if not backwards and not is_complex(text):
        return [0] * len(text)
    from bidi import algorithm

    storage: Any = {"base_level": base, "base_dir": "LR"[base], "chars": [], "runs": algorithm.deque()}
    algorithm.get_embedding_levels(text, storage)
    for at, character in enumerate(storage["chars"]):
        character["at"] = at
        if character["type"] == "B":
            character["type"] = "WS"
        elif character["type"] in _PASSED:
            character["type"] = "BN"
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    _pair_brackets(storage["chars"], base)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    known = {character["at"]: int(character["level"]) for character in storage["chars"]}
    levels: list[int] = []
    for at in range(len(text)):
        levels.append(known.get(at, levels[-1] if levels else base))
    return levels


def _pair_brackets(characters: Sequence[Any], base: int) -> None:
    """Gives brackets that belong together the direction of what is between them, or before them (N0)."""
    opened: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    from bidi.mirror import MIRRORED

    for n, one in enumerate(characters):
        if one["type"] != "ON":
            continue
        kind = unicodedata.category(one["ch"])
        if kind == "Ps":
            opened.append((MIRRORED.get(one["ch"], ""), n))
        elif kind == "Pe":
            place = next((k for k in reversed(range(len(opened))) if opened[k][0] == one["ch"]), None)
            if place is not None:
                pairs.append((opened[place][1], n))
                del opened[place:]
    for first, last in sorted(pairs):
        own = int(characters[first]["level"]) % 2
        inside = {_STRONG[c["type"]] for c in characters[first + 1 : last] if c["type"] in _STRONG}
        if own in inside:
            side = own
        elif inside:
            before = (_STRONG[c["type"]] for c in reversed(characters[:first]) if c["type"] in _STRONG)
            side = next(before, base)
        else:
            continue
        for bracket in (first, last):
            characters[bracket]["type"] = "LR"[side]
            for mark in characters[bracket + 1 :]:  # what stands over a bracket goes with it
                if mark["orig"] != "NSM":
                    break
                mark["type"] = "LR"[side]


def stretches(levels: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """What runs one way: where each stretch of one level begins and ends, and the level."""
    start = 0
    for level, run in groupby(levels):
        end = start + len(list(run))
        yield start, end, level
        start = end


def lefts(levels: Sequence[int], widths: Sequence[float], x: float = 0.0) -> list[float]:
    """Where the left edges of a line's pieces are, given in the order of reading, the line's own at `x`."""
    places = [0.0] * len(levels)
    for n in visual_order(levels):
        places[n] = x
        x += widths[n]
    return places


def visual_order(levels: Sequence[int]) -> list[int]:
    """Pieces of a line, of one level each, from left to right (rule L2): their places in the order of reading."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        start = None
        for n in range(len(order) + 1):
            inside = n < len(order) and levels[order[n]] >= level
            if inside and start is None:
                start = n
            elif not inside and start is not None:
                order[start:n] = reversed(order[start:n])
                start = None
    return order
