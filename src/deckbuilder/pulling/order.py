"""Slides deleted, moved, doubled and added: the steps from the deck's order to that of the edited file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from deckbuilder.outputs.pptx.marks import DeckMarks
from deckbuilder.pulling.back import BackSlide


@dataclass(frozen=True)
class Step:
    """One step: a slide moved (`move`) or a `new` one, into a section, behind another; at its beginning where `behind` is
    None. `name` is what the slide is called by later steps."""

    section: int
    behind: str | None
    name: str
    move: str | None = None
    new: BackSlide | None = None


@dataclass
class Arranged:
    """What has to happen to slides as a whole, in order."""

    deleted: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def arranged(
    now: Sequence[BackSlide],
    then: Sequence[BackSlide],
    marks: DeckMarks,
    where: Mapping[str, tuple[int, int]],
    sections_now: Sequence[str],
    sections_then: Sequence[str],
) -> Arranged:
    """The steps from the slides as they are `now` to those of the edited file. `where` are the places of the deck's slides."""
    out = Arranged()
    current = [one.identity for one in now if one.identity]
    built = {mark.slide for mark in marks.built}
    there = [one.identity for one in then if one.identity]
    out.deleted = [name for name in current if name in built and name not in there and name in where]
    kept = [name for name in dict.fromkeys(there) if name in current and name in where]
    of_section = _sections(now, where, sections_now, sections_then)
    order = {name: n for n, name in enumerate(current)}
    wanted: dict[str, int] = {}
    for one in then:
        if one.identity in kept and one.identity not in wanted:
            wanted[one.identity] = of_section.get(one.section, where[one.identity][0])
    stay = _longest([name for name in kept if wanted[name] == where[name][0]], order)
    before: str | None = None
    last: int | None = None
    seen: set[str] = set()
    for n, one in enumerate(then):
        name = one.identity
        if name is not None and name in kept and name not in seen:
            section = wanted[name]
            if name not in stay:
                out.steps.append(Step(section, before if last == section else None, name, move=name))
            before, last = name, section
            seen.add(name)
        elif name is None or name in seen:
            section = of_section.get(one.section, last if last is not None else 0)
            label = f"new {n}"
            out.steps.append(Step(section, before if last == section else None, label, new=one))
            before, last = label, section
    if set(sections_then) - set(sections_now) and len(sections_then) != len(sections_now):
        names = ", ".join(sorted(set(sections_then) - set(sections_now)))
        out.refused.append(f"sections that are new in the file: {names}; add them to the deck")
    return out


def _sections(
    now: Sequence[BackSlide], where: Mapping[str, tuple[int, int]], before: Sequence[str], after: Sequence[str]
) -> dict[str, int]:
    """The deck's sections by the names that the edited file has for them."""
    own: dict[str, int] = {}
    for one in now:
        if one.identity is not None and one.identity in where:
            own.setdefault(one.section, where[one.identity][0])
    if len(before) == len(after):
        return {new: own[old] for old, new in zip(before, after, strict=True) if old in own}
    return own


def _longest(names: Sequence[str], order: Mapping[str, int]) -> set[str]:
    """The most of the names that are in order already: they stay where they are."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = [-1] * len(names)
    for n, name in enumerate(names):
        place = bisect_left(tails, order[name])
        before[n] = ends[place - 1] if place else -1
        if place == len(tails):
            tails.append(order[name])
            ends.append(n)
        else:
            tails[place], ends[place] = order[name], n
    out: set[str] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        out.add(names[at])
        at = before[at]
    return out
