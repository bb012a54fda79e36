"""A template's shapes as paths and pictures: backgrounds, autoshapes, freeforms, lines, groups, pictures.

Effects, 3D and text are left aside; what cannot be drawn is told.
"""

from __future__ import annotations

import math
import posixpath
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from deckbuilder.reading.formats import format_of
from deckbuilder.reading.pictures import PictureFile
from deckbuilder.reading.rasters import read_raster
from deckbuilder.reading.unusable import Unusable
from deckbuilder.theme.corporate.colors import Colors
from deckbuilder.theme.corporate.layout import TemplateLayout, place
from deckbuilder.theme.corporate.package import NS, REL, Package
from deckbuilder.theme.corporate.paths import outlines
from deckbuilder.theme.scenery import RGB, Element, Gradient, Image, Point, Scenery, Shape
from deckbuilder.units import EMU_PER_POINT, Rect

_FULL = (0.0, 0.0, 0.0, 0.0)


class Drawer:
    """Draws the layouts of one package; `size` is the slide's, in points."""

    def __init__(self, package: Package, path: Path, size: tuple[float, float]) -> None:
        self.package = package
        self.path = path
        self.slide = Rect(0, 0, *size)
        self.pictures: dict[str, PictureFile | None] = {}

    def scenery(self, layout: TemplateLayout) -> Scenery:
        """What stands behind the content of the layout's slides."""
        master, own = self.package.xml(layout.master), self.package.xml(layout.part)
        theme = self.package.xml(self.package.related(layout.master, "theme")[0])
        untold: dict[str, None] = {}
        elements: list[Element] = []
        for root, part in ((own, layout.part), (master, layout.master)):
            background = root.find("p:cSld/p:bg", NS)
            if background is not None:
                elements += _Artist(self, part, layout.colors, theme, untold).background(background)
                break
        if not elements:
            paper = layout.colors.palette.slots["lt1"]
            elements.append(Shape((_corners(self.slide),), _rgb(paper)))
        roots = [(own, layout.part)]
        if own.get("showMasterSp", "1") not in ("0", "false"):
            roots.insert(0, (master, layout.master))
        for root, part in roots:
            artist = _Artist(self, part, layout.colors, theme, untold)
            elements += artist.tree(root.find("p:cSld/p:spTree", NS), _Frame())
        return Scenery(tuple(elements), tuple(untold))

    def picture(self, part: str, identity: str | None, untold: dict[str, None]) -> PictureFile | None:
        """The picture that a part refers to; None, and told, for one that cannot be drawn."""
        relation = self.package.relations(part).get(identity or "")
        if relation is None or relation.outside or relation.target not in self.package.parts:
            untold["a picture that lies outside the template"] = None
            return None
        name = relation.target
        if name not in self.pictures:
            self.pictures[name] = picture_of(self.package, self.path, name)
        if self.pictures[name] is None:
            ending = posixpath.splitext(name)[1].lstrip(".").upper() or "unknown"
            untold[f"the {ending} picture {posixpath.basename(name)}"] = None
        return self.pictures[name]


def picture_of(package: Package, path: Path, name: str) -> PictureFile | None:
    """A picture part as a file that outputs can draw; None where they cannot."""
    data = package.parts[name]
    form = format_of(data[:512])
    if form is None or form == "svg":
        return None
    try:
        read = read_raster(data, form)
    except Unusable:
        return None
    return PictureFile(path / name, read.format, read.width, read.height, read.turned, data, read.converted, read.flat)


class _Frame:
    """Where a group's inner coordinates lie on the slide."""

    def __init__(self, x: float = 0, y: float = 0, across: float = 1, down: float = 1) -> None:
        self.x, self.y, self.across, self.down = x, y, across, down

    def rect(self, rect: Rect) -> Rect:
        return Rect(
            self.x + rect.x * self.across,
            self.y + rect.y * self.down,
            rect.width * self.across,
            rect.height * self.down,
        )

    def within(self, xfrm: Any) -> _Frame:
        outer = place(xfrm)
        child = [xfrm.find(f"a:{k}", NS) for k in ("chOff", "chExt")] if xfrm is not None else [None, None]
        if outer is None or child[0] is None or child[1] is None:
            return self
        x, y = (int(child[0].get(k, "0")) / EMU_PER_POINT for k in ("x", "y"))
        wide, high = (int(child[1].get(k, "0")) / EMU_PER_POINT for k in ("cx", "cy"))
        across, down = outer.width / wide if wide else 1.0, outer.height / high if high else 1.0
        whole = self.rect(outer)
        across, down = across * self.across, down * self.down
        return _Frame(whole.x - x * across, whole.y - y * down, across, down)


