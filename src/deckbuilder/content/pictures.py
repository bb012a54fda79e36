"""Pictures that slides and pages show."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from deckbuilder.content.base import Model
from deckbuilder.content.discussion import PLACES, Show
from deckbuilder.content.text import Inline, Name, PlainWords

Fraction = Annotated[float, Field(ge=0, le=1)]


class Picture(Model):
    """A picture file with what a reader who cannot see it needs."""

    noun: ClassVar[str] = "a picture"

    file: Name = Field(description="A picture file, relative to the deck's folder.")
    alt: PlainWords | None = Field(None, description="What the picture shows, for those who cannot see it.")
    decorative: bool = Field(False, description="True when the picture says nothing that the text does not.")
    caption: Inline | None = Field(None, description="Shown with the picture.")
    credit: Inline | None = Field(None, description="Who made it, and under which licence.")
    fit: Literal["crop", "whole"] | None = Field(
        None,
        description="'crop' fills the place, 'whole' shows all; unless given, photographs beside text are cropped, others whole.",
    )
    show: Show = Field(
        list(PLACES), description="Where the picture stands; the guide prints what the deck does not show."
    )
    focus: tuple[Fraction, Fraction] = Field(
        (0.5, 0.5), description="The point that cropping keeps, as fractions from the left and the top."
    )

    @model_validator(mode="after")
    def _needs_alternative(self) -> Picture:
        if self.decorative and self.alt:
            raise PydanticCustomError(
                "alternative-text",
                "a picture cannot be decorative and have 'alt' text",
                {"hint": "keep one of the two"},
            )
        if not self.decorative:
            if not (self.alt or "").strip():
                raise PydanticCustomError(
                    "alternative-text",
                    "the picture '{file}' has no 'alt' text",
                    {"file": self.file, "hint": "say what it shows in 'alt', or write 'decorative: true'"},
                )
            if PurePosixPath(self.file).name.lower() in (self.alt or "").lower():
                raise PydanticCustomError(
                    "alternative-text", "the 'alt' text is a file name", {"hint": "say what the picture shows"}
                )
        return self
