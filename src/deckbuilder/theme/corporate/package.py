"""The package of a .pptx or .potx file: its parts and how they refer to one another (ECMA-376 part 2).

What cannot be used is refused here, with the reason and a way out.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from deckbuilder.diagnostics import fail
from deckbuilder.source import Position

NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_BYTES = 500_000_000  # unpacked; a template with a dozen photographs has a tenth of it
_STRICT = b"http://purl.oclc.org/ooxml/"
_RESAVE = "open it in PowerPoint and save it as a PowerPoint Presentation (.pptx) or Template (.potx)"


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship: the last word of its type, and the part's name; an address where `outside`."""

    kind: str
    target: str
    outside: bool


class Package:
    """The parts by name, without a leading slash. XML parts are parsed once."""

    def __init__(self, parts: dict[str, bytes], name: str, at: Position | None) -> None:
        self.parts = parts
        self.name = name
        self.at = at
        self._trees: dict[str, Any] = {}
        self._relations: dict[str, dict[str, Relation]] = {}

    def xml(self, part: str) -> Any:
        """The root element of a part. DeckError for one that is missing or is not well-formed."""
        if part not in self._trees:
            if part not in self.parts:
                raise fail(
                    "corporate-unusable",
                    f"the template '{self.name}' is damaged: its part {part} is missing",
                    self.at,
                    _RESAVE,
                )
            try:
                parser = etree.XMLParser(resolve_entities=False, no_network=True)
                self._trees[part] = etree.fromstring(self.parts[part], parser)
            except etree.XMLSyntaxError as error:
                message = f"the template '{self.name}' is damaged: its part {part} is not well-formed"
                raise fail("corporate-unusable", message, self.at, _RESAVE) from error
        return self._trees[part]

    def relations(self, part: str) -> dict[str, Relation]:
        """The part's relationships by id; "" asks for the package's own."""
        if part not in self._relations:
            folder, _, file = part.rpartition("/")
            source = posixpath.join(folder, "_rels", f"{file}.rels")
            out: dict[str, Relation] = {}
            for item in self.xml(source) if source in self.parts else ():
                target, outside = item.get("Target", ""), item.get("TargetMode") == "External"
                if not outside:
                    target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                out[item.get("Id", "")] = Relation(item.get("Type", "").rpartition("/")[2], target, outside)
            self._relations[part] = out
        return self._relations[part]

    def related(self, part: str, kind: str) -> list[str]:
        """The names of the parts that a part refers to in that way."""
        return [r.target for r in self.relations(part).values() if r.kind == kind and not r.outside]

    @property
    def main(self) -> str:
        """The name of the presentation's part."""
        return self.related("", "officeDocument")[0]

    def masters(self) -> list[str]:
        """The names of the slide masters, in PowerPoint's order."""
        relations = self.relations(self.main)
        ids = self.xml(self.main).iterfind("p:sldMasterIdLst/p:sldMasterId", NS)
        return [relations[i.get(f"{REL}id")].target for i in ids if i.get(f"{REL}id") in relations]

    def layouts(self, master: str) -> list[str]:
        """The names of a master's layouts, in PowerPoint's order."""
        relations = self.relations(master)
        ids = self.xml(master).iterfind("p:sldLayoutIdLst/p:sldLayoutId", NS)
        found = [relations[i.get(f"{REL}id")].target for i in ids if i.get(f"{REL}id") in relations]
        return [part for part in found if part in self.parts]


def read_package(path: Path, at: Position | None) -> Package:
    """The template at the path. DeckError, with the reason and what to do, for one that cannot be used."""
    name = path.name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise fail("file-unreadable", f"the template '{name}' cannot be read: {error.strerror or error}", at) from error
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            hint = "in PowerPoint: File, Info, Protect Presentation, Encrypt with Password; empty the box, and save"
            raise fail("corporate-unusable", f"the template '{name}' is protected by a password", at, hint)
        raise fail("corporate-unusable", f"the template '{name}' is in PowerPoint's format of before 2007", at, _RESAVE)
    parts = _unpacked(data, name, at)
    if parts.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument"):
        raise fail(
            "corporate-unusable",
            f"the template '{name}' is an OpenDocument file",
            at,
            "save it as .pptx, in LibreOffice for example",
        )
    if "[Content_Types].xml" not in parts:
        raise fail("corporate-unusable", f"the template '{name}' is no PowerPoint file", at, _RESAVE)
    package = Package(parts, name, at)
    mains = package.related("", "officeDocument")
    if not mains or mains[0] not in parts:
        raise fail(
            "corporate-unusable", f"the template '{name}' is no PowerPoint file: it holds no presentation", at, _RESAVE
        )
    if _STRICT in parts[mains[0]]:
        hint = "open it in PowerPoint and save it as PowerPoint Presentation, not as Strict Open XML Presentation"
        raise fail(
            "corporate-unusable", f"the template '{name}' is saved in the strict variant of its format", at, hint
        )
    if package.xml(mains[0]).tag != f"{{{NS['p']}}}presentation":
        raise fail(
            "corporate-unusable",
            f"the template '{name}' is no presentation but another kind of Office file",
            at,
            "take a .pptx",
        )
    macros = b"macroEnabled" in parts["[Content_Types].xml"] or any(p.endswith("vbaProject.bin") for p in parts)
    if macros:
        hint = "decks must not carry programs: save it as .pptx or .potx, which leaves the macros out"
        raise fail("corporate-unusable", f"the template '{name}' holds macros", at, hint)
    if not any(package.layouts(master) for master in package.masters()):
        raise fail(
            "corporate-unusable",
            f"the template '{name}' has no slide layouts",
            at,
            "take a file that was made in PowerPoint",
        )
    return package


def _unpacked(data: bytes, name: str, at: Position | None) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            if sum(item.file_size for item in file.infolist()) > _MOST_BYTES:
                raise fail(
                    "file-too-large",
                    f"the template '{name}' is larger than 500 MB when unpacked",
                    at,
                    "compress its pictures",
                )
            return {item.filename.lstrip("/"): file.read(item) for item in file.infolist() if not item.is_dir()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        hint = "copy it again from where it came from, or open it in PowerPoint and save it"
        raise fail("corporate-unusable", f"the template '{name}' is damaged or no PowerPoint file", at, hint) from error
