"""Imposing a booklet: pages two by two on sheets that are printed on both sides, folded and stapled.

The sheets are tagged like the pages they are made of: the structure tree is the same, in the order
in which pages are read, and only tells of other places. That needs marked content identifiers
that two pages of a sheet do not share; documents number those of odd and of even pages apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from deckbuilder.frozen import dataclass
from deckbuilder.units import MM

# A sheet of 80 g/m² is 0.1 mm thick. Each sheet further in lies around fewer others, and its pages
# move towards the fold by that much, or cutting the edges would cut them narrower.
CREEP = 0.1 * MM


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page went: the side of a sheet, and how far to the right on it."""

    side: Any
    shift: float


def sides(pages: int, rtl: bool = False) -> list[tuple[int, int]]:
    """The pages at the left and right of each side of each sheet, the outermost sheet first, its
    outer side first; pages count from 1, and those above `pages` are blank. A booklet that is read from right to left
    (`rtl`) is folded at the right of its first page."""
    total = -(-pages // 4) * 4
    out = []
    for sheet in range(total // 4):
        out.append((total - 2 * sheet, 1 + 2 * sheet))
        out.append((2 + 2 * sheet, total - 1 - 2 * sheet))
    return [(right, left) for left, right in out] if rtl else out


def impose(source: Path, target: Path) -> int:
    """Writes the sheets of the booklet whose pages `source` has, in reading order; returns how many
    sheets of paper it takes. They are folded at the right where `source` says that it is read from right to left. The file
    says that it is to be printed on both sides, flipped on the short edge."""
    with pikepdf.open(source) as pdf:
        pages = list(pdf.pages)
        width, height = (float(v) for v in pages[0].mediabox[2:])
        places: dict[tuple[int, int], Place] = {}
        made = []
        owners = _parent_tree(pdf)
        rtl = pdf.Root.ViewerPreferences.get("/Direction") == Name.R2L
        for number, pair in enumerate(sides(len(pages), rtl)):
            creep = number // 2 * CREEP
            side = pdf.make_indirect(_blank(2 * width, height))
            parts = [
                (pages[page - 1], shift)
                for page, shift in zip(pair, (creep, width - creep), strict=True)
                if page <= len(pages)
            ]
            for page, shift in parts:
                number_and_generation: tuple[int, int] = page.obj.objgen
                places[number_and_generation] = Place(side, shift)
            _compose(pdf, side, parts)
            side.StructParents = _merge(owners, [page.StructParents for page, _ in parts])
            made.append(side)
        _point_to_sheets(pdf, places)
        _write_parent_tree(pdf, owners)
        del pdf.pages[:]
        for side in made:
            pdf.pages.append(pikepdf.Page(side))
        pdf.Root.ViewerPreferences.Duplex = Name.DuplexFlipShortEdge
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return len(made) // 2


def _blank(width: float, height: float) -> Dictionary:
    return Dictionary(
        Type=Name.Page, MediaBox=Array([0, 0, width, height]), Resources=Dictionary(), Tabs=Name.S, Annots=Array()
    )


def _compose(pdf: Any, side: Any, parts: Sequence[tuple[Any, float]]) -> None:
    """Puts pages on a side: their content, what it draws on, and their links."""
    content = []
    for place, (page, shift) in enumerate(parts):
        code = b"\n".join(stream.read_bytes() for stream in _streams(page))
        # Graphics states are named page by page; the second page's get names of their own.
        states = f"/gRLs{'ab'[place]}".encode()
        content.append(b"q 1 0 0 1 %.4f 0 cm\n" % shift + code.replace(b"/gRLs", states) + b"\nQ\n")
        for kind, entries in page.Resources.items():
            if not isinstance(entries, Dictionary):
                side.Resources[kind] = entries
                continue
            if kind not in side.Resources:
                side.Resources[kind] = Dictionary()
            kept = side.Resources[kind]
            for name, entry in entries.items():
                kept[name.replace("/gRLs", states.decode())] = entry
        for link in page.get("/Annots", []):
            left, low, right, high = (float(v) for v in link.Rect)
            link.Rect = Array([left + shift, low, right + shift, high])
            side.Annots.append(link)
    if not len(side.Annots):
        del side.Annots
    side.Contents = pdf.make_stream(b"".join(content))


def _streams(page: Any) -> list[Any]:
    return list(page.Contents) if isinstance(page.Contents, Array) else [page.Contents]


def _parent_tree(pdf: Any) -> dict[int, Any]:
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    return {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}


def _merge(owners: dict[int, Any], keys: list[Any]) -> int:
    """One entry of the parent tree from those of a side's pages; returns its key."""
    lists = [list(owners.pop(int(key))) for key in keys]
    merged = [None] * max((len(one) for one in lists), default=0)
    for one in lists:
        for mcid, owner in enumerate(one):
            if owner is not None:
                assert merged[mcid] is None, "two pages of a sheet share an identifier"
                merged[mcid] = owner
    key = max(owners, default=-1) + 1 if not keys else int(keys[0])
    owners[key] = Array(merged)
    return key


def _write_parent_tree(pdf: Any, owners: dict[int, Any]) -> None:
    root = pdf.Root.StructTreeRoot
    root.ParentTree.Nums = Array([item for key in sorted(owners) for item in (key, owners[key])])
    root.ParentTreeNextKey = max(owners, default=-1) + 1


def _point_to_sheets(pdf: Any, places: dict[tuple[int, int], Place]) -> None:
    """Leads the structure tree, bookmarks and links from pages to the sides they are on."""
    for element in _elements(pdf.Root.StructTreeRoot.K):
        place = places.get(element.Pg.objgen) if "/Pg" in element else None
        if place is None:
            continue
        element.Pg = place.side
        box = element.A.get("/BBox") if "/A" in element and isinstance(element.A, Dictionary) else None
        if box is not None:
            left, low, right, high = (float(v) for v in box)
            element.A.BBox = Array([left + place.shift, low, right + place.shift, high])
    for thing in pdf.objects:
        if isinstance(thing, Dictionary):
            _move(thing.get("/Dest"), places)
            if isinstance(thing.get("/A"), Dictionary):
                _move(thing.A.get("/D"), places)
        elif isinstance(thing, Array):
            _move(thing, places)


def _move(destination: Any, places: dict[tuple[int, int], Place]) -> None:
    """Leads a destination, [page /XYZ left top zoom], to the page's side."""
    if not isinstance(destination, Array) or len(destination) < 3 or not isinstance(destination[0], Dictionary):
        return
    place = places.get(destination[0].objgen)
    if place is not None and destination[1] == Name.XYZ:
        destination[0] = place.side
        destination[2] = float(destination[2] or 0) + place.shift


def _elements(kids: Any) -> Iterator[Any]:
    """Every dictionary of the structure tree: elements, and references to content and links."""
    stack = [kids]
    while stack:
        thing = stack.pop()
        if isinstance(thing, Array):
            stack.extend(thing)
        elif isinstance(thing, Dictionary):
            yield thing
            if "/K" in thing:
                stack.append(thing.K)
