"""Picture files as outputs need them: oriented, no larger than they are shown, as bytes.

Each picture is decoded at most once for each size asked for, and not at all where the file
can go in as it is, or where a build before prepared it.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from math import ceil
from typing import Any

from deckbuilder.caching import kept
from deckbuilder.content.pictures import PictureFile
from deckbuilder.frozen import dataclass
from deckbuilder.reading.drawing import render
from deckbuilder.reading.rasters import in_eight_bits, open_picture
from deckbuilder.reading.remarks import without_remarks

PRINT_DPI = 300
_JPEG_QUALITY = 88
_PLAIN = ("L", "LA", "RGB", "RGBA")
_NEAR = 2 / 3  # the share of its own size from which a file is not worth scaling down


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

            assert picture.paper is not None
            self._drawings[picture.path] = svg2rlg(io.BytesIO(picture.paper))
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
        """A photograph as it is, only turned upright, and into a format that PowerPoint holds, where it has to be."""
        width = int(picture.width)
        return self._make(picture, width, width, _NEAR)

    def _make(self, picture: PictureFile, width: int, own: int, near: float) -> Raster:
        data = self.file(picture)
        if picture.format == "svg":
            made = kept(data, f"drawing {width}", lambda: render(data.decode("utf-8-sig"), width, fonts=False))
            return Raster(made, "png", width, round(width / picture.aspect))
        if not picture.turned and not picture.converted and width >= own * near:
            plain = without_remarks(data, picture.format)
            return Raster(plain, picture.format, int(picture.width), int(picture.height))
        height = max(1, round(width / picture.aspect))
        what = f"picture {picture.format} {width} {height} {own} {picture.turned}"
        made = kept(data, what, lambda: _scaled(data, picture, width, height, own))
        return Raster(made, picture.format, width, height)


def _scaled(data: bytes, picture: PictureFile, width: int, height: int, own: int) -> bytes:
    """The picture upright, so many pixels large."""
    from PIL import Image, ImageOps

    out = io.BytesIO()
    with open_picture(data) as source:
        if picture.format == "jpeg" and source.format in ("JPEG", "MPO"):
            share = width / own  # of a picture that is yet to be turned, too
            # Decodes a fraction.
            source.draft(source.mode, (ceil(source.width * share), ceil(source.height * share)))
        image = in_plain_colours(ImageOps.exif_transpose(source) if picture.turned else source)
        image = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
        if picture.format == "jpeg":
            image.convert("RGB").save(out, "JPEG", quality=_JPEG_QUALITY)
        else:
            image.save(out, "PNG")
    return without_remarks(out.getvalue(), "jpeg" if picture.format == "jpeg" else "png")


def in_plain_colours(image: Any) -> Any:
    """A Pillow image in grey or sRGB, with or without transparency, a byte each: as it can be scaled, and as every
    program shows it. Palettes and single bits become that too, since Pillow scales these by leaving pixels out. A colour
    profile that is broken says nothing."""
    image = in_eight_bits(image)
    profile = image.info.get("icc_profile") if image.mode != "LA" else None
    if image.has_transparency_data:
        image = image.convert("LA" if image.mode in ("LA", "La") else "RGBA")
    elif image.mode not in ("L", "RGB", "CMYK", "LAB"):
        image = image.convert("L" if image.mode == "1" else "RGB")
    if profile:
        image = _in_srgb(image, profile)
    return image if image.mode in _PLAIN else image.convert("RGB")


def _in_srgb(image: Any, profile: bytes) -> Any:
    """The image with the colours that its profile means, and without the profile."""
    from PIL import ImageCms

    image.info.pop("icc_profile", None)
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(own):
            return image
        alpha = image.getchannel("A") if image.mode == "RGBA" else None
        colours = image.convert("RGB") if alpha else image
        out: Any = ImageCms.profileToProfile(colours, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    if alpha:
        out.putalpha(alpha)
    return out


def qr_png(address: str) -> bytes:
    """A QR code with its quiet zone of four modules (ISO/IEC 18004), ten pixels a module."""

    def make() -> bytes:
        import segno

        out = io.BytesIO()
        segno.make(address, error="m", micro=False).save(out, kind="png", scale=10, border=4)
        return out.getvalue()

    return kept(address.encode(), "qr", make)
