"""Levels and emphasis that were changed, in the file of slides, in deck.yaml, or in both: the file tells what they were."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pptx
import yaml
from both_sides import deck, typed

from deckbuilder.pulling.found import Pulled
from deckbuilder.pulling.pull import pull

SLIDES: tuple[dict[str, Any], ...] = (
    {"kind": "points", "title": "What you need", "points": ["A quiet corner", "Morning sun", "Two neighbours"]},
    {"kind": "statement", "title": "What stays", "statement": "Bees need water too"},
    {
        "kind": "steps",
        "title": "How to begin",
        "steps": [
            {"name": f"Step {n}", "text": "which takes a while, and a second pair of hands " * 3} for n in range(9)
        ],
    },
)


def edited(file: Path, words: str, change: Callable[[Any], None]) -> Path:
    """The file with each paragraph that says the words changed."""
    presentation = pptx.Presentation(str(file))
    shapes = [shape for slide in presentation.slides for shape in slide.shapes if shape.has_text_frame]
    found = [p for shape in shapes for p in shape.text_frame.paragraphs if words in p.text]
    assert found
    for paragraph in found:
        change(paragraph)
    presentation.save(str(file))
    return file


def indent(paragraph: Any) -> None:
    paragraph.level = 1


def embolden(paragraph: Any) -> None:
    for run in paragraph.runs:
        run.font.bold = True


def counts(found: Pulled) -> list[int]:
    return [len(found.changes), len(found.conflicts), len(found.left)]


def read(found: Pulled) -> dict[str, Any]:
    """The first slide, afterwards."""
    slide: dict[str, Any] = yaml.safe_load(found.after)["sections"][0]["slides"][0]
    return slide


def test_a_level_changed_there_only_comes_in_whatever_else_was_changed_here(tmp_path: Path) -> None:
    folder, file = deck(tmp_path, *SLIDES)
    typed(folder, "Bees need water too", "Bees need much water")
    found = pull(edited(file, "Morning sun", indent), folder)
    assert counts(found) == [1, 0, 0]
    assert read(found)["points"] == [{"text": "A quiet corner", "points": ["Morning sun"]}, "Two neighbours"]


def test_emphasis_changed_there_only_comes_in(tmp_path: Path) -> None:
    folder, file = deck(tmp_path, *SLIDES)
    typed(folder, "Bees need water too", "Bees need much water")
    found = pull(edited(file, "Two neighbours", embolden), folder)
    assert counts(found) == [1, 0, 0]
    assert "**Two neighbours**" in found.after


def test_emphasis_changed_here_only_stays(tmp_path: Path) -> None:
    folder, file = deck(tmp_path, *SLIDES)
    typed(folder, "Morning sun", "'**Morning sun**'")
    found = pull(file, folder)
    assert (counts(found), found.after) == ([0, 0, 0], found.before)


def test_words_changed_here_and_levels_there_are_asked_about(tmp_path: Path) -> None:
    folder, file = deck(tmp_path, *SLIDES)
    typed(folder, "Two neighbours", "Three neighbours")
    found = pull(edited(file, "Morning sun", indent), folder)
    assert (counts(found), found.after) == ([0, 1, 0], found.before)


def test_levels_that_have_no_field_are_listed(tmp_path: Path) -> None:
    folder, file = deck(tmp_path, *SLIDES)
    found = pull(edited(file, "Step 3", indent), folder)
    assert (counts(found), found.after) == ([0, 0, 1], found.before)
    assert "for which there is no field" in str(found.left[0])
