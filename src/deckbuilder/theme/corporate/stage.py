"""What a layout of a template offers to build on: its places, its ground, its footers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from deckbuilder.frozen import dataclass
from deckbuilder.theme.color import Color
from deckbuilder.theme.corporate.areas import Areas, around, clipped, holds, meet
from deckbuilder.theme.corporate.colors import literal
from deckbuilder.theme.corporate.ground import Ground, Terrain
from deckbuilder.theme.corporate.layout import CorporateLayout
from deckbuilder.theme.corporate.tones import carrying, reach, steady, turned, worn
from deckbuilder.theme.derive import LARGE, TEXT
from deckbuilder.theme.hosts import Align, Foot
from deckbuilder.theme.roles import CAPTION, PlaceholderRole
from deckbuilder.theme.scenery import Scenery
from deckbuilder.theme.theme import Art, Placeholder
from deckbuilder.units import Rect

_LIKELY = (0.7, 0.7)  # of a box's width and height: what a short text in it takes
_BEFORE: Mapping[Align, float] = {"left": 0.0, "center": 0.5, "right": 1.0}  # of what words leave free
_DIGITS = 32.0  # points that a slide's number takes
_PATTERN = 100.0  # of 255: colours of a pattern that are no further apart have one between them that goes with it
_PLATE = 8.0  # points that a plate reaches beyond the content


@dataclass(frozen=True)
class Stage:
    """A template's layout as one to build on: its areas, its ground and its scenery."""

    layout: CorporateLayout
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
    def ink(self) -> Color:
        """The template's colour for text: that of the largest place for it."""
        texts = [h for h in self.layout.bodies if h is not self.layout.heading]
        body = max(texts, key=lambda h: h.rect.width * h.rect.height, default=None)
        return worn(body, self.terrain.below(body.rect), self.layout.colors.palette) if body else Color("dk1")

    @cached_property
    def uneven(self) -> bool:
        """Whether what is below the content changes so much that no colour can be read all over it."""
        return not self.sound(self.areas.body)

    @cached_property
    def plated(self) -> bool:
        """Whether the content needs a plate to be read on."""
        return self.uneven or self.faint(self.areas.body)

    @cached_property
    def ground(self) -> Ground:
        return self.below(self.areas.body, self.plated)

    @cached_property
    def title_plated(self) -> bool:
        """Whether edges of the template's art run under the title, or its colour is lost there: it has a plate of its own."""
        heading = self.layout.heading
        words = core(self.areas.title, heading.looks[0].align if heading else "left")
        return not _titled(self, words)

    @cached_property
    def title_ground(self) -> Ground:
        """What the title stands on; plates that lie one above the other are of one colour."""
        if self.title_plated and self.plated:
            return self.ground
        heading = self.layout.heading
        return self.below(self.areas.title, self.title_plated, heading.looks[0].color if heading else None)

    def below(self, box: Rect, plated: bool, ink: Color | None = None) -> Ground:
        """What words in a box stand on: the template's ground, or a plate, of the ground's colour where one colour can be read
        all over that, or it is a pattern of colours much alike, and else of the template's paper. A plate of the ground's
        colour is deep enough, or pale, for the `ink`, the template's for text where it is None."""
        found, palette = self.terrain.below(box), self.layout.colors.palette
        if not plated:
            return found
        # The mean of a pale and motley photograph is a grey that nobody chose.
        motley = found.spread > _PATTERN and reach(literal("#000000"), found.colors, palette) >= TEXT
        if self.terrain.patterned(box):
            alike = steady(found, palette) or found.spread <= _PATTERN
        else:
            alike = steady(found, palette) and not motley
        color = found.mean if alike else palette.slots["lt1"]
        ink = ink or self.ink
        color = carrying(ink, color, palette) if alike and turned(ink, found, palette) else color
        return Ground(color, color, color)

    def lost(self, box: Rect) -> bool:
        """Whether the colour that the template's titles have cannot be read in a box, and those that can are no like it."""
        heading, palette = self.layout.heading, self.layout.colors.palette
        found = self.terrain.below(box)
        if heading is None or reach(heading.looks[0].color, found.colors, palette) >= LARGE:
            return False
        return turned(heading.looks[0].color, found, palette)

    def faint(self, box: Rect) -> bool:
        """Whether the template's text is large enough for a box's ground where it is large, as white on a light blue is, and
        ours would have to be dark where the template's is light, or the other way about."""
        return turned(self.ink, self.terrain.below(box), self.layout.colors.palette)

    def sound(self, box: Rect) -> bool:
        """Whether one colour can be read all over a box, and no edges would run under words in it."""
        return steady(self.terrain.below(box), self.layout.colors.palette) and self.terrain.calm(box)

    @cached_property
    def feet(self) -> tuple[Foot, ...]:
        """The footer, date and slide number that lie on the slide, but for those whose words would stand on edges of art."""
        found = feet_of(self.layout, self.terrain.size)
        return tuple(f for f in found if self.terrain.calm(core(self.words_of(f), f.align)))

    def words_of(self, foot: Foot) -> Rect:
        """Where in its place one of the feet has its words: at one side of it, where they are a few digits."""
        width = min(_DIGITS, foot.rect.width) if foot.kind == "sldNum" else foot.rect.width
        return replace(foot.rect, x=foot.rect.x + _BEFORE[foot.align] * (foot.rect.width - width), width=width)


