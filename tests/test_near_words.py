"""What is meant by a name that nothing has: the nearest of those that there are, of however many."""

from __future__ import annotations

import difflib
import random

import pytest

from deckbuilder.diagnostics import did_you_mean, near_word

CHANCE = random.Random(7)
MANY = ["".join(CHANCE.choices("abcdefghijklmnop", k=12)) for _ in range(5_000)]


def test_the_nearest_is_named_and_else_all() -> None:
    assert did_you_mean("cols", ["coats", "colds", "x"]) == "did you mean 'colds'?"
    assert did_you_mean("zz", ["b", "a"]) == "known: a, b"
    assert did_you_mean("zz", []) is None
    assert near_word("zz", ["a"]) is None


@pytest.mark.parametrize("number", [0, 999, 4_999])
def test_of_thousands_a_word_with_one_letter_wrong_is_found(number: int) -> None:
    word = MANY[number]
    assert near_word(f"{word[:5]}Z{word[6:]}", MANY) == f"did you mean '{word}'?"


def test_of_thousands_few_are_compared_and_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    whole = difflib.get_close_matches

    def counting(word: str, known: list[str], **options: float) -> list[str]:
        compared.append(len(known))
        return whole(word, known, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(difflib, "get_close_matches", counting)
    hint = did_you_mean("QQQQ", MANY)
    assert hint is not None
    assert hint.endswith(" and 4940 more")
    near_word(MANY[0][::-1], MANY)
    assert max(compared) <= 100
