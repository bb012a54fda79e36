"""Links on paper: what words lead to is numbered and listed, and a slide that is meant is named.

A link's words are followed by a number, `→1`, or `←1` where words run to the left, unless they are its address themselves. The
number stands again before the address: where the document prints it anyway, else in a list where the template has `<addresses>`.
So each is printed once, whatever a template does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from deckbuilder.content.links import shown_address
from deckbuilder.content.text import Text
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.frozen import dataclass
from deckbuilder.labels import Labels
from deckbuilder.outputs.tree import Element, anchors_of, page_reference
from deckbuilder.source import Position

TO_SLIDE = "slide:"
"""What the target of a link to a slide begins with, before the slide's id."""

_CODE_FROM = 40  # letters of an address that nobody types without a mistake: it gets a QR code
_CODE = 62.0  # points: 20 mm and some
_FIRST = 90.0  # points that "Slide 12, 14" takes


@dataclass(frozen=True)
class Target:
    """A slide that links lead to: its anchor in the document, and its number in the deck, None where it is not there."""

    anchor: str
    number: int | None


def with_addresses(
    document: Element, slides: Mapping[str, Target], labels: Labels, scale: float, pages: bool, problems: Diagnostics
) -> Element:
    """The document with its links readable. `slides` are those that links may lead to, by id; `pages` tells whether the
    document's own pages are what its readers know them by, else it is the slides' numbers. `scale` is how much larger
    small text is than 12 points. A link that leads nowhere is reported."""
    whole = _Reading(document, slides, labels, pages, problems)
    made = whole.read(document)
    return whole.with_list(made, scale)


class _Reading:
    def __init__(
        self, document: Element, slides: Mapping[str, Target], labels: Labels, pages: bool, problems: Diagnostics
    ) -> None:
        self.slides = slides
        self.labels = labels
        self.arrow = "←" if labels.language.right_to_left else "→"
        self.pages = pages
        self.problems = problems
        self.anchors: Collection[str] = anchors_of(document)
        links = [element for element in document.walk() if element.tag == "a" and _is_outside(element.get("href"))]
        # All by the address as it is read: with a slash at its end or without, it is one.
        self.printed = {shown_address(element.get("href")) for element in links if _says_address(element)}
        self.numbers: dict[str, int] = {}
        self.whole: dict[str, str] = {}
        for element in links:
            if not _says_address(element):
                address = shown_address(element.get("href"))
                self.numbers.setdefault(address, len(self.numbers) + 1)
                self.whole.setdefault(address, element.get("href"))
        self.named: set[str] = set()  # addresses that have their number

    def read(self, element: Element) -> Element:
        """The element with the links inside told."""
        content: list[Element | str] = []
        for part in element.content:
            if isinstance(part, str):
                content.append(part)
                continue
            inner = self.read(part)
            content += self._told(inner) if part.tag == "a" else [inner]
        return Element(element.tag, element.attributes, tuple(content), element.at)

    def _told(self, link: Element) -> list[Element | str]:
        """A link with what is to be read beside it."""
        href = link.get("href")
        if href.startswith(TO_SLIDE):
            return self._to_slide(link, href.removeprefix(TO_SLIDE))
        if not _is_outside(href):
            if href[1:] not in self.anchors:
                self._report(f"the link to '{href}' leads nowhere", 'put <anchor name="…"/> where it should', link.at)
            return [link]
        address = shown_address(href)
        number = self.numbers.get(address)
        if number is None:
            return [link]
        if not _says_address(link):
            return [link, Element("sup", {}, (f"{self.arrow}{number}",))]
        if address in self.named:
            return [link]
        self.named.add(address)
        return [Element("span", {"class": "muted"}, (f"{self.arrow}{number}",)), "\u00a0", link]

    def _to_slide(self, link: Element, name: str) -> list[Element | str]:
        """A link to a slide, with where that is found: on a page, or as a slide."""
        target = self.slides.get(name)
        if target is None:
            self._report(f"no slide has the id '{name}'", "links lead to slides by their 'id'", link.at)
            return list(link.content)
        there = target.anchor in self.anchors
        words: list[Element | str] = (
            [replace(link, attributes={**link.attributes, "href": f"#{target.anchor}"})]
            if there
            else list(link.content)
        )
        if there and self.pages:
            return [*words, f" ({self.labels('see_page', n=page_reference(target.anchor))})"]
        return [*words, f" ({self.labels('see_slide', n=target.number)})"] if target.number else words

    def _report(self, message: str, hint: str, at: Position | None) -> None:
        self.problems.error("template-markup", message, at, hint)

    def with_list(self, document: Element, scale: float) -> Element:
        """The document with its list of addresses that are printed nowhere else: where the template wants it, else at the
        end."""
        rows = [
            _row(f"{self.arrow}{number}", self.whole[address], scale, document.at)
            for address, number in self.numbers.items()
            if address not in self.printed
        ]
        found = False

        def placed(element: Element) -> Element:
            nonlocal found
            content: list[Element | str] = []
            for part in element.content:
                if isinstance(part, str):
                    content.append(part)
                elif part.tag != "addresses":
                    content.append(placed(part))
                elif rows and not found:
                    content += [*part.content, *rows]
                    found = True
            return Element(element.tag, element.attributes, tuple(content), element.at)

        made = placed(document)
        if rows and not found:
            heading = Element("h2", {"bookmark": self.labels("links")}, (self.labels("links"),), document.at)
            made = replace(made, content=(*made.content, heading, *rows))
        return made


