"""What only some variants have stays when another one is edited; copies, frames and looks of letters go where they belong."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

import deckbuilder
from deckbuilder.pulling.carrying import carried
from deckbuilder.pulling.found import Pulled
from deckbuilder.pulling.pull import pull
from deckbuilder.pulling.writing import write

DECK = """\
title: Bread
variants:
  short: {}
sections:
  - title: One
    slides:
      - kind: points
        title: What it takes
        text:
          - {text: In an afternoon, not_for: short}
          - {text: In an hour, for: short}
        points:
          - Flour
          - {text: Time, not_for: short}
          - {text: Yeast, for: short}
          - Salt
        questions:
          - ask: What else?
            minutes: 2
        notes:
          - {text: Long rest., not_for: short}
          - {text: No rest., for: short}
  - title: Two
    slides:
      - kind: statement
        title: Alone
        statement: Bread is patience.
"""


class Edited:
    def __init__(self, folder: Path, file: Path) -> None:
        self.folder, self.file = folder, file
        self.slides = Presentation(str(file))

    @property
    def text(self) -> str:
        return (self.folder / "deck.yaml").read_text(encoding="utf-8")

    def paragraph(self, words: str) -> Any:
        for slide in self.slides.slides:
            for shape in (*slide.shapes, *(slide.notes_slide.shapes if slide.has_notes_slide else ())):
                for paragraph in shape.text_frame.paragraphs if shape.has_text_frame else ():
                    if words in paragraph.text:
                        return paragraph
        raise LookupError(words)

    def say(self, words: str, instead: str) -> None:
        run = next(run for run in self.paragraph(words).runs if words in run.text)
        run.text = run.text.replace(words, instead)

    def taken_over(self) -> Pulled:
        self.slides.save(str(self.file))
        found = pull(self.file, self.folder)
        assert ([*map(str, found.conflicts)], [*map(str, found.left)]) == ([], [])
        write(found, self.folder)
        again = pull(self.file, self.folder)
        assert ([*map(str, again.changes)], [*map(str, again.conflicts)]) == ([], [])
        return found


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    folder = tmp_path / "deck"
    folder.mkdir()
    (folder / "deck.yaml").write_text(DECK, encoding="utf-8")
    return Edited(folder, deckbuilder.build(folder, output=tmp_path / "out", only=["deck"]).files[0])


def test_what_other_variants_have_stays(edited: Edited) -> None:
    edited.say("afternoon", "evening")
    edited.say("Salt", "Sea salt")
    edited.say("Long rest", "Longer rest")
    flour = edited.paragraph("Flour")._p
    new = copy.deepcopy(flour)
    flour.addnext(new)
    edited.say("Flour", "Rye")
    edited.taken_over()
    wanted = (
        DECK.replace("an afternoon", "an evening").replace("- Salt", "- Sea salt").replace("Long rest", "Longer rest")
    )
    assert edited.text == wanted.replace("          - Flour\n", "          - Rye\n          - Flour\n")


def test_levels_and_emphasis_alone_are_edits(edited: Edited) -> None:
    edited.paragraph("Time").level = 1
    edited.paragraph("patience").runs[0].font.bold = True
    edited.taken_over()
    points = _sections(edited)[0]["slides"][0]["points"]
    assert points[0] == {"text": "Flour", "points": [{"text": "Time", "not_for": "short"}]}
    assert points[1:] == [{"text": "Yeast", "for": "short"}, "Salt"]
    assert "**Bread is patience.**" in edited.text


def test_a_section_goes_with_its_last_slide(edited: Edited) -> None:
    ids = edited.slides.slides._sldIdLst
    last = list(ids)[-1]
    edited.slides.part.drop_rel(last.rId)
    ids.remove(last)
    edited.taken_over()
    assert [section["title"] for section in _sections(edited)] == ["One"]


def test_a_title_may_be_changed_on_any_frame(edited: Edited) -> None:
    frames = [
        slide for slide in edited.slides.slides if any("What it takes" in s.text_frame.text for s in slide.placeholders)
    ]
    for shape in frames[-1].placeholders:
        for run in (run for paragraph in shape.text_frame.paragraphs for run in paragraph.runs):
            run.text = run.text.replace("What it takes", "What one needs")
    edited.taken_over()
    assert "title: What one needs\n" in edited.text


def _sections(edited: Edited) -> list[dict[str, Any]]:
    import yaml

    return list(yaml.safe_load(edited.text)["sections"])


@pytest.mark.parametrize(
    ("typed", "before", "after", "wanted"),
    [
        (
            ["a", {"text": "b", "for": "x"}, "c"],
            ["a", "c"],
            ["a", "d", "c"],
            ["a", {"text": "b", "for": "x"}, "d", "c"],
        ),
        ([{"text": "b", "for": "x"}, "a"], ["a"], ["c"], [{"text": "b", "for": "x"}, "c"]),
        (
            [{"text": "At noon", "for": "x"}, {"text": "At night", "not_for": "x"}],
            "At night",
            "At midnight",
            [{"text": "At noon", "for": "x"}, {"text": "At midnight", "not_for": "x"}],
        ),
    ],
)
def test_changes_leave_what_is_not_shown(typed: Any, before: Any, after: Any, wanted: Any) -> None:
    assert carried(typed, before, after) == wanted


def test_the_variant_of_the_session_is_pulled_into(tmp_path: Path) -> None:
    folder = tmp_path / "deck"
    folder.mkdir()
    (folder / "deck.yaml").write_text(DECK, encoding="utf-8")
    session = folder / "session.yaml"
    session.write_text("variant: short\n", encoding="utf-8")
    built = deckbuilder.build(folder, session=session, output=tmp_path / "out", only=["deck"]).files[0]
    edited = Edited(folder, built)
    edited.say("an hour", "half an hour")
    edited.say("Yeast", "Sourdough")
    edited.slides.save(str(edited.file))
    found = pull(edited.file, folder, session=session)
    assert ([*map(str, found.conflicts)], [*map(str, found.left)]) == ([], [])
    assert found.after == DECK.replace("an hour", "half an hour").replace("Yeast", "Sourdough")
