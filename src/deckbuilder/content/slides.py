"""What every slide can carry, and the kinds of slide that are made of words.

`kinds` lists all kinds there are.
"""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from deckbuilder.content.base import Identified, Model, Ranked
from deckbuilder.content.discussion import PLACES, Cue, Material, Minutes, Question, Show
from deckbuilder.content.links import Address
from deckbuilder.content.pictures import Picture
from deckbuilder.content.text import Body, Inline, Name, NameOrNumber, PlainWords


class Point(Ranked):
    """A list item, with a further list under it if need be."""

    noun: ClassVar[str] = "a point"
    shorthand: ClassVar[str | None] = "text"

    text: Inline = Field(description="The point.")
    points: tuple["Point", ...] = Field((), description="Points under this one.")


class Link(Model):
    """An address with words that say where it goes."""

    noun: ClassVar[str] = "a link"

    text: Inline = Field(description="Where the link goes, in words.")
    url: Address = Field(description="The address, https:// included; also of mail (mailto:) or a telephone (tel:).")


Gaps = Literal["word", "gap"]


class SlideBase(Identified):
    """What any slide can carry beside its own fields."""

    synonyms: ClassVar[dict[str, str]] = {
        "duration": "minutes",
        "time": "minutes",
        "length": "minutes",
        "bullets": "points",
        "items": "points",
        "list": "points",
        "image": "picture",
        "img": "picture",
        "photo": "picture",
        "images": "pictures",
        "body": "text",
        "content": "text",
        "question": "questions",
        "quiz": "questions",
        "ask": "questions",
        "speaker_notes": "notes",
        "led_by": "lead",
        "leader": "lead",
        "trainer": "lead",
        "presenter": "lead",
        "presenter_notes": "notes",
        "references": "sources",
        "citations": "sources",
    }

    id: str | None = Field(None, pattern=r"^[a-z0-9][a-z0-9-]*$", description="A name to refer to the slide by.")
    minutes: Minutes | None = Field(None, description="How long the slide takes, its questions included.")
    cues: tuple[Cue, ...] = Field((), description="What the facilitator says, does and asks, in order.")
    questions: tuple[Question, ...] = Field(
        (), description="Discussion questions: slide and handout ask them, the guide answers them."
    )
    materials: tuple[Material, ...] = Field((), description="What the slide needs in the room.")
    sources: tuple[Name, ...] = Field((), description="Ids of the references that the slide's facts come from.")
    handout: Body | None = Field(None, description="Further text for paper: printed in the handout, not on the slide.")
    notes: Body | None = Field(None, description="Background for the facilitator: in the speaker notes and the guide.")
    layout: Name | None = Field(None, description="Another of the theme's layouts, by the name PowerPoint shows.")
    hidden: bool = Field(False, description="True for a slide that is in the deck but passed over when projected.")
    objectives: tuple[NameOrNumber, ...] = Field(
        (), description="The objectives that the slide serves, by number or id; for the guide's table of them."
    )
    lead: tuple[PlainWords, ...] = Field(
        (), description="Who leads it, if not who leads its section; in the guide and the speaker notes only."
    )
    virtual: Body | None = Field(None, description="What to do instead when people meet online.")
    show: Show = Field(
        PLACES,
        description="Where the slide stands. One that is not in the deck takes no time unless it has minutes.",
    )
    gaps: Gaps | None = Field(None, description="As the deck's 'gaps', for this slide.")


class Titled(SlideBase):
    title: Inline = Field(
        description="The slide's title. Slides of one title are a series: it stands above their headlines."
    )
    headline: Inline | None = Field(
        None, description="What this slide says, under the title of its series; else its lead-in in bold, or its name."
    )


class Attribution(Model):
    """Who said it. Mixed into the slides that quote."""

    author: Inline | None = Field(None, description="Whose words these are.")
    role: Inline | None = Field(None, description="What the author is or was.")
    source: Inline | None = Field(None, description="Where the words stand, or that this is unknown.")


class CoverSlide(SlideBase):
    """The first slide: title, subtitle, authors, and the session's date and place. The deck says all of it, so a
    cover needs no fields of its own."""

    noun: ClassVar[str] = "a cover slide"
    kind: Literal["cover"]
    title: Inline | None = Field(None, description="The deck's title unless given.")
    subtitle: Inline | None = Field(None, description="The deck's subtitle unless given.")
    picture: Picture | None = Field(None, description="A picture beside the title.")


