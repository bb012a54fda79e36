"""`diff`: what changed between two states of a deck, in words, and which pages have to be printed again."""

from __future__ import annotations

import copy
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner, Result

from deckbuilder.commands import app
from tools import deck_folder, need

TELL = "A sentence of some words that people can take home. "


def slides() -> list[dict[str, Any]]:
    """Slides that take several pages."""
    return [
        {
            "kind": "narrative",
            "title": f"Story {n}",
            "minutes": 2,
            "text": f"Words of story {n}.",
            "handout": f"{n} {TELL * 30}",
        }
        for n in range(8)
    ]


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    deck_folder(Path("old"), *slides())
    return Path("old")


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["diff", *arguments])


def test_nothing_changed(old: Path) -> None:
    deck_folder(Path("new"), *slides())
    done = call("old", "new")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == "nothing was written otherwise"
    assert done.stdout.count("nothing to print again") == 2


def test_a_changed_word_is_told_and_its_pages_are_written(old: Path) -> None:
    ours = slides()
    ours[5]["handout"] = ours[5]["handout"].replace("5 A sentence", "5 A line", 1)
    ours[5]["minutes"] = 3
    deck_folder(Path("new"), *ours)
    done = call("old", "new", "--pages", "again.pdf", "--json")
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert said["changes"] == [
        "slide 6 'Story 5': 'minutes' was '2' and is '3'",
        "slide 6 'Story 5': 'handout' said 'A sentence of' and says 'A line of'",
    ]
    again = said["pages"]["handout"]["again"]
    assert len(again) == 2, "its own, and the agenda's, whose times move"
    pages = PdfReader("again.pdf").pages
    assert len(pages) == sum(len(one["again"]) for one in said["pages"].values())
    assert "5 A line" in pages[1].extract_text()


def test_slides_that_come_go_and_move_are_told(old: Path) -> None:
    ours = slides()
    moved = ours.pop(1)
    ours.append(moved)
    del ours[2]
    ours.insert(3, {"kind": "statement", "title": "Between", "minutes": 1, "statement": "Something new"})
    deck_folder(Path("new"), *ours)
    lines = call("old", "new").stdout.splitlines()
    assert "slide 4 'Between' is new" in lines
    assert "slide 4 'Story 3' is gone" in lines
    assert "slide 8 'Story 1' was slide 2 'Story 1' and has moved" in lines
    assert sum("moved" in line for line in lines) == 1


def test_questions_are_told_apart(old: Path) -> None:
    first = slides()
    first[0]["questions"] = [{"ask": "Who cooks at home, and for whom?", "minutes": 1, "listen_for": ["Me"]}]
    deck_folder(old, *copy.deepcopy(first))
    first[0]["questions"][0] |= {"ask": "Who cooks at your home, and for whom?", "listen_for": ["Me", "Nobody"]}
    first[0]["questions"].append({"ask": "What is on the bottom shelf?", "minutes": 1})
    deck_folder(Path("new"), *first)
    lines = call("old", "new").stdout.splitlines()
    name = "slide 1 'Story 0': question 'Who cooks at your home, and for whom?'"
    assert f"{name}: 'listen_for' was 'Me' and is 'Me, Nobody'" in lines
    assert "slide 1 'Story 0': the question 'What is on the bottom shelf?' is new" in lines


def test_on_both_sides_whole_sheets_are_replaced(old: Path) -> None:
    ours = slides()
    ours[5]["handout"] = ours[5]["handout"].replace("5 A sentence", "5 A line", 1)
    deck_folder(Path("new"), *ours)
    (one,) = json.loads(call("old", "new", "--json").stdout)["pages"]["handout"]["again"]
    both = json.loads(call("old", "new", "--json", "--duplex").stdout)["pages"]["handout"]["again"]
    assert len(both) == 2
    assert both[0] % 2 == 1
    assert one


def test_a_revision_of_git_is_an_earlier_state(old: Path) -> None:
    git = [need("git"), "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "A deck"]):
        subprocess.run([*git, *command], check=True, capture_output=True)
    ours = slides()
    ours[0]["title"] = "The first story"
    deck_folder(old, *ours)
    assert "slide 1 'The first story': 'title' was 'Story 0' and is 'The first story'" in call("HEAD", "old").stdout
    done = call("HEAD~7", "old")
    assert done.exit_code == 1
    assert "there is no deck at HEAD~7, and no revision of that name" in done.stderr


def test_two_places_that_are_not_there(old: Path) -> None:
    done = call("here", "there")
    assert done.exit_code == 1
    assert "there is no deck at here, nor at there" in done.stderr
