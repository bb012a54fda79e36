"""The elements of the document markup, as data: which there are, where they stand, what they take. `docs/markup.md`
explains each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Literal

from deckbuilder.frozen import dataclass

Content = Literal["blocks", "inline", "items", "cells", "rows", "columns", "words", "nothing"]
Kind = Literal[
    "formula",
    "gap",
    "words",
    "address",
    "anchor",
    "number",
    "count",
    "fill",
    "widths",
    "color",
    "style",
    "slide",
    "chart",
    "picture",
]
Value = Kind | tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """What an element holds, and the attributes that it takes; those in `needs` it cannot do without."""

    content: Content
    attributes: dict[str, Value] = field(default_factory=dict)
    needs: tuple[str, ...] = ()


def _block(content: Content, attributes: dict[str, Value], needs: tuple[str, ...] = ()) -> Form:
    """A block that can be held to the one before it."""
    return Form(content, {**attributes, "with": ("previous",), "lang": "words"}, needs)


_CUES = ("say", "do", "ask", "listen_for", "transition", "debrief", "virtual", "note")
_HEADING = _block("inline", {"bookmark": "words", "class": "style"})

BLOCKS: dict[str, Form] = {
    "p": _block("inline", {"class": "style"}),
    "h1": _HEADING,
    "h2": _HEADING,
    "h3": _HEADING,
    "ul": _block("items", {"class": "style", "marker": ("tick",)}),
    "ol": _block("items", {"class": "style", "start": "count", "marker": ("letter",)}),
    "box": _block("blocks", {"class": ("panel", "rule", "card"), "color": "color"}),
    "row": _block(
        "cells", {"widths": "widths", "gap": "number", "after": "number", "last": "count", "class": ("grid",)}
    ),
    "table": _block("rows", {"widths": "widths", "pad": "number"}),
    "cue": _block("blocks", {"kind": _CUES, "label": "words"}, ("kind", "label")),
    "aside": _block("cells", {"width": "number", "gap": "number", "side": ("right",)}),
    "keep": _block("blocks", {"most": "number", "continued": "words"}),
    "figure": _block("blocks", {"src": "picture", "width": "number", "height": "number", "alt": "words"}, ("src",)),
    "thumbnail": _block("nothing", {"slide": "slide", "width": "number"}, ("slide",)),
    "chart": _block("nothing", {"slide": "chart", "width": "number", "height": "number"}, ("slide",)),
    "lines": _block("nothing", {"count": "fill", "leave": "number", "least": "count"}),
    "qr": _block("nothing", {"href": "address"}, ("href",)),
    "logos": _block("nothing", {"height": "number"}),
    "rule": _block("nothing", {"color": "color", "thickness": "number", "width": "number"}),
    "anchor": Form("nothing", {"name": "words"}, ("name",)),
    "addresses": Form("blocks"),
    "space": Form("nothing", {"height": "number"}),
    "need": Form("nothing", {"height": "number", "side": ("right",)}),
    "pagebreak": Form("nothing"),
}
INLINE: dict[str, Form] = {
    "b": Form("inline"),
    "i": Form("inline"),
    "sup": Form("inline"),
    "sub": Form("inline"),
    "code": Form("inline"),
    "a": Form("inline", {"href": "words"}, ("href",)),
    "span": Form("inline", {"class": "color", "lang": "words"}),
    "caps": Form("inline"),
    "gap": Form("words"),
    "formula": Form("words", {"tex": "formula", "display": ("block",)}, ("tex",)),
    "br": Form("nothing"),
}
LISTS = {name: BLOCKS[name] for name in ("ul", "ol")}
INSIDE: dict[Content, dict[str, Form]] = {
    "blocks": BLOCKS,
    "inline": INLINE,
    "items": {"li": Form("inline", {"value": "count", "lang": "words"})},
    "cells": {"cell": Form("blocks")},
    "rows": {"head": Form("columns"), "row": Form("columns", {"class": ("group", "total")})},
    "columns": {
        "th": Form("inline", {"class": ("number",), "lang": "words", "page": "anchor"}),
        "td": Form("inline", {"class": ("number",), "lang": "words", "page": "anchor", "lines": "count"}),
    },
    "words": {},
    "nothing": {},
}
"""What may stand directly in an element, by what it holds. List items hold further lists (`LISTS`) as well."""

STYLES = (
    *("p", "title", "subtitle", "eyebrow", "h1", "h2", "h3", "slide-title", "lead", "quote", "question", "clip-head"),
    *("by", "small", "caption", "label", "li", "cue", "cue-label", "cell", "head", "number", "headnumber"),
)
"""What a `class` of words may be. Whoever sets documents has a style for each."""


def elements() -> Iterator[tuple[str, Form]]:
    """Every element there is, with its form; one that stands in two places comes twice."""
    for inner in INSIDE.values():
        yield from inner.items()
