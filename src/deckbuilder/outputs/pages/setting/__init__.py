"""A document's elements to flowables: each becomes one or a few. The tree has been checked: nothing unknown is in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from deckbuilder.outputs.drawing.faces import words_width
from deckbuilder.outputs.pages.document import Story
from deckbuilder.outputs.pages.setting import asides, figures, flow, grids, words
from deckbuilder.outputs.pages.setting.setting import CUE_LABEL, Maker, Setting
from deckbuilder.outputs.tree import Element


class Setter(Setting):
    """Makes the flowables of a document."""

    makers: ClassVar[Mapping[str, Maker]] = {
        "p": words.paragraph,
        "h1": words.heading,
        "h2": words.heading,
        "h3": words.heading,
        "ul": words.listing,
        "ol": words.listing,
        "box": grids.box,
        "row": grids.row,
        "aside": asides.aside,
        "table": grids.table,
        "cue": asides.cue,
        "figure": figures.figure,
        "thumbnail": figures.thumbnail,
        "chart": figures.chart,
        "qr": figures.qr,
        "logos": figures.logos,
        "lines": figures.lines,
        "rule": figures.rule,
        "keep": flow.keep,
        "anchor": flow.anchor,
        "space": flow.space,
        "need": flow.need,
        "pagebreak": flow.pagebreak,
    }

    def story(self, document: Element) -> Story:
        """The whole document."""
        self.root.lang = document.language or self.root.lang
        family, bold, _ = self.page.faces["cue-label"]
        size = self.page.styles["cue-label"].fontSize
        labels = {cue.get("label").upper() for cue in document.walk() if cue.tag == "cue"}
        self.linked = frozenset(a.get("href")[1:] for a in document.walk() if a.get("href").startswith("#"))
        # All of a document's cues begin at one edge, whatever its theme's font and its language.
        widest = max((words_width(label, family, size, self.page.theme, bold) for label in labels), default=0.0)
        self.cue_label = max(CUE_LABEL, widest + 6)
        return Story(self.blocks(document, self.page.column), self.root, self.pieces, self.places)
