"""Advice on contrast: a theme's texts on their grounds, texts over pictures, and the colours of charts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from deckbuilder.checks.matter import Found, Matter, rule
from deckbuilder.content.kinds import pictures_of
from deckbuilder.content.pictures import PictureFile
from deckbuilder.layout.frame import ChartItem, PictureItem, SlideFrame, TextItem
from deckbuilder.reading.drawing import render
from deckbuilder.reading.rasters import open_picture
from deckbuilder.theme.check import needed, pale_texts
from deckbuilder.theme.color import contrast
from deckbuilder.units import Rect

_GRAPHICS = 3.0  # the least contrast of what is no text (WCAG 2.2, 1.4.11)
_ASCENT = 0.8  # of a letter's size
_CELL = 6.0  # points: a picture is judged by cells about as wide as a stroke's neighbourhood
_LOST = 0.1  # the share of cells with too little contrast from which words are lost
_WIDEST = 480  # pixels of a picture that are enough to judge it


@rule("contrast-low", of_theme=True)
def pale(matter: Matter) -> Iterator[Found]:
    yield from _of_theme(matter)
    pictures = _Pixels()
    for frame in matter.frames:
        yield from _over_pictures(matter, frame, pictures)
        for item in frame.items:
            if isinstance(item, ChartItem):
                yield from _of_chart(matter, frame, item)


def _of_theme(matter: Matter) -> Iterator[Found]:
    used = {frame.layout.name.partition(" (")[0]: frame for frame in matter.frames}
    for text in pale_texts(matter.theme):
        if text.layout in used:
            yield Found(
                f"in the theme {matter.theme.name}, text in {text.color} on {text.ground} ({text.layout}, {text.place}) has a "
                f"contrast of {text.ratio:.1f} to 1, and needs {text.least:g}",
                used[text.layout].slide.at,
                "'deckbuilder theme check' names colours that pass",
            )


def _of_chart(matter: Matter, frame: SlideFrame, item: ChartItem) -> Iterator[Found]:
    theme = matter.theme.on(frame.layout)
    palette, ground = theme.palette, theme.palette.rgb(frame.layout.background)
    count = len(item.chart.categories if item.chart.kind == "pie" else item.chart.series)
    ratios = [contrast(palette.rgb(theme.series_color(n)), ground) for n in range(count)]
    if min(ratios) < _GRAPHICS:
        yield Found(
            f"in the theme {matter.theme.name}, colour {ratios.index(min(ratios)) + 1} of this chart has a contrast "
            f"of {min(ratios):.1f} to 1 with the slide, and needs {_GRAPHICS:g}",
            frame.slide.at,
            "use fewer series, or a theme with darker accents",
        )


def _over_pictures(matter: Matter, frame: SlideFrame, pixels: _Pixels) -> Iterator[Found]:
    """Texts that stand on a picture, with nothing between: no shape of their own, no band."""
    pictures = [item for item in frame.items if isinstance(item, PictureItem) and isinstance(item.picture, PictureFile)]
    palette = matter.theme.on(frame.layout).palette
    for item in frame.items if pictures else ():
        if not isinstance(item, TextItem) or item.placeholder.fill is not None:
            continue
        for picture in pictures:
            worst: tuple[float, float] | None = None
            for rect, level in _lines(item):
                color, least = palette.rgb(level.color), needed(level)
                ratios = sorted(contrast(color, cell) for cell in pixels.below(picture, rect))
                # The tenth that is palest decides: a single bright leaf takes no word away.
                if ratios and (ratio := ratios[int(len(ratios) * _LOST)]) < min(least, worst[0] if worst else least):
                    worst = ratio, least
            if worst:
                at = next((p.at for p in pictures_of(frame.slide) if _same(matter, p.file, picture)), frame.slide.at)
                yield Found(
                    f"in the theme {matter.theme.name}, the {item.placeholder.role.spoken} over this picture has a contrast of "
                    f"{worst[0]:.1f} to 1 where it is palest, and needs {worst[1]:g}",
                    at,
                    "a calmer part of the picture ('focus'), another picture, or a layout with a band below the words",
                )


def _same(matter: Matter, name: str, item: PictureItem) -> bool:
    return matter.pictures.get(name) is item.picture


def _lines(item: TextItem) -> Iterator[tuple[Rect, Any]]:
    """Where the lines of a text stand on the slide, each with the level it is set in."""
    room, text = item.placeholder.room, item.text
    spare = room.height - text.height
    top = room.y + {"top": 0.0, "middle": spare / 2, "bottom": spare}[item.placeholder.anchor]
    for paragraph in text.paragraphs:
        for line in paragraph.lines:
            left = text.left_of(line, paragraph, room)
            if line.width:
                yield Rect(left, top + line.y - paragraph.size * _ASCENT, line.width, paragraph.size), paragraph.style


class _Pixels:
    """Pictures as they are shown, each decoded once, small."""

    def __init__(self) -> None:
        self._images: dict[int, Any] = {}

    def below(self, item: PictureItem, rect: Rect) -> list[tuple[float, float, float]]:
        """The colours of a picture below a box of the slide, cell by cell, each channel from 0 to 1; none where it is not."""
        place = item.placeholder.rect
        left, top, right, bottom = item.crop
        width, height = place.width / (1 - left - right), place.height / (1 - top - bottom)  # the whole picture's
        x, y = place.x - left * width, place.y - top * height
        x0, y0 = max(rect.x, place.x, x), max(rect.y, place.y, y)
        x1, y1 = min(rect.right, place.right, x + width), min(rect.bottom, place.bottom, y + height)
        if x1 - x0 < _CELL or y1 - y0 < _CELL or (image := self._image(item.picture)) is None:
            return []
        from PIL import Image

        across, down = image.width / width, image.height / height
        part = ((x0 - x) * across, (y0 - y) * down, (x1 - x) * across, (y1 - y) * down)
        cells = max(1, round((x1 - x0) / _CELL)), max(1, round((y1 - y0) / _CELL))
        data = image.resize(cells, Image.Resampling.BOX, box=part).tobytes()
        return [(data[n] / 255, data[n + 1] / 255, data[n + 2] / 255) for n in range(0, len(data), 3)]

    def _image(self, picture: Any) -> Any:
        """The picture in red, green and blue, on white where it can be seen through; None for one that cannot be read by now."""
        if id(picture) not in self._images:
            self._images[id(picture)] = _decoded(picture)
        return self._images[id(picture)]


def _decoded(picture: PictureFile) -> Any:
    from PIL import Image, ImageOps

    try:
        data = picture.data if picture.data is not None else picture.path.read_bytes()
        if picture.format == "svg":
            data = render(data.decode("utf-8-sig"), _WIDEST, fonts=False)
        with open_picture(data) as source:
            source.draft("RGB", (_WIDEST, _WIDEST))
            image = ImageOps.exif_transpose(source) if picture.turned else source
            image.thumbnail((_WIDEST, _WIDEST))
            image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(ground, image).convert("RGB")
    except (OSError, ValueError):
        return None
