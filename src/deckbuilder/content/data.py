"""Slides that show data: tables and charts. What a CSV file holds has been put into the fields
before the models see them."""

import math
from typing import Annotated, ClassVar, Literal, Self

from pydantic import (
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    PrivateAttr,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from deckbuilder.content.base import Model
from deckbuilder.content.slides import Titled
from deckbuilder.content.text import Body, Cell, Inline, PlainWords, composed
from deckbuilder.frozen import dataclass
from deckbuilder.languages import ENGLISH_NUMBERS, Language, NumberSymbols
from deckbuilder.source import LocatedFloat, LocatedInt, LocatedStr, position_of

_MOST_DECIMALS = 6
ChartKind = Literal["bar", "line", "pie"]


def _as_written(value: object) -> object:
    """A number as the author wrote it: 2010 and 1.50 are labels here."""
    if isinstance(value, (LocatedInt, LocatedFloat)):
        return LocatedStr(value.raw, value.at)
    return LocatedStr(composed(value), position_of(value)) if isinstance(value, str) else value


def _placed(value: object, handler: ValidatorFunctionWrapHandler) -> LocatedStr:
    """What is checked as a string loses its place; it gets it back."""
    return LocatedStr(handler(value), position_of(value))


Label = Annotated[
    str,
    Field(min_length=1),
    WrapValidator(_placed),
    BeforeValidator(_as_written),
    WithJsonSchema({"type": ["string", "number"], "minLength": 1}),
]


Number = Annotated[float, Field(allow_inf_nan=False, ge=-1e15, le=1e15)]
"""A number that charts can show: beyond fifteen digits spreadsheets and axes have none to tell apart."""


class DataSlide(Titled):
    file: str | None = Field(None, description="A CSV file in the deck's folder that holds the data.")
    source: Inline | None = Field(None, description="Where the data come from, shown below.")
    in_file: ClassVar[tuple[str, ...]] = ()  # the fields that the file fills

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = super().__get_pydantic_json_schema__(core, handler)
        whole = handler.resolve_ref_schema(schema)
        whole["required"] = [name for name in whole["required"] if name not in cls.in_file]
        whole["oneOf"] = [{"required": ["file"]}, {"required": list(cls.in_file)}]
        return schema


class TableSlide(DataSlide):
    """A table with a header row. Columns are as wide as their contents need, numbers are set at the right, and
    rows that do not fit go on over further slides, below the header again. `file` takes header and rows from a
    CSV file. With `lines` it is a worksheet: on paper, each empty cell has lines to write on."""

    noun: ClassVar[str] = "a table slide"
    synonyms: ClassVar[dict[str, str]] = {
        "columns": "header",
        "csv": "file",
        "head": "header",
        "blank": "lines",
        "write": "lines",
        "fill_in": "lines",
    }
    in_file = ("header", "rows")
    kind: Literal["table"]
    text: Inline | None = Field(None, description="A line before the table.")
    header: tuple[Inline, ...] = Field(
        min_length=1, max_length=12, description="The columns' headings, unless 'file' has them."
    )
    rows: tuple[tuple[Cell, ...], ...] = Field(
        min_length=1, max_length=2000, description="The rows, each with a cell for each column, unless 'file' has them."
    )
    lines: int | None = Field(
        None, ge=1, le=12, description="Ruled lines to write on in each empty cell, on paper; then it is a worksheet."
    )


class Series(Model):
    noun: ClassVar[str] = "a series"
    name: Label = Field(description="What the values are of; shown in the legend.")
    values: tuple[Number | None, ...] = Field(
        description="A number for each category; nothing (~) where there is none."
    )


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart's data as outputs need them. A value of None is a gap. `labels` tells whether each
    value stands beside its mark; `unit` follows numbers, "" for none; `symbols` are the deck's language's in numbers."""

    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    unit: str = ""
    horizontal: bool = False
    stacked: bool = False
    labels: bool = True
    symbols: NumberSymbols = ENGLISH_NUMBERS

    @property
    def decimals(self) -> int:
        """How many decimals the values need: two at most, but as many as the smallest needs to show a digit."""
        values = [v for _, vs in self.series for v in vs if v is not None]
        needed = next((n for n in (0, 1) if all(round(v, n) == v for v in values)), 2)
        smallest = min((abs(v) for v in values if v), default=1.0)
        return max(needed, min(_MOST_DECIMALS, math.ceil(-math.log10(smallest)))) if needed == 2 else needed

    @property
    def mixed(self) -> bool:
        """Whether small values with decimals and without stand side by side: 12 and 9.5. Each is then written with what
        it has, and no more."""
        values = [v for _, vs in self.series for v in vs if v is not None]
        return self.decimals > 0 and max(map(abs, values)) < 1000 and any(v == int(v) for v in values)

    def written(self, value: float, decimals: int | None = None) -> str:
        """A value as it is shown, with as many decimals as the chart's values need unless told."""
        unit = f"\u00a0{self.unit}" if self.unit[:1].isalnum() else self.unit
        number = f"{value:,.{self.decimals if decimals is None else decimals}f}"
        if decimals is None and self.mixed:
            number = number.rstrip("0").rstrip(".")
        return f"{self.symbols.localized(number)}{unit}"


class ChartSlide(DataSlide):
    """A chart that PowerPoint can edit, with its numbers in a workbook: `bar`, `line` or `pie`. `file` takes
    categories and series from a CSV file: names in the first row and in the first column."""

    noun: ClassVar[str] = "a chart slide"
    synonyms: ClassVar[dict[str, str]] = {"type": "chart", "csv": "file", "data": "series", "labels": "categories"}
    in_file = ("categories", "series")
    kind: Literal["chart"]
    chart: ChartKind = Field(description="Which chart: bar compares, line shows change, pie shares of a whole.")
    text: Body | None = Field(None, description="What the chart shows, beside it.")
    categories: tuple[Label, ...] = Field(
        min_length=1, max_length=100, description="What there are values for, unless 'file' has them."
    )
    series: tuple[Series, ...] = Field(
        min_length=1, max_length=6, description="The values, in one series or more, unless 'file' has them."
    )
    unit: Annotated[str, Field(max_length=20), WrapValidator(_placed)] = Field(
        "", description="What the numbers count, such as % or people."
    )
    horizontal: bool = Field(False, description="True for bars from left to right: room for long names.")
    stacked: bool = Field(False, description="True to stack the bars of a category.")
    show_values: bool | None = Field(
        None, description="Whether values stand beside bars; where they are few unless given."
    )
    alt: PlainWords | None = Field(
        None, description="What the chart shows, in a sentence; the data follow it by themselves."
    )

    _language: str = PrivateAttr("en")

    @model_validator(mode="after")
    def _holds_together(self, info: ValidationInfo) -> Self:
        self._language = (info.context or {}).get("language", "en")

        def wrong(message: str, hint: str) -> PydanticCustomError:
            return PydanticCustomError("chart-data", message, {"hint": hint})

        for series in self.series:
            if len(series.values) != len(self.categories):
                raise wrong(
                    f"the series '{series.name}' has {len(series.values)} values for {len(self.categories)} categories",
                    "one value a category; ~ where there is none",
                )
        if all(v is None for s in self.series for v in s.values):
            raise wrong("this chart has no data", "give its series 'values'")
        if self.chart == "pie":
            values = [v for v in self.series[0].values if v is not None]
            if len(self.series) > 1:
                raise wrong("a pie chart shows one series", "use 'chart: bar' to compare several")
            if min(values) < 0 or sum(values) <= 0:
                raise wrong("a pie chart shows shares of a whole: values above 0", "use 'chart: bar'")
            if self.horizontal or self.stacked:
                raise wrong("'horizontal' and 'stacked' are for bar charts", "leave them out, or use 'chart: bar'")
        elif self.chart == "line" and (self.horizontal or self.stacked):
            raise wrong("'horizontal' and 'stacked' are for bar charts", "leave them out, or use 'chart: bar'")
        return self

    @property
    def drawn(self) -> Chart:
        """The chart as outputs need it."""
        count = len(self.categories) * len(self.series)
        few = self.chart == "pie" or count <= (6 if self.chart == "line" else 12)
        return Chart(
            self.chart,
            tuple(self.categories),
            tuple((s.name, tuple(s.values)) for s in self.series),
            self.unit,
            self.horizontal,
            self.stacked,
            few if self.show_values is None else self.show_values,
            Language(self._language).numbers,
        )
