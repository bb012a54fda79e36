"""XML as parts have it: parsed within bounds, written in one form, and escaped where it is made of text."""

from __future__ import annotations

import html
import re
from typing import Any

from lxml import etree

from deckbuilder.ooxml.types import NS

NAMESPACES = " ".join(f'xmlns:{prefix}="{NS[prefix]}"' for prefix in ("a", "r", "p"))
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

MOST_XML = (
    32_000_000  # bytes of one part: a drawing of a map has a tenth of it, and as a tree it takes twenty times that
)
DEEPEST = 128  # elements within one another: a slide has a dozen, and one more for each group in a group
_TOO_DEEP = etree.XPath("/*" * (DEEPEST + 1))
# Attributes that are whole numbers, and that we reckon with.
_WHOLE = etree.XPath(
    "//a:off/@*|//a:chOff/@*|//a:chExt/@*|//a:ext/@cx|//a:ext/@cy|//p:sldSz/@cx|//p:sldSz/@cy|//@rot|//p:ph/@idx|//@lvl"
    "|//a:lnRef/@idx|//a:fillRef/@idx|//a:effectRef/@idx|//p:bgRef/@idx|//a:gs/@pos|//a:lin/@ang|//a:ln/@w|//a:hsl/@hue"
    "|//a:srcRect/@*|//a:fillRect/@*|//a:rPr/@sz|//a:defRPr/@sz|//@marL|//@indent|//a:bodyPr/@*[contains(name(), 'Ins')]",
    namespaces=NS,
)
_NUMBER = re.compile(r"[-+]?[0-9]{1,19}")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Parsers make spaces of them where they stand in attributes as such (XML 1.0, 3.3.3).
_WITHIN_TAGS = {ord(blank): f"&#{ord(blank)};" for blank in "\t\n\r"}


class Malformed(ValueError):
    """XML that is not well-formed, or that no Office program writes; the message says which of these."""


def parse(data: bytes | str) -> Any:
    """The root element, without the white space that only lays out XML. Malformed for what is not well-formed, is too
    large or too deep, or has a document type: Office allows none (ECMA-376 part 2, 8.1.4), and entities stand there."""
    data = data.encode("utf-8") if isinstance(data, str) else data
    if len(data) > MOST_XML:
        raise Malformed(f"is larger than {MOST_XML // 1_000_000} MB")
    # A parser each time: they are not to be shared between threads.
    parser = etree.XMLParser(remove_blank_text=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Malformed("is not well-formed") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Malformed("declares a document type, which Office files must not")
    if _TOO_DEEP(root):
        raise Malformed(f"has more than {DEEPEST} elements within one another")
    return root


def check_numbers(root: Any) -> None:
    """Malformed where something else stands in an attribute that holds a whole number."""
    for value in _WHOLE(root):
        if not _NUMBER.fullmatch(value):
            raise Malformed(f'says {value.attrname}="{value[:20]}", where Office has a whole number')


def serialised(root: Any) -> bytes:
    """The element as a part's bytes."""
    return bytes(etree.tostring(root, encoding="UTF-8", standalone=True))


def text(value: str) -> str:
    """Character data: escaped, without the control characters that XML 1.0 forbids."""
    return html.escape(_FORBIDDEN.sub("", value), quote=False)


def attribute(value: str) -> str:
    """An attribute's value with its quotation marks."""
    escaped = text(value).translate(_WITHIN_TAGS)
    return f"'{escaped}'" if '"' in escaped and "'" not in escaped else '"' + escaped.replace('"', "&quot;") + '"'
