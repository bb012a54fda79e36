"""What a template's shapes are filled and outlined with: colours, gradients, the mean of patterns."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from deckbuilder.ooxml.colors import opacity
from deckbuilder.ooxml.types import NS
from deckbuilder.theme.corporate.colors import Colors
from deckbuilder.theme.scenery import RGB, Gradient
from deckbuilder.units import EMU_PER_POINT

_EVEN = 0.05  # how far the stops of a gradient may differ in how opaque they are, and be taken for equal
_FILLS = ("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill")


class Fills:
    """Reads the fills of one part; what cannot be drawn as it is goes to `untold`."""

    def __init__(self, colors: Colors, untold: dict[str, None]) -> None:
        self.colors = colors
        self.untold = untold

    def fill(self, properties: Any, holder: str | None) -> tuple[RGB | Gradient | None, float]:
        """A shape's fill, None for none, and how opaque it is. `holder` stands for the style's placeholder colour."""
        palette = self.colors.palette
        for child in properties:
            kind = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
            if kind == "noFill":
                return None, 1.0
            if kind == "solidFill":
                color = self.colors.color(child, holder)
                return (palette.rgb(color) if color else None), opacity(child)
            if kind == "pattFill":
                both = tuple((float(n), color) for n, color in enumerate(self.grain(properties, holder)))
                self.untold["patterns, drawn in the mean of their colours"] = None
                return (Gradient(both, 0.0).mean if both else None), 1.0
            if kind == "gradFill":
                return self._gradient(child, holder), self._opacity(child)
        return None, 1.0

    def grain(self, properties: Any, holder: str | None) -> tuple[RGB, ...]:
        """The colours that a shape's pattern alternates between, its ground's first; none for other fills."""
        pattern = properties.find("a:pattFill", NS)
        if pattern is None:
            return ()
        found = (self.colors.color(pattern.find(f"a:{k}", NS), holder) for k in ("bgClr", "fgClr"))
        return tuple(self.colors.palette.rgb(color) for color in found if color)

    def _opacity(self, gradient: Any) -> float:
        """How opaque a gradient is, as a whole."""
        shares = [opacity(stop) for stop in gradient.iterfind("a:gsLst/a:gs", NS)] or [1.0]
        if max(shares) - min(shares) > _EVEN:
            self.untold["gradients of transparency, drawn in their mean"] = None
        return sum(shares) / len(shares)

    def _gradient(self, element: Any, holder: str | None) -> RGB | Gradient | None:
        stops, alphas = [], []
        every = sorted(element.iterfind("a:gsLst/a:gs", NS), key=lambda stop: int(stop.get("pos", "0")))
        for stop in every:
            color = self.colors.color(stop, holder)
            if color is not None:
                stops.append((int(stop.get("pos", "0")) / 100_000, self.colors.palette.rgb(color)))
                alphas.append(opacity(stop))
        if not stops:
            return None
        linear = element.find("a:lin", NS)
        angle = int(linear.get("ang", "0")) / 60_000 if linear is not None else 0.0
        gradient = Gradient(tuple(stops), angle, alphas=tuple(alphas) if max(alphas) - min(alphas) > _EVEN else ())
        path = element.find("a:path", NS)
        if path is not None and len(stops) > 1:
            inner = path.find("a:fillToRect", NS)
            left, top, right, bottom = (share_of(inner, k) for k in "ltrb")
            gradient = replace(gradient, centre=((left + 1 - right) / 2, (top + 1 - bottom) / 2))
            if path.get("path") != "circle":
                self.untold["gradients in the form of a box, drawn as round ones"] = None
        return gradient if len(stops) > 1 else stops[0][1]

    def line(self, properties: Any, style: Any) -> tuple[RGB | None, float]:
        """The colour of a shape's outline, None for none, and its width in points."""
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


def fills_itself(properties: Any) -> bool:
    """Whether a shape's properties say what it is filled with."""
    return any(isinstance(c.tag, str) and c.tag.rpartition("}")[2] in _FILLS for c in properties)


def share_of(element: Any, name: str) -> float:
    """An attribute in thousandths of a percent as a share of 1; 0 without the element."""
    return int(element.get(name, "0")) / 100_000 if element is not None else 0.0
