"""Edits that are not done, and why."""

from __future__ import annotations


class Refused(Exception):
    """An edit that cannot be done as it is meant: the file is as it was. `reason` says why and what can be done; `line`,
    counted from 1, is where in the file it lies, None where it lies nowhere."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        self.reason = reason
        self.line = line
        super().__init__(f"line {line}: {reason}" if line else reason)


class Dangling(Refused):
    """An alias of something that does not stand before it."""
