"""How the translations of a deck stand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from deckbuilder.arrangement import Order, arrange, content_of
from deckbuilder.content.edition import Edition
from deckbuilder.diagnostics import DeckError, Diagnostics
from deckbuilder.frozen import dataclass
from deckbuilder.reading.deck import Opened
from deckbuilder.reading.locales import Translation, catalog_file, read_translation
from deckbuilder.source import Inputs, shown_path
from deckbuilder.theme.pack import DEFAULT_THEME
from deckbuilder.translating.messages import Message

# What is said of texts that have more words than room.
_TOO_LONG = ("text-does-not-fit", "table-does-not-fit", "text-set-smaller", "slide-goes-on")


@dataclass(frozen=True)
class Standing:
    """How many texts of a language are translated, changed since, or missing, and how many do not fit as the originals do; None
    where that is not known, since the catalog has errors."""

    language: str
    done: int
    stale: int
    missing: int
    too_long: int | None


def standing(
    opened: Opened, language: str, messages: Sequence[Message], problems: Diagnostics, inputs: Inputs
) -> Standing:
    """How a language stands. What is wrong with its catalog is reported."""
    folder = opened.file.parent
    translation = read_translation(folder, language, problems, inputs)
    done = stale = missing = 0
    for message in messages:
        entry = translation.of(message.context, message.original) if translation else None
        done += bool(entry and entry.words and not entry.stale) or message.keep
        stale += bool(entry and entry.words and entry.stale)
    missing = len(messages) - done - stale
    return Standing(language, done, stale, missing, _too_long(opened, language, translation, inputs))


def _too_long(opened: Opened, language: str, translation: Translation | None, inputs: Inputs) -> int | None:
    if translation is None:
        return None
    said, content = Diagnostics(), None
    try:
        content = content_of(opened, Edition(None, None, language), said, inputs)
        said.raise_if_errors()
        arrange(content, DEFAULT_THEME, Order(Path(opened.file), strict=True), said, inputs)
    except DeckError:
        pass
    off = {code for code, level in content.deck.checks if level == "off"} if content is not None else set()
    name = shown_path(catalog_file(opened.file.parent, language))
    if any(d.code not in _TOO_LONG and d.severity.value == "error" for d in said):
        return None
    return len({d.at for d in said if d.code in _TOO_LONG and d.code not in off and d.at and d.at.file == name})
