"""When what happens: minutes of slides, breaks, clock times."""

from __future__ import annotations

import datetime as dt
import math
from functools import cached_property
from itertools import groupby

from deckbuilder.content.deck import Deck, Section
from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.session import Break, Session, SessionDay
from deckbuilder.frozen import dataclass
from deckbuilder.languages import Language


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of time: a slide, or a break (`slide` is None, `pause` is the break).

    `start` and `minutes` are minutes from the beginning of its `day`, which counts from 1; `clock` is the time of day it
    starts at, `end` when it ends, None when the session gives no start. `estimated` tells that nobody gave minutes.
    """

    start: float
    minutes: float
    clock: str | None
    end: str | None
    section: Section
    slide: AnySlide | None = None
    pause: Break | None = None
    estimated: bool = False
    day: int = 1


@dataclass(frozen=True, slots=True)
class Day:
    """One of several days: its number from 1, how many minutes it takes, when it starts and ends; None without a start.
    `title`, `date` and `place` are in words, "" where nobody gave them."""

    number: int
    title: str
    minutes: float
    start: str | None
    end: str | None
    date: str
    place: str


@dataclass(frozen=True)
class Schedule:
    """All blocks in order, and how long they take together, in minutes. `days` are there where the session has several.
    `left_out` are breaks that come after the end, or at a time of day in a session without a start."""

    blocks: tuple[Block, ...]
    total: float
    days: tuple[Day, ...] = ()
    left_out: tuple[Break, ...] = ()

    @cached_property
    def _by_slide(self) -> dict[str, Block]:
        return {b.slide.identity: b for b in self.blocks if b.slide is not None}

    def of(self, slide: AnySlide) -> Block:
        """The block of a slide, or of what of it is shown somewhere."""
        return self._by_slide[slide.identity]

    def day_of(self, slide: AnySlide) -> int:
        """The number of the day that a slide is on; 1 where there are not several."""
        return self.of(slide).day

    def of_section(self, section: Section) -> list[Block]:
        """The section's blocks, breaks left out."""
        return [self.of(slide) for slide in section.slides]

    def parts_of(self, section: Section) -> list[list[Block]]:
        """The section's blocks by the days on which they are; breaks left out."""
        return [list(part) for _, part in groupby(self.of_section(section), key=lambda block: block.day)]

    @property
    def clocked(self) -> bool:
        """Whether every block has its time of day."""
        return all(block.clock for block in self.blocks)


_UNTIMED = ("cover", "section", "references", "credits")


def slide_minutes(slide: AnySlide, deck: Deck, appendix: bool = False) -> tuple[float, bool]:
    """The minutes a slide takes, and whether that is only the deck's default. Slides of an
    `appendix`, and hidden ones, take none unless given."""
    if slide.minutes is not None:
        return float(slide.minutes), False
    asked = [q.minutes for q in slide.questions if q.minutes is not None]
    if asked:
        return float(sum(asked)), False
    if slide.kind in _UNTIMED or slide.hidden or appendix or "deck" not in slide.show:
        return 0.0, False
    return float(deck.default_minutes), True


def make_schedule(deck: Deck, session: Session | None) -> Schedule:
    """Puts slides and the session's breaks on the clock."""
    clock = _Clock(deck, session or Session())
    for section in deck.sections:
        for number, slide in enumerate(section.slides):
            clock.arrive(section, slide, first=number == 0)
            minutes, guess = slide_minutes(slide, deck, section.appendix)
            clock.add(minutes, section, slide=slide, estimated=guess)
            clock.pause_after(slide.id, section)
        clock.pause_after(section.title.plain, section)
    return clock.schedule()


class _Clock:
    """Blocks one after another, a day after another."""

    def __init__(self, deck: Deck, session: Session) -> None:
        self._deck = deck
        self._session = session
        self._coming = list(session.days[1:])
        self._after: dict[str, list[Break]] = {}
        for pause in session.every_break:
            if pause.after is not None:
                self._after.setdefault(pause.after, []).append(pause)
        self._taken: set[int] = set()  # breaks by themselves: there may be thousands, and two that are equal
        self._blocks: list[Block] = []
        self._ended: list[Day] = []
        self._begin(session.days[0] if session.days else SessionDay())

    def _begin(self, day: SessionDay) -> None:
        """The breaks at a time of day are the session's and its own: the session's come each day anew, but on one that begins
        later."""
        self._day, self._now = day, 0.0
        self._start = start = day.start or self._session.start
        usual = [
            pause
            for pause in self._session.breaks
            if pause.at_time is not None and not (self._session.days and start and pause.at_time < start)
        ]
        self._timed = [*usual, *(pause for pause in day.breaks if pause.at_time is not None)]

    def _end(self) -> None:
        words = Language(self._deck.language)
        self._ended.append(
            Day(
                len(self._ended) + 1,
                self._day.title or "",
                self._now,
                clock_time(self._start, 0, self._deck.language),
                clock_time(self._start, self._now, self._deck.language),
                words.date(self._day.date) if self._day.date else "",
                self._day.place or self._session.place or "",
            )
        )

    def add(self, minutes: float, section: Section, **what: object) -> None:
        language, until = self._deck.language, self._now + minutes
        begins, ends = (clock_time(self._start, moment, language) for moment in (self._now, until))
        day = len(self._ended) + 1
        self._blocks.append(Block(self._now, minutes, begins, ends, section, day=day, **what))  # type: ignore[arg-type]
        self._now = until

    def arrive(self, section: Section, slide: AnySlide, first: bool) -> None:
        """What comes before a slide: a new day, or breaks at a time of day."""
        names = (slide.id, section.title.plain) if first else (slide.id,)
        if self._coming and self._blocks and self._coming[0].begins is not None and self._coming[0].begins in names:
            self._end()
            self._begin(self._coming.pop(0))
            return
        due = [one for one in self._timed if self._is_due(one) and self._blocks]
        if due:
            self._timed = [one for one in self._timed if not self._is_due(one)]
        for pause in due:
            self._pause(pause, self._blocks[-1].section)

    def _is_due(self, pause: Break) -> bool:
        at, start = pause.at_time, self._start
        return at is not None and start is not None and self._now >= _minutes(at) - _minutes(start)

    def pause_after(self, name: str | None, section: Section) -> None:
        for pause in self._after.pop(name, ()) if name is not None else ():
            self._pause(pause, section)

    def _pause(self, pause: Break, section: Section) -> None:
        self._taken.add(id(pause))
        self.add(float(pause.minutes), section, pause=pause)

    def schedule(self) -> Schedule:
        self._end()
        total = sum(day.minutes for day in self._ended)
        days = tuple(self._ended) if self._session.days else ()
        left_out = tuple(pause for pause in self._session.every_break if id(pause) not in self._taken)
        return Schedule(tuple(self._blocks), total, days, left_out)


def clock_time(start: dt.time | None, minutes: float, language: str) -> str | None:
    """The time of day so many minutes after the start, as the language writes it; None without a start."""
    if start is None:
        return None
    moment = (_minutes(start) + math.floor(minutes + 0.5)) % (24 * 60)
    return Language(language).clock(dt.time(*divmod(int(moment), 60)))


def _minutes(time: dt.time) -> float:
    return time.hour * 60 + time.minute
