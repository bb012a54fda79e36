"""What an old deck says: slides of shapes, in reading order, with their notes."""

from __future__ import annotations

from collections import Counter
from dataclasses import field, replace
from typing import Literal

from deckbuilder.content.text import Marker, Run
from deckbuilder.frozen import dataclass
from deckbuilder.units import Rect


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. `level` counts from 0; `marker` is None outside of lists, `number` the number of a numbered item. `size`
    is that of its letters in points, 0 where nothing says it."""

    runs: tuple[Run, ...]
    level: int = 0
    marker: Marker | None = None
    number: int | None = None
    size: float = 0.0

    @property
    def plain(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def words(self) -> str:
        """The words on one line."""
        return " ".join(self.plain.split())

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        shown = [run for run in self.runs if run.text.strip()]
        return bool(shown) and all(run.bold for run in shown)

    @property
    def italic(self) -> bool:
        """Whether all of it is in italics."""
        shown = [run for run in self.runs if run.text.strip()]
        return bool(shown) and all(run.italic for run in shown)

    @property
    def links(self) -> tuple[str, ...]:
        """The addresses that its words lead to, each once."""
        return tuple(dict.fromkeys(run.link for run in self.runs if run.link))

    def plainly(self) -> Line:
        """The same without a marker, at the first level."""
        return replace(self, level=0, marker=None, number=None)


@dataclass(frozen=True, slots=True)
class Words:
    """Text: the paragraphs of a box that are not empty."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture. `part` is its name in the file, "" for one that is not there; `vector` that of its drawing (SVG), None
    without one; `crop` the shares that are cut off at its left, top, right and bottom, None for nothing."""

    part: str
    alt: str = ""
    decorative: bool = False
    vector: str | None = None
    link: str | None = None
    caption: tuple[Line, ...] = ()
    credit: tuple[Line, ...] = ()
    aspect: float = 1.5
    crop: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the lines of each cell, row by row; `headed` tells whether the first row is one of headings."""

    rows: tuple[tuple[tuple[Line, ...], ...], ...]
    headed: bool = True
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """A chart with its data. `kind` is None for one that has no like here; its `name` says which it was."""

    kind: Literal["bar", "line", "pie"] | None
    name: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    title: str = ""
    horizontal: bool = False
    stacked: bool = False
    alt: str = ""
    format: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """Sound or a film: embedded in `part`, or elsewhere at `address`; its still picture is `poster`."""

    kind: Literal["video", "sound"]
    part: str | None
    address: str | None
    poster: Image | None
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What cannot be text: `name` says what it is; `part` is a picture of it in the file, None without one."""

    name: str
    part: str | None = None
    alt: str = ""


Content = Words | Image | Grid | Graph | Media | Drawn


@dataclass(frozen=True, slots=True)
class Shape:
    """Something on a slide. `holder` is its placeholder's type ("title", "body", …), None outside of placeholders, and
    `index` its placeholder's number; `rect` None where nothing says where it stands; `behind` tells that it is a slide's
    background."""

    content: Content
    name: str = ""
    holder: str | None = None
    index: int | None = None
    rect: Rect | None = None
    diagram: bool = False
    behind: bool = False

    @property
    def lines(self) -> tuple[Line, ...]:
        """Its paragraphs; () for what is no text."""
        return self.content.lines if isinstance(self.content, Words) else ()

    def saying(self, lines: tuple[Line, ...]) -> Shape:
        """The same with these paragraphs."""
        return replace(self, content=Words(lines))


@dataclass(frozen=True, slots=True)
class Left:
    """Something that was left out: what it is, and its words, "" where it has none."""

    what: str
    words: str = ""


@dataclass(frozen=True)
class Slide:
    """A slide. `kind` is its layout's type as the file has it ("title", "secHead", "obj", …), "" without one; `said` are its
    words as the file has them, by which what became of them is judged."""

    number: int
    layout: str
    kind: str
    shapes: tuple[Shape, ...]
    notes: tuple[Line, ...] = ()
    hidden: bool = False
    section: str | None = None
    left: tuple[Left, ...] = ()
    said: Counter[str] = field(default_factory=Counter)
    id: str = ""

    @property
    def title(self) -> Shape | None:
        return next((s for s in self.shapes if s.holder in ("title", "ctrTitle") and s.lines), None)


@dataclass(frozen=True)
class OldDeck:
    """A deck. `width` and `height` are the slides', in points; `title` and `author` what its properties say; `standing` are
    lines that masters and layouts have on each slide; `logos` the pictures there, by their parts; `authors` are those that it
    names as such."""

    slides: tuple[Slide, ...]
    width: float = 720.0
    height: float = 540.0
    language: str = "en"
    title: str = ""
    author: str = ""
    sections: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    logos: tuple[str, ...] = ()
    left: tuple[Left, ...] = ()
    authors: tuple[str, ...] = ()
