"""A template's pictures, as files that outputs can draw."""

from __future__ import annotations

import io
from pathlib import Path

from deckbuilder.ooxml.package import Part
from deckbuilder.reading.pictures import PictureFile


def picture_of(part: Part, template: Path) -> PictureFile | None:
    """A picture of the template, which is a file at that path; None where outputs cannot draw it."""
    from PIL import Image as Pillow

    data = part.data
    try:
        with Pillow.open(io.BytesIO(data)) as image:
            image.load()
            form, (width, height) = image.format, image.size
            if form not in ("PNG", "JPEG"):
                if form in ("WMF", "EMF"):
                    return None
                out = io.BytesIO()
                image.convert("RGBA").save(out, "PNG")
                data, form = out.getvalue(), "PNG"
    except (OSError, ValueError, ArithmeticError, SyntaxError, Pillow.DecompressionBombError):
        return None
    return PictureFile(template / part.name, "png" if form == "PNG" else "jpeg", width, height, data=data)
