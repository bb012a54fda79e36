"""How much is taken of what people write, where more would keep the machine busy or fill its memory.

Each bound is far beyond what a training needs, says so at the place where it is met, and names a way out. Within them time
and memory grow no faster than what was written. What has a bound of its own has it where it is read: YAML's depth and aliases
(`yaml`), delimiters of Markdown (`content.refusals`), rows and columns (the models), drawings, pictures, packages and templates.
"""

from __future__ import annotations

import math
import os
import re
from collections import Counter
from typing import Any

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.source import LocatedDict, LocatedList, LocatedStr, Position

TEXT = 20_000  # characters of one text, seven pages: looking for delimiters grows with the square of some texts
KEY = 200  # characters of a key
KEYS = 1_000  # of a mapping: for each that is unknown the nearest is looked for
SLIDE = 60_000  # characters of all that a slide says, its notes and cues too: twenty pages
# Of a deck, all together: what is read, measured, set and checked takes some 16 microseconds for each, in three documents.
# What 300 slides with their notes take; about ten seconds and 300 MB, whatever the deck is made of (benchmarks/bound.py).
WORK = 600_000
LARGE = "DECKBUILDER_LARGE"  # whoever sets this in the environment takes decks that make more work; a deck cannot
_OF_SLIDE, _OF_CHART, _OF_TEXT, _OF_LINE, _OF_WIDE, _OF_DELIMITER = 350, 1_000, 68, 64, 8, 240
_OF_CUE = 45
# Lines to write on, a note, a QR code, bold and the like.
_OF_QUESTION, _OF_LINK, _OF_ADDRESS, _OF_SIGN = 150, 250, 600, 7
_WIDE = "[\u2e80-\ud7ff\uf900-\ufaff\U0001f000-\U0003ffff]"  # each may begin a line
SECTIONS = 500  # of a deck: each stands in every agenda
ITEMS = 1_000  # of a list of a slide: a hundred slides of them
ENTRIES = 5_000  # of any other list: references, objectives, breaks
CELLS = 6_000  # of a table: a hundred slides of them
TERMS = 5_000  # patterns of a vocabulary list
PATTERN = 2_000  # characters of a regular expression
UNFOLDED = 10_000  # characters of one with its counted repetitions written out: the library keeps each of them
PATTERN_SECONDS = 4.0  # of the processor, for all searches for regular expressions

# What has bounds of its own in the models: tables and charts.
_COUNTED = {"header", "rows", "categories", "values"}
_DIVIDE = "divide it over several"


def check_text(text: LocatedStr, problems: Diagnostics) -> LocatedStr:
    """The text; where it is too long, reported, no more than its beginning."""
    if len(text) <= TEXT:
        return text
    problems.error(
        "text-too-long",
        f"this text has {len(text):,} characters; one text may have {TEXT:,}",
        text.at,
        f"{_DIVIDE} slides, or hand it out as a file of its own and name that in the resources",
    )
    return _beginning(text)


def check_key(key: str, at: Position, problems: Diagnostics) -> str:
    """The key; where it is too long, reported, no more than its beginning."""
    if len(key) <= KEY:
        return key
    problems.error(
        "text-too-long",
        f"this key has {len(key):,} characters; a key may have {KEY:,}",
        at,
        "is a line break missing after a colon, or are quotation marks around the sentence?",
    )
    return key[:40]


def check_keys(keys: list[Any], at: Position, problems: Diagnostics) -> list[Any]:
    """A mapping's keys, whatever they are; where there are too many, reported, the first of them."""
    if len(keys) > KEYS:
        problems.error(
            "too-many",
            f"this mapping has {len(keys):,} keys; {KEYS:,} are taken",
            at,
            "are list items meant? they begin with '- '",
        )
    return keys[:KEYS]


def bounded(raw: Any, problems: Diagnostics) -> None:
    """Reports what there is too much of in a deck or a session, and cuts it off there, so that the rest can be looked at."""
    if not isinstance(raw, LocatedDict):
        return
    sections = raw.get("sections")
    for key, value in raw.items():
        if key != "sections":
            _bound_lists(key, value, ENTRIES, problems)
    if not isinstance(sections, LocatedList):
        return
    _cut("sections", sections, SECTIONS, "a deck", problems, f"{_DIVIDE} decks, one for each day or module")
    most_work = math.inf if os.environ.get(LARGE) else WORK
    work = sum(work_of(value) for key, value in raw.items() if key != "sections")
    count, shares = 0, Counter[tuple[str, str]]()
    for number, section in enumerate(sections, 1):
        slides = section.get("slides") if isinstance(section, LocatedDict) else None
        if not isinstance(slides, LocatedList):
            continue
        for place, slide in enumerate(slides):
            _bound_slide(slide, problems)
            work += work_of(slide)
            if isinstance(slide, LocatedDict):
                for key in slide.keys() - {"kind"}:
                    shares[str(slide.get("kind")), str(key)] += work_of({key: slide[key]})
            if work > most_work and count:
                (kind, most), share = max(shares.items(), key=lambda one: (one[1], one[0]), default=(("", ""), 0))
                of = f"most is in '{most}' of '{kind}' slides; " if share > WORK / 2 else ""
                problems.error(
                    "too-many",
                    "the slide before this one, with its texts and tables, is as much as one deck may have"
                    if count == 1
                    else f"the {count:,} slides before this one, with their texts and tables, are as many as one deck may have",
                    slides.items_at[place] if place < len(slides.items_at) else slides.at,
                    f"{of}{_DIVIDE} decks, one for each day or module; or set {LARGE}=1 in the environment, which takes decks of "
                    "your own whole, however long that takes",
                )
                del slides[place:], slides.items_at[place:]
                del sections[number:], sections.items_at[number:]
                return
            count += 1


