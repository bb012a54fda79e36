"""What every reader of presentations asks: the order of masters and layouts, the slide's size, the places of shapes."""

from __future__ import annotations

import re
from typing import Any

from deckbuilder.ooxml.package import Package, Part
from deckbuilder.ooxml.reading import main_part
from deckbuilder.ooxml.types import NS, R
from deckbuilder.units import EMU_PER_POINT, Rect


def slide_size(package: Package) -> tuple[float, float]:
    """The slide's width and height in points."""
    size = main_part(package).root.find("{*}sldSz")
    if size is None:
        return 720.0, 540.0
    return int(size.get("cx", "9144000")) / EMU_PER_POINT, int(size.get("cy", "6858000")) / EMU_PER_POINT


def masters(package: Package) -> list[Part]:
    """The slide masters, in PowerPoint's order. PackageError for one that is missing."""
    main = main_part(package)
    return [package.part(name) for name in _listed(main, "p:sldMasterIdLst/p:sldMasterId")]


def layouts(package: Package, master: Part) -> list[Part]:
    """A master's layouts, in PowerPoint's order; those that the file lists and lacks are left aside."""
    names = _listed(master, "p:sldLayoutIdLst/p:sldLayoutId")
    return [package.parts[name] for name in names if name in package.parts]


def slides(package: Package) -> list[Part]:
    """The slides, in order; those that the file lists and lacks are left aside."""
    names = _listed(main_part(package), "p:sldIdLst/p:sldId")
    return [package.parts[name] for name in names if name in package.parts]


def _listed(part: Part, path: str) -> list[str]:
    found = (part.relations.get(item.get(f"{R}id")) for item in part.root.iterfind(path, NS))
    return [relation.target for relation in found if relation is not None and not relation.outside]


def is_stand_in(shape: Any) -> bool:
    """Whether a shape says in plain words what a field is for, as LibreOffice writes it: "<date/time>"."""
    if shape.find("p:txBody//a:fld", NS) is not None:
        return False
    words = "".join(t.text or "" for t in shape.iterfind("p:txBody//a:t", NS)).strip()
    return re.fullmatch(r"<[^<>]{1,20}>", words) is not None


def placeholders(root: Any) -> list[Any]:
    """The placeholders of a slide, layout or master."""
    return list(root.xpath("p:cSld/p:spTree//p:sp[p:nvSpPr/p:nvPr/p:ph]", namespaces=NS))


def place(xfrm: Any) -> Rect | None:
    """The box of an `<a:xfrm>` in points; None without one."""
    off, ext = (xfrm.find(f"a:{k}", NS) for k in ("off", "ext")) if xfrm is not None else (None, None)
    if off is None or ext is None:
        return None
    x, y, width, height = (
        int(e.get(k, "0")) / EMU_PER_POINT for e, k in zip((off, off, ext, ext), ("x", "y", "cx", "cy"), strict=True)
    )
    return Rect(x, y, width, height)
