"""How well a template's layout serves a role, of 100: by its name, its room, the sample slides on it, and what else
stands on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from deckbuilder.frozen import dataclass
from deckbuilder.theme.corporate.layout import CorporateLayout, Holder
from deckbuilder.theme.corporate.names import names, others
from deckbuilder.theme.roles import LayoutRole
from deckbuilder.units import Rect

COVER = LayoutRole("cover")
POINTS = LayoutRole("points")
SECTION = LayoutRole("section")
COLUMNS = LayoutRole("columns")
COMPARISON = LayoutRole("comparison")
TITLE_ONLY = LayoutRole("title", ("only",))
ROLES = (COVER, POINTS, SECTION, COLUMNS, COMPARISON, TITLE_ONLY)

How = Literal["map", "name", "samples", "placeholders"]
Size = tuple[float, float]

# What a layout gets for each thing that speaks for it; together they are 100 at most.
_NAMED, _WORDED, _ROOM, _USED, _PLAIN, _HOME = 38, 27, 28, 18, 8, 8
_ELSEWHERE = 30  # less, for the layouts of a master that no sample slide uses while others are used
_MISNAMED = 20  # less, for one whose name says another role, or something else
_WIDE, _NARROW = 0.4, 0.25  # the least widths of a body and of a column, as shares of the slide's
_FULL_ROOM = 0.5  # the share of the slide that a body need not exceed


@dataclass(frozen=True, slots=True)
class Score:
    """Of 100, and what speaks for the layout most."""

    value: int
    how: How


def home_of(layouts: Sequence[CorporateLayout]) -> str:
    """The master that content stands on: the one that most sample slides use between the first and a last one like it, then
    the one that most use at all, else the first that draws something, and little where content goes."""
    order = list(dict.fromkeys(x.master for x in layouts))

    def rank(master: str) -> tuple[int, int, bool, tuple[int, float], int]:
        own = [x for x in layouts if x.master == master]
        uses, opens = sum(x.uses for x in own), any(x.opens for x in own)
        dressed = opens + (opens and any(x.closes for x in own))  # cover and closing slide
        crowded = min((clutter(x) for x in own if x.mains), default=(0, 0.0))
        return dressed - uses, -uses, not any(x.shown or x.ground for x in own), crowded, order.index(master)

    return min(order, key=rank)


def cover_home(layouts: Sequence[CorporateLayout]) -> str:
    """The master that covers stand on: that of the first sample slide, else the one that content does."""
    return next((x.master for x in layouts if x.opens), None) or home_of(layouts)


def clutter(layout: CorporateLayout) -> tuple[int, float]:
    """How many pieces of art the layout and its master have in the places for content, but for panels that hold one; and how
    much of these places they take, as a share, counted for each piece."""
    mains = [h.rect for h in layout.mains]
    pieces = [[_common(art, m) for m in mains if not _holds(art, m)] for art in layout.shown]
    taken = sum(map(sum, pieces)) / (sum(m.width * m.height for m in mains) or 1.0)
    return sum(any(area > 0 for area in areas) for areas in pieces), round(taken, 2)


def score(
    role: LayoutRole, layout: CorporateLayout, layouts: Sequence[CorporateLayout], size: Size, home: str
) -> Score | None:
    """The score of one of the template's `layouts` for a role; None for one that cannot serve it. `home` is the master that
    the others are on."""
    if any(h.vertical for h in layout.holders):
        return None
    said = names()[role]
    named = (layout.type == said.type or said.whole(layout.name)) and not _otherwise(role, layout)
    worded = named or said.within(layout.name)
    room = _ROOMS[role](layout, size, named or worded)
    if room is None:
        return None
    most = max((x.uses for x in layouts), default=0)
    shown = max((x.shows.get(str(role), 0) for x in layouts), default=0)
    used = layout.shows.get(str(role), 0) / shown if shown else layout.uses / most if most else 0.0
    if role == COVER:
        used = 1.0 if layout.opens else used / 4
    value = (
        (_NAMED if named else _WORDED if worded else 0)
        + _ROOM * room
        + _USED * used
        + _PLAIN * _plain(role, layout, size)
    )
    value += _HOME if layout.master == home else 0
    if most and not any(x.uses for x in layouts if x.master == layout.master):
        value -= _ELSEWHERE
    if not worded and (others().within(layout.name) or _called_otherwise(role, layout)):
        value -= _MISNAMED
    how: How = "name" if worded else "samples" if used and role in (COVER, SECTION) else "placeholders"
    return Score(max(1, round(value)), how)


def _otherwise(role: LayoutRole, layout: CorporateLayout) -> bool:
    """Whether PowerPoint's type of a layout is the role's, but its name is wholly another's: layouts are made by changing
    copies of others."""
    return any(n.whole(layout.name) for r, n in names().items() if r != role) and not names()[role].whole(layout.name)


def _called_otherwise(role: LayoutRole, layout: CorporateLayout) -> bool:
    """Whether a layout's name says another role."""
    return any(n.whole(layout.name) or n.within(layout.name) for r, n in names().items() if r != role)


