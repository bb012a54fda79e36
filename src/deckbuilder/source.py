"""Where a value was written.

Reading turns YAML into plain data whose mappings, lists and scalars remember their
position, so that any later phase can say "deck.yaml:14:7" about them; and remembers which files there were.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deckbuilder.frozen import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file an author wrote. `line` and `column` count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class LocatedStr(str):
    """A string that knows where it was written."""

    at: Position | None

    def __new__(cls, value: str, at: Position | None = None) -> LocatedStr:
        self = super().__new__(cls, value)
        self.at = at
        return self


class LocatedInt(int):
    """A whole number that knows where and how (`raw`) it was written."""

    at: Position | None
    raw: str

    def __new__(cls, value: int, raw: str, at: Position | None = None) -> LocatedInt:
        self = super().__new__(cls, value)
        self.raw = raw
        self.at = at
        return self


class LocatedFloat(float):
    """A number that knows where and how (`raw`) it was written."""

    at: Position | None
    raw: str

    def __new__(cls, value: float, raw: str, at: Position | None = None) -> LocatedFloat:
        self = super().__new__(cls, value)
        self.raw = raw
        self.at = at
        return self


class LocatedDict(dict[str, Any]):
    """A mapping that knows where it starts, and where each key (`keys_at`) and value
    (`values_at`) was written."""

    def __init__(self, at: Position | None = None) -> None:
        super().__init__()
        self.at = at
        self.keys_at: dict[str, Position] = {}
        self.values_at: dict[str, Position] = {}


class LocatedList(list[Any]):
    """A list that knows where it starts and where each item (`items_at`) was written."""

    def __init__(self, at: Position | None = None) -> None:
        super().__init__()
        self.at = at
        self.items_at: list[Position] = []


class Inputs:
    """The files that a build depends on, as they are read: absolute paths, each once, in that order. A file that is
    named but is not there is one of them: were it there, the build would be another."""

    def __init__(self) -> None:
        self._files: dict[Path, None] = {}

    def add(self, path: Path) -> None:
        self._files[Path(os.path.abspath(path))] = None

    def __iter__(self) -> Iterator[Path]:
        return iter(self._files)


def position_of(value: object) -> Position | None:
    """The position a value read from a file carries; None for any other value."""
    at = getattr(value, "at", None)
    return at if isinstance(at, Position) else None


def shown_path(path: Path) -> str:
    """What messages call a file: relative to the working folder where it lies below it."""
    try:
        return str(path.resolve().relative_to(Path.cwd().resolve()))
    except ValueError:
        return str(path)
