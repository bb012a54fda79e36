"""Flowables that show something: slides, pictures, charts, QR codes."""

from __future__ import annotations

from collections.abc import Callable

from reportlab.lib.colors import Color as RLColor

from deckbuilder.content.pictures import PictureFile
from deckbuilder.layout.frame import ChartItem
from deckbuilder.layout.looks import frame_look, picture_look
from deckbuilder.layout.prints import DrawnSlide
from deckbuilder.outputs.drawing.canvas import draw_frame, draw_picture, draw_qr
from deckbuilder.outputs.drawing.render import render
from deckbuilder.outputs.images import PRINT_DPI, Images
from deckbuilder.outputs.pages.grey import on_paper
from deckbuilder.outputs.pages.tagging.flowables import Marked
from deckbuilder.outputs.pages.tagging.structure import Node
from deckbuilder.theme.theme import Theme
from deckbuilder.units import MM, Rect

QR_SIDE = 28 * MM  # the smallest code, 21 of 29 modules with its quiet zone, is then 20.3 mm


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
