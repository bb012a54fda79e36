"""Slides whose questions and pictures are shown in some documents only: every kind, in every document."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from deckbuilder.content.discussion import PLACES
from deckbuilder.content.kinds import shown_in
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.reading.yaml import read_yaml
from tools import SOURCES, arrange, build_files, deck_folder, print_files

FIXTURE = SOURCES["every-kind"][0]
PARTS = [[place] for place in PLACES] + [[place for place in PLACES if place != other] for other in PLACES]


def slides() -> list[dict[str, Any]]:
    """Every slide of the fixture, as it would be written alone."""
    raw = json.loads(json.dumps(read_yaml(FIXTURE / "deck.yaml", "deck.yaml", Diagnostics())))
    left_out = ("id", "sources", "objectives", "layout", "show")
    found = [slide for section in raw["sections"] for slide in section["slides"]]
    return [{k: v for k, v in slide.items() if k not in left_out} for slide in found]


def deck_of(folder: Path, slides: list[dict[str, Any]]) -> Path:
    folder.mkdir(parents=True)
    shutil.copytree(FIXTURE / "data", folder / "data")
    return deck_folder(folder, *slides)


def asked_in(slide: dict[str, Any], places: list[str]) -> dict[str, Any]:
    """The slide with a question for these places, and for a discussion one that all see."""
    questions: list[Any] = [{"ask": "A question for some?", "show": places}]
    return {**slide, "questions": questions + ["A question for all?"] * (slide["kind"] == "discussion")}


def pictured_in(slide: dict[str, Any], places: list[str]) -> dict[str, Any]:
    """The slide with its pictures for these places, but for one that the kind cannot do without."""
    out = dict(slide)
    for name in ("picture", "poster"):
        if name in slide and slide["kind"] != "picture":
            out[name] = {**slide[name], "show": places}
    if "pictures" in slide:
        kept = 1 if slide["kind"] == "grid" else 0
        out["pictures"] = slide["pictures"][:kept] + [{**p, "show": places} for p in slide["pictures"][kept:]]
    return out


@pytest.mark.parametrize("places", PARTS, ids="-".join)
def test_every_kind_is_built_with_what_is_shown_in_part(places: list[str], tmp_path: Path) -> None:
    deck = deck_of(tmp_path / "deck", [asked_in(pictured_in(slide, places), places) for slide in slides()])
    files = build_files(tmp_path / "workbook", deck)
    assert files.deck.stat().st_size
    assert print_files(tmp_path / "prints", deck, slides_per_page=2).handout.stat().st_size
    said = "".join(page.extract_text() for page in PdfReader(files.handout).pages)
    assert ("A question for some?" in " ".join(said.split())) == ("handout" in places)


@pytest.mark.parametrize("places", [["handout"], ["guide"], ["handout", "guide"]], ids="-".join)
def test_a_break_on_the_clock_keeps_its_minutes_when_its_question_is_not_in_the_deck(
    places: list[str], tmp_path: Path
) -> None:
    pause = {"kind": "break", "minutes": 15, "questions": [{"ask": "Who is here?", "show": places}]}
    found = arrange(deck_folder(tmp_path, {"kind": "statement", "title": "S", "statement": "S", "minutes": 5}, pause))
    (frame,) = found.of_kind("break")
    assert found.schedule.of(frame.slide).start == 5
    assert found.schedule.of(shown_in(frame.slide, "deck")) is found.schedule.of(frame.slide)
