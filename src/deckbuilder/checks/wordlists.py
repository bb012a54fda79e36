"""What rules know of languages: a file each in `lists/`. In other languages the rules that need one say nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import cache
from importlib.resources import files
from typing import Any

from deckbuilder.frozen import dataclass
from deckbuilder.languages import lookup


@dataclass(frozen=True)
class Flesch:
    """A formula for reading ease: `base`, less so much for a word more a sentence, less so much for a syllable more a word.
    `vowels` finds a syllable, `silent` an ending of a word that is none, as patterns without regard to capitals; `called` is
    how the formula is called."""

    called: str
    base: float
    sentence: float
    word: float
    vowels: str
    silent: str

    def syllables(self, word: str) -> int:
        vowels, silent = _pattern(self.vowels), _pattern(self.silent)
        return max(1, len(vowels.findall(word)) - bool(silent.search(word)))


@dataclass(frozen=True)
class Wordlist:
    """What is known of a language; empty of one that has no file. Patterns find nothing then. They are made when somebody asks:
    lists of several languages are read to tell which a text is in."""

    small: frozenset[str] = frozenset()
    vague_verbs: Sequence[str] = ()
    materials: Mapping[str, str] = field(default_factory=dict)  # by what is found, what it is called
    color_words: str | None = None
    opening_words: str | None = None
    twice: frozenset[str] = frozenset()
    agenda: frozenset[str] = frozenset()
    percent: str = ""
    quotes: str = ""
    foreign_dash: str = ""  # one that other languages write
    flesch: Flesch | None = None

    @property
    def color_alone(self) -> re.Pattern[str] | None:
        """Finds what can be found by its colour only."""
        return _pattern(self.color_words) if self.color_words else None

    @property
    def picture_openings(self) -> re.Pattern[str] | None:
        """Finds how an alternative text begins that says that a picture is one."""
        return _pattern(self.opening_words) if self.opening_words else None


@cache
def wordlist(tag: str) -> Wordlist:
    """What is known of the language of a tag (BCP 47)."""
    data = next((known for name in lookup(tag) if (known := _file(name)) is not None), None)
    if data is None or "vague_verbs" not in data:
        return Wordlist(small=frozenset(data["small"].split()) if data else frozenset())
    flesch = data["flesch"]
    return Wordlist(
        small=frozenset(data["small"].split()),
        vague_verbs=data["vague_verbs"],
        materials={word: listed for listed, words in data["materials"].items() for word in words},
        color_words=data["color_alone"],
        opening_words=data["picture_openings"],
        twice=frozenset(data["twice"].split()),
        agenda=frozenset(data["agenda"]),
        percent=data["percent"],
        quotes=data["quotes"],
        foreign_dash=data.get("foreign_dash", ""),
        flesch=Flesch(
            flesch["called"],
            flesch["base"],
            flesch["sentence"],
            flesch["word"],
            flesch["vowels"],
            flesch["silent"],
        ),
    )


@cache
def languages_known() -> tuple[str, ...]:
    """The languages that there is a list of: they are told by their commonest words."""
    names = sorted(f.name.removesuffix(".yaml") for f in files(__package__).joinpath("lists").iterdir())
    return tuple(name for name in names if name != "known")


@cache
def known_abbreviations() -> frozenset[str]:
    """Abbreviations that need no explanation, in any language."""
    data = _file("known")
    assert data is not None
    return frozenset(data["abbreviations"].split())


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


@cache
def _file(name: str) -> dict[str, Any] | None:
    import yaml

    path = files(__package__).joinpath("lists", f"{name}.yaml")
    if not path.is_file():
        return None
    data: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    return data
