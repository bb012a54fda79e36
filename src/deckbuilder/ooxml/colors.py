"""DrawingML's colours (ECMA-376 part 1, 20.1.2.3) as `#RRGGBB`, and what changes them."""

from __future__ import annotations

import colorsys
from typing import Any

from deckbuilder.ooxml.types import NS, A

_NAMES = {"black": "000000", "white": "FFFFFF", "red": "FF0000", "green": "008000", "blue": "0000FF", "gray": "808080"}


def color_element(holder: Any) -> Any:
    """The first colour in an element; None without one."""
    for child in holder if holder is not None else ():
        if isinstance(child.tag, str) and child.tag.startswith(A) and child.tag.endswith("Clr"):
            return child
    return None


def slot_color(theme: Any, slot: str) -> str:
    """The colour that a theme part's root has in a slot ("accent1"); Office's own where it has none."""
    entry = theme.find(f"a:themeElements/a:clrScheme/a:{slot}", NS)
    value = next((c for c in entry if isinstance(c.tag, str)), None) if entry is not None else None
    if value is None:
        return "#FFFFFF" if slot.startswith("lt") else "#000000" if slot.startswith("dk") else "#4472C4"
    return "#" + str(value.get("lastClr") or value.get("val", "000000")).upper()[-6:]


def plain_color(element: Any) -> str:
    """A colour that refers to no theme, without its changes; grey where it is of a rare kind."""
    kind, value = element.tag.removeprefix(A), element.get("val", "")
    if kind == "sysClr":
        return "#" + (element.get("lastClr") or ("FFFFFF" if value == "window" else "000000"))
    if kind == "scrgbClr":
        parts = (_share(element.get(k)) for k in ("r", "g", "b"))
        return "#" + "".join(f"{round(255 * min(1.0, p) ** (1 / 2.2)):02X}" for p in parts)
    if kind == "hslClr":
        hue = int(element.get("hue", "0")) / 21_600_000
        rgb = colorsys.hls_to_rgb(hue, _share(element.get("lum")), _share(element.get("sat")))
        return "#" + "".join(f"{round(255 * c):02X}" for c in rgb)
    return "#" + (value if kind == "srgbClr" and len(value) == 6 else _NAMES.get(value, "808080"))


def changes(element: Any) -> list[tuple[str, float]]:
    """What a colour is changed by, in order, each with its share of 1; opacity apart."""
    found = [(c.tag.removeprefix(A), _share(c.get("val"))) for c in element if isinstance(c.tag, str)]
    return [change for change in found if change[0] != "alpha"]


def changed(rgb: str, by: list[tuple[str, float]]) -> str:
    """The colour after these changes; those of rare kinds leave it as it is."""
    red, green, blue = (int(rgb[i : i + 2], 16) / 255 for i in (1, 3, 5))
    for name, share in by:
        if name == "tint":
            red, green, blue = (c * share + 1 - share for c in (red, green, blue))
        elif name == "shade":
            red, green, blue = (c * share for c in (red, green, blue))
        elif name in ("lumMod", "lumOff", "satMod", "satOff"):
            hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
            if name.startswith("lum"):
                light = light * share if name == "lumMod" else light + share
            else:
                saturation = saturation * share if name == "satMod" else saturation + share
            red, green, blue = colorsys.hls_to_rgb(hue, *(min(1.0, max(0.0, v)) for v in (light, saturation)))
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, c))):02X}" for c in (red, green, blue))


def opacity(holder: Any) -> float:
    """How opaque the first colour in an element is, from 0 to 1."""
    found = holder.find(".//a:alpha", NS) if holder is not None else None
    return _share(found.get("val")) if found is not None else 1.0


def _share(value: str | None) -> float:
    return int(value) / 100_000 if value and value.lstrip("-").isdecimal() else 0.0
