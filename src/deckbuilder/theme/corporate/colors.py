"""DrawingML's colours (ECMA-376 part 1, 20.1.2.3): slots where they can stay slots, literals where not."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from typing import Any, cast

from deckbuilder.theme.color import SLOTS, Color, Palette, Slot
from deckbuilder.theme.corporate.package import NS

_A = f"{{{NS['a']}}}"
# By use, as masters map them -> as our palettes call them.
USES: dict[str, Slot] = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
_NAMES = {"black": "000000", "white": "FFFFFF", "red": "FF0000", "green": "008000", "blue": "0000FF", "gray": "808080"}


class Colors:
    """A master's colours: the theme's slots, and which of them its colour map gives to which use."""

    def __init__(self, theme: Any, mapping: Mapping[str, str]) -> None:
        """`theme` is the theme part's root; `mapping` the attributes of a clrMap."""
        self.own = _scheme(theme)
        self.mapping = {use: mapping.get(use, use) for use in (*USES, *SLOTS[4:])} | {
            use: mapping.get(use, slot) for use, slot in USES.items()
        }
        slots = {USES.get(use, use): self.own[cast(Slot, self.mapping[use])] for use in self.mapping}
        self.palette = Palette(cast(dict[Slot, str], slots))

    def color(self, element: Any, holder: str | None = None) -> Color | None:
        """The colour of the first colour element in `element`; None without one. `holder` is what
        the style's placeholder colour stands for, as #RRGGBB."""
        for child in element if element is not None else ():
            if isinstance(child.tag, str) and child.tag.startswith(_A) and child.tag.endswith("Clr"):
                return self._color(child, holder)
        return None

    def _color(self, element: Any, holder: str | None) -> Color:
        kind, value = element.tag.removeprefix(_A), element.get("val", "")
        changes = [(c.tag.removeprefix(_A), _share(c.get("val"))) for c in element if isinstance(c.tag, str)]
        changes = [c for c in changes if c[0] != "alpha"]
        if kind == "schemeClr" and value in (*USES, *SLOTS[4:]):
            slot = USES.get(value, cast(Slot, value))
            shade = dict(changes)
            if all(name in ("lumMod", "lumOff") for name, _ in changes):
                return Color(slot, shade.get("lumMod", 1.0), shade.get("lumOff", 0.0))
            base = self.palette.slots[slot]
        elif kind == "schemeClr":
            base = self.own.get(cast(Slot, value), holder or "#000000")
        elif kind == "sysClr":
            base = "#" + (element.get("lastClr") or ("FFFFFF" if value == "window" else "000000"))
        elif kind == "scrgbClr":
            parts = (_share(element.get(k)) for k in ("r", "g", "b"))
            base = "#" + "".join(f"{round(255 * min(1.0, p) ** (1 / 2.2)):02X}" for p in parts)
        elif kind == "hslClr":
            hue = int(element.get("hue", "0")) / 21_600_000
            rgb = colorsys.hls_to_rgb(hue, _share(element.get("lum")), _share(element.get("sat")))
            base = "#" + "".join(f"{round(255 * c):02X}" for c in rgb)
        else:
            base = "#" + (value if kind == "srgbClr" and len(value) == 6 else _NAMES.get(value, "808080"))
        return literal(_changed(base, changes))

    def alpha(self, element: Any) -> float:
        """How opaque the first colour in `element` is, from 0 to 1."""
        found = element.find(".//a:alpha", NS) if element is not None else None
        return _share(found.get("val")) if found is not None else 1.0


def literal(rgb: str) -> Color:
    """A colour that is no slot, of #RRGGBB."""
    return Color("dk1", rgb=rgb.upper())


def _scheme(theme: Any) -> dict[Slot, str]:
    out: dict[Slot, str] = {}
    for slot in SLOTS:
        entry = theme.find(f"a:themeElements/a:clrScheme/a:{slot}", NS)
        value = next((c for c in entry if isinstance(c.tag, str)), None) if entry is not None else None
        if value is None:
            out[slot] = "#FFFFFF" if slot.startswith("lt") else "#000000" if slot.startswith("dk") else "#4472C4"
        else:
            out[slot] = "#" + (value.get("lastClr") or value.get("val", "000000")).upper()[-6:]
    return out


def _share(value: str | None) -> float:
    return int(value) / 100_000 if value and value.lstrip("-").isdecimal() else 0.0


def _changed(rgb: str, changes: list[tuple[str, float]]) -> str:
    """The colour after DrawingML's transformations, in their order; those of rare kinds leave it as it is."""
    red, green, blue = (int(rgb[i : i + 2], 16) / 255 for i in (1, 3, 5))
    for name, share in changes:
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
