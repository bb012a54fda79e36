"""Small pictures of a deck's picture files, for its forms."""

from __future__ import annotations

import io
from pathlib import Path

from deckbuilder.reading.formats import format_of
from deckbuilder.reading.pictures import lies_within
from deckbuilder.reading.rasters import open_picture

_PREVIEW = 640  # pixels


def preview(deck: Path, name: str, library: Path | None = None) -> tuple[str, bytes]:
    """A picture of a deck's, or of its library's, as a small one: its media type and bytes. Raises LookupError for what is
    neither's."""
    path = (deck / name).resolve()
    if not lies_within(path, deck, library) or not path.is_file():
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