def plate(stage: Stage, tone: Mapping[str, Color]) -> tuple[Art, ...]:
    """What title and content stand on where the template's own ground is too uneven; nothing where it is not."""
    boxes = [(stage.areas.title, literal(stage.title_ground.mean))] * stage.title_plated
    boxes += [(stage.areas.body, tone["paper"])] * stage.plated
    foot = min((f.rect.y for f in stage.feet if f.rect.y >= stage.areas.body.bottom), default=stage.terrain.size[1])
    plates = [(_around(box, _PLATE), color) for box, color in boxes]
    # No edge of a plate runs under a footer.
    return tuple(Art("rectangle", replace(p, height=min(p.bottom, foot) - p.y), color) for p, color in plates)


def cover_plate(
    stage: Stage, tone: Mapping[str, Color], holders: Sequence[Placeholder], stack: Collection[PlaceholderRole] = ()
) -> tuple[Art, ...]:
    """What a cover's title and texts stand on where no colour can be read all over its ground, or edges run under them; nothing
    where neither is. Texts that share a column, the `stack`, may stand anywhere in it."""
    texts = [h for h in holders if h.type == "body"]
    titles = [h for h in holders if h.type == "title"]
    shared = [h for h in texts if h.role in stack]

    def sound(holders: Sequence[Placeholder]) -> bool:
        return all(stage.sound(likely(h.rect, h.style.align)) for h in holders)

    # The caption at a picture's foot has a plate to itself where the others need none.
    captions = [h for h in texts if h.role == CAPTION and h not in shared]
    column = [h for h in texts if h not in captions]
    faint = any(stage.faint(h.rect) for h in column)
    if faint or not sound(column) or (shared and not stage.sound(around([h.rect for h in shared]))):
        # A title apart from them that needs none keeps the ground that the template gives it.
        below = around([h.rect for h in texts])
        apart = all(
            stage.sound(h.rect) and not stage.lost(h.rect) and not meet(_around(below, 2 * _PLATE, _PLATE), h.rect)
            for h in titles
        )
        boxes = [below if apart else around([h.rect for h in (*titles, *texts)])]
    else:
        boxes = [h.rect for h in titles if not _titled(stage, core(h.rect, h.style.align))]
        boxes += [h.rect for h in captions if not sound([h])]
    slide = Rect(0, 0, *stage.terrain.size)
    return tuple(Art("rectangle", clipped(_around(box, 2 * _PLATE, _PLATE), slide), tone["paper"]) for box in boxes)


def _titled(stage: Stage, words: Rect) -> bool:
    """Whether a title can be read where its words stand, in a colour like its own."""
    return stage.terrain.calm(words) and not stage.lost(words)


def uncut(stage: Stage, art: Sequence[Art]) -> tuple[Foot, ...]:
    """The stage's feet, but for those that an edge of one of these plates or panels would run under."""

    def cut(foot: Foot) -> bool:
        words = stage.words_of(foot)
        return any(meet(a.rect, words) and not holds(a.rect, words) for a in art if a.fill)

    return tuple(f for f in stage.feet if not cut(f))


def _around(box: Rect, across: float, down: float | None = None) -> Rect:
    """A box and so many points around it."""
    down = across if down is None else down
    return Rect(box.x - across, box.y - down, box.width + 2 * across, box.height + 2 * down)


def likely(box: Rect, align: Align) -> Rect:
    """The part of a box in which a short text stands that begins at its head."""
    width = _LIKELY[0] * box.width
    return Rect(box.x + _BEFORE[align] * (box.width - width), box.y, width, _LIKELY[1] * box.height)


def core(box: Rect, align: Align) -> Rect:
    """The part of a box in which a short text stands that fills its height."""
    part = likely(box, align)
    return replace(part, y=box.y + (box.height - part.height) / 2)


def feet_of(host: CorporateLayout, size: tuple[float, float]) -> list[Foot]:
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
