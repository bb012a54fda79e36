"""The links that slides show, for those who have the slide on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from deckbuilder.content.links import shown_address
from deckbuilder.content.text import Paragraph, Run, Text, plain_text
from deckbuilder.layout.frame import Item, LaidText, PictureItem, QrCode, TableItem, TextItem


def links_of(items: Iterable[Item]) -> list[Text]:
    """The links of a slide's items, each once, in reading order: words of one look that all lead to one place. A picture
    that leads somewhere has its address for words."""
    found: dict[tuple[str, str], Text] = {}
    for text in _links(items):
        run = text.paragraphs[0].runs[0]
        found.setdefault((" ".join(text.plain.split()), str(run.link)), text)
    led = {link for words, link in found if words != shown_address(link)}
    return [text for (words, link), text in found.items() if link not in led or words != shown_address(link)]


def _links(items: Iterable[Item]) -> Iterator[Text]:
    for item in items:
        match item:
            case TextItem(text=text):
                yield from _of_text(text)
            case TableItem(rows=rows):
                for row in rows:
                    for cell in row:
                        yield from _of_text(cell)
            case PictureItem(picture=QrCode(address=address)):
                yield plain_text(shown_address(address), link=address)
            case PictureItem(link=str(address)):
                yield plain_text(shown_address(address), link=address)
            case _:
                pass


def _of_text(text: LaidText) -> Iterator[Text]:
    for paragraph in text.paragraphs:
        for link, runs in groupby(paragraph.runs, lambda run: run.link):
            if link:
                yield Text((Paragraph(tuple(_plain(run) for run in runs)),))


def _plain(run: Run) -> Run:
    return replace(run, text=" ".join(run.text.split("\n")), bold=False, italic=False)
