"""Whether logos can be made out where they stand, by their pixels."""

from __future__ import annotations

import io
from collections import defaultdict

from deckbuilder.frozen import dataclass
from deckbuilder.outputs.images import Images
from deckbuilder.theme.brand import Logo
from deckbuilder.theme.check import grounds
from deckbuilder.theme.color import contrast
from deckbuilder.theme.theme import Theme

LEAST = 3.0  # to 1; WCAG 2.2, 1.4.11, graphics (logos are exempt there, and still want to be seen)
_SAME = 1.1  # to 1; below it a pixel is ground
_POINTS, _DPI = 72.0, 240  # pixels enough for thin letters to have a middle
_PAPER = "#FFFFFF"
_PAGES = "pages of handout and guide"


@dataclass(frozen=True, slots=True)
class PaleLogo:
    """A logo most of which is hard to make out: its file's name, the ground's colour as #RRGGBB, the places that
    have it, and the contrast that half of the logo does not pass."""

    name: str
    ground: str
    places: tuple[str, ...]
    ratio: float


def pale_logos(theme: Theme) -> list[PaleLogo]:
    """The logos that are too pale, or too dark, for a ground they stand on: on slides and on pages."""
    places: dict[tuple[Logo, str], dict[str, None]] = defaultdict(dict)
    for layout in theme.layouts.values():
        for placed in layout.placed_logos:
            for color in grounds(layout, placed.rect):
                places[placed.logo, theme.palette.hex(color)][layout.name] = None
    for logo in theme.logos:
        places[logo, _PAPER][_PAGES] = None
    images = Images()
    out = []
    for (logo, ground), names in places.items():
        ratio = _middle_contrast(logo, ground, images)
        if ratio < LEAST:
            out.append(PaleLogo(logo.picture.path.name, ground, tuple(names), ratio))
    return out


def _middle_contrast(logo: Logo, ground: str, images: Images) -> float:
    """The median of its pixels' contrast with the ground; 1 where none can be told from it."""
    from PIL import Image, ImageColor

    with Image.open(io.BytesIO(images.raster(logo.picture, _POINTS, _DPI, strict=True).data)) as source:
        picture = source.convert("RGBA")
    pixels = [
        (count, p) for count, p in picture.getcolors(picture.width * picture.height) or [] if isinstance(p, tuple)
    ]
    below: tuple[int, ...] = ImageColor.getrgb(ground)
    corners = {picture.getpixel((x, y)) for x in (0, picture.width - 1) for y in (0, picture.height - 1)}
    own = corners.pop()
    if not corners and isinstance(own, tuple) and own[3] == 255 and len(pixels) > 1:  # it brings its own ground
        below = own
    found: list[tuple[float, int]] = []
    for count, pixel in pixels:
        share = pixel[3] / 255
        mixed = tuple(share * over + (1 - share) * under for over, under in zip(pixel[:3], below[:3], strict=True))
        ratio = contrast(_rgb(mixed), _rgb(below))
        if ratio >= _SAME:
            found.append((ratio, count))
    half = sum(count for _, count in found) / 2
    for ratio, count in sorted(found):
        half -= count
        if half <= 0:
            return ratio
    return 1.0


def _rgb(pixel: tuple[float, ...]) -> tuple[float, float, float]:
    return pixel[0] / 255, pixel[1] / 255, pixel[2] / 255
