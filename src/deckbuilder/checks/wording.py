"""Texts compared with vocabulary lists: terms that would better be said otherwise, each at its place.

Compared is what readers see, so Markdown inside a term does not hide it. Left alone is what somebody else said or
is called: quotations and clippings, words in quotation marks, names, credits and sources, code and addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from deckbuilder.content.base import Model
from deckbuilder.content.data import ChartSlide, DataSlide, Series
from deckbuilder.content.deck import Author, Deck, Reference
from deckbuilder.content.pictures import Picture
from deckbuilder.content.session import Break, Session
from deckbuilder.content.slides import Attribution, ClippingSlide, Line, PointsSlide, QuoteSlide, ResourceSlide
from deckbuilder.content.text import Run, Text
from deckbuilder.content.vocabulary import Level, WordList
from deckbuilder.diagnostics import Diagnostic, Diagnostics, Fix, Severity
from deckbuilder.reading.scalars import MASK, SOFT, Files, as_typed
from deckbuilder.reading.vocabulary import between, is_regex, plain_key, source_of
from deckbuilder.source import Position, position_of

# The words of others, and names.
_EXEMPT: dict[type[Model], set[str]] = {
    QuoteSlide: {"quote"},
    ClippingSlide: {"headline", "byline", "article", "dialogue"},
    Line: {"speaker", "line"},
    Attribution: {"author", "source"},
    Author: {"name"},
    Reference: {"text"},
    ResourceSlide: {"name"},
    PointsSlide: {"source"},
    DataSlide: {"source"},
    Picture: {"credit"},
    Deck: {"organisation", "copyright", "licence"},
}
# Strings (not `Text`) that are read by people; all others are names, ids and settings.
_READ: dict[type[Model], set[str]] = {
    Picture: {"alt"},
    ChartSlide: {"alt", "categories", "unit"},
    Series: {"name"},
    Break: {"label"},
}
_SOFT = str.maketrans(dict.fromkeys(SOFT))
_NEXT = f"{MASK}\n{MASK}"  # between paragraphs, so that no term reaches from one into the next

# Pairs only; an apostrophe is none. What one pair has taken cannot open another.
_QUOTED = re.compile(
    r"“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|»[^«»]*«|‹[^‹›]*›|”[^”]*”|‚[^‚‘’]*[‘’]"
    r"|(?<!\w)\"(?=\S)[^\"]*(?<=\S)\"(?!\w)"
    r"|(?<!\w)‘(?=\S)(?:[^‘’]|(?<=\w)’(?=\w))*(?<=\S)’(?!\w)"
    r"|(?<!\w)'(?=\S)(?:[^']|(?<=\w)'(?=\w))*(?<=\S)'(?!\w)"
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|(?<!\w)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A term in a text, from `start` to `end`."""

    start: int
    end: int
    term: _Term


@dataclass(frozen=True)
class _Term:
    """A wording with what its list gives it."""

    preferred: tuple[str, ...]
    reason: str | None
    link: str | None
    level: Level
    exempt: tuple[str, ...]

    @cached_property
    def allowed(self) -> re.Pattern[str]:
        return _phrases([*self.exempt, *self.preferred])


