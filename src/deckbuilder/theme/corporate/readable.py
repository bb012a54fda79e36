"""Texts of ours on a template's layouts in colours that can be read just where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from deckbuilder.theme.check import grounds, needed
from deckbuilder.theme.color import Color, Palette
from deckbuilder.theme.corporate.colors import literal
from deckbuilder.theme.corporate.stage import Stage
from deckbuilder.theme.corporate.tones import legible, reach
from deckbuilder.theme.derive import LARGE
from deckbuilder.theme.hosts import Host
from deckbuilder.theme.styles import LevelStyle
from deckbuilder.theme.theme import Placeholder, SlideLayout
from deckbuilder.units import Rect

_LARGE_SIZE = 24.0  # points: from here on less contrast will do (WCAG 2.2, 1.4.3)


def readable(layout: SlideLayout, stages: Mapping[str, Stage], large: bool = True) -> SlideLayout:
    """The layout with each text whose colour cannot be read where it stands in the nearest that can. Texts that can be read
    only as long as they are `large` keep their colour and stay so; unless they may not."""
    host = layout.host
    if host is None:
        return layout
    terrain = stages[host.part].terrain

    def below(_: Host, rect: Rect) -> list[Color]:
        return [literal(color) for color in terrain.below(rect).colors]

    def shown(holder: Placeholder) -> Placeholder:
        if holder.type == "picture":
            return holder
        under = [holder.fill] if holder.fill else grounds(layout, holder.rect, below)
        colors = [host.palette.hex(color) for color in under]
        levels = tuple(_in_reach(level, colors, host.palette, large) for level in holder.style.levels)
        if levels == holder.style.levels:
            return holder
        return replace(holder, style=replace(holder.style, levels=levels))

    return replace(layout, placeholders=tuple(shown(holder) for holder in layout.placeholders))


def recoloured(one: SlideLayout, other: SlideLayout) -> bool:
    """Whether texts of two forms of a layout differ in colour."""

    def colors(layout: SlideLayout) -> list[Color]:
        return [level.color for holder in layout.placeholders for level in holder.style.levels]

    return colors(one) != colors(other)


def _in_reach(level: LevelStyle, grounds: list[str], palette: Palette, large: bool) -> LevelStyle:
    """The level in a colour that can be read, or `large` enough to be read in its own."""
    least, contrast = needed(level), reach(level.color, grounds, palette)
    if contrast >= least:
        return level
    if large and contrast >= LARGE and level.size >= _LARGE_SIZE:  # can be read as long as it stays large
        return replace(level, floor=_LARGE_SIZE)
    return replace(level, color=legible([level.color], grounds, palette, least))
