"""A library: what several decks take in by its id, and have to be changed in one place only."""

from typing import ClassVar

from pydantic import Field

from deckbuilder.content.base import Model
from deckbuilder.content.deck import Reference, Term
from deckbuilder.content.discussion import Question
from deckbuilder.content.facts import Facts
from deckbuilder.content.kinds import Slide
from deckbuilder.content.pictures import Picture

_ID = r"^[a-z0-9][a-z0-9-]*$"


class SharedTerm(Term):
    """A glossary entry that decks take in."""

    id: str = Field(pattern=_ID, description="The name that decks take it in by.")


class SharedPicture(Picture):
    """A picture that decks take in. Its file is named from the library's folder."""

    shorthand: ClassVar[str | None] = None
    id: str = Field(pattern=_ID, description="The name that decks take it in by.")


class Library(Model):
    """`library.yaml`, in the folder that decks, or an organisation's file, name as their `library`."""

    noun: ClassVar[str] = "a library"

    facts: Facts = Field((), description="What texts say by `{{ facts.NAME }}`, by name.")
    references: tuple[Reference, ...] = Field((), description="Where the facts come from.")
    glossary: tuple[SharedTerm, ...] = Field((), description="Words and what they mean.")
    pictures: tuple[SharedPicture, ...] = Field((), description="Pictures, with what they show and who made them.")
    questions: tuple[Question, ...] = Field((), description="Questions, each with an `id`.")
    slides: tuple[Slide, ...] = Field((), description="Whole slides, each with an `id`.")
