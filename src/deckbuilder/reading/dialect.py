"""What a drawing says that its renderer does not know, said as it does: typefaces, and colours in CSS's newer form.

A drawing's words look the same on every machine only where they are set in fonts that every machine has: those that come
with deckbuilder.
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
_NEWER = re.compile(r"rgba?\(\s*(\d+)\s+(\d+)\s+(\d+)\s*(?:/\s*(\d+\.?\d*%?|\.\d+%?)\s*)?\)", re.IGNORECASE)


def in_dialect(root: Element) -> None:
    """Names our typefaces for those that the drawing asks for, and colours as `rgba(1,2,3,0.5)`."""
    for element in root.iter():
        if "font-family" in element.attrib:
            element.set("font-family", _ours(element.get("font-family", "")))
        if "style" in element.attrib:
            element.set("style", _typefaces(element.get("style", ""), "'"))
        for key, value in element.attrib.items():
            if "rgb" in value:
                element.set(key, _colours(value))
        if str(element.tag).endswith("}style") and element.text:
            element.text = _colours(_typefaces(element.text, '"'))


def _colours(text: str) -> str:
    def older(found: re.Match[str]) -> str:
        share = found[4] or "1"
        return f"rgba({found[1]},{found[2]},{found[3]},{float(share.rstrip('%')) / (100 if '%' in share else 1):g})"

    return _NEWER.sub(older, text)


def _typefaces(text: str, quote: str) -> str:
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
