"""Phrases found in texts: whole, in small letters or capitals, with a blank or a hyphen between their words.

A list may hold thousands of them. They are looked up by how they begin, so that a text takes about as long with
many as with few.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from deckbuilder.content.text import composed

# Between the words of a phrase: spaces of any kind, line ends, or a hyphen.
BETWEEN = r"(?:\s+|[-\u2010\u2011])"
# Letters of scripts that put no spaces between words: Han, kana, Thai, Lao, Khmer and Burmese. A word may begin and end at any of
# them.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff"
# Letters and digits to the next that is neither, one letter of those scripts, or one sign.
_BEGINS = rf"[{_UNSPACED}]|(?:(?<![^\W_])|(?<=[{_UNSPACED}]))(?:(?:(?![{_UNSPACED}])[^\W_])+|\S)"
_ENDS = rf"(?:(?![^\W_])|(?=[{_UNSPACED}])|(?<=[{_UNSPACED}]))"
_compiled = cache(re.compile)  # when first asked for: so many letters take milliseconds


class Phrases:
    """A set of phrases, given as `plain_key` writes them."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._groups: dict[str, list[str]] = {}
        for key in sorted(set(keys) - {""}, key=lambda key: (-len(key), key)):
            begins = _compiled(_BEGINS).match(key)
            if begins:
                self._groups.setdefault(begins.group(), []).append(key)
        self._found: dict[str, re.Pattern[str]] = {}

    def seen(self, text: str) -> bool:
        """Whether any phrase may be in the text: the beginning of one is."""
        return bool(self._groups) and not self._groups.keys().isdisjoint(_compiled(_BEGINS).findall(text.lower()))

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """What is found, in order: the first from the left, of those the longest; each place once."""
        end = 0
        if not self._groups:
            return
        for begins in _compiled(_BEGINS).finditer(text):
            if begins.start() < end or (begun := begins.group().lower()) not in self._groups:
                continue
            match = self._beginning(begun).match(text, begins.start())
            if match and not _goes_on(text, match.end()):
                yield match
                end = match.end()

    def within(self, key: str) -> Iterator[str]:
        """Every phrase that is in another, given as `plain_key` writes it."""
        for begins in _compiled(_BEGINS).finditer(key):
            for phrase in self._groups.get(begins.group(), ()):
                end = begins.start() + len(phrase)
                if (
                    key.startswith(phrase, begins.start())
                    and _compiled(_ENDS).match(key, end)
                    and not _goes_on(key, end)
                ):
                    yield phrase

    def _beginning(self, begun: str) -> re.Pattern[str]:
        """Finds any of the phrases that begin so, the longest first."""
        if begun not in self._found:
            source = "|".join(between(key) for key in self._groups[begun])
            self._found[begun] = re.compile(rf"(?:{source}){_ENDS}", re.IGNORECASE)
        return self._found[begun]


def _goes_on(text: str, place: int) -> bool:
    """Whether what ends there has a mark that belongs to it: a vowel sign for instance."""
    return unicodedata.category(text[place : place + 1] or " ").startswith("M")


def between(words: str) -> str:
    """The words as a regular expression, spaces and hyphens between them alike; "(?!)" for none."""
    return BETWEEN.join(re.escape(word) for word in _words(_straight(words).strip()) if word) or "(?!)"


def plain_key(words: str) -> str:
    """What makes two writings of the same words equal."""
    return " ".join(word for word in _words(_straight(words).lower().strip()) if word)


def _straight(words: str) -> str:
    return composed(words).replace("’", "'")


def _words(words: str) -> list[str]:
    return re.split(BETWEEN, words)
