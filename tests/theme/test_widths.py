"""How wide text is taken to be in families that have no file: against fonts that are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.layout.frame import TextItem
from deckbuilder.theme.faces import LINE_PITCH
from deckbuilder.theme.fonts import FONT_FOLDER, Fonts
from deckbuilder.theme.pack import read_theme
from deckbuilder.theme.widths import measure_of
from deckbuilder.themes import check_theme
from tools import Package, arrange, build_files, deck_folder, deck_source

OFFICE = (
    "Aptos",
    "Aptos Display",
    "Segoe UI",
    "Calibri Light",
    "Cambria",
    "Century Gothic",
    "Franklin Gothic Book",
    "Franklin Gothic Medium",
    "Gill Sans MT",
    "Garamond",
    "Bookman Old Style",
    "Verdana",
    "Tahoma",
    "Trebuchet MS",
    "Consolas",
    "Lucida Sans Unicode",
    "Times New Roman",
    "Palatino Linotype",
)
WEB = (
    "Roboto",
    "Open Sans",
    "Noto Sans",
    "Montserrat",
    "Poppins",
    "Lato",
    "Inter",
    "Roboto Condensed",
    "Oswald",
    "Raleway",
    "Nunito",
    "Nunito Sans",
    "Ubuntu",
    "Playfair Display",
    "Merriweather",
    "Rubik",
    "Work Sans",
    "PT Sans",
    "Lora",
    "DM Sans",
    "Source Sans Pro",
    "Source Sans 3",
    "Fira Sans",
    "IBM Plex Sans",
)


@pytest.mark.parametrize("family", OFFICE + WEB)
def test_families_of_office_and_of_the_web_are_in_the_table(family: str) -> None:
    measure = measure_of(family)
    assert measure.source != "unknown"
    assert 0.7 < measure.regular < 1.4
    assert 1.0 <= measure.line < 2.0


def test_code_in_a_name_makes_no_code_font() -> None:
    assert measure_of("Lucida Sans Unicode").stand_in == "Arial"
    assert measure_of("Barcode Grotesk").stand_in == "Arial"
    assert [measure_of(family).stand_in for family in ("Fira Code", "Some Mono", "Consolas")] == ["Courier New"] * 3


@pytest.mark.parametrize(("family", "wider"), [("Verdana", 1.19), ("Montserrat", 1.17), ("Century Gothic", 1.13)])
def test_wide_families_are_measured_wider_than_arial(family: str, wider: float) -> None:
    words = "What do you see from where you stand?"
    assert Fonts().face(family).width(words, 20) > wider * Fonts().face("Arial").width(words, 20)


def test_a_cut_of_a_family_is_as_wide_as_the_family_that_it_is_cut_of() -> None:
    assert measure_of("Montserrat SemiBold").regular > measure_of("Montserrat Light").regular
    assert measure_of("Montserrat Light").regular >= measure_of("Montserrat").regular


def test_a_family_that_nobody_knows_gets_a_margin() -> None:
    assert measure_of("House Grotesk").source == "unknown"
    assert measure_of("House Grotesk").regular > 1.1
    assert measure_of("House Grotesk").line > LINE_PITCH


@pytest.mark.parametrize(
    ("family", "file"),
    [
        ("DejaVu Sans", FONT_FOLDER / "DejaVuSans.ttf"),
        ("Arimo", FONT_FOLDER / "LiberationSans-Regular.ttf"),
        ("Gelasio", FONT_FOLDER / "Gelasio-Regular.ttf"),
        ("Cousine", FONT_FOLDER / "LiberationMono-Regular.ttf"),
    ],
)
def test_the_table_is_right_of_fonts_that_are_at_hand(family: str, file: Path) -> None:
    own = Fonts({"Own": {"Regular": file}}).face("Own")
    words = "All human beings are born free and equal in dignity and rights."
    measure = measure_of(family)
    measured = Fonts().face(measure.stand_in).width(words, 1) * measure.regular
    assert 1.0 <= measured / own.width(words, 1) < 1.08


def themed(folder: Path, family: str) -> Path:
    (folder / "mine").mkdir()
    (folder / "mine" / "_brand.yml").write_text(f"typography: {{base: {family}, headings: {family}}}\n", "utf-8")
    return folder / "mine"


def test_what_is_fitted_for_verdana_fits_in_its_twin(tmp_path: Path) -> None:
    theme = read_theme(str(themed(tmp_path, "Verdana")), Diagnostics())
    twin = Fonts({"Twin": {"Regular": FONT_FOLDER / "DejaVuSans.ttf"}}).face("Twin")
    deck, session = deck_source("safe-food")
    seen = 0
    for frame in arrange(deck, session, theme).frames:
        for item in frame.items:
            if not isinstance(item, TextItem):
                continue
            for paragraph in item.text.paragraphs:
                plain = not paragraph.style.bold
                for line in paragraph.lines if plain else ():
                    if any(s.run.bold or s.run.code or s.face.substitute for s in line.segments):
                        continue
                    seen += 1
                    width = sum(twin.width(s.text, s.size) for s in line.segments)
                    width -= twin.width(" ", line.segments[-1].size) * line.segments[-1].text.endswith(" ")
                    assert width <= item.placeholder.room.width - paragraph.indent + 0.5, line
    assert seen > 40


def test_a_family_without_a_file_keeps_its_name_in_the_deck_and_its_lines_their_places(tmp_path: Path) -> None:
    pack = themed(tmp_path, "Poppins")
    deck = deck_folder(tmp_path / "deck", {"kind": "statement", "title": "Pace", "statement": "One thing at a time"})
    files = build_files(tmp_path / "out", deck, themes=(str(pack),), only=("deck",))
    fonts = Package(files.deck).xml("ppt/theme/theme1.xml").iterfind(".//{*}latin")
    assert {font.get("typeface") for font in fonts} == {"Poppins"}
    # Its lines are further apart than is reckoned with, and so are given in points.
    assert measure_of("Poppins").line > LINE_PITCH
    theme = read_theme(str(pack), Diagnostics())
    assert all(level.exact for style in theme.styles.values() for level in style.levels)


def test_checking_says_what_widths_rest_on(tmp_path: Path) -> None:
    _, report = check_theme(str(themed(tmp_path, "Segoe UI")), Diagnostics())
    (said,) = (fact for fact in report.facts if "Segoe UI" in fact)
    assert "Arial draws it in PDF files" in said
    assert "its published widths" in said
