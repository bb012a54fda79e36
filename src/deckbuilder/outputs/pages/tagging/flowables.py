"""ReportLab's flowable, paragraph and list, with the nodes whose content they draw.

Tables need nothing of their own: their cells hold paragraphs that have nodes, and their lines
and backgrounds are artifacts, as all else is that is drawn while no node is.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from copy import copy
from functools import lru_cache
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, ListFlowable, Paragraph
from reportlab.platypus.flowables import _computeBulletWidth

from deckbuilder.outputs.pages.dividing import DIVISION, divided_fragments
from deckbuilder.outputs.pages.tagging.canvas import AROUND, Inlay, TaggedText
from deckbuilder.outputs.pages.tagging.kinsoku import kinsoku
from deckbuilder.outputs.pages.tagging.ordered import draw_in_order
from deckbuilder.outputs.pages.tagging.ragging import accompanied, evened
from deckbuilder.outputs.pages.tagging.spans import Part, fragments, plain_words
from deckbuilder.outputs.pages.tagging.structure import Node
from deckbuilder.theme.characters import is_complex

INLAY = "inlay"  # what stands in a paragraph's markup for a formula
_WORD = re.compile(rf"[\S{DIVISION}]+")


class Marked(Flowable):
    """A flowable that is drawn as content of its `node`; as an artifact where that is None.
    A figure's node is told where on the page it stands."""

    node: Node | None = None

    def drawn(self, page: int) -> None:
        """It comes to stand on that page."""

    def look(self) -> str:
        """What it shows, in words by which two of its kind are told apart."""
        raise NotImplementedError

    def _drawOn(self, canvas: Any) -> None:
        node = self.node
        self.drawn(canvas.getPageNumber())
        if canvas.blind:
            canvas.note(self.look())
            return
        with canvas.marked(node):
            if node is not None and node.kind == "Figure":
                x, y = canvas.absolutePosition(0, 0)
                box = f"{x:.2f} {y:.2f} {x + self.width:.2f} {y + self.height:.2f}"
                node.looks = f"/O /Layout /Placement /Block /BBox [ {box} ]"
            super()._drawOn(canvas)


@lru_cache(512)
def _plain(style: Any) -> Any:
    """What ReportLab makes of words in a style that are marked up nowhere, as most are: its parser is a third of what it costs
    to make a paragraph."""
    (fragment,) = Paragraph("x", style).frags
    return fragment


