"""Texts compared with vocabulary lists: terms that would better be said otherwise, each at its place.

Compared is what readers see, so Markdown inside a term does not hide it. Left alone is what somebody else said or
is called: quotations and clippings, words in quotation marks, names, credits and sources, code and addresses.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property
from operator import itemgetter
from typing import Any

from deckbuilder.checks.passages import WORDS_OF_OTHERS
from deckbuilder.content.base import Model
from deckbuilder.content.data import ChartSlide, DataSlide, Series
from deckbuilder.content.deck import Deck
from deckbuilder.content.pictures import Picture
from deckbuilder.content.session import Break, Session
from deckbuilder.content.slides import PointsSlide, ResourceSlide
from deckbuilder.content.text import Run, Text
from deckbuilder.content.vocabulary import Level, Vocabulary
from deckbuilder.diagnostics import Diagnostic, Diagnostics, Fix, Severity
from deckbuilder.frozen import dataclass
from deckbuilder.reading.patterns import Patience, Pattern, TimeIsUp
from deckbuilder.reading.phrases import Phrases, plain_key
from deckbuilder.reading.scalars import MASK, SOFT, Files, Typed, as_typed
from deckbuilder.reading.vocabulary import is_regex, report_endless, source_of
from deckbuilder.source import Position, position_of

# The words of others, and names.
_EXEMPT: dict[type[Model], set[str]] = WORDS_OF_OTHERS | {
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
    r"“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|»[^«»]*«|‹[^‹›]*›|(?<!\S)”[^“”]*“(?!\w)|”[^”]*”|‚[^‚‘’]*[‘’]"
    r"|(?<!\w)\"(?=\S)[^\"]*(?<=\S)\"(?!\w)"
    r"|(?<!\w)‘(?=\S)(?:[^‘’]|(?<=\w)’(?=\w))*(?<=\S)’(?!\w)"
    r"|(?<!\w)'(?=\S)(?:[^']|(?<=\w)'(?=\w))*(?<=\S)'(?!\w)"
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|(?<!\S)[^\s@]+@\S+\.\w+|(?<![\w-])(?<!\w\.)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?",
    re.IGNORECASE,
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
    def allowed(self) -> Phrases:
        return Phrases(map(plain_key, (*self.exempt, *self.preferred)))


class _Matcher:
    """The terms of all lists for a language, as one search."""

    def __init__(self, lists: Sequence[Vocabulary], names: Sequence[str], patience: Patience) -> None:
        self.terms: dict[str, _Term] = {}
        self.patterns: list[tuple[str, Pattern, _Term]] = []
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
                    if is_regex(pattern) and patience.left > 0:
                        self.patterns.append((pattern, Pattern(source_of(pattern), patience), term))
                    elif not is_regex(pattern):
                        self.terms.setdefault(plain_key(pattern), term)
        self.plain = Phrases(self.terms)
        self.names = Phrases(map(plain_key, (*names, *(phrase for words in lists for phrase in words.exempt))))

    def sees(self, text: str) -> bool:
        """Whether there may be a term in the text, allowed or not: in few there is. Raises TimeIsUp."""
        return self.plain.seen(text) or any(self._tried(text, Pattern.seen))

    def find(self, text: str) -> list[_Found]:
        """What is found and not allowed where it stands, in order: the first from the left, of those the longest; each
        place once. Raises TimeIsUp."""
        hits = ((m, self.terms.get(plain_key(m.group()))) for m in self.plain.find(text))
        found = [_Found(*m.span(), term) for m, term in hits if term]
        for (_, _, term), spans in zip(self.patterns, self._tried(text, Pattern.everywhere), strict=True):
            found += [_Found(start, end, term) for start, end in spans]
        return self._not_allowed(found, text) if found else found

    def _tried(self, text: str, search: Callable[[Pattern, str], Any]) -> Iterator[Any]:
        """What each pattern's search gives. The one that has no end is left alone with TimeIsUp."""
        for number, (_, pattern, _) in enumerate(self.patterns):
            try:
                yield search(pattern, text)
            except TimeIsUp:
                self.patterns = self.patterns[number : number + 1]
                raise

    def _not_allowed(self, found: list[_Found], text: str) -> list[_Found]:
        names = _Spans(self.names, text)
        allowed: dict[int, _Spans] = {}
        out: list[_Found] = []
        for one in sorted(found, key=lambda one: (one.start, -one.end)):
            if (out and one.start < out[-1].end) or names.hold(one):
                continue
            if id(one.term) not in allowed:
                allowed[id(one.term)] = _Spans(one.term.allowed, text)
            if not allowed[id(one.term)].hold(one):
                out.append(one)
        return out


