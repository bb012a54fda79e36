"""Odd drawings by kind: what drawing programs, web pages, careless hands and hostile ones write."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
BOX = 'viewBox="0 0 100 80"'
SHAPE = '<rect x="10" y="10" width="50" height="40" fill="#c03020"/>'


def svg(inner: str, root: str = BOX, ns: str = NS) -> str:
    """A drawing of that inside."""
    return f"<svg {ns} {root}>{inner}</svg>"


def png(mode: str = "RGB", size: tuple[int, int] = (8, 6)) -> bytes:
    """A small PNG of one colour."""
    out = io.BytesIO()
    Image.new(mode, size, 128 if mode == "L" else None).save(out, "PNG")
    return out.getvalue()


def embedded(data: bytes, kind: str = "png") -> str:
    """An `<image>` with the data in it."""
    address = f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
    return f'<image width="60" height="50" href="{address}"/>'


def bomb(width: int, height: int) -> bytes:
    """A PNG of few bytes that claims to be so large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 64))
    return b"\x89PNG\r\n\x1a\n" + header + pixels + chunk(b"IEND", b"")


def filtered(steps: str, region: str = "") -> str:
    """A shape through a filter of those steps."""
    return svg(f'<filter id="f" {region}>{steps}</filter><g filter="url(#f)">{SHAPE}</g>')


def odd_drawings() -> dict[str, bytes]:
    """The drawings by name, `kind: what is odd`."""
    made: dict[str, bytes] = {}
    for group in (_sizes, _texts, _trees, _uses, _filters, _paints, _numbers, _embedded, _words, _others):
        for name, source in group():
            assert f"{group.__name__[1:]}: {name}" not in made
            made[f"{group.__name__[1:]}: {name}"] = source.encode() if isinstance(source, str) else source
    return made


def _sizes() -> Iterator[tuple[str, str]]:
    for box in (
        "0 0 0 0",
        "0 0 -5 5",
        "0 0 1e-6 1e-6",
        "0 0 1e9 1e9",
        "0 0 1e30 1e30",
        "-1e8 -1e8 1e8 1e8",
        "0 0 1 500",
    ):
        yield f"viewBox {box}", svg(SHAPE, f'viewBox="{box}"')
    for box in ("", "0 0 100", "a b c d", "0 0 100 80 90", "0,0,100,80", "nan nan nan nan", "0 0 100px 80px"):
        yield f"junk viewBox {box}", svg(SHAPE, f'viewBox="{box}"')
        yield f"junk viewBox {box} with a size", svg(SHAPE, f'viewBox="{box}" width="100" height="80"')
    for unit in ("mm", "cm", "in", "pt", "pc", "px", "em", "ex", "%", "Q", "vw", "furlong"):
        yield f"in {unit}", svg(SHAPE, f'width="21{unit}" height="29.7{unit}"')
        yield f"in {unit} with a viewBox", svg(SHAPE, f'width="21{unit}" height="29.7{unit}" {BOX}')
    for size in ("0", "-5", "1e30", "NaN", "auto", "1e-9", ""):
        yield f"size {size}", svg(SHAPE, f'width="{size}" height="{size}"')
        yield f"size {size} with a viewBox", svg(SHAPE, f'width="{size}" height="{size}" {BOX}')
    yield "width only", svg(SHAPE, f'width="30mm" {BOX}')
    yield "stretched", svg(SHAPE, f'width="300" height="80" preserveAspectRatio="none" {BOX}')
    yield "sliced", svg(SHAPE, f'width="300" height="80" preserveAspectRatio="xMinYMin slice" {BOX}')
    yield "padded", svg(SHAPE, f'width="300" height="80" {BOX}')


