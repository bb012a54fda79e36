"""Where a cover's and a section's texts and picture go on a template's: below the title, or with it in the room that there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from deckbuilder.frozen import dataclass
from deckbuilder.theme.corporate.areas import around, clear_of, clipped, holds, meet
from deckbuilder.theme.corporate.ground import Ground, Terrain
from deckbuilder.theme.corporate.stage import Stage, alike, likely
from deckbuilder.theme.hosts import Align
from deckbuilder.units import Rect

_NARROWEST = 0.3  # of the slide's width: where a title and texts can still be set
_PLATED = 0.3  # of its worth: what a place for a picture has for which words would have to stand on a plate
_LEAST_BLOCK = 0.3  # of the slide's height: title and texts together
_TIGHT = 0.4  # of the least height: what short texts make do with where the template has them
_SCANT = 0.85  # of the least height: what texts make do with on an even ground rather than stand on an edge
_AMPLE = 1.6  # of the least height: what texts can well do with
_HIGH = 0.28  # of the slide's height: what a title of three lines needs
_TEXTS = 3  # that share the height of a box, or fewer
_STEPS = 12  # in how many steps a box is tried for an even ground
_DEEPEST = 0.45  # of the slide's height: texts do not spread further
_EDGE = 10.0  # points between words and the edge of a panel beside the even ground that they stand on
_FRAME = 16.0  # points between a picture and the edge of the shape that it stands on
_UNEVEN, _EVEN = 70.0, 45.0  # of 255: how far a ground varies that words leave, and that they find even
_COLUMN = 0.45  # of the slide's width: what a title needs at least
_PICTURE = (0.18, 0.2)  # the least width and height of a picture that can be made out, as shares of the slide's


@dataclass(frozen=True, slots=True)
class CoverBoxes:
    """The boxes of the title, of the texts below it, and of the picture; None where it has no room."""

    title: Rect
    texts: Rect
    picture: Rect | None = None


def even_column(terrain: Terrain, box: Rect, head: float = 0.0) -> Rect:
    """The widest part of a title, over all its height but for a share at its head and at its foot, on which the ground varies
    little, where it does so much on the whole: beside the flower of a photograph. All of the box where there is none."""
    if terrain.below(box).spread <= _UNEVEN:
        return box
    step = box.width / _STEPS
    parts = [
        Rect(box.x + first * step, box.y, count * step, box.height)
        for count in range(_STEPS - 1, 0, -1)
        for first in range(_STEPS - count + 1)
        if count * step >= _COLUMN * terrain.size[0]
    ]

    def even(column: Rect) -> bool:
        part = replace(column, y=box.y + head * box.height, height=(1 - 2 * head) * box.height)
        sides = (replace(part, width=step), replace(part, x=part.right - step, width=step))
        return all(terrain.below(piece).spread <= _EVEN for piece in (part, *sides)) and terrain.calm(part)

    return next((part for part in parts if even(part)), box)


def cover_boxes(stage: Stage, size: tuple[float, float], least: float) -> list[CoverBoxes]:
    """Title and texts on a cover or section, where the template has them first, then with more room. `least` is the height
    that the texts need, as a share of the slide's. Nothing where title and texts have no room, be they moved."""
    found = []
    own = _in_place(stage, size, least)
    if own and own.texts.height >= least * size[1]:
        return [own]
    if own and own.texts.height >= _TIGHT * least * size[1]:
        found.append(own)
    moved = _moved(stage, size, least)
    return [*found, moved] if moved else found


def _in_place(stage: Stage, size: tuple[float, float], least: float) -> CoverBoxes | None:
    """Title and texts where the template has them; None where they are too narrow."""
    width, height = size
    title = stage.areas.title
    texts = text_room(stage, size, least)
    whole = stage.layout.heading
    if whole and title.width < whole.rect.width - 1 and _same_side(title, texts):  # both keep to one column
        left, right = max(title.x, texts.x), min(title.right, texts.right)
        texts = replace(texts, x=left, width=right - left)
    texts = clear_of(texts, stage.layout.shown, size)
    if texts.width < _NARROWEST * width or texts.height < _TIGHT * least * height:
        return None
    texts = _even_part(stage, texts, _SCANT * least * height)
    # A high title gives of its room to texts that have just enough.
    spare = min(_AMPLE * least * height - texts.height, title.height - _HIGH * height)
    more = Rect(texts.x, texts.y - spare, texts.width, texts.height + spare)
    below = -1 < texts.y - title.bottom < 0.12 * height and _same_side(title, texts)
    if spare > 0 and below and (_plain(stage, more) or not _plain(stage, texts)) and _readable(stage, more):
        title, texts = replace(title, height=title.height - spare), more
    return CoverBoxes(title, texts)


