"""How slides look, as far as somebody gave them looks of their own: layouts, places, colours, sizes. Content has no fields for
that, so it is told and not taken over. The same goes for what was put beside a slide's placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from deckbuilder.frozen import dataclass
from deckbuilder.importing.old import Slide as OldSlide
from deckbuilder.importing.old import Words
from deckbuilder.ooxml.package import Package, Part
from deckbuilder.ooxml.reading import main_part
from deckbuilder.ooxml.types import NS, A, P, R
from deckbuilder.pulling.telling import short

_NEAR = 12_700  # EMU, a point: programs round
_POINT = 12_700
_VARIANT = re.compile(r",.*$| \d+$")  # what fitting made of a layout, in its name
_LETTERS = {"sz": "size", "u": "underlined", "strike": "struck through", "cap": "capitals", "spc": "spacing"}
_NOTHING = {("u", "none"), ("strike", "noStrike"), ("cap", "none"), ("spc", "0")}
_FURNITURE = ("ftr", "dt", "sldNum")


@dataclass(frozen=True)
class Looks:
    """What one slide has of its own: its `layout` by name; by the index of a placeholder (0 for the title) its `places`, as
    left, top, width and height in EMU, and its `marks`, in words; what is `beside` the placeholders, in words."""

    layout: str
    places: dict[int, tuple[int, ...]]
    marks: dict[int, frozenset[str]]
    beside: tuple[str, ...]


def looks_in(package: Package) -> list[Looks]:
    """The looks of each slide in a file, in order."""
    main = main_part(package)
    listed = [main.relations.get(entry.get(f"{R}id")) for entry in main.root.iterfind("p:sldIdLst/p:sldId", NS)]
    parts = [package.parts.get(one.target) for one in listed if one is not None and not one.outside]
    return [_looks(package, part) for part in parts if part is not None]


def differences(now: Looks, there: Looks, slides: tuple[OldSlide, OldSlide], same: bool) -> Iterator[str]:
    """What looks otherwise there, in words. `slides` are the two as they were read; `same` tells that the deck says what it
    said when the file was built, so that places and layouts can be compared."""
    if same and _base(now.layout) != _base(there.layout):
        yield f"has the layout '{there.layout}' instead of '{now.layout}'"
    for index in sorted({*there.places, *there.marks}):
        name = _named(slides[1], index)
        before, place = now.places.get(index), there.places.get(index)
        if place is not None and (same or before is None) and (said := _moved(before, place)):
            yield f"{name} {said}"
        if new := sorted(there.marks.get(index, frozenset()) - now.marks.get(index, frozenset())):
            yield f"{name} has looks of its own: {', '.join(new)}"
    known = {(one.what, one.words) for one in slides[0].left}
    for left in slides[1].left:
        if (left.what, left.words) not in known:
            yield f"{left.what}: '{left.words}'" if left.words else left.what
    yield from there.beside


def theme_of(package: Package) -> dict[str, str]:
    """The colours and fonts of a file's first theme, by their names there."""
    out: dict[str, str] = {}
    for name in main_part(package).relations_of("theme"):
        root = package.parts[name].parsed() if name in package.parts else None
        for scheme in ("a:clrScheme", "a:fontScheme/a:majorFont", "a:fontScheme/a:minorFont"):
            for one in root.iterfind(f"a:themeElements/{scheme}/*", NS) if root is not None else ():
                inner = one[0] if len(one) else one
                value = inner.get("lastClr") or inner.get("val") or inner.get("typeface")
                if value and not one.get("script"):
                    out[f"{scheme.rpartition('/')[2]} {one.tag.rpartition('}')[2]}"] = value
        break
    return out


def theme_changed(now: Mapping[str, str], there: Mapping[str, str]) -> list[str]:
    """The colours and fonts that a theme has otherwise, in words."""
    names = [name for name in there if name in now and now[name].lower() != there[name].lower()]
    return [f"{name.rpartition(':')[2]} is {there[name]} instead of {now[name]}" for name in names]


def _looks(package: Package, part: Part) -> Looks:
    root = part.parsed()
    layout = next((package.parts[n] for n in part.relations_of("slideLayout") if n in package.parts), None)
    named = layout.root.find("p:cSld", NS) if layout is not None else None
    places: dict[int, tuple[int, ...]] = {}
    marks: dict[int, frozenset[str]] = {}
    beside = ["has a background of its own"] if root.find("p:cSld/p:bg", NS) is not None else []
    for shape in root.iterfind("p:cSld/p:spTree/*", NS):
        if shape.tag not in (f"{P}{n}" for n in ("sp", "pic", "graphicFrame", "cxnSp", "grpSp", "contentPart")):
            continue
        holder = shape.find("*/p:nvPr/p:ph", NS)
        if holder is None:
            beside.append(_put_there(shape))
        elif (kind := holder.get("type", "")) not in _FURNITURE:
            index = 0 if kind in ("title", "ctrTitle") else int(holder.get("idx", "0"))
            if place := _place(shape):
                places[index] = place
            if found := frozenset(_marks(shape)):
                marks[index] = found
    return Looks(named.get("name", "") if named is not None else "", places, marks, tuple(beside))


