"""The order of letters in lines that run both ways, judged by another implementation of the algorithm."""

from __future__ import annotations

from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from deckbuilder.layout.bidi import base_direction, levels_of, visual_order

LETTERS = "abאבגعربي 12.,-()[]/:%+\u0300"


def shown(text: str, backwards: bool) -> str:
    return "".join(text[n] for n in visual_order(levels_of(text, backwards)))


@given(st.text(LETTERS, min_size=1, max_size=16).map(str.strip).filter(bool), st.booleans())
def test_lines_are_ordered_as_the_algorithm_wants(text: str, backwards: bool) -> None:
    assert shown(text, backwards) == get_display(text, base_dir="R" if backwards else "L")


def test_latin_text_is_left_alone() -> None:
    assert levels_of("No (word) runs back, 25 %.", False) == [0] * 26


def test_joiners_and_isolates_go_with_what_is_before_them() -> None:
    assert levels_of("a\u2067ب\u200c\u2069", False) == [0, 0, 1, 1, 1]


def test_a_paragraph_runs_as_it_begins_and_in_decks_that_run_back_nearly_always_back() -> None:
    assert base_direction("שלום hello", False, False)
    assert not base_direction("hello שלום", False, False)
    assert base_direction("hello שלום", True, False)
    assert not base_direction("hello", True, False)
    assert base_direction("hello", True, True)  # an item of a list
    assert base_direction("25 %", True, False)
    assert not base_direction("שלום", False, True)
