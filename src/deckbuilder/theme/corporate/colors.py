"""A template's colours: slots where they can stay slots, literals where not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from deckbuilder.ooxml.colors import changed, changes, color_element, plain_color, slot_color
from deckbuilder.theme.color import SLOTS, Color, Palette, Slot

# By use, as masters map them -> as our palettes call them.
USES: dict[str, Slot] = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}


class Colors:
    """A master's colours: the theme's slots, and which of them its colour map gives to which use."""

    def __init__(self, theme: Any, mapping: Mapping[str, str]) -> None:
        """`theme` is the theme part's root; `mapping` the attributes of a clrMap."""
        self.own: dict[Slot, str] = {slot: slot_color(theme, slot) for slot in SLOTS}
        self.mapping = {use: mapping.get(use, use) for use in (*USES, *SLOTS[4:])} | {
            use: mapping.get(use, slot) for use, slot in USES.items()
        }
        slots = {USES.get(use, use): self.own[cast(Slot, self.mapping[use])] for use in self.mapping}
        self.palette = Palette(cast(dict[Slot, str], slots))

    def color(self, element: Any, holder: str | None = None) -> Color | None:
        """The colour of the first colour element in `element`; None without one. `holder` is what
        the style's placeholder colour stands for, as #RRGGBB."""
        found = color_element(element)
        return None if found is None else self._color(found, holder)

    def every(self, element: Any, holder: str | None = None) -> list[Color]:
        """Every colour in `element`; `holder` as in `color`."""
        found = (c for c in element if isinstance(c.tag, str) and c.tag.endswith("Clr"))
        return [self._color(c, holder) for c in found]

    def _color(self, element: Any, holder: str | None) -> Color:
        kind, value, by = element.tag.rpartition("}")[2], element.get("val", ""), changes(element)
        if kind == "schemeClr" and value in (*USES, *SLOTS[4:]):
            slot = USES.get(value, cast(Slot, value))
            shade = dict(by)
            if all(name in ("lumMod", "lumOff") for name, _ in by):
                return Color(slot, shade.get("lumMod", 1.0), shade.get("lumOff", 0.0))
            base = self.palette.slots[slot]
        elif kind == "schemeClr":
            base = self.own.get(cast(Slot, value), holder or "#000000")
        else:
            base = plain_color(element)
        return literal(changed(base, by))


def literal(rgb: str) -> Color:
    """A colour that is no slot, of #RRGGBB."""
    return Color("dk1", rgb=rgb.upper())
