"""deckbuilder: one content model in, a deck, a handout and a facilitator guide out.

What is offered to other programs is in `api`; docs/python.md shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deckbuilder.api import (
        Arrangement,
        Built,
        Checked,
        Content,
        DeckError,
        Diagnostic,
        Fixed,
        Memory,
        Paper,
        Plan,
        PrintSettings,
        Severity,
        SlideFrame,
        arrange,
        build,
        check,
        draw,
        fix,
        plan,
        read,
        say,
    )

__version__ = "0.1.0"
__all__ = [
    "Arrangement",
    "Built",
    "Checked",
    "Content",
    "DeckError",
    "Diagnostic",
    "Fixed",
    "Memory",
    "Paper",
    "Plan",
    "PrintSettings",
    "Severity",
    "SlideFrame",
    "arrange",
    "build",
    "check",
    "draw",
    "fix",
    "plan",
    "read",
    "say",
]


def __getattr__(name: str) -> Any:
    """The API, loaded when it is asked for: a command that builds nothing does not wait for it."""
    if name not in __all__:
        raise AttributeError(f"module 'deckbuilder' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module("deckbuilder.api"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
