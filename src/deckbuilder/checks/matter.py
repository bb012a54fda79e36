"""What rules of advice are given, what they find, and the list of them.

A rule is a function that is given a `Matter` and yields what it finds. `rule` enters it in `RULES_OF_ADVICE` under its code,
one of `advice.ADVICE`, which has its level and why it matters.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from deckbuilder.checks.passages import Passage, passages
from deckbuilder.checks.wordlists import Wordlist, wordlist
from deckbuilder.content.deck import Deck
from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.pictures import PictureFile
from deckbuilder.content.schedule import Schedule
from deckbuilder.content.session import Session
from deckbuilder.diagnostics import Diagnostic, Diagnostics, Fix, Severity
from deckbuilder.frozen import dataclass
from deckbuilder.languages import Language
from deckbuilder.layout.frame import SlideFrame
from deckbuilder.reading.locales import catalog_file
from deckbuilder.reading.scalars import Files, Span, Typed, as_typed, spans_of
from deckbuilder.rules import RULES
from deckbuilder.source import Position
from deckbuilder.theme.theme import Theme


@dataclass(frozen=True)
class Found:
    """What a rule found: a message, where, a way out, and what mends it where that can be said exactly. `span` is the
    stretch of the file that it is about, None for the value that begins at `at`."""

    message: str
    at: Position | None
    hint: str | None = None
    fix: Fix | None = None
    span: Span | None = None


@dataclass(frozen=True)
class Document:
    """A document as set: how it is called, how many pages and sheets of paper it takes, how much is left free on pages (by
    number), and on which pages slides stand, by their identity."""

    name: str
    pages: int
    sheets: int
    rests: Mapping[int, float]
    slides: Mapping[str, int]


@dataclass(frozen=True)
class Matter:
    """What there is to look at. `frames` are the slides in the `theme`; `documents` are those that have been set. `folder` is
    the deck's, `file` what messages call the deck's file; `inputs` are all files that were read. `today` is None for whoever does
    not want to be told of dates, `links` whether addresses may be tried. `spelling` are words that the organisation spells so."""

    deck: Deck
    session: Session | None
    schedule: Schedule
    pictures: Mapping[str, PictureFile]
    theme: Theme
    frames: Sequence[SlideFrame]
    folder: Path
    file: str
    inputs: tuple[Path, ...] = ()
    documents: tuple[Document, ...] = ()
    today: dt.date | None = None
    links: bool = False
    spelling: tuple[str, ...] = ()

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(passages(self.deck, self.session))

    @cached_property
    def slides(self) -> tuple[AnySlide, ...]:
        return tuple(slide for _, slide in self.deck.slides())

    @cached_property
    def language(self) -> Language:
        return Language(self.deck.language)

    @cached_property
    def words(self) -> Wordlist:
        """What the rules know of the deck's language."""
        return wordlist(self.deck.language)

    @cached_property
    def _translation(self) -> bool:
        """Whether the deck is read in a language that it is translated into."""
        catalog = catalog_file(self.folder, self.deck.language).resolve()
        return any(path.resolve() == catalog for path in self.inputs if path.suffix == catalog.suffix)

    def in_original(self, passage: Passage) -> bool:
        """Whether a passage is not translated, in a deck that is: its words are of another language, and a warning counts it."""
        return self._translation and passage.at.file == self.file

    @cached_property
    def files(self) -> Files:
        """Where words stand in files."""
        return Files()

    def span(self, passage: Passage, start: int, end: int, typed: Typed | re.Pattern[str] | None = None) -> Span | None:
        """Where in the file words of a passage stand; None where they cannot be found, since a variable brought them. `typed`
        finds what may have been typed for them, else the words themselves."""
        words = passage.words
        if typed is None:
            typed = as_typed(words[start:end], words[max(0, start - 1) : start], words[end : end + 1])
        number = sum(first < start for first, _ in spans_of(typed, words))
        return self.files.span(passage.at, typed, number)


Rule = Callable[[Matter], Iterator[Found]]


@dataclass(frozen=True)
class Entry:
    """A rule with its code. One `of_theme` is asked for each theme, one `of_pages` only once documents are set."""

    code: str
    look: Rule
    of_theme: bool = False
    of_pages: bool = False


RULES_OF_ADVICE: list[Entry] = []


def rule(code: str, *, of_theme: bool = False, of_pages: bool = False) -> Callable[[Rule], Rule]:
    """Enters a function in the list of rules."""
    if not RULES[code].advice:
        raise ValueError(f"'{code}' is no advice; add it to advice.py")

    def enter(look: Rule) -> Rule:
        RULES_OF_ADVICE.append(Entry(code, look, of_theme, of_pages))
        return look

    return enter


def advise(matter: Matter, problems: Diagnostics, first: bool = True) -> None:
    """Adds what the rules find. `first` False asks those of themes alone: another theme has answered the others."""
    for entry in RULES_OF_ADVICE:
        if (first or entry.of_theme) and (matter.documents or not entry.of_pages):
            severity = Severity(RULES[entry.code].level)
            for found in entry.look(matter):
                at = found.span.at if found.span else found.at
                end, text = (found.span.end, found.span.text) if found.span else (None, None)
                problems.add(Diagnostic(severity, entry.code, found.message, at, found.hint, found.fix, end, text))


def slide_name(slide: AnySlide) -> str:
    """What messages call a slide."""
    title = getattr(slide, "title", None)
    return f"'{title.plain}'" if title else f"this {slide.kind} slide"
