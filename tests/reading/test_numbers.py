"""Numbers in charts: as the file meant them, or told at their cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckbuilder.diagnostics import DeckError, Diagnostics
from deckbuilder.reading.deck import read_deck


def deck(folder: Path, body: str, language: str = "en") -> tuple[list[list[float | None]], list[str]]:
    """The values of a chart's series, and what was told."""
    (folder / "deck.yaml").write_text(
        f"title: T\nlanguage: {language}\nsections:\n- title: S\n  slides:\n  - kind: chart\n    title: C\n    chart: bar\n"
        f"    minutes: 1\n{body}",
        "utf-8",
    )
    problems = Diagnostics()
    read = read_deck(folder, None, problems)
    problems.raise_if_errors()
    [(_, slide)] = read.deck.slides()
    assert slide.kind == "chart"
    return [list(series.values) for series in slide.series], [f"{p.at}: {p.code}" for p in problems]


def csv(folder: Path, text: str, language: str = "en") -> tuple[list[float | None], list[str]]:
    (folder / "x.csv").write_text(text, "utf-8")
    values, told = deck(folder, "    file: x.csv\n", language)
    return values[0], told


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("Year;V\na;1.024\nb;2,5\n", "en", [1024, 2.5]),
        ("Year;V\na;1.024,75\nb;12.500\n", "en", [1024.75, 12500]),
        ("Year,V\na,1.024\nb,2.512\n", "en", [1.024, 2.512]),
        ("Year,V\na,1.024\nb,2.5\n", "de", [1.024, 2.5]),
        ('Year,V\na,"1,024"\nb,7\n', "en", [1024, 7]),
        ("Year\tV\na\t12,5\nb\t1.000\n", "en", [12.5, 1000]),
        ("Year;V\na;1'024.5\nb;1 000\n", "de-CH", [1024.5, 1000]),
        ("Year;V\na;−3,5\nb;12 %\n", "de", [-3.5, 12]),
        ("Year;V\na;0.125\nb;900\n", "en", [0.125, 900]),
        ("Year;V\na;\nb;900\n", "en", [None, 900]),
        ("Year\tV\na\t900\nb\t1,024\n", "de", [900, 1.024]),
        ("Year;V\na;1.024\nb;7\n", "de", [1024, 7]),
    ],
)
def test_numbers_of_a_file_are_read_as_they_were_meant(
    tmp_path: Path, text: str, language: str, values: list[float]
) -> None:
    assert csv(tmp_path, text, language) == (values, [])


@pytest.mark.parametrize(
    ("text", "language", "values", "place"),
    [
        ("Year;V\n2023;1.024\n2024;12.500\n2025;900\n", "en", [1024, 12500, 900], "x.csv:2:6"),
        ("Year;V;W\na;900;5\nb;1;12.500%\n", "en-GB", [900, 1], "x.csv:3:5"),
    ],
)
def test_a_doubtful_mark_is_told_at_its_cell(
    tmp_path: Path, text: str, language: str, values: list[float], place: str
) -> None:
    assert csv(tmp_path, text, language) == (values, [f"{place}: csv-number-doubtful"])


@pytest.mark.parametrize("cell", ["NaN", "inf", "-Infinity", "1e999", "n/a", "12 people", "1.2.3", "٣"])
def test_a_cell_that_holds_no_number_is_told(tmp_path: Path, cell: str) -> None:
    (tmp_path / "x.csv").write_text(f"Year,V\na,{cell}\n", "utf-8")
    with pytest.raises(DeckError) as caught:
        deck(tmp_path, "    file: x.csv\n")
    assert [(p.code, str(p.at)) for p in caught.value.diagnostics] == [("csv-not-a-number", "x.csv:2:3")]


@pytest.mark.parametrize("value", ["1e999", "-1e999", "1e300", ".nan", ".inf", "1e16"])
def test_a_number_beyond_what_a_chart_can_show_is_told_at_its_place(tmp_path: Path, value: str) -> None:
    with pytest.raises(DeckError) as caught:
        deck(tmp_path, f"    categories: [a, b]\n    series: [{{name: s, values: [1, {value}]}}]\n")
    [problem] = caught.value.diagnostics
    assert problem.at
    assert (problem.at.line, problem.at.column) == (11, 36)
    assert "number" in problem.message or "should be" in problem.message


@pytest.mark.parametrize("code", [0x0, 0x1F, 0xFFFE, 0xFFFF])
def test_characters_that_no_file_can_hold_are_told_in_their_line(code: int, tmp_path: Path) -> None:
    with pytest.raises(DeckError) as refused:
        csv(tmp_path, f"Year,V\na,1\nb{chr(code)},2\n")
    assert f"x.csv:3:1: error: the character U+{code:04X} has no place in a CSV file" in str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_spreadsheets_call_unicode_text_is_read(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("Year\tGärten\na\t2,5\n", encoding)
    assert deck(tmp_path, "    file: x.csv\n", "de") == ([[2.5]], [])
