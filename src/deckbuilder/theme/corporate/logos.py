"""Which of a template's pictures is its logo, judged by where it stands, how often, how large, what it is called, and what it
looks like on white paper. None is better than a wrong one."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from deckbuilder.frozen import dataclass
from deckbuilder.ooxml.package import Package
from deckbuilder.ooxml.presentation import place, slide_size
from deckbuilder.ooxml.shapes import Frame
from deckbuilder.ooxml.types import NS, R
from deckbuilder.theme.color import contrast
from deckbuilder.theme.corporate.layout import CorporateLayout
from deckbuilder.theme.corporate.pictures import picture_of
from deckbuilder.units import Rect

_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
_CALLED_LOGO = re.compile(
    r"logo|signet|emblem|\bmark\b|wort.?bild|bild.?marke|wordmark|brandmark|crest|wappen|标志|徽标|ロゴ", re.I
)
_CALLED_ELSE = re.compile(
    r"back.?ground|hintergrund|fond\b|fondo|photo|foto|portr|swoosh|wave|welle|shape|decor|pattern|texture|muster|"
    r"icon|building|banner|header|footer|gradient|map\b|screenshot",
    re.I,
)
# Shares of the slide's area and sides: larger is a background or a banner, smaller an ornament.
_AREA, _SIDE = (0.0005, 0.12), 0.55
_SHAPE = (0.3, 12.0)  # width by height
_ENOUGH = 2.5  # of what `_score` counts
_SAMPLE = 96  # pixels of the longer side that looks are judged by
_EDGE_SAME, _PLAIN, _COLORS, _PALE = 0.7, 0.97, 40, 1.35


@dataclass(frozen=True, slots=True)
class LiftedLogo:
    """A picture of the template that may be its logo: a file's name, its bytes, and how it is described."""

    name: str
    data: bytes
    alt: str


@dataclass(slots=True)
class _Candidate:
    """A picture of masters and layouts: the parts that hold its pixels and its file, where it stands first, what it is
    called, and the layouts that show it."""

    pixels: str
    file: str
    rect: Rect
    called: str
    alt: str
    shown: set[str]


def find_logos(package: Package, layouts: Sequence[CorporateLayout], template: Path) -> Iterator[LiftedLogo]:
    """The pictures that may be the template's logo, the likeliest first; none where none is likely enough."""
    size = slide_size(package)
    scored = []
    for one in _candidates(package, layouts):
        score = _score(one, size, len(layouts))
        if score >= _ENOUGH and _looks_like_one(package, one.pixels, template):
            scored.append((score, one))
    for _, one in sorted(scored, key=lambda pair: pair[0], reverse=True):
        ending = posixpath.splitext(one.file)[1].lower()
        if ending == ".svg":
            yield LiftedLogo("logo.svg", package.parts[one.file].data, one.alt)
            continue
        picture = picture_of(package.parts[one.file], template)
        if picture is not None and picture.data:
            yield LiftedLogo("logo.png" if picture.format == "png" else "logo.jpg", picture.data, one.alt)


def _candidates(package: Package, layouts: Sequence[CorporateLayout]) -> list[_Candidate]:
    """Pictures that are no placeholders, those of one file and about one place together."""
    found: dict[tuple[str, int, int], _Candidate] = {}
    for layout in layouts:
        own = package.xml(layout.part)
        parts = [(layout.part, own)]
        if own.get("showMasterSp", "1") not in ("0", "false"):
            parts.append((layout.master, package.xml(layout.master)))
        for part, root in parts:
            for pic, frame in _pictures(root.find("p:cSld/p:spTree", NS), Frame()):
                _add(found, package, part, pic, frame, layout)
    return list(found.values())


def _pictures(tree: Any, frame: Frame) -> Iterator[tuple[Any, Frame]]:
    for child in tree if tree is not None else ():
        kind = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if kind == "grpSp":
            yield from _pictures(child, frame.within(child.find("p:grpSpPr/a:xfrm", NS)))
        elif kind == "pic" and child.find("p:nvPicPr/p:nvPr/p:ph", NS) is None:
            yield child, frame


