"""XLIFF 1.2 (OASIS), which translation agencies exchange: a catalog out, and translations in."""

from __future__ import annotations

import hashlib
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from lxml import etree

from deckbuilder.diagnostics import fail
from deckbuilder.ooxml.xml import parse

_NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"


def write_xliff(catalog: Catalog, source: str, target: str, original: str, path: Path) -> None:
    """Writes the texts of a catalog, with what is translated. `source` and `target` are language tags, `original` is what the
    deck's file is called. Raises DeckError where that fails."""
    root = etree.Element(f"{{{_NAMESPACE}}}xliff", {"version": "1.2"}, {None: _NAMESPACE})
    attributes = {"original": original, "source-language": source, "target-language": target, "datatype": "plaintext"}
    body = etree.SubElement(etree.SubElement(root, f"{{{_NAMESPACE}}}file", attributes), f"{{{_NAMESPACE}}}body")
    for message in catalog:
        if not message.id:
            continue
        about = {
            "id": _key(message),
            "resname": message.context or "",
            "{http://www.w3.org/XML/1998/namespace}space": "preserve",
        }
        if "no-translate" in message.flags:
            about["translate"] = "no"
        unit = etree.SubElement(body, f"{{{_NAMESPACE}}}trans-unit", about)
        etree.SubElement(unit, f"{{{_NAMESPACE}}}source").text = str(message.id)
        if message.string:
            state = "needs-review-translation" if "fuzzy" in message.flags else "translated"
            etree.SubElement(unit, f"{{{_NAMESPACE}}}target", {"state": state}).text = str(message.string)
        for comment in message.auto_comments:
            etree.SubElement(unit, f"{{{_NAMESPACE}}}note", {"from": "developer"}).text = comment
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise fail("output-unwritable", f"{path} cannot be written: {error.strerror or error}") from error


def read_xliff(path: Path, catalog: Catalog) -> int:
    """Takes a file's translations into the catalog, and returns how many there were. Texts that the catalog does not have are
    left out: the deck has changed since. Raises DeckError for a file that cannot be read."""
    try:
        root = parse(path.read_bytes())
    except FileNotFoundError as error:
        hint = "'deckbuilder translate DECK --format xliff' writes such files"
        raise fail("file-missing", f"there is no file {path}", None, hint) from error
    except OSError as error:
        raise fail("translation-file", f"{path} cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise fail("translation-file", f"{path} {error}", None, "is it an XLIFF 1.2 file?") from error
    if etree.QName(root).localname != "xliff":
        raise fail("translation-file", f"{path} is no XLIFF file", None, "give what came back of locales/LANGUAGE.xlf")
    known = {_key(message): message for message in catalog if message.id}
    count = 0
    for unit in root.iter("{*}trans-unit"):
        message, target = known.get(unit.get("id", "")), unit.find("{*}target")
        words = "".join(target.itertext()) if target is not None else ""
        if message is None or not words.strip():
            continue
        if "".join(unit.find("{*}source").itertext()) != str(message.id):
            continue
        message.string = words
        message.flags.discard("fuzzy")
        if str(target.get("state", "translated")).startswith("needs-"):
            message.flags.add("fuzzy")
        count += 1
    return count


def _key(message: Message) -> str:
    return hashlib.sha256(f"{message.context}\4{message.id}".encode()).hexdigest()[:16]
