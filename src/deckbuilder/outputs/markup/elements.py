"""The words of the document markup: which elements there are, where they stand, what they take.

`docs/markup.md` explains each. `checked` finds everything in a rendered document that means
nothing, so that a mistake in a template is told with the template's file and line before
anything is set.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal
from xml.etree import ElementTree

from deckbuilder.content.links import LONGEST
from deckbuilder.diagnostics import Diagnostics, near_word
from deckbuilder.source import Position

Content = Literal["blocks", "inline", "items", "cells", "rows", "columns", "words", "nothing"]
Value = (
    Literal["words", "address", "number", "count", "fill", "widths", "color", "style", "slide", "chart", "picture"]
    | tuple[str, ...]
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_DEEPEST = 40  # elements within elements
_MOST = 9999  # of what is counted
PLACE = "_at"  # the attribute in which rendering leaves an element's place in its template


@dataclass(frozen=True)
class Element:
    """What an element holds, and the attributes that it takes; those in `needs` it cannot do without."""

    content: Content
    attributes: dict[str, Value] = field(default_factory=dict)
    needs: tuple[str, ...] = ()


def _block(content: Content, attributes: dict[str, Value], needs: tuple[str, ...] = ()) -> Element:
    """A block that can be held to the one before it."""
    return Element(content, {**attributes, "with": ("previous",), "lang": "words"}, needs)


_CUES = ("say", "do", "ask", "listen_for", "transition", "debrief", "virtual", "note")
_HEADING = _block("inline", {"bookmark": "words", "class": "style"})

BLOCKS: dict[str, Element] = {
    "p": _block("inline", {"class": "style"}),
    "h1": _HEADING,
    "h2": _HEADING,
    "h3": _HEADING,
    "ul": _block("items", {"class": "style", "marker": ("tick",)}),
    "ol": _block("items", {"class": "style", "start": "count"}),
    "box": _block("blocks", {"class": ("panel", "rule", "card"), "color": "color"}),
    "row": _block("cells", {"widths": "widths", "gap": "number", "after": "number", "last": "count"}),
    "table": _block("rows", {"widths": "widths", "pad": "number"}),
    "cue": _block("blocks", {"kind": _CUES, "label": "words"}, ("kind", "label")),
    "keep": _block("blocks", {"most": "number"}),
    "figure": _block("blocks", {"src": "picture", "width": "number", "height": "number", "alt": "words"}, ("src",)),
    "thumbnail": _block("nothing", {"slide": "slide", "width": "number"}, ("slide",)),
    "chart": _block("nothing", {"slide": "chart", "width": "number", "height": "number"}, ("slide",)),
    "lines": _block("nothing", {"count": "fill", "leave": "number"}),
    "qr": _block("nothing", {"href": "address"}, ("href",)),
    "logos": _block("nothing", {"height": "number"}),
    "rule": _block("nothing", {"color": "color", "thickness": "number", "width": "number"}),
    "mark": Element("nothing", {"name": "words"}, ("name",)),
    "space": Element("nothing", {"height": "number"}),
    "need": Element("nothing", {"height": "number", "side": ("right",)}),
    "pagebreak": Element("nothing"),
}
INLINE: dict[str, Element] = {
    "b": Element("inline"),
    "i": Element("inline"),
    "sup": Element("inline"),
    "sub": Element("inline"),
    "code": Element("inline"),
    "a": Element("inline", {"href": "words"}, ("href",)),
    "span": Element("inline", {"class": "color", "lang": "words"}),
    "caps": Element("inline"),
    "gap": Element("words"),
    "br": Element("nothing"),
}
_LISTS = {name: BLOCKS[name] for name in ("ul", "ol")}
INSIDE: dict[Content, dict[str, Element]] = {
    "blocks": BLOCKS,
    "inline": INLINE,
    "items": {"li": Element("inline", {"value": "count", "lang": "words"})},
    "cells": {"cell": Element("blocks")},
    "rows": {"head": Element("columns"), "row": Element("columns", {"class": ("group", "total")})},
    "columns": {name: Element("inline", {"class": ("number",), "lang": "words"}) for name in ("th", "td")},
    "words": {},
    "nothing": {},
}
"""What may stand directly in an element, by what it holds. List items hold further lists as well."""


# What other languages call it.
_ELSEWHERE = {
    "para": "p",
    "strong": "b",
    "em": "i",
    "img": "figure",
    "div": "box",
    "hr": "rule",
    "tr": "row",
    "section": "keep",
}


@dataclass(frozen=True)
class Names:
    """What attributes may refer to."""

    styles: Collection[str]
    colors: Collection[str]
    pictures: Collection[str]
    slides: Collection[int]
    charts: Collection[int]


def checked(
    rendered: str, names: Names, place: Callable[[str], Position], start: Position, problems: Diagnostics
) -> str:
    """The markup, its elements still with the marks of their places.

    `place` turns such a mark into a position; `start` is where the template begins. Everything
    that means nothing is reported as an error, where its template has it.
    """
    root = _parsed(rendered, place, start, problems)
    if root is not None:
        check = _Check(names, place, problems)
        if not check.too_deep(root):
            check.document(root)
    return rendered


def _parsed(
    rendered: str, place: Callable[[str], Position], start: Position, problems: Diagnostics
) -> ElementTree.Element | None:
    """The root; None, with an error, where the markup is not well formed."""
    if odd := _SURROGATE.search(rendered):
        at = _place_before(rendered[: odd.start()], place) or start
        problems.error("template-markup", f"U+{ord(odd[0]):04X} is no character", at, "write the character itself")
        return None
    parser: Any = ElementTree.XMLPullParser(["start", "end"])
    opened: list[ElementTree.Element] = []

    def follow() -> None:
        for event, element in parser.read_events():
            if event == "start":
                opened.append(element)
            else:
                opened.pop()

    try:
        parser.feed(rendered)
        follow()
        parser.close()
        return ElementTree.fromstring(rendered)
    except ElementTree.ParseError as error:
        follow()
        line, column = error.position
        lines = rendered.split("\n")
        before = "\n".join([*lines[: line - 1], lines[line - 1][:column]]) if line <= len(lines) else rendered
        at = _place_before(before, place) or start
        message, hint = str(error).partition(":")[0], "each <element> needs its </element>, and & is written &amp;"
        rest = lines[line - 1][column:] if line <= len(lines) else ""
        found = re.search(r"</([\w-]+)\s*>?$", before + re.match(r"[^>]*", rest)[0])  # type: ignore[index]
        if "mismatched tag" in message and opened:
            inner = opened[-1]
            message = f"</{found[1]}> stands where </{inner.tag}> is needed" if found else message
            if PLACE in inner.attrib:
                at, hint = place(inner.attrib[PLACE]), f"close <{inner.tag}>, which begins here"
        elif "no element found" in message and opened:
            inner = opened[-1]
            message, hint = f"<{inner.tag}> is not closed", f"add </{inner.tag}>"
            at = place(inner.attrib[PLACE]) if PLACE in inner.attrib else at
        problems.error("template-markup", f"the markup is broken: {message}", at, hint)
        return None


def _place_before(markup: str, place: Callable[[str], Position]) -> Position | None:
    """The place of the last element that begins in the markup; None where none does."""
    marks = re.findall(rf' {PLACE}="([^"]*)"', markup)
    return place(marks[-1]) if marks else None


class _Check:
    def __init__(self, names: Names, place: Callable[[str], Position], problems: Diagnostics) -> None:
        self.names = names
        self.place = place
        self.problems = problems
        self.mark: str | None = None  # of the last element that had one: filters make some without

    def too_deep(self, root: ElementTree.Element) -> bool:
        """Whether elements stand in one another deeper than they can be set; the first is reported."""
        waiting = [(root, 0)]
        while waiting:
            element, depth = waiting.pop()
            self.mark = element.attrib.get(PLACE, self.mark)
            if depth > _DEEPEST:
                self._error(f"<{element.tag}> stands in {depth} others", f"up to {_DEEPEST} can be set")
                return True
            waiting += [(child, depth + 1) for child in reversed(element)]
        self.mark = None
        return False

    def document(self, root: ElementTree.Element) -> None:
        self._arrive(root)
        if root.tag != "document":
            self._error(f"the document begins with <{root.tag}>", "put <document> around everything")
            return
        self._inside(root, "blocks", root.tag)

    def _arrive(self, element: ElementTree.Element) -> None:
        self.mark = element.attrib.pop(PLACE, self.mark)

    def _error(self, message: str, hint: str | None = None) -> None:
        self.problems.error("template-markup", message, self.place(self.mark) if self.mark else None, hint)

    def _inside(self, parent: ElementTree.Element, content: Content, name: str) -> None:
        known = INSIDE[content] | (_LISTS if name == "li" else {})
        if content not in ("inline", "words"):
            self._no_text(parent.text, name)
        for child in parent:
            self._arrive(child)
            element = known.get(child.tag)
            if element is None:
                self._stray(child.tag, name, known)
            else:
                self._attributes(child, element)
                if element.content in ("cells", "rows"):
                    self._columns(child)
                self._inside(child, element.content, child.tag)
            if content not in ("inline", "words"):
                self._no_text(child.tail, name)

    def _no_text(self, text: str | None, name: str) -> None:
        if (text or "").strip():
            shown = (text or "").strip()[:40]
            self._error(f"text stands directly in <{name}>: '{shown}'", "put it into a <p>")

    def _stray(self, tag: str, name: str, known: Collection[str]) -> None:
        everywhere = {t for inner in INSIDE.values() for t in inner}
        if tag in everywhere:
            self._error(f"<{tag}> has no place in <{name}>", _listed("here may stand", known) or f"<{name}> is empty")
        else:
            near = near_word(_ELSEWHERE.get(tag, tag), known or everywhere)
            self._error(f"there is no element <{tag}>", near or _listed("here may stand", known))

    def _attributes(self, child: ElementTree.Element, element: Element) -> None:
        for key, value in child.attrib.items():
            kind = element.attributes.get(key)
            if kind is None:
                near = near_word(key, element.attributes) or _plain_listed("it takes", element.attributes)
                self._error(f"<{child.tag}> has no attribute '{key}'", near)
            elif said := self._wrong(value, kind):
                self._error(f"'{key}' of <{child.tag}> {said[0]}", said[1])
        for key in element.needs:
            if key not in child.attrib:
                self._error(f"<{child.tag}> needs '{key}'")

    def _wrong(self, value: str, kind: Value) -> tuple[str, str | None] | None:
        """What is wrong with an attribute's value, and a hint; None where nothing is."""
        if isinstance(kind, tuple):
            return None if value in kind else (f"cannot be '{value}'", near_word(value, kind) or _one_of(kind))
        match kind:
            case "number":
                return None if _is_number(value) else (f"should be a number of points, not '{value}'", None)
            case "count" | "fill":
                known = _is_count(value) or (kind == "fill" and value == "fill")
                return None if known else (f"should be a whole number up to {_MOST}, not '{_short(value)}'", None)
            case "widths":
                wrong = [w for w in value.split() if w != "*" and not _is_number(w)]
                return (f"cannot hold '{wrong[0]}'", "points, or * for a share of the rest") if wrong else None
            case "color":
                return self._named(value, self.names.colors, "colour")
            case "style":
                return self._named(value, self.names.styles, "class")
            case "picture":
                return self._named(value, self.names.pictures, "picture of the deck")
            case "slide":
                known = _is_count(value) and int(value) in self.names.slides
                return None if known else (f"is no slide's number: '{_short(value)}'", None)
            case "chart":
                known = _is_count(value) and int(value) in self.names.charts
                return None if known else (f"is no number of a slide with a chart: '{_short(value)}'", None)
            case "address":
                known = len(value.encode()) <= LONGEST
                return None if known else (f"is longer than {LONGEST:,} bytes: no QR code holds it", None)
            case _:
                return None

    def _named(self, value: str, known: Collection[str], noun: str) -> tuple[str, str | None] | None:
        if value in known:
            return None
        return f"names no {noun}: '{value}'", near_word(value, known) or _one_of(known)

    def _columns(self, child: ElementTree.Element) -> None:
        given = child.get("widths", "").split()
        count = len(child) if child.tag == "row" else max((len(row) for row in child), default=0)
        if not count:
            self._error(f"<{child.tag}> has no cells", "put one in, or leave it out")
        elif given and len(given) != count:
            self._error(f"<{child.tag}> has {len(given)} widths and {count} columns", "one for each, or none at all")


def _is_count(value: str) -> bool:
    """Whether int() takes it, and it is not too large: str.isdigit alone lets "²" through."""
    return value.isascii() and value.isdigit() and len(value) <= len(str(_MOST))


def _short(value: str) -> str:
    return value if len(value) <= 40 else f"{value[:39]}…"


def _is_number(value: str) -> bool:
    try:
        return 0 <= float(value) < 5000
    except ValueError:
        return False


def _one_of(known: Collection[str]) -> str:
    return f"one of: {', '.join(sorted(known))}"


def _listed(words: str, known: Collection[str]) -> str | None:
    return f"{words}: {', '.join(f'<{name}>' for name in known)}" if known else None


def _plain_listed(words: str, known: Collection[str]) -> str:
    return f"{words}: {', '.join(known)}" if known else "it takes none"


def elements() -> Iterator[tuple[str, Element]]:
    """Every element there is, with its name; one that stands in two places comes twice."""
    for inner in INSIDE.values():
        yield from inner.items()
