"""Slides that show: a picture, a grid of pictures, a video, a number or a few."""

from typing import ClassVar, Literal

from pydantic import Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from deckbuilder.content.base import Model
from deckbuilder.content.pictures import Picture
from deckbuilder.content.slides import Link, Titled
from deckbuilder.content.text import Body, Inline


class PictureSlide(Titled):
    """A picture, as large as it goes."""

    noun: ClassVar[str] = "a picture slide"
    kind: Literal["picture"]
    picture: Picture = Field(description="The picture, as large as it goes.")
    full: bool = Field(False, description="True to fill the whole slide, edge to edge, the title over it on a bar.")


class GridSlide(Titled):
    """Pictures of equal weight: two to six on a slide, more on further slides."""

    noun: ClassVar[str] = "a grid slide"
    kind: Literal["grid"]
    pictures: tuple[Picture, ...] = Field(
        min_length=2, max_length=24, description="Pictures of equal weight; more than six go on over further slides."
    )


class VideoSlide(Titled):
    """A link to a video. The poster leads there when clicked; without one there is a QR code. Nothing is embedded:
    the deck stays small and opens everywhere."""

    noun: ClassVar[str] = "a video slide"
    kind: Literal["video"]
    video: Link = Field(description="Where the video is, and words that say so.")
    poster: Picture | None = Field(
        None, description="A still that leads to the video when clicked; without one there is a QR code."
    )
    text: Body | None = Field(None, description="What to look out for.")
    captions: bool | None = Field(None, description="Whether the video has captions; somebody has to look.")


class Figure(Model):
    noun: ClassVar[str] = "a number"
    synonyms: ClassVar[dict[str, str]] = {"value": "number", "figure": "number", "label": "text", "caption": "text"}

    number: Inline = Field(description="The number as it is read: 107,543, or 1 in 4.")
    unit: Inline | None = Field(
        None, description="What it counts, in words under it; a sign such as % belongs to the number."
    )
    text: Inline | None = Field(None, description="What it means, in a sentence.")

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = super().__get_pydantic_json_schema__(core, handler)
        handler.resolve_ref_schema(schema)["properties"]["number"]["type"] = ["string", "number"]
        return schema


class NumberSlide(Titled):
    """A number that is to be remembered, as large as it goes, with its unit, what it means and where it comes from; or two
    or three of them side by side."""

    noun: ClassVar[str] = "a number slide"
    synonyms: ClassVar[dict[str, str]] = {
        "number": "numbers",
        "value": "numbers",
        "figures": "numbers",
        "stats": "numbers",
    }
    kind: Literal["number"]
    numbers: tuple[Figure, ...] = Field(
        min_length=1, max_length=3, description="The number, or up to three side by side."
    )
    source: Inline | None = Field(None, description="Where the numbers come from, shown below.")
