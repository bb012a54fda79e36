"""Slides as people have them: charts with commas in their names, pictures cut to size, empty slides, signs of control, series
with counts in their titles, lists that go on."""

from __future__ import annotations

import io
from pathlib import Path

import pptx
import pytest
from importing_tools import imported, slides_of
from PIL import Image
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

import deckbuilder


@pytest.mark.slow
def test_odd_slides_come_in_whole(tmp_path: Path) -> None:
    old = pptx.Presentation()
    layouts = {layout.name: layout for layout in old.slide_layouts}

    def slide(layout: str, title: str, text: str = "") -> pptx.slide.Slide:
        made = old.slides.add_slide(layouts[layout])
        made.shapes.title.text = title
        if text:
            made.placeholders[1].text_frame.text = text
        return made

    slide("Title Slide", "Oddities")
    shares = CategoryChartData(number_format="0%")
    shares.categories = ["Beans, broad", "Peas; round"]
    shares.add_series("Share, of all", (0.25, 0.75))
    place = (Inches(1), Inches(2), Inches(6), Inches(4))
    slide("Title Only", "Shares").shapes.add_chart(XL_CHART_TYPE.PIE, *place, shares)
    halves = Image.new("RGB", (40, 20), "red")
    halves.paste("blue", (20, 0, 40, 20))
    file = io.BytesIO()
    halves.save(file, "PNG")
    picture = slide("Title Only", "The blue half").shapes.add_picture(file, *place)
    picture.crop_left = 0.5
    old.slides.add_slide(layouts["Blank"])
    slide("Title and Content", "Signs \x07 of control", "a{{ b }}\x0b[[c]]\x0cd")
    for n in (1, 2):
        slide("Title and Content", f"What we ask ({n} of 2)", f"Question number {n} is asked")
    slide("Title and Content", "A list", "one")
    slide("Title and Content", "A list (cont.)", "two")
    old.save(str(tmp_path / "old.pptx"))

    report, deck = imported(tmp_path / "old.pptx", tmp_path)
    _, chart, picture_slide, signs, first, second, listed = slides_of(deck)
    assert (chart["chart"], chart["unit"]) == ("pie", "%")
    (_, slides_read) = zip(*deckbuilder.read(tmp_path / "new").deck.slides(), strict=True)
    (series,) = slides_read[1].series
    assert (slides_read[1].categories, series.name, series.values) == (
        ("Beans, broad", "Peas; round"),
        "Share, of all",
        (25, 75),
    )
    with Image.open(tmp_path / "new" / picture_slide["picture"]["file"]) as cut:
        assert (cut.size, cut.convert("RGB").getpixel((2, 2))) == ((20, 20), (0, 0, 255))
    assert "an empty slide" in report.as_text()
    assert signs["title"] == "Signs of control"
    assert slides_read[3].points[0].text.plain.replace("\u2060", "") == "a{{ b }}\n[[c]] d"
    assert (first["title"], second["title"]) == ("What we ask", "What we ask")
    assert listed["points"] == ["one", "two"]