def _add(
    found: dict[tuple[str, int, int], _Candidate],
    package: Package,
    part: str,
    pic: Any,
    frame: Frame,
    layout: CorporateLayout,
) -> None:
    rect, blip = place(pic.find("p:spPr/a:xfrm", NS)), pic.find("p:blipFill/a:blip", NS)
    if rect is None or blip is None:
        return
    vector = next(blip.iter(_SVG), blip)
    relations = package.parts[part].relations
    file, pixels = (relations.get(x.get(f"{R}embed")) for x in (vector, blip))
    if file is None or pixels is None or not {file.target, pixels.target} <= package.parts.keys():
        return
    rect = frame.rect(rect)
    about = pic.find("p:nvPicPr/p:cNvPr", NS)
    alt = about.get("descr", "")
    key = (file.target, round(rect.x / 20), round(rect.y / 20))
    called = f"{about.get('name', '')} {alt} {posixpath.basename(file.target)}"
    known = found.setdefault(key, _Candidate(pixels.target, file.target, rect, called, alt, set()))
    known.shown.add(layout.part)


def _score(one: _Candidate, size: tuple[float, float], layouts: int) -> float:
    """How much speaks for a logo, but for its looks: on how many layouts it stands, whether in a corner, what it is called. 0 for
    a size, a shape or a place that no logo has."""
    rect, (width, height) = one.rect, size
    if rect.width <= 0 or rect.height <= 0 or not _AREA[0] < rect.width * rect.height / (width * height) < _AREA[1]:
        return 0.0
    if (
        rect.width > _SIDE * width
        or rect.height > _SIDE * height
        or not _SHAPE[0] < rect.width / rect.height < _SHAPE[1]
    ):
        return 0.0
    named = bool(_CALLED_LOGO.search(one.called))
    near = 0.004 * width
    bleeds = rect.x < near or rect.y < near or rect.right > width - near or rect.bottom > height - near
    if bleeds and not named:
        return 0.0
    score = 2.0 * len(one.shown) / layouts + 3.0 * named - 3.0 * bool(_CALLED_ELSE.search(one.called) and not named)
    across, down = (rect.x + rect.width / 2) / width, (rect.y + rect.height / 2) / height
    score += (across < 0.3 or across > 0.7) and (down < 0.25 or down > 0.75)
    return score + 0.5 * bool(one.alt)


def _looks_like_one(package: Package, part: str, template: Path) -> bool:
    """Whether the picture is drawn rather than photographed, is more than one plain area, and can be seen on white."""
    from PIL import Image

    picture = picture_of(package.parts[part], template)
    if picture is None or not picture.data:
        return False
    with Image.open(io.BytesIO(picture.data)) as source:
        source.thumbnail((_SAMPLE, _SAMPLE), Image.Resampling.NEAREST)
        image = source.convert("RGBA")
    width, height = image.size
    pixels: Any = image.load()
    edge = [pixels[x, y] for x in range(width) for y in (0, height - 1)]
    edge += [pixels[x, y] for y in range(height) for x in (0, width - 1)]
    same = max(edge.count(color) for color in set(edge)) if edge else 0
    clear = sum(pixel[3] < 32 for pixel in edge)
    if max(same, clear) < _EDGE_SAME * len(edge):  # it is cut at its edges, as photographs are
        return False
    counts: dict[tuple[int, ...], int] = {}
    seen = 0
    for x in range(width):
        for y in range(height):
            red, green, blue, alpha = pixels[x, y]
            if alpha < 32:
                continue
            counts[red >> 5, green >> 5, blue >> 5] = counts.get((red >> 5, green >> 5, blue >> 5), 0) + 1
            share = alpha / 255
            on_white = tuple((c * share + 255 * (1 - share)) / 255 for c in (red, green, blue))
            seen += contrast((on_white[0], on_white[1], on_white[2]), (1.0, 1.0, 1.0)) >= _PALE
    total = sum(counts.values())
    if not total or len([n for n in counts.values() if n > total / 1000]) > _COLORS:
        return False
    plain = max(counts.values()) > _PLAIN * total and total > _PLAIN * width * height
    return not plain and seen > 0.02 * width * height and seen > 0.1 * total
