"""A template's shapes as paths and pictures: backgrounds, autoshapes, freeforms, lines, groups, pictures.

Shadows, 3D and text are left aside; what cannot be drawn is told.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from lxml import etree

from deckbuilder.content.pictures import PictureFile
from deckbuilder.ooxml.outlines import Point, outlines
from deckbuilder.ooxml.package import Package
from deckbuilder.ooxml.presentation import is_stand_in, place
from deckbuilder.ooxml.shapes import Frame, placed, turn
from deckbuilder.ooxml.types import NS, R
from deckbuilder.theme.corporate.colors import Colors
from deckbuilder.theme.corporate.effects import Effect, affected, effects_of
from deckbuilder.theme.corporate.fills import Fills, fills_itself
from deckbuilder.theme.corporate.layout import CorporateLayout
from deckbuilder.theme.corporate.pictures import picture_of
from deckbuilder.theme.scenery import RGB, Element, Image, Scenery, Shape
from deckbuilder.units import Rect

_FULL = (0.0, 0.0, 0.0, 0.0)


class Drawer:
    """Draws the layouts of one package; `size` is the slide's, in points."""

    def __init__(self, package: Package, path: Path, size: tuple[float, float]) -> None:
        self.package = package
        self.path = path
        self.slide = Rect(0, 0, *size)
        self.pictures: dict[str, PictureFile | None] = {}
        self.affected: dict[tuple[str, tuple[Effect, ...]], PictureFile] = {}

    def scenery(self, layout: CorporateLayout) -> Scenery:
        """What stands behind the content of the layout's slides."""
        master, own = self.package.xml(layout.master), self.package.xml(layout.part)
        theme = self.package.part(layout.master).relations_of("theme")[0]
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
            elements += artist.tree(root.find("p:cSld/p:spTree", NS), Frame())
        filled = [h for h in (*layout.holders, *layout.furniture.values()) if h.fill is not None]
        elements += (Shape((_corners(h.rect),), h.fill) for h in filled)
        return Scenery(tuple(elements), tuple(untold))

    def picture(
        self, part: str, identity: str | None, untold: dict[str, None], effects: tuple[Effect, ...] = ()
    ) -> PictureFile | None:
        """The picture that a part refers to, with the effects; None, and told, for one that cannot be drawn."""
        relation = self.package.part(part).relations.get(identity)
        if relation is None or relation.outside or relation.target not in self.package.parts:
            untold["a picture that lies outside the template"] = None
            return None
        name = relation.target
        if name not in self.pictures:
            self.pictures[name] = picture_of(self.package.parts[name], self.path)
        if self.pictures[name] is None:
            ending = posixpath.splitext(name)[1].lstrip(".").upper() or "unknown"
            untold[f"the {ending} picture {posixpath.basename(name)}"] = None
        picture = self.pictures[name]
        if picture is None or not effects:
            return picture
        if (name, effects) not in self.affected:
            self.affected[name, effects] = affected(picture, effects)
        return self.affected[name, effects]


