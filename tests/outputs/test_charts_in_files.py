"""Charts in files: names like formulas stay text, gaps stay empty, and numbers are written as the language has them."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from lxml import etree

from tools import Built, Package, build_files, deck_folder, need, read_words, slides_to_pdf

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
