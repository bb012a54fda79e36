"""What a theme pack may say: the YAML of `standard.yaml` and of `_brand.yml`, checked."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from deckbuilder.content.base import Model
from deckbuilder.theme.theme import Anchor, FontSlot, PlaceholderType, ShapeKind
from deckbuilder.units import Rect


def _rect(value: Any) -> Any:
    if isinstance(value, Rect):
        return value
    numbers = isinstance(value, list) and all(isinstance(n, (int, float)) for n in value)
    if not numbers or len(value) != 4 or value[2] <= 0 or value[3] <= 0:
        raise PydanticCustomError(
            "box", "a box is [left, top, width, height] in points", {"hint": "four numbers, width and height above 0"}
        )
    return Rect(*(float(n) for n in value))


Box = Annotated[Any, BeforeValidator(_rect)]


class LevelSpec(Model):
    noun: ClassVar[str] = "a level of a text style"
    font: FontSlot
    size: float = Field(ge=8, le=400)
    floor: float = Field(ge=8, le=400)
    color: str
    bold: bool = False
    italic: bool = False
    spacing: float = Field(1.0, ge=0.8, le=2)
    before: float = Field(0.0, ge=0, le=4)
    bullet: str | None = None
    indent: float = 0.0
    hanging: float = 0.0


class StyleSpec(Model):
    noun: ClassVar[str] = "a text style"
    tie: bool = False
    align: Literal["left", "center", "right"] = "left"
    levels: list[LevelSpec] = Field(min_length=1, max_length=9)


class PlaceholderSpec(Model):
    noun: ClassVar[str] = "a placeholder"
    type: PlaceholderType = "body"
    box: Box
    style: str
    anchor: Anchor = "top"


class ArtSpec(Model):
    noun: ClassVar[str] = "a decoration"
    shape: ShapeKind | Literal["glyph"]
    box: Box
    fill: str | None = None
    line: str | None = None
    width: float = 0.0
    glyph: str = ""
    size: float = 0.0


class LayoutSpec(Model):
    noun: ClassVar[str] = "a slide layout"
    name: str
    background: str = "paper"
    footer: Literal["light", "dark", "narrow", "none"] = "light"
    band: bool = False
    placeholders: dict[str, PlaceholderSpec]
    art: list[ArtSpec] = []


class FooterSpec(Model):
    noun: ClassVar[str] = "the footer"
    box: Box
    number: Box
    size: float


class BandSpec(Model):
    noun: ClassVar[str] = "the question band"
    box: Box
    text: Box
    bar: Box
    fill: str
    accent: str


ColorSpec = Annotated[list[Any], Field(min_length=1, max_length=3)]


class ThemeSpec(Model):
    """`standard.yaml` with a pack's own settings laid over it."""

    noun: ClassVar[str] = "the theme's settings"
    slots: dict[str, str]
    size: tuple[float, float]
    colors: dict[str, ColorSpec]
    styles: dict[str, StyleSpec]
    footer: FooterSpec
    band: BandSpec
    art: list[ArtSpec] = []
    layouts: dict[str, LayoutSpec]


class FontSpec(Model):
    model_config = ConfigDict(frozen=True, extra="ignore")
    noun: ClassVar[str] = "a font"
    family: str
    source: Literal["file", "google", "bunny", "system"] = "system"
    files: list[Any] = []


class Family(Model):
    model_config = ConfigDict(frozen=True, extra="ignore")
    noun: ClassVar[str] = "a typeface"
    shorthand: ClassVar[str | None] = "family"
    family: str | None = None
