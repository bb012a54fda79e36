"""What the slides in a file that one slide of a deck went over say, field by field."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from deckbuilder.frozen import dataclass
from deckbuilder.importing.old import Content, Graph, Grid, Image, Line, Shape, Slide
from deckbuilder.outputs.pptx.marks import HolderMark, SlideMark, digest

_AUTOMATIC = re.compile(r"([a-z]+)-[0-9a-f]{6}(?:-\d+)?")

Frame = tuple[Slide, SlideMark]
Seen = Callable[[str], str]
"""Gives the digest of a picture by its part, "" for one that is not there."""


@dataclass(frozen=True)
class Told:
    """The frames of one slide. What stands on several of them is what somebody has changed it to on one."""

    frames: tuple[Frame, ...]
    seen: Seen = lambda _: ""

    @property
    def identity(self) -> str:
        return self.frames[0][1].slide

    @property
    def id(self) -> str | None:
        """The id that its author gave it; None where it has none."""
        return None if _AUTOMATIC.fullmatch(self.identity) else self.identity

    @property
    def layout(self) -> str:
        """The name of the first frame's layout."""
        return self.frames[0][0].layout

    @property
    def fields(self) -> frozenset[str]:
        """The fields that its placeholders were made of."""
        return frozenset(name for _, mark in self.frames for holder in mark.holders for name in holder.fields)

    @property
    def kind(self) -> str:
        """The kind that its identity, its fields or its layout tell."""
        if found := _AUTOMATIC.fullmatch(self.identity):
            return found[1]
        for name, kind in _BY_FIELD:
            if any(re.fullmatch(name, field) for field in self.fields):
                return kind
        return next((kind for word, kind in _BY_LAYOUT if word in self.layout), "narrative")

    def shapes(self, *names: str) -> list[tuple[Shape, Frame]]:
        """The shapes that were made of any of these fields, over all frames."""
        out = []
        for slide, mark in self.frames:
            wanted = {holder.index for holder in mark.holders if set(names) & set(holder.fields)}
            out += [(shape, (slide, mark)) for shape in slide.shapes if _index(shape) in wanted]
        return out

    def lines(self, *names: str) -> list[Line]:
        """What those shapes say."""
        return [line for shape, _ in self.shapes(*names) for line in shape.lines]

    def once(self, *names: str) -> list[Line]:
        """What one of the shapes says that were made of any of these fields: what stands on each frame is said once."""
        shape = chosen([(shape, frame) for shape, frame in self.shapes(*names) if shape.lines])
        return list(shape.lines) if shape is not None else []

    def in_title(self, name: str) -> list[Line]:
        """What the title says, where it was made of that field: slides of a series are called by their names."""
        shapes = [shape for shape, _ in self.shapes(name) if shape.holder in ("title", "ctrTitle")]
        return list(shapes[0].lines) if shapes else []

    @property
    def called(self) -> list[Line]:
        """The title that deckbuilder made of a slide's words, below that of its series; [] for other titles."""
        if not any(shape.holder not in ("title", "ctrTitle") for shape, _ in self.shapes("title")):
            return []
        slide, mark = self.frames[0]
        made = next((holder.fields for holder in mark.holders if holder.index == 0), ("title",))
        title = next((shape for shape in slide.shapes if shape.holder in ("title", "ctrTitle")), None)
        return list(title.lines) if title is not None and not made else []

    def has(self, name: str) -> bool:
        return name in self.fields

    def content(self, name: str) -> list[Content]:
        """What was made of a field and is no text."""
        return [shape.content for shape, _ in self.shapes(name) if not shape.lines]

    def image(self, name: str) -> Image | None:
        """The picture that was made of a field, with its caption and credit; None without one."""
        shapes = [one for one in self.shapes(name) if isinstance(one[0].content, Image)]
        if not shapes:
            return None
        anew = next((shape for shape, frame in shapes if self._replaced(shape, frame)), shapes[0][0])
        about = chosen(shapes)
        assert about is not None
        assert isinstance(anew.content, Image)
        assert isinstance(about.content, Image)
        found = replace(anew.content, alt=about.content.alt, decorative=about.content.decorative)
        words = self.once(f"{name}.caption", f"{name}.credit")
        both = self.has(f"{name}.caption") and self.has(f"{name}.credit")
        caption = [line for line in words if line.level == 0] if both or self.has(f"{name}.caption") else []
        return replace(found, caption=tuple(caption), credit=tuple(line for line in words if line not in caption))

    def _replaced(self, shape: Shape, frame: Frame) -> bool:
        """Whether a shape shows another picture than when it was built."""
        mark = _mark(shape, frame)
        now = self.seen(shape.content.part) if isinstance(shape.content, Image) else ""
        return mark is not None and bool(mark.picture and now) and mark.picture != now

    def table(self) -> Grid | None:
        """The table over all frames, its first row once; None without one."""
        shapes = [(shape, frame) for shape, frame in self.shapes("rows") if isinstance(shape.content, Grid)]
        grids = [shape.content for shape, _ in shapes if isinstance(shape.content, Grid)]
        if not grids:
            return None
        heads = [grid.rows[:1] for grid in grids]
        said = Counter(said_by(shape) for shape, frame in shapes if not changed(shape, frame))
        kept = next((head for head, (shape, _) in zip(heads, shapes, strict=True) if said_by(shape) in said), None)
        usual = kept if kept is not None else max(heads, key=heads.count)
        head = next((one for one in heads if one != usual), usual)
        return Grid((*head, *(row for grid in grids for row in grid.rows[1:])))

    def graph(self) -> Graph | None:
        return next((one for one in self.content("series") if isinstance(one, Graph)), None)

    def count(self, field: str) -> int:
        """How many items of a field there are: of "stages[0].name" and the like."""
        numbers = [int(m[1]) for name in self.fields if (m := re.match(rf"{field}\[(\d+)\]", name))]
        return max(numbers, default=-1) + 1


