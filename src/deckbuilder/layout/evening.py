"""Lines of about one length, for titles and quotes: a word that would fill a line up goes to the next where that leaves no
line more. Programs break lines by themselves, so words are bound by no-break spaces until they do it there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import NamedTuple

from deckbuilder.content.text import Run

_ROUNDS = 7  # of halving: lines as short as they can be, to a hundredth of the room
_MARGIN = 0.03  # of the room: by how much what is bound has to miss it, for programs that set type narrower


class Word(NamedTuple):
    """What is not divided. `width` is with the spaces after it, `space` theirs, in points."""

    text: str
    width: float
    space: float


def evened(runs: tuple[Run, ...], words: Sequence[Word], room: float) -> tuple[Run, ...] | None:
    """The runs, which are those words, with spaces bound so that lines of `room` points become about equally long; None
    where they are that, or cannot be made so."""
    full = _begins(words, room)
    low, high = sum(word.width for word in words) / (len(full) + 1), room
    best = full
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        begins = _begins(words, middle)
        if len(begins) == len(full) and all(word.width - word.space <= middle for word in words):
            best, high = begins, middle
        else:
            low = middle
    bound = _bound(words, best, room) if best != full else None
    return _tied(runs, bound) if bound is not None else None


def _begins(words: Sequence[Word], room: float) -> list[int]:
    """The words that begin a line, but for the first."""
    begins: list[int] = []
    x = 0.0
    for number, word in enumerate(words):
        if x and x + word.width - word.space > room + 0.01:
            begins.append(number)
            x = 0.0
        x += word.width
    return begins


def _bound(words: Sequence[Word], begins: Sequence[int], room: float) -> set[int] | None:
    """The characters that have to be bound so that these words begin lines; None where one of them is no space."""
    ends = list(accumulate(len(word.text) for word in words))
    out: set[int] = set()
    for start, first, after in zip([0, *begins], begins, [*begins[1:], len(words)], strict=False):
        left = room * (1 + _MARGIN) - sum(word.width for word in words[start:first])
        wide = 0.0
        for number in range(first, after):
            wide += words[number].width
            if wide - words[number].space > left:
                break
            if number + 1 == after or not words[number].text.endswith(" ") or words[number].text.endswith("  "):
                return None
            out.add(ends[number] - 1)
    return out


def _tied(runs: tuple[Run, ...], places: set[int]) -> tuple[Run, ...]:
    """The runs with no-break spaces at those places."""
    bounds = [0, *accumulate(len(run.text) for run in runs)]
    out = []
    for run, (start, end) in zip(runs, pairwise(bounds), strict=True):
        letters = list(run.text)
        for place in places:
            if start <= place < end:
                letters[place - start] = "\u00a0"
        out.append(replace(run, text="".join(letters)) if any(start <= p < end for p in places) else run)
    return tuple(out)
