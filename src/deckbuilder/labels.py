"""The words that deckbuilder itself puts on slides and pages, in the deck's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import Formatter
from typing import Any

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.frozen import dataclass, frozen
from deckbuilder.languages import Language, lookup, spoken


@dataclass(frozen=True)
class Labels:
    """Words by name: `labels("page_of", n=5, total=9)`. KeyError for a word that does not exist. Of a word that has plural
    forms, `words` has a mapping."""

    words: Mapping[str, Any]
    language: Language

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", frozen(self.words))

    def __call__(self, name: str, **values: object) -> str:
        word = str(self.words[name])
        return word.format(**values) if values else word

    @property
    def names(self) -> list[str]:
        """What the words are called."""
        return list(self.words)

    def said(self, words: Mapping[str, str | Mapping[str, str]]) -> Labels:
        """The same, some words said otherwise: in any language, or in those that are named by their tags."""
        spoken = [tag.lower() for tag in (self.language.tag, *lookup(self.language.tag))]
        own = {}
        for name, word in words.items():
            if isinstance(word, str):
                own[name] = word
                continue
            by_tag = {tag.lower(): said for tag, said in word.items()}
            if chosen := next((by_tag[tag] for tag in spoken if by_tag.get(tag)), None):
                own[name] = chosen
        return Labels({**self.words, **own}, self.language) if own else self

    def count(self, name: str, number: float) -> str:
        """A word that has plural forms, in the form that goes with the number: "1 row", "2 rows"."""
        forms: Mapping[str, str] = self.words[name]
        return forms.get(self.language.plural(number), forms["other"]).format(n=self.number(number))

    def minutes(self, minutes: float, long: bool = False) -> str:
        """A length such as "5 min" or "2.5 minutes"."""
        return self.count("minutes_long", minutes) if long else self("minutes", n=self.number(minutes))

    def day(self, number: int, *about: str) -> str:
        """One of several days, with its date and place where it has them: "Day 2 · 16 March 2027"."""
        return " · ".join(filter(None, (self("day", n=number), *about)))

    def number(self, number: float) -> str:
        """A number as the language writes it."""
        return self.language.number(number)


def wrong_word(name: str, word: str) -> str | None:
    """Why a word cannot be said so; None where it can. KeyError for a name that no word has."""
    usual = (Language("en").words or {})[name]
    if not isinstance(usual, str):
        return "has forms for numbers, which are the language's"
    wanted, given = (
        sorted(field for _, field, _, _ in Formatter().parse(x) if field is not None) for x in (usual, word)
    )
    return (
        None if wanted == given else f"has to have {' and '.join('{' + x + '}' for x in wanted) or 'no braces'} in it"
    )


def word_names() -> list[str]:
    """What the words are called."""
    return list(Language("en").words or {})


def read_labels(tag: str, problems: Diagnostics, can_set: Callable[[str], bool] = lambda _: True) -> Labels:
    """The words for a language tag; English ones, with a warning, where there are none, or none that
    `can_set` says can be set."""
    language = Language(tag)
    words = language.words
    if words is None:
        problems.warning(
            "language-without-words",
            f"deckbuilder has no words of its own in '{tag}'; headings such as 'Agenda' are in English",
            None,
            f"languages it speaks: {', '.join(spoken())}",
        )
    elif not can_set(str(words["agenda"])):
        problems.warning(
            "language-without-words",
            f"deckbuilder's own words in '{tag}' cannot be set yet; headings such as 'Agenda' are in English",
            None,
            "install the dictionaries that tell where words end: pip install 'facilitator-deckbuilder[icu]'",
        )
        words = None
    if words is None:
        language = Language("en")
        words = language.words or {}
    return Labels(words, language)
