"""Slides that leave room: the counterpart of what is done about slides that have too little.

Where less than seven tenths of a slide's room are used, its text is set larger, by the steps of its style; and what then
still leaves three tenths free is set at the optical centre, panels drawn in to what stands on them. All slides of
a series go together: they are set in one size, and begin at one height, but for those that are too full for it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median_high

from deckbuilder.content.text import Run
from deckbuilder.layout.arrange.clearing import cleared
from deckbuilder.layout.arrange.draft import Laid, Part
from deckbuilder.layout.arrange.panels import drawn_in
from deckbuilder.layout.frame import LaidText
from deckbuilder.layout.measure import measure_text
from deckbuilder.theme.roles import KICKER, NUMERAL, PlaceholderRole
from deckbuilder.theme.theme import Art, Placeholder, SlideLayout, Theme
from deckbuilder.units import Rect

_USED = 0.7  # the share of its room below which text is set larger
_LITTLE = 0.1  # the share that may stay free below a track and what is said of its stations
_TRACKS = ("timeline", "stages")
_FULL = 0.9  # the share up to which it may then fill it
_STEPS = (1.15, 1.3, 1.5)  # of the theme's size
_CENTRE = 0.4  # the optical centre: a little above the middle
_STEP = 24.0  # points by which groups move and panels shrink: each place is a layout
_PADDING = 24.0  # points that a panel keeps below what stands on it
_PANEL = 100.0  # points of height from which a decoration is a panel, and shrinks, rather than a mark, and moves


def grown(parts: Sequence[Part], titles: Sequence[tuple[Run, ...]], theme: Theme) -> list[Part]:
    """The parts, which those titles will stand above, with their texts as large, and their groups as low, as becomes their
    room."""
    out = list(parts)
    for places in _series(parts):
        group = drawn_in(_settled(_sized([out[n] for n in places], theme)))
        for n, part in zip(places, cleared(group, [titles[n] for n in places], theme), strict=True):
            out[n] = part
    return out


def _series(parts: Sequence[Part]) -> Iterable[list[int]]:
    """The places of the parts that belong together: those of one title in layouts for the same."""
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for n, part in enumerate(parts):
        alone = (n,) if part.layout.host or part.draft.kicker is not None else ()
        groups[(part.title.plain.casefold(), part.layout.role.base, *alone)].append(n)
    return groups.values()


def _sized(group: Sequence[Part], theme: Theme) -> list[Part]:
    """The parts, texts that are peers in one size: the largest that leaves none of them without room."""
    peers: dict[tuple[str, str], list[tuple[int, PlaceholderRole]]] = defaultdict(list)
    for n, part in enumerate(group):
        for role in part.laid.texts:
            peers[(role.base, part.layout.placeholder(role).style.name)].append((n, role))
    texts = [dict(part.laid.texts) for part in group]
    for places in peers.values():
        holders = [group[n].layout.placeholder(role) for n, role in places]
        laid = [texts[n][role] for n, role in places]
        scale = _scale(laid, holders, theme) if not group[0].layout.host else min(text.style.scale for text in laid)
        for (n, role), holder, text in zip(places, holders, laid, strict=True):
            if text.style.scale != scale:
                texts[n][role] = _at(text, holder, scale, theme)
    return [replace(p, laid=replace(p.laid, texts=t)) for p, t in zip(group, texts, strict=True)]


def _scale(texts: Sequence[LaidText], holders: Sequence[Placeholder], theme: Theme) -> float:
    """The size of texts that are peers, as a share of the theme's."""
    smallest = min(text.style.scale for text in texts)
    used = max(text.height / holder.room.height for text, holder in zip(texts, holders, strict=True))
    if smallest < 1 or used >= _USED:
        return smallest
    for scale in reversed([s for s in _STEPS if s <= holders[0].style.largest]):
        tried = [_at(text, holder, scale, theme) for text, holder in zip(texts, holders, strict=True)]
        if all(t.height <= _FULL * h.room.height and not t.torn for t, h in zip(tried, holders, strict=True)):
            return scale
    return smallest


def _at(text: LaidText, holder: Placeholder, scale: float, theme: Theme) -> LaidText:
    style = holder.style.deep_enough(max((p.level for p in text.source if p.marker), default=0))
    return measure_text(text.source, style.scaled(scale), holder.room.width, theme)


