"""What a deck takes in from a library, edited: the library's words stay what they are, and whoever would change them is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

import deckbuilder
from deckbuilder.editing.document import Document
from deckbuilder.editing.edits import DeleteSlide, DuplicateSlide, Insert, MoveSlide, Remove, Set
from deckbuilder.editing.refusal import Refused
from deckbuilder.pulling.pull import pull
from deckbuilder.studio.previews import preview

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3z" fill="#123456"/></svg>'
LIBRARY = """\
facts: {members: 1200}
questions:
  - {id: why, ask: Why here?}
slides:
  - id: sowing
    kind: points
    title: How to sow
    points: [Dig, Water]
    picture: {file: pictures/bed.svg, alt: A bed}
    minutes: 3
"""
DECK = """\
title: A deck
library: ../library
sections:
  - title: One
    slides:
      - take: sowing  # as all do
      - kind: statement
        title: Many
        statement: We are {{ facts.members }}
        questions: [{take: why}]
"""
TAKEN = "is taken in from the library: change it in library.yaml"


@pytest.fixture
def document(tmp_path: Path) -> Document:
    for name, text in (("library/library.yaml", LIBRARY), ("deck/deck.yaml", DECK)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "library/pictures").mkdir()
    (tmp_path / "library/pictures/bed.svg").write_bytes(SVG)
    (tmp_path / "organisation.yaml").write_text("spelling: [Sowa]\n", "utf-8")
    return Document(tmp_path / "deck/deck.yaml", state=tmp_path / "state")


def test_slides_are_known_by_the_ids_that_the_deck_has(document: Document) -> None:
    slides = [slide for _, slide in deckbuilder.read(document.path).deck.slides()]
    assert [one["id"] for one in document.slides()] == [slide.identity for slide in slides]


def test_a_slide_that_is_taken_in_shows_what_the_library_has(document: Document) -> None:
    assert document.value("sowing")["points"] == ["Dig", "Water"]
    assert document.value("sowing")["kind"] == "points"
    assert document.value("sowing")["picture"]["file"] == "../library/pictures/bed.svg"


def test_its_picture_can_be_looked_at_and_nothing_beside_the_library(document: Document) -> None:
    folder = document.path.parent
    library = deckbuilder.read(folder).library
    name = "../library/pictures/bed.svg"
    assert preview(folder, name, library) == ("image/svg+xml", SVG)
    (folder.parent / "bed.svg").write_bytes(SVG)
    for wrong, allowed in ((name, None), ("../bed.svg", library), ("../library/../bed.svg", library)):
        with pytest.raises(LookupError):
            preview(folder, wrong, allowed)


@pytest.mark.parametrize(
    "edit",
    [
        Set(slide="sowing", path=("title",), value="Otherwise"),
        Set(slide="sowing", path=("points",), value=["Dig"]),
        Set(slide="sowing", path=("points", 0), value="Dig deep"),
        Remove(slide="sowing", path=("points", 0)),
        Insert(slide="sowing", path=("points",), value="More"),
        Insert(slide="sowing", path=("questions",), value={"ask": "Where?"}),
        DuplicateSlide(slide="sowing"),
    ],
    ids=lambda edit: f"{edit.do} {'.'.join(map(str, getattr(edit, 'path', ())))}",
)
def test_its_words_are_not_changed_from_the_deck(document: Document, edit: Any) -> None:
    with pytest.raises(Refused, match="library"):
        document.edit(edit)
    assert document.path.read_text("utf-8") == DECK


def test_nor_those_of_a_question_that_is_taken_in(document: Document) -> None:
    name = document.slides()[1]["id"]
    for path, value in ((("questions", 0, "ask"), "When?"), (("questions",), [{"take": "why", "ask": "When?"}])):
        with pytest.raises(Refused, match=TAKEN):
            document.edit(Set(slide=name, path=path, value=value))
    document.edit(Set(slide=name, path=("questions",), value=[{"take": "why"}, {"ask": "When?"}]))
    assert document.value(name)["questions"][1] == {"ask": "When?"}


def test_how_the_deck_uses_it_is_the_decks(document: Document) -> None:
    document.edit(Set(slide="sowing", path=("minutes",), value=9))
    assert "- take: sowing  # as all do\n        minutes: 9\n" in document.text
    document.edit(MoveSlide(slide="sowing", section=0, index=1))
    assert [one["id"] for one in document.slides()][1] == "sowing"
    document.edit(DeleteSlide(slide="sowing"))
    assert "sowing" not in document.text


def test_words_that_were_changed_in_powerpoint_are_told_and_left(document: Document, tmp_path: Path) -> None:
    file = next(f for f in deckbuilder.build(document.path.parent, output=tmp_path / "out", only=["deck"]).files)
    presentation = Presentation(str(file))
    for slide in presentation.slides:
        for shape in (one for one in slide.placeholders if one.has_text_frame):
            for paragraph in shape.text_frame.paragraphs:
                for run in paragraph.runs:
                    run.text = {"Dig": "Dig deep", "Many": "So many"}.get(run.text, run.text)
    presentation.save(str(tmp_path / "edited.pptx"))
    pulled = pull(tmp_path / "edited.pptx", document.path.parent)
    assert pulled.after == DECK.replace("title: Many", "title: So many")
    (left,) = pulled.left
    assert "Dig deep" in left.says
    assert TAKEN in left.says