def _texts() -> Iterator[tuple[str, bytes | str]]:
    words = svg('<text y="40">Größe café</text>')
    for encoding in ("latin-1", "cp1252", "utf-16", "iso-8859-15", "cp1250", "utf-8-sig"):
        said = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>{words}'
        yield f"declared {encoding}", said.replace("ß", "ss").encode(encoding)
    yield "latin-1, undeclared", words.encode("latin-1")
    yield "cp1252, declared utf-8", f'<?xml version="1.0" encoding="UTF-8"?>{words}'.encode("cp1252")
    yield "unknown encoding", f'<?xml version="1.0" encoding="martian"?>{words}'
    yield "another encoding than declared", f'<?xml version="1.0" encoding="utf-16"?>{words}'
    yield "a NUL", svg("\0" + SHAPE)
    yield "a control character", svg(f"<desc>\x07</desc>{SHAPE}")
    yield "no name space", svg(SHAPE, ns="")
    yield "a wrong name space", svg(SHAPE, ns='xmlns="http://www.w3.org/2000/SVG/"')
    yield "a prefix", f'<s:svg xmlns:s="http://www.w3.org/2000/svg" {BOX}>{SHAPE.replace("<rect", "<s:rect")}</s:svg>'
    yield "an unbound prefix", svg('<inkscape:grid/><use xlink:href="#a"/>', ns='xmlns="http://www.w3.org/2000/svg"')
    yield "cut off", svg(SHAPE)[:-20]
    yield "two roots", svg(SHAPE) * 2
    yield "an entity", "<!DOCTYPE svg [<!ENTITY a 'b'>]>" + svg(SHAPE)
    yield "an entity in UTF-16", ("<!DOCTYPE svg [<!ENTITY a 'b'>]>" + svg(SHAPE)).encode("utf-16")
    yield "a style sheet outside", '<?xml-stylesheet href="a.css"?>' + svg(SHAPE)
    yield "HTML", "<!DOCTYPE html><html><body>404</body></html>"
    yield "only a root", svg("")
    yield "only words", svg("hello")


def _trees() -> Iterator[tuple[str, str]]:
    for depth in (60, 250, 300, 1_100, 20_000):
        yield f"{depth} deep", svg("<g>" * depth + SHAPE + "</g>" * depth)
        yield f"{depth} deep in opacity", svg('<g opacity=".9">' * depth + SHAPE + "</g>" * depth)
    for count in (6_000, 100_001):
        yield f"{count} elements", svg('<rect width="5" height="5"/>' * count)
    yield "20,000 words", svg('<text y="9">word</text>' * 20_000)
    yield "a path of a megabyte", svg(f'<path d="M0 0{"L50 50 9 9" * 100_000}" stroke="red"/>')
    yield "a polygon of 100,000 corners", svg(f'<polygon points="{"1,2 30,4 " * 50_000}"/>')
    yield "4,000 turns", svg(f'<rect width="50" height="50" transform="{"rotate(1) " * 4_000}"/>')
    many = '<stop offset=".5" stop-color="#c03020"/>' * 3_000
    yield (
        "a gradient of many colours, many times",
        svg(f'<linearGradient id="g">{many}</linearGradient>' + '<rect width="9" height="9" fill="url(#g)"/>' * 300),
    )
    yield "nested svg", svg(f'<svg x="5" width="50" height="50" viewBox="0 0 10 10">{SHAPE}</svg>')
    yield (
        "1,000 masks in one another",
        svg(
            "".join(f'<mask id="m{n}"><g mask="url(#m{n + 1})">{SHAPE}</g></mask>' for n in range(1_000))
            + f'<g mask="url(#m0)">{SHAPE}</g>'
        ),
    )


