"""Who leads what, by deck and session."""

from __future__ import annotations

from typing import Any

import pytest

from deckbuilder.content.deck import Deck
from deckbuilder.content.leads import leads_of, left_in
from deckbuilder.content.session import Session


def deck(section: str | None = None, slide: str | None = None) -> Deck:
    """A deck of a section "A" with a slide "one", and a section "B", with what each says of who leads it."""
    one: dict[str, Any] = {"kind": "statement", "id": "one", "title": "One", "statement": "S"}
    two: dict[str, Any] = {"kind": "statement", "id": "two", "title": "Two", "statement": "S"}
    one |= {"lead": [slide]} if slide else {}
    first: dict[str, Any] = {"title": "A", "slides": [one, two]} | ({"lead": [section]} if section else {})
    return Deck.model_validate({"title": "T", "sections": [first, {"title": "B", "slides": [{"kind": "cover"}]}]})


def session(**leads: str) -> Session:
    return Session.model_validate({"leads": [{"of": of, "who": [who]} for of, who in leads.items()]})


@pytest.mark.parametrize(
    ("section", "slide", "said", "names"),
    [
        (None, None, {}, ["", "", ""]),
        ("Ana", None, {}, ["Ana", "Ana", "Ana"]),
        ("Ana", "Bo", {}, ["Ana", "Bo", "Ana"]),
        (None, "Bo", {}, ["", "Bo", ""]),
        ("Ana", "Bo", {"A": "Cem"}, ["Cem", "Cem", "Cem"]),
        ("Ana", "Bo", {"one": "Cem"}, ["Ana", "Cem", "Ana"]),
        ("Ana", "Bo", {"A": "Cem", "two": "Dee"}, ["Cem", "Cem", "Dee"]),
        (None, None, {"B": "Cem"}, ["", "", ""]),
    ],
)
def test_the_session_goes_before_the_deck_and_the_slide_before_its_section(
    section: str | None, slide: str | None, said: dict[str, str], names: list[str]
) -> None:
    """`names` are those of the section "A", and of its slides."""
    one = deck(section, slide)
    leads = leads_of(one, session(**said))
    found = [leads.of_section(one.sections[0]), *map(leads.of, one.sections[0].slides)]
    assert [", ".join(who) for who in found] == names
    if not said:
        assert leads_of(one, None).slides == leads.slides


def test_what_a_shorter_deck_lacks_nobody_leads() -> None:
    whole = deck()
    first = whole.sections[0]
    short = whole.model_copy(update={"sections": (first.model_copy(update={"slides": first.slides[1:]}),)})
    left = left_in(session(A="Ana", one="Bo", two="Cem", B="Dee", elsewhere="Eve"), whole, short)
    assert left is not None
    assert [lead.of for lead in left.leads] == ["A", "two", "elsewhere"]
