"""ReportLab's flowable, paragraph and list, with the nodes whose content they draw.

Tables need nothing of their own: their cells hold paragraphs that have nodes, and their lines
and backgrounds are artifacts, as all else is that is drawn while no node is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, ListFlowable, Paragraph

from deckbuilder.outputs.pages.dividing import DIVISION, divided_fragments
from deckbuilder.outputs.pages.tagging.canvas import TaggedText
from deckbuilder.outputs.pages.tagging.structure import Node

_WORD = re.compile(rf"[\S{DIVISION}]+")


class Marked(Flowable):
    """A flowable that is drawn as content of its `node`; as an artifact where that is None.
    A figure's node is told where on the page it stands."""

    node: Node | None = None

    def _drawOn(self, canvas: Any) -> None:
        node = self.node
        with canvas.marked(node):
            if node is not None and node.kind == "Figure":
                x, y = canvas.absolutePosition(0, 0)
                box = f"{x:.2f} {y:.2f} {x + self.width:.2f} {y + self.height:.2f}"
                node.looks = f"/O /Layout /Placement /Block /BBox [ {box} ]"
            super()._drawOn(canvas)


class Words(Paragraph):
    """A paragraph, drawn as content of its `node`; as an artifact where that is None.

    Its lines are broken once for a width: tables ask for the height of what is in them three or
    four times over. Words that no line holds are divided as their `language` wants.
    """

    _broken_for: float | None = None

    def __init__(
        self, text: str | None, style: Any, node: Node | None = None, language: str = "en", **options: Any
    ) -> None:
        super().__init__(text, style, **options)
        self.node = node
        self.language = language
        self._whole: list[Any] | None = None  # the fragments as they were given
        self._ends: set[int] | None = None  # where words end, in letters from the paragraph's first
        self._before = 0  # letters that stand in earlier parts of a divided paragraph
        self._joined: frozenset[int] = frozenset()

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if self._broken_for != width or not hasattr(self, "blPara"):
            if self._ends is None:
                self._whole = self.frags
            if self._whole is not None and not self.style.wordWrap:
                room = width - self.style.leftIndent - self.style.rightIndent
                self.frags: list[Any] = divided_fragments(self._whole, self.language, room)
                self._ends = _word_ends(self.frags)
            super().wrap(width, height)
            self._broken_for = width
            self._joined = self._lines_within_words()
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        parts: list[Flowable] = super().split(width, height)
        before = self._before
        for part in parts:
            if part is not self:
                part.node, part._ends, part._before = self.node, self._ends, before
                if hasattr(part, "blPara"):  # the first part
                    before += sum(_letters(self.blPara)[: len(part.blPara.lines)])
        return parts

    def draw(self) -> None:
        canvas = self.canv
        if self.node is None or canvas.counts(self.node):
            super().draw()
        else:
            with canvas.marked(None):
                super().draw()

    def beginText(self, x: float, y: float) -> Any:
        if self.node is None or not self.canv.counts(self.node):
            return super().beginText(x, y)
        whole = (self.blPara.link if self.blPara.kind == 0 else None) or []
        return TaggedText(self.canv, x, y, self.node, whole, self._joined)

    def natural_width(self) -> float:
        """Its width on one line."""
        return float(sum(stringWidth(f.text, f.fontName, f.fontSize) for f in self.frags if hasattr(f, "text")))

    def _lines_within_words(self) -> frozenset[int]:
        """The lines that end within a word, a long address for instance."""
        if len(self.blPara.lines) < 2:
            return frozenset()
        length, joined = self._before, set()
        for number, letters in enumerate(_letters(self.blPara)):
            length += letters
            if length not in (self._ends or ()):
                joined.add(number)
        return frozenset(joined)


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
        return _Label(super()._makeBullet(value, params), next(self._labels))


class _Label:
    """A bullet that is drawn as content of its node."""

    def __init__(self, bullet: Any, node: Node) -> None:
        self.bullet = bullet
        self.node = node

    def drawOn(self, indenter: Any, canvas: Any, x: float, y: float, _sW: float = 0) -> None:
        with canvas.marked(self.node):
            self.bullet.drawOn(indenter, canvas, x, y, _sW)
