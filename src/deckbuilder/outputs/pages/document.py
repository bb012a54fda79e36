"""A document's pages: the frame for text, and what stands on every page."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field
from functools import partial
from pathlib import Path
from typing import IO, Any

from reportlab import rl_config
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate
from reportlab.platypus.doctemplate import ActionFlowable, LayoutError

from deckbuilder.diagnostics import fail
from deckbuilder.frozen import dataclass
from deckbuilder.labels import Labels
from deckbuilder.outputs.drawing.faces import draw_words, words_width
from deckbuilder.outputs.pages.grey import GreyCanvas
from deckbuilder.outputs.pages.paging import paginate, places, rests
from deckbuilder.outputs.pages.style import PageStyle
from deckbuilder.outputs.pages.tagging.canvas import Piece, TaggedCanvas
from deckbuilder.outputs.pages.tagging.structure import Node
from deckbuilder.source import Position

_NEAR_TOP = 60.0  # points below the head of the text: a title there needs none above it


@dataclass(frozen=True)
class Pages:
    """A document's pages: how many there are; how much is left free on them, by number (see `SetPages`); and, where they were
    only set, by what each can be told from another."""

    count: int
    rests: dict[int, float]
    looks: dict[int, str]


@dataclass(frozen=True)
class About:
    """What a file says of itself. `footer` holds the words for the foot of each page, the longest first. The time of its
    properties is SOURCE_DATE_EPOCH's, which ReportLab reads itself, else a fixed one."""

    title: str
    author: str
    subject: str
    language: str
    footer: tuple[str, ...]


@dataclass
class Story:
    """What a document consists of: flowables, the structure tree that they draw the content of,
    and, by address, the pieces of paragraphs that are nodes of their own. `places` are filled with the pages of anchors."""

    flowables: list[Flowable]
    root: Node
    pieces: dict[str, Piece]
    places: dict[str, int] = field(default_factory=dict)


def write_pdf(path: Path | None, story: Story, page: PageStyle, labels: Labels, about: About) -> Pages:
    """Sets the story on pages. `path` None throws the pages away. Pages without a margin at the foot have nothing there."""
    furniture: dict[str, Any] = {"page": page, "labels": labels, "footer": about.footer} if page.bottom else {}
    if not furniture:
        kind: type[TaggedCanvas] = TaggedCanvas
    else:
        kind = _BlindPages if path is None else _GreyPages if page.printing.grayscale else _Pages
    make_canvas = partial(
        kind,
        root=story.root,
        pieces=story.pieces,
        language=about.language,
        paired=page.printing.booklet,
        **furniture,
    )

    def canvas(*args: Any, **options: Any) -> Any:
        options |= {"initialFontName": page.styles["p"].fontName, "invariant": 1, "pageCompression": 1}
        options.pop("enforceColorSpace", None)
        made = make_canvas(*args, **options)
        if page.rtl:  # pages side by side stand so on the screen too
            made.setViewerPreference("Direction", "R2L")
        return made

    with path.open("wb") if path else io.BytesIO() as file:  # closed also when the disk is full
        return _set(file, story, page, canvas, about)


def _set(file: IO[bytes], story: Story, page: PageStyle, canvas: Any, about: About) -> Pages:
    """Sets the story on the pages of an open file."""
    document = _Document(
        file,
        pagesize=(page.width, page.height),
        title=about.title,
        author=about.author,
        subject=about.subject,
        creator="deckbuilder",
        producer="deckbuilder",
        lang=about.language,
        displayDocTitle=1,
        invariant=1,
        allowSplitting=1,
    )
    document.addPageTemplates([_template(page, number) for number in ((1, 2) if page.mirrored else (1,))])
    if page.mirrored:
        document.set_duplex = True
    with _binary():
        pages = paginate(story.flowables, page.column, page.height - page.top - page.bottom)
        story.places.update(places(pages))
        left = rests(pages)  # ReportLab empties the list
        document.build(pages, canvasmaker=canvas)
    looks = getattr(document.canv, "looks", {})
    return Pages(int(document.page), left, {number: look.hexdigest() for number, look in looks.items()})


def _template(page: PageStyle, number: int) -> PageTemplate:
    """The pages of odd numbers, or those of even ones."""
    height = page.height - page.top - page.bottom
    frame = Frame(page.left(number), page.bottom, page.column, height, 0, 0, 0, 0)
    return PageTemplate(str(number), [frame], **({"onPageEnd": _furniture} if page.bottom else {}))


class _Document(BaseDocTemplate):
    """ReportLab's document, which can go on to a right-hand page. Its page templates take turns."""

    blank = False
    at: Position | None = None  # of the last block that had a place in a template: parts of divided ones have none

    def handle_flowable(self, flowables: list[Flowable]) -> None:
        """Raises DeckError for a block that fits on no page."""
        self.at = getattr(flowables[0], "at", None) or self.at
        try:
            super().handle_flowable(flowables)
        except (LayoutError, ValueError) as error:
            if isinstance(error, ValueError) and "negative availWidth" not in str(error):
                raise  # that one is a cell narrower than its margins
            raise fail(
                "template-markup",
                "this fits on no page: it is too high, or too narrow for its words",
                self.at,
                "make it lower or wider, or divide it",
            ) from error

    def _setPageTemplate(self) -> None:
        # ReportLab's own `autoNextPageTemplate` takes every other turn twice.
        self.pageTemplate = self.pageTemplates[self.page % len(self.pageTemplates)]

    def handle_rightPage(self) -> None:
        """A new page with an odd number, after a blank one where need be."""
        if self.frame._atTop:
            self.handle_leaveLeft()
        else:
            self.handle_pageBreak()
            self._hanging.append(ActionFlowable("leaveLeft"))

    def handle_leaveLeft(self) -> None:
        """Leaves a page with an even number blank."""
        if self.page % 2 == 0:
            self.blank = True
            self.handle_pageBreak()
            self.blank = False


