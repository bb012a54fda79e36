"""Vocabulary: terms that an organisation or a field would rather see said otherwise.

A list is data like a deck; `reading.vocabulary` reads it, `checks.wording` compares texts with it.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field

from deckbuilder.content.base import Model
from deckbuilder.content.text import Name, PlainWords

Level = Literal["warning", "error"]
Link = Annotated[str, Field(pattern=r"^https?://\S+$")]


def one_or_more(value: Any) -> Any:
    """A single word as a list of it."""
    return [value] if isinstance(value, str) else value


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
    pattern: Annotated[list[Name], BeforeValidator(one_or_more)] = Field(
        min_length=1, description="The words to find, or a regular expression between slashes; one or several."
    )
    preferred: Annotated[list[PlainWords], BeforeValidator(one_or_more)] = Field(
        min_length=1, description="What to write in their place; one or several to choose from."
    )
    reason: PlainWords | None = Field(None, description="Why.")
    link: Link | None = Field(None, description="Where to read more; the list's unless given.")
    level: Level | None = Field(None, description="'error' stops the build; the list's unless given, else 'warning'.")
    exempt: Annotated[list[PlainWords], BeforeValidator(one_or_more)] = Field(
        [], alias="except", description="Phrases in which the term is all right."
    )


class WordList(Model):
    """Terms that belong together. A list without terms says only which names are all right."""

    noun: ClassVar[str] = "a vocabulary list"
    synonyms: ClassVar[dict[str, str]] = {"words": "terms", "list": "terms", "names": "except"}
    language: str | None = Field(
        None,
        pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
        description="Only texts in this language are compared, of whatever country unless it names one; else all.",
    )
    level: Level = Field("warning", description="The level of terms that give none.")
    link: Link | None = Field(None, description="The link of terms that give none.")
    exempt: Annotated[list[PlainWords], BeforeValidator(one_or_more)] = Field(
        [], alias="except", description="Phrases in which every term is all right, such as names of institutes."
    )
    terms: list[Wording] = Field([], description="The terms.")

    def speaks(self, language: str) -> bool:
        """Whether texts in the language (BCP 47) are compared with the list."""
        own = (self.language or language).lower()
        return language.lower() == own or language.lower().startswith(f"{own}-")
