"""Colours as Office themes know them: twelve slots, and lighter or darker shades of a slot."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, get_args

from deckbuilder.frozen import dataclass, freeze

Slot = Literal[
    "dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink"
]
SLOTS: tuple[Slot, ...] = get_args(Slot)
ACCENTS: tuple[Slot, ...] = SLOTS[4:10]


@dataclass(frozen=True, slots=True)
class Color:
    """A theme slot, its luminance multiplied by `lum_mod` and raised by `lum_off` (DrawingML's
    lumMod and lumOff, ECMA-376 part 1, 20.1.2.3.20-21), each as a fraction of 1. `rgb` is for the
    colours of corporate templates that are no slots: `#RRGGBB` in their place."""

    slot: Slot
    lum_mod: float = 1.0
    lum_off: float = 0.0
    rgb: str = ""


@dataclass(frozen=True, slots=True)
class Palette:
    """The twelve slots as `#RRGGBB`."""

    slots: Mapping[Slot, str]

    def __post_init__(self) -> None:
        freeze(self, "slots")

    def rgb(self, color: Color) -> tuple[float, float, float]:
        """Red, green and blue from 0 to 1."""
        return _shade(color.rgb or self.slots[color.slot], color.lum_mod, color.lum_off)

    def hex(self, color: Color) -> str:
        """The colour as `#RRGGBB`."""
        return "#" + "".join(f"{round(c * 255):02X}" for c in self.rgb(color))


def faint(ink: Color) -> Color:
    """Of lines that must not compete with what is set in the ink: a quarter of it, be it dark or light."""
    light = ink.slot.startswith("lt") and not ink.rgb
    return Color(ink.slot, 0.7, 0.0, ink.rgb) if light else Color(ink.slot, 0.25, 0.75, ink.rgb)


@lru_cache(maxsize=1024)  # a theme has some dozens, and they are asked for thousands of times
def _shade(value: str, lum_mod: float, lum_off: float) -> tuple[float, float, float]:
    """A colour written as #RRGGBB, lighter or darker, as numbers from 0 to 1."""
    value = value.lstrip("#")
    red, green, blue = (int(value[i : i + 2], 16) / 255 for i in (0, 2, 4))
    if lum_mod == 1 and lum_off == 0:
        return red, green, blue
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = min(1.0, max(0.0, light * lum_mod + lum_off))
    return colorsys.hls_to_rgb(hue, light, saturation)


@lru_cache(maxsize=1024)
def luminance(rgb: tuple[float, float, float]) -> float:
    """Relative luminance, from 0 (black) to 1 (white); WCAG 2.1, definition of the same name."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """Contrast ratio, from 1 to 21; WCAG 2.1, definition of the same name."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
