"""The folder in which fetched decks stay until there are too many: safe to be removed when nothing runs."""

from __future__ import annotations

import atexit
import shutil
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

from deckbuilder import caching

_CACHED = 4_000_000_000  # bytes of decks that stay
_LEFT_FOR = 86_400.0  # seconds in which nobody removes what somebody may be using


def folder() -> Path:
    """Where fetched decks are. `DECKBUILDER_CACHE` names another folder, or is `off`: then it goes with this process."""
    return caching.folder("decks") or _own()


@cache
def _own() -> Path:
    """A folder for as long as this process lives."""
    made = Path(tempfile.mkdtemp(prefix="deckbuilder-decks-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def tidy() -> None:
    """Removes decks that nobody used for the longest time, where there are too many, and what runs left that were killed."""
    now, sizes = time.time(), []
    for place in folder().iterdir():
        with suppress(OSError, ValueError):
            used = place.stat().st_mtime
            if place.name.startswith("part-"):
                if now - used > _LEFT_FOR:
                    shutil.rmtree(place, ignore_errors=True)
            elif place.name != "known":
                sizes.append((used, int((place / ".size").read_text("ascii")), place))
    total = sum(size for _, size, _ in sizes)
    for used, size, place in sorted(sizes):
        if total <= _CACHED or now - used <= _LEFT_FOR:
            return
        shutil.rmtree(place, ignore_errors=True)
        total -= size
