"""A package read from a file that somebody else made: within bounds, and refused with the reason and a way out."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from deckbuilder.ooxml.package import Package, PackageError, Part, Relation, Relations, TooLarge
from deckbuilder.ooxml.types import CONTENT_TYPES, DEFAULTS, NS, RELATIONSHIPS, STRICT
from deckbuilder.ooxml.xml import Malformed, parse

MOST_BYTES = 500_000_000  # unpacked; a template with a dozen photographs has a tenth of it
MOST_MEMBERS = 20_000  # a deck of a thousand slides with notes and pictures has five thousand
MOST_IN_FILE = 4_000_000_000  # unpacked, of a deck that is not unpacked as a whole: films are large
MOST_WORDS = 300_000_000  # of that, what is XML: a deck of a thousand slides has a tenth of it
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TYPES = "[Content_Types].xml"


def read_presentation(data: bytes) -> Package:
    """The package of a .pptx or .potx file. PackageError for one that is damaged, another kind of file, protected, too
    large to be unpacked, or that holds macros. Parts keep their bytes until their roots are asked for."""
    _refuse_compound(data)
    members = _unpacked(data)
    package = _presentation(members)
    if has_macros(members):
        raise PackageError(
            "holds macros",
            "decks must not carry programs: save it as .pptx or .potx, which leaves the macros out",
        )
    return package


@contextmanager
def opened_presentation(path: Path) -> Iterator[tuple[Package, bool]]:
    """The package of a .pptx, .potx or .pptm file, whose parts are read when they are asked for, while this lasts; and
    whether it holds macros, which are not looked at. For decks: they may be larger than memory. PackageError as above, but
    for macros; OSError where the file cannot be read."""
    with path.open("rb") as head:
        _refuse_compound(head.read(1_000_000))
    with _damage_told():
        file = zipfile.ZipFile(path)
    with file:
        with _damage_told():
            members = _Members(file)
            package = _presentation(members, lazily=True)
        yield package, has_macros(members)


def has_macros(members: Mapping[str, bytes]) -> bool:
    """Whether these are the members of a file with macros."""
    return b"macroEnabled" in members[_TYPES] or any(name.endswith("vbaProject.bin") for name in members)


def _refuse_compound(data: bytes) -> None:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise PackageError(
                "is protected by a password",
                "in PowerPoint: File, Info, Protect Presentation, Encrypt with Password; empty the box, and save",
            )
        raise PackageError("is in PowerPoint's format of before 2007")


def _presentation(members: Mapping[str, bytes], lazily: bool = False) -> Package:
    if members.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument"):
        raise PackageError("is an OpenDocument file", "save it as .pptx, in LibreOffice for example")
    if _TYPES not in members:
        raise PackageError("is no PowerPoint file")
    package = _package(members, lazily)
    main = main_part(package)
    if STRICT.encode() in members[main.name]:
        raise PackageError(
            "is saved in the strict variant of its format",
            "open it in PowerPoint and save it as PowerPoint Presentation, not as Strict Open XML Presentation",
        )
    if _parsed(members, main.name).tag != f"{{{NS['p']}}}presentation":
        raise PackageError("is no presentation but another kind of Office file", "take a .pptx")
    return package


def main_part(package: Package) -> Part:
    """The presentation's part. PackageError where there is none."""
    main = next((r.target for r in package.relations if r.kind == "officeDocument" and not r.outside), None)
    if main not in package.parts:
        raise PackageError("is no PowerPoint file: it holds no presentation")
    return package.parts[main]


def _unpacked(data: bytes) -> dict[str, bytes]:
    """The members by name. Their sizes are checked before they are unpacked: what a member says of its size is where
    unpacking ends."""
    with _damage_told(), zipfile.ZipFile(io.BytesIO(data)) as file:
        members = _members(file)
        if sum(item.file_size for item in members.values()) > MOST_BYTES:
            raise TooLarge("is larger than 500 MB when unpacked", "compress its pictures")
        return {name: file.read(item) for name, item in members.items()}