class AgendaSlide(SlideBase):
    """The deck's sections, each with its clock time, or with its minutes when the session has no start."""

    noun: ClassVar[str] = "an agenda slide"
    kind: Literal["agenda"]
    title: Inline | None = Field(None, description="'Agenda' in the deck's language unless given.")
    text: Inline | None = Field(None, description="A line before the list of sections.")


class ObjectivesSlide(SlideBase):
    """The deck's `objectives`, numbered."""

    noun: ClassVar[str] = "an objectives slide"
    kind: Literal["objectives"]
    title: Inline | None = Field(None, description="'Learning objectives' in the deck's language unless given.")
    text: Inline | None = Field(None, description="A line before the deck's objectives.")


class SectionSlide(SlideBase):
    """A divider with the number and the title of its section. Takes no time unless it is given `minutes`."""

    noun: ClassVar[str] = "a section slide"
    kind: Literal["section"]
    title: Inline | None = Field(None, description="The section's title unless given.")
    text: Inline | None = Field(
        None, description="A line on what the section is about; the section's text unless given."
    )


class PointsSlide(Titled):
    """A list, with a lead-in before it and a picture beside it if you like."""

    noun: ClassVar[str] = "a points slide"
    kind: Literal["points"]
    text: Body | None = Field(None, description="A lead-in before the points.")
    points: tuple[Point, ...] = Field(min_length=1, description="The points.")
    numbered: bool = Field(False, description="True for a numbered list.")
    reveal: bool = Field(
        False,
        description="True for points that appear one by one, on a click, while the deck is shown; paper has them all.",
    )
    source: Inline | None = Field(None, description="Whose list this is, shown under it.")
    picture: Picture | None = Field(None, description="A picture beside the points.")


class DefinitionSlide(Attribution, Titled):
    """A word and what it means."""

    noun: ClassVar[str] = "a definition slide"
    kind: Literal["definition"]
    term: Inline | None = Field(None, description="The word defined, where the title does not say it.")
    text: Body = Field(description="The definition.")


class QuoteSlide(Attribution, Titled):
    """Somebody's words, large, and whose they are. The marks around them are the language's own; leave them out."""

    noun: ClassVar[str] = "a quote slide"
    kind: Literal["quote"]
    quote: Body = Field(description="The words quoted, without quotation marks.")
    points: tuple[Point, ...] = Field((), description="Points that go with the quote.")
    picture: Picture | None = Field(None, description="A picture of the author, or of the matter.")


class NarrativeSlide(Titled):
    """A story, or any running text, in a few sentences."""

    noun: ClassVar[str] = "a narrative slide"
    kind: Literal["narrative"]
    text: Body = Field(description="The story.")
    picture: Picture | None = Field(None, description="A picture beside the text.")


class Line(Model):
    """A line of dialogue."""

    noun: ClassVar[str] = "a line of dialogue"
    speaker: Inline = Field(description="Who speaks.")
    line: Inline = Field(description="What is said, without quotation marks.")


class ClippingSlide(Titled):
    """An article, set as one, with up to two pictures and with dialogue pulled out of it."""

    noun: ClassVar[str] = "a clipping slide"
    kind: Literal["clipping"]
    headline: Inline = Field(description="The article's headline.")
    byline: Inline | None = Field(None, description="Author, paper and date of the article.")
    article: Body = Field(description="The article, or what it says.")
    pictures: tuple[Picture, ...] = Field(
        (), max_length=2, description="At most two pictures, with captions and credits."
    )
    dialogue: tuple[Line, ...] = Field((), description="Dialogue pulled out of the article.")


class PrincipleSlide(Titled):
    """One principle by itself, with its number among those of the same title."""

    noun: ClassVar[str] = "a principle slide"
    kind: Literal["principle"]
    lead_in: Inline | None = Field(None, description="Words that the principle completes.")
    text: Body = Field(description="The principle. Principles of the same title are counted.")


class DiscussionSlide(Titled):
    """Questions, large, with who talks to whom and for how long. What to listen for stays with the facilitator."""

    noun: ClassVar[str] = "a discussion slide"
    kind: Literal["discussion"]
    text: Body | None = Field(None, description="What to know before talking.")
    questions: tuple[Question, ...] = Field(min_length=1, description="The questions, in order.")


