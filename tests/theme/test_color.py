"""Theme colours: shades as Office computes them, luminance and contrast as WCAG does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckbuilder.theme.color import SLOTS, Color, Palette, contrast, luminance

PALETTE = Palette(dict.fromkeys(SLOTS, "#000000") | {"dk2": "#163F3A", "lt1": "#FFFFFF", "accent1": "#4472C4"})
channels = st.floats(0, 1)
colors = st.tuples(channels, channels, channels)


def test_there_are_twelve_slots() -> None:
    assert len(set(SLOTS)) == 12


def test_a_slot_is_its_value() -> None:
    assert PALETTE.hex(Color("dk2")) == "#163F3A"
    assert PALETTE.rgb(Color("lt1")) == (1, 1, 1)


@pytest.mark.parametrize(
    ("color", "expected"),
    [
        # Office's blue in its picker's shades: lighter by 80, 60 and 40 %, darker by 25 and 50 %. From
        # memory, not read off a running PowerPoint.
        (Color("accent1", 0.2, 0.8), "#DAE3F3"),
        (Color("accent1", 0.4, 0.6), "#B4C7E7"),
        (Color("accent1", 0.6, 0.4), "#8FAADC"),
        (Color("accent1", 0.75), "#2F5597"),
        (Color("accent1", 0.5), "#203864"),
        (Color("dk1", 1, 0.5), "#808080"),
        (Color("lt1", 0.5), "#808080"),
        (Color("lt1", 1, 0.5), "#FFFFFF"),
    ],
)
def test_shades_are_those_of_offices_colour_picker(color: Color, expected: str) -> None:
    found, wanted = PALETTE.hex(color), expected
    apart = [abs(int(found[i : i + 2], 16) - int(wanted[i : i + 2], 16)) for i in (1, 3, 5)]
    assert max(apart) <= 1, f"{found}, not {wanted}"


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ((0, 0, 0), (1, 1, 1), 21.0),
        ((1, 1, 1), (1, 1, 1), 1.0),
        ((0x77 / 255,) * 3, (1, 1, 1), 4.48),
        ((0x76 / 255,) * 3, (1, 1, 1), 4.54),
        ((1, 0, 0), (1, 1, 1), 4.0),
        ((0, 0, 1), (1, 1, 1), 8.59),
    ],
)
def test_contrast_is_as_wcag_publishes_it(
    one: tuple[float, float, float], other: tuple[float, float, float], ratio: float
) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@given(colors, colors)
def test_contrast_is_symmetrical_and_between_1_and_21(
    one: tuple[float, float, float], other: tuple[float, float, float]
) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.0000001
    assert 0 <= luminance(one) <= 1.0000001


@given(st.sampled_from(SLOTS), st.floats(0, 2), st.floats(-1, 1))
def test_any_shade_is_a_colour(slot: str, mod: float, off: float) -> None:
    shade = PALETTE.hex(Color(slot, mod, off))  # type: ignore[arg-type]
    assert len(shade) == 7
    assert all(0 <= c <= 1 for c in PALETTE.rgb(Color(slot, mod, off)))  # type: ignore[arg-type]
