"""Slides for what happens in the room: an activity, a break, a poll."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from deckbuilder.content.discussion import Grouping, Minutes
from deckbuilder.content.links import WebAddress
from deckbuilder.content.slides import SlideBase, Titled
from deckbuilder.content.text import Body, Inline


class ActivitySlide(Titled):
    """A breakout: what to do, in groups of how many, for how long, with what. Its `materials` are shown on the
    slide and in the handout, because participants take them."""

    noun: ClassVar[str] = "an activity slide"
    synonyms: ClassVar[dict[str, str]] = {"text": "instructions", "steps": "instructions", "groups": "grouping"}
    kind: Literal["activity"]
    instructions: Body = Field(description="What to do, best as a numbered list.")
    grouping: Grouping | None = Field(None, description="Who works with whom.")
    group_size: int | None = Field(None, ge=2, le=50, description="How many are in a group.")


class BreakSlide(SlideBase):
    """A pause, as a slide to leave up. With a start in the session file it says when to be back; the run of show
    counts it as a break. Breaks that differ from day to day belong in the session file instead."""

    noun: ClassVar[str] = "a break slide"
    kind: Literal["break"]
    minutes: Minutes = Field(
        description="How long the break is; with a start in the session the slide says when it ends."
    )
    title: Inline | None = Field(None, description="'Break' in the deck's language unless given.")
    text: Inline | None = Field(None, description="A line below, such as where coffee is.")


class PollSlide(Titled):
    """A question with answers to choose from, which get letters. With `join` the slide shows where to vote, with a
    QR code."""

    noun: ClassVar[str] = "a poll slide"
    synonyms: ClassVar[dict[str, str]] = {"ask": "question", "answers": "options", "choices": "options", "url": "join"}
    kind: Literal["poll"]
    question: Inline = Field(description="What is asked.")
    options: tuple[Inline, ...] = Field(
        min_length=2, max_length=10, description="What can be answered; they get letters."
    )
    join: WebAddress | None = Field(None, description="Where to vote, https:// included; shown with a QR code.")
