"""How decks open: cover, section, objectives, agenda."""

from __future__ import annotations

import re
from typing import Any

from deckbuilder.importing.kinds.shared import listed, one_picture, split_list, words_in
from deckbuilder.importing.old import Left, Line
from deckbuilder.importing.page import Guess, Page
from deckbuilder.importing.terms import AGENDA, ASKING, BY, COPYRIGHT, COVER, LICENCE, OBJECTIVES, SECTION
from deckbuilder.importing.words import missing, words_of

_NUMBER = re.compile(r"(?:(?:part|section|teil|kapitel|chapter|module?|abschnitt)\s*)?[\dIVX]{1,4}[.:]?", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|&|;|\band\b|\bund\b|\bet\b|\by\b|\be\b)\s*")


def cover(page: Page) -> Guess | None:
    """The first slide, with a title and a few lines below it."""
    if page.place or not page.wordy or not page.title or any(line.marker for line in page.lines):
        return None
    named = page.slide.kind in ("title", "ctrTitle") or bool(COVER.search(page.slide.layout))
    if not named and (len(page.lines) > 8 or words_in(page.lines) > 60):
        return None
    deck: dict[str, Any] = {"title": page.heads(*page.title)}
    left: list[Left] = []
    others: list[Line] = []
    for line in page.lines:
        words = line.words
        by = BY.match(words)
        if COPYRIGHT.search(words) and "copyright" not in deck:
            deck["copyright"] = page.heads(line)
        elif LICENCE.search(words) and "licence" not in deck:
            deck["licence"] = page.heads(line)
        elif by and len(words.split()) <= 16 and "authors" not in deck:
            names = [name.strip() for name in _AND.split(words[by.end() :]) if name.strip()]
            deck["authors"] = names
            rest = missing(words_of(words), *(words_of(name) for name in names))
            left.append(Left("words around the authors' names", " ".join(rest.elements())))
        else:
            others.append(line)
    if others:
        deck["subtitle"] = page.heads(others[0])
    fields: dict[str, Any] = {}
    if len(others) > 1:
        fields["notes"] = page.body(*(line.plainly() for line in others[1:]))
    sure = 0.97 if named else 0.85
    return Guess(
        "cover", fields, sure, "the first slide, with a title", deck, tuple(left), one_picture(page), untitled=True
    )


def section(page: Page) -> Guess | None:
    """A divider: by its layout, or a title with nothing else."""
    if not page.title or not page.wordy or page.images or listed(page.lines) or words_in(page.lines) > 40:
        return None
    numbers = [line for line in page.lines if _NUMBER.fullmatch(line.words)]
    lines = [line for line in page.lines if line not in numbers]
    named = page.slide.kind == "secHead" or bool(SECTION.search(page.slide.layout))
    bare = (
        not lines and 0 < page.place < page.count - 1 and not page.series and not page.heading.endswith(tuple(ASKING))
    )
    if not named and not bare:
        return None
    fields: dict[str, Any] = {"text": page.inline(*lines)} if lines else {}
    left = tuple(Left("a section's number, which slides count by themselves", line.words) for line in numbers)
    why = "its layout is a section's" if named else "a title with nothing else"
    return Guess("section", fields, 0.96 if named else 0.7, why, left=left)


def objectives(page: Page) -> Guess | None:
    """A list under a title that says objectives."""
    if not OBJECTIVES.search(page.heading) or len(page.heading.split()) > 7 or not page.wordy or page.images:
        return None
    found = split_list(page.lines)
    lines = page.lines
    before, items, after = found if found else ([], list(lines), [])
    if after or len(items) < 2 or len({line.level for line in items}) > 1 or len(before) > 2:
        return None
    fields: dict[str, Any] = {"title": page.heads(*page.title)}
    if before:
        fields["text"] = page.inline(*before)
    deck = {"objectives": [page.inline(line) for line in items]}
    return Guess("objectives", fields, 0.95, "a list whose title says objectives", deck, untitled=True)


def agenda(page: Page) -> Guess | None:
    """A list of what the deck's sections are called: the agenda slide lists them by itself."""
    if not AGENDA.search(page.heading) or len(page.sections) < 2 or not page.wordy or page.images or not page.lines:
        return None
    words = words_of(*(line.plain for line in page.lines))
    rest = missing(words, words_of(*page.sections))
    if any(not word.isdecimal() for word in rest):
        return None
    left = (Left("an agenda's items, which are the sections' titles", " ".join(words.elements())),)
    return Guess(
        "agenda", {"title": page.heads(*page.title)}, 0.97, "a list of the deck's sections", left=left, untitled=True
    )
