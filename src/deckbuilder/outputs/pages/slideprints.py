"""The handout as prints of the slides: 1, 2, 3, 4 or 6 a page, drawn as vectors from their frames.

Three have ruled lines beside them, down to the next; others have them below, as many as there is room for. What a
slide says is told to those who do not see it by the figure's alternative text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import groupby

from reportlab.platypus import Flowable

from deckbuilder.frozen import dataclass
from deckbuilder.labels import Labels
from deckbuilder.layout.frame import ChartItem, PictureItem, QrCode, TableItem, TextItem
from deckbuilder.layout.prints import DrawnSlide, SlidePrint
from deckbuilder.outputs.images import Images
from deckbuilder.outputs.markup.views import slide_anchor
from deckbuilder.outputs.pages.document import Story
from deckbuilder.outputs.pages.flowables import LINE_PITCH, WritingLines
from deckbuilder.outputs.pages.pictured import Thumbnail
from deckbuilder.outputs.pages.style import PageStyle
from deckbuilder.outputs.pages.tagging.structure import Node
from deckbuilder.outputs.pages.waypoints import Anchor, Bookmark, RightPage
from deckbuilder.outputs.tree import Gap

# Slides a page: columns and rows of slides.
_GRIDS = {1: (1, 1), 2: (1, 2), 3: (1, 3), 4: (2, 2), 6: (2, 3)}
_GAP = 18.0
_LEAD = 4.0  # between a slide and the lines below it


@dataclass
class SlidePrints:
    """Prints of a deck's slides. `pages` are, after the story is set, the pages of the slides, by the
    anchors that the guide's views give them."""

    page: PageStyle
    images: Images
    labels: Labels
    pages: dict[str, int] = field(default_factory=dict)

    def story(self, frames: Sequence[SlidePrint]) -> Story:
        """The pages, of frames arranged as prints. Where they are printed on both sides, sections start on
        right-hand ones."""
        root = Node("Document")
        sections = [list(group) for _, group in groupby(frames, lambda frame: frame.section)]
        nodes = {group[0].number: root.add("Sect") for group in sections}
        firsts = {group[0].number: group[0].section_title.plain for group in sections}
        count = self.page.printing.slides_per_page
        flow: list[Flowable] = []
        spread: SlidePage | None = None
        whole = sections if self.page.printing.duplex else [list(frames)]
        node = root
        for group in whole:
            if self.page.printing.duplex and flow:
                flow.append(RightPage())
            for start in range(0, len(group), count):
                spread = SlidePage(self.page, count)
                for place, frame in enumerate(group[start : start + count]):
                    node = nodes.get(frame.number, node)
                    self._put(spread, place, frame, firsts.get(frame.number), node)
                flow.append(spread)
        if spread is not None:
            spread.end()
        return Story(flow, root, {})

    def _put(self, spread: SlidePage, place: int, frame: SlidePrint, section: str | None, node: Node) -> None:
        title = frame.title.replace("\n", " ")
        anchors: list[Flowable] = []
        if frame.part == 1:
            anchors.append(Anchor(slide_anchor(frame.ordinal), self.pages.__setitem__))
        if section is not None:
            anchors.append(Bookmark(f"section-{frame.number}", section.replace("\n", " "), 0))
        anchors.append(Bookmark(f"slide-{frame.number}", f"{frame.number}  {title}", 1))
        figure = node.add("Figure", alt=slide_in_words(frame, self.labels))
        edge = self.page.color("hairline")
        shown = Thumbnail(frame, self.page.theme, self.images, spread.slide_width(), edge, figure)
        spread.put(place, shown, anchors)


