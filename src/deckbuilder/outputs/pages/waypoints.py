"""Flowables of which nothing is seen, or a number: where links, bookmarks and page numbers lead, and pages begin."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable
from reportlab.platypus.doctemplate import ActionFlowable

from deckbuilder.outputs.pages.tagging.flowables import Words
from deckbuilder.outputs.pages.tagging.structure import Node


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
        words = Words([str(self.places[self.name])], self.style, self.node)
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
