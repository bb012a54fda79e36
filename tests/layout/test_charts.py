"""Where the parts of a chart stand, and the axis that it is read by."""

from __future__ import annotations

from typing import Any

import pytest

from deckbuilder.content.data import Chart
from deckbuilder.languages import Language
from deckbuilder.layout.charts import axis_label, bar_gap, names_size, pie_places, value_axis
from tools import default_theme


def chart(*series: tuple[float | None, ...], kind: Any = "bar", **more: Any) -> Chart:
    categories = tuple(f"Category {n}" for n in range(1, len(series[0]) + 1))
    return Chart(kind, categories, tuple((f"Series {n}", values) for n, values in enumerate(series, 1)), **more)


@pytest.mark.parametrize(
    ("values", "axis"),
    [
        ((58.2, 44.2, 35.8), (0, 70, 10)),
        ((81, 75, 42), (0, 90, 10)),
        ((12, None, 25), (0, 30, 5)),
        ((100, 3), (0, 120, 20)),
        ((0.3, 0.7), (0, 0.8, 0.1)),
        ((-4, 6), (-6, 8, 2)),
        ((-30, -10), (-35, 0, 5)),
        ((0, 0), (0, 0, 0.2)),
    ],
)
def test_the_axis_begins_at_nothing_and_ends_at_a_round_number_beyond_the_values(
    values: tuple[float | None, ...], axis: tuple[float, float, float]
) -> None:
    assert value_axis(chart(values)) == pytest.approx(axis)


def test_the_axis_of_stacked_bars_has_room_for_their_sums() -> None:
    assert value_axis(chart((3, 4), (5, 2), stacked=True))[1] > 8
    assert value_axis(chart((3, 4), (5, 2)))[1] < 8


def test_large_values_have_whole_numbers_on_the_axis_and_their_decimals_beside_the_marks() -> None:
    large, small = chart((58.2, 44), unit="%"), chart((0.5, 2))
    assert (axis_label(large, 60), large.written(58.2)) == ("60%", "58.2%")
    assert (axis_label(small, 0.5), small.written(0.5)) == ("0.5", "0.5")


def test_no_two_labels_of_an_axis_are_the_same() -> None:
    narrow = chart((1, 4))
    least, most, step = value_axis(narrow)
    labels = [axis_label(narrow, least + n * step) for n in range(round((most - least) / step) + 1)]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(("value", "shown"), [(0.0001, "0.0001"), (0.25, "0.25"), (12.0, "12"), (1250.5, "1,250.5")])
def test_a_value_shows_a_digit_however_small_it_is(value: float, shown: str) -> None:
    assert chart((value,)).written(value) == shown


def test_whole_numbers_beside_others_have_no_decimals() -> None:
    assert [chart((12, None, 9.5, 10)).written(v) for v in (12, 9.5, 10, 0)] == ["12", "9.5", "10", "0"]
    assert [chart((12, 1250.5)).written(v) for v in (12, 1250.5)] == ["12.0", "1,250.5"]


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "1,250.5"),
        ("de-DE", "1.250,5"),
        ("de-CH", "1’250.5"),
        ("fr-FR", "1\u00a0250,5"),
        ("pl", "1\u00a0250,5"),
        ("es-MX", "1,250.5"),
        ("xx", "1,250.5"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(language: str, shown: str) -> None:
    assert chart((1250.5,), symbols=Language(language).numbers).written(1250.5) == shown


def test_few_bars_are_no_wider_than_many_and_stand_further_apart() -> None:
    few, many = chart((1, 2)), chart(tuple(range(1, 13)))
    assert bar_gap(few, 800) > bar_gap(many, 800)
    for shown in (few, many):
        each = 800 / len(shown.categories) / (1 + bar_gap(shown, 800))
        assert each <= 97


@pytest.mark.parametrize("width", [516.0, 832.0])
def test_a_pie_and_its_legend_lie_side_by_side_in_the_middle_of_the_chart(width: float) -> None:
    shown = chart((50, 33, 17), kind="pie", unit="%")
    pie, legend = pie_places(shown, default_theme(), width, 332, 18)
    assert pie.width == pie.height
    assert pie.right < legend.x
    assert pie.x >= 0
    assert legend.right <= width
    assert pie.bottom <= 332
    wide = default_theme().fonts.face(default_theme().body).natural_width("50%", 18) + 18  # beside the pie, for values
    assert pie.x - wide == pytest.approx(width - legend.right, abs=0.01)


@pytest.mark.parametrize(("width", "height", "size"), [(300.0, 332.0, 18.0), (190.0, 190.0, 11.0)])
def test_in_a_narrow_chart_a_pie_stands_above_its_legend_where_it_gets_larger(
    width: float, height: float, size: float
) -> None:
    shown = chart((50, 33, 17), kind="pie", unit="%")
    pie, legend = pie_places(shown, default_theme(), width, height, size)
    value = default_theme().fonts.face(default_theme().body).natural_width("50%", size)
    assert pie.width == pie.height > 0.3 * width
    assert pie.y >= 1.8 * size + size, "a title, and a value above the slices"
    assert pie.bottom + size <= legend.y, "a value below them"
    assert legend.bottom <= height
    assert pie.x - value >= 0
    assert pie.x + pie.width / 2 == pytest.approx(legend.x + legend.width / 2) == pytest.approx(width / 2)


def test_names_that_are_a_number_and_its_unit_get_smaller_before_they_break() -> None:
    theme = default_theme()
    days = Chart("line", tuple(f"{n}1 days" for n in range(1, 8)), (("Kept", tuple(range(7))),))
    assert names_size(days, theme, 900, 18) == 18
    small = names_size(days, theme, 400, 18)
    assert 13.5 <= small < 18
    widest = max(sum(f.natural_width(p, small) for f, p in theme.fonts.pieces(c, theme.body)) for c in days.categories)
    assert widest <= 400 / 7
    assert names_size(days, theme, 100, 18) == 18, "what cannot be kept together stays as large as the rest"
    long = Chart("bar", ("Those who read it again", "Those who wrote it down"), (("Kept", (1, 2)),))
    assert names_size(long, theme, 300, 18) == 18, "long names may break between words"
