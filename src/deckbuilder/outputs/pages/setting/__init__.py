"""Document markup to flowables.

The templates emit a small XML language; `docs/markup.md` lists it, `vocabulary` checks it. Each element becomes
one flowable or a few; unknown elements and attributes are errors, so that a misspelt
template says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar
from xml.etree import ElementTree

from deckbuilder.outputs.drawing.faces import words_width
from deckbuilder.outputs.pages.document import Story
from deckbuilder.outputs.pages.setting import figures, flow, grids, words
from deckbuilder.outputs.pages.setting.setting import CUE_LABEL, Maker, MarkupError, Setting

__all__ = ["Markup", "MarkupError"]


class Markup(Setting):
    """A document's markup, and all that its elements refer to."""

    makers: ClassVar[Mapping[str, Maker]] = {
        "p": words.paragraph,
        "h1": words.heading,
        "h2": words.heading,
        "h3": words.heading,
        "ul": words.listing,
        "ol": words.listing,
        "box": grids.box,
        "row": grids.row,
        "table": grids.table,
        "cue": grids.cue,
        "figure": figures.figure,
        "thumbnail": figures.thumbnail,
        "chart": figures.chart,
        "qr": figures.qr,
        "logos": figures.logos,
        "lines": figures.lines,
        "rule": figures.rule,
        "keep": flow.keep,
        "mark": flow.mark,
        "space": flow.space,
        "need": flow.need,
        "pagebreak": flow.pagebreak,
    }

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
        self.cue_label = max(CUE_LABEL, widest + 6)
        return Story(flow.held_together(self.blocks(root, self.page.column)), self.root, self.pieces)