_BY_FIELD = (
    (r"quote", "quote"), (r"term", "definition"), (r"article", "clipping"), (r"stages\b.*", "stages"), (r"steps\b.*", "steps"),
    (r"events\b.*", "timeline"), (r"audience", "resource"), (r"statement", "statement"), (r"instructions", "activity"),
    (r"options", "poll"), (r"options\[.*", "quiz"), (r"numbers\[.*", "number"),
    (r"columns\[.*", "columns"), (r"sides\[.*", "comparison"), (r"quadrants\b.*", "matrix"),
    (r"rows", "table"), (r"series", "chart"),
    (r"deck\.sections", "agenda"), (r"deck\.objectives", "objectives"), (r"deck\.references", "references"),
    (r"deck\.(?:title|subtitle|authors|organisation)", "cover"), (r"section\..*", "section"), (r"video.*|poster", "video"),
    (r"lead_in", "principle"), (r"points", "points"), (r"pictures\[.*", "grid"), (r"minutes", "break"),
)  # fmt: skip
_BY_LAYOUT = (
    ("Definition", "definition"), ("Principle", "principle"), ("Closing", "closing"), ("Credits", "credits"), ("Break", "break"),
    ("Section", "section"), ("Title Slide", "cover"), ("Agenda", "agenda"), ("Objectives", "objectives"),
    ("References", "references"),
    ("Text", "narrative"), ("Question", "discussion"), ("Discussion", "discussion"), ("Picture", "picture"),
)  # fmt: skip


def _index(shape: Shape) -> int | None:
    return 0 if shape.holder in ("title", "ctrTitle") else shape.index


def chosen(shapes: Sequence[tuple[Shape, Frame]]) -> Shape | None:
    """Of shapes that say the same the one that somebody has changed since, else the first; None of none."""
    return next((shape for shape, frame in shapes if changed(shape, frame)), shapes[0][0] if shapes else None)


def changed(shape: Shape, frame: Frame) -> bool:
    """Whether a shape says something else than when it was built."""
    mark = _mark(shape, frame)
    return mark is not None and mark.digest != digest(said_by(shape))


def _mark(shape: Shape, frame: Frame) -> HolderMark | None:
    return next((holder for holder in frame[1].holders if holder.index == _index(shape)), None)


def said_by(shape: Shape) -> str:
    """What a shape says, as digests of it are made: its paragraphs, a table's cells, a picture's alternative text."""
    if shape.lines:
        return "\n".join(line.plain for line in shape.lines)
    if isinstance(shape.content, Grid):
        return "\n".join("\n".join(line.plain for line in cell) for row in shape.content.rows for cell in row)
    return getattr(shape.content, "alt", "") or ""


def told(slides: Sequence[Slide], marks: Sequence[SlideMark | None], seen: Seen = lambda _: "") -> list[Told] | None:
    """The slides with their marks, each author's slide once; None where one of them has no mark."""
    if len(slides) != len(marks) or any(mark is None for mark in marks) or not slides:
        return None
    out: list[Told] = []
    for slide, mark in zip(slides, marks, strict=True):
        assert mark is not None
        if out and out[-1].identity == mark.slide and mark.part > out[-1].frames[-1][1].part:
            out[-1] = Told((*out[-1].frames, (slide, mark)), seen)
        else:
            out.append(Told(((slide, mark),), seen))
    return out
