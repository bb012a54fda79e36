"""Picture files: found, safe, readable; their size known before anything is laid out."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from deckbuilder.content.deck import Deck
from deckbuilder.content.kinds import pictures_of
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.source import Inputs, Position, position_of

PictureFormat = Literal["png", "jpeg", "svg"]
_MAX_PIXELS = 100_000_000  # 300 MB decoded; a 24-megapixel photograph is a quarter of it
_MAX_BYTES = 100_000_000
# In styles: anything fetched that is neither a part of the drawing nor embedded in it.
_OUTSIDE = re.compile(r"""@import|url\(\s*['"]?(?!['"]?(#|data:image/))""", re.IGNORECASE)
_ENDINGS = {"png": (".png",), "jpeg": (".jpg", ".jpeg", ".jpe"), "svg": (".svg",)}


@dataclass(frozen=True)
class PictureFile:
    """A picture file that can be read. `width` and `height` are as seen, in pixels (SVG: in
    user units), `turned` is True when the file's orientation mark has to be applied. `data` are the
    bytes of a picture that lies in another file, whose name `path` then begins with."""

    path: Path
    format: PictureFormat
    width: float
    height: float
    turned: bool = False
    data: bytes | None = None

    @property
    def aspect(self) -> float:
        """Width over height."""
        return self.width / self.height


def read_pictures(
    deck: Deck, folder: Path, problems: Diagnostics, inputs: Inputs | None = None
) -> dict[str, PictureFile]:
    """The deck's picture files by name. Missing and unreadable ones are reported."""
    pictures = [picture for _, slide in deck.slides() for picture in pictures_of(slide)]
    return _read([(p.file, position_of(p.file) or p.at) for p in pictures], folder, problems, inputs)


def check_pictures(raw: Any, folder: Path, problems: Diagnostics, inputs: Inputs) -> None:
    """Reports missing and unreadable pictures of data that are no deck yet, for whatever reason."""
    _read(list(_named(raw)), folder, problems, inputs)


def _named(raw: Any) -> Iterator[tuple[str, Position | None]]:
    """The picture files that data name, wherever, and where they do."""
    for key, value in raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ():
        if key in ("picture", "poster", "pictures"):
            for picture in value if isinstance(value, list) else [value]:
                file = picture.get("file") if isinstance(picture, dict) else None
                if isinstance(file, str):
                    yield file, position_of(file)
        yield from _named(value)


def _read(
    names: Sequence[tuple[str, Position | None]], folder: Path, problems: Diagnostics, inputs: Inputs | None
) -> dict[str, PictureFile]:
    out: dict[str, PictureFile] = {}
    failed: set[str] = set()
    for name, at in names:
        if name in out:
            continue
        if name in failed:
            problems.error(
                "picture-unusable", f"the picture '{name}' cannot be used", at, "see the first message about it"
            )
            continue
        file = read_picture(name, at, folder, problems, inputs)
        if file is None:
            failed.add(name)
        else:
            out[name] = file
    return out


def read_picture(
    name: str, at: Position | None, folder: Path, problems: Diagnostics, inputs: Inputs | None = None
) -> PictureFile | None:
    """The picture file of that name, relative to the folder; None where it cannot be used, which is reported.
    It goes to `inputs`, None where nobody asks for them."""
    path = folder / name
    try:
        path.resolve(strict=False)
        path.is_file()
    except (ValueError, OSError):  # a NUL in it, or longer than file systems take
        problems.error(
            "picture-name", f"'{name[:60]}' cannot be the name of a file", at, "write the picture's file name"
        )
        return None
    if not path.resolve().is_relative_to(folder.resolve()):
        problems.error(
            "path-outside", f"the picture '{name}' lies outside the deck's folder", at, "copy it beside deck.yaml"
        )
        return None
    if inputs is not None:
        inputs.add(path)
    if not path.is_file():
        problems.error("picture-missing", f"there is no picture '{name}'", at, _near(path, folder))
        return None
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(512)
    except OSError as error:
        problems.error("file-unreadable", f"the picture '{name}' cannot be read: {error.strerror}", at)
        return None
    if not size:
        problems.error("picture-unusable", f"the picture '{name}' is empty", at, "copy it again")
        return None
    if size > _MAX_BYTES:
        problems.error("file-too-large", f"the picture '{name}' is larger than 100 MB", at, "save it smaller")
        return None
    form = _format(head)
    if form is None:
        problems.error("picture-format", f"'{name}' is not a PNG, JPEG or SVG picture", at, "save it as one of these")
        return None
    if path.suffix.lower() not in _ENDINGS[form]:
        problems.error(
            "picture-format", f"'{name}' holds a {form.upper()} picture", at, f"name it {path.stem}{_ENDINGS[form][0]}"
        )
        return None
    try:
        return _read_svg(path) if form == "svg" else _read_raster(path, form)
    except _Unusable as error:
        problems.error("picture-unusable", f"the picture '{name}' {error}", at, error.hint)
        return None


class _Unusable(Exception):
    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def _near(path: Path, folder: Path) -> str:
    import difflib

    files = [
        p.relative_to(folder).as_posix()
        for p in folder.rglob("*")
        if p.suffix.lower() in (".png", ".jpg", ".jpeg", ".svg")
    ]
    near = difflib.get_close_matches(path.relative_to(folder).as_posix(), files, n=1, cutoff=0.5)
    return f"did you mean '{near[0]}'?" if near else "names are relative to the deck's folder"


def _format(head: bytes) -> PictureFormat | None:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if re.match(rb"(\xef\xbb\xbf)?\s*<(\?xml|!--|!DOCTYPE svg|svg)", head):
        return "svg"
    return None


def _read_raster(path: Path, form: PictureFormat) -> PictureFile:
    import warnings

    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path) as image:
                width, height = image.size
                if width * height > _MAX_PIXELS:
                    raise _Unusable(
                        f"has {width} x {height} pixels", "save it smaller: 4,000 pixels are enough for print"
                    )
                orientation = image.getexif().get(0x0112, 1) if form == "jpeg" else 1
        _check_whole(path, form)
    except Image.DecompressionBombError as error:
        raise _Unusable(
            "has more pixels than can be opened", "save it smaller: 4,000 pixels are enough for print"
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise _Unusable("is damaged", "open it in a picture program and save it again") from error
    if orientation in (5, 6, 7, 8):
        width, height = height, width
    return PictureFile(path, form, width, height, turned=orientation not in (0, 1))


def _check_whole(path: Path, form: PictureFormat) -> None:
    """Catches cut-off files without decoding them: pixel data is followed by EOI (JPEG) or IEND."""
    data = path.read_bytes()
    if form == "png":
        whole = b"IEND" in data[-4096:]
    else:
        position = 2
        while position + 4 <= len(data) and data[position] == 0xFF and data[position + 1] != 0xDA:
            position += 2 + int.from_bytes(data[position + 2 : position + 4])  # segments hold thumbnails
        whole = b"\xff\xd9" in data[position:]
    if not whole:
        raise _Unusable("is cut off", "copy it again from where it came from")
    if form == "png" and not _pixels_whole(data):
        raise _Unusable("is damaged", "open it in a picture program and save it again")


def _pixels_whole(data: bytes) -> bool:
    """Whether a PNG's compressed pixels can be unpacked, all of them."""
    import zlib

    pixels = zlib.decompressobj()
    position = 8
    try:
        while position + 12 <= len(data):
            length = int.from_bytes(data[position : position + 4])
            if data[position + 4 : position + 8] == b"IDAT":
                waiting = data[position + 8 : position + 8 + length]
                while waiting:  # a piece at a time: what unpacks to gigabytes must not be held
                    pixels.decompress(waiting, 1 << 20)
                    waiting = pixels.unconsumed_tail
            position += 12 + length
    except zlib.error:
        return False
    return pixels.eof


def _read_svg(path: Path) -> PictureFile:
    from xml.etree import ElementTree

    source = path.read_bytes()
    if b"<!ENTITY" in source:
        raise _Unusable("declares XML entities", "export it again as plain SVG")
    try:
        root = ElementTree.fromstring(source)
    except (LookupError, ValueError) as error:
        raise _Unusable("is in an encoding that is not known", "export it again as UTF-8") from error
    except ElementTree.ParseError as error:
        line, column = error.position
        raise _Unusable(f"is not well-formed (its line {line}, column {column + 1})", "export it again") from error
    if root.tag.rpartition("}")[2] != "svg":
        raise _Unusable("is not an SVG picture", "export it again as SVG")
    for element in root.iter():
        if element.tag.rpartition("}")[2] in ("script", "foreignObject"):
            raise _Unusable("holds a script or a web page", "export it again as plain SVG")
        for name, value in element.attrib.items():
            if name.startswith("on"):
                raise _Unusable(f"holds a script, in '{name}'", "export it again as plain SVG")
            outside = name.rpartition("}")[2] == "href" and not value.startswith(("#", "data:image/"))
            if outside or _OUTSIDE.search(value):
                raise _Unusable(f"refers to another file, '{value[:60]}'", "embed what it needs")
        if _OUTSIDE.search(element.text or ""):
            raise _Unusable("refers to another file in its styles", "embed what it needs")
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    try:
        if len(box) == 4:
            width, height = float(box[2]), float(box[3])
        else:
            width, height = (float(re.sub(r"(px|pt|mm|cm|in)$", "", root.get(k, ""))) for k in ("width", "height"))
        if not (0 < width < math.inf and 0 < height < math.inf):
            raise ValueError
    except ValueError as error:
        raise _Unusable("does not say how large it is", "give its <svg> a viewBox") from error
    return PictureFile(path, "svg", width, height)
