"""Texts that share one column of a corporate template's cover: as much of it to each as it needs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from deckbuilder.layout.arrange.draft import Words
from deckbuilder.layout.fit import fit_text, height_at_floor
from deckbuilder.layout.measure import measure_text
from deckbuilder.theme.roles import PlaceholderRole
from deckbuilder.theme.theme import Placeholder, SlideLayout, Theme
from deckbuilder.units import Rect

_EASE = 0.75  # of the size: text that is set smaller has a place that is too small for it
_AIR = 2.0  # points that a text has beyond what it measures


def shared(layout: SlideLayout, texts: Mapping[PlaceholderRole, Words], theme: Theme) -> SlideLayout:
    """The layout with its column divided as these texts need it; the roomier one in its place where they do not fit it without
    being set much smaller."""
    made = _divided(layout, texts, theme)
    if layout.roomier and _moved(layout, layout.roomier, texts) and not _at_ease(made, texts, theme):
        return shared(layout.roomier, texts, theme)
    return made


def _moved(layout: SlideLayout, other: SlideLayout, texts: Mapping[PlaceholderRole, Words]) -> bool:
    """Whether another layout has these texts elsewhere; one that differs in its title's colour alone has not."""
    return any(layout.placeholder(r).rect != other.placeholder(r).rect for r in texts if layout.has(r) and other.has(r))


def _divided(layout: SlideLayout, texts: Mapping[PlaceholderRole, Words], theme: Theme) -> SlideLayout:
    """The layout with its column divided anew, where a text has less than it needs, one that others stand below is not
    there, or all stand in the middle of the column's height; as it is where all is well. Where the column is too low for all,
    each has what it needs at its smallest size, and of the rest what it is short of."""
    places = [layout.placeholder(role) for role in layout.stack]
    present = [h for h in places if texts.get(h.role)]
    if not present:
        return layout
    needs = [_needs(h, texts[h.role], theme) for h in present]
    whole = all(most <= h.rect.height for h, (_, most) in zip(present, needs, strict=True))
    middle = all(h.anchor == "middle" for h in places)
    if whole and present == places[: len(present)] and not middle:
        return layout
    gap = places[1].rect.y - places[0].rect.bottom
    top, room = places[0].rect.y, places[-1].rect.bottom - places[0].rect.y - gap * (len(present) - 1)
    high = [math.floor(h) for h in _heights(room, needs, [h.rect.height for h in present])]
    if middle and sum(most for _, most in needs) < room:  # they stand together, as one text would
        high = [math.ceil(most) for _, most in needs]
        top += max(0, math.floor((room - sum(high)) / 2))
    changed: dict[PlaceholderRole, Placeholder] = {}
    for holder, height in zip(present, high, strict=True):
        rect = Rect(holder.rect.x, top, holder.rect.width, height)
        changed[holder.role] = replace(holder, rect=rect)
        top += height + gap
    said = ", ".join(f"{h.role.spoken} {height} high" for h, height in zip(present, high, strict=True))
    return layout.derived(
        name=f"{layout.name}, {said}", placeholders=tuple(changed.get(p.role, p) for p in layout.placeholders)
    )


def _at_ease(layout: SlideLayout, texts: Mapping[PlaceholderRole, Words], theme: Theme) -> bool:
    """Whether every text fits its place without being set much smaller."""
    for role, words in texts.items():
        holder = layout.placeholder(role) if layout.has(role) else None
        laid = fit_text(words, holder.style, holder.room, theme) if holder else None
        if laid is None or laid.style.scale < _EASE:
            return False
    return True


def _needs(holder: Placeholder, words: Words, theme: Theme) -> tuple[float, float]:
    """How high a text's box has to be at its smallest size, and at its own, in points."""
    around = holder.insets.top + holder.insets.bottom + _AIR
    least = height_at_floor(words, holder.style, holder.room.width, theme)
    return least + around, measure_text(words, holder.style, holder.room.width, theme).height + around


def _heights(room: float, needs: list[tuple[float, float]], own: list[float]) -> list[float]:
    """The room divided by what each needs; `own` says how what is left over goes to each."""
    least, most = [n[0] for n in needs], [n[1] for n in needs]
    if sum(least) >= room:
        return [room * low / sum(least) for low in least]
    if sum(most) >= room:
        more = [high - low for low, high in needs]
        return [low + (room - sum(least)) * m / sum(more) for low, m in zip(least, more, strict=True)]
    even = [room * height / sum(own) for height in own]
    spare = [max(0.0, e - m) for e, m in zip(even, most, strict=True)]
    return [m + (room - sum(most)) * s / sum(spare) for m, s in zip(most, spare, strict=True)]
