"""What a question needs stands in the notes of the slide that asks it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pptx
import pytest
from pypdf import PdfReader

from tools import Built, build_files, deck_folder

CHART: dict[str, Any] = {
    "kind": "chart",
    "title": "Rain",
    "minutes": 5,
    "chart": "bar",
    "categories": ["May", "June"],
    "series": [{"name": "Litres", "values": [1, 2]}],
    "cues": [{"say": "Look at June."}],
    "notes": "Measured at the shed.",
    "questions": [
        {
            "ask": "What surprises you?",
            "listen_for": ["June doubles May"],
            "debrief": "Water less.",
            "follow_ups": ["And July?"],
        },
    ],
}
BAND: dict[str, Any] = {
    "kind": "points",
    "title": "Tools",
    "minutes": 1,
    "points": ["Rake"],
    "questions": [{"ask": "Which one?", "listen_for": ["The rake"]}],
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("asked")
    return build_files(folder / "out", deck_folder(folder, CHART, BAND))


def test_notes_of_a_moved_question_are_its_own_slides(built: Built) -> None:
    chart, asked, band = (
        slide.notes_slide.notes_text_frame.text  # type: ignore[union-attr]
        for slide in pptx.Presentation(str(built.deck)).slides
    )
    for words in ("What surprises you?", "June doubles May", "Water less.", "And July?"):
        assert words in asked
        assert words not in chart
    assert "Look at June." in chart
    assert "Measured at the shed." in chart
    assert "Look at June." not in asked
    assert "The rake" in band


def test_guide_names_the_slide_that_asks(built: Built) -> None:
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(built.guide).pages).split())
    assert "QUESTION · Slide 2 ·" in text
    assert "QUESTION · Slide 3 ·" in text


def test_long_notes_of_a_slide_go_on_before_its_questions(tmp_path: Path) -> None:
    long = {**CHART, "notes": "\n\n".join(f"Remark {n} on rain, wind and the shed. " * 6 for n in range(30))}
    deck = pptx.Presentation(str(build_files(tmp_path / "out", deck_folder(tmp_path, long)).deck))
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides if slide.has_notes_slide]  # type: ignore[union-attr]
    assert len(notes) > 2
    assert "Remark 29" in notes[-2]
    assert "June doubles May" in notes[-1]
    assert "Remark" not in notes[-1]
