"""Where on a template's layout our content may stand, and how the standard boxes are laid into that room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from deckbuilder.theme.template.layout import Holder, TemplateLayout
from deckbuilder.theme.theme import Art, Placeholder
from deckbuilder.units import Insets, Rect

STANDARD = Rect(64, 132, 832, 364)  # where standard.yaml has content, on its slide of 960 by 540 points
_GAP = 6.0
_BULLET_ROOM = 12.0


@dataclass(frozen=True)
class Areas:
    """The title's box and the room for content, in points; `notes` tell what had to be moved."""

    title: Rect
    body: Rect
    insets: Insets
    anchor: str
    notes: tuple[str, ...] = ()


def areas(layout: TemplateLayout, body: Holder | None, size: tuple[float, float], line: float) -> Areas:
    """The areas of a layout, of its title and the body holder, or of what they leave free. `line` is the height
    of a title's line at its smallest."""
    width, height = size
    slide = Rect(0, 0, width, height)
    notes: list[str] = []
    holder = layout.title
    title = holder.rect if holder else Rect(0.06 * width, 0.05 * height, 0.88 * width, 0.13 * height)
    if not holder:
        notes.append("has no title: it stands at the top")
    inside = clipped(title, slide)
    if holder and inside.width * inside.height < 0.98 * title.width * title.height:
        notes.append("has a title that leaves the slide: it is kept inside")
    title = (
        inside
        if inside.height >= line and inside.width > 0.2 * width
        else Rect(0.06 * width, 0.05 * height, 0.88 * width, 0.13 * height)
    )
    foot = min((f.rect.y for f in layout.furniture.values() if f.rect.y > 0.7 * height), default=0.95 * height)
    if body is not None:
        room = clipped(body.rect, slide)
    else:
        top = title.bottom + 2 * _GAP
        room = Rect(title.x, top, title.width, foot - top)
    top = room.y
    if room.y < title.bottom and title.y < 0.45 * height and room.bottom > title.bottom + 0.3 * height:
        top = title.bottom + 2
    bottom = min(room.bottom, foot - 2) if foot > room.y + 0.3 * height else room.bottom
    room = Rect(room.x, top, room.width, bottom - top)
    if room.height < 0.3 * height or room.width < 0.4 * width:
        notes.append("has no room for content to speak of: what the title leaves free is used")
        left = min(title.x, 0.06 * width)
        top = title.bottom + 2 * _GAP if title.bottom < 0.5 * height else 0.25 * height
        room = Rect(left, top, width - 2 * left, max(0.4 * height, foot - top - 2))
        room = clipped(room, slide)
    insets = holder.insets if holder else Insets()
    needed = 2 * line + insets.top + insets.bottom
    if title.height < needed and title.bottom <= room.y:
        grown = min(needed, max(title.height, room.y - 2 - title.y))
        title = replace(title, height=grown)
    return Areas(title, room, insets, holder.anchor if holder else "bottom", tuple(notes))


def clipped(rect: Rect, slide: Rect) -> Rect:
    """What of a box lies on the slide."""
    x, y = max(0.0, rect.x), max(0.0, rect.y)
    return Rect(x, y, max(0.0, min(slide.width, rect.right) - x), max(0.0, min(slide.height, rect.bottom) - y))


def frame_of(holders: Iterable[Placeholder]) -> Rect:
    """The standard room, and what of a layout's boxes reaches beyond it."""
    boxes = [STANDARD, *(h.rect for h in holders if h.type != "title")]
    x, y = min(b.x for b in boxes), max(128.0, min(b.y for b in boxes))
    return Rect(x, y, max(b.right for b in boxes) - x, max(b.bottom for b in boxes) - y)


def laid(rect: Rect, source: Rect, target: Rect) -> Rect:
    """A box of the one room, in the other."""
    across, down = target.width / source.width, target.height / source.height
    x, y = target.x + (rect.x - source.x) * across, target.y + (rect.y - source.y) * down
    right, bottom = x + rect.width * across, y + rect.height * down
    y = max(y, target.y)
    return Rect(x, y, right - x, max(1.0, bottom - y))


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