def _is_outside(href: str) -> bool:
    return not href.startswith(("#", TO_SLIDE))


def _says_address(link: Element) -> bool:
    """Whether a link's words are where it leads."""
    words = "".join(link.words.split()).casefold()
    return shown_address(link.get("href")).casefold() in words


def _row(number: str, href: str, scale: float, at: Position | None) -> Element:
    """A row of the list: the number with its arrow, and the address."""
    shown = Element("a", {"href": href}, (shown_address(href),), at)
    return _listed(number, [shown], href, 34 * scale, at)


def _listed(first: str, words: Sequence[Element | str], href: str, width: float, at: Position | None) -> Element:
    """What is first, `width` points wide, what stands beside it, and a QR code of an address that is long."""
    widths = f"{width:.1f} *"
    texts: tuple[tuple[Element | str, ...], ...] = ((first,), tuple(words))
    blocks = [Element("p", {"class": "cell"}, text, at) for text in texts]
    if href.startswith("http") and len(shown_address(href)) > _CODE_FROM:
        blocks.append(Element("qr", {"href": href}, (), at))
        widths += f" {_CODE}"
    cells = tuple(Element("cell", {}, (block,), at) for block in blocks)
    return Element("keep", {}, (Element("row", {"widths": widths, "gap": "6", "after": "5"}, cells, at),), at)


def addresses_of_slides(
    links: Sequence[tuple[int, Sequence[Text]]], slides: Mapping[str, Target], labels: Labels, scale: float
) -> Element | None:
    """A document that lists where the links of slides lead, each place once; None where there are none. `links` are those
    of each slide, by its number."""
    found: dict[
        str, tuple[str, str, list[str]]
    ] = {}  # an address, what words lead there first, the slides that have it
    for number, texts in links:
        for text in texts:
            href = str(text.runs[0].link)
            numbers = found.setdefault(shown_address(href), (href, " ".join(text.plain.split()), []))[2]
            if str(number) not in numbers:
                numbers.append(str(number))
    rows = []
    for address, (href, words, numbers) in found.items():
        first, said = f"{labels('slide')} {', '.join(numbers)}", f"{words}{labels('colon')} "
        if href.startswith("#"):
            target = slides.get(href[1:])
            if target and target.number:
                where = f"{said}{labels('see_slide', n=target.number)}"
                rows.append(_listed(first, [where], href, _FIRST * scale, None))
            continue
        link = Element("a", {"href": href}, (address,))
        beside = [] if address.casefold() in words.casefold() else [said]
        rows.append(_listed(first, [*beside, link], href, _FIRST * scale, None))
    if not rows:
        return None
    heading = Element("h1", {"bookmark": labels("links")}, (labels("links"),))
    return Element(
        "document", {}, (heading, *rows, Element("space", {"height": "12"}), Element("lines", {"count": "fill"}))
    )
