"""What a theme pack may say: the YAML of `standard.yaml` and of `_brand.yml`, checked."""

from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from deckbuilder.content.base import Mapped, Model
from deckbuilder.content.checks import Checks
from deckbuilder.content.deck import GuideOptions, HandoutOptions
from deckbuilder.content.printing import PrintSettings
from deckbuilder.content.text import Inline, Name
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.frozen import FrozenDict
from deckbuilder.reading.problems import errors_of, report_errors
from deckbuilder.theme.roles import LayoutRole
from deckbuilder.theme.styles import FontSlot, Numbering
from deckbuilder.theme.theme import Anchor, PlaceholderType, ShapeKind
from deckbuilder.units import Insets, Rect


def _rect(value: Any) -> Any:
    if isinstance(value, Rect):
        return value
    numbers = isinstance(value, list) and all(isinstance(n, (int, float)) for n in value)
    if not numbers or len(value) != 4 or value[3] <= 0:
        raise PydanticCustomError(
            "theme-geometry",
            "a box is [left, top, width, height] in points",
            {"hint": "four numbers, width and height above 0"},
        )
    return Rect(*(float(n) for n in value))


def _numbers(said: str, **more: Any) -> WithJsonSchema:
    """Four numbers, for the JSON Schema."""
    numbers = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4, "description": said}
    return WithJsonSchema({"anyOf": [numbers, more]} if more else numbers)


_BOX = "[left, top, width, height] in points"
Box = Annotated[InstanceOf[Rect], BeforeValidator(_rect), _numbers(_BOX)]


class LevelSpec(Model):
    noun: ClassVar[str] = "a level of a text style"
    font: FontSlot
    size: float = Field(ge=8, le=400)
    floor: float = Field(ge=8, le=400)
    color: Name
    bold: bool = False
    italic: bool = False
    spacing: float = Field(1.0, ge=0.8, le=2)
    before: float = Field(0.0, ge=0, le=4)
    bullet: str | None = None
    indent: float = 0.0
    hanging: float = 0.0
    numbers: Numbering | None = None
    tab: bool = Field(False, description="A right tab at the text's right edge, for times in an agenda.")


class StyleSpec(Model):
    noun: ClassVar[str] = "a text style"
    tie: bool = Field(True, description="False lets a short last word stand alone on the last line.")
    even: bool = Field(False, description="Lines about equally long, as titles and quotes want them.")
    unbroken: bool = Field(False, description="Set smaller rather than broken into lines, as figures want it.")
    plain: int | None = Field(None, ge=0, le=8)
    align: Literal["left", "center", "right"] = "left"
    largest: float = Field(1.0, ge=1, le=2, description="How many times as large the text may be where there is room.")
    levels: tuple[LevelSpec, ...] = Field(min_length=1, max_length=9)


def _insets(value: Any) -> Any:
    if isinstance(value, Insets):
        return value
    if not isinstance(value, list) or len(value) != 4 or not all(isinstance(n, (int, float)) for n in value):
        raise PydanticCustomError(
            "theme-geometry", "insets are [left, top, right, bottom] in points", {"hint": "write four numbers"}
        )
    return Insets(*(float(n) for n in value))


class Boxed(Model):
    """What has a box. `each` repeats it in every column of the layout; the box's left edge is then
    counted from the column's, and a width of 0 or less is what to leave free of the column."""

    each: bool = False
    box: Box

    @field_validator("box")
    @classmethod
    def _has_width(cls, box: Rect, info: ValidationInfo) -> Rect:
        return box if info.data.get("each") or box.width > 0 else _rect([])


def _logo_box(value: Any) -> Any:
    return value if value == "none" else _rect(value)


# Where a logo may stand, as large as fits; "none" where none does.
LogoBox = Annotated[InstanceOf[Rect] | Literal["none"], BeforeValidator(_logo_box), _numbers(_BOX, const="none")]


class CurrentSpec(Model):
    noun: ClassVar[str] = "the look of the current placeholder"
    style: Name
    fill: Name