class _Artist:
    """Draws the shapes of one part."""

    def __init__(self, drawer: Drawer, part: str, colors: Colors, theme: Any, untold: dict[str, None]) -> None:
        self.drawer = drawer
        self.part = part
        self.colors = colors
        self.theme = theme
        self.untold = untold

    def background(self, element: Any) -> list[Element]:
        """The slide's whole ground, of a `<p:bg>`."""
        slide = self.drawer.slide
        properties, reference = element.find("p:bgPr", NS), element.find("p:bgRef", NS)
        holder = None
        if properties is None:
            number = int(reference.get("idx", "0")) if reference is not None else 0
            color = self.colors.color(reference)
            holder = self.colors.palette.hex(color) if color else None
            fills = self.theme.find("a:themeElements/a:fmtScheme/a:bgFillStyleLst", NS)
            fill = fills[number - 1001] if fills is not None and 1001 <= number <= 1000 + len(fills) else None
            part = self.drawer.package.related(self.part, "theme")
            plain = Shape((_corners(slide),), _rgb(holder or self.colors.palette.slots["lt1"]))
            if fill is None or fill.tag.endswith("}solidFill"):
                return [plain]
            return [plain, *self._filled(_wrapped(fill), slide, holder, part[0] if part else self.part)]
        plain = Shape((_corners(slide),), _rgb(self.colors.palette.slots["lt1"]))
        return [plain, *self._filled(properties, slide, None, self.part)]

    def _filled(self, properties: Any, rect: Rect, holder: str | None, part: str) -> Iterator[Element]:
        if (blip := properties.find("a:blipFill", NS)) is not None:
            yield from self._image(blip, rect, 0.0, part)
            return
        fill, alpha = self._fill(properties, holder)
        if fill is not None:
            yield Shape((_corners(rect),), fill, alpha=alpha)

    def tree(self, tree: Any, frame: _Frame) -> Iterator[Element]:
        """The shapes of a tree or group that are no placeholders."""
        for child in tree:
            kind = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
            if child.find("*/p:nvPr/p:ph", NS) is not None or child.find("*/p:cNvPr[@hidden='1']", NS) is not None:
                continue
            if kind == "grpSp":
                xfrm = child.find("p:grpSpPr/a:xfrm", NS)
                yield from self.tree(child, frame.within(xfrm))
            elif kind in ("sp", "cxnSp"):
                yield from self._shape(child, frame)
            elif kind == "pic":
                rect = place(child.find("p:spPr/a:xfrm", NS))
                if rect is not None:
                    yield from self._image(child.find("p:blipFill", NS), frame.rect(rect), _turn(child), self.part)
            elif kind == "graphicFrame":
                self.untold["a table, chart or diagram"] = None
            elif kind == "AlternateContent":
                fallback = child.find("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
                if fallback is not None:
                    yield from self.tree(fallback, frame)

    def _shape(self, sp: Any, frame: _Frame) -> Iterator[Element]:
        properties = sp.find("p:spPr", NS)
        rect = place(properties.find("a:xfrm", NS)) if properties is not None else None
        if rect is None:
            return
        rect = frame.rect(rect)
        if any((t.text or "").strip() for t in sp.iterfind("p:txBody//a:t", NS)):
            self.untold["text on the slide master, which shows in the deck only"] = None
        style = sp.find("p:style", NS)
        if properties.find("a:blipFill", NS) is not None:
            yield from self._image(properties.find("a:blipFill", NS), rect, _turn(sp), self.part)
            return
        fill, alpha = self._fill(properties, None, style)
        line, width = self._line(properties, style)
        if sp.tag.endswith("}cxnSp"):
            fill = None
        if fill is None and line is None:
            return
        lines, closed, exact = outlines(properties, rect)
        if not exact:
            self.untold["shapes of rare forms, drawn as rectangles"] = None
        xfrm = properties.find("a:xfrm", NS)
        lines = tuple(
            tuple(_placed(p, rect, xfrm, _turn(sp)) for p in outline) for outline in lines if len(outline) > 1
        )
        if lines:
            yield Shape(lines, fill if closed else None, line, width, alpha, closed)

    def _fill(self, properties: Any, holder: str | None, style: Any = None) -> tuple[RGB | Gradient | None, float]:
        """The fill and how opaque it is."""
        palette = self.colors.palette
        for child in properties:
            kind = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
            if kind == "noFill":
                return None, 1.0
            if kind == "solidFill":
                color = self.colors.color(child, holder)
                return (palette.rgb(color) if color else None), self.colors.alpha(child)
            if kind == "pattFill":
                found = (self.colors.color(child.find(f"a:{k}", NS)) for k in ("bgClr", "fgClr"))
                both = tuple((float(n), palette.rgb(c)) for n, c in enumerate(found) if c)
                self.untold["patterns, drawn in the mean of their colours"] = None
                return (Gradient(both, 0.0).mean if both else None), 1.0
            if kind == "gradFill":
                return self._gradient(child, holder), self._opacity(child)
        reference = style.find("a:fillRef", NS) if style is not None else None
        if reference is not None and reference.get("idx", "0") != "0":
            color = self.colors.color(reference)
            return (palette.rgb(color) if color else None), 1.0
        return None, 1.0

    def _opacity(self, gradient: Any) -> float:
        """How opaque a gradient is, as a whole."""
        shares = [self.colors.alpha(stop) for stop in gradient.iterfind("a:gsLst/a:gs", NS)] or [1.0]
        if max(shares) - min(shares) > 0.05:
            self.untold["gradients of transparency, drawn in their mean"] = None
        return sum(shares) / len(shares)

    def _gradient(self, element: Any, holder: str | None) -> RGB | Gradient | None:
        stops = []
        for stop in element.iterfind("a:gsLst/a:gs", NS):
            color = self.colors.color(stop, holder)
            if color is not None:
                stops.append((int(stop.get("pos", "0")) / 100_000, self.colors.palette.rgb(color)))
        if not stops:
            return None
        linear = element.find("a:lin", NS)
        gradient = Gradient(tuple(sorted(stops)), int(linear.get("ang", "0")) / 60_000 if linear is not None else 0.0)
        path = element.find("a:path", NS)
        if path is not None and len(stops) > 1:
            inner = path.find("a:fillToRect", NS)
            left, top, right, bottom = (_thousandths(inner, k) for k in "ltrb")
            gradient = replace(gradient, centre=((left + 1 - right) / 2, (top + 1 - bottom) / 2))
            if path.get("path") != "circle":
                self.untold["gradients in the form of a box, drawn as round ones"] = None
        return gradient if len(stops) > 1 else stops[0][1]

    def _line(self, properties: Any, style: Any) -> tuple[RGB | None, float]:
        line = properties.find("a:ln", NS)
        width = int(line.get("w", "9525")) / EMU_PER_POINT if line is not None else 0.75
        if line is not None:
            if line.find("a:noFill", NS) is not None:
                return None, 0.0
            color = self.colors.color(line.find("a:solidFill", NS))
            if color is not None:
                return self.colors.palette.rgb(color), width
        reference = style.find("a:lnRef", NS) if style is not None else None
        if reference is not None and reference.get("idx", "0") != "0":
            color = self.colors.color(reference)
            return (self.colors.palette.rgb(color) if color else None), width
        return None, 0.0

    def _image(self, fill: Any, rect: Rect, angle: float, part: str) -> Iterator[Element]:
        blip = fill.find("a:blip", NS) if fill is not None else None
        picture = self.drawer.picture(part, blip.get(f"{REL}embed"), self.untold) if blip is not None else None
        if picture is None:
            return
        source = fill.find("a:srcRect", NS)
        crop = tuple(int(source.get(k, "0")) / 100_000 for k in "ltrb") if source is not None else _FULL
        inner = fill.find("a:stretch/a:fillRect", NS)
        if inner is not None:
            left, top, right, bottom = (int(inner.get(k, "0")) / 100_000 for k in "ltrb")
            rect = Rect(
                rect.x + left * rect.width,
                rect.y + top * rect.height,
                rect.width * (1 - left - right),
                rect.height * (1 - top - bottom),
            )
        if fill.find("a:tile", NS) is not None:
            self.untold["tiled pictures, drawn once and stretched"] = None
        if rect.width > 0 and rect.height > 0 and crop[0] + crop[2] < 1 and crop[1] + crop[3] < 1:
            yield Image(picture, rect, (crop[0], crop[1], crop[2], crop[3]), angle)


def _thousandths(element: Any, name: str) -> float:
    return int(element.get(name, "0")) / 100_000 if element is not None else 0.0


def _wrapped(fill: Any) -> Any:
    from copy import deepcopy

    from lxml import etree

    wrapper = etree.Element("fill")
    wrapper.append(deepcopy(fill))
    return wrapper


def _turn(shape: Any) -> float:
    xfrm = shape.find("p:spPr/a:xfrm", NS)
    return int(xfrm.get("rot", "0")) / 60_000 if xfrm is not None else 0.0


def _placed(point: Point, rect: Rect, xfrm: Any, angle: float) -> Point:
    """A point of a shape after its flips and its rotation."""
    x, y = point
    if xfrm is not None and xfrm.get("flipH") in ("1", "true"):
        x = 2 * rect.x + rect.width - x
    if xfrm is not None and xfrm.get("flipV") in ("1", "true"):
        y = 2 * rect.y + rect.height - y
    if not angle:
        return x, y
    cx, cy = rect.x + rect.width / 2, rect.y + rect.height / 2
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos


def _corners(rect: Rect) -> tuple[Point, ...]:
    return (rect.x, rect.y), (rect.right, rect.y), (rect.right, rect.bottom), (rect.x, rect.bottom)


def _rgb(value: str) -> RGB:
    red, green, blue = (int(value[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue
