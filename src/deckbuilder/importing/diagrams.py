"""SmartArt: what its data part says and shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from deckbuilder.importing.old import Line
from deckbuilder.importing.text import Leads, lines_of
from deckbuilder.ooxml.types import A

_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_ABOUT = "{http://schemas.microsoft.com/office/drawing/2010/diagram}cNvPr"


def diagram_lines(root: Any, leads: Leads) -> tuple[Line, ...]:
    """The texts of a diagram as a list: what hangs under a box stands a level deeper."""
    texts: dict[str, tuple[Line, ...]] = {}
    top = None
    for point in root.iter(f"{_DGM}pt"):
        kind = point.get("type", "node")
        if kind == "doc":
            top = point.get("modelId")
        if kind in ("node", "asst", "doc"):
            texts[point.get("modelId", "")] = lines_of(point.find(f"{_DGM}t"), (), leads)
    below: dict[str, list[tuple[int, str]]] = {}
    for link in root.iter(f"{_DGM}cxn"):
        if link.get("type", "parOf") == "parOf" and link.get("destId") in texts:
            place = link.get("srcOrd", "0")
            below.setdefault(link.get("srcId", ""), []).append(
                (int(place) if place.isdecimal() else 0, link.get("destId"))
            )
    out: list[Line] = []
    seen: set[str] = set()
    stack = [(name, 0) for _, name in sorted(below.get(top or "", []), reverse=True)]
    while stack:
        name, level = stack.pop()
        if name in seen:
            continue
        seen.add(name)
        out += [replace(line, level=level, marker="bullet", number=None) for line in texts[name]]
        stack += [(under, level + 1) for _, under in sorted(below.get(name, []), reverse=True)]
    for name, lines in texts.items():
        if name not in seen and name != top:
            out += [replace(line, level=0, marker="bullet", number=None) for line in lines]
    return tuple(out)


def diagram_pictures(root: Any) -> Iterator[tuple[Any, str]]:
    """The `<a:blip>` of each picture that a diagram's boxes are filled with, in their order, with its alternative text."""
    for point in root.iter(f"{_DGM}pt"):
        about = next(point.iter(_ABOUT), None)
        for blip in point.iterfind(f"{_DGM}spPr/{A}blipFill/{A}blip"):
            yield blip, about.get("descr", "") if about is not None else ""
