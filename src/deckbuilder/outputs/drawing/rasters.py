"""Pictures of pixels on a canvas of ReportLab's."""

from __future__ import annotations

import io
from typing import Any

from reportlab.lib.utils import ImageReader

from deckbuilder.outputs.images import Images, Raster


class _Photograph(ImageReader):
    """A JPEG, which goes into the file as it is. ReportLab asks for its pixels only to tell whether the file has it already: its
    bytes tell that as well. Decoding them takes as long as making them, and a megabyte or two until the build ends."""

    _dataA = None  # transparency, which it has none of

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data))
        self._bytes = data

    def getRGBData(self) -> bytes:
        return self._bytes


def draw_raster(canvas: Any, raster: Raster, images: Images, x: float, y: float, width: float, height: float) -> None:
    """Draws a picture, its lower left corner at x and y."""
    photograph = raster.format == "jpeg"
    reader = images.reader(raster, _Photograph if photograph else lambda data: ImageReader(io.BytesIO(data)))
    canvas.drawImage(reader, x, y, width, height, mask=None if photograph else "auto")
