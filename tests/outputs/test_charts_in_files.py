"""Charts in files: names like formulas stay text, gaps stay empty, and numbers are written as the language has them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree
from reportlab.graphics.charts.piecharts import Pie
from reportlab.graphics.shapes import Group, Rect
from reportlab.lib.colors import Color as RLColor

from deckbuilder.content.data import Chart
from deckbuilder.layout.charts import pie_places
from deckbuilder.outputs.drawing.chart import chart_drawing
from deckbuilder.outputs.drawing.faces import _placed
from deckbuilder.outputs.drawing.render import Flipped
from tools import Built, Package, build_files, deck_folder, default_theme, need, read_words, slides_to_pdf

NAMES = ["=SUM(A1)", "+1", "Score<5", 'A "quoted" & B', "2024"]
NAMED = {
    "kind": "chart",
    "title": "Names",
    "minutes": 1,
    "chart": "bar",
    "unit": "%",
    "categories": NAMES,
    "series": [{"name": "=1+1", "values": [15.5, 20, -3, 0, 7]}],
}
GAP = {
    "kind": "chart",
    "title": "Verlauf",
    "minutes": 2,
    "chart": "line",
    "unit": "kg",
    "categories": ["Erstes", "Zweites", "Drittes"],
    "series": [{"name": "Ernte", "values": [1200, None, 2400.5]}],
}

INCHES = {
    "kind": "chart",
    "title": "Bretter",
    "chart": "bar",
    "unit": '" \\ "zoll"',
    "categories": ["kurz", "lang"],
    "series": [{"name": "Breite", "values": [3, 4.5]}],
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("charts")
    return build_files(
        folder / "out", deck_folder(folder / "deck", NAMED, GAP, INCHES, language="de-DE", default_minutes=1)
    )


def charts(package: Package) -> list[str]:
    return package.named(r"ppt/charts/chart\d+\.xml")


def test_names_that_look_like_formulas_are_text_in_chart_and_workbook(built: Built) -> None:
    package = Package(built.deck)
    chart = package.xml(charts(package)[0])
    names = [found.text for found in chart.iterfind(".//{*}cat/{*}strRef//{*}v")]
    assert names == NAMES
    (book,) = package.related(charts(package)[0], "package")
    with zipfile.ZipFile(io.BytesIO(package.parts[book])) as file:
        sheets = [etree.fromstring(file.read(name)) for name in file.namelist() if "worksheets/" in name]
        strings = "".join(
            file.read(n).decode() for n in file.namelist() if n.endswith(("sharedStrings.xml", "sheet1.xml"))
        )
    assert sheets
    assert not [cell for sheet in sheets for cell in sheet.iter("{*}f")]
    assert "=SUM(A1)" in strings
    assert "=1+1" in strings


def test_a_missing_value_is_a_gap_and_no_number(built: Built) -> None:
    package = Package(built.deck)
    chart = package.xml(charts(package)[1])
    points = [point.get("idx") for point in chart.iterfind(".//{*}ser/{*}val//{*}pt")]
    assert points == ["0", "2"]
    assert chart.find(".//{*}dispBlanksAs").get("val") == "gap"


@pytest.mark.parametrize("paper", ["handout", "guide"])
def test_numbers_on_paper_are_those_of_the_language(built: Built, paper: str) -> None:
    words = [word.text for page in read_words(getattr(built, paper)) for word in page.words]
    text = " ".join(words)
    assert "2,400.5" not in text
    assert not re.search(r"(?<![\d.,])0,0(?!\d)", text)


def test_the_handouts_chart_shows_the_values_that_there_are(built: Built) -> None:
    text = " ".join(word.text for page in read_words(built.handout) for word in page.words)
    assert "2.400,5" in text
    assert "1.200" in text


def test_numbers_and_units_are_those_of_the_deck_in_other_programs_too(built: Built) -> None:
    need("soffice")
    for pdf in (slides_to_pdf(built.deck, built.deck.parent), built.handout):
        text = " ".join(word.text for page in read_words(pdf) for word in page.words)
        assert '4,5" \\ "zoll"' in text
        assert "2.400,5" in text
        assert "15,5%" in text


def shapes(group: Group) -> Iterator[Any]:
    for one in group.contents:
        yield from shapes(one) if isinstance(one, Group) else [one]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_bars_below_one_another_are_in_the_order_of_their_series(language: str) -> None:
    shown = Chart("bar", ("June", "July"), (("Beans", (3, 11)), ("Peas", (5, 14))), horizontal=True)
    theme = replace(default_theme(), language=language)
    (plot,) = (one for one in chart_drawing(shown, theme, 400, 300, 18).contents if hasattr(one, "bars"))
    bars = [one for one in shapes(plot.draw()) if isinstance(one, Rect) and one.fillColor]
    from_top = sorted(bars, key=lambda bar: -bar.y)
    first = RLColor(*theme.palette.rgb(theme.series_color(0)))
    assert [bar.fillColor == first for bar in from_top] == [True, False, True, False]
    assert [abs(bar.width) for bar in from_top] == pytest.approx([n * from_top[0].width / 3 for n in (3, 5, 11, 14)])


def test_pies_stand_at_their_places_and_go_round_as_clocks_do_in_a_deck_from_right_to_left() -> None:
    shown = Chart("pie", ("June", "July"), (("Beans", (3, 11)),))
    theme = replace(default_theme(), language="ar")
    drawing = chart_drawing(shown, theme, 500, 300, 18)
    (pie,) = (one for one in drawing.contents if isinstance(one, Pie))
    place, _ = pie_places(shown, theme, 500, 300, 18)
    assert isinstance(drawing, Flipped)
    assert pie.direction == "anticlockwise", "in a mirror"
    assert 500 - pie.x - pie.width == pytest.approx(place.x)


def test_names_that_run_both_ways_are_drawn_in_the_order_in_which_they_are_read() -> None:
    theme = replace(default_theme(), language="fa")
    words = "Question برنامه 41"
    placed = list(_placed(words, 10, theme.body, 18, theme, bold=False))
    assert "".join(part for _, part, _, _ in placed) == words
    lefts = [left for _, part, _, left in placed if part.strip()]
    assert lefts == sorted(lefts, reverse=True), "the first stands at the right"
    assert min(left for *_, left in placed) == 10