class _Matcher:
    """The terms of all lists for a language, as one search."""

    def __init__(self, lists: Sequence[WordList], names: Sequence[str]) -> None:
        self.terms: dict[str, _Term] = {}
        self.regexes: list[tuple[re.Pattern[str], _Term]] = []
        for words in lists:
            for wording in words.terms:
                term = _Term(
                    tuple(wording.preferred),
                    wording.reason,
                    wording.link or words.link,
                    wording.level or words.level,
                    tuple(wording.exempt),
                )
                for pattern in wording.pattern:
                    if is_regex(pattern):
                        self.regexes.append((re.compile(source_of(pattern), re.IGNORECASE), term))
                    else:
                        self.terms.setdefault(plain_key(pattern), term)
        self.plain = _phrases(list(self.terms))
        self.small = re.compile(self.plain.pattern)  # all in small letters: twice as fast
        self.names = _phrases([*names, *(phrase for words in lists for phrase in words.exempt)])

    def sees(self, text: str) -> bool:
        """Whether any term is in the text, allowed or not: in few there is."""
        return bool(self.small.search(text.lower())) or any(regex.search(text) for regex, _ in self.regexes)

    def find(self, text: str) -> list[_Found]:
        """What is found, in order: the first from the left, of those the longest; each place once."""
        hits = ((m, self.terms.get(plain_key(m.group()))) for m in self.plain.finditer(text))
        found = [_Found(*m.span(), term) for m, term in hits if term]
        for regex, term in self.regexes:
            found += [_Found(*m.span(), term) for m in regex.finditer(text) if m.group()]
        if not found:
            return found
        found = [one for one in found if not self._allowed(one, text)]
        out: list[_Found] = []
        for one in sorted(found, key=lambda one: (one.start, -one.end)):
            if not out or one.start >= out[-1].end:
                out.append(one)
        return out

    def _allowed(self, one: _Found, text: str) -> bool:
        return any(
            m.start() <= one.start and one.end <= m.end()
            for phrases in (self.names, one.term.allowed)
            for m in phrases.finditer(text)
        )


def _phrases(phrases: Sequence[str]) -> re.Pattern[str]:
    """Finds any of the phrases, the longest where several begin. They are grouped by their first letter, so that
    a search looks at few of them at each word."""
    groups: dict[str, list[str]] = {}
    for phrase in sorted({plain_key(phrase) for phrase in phrases} - {""}, key=lambda p: (-len(p), p)):
        groups.setdefault(phrase[0], []).append(phrase)
    choices = (
        re.escape(first) + "(?:" + "|".join(_rest(phrase) for phrase in group) + ")" for first, group in groups.items()
    )
    source = "|".join(choices) or "(?!)"
    return re.compile(rf"(?<![^\W_])(?:{source})(?![^\W_])", re.IGNORECASE)


def _rest(phrase: str) -> str:
    """The phrase as a regular expression without its first letter."""
    return between(phrase).removeprefix(re.escape(phrase[0]))


def check_wording(deck: Deck, session: Session | None, lists: Sequence[WordList], problems: Diagnostics) -> None:
    """Reports every term of the lists in the texts of a deck and a session of it, at the level it has, where it
    was written. Where lists differ, the first goes before."""
    if any(words.terms for words in lists):
        check = _Check(lists, deck.language, problems, list(_names(deck)))
        for content in (deck, session):
            if content is not None:
                check.walk(content)


