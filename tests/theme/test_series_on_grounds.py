"""A chart's colours on grounds that are not paper, as corporate templates have them."""

from dataclasses import replace

import pytest

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.theme.color import Color, contrast
from deckbuilder.theme.pack import read_theme, shipped_names


@pytest.mark.parametrize("name", shipped_names())
@pytest.mark.parametrize("ground", [Color("dk1"), Color("accent1"), Color("accent2", 0.5), Color("lt1", 0.5)])
def test_series_and_the_values_on_them_are_made_out(name: str, ground: Color) -> None:
    theme = replace(read_theme(name, Diagnostics()), ground=ground)
    rgb = theme.palette.rgb
    for number in range(4):
        series = rgb(theme.series_color(number))
        assert contrast(series, rgb(ground)) >= 3
        assert contrast(series, rgb(theme.on_series(number))) >= 3
