"""Two pieces of work at once: one in a forked child, one here.

Python threads share one processor; the deck and the documents share nothing once slides are
arranged, so the deck is written by a child process where processes can be forked cheaply and
safely (Linux, in a process without other threads, which might hold locks, and that is no worker of a pool's), and before the
rest everywhere else.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from deckbuilder.diagnostics import DeckError, Diagnostics, fail
from deckbuilder.endings import ending, has_crashed


@contextmanager
def alongside(work: Callable[[Diagnostics], None], problems: Diagnostics) -> Iterator[None]:
    """Does `work` while the body runs; what it reports goes to `problems` in the end. An exception of `work`
    is raised when the body is done; when the body fails, `work` is stopped."""
    if not _can_fork():
        work(problems)
        yield
        return
    import multiprocessing

    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(work, sender))
    child.start()
    sender.close()
    try:
        yield
        try:
            reported, error = receiver.recv()
        except EOFError:
            child.join()
            raise _stopped(child.exitcode) from None
        child.join()
        problems.extend(reported)
        if error is not None:
            raise error
    finally:
        if child.is_alive():
            child.terminate()
            child.join()
        receiver.close()


def _stopped(code: int | None) -> DeckError:
    """What is said of a child that ended without a word: somebody else ended it, the system for want of memory above all, or it
    crashed."""
    hint = "close other programs and build again: systems end processes when memory runs out"
    if has_crashed(code):
        hint = "that is a mistake of deckbuilder or of a library: report it, with the deck that shows it"
    return fail("writer-stopped", f"a part of the build {ending(code)}; earlier files are as they were", None, hint)


def _child(work: Callable[[Diagnostics], None], sender: Any) -> None:
    problems = Diagnostics()
    _end_with_parent()
    try:
        work(problems)
        sender.send((list(problems), None))
    except Exception as error:
        sender.send((list(problems), error))


def _end_with_parent() -> None:
    """Lets the system end this process when its parent is killed: nobody would use what it writes."""
    import ctypes

    end_with_parent = 1  # PR_SET_PDEATHSIG of linux/prctl.h
    ctypes.CDLL(None).prctl(end_with_parent, signal.SIGKILL)


def _can_fork() -> bool:
    import multiprocessing
    import threading

    if multiprocessing.parent_process() is not None:  # a worker of a pool's: the processors have work
        return False
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1 and threading.active_count() == 1
