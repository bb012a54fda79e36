"""A theme, ready for layout: frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from deckbuilder.theme.color import Color, Palette
from deckbuilder.theme.fonts import Fonts
from deckbuilder.units import Rect

FontSlot = Literal["heading", "body"]
Anchor = Literal["top", "middle", "bottom"]
PlaceholderType = Literal["title", "body", "picture"]
ShapeKind = Literal["rectangle", "ellipse", "ring", "chevron", "first-chevron", "line"]


INK = Color("dk1")


@dataclass(frozen=True, slots=True)
class LevelStyle:
    """How one list level of a text style looks. Lengths are points.

    `spacing` multiplies the line pitch; `before` is the space above a paragraph as a
    fraction of its size. `bullet` is the list character, or None for plain paragraphs.
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


@dataclass(frozen=True, slots=True)
class TextStyle:
    """A named style: one look for each list level. `tie` keeps a last word from standing alone."""

    name: str
    levels: tuple[LevelStyle, ...]
    tie: bool = False
    align: Literal["left", "center", "right"] = "left"

    def level(self, number: int) -> LevelStyle:
        return self.levels[min(number, len(self.levels) - 1)]


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A placeholder of a slide layout: what PowerPoint calls it, where, and in which style.

    `role` is what arrange functions fill ("title", "body", "picture", "caption" …). `index`
    is unique in its layout.
    """

    role: str
    type: PlaceholderType
    index: int
    rect: Rect
    style: TextStyle
    anchor: Anchor = "top"


@dataclass(frozen=True, slots=True)
class Art:
    """A decoration that belongs to a layout: a shape, or a character set in the heading font."""

    shape: ShapeKind | Literal["glyph"]
    rect: Rect
    fill: Color | None = None
    line: Color | None = None
    line_width: float = 0.0
    glyph: str = ""
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class SlideLayout:
    """A named slide layout. `dark` layouts have light text; `band` is the place of a question
    that is attached to the slide, None where the layout has none."""

    role: str
    name: str
    background: Color
    placeholders: tuple[Placeholder, ...]
    art: tuple[Art, ...] = ()
    footer: Rect | None = None
    number: Rect | None = None
    footer_color: Color = INK
    dark: bool = False
    band: bool = False

    def placeholder(self, role: str) -> Placeholder:
        """The placeholder of that role. KeyError when the layout has none."""
        for placeholder in self.placeholders:
            if placeholder.role == role:
                return placeholder
        raise KeyError(f"layout '{self.role}' has no placeholder '{role}'")

    def has(self, role: str) -> bool:
        return any(p.role == role for p in self.placeholders)


@dataclass(frozen=True)
class Theme:
    """Everything that decides how outputs look."""

    name: str
    title: str
    palette: Palette
    colors: dict[str, Color]
    heading: str
    body: str
    fonts: Fonts
    styles: dict[str, TextStyle]
    layouts: dict[str, SlideLayout]
    width: float
    height: float
    footer_size: float

    def family(self, slot: FontSlot) -> str:
        return self.heading if slot == "heading" else self.body
