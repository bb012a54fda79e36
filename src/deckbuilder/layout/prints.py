"""Slides as they are drawn: what a drawing has to know of a frame, and what participants get of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from deckbuilder.content.deck import Deck
from deckbuilder.content.text import Text
from deckbuilder.frozen import dataclass
from deckbuilder.layout.frame import Item, LaidText, SlideFrame
from deckbuilder.theme.theme import SlideLayout


class DrawnSlide(Protocol):
    """What is drawn of a slide, whole frames and prints alike. The fields are those of `SlideFrame`."""

    @property
    def number(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def layout(self) -> SlideLayout: ...
    @property
    def items(self) -> tuple[Item, ...]: ...
    @property
    def footer(self) -> LaidText | None: ...
    @property
    def date(self) -> str | None: ...


@dataclass(frozen=True)
class SlidePrint:
    """A frame without its slide and its notes, for what participants get. `ordinal` is the place of its slide among the
    deck's, `section` the number of its section and `section_title` that one's title; the rest is the frame's."""

    number: int
    title: str
    layout: SlideLayout
    items: tuple[Item, ...]
    footer: LaidText | None
    date: str | None
    part: int
    ordinal: int
    section: int
    section_title: Text


def participants_prints(deck: Deck, frames: Sequence[SlideFrame]) -> list[SlidePrint]:
    """The frames that participants get: not those that are there for notes that go on, nor slides that the handout does
    not show."""
    ordinals = {slide.identity: number for number, (_, slide) in enumerate(deck.slides(), 1)}
    return [
        SlidePrint(
            frame.number,
            frame.title,
            frame.layout,
            frame.items,
            frame.footer,
            frame.date,
            frame.part,
            ordinals[frame.slide.identity],
            frame.section,
            deck.sections[frame.section - 1].title,
        )
        for frame in frames
        if not frame.notes_only and "handout" in frame.slide.show
    ]
