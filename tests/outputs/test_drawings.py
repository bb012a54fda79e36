"""Drawings look the same on slide, thumbnail and page: pixels of the page are compared with the renderer of the deck."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageFilter
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from deckbuilder.content.pictures import PictureFile
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.outputs.drawing.canvas import draw_picture
from deckbuilder.outputs.images import PRINT_DPI, Images
from deckbuilder.reading.drawing import render
from deckbuilder.reading.pictures import read_picture
from deckbuilder.units import Rect
from odd_drawings import SHAPE, embedded, png, svg
from tools import need, run

# What every renderer draws alike: on paper these stay vectors.
VECTORS = {
    "shapes": '<circle cx="30" cy="30" r="20" fill="teal"/><ellipse cx="70" cy="50" rx="20" ry="10" fill="#a30"/>',
    "no fill said": '<polygon points="10,10 90,20 50,70"/><polyline points="5 75 50 60 95 75" fill="none" stroke="red"/>',
    "opacity": SHAPE + '<rect x="40" y="30" width="50" height="40" fill="blue" opacity=".4"/>',
    "opacity of a stroke": SHAPE + '<line x1="0" y1="0" x2="100" y2="80" stroke="#000" stroke-width="9" opacity=".5"/>',
    "fill and stroke opacity": '<g fill-opacity=".3" stroke-opacity=".6"><circle cx="50" cy="40" r="30" fill="red" '
    'stroke="blue" stroke-width="8"/></g>',
    "a linear gradient": '<defs><linearGradient id="g" x2="0" y2="1"><stop offset="0" stop-color="#fff"/>'
    '<stop offset="1" stop-color="#036"/></linearGradient></defs><rect width="100" height="80" fill="url(#g)"/>',
    "a gradient after its use": '<rect width="100" height="80" fill="url(#g)"/><linearGradient id="g"><stop offset="0" '
    'stop-color="gold"/><stop offset="100%" style="stop-color:navy"/></linearGradient>',
    "a gradient in user space": '<linearGradient id="g" gradientUnits="userSpaceOnUse" x1="20" y1="0" x2="80" y2="0">'
    '<stop offset="0" stop-color="red"/><stop offset="1" stop-color="lime"/></linearGradient>'
    '<circle cx="50" cy="40" r="38" fill="url(#g)"/>',
    "styles on shapes": '<rect x="9" y="9" width="70" height="50" style="fill:#3a7;stroke:#000;stroke-width:6px;'
    '-inkscape-stroke:none"/>',
    "the rule of filling": '<path fill-rule="evenodd" d="M5 5H95V75H5Z M30 25H70V55H30Z" fill="#640"/>',
    "sharp corners": '<path d="M5 40L95 36L5 32" fill="none" stroke="#000" stroke-width="8"/>',
    "ends, joins, dashes": '<path d="M10 10L90 20L20 70" fill="none" stroke="#906" stroke-width="8" '
    'stroke-linecap="round" stroke-linejoin="bevel" stroke-dasharray="20 12"/>',
    "transformations": '<g transform="translate(50,40) rotate(30) scale(.8 .5)"><rect x="-30" y="-30" width="60" '
    'height="60" fill="#c60" transform="skewX(20)"/></g><rect width="9" height="9" transform="rotate(45 10 20) '
    'translate(20)"/><rect width="9" height="9" fill="red" transform="matrix(1,0,.3,1.2,70,50)"/>',
    "round corners": '<rect x="5" y="5" width="40" height="60" rx="18"/><rect x="52" y="5" width="40" height="30" rx="20" '
    'ry="9" fill="#286"/><rect x="52" y="40" width="40" height="20" rx="30" fill="#826"/>',
    "paths": '<path d="m10,10c0-8,20-8 20 0s20 8 20 0t9,9 q5 20 30.5.5l-.5.5h5v20H20z" fill="#258"/>',
    "arcs": '<path d="M20 40a20 20 0 0140 0zM60 60A15,10 30 1 0 80 50z" fill="#a22"/>',
    "inheritance": '<g fill="green" stroke="black" stroke-width="4"><g fill="inherit"><circle cx="30" cy="40" r="20"/></g>'
    '<circle cx="70" cy="40" r="20" stroke="none"/></g>',
}
# What paper's renderer would draw otherwise: there these are pictures.
PICTURES = {
    "opacity of a group": '<g opacity=".5"><rect width="60" height="50" fill="red"/><circle cx="60" cy="50" r="25"/></g>',
    "opacity of fill and stroke": '<circle cx="50" cy="40" r="25" fill="red" stroke="blue" stroke-width="20" opacity=".5"/>',
    "a radial gradient": '<radialGradient id="g" fx=".2"><stop offset="0" stop-color="#fff"/><stop offset="1" '
    'stop-color="#c0c"/></radialGradient><rect width="100" height="80" fill="url(#g)"/>',
    "a clear gradient": '<linearGradient id="g"><stop offset="0" stop-color="red"/><stop offset="1" stop-color="red" '
    'stop-opacity="0"/></linearGradient><rect width="100" height="80" fill="url(#g)"/>',
    "a turned gradient": '<linearGradient id="g" gradientTransform="rotate(40)"><stop offset="0" stop-color="red"/>'
    '<stop offset="1" stop-color="blue"/></linearGradient><rect width="100" height="80" fill="url(#g)"/>',
    "a gradient along a line": '<linearGradient id="g"><stop offset="0" stop-color="red"/><stop offset="1" '
    'stop-color="blue"/></linearGradient><path d="M5 5L95 75" stroke="url(#g)" stroke-width="20"/>',
    "a pattern": '<pattern id="p" width="9" height="9" patternUnits="userSpaceOnUse"><circle cx="4" cy="4" r="4"/>'
    '</pattern><rect width="100" height="80" fill="url(#p)"/>',
    "a mask": f'<mask id="m"><circle cx="40" cy="30" r="20" fill="#fff"/></mask><g mask="url(#m)">{SHAPE}</g>',
    "a clip path": f'<clipPath id="c"><circle cx="40" cy="30" r="20"/></clipPath><g clip-path="url(#c)">{SHAPE}</g>',
    "markers": '<marker id="a" viewBox="0 0 9 9" refX="5" refY="5" orient="auto"><path d="M0 0L9 5L0 9z" fill="red"/>'
    '</marker><path d="M10 40H70" stroke="#000" stroke-width="8" marker-end="url(#a)"/>',
    "styles by class": "<style>.a{fill:#a3c} g > circle {stroke: #000; stroke-width: 6}</style>"
    '<g><circle class="a" cx="50" cy="40" r="30"/></g>',
    "CSS transformations": '<rect width="40" height="30" style="transform: rotate(20deg) translate(30px, 5px)"/>',
    "a symbol": f'<symbol id="s" viewBox="0 0 80 70">{SHAPE}</symbol><use href="#s" x="40" width="60" height="60"/>',
    "a filter": f'<filter id="f"><feGaussianBlur stdDeviation="4"/></filter><g filter="url(#f)">{SHAPE}</g>',
    "an embedded picture": embedded(png()),
    "words": '<text x="50" y="45" font-size="22" text-anchor="middle" font-family="Arial">Words Ж</text>',
    "dash offset": '<path d="M0 40H100" stroke="#000" stroke-width="20" stroke-dasharray="20" stroke-dashoffset="10"/>',
    "the order of painting": '<circle cx="50" cy="40" r="25" fill="red" stroke="#000" stroke-width="20" '
    'paint-order="stroke"/>',
    "a colour from elsewhere": f'<g color="#07c">{SHAPE.replace("#c03020", "currentColor")}</g>',
    "colours in CSS's newer form": SHAPE.replace("#c03020", "rgb(200 20 20 / 50%)"),
    "what is not shown": SHAPE
    + '<rect width="100" height="80" display="none"/><g visibility="hidden"><rect width="50" '
    'height="80"/></g>',
    "a drawing within": f'<svg x="40" width="60" height="40" viewBox="0 0 100 80">{SHAPE}</svg>',
    "blending": f'{SHAPE}<rect x="30" y="5" width="50" height="70" fill="#08f" style="mix-blend-mode:multiply"/>',
}
# What the renderer does not know, as it is told.
IN_DIALECT = {"Arial": "Liberation Sans", "rgb(200 20 20 / 50%)": "rgba(200,20,20,0.5)"}


def picture(folder: Path, source: str) -> PictureFile:
    (folder / "a.svg").write_text(source, "utf-8")
    problems = Diagnostics()
    found = read_picture("a.svg", None, folder, problems)
    assert found, [str(p) for p in problems]
    return found


def page(folder: Path, file: PictureFile) -> tuple[Path, Image.Image]:
    """A page that is filled by the picture, 500 x 400 points, and its pixels, one a point."""
    pdf = folder / "page.pdf"
    canvas = Canvas(str(pdf), pagesize=(500, 400))
    draw_picture(canvas, file, Images(), Rect(0, 0, 500, 400), (0, 0, 0, 0), PRINT_DPI)
    canvas.save()
    run(need("pdftoppm"), "-r", "288", "-png", "-singlefile", pdf, folder / "page")
    with Image.open(folder / "page.png") as image:
        return pdf, image.convert("RGB").resize((500, 400), Image.Resampling.BOX)


def differs(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that differ by more than the smoothing of edges does."""
    soft = [image.filter(ImageFilter.BoxBlur(2)) for image in (one, other)]
    bands: Any = ImageChops.difference(*soft).split()
    most = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    return sum(most.histogram()[40:]) / (most.width * most.height)


