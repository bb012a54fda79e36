"""Slides as they are drawn: what a drawing has to know of a frame, and what participants get of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from deckbuilder.content.deck import Deck
from deckbuilder.content.text import Run, Text
from deckbuilder.frozen import dataclass
from deckbuilder.layout.frame import Item, LaidParagraph, LaidText, Segment, SlideFrame, TableItem, TextItem
from deckbuilder.layout.lines import face_of
from deckbuilder.theme.theme import SlideLayout, Theme


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
    """A frame without its slide, its notes and the words of its gaps, for what participants get. `ordinal` is the place
    of its slide among the deck's, `section` the number of its section and `section_title` that one's title; the rest is
    the frame's."""

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


def participants_prints(deck: Deck, frames: Sequence[SlideFrame], theme: Theme) -> list[SlidePrint]:
    """The frames that participants get: not those that are there for notes that go on, nor slides that the handout does
    not show. Where a slide shows the word of a gap, they have strokes."""
    ordinals = {slide.identity: number for number, (_, slide) in enumerate(deck.slides(), 1)}
    return [
        SlidePrint(
            frame.number,
            frame.told,
            frame.layout,
            tuple(_blanked(item, theme) for item in frame.items),
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


def _blanked(item: Item, theme: Theme) -> Item:
    """The item with strokes for the words of gaps, where these stand."""
    match item:
        case TextItem():
            text = _text(item.text, theme)
            return item if text is item.text else replace(item, text=text)
        case TableItem() if any(_shows_answers(cell) for row in item.rows for cell in row):
            return replace(item, rows=tuple(tuple(_text(cell, theme) for cell in row) for row in item.rows))
        case _:
            return item


def _shows_answers(text: LaidText) -> bool:
    return any(run.answer for paragraph in text.paragraphs for run in paragraph.runs)


def _text(text: LaidText, theme: Theme) -> LaidText:
    if not _shows_answers(text):
        return text
    source = tuple(replace(one, runs=tuple(map(_told, one.runs))) for one in text.source)
    return replace(text, paragraphs=tuple(_paragraph(one, theme) for one in text.paragraphs), source=source)


def _paragraph(paragraph: LaidParagraph, theme: Theme) -> LaidParagraph:
    def stroked(segment: Segment) -> Segment:
        if not segment.run.answer:
            return segment
        run = _told(segment.run)
        face = face_of(run, paragraph.style, theme)
        count = max(1, int(segment.width / face.width("_", segment.size)))
        return replace(segment, text="_" * count, face=face, run=run)

    lines = tuple(replace(line, segments=tuple(map(stroked, line.segments))) for line in paragraph.lines)
    return replace(paragraph, runs=tuple(map(_told, paragraph.runs)), lines=lines)


def _told(run: Run) -> Run:
    return replace(run, text=run.told, formula=None, link=None) if run.answer else run
