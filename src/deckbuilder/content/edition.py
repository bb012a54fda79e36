"""Which of a deck is made: an edition of it."""

from __future__ import annotations

from deckbuilder.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Edition:
    """A deck in one of its variants; None is the deck itself, with what is for no variant alone. `minutes` are what it is made
    to fit, None where it is as long as it is; `language` is one that it is translated into, None for its own."""

    variant: str | None = None
    minutes: float | None = None
    language: str | None = None

    def named(self, deck: str) -> str:
        """What the files of the edition are called, given the deck's name."""
        return "-".join(
            filter(None, (deck, self.variant, f"{self.minutes:g}min" if self.minutes else None, self.language))
        )

    def __str__(self) -> str:
        said = [
            f"variant '{self.variant}'" if self.variant else "",
            f"language '{self.language}'" if self.language else "",
        ]
        return ", ".join(filter(None, said)) or "the deck itself"


PLAIN = Edition()
