"""A cover's and a section's texts in the template's own places for them: its subtitle, the line for names and dates, the number
of a chapter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from deckbuilder.theme.corporate.layout import Holder
from deckbuilder.theme.corporate.stage import Stage, likely
from deckbuilder.theme.corporate.styles import ASIDE, READABLE, level
from deckbuilder.theme.roles import BODY, LINKS, META, NUMERAL, SUBTITLE, TEXT, PlaceholderRole
from deckbuilder.theme.theme import Anchor, Placeholder
from deckbuilder.units import Rect

Size = tuple[float, float]
# Two texts that a layout may have places for; the second of each pair may be set smaller.
_PAIRS = ((SUBTITLE, META), (BODY, LINKS))
_LINE = 1.2  # of the size: the least height of a place
_NARROWEST = 0.2  # of the slide's width
_NUMBER = (36.0, 0.3)  # the least size, on a slide of 540 points, and the most width of a place for a number
_OVER = 0.1  # of a place: what another may cover of it


def seats(holders: Sequence[Placeholder], stage: Stage, size: Size) -> dict[PlaceholderRole, Holder]:
    """The template's placeholder for each of a layout's texts, where there is one for all of them; else nothing."""
    roles = [h.role for h in holders if h.type == "body"]
    free = list(_free(stage, size))
    if set(roles) == {NUMERAL, TEXT}:
        least, wide = _NUMBER[0] * size[1] / 540, _NUMBER[1] * size[0]
        number = next((h for h in free if h.looks[0].size >= least and h.rect.width <= wide), None)
        text = next((h for h in free if h is not number and h.rect.width >= _NARROWEST * size[0]), None)
        return {NUMERAL: number, TEXT: text} if number and text else {}
    own = [h for h in free if h.rect.width >= _NARROWEST * size[0]]
    pair = next((pair for pair in _PAIRS if set(roles) == set(pair)), None)
    return dict(zip(pair, own, strict=False)) if pair and len(own) >= 2 else {}


def _free(stage: Stage, size: Size) -> Iterator[Holder]:
    """The places for text besides the title that lie on the slide, on a ground that words can be read on, and on no other: a
    subtitle first, then from the top."""
    host = stage.layout
    taken = [stage.areas.title]
    for h in sorted(host.bodies, key=lambda h: (h.type != "subTitle", h.rect.y, h.rect.x)):
        inside = h.rect.x > -1 and h.rect.y > -1 and h.rect.right < size[0] + 1 and h.rect.bottom < size[1] + 1
        if h is host.heading or not inside or h.vertical or h.rect.height < _LINE * h.looks[0].size:
            continue
        if any(_common(h.rect, other) > _OVER * h.rect.width * h.rect.height for other in taken):
            continue
        if stage.sound(likely(h.rect, h.looks[0].align)):
            taken.append(h.rect)
            yield h


def seated(holder: Placeholder, own: Holder, floor: float) -> Placeholder:
    """A placeholder of ours in the template's own, in its style; `floor` multiplies the smallest sizes."""
    least = (ASIDE if holder.role in (META, LINKS) else READABLE) * floor
    first = level(own.looks[0], least, own.looks[0].color, False)
    size = max(first.size, ASIDE * floor)
    first = replace(first, size=size, floor=min(size, least), bullet=None, indent=0.0, hanging=0.0)
    style = replace(holder.style, levels=(first, *holder.style.levels[1:]), align=own.looks[0].align)
    return replace(holder, rect=own.rect, style=style, anchor=cast(Anchor, own.anchor), insets=own.insets)


def _common(a: Rect, b: Rect) -> float:
    return max(0.0, min(a.right, b.right) - max(a.x, b.x)) * max(0.0, min(a.bottom, b.bottom) - max(a.y, b.y))
