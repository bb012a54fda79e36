"""Where on a template's layout our content may stand, and how the standard boxes are laid into that room."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from deckbuilder.frozen import dataclass
from deckbuilder.theme.corporate.layout import CorporateLayout
from deckbuilder.theme.theme import Art, Placeholder
from deckbuilder.units import Insets, Rect

STANDARD = Rect(64, 132, 832, 364)  # where standard.yaml has content, on its slide of 960 by 540 points
_GAP = 6.0
_LOW = 64.0  # points: boxes of the standard layouts up to this height hold a line or two
_ROOMY = 1.05
_ORNAMENT = 0.08  # of the slide: what is larger is no ornament but a ground
_KEPT = 0.7  # of the room: what is left where an ornament is kept clear
_SPARED = 0.5  # the same for what the sample slides keep clear
_HIGH_ENOUGH = 0.85  # of its height: what a title has beside an ornament that touches it
_LEAST_SHARE = 0.6  # of an even share: how far the other boxes give way


@dataclass(frozen=True)
class Areas:
    """The title's box and the room for content, in points; `notes` tell what had to be moved."""

    title: Rect
    body: Rect
    insets: Insets
    anchor: str
    notes: tuple[str, ...] = ()


def areas(
    layout: CorporateLayout, body: Rect | None, size: tuple[float, float], line: float, content: bool = False
) -> Areas:
    """The areas of a layout, of its title and the `body`'s box, or of what they leave free. `line` is the height
    of a title's line at its smallest; `content` tells that the title has to leave room for content below it."""
    width, height = size
    slide = Rect(0, 0, width, height)
    notes: list[str] = []
    holder = layout.heading if not content else layout.title
    at_top = Rect(0.06 * width, 0.05 * height, 0.88 * width, 0.13 * height)
    if layout.standard and layout.standard.bottom < 0.35 * height and layout.standard.width > 0.4 * width:
        at_top = clipped(layout.standard, slide)
    title = holder.rect if holder else at_top
    if not holder:
        notes.append("there is no title; it stands at the top")
    inside = clipped(title, slide)
    if holder and inside.width * inside.height < 0.98 * title.width * title.height:
        notes.append("the title leaves the slide; it is kept inside")
    title = inside if inside.height >= line and inside.width > 0.2 * width else at_top
    if content and title != at_top and _in_the_way(title, body, height):
        title = at_top
        notes.append("the title stands where content goes; on slides with content it stands at the top")
    foot = min((f.rect.y for f in layout.furniture.values() if f.rect.y > 0.7 * height), default=0.95 * height)
    if body is not None:
        room = clipped(body, slide)
    else:
        top = title.bottom + 2 * _GAP
        room = Rect(title.x, top, title.width, foot - top)
    top = room.y
    if room.y < title.bottom and title.y < 0.45 * height and room.bottom > title.bottom + 0.3 * height:
        top = title.bottom + 2
    bottom = min(room.bottom, foot - 2) if foot > room.y + 0.3 * height else room.bottom
    room = Rect(room.x, top, room.width, bottom - top)
    if room.height < 0.3 * height or room.width < 0.4 * width:
        notes.append("there is too little room for content; what the title leaves free is used")
        left = min(title.x, 0.06 * width)
        top = title.bottom + 2 * _GAP if title.bottom < 0.5 * height else 0.25 * height
        room = Rect(left, top, width - 2 * left, max(0.4 * height, foot - top - 2))
        room = clipped(room, slide)
    if content:
        room = clear_of(room, layout.shown, size, layout.spared)
        title = clear_of(title, layout.shown, size, layout.spared, across=True)
    insets = holder.insets if holder else Insets()
    needed = 2 * line + insets.top + insets.bottom
    barred = holder is not None and holder.fill is not None  # a title stays on its bar
    if title.height < needed and title.bottom <= room.y and not barred:
        grown = min(needed, max(title.height, room.y - 2 - title.y))
        title = replace(title, height=grown)
    return Areas(title, room, insets, holder.anchor if holder else "bottom", tuple(notes))


def _in_the_way(title: Rect, body: Rect | None, height: float) -> bool:
    """Whether a title leaves no room below it: it stands low or is very high, and the body is not above it."""
    if title.y + title.height / 2 < 0.4 * height and title.height < 0.4 * height:
        return False
    return body is None or body.bottom > title.y + 2 or body.height < 0.4 * height


