"""One build at a time works on an output folder."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from deckbuilder.diagnostics import fail
from deckbuilder.source import shown_path

_PATIENCE = 120.0  # seconds to wait for another build: longer than any build of one deck takes


@contextmanager
def alone(folder: Path, progress: Callable[[str], None]) -> Iterator[None]:
    """Holds the output folder; waits while another build does. The system lets go of it when a process ends, however."""
    if sys.platform == "win32":
        yield from _alone_by_file(folder, progress)
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        _wait(lambda: fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB), folder, progress)
        yield
    finally:
        os.close(handle)


def _alone_by_file(folder: Path, progress: Callable[[str], None]) -> Iterator[None]:
    """As `alone`, where folders cannot be locked: by a file in it."""
    import msvcrt

    lock = folder / ".deckbuilder.lock"
    with lock.open("w") as handle:
        _wait(lambda: msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1), folder, progress)  # type: ignore[attr-defined]
        yield
    with suppress(OSError):
        lock.unlink()


def _wait(lock: Callable[[], None], folder: Path, progress: Callable[[str], None]) -> None:
    """Tries to lock until it can."""
    end = time.monotonic() + _PATIENCE
    told = False
    while True:
        try:
            return lock()
        except OSError as error:
            if error.errno not in (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK):
                return None  # some network disks lock nothing: then nobody is kept waiting
            if time.monotonic() > end:
                raise fail(
                    "output-busy",
                    f"another build has been writing to {shown_path(folder)} for {_PATIENCE:g} seconds",
                    None,
                    "wait until it is done, or write elsewhere with --output",
                ) from error
        if not told:
            progress("Waiting for another build")
            told = True
        time.sleep(0.05)
