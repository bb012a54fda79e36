"""A deck that has errors, made good enough to be looked at further.

An author should see all problems at once. So where the models refuse a part of a deck, something plain stands in for it,
with what of it others refer to, and the rest is checked as ever. No output is ever made of such a deck.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pydantic import ValidationError

from deckbuilder.content.deck import Deck
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.reading.problems import errors_of
from deckbuilder.source import LocatedDict, LocatedList, position_of

Path = Sequence[int | str]

WORDS = "-"
_TRIES = 4  # what is kept of a slide may be wrong as well
# What others refer to, or what is reckoned with, in a slide.
_KEPT = ("id", "minutes", "objectives", "sources")
# The lists whose items slides refer to, and where.
_REFERRED = {"references": "sources", "objectives": "objectives"}


def mended(raw: Any, paths: Iterable[Path], language: str) -> Deck | None:
    """The deck without what is wrong at the paths, which are pydantic's; None where too little is left of it."""
    for _ in range(_TRIES):
        for path in _inmost(paths):
            raw = _without(raw, path)
        try:
            return Deck.model_validate(raw, context={"problems": Diagnostics(), "language": language})
        except ValidationError as error:
            paths = [one["loc"] for one in errors_of(error)]
    return None


def hides_places(paths: Iterable[Path]) -> bool:
    """Whether what is wrong at the paths may be what a session's breaks come after: a section's title, a slide's id."""
    return any(
        path[:1] == ("sections",) and (path[2:3] in ((), ("title",)) or path[2:] == ("slides",) or "id" in path[4:])
        for path in _inmost(paths)
    )


def _inmost(paths: Iterable[Path]) -> list[Path]:
    """The paths that no other goes on from: of a list in which items are wrong pydantic may say that it is too short."""
    paths = list(map(tuple, paths))
    return [path for path in paths if not any(len(other) > len(path) and other[: len(path)] == path for other in paths)]


def _without(data: Any, path: Path) -> Any:
    """A copy of the deck's data in which something stands in for what the path leads to."""
    match path:
        case ("sections", int(n), "slides", int(m), *inside):
            return _put(data, ("sections", n, "slides", m), lambda slide: _stand_in(slide, inside))
        case ("sections", int(n), "slides"):
            return _put(data, ("sections", n, "slides"), lambda _: [_stand_in(None, ())])
        case ("sections", int(n), "title", *_):
            return _put(data, ("sections", n, "title"), lambda _: WORDS)
        case ("sections", int(n), str(key), *_):
            return _put(data, ("sections", n), lambda section: _less(section, key))
        case ("sections", int(n)):
            return _put(data, ("sections", n), lambda _: {"title": WORDS, "slides": [_stand_in(None, ())]})
        case ("references" | "objectives" as key, int(n), str(field), *_) if field != "id":
            return _put(data, (key, n), lambda item: _put(_less(item, field), ("text",), lambda _: WORDS))
        case ("references" | "objectives" as key, *_):
            return _put(_less(data, key), ("sections",), lambda sections: _unreferring(sections, _REFERRED[key]))
        case ("title", *_):
            return _put(data, ("title",), lambda _: WORDS)
        case (str(key), *_):
            return _less(data, key)
    return data


def _stand_in(slide: Any, wrong: Sequence[int | str]) -> LocatedDict:
    """A slide that says nothing, with what of another is kept and not wrong."""
    out = LocatedDict(position_of(slide))
    out["kind"] = "cover"
    if isinstance(slide, LocatedDict):
        out.keys_at, out.values_at = slide.keys_at, slide.values_at
        out.update({key: slide[key] for key in _KEPT if key in slide and key not in wrong})
    return out


def _unreferring(sections: Any, key: str) -> Any:
    """The sections with slides that have no such key."""

    def unreferring(section: Any) -> Any:
        return _put(section, ("slides",), lambda slides: _each(slides, lambda slide: _less(slide, key)))

    return _each(sections, unreferring)


def _less(data: Any, key: str) -> Any:
    return _copied(data, {k: v for k, v in data.items() if k != key}) if isinstance(data, LocatedDict) else data


def _put(data: Any, path: Path, make: Callable[[Any], Any]) -> Any:
    """A copy of the data with what `make` makes of the value at the path."""
    if not path:
        return make(data)
    first, *rest = path
    if isinstance(data, LocatedDict):
        return _copied(data, {**data, str(first): _put(data.get(str(first)), rest, make)})
    if isinstance(data, LocatedList) and isinstance(first, int) and first < len(data):
        out = _each(data, lambda item: item)
        out[first] = _put(data[first], rest, make)
        return out
    return data


def _each(data: Any, make: Callable[[Any], Any]) -> Any:
    if not isinstance(data, LocatedList):
        return data
    out = LocatedList(data.at)
    out.items_at = data.items_at
    out.extend(make(item) for item in data)
    return out


def _copied(data: LocatedDict, content: dict[str, Any]) -> LocatedDict:
    out = LocatedDict(data.at)
    out.keys_at, out.values_at = data.keys_at, data.values_at
    out.update(content)
    return out
