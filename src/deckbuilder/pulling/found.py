"""What was found in a changed file, and what becomes of it."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from deckbuilder.frozen import dataclass

Choice = Literal["theirs", "ours"]


@dataclass(frozen=True)
class Change:
    """A change that was found: the slide's `number` in the changed file, 0 for the whole deck, its title, and what it is, in
    words."""

    number: int
    title: str
    says: str

    def __str__(self) -> str:
        if not self.number:
            return self.says
        return f"slide {self.number}, {self.title}: {self.says}" if self.title else f"slide {self.number}: {self.says}"


@dataclass
class Pulled:
    """What was found, and what becomes of it. `before` and `after` are the text of deck.yaml; `changes` are made in it,
    `conflicts` were changed in both and are not, `left` cannot be brought over. `pictures` and `data` are files for the
    deck's folder, by their names."""

    before: str
    after: str
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)
    left: list[Change] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)

    @property
    def something(self) -> bool:
        """Whether there is anything to write."""
        return self.before != self.after or bool(self.data)
