"""The files beside the new deck: pictures, films and the data of charts, taken out of the old one."""

from __future__ import annotations

import csv
import io
import posixpath
import re
from pathlib import Path

from deckbuilder.importing.old import Graph, Image
from deckbuilder.languages import Language
from deckbuilder.ooxml.package import Package, PackageError

_PERCENT = re.compile(r"0(?:\.0+)?%")
_ALL = 0.98  # of a side: cut off that much, nothing is left
_UNIT = re.compile(r'"\s*([^"]{1,20}?)\s*"')


class Files:
    """Writes into the new deck's folder, each file once."""

    def __init__(self, package: Package | None, folder: Path) -> None:
        self.package = package
        self.folder = folder
        self.names: dict[str, str] = {}
        self.refused: set[str] = set()

    def picture(self, image: Image, slide: int, cropped: bool = True) -> str | None:
        """The name of a picture's file, written when it is first asked for, `cropped` as it is shown; None for one that cannot
        be had."""
        if cropped and image.crop and image.part not in self.refused and (name := self._cut(image, slide)):
            return name
        for part in (image.vector, image.part):
            if part and part not in self.refused and (name := self.file(part, "pictures", f"slide-{slide}")):
                return name
        return None

    def _cut(self, image: Image, slide: int) -> str | None:
        """The name of a file with what of a picture is shown; None for a picture that cannot be cut."""
        from PIL import Image as Raster

        key = f"{image.part} {image.crop}"
        if key in self.names:
            return self.names[key]
        found = self.package.parts.get(image.part) if self.package is not None else None
        left, top, right, bottom = image.crop or (0.0, 0.0, 0.0, 0.0)
        if found is None or left + right > _ALL or top + bottom > _ALL:
            return None
        try:
            with Raster.open(io.BytesIO(found.data), formats=("PNG", "JPEG")) as picture:
                wide, high = picture.size
                box = (round(left * wide), round(top * high), round((1 - right) * wide), round((1 - bottom) * high))
                out = io.BytesIO()
                picture.crop(box).save(out, str(picture.format), quality=92)
                ending = ".jpg" if picture.format == "JPEG" else ".png"
        except (OSError, ValueError, SyntaxError, PackageError, Raster.DecompressionBombError):
            return None
        return self.write(key, f"pictures/slide-{slide}", ending, out.getvalue())

    def file(self, part: str, folder: str, stem: str) -> str | None:
        """The name of a file that holds a part's bytes, in a folder of the new deck; None for a part that cannot be had."""
        if part in self.names:
            return self.names[part]
        found = self.package.parts.get(part) if self.package is not None else None
        try:
            data = found.data if found is not None else b""
        except PackageError:
            data = b""
        if not data:
            self.refused.add(part)
            return None
        ending = posixpath.splitext(part)[1].lower() or ".bin"
        return self.write(part, f"{folder}/{stem}", ending, data)

    def write(self, key: str, stem: str, ending: str, data: bytes) -> str:
        """Writes a file under a name that none has; `key` is what it is known by."""
        taken = set(self.names.values())
        tries = (f"{stem}{'' if n == 1 else f'-{n}'}{ending}" for n in range(1, len(taken) + 2))
        name = next(one for one in tries if one not in taken)
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.names[key] = name
        return name

    def part_of(self, name: str) -> str | None:
        """The part that a file was made of."""
        return next((part for part, one in self.names.items() if one == name), None)

    def refuse(self, part: str) -> None:
        """Deletes the file of a part that is of no use; it is not asked for again."""
        self.refused.add(part)
        if (name := self.names.pop(part, None)) is not None:
            (self.folder / name).unlink(missing_ok=True)

    def unused(self, text: str) -> None:
        """Deletes the files that the deck does not name, but for films and sounds."""
        for key, name in list(self.names.items()):
            if name not in text and not name.startswith("media/"):
                (self.folder / name).unlink(missing_ok=True)
                del self.names[key]


def data_of(graph: Graph, language: str) -> tuple[str, str] | None:
    """A chart's data as the text of a CSV file, and the unit of its numbers; None where no such file could hold them."""
    unit, factor = "", 1.0
    if _PERCENT.search(graph.format):
        unit, factor = "%", 100.0
    elif found := _UNIT.search(graph.format):
        unit = found[1]
    names = [" ".join(name.split()) or str(n) for n, (name, _) in enumerate(graph.series, 1)]
    labels = [" ".join(label.split()) or "–" for label in graph.categories]
    comma = Language(language).numbers.decimal == ","
    rows = [["", *names]]
    for n, label in enumerate(labels):
        rows.append([label, *(number_text(values[n], comma, factor) for _, values in graph.series)])
    for delimiter in (";", "\t", ",") if comma else (",", ";", "\t"):
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
        first = out.getvalue().split("\n", 1)[0]
        if max(",;\t", key=first.count) == delimiter:  # which is how it will be read
            return out.getvalue(), unit
    return None


def number_text(value: float | None, comma: bool, factor: float = 1.0) -> str:
    """A number in all its digits, times `factor`, with a decimal `comma` or a point; "" for None."""
    if value is None:
        return ""
    value = round(value * factor, 10) if factor != 1 else value
    text = f"{value:.15g}"
    text = f"{value:f}".rstrip("0").rstrip(".") if "e" in text else text
    return text.replace(".", ",") if comma else text
