"""What a slide's text inherits: from its shape, its layout's and its master's placeholders, the master's text styles and
the presentation's (ECMA-376 part 1, 21.1.2.4). Bullets, numbers and levels mostly stand there, not in the paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from deckbuilder.content.text import Marker
from deckbuilder.ooxml.package import Package, PackageError, Part
from deckbuilder.ooxml.presentation import place, placeholders
from deckbuilder.ooxml.reading import main_part
from deckbuilder.ooxml.types import NS
from deckbuilder.units import Rect

_TITLES = ("title", "ctrTitle")
_BODIES = ("body", "subTitle", "obj", "tbl", "chart", "dgm", "media", "clipArt", "pic", "")
_LETTERS = ("alpha",)


class Styles:
    """The text styles that one layout hands down."""

    def __init__(self, package: Package, layout: Part | None) -> None:
        self.package = package
        self.layout = layout
        names = layout.relations_of("slideMaster") if layout else []
        self.master = package.parts.get(names[0]) if names else None
        if self.master is None:
            main = main_part(package)
            first = main.relations_of("slideMaster")
            self.master = package.parts.get(first[0]) if first else None

    @cached_property
    def name(self) -> str:
        """The layout's name; "" without one."""
        found = _root(self.layout)
        named = found.find("p:cSld", NS) if found is not None else None
        return str(named.get("name", "")) if named is not None else ""

    @cached_property
    def kind(self) -> str:
        """The layout's type, as PowerPoint names it; "" without one."""
        found = _root(self.layout)
        return str(found.get("type", "")) if found is not None else ""

    @cached_property
    def _there(self) -> tuple[list[Any], list[Any]]:
        return tuple(placeholders(r) if (r := _root(p)) is not None else [] for p in (self.layout, self.master))  # type: ignore[return-value]

    def holders(self, holder: Any) -> list[Any]:
        """The layout's and the master's placeholder that a slide's `<p:ph>` stands for, nearest first."""
        out = []
        kind, index = holder.get("type", "obj"), holder.get("idx")
        layout, master = self._there
        found = next((s for s in layout if index is not None and _tag(s).get("idx") == index), None)
        found = (
            found if found is not None else next((s for s in layout if _alike(kind, _tag(s).get("type", "obj"))), None)
        )
        if found is not None:
            out.append(found)
            kind = _tag(found).get("type", kind)
        wanted = kind if kind in ("dt", "ftr", "sldNum") else "title" if kind in _TITLES else "body"
        above = next((s for s in master if _tag(s).get("type", "obj") == wanted), None)
        return [*out, above] if above is not None else out

    def rect(self, holder: Any) -> Rect | None:
        """Where the placeholder stands by its layout or master."""
        for shape in self.holders(holder):
            if (found := place(shape.find("p:spPr/a:xfrm", NS))) is not None:
                return found
        return None

    def chain(self, holder: Any) -> list[Any]:
        """The elements that hold levels, nearest first, for a placeholder; `holder` None for other shapes."""
        out = []
        kind = "other"
        if holder is not None:
            for shape in self.holders(holder):
                if (style := shape.find("p:txBody/a:lstStyle", NS)) is not None:
                    out.append(style)
                kind = _tag(shape).get("type", kind if kind != "other" else "obj")
            if kind == "other":
                kind = holder.get("type", "obj")
        master = _root(self.master)
        if master is not None:
            name = "titleStyle" if kind in _TITLES else "bodyStyle" if kind in _BODIES else "otherStyle"
            if holder is not None and (style := master.find(f"p:txStyles/p:{name}", NS)) is not None:
                out.append(style)
        if holder is None and (style := main_part(self.package).root.find("p:defaultTextStyle", NS)) is not None:
            out.append(style)
        return out


def marker_of(properties: Any, chain: Sequence[Any], level: int) -> tuple[Marker | None, int]:
    """The marker of a paragraph with these `<a:pPr>`, None for none, and the number that its list begins with."""
    for holder in _levels(properties, chain, level):
        for child in holder:
            tag = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
            if tag == "buNone":
                return None, 1
            if tag == "buAutoNum":
                kind = child.get("type", "")
                begin = child.get("startAt", "1")
                start = int(begin) if begin.isdecimal() else 1
                return ("letter" if kind.startswith(_LETTERS) else "number"), start
            if tag in ("buChar", "buBlip"):
                return "bullet", 1
    return None, 1


def looks_of(properties: Any, chain: Sequence[Any], level: int) -> tuple[float, bool, bool]:
    """Size in points (0 where nothing says it), whether letters are bold, and in italics, where runs do not say."""
    size, bold, italic = 0.0, None, None
    for holder in _levels(properties, chain, level):
        looks = holder.find("a:defRPr", NS)
        if looks is None or holder is properties:
            continue
        size = size or int(looks.get("sz") or 0) / 100
        bold = bold if bold is not None else looks.get("b")
        italic = italic if italic is not None else looks.get("i")
    return size, bold in ("1", "true"), italic in ("1", "true")


def _levels(properties: Any, chain: Sequence[Any], level: int) -> list[Any]:
    found = [properties] if properties is not None else []
    for style in chain:
        one = style.find(f"a:lvl{min(level, 8) + 1}pPr", NS)
        if one is None:
            one = style.find("a:defPPr", NS)
        if one is not None:
            found.append(one)
    return found


def _alike(kind: str, other: str) -> bool:
    if kind in _TITLES:
        return other in _TITLES
    return kind == other or (kind == "subTitle" and other == "body")


def _tag(shape: Any) -> Any:
    return shape.find("p:nvSpPr/p:nvPr/p:ph", NS)


def _root(part: Part | None) -> Any:
    """The part's root; None for one that is missing or damaged, whose styles then are not known."""
    if part is None:
        return None
    try:
        return part.root
    except PackageError:
        return None
