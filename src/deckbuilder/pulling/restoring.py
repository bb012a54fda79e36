"""Decks of ours that another program saved and dropped the marks of, as LibreOffice and Google Slides do: slides and
placeholders are found by what they say, and what such programs do not keep (levels, markers, looks) is the deck's as it is."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

from deckbuilder.diagnostics import fail
from deckbuilder.importing.old import Graph, Grid, Image, Line, OldDeck, Shape, Slide
from deckbuilder.ooxml.package import Package, Part
from deckbuilder.ooxml.reading import opened_presentation
from deckbuilder.outputs.pptx.marks import DeckMarks, SlideMark

_ALIKE = 0.45  # of two slides' words: from there on they are one, edited
_STILL = 0.2  # of two slides' words, for one between the neighbours of the other
_KNOWN = 0.34  # of the slides, which have to be found for a file to be the deck's
_TITLES = ("title", "ctrTitle")
_FURNITURE = ("ftr", "dt", "sldNum")


def restored(
    there: OldDeck, package: Package, built: Sequence[SlideMark], now: OldDeck, marks: DeckMarks, file: Path, name: str
) -> tuple[OldDeck, DeckMarks]:
    """A saved deck with what its program has dropped, and marks for its slides, None for those that are new. `package` gets the
    pictures that are the deck's. `built` are the marks that the file still has as it was built; `now` and `marks` are the deck
    as it is, built into `file`. Raises DeckError for a file of another deck."""
    pairs = _pairs(there.slides, now.slides)
    if len(pairs) < _KNOWN * len(now.slides):
        raise fail(
            "pull-unmarked",
            f"{name} does not tell which slides it was made of, and says something else than the deck",
            None,
            "give a deck that deckbuilder built and somebody saved; others come in by 'deckbuilder import'",
        )
    slides: list[Slide] = []
    found: list[SlideMark | None] = []
    with opened_presentation(file) as (ours, _):
        both = _Both(package, ours)
        for n, slide in enumerate(there.slides):
            place = pairs.get(n)
            mark = marks.slides[place] if place is not None else None
            slides.append(
                _restored(slide, now.slides[place], both) if place is not None and mark is not None else slide
            )
            found.append(mark)
    sections = there.sections or now.sections
    return replace(there, slides=tuple(slides), sections=sections), DeckMarks(tuple(found), tuple(built) or marks.built)


class _Both:
    """The pictures of a saved deck, and those of the deck as it is."""

    def __init__(self, package: Package, ours: Package) -> None:
        self.package, self.ours = package, ours

    def same(self, there: Image, own: Image) -> bool:
        """Whether two pictures look the same, in whatever size and format they are."""
        pairs = zip(*(looks_of(_data(p, i.part)) for p, i in ((self.package, there), (self.ours, own))), strict=False)
        tones = [abs(a - b) for a, b in pairs]
        return bool(tones) and sum(tones) < 6 * len(tones)

    def taken(self, own: Image) -> Image:
        """The deck's picture, taken into the saved deck's package."""
        name = f"now/{own.vector or own.part}"
        if name not in self.package.parts:
            self.package.add(Part(name, "", _data(self.ours, own.vector or own.part)))
        return replace(own, part=name, vector=None)


def _data(package: Package, part: str) -> bytes:
    return package.parts[part].data if part in package.parts else b""


def _pairs(then: Sequence[Slide], now: Sequence[Slide]) -> dict[int, int]:
    """Which of the edited slides is which of the deck's: the likeliest first, those at the same place before others. One that has
    a slide's title is it, whatever else it says: alternative texts of charts, which repeat their numbers, are dropped."""
    titles = [[_title(slide) for slide in slides] for slides in (then, now)]
    words = [[slide.said for slide in slides] for slides in (then, now)]
    scores = []
    for a, one in enumerate(words[0]):
        for b, other in enumerate(words[1]):
            titled = titles[0][a] == titles[1][b] != ""
            if (share := _share(one, other)) >= _ALIKE or titled:
                scores.append((-share, abs(a - b), a, b))
    out: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, a, b in sorted(scores):
        if a not in out and b not in taken:
            out[a] = b
            taken.add(b)
    ends = {-1: -1, len(then): len(now)}
    for a in range(len(then)):  # one between two that are known is what stands between them in the deck
        b = {**ends, **out}.get(a - 1, -2) + 1
        alone = a not in out and b not in taken and {**ends, **out}.get(a + 1) == b + 1
        if alone and _share(words[0][a], words[1][b]) >= _STILL:
            out[a] = b
    return out


def _title(slide: Slide) -> str:
    return " ".join(_plain(line) for line in slide.title.lines) if slide.title else ""


