"""The texts of a deck for a translator: what each says, where it stands, what it is, and how much room it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from deckbuilder.arrangement import Order, arrange, content_of
from deckbuilder.content.base import Model
from deckbuilder.content.data import Series
from deckbuilder.content.deck import Deck
from deckbuilder.content.edition import Edition
from deckbuilder.content.projection import FACILITATORS
from deckbuilder.content.slides import QuoteSlide, SlideBase
from deckbuilder.content.text import Text
from deckbuilder.diagnostics import Diagnostics, Severity
from deckbuilder.frozen import dataclass
from deckbuilder.reading.choosing import BODIES
from deckbuilder.reading.deck import Opened
from deckbuilder.reading.locales import field_of
from deckbuilder.reading.sessions import session_texts
from deckbuilder.reading.translations import ADDRESSES, KEEP, PLAIN, contexts
from deckbuilder.source import Inputs, LocatedDict, LocatedStr, Position, position_of
from deckbuilder.theme.pack import DEFAULT_THEME
from deckbuilder.translating.room import rooms_of


@dataclass(frozen=True)
class Message:
    """A text: as written, its context, notes for the translator, whether it may stay as it is, and its line in the deck."""

    original: str
    context: str
    notes: tuple[str, ...]
    keep: bool
    line: int


@dataclass(frozen=True)
class _About:
    """What a model tells of a text of its."""

    notes: tuple[str, ...]
    keep: bool


def messages_of(opened: Opened, problems: Diagnostics, inputs: Inputs) -> list[Message]:
    """The texts of a deck in all its variants, in the order of the file, then those of its session; each once for its context."""
    whole, opened = opened, replace(opened, session=None, known=True)
    about: dict[Position, _About] = {}
    for variant in (None, *opened.variants):
        said = Diagnostics()
        with problems.gathering():
            content = content_of(opened, Edition(variant), said, inputs)
        problems.extend(problem for problem in said if problem.severity is Severity.ERROR)
        problems.raise_if_errors()
        order = Order(Path(opened.file))
        rooms = rooms_of(arrange(content, DEFAULT_THEME, order, Diagnostics(), inputs).frames)
        for at, one in _of_deck(content.deck, rooms):
            about.setdefault(at, one)
    bodies = set(_chosen_bodies(opened.raw))
    out: dict[tuple[str, str], Message] = {}
    for text, context in contexts(opened.raw):
        known = about.get(text.at) if text.at else None
        if known is None and id(text) in bodies:
            known = _About(("a text of some variants",), False)
        if known is None and field_of(context).rpartition(".")[2] in ADDRESSES:
            known = _About(("an address: stays as it is, unless there is such a page in the language",), True)
        if known is not None and any(map(str.isalpha, text)):
            line = text.at.line if text.at else 0
            out.setdefault((context, str(text)), Message(str(text), context, known.notes, known.keep, line))
    for text, context, says in session_texts(whole.session) if whole.session else ():
        if any(map(str.isalpha, text)):
            notes = (says, "of the session, not of the deck: it may stay as it is")
            line = text.at.line if text.at else 0
            out.setdefault((context, str(text)), Message(str(text), context, notes, True, line))
    return list(out.values())


def _chosen_bodies(value: Any, key: str = "") -> Iterator[int]:
    """The strings of texts that consist of several, for variants."""
    if isinstance(value, LocatedStr):
        if key in BODIES:
            yield id(value)
    elif isinstance(value, LocatedDict):
        chosen = "text" in value and ("for" in value or "not_for" in value)
        for name, inner in value.items():
            yield from _chosen_bodies(inner, key if chosen and name == "text" else str(name))
    elif isinstance(value, list):
        for inner in value:
            yield from _chosen_bodies(inner, key)


def _of_deck(deck: Deck, rooms: Mapping[tuple[str, str], str]) -> Iterator[tuple[Position, _About]]:
    shown = {field.removeprefix("deck."): room for (_, field), room in rooms.items() if field.startswith("deck.")}
    for name in Deck.model_fields:
        if name != "sections":
            yield from _texts(getattr(deck, name), deck, name, "the deck", shown, Deck in _facilitators(name), name)
    for section in deck.sections:
        places = {slide.identity for slide in section.slides}
        shown = {field: room for (identity, field), room in rooms.items() if identity in places}
        for name in ("title", "text"):
            yield from _texts(getattr(section, name), section, name, "a section", shown, False, f"section.{name}")
        for slide in section.slides:
            own = {field: room for (identity, field), room in rooms.items() if identity == slide.identity}
            yield from _model(slide, slide.noun, own, False)


def _facilitators(name: str) -> set[type[Any]]:
    return {kind for kind, names in FACILITATORS.items() if name in names}


def _model(
    model: Model, noun: str, rooms: Mapping[str, str], hidden: bool, path: str = ""
) -> Iterator[tuple[Position, _About]]:
    for name in type(model).model_fields:
        inner = hidden or any(isinstance(model, kind) for kind in _facilitators(name))
        here = f"{path}.{name}" if path else name
        yield from _texts(getattr(model, name), model, name, noun, rooms, inner, here)


def _texts(
    value: Any, model: Model, name: str, noun: str, rooms: Mapping[str, str], hidden: bool, path: str
) -> Iterator[tuple[Position, _About]]:
    """The texts of a value, the field of a model; `path` is where that stands, as `rooms` have it."""
    if isinstance(value, tuple):
        for item in value:
            yield from _texts(item, model, name, noun, rooms, hidden, f"{path}[]")
    elif isinstance(value, Model):
        yield from _model(value, f"{value.noun} of {noun}", rooms, hidden, path)
    elif isinstance(value, Text) or (isinstance(value, str) and _is_words(model, name)):
        at = value.at if isinstance(value, Text) else position_of(value)
        if at is not None:
            keep = any(isinstance(model, kind) and name in names for kind, names in KEEP.items())
            code = isinstance(value, Text) and any(run.code for run in value.runs)
            room = None if hidden or name == "alt" else _room(rooms, path)
            yield at, _About(tuple(_notes(model, name, noun, room, hidden, keep, code)), keep)


def _room(rooms: Mapping[str, str], path: str) -> str | None:
    """What is known of the room of a place, or of the list that it stands in."""
    while path and path not in rooms:
        path = path[:-2] if path.endswith("[]") else path.rpartition(".")[0]
    return rooms.get(path)


def _is_words(model: Model, name: str) -> bool:
    """Whether a string is shown to somebody."""
    return name in PLAIN or (isinstance(model, Series) and name == "name")


def _notes(model: Model, name: str, noun: str, room: str | None, hidden: bool, keep: bool, code: bool) -> Iterator[str]:
    said = (type(model).model_fields[name].description or "").rstrip(".") if name in type(model).model_fields else ""
    yield f"{name.replace('_', ' ')} of {noun}" + (f": {said[:1].lower()}{said[1:]}" if said else "")
    if hidden:
        yield "seen by facilitators only: in the guide and the speaker notes"
    elif name == "alt":
        yield "heard by those who cannot see the picture"
    elif name == "handout" and isinstance(model, SlideBase):
        yield "seen in the handout"
    if room:
        yield room
    if code:
        yield "code, between ` delimiters, stays as it is"
    if keep and name != "quote":
        yield "not to be translated, unless it is known by another name in the language: a name, or a work's title"
    if isinstance(model, QuoteSlide) and name == "quote":
        yield "words of others: not to be translated, unless there is a translation that was published"