def _moved(stage: Stage, size: tuple[float, float], least: float) -> CoverBoxes | None:
    """Title and texts in a room for both."""
    width, height = size
    title = stage.areas.title
    found: list[CoverBoxes] = []
    for block in _blocks(stage, size):
        if block.height < max(_LEAST_BLOCK, 1.6 * least) * height or block.width < _NARROWEST * width:
            continue
        # The title keeps its height where the texts can do with the rest.
        own = title.bottom - block.y
        high = min(own if own < block.height else 0.45 * block.height, block.height - least * height - 4)
        lower = Rect(block.x, block.y + high + 4, block.width, min(_DEEPEST * height, block.height - high - 4))
        lower = _even_part(stage, clear_of(lower, stage.layout.shown, size), _SCANT * least * height)
        found.append(CoverBoxes(Rect(block.x, block.y, block.width, high), lower))
    # Rather where no edge runs below the words.
    plain = [boxes for boxes in found if _plain(stage, boxes.title)]
    apart = next((boxes for boxes in plain if _plain(stage, boxes.texts)), None) or _above_edge(stage, size, least)
    return apart or next(iter([*plain, *found]), None)


def _above_edge(stage: Stage, size: tuple[float, float], least: float) -> CoverBoxes | None:
    """Texts on the largest even part of the ground from the title down, and the title just above that; None where there is no
    such part, or no even ground above it."""
    title, head = stage.areas.title, 0.06 * size[1]
    column = Rect(title.x, title.y, title.width, _foot(stage, size) - title.y)
    texts = _even_part(stage, clear_of(column, stage.layout.shown, size), least * size[1])
    high = min(title.height, texts.y - _EDGE - head)
    above = Rect(title.x, texts.y - _EDGE - high - 4, title.width, high)
    sound = texts.height >= least * size[1] and texts.width >= _NARROWEST * size[0] and high >= 0.5 * title.height
    return CoverBoxes(above, texts) if sound and _plain(stage, texts) and _plain(stage, above) else None


def text_room(stage: Stage, size: tuple[float, float], least: float = 0.17) -> Rect:
    """Where texts stand below a cover's title: in its subtitle, from the title down to the subtitle's end, or as far down
    as the ground is the same."""
    width, height = size
    slide = Rect(0, 0, width, height)
    host, title = stage.layout, stage.areas.title
    heading = host.heading
    text = max((h for h in host.bodies if h is not heading), key=lambda h: h.rect.width * h.rect.height, default=None)
    foot = _foot(stage, size)
    room = Rect(title.x, title.bottom + 8, title.width, max(0.0, foot - title.bottom - 8))
    if text:
        under = [h.rect for h in host.bodies if h is not heading and h.rect.y > title.bottom - 4]
        under = [r for r in under if _same_side(title, r)]
        room = clipped(around(under) if under else text.rect, slide)
    if room.y < title.bottom < room.bottom:
        room = Rect(room.x, title.bottom + 4, room.width, room.bottom - title.bottom - 4)
    if room.y < title.bottom:  # above the title, where a line or two may be, but no more
        room = Rect(title.x, title.bottom + 8, title.width, max(0.0, foot - title.bottom - 8))
    deep = Rect(room.x, room.y, room.width, min(foot - 4, room.y + _DEEPEST * height) - room.y)
    if deep.height > room.height and _alike(stage, deep, room):
        room = deep
    high = Rect(room.x, title.bottom + 8, room.width, room.bottom - title.bottom - 8)
    if (
        room.height < least * height
        and high.height > room.height
        and _same_side(title, room)
        and _readable(stage, high)
    ):
        low = max(high.y, high.bottom - _DEEPEST * height)
        wider = title if title.width > high.width else high  # not both: it would leave the slide
        room = Rect(wider.x, low, wider.width, high.bottom - low)
    return room


def in_the_middle(stage: Stage, texts: Rect) -> bool:
    """Whether the template has its text in the middle of the height of the place that these texts have, all of it or a side."""
    own = [h for h in stage.layout.bodies if h is not stage.layout.heading and h.anchor == "middle"]
    return any(
        h.rect.x - 1 <= texts.x
        and texts.right <= h.rect.right + 1
        and abs(texts.y - h.rect.y) < 0.1 * h.rect.height
        and abs(texts.bottom - h.rect.bottom) < 0.1 * h.rect.height
        for h in own
    )


