"""One delivery of a deck: when, where, by whom and to how many."""

import datetime as dt
import re
from typing import Annotated, Any, ClassVar, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from deckbuilder.content.base import Model
from deckbuilder.content.discussion import Minutes
from deckbuilder.content.printing import PrintSettings
from deckbuilder.content.text import PlainWords
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.source import LocatedDict


def _clock(value: Any) -> Any:
    if isinstance(value, dt.time):
        return value
    if match := re.fullmatch(r"(\d{1,2}):(\d{2})", str(value).strip()):
        hour, minute = map(int, match.groups())
        if hour < 24 and minute < 60:
            return dt.time(hour, minute)
    raise PydanticCustomError(
        "clock-time", "'{value}' is not a time of day", {"value": str(value), "hint": "write it as 09:30 or 14:00"}
    )


_FIRST_YEAR, _LAST_YEAR = 1900, 2999


def _day(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value
    try:
        day = dt.datetime.strptime(str(value).strip(), "%Y-%m-%d").date()
    except ValueError:
        raise PydanticCustomError("date_type", "should be a date such as 2027-03-15") from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:  # the calendar has ends, and preparing begins weeks before
        raise PydanticCustomError(
            "out-of-range",
            "a session is between {first} and {last}",
            {"first": _FIRST_YEAR, "last": _LAST_YEAR, "hint": "write the year first, as in 2027-03-15"},
        )
    return day


Day = Annotated[dt.date, BeforeValidator(_day)]
ClockTime = Annotated[
    dt.time, BeforeValidator(_clock), WithJsonSchema({"type": "string", "pattern": r"^\d{1,2}:\d{2}$"})
]


class Break(Model):
    """A pause, after a section or a slide, or at the first slide change from a time of day on."""

    noun: ClassVar[str] = "a break"
    minutes: Minutes = Field(description="How long it lasts.")
    label: PlainWords | None = Field(None, description="What to call it; 'Break' in the deck's language unless given.")
    after: str | None = Field(None, description="The title of a section, or the id of a slide, that it follows.")
    at_time: ClockTime | None = Field(
        None, alias="at", description="The time of day from which the next slide change is the break."
    )

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.after is None) == (self.at_time is None):
            raise PydanticCustomError(
                "break-place", "a break has either 'after' or 'at'", {"hint": "after: a section's title, or at: 10:30"}
            )
        return self


class SessionDay(Model):
    """One of several days, up to where the next one begins."""

    noun: ClassVar[str] = "a day"
    synonyms: ClassVar[dict[str, str]] = {
        "from": "begins",
        "begin": "begins",
        "first": "begins",
        "section": "begins",
        "slide": "begins",
        "day": "date",
        "time": "start",
        "location": "place",
        "venue": "place",
        "room": "place",
        "pauses": "breaks",
    }

    begins: PlainWords | None = Field(
        None,
        description="The title of a section, or the id of a slide, that it begins with. The first day begins with the deck.",
    )
    title: PlainWords | None = Field(None, description="What the day is about.")
    date: Day | None = Field(None, description="The day, as 2027-03-15.")
    start: ClockTime | None = Field(None, description="When it starts, as 09:00; when the session does unless given.")
    place: PlainWords | None = Field(None, description="Where it takes place; where the session does unless given.")
    breaks: tuple[Break, ...] = Field((), description="Breaks of this day alone, in order.")


class Lead(Model):
    """Who leads a section or a slide in this session."""

    noun: ClassVar[str] = "an entry of who leads what"
    synonyms: ClassVar[dict[str, str]] = {
        "section": "of",
        "slide": "of",
        "what": "of",
        "title": "of",
        "id": "of",
        "lead": "who",
        "name": "who",
        "names": "who",
        "trainer": "who",
        "trainers": "who",
        "by": "who",
    }

    of: PlainWords = Field(description="The title of a section, or the id of a slide.")
    who: tuple[PlainWords, ...] = Field(min_length=1, description="Who leads it: names of trainers.")


class Session(Model):
    noun: ClassVar[str] = "a session"
    synonyms: ClassVar[dict[str, str]] = {
        "time": "start",
        "begin": "start",
        "day": "date",
        "location": "place",
        "venue": "place",
        "room": "place",
        "trainer": "trainers",
        "facilitators": "trainers",
        "presenters": "trainers",
        "people": "participants",
        "pauses": "breaks",
        "printing": "print",
    }

    date: Day | None = Field(None, description="The day, as 2027-03-15.")
    start: ClockTime | None = Field(None, description="When it starts, as 09:00.")
    place: PlainWords | None = Field(None, description="Where it takes place.")
    trainers: tuple[PlainWords, ...] = Field((), description="Who leads it.")
    participants: int | None = Field(None, ge=1, le=10_000, description="How many take part; multiplies materials.")
    group_size: int = Field(4, ge=2, le=20, description="How many are in a small group.")
    breaks: tuple[Break, ...] = Field(
        (), description="Breaks, in order; of several days each has those that come at a time of day."
    )
    days: tuple[SessionDay, ...] = Field((), description="Its days, in order, where it takes several.")
    leads: tuple[Lead, ...] = Field(
        (),
        description="Who leads which section or slide; it goes before what the deck's `lead` says. The guide has it.",
    )
    sign_in: bool | None = Field(
        None, description="Whether the guide has a list to sign; unless given, where there are several days."
    )
    variant: PlainWords | None = Field(None, description="The variant of the deck that is given.")
    online: bool = Field(False, description="True when people meet online: `check` asks for what is done there.")
    printing: PrintSettings | None = Field(None, alias="print", description="How handout and guide are printed.")

    @classmethod
    def _report_keys(cls, data: LocatedDict, problems: Diagnostics) -> LocatedDict:
        if data.get("days") and data.get("date") is not None:
            problems.error(
                "date-of-days",
                "a session of several days has no 'date' of its own",
                data.keys_at.get("date", data.at),
                "move it to the first of its 'days', as date: 2027-03-15",
            )
        return super()._report_keys(data, problems)

    @property
    def dates(self) -> tuple[dt.date, ...]:
        """Its date, or those of its days; () where none is given."""
        given = (day.date for day in self.days) if self.days else (self.date,)
        return tuple(date for date in given if date is not None)

    @property
    def begins(self) -> dt.time | None:
        """When it starts, on its first day; None where nothing says so."""
        return (self.days[0].start if self.days else None) or self.start

    @property
    def where(self) -> str:
        """Its place, or those of its days, each once; "" where none is given."""
        given = [day.place or self.place for day in self.days] or [self.place]
        return " · ".join(dict.fromkeys(place for place in given if place))

    @property
    def every_break(self) -> tuple[Break, ...]:
        """Its own breaks, then those of its days."""
        return (*self.breaks, *(pause for day in self.days for pause in day.breaks))
