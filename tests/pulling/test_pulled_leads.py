"""Who leads a slide, as its notes say, is taken where the slide says it; where it may be the session that does, it is told."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from pptx import Presentation

import deckbuilder
from deckbuilder.pulling.pull import pull
from tools import deck_folder

SESSION = "trainers: [Ana Diaz, Bo Li]\nleads: [{of: The section, who: Ana Diaz}]\n"


@pytest.fixture
def built(tmp_path: Path) -> tuple[Path, Path, Path]:
    """The deck, its session, and the file of slides."""
    slides = [
        {"kind": "statement", "title": title, "statement": "S", "minutes": 5, "cues": [{"say": "Hello."}]}
        for title in ("One", "Two")
    ]
    deck = deck_folder(tmp_path / "deck", *slides)
    session = tmp_path / "deck" / "session.yaml"
    session.write_text(SESSION, "utf-8")
    return deck, session, deckbuilder.build(deck, session=session, output=tmp_path / "out", only=("deck",)).files[0]


def test_nobody_changed_who_leads(built: tuple[Path, Path, Path]) -> None:
    deck, session, file = built
    found = pull(file, deck, session=session)
    assert (found.changes, found.conflicts, found.left) == ([], [], [])


def test_a_deck_pulled_without_its_session_is_left_as_it_is(built: tuple[Path, Path, Path]) -> None:
    deck, _, file = built
    found = pull(file, deck)
    assert (found.changes, found.conflicts) == ([], [])
    assert found.after == found.before
    assert [str(one) for one in found.left] == [
        "slide 1, One: lead: here and perhaps further on, the notes say who leads, and the deck does not: "
        "was it built with a session?"
    ]


def test_who_leads_is_changed_where_it_is_said(built: tuple[Path, Path, Path], tmp_path: Path) -> None:
    deck, session, file = built
    slides = Presentation(str(file))
    notes = slides.slides[1].notes_slide.notes_text_frame  # type: ignore[union-attr]
    assert notes is not None
    run = next(run for paragraph in notes.paragraphs for run in paragraph.runs if run.text == "Ana Diaz")
    run.text = "Bo Li"
    slides.save(str(tmp_path / "edited.pptx"))
    found = pull(tmp_path / "edited.pptx", deck, session=session)
    assert (found.changes, found.conflicts, found.after) == ([], [], found.before)
    (left,) = map(str, found.left)
    assert "'Ana Diaz' becomes 'Bo Li'" in left
    assert "the session's 'leads'" in left


def test_who_leads_is_taken_where_the_slide_itself_says_so_and_where_nobody_does(tmp_path: Path) -> None:
    slide = {"kind": "statement", "statement": "S", "cues": [{"say": "Hello."}]}
    deck = deck_folder(tmp_path / "deck", {**slide, "title": "One", "lead": "Ana Diaz"}, {**slide, "title": "Two"})
    session = tmp_path / "deck" / "session.yaml"
    session.write_text("trainers: [Ana Diaz, Bo Li]\n", "utf-8")
    file = deckbuilder.build(deck, session=session, output=tmp_path / "out", only=("deck",)).files[0]
    slides = Presentation(str(file))
    one, two = (slide.notes_slide.notes_text_frame for slide in slides.slides)  # type: ignore[union-attr]
    assert one is not None
    assert two is not None
    for run in (run for paragraph in one.paragraphs for run in paragraph.runs if run.text == "Ana Diaz"):
        run.text = "Bo Li"
    two.text = "LED BY: Bo Li, Ana Diaz\nSAY: Hello."
    slides.save(str(tmp_path / "edited.pptx"))
    found = pull(tmp_path / "edited.pptx", deck, session=session)
    assert ([*map(str, found.left)], found.conflicts) == ([], [])
    slides_of = yaml.safe_load(found.after)["sections"][0]["slides"]
    assert [slide["lead"] for slide in slides_of] == ["Bo Li", ["Bo Li", "Ana Diaz"]]
