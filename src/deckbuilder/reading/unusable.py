"""What is said of a picture that cannot be used, and how long it may take to find out."""

from __future__ import annotations

import math

from deckbuilder.frozen import dataclass

_SECONDS = 3  # of processor, for a drawing


class Unusable(Exception):
    """A picture cannot be used: the message goes on after its name; `hint` is the way out."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass
class Patience:
    """The seconds of processor that a deck's drawings may take in vain: the more of them are refused for taking too
    long, the sooner the next is. A drawing that is drawn takes nothing of it."""

    left: float = 6.0

    def seconds(self) -> int:
        """What the next drawing may take; 0 when there is nothing left."""
        return min(_SECONDS, math.ceil(self.left))
