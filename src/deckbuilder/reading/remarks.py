"""What picture files say beside their pixels: where, when and by whom they were taken, previews, what an editor noted."""

from __future__ import annotations

from typing import Literal

_PNG_KEPT = {
    b"IHDR",
    b"PLTE",
    b"IDAT",
    b"IEND",
    b"tRNS",
    b"gAMA",
    b"cHRM",
    b"sRGB",
    b"iCCP",
    b"cICP",
    b"sBIT",
    b"pHYs",
    b"bKGD",
}


def without_remarks(data: bytes, form: Literal["jpeg", "png"]) -> bytes:
    """A whole file's pixels and colours as they are, byte for byte, and nothing else that it says, of its orientation neither."""
    return _jpeg(data) if form == "jpeg" else _png(data)


def _jpeg(data: bytes) -> bytes:
    """A JPEG file's pixels as they are, without its remarks: Exif, XMP, IPTC, comments, previews, and what follows its end."""
    out, place = [data[:2]], 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        length = 2 + int.from_bytes(data[place + 2 : place + 4])
        segment = data[place : place + length]
        told = 0xE0 <= marker <= 0xEF or marker == 0xFE
        icc = marker == 0xE2 and segment[4:].startswith(b"ICC_PROFILE\x00")
        if not told or icc or (marker == 0xE0 and segment[4:].startswith(b"JFIF\x00")) or marker == 0xEE:
            out.append(segment)
        place += length
        if marker == 0xDA:
            break
    end = _jpeg_end(data, place)
    return b"".join([*out, data[place:end]])


def _jpeg_end(data: bytes, place: int) -> int:
    """Where a JPEG picture ends whose first scan begins at that place: of several pictures in a file the first is meant."""
    while (place := data.find(b"\xff", place)) >= 0 and place + 1 < len(data):
        marker = data[place + 1]
        if marker == 0xD9:
            return place + 2
        if marker in (0x00, 0xFF) or 0xD0 <= marker <= 0xD7:
            place += 1 if marker == 0xFF else 2
        else:
            place += 2 + int.from_bytes(data[place + 2 : place + 4])
    return len(data)


def _png(data: bytes) -> bytes:
    """A PNG file's pixels and colours as they are, without its remarks."""
    out, place = [data[:8]], 8
    while place + 12 <= len(data):
        end = place + 12 + int.from_bytes(data[place : place + 4])
        name = data[place + 4 : place + 8]
        if name in _PNG_KEPT:
            out.append(data[place:end])
        place = end
        if name == b"IEND":
            break
    return b"".join(out)
