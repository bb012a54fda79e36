"""The blocks that pages are made of, beside ReportLab's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, cast

from reportlab.lib.colors import Color as RLColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table
from reportlab.platypus.doctemplate import ActionFlowable

from deckbuilder.content.pictures import PictureFile
from deckbuilder.layout.frame import ChartItem
from deckbuilder.layout.looks import frame_look, picture_look
from deckbuilder.layout.prints import DrawnSlide
from deckbuilder.outputs.drawing.canvas import draw_frame, draw_picture, draw_qr
from deckbuilder.outputs.drawing.render import render
from deckbuilder.outputs.images import PRINT_DPI, Images
from deckbuilder.outputs.pages.grey import on_paper
from deckbuilder.outputs.pages.tagging.flowables import Marked, Words
from deckbuilder.outputs.pages.tagging.structure import Node
from deckbuilder.theme.theme import Theme
from deckbuilder.units import MM, Rect

LINE_PITCH = 8.5 * MM  # between ruled lines: wide-ruled paper has 8.7 mm, college-ruled 7.1 mm
_FEW = 3  # lines
_A_WORD = 20 * MM  # by hand
_ENDLESS = 10_000.0  # points
QR_SIDE = 28 * MM  # the smallest code, 21 of 29 modules with its quiet zone, is then 20.3 mm


class Grid(Table):
    """A table that is divided between rows where it can be, within one only where that is high.

    ReportLab divides any row in any space, a few points too, and then may never come to an end. `blocks` is how many
    cues, or the like, it counts as.
    """

    blocks = 0
    edges: tuple[float, float] = (0.0, 0.0)
    """What is left free within the upper and the lower edge where it is divided, in points."""

    _HIGH: ClassVar[float] = 170.0
    _ROOM: ClassVar[float] = 60.0

    @property
    def slides(self) -> list[Thumbnail]:
        """The slides of one row that shows nothing else; [] for any other table."""
        cells = self._cellvalues[0] if len(self._cellvalues) == 1 else []
        shown = [block for cell in cells for block in cell if not isinstance(block, Spacer)]
        slides = [block for block in shown if isinstance(block, Thumbnail)]
        return slides if len(slides) == len(shown) else []

    def resize(self, height: float) -> None:
        """Its slides so much smaller that it is as high as told, in points; it has been measured."""
        slides = self.slides
        most = max(slide.height for slide in slides)
        share = (most + height - self._height) / most
        for slide in slides:
            slide.resize(slide.height * share)

    def parts_before(self, row: int) -> bool:
        """Whether it can be divided above a row; it has been measured."""
        if not hasattr(self, "_impossible"):
            self._impossible: dict[int, Any] = {}
            if self._spanCmds:
                self._getRowImpossible(self._impossible, self._rowSpanCells, self._spanRanges)
            if self._nosplitCmds:
                self._getRowImpossible(self._impossible, self._rowNoSplitCells, self._nosplitRanges)
        return row not in self._impossible

    def between_rows(self, width: float, height: float) -> list[Flowable]:
        """Two tables, the first of so many rows as a height holds."""
        self.splitInRow = 0
        parts = list(super().split(width, height))
        if len(parts) == 2 and any(self.edges):
            first, second = parts
            first.edges = second.edges = self.edges
            above, below = self.padding_at(len(first._rowHeights))
            first._padded(-1, 0.0, above)
            second._padded(int(second.repeatRows), below, 0.0)
        return parts

    def padding_at(self, row: int) -> tuple[float, float]:
        """How much higher it gets where it is divided above a row: the part above, and the one below."""
        above, below = self._cellStyles[row - 1][0].bottomPadding, self._cellStyles[row][0].topPadding
        return max(0.0, self.edges[1] - above), max(0.0, self.edges[0] - below)

    def _padded(self, row: int, above: float, below: float) -> None:
        """Gives a row of a part, whose rows' heights are known, so much more within."""
        styles = [style.copy() for style in self._cellStyles[row]]
        for style in styles:
            style.topPadding += above
            style.bottomPadding += below
        self._cellStyles[row] = styles
        part: Any = self
        heights = list(part._rowHeights)
        heights[row] += above + below
        part._rowHeights = part._argH = heights

    def in_row(self, width: float, height: float) -> list[Flowable]:
        """Two tables, the first of that height or less, divided within a row; [] where that cannot be."""
        self.splitInRow = 1
        parts = list(super().split(width, height))
        if parts and (over := cast(Grid, parts[0])._over()) > 0:
            # ReportLab measures lists in a cell as if that had no margins, and overlooks spaces of lists in lists.
            parts = list(super().split(width, height - over))
            if parts:
                first = cast(Grid, parts[0])
                first._padded(-1, 0.0, max(0.0, first._over()))
        return parts

    def _over(self) -> float:
        """By how many points what is in the last row is higher than it."""
        part: Any = self
        cells = zip(part._cellvalues[-1], part._colWidths, part._cellStyles[-1], strict=True)
        highs = [
            part._listCellGeom(cell, wide, style)[1] + style.topPadding + style.bottomPadding
            for cell, wide, style in cells
            if isinstance(cell, list | tuple)
        ]
        return float(max(highs, default=0.0) - part._rowHeights[-1])

    def split(self, width: float, height: float) -> list[Flowable]:
        parts = self.between_rows(width, height)
        if parts or height < self._ROOM or self._rowHeights[int(self.repeatRows)] < self._HIGH:
            return parts
        return self.in_row(width, height)


