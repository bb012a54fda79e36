"""A training of several days in all its documents."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pypdf import PdfReader

import deckbuilder
from tools import Package, deck_folder, squeezed

SESSION = """\
place: Hall
participants: 9
breaks: [{minutes: 10, at: "09:20", label: Tea}]
days:
  - {date: 2027-03-15, start: "09:00"}
  - {date: 2027-03-22, title: Practice, begins: second-day, start: "13:30", place: Library}
"""


def slide(title: str, **more: Any) -> dict[str, Any]:
    return {"kind": "statement", "title": title, "statement": "S", "minutes": 20, **more}


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the slides and pages of "deck", "handout" and "guide" say, without blanks."""
    folder = tmp_path_factory.mktemp("days")
    sections = [
        {"title": "Alpha", "slides": [{"kind": "cover"}, {"kind": "agenda", "minutes": 0}, slide("One"), slide("Two")]},
        {
            "title": "Beta",
            "slides": [slide("Three", handout="Word. " * 1200), slide("Four", id="second-day"), slide("Five")],
        },
        {"title": "Gamma", "slides": [slide("Six"), {"kind": "break", "title": "Stretch", "minutes": 5}]},
    ]
    deck = deck_folder(folder, sections=sections, language="en-GB")
    (folder / "session.yaml").write_text(SESSION, "utf-8")
    built = deckbuilder.build(deck, session=folder / "session.yaml", output=folder / "out")
    deck_file, handout, guide = built.files
    package = Package(deck_file)
    said = {"deck": "".join(map(package.text, package.slides)), "last slide": package.text(package.slides[-2])}
    for name, file in (("handout", handout), ("guide", guide)):
        said[name] = "".join(page.extract_text() for page in PdfReader(file).pages)
    return {name: squeezed(words) for name, words in said.items()}


def in_order(text: str, *words: str) -> bool:
    at = 0
    for word in words:
        at = text.find(squeezed(word), at) + 1
        if not at:
            return False
    return True


def test_the_agenda_goes_by_day(texts: dict[str, str]) -> None:
    first, second = "Day 1 · 15 March 2027", "Day 2 · Practice · 22 March 2027"
    assert in_order(
        texts["deck"], first, "Alpha", "09:00", "Beta", "09:50", second, "Beta (continued)", "13:30", "Gamma", "14:10"
    )
    for name in ("handout", "guide"):
        parts = (f"{first} · Hall", "09:00", "Alpha", "Tea", "09:50", "Beta", "10:10", "End", f"{second} · Library")
        assert in_order(texts[name], *parts, "13:30", "Beta (continued)", "14:10", "Gamma", "14:35", "End"), name


def test_each_slide_in_the_guide_says_its_day_and_time(texts: dict[str, str]) -> None:
    assert squeezed("Day 1 · 09:20 · 20 min") not in texts["guide"]  # the tea is then
    assert squeezed("Day 1 · 09:30 · 20 min") in texts["guide"]
    assert squeezed("Day 2 · 13:30 · 20 min") in texts["guide"]


def test_a_section_that_goes_on_has_the_page_of_what_goes_on(texts: dict[str, str]) -> None:
    pages = [re.search(rf"{clock}Beta(?:\(continued\))?(\d)", texts["handout"]) for clock in ("09:50", "13:30")]
    begins, goes_on = (int(found[1]) for found in pages if found)
    assert goes_on > begins
    found = re.search(r"13:30Beta\(continued\)40(\d)(\d)", texts["guide"])
    assert found
    assert int(found[2]) == goes_on


def test_the_run_of_show_begins_anew(texts: dict[str, str]) -> None:
    shown = texts["guide"][texts["guide"].rindex("Runofshow") :]
    assert in_order(
        shown,
        "Day 1 · ",
        "Three",
        "20",
        "70",
        "10:10",
        "End",
        "Day 2 · ",
        "13:30",
        "Four",
        "20",
        "20",
        "13:50",
        "Five",
        "40",
    )


def test_cover_footer_and_first_page_name_all_days(texts: dict[str, str]) -> None:
    assert in_order(texts["deck"], "15 March 2027 and 22 March 2027 · Hall · Library")
    assert in_order(texts["handout"], "15 March 2027 and 22 March 2027 · Hall · Library")
    assert in_order(
        texts["guide"],
        "Day 1",
        "15 March 2027 · 09:00 – 10:10 · Hall",
        "Day 2",
        "Practice · 22 March 2027 · 13:30 – 14:35 · Library",
    )


def test_a_slides_footer_has_the_date_of_its_day(texts: dict[str, str]) -> None:
    assert squeezed("22 March 2027") in texts["last slide"]
    assert squeezed("15 March 2027") not in texts["last slide"]


def test_a_break_says_when_to_be_back_on_its_day(texts: dict[str, str]) -> None:
    assert squeezed("Back at 14:35") in texts["deck"]


def test_everybody_signs_for_each_day(texts: dict[str, str]) -> None:
    listed = texts["guide"][texts["guide"].rindex("Sign-insheet") :]
    assert in_order(listed, "Name", "Day 1", "Day 2", *map(str, range(1, 10)))
    assert "Sign-in" not in texts["handout"]