class _Spans:
    """Where in a text phrases stand."""

    def __init__(self, phrases: Phrases, text: str) -> None:
        self.spans = [match.span() for match in phrases.find(text)] if phrases.seen(text) else []

    def hold(self, one: _Found) -> bool:
        """Whether it lies within one of them."""
        number = bisect_right(self.spans, one.start, key=itemgetter(0)) - 1
        return number >= 0 and one.end <= self.spans[number][1]


def check_wording(deck: Deck, session: Session | None, lists: Sequence[Vocabulary], problems: Diagnostics) -> None:
    """Reports every term of the lists in the texts of a deck and a session of it, at the level it has, where it
    was written. Where lists differ, the first goes before."""
    if any(words.terms for words in lists):
        check = _Check(lists, deck.language, problems, list(_names(deck)))
        for content in (deck, session):
            if content is not None:
                check.walk(content)


class _Check:
    def __init__(self, lists: Sequence[Vocabulary], language: str, problems: Diagnostics, names: Sequence[str]) -> None:
        self.lists = lists
        self.language = language
        self.problems = problems
        self.names = names
        self.matchers: dict[str, _Matcher] = {}
        self.patience = Patience()
        self.files = Files()

    def matcher(self, language: str) -> _Matcher:
        if language not in self.matchers:
            lists = [words for words in self.lists if words.speaks(language)]
            self.matchers[language] = _Matcher(lists, self.names, self.patience)
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
        try:
            found = matcher.find(_straight(_masked(shown))) if matcher.sees(_straight(shown)) else []
        except TimeIsUp:
            report_endless(matcher.patterns[0][0], self.problems)
            for each in self.matchers.values():
                each.patterns = []
            self.compare(paragraphs, language, at)
            return
        if found:
            place = self.places(
                shown, _NEXT.join("".join(_shown(run, True) for run in runs) for runs in paragraphs), at
            )
            for one in found:
                self.report(one, shown[one.start : one.end], place(one))

    def places(self, shown: str, whole: str, at: Position) -> Callable[[_Found], Position]:
        """Gives the place in its file of what is found in a text: as it is compared, and as it is shown."""
        starts: dict[Typed, list[int]] = {}

        def place(one: _Found) -> Position:
            words = shown[one.start : one.end]
            typed = as_typed(words, shown[max(0, one.start - 1) : one.start], shown[one.end : one.end + 1])
            if typed not in starts:
                starts[typed] = [start for start, _ in typed.finditer(whole)]
            return self.files.place(at, typed, bisect_left(starts[typed], one.start), one.start)

        return place

    def report(self, one: _Found, words: str, at: Position) -> None:
        preferred = " or ".join(f"'{_cased(p, words)}'" for p in one.term.preferred)
        message = f"'{words}' is not the preferred wording; write {preferred}"
        because = [part for part in (one.term.reason, one.term.link) if part]
        hint = "; ".join(part.rstrip(".") for part in because) or "words that are quoted go in quotation marks"
        end = Position(at.file, at.line, at.column + len(words))
        alone = len(one.term.preferred) == 1
        fix = Fix(at, end, _cased(one.term.preferred[0], words), old=words) if alone else None
        self.problems.add(Diagnostic(Severity(one.term.level), "wording", message, at, hint, fix))


def _shown(run: Run, compared: bool) -> str:
    """A run's words without soft hyphens; masked where they are code or a formula, or not compared."""
    text = run.text if run.text.isascii() else run.text.translate(_SOFT)
    return MASK * len(text) if run.code or run.formula or not compared else text


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
