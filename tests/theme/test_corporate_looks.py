"""What is taken from corporate templates beside their layouts: the logo, the leading colour, grounds as they are drawn."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pptx
import pytest
from PIL import Image, ImageDraw

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.ooxml.package import Package
from deckbuilder.theme.check import pale_texts
from deckbuilder.theme.color import contrast, luminance
from deckbuilder.theme.corporate.colors import literal
from deckbuilder.theme.corporate.ground import Terrain
from deckbuilder.theme.corporate.layout import CorporateLayout, read_layouts
from deckbuilder.theme.corporate.leading import leading
from deckbuilder.theme.corporate.logos import find_logos
from deckbuilder.theme.corporate.opening import read_package
from deckbuilder.theme.corporate.shapes import Drawer
from deckbuilder.theme.pack import read_theme
from deckbuilder.theme.roles import BODY, LayoutRole
from deckbuilder.theme.scenery import Gradient, Shape
from deckbuilder.themes import make_theme
from deckbuilder.units import Rect

DEFAULT = Path(pptx.__file__).parent / "templates" / "default.pptx"
WIDE, HIGH = 9_144_000, 6_858_000
NAMESPACES = (
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
Box = tuple[float, float, float, float]


def placed(box: Box) -> str:
    x, y, width, height = (round(share * whole) for share, whole in zip(box, (WIDE, HIGH, WIDE, HIGH), strict=True))
    return (
        f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    )


def pic(number: int, box: Box, name: str = "Picture", alt: str = "", effect: str = "") -> str:
    return (
        f'<p:pic {NAMESPACES}><p:nvPicPr><p:cNvPr id="{900 + number}" name="{name}" descr="{alt}"/><p:cNvPicPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvPicPr><p:blipFill><a:blip r:embed="rId{900 + number}">{effect}</a:blip>'
        f"<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>{placed(box)}</p:spPr></p:pic>"
    )


def rectangle(box: Box, fill: str, style: str = "") -> str:
    return (
        f'<p:sp {NAMESPACES}><p:nvSpPr><p:cNvPr id="950" name="Bar"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f"<p:spPr>{placed(box)}{fill}</p:spPr>{style}</p:sp>"
    )


def template(
    target: Path, shapes: str, pictures: dict[str, bytes], change: Callable[[str, str], str] = lambda _, text: text
) -> Path:
    """python-pptx's default template with further shapes behind all of its master's, and their pictures."""
    with zipfile.ZipFile(DEFAULT) as source, zipfile.ZipFile(target, "w") as out:
        for name in source.namelist():
            data = source.read(name)
            if name == "ppt/slideMasters/slideMaster1.xml":
                text = data.decode().replace("</p:grpSpPr>", "</p:grpSpPr>" + shapes, 1)
                text = text.replace("<p:grpSpPr/>", "<p:grpSpPr/>" + shapes, 1) if shapes not in text else text
                assert shapes in text
                data = text.encode()
            if name == "ppt/slideMasters/_rels/slideMaster1.xml.rels":
                kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
                more = "".join(
                    f'<Relationship Id="rId{900 + n}" Type="{kind}" Target="../media/{file}"/>'
                    for n, file in enumerate(pictures, 1)
                )
                data = data.replace(b"</Relationships>", more.encode() + b"</Relationships>")
            if name == "[Content_Types].xml" and b'Extension="png"' not in data:
                data = data.replace(b"<Default ", b'<Default Extension="png" ContentType="image/png"/><Default ', 1)
            if name.endswith(".xml"):
                data = change(name, data.decode()).encode()
            out.writestr(name, data)
        for file, data in pictures.items():
            out.writestr(f"ppt/media/{file}", data)
    return target


def png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def mark(ink: str = "#0B6E4F") -> bytes:
    image = Image.new("RGBA", (90, 60), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((6, 6, 50, 54), fill=ink)
    draw.rectangle((58, 20, 84, 40), fill=ink)
    return png(image)


def photograph() -> bytes:
    chance = random.Random(7)
    image = Image.new("RGB", (80, 80))
    image.putdata([(chance.randrange(256), chance.randrange(256), chance.randrange(256)) for _ in range(6400)])
    return png(image.resize((160, 160)))


def strip() -> bytes:
    image = Image.new("RGBA", (400, 40), (0, 0, 0, 0))
    ImageDraw.Draw(image).polygon([(0, 0), (400, 0), (0, 40)], fill="#E07A1F")
    return png(image)


def made(folder: Path, shapes: str, pictures: dict[str, bytes]) -> Path:
    template(folder / "brand.pptx", shapes, pictures)
    make_theme(folder / "acme", folder / "brand.pptx", [], None, Diagnostics())
    return folder / "acme"


def opened(path: Path) -> tuple[Package, list[CorporateLayout]]:
    package = read_package(path, None)
    return package, read_layouts(package)


CORNER = (0.86, 0.04, 0.09, 0.08)


@pytest.mark.parametrize("corner", [CORNER, (0.04, 0.04, 0.09, 0.08), (0.04, 0.9, 0.09, 0.08), (0.86, 0.9, 0.09, 0.08)])
def test_of_several_pictures_the_one_that_looks_like_a_logo_is_taken(corner: Box, tmp_path: Path) -> None:
    shapes = pic(1, (0, 0, 1, 0.06)) + pic(2, (0.3, 0.3, 0.2, 0.3)) + pic(3, corner)
    path = template(tmp_path / "brand.pptx", shapes, {"one.png": strip(), "two.png": photograph(), "three.png": mark()})
    (logo,) = find_logos(*opened(path), path)
    assert logo.data == mark()


@pytest.mark.parametrize(
    ("picture", "box", "name"),
    [
        (strip(), (0, 0.94, 1, 0.06), "Picture 3"),  # a strip over the whole slide
        (strip(), (0.5, 0.02, 0.5, 0.05), "Picture 3"),  # one that runs off the slide
        (photograph(), CORNER, "Picture 3"),
        (photograph(), CORNER, "Logo"),
        (mark("#FFFFFF"), CORNER, "Logo"),  # made for dark grounds
        (png(Image.new("RGB", (60, 60), "#B3001B")), CORNER, "Picture 3"),  # a swatch
        (mark(), (0.4, 0.3, 0.3, 0.4), "Picture 3"),  # as large as a picture
        (mark(), CORNER, "Swoosh"),
    ],
)
def test_what_is_no_logo_is_left_where_it_is(picture: bytes, box: Box, name: str, tmp_path: Path) -> None:
    path = template(tmp_path / "brand.pptx", pic(1, box, name), {"one.png": picture})
    assert list(find_logos(*opened(path), path)) == []


def test_a_picture_that_is_cut_off_is_no_reason_to_refuse_the_template(tmp_path: Path) -> None:
    pack = made(tmp_path, pic(1, CORNER, "Logo"), {"one.png": mark()[:-30]})
    assert sorted(p.name for p in pack.iterdir()) == ["_brand.yml", "brand.pptx"]
    assert read_theme(str(pack), Diagnostics()).logos == ()


def test_pages_have_the_colour_that_the_template_shows_where_its_accents_are_the_programs(tmp_path: Path) -> None:
    red = '<a:solidFill><a:srgbClr val="B3001B"/></a:solidFill>'
    pack = made(tmp_path, rectangle((0, 0, 1, 0.12), red), {})
    for text in ((pack / "_brand.yml").read_text("utf-8"), "defaults: {deckbuilder: {template: brand.pptx}}\n"):
        (pack / "_brand.yml").write_text(text, encoding="utf-8")
        theme = read_theme(str(pack), Diagnostics())
        assert theme.palette.hex(theme.colors["accent"]) == "#B3001B"
        # Our own layouts as well: no blue beside the red.
        stages = next(layout for role, layout in theme.layouts.items() if role.base == "stage")
        fills = [holder.current[1] for holder in stages.placeholders if holder.current]
        assert fills
        assert {theme.on(stages).palette.hex(fill) for fill in fills} == {"#B3001B"}
        # Charts are drawn in shades of it, and in greys.
        one, grey, darker = (theme.palette.rgb(theme.series_color(n)) for n in range(3))
        assert theme.palette.hex(theme.series_color(0)) == "#B3001B"
        assert len(set(grey)) == 1
        assert darker[0] < one[0]
        assert contrast(one, darker) > 1.5


@pytest.mark.parametrize(
    ("accent", "box", "color"),
    [
        ("4F81BD", (0, 0, 1, 0.12), "#B3001B"),
        ("0B6E4F", (0, 0, 1, 0.12), None),  # somebody has chosen the accents
        ("4F81BD", (0.9, 0.9, 0.02, 0.02), None),  # an ornament
    ],
)
def test_what_is_painted_leads_where_it_is_large_and_accents_are_unchanged(
    accent: str, box: Box, color: str | None, tmp_path: Path
) -> None:
    red = '<a:solidFill><a:srgbClr val="B3001B"/></a:solidFill>'
    path = template(
        tmp_path / "brand.pptx",
        rectangle(box, red),
        {},
        lambda name, text: text.replace("4F81BD", accent) if "theme" in name else text,
    )
    package, layouts = opened(path)
    assert leading(Drawer(package, path, (720, 540)), layouts, layouts[0].colors.palette) == color


CHANGE = (
    '<a:clrChange><a:clrFrom><a:srgbClr val="{}"/></a:clrFrom>'
    '<a:clrTo><a:srgbClr val="FFFFFF"><a:alpha val="0"/></a:srgbClr></a:clrTo></a:clrChange>'
)
NIGHT = '<a:duotone><a:srgbClr val="05080F"/><a:srgbClr val="14304F"/></a:duotone>'
STYLE = (
    '<p:style><a:lnRef idx="0"><a:schemeClr val="accent1"/></a:lnRef><a:fillRef idx="{idx}"><a:schemeClr val="tx2"/></a:fillRef>'
    '<a:effectRef idx="0"><a:schemeClr val="accent1"/></a:effectRef><a:fontRef idx="minor"/></p:style>'
)


def pale() -> bytes:
    return png(Image.effect_noise((96, 72), 30).point([min(255, 190 + n // 4) for n in range(256)]).convert("RGB"))


@pytest.mark.parametrize(
    ("effect", "dark"),
    [
        ("", False),
        (NIGHT, True),
        ('<a:lum bright="-80000"/>', True),
        ("<a:grayscl/>", False),
        ('<a:biLevel thresh="99000"/>', True),
        ('<a:alphaModFix amt="10000"/>', False),
    ],
)
def test_grounds_are_judged_with_the_effects_of_their_pictures(effect: str, dark: bool, tmp_path: Path) -> None:
    path = template(tmp_path / "brand.pptx", pic(1, (0, 0, 1, 1), effect=effect), {"ground.png": pale()})
    assert (brightness(path) < 0.18) == dark


@pytest.mark.parametrize(
    ("effect", "color", "opaque"),
    [
        ('<a:hsl hue="7200000" sat="0" lum="0"/>', (0, 200, 0), 255),  # a third of the circle on
        ('<a:hsl hue="0" sat="0" lum="-100000"/>', (0, 0, 0), 255),
        ('<a:tint hue="14400000" amt="100000"/>', (0, 0, 200), 255),
        ('<a:clrRepl><a:srgbClr val="102030"/></a:clrRepl>', (16, 32, 48), 255),
        (CHANGE.format("C80000"), (255, 255, 255), 0),  # "set transparent colour"
        (CHANGE.format("C80001"), (200, 0, 0), 255),
        ('<a:alphaRepl a="50000"/>', (200, 0, 0), 128),
        ("<a:alphaInv/>", (200, 0, 0), 0),
    ],
)
def test_rarer_effects_are_worked_into_pictures_too(
    effect: str, color: tuple[int, int, int], opaque: int, tmp_path: Path
) -> None:
    red = png(Image.new("RGB", (8, 8), (200, 0, 0)))
    path = template(tmp_path / "brand.pptx", pic(1, (0, 0, 1, 1), effect=effect), {"ground.png": red})
    package, layouts = opened(path)
    scenery = Drawer(package, path, (720, 540)).scenery(layouts[1])
    picture = next(x for x in scenery.elements if not isinstance(x, Shape)).picture
    with Image.open(io.BytesIO(picture.data or b"")) as image:
        *found, alpha = image.convert("RGBA").getpixel((4, 4))
    assert alpha == opaque
    assert all(abs(a - b) <= 6 for a, b in zip(found, color, strict=True)), found
    assert scenery.untold == ()


@pytest.mark.parametrize("idx", [1, 2, 3, 1001, 1002, 1003])
def test_fills_that_shapes_have_of_the_theme_are_drawn_as_the_theme_has_them(idx: int, tmp_path: Path) -> None:
    path = template(tmp_path / "brand.pptx", rectangle((0, 0, 1, 1), "", STYLE.format(idx=idx)), {})
    package, layouts = opened(path)
    *_, shape = (x for x in Drawer(package, path, (720, 540)).scenery(layouts[1]).elements if isinstance(x, Shape))
    assert isinstance(shape.fill, Gradient) == (idx not in (1, 1001))  # in this theme the first fills are plain


def test_text_on_a_picture_in_dark_tones_is_pale(tmp_path: Path) -> None:
    template(tmp_path / "brand.pptx", pic(1, (0, 0, 1, 1), effect=NIGHT), {"ground.png": pale()})
    (tmp_path / "_brand.yml").write_text("defaults: {deckbuilder: {template: brand.pptx}}\n", encoding="utf-8")
    theme = read_theme(str(tmp_path), Diagnostics())
    made = [layout for layout in theme.layouts.values() if layout.host and not layout.host.native]
    assert made
    assert [pale for pale in pale_texts(theme) if pale.layout in {layout.name for layout in made}] == []
    statement = theme.layouts[LayoutRole("statement")]
    ink = theme.on(statement).palette.rgb(statement.placeholder(BODY).style.levels[0].color)
    assert luminance(ink) > 0.5


def brightness(path: Path) -> float:
    """The luminance of the middle of a layout as it is drawn."""
    package, layouts = opened(path)
    ground = Terrain(Drawer(package, path, (720, 540)).scenery(layouts[1]), (720, 540)).below(Rect(100, 200, 400, 200))
    return luminance(layouts[1].colors.palette.rgb(literal(ground.mean)))
