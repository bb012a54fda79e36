"""What a process keeps from one look at a deck to the next, while somebody works on it: texts as they were measured, picture
files as they were read, themes. Nothing is kept unless somebody asks for it (`Memory.used`): a build reads everything anew."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TypeVar, cast

T = TypeVar("T")
Stamp = tuple[str, int, int]
_MOST = 50_000  # things kept: the texts of some thousand slides


class _Key:
    """What something was made of. Its hash is that of hundreds of values, and is taken once."""

    __slots__ = ("hash", "parts")

    def __init__(self, parts: Hashable) -> None:
        self.parts = parts
        self.hash = hash(parts)

    def __hash__(self) -> int:
        return self.hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.parts == other.parts


class Memory:
    """Things made, by all that they were made of; what was used longest ago is forgotten first."""

    def __init__(self, most: int = _MOST) -> None:
        self._kept: OrderedDict[_Key, object] = OrderedDict()
        self._most = most

    def __len__(self) -> int:
        return len(self._kept)

    @contextmanager
    def used(self) -> Iterator[None]:
        """Within, `recalled` recalls."""
        token = _CURRENT.set(self)
        try:
            yield
        finally:
            _CURRENT.reset(token)

    def recall(self, parts: Hashable, make: Callable[[], T]) -> T:
        """What was made of those parts, or what is made now."""
        key = _Key(parts)
        if key in self._kept:
            self._kept.move_to_end(key)
            return cast(T, self._kept[key])
        made = make()
        self._kept[key] = made
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return made


_CURRENT: ContextVar[Memory | None] = ContextVar("memory", default=None)


def memory() -> Memory | None:
    """The memory that is in use; None where nobody wants one."""
    return _CURRENT.get()


def stamps(paths: Iterable[Path]) -> tuple[Stamp, ...]:
    """What tells whether files are still the same: name, size and time of change in nanoseconds; -1 for one that is not there."""
    out = []
    for path in paths:
        try:
            status = path.stat()
            out.append((str(path), status.st_size, status.st_mtime_ns))
        except OSError:
            out.append((str(path), -1, -1))
    return tuple(out)