class _Artist:
    """Draws the shapes of one part."""

    def __init__(self, drawer: Drawer, part: str, colors: Colors, theme: str, untold: dict[str, None]) -> None:
        self.drawer = drawer
        self.part = part
        self.colors = colors
        self.theme = drawer.package.xml(theme)
        self.theme_part = theme
        self.untold = untold
        self.fills = Fills(colors, untold)

    def background(self, element: Any) -> list[Element]:
        """The slide's whole ground, of a `<p:bg>`."""
        slide = self.drawer.slide
        properties, reference = element.find("p:bgPr", NS), element.find("p:bgRef", NS)
        if properties is not None:
            plain = Shape((_corners(slide),), _rgb(self.colors.palette.slots["lt1"]))
            return [plain, *self._filled(properties, slide, None, self.part)]
        fill, holder = self._of_style(reference)
        plain = Shape((_corners(slide),), _rgb(holder or self.colors.palette.slots["lt1"]))
        return [plain] if fill is None else [plain, *self._filled(fill, slide, holder, self.theme_part)]

    def _of_style(self, reference: Any) -> tuple[Any, str | None]:
        """The fill of the theme's that a reference asks for, as properties, None for none, and the colour that it gives as
        #RRGGBB (ECMA-376 part 1, 20.1.4.2.10: from 1 the theme's fills, from 1001 those of backgrounds)."""
        number = int(reference.get("idx", "0")) if reference is not None else 0
        color = self.colors.color(reference)
        holder = self.colors.palette.hex(color) if color else None
        name, first = ("bgFillStyleLst", 1001) if number > 1000 else ("fillStyleLst", 1)
        fills = self.theme.find(f"a:themeElements/a:fmtScheme/a:{name}", NS)
        if fills is None or not first <= number < first + len(fills):
            return None, holder
        return _wrapped(fills[number - first]), holder

    def _filled(self, properties: Any, rect: Rect, holder: str | None, part: str) -> Iterator[Element]:
        if (blip := properties.find("a:blipFill", NS)) is not None:
            yield from self._image(blip, rect, 0.0, part, holder)
            return
        fill, alpha = self.fills.fill(properties, holder)
        if fill is not None:
            yield Shape((_corners(rect),), fill, alpha=alpha, grain=self.fills.grain(properties, holder))

    def tree(self, tree: Any, frame: Frame) -> Iterator[Element]:
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
                    yield from self._image(child.find("p:blipFill", NS), frame.rect(rect), turn(child), self.part)
            elif kind == "graphicFrame":
                self.untold["a table, chart or diagram"] = None
            elif kind == "AlternateContent":
                fallback = child.find("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
                if fallback is not None:
                    yield from self.tree(fallback, frame)

    def _shape(self, sp: Any, frame: Frame) -> Iterator[Element]:
        properties = sp.find("p:spPr", NS)
        rect = place(properties.find("a:xfrm", NS)) if properties is not None else None
        if rect is None:
            return
        rect = frame.rect(rect)
        if any((t.text or "").strip() for t in sp.iterfind("p:txBody//a:t", NS)) and not is_stand_in(sp):
            self.untold["text on the slide master, which shows in the deck only"] = None
        style = sp.find("p:style", NS)
        filled, holder, part = properties, None, self.part
        if style is not None and not fills_itself(properties):
            (filled, holder), part = self._of_style(style.find("a:fillRef", NS)), self.theme_part
        blip = filled.find("a:blipFill", NS) if filled is not None else None
        if blip is not None:
            yield from self._image(blip, rect, turn(sp), part, holder)
            return
        fill, alpha = self.fills.fill(filled, holder) if filled is not None else (None, 1.0)
        line, width = self.fills.line(properties, style)
        if sp.tag.endswith("}cxnSp"):
            fill = None
        if fill is None and line is None:
            return
        lines, closed, exact = outlines(properties, rect)
        if not exact:
            self.untold["shapes of rare forms, drawn as rectangles"] = None
        xfrm = properties.find("a:xfrm", NS)
        lines = tuple(tuple(placed(p, rect, xfrm, turn(sp)) for p in outline) for outline in lines if len(outline) > 1)
        if lines:
            grain = self.fills.grain(filled, holder) if filled is not None and closed else ()
            yield Shape(lines, fill if closed else None, line, width, alpha, closed, grain)

    def _image(self, fill: Any, rect: Rect, angle: float, part: str, holder: str | None = None) -> Iterator[Element]:
        blip = fill.find("a:blip", NS) if fill is not None else None
        picture = None
        if blip is not None:
            effects = effects_of(blip, self.colors, holder, self.untold)
            picture = self.drawer.picture(part, blip.get(f"{R}embed"), self.untold, effects)
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


def _wrapped(fill: Any) -> Any:
    wrapper = etree.Element("fill")
    wrapper.append(deepcopy(fill))
    return wrapper


def _corners(rect: Rect) -> tuple[Point, ...]:
    return (rect.x, rect.y), (rect.right, rect.y), (rect.right, rect.bottom), (rect.x, rect.bottom)


def _rgb(value: str) -> RGB:
    red, green, blue = (int(value[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue
