"""What a session says in words, where it is and what its breaks are called: found for translators, and put into a language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from deckbuilder.content.base import Model
from deckbuilder.content.session import Session
from deckbuilder.reading.locales import Translation
from deckbuilder.source import LocatedStr, position_of

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


def in_language(session: Session, translation: Translation) -> Session:
    """The session with those of its words that are translated."""
    made: Session = _translated(session, translation, "")
    return made


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
