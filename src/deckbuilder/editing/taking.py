"""Pictures taken into a deck's folder: upright, without what says where and by whom they were taken, under a name that says
what they are."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deckbuilder.editing.refusal import Refused
from deckbuilder.editing.saving import replace_bytes
from deckbuilder.frozen import dataclass
from deckbuilder.reading.formats import ENDINGS, format_of, taken_for
from deckbuilder.reading.remarks import without_remarks
from deckbuilder.reading.unusable import Patience, Unusable

MAX_BYTES = 100_000_000
_QUALITY = 92
_LONGEST = 50  # letters of a name
# Names that programs give, and that say nothing.
_NO_NAME = re.compile(
    r"(?:image|images|img|picture|photo|foto|bild|imagen|pasted|clipboard|blob|download|unnamed|untitled|screenshot|"
    r"screen-shot|bildschirmfoto|captura|capture|dsc|dscn|dscf|pxl|mvimg|p|whatsapp-image|signal|scan|file)?[-\d]*"
)
_SPELT = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "Ø": "O",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "Œ": "Oe",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "ð": "d",
        "þ": "th",
    }
)
_RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))}


@dataclass(frozen=True)
class Taken:
    """A picture that lies in the deck's folder now: `file` is what a deck calls it; `width` and `height` are as seen, in
    pixels (of a drawing: in its own units)."""

    file: str
    width: float
    height: float


def take_picture(folder: Path, data: bytes, name: str = "", about: str = "", into: str = "pictures") -> Taken:
    """Puts a picture into a folder of the deck's folder. `name` is the file's own, as it came; where that says nothing,
    `about` (a title, an alternative text) gives it one. The same picture again is not kept twice. Raises Refused for what
    cannot be used, and DeckError where nothing can be written."""
    if len(data) > MAX_BYTES:
        raise Refused("this picture is larger than 100 MB; save it smaller")
    form = format_of(data[:512])
    if form is None:
        what, hint = taken_for(data[:512])
        raise Refused(f"this is {what}; {hint}")
    try:
        clean, form, width, height = _drawing(data) if form == "svg" else _pixels(data, form)
    except Unusable as error:
        raise Refused(f"this picture {error}; {error.hint}") from error
    target = folder / into
    if not target.resolve().is_relative_to(folder.resolve()):
        raise Refused(f"the folder '{into}' lies outside the deck's folder")
    for called in _names(picture_name(name, about)):
        file = target / f"{called}{ENDINGS[form][0]}"
        if not file.exists():
            replace_bytes(file, clean)
        elif file.stat().st_size != len(clean) or file.read_bytes() != clean:
            continue
        return Taken(file.relative_to(folder).as_posix(), width, height)
    raise AssertionError("names do not end")


def picture_name(name: str, about: str = "") -> str:
    """A file name, without its ending, that any system takes: of the file's own name, or of what it is about."""
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", re.split(r"[\\/]", name)[-1])
    for words in (stem, about):
        slug = _slug(words)
        if not _NO_NAME.fullmatch(slug) and slug not in _RESERVED:
            return slug
    return "picture"


def _slug(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.translate(_SPELT))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()
    slug = unicodedata.normalize("NFC", re.sub(r"[^\w]+|_+", "-", plain).strip("-"))
    if len(slug) <= _LONGEST:
        return slug
    return slug[:_LONGEST].rpartition("-")[0] or slug[:_LONGEST]


def _names(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1


def _drawing(data: bytes) -> tuple[bytes, str, float, float]:
    from deckbuilder.reading.drawings import read_drawing

    made = read_drawing(data, lambda code, message, hint: None, Patience())
    return data, "svg", made.width, made.height


def _pixels(data: bytes, form: str) -> tuple[bytes, str, int, int]:
    """A picture of pixels with nothing in it but pixels and colours, in a format that every program shows. Raises Unusable."""
    from deckbuilder.reading.rasters import read_raster

    read = read_raster(data, form)
    if form in ("jpeg", "png") and not read.turned:
        return without_remarks(data, read.format), read.format, read.width, read.height
    return _painted_anew(data, read.format), read.format, read.width, read.height


def _painted_anew(data: bytes, form: str) -> bytes:
    """The picture turned upright, in another file."""
    from PIL import ImageOps

    from deckbuilder.reading.rasters import in_eight_bits, open_picture

    with open_picture(data) as opened:
        image: Any = ImageOps.exif_transpose(opened)
        image.load()
    profile = image.info.get("icc_profile") if image.mode in ("RGB", "RGBA", "L") else None
    image = in_eight_bits(image)
    image.info.clear()
    if form == "jpeg" and image.mode not in ("RGB", "L"):
        image = image.convert("RGB")
    elif form == "png" and image.mode not in ("1", "L", "LA", "P", "RGB", "RGBA"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    file = io.BytesIO()
    options: dict[str, Any] = {"icc_profile": profile} if profile else {}
    if form == "jpeg":
        image.save(file, "JPEG", quality=_QUALITY, optimize=True, **options)
    else:
        image.save(file, "PNG", optimize=True, **options)
    return file.getvalue()
