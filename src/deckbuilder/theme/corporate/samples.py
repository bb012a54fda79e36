"""What a template's sample slides teach: which layout they use for what, where titles and bodies really stand on it, in which
colours, and what of its drawings they keep clear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING, Any, Literal

from lxml import etree

from deckbuilder.frozen import dataclass
from deckbuilder.ooxml.package import Package, Part
from deckbuilder.ooxml.presentation import place, slides
from deckbuilder.ooxml.shapes import Frame
from deckbuilder.ooxml.types import NS
from deckbuilder.theme.color import Color
from deckbuilder.units import Rect

if TYPE_CHECKING:
    from deckbuilder.theme.corporate.layout import CorporateLayout, Holder
    from deckbuilder.theme.corporate.text import Looks

Use = Literal["cover", "section", "points", "columns", "title-only"]
Size = tuple[float, float]

_FEET = ("dt", "ftr", "sldNum")
_TITLES = ("title", "ctrTitle")
_TEXTS = (*_TITLES, "subTitle", "body", "obj")
_LARGE = 0.08  # of the slide: content, not a remark beside it
_GROUND = 0.6  # of the slide: what is larger is behind the content
_NEAR = 0.02  # of the slide: places so near to each other are the same
_TOUCH = 0.05  # of a drawing: what is covered no more than that is kept clear
_ENOUGH = 2  # slides that agree are a rule; the cover is its own


@dataclass(frozen=True, slots=True)
class Piece:
    """Something on a sample slide besides its feet. `kind` and `index` are those of the placeholder it fills, "" and 0 for
    what is drawn; `rect` is its own place, None where it is the layout's. `full` tells that there is something in it; `runs` are
    the properties of most of its words, or of those that would be typed into it, the nearest first."""

    kind: str
    index: int
    rect: Rect | None
    full: bool
    runs: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample slide: the parts of its layout and its master, and what is on it."""

    layout: str
    master: str
    pieces: tuple[Piece, ...]


def read_samples(package: Package) -> list[Sample]:
    """The template's sample slides, in order."""
    found = ((slide, layout) for slide in slides(package) for layout in slide.relations_of("slideLayout")[:1] if layout)
    return [Sample(layout, _master(package, layout), tuple(_pieces(slide))) for slide, layout in found]


def _master(package: Package, layout: str) -> str:
    return next(iter(package.part(layout).relations_of("slideMaster")), "")


def _pieces(slide: Part) -> Iterator[Piece]:
    path = "p:cSld/p:spTree//*[self::p:sp or self::p:pic or self::p:graphicFrame]"
    for shape in slide.root.xpath(path, namespaces=NS):
        tag = shape.tag.rpartition("}")[2]
        ph = shape.find("*/p:nvPr/p:ph", NS)
        words = any((t.text or "").strip() for t in shape.iterfind("p:txBody//a:t", NS))
        rect = place(shape.find("p:xfrm" if tag == "graphicFrame" else "p:spPr/a:xfrm", NS))
        if ph is None:
            if rect is not None and (words or tag != "sp"):
                yield Piece("", 0, _frame(shape).rect(rect), True, _runs(shape) if words else ())
        elif ph.get("type", "obj") not in _FEET:
            kind, index = ph.get("type", "obj"), int(ph.get("idx", "0"))
            yield Piece(kind, index, rect, words or tag != "sp", _runs(shape))


def _runs(shape: Any) -> tuple[Any, ...]:
    """The properties of the most words on a shape's first level, of the first empty paragraph where it has none; and those of
    its own list style."""
    style = shape.find("p:txBody/a:lstStyle/a:lvl1pPr/a:defRPr", NS)
    return tuple(x for x in (_most(shape), style) if x is not None)


def _most(shape: Any) -> Any:
    weights: dict[bytes, int] = {}
    found: dict[bytes, Any] = {}
    for paragraph in shape.iterfind("p:txBody/a:p", NS):
        level = paragraph.find("a:pPr", NS)
        if level is not None and level.get("lvl", "0") != "0":
            continue
        for run in paragraph.iterfind("a:r", NS):
            properties = run.find("a:rPr", NS)
            key = b"" if properties is None else etree.tostring(properties)
            weights[key] = weights.get(key, 0) + len((run.findtext("a:t", "", NS) or "").strip())
            found[key] = properties
    if any(weights.values()):
        return found[max(weights, key=lambda key: weights[key])]
    return shape.find("p:txBody/a:p/a:endParaRPr", NS)


def _frame(shape: Any) -> Frame:
    """The frame of the groups that a shape is in."""
    frame = Frame()
    for group in reversed([g for g in shape.iterancestors() if g.tag.endswith("}grpSp")]):
        frame = frame.within(group.find("p:grpSpPr/a:xfrm", NS))
    return frame


def taught(layout: CorporateLayout, samples: Sequence[Sample], size: Size) -> CorporateLayout:
    """The layout as the sample slides use it, all of them: what for, with titles and texts where most of its own have them, in
    the colours that these have there."""
    own = [s for s in samples if s.layout == layout.part]
    layout = replace(layout, holders=tuple(_dyed(h, layout, samples) for h in layout.holders))
    if not own:
        return layout
    opens = samples[0].layout == layout.part
    uses: Counter[str] = Counter(use for s in own for use in _uses(s, layout, size))
    if opens:
        uses["cover"] += 1
    enough = len(own) >= _ENOUGH or opens
    holders = tuple(replace(h, rect=_usual(h, own, size) or h.rect) for h in layout.holders) if enough else ()
    moved = enough and holders != layout.holders
    out = replace(
        layout,
        holders=holders if moved else layout.holders,
        uses=len(own),
        opens=opens,
        closes=samples[-1].layout == layout.part,
        shows=dict(uses),
        relaid=moved,
    )
    if len(own) < _ENOUGH:
        return out
    return replace(out, room=_room(out, own, size), spared=_spared(out, own, size))


def _usual(holder: Holder, own: Sequence[Sample], size: Size) -> Rect | None:
    """Where most of the slides have the placeholder, if that is one place and not the layout's own."""
    found = [p.rect for s in own for p in s.pieces if p.rect is not None and _fills(p, holder)]
    if not found or len(found) <= len(own) / 2:
        return None
    usual = _middle(found)
    agree = sum(_near(rect, usual, size) for rect in found)
    on_slide = usual.x >= -1 and usual.y >= -1 and usual.right <= size[0] + 1 and usual.bottom <= size[1] + 1
    return usual if on_slide and agree > len(own) / 2 and not _near(usual, holder.rect, size) else None


def _dyed(holder: Holder, layout: CorporateLayout, samples: Sequence[Sample]) -> Holder:
    """The placeholder in the colour and weight that most of its words on sample slides have. Where slides do not inherit its
    looks, those of any slide on its master speak for it, and words that are in no placeholder; else one slide alone speaks
    only where its own colour fails."""
    own = [p for s in samples if s.layout == layout.part for p in s.pieces if _fills(p, holder)]
    if not own and not holder.steady:
        title = holder.type in _TITLES
        near = [p for s in samples if s.master == layout.master for p in s.pieces if p.kind in _TEXTS]
        own = [p for p in near if (p.kind in _TITLES) == title]
        if not own and not title:
            own = [p for s in samples if s.master == layout.master for p in s.pieces if not p.kind and p.runs]
    runs = Counter(worn for p in own for worn in [_worn(p.runs, layout)])
    (color, bold), count = next(iter(runs.most_common(1)), ((None, None), 0))
    first = holder.looks[0]
    if count <= len(own) / 2 or (color or first.color, first.bold if bold is None else bold) == (
        first.color,
        first.bold,
    ):
        return holder
    if holder.steady and count < _ENOUGH and samples[0].layout != layout.part:
        return replace(holder, instead=color)

    def changed(look: Looks) -> Looks:
        heavy = look.bold if bold is None or holder.type not in _TITLES else bold
        return replace(look, color=color if color and look.color == first.color else look.color, bold=heavy)

    return replace(holder, looks=tuple(map(changed, holder.looks)), dyed=True)


def _worn(runs: Sequence[Any], layout: CorporateLayout) -> tuple[Color | None, bool | None]:
    """The colour and the weight that words have of their own, None where they have none."""
    fill = next((f for run in runs if (f := run.find("a:solidFill", NS)) is not None), None)
    bold = next((b for run in runs if (b := run.get("b")) is not None), None)
    return layout.colors.color(fill), None if bold is None else bold in ("1", "true")


