"""Files that are edited: saved, undone also after a restart, beside other programs, and whole however the program ends."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import deckbuilder
from deckbuilder.content.session import Session
from deckbuilder.editing.document import Document
from deckbuilder.editing.edits import AddSlide, DeleteSlide, Insert, Move, MoveSlide, Remove, Set, Several, read_edit
from deckbuilder.editing.journal import Journal
from deckbuilder.editing.merging import Conflict
from deckbuilder.editing.refusal import Refused
from deckbuilder.editing.skeletons import PLACEHOLDER

DECK = """\
title: A deck  # of few words
sections:
  - title: One
    slides:
      - kind: points
        id: first
        title: First
        points: [a, b, c]
      - kind: statement
        title: Second
        statement: Said
  - title: Two
    slides:
      - {kind: section, id: divider}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "deck" / "deck.yaml"
    file.parent.mkdir()
    file.write_text(DECK, encoding="utf-8")
    return file


def opened(file: Path) -> Document:
    return Document(file, state=file.parent.parent / "state")


def test_edits_are_undone_and_done_again_also_by_another_start(file: Path) -> None:
    document = opened(file)
    second = document.slides()[1]["id"]
    done = document.edit(Set(slide=second, path=("title",), value="2nd"))
    assert done.slide != second
    document.edit(Set(slide="first", path=("minutes",), value=5))
    changed = file.read_text(encoding="utf-8")
    again = opened(file)
    assert [said["path"] for said in again.steps()[0]] == [["title"], ["minutes"]]
    assert again.undo() is not None
    assert again.undo() is not None
    assert again.undo() is None
    assert file.read_text(encoding="utf-8") == DECK
    assert document.redo() is not None  # which sees what the other one did
    assert again.redo() is not None
    assert again.redo() is None
    assert file.read_text(encoding="utf-8") == changed


def test_something_new_ends_what_can_be_done_again(file: Path) -> None:
    document = opened(file)
    document.edit(Set(slide="first", path=("title",), value="x"))
    document.undo()
    document.edit(Set(slide="first", path=("title",), value="y"))
    assert document.redo() is None
    assert document.undo() is not None
    assert document.text == DECK


def test_an_id_made_of_words_changes_with_them_and_is_told(file: Path) -> None:
    document = opened(file)
    second = document.slides()[1]["id"]
    done = document.edit(Set(slide=second, path=("statement",), value="Unsaid"))
    assert done.slide is not None
    assert done.slide != second
    assert document.value(done.slide)["statement"] == "Unsaid"
    with pytest.raises(Refused, match="no slide"):
        document.edit(Set(slide=second, path=("statement",), value="Said again"))


def test_other_fields_changed_elsewhere_are_merged_and_undone_apart(file: Path) -> None:
    document = opened(file)
    seen = document.revision
    outside = DECK.replace("points: [a, b, c]", "points: [z, a, b, c]").replace("title: One", "title: 1")
    outside = outside.replace("      - kind: statement", "      - kind: agenda\n      - kind: statement")
    file.write_text(outside, encoding="utf-8")
    document.edit(Set(slide="first", path=("points", 1), value="B"), seen)
    document.edit(Insert(slide="first", path=("points",), index=3, value="d"), seen)
    document.edit(MoveSlide(slide="first", section=1, index=1), seen)
    first = document.value("first")
    assert first["points"] == ["z", "a", "B", "c", "d"]
    assert [s["section"] for s in document.slides()] == [0, 0, 1, 1]
    for _ in range(3):
        document.undo()
    assert document.text == outside


