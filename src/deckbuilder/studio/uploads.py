"""Pictures that somebody brings: looked at as any picture, turned upright, without what a camera notes, and named sensibly."""

from __future__ import annotations

import io
import os
import re
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

from deckbuilder.diagnostics import DeckError, Diagnostics, fail
from deckbuilder.reading.formats import ENDINGS, format_of
from deckbuilder.reading.pictures import read_picture
from deckbuilder.reading.rasters import open_picture

FOLDER = "pictures"
_KEPT = ("jpeg", "png", "svg")  # what is kept in its format; others become one of the first two
_PREVIEW = 640  # pixels


def add_picture(deck: Path, name: str, data: bytes) -> str:
    """Puts a picture beside a deck, in the folder `pictures`; returns what the deck calls it. The same picture is put there
    once. Raises DeckError for what is no picture that can be used."""
    form = format_of(data[:512])
    if form is None:
        raise fail(
            "picture-format", "this is no picture that can be used", None, "JPEG, PNG, SVG, HEIC, WebP, TIFF or GIF"
        )
    if form != "svg":
        form, data = _cleaned(form, data)
    folder = deck / FOLDER
    folder.mkdir(exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=".new-", suffix=ENDINGS[form][0], dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        problems = Diagnostics()
        if read_picture(f"{FOLDER}/{Path(temporary).name}", None, deck, problems) is None:
            raise DeckError(problems)
        target = _free(folder, _plain(name), ENDINGS[form][0], data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, target)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return f"{FOLDER}/{target.name}"


def _cleaned(form: str, data: bytes) -> tuple[str, bytes]:
    """A photograph upright, without place, time and camera. One that has none of it stays as it is, byte for byte."""
    from PIL import Image, ImageOps

    try:
        with open_picture(data) as image:
            if form in _KEPT and not _tells(image):
                return form, data
            profile = image.info.get("icc_profile")
            upright: Any = ImageOps.exif_transpose(image)
            through = upright.has_transparency_data
            keep = "png" if form == "png" or through else "jpeg"
            upright = upright.convert("RGBA" if through else "RGB") if keep == "jpeg" or form != "png" else upright
            upright.info.clear()
            out = io.BytesIO()
            more = {"icc_profile": profile} if profile else {}
            if keep == "png":
                upright.save(out, "PNG", optimize=True, **more)
            else:
                upright.convert("RGB").save(out, "JPEG", quality=92, subsampling=0, **more)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise fail("picture-unusable", f"this picture cannot be read: {error}", None, "save it again") from error
    return keep, out.getvalue()


def _tells(image: Any) -> bool:
    """Whether a picture has more in it than its pixels."""
    return bool(image.getexif()) or any(
        key in image.info for key in ("exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop")
    )


def _plain(name: str) -> str:
    """A name that is the same on every system: small letters, digits and hyphens."""
    stem = unicodedata.normalize("NFKD", Path(name).stem).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:60] or "picture"


def _free(folder: Path, stem: str, ending: str, data: bytes) -> Path:
    """A file's path that is free, or that of the same picture."""
    number = 1
    while True:
        path = folder / f"{stem}{f'-{number}' if number > 1 else ''}{ending}"
        if not path.exists() or (path.stat().st_size == len(data) and path.read_bytes() == data):
            return path
        number += 1


def preview(deck: Path, name: str) -> tuple[str, bytes]:
    """A picture of a deck's as a small one: its media type and bytes. Raises LookupError for what is none of the deck's."""
    path = (deck / name).resolve()
    if not path.is_relative_to(deck.resolve()) or not path.is_file():
        raise LookupError(name)
    data = path.read_bytes()
    form = format_of(data[:512])
    if form is None:
        raise LookupError(name)
    if form == "svg":
        return "image/svg+xml", data
    from PIL import ImageOps

    try:
        with open_picture(data) as image:
            small = ImageOps.exif_transpose(image)
            small.thumbnail((_PREVIEW, _PREVIEW))
            out = io.BytesIO()
            small.convert("RGBA" if small.has_transparency_data else "RGB").save(out, "PNG")
    except (OSError, ValueError, SyntaxError) as error:
        raise LookupError(name) from error
    return "image/png", out.getvalue()
