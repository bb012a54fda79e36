"""What is said of a picture that cannot be used."""

from __future__ import annotations


class Unusable(Exception):
    """A picture cannot be used: the message goes on after its name; `hint` is the way out."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint
