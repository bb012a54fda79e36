"""What a text of a template stands on: its scenery drawn small, and the colours in a box of it."""

from __future__ import annotations

import io
import math
from functools import cached_property, lru_cache
from typing import Any

from deckbuilder.content.pictures import PictureFile
from deckbuilder.frozen import dataclass
from deckbuilder.theme.color import luminance
from deckbuilder.theme.scenery import RGB, Gradient, Image, Scenery, Shape, circle, ends
from deckbuilder.units import Rect

_WIDTH = 192  # pixels: enough to tell a panel from a picture
_SMALL = 3 * _WIDTH  # pixels of a picture's longer side: some of it may be cropped
_COLORS = 2048  # from here on colours that are nearly the same become one
_EDGE = 0.06  # share of the darkest and of the lightest pixels that is left aside


@dataclass(frozen=True, slots=True)
class Ground:
    """The colours below a box, each as #RRGGBB: the mean, and the darkest and lightest that cover more than specks."""

    mean: str
    darkest: str
    lightest: str

    @property
    def colors(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.mean, self.darkest, self.lightest)))


class Terrain:
    """A scenery, to be asked what is below a box; `size` is the slide's, in points, `width` that of the drawing in pixels."""

    def __init__(self, scenery: Scenery, size: tuple[float, float], width: int = _WIDTH) -> None:
        self.scenery = scenery
        self.size = size
        self.width = width
        self.scale = width / size[0]
        self._found: dict[tuple[int, int, int, int], Ground] = {}

    @property
    def area(self) -> float:
        """The slide's, in square points."""
        return self.size[0] * self.size[1]

    @cached_property
    def image(self) -> Any:
        """The scenery, drawn small."""
        from PIL import Image as Pillow
        from PIL import ImageDraw

        high = max(1, round(self.size[1] * self.scale))
        image = Pillow.new("RGB", (self.width, high), "white")
        for element in self.scenery.elements:
            mask = Pillow.new("L", image.size, 0)
            draw = ImageDraw.Draw(mask)
            match element:
                case Image():
                    box = [round(v * self.scale) for v in _edges(element.rect)]
                    source = _small(element.picture)
                    width, height = source.size
                    left, top, right, bottom = element.crop
                    part = (left * width, top * height, (1 - right) * width, (1 - bottom) * height)
                    size = (max(1, box[2] - box[0]), max(1, box[3] - box[1]))
                    picture = source.crop([round(v) for v in part]).resize(size)
                    image.paste(picture, (box[0], box[1]), picture)
                case Shape():
                    for outline in element.outlines if element.fill else ():
                        points = [(x * self.scale, y * self.scale) for x, y in outline]
                        draw.polygon(points, fill=round(255 * element.alpha)) if len(points) > 2 else None
                    image.paste(self._paint(element, image.size), (0, 0), mask)
        if (
            image.getcolors(_COLORS) is None
        ):  # a photograph: nobody sees the difference, and boxes are judged much faster
            image = image.point([n & 0xF8 | n >> 5 for n in range(256)] * 3)
        return image

    def _paint(self, shape: Shape, size: tuple[int, int]) -> Any:
        from PIL import Image as Pillow

        fill = shape.fill
        if not isinstance(fill, Gradient):
            return Pillow.new("RGB", size, _bytes(fill or (1, 1, 1)))
        image = Pillow.new("RGB", size)
        (x0, y0), (x1, y1) = ends(shape.box, fill.angle)
        (cx, cy), reach = circle(shape.box, fill.centre or (0.5, 0.5))
        long = (x1 - x0) ** 2 + (y1 - y0) ** 2 or 1.0
        pixels: Any = image.load()
        for y in range(size[1]):
            for x in range(size[0]):
                along = ((x / self.scale - x0) * (x1 - x0) + (y / self.scale - y0) * (y1 - y0)) / long
                if fill.centre:
                    along = math.hypot(x / self.scale - cx, y / self.scale - cy) / (reach or 1.0)
                pixels[x, y] = _bytes(_between(fill, along))
        return image

    @cached_property
    def _light(self) -> dict[tuple[int, int, int], float]:
        """The luminance of every colour in the drawing."""
        return {
            color: luminance(_floats(color)) for _, color in self.image.getcolors(self.image.width * self.image.height)
        }

    def below(self, rect: Rect) -> Ground:
        """The colours below a box."""
        left, top, right, bottom = (round(v * self.scale) for v in _edges(rect))
        left, top = (min(max(0, v), most - 1) for v, most in zip((left, top), self.image.size, strict=True))
        right, bottom = min(self.image.width, max(left + 1, right)), min(self.image.height, max(top + 1, bottom))
        box = (left, top, right, bottom)
        if box not in self._found:
            self._found[box] = self._ground(box)
        return self._found[box]

    def _ground(self, box: tuple[int, int, int, int]) -> Ground:
        """The colours in a box of the drawing, in pixels."""
        from PIL import ImageStat

        part, light = self.image.crop(box), self._light
        total = part.width * part.height
        colors = sorted(part.getcolors(total), key=lambda c: light[c[1]])
        common = max(colors, key=lambda c: c[0])
        mean = [value / 255 for value in ImageStat.Stat(part).mean]
        main = _floats(common[1]) if common[0] > total / 2 else (mean[0], mean[1], mean[2])
        return Ground(
            _hex(main), _hex(_floats(_at(colors, total * _EDGE))), _hex(_floats(_at(colors, total * (1 - _EDGE))))
        )


@lru_cache(maxsize=32)
def _small(picture: PictureFile) -> Any:
    """A picture in the few pixels that grounds are judged by, decoded once for all layouts."""
    from PIL import Image as Pillow

    with Pillow.open(io.BytesIO(picture.data or b"")) as source:
        source.draft("RGB", (_SMALL, _SMALL))
        small = source.convert("RGBA")
    small.thumbnail((_SMALL, _SMALL))
    return small


def _at(colors: list[tuple[int, tuple[int, int, int]]], count: float) -> tuple[int, int, int]:
    for number, color in colors:
        count -= number
        if count <= 0:
            return color
    return colors[-1][1]


def _between(gradient: Gradient, along: float) -> RGB:
    before = gradient.stops[0]
    for stop in gradient.stops:
        if along <= stop[0]:
            share = (along - before[0]) / ((stop[0] - before[0]) or 1.0)
            share = min(1.0, max(0.0, share))
            red, green, blue = (a + (b - a) * share for a, b in zip(before[1], stop[1], strict=True))
            return red, green, blue
        before = stop
    return before[1]


def _edges(rect: Rect) -> tuple[float, float, float, float]:
    return rect.x, rect.y, rect.right, rect.bottom


def _bytes(rgb: RGB) -> tuple[int, int, int]:
    red, green, blue = (round(255 * min(1.0, max(0.0, c))) for c in rgb)
    return red, green, blue


def _floats(rgb: tuple[int, int, int]) -> RGB:
    return rgb[0] / 255, rgb[1] / 255, rgb[2] / 255


def _hex(rgb: RGB) -> str:
    return "#" + "".join(f"{v:02X}" for v in _bytes(rgb))
