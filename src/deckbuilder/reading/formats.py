"""The formats of pictures: what their files begin with, and end in."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE

# The formats that are taken, each with the endings of its files; the first is what a hint says.
ENDINGS = {
    "png": (".png",),
    "jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "svg": (".svg",),
    "gif": (".gif",),
    "webp": (".webp",),
    "avif": (".avif",),
    "heic": (".heic", ".heif", ".hif"),
    "tiff": (".tiff", ".tif"),
    "bmp": (".bmp", ".dib"),
}
PICTURE_ENDINGS = tuple(ending for endings in ENDINGS.values() for ending in endings)
_SPOKEN = "PNG, JPEG or SVG"
_HEADS: tuple[tuple[str, str], ...] = (
    (r"\x89PNG\r\n\x1a\n", "png"),
    (r"\xff\xd8\xff", "jpeg"),
    (r"GIF8[79]a", "gif"),
    (r"RIFF....WEBP", "webp"),
    (r"....ftyp(avif|avis)", "avif"),
    (r"....ftyp(mif1|msf1|miaf)(?=.{4,60}avif)", "avif"),
    (r"....ftyp(hei[cxms]|hev[cxms]|mif1|msf1)", "heic"),
    (r"II\*\x00|MM\x00\*|II\+\x00|MM\x00\+", "tiff"),
    (r"BM....\x00\x00\x00\x00", "bmp"),
    (r"(\xef\xbb\xbf)?\s*<(\?xml|!--|!DOCTYPE svg|([\w.-]+:)?svg\b)", "svg"),
)
# What else is taken for a picture: how it is called, and the way out.
_OTHERS: tuple[tuple[str, str, str], ...] = (
    (r"%PDF-", "a PDF file", "export its page as SVG or PNG"),
    (r"\x1f\x8b", "packed (SVGZ?)", "save it as plain SVG"),
    (r"8BPS", "a Photoshop file", "export it as PNG"),
    (r"(\xff\x0a|\x00\x00\x00\x0cJXL )", "a JPEG XL picture", "save it as JPEG or PNG"),
    (r"(\x00\x00\x00\x0cjP  |\xff\x4f\xff\x51)", "a JPEG 2000 picture", "save it as JPEG or PNG"),
    (r"....ftyp", "a video", "write a slide of kind 'video' for it, or save one of its frames"),
    (r"(\x01\x00\x00\x00.{36} EMF|\xd7\xcd\xc6\x9a)", "a Windows metafile", "save it as SVG or PNG"),
    (r"(%!PS|\xc5\xd0\xd3\xc6)", "a PostScript file", "save it as SVG or PNG"),
    (r"PK\x03\x04", "an Office document or an archive", "save the picture in it as a file of its own"),
    (r"\s*(<!DOCTYPE html|<html|<head|<body)", "a web page", "download the picture itself"),
    (r"version https://git-lfs", "a pointer of Git LFS", "fetch the file itself with 'git lfs pull'"),
)


def format_of(head: bytes) -> str | None:
    """The format of a file that begins so, a key of `ENDINGS`; None for what is not taken."""
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) and "<" in head.decode("utf-16", "replace")[:3]:
        return "svg"
    return next((form for pattern, form in _HEADS if re.match(pattern.encode(), head, re.DOTALL)), None)


def taken_for(head: bytes) -> tuple[str, str]:
    """What a file is that is no picture, and the way out."""
    for pattern, what, hint in _OTHERS:
        if re.match(pattern.encode(), head, re.DOTALL | re.IGNORECASE):
            return f"{what}, not a picture", hint
    return "not a picture that can be used", f"save it as {_SPOKEN}"
