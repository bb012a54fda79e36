"""Pictures that slides and pages show, and their files."""

from dataclasses import field
from pathlib import Path, PurePosixPath
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from deckbuilder.content.base import Chosen
from deckbuilder.content.discussion import PLACES, Show
from deckbuilder.content.text import Inline, Name, PlainWords
from deckbuilder.frozen import dataclass

PictureFormat = Literal["png", "jpeg", "svg"]
Fraction = Annotated[float, Field(ge=0, le=1)]


class Picture(Chosen):
    """A picture file with what a reader who cannot see it needs."""

    noun: ClassVar[str] = "a picture"
    shorthand: ClassVar[str | None] = "file"
    synonyms: ClassVar[dict[str, str]] = {
        "src": "file",
        "path": "file",
        "url": "file",
        "alt_text": "alt",
        "description": "alt",
    }

    file: Name = Field(description="A picture file, relative to the deck's folder.")
    alt: PlainWords | None = Field(None, description="What the picture shows, for those who cannot see it.")
    decorative: bool = Field(False, description="True when the picture says nothing that the text does not.")
    caption: Inline | None = Field(None, description="Shown with the picture.")
    credit: Inline | None = Field(None, description="Who made it, and under which licence.")
    fit: Literal["crop", "whole"] | None = Field(
        None,
        description="'crop' fills the place, 'whole' shows all; unless given, only diagrams and picture slides are shown whole.",
    )
    show: Show = Field(PLACES, description="Where the picture stands; the guide prints what the deck does not show.")
    focus: tuple[Fraction, Fraction] = Field(
        (0.5, 0.5), description="The point that cropping keeps, as fractions from the left and the top."
    )

    @model_validator(mode="after")
    def _needs_alternative(self) -> Self:
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


@dataclass(frozen=True)
class PictureFile:
    """A picture file that can be read. `width` and `height` are as seen, in pixels (SVG: in user units). `format` is what
    outputs hold it as, whatever the file is; `turned` is True when the file's Exif orientation has to be applied,
    `converted` when its bytes cannot go in as they are, `flat` for diagrams and screenshots, which are shown whole.
    `data` are the bytes of a picture that lies in another file, whose name `path` then begins with, or that was made of
    the file: a drawing in good order, or a picture of it. `paper` is an SVG's drawing in the words that the renderer for
    paper draws as all others do; None for other formats."""

    path: Path
    format: PictureFormat
    width: float
    height: float
    turned: bool = False
    data: bytes | None = None
    converted: bool = False
    flat: bool = False
    paper: bytes | None = field(default=None, compare=False, repr=False)  # it follows from the file

    @property
    def aspect(self) -> float:
        """Width over height."""
        return self.width / self.height