class PlaceholderSpec(Boxed):
    noun: ClassVar[str] = "a placeholder"
    type: PlaceholderType = "body"
    style: Name
    anchor: Anchor = "top"
    shape: ShapeKind | Literal["track"] = "rectangle"
    fill: Name | None = None
    insets: Annotated[
        InstanceOf[Insets], BeforeValidator(_insets), _numbers("[left, top, right, bottom] in points")
    ] = Insets()
    current: CurrentSpec | None = Field(None, alias="marked")


class ArtSpec(Boxed):
    noun: ClassVar[str] = "a decoration"
    shape: ShapeKind | Literal["glyph"]
    fill: Name | None = None
    line: Name | None = None
    width: float = 0.0
    glyph: str = ""
    size: float = 0.0


class ColumnsSpec(Model):
    """Columns side by side, `counts[0]` to `counts[1]` of them: a layout for each count."""

    noun: ClassVar[str] = "the columns of a layout"
    counts: tuple[int, int]
    left: float
    width: float
    gap: float


class LayoutSpec(Model):
    noun: ClassVar[str] = "a slide layout"
    name: str
    columns: ColumnsSpec | None = None
    background: Name = "paper"
    footer: Literal["light", "dark", "narrow", "beside", "none"] = "light"
    band: bool = False
    spare: bool = False
    logo: LogoBox | None = None
    placeholders: Mapped[PlaceholderSpec]
    art: tuple[ArtSpec, ...] = ()

    @model_validator(mode="after")
    def _one_title(self) -> Self:
        if self.columns is None and any(p.each for p in (*self.placeholders.values(), *self.art)):
            raise PydanticCustomError(
                "theme-layout",
                "'each' needs 'columns'",
                {"hint": "columns: {counts: [2, 5], left: 64, width: 832, gap: 32}"},
            )
        if sum(p.type == "title" for p in self.placeholders.values()) != 1:
            raise PydanticCustomError(
                "theme-layout",
                "the layout '{name}' has not exactly one title",
                {"name": self.name, "hint": "type: title"},
            )
        return self


Length = Annotated[float, Field(gt=0, le=4000)]


class FooterSpec(Model):
    noun: ClassVar[str] = "the footer"
    box: Box
    date: Box
    number: Box
    size: float


class KickerSpec(Model):
    """What stands small above titles, the title of a series: `lift` points higher than they begin, and no further
    right than `right`."""

    noun: ClassVar[str] = "what stands above titles"
    style: Name
    lift: Length
    height: Length
    right: Length


class TableSpec(Model):
    noun: ClassVar[str] = "the look of tables"
    head: Name
    head_text: Name
    text: Name
    stripe: Name
    line: Name


class PageRuleSpec(Model):
    noun: ClassVar[str] = "a rule on paper"
    color: Name
    thickness: float = Field(gt=0, le=20)
    width: float | None = Field(None, gt=0, le=2000)


class OpeningsSpec(Model):
    noun: ClassVar[str] = "the openings of a document's parts"
    above: tuple[PageRuleSpec, ...] = Field((), max_length=4)
    below: tuple[PageRuleSpec, ...] = Field((), max_length=4)


class BandSpec(Model):
    noun: ClassVar[str] = "the question band"
    box: Box
    text: Box
    bar: Box
    fill: Name
    accent: Name


def _shade(value: Any) -> Any:
    numbers = value[1:] if isinstance(value, list) else []
    for number in numbers:
        if isinstance(number, bool) or not isinstance(number, (int, float)):
            raise PydanticCustomError(
                "theme-shade",
                "'{wrong}' is no number",
                {"wrong": str(number), "hint": "a shade is [slot, luminance times, luminance plus]"},
            )
    return value


ColorSpec = Annotated[tuple[Any, ...], Field(min_length=1, max_length=3), BeforeValidator(_shade)]


class ImprintSpec(Model):
    """What an organisation has to say at the end of everything it gives away."""

    noun: ClassVar[str] = "the imprint"
    address: str | None = None
    licence: str | None = None
    funder: str | None = None
    disclaimer: str | None = None

    def lines(self) -> tuple[str, ...]:
        """What is given, in the order in which it is shown."""
        return tuple(x for x in (self.address, self.licence, self.funder, self.disclaimer) if x)


class CorporateSpec(Model):
    """A corporate template: its file, and which of its layouts serves a role, where that is not plain."""

    noun: ClassVar[str] = "the template"
    shorthand: ClassVar[str | None] = "file"
    file: Name
    layouts: Mapped[Name] = Field(default_factory=FrozenDict)


