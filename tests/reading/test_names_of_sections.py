"""Sections and stages are called elsewhere as their titles are typed, or as they are shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import deckbuilder
from tools import deck_folder

SAY: dict[str, Any] = {"kind": "statement", "title": "A title", "statement": "A sentence", "minutes": 1}
TYPED = """Who's "in" -- **and** who isn't?"""
SHOWN = "Who’s “in” – and who isn’t?"
SESSION = """\
trainers: [Ann]
days: [{{title: One, breaks: [{{after: {0}, minutes: 5}}]}}, {{begins: {0}}}]
breaks: [{{after: {0}, minutes: 7}}]
leads: [{{of: {0}, who: Ann}}]
"""


@pytest.mark.parametrize("name", [TYPED, SHOWN])
def test_a_session_may_call_a_section_as_it_is_typed_or_shown(tmp_path: Path, name: str) -> None:
    deck = deck_folder(
        tmp_path / "deck", sections=[{"title": "First", "slides": [SAY]}, {"title": TYPED, "slides": [SAY]}]
    )
    session = deck.parent / "session.yaml"
    session.write_text(SESSION.format("'" + name.replace("'", "''") + "'"), "utf-8")
    content = deckbuilder.read(deck, session=session)
    assert [p for p in content.diagnostics if p.severity.value == "error"] == []
    assert content.session is not None
    assert content.session.leads[0].of == content.session.days[1].begins == SHOWN
    assert [day.minutes for day in content.schedule.days] == [1, 13]


def test_marks_are_those_of_the_deck_s_language_and_of_its_translation(tmp_path: Path) -> None:
    sections = [{"title": "Eins", "slides": [SAY]}, {"title": 'Die "Neuen"', "slides": [SAY]}]
    deck = deck_folder(tmp_path / "deck", sections=sections, language="de")
    session = deck.parent / "session.yaml"
    session.write_text("""days: [{title: A}, {begins: 'Die "Neuen"'}]\n""", "utf-8")
    (deck.parent / "locales").mkdir()
    (deck.parent / "locales/fr.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgctxt "section / title"\nmsgid "Die \\"Neuen\\""\nmsgstr "Les \\"nouveaux\\" : qui ?"\n',
        "utf-8",
    )
    for language, title in (("de", "Die „Neuen“"), ("fr", "Les « nouveaux » : qui ?")):
        content = deckbuilder.read(deck, session=session, language=None if language == "de" else language)
        assert [p for p in content.diagnostics if p.severity.value == "error"] == []
        assert content.session is not None
        assert " ".join(str(content.session.days[1].begins).split()) == title
        assert [day.minutes for day in content.schedule.days] == [1, 1]


def test_the_current_stage_may_be_called_as_it_is_typed_or_shown(tmp_path: Path) -> None:
    for name in (TYPED, SHOWN):
        slide = {"kind": "stages", "title": "T", "current": name, "text": "Words.", "stages": [TYPED, "Then"]}
        content = deckbuilder.read(deck_folder(tmp_path / "deck", slide))
        assert [p for p in content.diagnostics if p.severity.value == "error"] == []
