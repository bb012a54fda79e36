"""Printing without colour: everything as light as it was, and no slide on a dark ground.

A colour becomes the grey of the same luminance, so that contrasts stay what they were. A slide
with a dark ground is turned round: its ground becomes white, what stood out by being light, dark.
"""

from __future__ import annotations

import io
from dataclasses import fields, replace
from typing import Any

from reportlab.lib.colors import Color as RLColor
from reportlab.lib.colors import toColor

from deckbuilder.caching import kept
from deckbuilder.content.pictures import PictureFile
from deckbuilder.frozen import dataclass
from deckbuilder.layout.prints import DrawnSlide
from deckbuilder.outputs.images import Images, Raster
from deckbuilder.outputs.pages.tagging.canvas import TaggedCanvas
from deckbuilder.theme.color import Color, Palette, luminance
from deckbuilder.theme.theme import Theme

# Lightness of a chart's series: neighbours differ most, and all stand out from white (3 to 1).
_SERIES = (0.12, 0.57, 0.34, 0.46, 0.22, 0.4)
_DARK = 0.3  # luminance below which a slide's ground costs more toner than its text


def grey_of(rgb: tuple[float, float, float]) -> float:
    """The grey of a colour's luminance, from 0 to 1, in sRGB (IEC 61966-2-1)."""
    light = luminance(rgb)
    return light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


@dataclass(frozen=True)
class _GreyPalette(Palette):
    """A palette in greys; with a `ground`, turned round so that this grey becomes white."""

    ground: float | None = None

    def rgb(self, color: Color) -> tuple[float, float, float]:
        grey = grey_of(Palette.rgb(self, color))
        if self.ground is not None:
            grey = min(1.0, max(0.0, 1 - (grey - self.ground) / (1 - self.ground)))
        return grey, grey, grey


@dataclass(frozen=True)
class _GreyTheme(Theme):
    """A theme without colour. A chart's series, told apart by colour on the screen, are told apart by
    greys as far from one another as can be."""

    def series_color(self, number: int) -> Color:
        return Color("dk1", 0.0, _SERIES[number % len(_SERIES)])


def in_grey_theme(theme: Theme) -> Theme:
    """The theme without colour."""
    parts = {field.name: getattr(theme, field.name) for field in fields(theme)}
    return _GreyTheme(**parts | {"palette": _GreyPalette(theme.palette.slots)})


def on_paper(theme: Theme, frame: DrawnSlide) -> Theme:
    """The theme to draw a slide by on a page printed by `theme`: in grey, dark slides turn light."""
    palette = theme.palette
    if not isinstance(palette, _GreyPalette):
        return theme
    ground = palette.rgb(frame.layout.background)
    if luminance(ground) >= _DARK:
        return theme
    return replace(theme, palette=_GreyPalette(palette.slots, ground[0]))


class GreyImages(Images):
    """Pictures without colour."""

    def _make(self, picture: PictureFile, width: int, own: int, near: float) -> Raster:
        made = super()._make(picture, width, own, near)
        data = kept(made.data, f"grey {made.format}", lambda: _without_colour(made))
        return Raster(data, made.format, made.width, made.height)


def _without_colour(raster: Raster) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    with Image.open(io.BytesIO(raster.data)) as source:
        if raster.format == "jpeg":
            source.convert("L").save(out, "JPEG", quality=88)
        else:
            source.convert("RGBA").convert("LA").save(out, "PNG")
    return out.getvalue()


class GreyCanvas(TaggedCanvas):
    """A canvas on which every colour becomes grey, those of drawings too."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options["enforceColorSpace"] = _grey
        super().__init__(*args, **options)

    def setFillColorRGB(self, r: float, g: float, b: float, alpha: float | None = None) -> None:
        self.setFillColor(RLColor(r, g, b), alpha)

    def setStrokeColorRGB(self, r: float, g: float, b: float, alpha: float | None = None) -> None:
        self.setStrokeColor(RLColor(r, g, b), alpha)

    def linearGradient(
        self, x0: float, y0: float, x1: float, y1: float, colors: Any, *more: Any, **options: Any
    ) -> None:
        super().linearGradient(x0, y0, x1, y1, [_grey(c) for c in colors], *more, **options)

    def radialGradient(self, x: float, y: float, radius: float, colors: Any, *more: Any, **options: Any) -> None:
        super().radialGradient(x, y, radius, [_grey(c) for c in colors], *more, **options)


def _grey(color: Any) -> Any:
    color = toColor(color)
    grey = grey_of((color.red, color.green, color.blue))
    return RLColor(grey, grey, grey, color.alpha)
