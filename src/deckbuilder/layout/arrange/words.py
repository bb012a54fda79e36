"""Content as paragraphs at the levels of a text style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deckbuilder.content.pictures import Picture
from deckbuilder.content.slides import Link, Point
from deckbuilder.content.text import Marker, Paragraph, Run, Text
from deckbuilder.layout.arrange.draft import Fields, Words
from deckbuilder.theme.roles import CAPTION, PICTURE, PlaceholderRole


def at_level(text: Text | None, level: int) -> Words:
    """The text's paragraphs at a level of the style, without markers; () for None."""
    return tuple(replace(p, level=level, marker=None, number=None) for p in text) if text else ()


def body_text(text: Text | None) -> Words:
    """The text's paragraphs as they are; () for None."""
    return text.paragraphs if text else ()


def points(items: Sequence[Point], numbered: bool = False, level: int = 0) -> Words:
    """Points and the points under them as list paragraphs."""
    out: list[Paragraph] = []
    for number, item in enumerate(items, 1):
        if numbered and level == 0:
            out.append(Paragraph(item.text.runs, level, "number", number))
        else:
            out.append(Paragraph(item.text.runs, level, "bullet"))
        out.extend(points(item.points, level=level + 1))
    return tuple(out)


def listed(items: Sequence[Text], marker: Marker) -> Words:
    """Inline texts as the items of a list."""
    return tuple(Paragraph(x.runs, 0, marker, None if marker == "bullet" else n) for n, x in enumerate(items, 1))


def bold(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs in bold."""
    return tuple(replace(r, bold=True) for r in runs)


def caption(picture: Picture) -> Words:
    """The caption, and the credit on the level below."""
    return (*at_level(picture.caption, 0), *at_level(picture.credit, 1))


def picture_fields(name: str, number: int | None = None) -> dict[PlaceholderRole, Fields]:
    """The fields of a picture and of its caption, whose roles have the number, if any."""
    picture, words = (role if number is None else role.nth(number) for role in (PICTURE, CAPTION))
    return {picture: (name,), words: (f"{name}.caption", f"{name}.credit")}


def link_words(links: Sequence[Link]) -> Words:
    """A paragraph for each link, its words leading to its address."""
    return tuple(Paragraph(tuple(replace(r, link=link.url) for r in link.text.runs)) for link in links)
