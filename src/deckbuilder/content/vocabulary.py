"""Vocabulary: terms that an organisation or a field would rather see said otherwise.

A list is data like a deck; `reading.vocabulary` reads it, `checks.wording` compares texts with it.
"""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from deckbuilder.content.base import Model
from deckbuilder.content.links import WebAddress
from deckbuilder.content.text import Name, PlainWords

Level = Literal["warning", "error"]


class OneOrMore:
    """On a list: a single word stands for a list of it."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(
            lambda value: [value] if isinstance(value, str) else value, handler(source)
        )

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = handler(core)
        return {"anyOf": [schema["items"], schema]}


class Wording(Model):
    """A term that is found (`pattern`, any of them), and what is preferred to it (any of them)."""

    noun: ClassVar[str] = "a vocabulary term"
    synonyms: ClassVar[dict[str, str]] = {
        "term": "pattern",
        "observed": "pattern",
        "avoid": "pattern",
        "prefer": "preferred",
        "use": "preferred",
        "why": "reason",
        "url": "link",
        "severity": "level",
        "exceptions": "except",
    }
    pattern: Annotated[tuple[Name, ...], OneOrMore()] = Field(
        min_length=1, description="The words to find, or a regular expression between slashes; one or several."
    )
    preferred: Annotated[tuple[PlainWords, ...], OneOrMore()] = Field(
        min_length=1, description="What to write in their place; one or several to choose from."
    )
    reason: PlainWords | None = Field(None, description="Why.")
    link: WebAddress | None = Field(None, description="Where to read more; the list's unless given.")
    level: Level | None = Field(None, description="'error' stops the build; the list's unless given, else 'warning'.")
    exempt: Annotated[tuple[PlainWords, ...], OneOrMore()] = Field(
        (), alias="except", description="Phrases in which the term is all right."
    )


class Vocabulary(Model):
    """Terms that belong together. A list without terms says only which names are all right."""

    noun: ClassVar[str] = "a vocabulary list"
    synonyms: ClassVar[dict[str, str]] = {"words": "terms", "list": "terms", "names": "except"}
    language: str | None = Field(
        None,
        pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
        description="Only texts in this language are compared, of whatever country unless it names one; else all.",
    )
    level: Level = Field("warning", description="The level of terms that give none.")
    link: WebAddress | None = Field(None, description="The link of terms that give none.")
    exempt: Annotated[tuple[PlainWords, ...], OneOrMore()] = Field(
        (), alias="except", description="Phrases in which every term is all right, such as names of institutes."
    )
    terms: tuple[Wording, ...] = Field((), description="The terms.")

    def speaks(self, language: str) -> bool:
        """Whether texts in the language (BCP 47) are compared with the list."""
        own = (self.language or language).lower()
        return language.lower() == own or language.lower().startswith(f"{own}-")
