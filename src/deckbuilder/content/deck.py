"""The deck: what is taught, in sections of slides, with what surrounds it."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any, ClassVar, Literal, Self, get_args

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from deckbuilder.content.base import Chosen, Model, by_name
from deckbuilder.content.checks import Checks
from deckbuilder.content.discussion import Material, Minutes
from deckbuilder.content.facts import Facts
from deckbuilder.content.identity import identify
from deckbuilder.content.kinds import AnySlide, Slide
from deckbuilder.content.links import WebAddress
from deckbuilder.content.session import Day
from deckbuilder.content.slides import Gaps, PrincipleSlide
from deckbuilder.content.text import Body, Inline, Name, PlainWords
from deckbuilder.content.vocabulary import OneOrMore


class Objective(Chosen):
    """What participants will be able to do. Slides that serve it name it by its number or its `id`."""

    noun: ClassVar[str] = "an objective"
    shorthand: ClassVar[str | None] = "text"
    text: Inline = Field(description="The objective.")
    id: str | None = Field(None, pattern=r"^[a-z][a-z0-9-]*$", description="A name to refer to it by.")


class Preparation(Model):
    """What to get ready, and when. With a session's date the guide gives the dates."""

    noun: ClassVar[str] = "a preparation checklist"
    two_weeks_before: tuple[Inline, ...] = Field((), description="What has to be done two weeks before.")
    week_before: tuple[Inline, ...] = Field((), description="What to do in the week before.")
    on_the_day: tuple[Inline, ...] = Field((), description="What to do before people come.")
    afterwards: tuple[Inline, ...] = Field((), description="What to do when everybody has gone.")


HandoutPart = Literal[
    "objectives",
    "agenda",
    "agreements",
    "sections",
    "resources",
    "action-plan",
    "evaluation",
    "glossary",
    "references",
    "credits",
    "notes",
]
# Credits stand with the pictures already.
DEFAULT_PARTS: tuple[HandoutPart, ...] = tuple(part for part in get_args(HandoutPart) if part != "credits")
GuideLayout = Literal["compact", "full"]
HandoutLength = Literal["short", "full"]


class HandoutOptions(Model):
    """What the handout is made of, and in which order."""

    noun: ClassVar[str] = "handout settings"
    parts: tuple[HandoutPart, ...] | None = Field(
        None,
        min_length=1,
        description=f"Its parts, in order; the theme's unless given, else {', '.join(DEFAULT_PARTS)}.",
    )
    length: HandoutLength | None = Field(
        None,
        description="What one fills in and takes notes on ('short'), or everything; the theme's unless given, else full.",
    )

    @model_validator(mode="after")
    def _once(self) -> Self:
        for part in self.parts or ():
            if (self.parts or ()).count(part) > 1:
                raise PydanticCustomError(
                    "part-twice", "the handout has '{part}' twice", {"part": part, "hint": "name each part once"}
                )
        return self


class DeckHandout(HandoutOptions):
    """What only a deck can say of its handout."""

    noun: ClassVar[str] = "handout settings"
    left_out: Literal["read", "list", "nothing"] = Field(
        "nothing",
        description="What the handout has of what `--fit-minutes` leaves out: all to read, titles, or nothing.",
    )


class GuideOptions(Model):
    """How the facilitator guide is set."""

    noun: ClassVar[str] = "guide settings"
    layout: GuideLayout | None = Field(
        None, description="A page a slide ('full'), or two slides and more; the theme's unless given, else compact."
    )


class Author(Model):
    noun: ClassVar[str] = "an author"
    shorthand: ClassVar[str | None] = "name"
    name: Inline = Field(description="The author's name.")
    role: Inline | None = Field(None, description="What the author is.")


class Term(Chosen):
    noun: ClassVar[str] = "a glossary entry"
    term: Inline = Field(description="The word.")
    definition: Inline = Field(description="What it means here.")


class Reference(Chosen):
    noun: ClassVar[str] = "a reference"
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="The name that slides cite it by, in 'sources'.")
    text: Inline = Field(description="Author, title, publisher and year.")
    url: WebAddress | None = Field(None, description="Where it can be read.")
    as_of: PlainWords | None = Field(None, description="The date its facts were true or last looked up.")
    review_by: Day | None = Field(None, description="The day by which it has to be looked up again, as 2027-03-15.")


class Section(Chosen):
    noun: ClassVar[str] = "a section"
    synonyms: ClassVar[dict[str, str]] = {"led_by": "lead", "leader": "lead", "trainer": "lead", "presenter": "lead"}

    title: Inline = Field(description="The section's title.")
    text: Inline | None = Field(None, description="A line on what it is about.")
    lead: tuple[PlainWords, ...] = Field(
        (), description="Who leads it, unless the session or a slide says otherwise; for the facilitators' eyes only."
    )
    appendix: bool = Field(
        False, description="True for slides held in reserve after the end: in no agenda, and of no time unless given."
    )
    slides: tuple[Slide, ...] = Field(min_length=1, description="The section's slides, in order.")


Fit = Literal["flexible", "strict"]