class SlidePage(Flowable):
    """A page of slides."""

    def __init__(self, page: PageStyle, count: int) -> None:
        super().__init__()
        self.page = page
        self.columns, self.rows = _GRIDS[count]
        self.ruled = count == 3
        self.width = page.column
        self.height = self.whole = page.height - page.top - page.bottom - 0.01
        self.slides: list[tuple[int, Thumbnail, list[Flowable]]] = []

    def slide_width(self) -> float:
        """As wide as columns allow, and as rows are high."""
        theme = self.page.theme
        width = (self.width - _GAP * (self.columns - 1)) / self.columns
        if self.ruled:
            width = (self.width - _GAP) * 0.56
        return min(width, (self._row - _GAP) * theme.width / theme.height)

    @property
    def _row(self) -> float:
        """From one row of slides to the next; the last has its space below it, too, where lines go."""
        return (self.whole + (0 if self.rows == 1 else _GAP)) / self.rows

    def end(self) -> None:
        """Leaves the rows without slides to what follows."""
        used = -(-len(self.slides) // self.columns)
        if used < self.rows:
            self.height = used * self._row

    def put(self, place: int, slide: Thumbnail, anchors: list[Flowable]) -> None:
        """Adds a slide at a place, counted by rows; `anchors` are drawn at its upper edge."""
        self.slides.append((place, slide, anchors))

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        for place, slide, anchors in self.slides:
            row, column = divmod(place, self.columns)
            start = column * (self.width + _GAP) / self.columns
            x = self._left(start, slide.width)
            y = self.height - row * self._row - slide.height
            for anchor in anchors:
                anchor.drawOn(self.canv, x, y + slide.height)
            slide.drawOn(self.canv, x, y)
            free = self._row - _GAP - slide.height
            if self.ruled:
                wide = self.width - slide.width - _GAP
                self._rule(self._left(slide.width + _GAP, wide), y + slide.height, wide, self._row - _GAP)
            else:
                wide = slide.width if self.columns > 1 else self.width
                self._rule(self._left(start, wide), y - _LEAD, wide, free - _LEAD)

    def _left(self, start: float, width: float) -> float:
        """The left edge of what is so wide and begins so far from where lines begin."""
        return self.width - start - width if self.page.rtl else start

    def _rule(self, x: float, top: float, width: float, height: float) -> None:
        """Lines from `top` down, as many as a height has room for."""
        lines = WritingLines(max(0, int(height // LINE_PITCH)), self.page.color("muted"))
        _, own = lines.wrap(width, height)
        lines.drawOn(self.canv, x, top - own)


def gaps_of_prints(frames: Sequence[SlidePrint]) -> list[Gap]:
    """The gaps of the prints, in reading order."""
    words = [(word, slide_anchor(frame.ordinal)) for frame in frames for word in gap_words(frame)]
    return [Gap(number, word, anchor) for number, (word, anchor) in enumerate(words, 1)]


def gap_words(frame: SlidePrint) -> Iterator[str]:
    """What belongs into the gaps of a frame, in reading order."""
    for item in frame.items:
        match item:
            case TextItem(text=text):
                texts = [text]
            case TableItem(rows=rows):
                texts = [cell for row in rows for cell in row]
            case _:
                continue
        for paragraph in (paragraph for text in texts for paragraph in text.source):
            for gap, runs in groupby(paragraph.runs, lambda run: run.gap):
                if gap:
                    yield "".join(run.text for run in runs)


def slide_in_words(frame: DrawnSlide, labels: Labels) -> str:
    """What a slide shows: its number and title, then all it says, in reading order."""
    out = [labels("thumbnail", n=frame.number, title=frame.title.replace("\n", " "))]
    for item in frame.items:
        match item:
            case PictureItem(picture=QrCode(address=address)):
                out.append(labels("qr_code", address=address))
            case PictureItem() | ChartItem():
                out.append(item.alt)
            case TableItem():
                out += ["; ".join(cell.plain.replace("\n", " ") for cell in row) for row in item.rows]
            case TextItem() if item.text.plain.replace("\n", " ") != frame.title.replace("\n", " "):
                out += item.text.plain.split("\n")
    return "\n".join(line for line in out if line.strip())
