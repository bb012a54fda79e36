"""Somebody else's template rendered within bounds: in a forked child with so much time and so much memory.

Where a process cannot be forked safely (elsewhere than on Linux, or beside other threads, which might hold locks) there
are no such bounds; `docs/markup.md` says so.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from deckbuilder.diagnostics import DeckError

SECONDS = 4  # of the processor
MEMORY = 512 * 2**20  # bytes, beyond what the program has


class TimeIsUp(Exception):
    """Rendering has had its seconds."""


def bounded(work: Callable[[], str], stopped: Callable[[type[Exception]], DeckError]) -> str:
    """What `work` returns, done in a child that ends soon after `TimeIsUp` and MemoryError were raised in it.

    Raises the DeckError that `work` raises; that of `stopped`, for one of the two, when they came to nothing in it.
    """
    if not _can_fork():
        return work()
    import multiprocessing

    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(work, sender))
    child.start()
    sender.close()
    try:
        made = receiver.recv()
    except EOFError:
        child.join()
        raise stopped(TimeIsUp if child.exitcode in (-signal.SIGKILL, -signal.SIGXCPU) else MemoryError) from None
    finally:
        receiver.close()
        child.join()
    if isinstance(made, str):
        return made
    raise made


def _child(work: Callable[[], str], sender: Any) -> None:
    import resource

    def time_is_up(*_: object) -> None:
        raise TimeIsUp

    signal.signal(signal.SIGXCPU, time_is_up)
    has = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (has + MEMORY, has + MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sender.send(work())
    except DeckError as error:
        sender.send(error)
    except MemoryError:  # also while it was told
        sender.close()


def _can_fork() -> bool:
    import threading

    return sys.platform == "linux" and threading.active_count() == 1
