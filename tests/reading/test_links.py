"""Links say where they go: screen readers read them out without what stands around them."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.reading.deck import read_deck
from tools import deck_folder


def said(folder: Path, words: str) -> list[str]:
    problems = Diagnostics()
    points = {"kind": "points", "title": "T", "points": [f"For more see {words}."]}
    closing = {"kind": "closing", "links": [{"text": words.partition("]")[0].strip("["), "url": "https://example.org"}]}
    read_deck(deck_folder(folder, points, closing), None, problems)
    assert all(p.at is not None and p.hint for p in problems)
    return [p.message for p in problems]


@pytest.mark.parametrize("words", ["here", "Click here", "**here**", "this link", "hier", "En savoir plus"])
def test_a_link_that_does_not_say_where_it_goes_is_warned_of(words: str, tmp_path: Path) -> None:
    plain = words.strip("*")
    message = f"the link '{plain}' does not say where it goes"
    assert set(said(tmp_path, f"[{words}](https://example.org)")) == {message}


def test_a_link_that_says_where_it_goes_is_not(tmp_path: Path) -> None:
    assert said(tmp_path, "[our **program** page](https://example.org)") == []
