"""The blocks that pages are made of, beside ReportLab's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from reportlab.lib.colors import Color as RLColor
from reportlab.platypus import Flowable, Paragraph

from deckbuilder.layout.frame import ChartItem, SlideFrame
from deckbuilder.outputs.drawing.canvas import draw_frame, draw_picture, draw_qr
from deckbuilder.outputs.drawing.chart import chart_drawing
from deckbuilder.outputs.drawing.render import render
from deckbuilder.outputs.images import PRINT_DPI, Images
from deckbuilder.reading.pictures import PictureFile
from deckbuilder.theme.theme import Theme
from deckbuilder.units import MM, Rect

LINE_PITCH = 8.5 * MM  # between ruled lines: wide-ruled paper has 8.7 mm, college-ruled 7.1 mm
QR_SIDE = 28 * MM  # the smallest code, 21 of 29 modules with its quiet zone, is then 20.3 mm


class Words(Paragraph):
    """A paragraph that breaks its lines once for a width: tables ask for the height of what is in
    them three or four times over."""

    _broken_for: float | None = None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if self._broken_for != width or not hasattr(self, "blPara"):
            super().wrap(width, height)
            self._broken_for = width
        return self.width, self.height


class WritingLines(Flowable):
    """Ruled lines to write on."""

    def __init__(self, count: int, color: RLColor) -> None:
        super().__init__()
        self.count = count
        self.color = color

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        self.height = self.count * LINE_PITCH + 4
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        fit = int((height - 4) // LINE_PITCH)
        if fit < 2 or self.count - fit < 1:
            return []
        return [WritingLines(fit, self.color), WritingLines(self.count - fit, self.color)]

    def draw(self) -> None:
        self.canv.setStrokeColor(self.color)
        self.canv.setLineWidth(0.6)
        for n in range(1, self.count + 1):
            y = self.height - n * LINE_PITCH
            self.canv.line(0, y, self.width, y)


class Rule(Flowable):
    """A line across the column."""

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


class Thumbnail(Flowable):
    """A slide, drawn from its frame, with a hairline around it."""

    def __init__(self, frame: SlideFrame, theme: Theme, images: Images, width: float, edge: RLColor) -> None:
        super().__init__()
        self.frame = frame
        self.theme = theme
        self.images = images
        self.edge = edge
        self.width = width
        self.height = width * theme.height / theme.width

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        draw_frame(self.canv, self.frame, self.theme, self.images, self.width)
        self.canv.setStrokeColor(self.edge)
        self.canv.setLineWidth(0.5)
        self.canv.rect(0, 0, self.width, self.height, stroke=1, fill=0)


class Figure(Flowable):
    """A picture as wide as told, or as high as allowed."""

    def __init__(self, picture: PictureFile, images: Images, width: float, max_height: float, alt: str) -> None:
        super().__init__()
        self.picture = picture
        self.images = images
        self.alt = alt
        self.width = min(width, max_height * picture.aspect)
        self.height = self.width / picture.aspect

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        box = Rect(0, 0, self.width, self.height)
        draw_picture(self.canv, self.picture, self.images, box, (0, 0, 0, 0), PRINT_DPI)


class ChartFigure(Flowable):
    """A chart, drawn for paper: its text in the size of captions."""

    def __init__(self, item: ChartItem, theme: Theme, width: float, height: float, size: float) -> None:
        super().__init__()
        self.item = item
        self.alt = item.alt
        self.theme = theme
        self.size = size
        self.width = width
        self.height = height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        drawing = chart_drawing(self.item.chart, self.theme, self.width, self.height, self.size)
        render(drawing, self.canv)


class QrFigure(Flowable):
    """A QR code of an address."""

    def __init__(self, address: str, side: float = QR_SIDE) -> None:
        super().__init__()
        self.address = address
        self.width = self.height = side

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        draw_qr(self.canv, self.address, 0, 0, self.width)


class PageMark(Flowable):
    """Nothing to see: tells on which page it came to stand."""

    _ZEROSIZE: ClassVar[int] = 1
    keepWithNext: ClassVar[int] = 1

    def __init__(self, name: str, found: Callable[[str, int], None]) -> None:
        super().__init__()
        self.name = name
        self.found = found

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.found(self.name, self.canv.getPageNumber())


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
        canvas.addOutlineEntry(self.title, self.key, level, closed=level == 0 and self.level == 0)


class CueMark(Flowable):
    """A small drawn sign for a kind of cue: told apart by form, not by colour."""

    SIZE: ClassVar[float] = 9.0

    def __init__(self, kind: str, color: RLColor) -> None:
        super().__init__()
        self.kind = kind
        self.color = color

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.SIZE, self.SIZE + 2

    def draw(self) -> None:
        canvas, s = self.canv, self.SIZE
        canvas.setFillColor(self.color)
        canvas.setStrokeColor(self.color)
        canvas.setLineWidth(1.1)
        match self.kind:
            case "say":  # a speech bubble
                canvas.roundRect(0, 2.5, s, s - 2.5, 2, stroke=0, fill=1)
                path = canvas.beginPath()
                path.moveTo(1.8, 3)
                path.lineTo(1.8, 0)
                path.lineTo(5, 3)
                path.close()
                canvas.drawPath(path, stroke=0, fill=1)
            case "do":  # a box to tick
                canvas.rect(0.6, 0.6, s - 1.2, s - 1.2, stroke=1, fill=0)
            case "ask":  # an open ring
                canvas.circle(s / 2, s / 2, s / 2 - 0.6, stroke=1, fill=0)
                canvas.circle(s / 2, s / 2, 1.3, stroke=0, fill=1)
            case "listen_for":  # three waves' worth of bars
                for n, height in enumerate((0.45, 0.95, 0.65)):
                    canvas.rect(n * 3.2 + 0.3, s * (1 - height) / 2, 1.8, s * height, stroke=0, fill=1)
            case "transition":  # an arrow
                canvas.line(0, s / 2, s - 2, s / 2)
                path = canvas.beginPath()
                path.moveTo(s, s / 2)
                path.lineTo(s - 4, s / 2 + 3)
                path.lineTo(s - 4, s / 2 - 3)
                path.close()
                canvas.drawPath(path, stroke=0, fill=1)
            case _:
                canvas.rect(2, 2, s - 4, s - 4, stroke=0, fill=1)