class Together(KeepTogether):
    """Blocks that had better stay on one page, unless they are higher than `most` (None for no limit). `continued` is
    what stands above the rest of them where they do not; then they may part between any two blocks."""

    _content: list[Flowable]

    def __init__(self, flowables: list[Flowable], most: float | None = None, continued: Flowable | None = None) -> None:
        super().__init__(flowables)
        self.most = most
        self.continued = continued


class WritingLines(Flowable):
    """Ruled lines to write on; `count` None is as many as the page has room for, but for `leave` points, and `least` at any
    rate."""

    def __init__(self, count: int | None, color: RLColor, leave: float = 0.0, least: int = 0) -> None:
        super().__init__()
        self.fills = count is None
        self.leave = leave
        self.least = least
        self.count = count or 0
        self.color = color
        self.spaceAfter = 4

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        if self.fills:
            # ReportLab asks with endless room how high a group is at least: these are content with a few.
            room = _FEW * LINE_PITCH + 4 if height > _ENDLESS else height - self.leave - 4
            self.count = min(40, max(0, int(room // LINE_PITCH)))
            if self.count < _FEW:  # not worth a rule, and no reason for another page
                self.count = 0
            self.count = max(self.count, self.least)
        self.height = self.count * LINE_PITCH
        return width, self.height

    def minWidth(self) -> float:
        """The least in which anybody can write a word; a ReportLab name, which tables ask for."""
        return _A_WORD

    def natural_width(self) -> float:
        """As wide as a few words take by hand."""
        return 3 * _A_WORD

    def split(self, width: float, height: float) -> list[Flowable]:
        fit = int(height // LINE_PITCH)
        if fit < 2 or self.count - fit < 1:
            return []
        return [WritingLines(fit, self.color), WritingLines(self.count - fit, self.color)]

    def draw(self) -> None:
        self.canv.note(f"{self.count} lines")
        self.canv.setStrokeColor(self.color)
        self.canv.setLineWidth(0.6)
        for n in range(1, self.count + 1):
            y = self.height - n * LINE_PITCH
            self.canv.line(0, y, self.width, y)


class Rule(Flowable):
    """A line across the column."""

    keepWithNext: ClassVar[int] = 1

    def __init__(self, color: RLColor, thickness: float = 0.8, width: float | None = None) -> None:
        super().__init__()
        self.color = color
        self.thickness = thickness
        self.fixed = width

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = self.fixed or width
        return self.width, self.thickness + 8

    def draw(self) -> None:
        self.canv.setFillColor(self.color)
        self.canv.rect(0, 4, self.width, self.thickness, stroke=0, fill=1)


class Rules(Flowable):
    """Rules across the column, one below the other: each a colour, a thickness and a width, None as wide as the column."""

    keepWithNext: ClassVar[int] = 1
    _GAP: ClassVar[float] = 2.5

    def __init__(self, rules: Sequence[tuple[RLColor, float, float | None]], before: float, after: float) -> None:
        super().__init__()
        self.rules = rules
        self.spaceBefore, self.spaceAfter = before, after

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        self.height = sum(thickness for _, thickness, _ in self.rules) + self._GAP * (len(self.rules) - 1)
        return self.width, self.height

    def draw(self) -> None:
        y = self.height
        for color, thickness, width in self.rules:
            y -= thickness
            self.canv.setFillColor(color)
            wide = min(width or self.width, self.width)
            self.canv.rect(self._hAlignAdjust(0, self.width - wide), y, wide, thickness, stroke=0, fill=1)
            y -= self._GAP


class Thumbnail(Marked):
    """A slide, drawn from its frame, with a hairline around it unless `edge` is None. `found` is told the page that it comes
    to stand on."""

    found: Callable[[int], object] | None = None

    def __init__(
        self, frame: DrawnSlide, theme: Theme, images: Images, width: float, edge: RLColor | None, node: Node | None
    ) -> None:
        super().__init__()
        self.frame = frame
        self.theme = on_paper(theme, frame)
        self.node = node
        self.images = images
        self.edge = edge
        self.width = width
        self.height = width * theme.height / theme.width

    def resize(self, height: float) -> None:
        """As high as told, in proportion."""
        self.width, self.height = height * self.width / self.height, height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self.height

    def drawn(self, page: int) -> None:
        if self.found is not None:
            self.found(page)

    def look(self) -> str:
        return f"{self.width:.1f} {frame_look(self.frame)}"

    def draw(self) -> None:
        draw_frame(self.canv, self.frame, self.theme, self.images, self.width)
        if self.edge is not None:
            self.canv.setStrokeColor(self.edge)
            self.canv.setLineWidth(0.5)
            self.canv.rect(0, 0, self.width, self.height, stroke=1, fill=0)


class Figure(Marked):
    """A picture as wide as told, or as high as allowed; an artifact without a node."""

    def __init__(
        self, picture: PictureFile, images: Images, width: float, max_height: float, node: Node | None
    ) -> None:
        super().__init__()
        self.picture = picture
        self.images = images
        self.node = node
        self.width = min(width, max_height * picture.aspect)
        self.height = self.width / picture.aspect

    def resize(self, height: float) -> None:
        """As high as told, in proportion."""
        self.width, self.height = height * self.picture.aspect, height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self.height

    def look(self) -> str:
        return f"{self.width:.1f} {picture_look(self.picture)}"

    def draw(self) -> None:
        box = Rect(0, 0, self.width, self.height)
        draw_picture(self.canv, self.picture, self.images, box, (0, 0, 0, 0), PRINT_DPI)


class ChartFigure(Marked):
    """A chart, drawn for paper: its text in the size of captions."""

    def __init__(
        self, item: ChartItem, theme: Theme, width: float, height: float, size: float, node: Node | None
    ) -> None:
        super().__init__()
        self.item = item
        self.node = node
        self.theme = theme
        self.size = size
        self.width = width
        self.height = height

    def resize(self, height: float) -> None:
        """As high as told, its words as large as before."""
        self.height = height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self.height

    def look(self) -> str:
        return f"{self.width:.1f} {self.item.chart!r}"

    def draw(self) -> None:
        # With it come ReportLab's charts, and not every deck has one.
        from deckbuilder.outputs.drawing.chart import chart_drawing

        drawing = chart_drawing(self.item.chart, self.theme, self.width, self.height, self.size)
        render(drawing, self.canv)


class QrFigure(Marked):
    """A QR code of an address."""

    def __init__(self, address: str, node: Node | None, side: float = QR_SIDE) -> None:
        super().__init__()
        self.address = address
        self.node = node
        self.width = self.height = side

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self.height

    def look(self) -> str:
        return self.address

    def draw(self) -> None:
        draw_qr(self.canv, self.address, 0, 0, self.width)


class RightPage(ActionFlowable):
    """Goes on to a right-hand page."""

    def __init__(self) -> None:
        super().__init__("rightPage")


class Anchor(Flowable):
    """Nothing to see: tells on which page it came to stand, and is there for links where any lead to it."""

    _ZEROSIZE: ClassVar[int] = 1
    keepWithNext: ClassVar[int] = 1

    def __init__(self, name: str, found: Callable[[str, int], None], linked: bool = False) -> None:
        super().__init__()
        self.name = name
        self.found = found
        self.linked = linked

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        canvas: Any = self.canv
        self.found(self.name, canvas.getPageNumber())
        if self.linked:
            canvas.bookmarkHorizontal(self.name, 0, 24)


class PageNumber(Flowable):
    """The number of the page on which an anchor of the same document stands; `places` are known when it is drawn. One that is
    `flush` leaves no space at its left where the highest of the numbers has none."""

    def __init__(
        self, name: str, places: Mapping[str, int], style: ParagraphStyle, node: Node, flush: bool = False
    ) -> None:
        super().__init__()
        self.name = name
        self.places = places
        self.style = style
        self.node = node
        self.flush = flush

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, self.style.leading
        return self.width, self.height

    def minWidth(self) -> float:
        return self.natural_width()

    def natural_width(self) -> float:
        """The width of as many digits as pages may need."""
        return float(stringWidth("888", self.style.fontName, self.style.fontSize))

    def draw(self) -> None:
        words = Words(str(self.places[self.name]), self.style, self.node)
        words.wrap(self.width, self.height)
        highest = stringWidth(str(max(self.places.values())), self.style.fontName, self.style.fontSize)
        words.drawOn(self.canv, min(0, highest - self.natural_width()) if self.flush else 0, 0)


class Bookmark(Flowable):
    """Nothing to see: an entry of the document's outline that leads here."""

    _ZEROSIZE: ClassVar[int] = 1
    keepWithNext: ClassVar[int] = 1

    def __init__(self, key: str, title: str, level: int) -> None:
        super().__init__()
        self.key = key
        self.title = title
        self.level = level

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        canvas: Any = self.canv
        canvas.bookmarkHorizontal(self.key, 0, 24)
        # An outline may not skip a level.
        level = min(self.level, getattr(canvas, "_outline_level", -1) + 1)
        canvas._outline_level = level
        if self.level == 0 and hasattr(canvas, "begin_section"):  # slides by themselves have no running titles
            canvas.begin_section(self.title)
        canvas.addOutlineEntry(self.title, self.key, level, closed=level == 0 and self.level == 0)