def _uses() -> Iterator[tuple[str, str]]:
    yield "itself", svg('<use id="a" href="#a"/>')
    yield "its parent", svg('<g id="a"><use href="#a"/></g>' + SHAPE)
    yield "a circle of three", svg("".join(f'<g id="a{n}"><use href="#a{(n + 1) % 3}"/></g>' for n in range(3)))
    for base in (3, 10):
        inner = [f'<use href="#a{n + 1}"/>' * base for n in range(12)]
        levels = "".join(f'<g id="a{n}">{uses}</g>' for n, uses in enumerate(inner))
        yield f"a bomb of {base} by {base}", svg(f'<defs>{levels}<g id="a12">{SHAPE}</g></defs><use href="#a0"/>')
    yield "a symbol", svg(f'<symbol id="s" viewBox="0 0 60 60">{SHAPE}</symbol><use href="#s" width="30" height="30"/>')
    yield "nothing", svg('<use href="#none"/><use/>' + SHAPE)
    yield "another file", svg('<use href="other.svg#a"/>')
    yield (
        "a pattern of itself",
        svg(
            '<pattern id="p" width="5" height="5" patternUnits="userSpaceOnUse"><rect width="5" height="5" fill="url(#p)"/>'
            '</pattern><rect width="50" height="50" fill="url(#p)"/>'
        ),
    )
    yield (
        "a pattern as large as the sea",
        svg(
            '<pattern id="p" width="1e5" height="1e5" patternUnits="userSpaceOnUse"><rect width="9" height="9"/></pattern>'
            '<rect width="50" height="50" fill="url(#p)"/>'
        ),
    )
    yield (
        "a pattern as fine as dust",
        svg(
            '<pattern id="p" width="1e-4" height="1e-4" patternUnits="userSpaceOnUse"><rect width="9" height="9"/></pattern>'
            '<rect width="50" height="50" fill="url(#p)"/>'
        ),
    )
    yield "a clip path of itself", svg(f'<clipPath id="c"><g clip-path="url(#c)">{SHAPE}</g></clipPath>{SHAPE}')
    yield (
        "a marker of itself",
        svg(
            '<marker id="m"><path d="M0 0L5 5" marker-end="url(#m)"/></marker><path d="M0 0L50 50" marker-end="url(#m)"/>'
        ),
    )


def _filters() -> Iterator[tuple[str, str]]:
    wide = 'x="-1000" y="-1000" width="3000" height="3000"'
    for name, step in (
        ("blur", '<feGaussianBlur stdDeviation="2"/>'),
        ("a blur without end", '<feGaussianBlur stdDeviation="1e9"/>'),
        ("turbulence", '<feTurbulence baseFrequency=".05" numOctaves="3"/>'),
        ("turbulence of a million octaves", '<feTurbulence baseFrequency=".5" numOctaves="1000000"/>'),
        ("a convolution", f'<feConvolveMatrix order="30" kernelMatrix="{"1 " * 900}"/>'),
        ("a convolution of junk", '<feConvolveMatrix order="-3" kernelMatrix="x"/>'),
        ("morphology", '<feMorphology operator="dilate" radius="1000"/>'),
        ("light", '<feDiffuseLighting><fePointLight x="5" y="5" z="9"/></feDiffuseLighting>'),
        ("200 blurs", '<feGaussianBlur stdDeviation="3"/>' * 200),
        ("an image of itself", '<feImage href="#f"/>'),
        ("an unknown step", "<feWhatever/>"),
    ):
        yield name, filtered(step)
        if "blur" in name or "turb" in name:
            yield f"{name}, far and wide", filtered(step, wide)
    yield "one that is not there", svg(f'<g filter="url(#none)">{SHAPE}</g>')


def _paints() -> Iterator[tuple[str, str]]:
    for paint in (
        "url(#none)",
        "bluish",
        "#12",
        "rgb(1,2)",
        "rgb(10 20 30 / 40%)",
        "hsl(20 50% 50%)",
        "currentColor",
        "",
    ):
        yield f"fill {paint}", svg(SHAPE.replace("#c03020", paint))
    yield "a gradient without stops", svg('<linearGradient id="g"/>' + SHAPE.replace("#c03020", "url(#g)"))
    yield "a gradient of itself", svg('<linearGradient id="g" href="#g"/>' + SHAPE.replace("#c03020", "url(#g)"))
    yield "dashes as fine as dust", svg('<path d="M0 0L90 70" stroke="red" stroke-dasharray="1e-7"/>')
    yield "dashes of nothing", svg('<path d="M0 0L90 70" stroke="red" stroke-dasharray="0 0"/>')
    yield "junk dashes", svg('<path d="M0 0L90 70" stroke="red" stroke-dasharray="a -5 %"/>')
    yield "broken CSS", svg("<style>rect { fill: } } @media { </style>" + SHAPE)
    yield "10,000 rules of CSS", svg(f"<style>{'rect > rect ~ rect { fill: red }' * 10_000}</style>{SHAPE}")
    yield "a style from outside", svg("<style>@import url(https://example.org/a.css);</style>" + SHAPE)