class Variant(Model):
    """What is different in a variant, beside what says `for` or `not_for`. What it does not say is as in the deck."""

    noun: ClassVar[str] = "a variant"
    synonyms: ClassVar[dict[str, str]] = {
        "virtual": "online",
        "minutes": "planned_minutes",
        "duration": "planned_minutes",
        "includes": "also",
    }

    title: Inline | None = Field(None, description="The deck's title in this variant.")
    subtitle: Inline | None = Field(None, description="The second line.")
    audience: Inline | None = Field(None, description="Whom it is for.")
    planned_minutes: Minutes | None = Field(None, description="The planned length, breaks included.")
    default_minutes: Minutes | None = Field(None, description="What a slide without minutes is counted as.")
    online: bool | None = Field(None, description="True where people meet online; what is `virtual` then comes first.")
    theme: Name | None = Field(None, description="The theme it is built with, unless somebody asks for another.")
    also: tuple[Name, ...] = Field(
        (), description="Other variants: what is in them is in this one, what is not is not."
    )
    room: Body | None = Field(None, description="How the room is set up.")
    safety: Body | None = Field(None, description="What the facilitator has to know about people's safety.")
    preparation: Preparation | None = Field(None, description="A checklist for the facilitator, by date.")
    handout: DeckHandout | None = Field(None, description="What the handout is made of.")
    guide: GuideOptions | None = Field(None, description="How the guide is set.")
    fit: Fit | None = Field(None, description="As the deck's 'fit'.")


OWN = ("online", "theme", "also")
"""The keys of a variant that are no keys of decks."""

VARIANT_NAME = r"^[a-z0-9][a-z0-9-]*$"

Variants = Annotated[tuple[Any, ...], by_name(Variant, VARIANT_NAME)]
"""Variants by name. A deck that was read has none: it is one of them."""


class Deck(Model):
    noun: ClassVar[str] = "a deck"
    synonyms: ClassVar[dict[str, str]] = {
        "safety_note": "safety",
        "ground_rules": "agreements",
        "checklist": "preparation",
        "date": "the date stands in the session file, date: 2027-03-15, and reaches slides and pages from there",
        "place": "the place stands in the session file, and reaches slides and pages from there",
        "trainers": "trainers stand in the session file; who wrote the deck are its 'authors'",
        "author": "authors",
        "lang": "language",
        "duration": "planned_minutes",
        "minutes": "planned_minutes",
        "organization": "organisation",
        "license": "licence",
        "goals": "objectives",
        "slides": "sections",
    }

    title: Inline = Field(description="The deck's title.")
    subtitle: Inline | None = Field(None, description="A second line.")
    authors: tuple[Author, ...] = Field((), description="Who wrote it.")
    organisation: Inline | None = Field(None, description="Who publishes it.")
    language: str = Field(
        "en", pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", description="Language tag (BCP 47), such as en-US."
    )
    copyright: Inline | None = Field(None, description="The copyright line, shown in the footer.")
    licence: Inline | None = Field(None, description="Under which licence it may be used.")
    planned_minutes: Minutes | None = Field(None, description="The planned length, breaks included.")
    default_minutes: Minutes = Field(2, description="What a slide without minutes is counted as.")
    fit: Fit = Field(
        "flexible", description="'strict' makes it an error where text is set smaller or goes on over slides."
    )
    audience: Inline | None = Field(None, description="Whom it is for.")
    objectives: tuple[Objective, ...] = Field((), description="What participants will be able to do.")
    agreements: tuple[Inline, ...] = Field((), description="How the group wants to treat one another.")
    safety: Body | None = Field(
        None, description="What the facilitator has to know about people's safety; never shown to participants."
    )
    preparation: Preparation | None = Field(None, description="A checklist for the facilitator, by date.")
    room: Body | None = Field(None, description="How the room is set up.")
    materials: tuple[Material, ...] = Field(
        (), description="What is needed throughout, beside the slides' own materials."
    )
    glossary: tuple[Term, ...] = Field((), description="Words and what they mean here.")
    references: tuple[Reference, ...] = Field((), description="Where the facts come from.")
    facts: Facts = Field((), description="What texts say by `{{ facts.NAME }}`, by name.")
    library: Name | None = Field(
        None, description="The folder of what decks share, from the deck's; else the one that organisation.yaml names."
    )
    gaps: Gaps = Field(
        "word", description="What slides show for a [[term]]: the word, or the gap that the handout has."
    )
    handout: DeckHandout | None = Field(None, description="What the handout is made of.")
    guide: GuideOptions | None = Field(None, description="How the guide is set.")
    variants: Variants = Field((), description="Variants of the deck by name, and what is different in each.")
    vocabulary: Annotated[tuple[Name, ...], OneOrMore()] = Field(
        (), description="Vocabulary lists that texts are compared with: files beside the deck, or 'person-first'."
    )
    spelling: Annotated[tuple[Name, ...], OneOrMore()] = Field(
        (), description="Words that are right as they are, whatever dictionaries say."
    )
    checks: Checks = Field((), description="Levels of rules for this deck: off, note, warning or error.")
    sections: tuple[Section, ...] = Field(min_length=1, description="The deck's sections, in order.")

    @model_validator(mode="after")
    def _identified(self) -> Self:
        identify(self.slides())
        return self

    def slides(self) -> Iterator[tuple[Section, AnySlide]]:
        """Every slide with its section, in order."""
        for section in self.sections:
            for slide in section.slides:
                yield section, slide


def cited(deck: Deck) -> list[tuple[int, Reference]]:
    """The references that slides cite, with their numbers, which are their places in the deck's list."""
    ids = {str(source) for _, slide in deck.slides() for source in slide.sources}
    return [(n, r) for n, r in enumerate(deck.references, 1) if r.id in ids]


def objective_number(deck: Deck, name: str) -> int | None:
    """The number of the objective that has this number or id; None where there is none."""
    for number, objective in enumerate(deck.objectives, 1):
        if name in (str(number), objective.id):
            return number
    return None


def principle_numbers(deck: Deck) -> Callable[[PrincipleSlide], int]:
    """Gives a principle's number among those of the same title."""
    seen: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for _, slide in deck.slides():
        if isinstance(slide, PrincipleSlide):
            seen[slide.title.plain] = numbers[slide.identity] = seen.get(slide.title.plain, 0) + 1
    return lambda slide: numbers[slide.identity]