class Words(Paragraph):
    """A paragraph, drawn as content of its `node`; as an artifact where that is None.

    Its lines are broken once for a width: tables ask for the height of what is in them three or
    four times over. Words that no line holds are divided as their `language` wants. `backwards` is whether the document runs
    from right to left.
    """

    _broken_for: float | None = None
    style: Any
    backwards = False

    def __init__(
        self,
        content: Sequence[Part] | None,
        style: Any,
        node: Node | None = None,
        language: str = "en",
        inlays: Sequence[Inlay] = (),
        **options: Any,
    ) -> None:
        """`content` is None where `frags` are given, as ReportLab does for the parts of one that it divided."""
        if content is not None:
            if plain := plain_words(content):
                options["frags"] = [_plain(style).clone(text=plain, us_lines=[], link=[])]
            else:
                options["frags"] = fragments(content, style)
        super().__init__(None, style, **options)
        self.node = node
        self.language = language
        if inlays:
            self._set_in(inlays)
        self._whole: list[Any] | None = None  # the fragments as they were given
        self._ends: set[int] | None = None  # where words end, in letters from the paragraph's first
        self._shaped = (
            False  # whether some of it has to be; ReportLab takes the text out of its fragments when it breaks lines
        )
        self._before = 0  # letters that stand in earlier parts of a divided paragraph
        self._joined: frozenset[int] = frozenset()

    def _set_in(self, inlays: Sequence[Inlay]) -> None:
        """Puts formulas in the places that were kept for them."""
        places = [frag for frag in self.frags if getattr(getattr(frag, "cbDefn", None), "name", None) == INLAY]
        for frag, inlay in zip(places, inlays, strict=True):
            inlay.size, inlay.color = frag.fontSize, frag.textColor
            frag.cbDefn.kind, frag.cbDefn.image = "img", inlay
        self.style = self.style.clone(self.style.name, autoLeading="max")  # lines make room for fractions

    def _measure_inlays(self, width: float) -> None:
        """Tells ReportLab how large formulas are, smaller where one is wider than the line."""
        room = width - self.style.leftIndent - self.style.rightIndent
        for frag in self.frags:
            inlay = getattr(getattr(frag, "cbDefn", None), "image", None)
            if isinstance(inlay, Inlay):
                shape = inlay.shape
                inlay.size = min(frag.fontSize, room / shape.width)
                frag.cbDefn.width = shape.width * inlay.size
                frag.cbDefn.height = (shape.height + shape.depth + 2 * AROUND) * inlay.size
                frag.cbDefn.valign = -(shape.depth + AROUND) * inlay.size

    def breakLines(self, width: Any) -> Any:
        broken = super().breakLines(width)
        if len(broken.lines) > 1 and not self._held(broken):
            torn, rooms = self._torn, list(width) if isinstance(width, list | tuple) else [width]

            def breaking(rooms: Sequence[float]) -> Any:
                tried = super(Words, self).breakLines(list(rooms))
                return tried if self._torn == torn else None

            if self.style.even:
                broken = evened(breaking, rooms, broken)
            else:
                broken = accompanied(breaking, rooms, broken, self.style.fontSize)
        return self._with_room(broken)

    @property
    def _torn(self) -> tuple[int, int]:
        """How many words ReportLab has just divided, and at how many hyphens."""
        return self._splitLongWordCount, self._hyphenations

    def _held(self, broken: Any) -> bool:
        """Whether some of the lines have to end where they do: as the author wanted it, or within a word."""
        wanted = any(getattr(line, "lineBreak", False) for line in broken.lines[:-1])
        return wanted or bool(self._lines_within_words(broken))

    def breakLinesCJK(self, maxWidths: Any) -> Any:
        with kinsoku():
            return self._with_room(super().breakLinesCJK(maxWidths))

    @property
    def lowered(self) -> float:
        """How much lower than other paragraphs' its first baseline lies, in points, for what stands beside it."""
        first = self.blPara.lines[0] if self.blPara.kind == 1 and self.blPara.lines else None
        return max(0.0, first.fontSize - self.style.fontSize) if first is not None and self.has_inlays else 0.0

    @property
    def has_inlays(self) -> bool:
        return getattr(self.style, "autoLeading", "") == "max"

    def _with_room(self, broken: Any) -> Any:
        """The lines, as high as ReportLab draws them where formulas stand in them. It takes them for lower, and overlooks
        a formula that begins one."""
        if self.has_inlays and broken.kind == 1:
            leading = self.style.leading
            for number, line in enumerate(broken.lines):
                placed = [word.cbDefn for word in line.words if hasattr(word, "cbDefn")]
                highest = max((one.valign + one.height for one in placed), default=0.0)
                line.descent = min(line.descent, -leading / 6, *(one.valign for one in placed))
                line.ascent = max(line.ascent, highest, leading * 5 / 6 if number else 0.0)
                if not number:  # its baseline lies its font's size below the top
                    line.fontSize = max(line.fontSize, highest)
        return broken

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if self._broken_for != width or not hasattr(self, "blPara"):
            if self._ends is None:
                self._whole = self.frags
                self._shaped = any(is_complex(getattr(frag, "text", "")) for frag in self.frags)
            if self._whole is not None and not self.style.wordWrap:
                room = width - self.style.leftIndent - self.style.rightIndent
                self.frags: list[Any] = divided_fragments(self._whole, self.language, room)
                self._ends = _word_ends(self.frags)
            self._measure_inlays(width)
            super().wrap(width, height)
            self._broken_for = width
            self._joined = self._lines_within_words(self.blPara)
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        parts: list[Flowable] = super().split(width, height)
        before = self._before
        for part in parts:
            if part is not self:
                part.node, part._ends, part._before = self.node, self._ends, before
                part.backwards, part._shaped = self.backwards, self._shaped
                if hasattr(part, "blPara"):  # the first part
                    before += sum(_letters(self.blPara)[: len(part.blPara.lines)])
        return parts

    def draw(self) -> None:
        canvas = self.canv
        if canvas.blind:
            canvas.note(_look(self.blPara))
            return
        if self.node is None or canvas.counts(self.node):
            self._paint()
        else:
            with canvas.marked(None):
                self._paint()

    def _paint(self) -> None:
        if self.backwards or self._shaped:
            draw_in_order(self, self.backwards)
        else:
            super().draw()

    def beginText(self, x: float, y: float) -> Any:
        if self.node is None or not self.canv.counts(self.node):
            return super().beginText(x, y)
        whole = (self.blPara.link if self.blPara.kind == 0 else None) or []
        self.canv.writing = TaggedText(self.canv, x, y, self.node, whole, self._joined)
        return self.canv.writing

    def natural_width(self) -> float:
        """Its width on one line."""
        self._measure_inlays(math.inf)
        inlaid = sum(getattr(getattr(f, "cbDefn", None), "width", 0.0) for f in self.frags)
        return float(
            sum(stringWidth(f.text, f.fontName, f.fontSize) for f in self.frags if hasattr(f, "text")) + inlaid
        )

    def _lines_within_words(self, broken: Any) -> frozenset[int]:
        """Those of the lines that end within a word, a long address for instance."""
        if len(broken.lines) < 2:
            return frozenset()
        length, joined = self._before, set()
        for number, letters in enumerate(_letters(broken)):
            length += letters
            if length not in (self._ends or ()):
                joined.add(number)
        return frozenset(joined)