def _put_there(shape: Any) -> str:
    about = shape.find("*/p:cNvPr", NS)
    name = about.get("name", "") if about is not None else ""
    words = " ".join("".join(t.text or "" for t in shape.iter(f"{A}t")).split())
    kind = {"pic": "a picture", "cxnSp": "a line", "grpSp": "a group"}.get(shape.tag.rpartition("}")[2], "a shape")
    kind = "a text box" if shape.tag == f"{P}sp" and words else kind
    said = f" that says '{short(words)}'" if words else f" called '{name}'" if name else ""
    return f"{kind}{said} was put beside the placeholders"


def _place(shape: Any) -> tuple[int, ...]:
    where = shape.find("p:xfrm" if shape.tag == f"{P}graphicFrame" else "p:spPr/a:xfrm", NS)
    off, ext = (where.find(name, NS) for name in ("a:off", "a:ext")) if where is not None else (None, None)
    if off is None or ext is None:
        return ()
    height = 0 if shape.tag == f"{P}graphicFrame" else int(ext.get("cy", 0))  # tables grow by themselves
    return (int(off.get("x", 0)), int(off.get("y", 0)), int(ext.get("cx", 0)), height, int(where.get("rot", 0)))


def _moved(before: tuple[int, ...] | None, place: tuple[int, ...]) -> str:
    """How a place is another, in words; "" where it is not."""
    x, y, width, height, turned = (round(one / _POINT) for one in place)
    size = f"{width} × {height} points" if height else f"{width} points wide"
    if before is None:
        return f"has a place of its own: {x} and {y} points from left and top, {size}"
    off = [abs(a - b) > _NEAR for a, b in zip(before, place, strict=True)]
    says = [f"was moved to {x} and {y} points from left and top"] if off[0] or off[1] else []
    says += [f"was made {size}"] if off[2] or off[3] else []
    says += [f"was turned by {round(place[4] / 60_000)}°"] if off[4] and turned != round(before[4] / _POINT) else []
    return " and ".join(says)


def _marks(shape: Any) -> Iterator[str]:
    """What letters, paragraphs and the shape have of their own, in words."""
    for looks in shape.iter(f"{A}rPr"):
        if not (looks.getparent().findtext("a:t", "", NS)).strip():
            continue
        for key, word in _LETTERS.items():
            value = looks.get(key)
            if value and (key, value) not in _NOTHING:
                yield f"letters of {int(value) / 100:g} points" if key == "sz" else word
        if (fill := looks.find("a:solidFill", NS)) is not None:
            yield f"letters in {_colour(fill)}"
        if (ground := looks.find("a:highlight", NS)) is not None:
            yield f"marked in {_colour(ground)}"
        if (face := looks.find("a:latin", NS)) is not None and not face.get("typeface", "").startswith("Courier"):
            yield f"the font {face.get('typeface')}"
    for paragraph in shape.iter(f"{A}pPr"):
        if (aligned := paragraph.get("algn")) and aligned != "l":
            yield {"ctr": "centred", "r": "at the right", "just": "justified"}.get(aligned, "aligned otherwise")
        if paragraph.find("a:lnSpc", NS) is not None:
            yield "its own spacing of lines"
    own = shape.find("p:spPr", NS)
    if own is not None:
        if (fill := own.find("a:solidFill", NS)) is not None:
            yield f"filled with {_colour(fill)}"
        if (line := own.find("a:ln/a:solidFill", NS)) is not None:
            yield f"a frame in {_colour(line)}"
        if (form := own.find("a:prstGeom", NS)) is not None and form.get("prst") != "rect":
            yield f"the form {form.get('prst')}"
        if own.find("a:effectLst/*", NS) is not None:
            yield "effects"
    crop = shape.find("p:blipFill/a:srcRect", NS)
    if crop is not None and len(crop.attrib):
        yield f"a crop of {', '.join(f'{int(v) / 1000:.0f} in 100 at {k}' for k, v in sorted(crop.attrib.items()))}"
    for cell in shape.iter(f"{A}tcPr"):
        if (fill := cell.find("a:solidFill", NS)) is not None:
            yield f"cells filled with {_colour(fill)}"


def _colour(fill: Any) -> str:
    inner = fill[0] if len(fill) else fill
    value = str(inner.get("val", "a colour"))
    return f"#{value}" if inner.tag == f"{A}srgbClr" else f"the theme's {value}"


def _base(name: str) -> str:
    return _VARIANT.sub("", name).strip()


def _named(slide: OldSlide, index: int) -> str:
    """A placeholder in words: by what it says, or what it is."""
    if index == 0:
        return "the title"
    shape = next((one for one in slide.shapes if one.index == index and one.holder not in ("title", "ctrTitle")), None)
    if shape is None:
        return "a placeholder"
    if isinstance(shape.content, Words) and shape.lines:
        return f"'{short(' '.join(line.words for line in shape.lines))}'"
    return {"Image": "the picture", "Grid": "the table", "Graph": "the chart"}.get(
        type(shape.content).__name__, "a placeholder"
    )
