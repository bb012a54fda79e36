"""Changes made to the slides of a built deck come back to the very fields, and nothing else changes."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

import deckbuilder
from deckbuilder.diagnostics import DeckError
from deckbuilder.languages import ENGLISH_NUMBERS
from deckbuilder.pulling.carrying import carried
from deckbuilder.pulling.data import changed_data
from deckbuilder.pulling.found import Pulled
from deckbuilder.pulling.pull import pull
from deckbuilder.pulling.writing import write

DECK = """\
# A deck of many fields.
title: "A deck's title"
sections:
  - title: One
    slides:
      - kind: points   # with notes
        id: list
        title: 'The "first" list'
        points:
          - Alpha, at {{ session.start | default('nine') }} sharp
          # on beta
          - text: Beta
            points: [inner, outer]
          - Gamma
        cues:
          - say: Say "this" now.
        notes: |
          Background, **bold** and long.

      - kind: table
        id: numbers
        title: Numbers
        file: n.csv

      - kind: statement
        title: Alone
        statement: It's *so*.
  - title: Two
    slides:
      - kind: section
      - kind: discussion
        id: talk
        title: Talk
        questions:
          - ask: Why?
            listen_for: [Because]
      - kind: closing
"""
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
CSV = 'What,How many\n"A, b",1\nC,2\n'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pulled")
    (folder / "deck.yaml").write_text(DECK, encoding="utf-8")
    (folder / "n.csv").write_text(CSV, encoding="utf-8")
    return deckbuilder.build(folder, output=folder / "out", only=["deck"]).files[0]


class Edited:
    """A built deck, opened to be changed, and the deck that it is of."""

    def __init__(self, built: Path, folder: Path) -> None:
        self.folder = folder / "deck"
        self.folder.mkdir()
        for name in ("deck.yaml", "n.csv"):
            (self.folder / name).write_bytes((built.parents[3] / name).read_bytes())
        self.slides = Presentation(str(built))
        self.file = folder / "edited.pptx"

    @property
    def text(self) -> str:
        return (self.folder / "deck.yaml").read_text(encoding="utf-8")

    def paragraph(self, words: str) -> Any:
        """The paragraph on slides and notes pages that begins with the words."""
        for slide in self.slides.slides:
            shapes = [*slide.shapes, *(slide.notes_slide.shapes if slide.has_notes_slide else ())]
            for shape in shapes:
                frames = [cell.text_frame for row in shape.table.rows for cell in row.cells] if shape.has_table else []
                for frame in [*frames, *([shape.text_frame] if shape.has_text_frame else [])]:
                    for paragraph in frame.paragraphs:
                        if words in paragraph.text.replace("\u00a0", " "):
                            return paragraph
        raise LookupError(words)

    def say(self, words: str, instead: str) -> None:
        runs = self.paragraph(words).runs
        run = next((one for one in runs if words in one.text), runs[0])
        run.text = run.text.replace(words, instead) if words in run.text else instead

    def pulled(self, **order: Any) -> Pulled:
        self.slides.save(str(self.file))
        return pull(self.file, self.folder, **order)


@pytest.fixture
def edited(built: Path, tmp_path: Path) -> Edited:
    return Edited(built, tmp_path)


def test_what_nobody_changed_is_no_edit(edited: Edited) -> None:
    found = edited.pulled()
    assert found.before == found.after
    assert [found.changes, found.left, found.conflicts, found.data, found.pictures] == [[], [], [], {}, {}]


def test_changes_go_to_their_fields_and_are_taken_over_once(edited: Edited) -> None:
    edited.say("The “first” list", "The “very first” list")
    edited.say("Alpha", "Alphabet")
    gamma = edited.paragraph("Gamma")
    gamma._p.addnext(copy.deepcopy(gamma._p))
    edited.say("Gamma", "Before gamma")
    edited.say("this", "that")
    edited.slides.slides[1].shapes[1].table.cell(2, 1).text_frame.paragraphs[0].runs[0].text = "3"
    edited.say("Why?", "Why not?")
    ids = edited.slides.slides._sldIdLst
    alone = list(ids)[2]
    ids.remove(alone)
    ids.insert(0, alone)
    edited.slides.slides[4]._element.set("show", "0")
    found = edited.pulled()
    assert not found.left
    assert not found.conflicts
    before = edited.text
    write(found, edited.folder)
    after = before.replace("""'The "first" list'""", """'The "very first" list'""")
    after = after.replace("- Alpha, at {{", "- Alphabet, at {{")
    after = after.replace("          - Gamma\n", "          - Before gamma\n          - Gamma\n")
    after = after.replace('Say "this" now', 'Say "that" now').replace("- ask: Why?", "- ask: Why not?")
    after = after.replace("        title: Talk\n", "        title: Talk\n", 1)
    moved = "      - kind: statement\n        title: Alone\n        statement: It's *so*.\n"
    after = after.replace("\n" + moved, "", 1).replace("      - kind: points", f"{moved}\n      - kind: points", 1)
    lines = after.splitlines()
    hidden = next(n for n, line in enumerate(lines) if "listen_for" in line) + 1
    assert edited.text.splitlines() == [*lines[:hidden], "        hidden: true", *lines[hidden:]]
    assert (edited.folder / "n.csv").read_text(encoding="utf-8") == 'What,How many\n"A, b",1\nC,3\n'
    assert (edited.folder / "deck.before.yaml").read_text(encoding="utf-8") == before
    again = pull(edited.file, edited.folder)
    assert [again.changes, again.conflicts, again.left] == [[], [], []]


def test_slides_are_deleted_copied_and_added(edited: Edited) -> None:
    layout = next(one for one in edited.slides.slide_layouts if one.name.startswith("Title and Content"))
    fresh = edited.slides.slides.add_slide(layout)
    fresh.shapes.title.text = "Brand new"
    next(p for p in fresh.placeholders if p.placeholder_format.idx not in (0, 11, 12)).text = "one\ntwo"
    ids = edited.slides.slides._sldIdLst
    entries = list(ids)
    ids.remove(entries[-1])
    ids.insert(1, entries[-1])
    edited.slides.part.drop_rel(entries[2].rId)
    ids.remove(entries[2])
    found = edited.pulled()
    write(found, edited.folder)
    deck = deckbuilder.read(edited.folder).deck
    assert [[slide.kind for slide in section.slides] for section in deck.sections] == [
        ["points", "points", "table"],
        ["section", "discussion", "closing"],
    ]
    assert "title: Brand new\n        points:\n          - one\n          - two\n" in edited.text
    again = pull(edited.file, edited.folder)
    assert [again.changes, again.conflicts, again.left] == [[], [], []]


def test_what_changed_here_only_stays(edited: Edited) -> None:
    text = edited.text.replace("Gamma", "Delta").replace("Alone", "Together")
    (edited.folder / "deck.yaml").write_text(text, encoding="utf-8")
    edited.say("Why?", "Why not?")
    found = edited.pulled(choice="theirs")
    assert found.after == text.replace("Why?", "Why not?")
    assert not found.conflicts


def test_notes_are_asked_about_where_the_deck_was_changed_as_well(edited: Edited) -> None:
    text = edited.text.replace("Gamma", "Delta").replace("Background", "Ground")
    (edited.folder / "deck.yaml").write_text(text, encoding="utf-8")
    found = edited.pulled()
    assert found.after == text
    assert ["notes" in change.says for change in found.conflicts] == [True]


@pytest.mark.parametrize(("choice", "points"), [(None, "Delta"), ("ours", "Delta"), ("theirs", "Gamma ray")])
def test_what_changed_in_both_is_asked_about(edited: Edited, choice: Any, points: str) -> None:
    (edited.folder / "deck.yaml").write_text(edited.text.replace("Gamma", "Delta"), encoding="utf-8")
    edited.say("Gamma", "Gamma ray")
    edited.say("Why?", "Why not?")
    found = edited.pulled(choice=choice)
    assert f"          - {points}\n" in found.after
    assert "Why not?" in found.after
    assert [change.title for change in found.conflicts] == (["The “first” list"] if choice is None else [])


def test_a_file_that_was_not_built_is_refused(tmp_path: Path, edited: Edited) -> None:
    other = Presentation()
    other.slides.add_slide(other.slide_layouts[0]).shapes.title.text = "Not ours"
    other.save(str(tmp_path / "other.pptx"))
    with pytest.raises(DeckError, match="does not tell"):
        pull(tmp_path / "other.pptx", edited.folder)


def test_a_file_that_was_built_of_another_deck_is_refused(edited: Edited) -> None:
    other = "title: Other\nsections:\n  - title: Else\n    slides:\n      - {kind: narrative, title: Far, text: Away from it.}\n"
    (edited.folder / "deck.yaml").write_text(other, encoding="utf-8")
    with pytest.raises(DeckError, match="another deck"):
        edited.pulled(choice="theirs")


def test_what_to_listen_for_stays_with_its_question_without_its_bullets(edited: Edited) -> None:
    """Programs that write notes as bare text take the marks of lists along."""
    frame = next(s.notes_slide.notes_text_frame for s in edited.slides.slides if "Why?" in _notes(s))
    frame.text = frame.text.replace("Because", "Because of them")
    after = edited.pulled().after
    assert "listen_for: [Because of them]\n" in after
    assert "cues" not in after.split("id: talk")[1]


def _notes(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text) if slide.has_notes_slide else ""


@pytest.mark.parametrize(
    ("typed", "before", "after", "wanted"),
    [
        ('At {{ start }}, "so".\n', "At 9, “so”.", "At 9, “no”.", 'At {{ start }}, "no".\n'),
        ("At {{ start }} sharp", "At 9 sharp", "At 10 sharp", "At 10 sharp"),
        ("[[gap]] here", "_____ here", "_____ there", "[[gap]] there"),
        ("tied word", "tied\u00a0word", "untied\u00a0word", "untied word"),
        (
            ["a", "b", "c"],
            ["a", "b", "c"],
            ["a", {"text": "b", "points": ["c"]}],
            ["a", {"text": "b", "points": ["c"]}],
        ),
        (["Why?"], [{"ask": "Why?"}], [{"ask": "Why not?"}], ["Why not?"]),
        (
            [{"ask": "Why?", "lines": 3}],
            [{"ask": "Why?"}],
            [{"ask": "Why?", "minutes": 2}],
            [{"ask": "Why?", "lines": 3, "minutes": 2}],
        ),
        ("kept", "shown", "shown", "kept"),
        ("gone", "gone", None, None),
    ],
)
def test_changes_are_made_in_what_the_author_typed(typed: Any, before: Any, after: Any, wanted: Any) -> None:
    assert carried(typed, before, after) == wanted


def test_lines_of_data_that_nobody_changed_stay() -> None:
    text = 'x;"A";B\r\n"a, b";1,5;"2"\r\n"c";3;\r\n'
    before = [["", "A", "B"], ["a, b", 1.5, 2], ["c", 3, None]]
    after = [["", "A", "B"], ["a, b", 1.5, 4], ["new", 7, None], ["c", 3, None]]
    assert changed_data(text, before, after, ENGLISH_NUMBERS) == 'x;"A";B\r\n"a, b";1,5;4\r\nnew;7;\r\n"c";3;\r\n'


def as_powerpoint_saves(slides: Any) -> None:
    """Rewrites what PowerPoint rewrites: runs in two, languages, proofing marks, ends of paragraphs, ids and names of shapes."""
    for slide in slides.slides:
        for number, shape in enumerate(slide.shapes, 40):
            shape._element.xpath(".//p:cNvPr")[0].set("id", str(number))
        parts = [slide._element, *([slide.notes_slide._element] if slide.has_notes_slide else [])]
        for paragraph in (p for part in parts for p in part.iter(f"{{{A}}}p")):
            for run in list(paragraph.findall(f"{{{A}}}r")):
                looks = run.find(f"{{{A}}}rPr")
                if looks is None:
                    looks = run.makeelement(f"{{{A}}}rPr", {})
                    run.insert(0, looks)
                looks.set("lang", "en-GB")
                looks.set("dirty", "0")
                words = run.find(f"{{{A}}}t")
                if words.text and len(words.text) > 3:
                    rest = copy.deepcopy(run)
                    rest.find(f"{{{A}}}rPr").set("err", "1")
                    words.text, rest.find(f"{{{A}}}t").text = words.text[:2], words.text[2:]
                    run.addnext(rest)
            if paragraph.find(f"{{{A}}}endParaRPr") is None:
                paragraph.append(paragraph.makeelement(f"{{{A}}}endParaRPr", {"lang": "en-GB", "dirty": "0"}))


def test_what_powerpoint_rewrites_is_no_edit(edited: Edited) -> None:
    as_powerpoint_saves(edited.slides)
    found = edited.pulled()
    assert [found.changes, found.left, found.conflicts, found.data, found.pictures] == [[], [], [], {}, {}]
    assert found.before == found.after
