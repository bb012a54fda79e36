"""What stands in a paragraph, as ReportLab's fragments, without markup that is written only to be parsed again.

ReportLab knows what a tag does to the words in it; its parser is told tags and words one by one, as it would find them in
markup, so that fragments are those that it would make.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from reportlab.platypus.paragraph import cleanBlockQuotedText
from reportlab.platypus.paraparser import ParaParser

from deckbuilder.frozen import dataclass

_REFERENCES = re.compile(r"([&<>])")  # of which ReportLab makes fragments of their own, as markup has them as entities


@dataclass(frozen=True, slots=True)
class Span:
    """Words within a tag of ReportLab's, with its attributes: `font`, `b`, `a`."""

    tag: str
    content: tuple[Part, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)


Part = str | Span


def plain_words(content: Sequence[Part]) -> str | None:
    """The words where there is nothing else, with blanks as a paragraph has them; None where there is."""
    if not all(isinstance(part, str) for part in content):
        return None
    words = "".join(part for part in content if isinstance(part, str))
    return None if _REFERENCES.search(words) else cleanBlockQuotedText(words)


def fragments(content: Sequence[Part], style: Any) -> list[Any]:
    """The fragments of a paragraph in a style. ValueError for a tag or an attribute that ReportLab does not have."""
    told: list[Any] = _Told(content).parse("", style)[1]
    return told


class _Told(ParaParser):
    """ReportLab's parser, told what it would find."""

    def __init__(self, content: Sequence[Part]) -> None:
        super().__init__(caseSensitive=1)
        self.content = _together(content)

    def feed(self, data: str) -> None:
        self.handle_starttag("para", {})
        for number, part in enumerate(self.content):
            self._tell(part, number == 0, number == len(self.content) - 1)
        self.handle_endtag("para")

    def _tell(self, part: Part, first: bool = False, last: bool = False) -> None:
        if isinstance(part, Span):
            self.handle_starttag(part.tag, dict(part.attributes))
            for inner in _together(part.content):
                self._tell(inner)
            self.handle_endtag(part.tag)
            return
        # Blanks within a paragraph count once, at its ends not at all.
        before, behind = "" if first else "x", "" if last else "x"
        words = cleanBlockQuotedText(f"{before}{part}{behind}")
        words = words[len(before) : len(words) - len(behind)]
        for piece in filter(None, _REFERENCES.split(words)):
            self.handle_data(piece)


def _together(content: Sequence[Part]) -> list[Part]:
    """The parts, words that follow each other as one."""

    def joined() -> Iterator[Part]:
        words = ""
        for part in content:
            if isinstance(part, str):
                words += part
                continue
            if words:
                yield words
            words = ""
            yield part
        if words:
            yield words

    return list(joined())
