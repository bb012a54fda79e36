"""Vocabulary lists read: written in a brand file, or files beside it or the deck, or lists that come along."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from deckbuilder.content.text import composed
from deckbuilder.content.vocabulary import Vocabulary
from deckbuilder.diagnostics import Diagnostics, did_you_mean
from deckbuilder.reading.bounds import PATTERN_SECONDS, TERMS
from deckbuilder.reading.patterns import BadPattern, Patience, Pattern, TimeIsUp
from deckbuilder.reading.phrases import Phrases, plain_key
from deckbuilder.reading.problems import errors_of, report_errors
from deckbuilder.reading.yaml import read_yaml
from deckbuilder.source import Inputs, LocatedDict, LocatedList, Position, position_of, shown_path

_SUFFIXES = ("", ".yaml", ".yml")


def shipped_lists() -> dict[str, Path]:
    """The lists that come with deckbuilder, by name."""
    folder = Path(str(files("deckbuilder"))) / "vocabularies"
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def read_vocabulary(
    raw: Any, folder: Path, problems: Diagnostics, inputs: Inputs | None = None
) -> tuple[Vocabulary, ...]:
    """The lists that a `vocabulary` key gives: names of lists (files in the folder, or lists that come along),
    terms, or a whole list. Faults are reported where they stand; a faulty list is left out."""
    if raw is None:
        return ()
    lists: list[Vocabulary | None] = []
    own = LocatedList(position_of(raw))
    for item in raw if isinstance(raw, (list, tuple)) else [raw]:
        if isinstance(item, str):
            lists.append(_named(item, folder, problems, inputs))
        elif isinstance(item, LocatedDict) and not {"terms", "except"}.isdisjoint(item) and "pattern" not in item:
            lists.append(_checked(item, problems))
        elif isinstance(item, LocatedDict):
            own.append(item)
            own.items_at.append(item.at or Position("", 1, 1))
        else:
            at = position_of(item) or position_of(raw)
            problems.error(
                "wrong-type", "'vocabulary' takes names of lists, and terms", at, "write a name, or 'pattern: …' lines"
            )
    if own:
        whole = LocatedDict(own.at)
        whole["terms"] = own
        lists.insert(0, _checked(whole, problems))
    return tuple(one for one in lists if one is not None)


def _named(name: str, folder: Path, problems: Diagnostics, inputs: Inputs | None) -> Vocabulary | None:
    at = position_of(name)
    path = _found(name, folder)
    if path is None:
        near = [p.name for p in folder.glob("*.y*ml") if p.name not in ("_brand.yml", "deck.yaml", "session.yaml")]
        problems.error(
            "vocabulary-missing",
            f"there is no vocabulary list '{name}'",
            at,
            did_you_mean(name, [*shipped_lists(), *near]) or "a YAML file",
        )
        return None
    if not path.resolve().is_relative_to(folder.resolve()) and path not in shipped_lists().values():
        problems.error("path-outside", f"the vocabulary list '{name}' lies outside the folder", at, "copy it there")
        return None
    raw = read_yaml(path, shown_path(path), problems, inputs)
    if raw is None:
        return None
    if isinstance(raw, LocatedList):  # terms alone
        whole = LocatedDict(raw.at)
        whole["terms"] = raw
        raw = whole
    if not isinstance(raw, LocatedDict):
        problems.error("wrong-type", "a vocabulary list is a mapping of keys", position_of(raw), "start with 'terms:'")
        return None
    return _checked(raw, problems)


def _found(name: str, folder: Path) -> Path | None:
    """The file of that name in the folder, with or without its ending; else the list that comes along."""
    for suffix in _SUFFIXES:
        path = folder / f"{name}{suffix}"
        if path.is_file():
            return path
    return shipped_lists().get(name)


def _checked(raw: LocatedDict, problems: Diagnostics) -> Vocabulary | None:
    try:
        out: Vocabulary = TypeAdapter(Vocabulary).validate_python(raw, context={"problems": problems})
    except ValidationError as error:
        report_errors(errors_of(error), raw, problems)
        return None
    found = Diagnostics()
    _check_terms(out, found)
    problems.extend(found)
    return None if found.has_errors else out


def _check_terms(words: Vocabulary, problems: Diagnostics) -> None:
    """Reports patterns that cannot be used, or stand twice, and preferred words that are found themselves."""
    first: dict[str, str] = {}
    patience = Patience()
    patterns: list[tuple[str, Pattern]] = []
    if (count := sum(len(term.pattern) for term in words.terms)) > TERMS:
        problems.error(
            "too-many",
            f"this list has {count:,} patterns; {TERMS:,} are taken",
            words.at,
            "leave out what your texts would hardly say",
        )
        return
    for term in words.terms:
        for pattern in term.pattern:
            at = position_of(pattern)
            key = pattern if is_regex(pattern) else plain_key(pattern)
            if key in first:
                before = position_of(first[key])
                where = f"the first is in line {before.line}; keep one" if before else "keep one"
                problems.error(
                    "vocabulary-pattern-twice", f"the pattern '{pattern}' stands twice in this list", at, where
                )
                continue
            first[key] = pattern
            if is_regex(pattern) and (compiled := _usable(pattern, patience, problems)):
                patterns.append((pattern, compiled))
        for phrase in (*term.preferred, *term.exempt):
            if not phrase.strip():
                problems.error(
                    "vocabulary-empty-words",
                    "these words are empty",
                    position_of(phrase) or term.at,
                    "write words, or drop them",
                )
    for phrase in words.exempt:
        if not phrase.strip():
            problems.error(
                "vocabulary-empty-words",
                "these words are empty",
                position_of(phrase) or words.at,
                "write words, or drop them",
            )
    _check_preferred(words, first, patterns, problems)


def _usable(pattern: str, patience: Patience, problems: Diagnostics) -> Pattern | None:
    """The regular expression; None, reported, where it cannot be used."""
    at = position_of(pattern)
    try:
        compiled = Pattern(source_of(pattern), patience)
        if not compiled.is_all(""):
            return compiled
        problems.error(
            "vocabulary-pattern",
            f"the pattern '{shown(pattern)}' finds nothing in particular",
            at,
            "it matches empty text",
        )
    except BadPattern as error:
        problems.error(
            "vocabulary-pattern",
            f"'{shown(pattern)}' is no regular expression that can be used: {error}",
            at,
            "words alone need no slashes",
        )
    except TimeIsUp:
        report_endless(pattern, problems)
    return None


def _check_preferred(
    words: Vocabulary, first: dict[str, str], patterns: list[tuple[str, Pattern]], problems: Diagnostics
) -> None:
    """Reports preferred words that a pattern finds. `first` gives the pattern of each key."""
    phrases = Phrases(key for key, pattern in first.items() if not is_regex(pattern))
    preferred_words = list(dict.fromkeys(preferred for term in words.terms for preferred in term.preferred))
    finding: dict[str, list[tuple[str, bool]]] = {}
    for preferred in preferred_words:
        key = plain_key(preferred)
        finding[preferred] = [(first[phrase], phrase == key) for phrase in dict.fromkeys(phrases.within(key))]
    for pattern, compiled in patterns:
        try:
            for number in compiled.among(preferred_words):
                preferred = preferred_words[number]
                finding[preferred].append((pattern, compiled.is_all(preferred)))
        except TimeIsUp:
            report_endless(pattern, problems)
            return
    for term in words.terms:
        for preferred in term.preferred:
            at = position_of(preferred) or term.at
            for pattern, whole in finding[preferred]:
                if whole:
                    problems.error(
                        "vocabulary-preferred-found",
                        f"the preferred '{preferred}' is what the pattern '{pattern}' finds",
                        at,
                        "case makes no odds",
                    )
                elif pattern not in term.pattern:
                    problems.warning(
                        "vocabulary-preferred-holds",
                        f"the preferred '{preferred}' has in it what the pattern '{pattern}' finds",
                        at,
                        "where these words stand whole it is not reported",
                    )


def report_endless(pattern: str, problems: Diagnostics) -> None:
    """Reports that searching had no end; the pattern is the one that was searched for then."""
    problems.error(
        "vocabulary-pattern",
        f"the pattern '{shown(pattern)}' takes too long: {PATTERN_SECONDS:.0f} seconds are over",
        position_of(pattern),
        "a repetition of a repetition, as in (a+)+, tries all ways there are; write it without, or as plain words",
    )


def shown(pattern: str) -> str:
    """The pattern, or the beginning of a long one."""
    return pattern if len(pattern) <= 60 else f"{pattern[:59]}…"


def is_regex(pattern: str) -> bool:
    """Whether a pattern stands between slashes."""
    return len(pattern) > 2 and pattern.startswith("/") and pattern.endswith("/")


def source_of(pattern: str) -> str:
    """The regular expression between a pattern's slashes."""
    return composed(pattern[1:-1])