def reference(source: str) -> Image.Image:
    """The drawing as the deck's renderer draws it, on white."""
    with Image.open(BytesIO(render(source, 500))) as image:
        shown = Image.new("RGBA", image.size, "white")
        shown.alpha_composite(image.convert("RGBA"))
        return shown.convert("RGB")


@pytest.mark.parametrize("name", VECTORS)
def test_plain_drawings_are_vectors_on_paper_and_look_as_in_the_deck(tmp_path: Path, name: str) -> None:
    source = svg(VECTORS[name])
    pdf, shown = page(tmp_path, picture(tmp_path, source))
    assert not PdfReader(pdf).pages[0].images
    assert differs(shown, reference(source)) < 0.002


@pytest.mark.parametrize("name", PICTURES)
def test_other_drawings_look_on_paper_as_in_the_deck(tmp_path: Path, name: str) -> None:
    file = picture(tmp_path, svg(PICTURES[name]))
    assert file.format == "png"
    pdf, shown = page(tmp_path, file)
    (drawn,) = PdfReader(pdf).pages[0].images
    assert drawn.image is not None
    assert drawn.image.width >= 1000  # over 7 inches: what print needs, as far as it goes
    source = svg(PICTURES[name])
    for word, ours in IN_DIALECT.items():
        source = source.replace(word, ours)
    assert differs(shown, reference(source)) < 0.002


def test_words_are_set_in_fonts_that_come_with_deckbuilder(tmp_path: Path) -> None:
    shown = []
    for family in ("Arial", "'Liberation Sans'", "Helvetica, serif", "No Such Font, sans-serif", "Segoe UI"):
        file = picture(tmp_path, svg(f'<text y="45" font-size="30" font-family="{family}">Words</text>'))
        shown.append(Images().file(file))
    assert shown == [shown[0]] * 5
    serif = picture(tmp_path, svg('<text y="45" font-size="30" style="font-family: Georgia">Words</text>'))
    assert Images().file(serif) != shown[0]