def _furniture(canvas: Any, document: Any) -> None:
    if not document.blank:
        canvas.draw_furniture(document.page)


class _Furniture:
    """What a canvas draws on every page, and the pages' numbers, once it knows how many there are.

    Each page shows a form that is drawn last; numbering by setting the pages twice would send
    every bookmark to the first.
    """

    def __init__(self, *args: Any, page: PageStyle, labels: Labels, footer: tuple[str, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        self.page = page
        self.labels = labels
        self.family = page.faces["p"][0]
        self.numbered: list[int] = []
        self.section = ""  # that the page before ended in
        self.begun: list[str] = []  # on this page
        self.headed = False  # whether this page begins with a section's own title
        room = page.column - self._wide(labels("page_of", n=888, total=888)) - 16
        self.lines = next(([words] for words in footer if self._wide(words) < room), self._broken(footer[-1], room))

    def _wide(self, words: str) -> float:
        return words_width(words, self.family, self.page.furniture_size, self.page.theme)

    def _broken(self, words: str, room: float) -> list[str]:
        """The words on lines that are no wider than `room`, but for single words."""
        lines = [""]
        for word in words.split():
            longer = f"{lines[-1]} {word}".lstrip()
            if lines[-1] and self._wide(longer) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def _draw(self, x: float, y: float, words: str, right: bool, size: float | None = None) -> None:
        """Draws words that start at `x`, or end there."""
        size = size or self.page.furniture_size
        x -= words_width(words, self.family, size, self.page.theme) if right else 0
        draw_words(self, x, y, words, self.family, size, self.page.theme)

    def begin_section(self: Any, title: str) -> None:
        """A section begins here: its title stands above the pages that follow."""
        _, y = self.absolutePosition(0, 0)
        if not self.begun:
            self.headed = y > self.page.height - self.page.top - _NEAR_TOP
        self.begun.append(title)

    def _draw_running_title(self, number: int) -> None:
        """The title of the section that the page goes on with, or begins; none where it stands below anyway."""
        title = self.section
        if title and not self.headed:
            left, right = self.page.left(number), self.page.left(number) + self.page.column
            y = self.page.height - self.page.top + self.page.small
            lines = self._broken(title, self.page.column * self.page.furniture_size / self.page.small)
            outer_left = not self.page.bound_left(number)
            words = lines[0] + ("…" if len(lines) > 1 else "")
            self._draw(left if outer_left else right, y, words, not outer_left, self.page.small)
        self.section = self.begun[-1] if self.begun else self.section
        self.begun, self.headed = [], False

    def draw_furniture(self: Any, number: int) -> None:
        page, size = self.page, self.page.furniture_size
        left = page.left(number)
        right, top = left + page.column, page.bottom - 12
        with self.marked(None):
            self.saveState()
            self.setFillColor(page.color("muted"))
            self.setStrokeColor(page.color("hairline"))
            self.setLineWidth(0.6)
            self._draw_running_title(number)
            self.line(left, top, right, top)
            outer_left = not page.bound_left(number)
            for row, words in enumerate(self.lines):
                self._draw(right if outer_left else left, top - size * (1.4 + 1.2 * row), words, outer_left)
            self.doForm(f"page-number-{number}")
            self.restoreState()
        self.numbered.append(number)

    def save(self: Any) -> None:
        if len(self._code):
            self.showPage()
        if self.page.printing.duplex and not self.page.printing.booklet:
            self.setViewerPreference("Duplex", "DuplexFlipLongEdge")
        self.showOutline()
        total = self._pageNumber - 1
        page, size = self.page, self.page.furniture_size
        for number in self.numbered:
            self.beginForm(f"page-number-{number}")
            self.setFillColor(page.color("muted"))
            words = self.labels("page_of", n=number, total=total)
            left, y = page.left(number), page.bottom - 12 - size * 1.4
            outer_left = not page.bound_left(number)
            self._draw(left if outer_left else left + page.column, y, words, not outer_left)
            self.endForm()
        TaggedCanvas.save(self)


class _Pages(_Furniture, TaggedCanvas):
    """Pages in colour."""


class _GreyPages(_Furniture, GreyCanvas):
    """Pages without colour."""


class _BlindPages(_Pages):
    """Pages that nobody will see: only what stands on which is wanted."""

    blind = True

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.looks: dict[int, Any] = {}

    def note(self, look: str) -> None:
        x, y = self.absolutePosition(0, 0)
        page = self.looks.setdefault(self.getPageNumber(), hashlib.sha256())
        page.update(f"{x:.1f} {y:.1f} {look}\n".encode("utf-8", "surrogatepass"))

    def draw_furniture(self, number: int) -> None:
        pass

    def save(self) -> None:
        pass


@contextmanager
def _binary() -> Iterator[None]:
    """JPEGs as they are rather than as ASCII."""
    before = rl_config.useA85
    rl_config.useA85 = 0
    try:
        yield
    finally:
        rl_config.useA85 = before
