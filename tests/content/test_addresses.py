"""Addresses: what is one, how it travels, and how people read it."""

from __future__ import annotations

import pytest
from pydantic_core import PydanticCustomError

from deckbuilder.content.links import shown_address, target_of

TAKEN = {
    # written: where it leads, how it is read
    "https://garden.example/": ("https://garden.example/", "garden.example"),
    "www.garden.example/plots": ("https://www.garden.example/plots", "www.garden.example/plots"),
    "garden.org": ("https://garden.org", "garden.org"),
    "plots.garden.at/map?x=1": ("https://plots.garden.at/map?x=1", "plots.garden.at/map?x=1"),
    "//garden.org/a": ("https://garden.org/a", "garden.org/a"),
    "garden.org:8443/a": ("https://garden.org:8443/a", "garden.org:8443/a"),
    "https://gärten.example/für-alle": (
        "https://xn--grten-gra.example/f%C3%BCr-alle",
        "gärten.example/für-alle",
    ),
    "https://garden.example/a%20b": ("https://garden.example/a%20b", "garden.example/a%20b"),
    "https://garden.example/50%": ("https://garden.example/50%25", "garden.example/50%25"),
    "https://garden.example/a[1]": ("https://garden.example/a%5B1%5D", "garden.example/a%5B1%5D"),
    'https://garden.example/"a"': ("https://garden.example/%22a%22", "garden.example/%22a%22"),
    "https://garden.example/Bed_(raised)": (
        "https://garden.example/Bed_(raised)",
        "garden.example/Bed_(raised)",
    ),
    "https://garden.example/?a=1&b='2'": ("https://garden.example/?a=1&b='2'", "garden.example/?a=1&b='2'"),
    "ask@garden.example": ("mailto:ask@garden.example", "ask@garden.example"),
    "mailto:ask@garden.example?subject=A plot": (
        "mailto:ask@garden.example?subject=A%20plot",
        "ask@garden.example",
    ),
    "tel:+44 (0)20 7946 0000": ("tel:+44-(0)20-7946-0000", "+44-(0)20-7946-0000"),
    "tel:112": ("tel:112", "112"),
    "#the-rules": ("#the-rules", "#the-rules"),
}
REFUSED = {
    "": "a link leads nowhere",
    "#": "'#' names no slide of this deck",
    "#The rules": "'#The rules' names no slide of this deck",
    "plan.docx": "the link to 'plan.docx' leads nowhere from another machine",
    "notes.md": "the link to 'notes.md' leads nowhere from another machine",
    "pictures/plan.pdf": "the link to 'pictures/plan.pdf' leads nowhere from another machine",
    "\\\\server\\plan": "the link to '\\\\server\\plan' leads nowhere from another machine",
    "%5Cserver%5Cplan": "the link to '\\server\\plan' leads nowhere from another machine",
    "C:\\plan.docx": "a link cannot lead to 'C:\\plan.docx'",
    "file:///C:/plan.docx": "a link cannot lead to 'file:///C:/plan.docx'",
    "javascript:alert(1)": "a link cannot lead to 'javascript:alert(1)'",
    "https:": "the address 'https:' names no host",
    "https:///plots": "the address 'https:///plots' names no host",
    "https://garden.example:port/": "the address 'https://garden.example:port/' has no host that could be reached",
    "https://garden.example:99999": "the address 'https://garden.example:99999' has no host that could be reached",
    "https://[::1/": "the address 'https://[::1/' has no host that could be reached",
    "https://.example": "the address 'https://.example' has no host that could be reached",
    "tel:ask": "'tel:ask' is no telephone number",
    "mailto:ask": "'mailto:ask' is no address of mail",
}


@pytest.mark.parametrize(("written", "told"), TAKEN.items())
def test_address_is_whole_and_is_read_short(written: str, told: tuple[str, str]) -> None:
    leads = target_of(written)
    assert (leads, shown_address(leads)) == told
    assert target_of(leads) == leads


@pytest.mark.parametrize(("written", "message"), REFUSED.items())
def test_what_leads_nowhere_is_refused_with_a_way_out(written: str, message: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        target_of(written)
    assert str(refused.value) == message
    assert (refused.value.context or {}).get("hint")