def clear_of(
    room: Rect, art: Iterable[Rect], size: tuple[float, float], spared: Collection[Rect] = (), across: bool = False
) -> Rect:
    """The room without the side of it where an ornament of the template's is, a logo in its corner; `across` makes it narrower,
    or hardly lower. What is large, or in the middle, content stands on, and so it does on what is scattered all over; but not on
    what the template's sample slides have `spared`."""
    whole = room
    for ornament in art:
        inside = Rect(
            max(room.x, ornament.x),
            max(room.y, ornament.y),
            min(room.right, ornament.right) - max(room.x, ornament.x),
            min(room.bottom, ornament.bottom) - max(room.y, ornament.y),
        )
        large = ornament.width * ornament.height > _ORNAMENT * size[0] * size[1]
        if inside.width < 2 or inside.height < 2 or (large and ornament not in spared):
            continue
        cuts = [
            (1.0, Rect(room.x, room.y, room.width, ornament.y - _GAP - room.y)),
            (1.0, Rect(room.x, ornament.bottom + _GAP, room.width, room.bottom - ornament.bottom - _GAP)),
            (0.9, Rect(room.x, room.y, ornament.x - _GAP - room.x, room.height)),
            (0.9, Rect(ornament.right + _GAP, room.y, room.right - ornament.right - _GAP, room.height)),
        ]
        if across:  # or next to nothing of its height
            cuts = [cut for cut in cuts if cut[1].height >= _HIGH_ENOUGH * whole.height]
        _, best = max(cuts, key=lambda cut: cut[0] * max(0.0, cut[1].width) * max(0.0, cut[1].height))
        if best.width * best.height > (_SPARED if ornament in spared else _KEPT) * whole.width * whole.height:
            room = best
    return room


def clipped(rect: Rect, slide: Rect) -> Rect:
    """What of a box lies on the slide."""
    x, y = max(0.0, rect.x), max(0.0, rect.y)
    return Rect(x, y, max(0.0, min(slide.width, rect.right) - x), max(0.0, min(slide.height, rect.bottom) - y))


def frame_of(holders: Iterable[Placeholder]) -> Rect:
    """The standard room, and what of a layout's boxes reaches beyond it."""
    boxes = [STANDARD, *(h.rect for h in holders if h.type != "title")]
    x, y = min(b.x for b in boxes), max(128.0, min(b.y for b in boxes))
    return Rect(x, y, max(b.right for b in boxes) - x, max(b.bottom for b in boxes) - y)


class Grid:
    """Lays boxes of the standard room into a template's. Heights go with the room's, but those of low boxes,
    which hold a line or two, go with the text's size as far as the others can give way."""

    def __init__(self, holders: Sequence[Placeholder], source: Rect, target: Rect, scale: float) -> None:
        self.source = source
        self.target = target
        self.across = target.width / source.width
        low = [(h.rect.y, h.rect.bottom) for h in holders if h.type == "body" and h.rect.height <= _LOW]
        heights = sorted({source.y, source.bottom, *(y for span in low for y in span if source.y < y < source.bottom)})
        pieces = [(a, b, any(y <= a and b <= z for y, z in low)) for a, b in pairwise(heights)]
        even = target.height / source.height
        rigid = sum(b - a for a, b, fixed in pieces if fixed)
        loose = source.height - rigid
        slope = max(even, scale * _ROOMY)
        rest = (target.height - rigid * slope) / loose if loose > 0 else 0.0
        if rest < even * _LEAST_SHARE:
            rest = even * _LEAST_SHARE if loose > 0 else 0.0
            slope = (target.height - loose * rest) / rigid if rigid else even
        self.pieces = [(a, b, slope if fixed else rest) for a, b, fixed in pieces]

    def y(self, y: float) -> float:
        """Where a height of the standard room lies in the template's."""
        out = self.target.y
        for a, b, slope in self.pieces:
            out += slope * max(0.0, min(y, b) - a)
        return out

    def rect(self, rect: Rect) -> Rect:
        """A box of the standard room, in the template's."""
        left = self.target.x + (rect.x - self.source.x) * self.across
        top, bottom = self.y(rect.y), self.y(rect.bottom)
        return Rect(left, top, rect.width * self.across, max(1.0, bottom - top))


def kept(art: Art, frame: Rect) -> bool:
    """Whether a decoration belongs to the content, a panel or a rule, rather than to the slide's look."""
    a = art.rect
    return a.x >= frame.x - 6 and a.right <= frame.right + 6 and a.y >= 120 and a.bottom <= frame.bottom + 6


def stacked(room: Rect, shares: Iterable[float], gap: float) -> list[Rect]:
    """The room divided from top to bottom by shares."""
    shares = list(shares)
    free = room.height - gap * (len(shares) - 1)
    out, y = [], room.y
    for share in shares:
        height = free * share / sum(shares)
        out.append(Rect(room.x, y, room.width, height))
        y += height + gap
    return out


def around(boxes: Sequence[Rect]) -> Rect:
    """The smallest box around these."""
    x, y = min(b.x for b in boxes), min(b.y for b in boxes)
    return Rect(x, y, max(b.right for b in boxes) - x, max(b.bottom for b in boxes) - y)


def meet(a: Rect, b: Rect) -> bool:
    """Whether two boxes have something in common."""
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom


def holds(a: Rect, b: Rect) -> bool:
    """Whether one box is all inside the other, the first."""
    return a.x <= b.x and a.y <= b.y and a.right >= b.right and a.bottom >= b.bottom
