"""How another process ended that did not say so itself: by somebody else's hand, or by a mistake in it."""

from __future__ import annotations

import signal

CRASHES = frozenset(
    getattr(signal, name)
    for name in ("SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGABRT", "SIGSYS")
    if hasattr(signal, name)
)
"""The signals by which the system ends a process that did what none may: no want of memory, and nobody's wish."""


def has_crashed(code: int | None) -> bool:
    """Whether a process with that exit code, as Python gives it, made a mistake that ended it."""
    return code is not None and -code in CRASHES


def ending(code: int | None) -> str:
    """What is said of a process that ended with that exit code, None where it did not end: "was ended by signal 9 (SIGKILL)"."""
    if code is None or code >= 0:
        return f"ended with status {code}"
    try:
        name = f"signal {-code} ({signal.Signals(-code).name})"
    except ValueError:  # one that this system has no name for
        name = f"signal {-code}"
    return f"crashed, with {name}" if has_crashed(code) else f"was ended by {name}"