class _Check:
    def __init__(self, lists: Sequence[WordList], language: str, problems: Diagnostics, names: Sequence[str]) -> None:
        self.lists = lists
        self.language = language
        self.problems = problems
        self.names = names
        self.matchers: dict[str, _Matcher] = {}
        self.files = Files()

    def matcher(self, language: str) -> _Matcher:
        if language not in self.matchers:
            lists = [words for words in self.lists if words.speaks(language)]
            self.matchers[language] = _Matcher(lists, self.names)
        return self.matchers[language]

    def walk(self, content: Model) -> None:
        for text, at in _texts(content):
            if isinstance(text, Text):
                paragraphs = [paragraph.runs for paragraph in text]
            else:
                paragraphs = [(Run(text),)]
            self.compare(paragraphs, self.language, at)
            for language in {run.lang: 0 for runs in paragraphs for run in runs if run.lang}:
                if language != self.language:
                    self.compare(paragraphs, language, at)

    def compare(self, paragraphs: Sequence[tuple[Run, ...]], language: str, at: Position) -> None:
        matcher = self.matcher(language)
        shown = _NEXT.join(
            "".join(_shown(run, (run.lang or self.language) == language) for run in runs) for runs in paragraphs
        )
        if not matcher.sees(_straight(shown)):
            return
        for one in matcher.find(_straight(_masked(shown))):
            self.report(one, shown, paragraphs, at)

    def report(self, one: _Found, shown: str, paragraphs: Sequence[tuple[Run, ...]], at: Position) -> None:
        words = shown[one.start : one.end]
        typed = as_typed(words, shown[max(0, one.start - 1) : one.start], shown[one.end : one.end + 1])
        whole = _NEXT.join("".join(_shown(run, True) for run in runs) for runs in paragraphs)
        number = sum(m.start() < one.start for m in typed.finditer(whole))
        preferred = " or ".join(f"'{_cased(p, words)}'" for p in one.term.preferred)
        message = f"'{words}' is not the preferred wording; write {preferred}"
        because = [part for part in (one.term.reason, one.term.link) if part]
        hint = "; ".join(part.rstrip(".") for part in because) or "words that are quoted go in quotation marks"
        severity = Severity(one.term.level)
        span = self.files.span(at, typed, number)
        if span is None:
            where = self.files.place(at, typed, number, one.start)
            self.problems.add(Diagnostic(severity, "wording", message, where, hint))
            return
        alone = len(one.term.preferred) == 1 and span.text == words
        fix = Fix(span.at, span.end, _cased(one.term.preferred[0], words)) if alone else None
        self.problems.add(Diagnostic(severity, "wording", message, span.at, hint, fix, span.end, span.text))


def _shown(run: Run, compared: bool) -> str:
    """A run's words without soft hyphens; masked where they are code, or not compared."""
    text = run.text if run.text.isascii() else run.text.translate(_SOFT)
    return MASK * len(text) if run.code or not compared else text


def _straight(text: str) -> str:
    """The text with straight apostrophes, as patterns have them; every character keeps its place."""
    return text.replace("’", "'")


def _masked(text: str) -> str:
    """The text with what is quoted, and addresses, masked; every character keeps its place."""
    out = [_ADDRESS.sub(lambda m: MASK * len(m.group()), part) for part in text.split(_NEXT)]
    return _NEXT.join(_QUOTED.sub(lambda m: MASK * len(m.group()), part) for part in out)


def _cased(preferred: str, found: str) -> str:
    """The preferred words in capitals as the found ones are: all, the first, or as they are."""
    if len(found) > 1 and found.isupper():
        return preferred.upper()
    return preferred[:1].upper() + preferred[1:] if found[:1].isupper() else preferred


def _names(deck: Deck) -> Iterator[str]:
    """Names that the deck declares: who publishes it, who wrote it, what its resources are called."""
    if deck.organisation:
        yield deck.organisation.plain
    for author in deck.authors:
        yield author.name.plain
    for _, slide in deck.slides():
        if isinstance(slide, ResourceSlide):
            yield slide.name.plain


def _texts(content: Model) -> Iterator[tuple[Text | str, Position]]:
    """Every text that an author wrote and people read, with its place; not the words of others."""
    texts, strings = _fields(type(content))
    for name in texts:
        yield from _within(getattr(content, name))
    for name in strings:
        value = getattr(content, name)
        for one in value if isinstance(value, tuple) else (value,):
            if at := position_of(one):
                yield str(one), at


def _within(value: Any) -> Iterator[tuple[Text | str, Position]]:
    if isinstance(value, Text):
        if value.at is not None and value.paragraphs:
            yield value, value.at
    elif isinstance(value, Model):
        yield from _texts(value)
    elif isinstance(value, tuple):
        for item in value:
            if not isinstance(item, str):
                yield from _within(item)


@cache
def _fields(model: type[Model]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A model's fields that may hold texts to compare, and those of them that are strings."""

    def named(table: dict[type[Model], set[str]]) -> set[str]:
        return {name for kind, names in table.items() if issubclass(model, kind) for name in names}

    exempt, strings = named(_EXEMPT), named(_READ)
    texts = tuple(name for name in model.model_fields if name not in exempt | strings)
    return texts, tuple(name for name in model.model_fields if name in strings)
