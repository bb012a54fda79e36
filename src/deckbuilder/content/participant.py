"""What participants get of a deck: types of their own, without what is the facilitator's alone.

Whatever is made for participants is made from these, and so cannot show what they do not have. `projection`
makes them of the models, field by field, by name.
"""

from __future__ import annotations

import datetime as dt

from deckbuilder.content.data import ChartKind, Series
from deckbuilder.content.deck import Author, Objective, Reference, Term
from deckbuilder.content.discussion import Grouping
from deckbuilder.content.pictures import Picture
from deckbuilder.content.sequences import Event, Stage, Step
from deckbuilder.content.session import Break, SessionDay
from deckbuilder.content.showing import Figure
from deckbuilder.content.slides import Column, Line, Link, Point, Quadrant, Side
from deckbuilder.content.text import Text
from deckbuilder.frozen import dataclass


@dataclass(frozen=True, eq=False, repr=False)
class Question:
    """What is asked; who talks to whom, for how many minutes; how many lines there are to write on."""

    ask: Text
    grouping: Grouping | None
    minutes: float | None
    lines: int


@dataclass(frozen=True, eq=False, repr=False)
class Material:
    """Something to take."""

    item: Text


@dataclass(frozen=True, eq=False, repr=False)
class Slide:
    """What any slide has for participants: only the questions that the handout asks, and only its pictures."""

    kind: str
    title: Text | None
    questions: tuple[Question, ...]
    sources: tuple[str, ...]
    handout: Text | None


@dataclass(frozen=True, eq=False, repr=False)
class Attributed(Slide):
    """Words with who said them."""

    author: Text | None
    role: Text | None
    source: Text | None


@dataclass(frozen=True, eq=False, repr=False)
class CoverSlide(Slide):
    subtitle: Text | None
    picture: Picture | None


@dataclass(frozen=True, eq=False, repr=False)
class TextSlide(Slide):
    """A slide of a title and text at most: agenda, objectives, section, discussion, break."""

    text: Text | None


@dataclass(frozen=True, eq=False, repr=False)
class BreakSlide(TextSlide):
    minutes: float


@dataclass(frozen=True, eq=False, repr=False)
class PointsSlide(Slide):
    text: Text | None
    points: tuple[Point, ...]
    numbered: bool
    source: Text | None
    picture: Picture | None


@dataclass(frozen=True, eq=False, repr=False)
class DefinitionSlide(Attributed):
    term: Text | None
    text: Text


@dataclass(frozen=True, eq=False, repr=False)
class QuoteSlide(Attributed):
    quote: Text
    points: tuple[Point, ...]
    picture: Picture | None


@dataclass(frozen=True, eq=False, repr=False)
class NarrativeSlide(Slide):
    text: Text
    picture: Picture | None


@dataclass(frozen=True, eq=False, repr=False)
class ClippingSlide(Slide):
    headline: Text
    byline: Text | None
    article: Text
    pictures: tuple[Picture, ...]
    dialogue: tuple[Line, ...]


@dataclass(frozen=True, eq=False, repr=False)
class StagesSlide(Slide):
    stages: tuple[Stage, ...]
    current: str | None
    text: Text | None
    picture: Picture | None


@dataclass(frozen=True, eq=False, repr=False)
class StepsSlide(Slide):
    steps: tuple[Step, ...]


@dataclass(frozen=True, eq=False, repr=False)
class TimelineSlide(Slide):
    events: tuple[Event, ...]


@dataclass(frozen=True, eq=False, repr=False)
class PrincipleSlide(Slide):
    lead_in: Text | None
    text: Text


@dataclass(frozen=True, eq=False, repr=False)
class ActivitySlide(Slide):
    """Its materials and minutes are participants': they take the ones, and have the others."""

    instructions: Text
    grouping: Grouping | None
    group_size: int | None
    minutes: float | None
    materials: tuple[Material, ...]


@dataclass(frozen=True, eq=False, repr=False)
class PollSlide(Slide):
    question: Text
    options: tuple[Text, ...]
    join: str | None


@dataclass(frozen=True, eq=False, repr=False)
class Option:
    """An answer to choose; nothing tells whether it is right."""

    text: Text


@dataclass(frozen=True, eq=False, repr=False)
class QuizSlide(Slide):
    question: Text
    options: tuple[Option, ...]


@dataclass(frozen=True, eq=False, repr=False)
class ResourceSlide(Slide):
    name: Text
    text: Text
    audience: Text | None
    audience_points: tuple[Point, ...]
    links: tuple[Link, ...]
    picture: Picture | None


@dataclass(frozen=True, eq=False, repr=False)
class StatementSlide(Slide):
    statement: Text


@dataclass(frozen=True, eq=False, repr=False)
class NumberSlide(Slide):
    numbers: tuple[Figure, ...]
    source: Text | None


@dataclass(frozen=True, eq=False, repr=False)
class PictureSlide(Slide):
    """`picture` None is one that the handout does not show."""

    picture: Picture | None


@dataclass(frozen=True, eq=False, repr=False)
class GridSlide(Slide):
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, eq=False, repr=False)
class VideoSlide(Slide):
    video: Link
    poster: Picture | None
    text: Text | None


@dataclass(frozen=True, eq=False, repr=False)
class ColumnsSlide(Slide):
    columns: tuple[Column, ...]


@dataclass(frozen=True, eq=False, repr=False)
class ComparisonSlide(Slide):
    sides: tuple[Side, ...]


@dataclass(frozen=True, eq=False, repr=False)
class MatrixSlide(Slide):
    across: tuple[Text, ...]
    down: tuple[Text, ...]
    quadrants: tuple[Quadrant, ...]


@dataclass(frozen=True, eq=False, repr=False)
class TableSlide(Slide):
    text: Text | None
    header: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    lines: int | None
    source: Text | None


@dataclass(frozen=True, eq=False, repr=False)
class ChartSlide(Slide):
    chart: ChartKind
    text: Text | None
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    alt: str | None
    source: Text | None


@dataclass(frozen=True, eq=False, repr=False)
class ClosingSlide(TextSlide):
    links: tuple[Link, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Section:
    """A section with those of its slides that the handout shows, perhaps none."""

    title: Text
    text: Text | None
    appendix: bool
    slides: tuple[Slide, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Deck:
    title: Text
    subtitle: Text | None
    authors: tuple[Author, ...]
    organisation: Text | None
    language: str
    copyright: Text | None
    licence: Text | None
    audience: Text | None
    objectives: tuple[Objective, ...]
    agreements: tuple[Text, ...]
    glossary: tuple[Term, ...]
    references: tuple[Reference, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Session:
    date: dt.date | None
    start: dt.time | None
    place: str | None
    trainers: tuple[str, ...]
    breaks: tuple[Break, ...]
    days: tuple[SessionDay, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Schedule:
    """How long it all takes, in minutes."""

    total: float
