"""Which of a deck is made: an edition of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edition:
    """A deck in one of its variants; None is the deck itself, with what is for no variant alone. `minutes` are what it is made
    to fit, None where it is as long as it is."""

    variant: str | None = None
    minutes: float | None = None

    def named(self, deck: str) -> str:
        """What the files of the edition are called, given the deck's name."""
        return "-".join(filter(None, (deck, self.variant, f"{self.minutes:g}min" if self.minutes else None)))

    def __str__(self) -> str:
        return f"variant '{self.variant}'" if self.variant else "the deck without a variant"


PLAIN = Edition()