def _room(layout: CorporateLayout, own: Sequence[Sample], size: Size) -> Rect | None:
    """Where content begins and ends on slides whose layout has no place for it; None where they show none."""
    if layout.bodies:
        return None
    boxes = [_around(large) for s in own if (large := _large(s, layout, size))]
    if len(boxes) < _ENOUGH:
        return None
    room = _middle(boxes)
    top = max(room.y, layout.title.rect.bottom + 2) if layout.title else room.y
    return Rect(room.x, top, room.width, room.bottom - top) if room.bottom - top > 0.3 * size[1] else None


def _spared(layout: CorporateLayout, own: Sequence[Sample], size: Size) -> tuple[Rect, ...]:
    """What the layout draws, is no ground, and nothing on the slides covers."""
    taken = [rect for s in own for p in s.pieces if p.full and (rect := _rect(p, layout))]

    def free(art: Rect) -> bool:
        area = art.width * art.height
        return 0 < area < _GROUND * size[0] * size[1] and all(_common(art, rect) <= _TOUCH * area for rect in taken)

    return tuple(art for art in layout.shown if free(art))


def _uses(sample: Sample, layout: CorporateLayout, size: Size) -> Iterator[Use]:
    """What a slide is an example of, by what is on it."""
    large = _large(sample, layout, size)
    filled = [p for p in sample.pieces if p.full and p.kind and p.kind not in _TITLES]
    mains = [p for p in filled if (rect := _rect(p, layout)) and _area(rect) >= _LARGE * size[0] * size[1]]
    if not large:
        if any(p.full and p.kind in _TITLES for p in sample.pieces) and len(filled) <= 1:
            yield "section"
    elif not mains:
        yield "title-only"
    elif len(mains) == 1 and len(large) == 1:
        yield "points"
    elif len(mains) == 2:
        one, other = sorted((r for p in mains if (r := _rect(p, layout))), key=lambda r: r.x)
        if one.right <= other.x + 0.05 * size[0]:
            yield "columns"


def _large(sample: Sample, layout: CorporateLayout, size: Size) -> list[Rect]:
    """The places of what a slide is about: its title, remarks and grounds left aside."""
    whole = size[0] * size[1]
    placed = [(p.kind, _rect(p, layout)) for p in sample.pieces if p.full and p.kind not in _TITLES]
    return [r for kind, r in placed if r and _area(r) >= _LARGE * whole and (kind or _area(r) <= _GROUND * whole)]


def _rect(piece: Piece, layout: CorporateLayout) -> Rect | None:
    return piece.rect or next((h.rect for h in layout.holders if _fills(piece, h)), None)


def _fills(piece: Piece, holder: Holder) -> bool:
    """Whether the piece is in the placeholder: titles go by their type, others by number, and by type where that is 0."""
    if holder.type in _TITLES or piece.kind in _TITLES:
        return holder.type in _TITLES and piece.kind in _TITLES
    same = bool(piece.kind) and piece.index == holder.index
    return same and (piece.index != 0 or piece.kind == holder.type)


def _middle(boxes: Sequence[Rect]) -> Rect:
    """The box whose edges are the medians of theirs."""
    left, top = median(b.x for b in boxes), median(b.y for b in boxes)
    return Rect(left, top, median(b.right for b in boxes) - left, median(b.bottom for b in boxes) - top)


def _around(boxes: Sequence[Rect]) -> Rect:
    left, top = min(b.x for b in boxes), min(b.y for b in boxes)
    return Rect(left, top, max(b.right for b in boxes) - left, max(b.bottom for b in boxes) - top)


def _near(one: Rect, other: Rect, size: Size) -> bool:
    across, down = _NEAR * size[0], _NEAR * size[1]
    return (
        max(abs(one.x - other.x), abs(one.right - other.right)) <= across
        and max(abs(one.y - other.y), abs(one.bottom - other.bottom)) <= down
    )


def _area(rect: Rect) -> float:
    return rect.width * rect.height


def _common(a: Rect, b: Rect) -> float:
    return max(0.0, min(a.right, b.right) - max(a.x, b.x)) * max(0.0, min(a.bottom, b.bottom) - max(a.y, b.y))
