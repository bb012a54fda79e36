"""Decks that other programs made come in: what they say, nothing that they do not, and it builds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from foreign import PRINTED, SLIDES, WORDS, by_google, by_keynote, by_pages, by_pandoc, by_program, filled, office
from importing_tools import imported, slides_of

import deckbuilder
from deckbuilder.importing.kept import kept_words
from deckbuilder.importing.words import words_of
from tools import need

LEAST = 0.95  # of the words
HERE = Path(__file__).parents[1] / "fixtures" / "decks-of-others"


def carried(folder: Path, words: str) -> tuple[float, list[str]]:
    """The share of words that a new deck has of an old one's, and those that it has of itself."""
    said, kept = words_of(words), kept_words(deckbuilder.read(folder))
    return (said & kept).total() / said.total(), sorted(set(kept) - set(said))


MAKERS: dict[str, Callable[[Path], Path]] = {
    "pandoc": by_pandoc,
    "a program": by_program,
    "Keynote": by_keynote,
    "Google Slides": by_google,
}


@pytest.mark.slow
@pytest.mark.parametrize("maker", MAKERS)
def test_a_deck_of_another_program_comes_in(maker: str, tmp_path: Path) -> None:
    imported(MAKERS[maker](tmp_path), tmp_path)
    share, new = carried(tmp_path / "new", WORDS)
    assert share >= LEAST
    assert new == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Beehive", "Portfolio", "Vivid"])
def test_a_stock_template_of_libreoffice_comes_in_with_what_was_put_into_it(name: str, tmp_path: Path) -> None:
    soffice = Path(need("soffice")).resolve()
    template = soffice.parents[1] / "share/template/common/presnt" / f"{name}.otp"
    assert template.is_file(), "a LibreOffice without its templates"
    file = filled(office("pptx:Impress MS PowerPoint 2007 XML", template, tmp_path), tmp_path)
    _, deck = imported(file, tmp_path)
    share, new = carried(tmp_path / "new", WORDS)
    assert (share, new) == (1.0, [])
    cover, needs, costs, who, _, ask = slides_of(deck)
    assert (cover["kind"], costs["kind"], ask["kind"]) == ("cover", "table", "discussion")
    assert (who["picture"]["alt"], needs["notes"]) == ("A queen among her workers", SLIDES[0].notes)


@pytest.mark.slow
def test_lines_of_pages_come_in_as_the_slides_that_they_were(tmp_path: Path) -> None:
    _, deck = imported(by_pages(tmp_path), tmp_path)
    share, new = carried(tmp_path / "new", PRINTED)
    assert share >= LEAST
    assert new == []
    slides = slides_of(deck)
    assert slides[1]["points"] == [
        {"text": "A quiet corner", "points": ["Morning sun, wind from behind"]},
        "Two neighbours who said yes",
    ]
    assert [slide["kind"] for slide in slides] == ["cover", "points", "narrative", "narrative", "points", "discussion"]


def test_boxes_with_an_item_each_are_a_list(tmp_path: Path) -> None:
    _, deck = imported(by_program(tmp_path), tmp_path)
    _, needs, costs, who, year, ask = slides_of(deck)
    assert needs["points"] == [
        {"text": "A quiet corner", "points": ["Morning sun, wind from behind"]},
        "Two neighbours who said yes",
    ]
    assert (costs["kind"], costs["rows"][0]) == ("table", ["Hive", "180"])
    assert (who["picture"]["alt"], year["kind"], ask["kind"]) == ("A queen among her workers", "points", "discussion")


@pytest.mark.slow
def test_a_deck_that_a_program_in_javascript_made_comes_in(tmp_path: Path) -> None:
    """The file was written by PptxGenJS, with a master, typed sections, a table, a chart, notes and a hidden slide."""
    report, deck = imported(HERE / "pptxgenjs.pptx", tmp_path)
    assert [row.kinds for row in report.slides] == [
        ("cover",),
        ("points",),
        ("table",),
        ("chart",),
        ("narrative",),
        ("narrative",),
    ]
    _, needs, costs, honey, who, read_on = slides_of(deck)
    assert [section["title"] for section in deck["sections"]] == [
        "Beekeeping in town",
        "Before you start",
        "At the hive",
    ]
    assert needs["points"] == [
        {"text": "A quiet corner", "points": ["Morning sun, wind from behind"]},
        "Two neighbours who **said yes**",
    ]
    assert (needs["cues"], needs["notes"]) == (
        [{"say": "Nobody begins with two hives."}],
        "Ask the landlord before the neighbours.",
    )
    assert (costs["header"], costs["text"]) == (["Item", "Euros"], "Prices of a club in the north, 2020")
    assert (tmp_path / "new" / honey["file"]).read_text("utf-8").splitlines()[1:] == ["May,4", "June,11.5", "July,9"]
    assert who["picture"]["alt"] == "A queen among workers"
    assert (read_on["hidden"], deck["copyright"]) == (True, "City Bees © 2020")
