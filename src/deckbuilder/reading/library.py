"""A library's file: found, read, and its items by the ids that decks take them in by.

Only the order of it is looked at here: what a deck takes in becomes a part of the deck, and is read as that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from deckbuilder.diagnostics import Diagnostics, did_you_mean
from deckbuilder.frozen import dataclass
from deckbuilder.reading.yaml import read_yaml
from deckbuilder.source import Inputs, LocatedDict, LocatedList, LocatedStr, Position, position_of, shown_path

NAME = "library.yaml"
NOUNS: Mapping[str, str] = {
    "references": "reference",
    "glossary": "glossary entry",
    "pictures": "picture",
    "questions": "question",
    "slides": "slide",
}
"""What a library has items of, by its key, and what one is called."""
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True)
class Library:
    """A library as read: its folder, without symbolic links; what messages call its file; its facts by name, and its items by
    key and id."""

    folder: Path
    file: str
    facts: LocatedDict
    items: Mapping[str, Mapping[str, LocatedDict]]


def find_library(
    raw: LocatedDict,
    folder: Path,
    organisation: str | None,
    organisations: Path | None,
    problems: Diagnostics,
    inputs: Inputs,
) -> Library | None:
    """The library that a deck in the folder names; else the one that its organisation does. `organisation` is what that calls
    it, None where it names none, and `organisations` the folder of its file, None without one. None where there is none, or none
    that can be read, which is reported.

    It lies below the deck's folder, or below the organisation's file: whoever wrote that lets decks below it have what is there.
    """
    if isinstance(named := raw.get("library"), str):
        at = raw.values_at.get("library", raw.at)
        return _read(named, folder, (folder, organisations or folder), at, problems, inputs)
    if organisation is not None and organisations is not None:
        at = position_of(organisation)
        return _read(organisation, organisations, (organisations,), at, problems, inputs)
    return None


def _read(
    named: str, base: Path, within: tuple[Path, ...], at: Position | None, problems: Diagnostics, inputs: Inputs
) -> Library | None:
    """The library in the folder of that name, seen from `base`; None where that is none, which is reported."""
    try:
        folder = (base / named).resolve()
        file = folder / NAME
        inside = any(folder.is_relative_to(one.resolve()) for one in within)
        there = inside and file.is_file()
    except (OSError, ValueError, RuntimeError):  # a NUL in it, or links that go round
        inside, there, folder, file = True, False, base, base / NAME
    if not inside:
        problems.error(
            "path-outside",
            f"the library '{named[:60]}' lies outside the folder",
            at,
            "an organisation.yaml in a folder above both, with a line such as 'library: library', opens it to decks",
        )
        return None
    if not there:
        inputs.add(file)
        problems.error(
            "library-missing",
            f"there is no library in '{named[:60]}'",
            at,
            f"a library is a folder with a file {NAME}; name it from this file's folder",
        )
        return None
    if not file.resolve().is_relative_to(folder):
        problems.error("path-outside", f"the file {NAME} of the library '{named}' lies elsewhere", at, "copy it there")
        return None
    name = shown_path(file)
    read = read_yaml(file, name, problems, inputs)
    if read is None:
        return None
    if not isinstance(read, LocatedDict):
        problems.error("wrong-type", "a library is a mapping of keys", position_of(read), "start with 'facts:'")
        return None
    return _checked(read, folder, name, problems)


def _checked(read: LocatedDict, folder: Path, name: str, problems: Diagnostics) -> Library:
    known = ["facts", *NOUNS]
    for key in read:
        if key not in known:
            problems.error(
                "unknown-key", f"unknown key '{key}' in a library", read.keys_at.get(key), did_you_mean(str(key), known)
            )
    facts = read.get("facts")
    if facts is not None and not isinstance(facts, LocatedDict):
        at = read.values_at.get("facts", read.at)
        problems.error("wrong-type", "'facts' is a mapping of names", at, "write a line such as 'members: 1200'")
    items = {key: _by_id(read, key, problems) for key in NOUNS}
    return Library(folder, name, facts if isinstance(facts, LocatedDict) else LocatedDict(read.at), items)


def _by_id(read: LocatedDict, key: str, problems: Diagnostics) -> dict[str, LocatedDict]:
    """The items of a key by their ids; those without one, and those whose id another has, are reported and left out."""
    listed, noun = read.get(key), NOUNS[key]
    if listed is None:
        return {}
    if not isinstance(listed, LocatedList):
        at = read.values_at.get(key, read.at)
        problems.error("wrong-type", f"'{key}' is a list", at, f"begin each {noun} with '- id: …'")
        return {}
    out: dict[str, LocatedDict] = {}
    for number, item in enumerate(listed):
        at = listed.items_at[number] if number < len(listed.items_at) else listed.at
        given: Any = item.get("id") if isinstance(item, LocatedDict) else None
        if not isinstance(item, LocatedDict) or given is None:
            problems.error("missing-key", f"a {noun} of a library needs 'id'", at, "decks take it in by that name")
        elif not isinstance(given, LocatedStr) or not _ID.fullmatch(given):
            at = item.values_at.get("id", item.at)
            problems.error("wrong-form", f"'{given}' is no id", at, "lower-case letters, digits and hyphens")
        elif given in out:
            first = out[given].at
            where = f" in line {first.line}" if first else ""
            problems.error("id-twice", f"the library has another {noun} '{given}'{where}", given.at, "rename one")
        else:
            out[str(given)] = item
    return out
