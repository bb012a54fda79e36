"""What slides of a changed file look like, apart from what they say, beside those of the deck as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deckbuilder.pulling.looks import differences, theme_changed
from deckbuilder.pulling.sides import NOTES, Side


def looks_apart(now: Side, there: Side, ours: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """What looks otherwise, in words, each with the number of its slide in the changed file, 0 for the whole deck. `ours` are
    our slides by the identities that they were built with. Nothing is said of a file whose marks a program dropped."""
    if now.read is None or there.read is None or not there.looks:
        return
    for says in theme_changed(now.theme, there.theme):
        yield 0, f"the theme's {says}"
    (old, marks, _), (edited, found, _) = now.read, there.read
    own = {(mark.slide, mark.part): n for n, mark in enumerate(marks.slides) if mark is not None}
    built = {shown.identity: {k: v for k, v in shown.built.items() if k != NOTES} for shown in now.slides}
    for n, mark in enumerate(found.slides):
        name = ours.get(mark.slide) if mark is not None else None
        place = own.get((name, mark.part)) if mark is not None and name is not None else None
        if place is None or name is None or mark is None:
            continue
        same = built.get(name) == there.built.get(mark.slide)
        for says in differences(now.looks[place], there.looks[n], (old.slides[place], edited.slides[n]), same):
            yield edited.slides[n].number, says
