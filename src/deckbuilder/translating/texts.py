"""A deck's texts, as they go out to translators."""

from __future__ import annotations

from pathlib import Path

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.frozen import dataclass
from deckbuilder.reading.deck import Opened, deck_file, open_deck
from deckbuilder.reading.locales import languages_of
from deckbuilder.source import Inputs
from deckbuilder.translating.messages import Message, messages_of


@dataclass(frozen=True)
class Texts:
    """A deck that was opened, its texts, its own language, and those that there are catalogs in."""

    opened: Opened
    messages: tuple[Message, ...]
    language: str
    known: tuple[str, ...]


def read_texts(deck: Path, session: Path | None, problems: Diagnostics, inputs: Inputs) -> Texts:
    """The texts of a deck, given its folder or its file, and of a session: that beside it where none is given.
    Raises DeckError."""
    beside = deck_file(deck).parent / "session.yaml"
    opened = open_deck(deck, session or (beside if beside.is_file() else None), problems, inputs)
    problems.raise_if_errors()
    own = str(opened.raw.get("language", "en"))
    return Texts(opened, tuple(messages_of(opened, problems, inputs)), own, tuple(languages_of(opened.file.parent)))
