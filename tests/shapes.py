"""Shapes as a .pptx file has them: where they are and what they say, read from its XML alone.

Nothing of deckbuilder's own arranging is used here: what is judged must not be its own measure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from deckbuilder.units import Rect
from tools import Package, Page, Word, find

_EMU = 12_700
_DEFAULT_INSETS = {"lIns": 91_440, "tIns": 45_720, "rIns": 91_440, "bIns": 45_720}
_MARKER = re.compile(r"(\d{1,3}\.|[A-Z]\.)?")


@dataclass(frozen=True)
class Area:
    """A piece of a slide that holds text: a box, less its insets, and its paragraphs."""

    label: str
    room: Rect
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """A shape of a slide. `kind` is text, picture, table or chart; `areas` are its boxes of text (a
    table's cells); `grounded` tells whether it has a fill of its own under its text."""

    kind: str
    name: str
    placeholder: str
    rect: Rect
    areas: tuple[Area, ...] = field(default=())
    grounded: bool = False


def holder_key(ph: Any) -> tuple[str, str]:
    """What ties a slide's placeholder to its layout's: the index, or for titles the type."""
    kind = ph.get("type", "obj")
    return ("title", "") if kind in ("title", "ctrTitle") else ("idx", ph.get("idx", "0"))


def layout_of(package: Package, slide: str) -> str:
    (layout,) = package.related(slide, "slideLayout")
    return layout


def shapes_on(package: Package, slide: str) -> list[Shape]:
    """The slide's shapes, bottom to top, which is also the order they are read in; before them those
    that its layout has in the background and that hold text."""
    layout = package.xml(layout_of(package, slide))
    there = {holder_key(find(s, ".//p:ph")[0]): s for s in find(layout, "//p:sp[.//p:ph]")}
    tree = find(package.xml(slide), "/p:sld/p:cSld/p:spTree/*[self::p:sp or self::p:pic or self::p:graphicFrame]")
    art = [_art(element) for element in find(layout, "//p:sp[not(.//p:ph)][.//a:t]")]
    return [*art, *(_shape(element, there) for element in tree)]


def _art(element: Any) -> Shape:
    rect = _rect(element)
    assert rect is not None
    name = find(element, ".//p:cNvPr")[0].get("name")
    return Shape("art", name, "", rect, (Area(name, rect, _paragraphs(element)),))


def _shape(element: Any, there: dict[tuple[str, str], Any]) -> Shape:
    (about,) = find(element, "./*/p:cNvPr")
    (ph,) = find(element, "./*/p:nvPr/p:ph")
    base = there[holder_key(ph)]
    rect = _rect(element) or _rect(base)
    assert rect is not None, about.get("name")
    name, kind = about.get("name"), ph.get("type", "obj")
    if element.tag.endswith("}pic"):
        return Shape("picture", name, kind, rect)
    if element.tag.endswith("}graphicFrame"):
        if find(element, ".//a:tbl"):
            return Shape("table", name, kind, rect, tuple(_cells(element, rect)), grounded=True)
        return Shape("chart", name, kind, rect)
    room = _inside(rect, find(base, "./p:txBody/a:bodyPr")[0])
    grounded = bool(find(base, "./p:spPr/a:solidFill"))
    return Shape("text", name, kind, rect, (Area(name, room, _paragraphs(element)),), grounded)


def _rect(element: Any) -> Rect | None:
    for place in find(element, "./p:spPr/a:xfrm | ./p:xfrm"):
        off, ext = find(place, "./a:off")[0], find(place, "./a:ext")[0]
        return Rect(*(int(v) / _EMU for v in (off.get("x"), off.get("y"), ext.get("cx"), ext.get("cy"))))
    return None


def _inside(rect: Rect, properties: Any) -> Rect:
    left, top, right, bottom = (int(properties.get(k, v)) / _EMU for k, v in _DEFAULT_INSETS.items())
    return Rect(rect.x + left, rect.y + top, rect.width - left - right, rect.height - top - bottom)


def _paragraphs(element: Any) -> tuple[str, ...]:
    return tuple("".join(find(p, ".//a:t/text()")) for p in find(element, ".//a:p"))


def _cells(element: Any, rect: Rect) -> Iterator[Area]:
    widths = [int(w) / _EMU for w in find(element, ".//a:gridCol/@w")]
    y = rect.y
    for number, row in enumerate(find(element, ".//a:tr")):
        height, x = int(row.get("h")) / _EMU, rect.x
        cells = find(row, "./a:tc")
        assert len(cells) == len(widths), "a row short of a cell"
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            margins = [int(find(cell, f"./a:tcPr/@{k}")[0]) / _EMU for k in ("marL", "marT", "marR", "marB")]
            left, top, right, bottom = margins
            room = Rect(x + left, y + top, width - left - right, height - top - bottom)
            yield Area(f"cell {number}:{column}", room, _paragraphs(cell))
            x += width
        y += height


# --- Words on pages


def letters(words: str) -> str:
    """Words without white space and list characters, compatibility forms made equal."""
    plain = unicodedata.normalize("NFKC", words)
    return "".join(c for c in plain if not c.isspace() and c not in "•–\u00ad\u200b\u200d\ufe0f")


@dataclass(frozen=True)
class Placed:
    """A shape's area with the words that a program painted for it."""

    shape: Shape
    area: Area
    words: tuple[Word, ...]


def placed(shapes: list[Shape], page: Page, where: str) -> list[Placed]:
    """The page's words dealt out to the shapes they belong to, in the order they are painted in.

    Fails when a text is not on the page as a whole, or words are on the page that no shape has.
    """
    owners = [word for word in page.words for _ in letters(word.text)]
    painted = "".join(letters(word.text) for word in page.words)
    out: list[Placed] = []
    taken = 0
    chart: Shape | None = None
    beneath = _beneath(shapes, painted)
    for shape in [*beneath, *(s for s in shapes if s not in beneath)]:
        if shape.kind == "chart":
            chart = shape
        for area in shape.areas:
            words: dict[Word, None] = {}
            for paragraph in area.paragraphs:
                wanted = letters(paragraph)
                if not wanted:
                    continue
                start = painted.find(wanted, taken)
                assert start >= 0, f"{where}: {area.label} is not painted whole: {wanted!r} in {painted[taken:]!r}"
                gap = painted[taken:start]
                if chart is not None:
                    out.append(_chart(chart, owners[taken:start]))
                    chart = None
                else:
                    assert _MARKER.fullmatch(gap), f"{where}: {gap!r} is painted before {wanted!r}"
                    words |= dict.fromkeys(owners[taken:start])
                taken = start + len(wanted)
                words |= dict.fromkeys(owners[start:taken])
            out.append(Placed(shape, area, tuple(words)))
    rest = painted[taken:]
    if chart is not None:
        out.append(_chart(chart, owners[taken:]))
    else:
        assert not rest, f"{where}: painted, but of no shape: {rest!r}"
    return out


def _beneath(shapes: list[Shape], painted: str) -> list[Shape]:
    """What LibreOffice paints with the layout's background, in the order of painting: its art, slide numbers, and dates and
    footers that say what the layout's do."""
    out = [s for s in shapes if s.kind == "art"]
    rest = painted[len("".join(map(_said, out))) :]
    furniture = [s for s in shapes if s.placeholder in ("dt", "ftr", "sldNum")]
    while first := next((s for s in furniture if s not in out and rest.startswith(_said(s)) and _said(s)), None):
        out.append(first)
        rest = rest[len(_said(first)) :]
    return out


def _said(shape: Shape) -> str:
    return "".join(letters(paragraph) for area in shape.areas for paragraph in area.paragraphs)


def _chart(chart: Shape, words: list[Word]) -> Placed:
    return Placed(chart, Area(chart.name, chart.rect, ()), tuple(dict.fromkeys(words)))


def faults(shapes: list[Shape], page: Page, where: str, slack: float = 4.0) -> list[str]:
    """Words that leave their box or the slide, or lie on another shape; `slack` is in points."""
    out = []
    texts = placed(shapes, page, where)
    for text in texts:
        for word in text.words if text.shape.kind != "art" else ():  # quotation marks large as pictures
            upper, lower = word.ink
            label = f"{where}: '{word.text}' of {text.shape.name}, {text.area.label},"
            room = text.area.room
            over = max(room.x - word.left, word.right - room.right, room.y - upper, lower - room.bottom)
            if over > slack:
                out.append(f"{label} leaves its box by {over:.1f} pt")
            if min(word.left, upper, page.width - word.right, page.height - lower) < 0:
                out.append(f"{label} leaves the slide")
            for other in shapes:
                if other is text.shape or other.kind == "art" or (other.kind == "picture" and text.shape.grounded):
                    continue
                box = other.rect
                across = min(word.right, box.right) - max(word.left, box.x)
                down = min(lower, box.bottom) - max(upper, box.y)
                if across > 0.5 and down > slack:
                    out.append(f"{label} lies on {other.name}")
    return out
