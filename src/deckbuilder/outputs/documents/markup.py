"""Document markup to flowables.

The templates emit a small XML language; `docs/markup.md` lists it, `vocabulary` checks it. Each element becomes
one flowable or a few; unknown elements and attributes are errors, so that a misspelt
template says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    ListItem,
    PageBreak,
    Spacer,
    TableStyle,
)

from deckbuilder.labels import Labels
from deckbuilder.layout.frame import ChartItem, SlideFrame
from deckbuilder.outputs.documents.document import Story
from deckbuilder.outputs.documents.flowables import (
    Bookmark,
    ChartFigure,
    CueMark,
    Figure,
    Grid,
    PageMark,
    QrFigure,
    RightPage,
    Rule,
    Thumbnail,
    Together,
    WritingLines,
)
from deckbuilder.outputs.documents.style import PageStyle
from deckbuilder.outputs.documents.tagging.canvas import PIECE, Piece
from deckbuilder.outputs.documents.tagging.flowables import Items, Words
from deckbuilder.outputs.documents.tagging.structure import Node
from deckbuilder.outputs.drawing.faces import words_width
from deckbuilder.outputs.images import Images
from deckbuilder.reading.pictures import PictureFile
from deckbuilder.theme.characters import breaks_anywhere

Element = ElementTree.Element
_CUE_SIGN, _CUE_LABEL = 15.0, 70.0
_INLINE = {"b", "i", "sup", "sub", "code", "a", "br", "span", "caps", "gap"}
_RANKS = {"title": 0, "h1": 1, "h2": 2, "h3": 3}  # of headings, by element or class
_TICK = "Calibri"  # the family whose stand-in has a box to tick, U+25A1
# In underscores of half the type's size, more or less: room for four letters, and most of a line.
_GAP_LEAST, _GAP_MOST = 9, 40

_SPLITTABLE_ROWS, _FEW_ROWS = 7, 130.0

Blocks = list[Flowable]


class MarkupError(Exception):
    """The markup holds something that means nothing; a defect of the template."""


@dataclass
class Markup:
    """What elements refer to while they become flowables.

    `pages` collects, by name, the pages that `<mark>` elements come to stand on. `blanks` tells
    whether `<gap>` elements are gaps to write in, or show their words; `gaps` collects number,
    word and last mark of each. `root` is the structure tree that grows with the flowables, in the
    order of the markup, and `pieces` are the links and passages in it, by address.
    """

    page: PageStyle
    frames: dict[int, SlideFrame]
    pictures: dict[str, PictureFile]
    images: Images
    labels: Labels
    blanks: bool = True
    pages: dict[str, int] = field(default_factory=dict)
    _cue_label: float = _CUE_LABEL
    gaps: list[tuple[int, str, str]] = field(default_factory=list)
    root: Node = field(default_factory=lambda: Node("Document"))
    pieces: dict[str, Piece] = field(default_factory=dict)
    _mark: str = ""
    _bookmarks: int = 0
    _depth: int = 0
    _level: int = 0  # of the last heading
    _titled: bool = False

    def __post_init__(self) -> None:
        self._here = self.root  # the node that blocks are put into

    def story(self, source: str) -> Story:
        """A whole document. MarkupError where the markup is not well formed."""
        try:
            root = ElementTree.fromstring(source)
        except ElementTree.ParseError as error:
            raise MarkupError(str(error)) from error
        if language := root.get("lang"):
            self.root.lang = language
        family, bold, _ = self.page.faces["cue-label"]
        size = self.page.styles["cue-label"].fontSize
        labels = {cue.get("label", "").upper() for cue in root.iter("cue")}
        # All of a document's cues begin at one edge, whatever its theme's font and its language.
        widest = max((words_width(label, family, size, self.page.theme, bold) for label in labels), default=0.0)
        self._cue_label = max(_CUE_LABEL, widest + 6)
        return Story(_held_together(self.blocks(root, self.page.column)), self.root, self.pieces)

    @contextmanager
    def inside(self, kind: str, element: Element | None = None) -> Iterator[None]:
        """Blocks made meanwhile belong to a new node of that kind."""
        outer = self._here
        self._here = outer.add(kind, lang=element.get("lang") if element is not None else None)
        try:
            yield
        finally:
            self._here = outer

    def blocks(self, parent: Element, width: float) -> Blocks:
        out: Blocks = []
        if (parent.text or "").strip():
            raise MarkupError(f"text outside a paragraph: {(parent.text or '').strip()[:40]!r}")
        for element in parent:
            maker = _BLOCKS.get(element.tag)
            if maker is None:
                raise MarkupError(f"unknown element <{element.tag}>")
            if element.get("with") == "previous" and out:
                _last_block(out).keepWithNext = 1
            out.extend(maker(self, element, width))
            if (element.tail or "").strip():
                raise MarkupError(f"text outside a paragraph: {(element.tail or '').strip()[:40]!r}")
        return out

    def cell(self, parent: Element, width: float) -> Blocks:
        """The blocks of a table's cell."""
        self._depth += 1
        try:
            return self.blocks(parent, width)
        finally:
            self._depth -= 1

    def paragraph(self, element: Element, width: float) -> Blocks:
        name = element.get("class") or element.tag
        lang = element.get("lang")
        if name in _RANKS:
            node = self._here.add(self._heading(_RANKS[name]), lang=lang)
        elif name == "quote":
            above = self._here.kids[-1] if self._here.kids else None
            whole = above if isinstance(above, Node) and above.kind == "BlockQuote" else self._here.add("BlockQuote")
            node = whole.add("P", lang=lang)
        else:
            node = self._here.add("P", lang=lang)
        return [self.text(element, name, node)]

    def _heading(self, rank: int) -> str:
        """The structure type of a heading; no level is skipped, whatever the templates do."""
        self._titled = self._titled or rank == 0
        wanted = rank + 1 if self._titled else max(1, rank)
        self._level = min(wanted, self._level + 1, 6)
        return f"H{self._level}"

    def text(self, element: Element, style: str, node: Node) -> Words:
        """A paragraph in a style, the content of a node."""
        if style not in self.page.styles:
            raise MarkupError(f"unknown class '{style}'")
        look = self.page.styles[style]
        if breaks_anywhere("".join(element.itertext())):
            look = self.page.unspaced(style)
        return Words(self.inline(element, style, node), look, node)

    def piece(self, node: Node, target: str | None = None, words: str = "") -> str:
        """The address by which a paragraph refers to a piece of it that is a node."""
        address = f"{PIECE}{len(self.pieces)}"
        self.pieces[address] = Piece(node, target, words)
        return address

    def inline(
        self,
        element: Element,
        style: str,
        node: Node,
        bold: bool = False,
        italic: bool = False,
        code: bool = False,
        caps: bool = False,
    ) -> str:
        """ReportLab's paragraph markup for an element's content, set in a style, in a node."""

        def drawn(text: str | None) -> str:
            text = (text or "").upper() if caps else text or ""
            pieces = self.page.pieces(text, style, bold, italic, code)
            return "".join(f'<font name="{f}">{escape(words)}</font>' if f else escape(words) for f, words in pieces)

        out = [drawn(element.text)]
        for child in element:
            if child.tag not in _INLINE:
                raise MarkupError(f"<{child.tag}> inside a paragraph")
            # Large print emphasises by weight alone.
            heavy = bold or child.tag == "b" or (child.tag == "i" and self.page.large)
            sloped = italic or (child.tag == "i" and not self.page.large)
            if heavy != bold or sloped != italic:
                self.page.load(style, heavy, sloped)
            own = node
            if child.tag == "a":
                own = node.inline("Link")
            elif child.get("lang"):
                own = node.inline("Span", lang=child.get("lang"))
            big = caps or (child.tag == "caps" and not self.page.large)
            inner = self.inline(child, style, own, heavy, sloped, code or child.tag == "code", big)
            match child.tag:
                case "br":
                    out.append("<br/>")
                case "sup":
                    out.append(f"<super>{inner}</super>")
                case "code":
                    out.append(f'<font name="{self.page.code_font()}" size="{self.page.code_size}">{inner}</font>')
                case "a":
                    color = self.page.color("second").hexval().replace("0x", "#")
                    href, said = child.get("href", ""), " ".join(self._told(child).split())
                    told = said if said in ("", href) else f"{said}: {href}"
                    out.append(f'<a href="{self.piece(own, href, told or href)}" color="{color}">{inner}</a>')
                case "gap":
                    out.append(self.gap("".join(child.itertext())) if self.blanks else f"<b>{inner}</b>")
                case "span":
                    if child.get("class") or not child.get("lang"):
                        color = self.page.color(child.get("class", "muted")).hexval().replace("0x", "#")
                        inner = f'<font color="{color}">{inner}</font>'
                    out.append(f'<a href="{self.piece(own)}">{inner}</a>' if own is not node else inner)
                case "caps":
                    out.append(inner)
                case "i" if self.page.large:
                    out.append(f"<b>{inner}</b>")
                case tag:
                    out.append(f"<{tag}>{inner}</{tag}>")
            out.append(drawn(child.tail))
        return "".join(out)

    def _told(self, element: Element) -> str:
        """An element's words, without those of gaps that are to be filled in."""
        if element.tag == "gap" and self.blanks:
            return "____"
        return (element.text or "") + "".join(self._told(child) + (child.tail or "") for child in element)

    def gap(self, word: str) -> str:
        """A blank to write the word in, wider than it is in print, with the number that the key has."""
        self.gaps.append((len(self.gaps) + 1, word, self._mark))
        strokes = max(_GAP_LEAST, round(len(word) * 1.25) + 4)
        pieces = [min(_GAP_MOST, strokes - n) for n in range(0, strokes, _GAP_MOST)]
        return f"{' '.join('_' * piece for piece in pieces)}<super>{len(self.gaps)}</super>"

    def heading(self, element: Element, width: float) -> Blocks:
        out: Blocks = []
        if element.get("bookmark"):
            self._bookmarks += 1
            out.append(Bookmark(f"b{self._bookmarks}", element.get("bookmark", ""), int(element.tag[1]) - 1))
        if element.tag == "h1" and self._here.kind in ("Document", "Sect"):
            self._here = self.root.add("Sect")
        node = self._here.add(self._heading(_RANKS[element.tag]), lang=element.get("lang"))
        return [*out, self.text(element, element.get("class") or element.tag, node)]

    def listing(self, element: Element, width: float, nested: bool = False) -> Blocks:
        ordered = element.tag == "ol"
        name = element.get("class") or "li"
        style = self.page.styles[name]
        items, labels = [], []
        numbering = "Decimal" if ordered else "Disc"
        outer = self._here
        whole = outer.add("L", looks=f"/O /List /ListNumbering /{numbering}", lang=element.get("lang"))
        for item in element:
            words = Element("p")
            words.text = item.text
            node = whole.add("LI", lang=item.get("lang"))
            labels.append(node.add("Lbl"))
            self._here = node.add("LBody")
            lists = [child for child in item if child.tag in ("ul", "ol")]
            words.extend(child for child in item if child.tag not in ("ul", "ol"))
            own = self._here.add("P") if lists else self._here
            inner = [block for child in lists for block in self.listing(child, width, nested=True)]
            items.append(ListItem([self.text(words, name, own), *inner], value=item.get("value")))
        self._here = outer
        size = style.fontSize
        looks: dict[str, Any] = {
            "bulletFontName": self.page.styles["h2"].fontName if ordered else style.fontName,
            "bulletFontSize": size,
            "bulletColor": self.page.color("accent"),
            "leftIndent": size * (1.7 if ordered else 1.2),
            "bulletDedent": size * (1.7 if ordered else 1.2),
        }
        if ordered:
            looks |= {"bulletType": "1", "bulletFormat": "%s.", "start": int(element.get("start", "1"))}
        else:
            looks |= {"bulletType": "bullet", "start": "–" if nested else "•"}
        if element.get("marker") == "tick":
            looks |= {"bulletFontName": self.page.face(_TICK), "start": "□", "leftIndent": size * 1.7}
            looks["bulletDedent"] = looks["leftIndent"]
        flow = Items(items, labels, **looks)
        return [flow] if nested else [flow, Spacer(1, self.page.size * 0.35)]

    def box(self, element: Element, width: float) -> Blocks:
        """A panel: `class` is panel (tinted), rule (a bar at the left) or card (outlined)."""
        kind = element.get("class", "panel")
        pad = 12.0
        with self.inside("Div", element):
            inner = self.cell(element, width - 2 * pad - 4)
        looks: list[Any] = [
            ("LEFTPADDING", (0, 0), (-1, -1), pad + (2 if kind == "rule" else 0)),
            ("RIGHTPADDING", (0, 0), (-1, -1), pad),
            ("TOPPADDING", (0, 0), (-1, -1), 8 if kind != "rule" else 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 6 if kind != "rule" else 2),
        ]
        if kind == "panel":
            looks.append(("BACKGROUND", (0, 0), (-1, -1), self.page.color("panel")))
        elif kind == "rule":
            looks.append(("LINEBEFORE", (0, 0), (0, -1), 2.5, self.page.color(element.get("color", "second"))))
        elif kind == "card":
            looks.append(("BOX", (0, 0), (-1, -1), 0.8, self.page.color("hairline")))
        else:
            raise MarkupError(f"unknown class '{kind}' of <box>")
        table = self._cells([[inner]], [width], looks)
        table.spaceBefore, table.spaceAfter = 4, 10
        return [table]

    def _cells(self, rows: Sequence[Any], widths: Sequence[float], looks: Iterable[Any], **options: Any) -> Grid:
        """A ReportLab table, its cells' own font (never seen, but named in the file) one of ours."""
        font = ("FONTNAME", (0, 0), (-1, -1), self.page.styles["p"].fontName)
        style = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), font, *looks])
        table = Grid(rows, colWidths=widths, style=style, hAlign="LEFT", **options)
        return table

    def row(self, element: Element, width: float) -> Blocks:
        """Cells side by side; `widths` are points, or * for what is left. One below the other where a
        share of what is left is too narrow to read."""
        gap = float(element.get("gap", "14"))
        given = element.get("widths", "").split() or ["*"] * len(element)
        widths = _widths(given, width, len(element))
        shares = [w for w, words in zip(widths, given, strict=True) if words == "*"]
        if len(widths) > 1 and shares and min(shares) < self.page.readable:
            stacked = [block for cell in element for block in self.blocks(cell, width)]
            return [*stacked, Spacer(1, float(element.get("after", "0")))]
        cells = [
            self.cell(cell, w - (gap if n < len(widths) - 1 else 0))
            for n, (cell, w) in enumerate(zip(element, widths, strict=True))
        ]
        looks: list[Any] = [
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-2, -1), gap),
            ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ]
        looks += [("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 0)]
        table = self._cells([cells], widths, looks)
        if element.get("after"):
            return [table, Spacer(1, float(element.get("after", "0")))]
        return [table]

    def table(self, element: Element, width: float) -> Blocks:
        rows: list[list[Blocks]] = []
        looks: list[Any] = []
        whole = self._here.add("Table", lang=element.get("lang"))
        columns = max((len(row) for row in element), default=0)
        hairline, panel = self.page.color("hairline"), self.page.color("panel")
        heads = 0
        for number, row in enumerate(element):
            cells: list[Blocks] = []
            line = whole.add("TR")
            for cell in row:
                style = "cell" if cell.tag == "td" else "head"
                if cell.get("class") == "number":
                    style = "number" if cell.tag == "td" else "headnumber"
                span = columns - len(cells) if len(cells) == len(row) - 1 else 1
                cells.append([self.text(cell, style, _cell_node(line, cell, row.tag == "head", span))])
            if row.tag == "head":
                heads = number + 1
                looks.append(("LINEBELOW", (0, number), (-1, number), 1.2, self.page.color("deep")))
            elif row.get("class") == "group":
                looks.append(("BACKGROUND", (0, number), (-1, number), panel))
            elif row.get("class") == "total":
                looks.append(("LINEABOVE", (0, number), (-1, number), 1.2, self.page.color("deep")))
            else:
                looks.append(("LINEBELOW", (0, number), (-1, number), 0.4, hairline))
            rows.append(cells)
        for number, cells in enumerate(rows):
            if len(cells) < columns:
                looks.append(("SPAN", (len(cells) - 1, number), (-1, number)))
                cells.extend([[]] * (columns - len(cells)))
        widths = self._columns(element.get("widths", "").split(), width, columns, rows)
        looks += [("LEFTPADDING", (0, 0), (-1, -1), 4), ("RIGHTPADDING", (0, 0), (-1, -1), 4)]
        pad = float(element.get("pad", "3"))
        looks += [("TOPPADDING", (0, 0), (-1, -1), pad), ("BOTTOMPADDING", (0, 0), (-1, -1), pad + 1)]
        table = self._cells(rows, widths, looks, repeatRows=heads)
        table.spaceAfter = 10
        return [table]

    def _columns(self, given: list[str], width: float, count: int, rows: list[list[Blocks]]) -> list[float]:
        """The widths of a table's columns. Given ones grow with the type; where they leave too little
        to the others, they shrink to what is in them, and then to their longest words."""
        scale = self.page.small / 12
        given = [w if w == "*" else str(float(w) * scale) for w in given or ["*"] * count]
        widths = _widths(given, width, count)
        fixed = [n for n, w in enumerate(given) if w != "*"]
        least = 0.3 * width
        if len(fixed) == count or (scale == 1 and width - sum(widths[n] for n in fixed) >= least):
            return widths
        cells = {n: [row[n][0] for row in rows if n < len(row) and row[n]] for n in fixed}
        longest = {n: max((w.minWidth() for w in cells[n]), default=0) + 8.5 for n in fixed}
        content = {n: max((w.natural_width() for w in cells[n]), default=0) + 8.5 for n in fixed}
        wanted = {n: max(longest[n], min(widths[n], content[n])) for n in fixed}
        spare = sum(wanted[n] - longest[n] for n in fixed)
        over = sum(wanted.values()) - (width - least)
        share = min(1.0, max(0.0, over / spare)) if spare else 0.0
        fitted = {n: wanted[n] - (wanted[n] - longest[n]) * share for n in fixed}
        return _widths([str(fitted[n]) if n in fitted else "*" for n in range(count)], width, count)

    def cue(self, element: Element, width: float) -> Blocks:
        """A labelled cue: a sign and a word at the left, what to do at the right, or below them where
        that would be too narrow."""
        with self.inside("Div", element):
            return self._cue(element, width)

    def _cue(self, element: Element, width: float) -> Blocks:
        kind, label = element.get("kind", ""), element.get("label", "")
        words_of_label = Element("p")
        words_of_label.text = label if self.page.large else label.upper()
        head = self.text(words_of_label, "cue-label", self._here.add("P"))
        below = self.page.large or width - _CUE_SIGN - self._cue_label < self.page.readable
        words = self.cell(element, width - _CUE_SIGN - (0 if below else self._cue_label))
        sign = CueMark(kind, self.page.color("accent"))
        looks: list[Any] = [("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0)]
        looks += [
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
            ("TOPPADDING", (0, 0), (0, 0), 4),
        ]
        if below:
            return [self._cells([[[sign], [head]], [[], words]], [_CUE_SIGN, width - _CUE_SIGN], looks)]
        return [
            self._cells(
                [[[sign], [head], words]], [_CUE_SIGN, self._cue_label, width - _CUE_SIGN - self._cue_label], looks
            )
        ]

    def keep(self, element: Element, width: float) -> Blocks:
        """Blocks that stand on one page, unless they are higher than `most` of it. In a cell the row
        already holds them together."""
        blocks = self.blocks(element, width)
        height = self.page.height - self.page.top - self.page.bottom
        most = float(element.get("most", "0")) * height or None
        return blocks if self._depth else [Together(blocks, most)]

    def figure(self, element: Element, width: float) -> Blocks:
        picture = self.pictures[element.get("src", "")]
        wide = min(width, float(element.get("width") or width))
        alt = element.get("alt", "")
        node = self._here.add("Figure", alt=alt, lang=element.get("lang")) if alt else None
        figure = Figure(picture, self.images, wide, float(element.get("height") or 320), node)
        figure.hAlign = "LEFT"
        figure.spaceBefore = 5
        if not len(element):
            figure.spaceAfter = 9
            return [figure]
        with self.inside("Caption", element):
            return [figure, *self.blocks(element, width), Spacer(1, 6)]

    def thumbnail(self, element: Element, width: float) -> Blocks:
        frame = self.frames[int(element.get("slide", "0"))]
        wide = min(width, float(element.get("width") or width))
        alt = element.get("alt") or self.labels("thumbnail", n=frame.number, title=frame.title.replace("\n", " "))
        node = self._here.add("Figure", alt=alt)
        shown = Thumbnail(frame, self.page.theme, self.images, wide, self.page.color("hairline"), node)
        shown.hAlign = "LEFT"
        return [shown, Spacer(1, 5)]

    def chart(self, element: Element, width: float) -> Blocks:
        """The chart of a slide."""
        frame = self.frames[int(element.get("slide", "0"))]
        (item,) = (i for i in frame.items if isinstance(i, ChartItem))
        wide = min(width, float(element.get("width") or width))
        high = float(element.get("height") or wide * 0.5)
        node = self._here.add("Figure", alt=item.alt)
        return [ChartFigure(item, self.page.theme, wide, high, self.page.size, node), Spacer(1, 6)]

    def lines(self, element: Element, width: float) -> Blocks:
        if element.get("count") == "fill":
            return [WritingLines(None, self.page.color("muted"))]
        count = int(element.get("count", "4"))
        return [WritingLines(count, self.page.color("muted")), Spacer(1, 10)] if count else []

    def qr(self, element: Element, width: float) -> Blocks:
        address = element.get("href", "")
        code = QrFigure(address, self._here.add("Figure", alt=self.labels("qr_code", address=address)))
        code.hAlign = "LEFT"
        return [code]

    def rule(self, element: Element, width: float) -> Blocks:
        fixed = float(element.get("width", "0")) or None
        return [Rule(self.page.color(element.get("color", "hairline")), float(element.get("thickness", "0.8")), fixed)]

    def logos(self, element: Element, width: float) -> Blocks:
        """The theme's logos side by side, for white paper."""
        height, gap = float(element.get("height", 34)), 24.0
        logos = self.page.theme.logos
        if not logos:
            return []
        free = width - gap * (len(logos) - 1)
        height = min(height, free / sum(logo.picture.aspect for logo in logos))
        nodes = [self._here.add("Figure", alt=logo.alt) if logo.alt else None for logo in logos]
        cells = [
            Figure(logo.picture, self.images, width, height, node) for logo, node in zip(logos, nodes, strict=True)
        ]
        widths = [cell.width + gap for cell in cells]
        widths[-1] = width - sum(widths[:-1])
        looks = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP")]
        return [self._cells([[[cell] for cell in cells]], widths, [*looks, ("BOTTOMPADDING", (0, 0), (-1, -1), 14)])]

    def mark(self, element: Element, width: float) -> Blocks:
        self._mark = element.get("name", "")
        return [PageMark(self._mark, self.pages.__setitem__)]

    def space(self, element: Element, width: float) -> Blocks:
        return [Spacer(1, float(element.get("height", "10")))]

    def need(self, element: Element, width: float) -> Blocks:
        """A new page unless so many points are left on this one; a right-hand one, where pages are
        printed on both sides, for `side="right"`."""
        if element.get("side") == "right" and self.page.printing.duplex:
            return [RightPage()]
        return [CondPageBreak(float(element.get("height", "100")))]

    def pagebreak(self, element: Element, width: float) -> Blocks:
        return [PageBreak()]


def _cell_node(line: Node, cell: Element, head: bool, span: int) -> Node:
    """The node of a table's cell; heads are repeated on later pages, and count once."""
    looks = []
    if cell.tag == "th":
        looks.append(f"/Scope /{'Column' if head else 'Row'}")
    if span > 1:
        looks.append(f"/ColSpan {span}")
    node = line.add("TH" if cell.tag == "th" else "TD", once=head, lang=cell.get("lang"))
    node.looks = f"/O /Table {' '.join(looks)}" if looks else None
    return node


def _held_together(blocks: Blocks) -> Blocks:
    """Headings and marks joined to the group that follows them: ReportLab's own keepWithNext stops
    before a KeepTogether, and before a list."""
    out: Blocks = []
    waiting: Blocks = []
    for block in blocks:
        if isinstance(block, Grid) and len(block._cellvalues) > _SPLITTABLE_ROWS:
            # A long table may be divided: its heading needs room for a few rows, not for all.
            for waiter in waiting:
                waiter.keepWithNext = 0
            out.extend([CondPageBreak(_FEW_ROWS), *waiting, block] if waiting else [block])
            waiting = []
        elif isinstance(block, Together):
            out.append(Together([*waiting, *block._content], block.most) if waiting else block)
            waiting = []
        elif block.getKeepWithNext():
            waiting.append(block)
        elif waiting and isinstance(block, Items):
            first, *rest = block.split(0, 0)  # a list's items, each with its bullet
            out.extend([Together([*waiting, first]), *rest])
            waiting = []
        else:
            out.extend([*waiting, block])
            waiting = []
    return [*out, *waiting]


def _last_block(blocks: Blocks) -> Flowable:
    """The last flowable that shows something."""
    return next((b for b in reversed(blocks) if not isinstance(b, Spacer)), blocks[-1])


def _widths(given: list[str], width: float, count: int) -> list[float]:
    """Column widths in points; those given as * share what the others leave."""
    given = given or ["*"] * count
    if len(given) != count:
        raise MarkupError(f"{len(given)} widths for {count} columns")
    fixed = sum(float(w) for w in given if w != "*")
    stars = given.count("*")
    return [(width - fixed) / stars if w == "*" else float(w) for w in given]


_BLOCKS: dict[str, Callable[[Markup, Element, float], Blocks]] = {
    "p": Markup.paragraph,
    "h1": Markup.heading,
    "h2": Markup.heading,
    "h3": Markup.heading,
    "ul": Markup.listing,
    "ol": Markup.listing,
    "box": Markup.box,
    "row": Markup.row,
    "table": Markup.table,
    "cue": Markup.cue,
    "keep": Markup.keep,
    "figure": Markup.figure,
    "thumbnail": Markup.thumbnail,
    "chart": Markup.chart,
    "lines": Markup.lines,
    "qr": Markup.qr,
    "rule": Markup.rule,
    "logos": Markup.logos,
    "mark": Markup.mark,
    "space": Markup.space,
    "need": Markup.need,
    "pagebreak": Markup.pagebreak,
}