def work_of(value: Any) -> int:
    """How much there is to do for what was written, in letters of plain text."""
    if isinstance(value, dict):
        kind, questions, links, cues = (value.get(key) for key in ("kind", "questions", "links", "cues"))
        own = _OF_SLIDE * (kind is not None) + _OF_CHART * (kind == "chart") + _OF_ADDRESS * ("join" in value)
        own += _OF_QUESTION * len(questions) if isinstance(questions, list) else 0
        own += _OF_CUE * len(cues) if isinstance(cues, list) else 0
        own += _OF_ADDRESS * len(links) if isinstance(links, list) else 0
        return sum(map(work_of, value.values())) + own
    if isinstance(value, list):
        return sum(map(work_of, value))
    if not isinstance(value, str):
        return _OF_TEXT
    wide = 0 if value.isascii() or max(value) < _WIDE[1] else len(re.findall(_WIDE, value))
    delimiters = value.count("$") + value.count("^[") + value.count("[[")  # of formulas, footnotes and gaps
    signs = value.count("*") + value.count("`")
    return (
        _OF_TEXT
        + len(value)
        + _OF_LINE * value.count("\n")
        + _OF_WIDE * wide
        + _OF_DELIMITER * delimiters
        + _OF_LINK * value.count("://")
        + _OF_SIGN * signs
    )


def _bound_slide(slide: Any, problems: Diagnostics) -> None:
    if not isinstance(slide, LocatedDict):
        return
    for key, value in slide.items():
        if key not in _COUNTED:
            _bound_lists(key, value, ITEMS, problems)
    rows = slide.get("rows")
    if isinstance(rows, LocatedList):
        wide = max((len(row) for row in rows if isinstance(row, list)), default=1) or 1
        few = "show the rows that matter, and hand out the rest as a file"
        _cut("rows", rows, CELLS // wide, f"a table of {wide} columns", problems, few)
        for row in rows:
            if isinstance(row, LocatedList):
                row[:] = [check_text(cell, problems) if isinstance(cell, LocatedStr) else cell for cell in row]
    said = sum(_letters(value) for key, value in slide.items() if key not in _COUNTED)
    if said > SLIDE:
        problems.error(
            "text-too-long",
            f"this slide, its notes and cues included, has {said:,} characters; a slide may have {SLIDE:,}",
            slide.at,
            f"{_DIVIDE} slides, or hand it out as a file of its own and name that in the resources",
        )
        for key, value in slide.items():
            if key not in _COUNTED:
                slide[key] = _shortened(value)


def _bound_lists(key: str, value: Any, most: int, problems: Diagnostics) -> None:
    """Bounds the list, and those within it."""
    if isinstance(value, LocatedDict):
        for name, inner in value.items():
            _bound_lists(name, inner, most, problems)
    elif isinstance(value, LocatedList):
        _cut(
            key,
            value,
            most,
            "a list here",
            problems,
            f"{_DIVIDE} slides" if most == ITEMS else "keep those that matter",
        )
        for inner in value:
            if isinstance(inner, (LocatedDict, LocatedList)):
                _bound_lists(key, inner, most, problems)


def _cut(key: str, items: LocatedList, most: int, of: str, problems: Diagnostics, hint: str) -> None:
    if len(items) <= most:
        return
    at = items.items_at[most] if most < len(items.items_at) else items.at
    problems.error("too-many", f"'{key}' goes past what {of} may have, {most:,}", at, hint)
    del items[most:]
    del items.items_at[most:]


def _letters(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return sum(map(_letters, inner))


def _shortened(value: Any) -> Any:
    """The value with the beginnings of its texts, and of its lists."""
    if isinstance(value, LocatedDict):
        for key in value:
            value[key] = _shortened(value[key])
    elif isinstance(value, LocatedList):
        value[:] = [_shortened(inner) for inner in value[:20]]
        del value.items_at[20:]
    elif isinstance(value, LocatedStr):
        return _beginning(value)
    return value


def _beginning(text: LocatedStr) -> LocatedStr:
    return LocatedStr(text[:40], text.at)
