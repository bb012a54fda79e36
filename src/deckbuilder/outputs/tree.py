"""A document as a checked tree of elements: what `markup` makes, and what `pages` set. `docs/markup.md` lists the elements.

A page number that is known only when this or another document is set stands in text and in attributes as a `page_reference`,
until `with_pages` fills it in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace

from deckbuilder.content.text import BLANK
from deckbuilder.frozen import dataclass
from deckbuilder.source import Position

# Unicode keeps these two characters free for a program's own use; no text can have them.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_REFERENCE = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
GAP = "_n"
"""The attribute in which a gap of the deck has its number, in place of its word."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element with what is inside, in order: words and further elements. `at` is where its template has it, or has
    what made it; None where no template spells it out."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    content: tuple[Element | str, ...] = ()
    at: Position | None = None

    def get(self, name: str, default: str = "") -> str:
        """An attribute's value."""
        return self.attributes.get(name, default)

    @property
    def language(self) -> str | None:
        """The language of what is inside where it differs from that around it, else None."""
        return self.attributes.get("lang")

    @property
    def children(self) -> tuple[Element, ...]:
        """The elements directly inside."""
        return tuple(part for part in self.content if isinstance(part, Element))

    @property
    def words(self) -> str:
        """All words inside."""
        return "".join(part if isinstance(part, str) else part.words for part in self.content)

    def walk(self) -> Iterator[Element]:
        """The element, and all inside, in reading order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(in_reading_order(element)))


def in_reading_order(element: Element) -> list[Element]:
    """The elements directly inside, as they are read: a row's `last` cell after its others, lists in an item after its words."""
    children = [part for part in element.content if not isinstance(part, str)]
    if element.tag == "li":
        return sorted(children, key=lambda child: child.tag in ("ul", "ol"))
    last = int(element.get("last", "0")) if element.tag == "row" else 0
    if 0 < last <= len(children):
        children.append(children.pop(last - 1))
    return children


@dataclass(frozen=True)
class Gap:
    """A term to be filled in: its number in the document, its word, and the name of the anchor before it ("" for none)."""

    number: int
    word: str
    anchor: str


def blanked(document: Element, words: Sequence[str]) -> tuple[Element, tuple[Gap, ...]]:
    """The document with gaps that have nothing of their words but how many `letters` they have; and what belongs into them, in
    reading order. `words` are those of the deck's gaps, by the numbers that elements give (`GAP`); others hold
    their own."""

    def word_of(gap: Element) -> str:
        return words[int(gap.get(GAP)) - 1] if gap.get(GAP) else gap.words

    def without(element: Element) -> Element:
        if element.tag == "gap":
            return Element("gap", {"letters": str(len(word_of(element)))}, (BLANK,), element.at)
        content = tuple(part if isinstance(part, str) else without(part) for part in element.content)
        return replace(element, content=content)

    gaps: list[Gap] = []
    anchor = ""
    for element in document.walk():
        if element.tag == "anchor":
            anchor = element.get("name")
        elif element.tag == "gap":
            gaps.append(Gap(len(gaps) + 1, word_of(element), anchor))
    return (without(document) if gaps else document), tuple(gaps)


def anchors_of(document: Element) -> frozenset[str]:
    """The names of a document's anchors."""
    return frozenset(element.get("name") for element in document.walk() if element.tag == "anchor")


def page_reference(anchor: str) -> str:
    """What stands for the number of the page on which an anchor comes to stand, the other document's in the guide, its own
    in the handout."""
    return f"{_OPEN}{anchor}{_CLOSE}"


def with_pages(document: Element, pages: Mapping[str, int]) -> Element:
    """The document with page numbers filled in, from the pages of anchors. KeyError for one that came to stand on none."""

    def filled(words: str) -> str:
        return _REFERENCE.sub(lambda match: str(pages[match[1]]), words) if _OPEN in words else words

    def whole(element: Element) -> Element:
        attributes = {name: filled(value) for name, value in element.attributes.items()}
        content = tuple(filled(part) if isinstance(part, str) else whole(part) for part in element.content)
        return Element(element.tag, attributes, content, element.at)

    return whole(document)


def has_pages(document: Element) -> bool:
    """Whether page numbers are still to be filled in."""
    return any(_OPEN in part for element in document.walk() for part in element.content if isinstance(part, str))


@dataclass(frozen=True)
class Documents:
    """The documents' trees; None for what is not asked for, and for a handout that prints slides. `gaps` are what belongs into
    the handout's."""

    handout: Element | None = None
    gaps: tuple[Gap, ...] = ()
    guide: Element | None = None


NONE_YET = Documents()