class ThemeSpec(Model):
    """`standard.yaml` with a pack's own settings laid over it."""

    noun: ClassVar[str] = "the theme's settings"
    slots: Mapped[Name] = Field(
        default_factory=FrozenDict,
        description="Office's twelve theme colours, each a colour or a name from the palette; else they are derived.",
    )
    insist: bool = Field(False, description="True keeps the brand's colours where they are hard to read.")
    logo: LogoBox = Field(
        description="Where the logo stands on slides, as a box, or 'none'; a layout may say otherwise."
    )
    imprint: ImprintSpec | None = Field(None, description="Lines that end the deck, the handout and the guide.")
    organisation: Inline | None = Field(None, description="Who publishes; a deck that says so itself goes before.")
    copyright: Inline | None = Field(None, description="The copyright line; a deck's own goes before.")
    licence: Inline | None = Field(None, description="The licence; a deck's own goes before.")
    words: Mapped[str | Mapped[str]] = Field(
        default_factory=FrozenDict,
        description="Words that deckbuilder puts on slides and pages, said otherwise: by name, or by name and language.",
    )
    template: CorporateSpec | None = Field(None, description="A corporate template: its file, or its file and layouts.")
    partners: tuple[Any, ...] = Field(
        (), description="Logos beside the brand's, on covers, closing slides and pages: files, or as under 'logo'."
    )
    vocabulary: Any = Field(
        None, description="Terms to be said otherwise: names of lists in the pack, or that come along, or the terms."
    )
    size: tuple[Length, Length] = Field(description="The slide, in points.")
    colors: Mapped[ColorSpec] = Field(description="Shades by name: a slot, with its luminance multiplied and raised.")
    styles: Mapped[StyleSpec] = Field(
        description="Text styles: for each level a font, a size and a floor, a colour, spacing, a bullet."
    )
    footer: FooterSpec = Field(description="Where the footer, the date and the slide's number stand.")
    band: BandSpec = Field(description="Where a question stands under a slide's text.")
    kicker: KickerSpec | None = Field(description="Where the title of a series stands, above the slide's own.")
    table: TableSpec = Field(description="The colours of tables: header, text, every other row, lines.")
    openings: OpeningsSpec = Field(
        OpeningsSpec(), description="Rules above and below the titles of the parts of handout and guide."
    )
    art: tuple[ArtSpec, ...] = Field((), description="Decorations of all slides.")
    layouts: Mapped[LayoutSpec] = Field(
        description="Slide layouts: a name, a background, placeholders with box and style, decorations."
    )
    printing: PrintSettings | None = Field(
        None, alias="print", description="How handout and guide are printed, unless somebody says otherwise."
    )
    presets: Mapped[PrintSettings] = Field(default_factory=FrozenDict, description="Settings for printing, by name.")
    checks: Checks = Field((), description="Levels of rules for decks in this theme; a deck's own go before.")
    handout: HandoutOptions = Field(HandoutOptions(), description="What the handout is made of; a deck goes before.")
    guide: GuideOptions = Field(GuideOptions(), description="How the guide is set; a deck goes before.")

    def layout(self, role: LayoutRole) -> LayoutSpec:
        """What the layout of a role is made of: what is said of it, or of its like for any count."""
        role = role.unbanded
        said = self.layouts.get(str(role))
        return said or self.layouts[str(role.broader)]


class FontSpec(Model):
    model_config = ConfigDict(frozen=True, extra="ignore")
    noun: ClassVar[str] = "a font"
    family: str
    source: Literal["file", "google", "bunny", "system"] = "system"
    files: tuple[Any, ...] = ()


class Family(Model):
    model_config = ConfigDict(frozen=True, extra="ignore")
    noun: ClassVar[str] = "a typeface"
    shorthand: ClassVar[str | None] = "family"
    family: str | None = None


_Checked = TypeVar("_Checked", bound=Model)


def checked(model: type[_Checked], raw: Any, problems: Diagnostics) -> _Checked | None:
    """What was read, as a model; None where it is none, which is reported."""
    try:
        return model.model_validate(raw, context={"problems": problems})
    except ValidationError as error:
        report_errors(errors_of(error), raw, problems)
        return None
