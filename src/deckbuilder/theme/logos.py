"""Where logos stand on slide layouts: with room around them, on a ground they are made for, over no text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deckbuilder.theme.brand import Logo, LogoPair
from deckbuilder.theme.color import Color, Palette, luminance
from deckbuilder.theme.theme import Art, PlacedLogo, Placeholder, SlideLayout
from deckbuilder.units import Rect

CLEAR = 6.0  # points kept free around a logo; a plate reaches as far
_GAP = 24.0  # points between two logos
_DARK = 0.3  # luminance below which a ground takes the logo for dark grounds
_LEAST_HEIGHT = 16.0  # points: a wordmark that its box would make lower gets a wider one
_LEAST_TITLE = 60.0  # points of height that a box keeps when a logo takes some of it


def with_logos(layout: SlideLayout, box: Rect, logos: Sequence[LogoPair], palette: Palette) -> SlideLayout:
    """The layout with the logos in the box, side by side, as large as fits; from the right where the box
    lies in the right half. Boxes of text that they would touch begin below them. Where no box may give
    way, the layout stays as it is."""
    box = _roomy(box, logos)
    placeholders = _below(layout.placeholders, box)
    if placeholders is None or any(_meets(box, a.rect) and not _covers(a, box) for a in layout.art):
        return layout
    ground = next((a.fill for a in reversed(layout.art) if a.fill and _covers(a, box)), layout.background)
    dark = luminance(palette.rgb(ground)) < _DARK
    chosen = [((pair.dark if dark else pair.light) or pair.light or pair.dark) for pair in logos]
    fitting = [bool(pair.dark if dark else pair.light) for pair in logos]
    placed, plates = _row(box, [logo for logo in chosen if logo], fitting, dark, right=box.x > box.width)
    return replace(layout, placeholders=placeholders, art=(*layout.art, *plates), placed_logos=placed)


def _roomy(box: Rect, logos: Sequence[LogoPair]) -> Rect:
    """The box, up to three times as wide where logos would be too low in it; it grows away from its edge of the slide."""
    shown = [logo for pair in logos if (logo := pair.light or pair.dark)]
    gaps = _GAP * (len(shown) - 1)
    wanted = min(_LEAST_HEIGHT, box.height) * sum(logo.picture.aspect for logo in shown) + gaps
    width = min(max(box.width, wanted), 3 * box.width)
    return replace(box, x=box.right - width, width=width) if box.x > box.width else replace(box, width=width)


def _row(
    box: Rect, logos: Sequence[Logo], fitting: Sequence[bool], dark: bool, right: bool
) -> tuple[tuple[PlacedLogo, ...], list[Art]]:
    height = box.height
    across = sum(height * logo.picture.aspect for logo in logos)
    free = box.width - _GAP * (len(logos) - 1)
    height *= min(1.0, free / across)
    widths = [height * logo.picture.aspect for logo in logos]
    x = box.right - sum(widths) - _GAP * (len(logos) - 1) if right else box.x
    top = box.y + (box.height - height) / 2
    placed, plates = [], []
    for logo, width, fits in zip(logos, widths, fitting, strict=True):
        rect = Rect(x, top, width, height)
        if not fits:  # made for the other ground: it gets a piece of that
            plate = Rect(x - CLEAR, top - CLEAR, width + 2 * CLEAR, height + 2 * CLEAR)
            plates.append(Art("rectangle", plate, Color("lt1" if dark else "dk2")))
        placed.append(PlacedLogo(rect, logo))
        x += width + _GAP
    return tuple(placed), plates


def _below(placeholders: Sequence[Placeholder], box: Rect) -> tuple[Placeholder, ...] | None:
    """The placeholders, those that the box touches begun below it; None where one has no room for that."""
    kept = Rect(box.x - CLEAR, box.y, box.width + 2 * CLEAR, box.height + CLEAR)
    out = []
    for holder in placeholders:
        if not _meets(kept, holder.rect):
            out.append(holder)
            continue
        left = holder.rect.bottom - kept.bottom
        if holder.type == "picture" or left < min(_LEAST_TITLE, holder.rect.height):
            return None
        out.append(replace(holder, rect=Rect(holder.rect.x, kept.bottom, holder.rect.width, left)))
    return tuple(out)


def _meets(a: Rect, b: Rect) -> bool:
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom


def _covers(art: Art, box: Rect) -> bool:
    a = art.rect
    return (
        art.shape == "rectangle" and a.x <= box.x and a.y <= box.y and a.right >= box.right and a.bottom >= box.bottom
    )
