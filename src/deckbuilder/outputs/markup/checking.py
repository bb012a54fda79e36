"""Rendered markup, parsed and checked.

`checked` finds everything in a rendered document that means nothing, so that a mistake in a template is told
with the template's file and line before anything is set.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any
from xml.etree import ElementTree

from pydantic_core import PydanticCustomError

from deckbuilder import renamed
from deckbuilder.content.formulas.tex import read_formula
from deckbuilder.content.links import LONGEST
from deckbuilder.diagnostics import Diagnostics, near_word
from deckbuilder.frozen import dataclass
from deckbuilder.outputs.markup.elements import INSIDE, LISTS, STYLES, Content, Form, Value
from deckbuilder.outputs.tree import GAP, Element, anchors_of
from deckbuilder.source import Position

_SURROGATE = re.compile("[\ud800-\udfff]")
_DEEPEST = 40  # elements within elements
_MOST = 9999  # of what is counted
PLACE = "_at"  # the attribute in which rendering leaves an element's place in its template

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
    """What attributes may refer to; `gaps` is how many the deck has, numbered from 1."""

    colors: Collection[str]
    pictures: Collection[str]
    slides: Collection[int]
    charts: Collection[int]
    gaps: int = 0


def checked(
    rendered: str, names: Names | None, place: Callable[[str], Position], start: Position, problems: Diagnostics
) -> Element | None:
    """The document that a template rendered; None, with errors, where it holds what means nothing. `names` are those that
    it may call things by; None where something was missing, so that values and empty tables say nothing.

    Everything of that kind is reported where its template has it: `place` turns what rendering left in an element (in
    its attribute `PLACE`) into a position; `start` is where the template begins.
    """
    root = _parsed(rendered, place, start, problems)
    if root is None:
        return None
    check = _Check(names, place, problems)
    return None if check.too_deep(root) else check.document(root)


def _parsed(
    rendered: str, place: Callable[[str], Position], start: Position, problems: Diagnostics
) -> ElementTree.Element | None:
    """The root; None, with an error, where the markup is not well formed."""
    if odd := _SURROGATE.search(rendered):
        at = _place_before(rendered[: odd.start()], place) or start
        problems.error("template-markup", f"U+{ord(odd[0]):04X} is no character", at, "write the character itself")
        return None
    parser: Any = ElementTree.XMLPullParser(["start", "end"])
    root: ElementTree.Element | None = None
    opened: list[ElementTree.Element] = []

    def follow() -> None:
        nonlocal root
        for event, element in parser.read_events():
            if event == "start":
                root = element if root is None else root
                opened.append(element)
            else:
                opened.pop()

    try:
        parser.feed(rendered)
        follow()
        parser.close()
        return root
    except ElementTree.ParseError as error:
        follow()
        _report_broken(rendered, error, opened, place, start, problems)
        return None


def _report_broken(
    rendered: str,
    error: ElementTree.ParseError,
    opened: Sequence[ElementTree.Element],
    place: Callable[[str], Position],
    start: Position,
    problems: Diagnostics,
) -> None:
    """Reports markup that is not well formed; `opened` are the elements that it is in, outermost first."""
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


def _place_before(markup: str, place: Callable[[str], Position]) -> Position | None:
    """The place of the last element that begins in the markup; None where none does."""
    marks = re.findall(rf' {PLACE}="([^"]*)"', markup)
    return place(marks[-1]) if marks else None


class _Check:
    """Checks a document, and makes the tree of it."""

    def __init__(self, names: Names | None, place: Callable[[str], Position], problems: Diagnostics) -> None:
        self.names = names
        self.place = place
        self.problems = problems
        self.at: Position | None = None  # of the last element that had a place: filters make some without
        self.sound = True
        self.asked: list[tuple[str, Position | None]] = []  # marks whose pages cells show

    def too_deep(self, root: ElementTree.Element) -> bool:
        """Whether elements stand in one another deeper than they can be set; the first is reported."""
        waiting = [(root, 0)]
        while waiting:
            element, depth = waiting.pop()
            if depth > _DEEPEST:
                self.at = self.place(element.attrib[PLACE]) if PLACE in element.attrib else None
                self._error(f"<{element.tag}> stands in {depth} others", f"up to {_DEEPEST} can be set")
                return True
            waiting += [(child, depth + 1) for child in reversed(element)]
        return False

    def document(self, root: ElementTree.Element) -> Element | None:
        self._arrive(root)
        if root.tag != "document":
            self._error(f"the document begins with <{root.tag}>", "put <document> around everything")
            return None
        made = self._inside(root, "blocks")
        anchors = anchors_of(made)
        for name, at in self.asked:
            if name not in anchors:
                self.at = at
                self._error(f"'page' names no <anchor>: '{_short(name)}'", near_word(name, anchors))
        return made if self.sound else None

    def _arrive(self, element: ElementTree.Element) -> None:
        if said := element.attrib.pop(PLACE, None):
            self.at = self.place(said)
        element.tag = renamed.ELEMENTS.get(element.tag, element.tag)
        if element.tag != "gap":  # a template made something else of one
            element.attrib.pop(GAP, None)

    def _error(self, message: str, hint: str | None = None, code: str = "template-markup") -> None:
        self.sound = False
        self.problems.error(code, message, self.at, hint)

    def _inside(self, parent: ElementTree.Element, content: Content) -> Element:
        """The element, checked but for its own attributes."""
        at = self.at
        known = INSIDE[content] | (LISTS if parent.tag == "li" else {})
        wordy = content in ("inline", "words")
        out: list[Element | str] = []

        def words(text: str | None) -> None:
            if not wordy:
                self._no_text(text, parent.tag)
            elif text:
                out.append(text)

        words(parent.text)
        for child in parent:
            self._arrive(child)
            form = known.get(child.tag)
            if form is None:
                self._stray(child.tag, parent.tag, known)
            else:
                self._attributes(child, form)
                if form.content in ("cells", "rows"):
                    self._columns(child)
                out.append(self._inside(child, form.content))
            words(child.tail)
        return Element(parent.tag, parent.attrib, tuple(out), at)

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

    def _attributes(self, child: ElementTree.Element, form: Form) -> None:
        for key, value in child.attrib.items():
            kind: Value | None = "gap" if (child.tag, key) == ("gap", GAP) else form.attributes.get(key)
            if kind is None:
                near = near_word(key, form.attributes) or _plain_listed("it takes", form.attributes)
                self._error(f"<{child.tag}> has no attribute '{key}'", near)
            elif said := self._wrong(value, kind):
                of_the_deck = kind in ("color", "picture", "slide", "chart", "address")
                code = "template-names-nothing" if of_the_deck else "template-markup"
                self._error(f"'{key}' of <{child.tag}> {said[0]}", said[1], code)
        for key in form.needs:
            if key not in child.attrib:
                self._error(f"<{child.tag}> needs '{key}'", f'write it as <{child.tag} {key}="…">')

    def _wrong(self, value: str, kind: Value) -> tuple[str, str | None] | None:
        """What is wrong with an attribute's value, and a hint; None where nothing is."""
        if self.names is None:
            return None
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
                return self._named(value, STYLES, "class")
            case "picture":
                return self._named(value, self.names.pictures, "picture of the deck")
            case "slide":
                known = _is_count(value) and int(value) in self.names.slides
                return None if known else (f"is no slide's number: '{_short(value)}'", None)
            case "chart":
                known = _is_count(value) and int(value) in self.names.charts
                return None if known else (f"is no number of a slide with a chart: '{_short(value)}'", None)
            case "gap":
                known = _is_count(value) and 1 <= int(value) <= self.names.gaps
                return None if known else (f"is no gap's number: '{_short(value)}'", None)
            case "formula":
                return _unreadable(value)
            case "anchor":
                self.asked.append((value, self.at))
                return None
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
        if self.names is None:
            return
        given = child.get("widths", "").split()
        count = len(child) if child.tag == "row" else max((len(row) for row in child), default=0)
        if not count:
            self._error(f"<{child.tag}> has no cells", "put one in, or leave it out")
        elif given and len(given) != count:
            self._error(f"<{child.tag}> has {len(given)} widths and {count} columns", "one for each, or none at all")


def _unreadable(tex: str) -> tuple[str, str | None] | None:
    try:
        read_formula(tex, False, "en")
    except PydanticCustomError as error:
        return f"cannot be read: {(error.context or {})['why']}", (error.context or {})["hint"]
    return None


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
