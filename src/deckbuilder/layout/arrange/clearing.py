"""Room under long titles: a title of two lines ends where others have most of the gap to what is said below them.

What stands below such a title begins lower, by as much as leaves a clear gap, where its texts have room for that in
their sizes. All slides of a series go together, so that nothing jumps from one to the next.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from deckbuilder.content.text import Paragraph, Run
from deckbuilder.layout.arrange.draft import Part
from deckbuilder.layout.fit import fit_text
from deckbuilder.theme.roles import KICKER, SOURCE
from deckbuilder.theme.theme import Art, Placeholder, SlideLayout, Theme
from deckbuilder.units import Rect

_GAP = 24.0  # points between a title and what is below it
_STEP = 6.0  # points by which it goes down: each place is a layout
_MOST = 18.0
_HEAD = 100.0  # where a title begins at most that stands at the head of its slide
_NEAR = 24.0  # points by which decorations reach beyond the texts that they belong to


def cleared(group: Sequence[Part], titles: Sequence[tuple[Run, ...]], theme: Theme) -> list[Part]:
    """The parts of one series, what is below their titles as much lower as the longest of these wants, and each has
    room for. `titles` are those that will stand above them."""
    if group[0].layout.host:
        return list(group)
    wanted = max(_wanted(part.layout, runs, theme) for part, runs in zip(group, titles, strict=True))
    drop = min(_MOST, math.ceil(wanted / _STEP) * _STEP)
    while drop > 0:
        lowered = [_lowered(part, drop) for part in group]
        if all(part is not None for part in lowered):
            return [part for part in lowered if part is not None]
        drop -= _STEP
    return list(group)


def _wanted(layout: SlideLayout, title: tuple[Run, ...], theme: Theme) -> float:
    """By how many points what is below that title is too near to it; 0 for a title of one line."""
    holder = layout.title
    below = _below(layout)
    if not below or holder.anchor != "top" or holder.rect.y > _HEAD or holder.style.unbroken:
        return 0.0
    if sum(len(run.text) for run in title) * holder.style.levels[0].size < holder.room.width:
        return 0.0  # on one line, were its letters as wide as they are high
    laid = fit_text((Paragraph(title),), holder.style, holder.room, theme)
    if laid is None or sum(len(p.lines) for p in laid.paragraphs) < 2:
        return 0.0
    first = min(p.rect.y + p.insets.top for p in below)
    return max(0.0, _GAP - (first - holder.room.y - laid.height))


def _below(layout: SlideLayout) -> list[Placeholder]:
    """What stands below the title, and goes down with it: neither what is at the foot nor what begins beside it."""
    title = layout.title.rect
    return [
        p
        for p in layout.placeholders
        if p.type != "title"
        and p.role not in (KICKER, SOURCE)
        and p.style.name != "band"
        and p.rect.y >= title.bottom - _STEP
        and p.rect.x < title.right
        and title.x < p.rect.right
    ]


def _lowered(part: Part, drop: float) -> Part | None:
    """The part with all that lower; None where a text has no room then, or a table, which is measured by its place."""
    layout = part.layout
    below = _below(layout)
    if not below or part.laid.table is not None:
        return None
    foot = max(p.rect.bottom for p in below)
    moved: dict[int, Placeholder] = {}
    for holder in below:
        low = replace(holder, rect=_down(holder.rect, drop, foot))
        text = part.laid.texts.get(holder.role)
        if text is not None and text.height > low.room.height:
            return None
        moved[holder.index] = low
    left, right = min(p.rect.x for p in below), max(p.rect.right for p in below)
    top = min(p.rect.y for p in below)

    def drawn(art: Art) -> Art:
        rect = art.rect
        within = top - _NEAR <= rect.y < foot - _NEAR and rect.bottom <= foot + _NEAR
        inside = within and left - _NEAR <= rect.x < right
        return replace(art, rect=_down(rect, drop, max(foot, rect.bottom))) if inside else art

    placeholders = tuple(moved.get(p.index, p) for p in layout.placeholders)
    changed = layout.derived(
        name=f"{layout.name}, below a long title", placeholders=placeholders, art=tuple(map(drawn, layout.art))
    )
    return replace(part, layout=changed)


def _down(rect: Rect, drop: float, foot: float) -> Rect:
    """The box that much lower, but not beyond the foot."""
    bottom = min(rect.bottom + drop, foot)
    return Rect(rect.x, rect.y + drop, rect.width, bottom - rect.y - drop)
