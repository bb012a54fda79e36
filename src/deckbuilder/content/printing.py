"""How the documents are printed: one set of words for the command line, session files and themes."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from deckbuilder.content.base import Model
from deckbuilder.content.text import Name
from deckbuilder.diagnostics import Diagnostics, did_you_mean
from deckbuilder.frozen import dataclass
from deckbuilder.languages import Language, Paper
from deckbuilder.source import Position

SlidesPerPage = Literal[0, 1, 2, 3, 4, 6]


def _count(value: Any) -> Any:
    if isinstance(value, bool) or value not in get_args(SlidesPerPage):
        known = ", ".join(str(n) for n in get_args(SlidesPerPage))
        raise PydanticCustomError(
            "unknown-value",
            "there is no handout with {value} slides a page",
            {"value": str(value), "hint": f"known: {known}; 0 is the workbook"},
        )
    return int(value)


class PrintSettings(Model):
    """How the handout and the guide are printed. Of several places that say something the nearest counts:
    the command line, then the session, then the theme; in each, a key counts more than its preset."""

    noun: ClassVar[str] = "print settings"

    preset: Name | None = Field(None, description="Settings by name: `copier`, `large-print`, `booklet`, or a theme's.")
    paper: Paper | None = Field(None, description="The paper; the one usual where the deck's language is spoken.")
    duplex: bool | None = Field(
        None,
        description="For both sides of the paper: the margin for binding changes sides, sections start on right-hand pages.",
    )
    grayscale: bool | None = Field(None, description="Without colour, and slides on white.")
    large_print: bool | None = Field(None, description="Text of 18 points, set anew in a sans serif font.")
    booklet: bool | None = Field(
        None, description="Pages half the paper's size, and a further file of sheets to print, fold and staple."
    )
    slides_per_page: Annotated[SlidesPerPage, BeforeValidator(_count)] | None = Field(
        None, description="The handout shows the slides, so many a page; 0 for the workbook."
    )

    @property
    def says_something(self) -> bool:
        return any(value is not None for _, value in self)


@dataclass(frozen=True)
class Printing:
    """How the documents are printed, everything settled."""

    paper: Paper
    duplex: bool = False
    grayscale: bool = False
    large_print: bool = False
    booklet: bool = False
    slides_per_page: SlidesPerPage = 0


def settle_printing(
    layers: list[PrintSettings | None], presets: Mapping[str, PrintSettings], language: str, problems: Diagnostics
) -> Printing:
    """What the layers say, the first the strongest. Settings that do not go together, and presets
    that do not exist, are errors in `problems`."""
    said: dict[str, Any] = {}
    places: dict[str, Position | None] = {}
    for layer in (one for one in layers if one is not None):
        for settings in (layer, _preset(layer, presets, problems)):
            for name in Printing.__dataclass_fields__:
                value = getattr(settings, name, None)
                if value is not None and name not in said:
                    said[name], places[name] = value, layer.at
    said.setdefault("paper", Language(language).paper)
    printing = Printing(**said)
    _check(printing, places, problems)
    return printing


def _preset(
    settings: PrintSettings, presets: Mapping[str, PrintSettings], problems: Diagnostics
) -> PrintSettings | None:
    if settings.preset is None:
        return None
    found = presets.get(settings.preset)
    if found is None:
        at = getattr(settings.preset, "at", None) or settings.at
        problems.error(
            "unknown-preset", f"there is no preset '{settings.preset}'", at, did_you_mean(settings.preset, presets)
        )
    elif found.preset is not None:
        problems.error(
            "preset-of-preset",
            f"the preset '{settings.preset}' names another preset",
            found.at,
            "write out what it sets",
        )
    return found


def _check(printing: Printing, places: dict[str, Position | None], problems: Diagnostics) -> None:
    def clash(one: str, other: str, message: str, hint: str) -> None:
        problems.error("print-settings-clash", message, places.get(one) or places.get(other), hint)

    if printing.large_print and printing.slides_per_page:
        clash(
            "slides_per_page",
            "large_print",
            "slide prints cannot be had in large print: text on them is as small as the slide",
            "large print sets the workbook's text anew; leave out 'slides_per_page', or make it 0",
        )
    if printing.large_print and printing.booklet:
        clash(
            "booklet",
            "large_print",
            "large print does not fit a booklet's half pages: a line would hold 30 letters",
            "print it on whole pages: leave out 'booklet'",
        )
    if printing.booklet and printing.slides_per_page > 2:
        clash(
            "slides_per_page",
            "booklet",
            f"{printing.slides_per_page} slides on half a page are too small to read",
            "in a booklet, 1 or 2 slides a page; or leave out 'booklet'",
        )