@pytest.mark.parametrize(
    ("change", "edit", "theirs"),
    [
        (("title: First", "title: Premier"), Set(slide="first", path=("title",), value="Erster"), "Premier"),
        (("[a, b, c]", "[a, bb, c]"), Remove(slide="first", path=("points", 1)), "bb"),
        (("id: first", "id: other"), Set(slide="first", path=("title",), value="Erster"), "First"),
        (("title: Second", "title: 2nd"), DeleteSlide(slide="divider"), None),
    ],
)
def test_the_same_changed_elsewhere_is_asked_about(
    file: Path, change: tuple[str, str], edit: Set, theirs: str | None
) -> None:
    document = opened(file)
    seen = document.revision
    outside = DECK.replace(*change)
    file.write_text(outside, encoding="utf-8")
    if theirs == "First":  # its id alone is another: it is the same slide
        assert document.edit(edit, seen).slide == "other"
    elif theirs is None:
        with pytest.raises(Refused, match="one slide at least"):
            document.edit(edit, seen)
    else:
        with pytest.raises(Conflict) as caught:
            document.edit(edit, seen)
        assert caught.value.as_dict()["theirs"] == theirs
        assert file.read_text(encoding="utf-8") == outside
        document.edit(edit, document.revision)  # asked, and meant
        assert file.read_text(encoding="utf-8") != outside


def test_what_both_did_alike_is_done_once(file: Path) -> None:
    document = opened(file)
    seen = document.revision
    file.write_text(DECK.replace("First", "1st"), encoding="utf-8")
    document.edit(Set(slide="first", path=("title",), value="1st"), seen)
    document.edit(
        Several(
            edits=(
                Set(slide="first", path=("title",), value="1st"),
                Move(slide="first", path=("points", 0), to=("points", 2)),
            )
        ),
        seen,
    )
    assert document.value("first")["points"] == ["b", "c", "a"]


def test_undoing_leaves_the_same_lines_of_others_alone(file: Path) -> None:
    document = opened(file)
    document.edit(Set(slide="first", path=("title",), value="Mine"))
    outside = document.text.replace("Mine", "Theirs")
    file.write_text(outside, encoding="utf-8")
    with pytest.raises(Conflict):
        document.undo()
    assert file.read_text(encoding="utf-8") == outside


def test_a_whole_text_is_put_in_place_right_or_wrong(file: Path) -> None:
    document = opened(file)
    seen = document.revision
    file.write_text(DECK.replace("title: Two", "title: 2"), encoding="utf-8")
    document.rewrite(DECK.replace("[a, b, c]", "[a, b"), seen)
    assert "title: 2" in document.text
    with pytest.raises(Refused) as caught:
        document.edit(Set(slide="first", path=("title",), value="x"))
    assert caught.value.line is not None
    document.undo()
    assert document.text == DECK.replace("title: Two", "title: 2")


def test_a_session_file_is_made(tmp_path: Path) -> None:
    document = Document(tmp_path / "session.yaml", Session, state=tmp_path / "state")
    for path, value in (
        (("date",), "2027-03-15"),
        (("breaks",), [{"minutes": 10, "at": "10:30"}]),
        (("start",), "09:00"),
    ):
        document.edit(read_edit({"do": "set", "path": list(path), "value": value}))
    assert (tmp_path / "session.yaml").read_text(encoding="utf-8") == (
        "date: 2027-03-15\nstart: 09:00\nbreaks:\n  - minutes: 10\n    at: 10:30\n"
    )


def test_a_new_slide_of_pictures_has_one_to_begin_with(file: Path) -> None:
    opened(file).edit(AddSlide(section=0, kind="grid"))
    assert (file.parent / PLACEHOLDER).is_file()


