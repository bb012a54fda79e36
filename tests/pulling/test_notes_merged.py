"""Notes are merged as what slides show is: a notes page knows what it said when it was built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pptx
import pytest
from both_sides import deck, typed
from saving import as_powerpoint, rewritten

from deckbuilder.pulling.found import Pulled
from deckbuilder.pulling.pull import pull

LANDLORD = "Ask the landlord first, and bring the letter of the association that explains how little bees sting."
SLIDES: tuple[dict[str, Any], ...] = (
    {
        "kind": "points",
        "title": "Before you start",
        "points": ["A quiet corner", "Morning sun"],
        "cues": [{"say": "Nobody begins with two hives."}],
        "notes": LANDLORD,
    },
    {"kind": "statement", "title": "What stays", "statement": "Bees need water too"},
    {
        "kind": "discussion",
        "title": "Talk",
        "questions": [
            {
                "ask": "Who lives near you?",
                "listen_for": ["An old lady with a garden of her own", "Children who play outside after school"],
                "debrief": "Neighbours who were asked before will be proud of the hive afterwards.",
            }
        ],
    },
)


def edited(source: Path, *changes: tuple[str, str]) -> Path:
    """A copy of a file, as PowerPoint saves it, in whose notes some words are others."""
    file = pptx.Presentation(str(source))
    pages = [slide.notes_slide for slide in file.slides if slide.has_notes_slide]
    runs = [run for page in pages for p in page.notes_text_frame.paragraphs for run in p.runs]
    for old, new in changes:
        (run,) = [run for run in runs if old in run.text]
        run.text = run.text.replace(old, new)
    file.save(str(source.with_name("edited.pptx")))
    return rewritten(source.with_name("edited.pptx"), source.with_name("saved.pptx"), as_powerpoint)


def said(found: Pulled) -> list[int]:
    return [len(part) for part in (found.changes, found.conflicts, found.left)]


THERE = [
    ("landlord first", "landlord now"),
    ("begins with two", "begins with three"),
    ("old lady", "old gentleman"),
    ("will be proud", "may be proud"),
]


@pytest.mark.parametrize("change", THERE, ids=["notes", "cue", "answer", "debrief"])
def test_what_was_changed_there_comes_in_although_the_deck_was_changed_too(
    change: tuple[str, str], tmp_path: Path
) -> None:
    folder, built = deck(tmp_path, *SLIDES)
    typed(folder, "Bees need water too", "Bees need much water")
    found = pull(edited(built, change), folder)
    assert said(found) == [1, 0, 0]
    assert " ".join(found.after.split()) == " ".join(found.before.split()).replace(*change)  # lines break as they break


@pytest.mark.parametrize("change", THERE, ids=["notes", "cue", "answer", "debrief"])
def test_what_was_changed_here_only_stays(change: tuple[str, str], tmp_path: Path) -> None:
    folder, built = deck(tmp_path, *SLIDES)
    typed(folder, *change)
    found = pull(edited(built), folder)
    assert said(found) == [0, 0, 0]
    assert found.after == found.before


def test_one_page_changed_in_both_is_asked_about_and_others_are_taken(tmp_path: Path) -> None:
    folder, built = deck(tmp_path, *SLIDES)
    typed(folder, "landlord first", "landlord twice")
    file = edited(built, ("landlord first", "landlord now"), ("will be proud", "may be proud"))
    found = pull(file, folder)
    assert said(found) == [1, 1, 0]
    assert "landlord twice" in found.after
    assert "may be proud" in found.after
    assert "'Ask the landlord twice," in str(found.conflicts[0])
    assert "landlord now" in pull(file, folder, choice="theirs").after
    assert "landlord twice" in pull(file, folder, choice="ours").after


def test_notes_added_to_a_slide_without_any_are_known_on_either_side(tmp_path: Path) -> None:
    folder, built = deck(tmp_path, *SLIDES)
    typed(folder, "statement: Bees need water too", "statement: Bees need water too\n    notes: Show the bowl.")
    found = pull(built, folder)
    assert said(found) == [0, 0, 0]
    file = pptx.Presentation(str(built))
    file.slides[1].notes_slide.notes_text_frame.text = "Show the jug."  # type: ignore[union-attr]
    file.save(str(tmp_path / "edited.pptx"))
    assert said(pull(tmp_path / "edited.pptx", folder)) == [0, 1, 0]
    typed(folder, "\n    notes: Show the bowl.", "")
    typed(folder, "Morning sun", "Sun in the morning")
    found = pull(tmp_path / "edited.pptx", folder)
    assert said(found) == [1, 0, 0]
    assert "Show the jug." in found.after


def test_short_notes_keep_nothing_and_are_asked_about_as_soon_as_the_deck_was_changed(tmp_path: Path) -> None:
    folder, built = deck(tmp_path, {"kind": "statement", "title": "A", "statement": "Water", "notes": "Show the bowl."})
    file = edited(built, ("the bowl", "the jug"))
    assert said(pull(file, folder)) == [1, 0, 0]
    typed(folder, "statement: Water", "statement: Much water")
    assert said(pull(file, folder)) == [0, 1, 0]