def _share(one: Counter[str], other: Counter[str]) -> float:
    both = (one & other).total()
    return both / max(one.total(), other.total(), 1)


def _restored(slide: Slide, ours: Slide, both: _Both) -> Slide:
    """The slide with the placeholders that it has in the deck, saying what they say here."""
    rest = [shape for shape in slide.shapes if shape.holder not in _FURNITURE]
    known: list[Shape | None] = []
    for own in ours.shapes:
        found = _found(own, rest)
        if found is not None:
            rest.remove(found)
        known.append(found)
    shapes: list[Shape] = []
    for own, found in zip(ours.shapes, known, strict=True):
        if found is not None:
            shapes.append(_as_ours(found, own, both))
        elif isinstance(own.content, Graph) and (
            drawn := next((s for s in rest if isinstance(s.content, Image)), None)
        ):
            rest.remove(drawn)  # Google Slides makes pictures of charts: what they show cannot be changed there
            shapes.append(own)
    return replace(
        slide,
        layout=ours.layout,
        kind=ours.kind,
        shapes=tuple(shapes),
        notes=_aligned(slide.notes, ours.notes),
        section=slide.section or ours.section,
    )


def _found(own: Shape, shapes: Sequence[Shape]) -> Shape | None:
    """The shape that is the deck's, edited perhaps: of its kind, and the likest in words."""
    kind = [s for s in shapes if type(s.content) is type(own.content)]
    if own.holder in _TITLES:
        return next((s for s in kind if s.holder in _TITLES), None)
    kind = [s for s in kind if s.holder not in _TITLES]
    if not own.lines:
        return next(
            (s for s in kind if getattr(s.content, "alt", "") == getattr(own.content, "alt", "")),
            kind[0] if kind else None,
        )
    words = _said(own)
    best = max(kind, key=lambda s: SequenceMatcher(None, words, _said(s), autojunk=False).ratio(), default=None)
    same = best is not None and SequenceMatcher(None, words, _said(best), autojunk=False).ratio() > 0.3
    return best if same else None


def _said(shape: Shape) -> str:
    return "\n".join(line.words for line in shape.lines)


def _as_ours(found: Shape, own: Shape, both: _Both) -> Shape:
    """The deck's shape, saying what is said here."""
    if own.lines:
        return own.saying(_aligned(found.lines, own.lines))
    one, other = found.content, own.content
    if isinstance(one, Grid) and isinstance(other, Grid):
        if [len(row) for row in one.rows] == [len(row) for row in other.rows]:
            rows = tuple(
                tuple(_aligned(a, b) for a, b in zip(x, y, strict=True))
                for x, y in zip(one.rows, other.rows, strict=True)
            )
            return replace(own, content=replace(other, rows=rows))
        return replace(own, content=one)
    if isinstance(one, Image) and isinstance(other, Image):
        alt = one.alt or other.alt
        if both.same(one, other):
            return replace(own, content=replace(both.taken(other), alt=alt))
        return replace(own, content=replace(one, alt=alt, decorative=other.decorative and not one.alt))
    if isinstance(one, Graph) and isinstance(other, Graph):
        return replace(own, content=replace(other, categories=one.categories, series=one.series))
    return own


def looks_of(data: bytes) -> tuple[int, ...]:
    """A picture's looks: sixteen by sixteen grey tones. () for one that cannot be read."""
    from PIL import Image as Raster

    try:
        with Raster.open(io.BytesIO(data)) as picture:
            small = picture.convert("RGBA").resize((16, 16))
            ground = Raster.new("RGBA", small.size, "white")
            return tuple(Raster.alpha_composite(ground, small).convert("L").tobytes())
    except (OSError, ValueError, SyntaxError, Raster.DecompressionBombError):
        return ()


def _aligned(lines: Sequence[Line], ours: Sequence[Line]) -> tuple[Line, ...]:
    """The lines as they are here, with the levels, markers and looks that they have in the deck; those that are edited take
    those of the line they were."""
    out: list[Line] = []
    codes = SequenceMatcher(None, [_plain(x) for x in ours], [_plain(x) for x in lines], autojunk=False).get_opcodes()
    for tag, a, b, c, d in codes:
        if tag == "equal":
            out += ours[a:b]
            continue
        for n in range(c, d):
            like = ours[min(a + n - c, b - 1)] if a < b else (out[-1] if out else (ours[0] if ours else lines[n]))
            out.append(replace(lines[n], level=like.level, marker=like.marker, number=like.number))
    return tuple(out)


def _plain(line: Line) -> str:
    return " ".join(line.words.replace("\u00a0", " ").split())
