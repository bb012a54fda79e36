"""A package read from a file that somebody else made: within bounds, and refused with the reason and a way out."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any

from deckbuilder.ooxml.package import Package, PackageError, Part, Relation, Relations, TooLarge
from deckbuilder.ooxml.types import CONTENT_TYPES, DEFAULTS, NS, RELATIONSHIPS, STRICT
from deckbuilder.ooxml.xml import Malformed, parse

MOST_BYTES = 500_000_000  # unpacked; a template with a dozen photographs has a tenth of it
MOST_MEMBERS = 20_000  # a deck of a thousand slides with notes and pictures has five thousand
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TYPES = "[Content_Types].xml"


def read_presentation(data: bytes) -> Package:
    """The package of a .pptx or .potx file. PackageError for one that is damaged, another kind of file, protected, too
    large to be unpacked, or that holds macros. Parts keep their bytes until their roots are asked for."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise PackageError(
                "is protected by a password",
                "in PowerPoint: File, Info, Protect Presentation, Encrypt with Password; empty the box, and save",
            )
        raise PackageError("is in PowerPoint's format of before 2007")
    members = _unpacked(data)
    if members.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument"):
        raise PackageError("is an OpenDocument file", "save it as .pptx, in LibreOffice for example")
    if _TYPES not in members:
        raise PackageError("is no PowerPoint file")
    package = _package(members)
    main = main_part(package)
    if STRICT.encode() in members[main.name]:
        raise PackageError(
            "is saved in the strict variant of its format",
            "open it in PowerPoint and save it as PowerPoint Presentation, not as Strict Open XML Presentation",
        )
    if _parsed(members, main.name).tag != f"{{{NS['p']}}}presentation":
        raise PackageError("is no presentation but another kind of Office file", "take a .pptx")
    if b"macroEnabled" in members[_TYPES] or any(name.endswith("vbaProject.bin") for name in members):
        raise PackageError(
            "holds macros",
            "decks must not carry programs: save it as .pptx or .potx, which leaves the macros out",
        )
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
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            members = [item for item in file.infolist() if not item.is_dir()]
            if len(members) > MOST_MEMBERS:
                raise TooLarge(f"holds more than {MOST_MEMBERS:,} parts", "save it anew in PowerPoint")
            if sum(item.file_size for item in members) > MOST_BYTES:
                raise TooLarge("is larger than 500 MB when unpacked", "compress its pictures")
            return {posixpath.normpath(item.filename).lstrip("/"): file.read(item) for item in members}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        hint = "copy it again from where it came from, or open it in PowerPoint and save it"
        raise PackageError("is damaged or no PowerPoint file", hint) from error


def _package(members: dict[str, bytes]) -> Package:
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
            if content_type is None:
                raise PackageError(f"is damaged: it does not say of what type its part {name} is")
            try:
                part = package.add(Part(name, content_type, members[name], _relations(members, name)))
            except ValueError as error:
                raise PackageError(f"is damaged: it holds {name} twice") from error
            waiting.append(part.relations)
    return package


def _content_types(members: dict[str, bytes]) -> tuple[dict[str, str], dict[str, str]]:
    """The types of parts by "/name", and those of endings; names and endings in small letters."""
    root = _parsed(members, _TYPES)
    overrides = root.iterfind(f"{{{CONTENT_TYPES}}}Override")
    defaults = root.iterfind(f"{{{CONTENT_TYPES}}}Default")
    by_name = {item.get("PartName", "").lower(): item.get("ContentType", "") for item in overrides}
    return by_name, {item.get("Extension", "").lower(): item.get("ContentType", "") for item in defaults}


def _relations(members: dict[str, bytes], name: str) -> Relations:
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


def _parsed(members: dict[str, bytes], name: str) -> Any:
    try:
        return parse(members[name])
    except Malformed as error:
        raise PackageError(f"is damaged: its part {name} {error}") from error
