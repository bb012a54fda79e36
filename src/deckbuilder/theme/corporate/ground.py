"""What a text of a template stands on: its scenery drawn small, and the colours in a box of it."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import replace
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
_OF_PATTERNS = 16  # colours at most that a pattern, and what lies on it, has
_HARSH = 60  # of 255: what a pixel's neighbours differ by where an edge runs that is seen behind words
_SPARSE = 0.05  # share of a box's pixels that may lie at such edges
_SOFT, _FEW = 24, 0.02  # the same where no edge at all is to be seen, as on a gradient
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

    @property
    def spread(self) -> float:
        """How far the darkest and the lightest are apart, of 255, weighed as eyes do."""
        dark, light = (
            sum(share * int(color[i : i + 2], 16) for i, share in ((1, 0.299), (3, 0.587), (5, 0.114)))
            for color in (self.darkest, self.lightest)
        )
        return light - dark


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
        from PIL import ImageChops, ImageDraw

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
                    uneven = isinstance(element.fill, Gradient) and element.fill.alphas
                    lines = [[(x * self.scale, y * self.scale) for x, y in outline] for outline in element.outlines]
                    for points in lines if element.fill else ():
                        # A rule that is thinner than a pixel covers it in part.
                        thin = min(1.0, min(element.box.width, element.box.height) * self.scale)
                        filled = round(255 * thin * (1.0 if uneven else element.alpha))
                        draw.polygon(points, fill=filled) if len(points) > 2 else None
                    if uneven:
                        mask = ImageChops.multiply(mask, self._veil(element, image.size))
                    image.paste(self._paint(element, image.size), (0, 0), mask)
                    if element.line and element.width > 0:
                        image.paste(_bytes(element.line), (0, 0), self._stroke(element, lines, image.size))
        if (
            image.getcolors(_COLORS) is None
        ):  # a photograph: nobody sees the difference, and boxes are judged much faster
            image = image.point([n & 0xF8 | n >> 5 for n in range(256)] * 3)
        return image

    def _paint(self, shape: Shape, size: tuple[int, int]) -> Any:
        from PIL import Image as Pillow

        fill = shape.fill
        if len(shape.grain) > 1:  # words stand on each of a pattern's colours, whichever program draws it
            return _pattern(shape.grain, size)
        if not isinstance(fill, Gradient):
            return Pillow.new("RGB", size, _bytes(fill or (1, 1, 1)))
        image = Pillow.new("RGB", size)
        image.putdata([_bytes(_between(fill, along)) for along in self._along(shape, fill, size)])
        return image

    def _veil(self, shape: Shape, size: tuple[int, int]) -> Any:
        """How opaque a gradient is, pixel by pixel, as a picture in grey."""
        from PIL import Image as Pillow

        image, fill = Pillow.new("L", size), shape.fill
        assert isinstance(fill, Gradient)
        stops = tuple((at, (alpha,) * 3) for (at, _), alpha in zip(fill.stops, fill.alphas, strict=True))
        opaque = replace(fill, stops=stops, alphas=())
        image.putdata([_bytes(_between(opaque, along))[0] for along in self._along(shape, fill, size)])
        return image

    def _along(self, shape: Shape, fill: Gradient, size: tuple[int, int]) -> Iterator[float]:
        """How far along a gradient each pixel lies, from 0 to 1, row by row."""
        (x0, y0), (x1, y1) = ends(shape.box, fill.angle)
        (cx, cy), reach = circle(shape.box, fill.centre or (0.5, 0.5))
        long = (x1 - x0) ** 2 + (y1 - y0) ** 2 or 1.0
        for n in range(size[0] * size[1]):
            x, y = n % size[0] / self.scale, n // size[0] / self.scale
            if fill.centre:
                yield math.hypot(x - cx, y - cy) / (reach or 1.0)
            else:
                yield ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / long

    def _stroke(self, shape: Shape, lines: list[list[tuple[float, float]]], size: tuple[int, int]) -> Any:
        """Where a shape's line covers pixels: one that is thinner than a pixel covers it in part."""
        from PIL import Image as Pillow
        from PIL import ImageDraw

        mask, width = Pillow.new("L", size, 0), shape.width * self.scale
        draw = ImageDraw.Draw(mask)
        for points in lines:
            closed = [*points, points[0]] if shape.closed else points
            draw.line(closed, fill=round(255 * min(1.0, width)), width=max(1, round(width)))
        return mask

    @cached_property
    def _light(self) -> dict[tuple[int, int, int], float]:
        """The luminance of every colour in the drawing."""
        return {
            color: luminance(_floats(color)) for _, color in self.image.getcolors(self.image.width * self.image.height)
        }

    def below(self, rect: Rect) -> Ground:
        """The colours below a box."""
        box = self._pixels(rect)
        if box not in self._found:
            self._found[box] = self._ground(box)
        return self._found[box]

    def _pixels(self, rect: Rect) -> tuple[int, int, int, int]:
        """A box in pixels of the drawing, at least one."""
        left, top, right, bottom = (round(v * self.scale) for v in _edges(rect))
        left, top = (min(max(0, v), most - 1) for v, most in zip((left, top), self.image.size, strict=True))
        right, bottom = min(self.image.width, max(left + 1, right)), min(self.image.height, max(top + 1, bottom))
        return left, top, right, bottom

    @cached_property
    def _relief(self) -> Any:
        """How far the pixels around each differ in lightness, as a picture."""
        from PIL import ImageChops, ImageFilter

        light = self.image.convert("L")
        return ImageChops.subtract(light.filter(ImageFilter.MaxFilter(3)), light.filter(ImageFilter.MinFilter(3)))

    def calm(self, rect: Rect) -> bool:
        """Whether words in a box would have no edges under them, of squares, leaves or stripes. An edge or two that cut off a
        corner count for nothing."""
        histogram: list[int] = self._relief.crop(self._pixels(rect)).histogram()
        harsh, total = sum(histogram[_HARSH:]), sum(histogram)
        return harsh <= _SPARSE * total

    def edged(self, rect: Rect) -> bool:
        """Whether an edge as long as the box is high is to be seen in it: one thing ends there, and another begins."""
        _, top, _, bottom = box = self._pixels(rect)
        histogram: list[int] = self._relief.crop(box).histogram()
        return sum(histogram[_HARSH:]) >= bottom - top

    def patterned(self, rect: Rect) -> bool:
        """Whether a box has few colours, as patterns and shapes have, and photographs have not."""
        return self.image.crop(self._pixels(rect)).getcolors(_OF_PATTERNS) is not None

    def smooth(self, rect: Rect) -> bool:
        """Whether no edge can be seen in a box: it is of one colour, or of a gradient from one to another."""
        histogram: list[int] = self._relief.crop(self._pixels(rect)).histogram()
        return sum(histogram[_SOFT:]) <= _FEW * sum(histogram)

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


def _pattern(colors: tuple[RGB, ...], size: tuple[int, int]) -> Any:
    """The colours in turn, pixel by pixel."""
    from PIL import Image as Pillow

    image = Pillow.new("RGB", size)
    image.putdata([_bytes(colors[(n % size[0] + n // size[0]) % len(colors)]) for n in range(size[0] * size[1])])
    return image


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
