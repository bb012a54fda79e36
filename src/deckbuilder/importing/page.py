"""A slide as the rules that recognise kinds see it: its title, and what else is on it once furniture is set aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from typing import Any

from deckbuilder.frozen import dataclass
from deckbuilder.importing import markup
from deckbuilder.importing.old import Drawn, Graph, Grid, Image, Left, Line, Media, Shape, Slide


@dataclass(frozen=True)
class Page:
    """`title` are the lines of the title, () without one; `blocks` the rest, in reading order. `place` counts pages from 0,
    of which there are `count`. `series` tells that its neighbours have the same title; `names` are those of the stages that
    such a series goes through, `stage` that of this page. `sections` are the titles of the deck's sections."""

    slide: Slide
    title: tuple[Line, ...]
    blocks: tuple[Shape, ...]
    language: str = "en"
    place: int = 0
    count: int = 1
    width: float = 720.0
    height: float = 540.0
    series: bool = False
    names: tuple[str, ...] = ()
    lead: str = ""
    before: tuple[Line, ...] = ()
    sections: tuple[str, ...] = ()
    left: tuple[Left, ...] = ()

    @cached_property
    def texts(self) -> tuple[Shape, ...]:
        """The boxes of text."""
        return tuple(block for block in self.blocks if block.lines)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The paragraphs of all boxes, in reading order."""
        return tuple(line for block in self.texts for line in block.lines)

    @cached_property
    def images(self) -> tuple[Image, ...]:
        return tuple(b.content for b in self.blocks if isinstance(b.content, Image))

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        return tuple(b.content for b in self.blocks if isinstance(b.content, Grid))

    @cached_property
    def graphs(self) -> tuple[Graph, ...]:
        return tuple(b.content for b in self.blocks if isinstance(b.content, Graph))

    @cached_property
    def media(self) -> tuple[Media, ...]:
        return tuple(b.content for b in self.blocks if isinstance(b.content, Media))

    @cached_property
    def drawn(self) -> tuple[Drawn, ...]:
        return tuple(b.content for b in self.blocks if isinstance(b.content, Drawn))

    @property
    def heading(self) -> str:
        """The title's words on one line; "" without one."""
        return " ".join(line.words for line in self.title)

    @property
    def wordy(self) -> bool:
        """Whether there is nothing on it but text and at most a picture."""
        return not (self.grids or self.graphs or self.media or self.drawn) and len(self.images) <= 1

    def inline(self, *lines: Line) -> str:
        return markup.inline(lines, self.language)

    def heads(self, *lines: Line) -> str:
        """The lines as a title, a heading or a name."""
        return markup.title(lines, self.language)

    def body(self, *lines: Line) -> str:
        return markup.body(lines, self.language)


@dataclass(frozen=True)
class Guess:
    """What a page may be: fields of a slide as deck.yaml has them, without title; how `sure` that is, from 0 to 1, and
    `why`. `deck` are fields of the deck that come of it, `left` the words that none of it holds, `images` the pictures by
    the field that shows them, `more` further slides of the same title, and `section` the text of the section that it opens."""

    kind: str
    fields: Mapping[str, Any]
    sure: float
    why: str
    deck: Mapping[str, Any] = field(default_factory=dict)
    left: tuple[Left, ...] = ()
    images: Mapping[str, Image | tuple[Image, ...]] = field(default_factory=dict)
    graph: Graph | None = None
    more: tuple[Guess, ...] = ()
    untitled: bool = False
    section: str = ""
