"""Pictures, charts, copies and looks changed on the slides of a built deck."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Pt

import deckbuilder
from deckbuilder.diagnostics import DeckError, fail
from deckbuilder.editing.document import Document
from deckbuilder.pulling.found import Pulled
from deckbuilder.pulling.pull import pull
from deckbuilder.pulling.writing import write
from tools import deck_folder

DECK = """\
title: Shown things
sections:
  - title: One
    slides:
      - kind: picture
        title: Seen
        picture: {file: old.png, alt: "A red field"}  # from the archive
      - kind: picture
        title: Seen as well
        picture: {file: old.png, alt: "Red again"}
      - kind: chart
        title: Typed
        chart: bar
        categories: [A, B]
        series:
          - name: Here
            values: [1, 2]   # counted
      - kind: chart
        title: Filed
        chart: line
        file: n.csv
      - kind: statement
        title: Alone
        statement: Words.
"""
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CSV = "Year,Here,There\n2020,1,2\n2021,3,4\n"


def picture(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 360), colour).save(out, "PNG")
    return out.getvalue()


class Edited:
    def __init__(self, folder: Path, file: Path) -> None:
        self.folder, self.file = folder, file
        self.slides = Presentation(str(file))

    def shape(self, number: int, what: str) -> Any:
        return next(one for one in self.slides.slides[number].shapes if getattr(one, what, None))

    @property
    def text(self) -> str:
        return (self.folder / "deck.yaml").read_text(encoding="utf-8")

    def pulled(self) -> Pulled:
        self.slides.save(str(self.file))
        return pull(self.file, self.folder)

    def taken_over(self) -> Pulled:
        """What was pulled and written, once and for all."""
        found = self.pulled()
        write(found, self.folder)
        again = pull(self.file, self.folder)
        assert [again.changes, again.conflicts] == [[], []]
        assert not again.something
        return found


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    folder = tmp_path / "deck"
    folder.mkdir()
    (folder / "deck.yaml").write_text(DECK, encoding="utf-8")
    (folder / "n.csv").write_text(CSV, encoding="utf-8")
    (folder / "old.png").write_bytes(picture("red"))
    return Edited(folder, deckbuilder.build(folder, output=tmp_path / "out", only=["deck"]).files[0])


def test_pictures_charts_and_copies_come_back(edited: Edited) -> None:
    seen = edited.shape(0, "image")
    _, key = edited.slides.slides[0].part.get_or_add_image_part(io.BytesIO(picture("blue")))
    seen._element.blipFill.blip.set(f"{{{R}}}embed", key)
    edited.shape(1, "image")._element._nvXxPr.cNvPr.set("descr", "Red, once more")
    for number, rows in ((2, {"Here": (1, 2.5)}), (3, {"Here": (1, 3), "There": (2, 40)})):
        chart = edited.shape(number, "has_chart").chart
        data = CategoryChartData()
        data.categories = list(chart.plots[0].categories)
        for name, values in rows.items():
            data.add_series(name, values)
        chart.replace_data(data)
    found = edited.taken_over()
    assert not found.left
    [name] = found.pictures
    assert Image.open(edited.folder / name).getpixel((9, 9)) == (0, 0, 255)
    wanted = DECK.replace('{file: old.png, alt: "A red', f'{{file: {name}, alt: "A red', 1).replace(
        '"Red again"', '"Red, once more"'
    )
    assert edited.text == wanted.replace("[1, 2]", "[1, 2.5]")
    assert (edited.folder / "n.csv").read_text(encoding="utf-8") == CSV.replace("2021,3,4", "2021,3,40")


def test_looks_are_told_and_not_taken_over(edited: Edited) -> None:
    slides = edited.slides.slides
    slides[0].shapes.title.left = slides[0].shapes.title.top = slides[0].shapes.title.width = Pt(60)
    slides[0].shapes.title.height = Pt(50)
    run = slides[4].shapes.title.text_frame.paragraphs[0].runs[0]
    run.font.size, run.font.color.rgb = Pt(50), RGBColor(200, 0, 0)
    slides[4].shapes.add_textbox(Pt(9), Pt(9), Pt(90), Pt(40)).text_frame.text = "Please check"
    other = next(one for one in edited.slides.slide_layouts if one.name == "Section Header")
    layout = next(one for one in slides[2].part.rels.values() if one.reltype == RELATIONSHIP_TYPE.SLIDE_LAYOUT)
    layout._target = other.part
    found = edited.pulled()
    assert found.before == found.after
    assert not found.changes
    assert [str(one) for one in found.left] == [
        "slide 1, Seen: the title has a place of its own: 60 and 60 points from left and top, 60 × 50 points",
        "slide 3, Typed: has the layout 'Section Header' instead of 'Title and Chart'",
        "slide 5, Alone: the title has looks of its own: letters in #C80000, letters of 50 points",
        "slide 5, Alone: a text box that says 'Please check' was put beside the placeholders",
    ]


def test_what_would_break_the_deck_is_named_and_the_rest_is_taken_over(edited: Edited) -> None:
    slides = edited.slides.slides
    words = next(one for one in slides[4].placeholders if one.placeholder_format.idx not in (0, 11, 12))
    for paragraph in words.text_frame.paragraphs:
        for run in paragraph.runs:
            run.text = ""
    slides[1].shapes.title.text_frame.paragraphs[0].runs[0].text = "Seen again"
    found = edited.taken_over()
    assert edited.text == DECK.replace("Seen as well", "Seen again")
    assert ["with which the slide would not hold" in one.says for one in found.left] == [True]


def test_what_cannot_all_be_written_is_not_written_at_all(edited: Edited, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = edited.shape(0, "image")
    _, key = edited.slides.slides[0].part.get_or_add_image_part(io.BytesIO(picture("blue")))
    seen._element.blipFill.blip.set(f"{{{R}}}embed", key)
    chart = edited.shape(3, "has_chart").chart
    data = CategoryChartData()
    data.categories = list(chart.plots[0].categories)
    data.add_series("Here", (1, 3))
    data.add_series("There", (2, 40))
    chart.replace_data(data)
    found = edited.pulled()
    assert found.pictures
    assert found.data

    def full(*_: Any) -> None:
        raise fail("output-unwritable", "the disk is full", None)

    before = {path: path.read_bytes() for path in edited.folder.rglob("*") if path.is_file()}
    with monkeypatch.context() as failing:
        failing.setattr(Document, "rewrite", full)
        with pytest.raises(DeckError, match="the disk is full"):
            write(found, edited.folder)
    assert {path: path.read_bytes() for path in edited.folder.rglob("*") if path.is_file()} == before
    write(found, edited.folder)
    assert "2021,3,40" in (edited.folder / "n.csv").read_text("utf-8")


@pytest.mark.parametrize("kind", ["agenda", "objectives", "references"])
def test_a_title_that_is_the_languages_word_for_the_slide_is_given_and_nothing_else_is_told(
    kind: str, tmp_path: Path
) -> None:
    said = {"kind": "statement", "title": "T", "statement": "S", "sources": ["a"]}
    more = {"objectives": ["Know it."], "references": [{"id": "a", "text": "A book."}]}
    deck = deck_folder(tmp_path / "deck", {"kind": kind}, said, **more)
    file = deckbuilder.build(deck, output=tmp_path / "out", only=("deck",)).files[0]
    slides = Presentation(str(file))
    title: Any = slides.slides[0].shapes.title
    title.text_frame.paragraphs[0].runs[0].text = "What is said"
    slides.save(str(tmp_path / "edited.pptx"))
    found = pull(tmp_path / "edited.pptx", deck)
    assert (found.conflicts, found.left) == ([], [])
    (changed,) = found.changes
    assert "title" in str(changed)
