"""A deck of ours as pages with what they are: titles without their counts, frames of one slide put together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from deckbuilder.importing.kinds.shared import cut
from deckbuilder.importing.old import Line, OldDeck
from deckbuilder.importing.ours.kinds import guessed, uncounted
from deckbuilder.importing.ours.told import Told, changed, chosen, told
from deckbuilder.importing.page import Guess, Page
from deckbuilder.languages import Language, spoken
from deckbuilder.ooxml.package import Package
from deckbuilder.outputs.pptx.marks import DeckMarks, picture_digest

_TITLES = ("title", "ctrTitle")
_COUNT = re.compile(r"\s\u00b7\s\S+(?:[ \u00a0]\S+)*$")


def our_pages(deck: OldDeck, marks: DeckMarks, package: Package | None = None) -> list[tuple[Page, Guess]] | None:
    """The deck's slides and what they are; None for a deck that is not ours, or has slides of others. `package` has its
    pictures, by which those are found that somebody has replaced."""

    def seen(part: str) -> str:
        there = package.parts.get(part) if package is not None else None
        return picture_digest(there.data) if there is not None else ""

    found = told(deck.slides, marks.slides, seen)
    if found is None:
        return None
    names = {_plain(_above(t)) for t in found if _above(t)}
    titles = [_title(t, names) for t in found]
    out = []
    for place, (t, title) in enumerate(zip(found, titles, strict=True)):
        page = _page(t, title, deck, place, len(found))
        guess = guessed(t, page)
        text = " ".join(line.words for line in t.lines("section.text"))
        out.append((page, replace(guess, section=text) if text else guess))
    return out


def _page(t: Told, title: tuple[Line, ...], deck: OldDeck, place: int, count: int) -> Page:
    slides = [slide for slide, _ in t.frames]
    whole = replace(
        slides[0],
        notes=tuple(chain.from_iterable(slide.notes for slide in slides)),
        left=tuple(one for slide in slides for one in slide.left),
        said=sum((slide.said for slide in slides), Counter()),
        id=t.id or (slides[0].id and t.identity) or "",
    )
    blocks = tuple(shape for slide in slides for shape in slide.shapes if shape.holder not in _TITLES)
    return Page(whole, title, blocks, deck.language, place, count, deck.width, deck.height)


def _above(t: Told) -> tuple[Line, ...]:
    """What stands small above a title, without its count; () for nothing."""
    shape = chosen([one for one in t.shapes("title") if one[0].holder not in _TITLES and one[0].lines])
    if shape is None:
        return ()
    line = shape.lines[0]
    count = _COUNT.search(line.plain)
    return (cut(line, 0, count.start()) if count else line,)


def _title(t: Told, names: set[str]) -> tuple[Line, ...]:
    """The title that the author gave the slide. It may stand on several frames: what somebody changed on one counts."""
    titles = [one for one in t.shapes("title") if one[0].holder in _TITLES and one[0].lines]
    first = next((shape for shape, frame in titles if changed(shape, frame)), None)
    if first is None and (above := _above(t)):
        return above
    first = first or next((shape for shape in t.frames[0][0].shapes if shape.holder in _TITLES), None)
    if first is None or not first.lines:
        return ()
    line = first.lines[0] if len(first.lines) == 1 else Line(tuple(run for one in first.lines for run in one.runs))
    for tag in spoken():
        colon = str((Language(tag).words or {}).get("colon", ":"))
        if colon in line.plain and _plain((cut(line, 0, line.plain.index(colon)),)) in names:
            return (cut(line, 0, line.plain.index(colon)),)
    return (uncounted(line),)


def _plain(lines: Sequence[Line]) -> str:
    return " ".join(line.words for line in lines).replace("\u00a0", " ").casefold()
