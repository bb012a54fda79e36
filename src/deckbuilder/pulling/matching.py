"""Which slide of one file is which of another, and which of them stay where they are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from deckbuilder.editing.tree import same
from deckbuilder.pulling.sides import Shown, Side

_ALIKE = 0.5  # of what is known of a slide, to be the same one
_AGAIN = 0.8  # of what a slide says, to be one that was taken over before


def matched(there: Side, now: Side) -> tuple[dict[str, str], dict[int, str]]:
    """Which of our slides is each that the changed file was built with, by its identity there: the same, or the one that
    says most of what it said, or says by now. And which of ours is each that was added or copied there, by its number: one that
    says the same, since it was taken over before."""
    ours = {shown.identity: shown for shown in now.slides}
    out = {name: name for name in there.built if name in ours}
    free = [shown for name, shown in ours.items() if name not in out]
    shown: dict[str, Shown] = {}
    for one in there.slides:
        shown.setdefault(one.identity, one)  # others are copies of it
    for name in there.built:
        if name in out or not free:
            continue
        known = (_known_by(shown[name]) if name in shown else set()) | {
            f"{key} {said}" for key, said in there.built[name].items()
        }
        there_now = shown.get(name)
        likes = [_like(one.says, there_now.says) if there_now is not None else 0.0 for one in free]
        best, _, place = max((_share(_known_by(one), known), likes[n], -n) for n, one in enumerate(free))
        if best <= _ALIKE:
            best, place = max((like, -n) for n, like in enumerate(likes))
        if best > _ALIKE:
            out[name] = free.pop(-place).identity
    seen: set[str] = set()
    added: list[Shown] = []
    for one in there.slides:
        if one.identity and one.identity not in seen:
            seen.add(one.identity)
        else:
            added.append(one)
    return out, _taken_before(added, free)


def _taken_before(added: Sequence[Shown], free: Sequence[Shown]) -> dict[int, str]:
    """Which of ours are slides that were added or copied, by their numbers: those that say the same first, then the likest."""
    out: dict[int, str] = {}
    left = list(free)
    for one in added:
        if (own := next((own for own in left if same(own.says, one.says)), None)) is not None:
            out[one.number] = own.identity
            left.remove(own)
    rated = [
        (-_like(own.says, one.says), one.number, n)
        for one in added
        if one.number not in out
        for n, own in enumerate(left)
    ]
    for like, number, n in sorted(rated):
        if -like > _AGAIN and number not in out and left[n].identity not in out.values():
            out[number] = left[n].identity
    return out


def _like(ours: dict[str, Any], theirs: dict[str, Any]) -> float:
    """How much two slides of one kind say alike."""
    if ours.get("kind") != theirs.get("kind"):
        return 0.0
    one, other = (json.dumps(says, sort_keys=True, ensure_ascii=False) for says in (ours, theirs))
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _known_by(shown: Shown) -> set[str]:
    return {f"{key} {said}" for side in (shown.built, shown.now) for key, said in side.items()}


def _share(ours: set[str], theirs: set[str]) -> float:
    """How much of what is known of ours is known of theirs; that a slide is not hidden says nothing, nor do looks."""
    ours = {one for one in ours if not one.startswith(("hidden", "~"))}
    return len(ours & theirs) / len(ours) if ours else 0.0


def rising(places: Sequence[int]) -> set[int]:
    """Which of the places to leave so that most stay where they are: a longest rising run, by position."""
    best: list[tuple[int, int]] = []  # how long a run ends here, and what comes before
    for n, place in enumerate(places):
        before = [(best[m][0], m) for m in range(n) if places[m] < place]
        length, last = max(before, default=(0, -1))
        best.append((length + 1, last))
    out: set[int] = set()
    n = max(range(len(places)), key=lambda m: best[m][0], default=-1)
    while n >= 0:
        out.add(n)
        n = best[n][1]
    return out