def _look(broken: Any) -> str:
    """The fonts and the words of a paragraph's lines, as they would be painted."""
    if broken.kind == 0:
        lines = [" ".join(line[1]) for line in broken.lines]
        return f"{broken.fontName} {broken.fontSize:g} " + "\n".join(lines)
    return "\n".join(
        "".join(f"{piece.fontName} {piece.fontSize:g} {piece.text}" for piece in line.words) for line in broken.lines
    )


def _word_ends(frags: Sequence[Any]) -> set[int]:
    text = "".join("\n" if getattr(f, "lineBreak", False) else getattr(f, "text", "") for f in frags)
    length, ends = 0, set()
    for word in _WORD.findall(text):
        length += len(word.replace(DIVISION, ""))
        ends.add(length)
    return ends


def _letters(broken: Any) -> list[int]:
    """How many letters, blanks not counted, each line has."""
    lines = (line[1] if broken.kind == 0 else [getattr(w, "text", "") for w in line.words] for line in broken.lines)
    return [sum(len("".join(word.split())) for word in line) for line in lines]


class Items(ListFlowable):
    """A list; `labels` are the nodes of its bullets or numbers, item by item."""

    def __init__(self, items: Sequence[Any], labels: Sequence[Node], **looks: Any) -> None:
        self._labels = iter(labels)
        super().__init__(items, **looks)

    def _makeBullet(self, value: Any, params: Any = None) -> Any:
        bullet = super()._makeBullet(value, params)
        numbered = self._bulletDir == "rtl" and self._bulletType != "bullet"
        return _Label(_in_reading_order(bullet) if numbered else (bullet,), next(self._labels))


def _in_reading_order(bullet: Any) -> Sequence[Any]:
    """A number from which words run to the left: itself, and then its period, which stands at its left."""
    period = copy(bullet)
    bullet._bulletFormat = None
    period.value, period._bulletType, period._bulletFormat = ".", "bullet", None
    period._bulletDedent -= _computeBulletWidth(bullet, bullet.value)
    return bullet, period


class _Label:
    """A bullet, in one piece or in several, that is drawn as content of its node."""

    def __init__(self, bullets: Sequence[Any], node: Node) -> None:
        self.bullets = bullets
        self.node = node

    def drawOn(self, indenter: Any, canvas: Any, x: float, y: float, _sW: float = 0) -> None:
        first = indenter._flowable
        while not isinstance(first, Words) and getattr(first, "_content", None):
            first = first._content[0]
        with canvas.marked(self.node):
            for bullet in self.bullets:
                bullet._bulletOffsetY = -first.lowered if isinstance(first, Words) else 0
                bullet.drawOn(indenter, canvas, x, y, _sW)
