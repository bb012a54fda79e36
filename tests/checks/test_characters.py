"""Characters that cannot be set are errors, at the place where they were written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from deckbuilder.checks.characters import check_characters
from deckbuilder.content.deck import Author
from deckbuilder.content.text import plain_text
from deckbuilder.diagnostics import DeckError, Diagnostics, Severity
from deckbuilder.pipeline import Order, build
from deckbuilder.reading.deck import read_deck
from deckbuilder.theme.fonts import Fonts
from tools import REPOSITORY, SOURCES, deck_folder

POINTS: dict[str, Any] = {"kind": "points", "title": "Title", "minutes": 1, "points": ["One"]}


def said(folder: Path, *slides: dict[str, Any], session: str | None = None, **deck: Any) -> list[Any]:
    problems = Diagnostics()
    path = deck_folder(folder, *(slides or (POINTS,)), **deck)
    file = None
    if session is not None:
        file = folder / "session.yaml"
        file.write_text(session, "utf-8")
    reading = read_deck(path, file, problems)
    for content in (reading.deck, reading.session):
        if content is not None:
            check_characters(content, Fonts(), problems)
    return list(problems)


def line_of(folder: Path, words: str, file: str = "deck.yaml") -> int:
    lines = (folder / file).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


@pytest.mark.parametrize(
    "slide",
    [
        {"title": "ᠮᠣᠩᠭᠣᠯᠢ here"},
        {"points": ["ᠮᠣᠩᠭᠣᠯᠢ here"]},
        {"cues": [{"say": "ᠮᠣᠩᠭᠣᠯᠢ here"}]},
        {"handout": "ᠮᠣᠩᠭᠣᠯᠢ here"},
        {"materials": ["ᠮᠣᠩᠭᠣᠯᠢ here"]},
        {"questions": [{"ask": "Why?", "listen_for": ["ᠮᠣᠩᠭᠣᠯᠢ here"]}]},
        {"questions": [{"ask": "Why?", "debrief": "ᠮᠣᠩᠭᠣᠯᠢ here"}]},
    ],
)
def test_every_text_of_a_slide_is_looked_at(tmp_path: Path, slide: dict[str, Any]) -> None:
    (problem,) = said(tmp_path, {**POINTS, **slide})
    assert problem.severity is Severity.ERROR
    assert problem.message.startswith("the Mongolian script is not supported yet: 'ᠮ' (U+182E), ")
    assert problem.message.endswith(" and 1 more")
    assert "picture" in problem.hint
    assert problem.at.line == line_of(tmp_path, "here")


@pytest.mark.parametrize(
    "deck",
    [
        {"glossary": [{"term": "Term", "definition": "here \ue123"}]},
        {"references": [{"id": "a", "text": "here \ue123"}]},
        {"references": [{"id": "a", "text": "Text", "as_of": "here \ue123"}]},
        {"room": "here \ue123"},
        {"authors": ["here \ue123"]},
        {"copyright": "here \ue123"},
    ],
)
def test_every_text_of_a_deck_is_looked_at(tmp_path: Path, deck: dict[str, Any]) -> None:
    (problem,) = said(tmp_path, **deck)
    assert "U+E123" in problem.message
    assert problem.at.line == line_of(tmp_path, "here")


@pytest.mark.parametrize(
    "line", ["place: here ᠮ", "trainers: [here ᠮ]", "breaks: [{minutes: 5, after: The section, label: here ᠮ}]"]
)
def test_the_session_file_is_looked_at(tmp_path: Path, line: str) -> None:
    (problem,) = said(tmp_path, session=f"date: 2027-03-15\n{line}\n")
    assert problem.message == "the Mongolian script is not supported yet: 'ᠮ' (U+182E)"
    assert (problem.at.file.endswith("session.yaml"), problem.at.line) == (True, 2)


def test_alternative_text_may_have_any_character(tmp_path: Path) -> None:
    picture = {"file": "pictures/path.svg", "alt": "हिन्दी \ue123"}
    names = [p.name for p in (REPOSITORY / "tests/fixtures/every-kind/pictures").iterdir() if p.suffix == ".svg"]
    picture["file"] = f"pictures/{names[0]}"
    assert said(tmp_path, {**POINTS, "picture": picture}) == []


def test_a_character_that_no_font_has_is_named_with_a_way_out(tmp_path: Path) -> None:
    (problem,) = said(tmp_path, {**POINTS, "points": ["Price 5 ₾ and \U00012000"]})
    assert problem.message == "no font can draw '₾' (U+20BE), '\U00012000' (U+12000)"
    assert "typography.fonts" in problem.hint


@pytest.mark.parametrize(("words", "number"), [("\ue000", "U+E000"), ("\x07", "U+0007"), ("\x85", "U+0085")])
def test_private_and_control_characters_are_reported_by_number(tmp_path: Path, words: str, number: str) -> None:
    path = deck_folder(tmp_path, POINTS)
    escaped = f"\\u{ord(words):04x}"
    path.write_text(path.read_text("utf-8").replace("- One", f'- "One {escaped} two"'), "utf-8")
    problems = Diagnostics()
    check_characters(read_deck(path, None, problems).deck, Fonts(), problems)
    (problem,) = problems
    assert problem.severity is Severity.ERROR
    str(problem).encode("utf-8")
    assert number in str(problem)


def test_a_lone_surrogate_is_refused_in_words_that_can_be_printed(tmp_path: Path) -> None:
    path = deck_folder(tmp_path, POINTS)
    path.write_text(path.read_text("utf-8").replace("- One", '- "One \\ud800"'), "utf-8")
    with pytest.raises(DeckError, match="invalid Unicode character") as raised:
        read_deck(path, None, Diagnostics())
    str(raised.value).encode("utf-8")
    problems = Diagnostics()
    check_characters(Author(name=plain_text("One \ud800")), Fonts(), problems)
    assert [p.message for p in problems] == ["the text has characters that show nothing: U+D800"]


def test_many_characters_are_counted_rather_than_listed(tmp_path: Path) -> None:
    (problem,) = said(tmp_path, {**POINTS, "title": "ᠠᠡᠢᠣᠤᠥᠦᠧ"})
    assert problem.message.endswith("'ᠤ' (U+1824) and 3 more")


@pytest.mark.parametrize("name", SOURCES)
def test_decks_that_are_judged_by_have_no_such_characters(name: str) -> None:
    problems = Diagnostics()
    check_characters(read_deck(SOURCES[name][0], None, problems).deck, Fonts(), problems)
    assert [str(p) for p in problems if p.severity is Severity.ERROR] == []


def test_nothing_is_written_for_a_deck_with_such_characters(tmp_path: Path) -> None:
    deck = deck_folder(tmp_path, {**POINTS, "cues": [{"say": "ᠮᠣᠩᠭᠣᠯ"}]})
    with pytest.raises(DeckError, match="Mongolian"):
        build(Order(deck, output=tmp_path / "out"), Diagnostics())
    assert not (tmp_path / "out").exists()


def test_letters_with_accents_over_them_are_read_as_accented_letters(tmp_path: Path) -> None:
    session = "place: Cafe\u0301\n"
    path = deck_folder(tmp_path, {**POINTS, "title": "Cafe\u0301"})
    (tmp_path / "session.yaml").write_text(session, "utf-8")
    reading = read_deck(path, tmp_path / "session.yaml", Diagnostics())
    assert reading.deck.sections[0].slides[0].title.plain == "Café"
    assert reading.session.place == "Café"


@pytest.mark.parametrize("sign", ["\u202d", "\u202e"])
def test_signs_that_turn_the_order_of_letters_are_told(sign: str, tmp_path: Path) -> None:
    (problem,) = said(tmp_path, {**POINTS, "points": [f"a{sign}bc"]})
    assert problem.code == "invisible-character"
    assert f"U+{ord(sign):04X}" in problem.message
