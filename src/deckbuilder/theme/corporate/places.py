"""Where the placeholders of a standard layout go on a template's: into its body, below its cover's title, all over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from deckbuilder.theme.color import Color
from deckbuilder.theme.corporate.areas import Grid, around, clear_of, frame_of, kept, stacked
from deckbuilder.theme.corporate.covers import cover_boxes, text_room, with_picture
from deckbuilder.theme.corporate.roles import COVER, SECTION
from deckbuilder.theme.corporate.stage import Stage
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
_LEAST = {COVER.varied("picture"): 0.28, COVER: 0.19, SECTION: 0.15, LayoutRole("break"): 0.15, _CLOSING: 0.27}
_OWN_INDEX = 100  # above what programs give to the placeholders of templates
_SHARES = {
    SUBTITLE: 1.0,
    META: 1.5,
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
        """Sizes go with the room for content, and no further than with the slide. In narrow rooms text may be somewhat
        smaller than that."""
        area = (room.width * room.height / (832 * 364)) ** 0.5
        whole = min(slide[1] / 540, max(1.0, slide[0] / 960))
        scale = round(max(0.6, min(area, whole)), 3)
        return cls(slide, scale, scale * min(1.0, max(0.8, room.width / 832 / scale)))


def is_dark(role: LayoutRole) -> bool:
    """Whether the standard layout has a dark ground of its own."""
    return role.unbanded in _DARK


class Places:
    """Lays placeholders out by these sizes."""

    def __init__(self, sizes: Sizes) -> None:
        self.sizes = sizes

    def everywhere(self, layout: SlideLayout, stage: Stage) -> list[Placeholder]:
        """The placeholders where they are, on a slide of another size, but for the side of it where a logo is."""
        slide = self.sizes.slide
        free = clear_of(Rect(0, 0, *slide), stage.layout.shown, slide)
        across, down = free.width / 960, slide[1] / 540

        def placed(h: Placeholder) -> Rect:
            left, width = free.x + h.rect.x * across, h.rect.width * across
            if h.type == "picture":
                return Rect(left, free.y, width, free.height)
            # Words keep their heights, and their distance from the picture's foot.
            return Rect(left, free.bottom - (540 - h.rect.y) * down, width, h.rect.height * down)

        return [self.own(h, placed(h)) for h in layout.placeholders]

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
        """Texts below a cover's title, and its picture where there is room; None where even the texts have none."""
        boxes = cover_boxes(stage, self.sizes.slide, self.least(layout.role))
        if boxes is None:
            return None
        others = [h for h in layout.placeholders if h.type != "title"]
        if layout.has(PICTURE):
            boxes = with_picture(boxes, stage, self.sizes.slide, self.least(layout.role))
            if boxes.picture is None:
                others = [h for h in others if h.role not in (PICTURE, CAPTION)]
        room = boxes.texts
        shares = {h.role: _SHARES.get(h.role, 1.0) for h in others if h.type != "picture"}
        texts = dict(zip(shares, stacked(room, shares.values(), 4 * self.sizes.scale), strict=True))
        if layout.role in SECTIONS and room.height < 150 * self.sizes.scale:
            third = 0.3 * room.width
            texts[NUMERAL] = Rect(room.x, room.y, third, room.height)
            texts[TEXT] = Rect(room.x + third + 8, room.y, room.width - third - 8, room.height)
        holders: list[Placeholder] = []
        for h in layout.placeholders:
            if h.type == "title":
                holders.append(replace(self.title(h, stage, h.style), rect=boxes.title))
            elif h.type == "picture" and boxes.picture is not None:
                holders.append(self.own(h, boxes.picture))
            elif h in others:
                style = in_height(h.style, texts[h.role].height) if h.role == NUMERAL else h.style
                holders.append(replace(self.own(h, texts[h.role]), anchor="top", style=style))
        return holders

    def least(self, role: LayoutRole) -> float:
        """The least height for the texts of a cover or a section, as a share of the slide's."""
        return next((share for of, share in _LEAST.items() if role.within(of)), 0.17)

    def room(self, stage: Stage) -> Rect:
        """Where texts stand on a cover."""
        boxes = cover_boxes(stage, self.sizes.slide, _LEAST[COVER])
        return boxes.texts if boxes else text_room(stage, self.sizes.slide)

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
