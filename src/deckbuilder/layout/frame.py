"""What arranging hands to the outputs: frames of a closed set of items.

An output that can draw `TextItem`, `PictureItem`, `ShapeItem` and `ArtItem` can draw every
kind of slide. Lengths are points, y downwards from the slide's top left.
"""

from __future__ import annotations

from dataclasses import dataclass

from deckbuilder.content.slides import AnySlide
from deckbuilder.content.text import Marker, Run
from deckbuilder.reading.pictures import PictureFile
from deckbuilder.theme.color import Color
from deckbuilder.theme.fonts import Face
from deckbuilder.theme.theme import Anchor, LevelStyle, Placeholder, ShapeKind, SlideLayout, TextStyle
from deckbuilder.units import Rect


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line in one face and size. `x` is measured from the line's box; `rise` lifts
    superscript and (negative) lowers subscript."""

    text: str
    x: float
    width: float
    face: Face
    size: float
    run: Run
    rise: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line as broken. `y` is its baseline below the top of the text, `width` its ink's width."""

    segments: tuple[Segment, ...]
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class LaidParagraph:
    """A paragraph as measured: what it says, how it looks, and where its lines broke.

    `level` indexes the style's levels. `size` is the fitted size in points; `indent` and
    `hanging` are the text's left edge and how far the marker stands before it.
    """

    runs: tuple[Run, ...]
    level: int
    style: LevelStyle
    size: float
    marker: Marker | None
    number: int | None
    indent: float
    hanging: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class LaidText:
    """Paragraphs in a box of some width. `height` includes the space between them;
    `shrunk` is True when any size is below the theme's, `torn` when a word is wider than a line
    and was broken where no word breaks."""

    paragraphs: tuple[LaidParagraph, ...]
    style: TextStyle
    height: float
    shrunk: bool = False
    torn: bool = False

    @property
    def plain(self) -> str:
        return "\n".join("".join(run.text for run in p.runs) for p in self.paragraphs)


@dataclass(frozen=True, slots=True)
class TextItem:
    """Text in a placeholder of the layout."""

    placeholder: Placeholder
    rect: Rect
    text: LaidText
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class PictureItem:
    """A picture in a placeholder. `crop` is what is cut off at the left, top, right and bottom,
    as fractions of the picture; `alt` is empty for decoration."""

    placeholder: Placeholder
    rect: Rect
    picture: PictureFile | QrCode
    crop: tuple[float, float, float, float]
    alt: str


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code of an address, drawn by each output."""

    address: str


@dataclass(frozen=True, slots=True)
class ShapeItem:
    """A native shape with optional text in it; `name` is what PowerPoint's selection pane says."""

    name: str
    shape: ShapeKind
    rect: Rect
    fill: Color | None = None
    line: Color | None = None
    line_width: float = 0.0
    text: LaidText | None = None
    text_color: Color | None = None


Item = TextItem | PictureItem | ShapeItem


@dataclass(frozen=True)
class SlideFrame:
    """One slide as it will be seen.

    `number` counts from 1; `part` of `parts` tells continuation slides. `title` is the title's
    text as shown, unique in the deck. `items` are in reading order; the layout's own `art`
    lies beneath them.
    """

    number: int
    slide: AnySlide
    section: int
    layout: SlideLayout
    title: str
    items: tuple[Item, ...]
    footer: LaidText | None = None
    part: int = 1
    parts: int = 1
