"""What a deck takes in from a library, where the deck is edited: it is shown, and changed in the library's own file.

An edit here would be of one deck, while whoever makes it sees the words that all decks share; so it is refused, and says where
the words are. How the deck uses what it takes (its minutes, where it is shown) is the deck's, and stands beside `take`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path as File
from typing import Any

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.editing.refusal import Refused
from deckbuilder.editing.tree import same
from deckbuilder.editing.written import Path
from deckbuilder.frozen import dataclass
from deckbuilder.memory import Stamp, stamps
from deckbuilder.reading.library import NAME, Library, find_library
from deckbuilder.reading.organisation import organisation_file, read_organisation
from deckbuilder.reading.taken import taken_slide
from deckbuilder.source import Inputs, LocatedDict, LocatedStr

_OWN = ("minutes", "hidden", "show", "priority", "need", "objectives", "for", "not_for", "layout", "gaps")


def library_of(named: Any, folder: File) -> Library | None:
    """The library of a deck in a folder that names it so (None: not at all); None where there is none that can be read."""
    above = organisation_file(folder)
    files = [folder / named / NAME] if isinstance(named, str) else []
    if above is not None:
        files.append(above)
        if not files[:-1] and (other := read_organisation(folder, Diagnostics(), Inputs()).library):
            files.append(above.parent / other / NAME)
    try:
        return _read(named if isinstance(named, str) else None, folder, stamps(files)) if files else None
    except (OSError, ValueError):
        return None


@lru_cache(maxsize=8)
def _read(named: str | None, folder: File, _state: tuple[Stamp, ...]) -> Library | None:
    raw, aside, inputs = LocatedDict(), Diagnostics(), Inputs()
    if named is not None:
        raw["library"] = LocatedStr(named)
    own = read_organisation(folder, aside, inputs).library
    above = organisation_file(folder)
    return find_library(raw, folder, own, above.parent if above else None, aside, inputs)


@dataclass(frozen=True)
class Shared:
    """A slide that is taken in: what the library calls it, the library's file, and the fields that are the deck's own."""

    take: str
    file: str
    own: tuple[str, ...]


def shared(slide: Mapping[str, Any], library: Library | None) -> Shared | None:
    """What of a slide with `take` is the library's; None where there is none that has it."""
    if library is None or slide["take"] not in library.items["slides"]:
        return None
    return Shared(str(slide["take"]), library.file, tuple(dict.fromkeys((*_OWN, *(str(key) for key in slide)))))


def with_shared(slide: Any, folder: File, library: Library | None) -> Any:
    """A slide of a deck in the folder as plain data, with what the library has of it."""
    if not isinstance(slide, dict) or library is None or slide.get("take") not in library.items["slides"]:
        return slide
    says = LocatedDict()
    says.update(slide)
    return _plain(taken_slide(says, folder, library))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, bool) or value is None:
        return value
    return next((kind(value) for kind in (str, int, float) if isinstance(value, kind)), value)


def check_own(data: Any, path: Path, value: Any) -> None:
    """Raises Refused for a change, at a path of a deck's data, of what the deck takes in from a library."""
    for step in path:
        if isinstance(data, dict) and "take" in data and step not in _OWN and step not in data:
            raise Refused(_reason(data["take"]))
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            data = None
    before = {str(one["take"]): one for one in _takes(data)}
    for one in _takes(value):
        old = before.get(str(one["take"]), {})
        if any(key not in _OWN and key != "take" and not same(one[key], old.get(key)) for key in one):
            raise Refused(_reason(one["take"]))


def check_once(slide: Any) -> None:
    """Raises Refused for a second copy of a slide that is taken in."""
    if isinstance(slide, dict) and "take" in slide:
        raise Refused(f"'{slide['take']}' is taken in from the library, and a deck has it once")


def _reason(name: Any) -> str:
    return (
        f"'{name}' is taken in from the library: change it in {NAME}, where every deck that takes it will follow; or write "
        "what this deck says otherwise beside 'take' in deck.yaml"
    )


def _takes(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, dict):
        if "take" in value:
            yield value
        for inner in value.values():
            yield from _takes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _takes(inner)
