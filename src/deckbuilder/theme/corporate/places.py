"""Where the placeholders of a standard layout go on a template's: into its body, below its cover's title, all over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from deckbuilder.theme.color import Color
from deckbuilder.theme.corporate.areas import Grid, around, clipped, frame_of, kept, stacked
from deckbuilder.theme.corporate.roles import COVER, SECTION
from deckbuilder.theme.corporate.stage import Stage, alike
from deckbuilder.theme.corporate.styles import in_height, in_ink
from deckbuilder.theme.roles import BODY, CAPTION, IMPRINT, LINKS, META, NUMERAL, PICTURE, SUBTITLE, TEXT, LayoutRole
from deckbuilder.theme.theme import Anchor, Art, Placeholder, SlideLayout, TextStyle
from deckbuilder.units import Insets, Rect

_CLOSING = LayoutRole("closing")
COVERS = (COVER, COVER.varied("picture"), _CLOSING, _CLOSING.varied("imprint"))
SECTIONS = (SECTION, LayoutRole("break"))
_DARK = (*COVERS, *SECTIONS, LayoutRole("statement"))
FULL = LayoutRole("picture").varied("full")  # the picture fills the slide, the title lies on it
# The least height below a cover's title, as a share of the slide's, that its texts can do with.
_LEAST = {COVER: 0.17, SECTION: 0.17, LayoutRole("break"): 0.17, _CLOSING: 0.3}
_OWN_INDEX = 100  # above what programs give to the placeholders of templates
_SHARES = {
    SUBTITLE: 1.0,
    META: 1.2,
    CAPTION: 0.7,
    NUMERAL: 1.3,
    TEXT: 1.0,
    BODY: 1.6,
    LINKS: 1.0,
    IMPRINT: 1.4,
}


@dataclass(frozen=True, slots=True)
class Sizes:
    """The slide's width and height in points, and what the standard sizes of text are multiplied by: `scale` the sizes,
    `floor` the smallest that fitting may go down to."""

    slide: tuple[float, float]
    scale: float
    floor: float

    @classmethod
    def of(cls, slide: tuple[float, float], room: Rect) -> Sizes:
        """Sizes go with the room for content, and no further down than with the slide's height. In narrow rooms text may
        be somewhat smaller than that."""
        area = (room.width * room.height / (832 * 364)) ** 0.5
        scale = round(min(1.2, max(0.6, min(area, slide[1] / 540))), 3)
        return cls(slide, scale, scale * min(1.0, max(0.8, room.width / 832 / scale)))


def is_dark(role: LayoutRole) -> bool:
    """Whether the standard layout has a dark ground of its own."""
    return role.unbanded in _DARK


class Places:
    """Lays placeholders out by these sizes."""

    def __init__(self, sizes: Sizes) -> None:
        self.sizes = sizes

    def everywhere(self, layout: SlideLayout) -> list[Placeholder]:
        """The placeholders where they are, on a slide of another size."""
        across, down = self.sizes.slide[0] / 960, self.sizes.slide[1] / 540
        return [self.own(h, _stretched(h.rect, across, down)) for h in layout.placeholders]

    def in_content(
        self, layout: SlideLayout, stage: Stage, tone: Mapping[str, Color], looks: Mapping[str, TextStyle]
    ) -> tuple[list[Placeholder], tuple[Art, ...]]:
        """The layout's boxes in the template's body, its title in the template's; and the decorations that go with them."""
        frame = frame_of(layout.placeholders)
        body = stage.areas.body
        if is_dark(layout.role):
            frame = around([p.rect for p in layout.placeholders if p.type != "title"])
        grid = Grid(layout.placeholders, frame, body, self.sizes.scale)
        holders = []
        for h in layout.placeholders:
            if h.type == "title":
                holders.append(self.title(h, stage, looks["title"]))
            else:
                style = in_ink(h.style, tone["ink"]) if h.role == NUMERAL else h.style
                holders.append(replace(self.own(h, grid.rect(h.rect)), style=style))
        art = [] if is_dark(layout.role) else [a for a in layout.art if kept(a, frame)]
        share = min(body.width / frame.width, body.height / frame.height)
        placed = tuple(replace(a, rect=grid.rect(a.rect), size=a.size * share) for a in art)
        return holders, placed

    def on_cover(self, layout: SlideLayout, stage: Stage) -> list[Placeholder] | None:
        """Texts below a cover's title; None where it has too little room for them."""
        role, slide = layout.role, Rect(0, 0, *self.sizes.slide)
        room = self.room(stage)
        others = [h for h in layout.placeholders if h.type != "title"]
        shares = {h.role: _SHARES.get(h.role, 1.0) for h in others if h.type != "picture"}
        least = _LEAST.get(role, 0.4) * slide.height
        if room.height < least or room.width < 0.35 * slide.width:
            return None
        right: Rect | None = None
        if layout.has(PICTURE):
            right = Rect(room.x + 0.58 * room.width, room.y, 0.42 * room.width, room.height)
            room = Rect(room.x, room.y, 0.55 * room.width, room.height)
        boxes = dict(zip(shares, stacked(room, shares.values(), 4 * self.sizes.scale), strict=True))
        if role in SECTIONS and room.height < 150 * self.sizes.scale:
            third = 0.3 * room.width
            boxes[NUMERAL] = Rect(room.x, room.y, third, room.height)
            boxes[TEXT] = Rect(room.x + third + 8, room.y, room.width - third - 8, room.height)
        holders: list[Placeholder] = []
        for h in layout.placeholders:
            if h.type == "title":
                holders.append(self.title(h, stage, h.style))
            elif right is not None and h.type == "picture":
                holders.append(self.own(h, right))
            else:
                style = in_height(h.style, boxes[h.role].height) if h.role == NUMERAL else h.style
                holders.append(replace(self.own(h, boxes[h.role]), anchor="top", style=style))
        return holders

    def room(self, stage: Stage) -> Rect:
        """Where texts stand below a cover's title: in its subtitle, and as far down as the ground is the same."""
        host, title = stage.layout, stage.areas.title
        slide = Rect(0, 0, *self.sizes.slide)
        text = max(host.bodies, key=lambda h: h.rect.width * h.rect.height, default=None)
        low = [f.rect.y for f in host.furniture.values() if f.rect.y > 0.7 * slide.height]
        foot = min(low, default=0.94 * slide.height)
        room = Rect(title.x, title.bottom + 8, title.width, foot - title.bottom - 8)
        if text:
            room = clipped(text.rect, slide)
        if room.y < title.bottom < room.bottom:
            room = Rect(room.x, title.bottom + 4, room.width, room.bottom - title.bottom - 4)
        deep = Rect(room.x, room.y, room.width, min(foot - 4, room.y + 0.45 * slide.height) - room.y)
        longer = room.y >= title.bottom and deep.height > room.height
        return deep if longer and alike(stage.terrain.below(deep), stage.terrain.below(room)) else room

    def title(self, holder: Placeholder, stage: Stage, style: TextStyle) -> Placeholder:
        """A title where the template has its own."""
        a = stage.areas
        return replace(
            holder, rect=a.title, style=style, anchor=cast(Anchor, a.anchor), insets=a.insets, index=0, fill=None
        )

    def own(self, holder: Placeholder, rect: Rect) -> Placeholder:
        """A placeholder of ours; its shape goes with it."""
        k, i = self.sizes.scale, holder.insets
        insets = Insets(i.left * k, i.top * k, i.right * k, i.bottom * k)
        index = 0 if holder.type == "title" else holder.index + _OWN_INDEX
        return replace(holder, rect=rect, insets=insets, index=index)


def _stretched(rect: Rect, across: float, down: float) -> Rect:
    return Rect(rect.x * across, rect.y * down, rect.width * across, rect.height * down)
