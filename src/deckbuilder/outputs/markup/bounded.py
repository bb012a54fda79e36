"""Somebody else's template rendered within bounds: in a forked child with so much time and so much memory.

Where a process cannot be forked safely (elsewhere than on Linux, or beside other threads, which might hold locks) there
are no such bounds; `docs/markup.md` says so.
"""

from __future__ import annotations

import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from deckbuilder.endings import ending, has_crashed

SECONDS = 4  # of the processor
MEMORY = 512 * 2**20  # bytes, beyond what the program has

Made = TypeVar("Made")


_TIME_IS_UP = 3  # how the child ends that notices late


class TimeIsUp(Exception):
    """Rendering has had its seconds."""


class Crashed(Exception):
    """Rendering ended the process that did it; the message tells how."""


class ChildFailed(RuntimeError):
    """The program has a mistake that showed in the child; the message has the traceback."""


def bounded(work: Callable[[], Made], stopped: Callable[[Exception], Made]) -> Made:
    """What `work` returns, done in a child in which `TimeIsUp` and MemoryError are raised, and which is ended when they are
    not taken heed of; then it is what `stopped` makes of the one of the two, or of `Crashed`. ChildFailed for any other error
    of `work`."""
    if not _can_fork():
        return work()
    import multiprocessing

    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(work, sender))
    child.start()
    sender.close()
    try:
        made: Made
        made, failed = receiver.recv()
        if failed is not None:
            raise ChildFailed(failed)
        return made
    except EOFError:
        return stopped(_why(child))
    finally:
        receiver.close()
        child.join()


def _why(child: Any) -> Exception:
    """Why a child ended that has not said what it made. Its seconds and somebody who wants its memory end it with one signal:
    the time that it took tells which."""
    import resource

    before = _seconds(resource.getrusage(resource.RUSAGE_CHILDREN))
    child.join()
    took = _seconds(resource.getrusage(resource.RUSAGE_CHILDREN)) - before
    code = child.exitcode
    if code in (_TIME_IS_UP, -signal.SIGXCPU) or (code == -signal.SIGKILL and took >= SECONDS):
        return TimeIsUp()
    if has_crashed(code):
        return Crashed(ending(code))
    return MemoryError()


def _seconds(usage: Any) -> float:
    return float(usage.ru_utime + usage.ru_stime)


def _child(work: Callable[[], Any], sender: Any) -> None:
    import resource

    def time_is_up(*_: object) -> None:
        raise TimeIsUp

    signal.signal(signal.SIGXCPU, time_is_up)
    has = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (has + MEMORY, has + MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sender.send((work(), None))
    except MemoryError:  # also while it was told
        sender.close()
    except TimeIsUp:
        sys.exit(_TIME_IS_UP)
    except Exception:
        sender.send((None, traceback.format_exc()))


def _can_fork() -> bool:
    import threading

    return sys.platform == "linux" and threading.active_count() == 1
