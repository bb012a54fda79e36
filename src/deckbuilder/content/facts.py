"""Facts that texts name: what changes once, and everywhere."""

from typing import Annotated, Any, ClassVar

from pydantic import Field

from deckbuilder.content.base import Model, by_name
from deckbuilder.content.session import Day
from deckbuilder.content.text import Name, NumberOrWords

FACT_NAME = r"^[a-z][a-z0-9_]*$"


class Fact(Model):
    """What a text says by `{{ facts.NAME }}`. A number is written as the language writes numbers."""

    noun: ClassVar[str] = "a fact"
    shorthand: ClassVar[str | None] = "value"
    synonyms: ClassVar[dict[str, str]] = {
        "text": "value",
        "number": "value",
        "sources": "source",
        "reference": "source",
        "date": "as_of",
    }

    value: NumberOrWords = Field(description="The number, or the words.")
    source: Name | None = Field(
        None,
        description="The id of the reference that it comes from; slides that show the fact cite it.",
    )
    as_of: NumberOrWords | None = Field(
        None, description="When it was true; `{{ facts.NAME.as_of }}` in texts says so."
    )
    review_by: Day | None = Field(None, description="The day by which it has to be looked up again, as 2027-03-15.")


Facts = Annotated[tuple[Any, ...], by_name(Fact, FACT_NAME)]
"""Facts by name, each as a pair of the two."""
