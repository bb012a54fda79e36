"""Marks for a file that lost them: LibreOffice and Google Slides drop the tags of slides and the numbers of placeholders.

Its slides and shapes are known again by what they say and where they stand, beside those of the deck as it is built now.
"""

from __future__ import annotations

from dataclasses import replace

from deckbuilder.editing.merging import aligned
from deckbuilder.importing.old import OldDeck, Shape, Slide
from deckbuilder.outputs.pptx.marks import DeckMarks, SlideMark

_FURNITURE = ("ftr", "dt", "sldNum", "hdr")
_LEAST = 0.5  # of our slides that have to be found in it


def adopted(old: OldDeck, ours: OldDeck, marks: DeckMarks) -> tuple[OldDeck, DeckMarks] | None:
    """The deck with the marks of ours, and its shapes with our placeholders; None where most of our slides are not in it."""
    places = aligned([_words(slide) for slide in ours.slides], [_words(slide) for slide in old.slides])
    slides = list(old.slides)
    found: list[SlideMark | None] = [None] * len(slides)
    for one, other in places.items():
        made = _known_again(slides[other], ours.slides[one])
        if made is not None:
            slides[other], found[other] = made, marks.slides[one]
    if len([mark for mark in found if mark is not None]) < _LEAST * len(ours.slides):
        return None
    return replace(old, slides=tuple(slides)), DeckMarks(tuple(found), marks.built)


def _words(slide: Slide) -> str:
    return " ".join(" ".join(line.words for line in shape.lines) for shape in slide.shapes if _counts(shape))


def _counts(shape: Shape) -> bool:
    return shape.holder not in _FURNITURE


def _known_again(slide: Slide, ours: Slide) -> Slide | None:
    """The slide with the placeholders of ours; None where it has others than these."""
    theirs = [shape for shape in slide.shapes if _counts(shape)]
    like = [shape for shape in ours.shapes if _counts(shape)]
    if [type(shape.content) for shape in theirs] != [type(shape.content) for shape in like]:
        return None
    made = iter([replace(a, holder=b.holder, index=b.index, name=b.name) for a, b in zip(theirs, like, strict=True)])
    shapes = tuple(next(made) if _counts(shape) else shape for shape in slide.shapes)
    return replace(slide, shapes=shapes, layout=ours.layout, kind=ours.kind, section=slide.section or ours.section)