@pytest.mark.parametrize("damage", ["cut", "garbled", "gone", "folder"])
def test_a_damaged_journal_costs_no_more_than_what_is_damaged(file: Path, damage: str) -> None:
    document = opened(file)
    for title in ("A", "B", "C"):
        document.edit(Set(slide="first", path=("title",), value=title))
    journal = next((file.parent.parent / "state").rglob("journal"))
    data = journal.read_bytes()
    match damage:
        case "cut":
            journal.write_bytes(data[:-20])
            file.write_text(file.read_text(encoding="utf-8").replace("title: C", "title: B"), encoding="utf-8")
        case "garbled":
            lines = data.splitlines(keepends=True)
            journal.write_bytes(lines[0] + b"\x00\xff\n" + lines[2])
        case "gone":
            journal.unlink()
        case "folder":
            journal.unlink()
            journal.mkdir()
    again = opened(file)
    assert len(again.steps()[0]) == {"cut": 2, "garbled": 1, "gone": 0, "folder": 0}[damage]
    again.edit(Set(slide="first", path=("title",), value="D"))
    again.undo()
    assert f"title: {'B' if damage == 'cut' else 'C'}" in again.text


def test_a_journal_that_grows_too_large_forgets_what_is_oldest(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deckbuilder.editing.journal._MAX_BYTES", 4_000)
    document = opened(file)
    for number in range(40):
        document.edit(Set(slide="first", path=("title",), value=f"Title {number}"))
    journal = next((file.parent.parent / "state").rglob("journal"))
    assert journal.stat().st_size <= 4_000
    again = opened(file)
    assert 5 < len(again.steps()[0]) < 40
    assert again.undo() is not None
    assert "Title 38" in again.text


def test_a_folder_that_nothing_can_be_kept_in_keeps_nobody_from_editing(file: Path, tmp_path: Path) -> None:
    (tmp_path / "no-folder").write_text("", encoding="utf-8")
    document = Document(file, state=tmp_path / "no-folder")
    document.edit(Set(slide="first", path=("title",), value="x"))
    assert document.undo() is not None
    assert document.text == DECK


KILLED = """
import sys
from pathlib import Path
from deckbuilder.editing.document import Document
from deckbuilder.editing.edits import Set
document = Document(Path(sys.argv[1]), state=Path(sys.argv[2]))
number = 0
while True:
    number += 1
    document.edit(Set(slide="first", path=("title",), value=f"Title {number} " + "x" * number))
    print(number, flush=True)
"""


def test_a_kill_costs_at_most_the_last_second(file: Path) -> None:
    state = file.parent.parent / "state"
    command = [sys.executable, "-c", KILLED, str(file), str(state)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline()
        time.sleep(0.3)
        program.kill()
        told = [int(line) for line in program.stdout.read().split()]
    last = told[-1] if told else 1
    for left in file.parent.glob(".deck*"):
        os.utime(left, (0, 0))
    document = opened(file)
    number = int(document.value("first")["title"].split()[1])
    assert number in (last, last + 1)
    for n in range(number, 0, -1):
        assert document.value("first")["title"] == f"Title {n} " + "x" * n
        document.undo()
    assert document.text == DECK
    assert not list(file.parent.glob(".deck*"))


def test_states_of_long_ago_are_not_guessed_at(file: Path) -> None:
    document = opened(file)
    with pytest.raises(Refused, match="load it again"):
        document.edit(Set(slide="first", path=("title",), value="x"), "0" * 20)
    assert Journal(file, file.parent.parent / "state").text_at("0" * 20, DECK) is None


def test_slides_of_a_deck_with_variants_are_known_by_the_ids_that_the_deck_has(file: Path) -> None:
    file.write_text(
        """\
title: A deck
variants: {short: {}, long: {}}
sections:
  - title: One
    slides:
      - kind: points
        title: First
        not_for: short
        points: [a, {text: b, for: long}, {text: c, not_for: long}]
        notes: [{text: In short, for: short}, {text: At length, not_for: short}]
      - {kind: statement, title: Second, statement: Said}
""",
        "utf-8",
    )
    slides = [slide for _, slide in deckbuilder.read(file).deck.slides()]
    document = opened(file)
    assert [one["id"] for one in document.slides()] == [slide.identity for slide in slides]
    document.edit(Set(slide=slides[0].identity, path=("points", 0), value="A"))
    assert "points: [A, {text: b, for: long}" in document.text
