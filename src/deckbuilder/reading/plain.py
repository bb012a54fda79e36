"""Drawings in the few words that every renderer draws alike.

Paper shows a drawing as vectors only where nothing in it is drawn otherwise there than on the slide: filled and stroked
shapes, plain colours, linear gradients, opacity of a single paint. Such a drawing is written anew, with what shapes
inherit on each of them and paths in one form, so that the renderer for paper has nothing to guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from xml.etree.ElementTree import Element, SubElement, tostring

from deckbuilder.frozen import dataclass
from deckbuilder.reading.svg import LARGEST, NotPlain, color, length, numbers, opacity, path, share, told, turned

SVG = "http://www.w3.org/2000/svg"
_DEPTH = 40  # of groups; ReportLab draws them by recursion
_MOST = (
    5000  # shapes, groups and stops of gradients, and 100 times as many letters: a picture is smaller, and drawn sooner
)
_STOPS = 100  # of a gradient
_FINEST = 2000  # dashes across the drawing: more is a tone, and takes a renderer's time
_GEOMETRY = {
    "rect": ("x", "y", "width", "height", "rx", "ry"),
    "circle": ("cx", "cy", "r"),
    "ellipse": ("cx", "cy", "rx", "ry"),
    "line": ("x1", "y1", "x2", "y2"),
    "polyline": (),
    "polygon": (),
    "path": (),
}
_SILENT = {"title", "desc", "metadata", "defs", "linearGradient", "radialGradient", "namedview"}  # not drawn themselves
_LISTS = {"d", "points"}
_LENGTHY = (*_LISTS, "transform", "stroke-dasharray", "style")
# What may be said of paint. Everything else that a drawing says of its look makes it more than plain.
_PAINT = {
    "fill",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-dasharray",
    "fill-rule",
    "fill-opacity",
    "stroke-opacity",
}
# Said by drawing programs, and of no matter where it has one of these values; None: whatever it says.
_HARMLESS: dict[str, set[str] | None] = {
    "display": {"inline", "block"},
    "visibility": {"visible"},
    "stroke-miterlimit": {"4"},
    "stroke-dashoffset": {"0", "0px"},
    "clip-path": {"none"},
    "mask": {"none"},
    "filter": {"none"},
    "marker": {"none"},
    "marker-start": {"none"},
    "marker-mid": {"none"},
    "marker-end": {"none"},
    "mix-blend-mode": {"normal"},
    "isolation": {"auto"},
    "paint-order": {"normal", "fill stroke"},
    "vector-effect": {"none"},
    "overflow": None,
    "clip-rule": None,
    "enable-background": None,
    "color": None,
    "color-interpolation": {"sRGB"},
    "shape-rendering": {"auto", "geometricPrecision"},
    "solid-color": None,
    "solid-opacity": None,
    "version": None,
    "baseProfile": None,
    "preserveAspectRatio": None,
    "viewBox": None,
    "id": None,
    "class": None,
    "role": None,
    "focusable": None,
    "style": None,
    "transform": None,
    "opacity": None,
}
_WORDS = {"stroke-linecap": {"butt", "round", "square"}, "stroke-linejoin": {"miter", "round", "bevel"}}
_GRADIENT_FILLED = {"rect", "circle", "ellipse", "polygon"}


@dataclass(frozen=True)
class _Paint:
    """What shapes inherit."""

    fill: str = "black"
    stroke: str = "none"
    look: tuple[tuple[str, str], ...] = ()  # the rest, by name
    fill_opacity: float = 1.0
    stroke_opacity: float = 1.0


def plain(root: Element, box: tuple[float, float, float, float]) -> bytes | None:
    """The drawing for paper, `box` being its view box; None where it holds more than can be drawn alike."""
    out = Element("svg", xmlns=SVG, viewBox=" ".join(map(told, box)), width=told(box[2]), height=told(box[3]))
    if not all(abs(number) <= LARGEST for number in box) or min(box[2:]) < 1:
        return None
    try:
        _Copy(root, max(box[2:])).children(root, out, _inherited(root, _Paint(), ("width", "height", "x", "y")), 0)
    except NotPlain:
        return None
    return tostring(out)


class _Copy:
    def __init__(self, root: Element, size: float) -> None:
        self.size = size
        self.gradients = {e.get("id", ""): e for e in root.iter(f"{{{SVG}}}linearGradient")}
        self.stops: dict[str, int] = {}  # of the gradients that are written, by name
        self.drawn = self.letters = 0

    def children(self, source: Element, target: Element, paint: _Paint, depth: int) -> None:
        if depth > _DEPTH:
            raise NotPlain
        for element in source:
            space, _, name = str(element.tag).rpartition("}")
            if space != f"{{{SVG}" or name in _SILENT:
                continue
            self.count(element)
            if name == "g":
                if opacity(_declared(element).get("opacity", "1")) != 1:
                    raise NotPlain
                group = SubElement(target, "g", turned(element))
                self.children(element, group, _inherited(element, paint, ()), depth + 1)
            elif name in _GEOMETRY:
                self.shape(name, element, target, paint)
            else:
                raise NotPlain

    def count(self, element: Element) -> None:
        self.drawn += 1
        self.letters += sum(len(element.get(key, "")) for key in _LENGTHY)
        if self.drawn > _MOST or self.letters > 100 * _MOST:
            raise NotPlain

    def shape(self, name: str, element: Element, target: Element, inherited: _Paint) -> None:
        if any(not str(child.tag).endswith(("}title", "}desc")) for child in element):
            raise NotPlain  # it moves
        geometry = _GEOMETRY[name]
        form = {key: told(length(element.get(key, "0"))) for key in geometry if element.get(key) not in (None, "auto")}
        if any(float(form.get(key, "0")) < 0 for key in ("width", "height", "r", "rx", "ry")):
            raise NotPlain
        if name == "rect" and {"rx", "ry"} & set(form):
            name, form = _rounded(form)
        elif name == "path":
            form["d"] = path(element.get("d", ""))
            if not form["d"]:
                return
        elif name in ("polyline", "polygon"):
            points = numbers(element.get("points", ""))
            if len(points) < 4 or len(points) % 2:
                raise NotPlain
            form["points"] = " ".join(map(told, points))
        paint = _inherited(element, inherited, (*geometry, *_LISTS))
        alpha = opacity(_declared(element).get("opacity", "1"))
        fill, stroke = ("none" if name == "line" else paint.fill), paint.stroke
        if alpha != 1 and fill != "none" and stroke != "none":
            raise NotPlain  # where the two overlap they would show through
        look = dict(paint.look)
        if float(look.get("stroke-width", "1")) == 0:
            stroke = "none"
        said = turned(element) | form | {"fill": fill, "stroke": stroke}
        if fill.startswith("url("):
            if name not in _GRADIENT_FILLED or alpha * paint.fill_opacity != 1:
                raise NotPlain
            said["fill"] = f"url(#{self.gradient(fill[5:-1], target)})"
            self.drawn += self.stops[fill[5:-1]]  # each shape draws them anew
        if fill != "none" and alpha * paint.fill_opacity != 1:
            said["fill-opacity"] = told(alpha * paint.fill_opacity)
        if stroke != "none":
            said["stroke-width"] = "1"
            if alpha * paint.stroke_opacity != 1:
                said["stroke-opacity"] = told(alpha * paint.stroke_opacity)
            if "stroke-dasharray" in look and sum(numbers(look["stroke-dasharray"])) * _FINEST < self.size:
                raise NotPlain
        for key, value in look.items():
            if (key == "fill-rule" and fill != "none") or (key.startswith("stroke") and stroke != "none"):
                said[key] = value
        SubElement(target, name, said)

    def gradient(self, name: str, target: Element) -> str:
        """Writes the gradient before whatever is filled with it; returns its name."""
        if name in self.stops:
            return name
        source = self.gradients.get(name)
        known = {"id", "x1", "y1", "x2", "y2", "gradientUnits", "spreadMethod"}
        if (
            source is None
            or len(source) > _STOPS
            or set(source.attrib) - known
            or source.get("spreadMethod", "pad") != "pad"
        ):
            raise NotPlain
        said = {key: value for key, value in source.attrib.items() if key != "spreadMethod"}
        for key in ("x1", "y1", "x2", "y2"):
            if key in said:
                by_box = source.get("gradientUnits") != "userSpaceOnUse"
                said[key] = told(share(said[key]) if by_box else length(said[key]))
        out = SubElement(target, "linearGradient", said)
        last = 0.0
        for stop in source:
            look = _declared(stop)
            if set(look) - {"offset", "stop-color", "stop-opacity", "style"} or str(stop.tag) != f"{{{SVG}}}stop":
                raise NotPlain
            if opacity(look.get("stop-opacity", "1")) != 1:
                raise NotPlain
            last = max(last, min(1.0, share(look.get("offset", "0"))))
            SubElement(out, "stop", {"offset": told(last), "stop-color": color(look.get("stop-color", "black"))})
        if len(out) < 2:
            raise NotPlain
        self.stops[name] = len(out)
        return name


def _rounded(form: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """A rectangle with its radii: one stands for both, neither is more than half the side. Where the two differ it is
    written as a path, since ReportLab draws round corners only."""
    x, y, width, height = (float(form.get(key, "0")) for key in ("x", "y", "width", "height"))
    given = [form.get(key) for key in ("rx", "ry")]
    rx, ry = (
        min(float(own or other or 0), side / 2)
        for own, other, side in zip(given, given[::-1], (width, height), strict=True)
    )
    if rx == ry or not rx or not ry:
        round_ = {"rx": told(rx), "ry": told(ry)} if rx and ry else {}
        return "rect", {key: value for key, value in form.items() if key not in ("rx", "ry")} | round_
    right, low = x + width, y + height
    steps = (
        ("M", x + rx, y),
        ("H", right - rx),
        ("A", rx, ry, 0, 0, 1, right, y + ry),
        ("V", low - ry),
        ("A", rx, ry, 0, 0, 1, right - rx, low),
        ("H", x + rx),
        ("A", rx, ry, 0, 0, 1, x, low - ry),
        ("V", y + ry),
        ("A", rx, ry, 0, 0, 1, x + rx, y),
    )
    data = " ".join(" ".join((letter, *map(told, numbers))) for letter, *numbers in steps)
    return "path", {"d": f"{data} Z"}


def _declared(element: Element) -> dict[str, str]:
    """Attributes, and over them what the element's `style` says."""
    said = {key: value.strip() for key, value in element.attrib.items()}
    for part in element.get("style", "").split(";"):
        key, colon, value = part.partition(":")
        if colon:
            if key.strip() == "transform":
                raise NotPlain  # CSS's own, which has units
            said[key.strip()] = value.strip()
    return said


