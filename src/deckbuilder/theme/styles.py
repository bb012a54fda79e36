"""How text looks: a style has a look for each level of its lists, and its sizes, spacing and room go together."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Literal

from deckbuilder.frozen import dataclass
from deckbuilder.theme.color import Color
from deckbuilder.theme.hosts import Align

FontSlot = Literal["heading", "body", "figures"]
Numbering = Literal["number", "letter"]


@dataclass(frozen=True, slots=True)
class LevelStyle:
    """How one list level of a text style looks. Lengths are points.

    `spacing` multiplies the line pitch; `before` is the space above a paragraph as a
    fraction of its size. `bullet` is the list character of unnumbered items, `numbers` how
    the level numbers its items; with neither, paragraphs are plain. `exact` asks for line spacing
    in points, for text that other fonts help to draw: their lines would stand further apart. `tab` has a right tab at the text's
    right edge, an indent before it. `caps` shows text in capitals, whatever letters it is written in.
    """

    font: FontSlot
    size: float
    floor: float
    color: Color
    bold: bool = False
    italic: bool = False
    spacing: float = 1.0
    before: float = 0.0
    bullet: str | None = None
    indent: float = 0.0
    hanging: float = 0.0
    numbers: Numbering | None = None
    exact: bool = False
    tab: bool = False
    caps: bool = False

    @property
    def listed(self) -> bool:
        """Whether paragraphs of this level are list items by themselves."""
        return self.bullet is not None or self.numbers is not None


@dataclass(frozen=True, slots=True)
class TextStyle:
    """A named style: one look for each list level. `tie` keeps a last word from standing alone, `even`
    makes lines about equally long. What is `unbroken` gets smaller before a paragraph of the first level is broken into lines.

    `leading` is how many times as far apart as usual its lines are, for scripts whose marks want room.
    `plain` is the level for paragraphs that are no list items: the first of all, and lists begin at
    the second; or one after the lists' levels; None where each level is what it is. `scale` is the
    share of the theme's sizes that the levels have, `largest` the one that they may have where there is room.
    `rtl` tells that its paragraphs begin at the right: indents and tabs are counted from there.
    """

    name: str
    levels: tuple[LevelStyle, ...]
    tie: bool = False
    even: bool = False
    align: Align = "left"
    plain: int | None = None
    scale: float = 1.0
    largest: float = 1.0
    leading: float = 1.0
    rtl: bool = False
    unbroken: bool = False

    def level(self, number: int) -> LevelStyle:
        return self.levels[min(number, len(self.levels) - 1)]

    def place(self, level: int, listed: bool) -> int:
        """The number of the level that a paragraph of a list level is set in."""
        if self.plain is not None and not listed and self.level(level).listed:
            level = self.plain
        elif self.plain == 0 and listed:
            level += 1
        return min(level, len(self.levels) - 1)

    def deep_enough(self, level: int) -> TextStyle:
        """The style with list levels down to this one, each further right than the one above it."""
        lists = len(self.levels) - (self.plain is not None)
        return self if self.plain is None or level < lists else _deepened(self, level + 1 - lists)

    @property
    def smallest(self) -> float:
        """The scale at which every level is at its floor."""
        return min(level.floor / level.size for level in self.levels)

    def scaled(self, scale: float) -> TextStyle:
        """The style at a share of its sizes, in half points, no level below its floor."""
        return self if scale == 1 else _scaled(self, scale)

    def exact(self) -> TextStyle:
        """The style with line spacing in points."""
        return _exact(self)

    def led(self, leading: float) -> TextStyle:
        """The style with lines so many times as far apart as usual, and spacing in points; as it is where that is not
        further than it has them."""
        return self if leading <= self.leading else _led(self, leading)


@cache
def _led(style: TextStyle, leading: float) -> TextStyle:
    more = leading / style.leading
    levels = tuple(replace(level, exact=True, spacing=level.spacing * more) for level in style.levels)
    return replace(style, levels=levels, leading=leading)


@cache
def _exact(style: TextStyle) -> TextStyle:
    return replace(style, levels=tuple(replace(level, exact=True) for level in style.levels))


@cache
def _deepened(style: TextStyle, count: int) -> TextStyle:
    """The style with so many further list levels. They stand before the plain level where that is the last."""
    first = style.plain == 0
    lists = list(style.levels[1:] if first else style.levels[:-1])
    for _ in range(count):
        last = lists[-1]
        lists.append(replace(last, indent=last.indent + last.hanging))
    if first:
        return replace(style, levels=(style.levels[0], *lists))
    return replace(style, levels=(*lists, style.levels[-1]), plain=len(lists))


@cache
def _scaled(style: TextStyle, scale: float) -> TextStyle:
    # Larger bullets want more room before their words; smaller ones keep theirs.
    room = max(1.0, scale)
    levels = tuple(
        replace(x, size=max(x.floor, round(x.size * scale * 2) / 2), indent=x.indent * room, hanging=x.hanging * room)
        for x in style.levels
    )
    return replace(style, levels=levels, scale=scale)
