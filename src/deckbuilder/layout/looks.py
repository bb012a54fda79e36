"""What slides and pictures show, in words by which two of them are told apart: for comparing pages that are not painted."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from deckbuilder.content.pictures import PictureFile
from deckbuilder.layout.frame import ChartItem, Item, PictureItem, QrCode, TableItem
from deckbuilder.layout.prints import DrawnSlide


def frame_look(frame: DrawnSlide) -> str:
    """What a slide shows, and where."""
    foot = frame.footer.plain if frame.footer else ""
    parts = [frame.layout.name, foot, frame.date or "", *map(_item, frame.items)]
    return "\n".join(parts)


def _item(item: Item) -> str:
    place = repr(item.placeholder.rect)
    if isinstance(item, PictureItem):
        shown = item.picture.address if isinstance(item.picture, QrCode) else picture_look(item.picture)
        return f"{place} {item.crop} {shown}"
    if isinstance(item, TableItem):
        return f"{place} {[[cell.plain for cell in row] for row in item.rows]}"
    if isinstance(item, ChartItem):
        return f"{place} {item.chart!r}"
    return f"{place} {item.text.style.scale:g} {[p.runs for p in item.text.paragraphs]}"


def picture_look(picture: PictureFile) -> str:
    """A hash of what the picture's file holds."""
    return hashlib.sha256(picture.data).hexdigest() if picture.data is not None else _file_look(picture.path)


@cache
def _hashed(path: Path, changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _file_look(path: Path) -> str:
    return _hashed(path, path.stat().st_mtime_ns)
