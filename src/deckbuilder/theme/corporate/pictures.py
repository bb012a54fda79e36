"""A template's pictures, as files that outputs can draw."""

from __future__ import annotations

from pathlib import Path

from deckbuilder.content.pictures import PictureFile
from deckbuilder.ooxml.package import Part
from deckbuilder.reading.formats import format_of
from deckbuilder.reading.rasters import read_raster
from deckbuilder.reading.unusable import Unusable


def picture_of(part: Part, template: Path) -> PictureFile | None:
    """A picture of the template, which is a file at that path; None where outputs cannot draw it."""
    data = part.data
    form = format_of(data[:512])
    if form is None or form == "svg":
        return None
    try:
        read = read_raster(data, form)
    except Unusable:
        return None
    return PictureFile(
        template / part.name, read.format, read.width, read.height, read.turned, data, read.converted, read.flat
    )
