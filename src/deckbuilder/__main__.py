"""The command's way in, ready to be told to stop before anything else is imported."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
import threading
from typing import Any

_STATUS = {signal.SIGINT: 130, signal.SIGTERM: 143}  # 128 and the signal's number, as shells have it


def run() -> None:
    """Runs the command, and ends the process."""
    status = 0
    try:
        _run()
    except SystemExit as end:
        if not isinstance(end.code, int | None):
            raise
        status = end.code or 0
    _end(status)
    raise SystemExit(status)


def _end(status: int) -> None:
    """Ends the process, once all is done that waits for its end. What was made is left as it is: Python would take it apart
    piece by piece, for a twentieth of a build. Returns where others are still at work, or nobody takes what was printed."""
    if threading.active_count() > 1:
        return
    atexit._run_exitfuncs()
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):  # a pipe that somebody closed, or a stream that we did
        return
    os._exit(status)


def _run() -> None:
    """Run the command; a Ctrl-C or a SIGTERM ends it tidily wherever it falls, while modules are imported too.

    Libraries may turn the interrupt into an error of their own, or take it for a broken file: whatever goes wrong
    after a signal came is that signal's doing, and is neither shown nor named as a failure.
    """
    # Modules and a build make many objects that live to the end, and hardly any that only the collector can throw away:
    # looking through them every 700 costs a tenth of a build, every 100,000 three of a hundred.
    gc.set_threshold(500_000, 20, 20)
    came: list[int] = []

    def stop(number: int, _frame: Any) -> None:
        came.append(number)
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        sys.exit(_STATUS[signal.SIGTERM])  # so that half-written files are tidied away

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else somebody wants it ignored: `nohup … &`
        signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    try:
        from deckbuilder.commands import run as command

        command()
    except BaseException as error:
        finished = isinstance(error, SystemExit) and not error.code
        if not came or finished:
            raise
        status = _STATUS[signal.Signals(came[0])]
        if not (isinstance(error, SystemExit) and error.code == status):  # which has been told already
            print("Interrupted.", file=sys.stderr)
        raise SystemExit(status) from None
    finally:
        # The work is done, or given up: a Ctrl-C while Python tidies up must not look like a failure.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        gc.freeze()  # where Python ends by itself, or it looks through all that was made, several times, to throw it away


if __name__ == "__main__":
    run()