class ResourceSlide(Titled):
    """Something to turn to: what it is, whom it is for, and a QR code of its first link. The handout prints the
    whole address."""

    noun: ClassVar[str] = "a resource slide"
    kind: Literal["resource"]
    name: Inline = Field(description="What the resource is called.")
    text: Body = Field(description="What it is.")
    audience: Inline | None = Field(
        None, description="Whom it is for, as the words that lead into 'audience_points', or all of it."
    )
    audience_points: tuple[Point, ...] = Field((), description="Whom it is for, in points.")
    links: tuple[Link, ...] = Field((), max_length=3, description="Where to find it; the first gets a QR code.")
    picture: Picture | None = Field(None, description="A picture of it, in place of the QR code on the slide.")


class StatementSlide(Titled):
    """One sentence, alone on the slide."""

    noun: ClassVar[str] = "a statement slide"
    kind: Literal["statement"]
    statement: Inline = Field(description="The statement, to stand alone.")


class Column(Model):
    noun: ClassVar[str] = "a column"
    heading: Inline | None = Field(None, description="The column's heading.")
    text: Body | None = Field(None, description="Text.")
    points: tuple[Point, ...] = Field((), description="Points, after the text.")

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.text is None and not self.points:
            raise PydanticCustomError("column-empty", "this column is empty", {"hint": "give it 'text' or 'points'"})
        return self


class Side(Column):
    noun: ClassVar[str] = "a side of a comparison"
    heading: Inline = Field(description="What is compared.")


class ColumnsSlide(Titled):
    """Two columns of text or points, with a heading or without."""

    noun: ClassVar[str] = "a columns slide"
    kind: Literal["columns"]
    columns: tuple[Column, ...] = Field(min_length=2, max_length=2, description="Two columns.")


class ComparisonSlide(Titled):
    """Two sides against each other, each with a heading."""

    noun: ClassVar[str] = "a comparison slide"
    kind: Literal["comparison"]
    sides: tuple[Side, ...] = Field(min_length=2, max_length=2, description="The two sides, each with a heading.")


class Quadrant(Model):
    noun: ClassVar[str] = "a quadrant"
    shorthand: ClassVar[str | None] = "heading"
    synonyms: ClassVar[dict[str, str]] = {"title": "heading", "name": "heading"}
    heading: Inline | None = Field(None, description="What lies in this quarter, in a word or two.")
    text: Body | None = Field(None, description="Text.")
    points: tuple[Point, ...] = Field((), description="Points, after the text.")

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.heading is None and self.text is None and not self.points:
            raise PydanticCustomError(
                "column-empty", "this quadrant is empty", {"hint": "give it 'heading', 'text' or 'points'"}
            )
        return self


class MatrixSlide(Titled):
    """Four quarters, two by two: what is urgent and what matters, strengths and weaknesses. The words along its edges say
    what its columns and its rows stand for."""

    noun: ClassVar[str] = "a matrix slide"
    synonyms: ClassVar[dict[str, str]] = {
        "cells": "quadrants",
        "quarters": "quadrants",
        "fields": "quadrants",
        "columns": "across",
        "x": "across",
        "rows": "down",
        "y": "down",
    }
    kind: Literal["matrix"]
    across: tuple[Inline, ...] = Field(
        (), min_length=2, max_length=2, description="What the two columns stand for, from left to right."
    )
    down: tuple[Inline, ...] = Field(
        (), min_length=2, max_length=2, description="What the two rows stand for, from the top down."
    )
    quadrants: tuple[Quadrant, ...] = Field(
        min_length=4,
        max_length=4,
        description="The four quarters: the upper two from left to right, then the lower two.",
    )


class ClosingSlide(SlideBase):
    """The last slide: thanks, last words, where to go on."""

    noun: ClassVar[str] = "a closing slide"
    kind: Literal["closing"]
    title: Inline | None = Field(None, description="'Thank you' in the deck's language unless given.")
    text: Body | None = Field(None, description="Last words.")
    links: tuple[Link, ...] = Field((), max_length=3, description="Where to go on.")


class ReferencesSlide(SlideBase):
    """The references that slides cite in `sources`, with their numbers."""

    noun: ClassVar[str] = "a references slide"
    kind: Literal["references"]
    title: Inline | None = Field(None, description="'References' in the deck's language unless given.")


class CreditsSlide(SlideBase):
    """Who made the pictures: every `credit` in the deck, each once."""

    noun: ClassVar[str] = "a credits slide"
    kind: Literal["credits"]
    title: Inline | None = Field(None, description="'Picture credits' in the deck's language unless given.")
