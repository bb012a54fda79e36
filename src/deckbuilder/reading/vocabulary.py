"""Vocabulary lists read: written in a brand file, or files beside it or the deck, or lists that come along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from deckbuilder.content.text import composed
from deckbuilder.content.vocabulary import WordList
from deckbuilder.diagnostics import Diagnostics, did_you_mean, fail
from deckbuilder.reading.problems import errors_of, report_errors
from deckbuilder.reading.yaml import read_yaml
from deckbuilder.source import Inputs, LocatedDict, LocatedList, Position, position_of, shown_path

_SUFFIXES = ("", ".yaml", ".yml")
# Between the words of a term: spaces of any kind, line ends, or a hyphen.
BETWEEN = r"(?:\s+|[-\u2010\u2011])"


def shipped_lists() -> dict[str, Path]:
    """The lists that come with deckbuilder, by name."""
    folder = Path(str(files("deckbuilder"))) / "vocabularies"
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def copy_list(name: str, folder: Path) -> Path:
    """Copies a list that comes along into a folder; returns the copy. Raises DeckError when there is none
    of that name, or a file is in the way."""
    lists = shipped_lists()
    if name not in lists:
        raise fail("vocabulary-missing", f"there is no vocabulary list '{name}'", None, did_you_mean(name, lists))
    target = folder / lists[name].name
    if target.exists():
        raise fail(
            "file-exists", f"{target} exists already", None, "nothing was changed; give another folder with --to"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target.write_bytes(lists[name].read_bytes())
    except OSError as error:
        raise fail("output-unwritable", f"{target} cannot be made: {error.strerror or error}") from error
    return target


def read_vocabulary(
    raw: Any, folder: Path, problems: Diagnostics, inputs: Inputs | None = None
) -> tuple[WordList, ...]:
    """The lists that a `vocabulary` key gives: names of lists (files in the folder, or lists that come along),
    terms, or a whole list. Faults are reported where they stand; a faulty list is left out."""
    if raw is None:
        return ()
    lists: list[WordList | None] = []
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


def _named(name: str, folder: Path, problems: Diagnostics, inputs: Inputs | None) -> WordList | None:
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


def _checked(raw: LocatedDict, problems: Diagnostics) -> WordList | None:
    try:
        out: WordList = TypeAdapter(WordList).validate_python(raw, context={"problems": problems})
    except ValidationError as error:
        report_errors(errors_of(error), raw, problems)
        return None
    found = Diagnostics()
    _check_terms(out, found)
    problems.extend(found)
    return None if found.has_errors else out


def _check_terms(words: WordList, problems: Diagnostics) -> None:
    """Reports patterns that cannot be used, or stand twice, and preferred words that are found themselves."""
    first: dict[str, str] = {}
    usable: list[tuple[str, re.Pattern[str]]] = []
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
            try:
                compiled = re.compile(source_of(pattern), re.IGNORECASE)
            except (re.error, OverflowError) as error:
                problems.error(
                    "vocabulary-pattern",
                    f"'{pattern}' is no regular expression: {error}",
                    at,
                    "words alone need no slashes",
                )
                continue
            if compiled.match(""):
                problems.error(
                    "vocabulary-pattern",
                    f"the pattern '{pattern}' finds nothing in particular",
                    at,
                    "it matches empty text",
                )
                continue
            usable.append((pattern, compiled))
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
    for term in words.terms:
        for preferred in term.preferred:
            for pattern, compiled in _finding(preferred, usable):
                at = position_of(preferred) or term.at
                if compiled.fullmatch(preferred):
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


def _finding(words: str, patterns: list[tuple[str, re.Pattern[str]]]) -> Iterator[tuple[str, re.Pattern[str]]]:
    return ((pattern, compiled) for pattern, compiled in patterns if compiled.search(words))


def is_regex(pattern: str) -> bool:
    """Whether a pattern stands between slashes."""
    return len(pattern) > 2 and pattern.startswith("/") and pattern.endswith("/")


def source_of(pattern: str) -> str:
    """The regular expression of a pattern; words are found whole, whatever stands between them."""
    return composed(pattern[1:-1]) if is_regex(pattern) else rf"(?<![^\W_]){between(pattern)}(?![^\W_])"


def between(words: str) -> str:
    """The words as a regular expression, spaces and hyphens between them alike; "(?!)" for none."""
    plain = composed(words).replace("’", "'")
    return BETWEEN.join(re.escape(word) for word in re.split(BETWEEN, plain.strip()) if word) or "(?!)"


def plain_key(words: str) -> str:
    """What makes two writings of the same words equal."""
    plain = composed(words).replace("’", "'").lower().strip()
    return " ".join(word for word in re.split(BETWEEN, plain) if word)
