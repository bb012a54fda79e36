"""Document markup to flowables.

The templates emit a small XML language; `docs/markup.md` lists it, `vocabulary` checks it. Each element becomes
one flowable or a few; unknown elements and attributes are errors, so that a misspelt
template says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    KeepTogether,
    ListFlowable,
    ListItem,
    PageBreak,
    Spacer,
    Table,
    TableStyle,
)

from deckbuilder.layout.frame import ChartItem, SlideFrame
from deckbuilder.outputs.documents.flowables import (
    Bookmark,
    ChartFigure,
    CueMark,
    Figure,
    Grid,
    PageMark,
    QrFigure,
    Rule,
    Thumbnail,
    Together,
    Words,
    WritingLines,
)
from deckbuilder.outputs.documents.style import PageStyle
from deckbuilder.outputs.drawing.faces import words_width
from deckbuilder.outputs.images import Images
from deckbuilder.reading.pictures import PictureFile
from deckbuilder.theme.characters import breaks_anywhere

Element = ElementTree.Element
_CUE_SIGN, _CUE_LABEL = 15.0, 70.0
_INLINE = {"b", "i", "sup", "sub", "code", "a", "br", "span", "gap"}
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
    word and last mark of each.
    """

    page: PageStyle
    frames: dict[int, SlideFrame]
    pictures: dict[str, PictureFile]
    images: Images
    blanks: bool = True
    pages: dict[str, int] = field(default_factory=dict)
    _cue_label: float = _CUE_LABEL
    gaps: list[tuple[int, str, str]] = field(default_factory=list)
    _mark: str = ""
    _bookmarks: int = 0
    _depth: int = 0

    def flowables(self, source: str) -> Blocks:
        """The flowables of a whole document. MarkupError where the markup is not well formed."""
        try:
            root = ElementTree.fromstring(source)
        except ElementTree.ParseError as error:
            raise MarkupError(str(error)) from error
        family, bold, _ = self.page.faces["cue-label"]
        size = self.page.styles["cue-label"].fontSize
        labels = {cue.get("label", "").upper() for cue in root.iter("cue")}
        # All of a document's cues begin at one edge, whatever its theme's font and its language.
        widest = max((words_width(label, family, size, self.page.theme, bold) for label in labels), default=0.0)
        self._cue_label = max(_CUE_LABEL, widest + 6)
        return _held_together(self.blocks(root, self.page.column))

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
        return self.text(element, name)

    def text(self, element: Element, style: str) -> Blocks:
        if style not in self.page.styles:
            raise MarkupError(f"unknown class '{style}'")
        return [self.words(element, style)]

    def words(self, element: Element, style: str) -> Words:
        """A paragraph of an element's content, set in a style."""
        look = self.page.styles[style]
        if breaks_anywhere("".join(element.itertext())):
            look = self.page.unspaced(style)
        return Words(self.inline(element, style), look)

    def inline(self, element: Element, style: str, bold: bool = False, italic: bool = False, code: bool = False) -> str:
        """ReportLab's paragraph markup for an element's content, set in a style."""

        def drawn(text: str | None) -> str:
            pieces = self.page.pieces(text or "", style, bold, italic, code)
            return "".join(f'<font name="{f}">{escape(words)}</font>' if f else escape(words) for f, words in pieces)

        out = [drawn(element.text)]
        for child in element:
            if child.tag not in _INLINE:
                raise MarkupError(f"<{child.tag}> inside a paragraph")
            heavy, sloped = bold or child.tag == "b", italic or child.tag == "i"
            if heavy != bold or sloped != italic:
                self.page.load(style, heavy, sloped)
            inner = self.inline(child, style, heavy, sloped, code or child.tag == "code")
            match child.tag:
                case "br":
                    out.append("<br/>")
                case "sup":
                    out.append(f"<super>{inner}</super>")
                case "code":
                    out.append(f'<font name="{self.page.code_font()}" size="{self.page.size - 1}">{inner}</font>')
                case "a":
                    color = self.page.color("second").hexval().replace("0x", "#")
                    out.append(f"<a href={quoteattr(child.get('href', ''))} color={quoteattr(color)}>{inner}</a>")
                case "gap":
                    out.append(self.gap("".join(child.itertext())) if self.blanks else f"<b>{inner}</b>")
                case "span" if child.get("class") is None and child.get("lang"):
                    out.append(inner)
                case "span":
                    color = self.page.color(child.get("class", "muted")).hexval().replace("0x", "#")
                    out.append(f'<font color="{color}">{inner}</font>')
                case tag:
                    out.append(f"<{tag}>{inner}</{tag}>")
            out.append(drawn(child.tail))
        return "".join(out)

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
        return out + self.text(element, element.get("class") or element.tag)

    def list(self, element: Element, width: float, nested: bool = False) -> Blocks:
        ordered = element.tag == "ol"
        name = element.get("class") or "li"
        style = self.page.styles[name]
        items = []
        for item in element:
            words = Element("p")
            words.text = item.text
            inner: Blocks = []
            for child in item:
                if child.tag in ("ul", "ol"):
                    inner.extend(self.list(child, width, nested=True))
                else:
                    words.append(child)
            items.append(ListItem([self.words(words, name), *inner], value=item.get("value")))
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
        flow = ListFlowable(items, **looks)
        return [flow] if nested else [flow, Spacer(1, self.page.size * 0.35)]

    def box(self, element: Element, width: float) -> Blocks:
        """A panel: `class` is panel (tinted), rule (a bar at the left) or card (outlined)."""
        kind = element.get("class", "panel")
        pad = 12.0
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

    def _cells(self, rows: Sequence[Any], widths: Sequence[float], looks: Iterable[Any], **options: Any) -> Table:
        """A ReportLab table, its cells' own font (never seen, but named in the file) one of ours."""
        font = ("FONTNAME", (0, 0), (-1, -1), self.page.styles["p"].fontName)
        style = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), font, *looks])
        table = Grid(rows, colWidths=widths, style=style, hAlign="LEFT", **options)
        table.splitInRow = 1
        return table

    def row(self, element: Element, width: float) -> Blocks:
        """Cells side by side; `widths` are points, or * for what is left."""
        gap = float(element.get("gap", "14"))
        widths = _widths(element.get("widths", "").split(), width, len(element))
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
        rows: list[Any] = []
        looks: list[Any] = []
        hairline, panel = self.page.color("hairline"), self.page.color("panel")
        heads = 0
        for number, row in enumerate(element):
            cells = []
            for cell in row:
                style = "cell" if cell.tag == "td" else "head"
                if cell.get("class") == "number":
                    style = "number" if cell.tag == "td" else "headnumber"
                cells.append([self.words(cell, style)])
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
        columns = max((len(r) for r in rows), default=0)
        for number, cells in enumerate(rows):
            if len(cells) < columns:
                looks.append(("SPAN", (len(cells) - 1, number), (-1, number)))
                cells.extend([[]] * (columns - len(cells)))
        widths = _widths(element.get("widths", "").split(), width, columns)
        looks += [("LEFTPADDING", (0, 0), (-1, -1), 4), ("RIGHTPADDING", (0, 0), (-1, -1), 4)]
        pad = float(element.get("pad", "3"))
        looks += [("TOPPADDING", (0, 0), (-1, -1), pad), ("BOTTOMPADDING", (0, 0), (-1, -1), pad + 1)]
        table = self._cells(rows, widths, looks, repeatRows=heads)
        table.spaceAfter = 10
        return [table]

    def cue(self, element: Element, width: float) -> Blocks:
        """A labelled cue: a sign and a word at the left, what to do at the right."""
        kind, label = element.get("kind", ""), element.get("label", "")
        words = self.cell(element, width - _CUE_SIGN - self._cue_label)
        sign = CueMark(kind, self.page.color("accent"))
        words_of_label = Element("p")
        words_of_label.text = label.upper()
        head = self.words(words_of_label, "cue-label")
        looks: list[Any] = [("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0)]
        looks += [
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
            ("TOPPADDING", (0, 0), (0, 0), 4),
        ]
        return [
            self._cells(
                [[[sign], [head], words]], [_CUE_SIGN, self._cue_label, width - _CUE_SIGN - self._cue_label], looks
            )
        ]

    def keep(self, element: Element, width: float) -> Blocks:
        """Blocks that stand on one page. In a cell the row already holds them together."""
        blocks = self.blocks(element, width)
        return blocks if self._depth else [Together(blocks)]

    def figure(self, element: Element, width: float) -> Blocks:
        picture = self.pictures[element.get("src", "")]
        wide = min(width, float(element.get("width") or width))
        figure = Figure(picture, self.images, wide, float(element.get("height") or 320), element.get("alt", ""))
        figure.hAlign = "LEFT"
        figure.spaceBefore = 5
        words = self.blocks(element, width)
        if not words:
            figure.spaceAfter = 9
            return [figure]
        return [figure, *words, Spacer(1, 6)]

    def thumbnail(self, element: Element, width: float) -> Blocks:
        frame = self.frames[int(element.get("slide", "0"))]
        wide = min(width, float(element.get("width") or width))
        shown = Thumbnail(frame, self.page.theme, self.images, wide, self.page.color("hairline"))
        shown.hAlign = "LEFT"
        return [shown, Spacer(1, 5)]

    def chart(self, element: Element, width: float) -> Blocks:
        """The chart of a slide."""
        frame = self.frames[int(element.get("slide", "0"))]
        (item,) = (i for i in frame.items if isinstance(i, ChartItem))
        wide = min(width, float(element.get("width") or width))
        high = float(element.get("height") or wide * 0.5)
        return [ChartFigure(item, self.page.theme, wide, high, self.page.size), Spacer(1, 6)]

    def lines(self, element: Element, width: float) -> Blocks:
        if element.get("count") == "fill":
            return [WritingLines(None, self.page.color("muted"))]
        count = int(element.get("count", "4"))
        return [WritingLines(count, self.page.color("muted")), Spacer(1, 10)] if count else []

    def qr(self, element: Element, width: float) -> Blocks:
        code = QrFigure(element.get("href", ""))
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
        cells = [Figure(logo.picture, self.images, width, height, logo.alt) for logo in logos]
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
        """A new page unless so many points are left on this one."""
        return [CondPageBreak(float(element.get("height", "100")))]

    def pagebreak(self, element: Element, width: float) -> Blocks:
        return [PageBreak()]


def _held_together(blocks: Blocks) -> Blocks:
    """Headings and marks joined to the group that follows them: ReportLab's own keepWithNext stops
    before a KeepTogether."""
    out: Blocks = []
    waiting: Blocks = []
    for block in blocks:
        if isinstance(block, Table) and len(block._cellvalues) > _SPLITTABLE_ROWS:
            # A long table may be divided: its heading needs room for a few rows, not for all.
            for waiter in waiting:
                waiter.keepWithNext = 0
            out.extend([CondPageBreak(_FEW_ROWS), *waiting, block] if waiting else [block])
            waiting = []
        elif isinstance(block, KeepTogether):
            out.append(Together([*waiting, *block._content]) if waiting else block)
            waiting = []
        elif block.getKeepWithNext():
            waiting.append(block)
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
    "ul": Markup.list,
    "ol": Markup.list,
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
