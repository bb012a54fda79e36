"""Pictures that are embedded in a drawing, as `data:` addresses."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from urllib.parse import unquote_to_bytes
from xml.etree.ElementTree import Element

from deckbuilder.reading.rasters import check_pixels
from deckbuilder.reading.unusable import Unusable

_MOST_PIXELS = 50_000_000  # of all of them
_TAKEN = ("PNG", "JPEG", "GIF", "WEBP")  # what resvg draws


def check_embedded(root: Element, check_drawing: Callable[[bytes], None]) -> None:
    """Refuses embedded pictures that are broken, too large or of a format that is not drawn; raises Unusable."""
    pixels = 0
    for element in root.iter():
        for key, value in element.attrib.items():
            if key.rpartition("}")[2] != "href" or not value.strip().startswith("data:"):
                continue
            kind, data = _decoded(value.strip())
            try:
                if kind.startswith("image/svg"):
                    check_drawing(data)
                    continue
                width, height = check_pixels(data, _TAKEN)
            except Unusable as error:
                raise Unusable(f"holds an embedded picture that {error}", error.hint) from error
            pixels += width * height
            if pixels > _MOST_PIXELS:
                raise Unusable("holds embedded pictures of more than 50 million pixels", "embed them smaller")


def _decoded(address: str) -> tuple[str, bytes]:
    head, comma, body = address.removeprefix("data:").partition(",")
    kind, *how = (word.strip().lower() for word in head.split(";"))
    try:
        data = unquote_to_bytes(body)
        if "base64" in how:
            data = base64.b64decode(b"".join(data.split()))
    except (binascii.Error, ValueError) as error:
        raise Unusable("holds an embedded picture that is damaged", "embed it again") from error
    if not comma or not data:
        raise Unusable("holds an embedded picture that is empty", "embed it again")
    return kind, data
