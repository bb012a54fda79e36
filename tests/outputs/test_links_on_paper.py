"""Links lead somewhere on slides and in PDFs, and can be followed on paper."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pptx
import pytest
from pypdf import PdfReader

from deckbuilder.content.printing import PrintSettings
from tools import NAMESPACES, Built, build_files, deck_folder

LONG = "https://garden.example/a-very-long/path/to/the-plan/of-all-the-plots?year=2031&edition=second"
SLIDES: list[dict[str, Any]] = [
    {
        "kind": "points",
        "title": "Where to look",
        "minutes": 1,
        "points": ["[The **whole** plan](garden.example/plan)", f"[All plots]({LONG})", "See [the rules](#rules)"],
        "handout": "And [the calendar](https://garden.example/calendar/), and [the plan](garden.example/plan).",
        "cues": [{"say": "Ring [the warden](tel:+44-20-7946-0000), see [the rules](#rules)."}],
        "questions": [{"ask": "Who read [the letter](https://garden.example/letter)?"}],
    },
    {
        "kind": "table",
        "title": "In a table",
        "minutes": 1,
        "header": ["What", "Where"],
        "rows": [["Map", "[the map](https://maps.example/x)"]],
    },
    {
        "kind": "quote",
        "title": "In a source",
        "minutes": 1,
        "quote": "Dig.",
        "source": "[A book](https://books.example/1)",
    },
    {"kind": "statement", "id": "rules", "title": "Rules", "minutes": 1, "statement": "Water [late](#rules)."},
    {
        "kind": "resource",
        "title": "Help",
        "minutes": 1,
        "name": "The shed",
        "text": "It is in [the plan](garden.example/plan), and has [a page](https://shed.example).",
        "audience": "For all.",
        "links": [{"text": "The shed's page", "url": "https://shed.example/"}],
    },
]
ADDRESSES = (
    *("garden.example/plan", "garden.example/calendar", "garden.example/letter", "maps.example/x", "books.example/1"),
    *("shed.example", LONG.removeprefix("https://")),
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("links")
    return build_files(folder / "out", deck_folder(folder, *SLIDES))


@pytest.fixture(scope="module")
def prints(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("prints")
    settings = PrintSettings(slides_per_page=3)
    return build_files(folder / "out", deck_folder(folder, *SLIDES), only=("handout",), printing=settings)


def said(pdf: Path) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(pdf).pages).split())


@pytest.mark.parametrize("document", ["handout", "guide"])
def test_every_address_is_printed_once(document: str, built: Built) -> None:
    text = said(getattr(built, document))
    for address in ADDRESSES:
        if document == "handout" or address != "garden.example/calendar":  # which only the handout's text names
            assert text.count(address) == 1, address
    assert "https://" not in text


def test_address_of_a_cue_is_in_the_guide_alone(built: Built) -> None:
    assert "+44-20-7946-0000" in said(built.guide)
    assert "7946" not in said(built.handout)


def test_number_after_the_words_stands_at_the_address(built: Built) -> None:
    text = said(built.handout)
    number = re.search(r"Thewholeplan→(\d+)", text)
    assert number is not None
    assert f"→{number[1]}garden.example/plan" in text
    assert text.count(f"theplan→{number[1]}") == 2
    assert re.search(r"apage→(\d+)", text)[1] == re.search(r"→(\d+)shed\.example", text)[1]  # type: ignore[index]


def test_prints_of_slides_end_with_what_their_links_lead_to(prints: Built) -> None:
    text = said(prints.handout)
    for address in set(ADDRESSES) - {"garden.example/calendar"}:
        assert address in text
    assert "Slide1,5Thewholeplan:garden.example/plan" in text
    assert "Slide1,4therules:slide4" in text


def test_link_to_a_slide_leads_there(built: Built) -> None:
    deck = pptx.Presentation(str(built.deck))
    first, fourth = deck.slides[0], deck.slides[3]
    jumps = [
        first.part.related_part(one.get(f"{{{NAMESPACES['r']}}}id"))
        for one in first._element.xpath(".//a:hlinkClick[@action='ppaction://hlinksldjump']")
    ]
    assert jumps == [fourth.part]


@pytest.mark.parametrize(("document", "where"), [("handout", "page"), ("guide", "slide")])
def test_slide_that_a_link_means_is_named_on_paper(document: str, where: str, built: Built) -> None:
    reader = PdfReader(getattr(built, document))
    named = re.search(
        rf"the rules \({where} (\d+)\)", " ".join("".join(p.extract_text() for p in reader.pages).split())
    )
    assert named is not None
    pages = {
        page.indirect_reference.idnum: number for number, page in enumerate(reader.pages, 1) if page.indirect_reference
    }
    links = [one.get_object() for page in reader.pages for one in page.get("/Annots", ())]
    jumps = {pages[link["/Dest"][0].idnum] for link in links if "/Dest" in link}
    assert len(jumps) == 1
    assert "Rules" in reader.pages[min(jumps) - 1].extract_text()
    assert named[1] == (str(min(jumps)) if where == "page" else "4")
