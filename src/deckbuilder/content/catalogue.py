"""A catalogue: which sets of files an organisation wants of which decks, and where they go."""

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from deckbuilder import renamed
from deckbuilder.content.base import Model
from deckbuilder.content.text import Name
from deckbuilder.content.vocabulary import OneOrMore
from deckbuilder.languages import Paper

OutputName = Literal["deck", "handout", "guide", "slides"]
Output = Annotated[OutputName, BeforeValidator(lambda name: renamed.output(name) if isinstance(name, str) else name)]


class Matrix(Model):
    """Every combination of what the lists name is a set of files. A list that is not there leaves its matter to deck, session and
    theme."""

    noun: ClassVar[str] = "a matrix"
    synonyms: ClassVar[dict[str, str]] = {
        "deck": "decks",
        "theme": "themes",
        "language": "languages",
        "variant": "variants",
        "session": "sessions",
        "paper": "papers",
        "preset": "presets",
        "output": "outputs",
        "only": "outputs",
    }
    decks: Annotated[tuple[Name, ...], OneOrMore()] = Field(
        (),
        description="Decks: folders, files, or patterns such as `trainings/*`; from the catalogue's folder. Or addresses: "
        "folders on object storage, patterns of them, zip files.",
    )
    themes: Annotated[tuple[Name, ...], OneOrMore()] = Field(
        (), description="Names of themes, or folders of theme packs; `all` for those that come along."
    )
    languages: Annotated[tuple[Name, ...], OneOrMore()] = Field(
        (), description="Languages; `all` for each deck's own and those that it is translated into."
    )
    variants: Annotated[tuple[Name, ...], OneOrMore()] = Field(
        (), description="Variants; `all` for each deck itself and all that it has."
    )
    sessions: Annotated[tuple[Name, ...], OneOrMore()] = Field((), description="Session files, or patterns of them.")
    papers: Annotated[tuple[Paper, ...], OneOrMore()] = Field((), description="Papers: `letter`, `a4`.")
    presets: Annotated[tuple[Name, ...], OneOrMore()] = Field((), description="Print settings by name.")
    outputs: Annotated[tuple[Output, ...], OneOrMore()] = Field(
        (), description="What a set has: `deck`, `handout`, `guide`, `slides`; the first three unless given."
    )


class Included(Matrix):
    """A matrix beside the catalogue's own. Decks and outputs are the catalogue's where it names none."""

    noun: ClassVar[str] = "an included matrix"


class Excluded(Model):
    """Sets that are left out: those of which all that is said here is true. Names may be patterns, such as `fire-*`."""

    noun: ClassVar[str] = "an exclusion"
    deck: Name | None = Field(None, description="What the deck is called.")
    theme: Name | None = Field(None, description="The theme.")
    language: Name | None = Field(None, description="The language.")
    variant: Name | None = Field(None, description="The variant.")
    session: Name | None = Field(None, description="What the session's file is called, without its ending.")
    paper: Paper | None = Field(None, description="The paper.")
    preset: Name | None = Field(None, description="The preset.")


class Catalogue(Matrix):
    """What `deckbuilder batch` builds: a matrix, what is included beside it, what is excluded of both, and where results go."""

    noun: ClassVar[str] = "a catalogue"
    synonyms: ClassVar[dict[str, str]] = {"output": "results", "includes": "include", "excludes": "exclude"}
    results: Name = Field(description="Where the sets go: a folder, from the catalogue's, or an address.")
    include: tuple[Included, ...] = Field((), description="Further matrices.")
    exclude: tuple[Excluded, ...] = Field((), description="What is left out.")
