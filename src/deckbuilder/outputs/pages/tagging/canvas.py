"""A ReportLab canvas on which everything painted is some node's content, or an artifact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase.pdfdoc import LinkAnnotation, PDFName, PDFPage, PDFString
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from deckbuilder.content.formulas import Formula
from deckbuilder.frozen import dataclass
from deckbuilder.layout.formula import FormulaShape, shape_of
from deckbuilder.outputs.drawing.formula import draw_formula
from deckbuilder.outputs.drawing.glyphs import actual_text
from deckbuilder.outputs.pages.tagging.metadata import clean_character_maps, write_metadata
from deckbuilder.outputs.pages.tagging.structure import Annotation, Content, Node, ParentTree, write_structure

AROUND = 0.12  # the space above and below a formula, in ems
PIECE = "piece:"  # the scheme of addresses that stand for pieces of text within a paragraph


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a paragraph's text with a node of its own: a link, where `target` is given (an
    address, or # and a bookmark's key), or a passage. `words` describe a link to who cannot see it."""

    node: Node
    target: str | None = None
    words: str = ""


@dataclass(slots=True)
class Inlay:
    """A formula in a paragraph's text, the content of its node; `size` and `color` are those of the text around, as soon as
    that is known. ReportLab takes it for a picture."""

    formula: Formula
    node: Node
    size: float = 0.0
    color: Any = None

    @property
    def shape(self) -> FormulaShape:
        return shape_of(self.formula)


class _Jump(LinkAnnotation):
    """A link within the document, known to the structure tree."""

    permitted = (*LinkAnnotation.permitted, "StructParent")


class TaggedText(PDFTextObject):
    """The text of a paragraph, its pieces marked as content of their nodes.

    ReportLab calls `_linkRecord` when a link's text begins (just after it was put out) and ends;
    paragraphs write every piece that wants a node of its own as a link. `whole` are the links
    that span all the text, which ReportLab does not record; `joined` the lines that end within a word.
    """

    def __init__(
        self, canvas: TaggedCanvas, x: float, y: float, node: Node, whole: list[tuple[int, str]], joined: frozenset[int]
    ) -> None:
        super().__init__(canvas, x, y)
        self._code: list[str]
        self._base = node
        self._open = [(number, canvas.pieces[address].node) for number, address in whole]
        self._joined = joined
        self._owners: dict[int, Node] = {}  # of the words put out at a place of the code
        self._actual: dict[int, str] = {}  # what stands at a place of the code, where that does not say so
        self._inlaid: dict[int, list[tuple[Node, Content]]] = {}  # by the place of the code that follows
        self._last = 0
        self._blank = True  # whether a blank, or nothing, stands before
        self._line = 0

    @property
    def _owner(self) -> Node:
        return max(self._open, key=lambda link: link[0])[1] if self._open else self._base

    def _textOut(self, text: str, TStar: int = 0) -> None:
        blank = text.endswith(" ") if text else self._blank
        if TStar:
            # A real space where a line ends, so that words do not fuse when the text is taken out.
            if not blank and self._line not in self._joined:
                text, blank = text + " ", True
            self._line += 1
        if text:
            self.own_next()
        self._blank = blank or bool(TStar)
        super()._textOut(text, TStar)

    def _linkRecord(self, link: tuple[int, str], what: str) -> None:
        if what == "start":
            self._open.append((link[0], self._canvas.pieces[link[1]].node))
            self._owners[self._last] = self._owner
        else:
            self._open = [one for one in self._open if one[0] != link[0]]

    def own_next(self, actual: str | None = None) -> None:
        """What is put out next belongs to the piece that is open; `actual` is what it stands for where it does not say so
        itself. Then it is a sequence of its own: one within another ends both, to some readers."""
        self._last = len(self._code)
        self._owners[self._last] = self._owner
        if actual:
            self._actual[self._last] = actual

    def owned_by(self, links: Iterable[tuple[int, str]]) -> None:
        """Opens the pieces that these links stand for, and no others."""
        self._open = [(number, self._canvas.pieces[address].node) for number, address in links]

    def inlaid(self, node: Node, content: Content) -> None:
        """Takes note of what was painted between the words, so that it is read between them."""
        self._inlaid.setdefault(len(self._code), []).append((node, content))

    def getCode(self) -> str:
        code: list[str] = []
        here: Node | None = None
        for place, operation in enumerate(self._code):
            if place in self._inlaid:
                if here is not None:
                    code.append("EMC")
                here = None
                self._read_inlaid(place)
            owner, actual = self._owners.get(place), self._actual.get(place)
            if owner is not None and (owner is not here or actual):
                if here is not None:
                    code.append("EMC")
                code.append(self._canvas.sequence(owner, actual))
                here = owner
            code.append(operation)
            if actual:
                code.append("EMC")
                here = None
        if here is not None:
            code.append("EMC")
        self._read_inlaid(len(self._code))
        self._code = code
        return str(super().getCode())

    def _read_inlaid(self, place: int) -> None:
        for node, content in self._inlaid.pop(place, ()):
            node.attach()
            node.kids.append(content)


