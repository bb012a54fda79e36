"""A model's values one by one, for whoever looks through all of its texts."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from deckbuilder.content.base import Model
from deckbuilder.source import Position


def leaves(value: Any, without: Container[str] = ()) -> Iterator[tuple[Any, str, Position | None]]:
    """Every value in a model that is no model and no list itself, in the order of the fields: the value, the name of its field,
    and where the nearest model around it was written. Fields that are called like one of `without` are left out, and what is
    None."""
    waiting: list[tuple[Any, str, Position | None]] = [(value, "", None)]
    while waiting:  # rather than generators in generators: a deck of 300 slides has 60,000 values
        one, name, at = waiting.pop()
        if isinstance(one, Model):
            here = one.at or at
            fields = reversed(one.__dict__.items())
            waiting += [(inner, key, here) for key, inner in fields if inner is not None and key not in without]
        elif isinstance(one, tuple):
            waiting += [(item, name, at) for item in reversed(one)]
        else:
            yield one, name, at
