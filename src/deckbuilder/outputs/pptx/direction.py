"""A corporate template's text made to run from right to left, as its designer would switch it in PowerPoint.

Places stay where they are. What was set flush left, or said nothing of it, is flush right then; what is in the middle stays
there. Dates, footers and slide numbers keep their sides, and words that are part of the template's drawings are left alone.
"""

from __future__ import annotations

import re
from typing import Any

from deckbuilder.ooxml.types import A, P
from deckbuilder.ooxml.xml import NAMESPACES, parse

_LEVEL = re.compile(r"lvl[1-9]pPr")
_FEET = ("dt", "ftr", "sldNum")


def turn_master(root: Any) -> None:
    """Makes the styles of a slide master, and what its places say otherwise, run from right to left."""
    for tag in ("titleStyle", "bodyStyle"):
        for style in root.iterfind(f"{P}txStyles/{P}{tag}"):
            if style.find(f"{A}lvl1pPr") is None:
                style.insert(len(style.findall(f"{A}defPPr")), parse(f"<a:lvl1pPr {NAMESPACES}/>"))
            for level in _levels(style):
                _turn(level, whole=True)
    turn_places(root)


def turn_places(root: Any) -> None:
    """Makes the places of a master or a layout run from right to left, where they say anything of it."""
    for shape in root.iter(f"{P}sp"):
        holder = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
        if holder is None or holder.get("type") in _FEET:
            continue
        for style in shape.iterfind(f"{P}txBody/{A}lstStyle"):
            for level in _levels(style):
                _turn(level, whole=False)
        for properties in shape.iterfind(f"{P}txBody/{A}p/{A}pPr"):
            _turn(properties, whole=False)


def _levels(style: Any) -> list[Any]:
    return [child for child in style if isinstance(child.tag, str) and _LEVEL.fullmatch(child.tag.removeprefix(A))]


def _turn(properties: Any, whole: bool) -> None:
    """Turns what paragraph properties say; `whole` ones say everything, and what they leave out is from left to right."""
    if properties.get("rtl") == "1":  # it is made so, with its sides as they should be
        return
    if whole or properties.get("rtl") is not None:
        properties.set("rtl", "1")
    if properties.get("algn") == "l" or (whole and properties.get("algn") is None):
        properties.set("algn", "r")
