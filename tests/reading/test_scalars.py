"""Words are found again where they were typed, whatever Markdown stands between and inside them."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from deckbuilder.reading.scalars import Files, as_typed, spans_of
from deckbuilder.source import Position


@pytest.mark.parametrize(
    ("typed", "words", "before", "after", "found"),
    [
        ("Make **use** of it.", "use", " ", " ", ["use"]),
        ("un**do**ing it", "do", "n", "i", ["do"]),
        ("the **the** end", "the the", "", " ", ["the **the"]),
        ("Reuse, and use it", "use", " ", " ", ["use"]),
        ("a claim[^1] of a claims", "claim", " ", " ", ["claim"]),
        ("a snake_case name", "snake_case", " ", " ", ["snake_case"]),
        ("as we said\n  as we say", "said as", " ", " ", ["said\n  as"]),
        ("said\n\nas", "said as", "", "", []),
        ("co\u00adoperate", "cooperate", "", "", ["co\u00adoperate"]),
        (unicodedata.normalize("NFD", "café"), "café", "", "", [unicodedata.normalize("NFD", "café")]),
        ("the trainers’ list", "trainers' list", " ", "", ["trainers’ list"]),
        ("5 *** 6", "***", " ", " ", ["***"]),
        ("[a use](https://example.org/use) of use", "use", " ", " ", ["use", "use", "use"]),
    ],
)
def test_words_are_found_as_they_were_typed(typed: str, words: str, before: str, after: str, found: list[str]) -> None:
    spans = spans_of(as_typed(words, before, after), typed)
    assert [typed[start:end] for start, end in spans] == found


def test_where_a_link_leads_is_not_what_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "deck.yaml"
    file.write_text("title: '[a use](https://example.org/use) of **use**'\n")
    at = Position(str(file), 1, 8)
    places = [Files().span(at, as_typed("use", " ", " "), number) for number in range(3)]
    assert [(span.at.column, span.text) if span else None for span in places] == [(12, "use"), (47, "use"), None]
