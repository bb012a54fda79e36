"""Where the placeholders of a standard layout go on a template's: into its body, below its cover's title, all over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from deckbuilder.frozen import dataclass
from deckbuilder.theme.color import Color
from deckbuilder.theme.corporate.areas import Grid, around, clear_of, frame_of, kept, stacked
from deckbuilder.theme.corporate.covers import CoverBoxes, cover_boxes, in_the_middle, text_room, with_picture
from deckbuilder.theme.corporate.roles import COVER, SECTION
from deckbuilder.theme.corporate.seats import seated, seats
from deckbuilder.theme.corporate.stage import Stage
from deckbuilder.theme.corporate.styles import in_height, in_ink
from deckbuilder.theme.roles import (
    BODY,
    CAPTION,
    IMPRINT,
    LINKS,
    META,
    NUMERAL,
    PICTURE,
    SUBTITLE,
    TEXT,
    LayoutRole,
    PlaceholderRole,
)
from deckbuilder.theme.styles import TextStyle
from deckbuilder.theme.theme import Anchor, Art, Placeholder, SlideLayout
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


_CAPTION = 64.0  # points: two lines of a caption, and its credit
_STACKED, _STACKED_CENTRED = 150.0, 84.0  # points of height from which a section's text stands below its numeral
_TOGETHER = 190.0  # points of height that a section's numeral and its text take at most
_NUMBER, _TIME = 72.0, 200.0  # points of width that a section's number takes, and how long a break is
_BASELINE = 0.97  # of the size: how far below its box's top a first line stands


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


@dataclass(frozen=True, slots=True)
class CoverPlaces:
    """A cover's placeholders, and the roles of those that share one column, from top to bottom; none for a single one."""

    holders: tuple[Placeholder, ...]
    stack: tuple[PlaceholderRole, ...]


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
        body = stage.room
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

    def on_cover(self, layout: SlideLayout, stage: Stage) -> list[CoverPlaces]:
        """Texts below a cover's title, and its picture where there is room: as near to the template's own as can be first, then
        with more room; nothing where even the texts have none."""
        own = self.seated(layout, stage)
        found = cover_boxes(stage, self.sizes.slide, self.least(layout.role))
        every = [*([own] if own else []), *(self._below(layout, stage, boxes) for boxes in found)]
        pictured = [one for one in every if any(h.type == "picture" for h in one.holders)]
        return pictured or every

    def _below(self, layout: SlideLayout, stage: Stage, boxes: CoverBoxes) -> CoverPlaces:
        others = [h for h in layout.placeholders if h.type != "title"]
        if layout.has(PICTURE):
            boxes = with_picture(boxes, stage, self.sizes.slide, self.least(layout.role))
            if boxes.picture is None:
                others = [h for h in others if h.role not in (PICTURE, CAPTION)]
        middle = in_the_middle(stage, boxes.texts)
        rects = self._on_cover(layout.role, boxes, others, middle)
        heading = stage.layout.heading
        aligned = heading.looks[0].align if heading else "left"
        beside = NUMERAL in rects and TEXT in rects and rects[NUMERAL].right <= rects[TEXT].x
        holders: list[Placeholder] = []
        for h in layout.placeholders:
            if h.type == "title":
                holders.append(replace(self.title(h, stage, h.style), rect=boxes.title))
            elif h.type == "picture" and boxes.picture is not None:
                holders.append(self.own(h, boxes.picture))
            elif h in others:
                rect, style = rects[h.role], h.style
                if h.role == NUMERAL:
                    style = in_height(style, rect.height)
                if beside and aligned != "center":  # on one line below a title they begin where it does
                    style = replace(style, align=aligned)
                insets = Insets(left=stage.areas.insets.left) if rect.x == boxes.texts.x else Insets()
                anchor: Anchor = "middle" if middle and rect.x == boxes.texts.x else "top"
                holders.append(replace(self.own(h, rect), anchor=anchor, style=style, insets=insets))
        column = [h for h in others if h.role != CAPTION or not self._ends(boxes.picture)]
        stack = tuple(h.role for h in column if rects.get(h.role) and rects[h.role].x == boxes.texts.x)
        return CoverPlaces(tuple(holders), stack if len(stack) > 1 else ())

    def seated(self, layout: SlideLayout, stage: Stage) -> CoverPlaces | None:
        """Texts in the template's own places on a cover, with the picture where those leave it room; None where it has not one
        for each."""
        others = [h for h in layout.placeholders if h.type != "title" and h.role != CAPTION]
        own = seats(others, stage, self.sizes.slide)
        if not own:
            return None
        boxes = CoverBoxes(stage.areas.title, around([h.rect for h in own.values()]))
        picture = None
        if layout.has(PICTURE):
            found = with_picture(boxes, stage, self.sizes.slide, 0.0)
            picture = found.picture if found == replace(boxes, picture=found.picture) else None
        out = []
        for h in layout.placeholders:
            if h.type == "title":
                out.append(self.title(h, stage, h.style))
            elif h.role in own:
                out.append(seated(self.own(h, own[h.role].rect), own[h.role], self.sizes.floor))
            elif picture and h.type == "picture":
                out.append(self.own(h, picture))
            elif picture and h.role == CAPTION:
                high = min(_CAPTION * self.sizes.scale, picture.height / 3)
                out.append(self.own(h, Rect(picture.x, picture.bottom - high, picture.width, high)))
        return CoverPlaces(tuple(out), ())

    def _ends(self, picture: Rect | None) -> bool:
        """Whether a picture ends above the slide's foot, and has its caption there."""
        return picture is not None and picture.bottom < self.sizes.slide[1] - 2

    def _on_cover(
        self, role: LayoutRole, boxes: CoverBoxes, others: Sequence[Placeholder], middle: bool
    ) -> dict[PlaceholderRole, Rect]:
        """The boxes of a cover's texts: below one another, a caption at the foot of its picture; a numeral before its text
        where there is no room above it. `middle` tells that they stand in the middle of their room's height."""
        room, k = boxes.texts, self.sizes.scale
        texts = [h for h in others if h.type != "picture"]
        out: dict[PlaceholderRole, Rect] = {}
        if boxes.picture and self._ends(boxes.picture):  # one that bleeds keeps all of its place
            texts = [h for h in texts if h.role != CAPTION]
            high = min(_CAPTION * k, boxes.picture.height / 3)
            out[CAPTION] = Rect(boxes.picture.x, boxes.picture.bottom - high, boxes.picture.width, high)
        centred = any(h.style.align == "center" for h in texts)
        if role in SECTIONS and room.height < (_STACKED_CENTRED if centred else _STACKED) * k:
            wide = (_TIME if role != SECTION else _NUMBER) * k
            # Both stand on one line.
            numeral, text = (next((h for h in texts if h.role == x), None) for x in (NUMERAL, TEXT))
            if numeral and text:
                sizes = [in_height(numeral.style, room.height).levels[0].size, text.style.levels[0].size]
                drop = max(0.0, _BASELINE * (sizes[0] - sizes[1]))
                out[TEXT] = Rect(room.x + wide, room.y + drop, room.width - wide, room.height - drop)
            return out | {NUMERAL: Rect(room.x, room.y, wide, room.height)}
        if role in SECTIONS and texts and not middle:  # a numeral and its text stand together
            room = replace(room, height=min(room.height, _TOGETHER * k))
        shares = {h.role: _SHARES.get(h.role, 1.0) for h in texts}
        return out | dict(zip(shares, stacked(room, shares.values(), 4 * k), strict=True))

    def least(self, role: LayoutRole) -> float:
        """The least height for the texts of a cover or a section, as a share of the slide's."""
        return next((share for of, share in _LEAST.items() if role.within(of)), 0.17)

    def room(self, stage: Stage) -> Rect:
        """Where texts stand on a cover."""
        boxes = cover_boxes(stage, self.sizes.slide, _LEAST[COVER])
        return boxes[0].texts if boxes else text_room(stage, self.sizes.slide)

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
