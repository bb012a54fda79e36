"""What elements of a document refer to while they become flowables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from typing import ClassVar

from reportlab.platypus import Flowable, Spacer

from deckbuilder.content.pictures import PictureFile
from deckbuilder.frozen import dataclass
from deckbuilder.labels import Labels
from deckbuilder.layout.prints import DrawnSlide
from deckbuilder.outputs.images import Images
from deckbuilder.outputs.pages.style import PageStyle
from deckbuilder.outputs.pages.tagging.canvas import PIECE, Inlay, Piece
from deckbuilder.outputs.pages.tagging.structure import Node
from deckbuilder.outputs.tree import Element

Blocks = list[Flowable]
Maker = Callable[["Setting", Element, float], Blocks]

CUE_LABEL = 70.0  # points, at least


@dataclass
class Setting:
    """The state of a document that is being set.

    `pages` collects, by name, the pages that anchors (`<anchor>`) come to stand on, as they are drawn, and `thumbnails`, by
    number, those of slides, the first of each; `places` holds the anchors' pages once all is broken into pages, for what
    names a page of its own document. `blanks` tells
    whether `<gap>` elements are gaps to write in, or show their words; `gaps` counts them. `language` is the deck's, by
    which words are divided.
    `root` is the structure tree that grows with the flowables, in the
    order of the markup, and `here` the node that blocks are put into; `pieces` are the links and passages in it,
    by address, and `inlays` its formulas. `cue_label` is the width of the widest cue's label, in points.
    """

    page: PageStyle
    frames: Mapping[int, DrawnSlide]
    pictures: Mapping[str, PictureFile]
    images: Images
    labels: Labels
    blanks: bool = True
    language: str = "en"
    pages: dict[str, int] = field(default_factory=dict)
    thumbnails: dict[int, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    gaps: int = 0
    root: Node = field(default_factory=lambda: Node("Document"))
    pieces: dict[str, Piece] = field(default_factory=dict)
    inlays: list[Inlay] = field(default_factory=list)
    linked: frozenset[str] = frozenset()  # the names of anchors that links lead to
    bookmarks: int = 0
    cue_label: float = CUE_LABEL
    depth: int = 0  # of cells that blocks are in
    parting: bool = False  # whether blocks are rows of a panel, which parts between them alone
    ranks: list[int] = field(default_factory=list)  # of the headings that what comes next stands under

    # What makes flowables of an element, by its name.
    makers: ClassVar[Mapping[str, Maker]]

    def __post_init__(self) -> None:
        self.here = self.root

    @contextmanager
    def inside(self, kind: str, element: Element | None = None) -> Iterator[None]:
        """Blocks made meanwhile belong to a new node of that kind."""
        outer = self.here
        self.here = outer.add(kind, lang=element.language if element is not None else None)
        try:
            yield
        finally:
            self.here = outer

    @contextmanager
    def in_panel(self) -> Iterator[None]:
        """Blocks made meanwhile become rows of a panel: what may part comes as several."""
        outer, self.parting = self.parting, True
        try:
            yield
        finally:
            self.parting = outer

    def blocks(self, parent: Element, width: float) -> Blocks:
        out: Blocks = []
        for element in parent.children:
            if element.get("with") == "previous" and out:
                _last(out).keepWithNext = 1
            made = self.makers[element.tag](self, element, width)
            for block in made:
                block.at = getattr(block, "at", element.at)
                if self.page.rtl:
                    block.hAlign = "RIGHT"
            out.extend(made)
        return out

    def cell(self, parent: Element, width: float) -> Blocks:
        """The blocks of a table's cell."""
        self.depth += 1
        try:
            return self.blocks(parent, width)
        finally:
            self.depth -= 1

    def heading_type(self, rank: int) -> str:
        """The structure type of a heading; no level is skipped, whatever the templates do."""
        while self.ranks and self.ranks[-1] >= rank:
            self.ranks.pop()
        self.ranks.append(rank)
        return f"H{min(len(self.ranks), 6)}"

    def piece(self, node: Node, target: str | None = None, words: str = "") -> str:
        """The address by which a paragraph refers to a piece of it that is a node."""
        address = f"{PIECE}{len(self.pieces)}"
        self.pieces[address] = Piece(node, target, words)
        return address


def _last(blocks: Blocks) -> Flowable:
    """The last flowable that shows something."""
    return next((b for b in reversed(blocks) if not isinstance(b, Spacer)), blocks[-1])
