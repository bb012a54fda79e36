"""A package as a zip file whose bytes depend on its contents only."""

from __future__ import annotations

import io
import posixpath
import zipfile

from lxml import etree

from deckbuilder.ooxml.package import Package, Part, Relations
from deckbuilder.ooxml.types import CONTENT_TYPES, DEFAULTS, RELATIONSHIPS
from deckbuilder.ooxml.xml import serialised

_STORED = (".png", ".jpg", ".jpeg", ".xlsx")  # compressed in themselves
_EPOCH = (1980, 1, 1, 0, 0, 0)


def zipped(package: Package) -> bytes:
    """The zip file: the types of parts, then what can be reached, each part before its relationships."""
    parts = package.walk()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:

        def write(name: str, data: bytes) -> None:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 0
            stored = posixpath.splitext(name)[1].lower() in _STORED
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            out.writestr(entry, data)

        write("[Content_Types].xml", _content_types(parts))
        write("_rels/.rels", _relationships(package.relations, ""))
        for part in parts:
            write(part.name, part.data)
            if part.relations:
                folder, file = posixpath.split(part.name)
                write(posixpath.join(folder, "_rels", f"{file}.rels"), _relationships(part.relations, folder))
    return buffer.getvalue()


def _content_types(parts: list[Part]) -> bytes:
    endings = {"rels", "xml"}
    overrides: dict[str, str] = {}
    for part in parts:
        ending = posixpath.splitext(part.name)[1].lstrip(".").lower()
        if DEFAULTS.get(ending) == part.content_type:
            endings.add(ending)
        else:
            overrides[f"/{part.name}"] = part.content_type
    root = etree.Element(f"{{{CONTENT_TYPES}}}Types", nsmap={None: CONTENT_TYPES})
    for ending in sorted(endings):
        etree.SubElement(root, f"{{{CONTENT_TYPES}}}Default", Extension=ending, ContentType=DEFAULTS[ending])
    for name, content_type in sorted(overrides.items()):
        etree.SubElement(root, f"{{{CONTENT_TYPES}}}Override", PartName=name, ContentType=content_type)
    return serialised(root)


def _relationships(relations: Relations, folder: str) -> bytes:
    """The relationships of a part in that folder, in the order of their numbers."""

    def order(key: str) -> tuple[int, str]:
        number = key.removeprefix("rId")
        return (int(number) if key.startswith("rId") and number.isdecimal() else 0, key)

    root = etree.Element(f"{{{RELATIONSHIPS}}}Relationships", nsmap={None: RELATIONSHIPS})
    for key in sorted((key for key, _ in relations.items()), key=order):
        relation = relations[key]
        target = relation.target
        if not relation.outside:
            target = posixpath.relpath(f"/{target}", f"/{folder}") if folder else target
        entry = etree.SubElement(root, f"{{{RELATIONSHIPS}}}Relationship", Id=key, Type=relation.type, Target=target)
        if relation.outside:
            entry.set("TargetMode", "External")
    return serialised(root)
