"""A story's flowables to pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlab.platypus import CondPageBreak, Flowable, PageBreak

from deckbuilder.outputs.pages.flowables import Grid
from deckbuilder.outputs.pages.paging.breaking import best_breaks
from deckbuilder.outputs.pages.paging.pieces import Piece, Segment, measured, segments
from deckbuilder.outputs.pages.paging.sheet import Sheet
from deckbuilder.outputs.pages.waypoints import Anchor, RightPage

_FUZZ = 0.01
_WHOLE_PAGE = 900.0  # points that are asked for: more than any page has


def paginate(flowables: Sequence[Flowable], width: float, room: float) -> list[Flowable]:
    """A sheet for each page, and the breaks between them. What is too high for a page is left to ReportLab, by itself."""
    out: list[Flowable] = []
    for opening, chapter in _chapters(flowables):
        if opening is not None:
            out.append(opening)
        pages = list(_pages(segments(chapter, width, room), width, room))
        for number, page in enumerate(pages):
            out += [PageBreak(), page] if number else [page]
    return out


def places(pages: Sequence[Flowable]) -> dict[str, int]:
    """The pages of anchors, by their names, in what `paginate` made."""
    anchors = ((number, placed.piece.flowable) for number, sheet in _numbered(pages) for placed in sheet.placed)
    return {anchor.name: number for number, anchor in anchors if isinstance(anchor, Anchor)}


def rests(pages: Sequence[Flowable]) -> dict[int, float]:
    """How much of a page is left free, as a fraction of its height, by its number: where what follows did not fit."""
    return {number: sheet.rest for number, sheet in _numbered(pages) if sheet.rest is not None}


def _numbered(pages: Sequence[Flowable]) -> Iterator[tuple[int, Sheet]]:
    """The sheets of what `paginate` made, each with its page's number."""
    number = 1
    for page in pages:
        if isinstance(page, PageBreak):
            number += 1
        elif isinstance(page, RightPage):
            number += 1 if number % 2 == 0 else 2
        elif isinstance(page, Sheet):
            yield number, page


def _chapters(flowables: Sequence[Flowable]) -> Iterator[tuple[Flowable | None, list[Flowable]]]:
    """What stands between breaks that are asked for, with the break before it."""
    opening: Flowable | None = None
    chapter: list[Flowable] = []
    for flowable in flowables:
        whole = isinstance(flowable, CondPageBreak) and flowable.height > _WHOLE_PAGE
        if whole or isinstance(flowable, PageBreak | RightPage):
            if chapter:
                yield opening, chapter
                opening = None
            wanted = PageBreak() if whole else flowable
            # Before anything is set there is nothing to go on from; the stricter of two breaks counts.
            if chapter or isinstance(flowable, RightPage):
                opening = wanted
            chapter = []
        else:
            chapter.append(flowable)
    if chapter:
        yield opening, chapter


def _pages(chapter: Sequence[Segment], width: float, room: float) -> Iterator[Flowable]:
    starts = best_breaks(chapter, room)
    rest: Flowable | None = None  # of a flowable that is divided
    for start, end in zip(starts, [*starts[1:], len(chapter)], strict=True):
        page = chapter[start:end]
        pieces: list[Piece] = [page[0].continued] if page[0].continued else []
        for number, segment in enumerate(page):
            following = page[number + 1] if number + 1 < len(page) else None
            if following is not None and following.piece is segment.piece:
                continue  # a part that goes on: it ends further down
            whole = rest if rest is not None else segment.piece.flowable
            if segment.last:
                pieces.append(measured(whole, width) if rest is not None else segment.piece)
                rest = None
                continue
            parts = [one for one in page if one.piece is segment.piece]
            height = parts[0].head + segment.end - parts[0].top if parts[0] is page[0] else segment.end - parts[0].top
            first, rest = _divided(whole, width, height)
            pieces.append(measured(first, width))
        ending = end == len(chapter) or chapter[end].need is not None
        if len(pieces) == 1 and pieces[0].height > room + _FUZZ:
            yield pieces[0].flowable
        else:
            yield Sheet(pieces, width, room, not ending)


def _divided(flowable: Flowable, width: float, height: float) -> tuple[Flowable, Flowable]:
    """A flowable in two, at a height where it can be."""
    divide = flowable.between_rows if isinstance(flowable, Grid) else flowable.split
    first, rest = divide(width, height + _FUZZ)
    return first, rest
