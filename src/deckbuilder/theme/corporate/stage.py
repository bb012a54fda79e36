"""What a layout of a template offers to build on: its places, its ground, its footers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from deckbuilder.frozen import dataclass
from deckbuilder.theme.color import Color
from deckbuilder.theme.corporate.areas import Areas, around, clipped
from deckbuilder.theme.corporate.ground import Ground, Terrain
from deckbuilder.theme.corporate.layout import TemplateLayout
from deckbuilder.theme.corporate.tones import steady
from deckbuilder.theme.hosts import Align, Foot
from deckbuilder.theme.scenery import Scenery
from deckbuilder.theme.theme import Art, Placeholder
from deckbuilder.units import Rect

_LIKELY = (0.7, 0.7)  # of a box's width and height: what a short text in it takes
_PLATE = 8.0  # points that a plate reaches beyond the content


@dataclass(frozen=True)
class Stage:
    """A template's layout as one to build on: its areas, its ground and its scenery."""

    layout: TemplateLayout
    areas: Areas
    scenery: Scenery
    terrain: Terrain

    @cached_property
    def room(self) -> Rect:
        """The body's room as far as texts in a place of the template's own would reach: what is set below a title begins where
        its letters do."""
        insets = next((h.insets for h in self.layout.mains), self.areas.insets)
        body = self.areas.body
        return Rect(body.x + insets.left, body.y, body.width - insets.left - insets.right, body.height)

    @cached_property
    def plated(self) -> bool:
        """Whether what is below the content changes so much that it needs a plate to be read on."""
        return not steady(self.terrain.below(self.areas.body), self.layout.colors.palette)

    @cached_property
    def ground(self) -> Ground:
        paper = self.layout.colors.palette.slots["lt1"]
        return Ground(paper, paper, paper) if self.plated else self.terrain.below(self.areas.body)

    @cached_property
    def title_ground(self) -> Ground:
        return self.terrain.below(self.areas.title)


def plate(stage: Stage, tone: Mapping[str, Color]) -> tuple[Art, ...]:
    """What content stands on where the template's own ground is too uneven; nothing where it is not."""
    body = stage.areas.body
    around = Rect(body.x - _PLATE, body.y - _PLATE, body.width + 2 * _PLATE, body.height + 2 * _PLATE)
    return (Art("rectangle", around, tone["paper"]),) if stage.plated else ()


def cover_plate(stage: Stage, tone: Mapping[str, Color], holders: Sequence[Placeholder]) -> tuple[Art, ...]:
    """What a cover's title and texts stand on where no colour can be read all over its ground; nothing where one can."""
    texts = [h for h in holders if h.type == "body"]
    boxes = [h.rect for h in holders if h.type in ("title", "body")]
    if all(steady(stage.terrain.below(likely(h.rect, h.style.align)), stage.layout.colors.palette) for h in texts):
        return ()
    box, edge = around(boxes), 2 * _PLATE
    wide = Rect(box.x - edge, box.y - _PLATE, box.width + 2 * edge, box.height + 2 * _PLATE)
    return (Art("rectangle", clipped(wide, Rect(0, 0, *stage.terrain.size)), tone["paper"]),)


def likely(box: Rect, align: Align) -> Rect:
    """The part of a box in which a short text stands that begins at its head."""
    width = _LIKELY[0] * box.width
    before = {"left": 0.0, "center": 0.5, "right": 1.0}[align] * (box.width - width)
    return Rect(box.x + before, box.y, width, _LIKELY[1] * box.height)


def feet_of(host: TemplateLayout, size: tuple[float, float]) -> list[Foot]:
    """Where the layout has its footer, date and slide number, as far as they lie on the slide."""
    out = []
    for kind in ("ftr", "dt", "sldNum"):
        holder = host.furniture.get(kind)
        if holder is None:
            continue
        inner = clipped(holder.rect.inset(holder.insets), Rect(0, 0, *size))
        if inner.width > 4 and inner.height > 4:
            out.append(Foot(kind, holder.index, inner, holder.looks[0].align))
    return out


def alike(one: Ground, other: Ground) -> bool:
    """Whether two grounds are of one colour, or nearly so."""
    pairs = zip((one.darkest, one.lightest), (other.darkest, other.lightest), strict=True)
    return all(abs(int(a[i : i + 2], 16) - int(b[i : i + 2], 16)) < 24 for a, b in pairs for i in (1, 3, 5))
