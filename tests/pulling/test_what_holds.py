"""What a deck would not hold with is left, and no more; what has to change along does."""

from __future__ import annotations

from pathlib import Path

import pptx
import pytest
from both_sides import deck

from deckbuilder.pulling.pull import pull

LONG = " ".join(["We listen before we speak, and ask before we act."] * 40)


@pytest.mark.parametrize("text", ["A few words.", LONG], ids=["marked", "on frames that mark none"])
@pytest.mark.parametrize("renamed", ["Listen", "Act"], ids=["another", "the current one"])
def test_a_stage_is_renamed_wherever_it_is_named(renamed: str, text: str, tmp_path: Path) -> None:
    stages = ["Listen", "Plan", "Act"]
    folder, built = deck(
        tmp_path, {"kind": "stages", "title": "Where we are", "stages": stages, "current": "Act", "text": text}
    )
    file = pptx.Presentation(str(built))
    frames = [shape.text_frame for slide in file.slides for shape in slide.placeholders if shape.has_text_frame]
    for run in (run for frame in frames for p in frame.paragraphs for run in p.runs if run.text == renamed):
        run.text = "Wait"
    file.save(str(tmp_path / "edited.pptx"))
    found = pull(tmp_path / "edited.pptx", folder)
    assert (found.left, found.conflicts) == ([], [])
    assert found.after == found.before.replace(f"- {renamed}\n", "- Wait\n").replace(
        f"current: {renamed}\n", "current: Wait\n"
    )


def test_a_field_that_would_not_hold_leaves_the_others_of_its_slide(tmp_path: Path) -> None:
    folder, built = deck(
        tmp_path, {"kind": "poll", "title": "Drinks", "question": "What will you have?", "options": ["Coffee", "Tea"]}
    )
    file = pptx.Presentation(str(built))
    frames = [shape.text_frame for shape in file.slides[0].placeholders if shape.has_text_frame]
    paragraphs = [p for frame in frames for p in frame.paragraphs]
    for run in (run for p in paragraphs for run in p.runs):
        run.text = run.text.replace("will you", "would you")
    gone = next(p for p in paragraphs if p.text == "Tea")._p
    gone.getparent().remove(gone)
    file.save(str(tmp_path / "edited.pptx"))
    found = pull(tmp_path / "edited.pptx", folder)
    assert found.after == found.before.replace("will you", "would you")
    assert ["options: 'Coffee / Tea' becomes 'Coffee'" in str(left) for left in found.left] == [True]