def _plain(role: LayoutRole, layout: CorporateLayout, size: Size) -> float:
    """How little stands on a layout besides what the role needs; for covers, how much it is dressed for the day."""
    if role == COVER:
        return 1.0 if layout.ground or layout.art else 0.3
    beside = [h for h in layout.holders if h is not layout.title and h not in layout.mains]
    if role == COMPARISON:
        beside = [h for h in beside if h not in comparison_order(layout)]
    pictures = [h for h in beside if h.type not in ("body", "obj", "subTitle")]
    covered = [
        a for a in layout.art for m in layout.mains if role != SECTION and _share(_common(a, m.rect), m.rect) > 0.1
    ]
    return max(0.0, 1.0 - 0.2 * len(beside) - 0.5 * len(pictures) - 0.4 * bool(covered))


def _points(x: CorporateLayout, size: Size, named: bool) -> float | None:
    mains = x.mains
    if (
        x.title is None
        or len(mains) != 1
        or mains[0].rect.width < _WIDE * size[0]
        or mains[0].rect.height < 0.1 * size[1]
    ):
        return None
    area = _on_slide(mains[0], size)
    return min(1.0, area / _FULL_ROOM) * _title_above(x, mains, size)


def _columns(x: CorporateLayout, size: Size, named: bool) -> float | None:
    mains = x.mains
    if x.title is None or len(mains) != 2 or comparison_order(x):
        return None
    left, right = mains
    if x.title.rect.right <= right.rect.x:  # the heading of one column
        return None
    level = abs(left.rect.y - right.rect.y) < 0.03 * size[1] and left.rect.right <= right.rect.x + 1
    if not level or min(left.rect.width, right.rect.width) < _NARROW * size[0]:
        return None
    even = min(left.rect.width, right.rect.width) / max(left.rect.width, right.rect.width)
    area = sum(_on_slide(h, size) for h in mains)
    return min(1.0, area / _FULL_ROOM) * even * _title_above(x, mains, size)


def _comparison(x: CorporateLayout, size: Size, named: bool) -> float | None:
    order = comparison_order(x)
    if x.title is None or not order:
        return None
    return min(1.0, sum(_on_slide(h, size) for h in order) / _FULL_ROOM)


def comparison_order(layout: CorporateLayout) -> list[Holder]:
    """Heading and text of the left column, then of the right one; empty where a layout has no such columns."""
    mains = layout.mains
    if len(mains) != 2 or mains[0].rect.right > mains[1].rect.x + 1:
        return []
    out: list[Holder] = []
    for main in mains:
        over = [
            h
            for h in layout.of("body", "obj")
            if h not in mains
            and h.rect.bottom <= main.rect.y + 0.3 * h.rect.height
            and abs(h.rect.x - main.rect.x) < 0.1 * main.rect.width
            and 0.6 * main.rect.width < h.rect.width < 1.2 * main.rect.width
        ]
        if not over:
            return []
        out += [max(over, key=lambda h: h.rect.bottom), main]
    return out


