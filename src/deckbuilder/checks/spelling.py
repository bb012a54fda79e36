"""Advice on spelling: words that no dictionary has, beside one that it has.

To be of use it has to be believed. So it keeps quiet of what may well be meant: names, abbreviations, the words of others,
the words of the glossary, and words that are not like any other; and of a language without a dictionary it says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckbuilder.checks.matter import Found, Matter, rule
from deckbuilder.checks.passages import Passage, without_addresses
from deckbuilder.diagnostics import Fix
from deckbuilder.languages.dictionary import Dictionary, dictionary_of
from deckbuilder.source import position_of

_WORD = re.compile(r"(?<![\w@#/\\.\x00])[^\W\d_]+(?:['’-][^\W\d_]+)*(?![\w@/\\\x00]|\.\w)")
_PART = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"(?:^|[.!?:…\n])[\s\"'“”„«»‘’()\[\]*_–—-]*$")
_SHORTEST = 3  # letters; below that nearly everything is somebody's abbreviation
_OFTEN = 3  # what stands more often is meant, or is told once
_ENOUGH, _MOST = 60, 0.3  # different words by which a language is judged, and the share that may be unknown
_NAMES = ("term", "credit", "name", "speaker", "organisation", "copyright", "author", "label")
_CAPITAL_NOUNS = ("de", "lb")  # languages whose nouns begin with a capital, as names do


@rule("spelling", of_pages=True)
def misspelt(matter: Matter) -> Iterator[Found]:
    dictionary = dictionary_of(matter.deck.language)
    if dictionary is None:
        return
    known = _known(matter)
    places: dict[str, list[tuple[Passage, int, int]]] = {}
    different: set[str] = set()
    for passage in matter.passages:
        if passage.others or passage.field in _NAMES or matter.in_original(passage):
            continue
        for start, end in _words(passage, matter.deck.language):
            word = passage.words[start:end].replace("’", "'")
            different.add(word)
            if word.casefold() not in known and not _is_word(word, dictionary, known):
                places.setdefault(word, []).append((passage, start, end))
    if len(different) >= _ENOUGH and len(places) > _MOST * len(different):
        share = len(places) / len(different)
        at = position_of(matter.deck.language) or matter.deck.at
        hint = "is 'language' the one that it is written in?"
        yield Found(f"the dictionary {dictionary.name} does not know {share:.0%} of the deck's words", at, hint)
        return
    for word, found in places.items():
        near = dictionary.near(word)[:3]
        if near:
            for passage, start, end in found if len(found) <= _OFTEN else found[:1]:
                yield _told(matter, passage, start, end, near, len(found))


def _told(matter: Matter, passage: Passage, start: int, end: int, near: list[str], count: int) -> Found:
    word = passage.words[start:end]
    span = matter.span(passage, start, end)
    fix = Fix(span.at, span.end, near[0]) if span and span.text == word and len(near) == 1 else None
    times = f", {count} times" if count > _OFTEN else ""
    known = " or ".join(f"'{other}'" for other in near)
    return Found(
        f"no dictionary knows '{word}'{times}", passage.at, f"write {known}; else list it in 'spelling'", fix, span
    )


def _known(matter: Matter) -> set[str]:
    """Words that are right because somebody says so, or is called so."""
    listed = [*matter.deck.spelling, *matter.spelling]
    told = [p.words for p in matter.passages if p.others or p.field in _NAMES]
    people = [author.name.plain for author in matter.deck.authors] + (
        [matter.session.where, *matter.session.trainers] if matter.session else []
    )
    words = " ".join([*listed, *told, *map(str, people)]).replace("’", "'").casefold()
    return {*words.split(), *_PART.findall(words)}


def _words(passage: Passage, language: str) -> Iterator[tuple[int, int]]:
    """Where the words of a passage stand that can be judged."""
    words = without_addresses(passage.words)
    titled = passage.field == "title" and _in_capitals(words)
    nouns = language.partition("-")[0] in _CAPITAL_NOUNS
    for match in _WORD.finditer(words):
        word = match.group()
        named = word[:1].isupper() and not (titled or nouns or _SENTENCE.search(words[: match.start()]))
        if len(word) >= _SHORTEST and not named and not any(letter.isupper() for letter in word[1:]):
            yield match.span()


def _in_capitals(words: str) -> bool:
    """Whether a title is written in capitals, as English ones may be."""
    long = [word for word in _PART.findall(words) if len(word) > 3]
    return len(long) > 1 and sum(word[0].isupper() for word in long) > len(long) / 2


def _is_word(word: str, dictionary: Dictionary, known: set[str]) -> bool:
    """Whether a word is one, or made of words: with a hyphen, or an apostrophe as in French."""
    if dictionary.knows(word) or dictionary.knows(word[:1].lower() + word[1:]):
        return True
    word = re.sub(r"'s$", "", word)
    parts = re.split(r"['-]", word)
    return all(len(part) < _SHORTEST or part.casefold() in known or dictionary.knows(part) for part in parts)
