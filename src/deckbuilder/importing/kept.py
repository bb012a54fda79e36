"""The words that a deck of ours says, all of its fields."""

from __future__ import annotations

from collections import Counter
from typing import Any

from deckbuilder.api import Content
from deckbuilder.content.base import Model
from deckbuilder.content.text import Text
from deckbuilder.importing.words import words_of

# Fields whose strings are settings or names, and no words of the deck.
_SETTINGS = ("kind", "file", "id", "language", "show", "layout", "fit", "grouping", "chart", "gaps", "checks", "per")
_NAMES = ("sources", "objectives", "vocabulary", "current")
_NO_WORDS = frozenset((*_SETTINGS, *_NAMES))
_WORDS_TOO = ("alt", "name", "categories", "as_of", "unit")


def kept_words(content: Content) -> Counter[str]:
    """The words of a deck's texts, alternative texts and labels of data."""
    found: list[str] = []
    _gather(content.deck, found)
    return words_of(*found)


def _gather(value: Any, found: list[str]) -> None:
    if isinstance(value, Text):
        found += ["".join(run.text for run in paragraph.runs) for paragraph in value]
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            one = getattr(value, name)
            if isinstance(one, str):
                if name in _WORDS_TOO:
                    found.append(one)
            elif name == "categories":
                found += [str(label) for label in one]
            elif name not in _NO_WORDS or (isinstance(one, tuple) and any(isinstance(x, Model) for x in one)):
                _gather(one, found)
    elif isinstance(value, (tuple, list)):
        for one in value:
            _gather(one, found)