def _members(file: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The members of a zip file, no folders, by name."""
    members = [item for item in file.infolist() if not item.is_dir()]
    if len(members) > MOST_MEMBERS:
        raise TooLarge(f"holds more than {MOST_MEMBERS:,} parts", "save it anew in PowerPoint")
    return {posixpath.normpath(item.filename).lstrip("/"): item for item in members}


@contextmanager
def _damage_told() -> Iterator[None]:
    """PackageError for what unpacking says of a damaged file."""
    try:
        yield
    except _DAMAGE as error:
        hint = "copy it again from where it came from, or open it in PowerPoint and save it"
        raise PackageError("is damaged or no PowerPoint file", hint) from error


class _Members(Mapping[str, bytes]):
    """The members of a zip file, unpacked each time they are asked for."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self.file = file
        self.items_of = _members(file)
        if sum(item.file_size for item in self.items_of.values()) > MOST_IN_FILE:
            raise TooLarge("is larger than 4 GB when unpacked", "compress its pictures and films")
        words = [item.file_size for name, item in self.items_of.items() if name.endswith((".xml", ".rels"))]
        if sum(words) > MOST_WORDS:
            raise TooLarge("has more than 300 MB of text and shapes", "divide it over several files")

    def __getitem__(self, name: str) -> bytes:
        item = self.items_of[name]
        try:
            return self.file.read(item)
        except _DAMAGE as error:
            raise PackageError(f"is damaged: its part {name} cannot be unpacked") from error

    def __contains__(self, name: object) -> bool:
        return name in self.items_of  # without unpacking it

    def __iter__(self) -> Iterator[str]:
        return iter(self.items_of)

    def __len__(self) -> int:
        return len(self.items_of)


def _package(members: Mapping[str, bytes], lazily: bool = False) -> Package:
    """The parts that can be reached, with what they refer to. References to parts that are not there stay, for the
    reader to tell of."""
    package = Package()
    package.relations = _relations(members, "")
    overrides, defaults = _content_types(members)
    waiting = [package.relations]
    while waiting:
        for relation in waiting.pop():
            name = relation.target
            if relation.outside or name in package.parts or name not in members:
                continue
            ending = posixpath.splitext(name)[1].lstrip(".").lower()
            content_type = overrides.get(f"/{name}".lower()) or defaults.get(ending) or DEFAULTS.get(ending)
            if content_type is None and not lazily:
                raise PackageError(f"is damaged: it does not say of what type its part {name} is")
            try:
                content: Any = partial(members.__getitem__, name) if lazily else members[name]
                part = package.add(Part(name, content_type or "", content, _relations(members, name)))
            except ValueError as error:
                raise PackageError(f"is damaged: it holds {name} twice") from error
            waiting.append(part.relations)
    return package


def _content_types(members: Mapping[str, bytes]) -> tuple[dict[str, str], dict[str, str]]:
    """The types of parts by "/name", and those of endings; names and endings in small letters."""
    root = _parsed(members, _TYPES)
    overrides = root.iterfind(f"{{{CONTENT_TYPES}}}Override")
    defaults = root.iterfind(f"{{{CONTENT_TYPES}}}Default")
    by_name = {item.get("PartName", "").lower(): item.get("ContentType", "") for item in overrides}
    return by_name, {item.get("Extension", "").lower(): item.get("ContentType", "") for item in defaults}


def _relations(members: Mapping[str, bytes], name: str) -> Relations:
    """The relationships of a part, or of the package, whose name is empty."""
    folder, file = posixpath.split(name)
    source = posixpath.join(folder, "_rels", f"{file}.rels")
    if source not in members:
        return Relations()
    found: dict[str, Relation] = {}
    for item in _parsed(members, source).iterfind(f"{{{RELATIONSHIPS}}}Relationship"):
        target, outside = item.get("Target", ""), item.get("TargetMode") == "External"
        if not outside:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[item.get("Id", "")] = Relation(item.get("Type", ""), target, outside)
    return Relations(found)


def _parsed(members: Mapping[str, bytes], name: str) -> Any:
    try:
        return parse(members[name])
    except Malformed as error:
        raise PackageError(f"is damaged: its part {name} {error}") from error
