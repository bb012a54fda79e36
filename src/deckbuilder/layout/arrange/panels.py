"""Panels that are higher than what stands on them, drawn in to it.

This is for panels beside what stands on none: they begin where that begins. Columns that are all panels fill their
height. Panels side by side stay of one height, the one that the fullest of them needs.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from deckbuilder.layout.arrange.draft import Part
from deckbuilder.layout.frame import QrCode
from deckbuilder.theme.characters import is_complex
from deckbuilder.theme.roles import KICKER, SOURCE
from deckbuilder.theme.theme import Art, Placeholder, SlideLayout

_STEP = 12.0  # points by which panels are drawn in: each height is a layout
_LEAST = 24.0  # points that are worth it
_PADDING = 20.0  # points that a panel keeps below what stands on it
_TALLER = 1.15  # of what is counted: how high programs may draw lines in scripts that are shaped, with a font of theirs
_HIGH = 100.0  # points of height from which a decoration is a panel
_HIGHEST = 400.0  # and up to which: what is higher is a side of the slide
_NEAR = 2.0

_Place = tuple[float, float]  # a panel's top and bottom: those that share both are peers


def drawn_in(group: Sequence[Part]) -> list[Part]:
    """The parts of one series, their panels as high as what stands on them needs in the fullest one."""
    if group[0].layout.host or len({part.layout.art for part in group}) > 1:
        return list(group)
    ends: dict[_Place, float] = {}
    for part in group:
        for place, end in _ends(part).items():
            ends[place] = max(end, ends.get(place, 0.0))
    shorter = {place: math.floor((place[1] - _PADDING - end) / _STEP) * _STEP for place, end in ends.items()}
    shorter = {place: less for place, less in shorter.items() if less >= _LEAST}
    return [replace(part, layout=_shortened(part.layout, shorter)) for part in group] if shorter else list(group)


def _ends(part: Part) -> dict[_Place, float]:
    """How far down something stands on the panels, by their place; nothing of those that are filled by what is no text."""
    held: dict[_Place, list[float]] = defaultdict(list)
    on = {holder.role for panel in _panels(part.layout) for holder in _on(panel, part.layout)}
    if not any(role not in on and role not in (KICKER, SOURCE) for role in part.laid.texts):
        return {}
    for panel in _panels(part.layout):
        place = (panel.rect.y, panel.rect.bottom)
        held[place] += [_end(part, holder) for holder in _on(panel, part.layout)]
    return {place: max(ends) for place, ends in held.items() if ends and max(ends) > 0}


def _end(part: Part, holder: Placeholder) -> float:
    """Where what fills a place ends: 0 where it is empty, its own end where that is not known."""
    rect = holder.rect
    picture = part.draft.pictures.get(holder.role)
    if isinstance(picture, QrCode):
        return rect.y + min(rect.width, rect.height)
    if picture is not None or holder.type in ("table", "chart"):
        return rect.bottom
    text = part.laid.texts.get(holder.role)
    if text is None:
        return 0.0
    if holder.anchor != "top" and rect.height > _HIGH:
        return rect.bottom
    shaped = any(is_complex(run.text) for paragraph in text.paragraphs for run in paragraph.runs)
    return rect.y + holder.insets.top + text.height * (_TALLER if shaped else 1.0) + holder.insets.bottom


def _panels(layout: SlideLayout) -> Iterator[Art]:
    for art in layout.art:
        if art.shape == "rectangle" and _HIGH <= art.rect.height < _HIGHEST:
            yield art


def _on(panel: Art, layout: SlideLayout) -> Iterator[Placeholder]:
    """The places that lie on a panel."""
    box = panel.rect
    for holder in layout.placeholders:
        rect = holder.rect
        across = box.x - _NEAR <= rect.x and rect.right <= box.right + _NEAR
        if holder.type != "title" and across and box.y - _NEAR <= rect.y < box.bottom:
            yield holder


def _shortened(layout: SlideLayout, shorter: dict[_Place, float]) -> SlideLayout:
    """The layout, the panels at those places so much shorter, and what lies on them no lower than they reach."""
    panels = [art for art in _panels(layout) if (art.rect.y, art.rect.bottom) in shorter]
    foot: dict[int, float] = {}
    for panel in panels:
        low = panel.rect.bottom - shorter[panel.rect.y, panel.rect.bottom]
        for holder in _on(panel, layout):
            foot[holder.index] = low

    def drawn(art: Art) -> Art:
        if art not in panels:
            return art
        return replace(art, rect=art.rect.with_bottom(art.rect.bottom - shorter[art.rect.y, art.rect.bottom]))

    def placed(holder: Placeholder) -> Placeholder:
        if holder.index not in foot or holder.rect.bottom <= foot[holder.index]:
            return holder
        return replace(holder, rect=holder.rect.with_bottom(foot[holder.index]))

    return layout.derived(
        name=f"{layout.name}, shorter panel",
        placeholders=tuple(map(placed, layout.placeholders)),
        art=tuple(map(drawn, layout.art)),
    )
