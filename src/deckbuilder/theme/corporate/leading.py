"""The colour that an organisation shows, where its theme's accents are still those that a program comes with."""

from __future__ import annotations

import colorsys
from collections import defaultdict
from collections.abc import Iterable

from deckbuilder.theme.color import Palette
from deckbuilder.theme.corporate.ground import Terrain
from deckbuilder.theme.corporate.layout import CorporateLayout
from deckbuilder.theme.corporate.shapes import Drawer
from deckbuilder.theme.scenery import Scenery, Shape

# The first three accents of themes that programs begin with: Office 2007, 2013, 2016 and 2023, Google Slides, LibreOffice.
_UNCHANGED = {
    ("#4F81BD", "#C0504D", "#9BBB59"),
    ("#5B9BD5", "#ED7D31", "#A5A5A5"),
    ("#4472C4", "#ED7D31", "#A5A5A5"),
    ("#156082", "#E97132", "#196B24"),
    ("#4285F4", "#212121", "#78909C"),
    ("#18A303", "#0369A3", "#A33E03"),
}
_PIXELS = 64  # of width: enough to tell what is large
_TITLE = 0.04  # of a slide: about what the letters of a title cover
_LEAST = 0.004  # of a slide, on the mean: less is an ornament


def unchanged(palette: Palette) -> bool:
    """Whether nobody has chosen the accents."""
    return tuple(palette.slots[slot].upper() for slot in ("accent1", "accent2", "accent3")) in _UNCHANGED


def leading(drawer: Drawer, layouts: Iterable[CorporateLayout], palette: Palette) -> str | None:
    """The colour that stands for the organisation where nobody has chosen the accents of the palette; None else, and where
    the layouts show none."""
    return _painted(drawer, layouts) if unchanged(palette) else None


def _painted(drawer: Drawer, layouts: Iterable[CorporateLayout]) -> str | None:
    """The colour, as #RRGGBB, that covers most of the layouts and of the letters of their titles; None where all is black,
    white and grey. Pictures do not count."""
    areas: defaultdict[str, float] = defaultdict(float)
    size, layouts = (drawer.slide.width, drawer.slide.height), list(layouts)
    for layout in layouts:
        shapes = tuple(x for x in drawer.scenery(layout).elements if isinstance(x, Shape))
        image = Terrain(Scenery(shapes), size, _PIXELS).image
        total = image.width * image.height
        for count, (red, green, blue) in image.getcolors(total):
            areas[f"#{red:02X}{green:02X}{blue:02X}"] += count / total
        if layout.title:
            areas[layout.colors.palette.hex(layout.title.looks[0].color)] += _TITLE
    found = {color: area for color, area in areas.items() if _colored(color) and area / len(layouts) >= _LEAST}
    return max(found, key=lambda color: found[color]) if found else None


def _colored(color: str) -> bool:
    red, green, blue = (int(color[n : n + 2], 16) / 255 for n in (1, 3, 5))
    _, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    return saturation > 0.3 and 0.12 < light < 0.8
