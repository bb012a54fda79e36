"""What the templates see of slides: the handout's what participants get, the guide's everything."""

from __future__ import annotations

from dataclasses import fields
from typing import ClassVar, Generic, TypeVar

from deckbuilder.content import participant
from deckbuilder.content.deck import Reference, Section
from deckbuilder.content.discussion import Question
from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.pictures import Picture
from deckbuilder.content.schedule import Block
from deckbuilder.content.text import Text
from deckbuilder.frozen import dataclass

# Without anything of their own on paper.
_BARE = ("cover", "agenda", "section", "objectives", "break", "references", "credits")


@dataclass(frozen=True)
class FrameView:
    """One of the slides in the deck that a slide became."""

    noun: ClassVar[str] = "a slide in the deck"
    number: int
    title: str


# What a short handout has of slides, with questions or without.
_WORKED_ON = (
    *(
        "points",
        "definition",
        "principle",
        "statement",
        "steps",
        "comparison",
        "matrix",
        "columns",
        "activity",
        "poll",
        "quiz",
        "number",
        "closing",
    ),
)


S = TypeVar("S", AnySlide, participant.Slide)


@dataclass(frozen=True, kw_only=True)
class SlideView(Generic[S]):
    """A slide as a template sees it, with only the questions and pictures that belong into the document.

    `frames` are empty for a slide that is not in the deck; `heading` is its title where it
    differs from the heading above it, else None; `headline` is what the slide says under the title of its series, None
    where its author gave none; `shown` is False where the document leaves the slide out;
    `on_paper` whether a handout has anything of it: covers, agendas and dividers have nothing. `pictures` are those
    that stand apart, since the deck does not show them. `numeric` tells which of a table's columns hold numbers.
    `principle` is a principle's number, else None; `asked` are the anchors of its questions in the handout;
    `repeated` tells that the handout's text says its points again, at greater length,
    `worked_on` that what it says is part of a short handout.
    """

    noun: ClassVar[str] = "a slide"
    slide: S
    ordinal: int
    frames: tuple[FrameView, ...]
    title: str
    heading: Text | None
    headline: Text | None
    sources: tuple[tuple[int, Reference], ...]
    pictures: tuple[Picture, ...]
    shown: bool
    on_paper: bool
    numeric: tuple[bool, ...]
    principle: int | None
    asked: tuple[str, ...]
    repeated: bool
    worked_on: bool

    @property
    def number(self) -> int | None:
        """The number of its first slide in the deck; None when it is not in the deck."""
        return self.frames[0].number if self.frames else None

    @property
    def numbers(self) -> str:
        """Its number, or the numbers of its first and last slide: "7" or "7–8"; "" without one."""
        if not self.frames:
            return ""
        first, last = self.frames[0].number, self.frames[-1].number
        return f"{first}–{last}" if last > first else str(first)

    @property
    def anchor(self) -> str:
        """The name of its anchor in the handout."""
        return slide_anchor(self.ordinal)

    def anchor_of(self, question: object) -> str:
        """The name of a question's anchor in the handout."""
        return next(name for one, name in zip(self.slide.questions, self.asked, strict=True) if one is question)

    mark, mark_of = anchor, anchor_of  # as own templates of earlier versions call them


@dataclass(frozen=True, kw_only=True)
class GuideSlideView(SlideView[AnySlide]):
    """A slide as the guide's template sees it.

    `objectives` are the numbers of those that it serves; `page` stands for its page in the handout, None where that has
    none, `pages` for those of its questions that have one of their own; `pause` is a break that comes after it. `links` are
    those that its slides show, but for those in its questions; `asked_on` are the numbers of the slides that ask its
    questions, "" for one that none asks. `lead` is who leads it, "" where nobody says; `takes_over` whether somebody else leads
    the slide before it, or it is its section's first.
    """

    block: Block
    objectives: tuple[int, ...]
    page: str | None
    pages: tuple[str | None, ...]
    pause: Block | None
    links: tuple[Text, ...]
    asked_on: tuple[str, ...]
    lead: str
    takes_over: bool

    def numbers_of(self, question: Question) -> str:
        """The number of the slide that asks a question; "" where none does."""
        return next(number for one, number in zip(self.slide.questions, self.asked_on, strict=True) if one is question)

    def page_of(self, question: Question) -> str | None:
        """The handout's page that has the question, or the slide with it; None where none has."""
        if "handout" not in question.show:
            return None
        pages = zip(self.slide.questions, self.pages, strict=True)
        return next((page for one, page in pages if one is question and page), self.page)


P = TypeVar("P")


V = TypeVar("V")


@dataclass(frozen=True)
class SectionView(Generic[P, V]):
    """A section with its slides; `clock` is when it begins, None without a session's start."""

    noun: ClassVar[str] = "a section"
    section: P
    number: int
    slides: tuple[V, ...]
    minutes: float
    clock: str | None

    @property
    def anchor(self) -> str:
        """The name of its anchor, in either document."""
        return section_anchor(self.number)

    mark = anchor  # as own templates of earlier versions call it


HandoutSlideView = SlideView[participant.Slide]


HandoutSection = SectionView[participant.Section, HandoutSlideView]


GuideSection = SectionView[Section, GuideSlideView]


AnySection = HandoutSection | GuideSection


GUIDE_ONLY = frozenset(
    {"page_of", "numbers_of"} | {f.name for f in fields(GuideSlideView)} - {f.name for f in fields(SlideView)}
)
"""What the guide's template can ask of a slide, and the handout's cannot."""


def slide_anchor(ordinal: int) -> str:
    """The name of the anchor of the deck's slide of that place, in whatever the handout is."""
    return f"slide-{ordinal}"


def section_anchor(number: int) -> str:
    """The name of the anchor of a section, in either document."""
    return f"section-{number}"
