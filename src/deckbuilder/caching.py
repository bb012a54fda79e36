"""What is made once and kept on disk: pictures as outputs need them, drawings as they were read, QR codes. A thing is found by
all that it was made of, and by the program that made it, so that it is what would be made now.

A folder of files in the user's cache, which may be deleted at any time; a file that is not whole is as good as none.
`DECKBUILDER_CACHE` names another folder, or is `off`.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from itertools import count
from pathlib import Path

CACHE = "DECKBUILDER_CACHE"
_MOST_BYTES = 500_000_000  # that are kept: pictures of some hundred decks
_EACH = 500  # things written by one process after which it looks again for what is too much
_DAY = 86_400.0  # seconds within which the time of a file's last use is near enough
_DIGEST = hashlib.sha256().digest_size
_WRITTEN = count()  # things that this process wrote


def folder(name: str) -> Path | None:
    """Where things of that name are kept; None for nowhere."""
    given = os.environ.get(CACHE)
    if given == "off":
        return None
    if given:
        return Path(given).absolute() / name
    from platformdirs import user_cache_path

    return user_cache_path("deckbuilder", appauthor=False) / name


@cache
def program() -> tuple[object, ...]:
    """What builds, as JSON can hold it: Python, the libraries (a folder of packages changes when one of them does), and our own
    files."""
    own = Path(__file__).parent
    digest = hashlib.sha256()
    for place, folders, names in os.walk(own):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            stat = os.stat(os.path.join(place, name))
            digest.update(f"{os.path.join(place, name)} {stat.st_size} {stat.st_mtime_ns}\n".encode("utf-8", "replace"))
    packages = tuple(
        f"{place} {os.stat(place).st_mtime_ns}"
        for place in sys.path
        if os.path.basename(place) in ("site-packages", "dist-packages") and os.path.isdir(place)
    )
    return sys.version, packages, digest.hexdigest()


def kept(data: bytes, what: str, make: Callable[[], bytes]) -> bytes:
    """What is made of the data: `what` says all else that it depends on. Made now where it is not kept; `make` may raise, and
    nothing is kept then."""
    place = folder("made")
    if place is None:
        return make()
    digest = hashlib.sha256(repr((program(), what)).encode("utf-8", "surrogateescape"))
    digest.update(hashlib.sha256(data).digest())
    file = place / digest.hexdigest()
    with suppress(OSError):
        found = file.read_bytes()
        if len(found) >= _DIGEST and hashlib.sha256(found[_DIGEST:]).digest() == found[:_DIGEST]:
            if time.time() - file.stat().st_mtime > _DAY:
                os.utime(file)
            return found[_DIGEST:]
    made = make()
    with suppress(OSError):  # a disk that is full, a folder that is nobody's to write to: it is made anew the next time
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        write(file, hashlib.sha256(made).digest() + made)
        _tidy(place)
    return made


def write(file: Path, data: bytes) -> None:
    """The file whole, or not at all, whoever writes it at the same time. Raises OSError."""
    handle, name = tempfile.mkstemp(".part", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(data)
        os.replace(name, file)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _tidy(place: Path) -> None:
    """Removes what nobody used for the longest time, where there is too much; looks for that now and then only."""
    if next(_WRITTEN) % _EACH:
        return
    found, now = [], time.time()
    with os.scandir(place) as entries:
        for entry in entries:
            with suppress(FileNotFoundError):
                stat = entry.stat()
                if entry.name.endswith(".part") and now - stat.st_mtime > _DAY:  # of a process that was killed
                    os.unlink(entry.path)
                else:
                    found.append((stat.st_mtime_ns, stat.st_size, entry.path))
    total = sum(size for _, size, _ in found)
    for _, size, path in sorted(found):
        if total <= _MOST_BYTES:
            return
        with suppress(OSError):
            os.unlink(path)
        total -= size
