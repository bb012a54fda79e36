"""What is taken as meant, where no doubt is possible; and the words that people reach for."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckbuilder.content.deck import Deck
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.reading.deck import read_deck

PIXEL = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\2\0\1H\xaf\xa4q"
    b"\0\0\0\0IEND\xaeB`\x82"
)


def read(folder: Path, deck: str, session: str = "") -> tuple[Deck, list[str]]:
    """A deck with these lines, and what was told: rule and hint."""
    (folder / "deck.yaml").write_text(f"title: T\n{deck}", "utf-8")
    (folder / "a.png").write_bytes(PIXEL)
    (folder / "session.yaml").write_text(session, "utf-8")
    problems = Diagnostics()
    read = read_deck(folder, folder / "session.yaml" if session else None, problems)
    return read.deck, [f"{problem.code}: {problem.hint}" for problem in problems]


SECTION = "sections:\n- title: S\n  slides:\n  - "


def test_one_value_stands_for_a_list_of_one(tmp_path: Path) -> None:
    deck, told = read(
        tmp_path,
        "authors: One\nobjectives: Notice\nmaterials: Pens\n"
        + SECTION
        + "{kind: points, title: A, minutes: 1, points: Only, objectives: 1, show: [deck, guide],"
        " questions: {ask: Why?, listen_for: Because, show: guide}}\n".replace("{ask", "[{ask").replace(
            "guide}}", "guide}]}"
        ),
        "trainers: Ana\n",
    )
    assert told == []
    assert [author.name.plain for author in deck.authors] == ["One"]
    assert [material.item.plain for material in deck.materials] == ["Pens"]
    [(_, slide)] = deck.slides()
    assert slide.kind == "points"
    assert [point.text.plain for point in slide.points] == ["Only"]
    assert slide.objectives == ("1",)
    assert [words.plain for words in slide.questions[0].listen_for] == ["Because"]
    assert slide.questions[0].show == ("guide",)


def test_a_question_alone_and_a_picture_by_its_file(tmp_path: Path) -> None:
    deck, told = read(
        tmp_path, SECTION + "{kind: points, title: A, minutes: 1, points: [a], questions: Why?, picture: a.png}\n"
    )
    assert told == ["alternative-text: say what it shows in 'alt', or write 'decorative: true'"]
    deck, told = read(tmp_path, SECTION + "{kind: points, title: A, minutes: 1, points: [a], questions: Why?}\n")
    assert told == []
    [(_, slide)] = deck.slides()
    assert [question.ask.plain for question in slide.questions] == ["Why?"]


@pytest.mark.parametrize("value", ["{a: b}", "true", "5.5"])
def test_what_may_be_a_mistake_is_not(tmp_path: Path, value: str) -> None:
    _, told = read(tmp_path, f"authors: {value}\n{SECTION}{{kind: cover}}\n")
    assert [words.split(":")[0] for words in told] == ["wrong-type"]


@pytest.mark.parametrize(
    ("kind", "meant"),
    [
        ("title", "cover"),
        ("question", "discussion"),
        ("end", "closing"),
        ("bullets", "points"),
        ("image", "picture"),
        ("knowledge-check", "quiz"),
        ("survey", "poll"),
        ("2x2", "matrix"),
        ("swot", "matrix"),
        ("big-number", "number"),
        ("stat", "number"),
        ("pionts", "points"),
    ],
)
def test_the_kind_that_is_meant_is_named(tmp_path: Path, kind: str, meant: str) -> None:
    _, told = read(tmp_path, f"{SECTION}{{kind: {kind}, title: A, minutes: 1}}\n")
    assert f"unknown-kind: did you mean '{meant}'?" in told


@pytest.mark.parametrize(
    ("key", "meant"), [("bullets", "points"), ("image", "picture"), ("duration", "minutes"), ("quiz", "questions")]
)
def test_the_key_that_is_meant_is_named(tmp_path: Path, key: str, meant: str) -> None:
    _, told = read(tmp_path, f"{SECTION}{{kind: points, title: A, minutes: 1, points: [a], {key}: x}}\n")
    assert told == [f"unknown-key: did you mean '{meant}'?"]


def test_what_belongs_into_the_session_is_sent_there(tmp_path: Path) -> None:
    _, told = read(tmp_path, f"date: 2027-03-15\n{SECTION}{{kind: cover}}\n", "time: 09:00\n")
    assert any("stands in the session file" in words for words in told)
    assert "unknown-key: did you mean 'start'?" in told


def test_who_gives_default_minutes_is_not_told_of_slides_without(tmp_path: Path) -> None:
    slide = f"{SECTION}{{kind: points, title: A, points: [a]}}\n"
    from deckbuilder import check

    for given, told in (("", ["slide-without-minutes"]), ("default_minutes: 5\n", [])):
        read(tmp_path, given + slide)
        found = [problem.code for problem in check(tmp_path).diagnostics]
        assert [code for code in found if code != "picture-unused"] == told