def _settled(group: Sequence[Part]) -> list[Part]:
    """The parts, their texts and what these stand on at the optical centre of one that is neither among the full nor among the
    short ones; as far down as they can be where they are too full for that. Those with something else to look at, which texts
    stand beside, stay where they are, and keep none of the others from it."""
    free = {
        n: _free(part.layout, part.laid)
        for n, part in enumerate(group)
        if not (part.layout.host or part.draft.pictures or part.draft.table or part.draft.chart)
    }
    roomy = [points if share > _least(group[n].layout) else 0.0 for n, (points, share) in free.items()]
    common = median_high(roomy) if roomy else 0.0
    out = list(group)
    for n, (points, _) in free.items():
        out[n] = replace(group[n], layout=_lowered(group[n].layout, group[n].laid, common, points))
    return out


def _least(layout: SlideLayout) -> float:
    """The share of their zone that may stay free below a slide's texts: a tenth where nothing but they reaches to its foot."""
    return _LITTLE if layout.role.base in _TRACKS else 1 - _USED


def _free(layout: SlideLayout, laid: Laid) -> tuple[float, float]:
    """The height that is left below a slide's texts, in points and as a share of their zone; nothing where the layout does not
    begin at its head."""
    holders = [h for h in layout.placeholders if _in_group(h) and h.role in laid.texts]
    if not holders or layout.dark or any(h.anchor == "bottom" and h.rect.height > _PANEL for h in holders):
        return 0.0, 0.0
    zone = _zone(holders)
    if zone.y < layout.title.rect.bottom - 8:  # beside its title, or above it
        return 0.0, 0.0
    used = max(h.rect.y + h.insets.top + h.insets.bottom + laid.texts[h.role].height for h in holders)
    free = max(0.0, zone.bottom - used)
    return free, free / zone.height


def _lowered(layout: SlideLayout, laid: Laid, common: float, free: float) -> SlideLayout:
    """The layout with its group so low, and its panels so much shorter, as becomes `common` points below its texts, and `free`
    points there allow."""
    if min(common, free) <= 0:
        return layout
    zone = _zone([h for h in layout.placeholders if _in_group(h) and h.role in laid.texts])
    panels = [a for a in layout.art if _is_panel(a, zone)]
    kept = _PADDING if panels else 0.0
    shorter = math.floor((min(common, free) - kept) / _STEP) * _STEP if panels else 0.0
    drop = max(0.0, math.floor(min(_CENTRE * (common - kept), free - kept) / _STEP) * _STEP)
    if drop <= 0 and shorter <= 0:
        return layout

    def moved(rect: Rect, bottom: float) -> Rect:
        return Rect(rect.x, rect.y + drop, rect.width, max(1.0, bottom - rect.y - drop))

    def placed(holder: Placeholder) -> Placeholder:
        if holder.role == NUMERAL and holder.rect.y >= zone.y - _STEP:  # beside the first line
            return replace(holder, rect=replace(holder.rect, y=holder.rect.y + drop))
        if not _in_group(holder) or holder.rect.y < zone.y - 1:
            return holder
        bottom = holder.rect.bottom + drop
        limit = zone.bottom - shorter + drop if panels else zone.bottom
        return replace(holder, rect=moved(holder.rect, min(bottom, limit)))

    def drawn(art: Art) -> Art:
        if art in panels:
            return replace(art, rect=moved(art.rect, art.rect.bottom - shorter + drop))
        inside = zone.y - _STEP <= art.rect.y < zone.bottom and art.rect.bottom <= zone.bottom + _STEP
        return replace(art, rect=moved(art.rect, art.rect.bottom + drop)) if inside else art

    name = f"{layout.name}, set lower" if drop else f"{layout.name}, shorter panel"
    return layout.derived(
        name=name, placeholders=tuple(map(placed, layout.placeholders)), art=tuple(map(drawn, layout.art))
    )


def _in_group(holder: Placeholder) -> bool:
    return holder.type == "body" and holder.role not in (KICKER, NUMERAL) and holder.style.name != "band"


def _zone(holders: Sequence[Placeholder]) -> Rect:
    """What holds all of the boxes."""
    boxes = [h.rect for h in holders]
    left, top = min(r.x for r in boxes), min(r.y for r in boxes)
    return Rect(left, top, max(r.right for r in boxes) - left, max(r.bottom for r in boxes) - top)


def _is_panel(art: Art, zone: Rect) -> bool:
    """Whether a decoration reaches from the head of the texts to their foot."""
    r = art.rect
    return (
        _PANEL <= r.height < 400
        and art.shape == "rectangle"
        and r.bottom >= zone.bottom - 2 * _STEP
        and r.y >= zone.y - 2 * _STEP
    )