def _inherited(element: Element, paint: _Paint, own: tuple[str, ...]) -> _Paint:
    """What the element says of paint, over what it inherits; `own` are its geometry's attributes."""
    look = dict(paint.look)
    for key, value in _declared(element).items():
        if key in own or key.startswith(("{", "data-", "aria-", "-inkscape-", "font-", "text-", "xmlns")):
            if key.startswith(f"{{{SVG}"):
                raise NotPlain
            continue
        if key in _HARMLESS:
            allowed = _HARMLESS[key]
            if allowed is not None and value not in allowed:
                raise NotPlain
        elif key not in _PAINT:
            raise NotPlain
        elif value == "inherit":
            continue
        elif key == "fill":
            paint = replace(paint, fill=color(value, gradients=True))
        elif key == "stroke":
            paint = replace(paint, stroke=color(value))
        elif key == "fill-opacity":
            paint = replace(paint, fill_opacity=opacity(value))
        elif key == "stroke-opacity":
            paint = replace(paint, stroke_opacity=opacity(value))
        elif key == "stroke-width":
            look[key] = told(length(value))
        elif key == "stroke-dasharray":
            look.pop(key, None)
            if value != "none":
                dashes = numbers(value.replace("px", ""))
                if min(dashes) < 0 or not sum(dashes):
                    raise NotPlain
                look[key] = ",".join(map(told, dashes))
        elif key == "fill-rule":
            look.pop(key, None)
            if value == "evenodd":
                look[key] = value
        elif value in _WORDS[key]:
            look[key] = value
        else:
            raise NotPlain
    return replace(paint, look=tuple(look.items()))