def with_picture(boxes: CoverBoxes, stage: Stage, size: tuple[float, float], least: float) -> CoverBoxes:
    """The boxes with one for a picture, the largest of what there is: the template's own, beside the texts or above them, or
    on the right of what they give way of."""
    width, height = size
    slide = Rect(0, 0, width, height)

    def sound(box: Rect) -> bool:
        return box.width >= _PICTURE[0] * width and box.height >= _PICTURE[1] * height

    needed = min(least * height, boxes.texts.height - 1)
    own = [clipped(h.rect, slide) for h in stage.layout.of("pic")]
    own = [r for r in own if sound(r) and not meet(r, boxes.title) and not meet(r, boxes.texts)]
    if own:
        return replace(boxes, picture=max(own, key=lambda r: r.width * r.height))
    choices: list[tuple[float, CoverBoxes]] = []
    for worth, given in _arranged(boxes, stage, size, needed):
        picture = given.picture and clear_of(given.picture, stage.layout.shown, size)
        choice = replace(given, texts=clear_of(given.texts, stage.layout.shown, size), picture=picture)
        narrow = min(choice.title.width, choice.texts.width) < _NARROWEST * width
        if picture is None or narrow or not sound(picture) or choice.texts.height < needed:
            continue
        spoiled = _spoiled(boxes.title, choice.title, stage.terrain.calm) or _spoiled(
            boxes.texts, choice.texts, stage.sound
        )
        area = picture.width * picture.height
        choices.append((worth * area * (_PLATED if spoiled else 1.0), choice))
    return max(choices, key=lambda c: c[0], default=(0.0, boxes))[1]


def _spoiled(before: Rect, after: Rect, good: Callable[[Rect], bool]) -> bool:
    """Whether a box would have to stand on a plate for having been moved."""
    return good(before) and not good(after)


def _arranged(
    boxes: CoverBoxes, stage: Stage, size: tuple[float, float], needed: float
) -> Iterator[tuple[float, CoverBoxes]]:
    """What a picture may have of title and texts, that need so many points of height, each with what it is worth."""
    width, height = size
    title, texts = boxes.title, boxes.texts
    top, bottom = min(title.y, texts.y), max(title.bottom, texts.bottom)
    right, left = max(title.right, texts.right), min(title.x, texts.x)
    heading = stage.layout.heading
    centred = heading is not None and heading.looks[0].align == "center"

    def within(box: Rect) -> Rect:
        """A picture in a wide box: not much wider than high, on the side of the words."""
        wide = min(box.width, 1.8 * box.height)
        return Rect(box.x + (box.width - wide) / 2 * centred, box.y, wide, box.height)

    edge = max(0.04 * width, min(left, width - right))
    beside = Rect(right + 16, top, width - edge - right - 16, bottom - top)
    before = Rect(edge, top, left - 16 - edge, bottom - top)
    for side in (beside, before):
        # A panel of the cover's own is a frame for the picture.
        for free in (side, *(_inside(side, art) for art in stage.layout.shown)):
            if free.width > 0 and free.height > 0 and _empty(stage, free):
                yield 1.2, replace(boxes, picture=free)
    above = Rect(left, 0.06 * height, right - left, top - 0.06 * height - 8)
    if above.height > 0 and _empty(stage, above):
        yield 1.0, replace(boxes, picture=within(above))
    under = Rect(texts.x, texts.y + needed + 8, texts.width, texts.height - needed - 8)
    yield 0.9, replace(boxes, texts=replace(texts, height=needed), picture=within(under))
    share = 0.58 * texts.width
    yield (
        0.9,
        CoverBoxes(
            title,
            Rect(texts.x, texts.y, share - 16, texts.height),
            Rect(texts.x + share, texts.y, texts.width - share, texts.height),
        ),
    )
    if heading is not None and title.width < heading.rect.width - 1:  # what words keep off a picture may cover
        right = max(right, min(heading.rect.right, width))
    wide = right - left
    yield (
        0.6,
        CoverBoxes(
            Rect(left, title.y, 0.56 * wide - 16, title.height),
            Rect(left, texts.y, 0.56 * wide - 16, texts.height),
            Rect(left + 0.56 * wide, top, 0.44 * wide, bottom - top),
        ),
    )


