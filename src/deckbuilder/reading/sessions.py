"""What a session says in words, where it is and what its breaks are called: found for translators, and put into a language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from deckbuilder.content.base import Model
from deckbuilder.content.deck import Deck
from deckbuilder.content.session import Break, Lead, Session, SessionDay
from deckbuilder.content.text import as_set
from deckbuilder.reading.locales import Translation
from deckbuilder.source import LocatedStr, position_of

_Placed = TypeVar("_Placed", Break, Lead, SessionDay)

_WORDS = ("place", "label", "title", "trainers")


def session_texts(session: Session) -> Iterator[tuple[LocatedStr, str, str]]:
    """The session's words, with where each stands ("session / breaks.label"), and what it is."""
    yield from _texts(session, "")


def _texts(model: Model, path: str) -> Iterator[tuple[LocatedStr, str, str]]:
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Model):
                yield from _texts(one, f"{path}{name}.")
            elif name in _WORDS and isinstance(one, str) and one:
                about = f"{name} of {model.noun}: {(info.description or '').rstrip('.').lower()}"
                yield LocatedStr(one, position_of(one)), f"session / {path}{name}", about


def with_places(session: Session, renamed: Callable[[str], str]) -> Session:
    """The session with the sections and slides that its days, its breaks and its leads name called otherwise."""

    def moved(model: _Placed, field: str) -> _Placed:
        place = getattr(model, field)
        if place is None or (name := renamed(place)) == place:
            return model
        return model.model_copy(update={field: LocatedStr(name, position_of(place))})

    def paused(breaks: tuple[Break, ...]) -> tuple[Break, ...]:
        return tuple(moved(pause, "after") for pause in breaks)

    days = (moved(day, "begins").model_copy(update={"breaks": paused(day.breaks)}) for day in session.days)
    leads = (moved(lead, "of") for lead in session.leads)
    return session.model_copy(update={"breaks": paused(session.breaks), "days": tuple(days), "leads": tuple(leads)})


def as_titled(session: Session, deck: Deck) -> Session:
    """The session with sections called as their titles are set: "Who's here?" may be typed as in the deck, or as it is shown."""
    titles = {" ".join(section.title.plain.split()): section.title.plain for section in deck.sections}

    def set_as(place: str) -> str:
        return titles.get(" ".join(as_set(place, deck.language).split()), place)

    return with_places(session, set_as)


def in_language(session: Session, translation: Translation) -> Session:
    """The session with those of its words that are translated."""
    made: Session = _translated(session, translation, "")
    names = _names(session, made)
    leads = (lead.model_copy(update={"who": tuple(_renamed(who, names) for who in lead.who)}) for lead in session.leads)
    return made.model_copy(update={"leads": tuple(leads)})


def trainers_in_language(raw: Any, session: Session, made: Session) -> None:
    """Calls trainers in a deck's data, where they `lead` something, as the session of the language, `made`, calls them."""
    names = _names(session, made)
    for section in _mappings(raw, "sections") if names else ():
        for one in (section, *_mappings(section, "slides")):
            if isinstance(one.get("lead"), list):
                one["lead"][:] = [_renamed(who, names) for who in one["lead"]]
            elif "lead" in one:
                one["lead"] = _renamed(one["lead"], names)


def _mappings(data: Any, key: str) -> list[dict[str, Any]]:
    items = data.get(key) if isinstance(data, dict) else None
    return [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []


def _names(session: Session, made: Session) -> dict[str, str]:
    """What trainers are called in the language, where that is something else."""
    pairs = zip(session.trainers, made.trainers, strict=True)
    return {str(before): str(after) for before, after in pairs if before != after}


def _renamed(who: Any, names: Mapping[str, str]) -> Any:
    return LocatedStr(names[who], position_of(who)) if isinstance(who, str) and who in names else who


def _translated(model: Any, translation: Translation, path: str) -> Any:
    changes: dict[str, Any] = {}
    for name in type(model).model_fields:
        value = getattr(model, name)
        new = _value(value, name, translation, path)
        if new != value:
            changes[name] = new
    return model.model_copy(update=changes) if changes else model


def _value(value: Any, name: str, translation: Translation, path: str) -> Any:
    if isinstance(value, tuple):
        return tuple(_value(one, name, translation, path) for one in value)
    if isinstance(value, Model):
        return _translated(value, translation, f"{path}{name}.")
    if name in _WORDS and isinstance(value, str):
        entry = translation.of(f"session / {path}{name}", str(value))
        if entry is not None and entry.words and not entry.stale:
            return LocatedStr(entry.words, entry.at)
    return value
