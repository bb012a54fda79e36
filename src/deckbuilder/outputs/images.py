"""Picture files as outputs need them: oriented, no larger than they are shown, as bytes.

Each picture is decoded at most once for each size asked for, and not at all where the file
can go in as it is.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from deckbuilder.content.pictures import PictureFile

PRINT_DPI = 300
_JPEG_QUALITY = 88
_NEAR = 0.8  # the share of its own size from which a file is not worth scaling down


@dataclass(frozen=True, slots=True)
class Raster:
    """PNG or JPEG bytes; `width` and `height` in pixels."""

    data: bytes
    format: str
    width: int
    height: int


class Images:
    """The pictures of one build, prepared on demand."""

    def __init__(self) -> None:
        self._rasters: dict[tuple[object, int, bool], Raster] = {}
        self._files: dict[object, bytes] = {}
        self._readers: dict[int, Any] = {}
        self._drawings: dict[object, Any] = {}

    def file(self, picture: PictureFile) -> bytes:
        """The file's own bytes."""
        if picture.path not in self._files:
            self._files[picture.path] = picture.data or picture.path.read_bytes()
        return self._files[picture.path]

    def reader(self, raster: Raster, make: Callable[[bytes], Any]) -> Any:
        """What a PDF library makes of the raster's bytes, made once."""
        if id(raster) not in self._readers:
            self._readers[id(raster)] = make(raster.data)
        return self._readers[id(raster)]

    def drawing(self, picture: PictureFile) -> Any:
        """An SVG picture as a ReportLab drawing, parsed once."""
        if picture.path not in self._drawings:
            from svglib.svglib import svg2rlg

            self._drawings[picture.path] = svg2rlg(str(picture.path))
        return self._drawings[picture.path]

    def raster(self, picture: PictureFile, points: float, dpi: int = PRINT_DPI, strict: bool = False) -> Raster:
        """The picture for a place `points` wide, at about `dpi` pixels an inch and, when `strict`, at no
        more. Otherwise a file that is a little larger goes in as it is.

        `points` is the width of the whole picture, what cropping hides included.
        """
        wanted = max(1, round(points / 72 * dpi))
        own = int(picture.width) if picture.format != "svg" else wanted
        # Steps of a quarter let neighbouring sizes share one rendering.
        size = min(own, wanted if strict else -(-wanted // 64) * 64)
        key = (picture.path, size, strict)
        if key not in self._rasters:
            self._rasters[key] = self._make(picture, size, own, 1.0 if strict else _NEAR)
        return self._rasters[key]

    def original(self, picture: PictureFile) -> Raster:
        """A photograph as it is, only turned upright where its file says that it lies on its side."""
        width, height = int(picture.width), int(picture.height)
        if not picture.turned:
            return Raster(self.file(picture), picture.format, width, height)
        return self._make(picture, width, width, _NEAR)

    def _make(self, picture: PictureFile, width: int, own: int, near: float) -> Raster:
        if picture.format == "svg":
            import resvg_py

            data = bytes(resvg_py.svg_to_bytes(svg_string=self.file(picture).decode("utf-8"), width=width))
            return Raster(data, "png", width, round(width / picture.aspect))
        if not picture.turned and width >= own * near:
            return Raster(self.file(picture), picture.format, int(picture.width), int(picture.height))
        from PIL import Image, ImageOps

        with Image.open(io.BytesIO(self.file(picture))) as source:
            image: Image.Image = source
            height = max(1, round(width / picture.aspect))
            if picture.format == "jpeg":
                image.draft("RGB", (max(width, height), max(width, height)))  # decodes at a fraction
            if picture.turned:
                image = ImageOps.exif_transpose(image)
            image = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
            out = io.BytesIO()
            if picture.format == "jpeg":
                image.convert("RGB").save(out, "JPEG", quality=_JPEG_QUALITY)
            else:
                image.save(out, "PNG")
        return Raster(out.getvalue(), picture.format, width, height)


def qr_png(address: str) -> bytes:
    """A QR code with its quiet zone of four modules (ISO/IEC 18004), ten pixels a module."""
    import segno

    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", scale=10, border=4)
    return out.getvalue()
