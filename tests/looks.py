"""What a person sees on rendered slides, measured: words on words, words on art, contrast, marks, room, the smallest type.

A deck is rendered twice: as it is, and with its slides emptied, so that only what their layouts draw is left. What lies
below a word is what the empty slide shows there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pptx
from PIL import Image, ImageChops

from tools import Word, need, read_words, run, slides_to_pdf

_PIXELS = 1200  # of a slide's longer side
_SPECK = 0.08  # share of the pixels under a word that may differ: corners, and what rounding leaves
_EVEN = 70  # of 255: how far the ground under a word may vary, as gradients do
_CHANGED = 16  # of 255: from here on a pixel is another
_SHARED = 0.2  # of the smaller word's area: lines of text touch


@dataclass(frozen=True)
class Slide:
    """A rendered slide: its words, but for characters that its layout draws, its size in points, and its pixels, full and
    emptied."""

    number: int
    words: list[Word]
    size: tuple[float, float]
    full: Image.Image
    empty: Image.Image


def rendered(deck: Path, folder: Path, twins: dict[str, str] | None = None) -> None:
    """Renders a deck, and the deck emptied, into the folder; `twins` are families and the shipped fonts that draw them."""
    presentation = pptx.Presentation(str(deck))
    for slide in presentation.slides:
        for shape in list(slide.shapes):
            shape.element.getparent().remove(shape.element)
    presentation.save(str(folder / "empty.pptx"))
    for name, source in (("full", deck), ("empty", folder / "empty.pptx")):
        pdf = slides_to_pdf(source, folder / f"of-{name}", twins=twins)
        pdf.rename(folder / f"{name}.pdf")
        run(need("pdftoppm"), "-scale-to", str(_PIXELS), "-png", folder / f"{name}.pdf", folder / name)


def slides(folder: Path) -> list[Slide]:
    """The slides that were rendered into the folder."""
    pages = read_words(folder / "full.pdf", raw=True)
    drawn = [page.words for page in read_words(folder / "empty.pdf", raw=True)]
    pictures = [sorted(folder.glob(f"{name}-*.png")) for name in ("full", "empty")]
    out = []
    for number, (page, art, full, empty) in enumerate(zip(pages, drawn, *pictures, strict=True), 1):
        with Image.open(full) as one, Image.open(empty) as other:
            words = [word for word in page.words if word not in art]
            out.append(Slide(number, words, (page.width, page.height), one.convert("RGB"), other.convert("RGB")))
    return out


def on_one_another(slide: Slide) -> Iterator[str]:
    """Words that lie on other words."""
    for one, other in combinations(slide.words, 2):
        wide = min(one.right, other.right) - max(one.left, other.left)
        high = min(one.ink[1], other.ink[1]) - max(one.ink[0], other.ink[0])
        least = min(_area(one), _area(other))
        if wide > 0 and high > 0 and wide * high > _SHARED * least:
            yield f"slide {slide.number}: '{one.text}' on '{other.text}'"


def on_art(slide: Slide) -> Iterator[str]:
    """Words that lie on edges of what the layout draws."""
    for word in slide.words:
        below = _under(slide, slide.empty, word).convert("L")
        histogram = below.histogram()
        total = below.width * below.height
        low, high = (_at(histogram, total * share) for share in (_SPECK, 1 - _SPECK))
        if high - low > _EVEN:
            yield f"slide {slide.number}: '{word.text}' on a ground of {low} to {high}"


def pale(slide: Slide, least: float = 3.0) -> Iterator[str]:
    """Words without a contrast of that, their darkest or lightest pixels with what is around them."""
    for word in slide.words:
        if not any(c.isalnum() for c in word.text):
            continue
        colors = sorted(_under(slide, slide.full, word).getcolors(1 << 20) or [], reverse=True)
        ground = _luminance(colors[0][1])
        ratio = max(_contrast(ground, _luminance(color)) for _, color in colors)
        if ratio < least:
            yield f"slide {slide.number}: '{word.text}' has {ratio:.1f} to 1"


def covered(slide: Slide, box: tuple[float, float, float, float]) -> float:
    """The share of a box's pixels, given in shares of the slide, that differ from the empty slide's."""
    width, height = slide.full.size
    x, y, w, h = box
    edges = (round(x * width) + 1, round(y * height) + 1, round((x + w) * width) - 1, round((y + h) * height) - 1)
    apart = ImageChops.difference(slide.full.crop(edges), slide.empty.crop(edges)).convert("L")
    return sum(apart.histogram()[_CHANGED:]) / (apart.width * apart.height)


def used(slide: Slide, box: tuple[float, float, float, float]) -> float:
    """How far down and across a box of the slide, in shares, content reaches, as a share of its area."""
    width, height = slide.full.size
    x, y, w, h = box
    edges = (round(x * width), round(y * height), round((x + w) * width), round((y + h) * height))
    found = ImageChops.difference(slide.full.crop(edges), slide.empty.crop(edges)).getbbox()
    if found is None:
        return 0.0
    return (found[2] - found[0]) * (found[3] - found[1]) / ((edges[2] - edges[0]) * (edges[3] - edges[1]))


def smallest(slide: Slide) -> float:
    """The size of the smallest type, as a share of the slide's height; of a portrait slide's width, which is its measure:
    such slides are for screens and sheets that stand upright."""
    return min((word.size for word in slide.words), default=1.0) / min(slide.size)


def _under(slide: Slide, image: Image.Image, word: Word) -> Image.Image:
    k = image.width / slide.size[0]
    upper, lower = word.ink
    left, top = max(0, int(word.left * k)), max(0, int(upper * k))
    right, bottom = max(left + 1, int(word.right * k)), max(top + 1, int(lower * k))
    return image.crop((left, top, min(image.width, right), min(image.height, bottom)))


def _area(word: Word) -> float:
    return (word.right - word.left) * (word.ink[1] - word.ink[0])


def _at(histogram: list[int], count: float) -> int:
    for value, number in enumerate(histogram):
        count -= number
        if count <= 0:
            return value
    return 255


def _luminance(rgb: tuple[int, int, int]) -> float:
    parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
