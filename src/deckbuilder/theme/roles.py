"""The roles of slide layouts and of their placeholders, as values.

Theme files write roles as words: "points-picture", "steps-3", "left-heading", "caption-2". `parse` reads them,
`str` writes them, and nothing else takes such words apart.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal, get_args

from deckbuilder.frozen import dataclass

Side = Literal["left", "right"]
SIDES: tuple[Side, ...] = get_args(Side)
_NUMBERED = re.compile(r"(.*)-([1-9][0-9]{0,2})", re.DOTALL)
_BAND = "+band"


def _numbered(words: str) -> tuple[str, int | None]:
    """Words without the number at their end, and the number; None without one."""
    found = _NUMBERED.fullmatch(words)
    return (found[1], int(found[2])) if found else (words, None)


@dataclass(frozen=True, slots=True)
class LayoutRole:
    """What arranging asks a slide layout for.

    `base` is mostly a kind of slide ("points"), `variant` what sets a layout apart from the base's, word by word
    ("picture", "narrow"). `count` is how many columns, steps or pictures it is for; None where nothing is counted.
    `band` tells that it has room for a question.
    """

    base: str
    variant: tuple[str, ...] = ()
    count: int | None = None
    band: bool = False

    @classmethod
    def parse(cls, words: str) -> LayoutRole:
        """The role that a theme file calls so. Any words are a role; one without a layout is for others to report."""
        plain = words.removesuffix(_BAND)
        head, count = _numbered(plain)
        base, *variant = head.split("-")
        return cls(base, tuple(variant), count, plain != words)

    def __str__(self) -> str:
        count = () if self.count is None else (str(self.count),)
        return "-".join((self.base, *self.variant, *count)) + _BAND * self.band

    def varied(self, *words: str) -> LayoutRole:
        """A variant of the role."""
        return replace(self, variant=(*self.variant, *words))

    def counted(self, count: int) -> LayoutRole:
        """The role for so many."""
        return replace(self, count=count)

    @property
    def banded(self) -> LayoutRole:
        """The role with room for a question."""
        return replace(self, band=True)

    @property
    def unbanded(self) -> LayoutRole:
        return replace(self, band=False)

    @property
    def broader(self) -> LayoutRole | None:
        """The role that stands in for it: the same for any count, or without the last word of its variant; None
        for a base alone."""
        if self.count is not None:
            return LayoutRole(self.base, self.variant)
        return LayoutRole(self.base, self.variant[:-1]) if self.variant else None

    def within(self, other: LayoutRole) -> bool:
        """Whether it is the other role, or a variant of it, for any count, with a band or without."""
        return self.base == other.base and self.variant[: len(other.variant)] == other.variant


@dataclass(frozen=True, slots=True)
class PlaceholderRole:
    """What a placeholder is there for.

    `base` is what it holds ("body", "picture", "heading"). `side` is the half of the slide that it is for, None for
    the whole; the halves of a body are called just "left" and "right". `number` counts from 1 among those that a
    layout has several of; None for the only one, or the first. Placeholders of one base are peers: a slide shows
    their texts in one size.
    """

    base: str
    side: Side | None = None
    number: int | None = None

    @classmethod
    def parse(cls, words: str) -> PlaceholderRole:
        """The role that a theme file calls so. Any words are a role."""
        head, number = _numbered(words)
        for side in SIDES:
            of = head.removeprefix(f"{side}-")
            if head == side:
                return cls("body", side, number)
            if of not in (head, "body", ""):
                return cls(of, side, number)
        return cls(head, None, number)

    def __str__(self) -> str:
        parts = [self.side or self.base]
        if self.side and self.base != "body":
            parts.append(self.base)
        if self.number is not None:
            parts.append(str(self.number))
        return "-".join(parts)

    @property
    def spoken(self) -> str:
        """The role in the words of messages: "left heading"."""
        return str(self).replace("-", " ")

    def nth(self, number: int) -> PlaceholderRole:
        """The one of that number, counted from 1."""
        return replace(self, number=number)

    def on(self, side: Side) -> PlaceholderRole:
        """The one on that half of the slide."""
        return replace(self, side=side)

    @property
    def caption(self) -> PlaceholderRole | None:
        """What holds a picture's caption; None for what is no picture."""
        return replace(self, base=CAPTION.base) if self.base == PICTURE.base else None


TITLE = PlaceholderRole("title")
KICKER = PlaceholderRole("kicker")
SUBTITLE = PlaceholderRole("subtitle")
META = PlaceholderRole("meta")
BODY = PlaceholderRole("body")
LEFT, RIGHT = BODY.on("left"), BODY.on("right")
HEADING = PlaceholderRole("heading")
TEXT = PlaceholderRole("text")
PICTURE = PlaceholderRole("picture")
CAPTION = PlaceholderRole("caption")
TABLE = PlaceholderRole("table")
CHART = PlaceholderRole("chart")
SOURCE = PlaceholderRole("source")
QUESTION = PlaceholderRole("question")
QUOTE = PlaceholderRole("quote")
DIALOGUE = PlaceholderRole("dialogue")
NUMERAL = PlaceholderRole("numeral")
LABEL = PlaceholderRole("label")
COUNT = PlaceholderRole("count")
FIGURE = PlaceholderRole("figure")
NEEDS = PlaceholderRole("needs")
LINKS = PlaceholderRole("links")
IMPRINT = PlaceholderRole("imprint")
NAME = PlaceholderRole("name")
NUMBER = PlaceholderRole("number")
STAGE = PlaceholderRole("stage")
WHEN = PlaceholderRole("when")
EVENT = PlaceholderRole("event")