def _numbers() -> Iterator[tuple[str, str]]:
    for name, data in (
        ("an arc without end", "M0 0A1e39 1e39 0 0 1 50 50"),
        ("an arc of nothing", "M0 0A0 0 0 0 1 50 50"),
        ("an arc of NaN", "M0 0A nan nan 0 0 1 50 50"),
        ("an arc of closed flags", "M5 5a20 20 0 0110 10"),
        ("an arc of bad flags", "M5 5a20 20 0 5 7 10 10"),
        ("far away", "M0 0L1e30 1e30L-1e38 9z"),
        ("too few numbers", "M0 0L5"),
        ("no beginning", "L5 5"),
        ("junk", "M0 0 what is this"),
        ("thousands of digits", f"M0 0L{'9' * 5_000} 5"),
        ("one long number", "M" + "1" * 200_000),
    ):
        yield name, svg(f'<path d="{data}" stroke="red"/>{SHAPE}')
    for name, transform in (
        ("scaled to nothing", "scale(0)"),
        ("scaled without end", "scale(1e30)"),
        ("not a transformation", "turn(5"),
        ("in CSS's words", "rotate(45deg)"),
        ("skewed flat", "skewX(90)"),
    ):
        yield name, svg(f'<g transform="{transform}">{SHAPE}</g>')
    for said in ('width="-5"', 'width="1e400"', 'width="9" rx="-3"', 'width="9" x="5 apples"', 'width="50%"'):
        yield said, svg(f'<rect height="20" {said}/>')


def _embedded() -> Iterator[tuple[str, str]]:
    whole = png()
    yield "a PNG", svg(embedded(whole))
    yield "a PNG with a palette", svg(embedded(png("P")))
    yield "half a PNG", svg(embedded(whole[: len(whole) // 2]))
    yield "words as a PNG", svg(embedded(b"not a picture"))
    yield "nothing", svg('<image href="data:image/png;base64,"/>')
    yield "not base64", svg('<image href="data:image/png;base64,@@@@@"/>')
    for side in (9_000, 60_000):
        yield f"a bomb of {side} pixels", svg(embedded(bomb(side, side)))
    yield "a BMP", svg(embedded(b"BM" + b"\0" * 60, "bmp"))
    yield "a drawing", svg(embedded(svg(SHAPE).encode(), "svg+xml"))
    yield "a broken drawing", svg(embedded(b"<svg", "svg+xml"))
    yield (
        "a drawing in a drawing in it",
        svg(embedded(svg(embedded(svg(SHAPE).encode(), "svg+xml")).encode(), "svg+xml")),
    )
    yield "a file outside", svg('<image href="photo.png" width="9" height="9"/>')
    yield "an address", svg('<image xlink:href="https://example.org/a.png" width="9" height="9"/>')


def _words() -> Iterator[tuple[str, str]]:
    for size in ("larger", "0", "-5", "1e9", "2em", "120%", "junk", "medium"):
        yield f"font-size {size}", svg(f'<text y="40" font-size="{size}">Words</text>')
    yield "many scripts", svg('<text y="40" font-family="No Such Font">Ж 日本 한 العربية 🙂 ﷽</text>')
    yield "on a path", svg('<path id="p" d="M0 40L90 40"/><text><textPath href="#p">along</textPath></text>')
    yield "100,000 letters", svg(f'<text y="40">{"letters " * 12_500}</text>')
    yield "1,000 tspans", svg(f'<text y="40">{"<tspan>" * 200}x{"</tspan>" * 200}</text>')


def _others() -> Iterator[tuple[str, str]]:
    yield "a script", svg("<script>alert(1)</script>" + SHAPE)
    yield "a handler", svg(SHAPE.replace("<rect", '<rect onclick="alert(1)"'))
    yield "a web page", svg("<foreignObject><p>hello</p></foreignObject>")
    yield "a link", svg(f'<a href="https://example.org">{SHAPE}</a>')
    yield "movement", svg('<rect width="9" height="9"><animate attributeName="x" to="50" dur="1s"/></rect>')
    yield "outside its box", svg(SHAPE.replace('x="10"', 'x="1000"'))
    yield "a switch", svg(f'<switch><g systemLanguage="xx">{SHAPE}</g>{SHAPE}</switch>')
    yield "blending", svg(f'<g style="mix-blend-mode:multiply;isolation:isolate">{SHAPE}</g>')
    yield "ids twice", svg(SHAPE.replace("<rect", '<rect id="a"') * 2)
