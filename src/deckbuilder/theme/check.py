"""Whether a theme's texts can be read where they stand, by computation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deckbuilder.frozen import dataclass
from deckbuilder.theme.color import Color, contrast
from deckbuilder.theme.hosts import Host
from deckbuilder.theme.styles import LevelStyle
from deckbuilder.theme.theme import SlideLayout, Theme
from deckbuilder.units import Rect

_THIN = 12.0  # points: rules lie beside text, not below it


@dataclass(frozen=True, slots=True)
class Pale:
    """A text of a layout that is hard to read: its colour and the ground's, as #RRGGBB, what contrast they
    have, and what they need."""

    layout: str
    place: str
    color: str
    ground: str
    ratio: float
    least: float


def needed(level: LevelStyle) -> float:
    """The least contrast of a text: 4.5 to 1; 3 to 1 from 24 pt on, or from 18.66 pt on in bold (WCAG 2.2, 1.4.3)."""
    return 3.0 if level.floor >= 24 or (level.bold and level.floor >= 18.66) else 4.5


def grounds(layout: SlideLayout, rect: Rect, below: Callable[[Host, Rect], list[Color]] | None = None) -> list[Color]:
    """The colours a text in the box can stand on: the background, and the filled shapes below it. `below` tells
    the colours of a corporate template's scenery."""
    out = below(layout.host, rect) if layout.host and below else [layout.background]
    for art in layout.art:
        if art.fill is None or art.shape not in ("rectangle", "ellipse"):
            continue
        a = art.rect
        if a.x <= rect.x + 1 and a.y <= rect.y + 1 and a.right >= rect.right - 1 and a.bottom >= rect.bottom - 1:
            out = [art.fill]  # covers it whole, and hides what is below
        elif a.x < rect.right and rect.x < a.right and a.y < rect.bottom and rect.y < a.bottom:
            out += [art.fill] * (min(a.width, a.height) > _THIN)
    return out


def pale_texts(theme: Theme) -> list[Pale]:
    """Every text of every layout that has too little contrast with a ground it can stand on."""
    out: dict[Pale, None] = {}
    below = _Below((theme.width, theme.height))

    def tell(layout: SlideLayout, place: str, color: Color, ground: Color, least: float) -> None:
        palette = theme.on(layout).palette
        ratio = contrast(palette.rgb(color), palette.rgb(ground))
        if ratio < least:
            out[Pale(layout.name, place, palette.hex(color), palette.hex(ground), ratio, least)] = None

    for layout in theme.layouts.values():
        pictures = [holder.rect for holder in layout.placeholders if holder.type == "picture"]
        for holder in layout.placeholders:
            if holder.type == "picture":  # shows its style only while it is empty, in PowerPoint
                continue
            if holder.fill is None and any(picture.holds(holder.rect) for picture in pictures):
                continue  # its ground is a picture that nobody knows yet
            for level in holder.style.levels:
                for ground in [holder.fill] if holder.fill else grounds(layout, holder.rect, below):
                    tell(layout, str(holder.role), level.color, ground, needed(level))
        if layout.footer:
            for ground in grounds(layout, layout.footer, below):
                tell(layout, "footer", layout.footer_color, ground, 4.5)
    return list(out)


class _Below:
    """The colours below boxes on the layouts of a corporate template, each drawn once."""

    def __init__(self, size: tuple[float, float]) -> None:
        self.size = size
        self.terrains: dict[str, Any] = {}

    def __call__(self, host: Host, rect: Rect) -> list[Color]:
        from deckbuilder.theme.corporate.colors import literal
        from deckbuilder.theme.corporate.ground import Terrain

        if host.part not in self.terrains:
            self.terrains[host.part] = Terrain(host.scenery, self.size)
        return [literal(rgb) for rgb in self.terrains[host.part].below(rect).colors]