def _even_part(stage: Stage, box: Rect, least: float) -> Rect:
    """The highest part of a box that is of one colour, else that is quiet, else on which one colour can be read, at least so
    high; all of it where there is none, and where its colour changes without an edge."""
    if _plain(stage, box) or (_readable(stage, box) and stage.terrain.smooth(box)):
        return box
    step = box.height / _STEPS
    parts = [
        Rect(box.x, box.y + first * step, box.width, count * step)
        for count in range(_STEPS - 1, 0, -1)
        for first in range(_STEPS - count + 1)
        if count * step >= least
    ]
    found = next((part for part in parts if _plain(stage, part)), None)
    found = found or next((part for part in parts if _quiet(stage, part)), None)
    found = found or next((part for part in [box, *parts] if _readable(stage, part)), box)
    # Words keep a distance from the edge of what they would else stand on.
    above, below = (_EDGE if cut else 0.0 for cut in (found.y > box.y + 1, found.bottom < box.bottom - 1))
    return Rect(found.x, found.y + above, found.width, max(1.0, found.height - above - below))


def _blocks(stage: Stage, size: tuple[float, float]) -> Iterator[Rect]:
    """Rooms for title and texts together, from the most like the template's own on: down to the foot, then also up."""
    width, height = size
    title, foot = stage.areas.title, _foot(stage, size)
    boxes = [title, *(h.rect for h in stage.layout.of("subTitle") if h.rect.bottom > title.y)]
    lowest = max(min(b.bottom, height) for b in boxes)
    left, right = title.x, title.right
    if title.width < _NARROWEST * width:
        left, right = 0.06 * width, 0.94 * width
    for top in (title.y, 0.75 * title.y, 0.5 * title.y, 0.08 * height):
        for bottom in (lowest, foot):
            block = Rect(left, min(top, title.y), right - left, bottom - min(top, title.y))
            if (top == title.y and bottom == lowest) or _readable(stage, block):
                yield block
    yield Rect(left, min(title.y, 0.3 * height), right - left, foot - min(title.y, 0.3 * height))


def _foot(stage: Stage, size: tuple[float, float]) -> float:
    low = [f.rect.y for f in stage.layout.furniture.values() if f.rect.y > 0.7 * size[1]]
    return min(low, default=0.94 * size[1])


def _alike(stage: Stage, one: Rect, other: Rect) -> bool:
    return alike(stage.terrain.below(one), stage.terrain.below(other))


def _plain(stage: Stage, box: Rect) -> bool:
    """Whether a box is of one colour, or nearly so."""
    below = stage.terrain.below(box)
    return alike(below, Ground(below.mean, below.mean, below.mean))


def _quiet(stage: Stage, box: Rect) -> bool:
    """Whether words can be read all over a box, and its ground varies little: the blurred side of a photograph."""
    return stage.terrain.below(box).spread <= _UNEVEN and stage.terrain.smooth(box) and _readable(stage, box)


def _readable(stage: Stage, box: Rect) -> bool:
    """Whether words can be read all over a box, in one colour, and so in each third of its height, where a short text would
    stand in it: what is a corner of the whole may be below most of a line."""
    high = box.height / _TEXTS
    heading = stage.layout.heading
    align: Align = heading.looks[0].align if heading else "left"
    thirds = [Rect(box.x, box.y + n * high, box.width, high) for n in range(_TEXTS)]
    return all(stage.sound(part) for part in (box, *thirds, *(likely(third, align) for third in thirds)))


def _empty(stage: Stage, box: Rect) -> bool:
    """Whether nothing but an even ground is in a box."""
    even = _plain(stage, box) or (_readable(stage, box) and stage.terrain.smooth(box))
    return even and not any(meet(box, art) and not holds(art, box) for art in stage.layout.shown)


def _inside(box: Rect, art: Rect) -> Rect:
    """What of a box lies well within a shape."""
    x, y = max(box.x, art.x + _FRAME), max(box.y, art.y + _FRAME)
    return Rect(x, y, min(box.right, art.right - _FRAME) - x, min(box.bottom, art.bottom - _FRAME) - y)


def _same_side(title: Rect, room: Rect) -> bool:
    """Whether texts stand below the title rather than beside it."""
    return min(title.right, room.right) - max(title.x, room.x) > 0.5 * min(title.width, room.width)
