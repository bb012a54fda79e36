"""A template's layout as it is, for the slides that it can hold without a copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from deckbuilder.theme.corporate.areas import around
from deckbuilder.theme.corporate.hosted import hosted
from deckbuilder.theme.corporate.layout import Holder
from deckbuilder.theme.corporate.places import Places
from deckbuilder.theme.corporate.roles import COLUMNS, COMPARISON, POINTS, TITLE_ONLY, Match
from deckbuilder.theme.corporate.scores import comparison_order
from deckbuilder.theme.corporate.stage import Stage
from deckbuilder.theme.corporate.styles import as_title, body_style, is_tiny
from deckbuilder.theme.roles import LayoutRole
from deckbuilder.theme.theme import Anchor, SlideLayout
from deckbuilder.units import Rect

# Roles whose slides a template's layout can hold as it is, and the roles that share it.
_SHARED = {
    POINTS: tuple(map(LayoutRole, ("points", "numbers", "agenda", "objectives", "text"))),
    COLUMNS: (COLUMNS,),
    COMPARISON: (COMPARISON,),
    TITLE_ONLY: (TITLE_ONLY,),
}


def native(
    layout: SlideLayout, stage: Stage, matches: Mapping[LayoutRole, Match], places: Places
) -> SlideLayout | None:
    """The template's layout itself, where its placeholders are those that the role fills; None where they are not."""
    host = stage.layout
    serving = next((k for k, roles in _SHARED.items() if layout.role in roles and k in matches), None)
    if serving is None or matches[serving].layout is not host or (layout.role in matches and layout.role != serving):
        return None
    bodies = comparison_order(host) if serving == COMPARISON else [] if serving == TITLE_ONLY else host.mains
    wanted = [h for h in layout.placeholders if h.type != "title"]
    indexes = [b.index for b in bodies]
    every = [*bodies, *([host.title] if host.title else [])]
    sound = (
        host.title is not None
        and len(bodies) == len(wanted)
        and 0 not in indexes
        and len(set(indexes)) == len(indexes)
        and all(h.steady and not h.dyed and not h.small_capitals for h in every)
        and not any(is_tiny(h, places.sizes.floor) for h in every)
        and not host.moved
        and not host.relaid
        and stage.areas.title == host.title.rect
        and not (stage.uneven or stage.title_plated)
        and _kept(stage.areas.body, host.mains)
    )
    if not sound or host.title is None:
        return None
    title_of = layout.title
    look = host.title.looks[0]
    title = replace(
        places.title(title_of, stage, as_title(host.title, places.sizes.floor)),
        kind=host.title.type,
        index=host.title.index,
    )
    holders = [title]
    for h, b in zip(wanted, bodies, strict=True):
        style = body_style(str(layout.role), b, places.sizes.floor, None)
        holders.append(
            replace(
                h,
                rect=b.rect,
                style=style,
                anchor=cast(Anchor, b.anchor),
                insets=b.insets,
                index=b.index,
                kind=b.type,
            )
        )
    bullet = bodies[0].looks[0].bullet_color or bodies[0].looks[0].color if bodies else look.color
    return hosted(layout, stage, {}, holders, (), native=True, bullet=bullet, name=host.name)


def _kept(room: Rect, mains: Sequence[Holder]) -> bool:
    """Whether the room for content is, but for a little, that of the template's own places for it."""
    if not mains:
        return True
    whole = around([h.rect for h in mains])
    return room.width > 0.95 * whole.width and room.height > 0.9 * whole.height
