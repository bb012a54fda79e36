"""Who takes what from which library: decks looked for in folders, their libraries read in whole."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from deckbuilder.content.edition import PLAIN
from deckbuilder.diagnostics import DeckError, Diagnostics
from deckbuilder.frozen import dataclass
from deckbuilder.reading.deck import Opened, deck_file, open_deck, read_edition
from deckbuilder.reading.library import NAME, NOUNS, Library
from deckbuilder.reading.organisation import read_organisation
from deckbuilder.reading.taken import Taken, take_in
from deckbuilder.reading.variants import read_variants
from deckbuilder.source import Inputs, LocatedDict, LocatedList, LocatedStr, shown_path

LIBRARY = NAME  # what a library's file is called
_SAYS = ("title", "term", "ask", "text", "alt", "file", "value")
_LONGEST = 60  # characters of what an item says


@dataclass(frozen=True)
class Item:
    """Something of a library: what it is called there, the first words of it, its dates (as written, None without), and the
    decks that take it in, each with the lines where it says so; none where it comes with what else the deck takes."""

    noun: str
    name: str
    says: str
    as_of: str | None
    review_by: str | None
    uses: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Shared:
    """A library, by what messages call its file, and all that is in it."""

    file: str
    items: tuple[Item, ...]


def share(places: Sequence[Path], problems: Diagnostics) -> list[Shared]:
    """The libraries of the decks that lie in the places: decks, or folders with decks. What is wrong with libraries, and with
    what decks take from them, is reported, and so is a deck that cannot be read."""
    known: dict[str, Library] = {}
    uses: dict[str, dict[tuple[str, str], dict[str, set[int]]]] = {}
    for deck in decks_in(places):
        with problems.gathering():
            opened = open_deck(deck, None, problems, Inputs())
            if opened.library is None:
                continue
            library = known.setdefault(opened.library.file, opened.library)
            _note(opened.taken, shown_path(opened.file), uses.setdefault(library.file, {}))
    for library in known.values():
        _check(library, problems)
    return [_shared(library, uses[file]) for file, library in known.items()]


def decks_in(places: Iterable[Path]) -> Iterator[Path]:
    """The decks among the places, and those in folders, by their names; hidden folders are left out."""
    for place in places:
        if deck_file(place).is_file() or not place.is_dir():
            yield place
            continue
        for folder, folders, files in os.walk(place):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            if "deck.yaml" in files:
                yield Path(folder)


def _note(taken: Iterable[Taken], deck: str, uses: dict[tuple[str, str], dict[str, set[int]]]) -> None:
    for kind, name, at in taken:
        lines = uses.setdefault((kind, name), {}).setdefault(deck, set())
        if at is not None and at.file == deck:
            lines.add(at.line)


def _check(library: Library, problems: Diagnostics) -> None:
    """Reads all that a library has, as a deck that takes all of it in."""
    raw = LocatedDict()
    raw["title"] = LocatedStr("-")
    for key in ("references", "glossary"):
        raw[key] = _taking(library.items[key])
    question, slides = LocatedDict(), _taking(library.items["slides"])
    raw["variants"] = _variants(library)
    question.update(kind=LocatedStr("discussion"), title=LocatedStr("-"), questions=_taking(library.items["questions"]))
    if question["questions"]:
        slides.append(question)
    for name in library.items["pictures"]:
        shown = LocatedDict()
        shown.update(kind=LocatedStr("picture"), title=LocatedStr("-"), picture=_take(name))
        slides.append(shown)
    if not slides:
        said = LocatedDict()
        said.update(kind=LocatedStr("statement"), title=LocatedStr("-"), statement=LocatedStr("-"))
        slides.append(said)
    section, sections = LocatedDict(), LocatedList()
    section.update(title=LocatedStr("-"), slides=slides)
    sections.append(section)
    raw["sections"] = sections
    facts = LocatedDict()
    facts.update(library.facts)
    facts.keys_at, facts.values_at = library.facts.keys_at, library.facts.values_at
    raw["facts"] = facts
    told, inputs = Diagnostics(), Inputs()
    taken = take_in(raw, library.folder, library, told)
    opened = Opened(
        library.folder / "deck.yaml",
        raw,
        None,
        True,
        read_variants(raw, Diagnostics()),
        read_organisation(library.folder, Diagnostics(), inputs),
        library,
        tuple(taken),
    )
    try:
        read_edition(opened, PLAIN, told, inputs)
    except DeckError as error:
        told.extend(error.diagnostics)
    # Dates and places are those of decks, which have sessions.
    problems.extend(one for one in told if one.code != "variable-empty")


def _variants(library: Library) -> LocatedDict:
    """Those that items are for, or not for: which there are is for decks to say."""
    out = LocatedDict()
    for items in library.items.values():
        out.update({LocatedStr(name): LocatedDict() for item in items.values() for name in _named(item)})
    return out


def _named(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("for", "not_for"):
                yield from (one for one in (inner if isinstance(inner, list) else [inner]) if isinstance(one, str))
            else:
                yield from _named(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner)


def _take(name: str) -> LocatedDict:
    out = LocatedDict()
    out["take"] = LocatedStr(name)
    return out


def _taking(names: Iterable[str]) -> LocatedList:
    out = LocatedList()
    out.extend(_take(name) for name in names)
    return out


def _shared(library: Library, uses: dict[tuple[str, str], dict[str, set[int]]]) -> Shared:
    items = [("facts", "fact", str(name), fact) for name, fact in library.facts.items()]
    items += [(key, noun, name, item) for key, noun in NOUNS.items() for name, item in library.items[key].items()]
    return Shared(library.file, tuple(_item(key, noun, name, says, uses) for key, noun, name, says in items))


def _item(kind: str, noun: str, name: str, says: object, uses: dict[tuple[str, str], dict[str, set[int]]]) -> Item:
    own = says if isinstance(says, dict) else {"value": says}
    words = next((" ".join(str(own[key]).split()) for key in _SAYS if own.get(key) is not None), "")
    as_of, review_by = (str(own[key]) if own.get(key) is not None else None for key in ("as_of", "review_by"))
    decks = uses.get((kind, name), {})
    return Item(
        noun,
        name,
        words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…",
        as_of,
        review_by,
        tuple((deck, tuple(sorted(lines))) for deck, lines in sorted(decks.items())),
    )
