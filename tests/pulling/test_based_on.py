"""A pull that is given the file as it was before it was changed: all is known of which the changed file keeps nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pptx
import pytest
from both_sides import deck, typed
from saving import as_google, rewritten

from deckbuilder.importing.importer import import_deck
from deckbuilder.pulling.found import Pulled
from deckbuilder.pulling.pull import pull

SLIDES: tuple[dict[str, Any], ...] = (
    {
        "kind": "points",
        "title": "Before you start",
        "points": ["A quiet corner", "Morning sun", "Two neighbours who said yes"],
        "notes": "Ask the landlord first.",
        "cues": [{"say": "Nobody begins with two hives."}],
    },
    {"kind": "statement", "title": "What stays", "statement": "Bees need water too", "notes": "Show the bowl."},
    {
        "kind": "chart",
        "title": "Honey in a year",
        "chart": "bar",
        "categories": ["May", "June"],
        "series": [{"name": "Kilograms", "values": [4, 9]}],
    },
)


def edited(source: Path, target: Path, old: str, new: str) -> Path:
    """A copy of a file in which some words of slides or notes are others."""
    file = pptx.Presentation(str(source))
    frames = [shape.text_frame for slide in file.slides for shape in slide.shapes if shape.has_text_frame]
    frames += [slide.notes_slide.notes_text_frame for slide in file.slides if slide.has_notes_slide]
    runs = [run for frame in frames for paragraph in frame.paragraphs for run in paragraph.runs if old in run.text]
    assert runs
    for run in runs:
        run.text = run.text.replace(old, new)
    file.save(str(target))
    return target


def said(found: Pulled) -> tuple[list[str], list[str], list[str]]:
    return [*map(str, found.changes)], [*map(str, found.conflicts)], [*map(str, found.left)]


@pytest.mark.parametrize("dropped", [False, True], ids=["PowerPoint", "Google"])
def test_notes_that_were_changed_here_only_stay(dropped: bool, tmp_path: Path) -> None:
    folder, base = deck(tmp_path, *SLIDES)
    typed(folder, "Ask the landlord first.", "Ask the landlord twice.")
    typed(folder, "      - 4\n", "      - 5\n")
    file = edited(base, tmp_path / "edited.pptx", "Bees need water too", "Bees need water as well")
    if dropped:
        file = rewritten(file, tmp_path / "google.pptx", as_google)
    found = pull(file, folder, base=base)
    assert said(found) == (
        ["slide 2, What stays: statement: 'Bees need water too' becomes 'Bees need water as well'"],
        [],
        [],
    )
    assert found.after == found.before.replace("water too", "water as well")


def test_notes_that_were_changed_there_only_come_in_whatever_else_was_changed_here(tmp_path: Path) -> None:
    folder, base = deck(tmp_path, *SLIDES)
    typed(folder, "Bees need water too", "Bees need much water")
    found = pull(edited(base, tmp_path / "edited.pptx", "landlord first", "landlord now"), folder, base=base)
    assert [len(part) for part in said(found)] == [1, 0, 0]
    assert found.after == found.before.replace("landlord first", "landlord now")


def test_notes_that_were_changed_in_both_are_asked_about(tmp_path: Path) -> None:
    folder, base = deck(tmp_path, *SLIDES)
    typed(folder, "landlord first", "landlord twice")
    file = edited(base, tmp_path / "edited.pptx", "landlord first", "landlord now")
    found = pull(file, folder, base=base)
    assert (found.after, len(found.conflicts)) == (found.before, 1)
    assert "landlord now" in pull(file, folder, base=base, choice="theirs").after
    assert "landlord twice" in pull(file, folder, base=base, choice="ours").after


def test_a_deck_of_another_program_is_pulled_into_what_was_imported_of_it(tmp_path: Path) -> None:
    """Colleagues go on with the old file after it came in: with that as the base, their edits come in, and no other."""
    file = pptx.Presentation()
    for title, items in (
        ("Before you start", "A quiet corner\nMorning sun"),
        ("At the hive", "Smoke first\nMove slowly"),
    ):
        slide = file.slides.add_slide(file.slide_layouts[1])
        slide.shapes.title.text, slide.placeholders[1].text_frame.text = title, items
        slide.notes_slide.notes_text_frame.text = f"Notes on {title.lower()}."
    old = tmp_path / "old.pptx"
    file.save(str(old))
    import_deck(old, tmp_path / "new")
    assert said(pull(old, tmp_path / "new", base=old)) == ([], [], [])
    typed(tmp_path / "new", "Move slowly", "Move very slowly")
    found = pull(edited(old, tmp_path / "later.pptx", "Morning sun", "Sun in the morning"), tmp_path / "new", base=old)
    assert [len(part) for part in said(found)] == [1, 0, 0]
    assert found.after == found.before.replace("Morning sun", "Sun in the morning")
