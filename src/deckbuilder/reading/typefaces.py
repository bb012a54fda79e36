"""The typefaces that drawings name, as those that come with deckbuilder.

A drawing's words look the same on every machine only where they are set in fonts that every machine has.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from deckbuilder.reading.drawing import MONO, SANS, SERIF

_OURS = {
    "carlito": "Carlito",
    "calibri": "Carlito",
    "gelasio": SERIF,
    "georgia": SERIF,
    "verdana": "DejaVu Sans",
    "dejavu sans": "DejaVu Sans",
    "bitstream vera sans": "DejaVu Sans",
    "liberation sans": SANS,
    "arial": SANS,
    "helvetica": SANS,
    "sans-serif": SANS,
    "serif": SERIF,
    "monospace": MONO,
}
_MONO = re.compile(r"mono|courier|consol|code|menlo|typewriter", re.IGNORECASE)
_SERIF = re.compile(r"(?<!sans-)(?<!sans )serif|times|roman|georgia|garamond|palatino|cambria|slab", re.IGNORECASE)
_FAMILY = re.compile(r"(font-family\s*:\s*)([^;}]+)", re.IGNORECASE)
_FONT = re.compile(r"(\bfont\s*:[^;}\d]*\d[\w.%]*(?:/\S+)?\s+)([^;}]+)", re.IGNORECASE)


def our_typefaces(root: Element) -> None:
    """Names our typefaces in the drawing, for those that it asks for."""
    for element in root.iter():
        if "font-family" in element.attrib:
            element.set("font-family", _ours(element.get("font-family", "")))
        if "style" in element.attrib:
            element.set("style", _in_css(element.get("style", ""), "'"))
        if str(element.tag).endswith("}style") and element.text:
            element.text = _in_css(element.text, '"')


def _in_css(text: str, quote: str) -> str:
    for pattern in (_FAMILY, _FONT):
        text = pattern.sub(lambda found: f"{found[1]}{quote}{_ours(found[2])}{quote}", text)
    return text


def _ours(families: str) -> str:
    """Ours for a list of families: the first that we know, else one of the same sort."""
    names = [name.strip(" \t\r\n'\"").lower() for name in families.replace("!important", "").split(",")]
    for name in names:
        if name in _OURS and name not in ("sans-serif", "serif", "monospace"):
            return _OURS[name]
    if any(_MONO.search(name) for name in names):
        return MONO
    return SERIF if any(_SERIF.search(name) for name in names) else SANS
