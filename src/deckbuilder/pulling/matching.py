"""Which slide of one file is which of another, and which of them stay where they are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from deckbuilder.editing.tree import same
from deckbuilder.pulling.sides import Shown, Side

_ALIKE = 0.5  # of what is known of a slide, to be the same one


def matched(there: Side, now: Side) -> tuple[dict[str, str], dict[int, str]]:
    """Which of our slides is each that the changed file was built with, by its identity there: the same, or the one that
    says most of what it said, or says by now. And which of ours is each that was added there, by its number: one that says
    the same, since it was taken over before."""
    ours = {shown.identity: shown for shown in now.slides}
    out = {name: name for name in there.built if name in ours}
    free = [shown for name, shown in ours.items() if name not in out]
    shown = {one.identity: one for one in there.slides if one.identity}
    for name in there.built:
        if name in out or not free:
            continue
        known = (_known_by(shown[name]) if name in shown else set()) | {
            f"{key} {said}" for key, said in there.built[name].items()
        }
        rated = [(_share(_known_by(one), known), -n) for n, one in enumerate(free)]
        best, place = max(rated)
        if best <= _ALIKE and name in shown:
            rated = [(_like(one.says, shown[name].says), -n) for n, one in enumerate(free)]
            best, place = max(rated)
        if best > _ALIKE:
            out[name] = free.pop(-place).identity
    again: dict[int, str] = {}
    for added in there.slides:
        found = next((one for one in free if not added.identity and same(one.says, added.says)), None)
        if found is not None:
            free.remove(found)
            again[added.number] = found.identity
    return out, again


def _like(ours: dict[str, Any], theirs: dict[str, Any]) -> float:
    """How much two slides of one kind say alike."""
    if ours.get("kind") != theirs.get("kind"):
        return 0.0
    one, other = (json.dumps(says, sort_keys=True, ensure_ascii=False) for says in (ours, theirs))
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _known_by(shown: Shown) -> set[str]:
    return {f"{key} {said}" for side in (shown.built, shown.now) for key, said in side.items()}


def _share(ours: set[str], theirs: set[str]) -> float:
    """How much of what is known of ours is known of theirs; that a slide is not hidden says nothing."""
    ours = {one for one in ours if not one.startswith("hidden")}
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
