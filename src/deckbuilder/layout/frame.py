"""What arranging hands to the outputs: frames of a closed set of items.

An output that can draw `TextItem`, `PictureItem`, `TableItem` and `ChartItem` can draw every kind
of slide. Each fills a placeholder of the frame's layout, and stands exactly where that has it: what
fitting moved or made smaller is in the layout. An item's `fields` are those of the slide that it is made of, in order, as
`points` or `questions[0].ask`; none for what the program adds. Lengths are points, y downwards from the slide's
top left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from deckbuilder.content.data import Chart
from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.pictures import PictureFile
from deckbuilder.content.text import Marker, Paragraph, Run
from deckbuilder.frozen import dataclass
from deckbuilder.theme.faces import Face
from deckbuilder.theme.styles import LevelStyle, TextStyle
from deckbuilder.theme.theme import Placeholder, SlideLayout
from deckbuilder.units import Rect


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line in one face and size. `x` is measured from the line's box; `rise` lifts
    superscript and (negative) lowers subscript. `level` is its embedding level (UAX #9): odd ones run from right to left, and
    `x` is where its left edge stands, while segments are in the order in which they are read."""

    text: str
    x: float
    width: float
    face: Face
    size: float
    run: Run
    rise: float = 0.0
    level: int = 0


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
    `hanging` are the edge that the text begins at and how far the marker stands before it: the left one, or the right one
    where the theme is `right_to_left`. `rtl` is the base direction of the words.
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
    rtl: bool = False

    @property
    def substituted(self) -> bool:
        """Whether a face draws some of it that the theme's family lacks."""
        return any(segment.face.substitute for line in self.lines for segment in line.segments)

    @property
    def runs_both_ways(self) -> bool:
        """Whether some of it runs from right to left: its segments do not stand one behind the other."""
        return any(segment.level for line in self.lines for segment in line.segments)

    @property
    def has_formulas(self) -> bool:
        """Whether there are formulas in it."""
        return any(run.formula for run in self.runs)


@dataclass(frozen=True, slots=True)
class LaidText:
    """Paragraphs in a box of some width. `style` is the style as fitted, `height` includes the space
    between paragraphs; `torn` is True when a word is wider than a line and was broken where no
    word breaks, `overfull` when a formula is wider than the line. `source` is what was measured."""

    paragraphs: tuple[LaidParagraph, ...]
    style: TextStyle
    height: float
    torn: bool = False
    source: tuple[Paragraph, ...] = ()
    overfull: bool = False

    @property
    def shrunk(self) -> bool:
        """Whether it is set smaller than the theme has it."""
        return self.style.scale < 1

    def left_of(self, line: Line, paragraph: LaidParagraph, box: Rect) -> float:
        """Where the left edge of a paragraph's line stands, in a box as wide as the text was measured for."""
        room = box.width - paragraph.indent
        left = box.x if self.style.rtl else box.x + paragraph.indent
        if self.style.align == "left":
            return left
        return left + (room - line.width) * (0.5 if self.style.align == "center" else 1.0)

    @property
    def plain(self) -> str:
        return "\n".join("".join(run.text for run in p.runs) for p in self.paragraphs)

    @property
    def has_formulas(self) -> bool:
        """Whether there are formulas in it."""
        return any(p.has_formulas for p in self.paragraphs)


@dataclass(frozen=True, slots=True)
class TextItem:
    """Text in a placeholder of the layout."""

    placeholder: Placeholder
    text: LaidText
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code of an address, drawn by each output."""

    address: str


@dataclass(frozen=True, slots=True)
class PictureItem:
    """A picture in a placeholder. `crop` is what is cut off at the left, top, right and bottom,
    as fractions of the picture; below 0 it is room left free at that side. `alt` is empty for
    decoration; `link` is where a click leads, None for nowhere."""

    placeholder: Placeholder
    picture: PictureFile | QrCode
    crop: tuple[float, float, float, float]
    alt: str
    link: str | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableItem:
    """A table in a placeholder: column widths, row heights, and each row's cells as measured. The
    first row is the header; `numeric` columns are set flush right. Columns are in the order of reading: from right to left
    where the placeholder's style is `rtl`."""

    placeholder: Placeholder
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    rows: tuple[tuple[LaidText, ...], ...]
    numeric: tuple[bool, ...]
    alt: str
    fields: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        return sum(self.heights)


@dataclass(frozen=True, slots=True)
class ChartItem:
    """A chart in a placeholder, drawn by each output from its data; `size` is its text's, in points."""

    placeholder: Placeholder
    chart: Chart
    alt: str
    size: float
    fields: tuple[str, ...] = ()


Item = TextItem | PictureItem | TableItem | ChartItem
_ASKS = re.compile(r"questions\[(\d+)\]\.ask")


def asked_in(fields: Iterable[str]) -> frozenset[int]:
    """The questions that are asked in what is made of those fields, by their place among their slide's."""
    return frozenset(int(match[1]) for match in map(_ASKS.fullmatch, fields) if match)


@dataclass(frozen=True)
class SlideFrame:
    """One slide as it will be seen.

    `number` counts from 1; `part` of `parts` tells continuation slides. `title` is the title's
    text as shown, unique in the deck, `told` the same without words of gaps, as participants get it. `items` are in reading
    order; the layout's own `art` lies beneath them. `notes` is the slide's notes page, None without one; `date` the date at its
    foot. `hidden` slides are not projected; `notes_only` ones are there for notes that go on.
    """

    number: int
    slide: AnySlide
    section: int
    layout: SlideLayout
    title: str
    told: str
    items: tuple[Item, ...]
    footer: LaidText | None = None
    date: str | None = None
    part: int = 1
    parts: int = 1
    notes: LaidText | None = None
    hidden: bool = False
    notes_only: bool = False
