"""Who leads what, in the documents: for facilitators alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pptx
import pytest
import yaml
from pypdf import PdfReader

import deckbuilder
from deckbuilder.importing.importer import import_deck
from tools import deck_folder, squeezed

SESSION = """\
start: "09:00"
leads:
  - {of: Beta, who: Cem Kaya}
  - {of: four, who: [Bo Li, Dee Wolf]}
"""


def slide(title: str, **more: Any) -> dict[str, Any]:
    return {"kind": "statement", "id": title.lower(), "title": title, "statement": "S", "minutes": 20, **more}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    folder = tmp_path_factory.mktemp("leads")
    sections = [
        {
            "title": "Alpha",
            "lead": "Ana Diaz",
            "slides": [slide("One", cues=[{"say": "Hello."}]), slide("Two", lead="Bo Li")],
        },
        {"title": "Beta", "lead": "Ana Diaz", "slides": [slide("Three"), slide("Four")]},
    ]
    deck = deck_folder(folder, sections=sections)
    (folder / "session.yaml").write_text(SESSION, "utf-8")
    built = deckbuilder.build(deck, session=folder / "session.yaml", output=folder / "out")
    assert [found.code for found in built.diagnostics if "lead" in found.code] == []
    return built.files


def pages(file: Path) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(file).pages))


def test_the_run_of_show_names_who_leads_sections_and_what_others_lead(files: tuple[Path, ...]) -> None:
    guide = pages(files[2])
    shown = guide[guide.index(squeezed("Run of show"), guide.index(squeezed("Run of show")) + 1) :]
    shown = shown[: shown.index("Total", shown.index("Four"))]
    for words in ("Alpha · Ana Diaz", "Two · Bo Li", "Beta · Cem Kaya", "Four · Bo Li, Dee Wolf"):
        assert squeezed(words) in shown
    assert shown.count(squeezed("Ana Diaz")) == 1
    assert shown.count(squeezed("Cem Kaya")) == 1


def test_the_guide_and_the_notes_name_who_leads_each_slide(files: tuple[Path, ...]) -> None:
    guide = pages(files[2])
    notes = [s.notes_slide.notes_text_frame.text for s in pptx.Presentation(str(files[0])).slides]  # type: ignore[union-attr]
    for name in ("Ana Diaz", "Bo Li", "Cem Kaya", "Bo Li, Dee Wolf"):
        assert squeezed(f"Led by {name}") in guide
    assert [note.splitlines()[0] for note in notes] == [
        "LED BY  Ana Diaz",
        "LED BY  Bo Li",
        "LED BY  Cem Kaya",
        "LED BY  Bo Li, Dee Wolf",
    ]


def test_the_guide_says_who_leads_where_that_changes_and_on_each_page_that_has_a_slide_of_its_own(
    tmp_path: Path,
) -> None:
    sections = [
        {"title": "Alpha", "lead": "Ana Diaz", "slides": [slide("One"), slide("Two"), slide("Three", lead="Bo Li")]},
        {"title": "Beta", "lead": "Bo Li", "slides": [slide("Four"), slide("Five")]},
    ]
    deck = deck_folder(tmp_path, sections=sections)
    told = {}
    for guide in ("compact", "full"):
        built = deckbuilder.build(deck, only=["guide"], guide=guide, output=tmp_path / guide)
        words = pages(built.files[0])
        told[guide] = [words.count(squeezed(f"Led by {name}")) for name in ("Ana Diaz", "Bo Li")]
    assert told == {"compact": [1, 2], "full": [2, 3]}


def test_participants_are_not_told_who_leads(files: tuple[Path, ...]) -> None:
    slides = "".join(
        shape.text_frame.text
        for one in pptx.Presentation(str(files[0])).slides
        for shape in one.shapes
        if shape.has_text_frame
    )
    for said in (pages(files[1]), squeezed(slides)):
        assert [name for name in ("AnaDiaz", "BoLi", "CemKaya", "DeeWolf", "Ledby") if name in said] == []


def test_notes_of_ours_say_who_leads_when_they_come_back(files: tuple[Path, ...], tmp_path: Path) -> None:
    report = import_deck(files[0], tmp_path / "new")
    assert (report.problems, report.invented) == ((), ())
    deck = yaml.safe_load((tmp_path / "new" / "deck.yaml").read_text("utf-8"))
    slides = [one for section in deck["sections"] for one in section["slides"]]
    assert [one["lead"] for one in slides] == [["Ana Diaz"], ["Bo Li"], ["Cem Kaya"], ["Bo Li", "Dee Wolf"]]
    assert [one.get("cues") for one in slides] == [[{"say": "Hello."}], None, None, None]
    assert not any("notes" in one for one in slides)


def test_who_leads_what_is_left_out_for_time_is_no_mistake(tmp_path: Path) -> None:
    slides = [slide("One", priority="must"), slide("Two", priority="could")]
    deck = deck_folder(tmp_path, *slides)
    (tmp_path / "session.yaml").write_text("leads: [{of: two, who: Ana Diaz}]\n", "utf-8")
    built = deckbuilder.build(
        deck, session=tmp_path / "session.yaml", output=tmp_path / "out", only=("deck",), fit_minutes=25
    )
    assert len(pptx.Presentation(str(built.files[0])).slides) == 1