class TaggedCanvas(Canvas):
    """A canvas that writes tagged PDF.

    `root` is the structure tree's; `pieces` are those of all paragraphs, by address. `paired` gives
    odd pages even content identifiers and even pages odd ones, so that a sheet may take one of each. One that is `blind` is only
    there to tell which page things come to stand on: they need not be painted, and no file is made.
    """

    blind = False

    def note(self, look: str) -> None:
        """Told, where the canvas is blind, of what would be painted, so that pages can be compared."""

    def __init__(
        self,
        *args: Any,
        root: Node,
        pieces: dict[str, Piece],
        language: str,
        paired: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, pdfVersion=(1, 7), **options)
        self.root = root
        self.language = language
        self.pieces = pieces
        self._paired = paired
        self._tree = ParentTree()
        self._marking = 0  # how deep in sequences, and in forms, which belong to whoever shows them
        self._sequences: dict[int, Node] = {}
        self._places: list[tuple[Node, Annotation]] = []
        self.writing: TaggedText | None = None  # what a paragraph is being put out with

    # --- Marking

    def sequence(self, node: Node, actual: str | None = None) -> str:
        """The operator that begins a sequence of a node's content, which stands for the `actual` text."""
        operator, content = self._begun(node, actual)
        node.attach()
        node.kids.append(content)
        return operator

    def _begun(self, node: Node, actual: str | None = None) -> tuple[str, Content]:
        """The operator that begins a sequence, and the sequence, which is not yet in the tree."""
        mcid = len(self._sequences) * 2 + (self._pageNumber + 1) % 2 if self._paired else len(self._sequences)
        self._sequences[mcid] = node
        more = f" {actual_text(actual)}" if actual else ""
        return f"/{node.kind} <</MCID {mcid}{more}>> BDC", Content(self._pageNumber, mcid)

    @contextmanager
    def marked(self, node: Node | None) -> Iterator[None]:
        """What is painted meanwhile is the node's content; an artifact for None, and where a node
        that counts once was drawn before."""
        if self._marking:
            yield
            return
        if node is not None and self.counts(node):
            self._code.append(self.sequence(node))
        else:
            self._code.append("/Artifact BMC")
        self._marking += 1
        try:
            yield
        finally:
            self._marking -= 1
            self._code.append("EMC")

    def counts(self, node: Node | None) -> bool:
        """Whether what is painted now would become content of the node."""
        return node is not None and not self._marking and not (node.once and node.drawn)

    def drawText(self, text: Any) -> None:
        if isinstance(text, TaggedText):
            super().drawText(text)
            self.writing = None
        else:
            with self.marked(None):
                super().drawText(text)
        # A paragraph places its links before its text; in the tree they come where their words do.
        for node, place in self._places:
            node.attach()
            node.kids.append(place)
        self._places.clear()

    # --- Formulas

    def drawImage(self, image: Any, x: float, y: float, *args: Any, **options: Any) -> Any:
        """Draws a picture, or a formula that ReportLab takes for one, its lower left corner at x and y."""
        if not isinstance(image, Inlay):
            with self.marked(None):
                return super().drawImage(image, x, y, *args, **options)
        if self.writing is None or not self.counts(image.node):
            with self.marked(None):
                self._formula(image, x, y)
            return None
        operator, content = self._begun(image.node)
        self.writing.inlaid(image.node, content)
        self._code.append(operator)
        self._marking += 1
        self._formula(image, x, y)
        self._marking -= 1
        self._code.append("EMC")
        return None

    def _formula(self, image: Inlay, x: float, y: float) -> None:
        self.saveState()
        self.setFillColor(image.color)
        draw_formula(self, image.formula, x, y + (image.shape.depth + AROUND) * image.size, image.size)
        self.restoreState()

    # --- Forms: their content belongs to the sequence that shows them

    def beginForm(self, *args: Any, **options: Any) -> None:
        super().beginForm(*args, **options)
        self._marking += 1

    def endForm(self, **attributes: Any) -> None:
        self._marking -= 1
        super().endForm(**attributes)

    # --- Links

    def linkURL(self, url: str, rect: Any, relative: int = 0, *args: Any, **options: Any) -> None:
        """A link's place. Addresses of the scheme `piece:` stand for a paragraph's pieces; only
        those may be linked, since a link without a node cannot be told of."""
        piece = self.pieces[url]
        if piece.target is None:
            return
        options |= {"StructParent": self._tree.link(piece.node), "F": 4}
        name = f"link{self._tree.keys}"
        self._places.append((piece.node, Annotation(self._pageNumber, name)))
        if piece.target.startswith("#"):
            options.pop("kind", None)  # of addresses outside
            place, where = self._absRect(rect, relative), self._bookmarkReference(piece.target[1:])
            super()._addAnnotation(_Jump(place, piece.words, where, "[0 0 0]", **options), name)
            return
        self._link_name = name
        super().linkURL(piece.target, rect, relative, *args, **options, Contents=PDFString(piece.words))

    def _addAnnotation(self, annotation: Any, name: str | None = None, addtopage: int = 1) -> None:
        super()._addAnnotation(annotation, name or self._link_name, addtopage)

    # --- Pages and the file

    def showPage(self) -> None:
        owners, self._sequences = self._sequences, {}
        key = self._tree.page(owners)
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.__NoDefault__ = [*PDFPage.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = key
        page.Tabs = PDFName("S")

    def save(self) -> None:
        if len(self._code):
            self.showPage()
        write_structure(self._doc, self.root, self._tree)
        write_metadata(self._doc, self.language)
        clean_character_maps(self._doc)
        self._doc.SaveToFile(self._filename, self)


def _painting(paint: Callable[..., None]) -> Callable[..., None]:
    """A canvas's operation, an artifact unless something else is being drawn."""

    def painted(canvas: TaggedCanvas, *args: Any, **options: Any) -> None:
        if canvas._marking:
            paint(canvas, *args, **options)
        else:
            with canvas.marked(None):
                paint(canvas, *args, **options)

    return painted


for _name in ("line", "lines", "grid", "bezier", "arc", "rect", "ellipse", "wedge", "circle", "roundRect"):
    setattr(TaggedCanvas, _name, _painting(getattr(Canvas, _name)))
for _name in ("drawPath", "drawInlineImage", "doForm", "shade"):
    setattr(TaggedCanvas, _name, _painting(getattr(Canvas, _name)))