def _cover(x: CorporateLayout, size: Size, named: bool) -> float | None:
    """Covers have a title of their own kind, a name, or the first sample slide, or are the first layout of all; and have no
    list or chart."""
    heading = x.heading
    if heading is None or x.of("chart", "tbl") or len(x.bodies) > _MOST_TEXTS:
        return None
    lists = [h for h in x.of("body", "obj") if h is not heading and _on_slide(h, size) > 0.35]
    centred = x.title is not None and x.title.type == "ctrTitle"
    plain = x.type in ("", "tx") and len(x.bodies) <= 2 and (not x.of("pic") or x.order == 0)
    if not (named or x.opens or centred or plain):
        return None
    if lists and not named:
        return None
    low = _middle(heading) > 0.28 * size[1]
    return 0.4 * low + 0.3 * (centred or x.order == 0) + 0.3 * (not lists)


_MOST_TEXTS = 5  # a cover's subtitle, names, date, place: more is a form


def _section(x: CorporateLayout, size: Size, named: bool) -> float | None:
    heading = x.heading
    if heading is None or x.of("chart", "tbl"):
        return None
    lists = [h for h in x.of("body", "obj") if h is not heading and _on_slide(h, size) > 0.35]
    low = _middle(heading) > 0.28 * size[1]
    if not named and (lists or not low or x.opens or x.type == "title" or _is(COVER, x)):
        return None
    if not named and not (x.uses > 1 or x.ground or x.art):
        return None
    return 0.5 * low + 0.3 * (not lists) + 0.2 * (x.ground or bool(x.art))


def _title_only(x: CorporateLayout, size: Size, named: bool) -> float | None:
    if x.title is None or any(_on_slide(h, size) > 0.1 for h in x.holders if h is not x.title):
        return None
    if not named and (_middle(x.title) > 0.35 * size[1] or _is(SECTION, x) or _is(COVER, x)):
        return None
    return _title_above(x, [], size)


_ROOMS: dict[LayoutRole, Callable[[CorporateLayout, Size, bool], float | None]] = {
    COVER: _cover,
    POINTS: _points,
    SECTION: _section,
    COLUMNS: _columns,
    COMPARISON: _comparison,
    TITLE_ONLY: _title_only,
}


def _is(role: LayoutRole, layout: CorporateLayout) -> bool:
    said = names()[role]
    return layout.type == said.type or said.within(layout.name) or said.whole(layout.name)


def _title_above(x: CorporateLayout, mains: Sequence[Holder], size: Size) -> float:
    """1 for a title at the top, less the lower it stands."""
    if x.title is None:
        return 0.5
    middle = _middle(x.title)
    if any(_middle(m) < middle for m in mains):
        return 0.5
    return 1.0 if middle < 0.3 * size[1] else 0.75 if middle < 0.45 * size[1] else 0.4


def _middle(holder: Holder) -> float:
    return holder.rect.y + holder.rect.height / 2


def _on_slide(holder: Holder, size: Size) -> float:
    """The share of the slide that a placeholder has."""
    r = holder.rect
    width = max(0.0, min(r.right, size[0]) - max(r.x, 0.0))
    return width * max(0.0, min(r.bottom, size[1]) - max(r.y, 0.0)) / (size[0] * size[1])


def _common(a: Rect, b: Rect) -> float:
    return max(0.0, min(a.right, b.right) - max(a.x, b.x)) * max(0.0, min(a.bottom, b.bottom) - max(a.y, b.y))


def _holds(a: Rect, b: Rect) -> bool:
    return a.x <= b.x + 1 and a.y <= b.y + 1 and a.right >= b.right - 1 and a.bottom >= b.bottom - 1


def _share(area: float, rect: Rect) -> float:
    return area / (rect.width * rect.height or 1.0)
