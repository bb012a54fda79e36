"""Regular expressions that somebody else wrote: read within bounds, and searched for so long and no longer.

Some search almost without end, (a+)+$ in a row of a's being the best known. Whether one does cannot be told from looking at it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from deckbuilder.reading.bounds import PATTERN, PATTERN_SECONDS, UNFOLDED

_DEEPEST = 50
_COUNTED = re.compile(r"(\d*),?(\d*)\}")
_CLASS = re.compile(r"\^?\]?(?:[^\]\\]|\\.)*\]")

Found = TypeVar("Found")


class BadPattern(ValueError):
    """Why a regular expression cannot be used."""


class TimeIsUp(Exception):
    """Searching has had its seconds."""


class Patience:
    """What is left of the seconds for searching; what searches share it."""

    def __init__(self, seconds: float = PATTERN_SECONDS) -> None:
        self.left = seconds


class Pattern:
    """A regular expression. Its methods raise TimeIsUp when the patience is at its end."""

    def __init__(self, source: str, patience: Patience) -> None:
        """Raises BadPattern."""
        import regex

        if len(source) > PATTERN:
            raise BadPattern(f"it has more than {PATTERN:,} characters")
        if _unfolded(source) > UNFOLDED:
            raise BadPattern(f"its repetitions stand for more than {UNFOLDED:,} characters")
        try:
            re.compile(
                source, re.IGNORECASE
            )  # what Python's own library knows: there is no more to it than its page says
            self._pattern: Any = regex.compile(source, regex.IGNORECASE)
        except RecursionError:
            raise BadPattern("it is nested too deep") from None
        except (re.error, regex.error, OverflowError, ValueError) as error:
            raise BadPattern(str(error)) from error
        self._patience = patience

    def everywhere(self, text: str) -> list[tuple[int, int]]:
        """From where to where each of what is found reaches; empty finds are none."""
        return self._timed(lambda left: [m.span() for m in self._pattern.finditer(text, timeout=left) if m.group()])

    def seen(self, text: str) -> bool:
        return self._timed(lambda left: self._pattern.search(text, timeout=left) is not None)

    def among(self, texts: Sequence[str]) -> list[int]:
        """The numbers of the texts in which it finds something."""
        search = self._pattern.search
        return self._timed(lambda left: [n for n, text in enumerate(texts) if search(text, timeout=left)])

    def is_all(self, text: str) -> bool:
        """Whether it finds the text from its beginning to its end."""
        return self._timed(lambda left: self._pattern.fullmatch(text, timeout=left) is not None)

    def _timed(self, search: Callable[[float], Found]) -> Found:
        if self._patience.left <= 0:
            raise TimeIsUp
        began = time.process_time()
        try:
            return search(self._patience.left)
        except (TimeoutError, MemoryError):  # some fill memory before they have used up the time
            self._patience.left = 0.0
            raise TimeIsUp from None
        finally:
            self._patience.left -= time.process_time() - began


def _unfolded(source: str) -> int:
    """About how many characters a pattern has when its counted repetitions are written out. Raises BadPattern where it is
    nested too deep."""
    sums, lasts = [0], [0]
    place = 0
    while place < len(source):
        letter = source[place]
        place += 1
        if letter == "(":
            sums.append(0)
            lasts.append(0)
            if len(sums) > _DEEPEST:
                raise BadPattern(f"it is nested more than {_DEEPEST} deep")
            continue
        if letter == ")" and len(sums) > 1:
            lasts.pop()
            lasts[-1] = sums.pop()
            sums[-1] += lasts[-1]
            continue
        if letter == "{" and (counted := _COUNTED.match(source, place)):
            times = max(int(digits or 0) for digits in counted.groups())
            sums[-1] += lasts[-1] * max(times - 1, 0)
            lasts[-1] *= max(times, 1)
            place = counted.end()
            continue
        if letter == "\\":
            place += 1
        elif letter == "[":
            closing = _CLASS.match(source, place)
            place = closing.end() if closing else place
        lasts[-1] = 1
        sums[-1] += 1
    return sums[0]
