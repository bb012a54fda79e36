"""The texts of a deck, each with what it is for: what rules about words go through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from deckbuilder.content.base import Model
from deckbuilder.content.data import ChartSlide, Series
from deckbuilder.content.deck import Author, Deck, Reference
from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.pictures import Picture
from deckbuilder.content.session import Session
from deckbuilder.content.slides import Attribution, ClippingSlide, Line, QuoteSlide, SlideBase
from deckbuilder.content.text import Text
from deckbuilder.frozen import dataclass
from deckbuilder.source import Position, position_of

Reader = Literal["room", "handout", "guide"]

MASK = "\x00"  # stands in for code, and for words in another language

# The words of others: nobody is told how to write them.
WORDS_OF_OTHERS: dict[type[Model], set[str]] = {
    QuoteSlide: {"quote"},
    ClippingSlide: {"headline", "byline", "article", "dialogue"},
    Line: {"speaker", "line"},
    Attribution: {"author", "source"},
    Author: {"name"},
    Reference: {"text"},
}
_STRINGS: dict[type[Model], set[str]] = {Picture: {"alt"}, ChartSlide: {"alt"}, Series: {"name"}}
_GUIDE = {
    *("safety", "preparation", "room", "materials", "cues", "notes", "virtual"),
    *("listen_for", "follow_ups", "debrief", "why"),
}
_HANDOUT = {"handout", "glossary", "references", "agreements"}


@dataclass(frozen=True, slots=True)
class Passage:
    """A text: its words as read, paragraphs on lines of their own, code and what is marked as another language masked; where it
    begins; the name of its field, and the slide that it is of, if any. `reader` is who gets it first: people in `room` see it
    projected. `others` tells that the words are somebody else's. `text` is None for plain strings."""

    words: str
    at: Position
    field: str
    owner: Model
    slide: AnySlide | None
    reader: Reader
    others: bool = False
    text: Text | None = None


def passages(deck: Deck, session: Session | None) -> Iterator[Passage]:
    """All texts of a deck, and of a session of it."""
    for name in Deck.model_fields:
        if name != "sections":
            yield from _of(getattr(deck, name), name, deck, None, _reader(name, "room"), False)
    for section in deck.sections:
        for name in ("title", "text"):
            yield from _of(getattr(section, name), name, section, None, "room", False)
        for slide in section.slides:
            yield from _within(slide, slide, "room" if "deck" in slide.show else "handout", False)
    if session is not None:
        yield from _within(session, None, "guide", False)


def _reader(name: str, reader: Reader) -> Reader:
    if name in _GUIDE:
        return "guide"
    return "handout" if name in _HANDOUT else reader


def _within(model: Model, slide: AnySlide | None, reader: Reader, others: bool) -> Iterator[Passage]:
    theirs, strings, names = _fields(type(model))
    for name in names:
        inner = "guide" if reader == "guide" else _reader(name, reader)
        if name in strings:
            value = getattr(model, name)
            if (at := position_of(value)) is not None:
                yield Passage(str(value), at, name, model, slide, inner, others)
        else:
            yield from _of(getattr(model, name), name, model, slide, inner, others or name in theirs)


def _of(value: Any, name: str, owner: Model, slide: AnySlide | None, reader: Reader, others: bool) -> Iterator[Passage]:
    if isinstance(value, Text):
        if value.at is not None and value.paragraphs:
            yield Passage(shown(value), value.at, name, owner, slide, reader, others, value)
    elif isinstance(value, Model):
        yield from _within(value, slide, reader, others)
    elif isinstance(value, tuple):
        for item in value:
            if not isinstance(item, str):
                yield from _of(item, name, owner, slide, reader, others)


@cache
def _fields(model: type[Model]) -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    """A model's fields that hold the words of others, those that are plain strings, and all in which there may be texts."""

    def named(table: dict[type[Model], set[str]]) -> frozenset[str]:
        return frozenset(name for kind, names in table.items() if issubclass(model, kind) for name in names)

    settings = {"id", "layout", "show", "gaps", "kind", "sources", "objectives", "minutes", "hidden"}
    skipped = settings if issubclass(model, SlideBase) else set()
    return named(WORDS_OF_OTHERS), named(_STRINGS), tuple(name for name in model.model_fields if name not in skipped)


def shown(text: Text) -> str:
    """A text's words, with code and what is marked as another language masked."""
    return "\n".join(
        "".join(MASK * len(run.text) if run.code or run.lang else run.text for run in paragraph.runs)
        for paragraph in text
    )


_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+", re.IGNORECASE)


def without_addresses(words: str) -> str:
    """The words with addresses masked; every character keeps its place."""
    return (
        _ADDRESS.sub(lambda m: MASK * len(m.group()), words)
        if any(mark in words for mark in ("://", "@", "www."))
        else words
    )


def count_words(words: str) -> int:
    """How many words there are."""
    return len(re.findall(r"[^\W_][\w’'-]*", words))
