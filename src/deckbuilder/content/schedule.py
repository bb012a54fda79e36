"""When what happens: minutes of slides, breaks, clock times."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from functools import cached_property

from deckbuilder.content.deck import Deck, Section
from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.session import Break, Session
from deckbuilder.languages import Language


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of time: a slide, or a break (`slide` is None, `pause` is the break).

    `start` and `minutes` are minutes from the beginning; `clock` is the time of day it
    starts at, None when the session gives no start. `estimated` tells that nobody gave minutes.
    """

    start: float
    minutes: float
    clock: str | None
    section: Section
    slide: AnySlide | None = None
    pause: Break | None = None
    estimated: bool = False


@dataclass(frozen=True)
class Schedule:
    """All blocks in order, and how long they take together, in minutes. `left_out` are breaks that come after the end, or
    at a time of day in a session without a start."""

    blocks: tuple[Block, ...]
    total: float
    left_out: tuple[Break, ...] = ()

    @cached_property
    def _by_slide(self) -> dict[str, Block]:
        return {b.slide.identity: b for b in self.blocks if b.slide is not None}

    def of(self, slide: AnySlide) -> Block:
        """The block of a slide, or of what of it is shown somewhere."""
        return self._by_slide[slide.identity]

    def of_section(self, section: Section) -> list[Block]:
        """The section's blocks, breaks left out."""
        return [self.of(slide) for slide in section.slides]


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
    start = session.start if session else None
    pauses = list(session.breaks) if session else []
    blocks: list[Block] = []
    now = 0.0

    def add(minutes: float, section: Section, **what: object) -> None:
        nonlocal now
        blocks.append(Block(now, minutes, clock_time(start, now, deck.language), section, **what))  # type: ignore[arg-type]
        now += minutes

    def pause_due(pause: Break) -> bool:
        return pause.at_time is not None and start is not None and now >= _minutes(pause.at_time) - _minutes(start)

    for section in deck.sections:
        for slide in section.slides:
            for pause in [p for p in pauses if pause_due(p) and blocks]:
                pauses.remove(pause)
                add(float(pause.minutes), blocks[-1].section, pause=pause)
            minutes, guess = slide_minutes(slide, deck, section.appendix)
            add(minutes, section, slide=slide, estimated=guess)
            for pause in [p for p in pauses if p.after is not None and p.after == slide.id]:
                pauses.remove(pause)
                add(float(pause.minutes), section, pause=pause)
        for pause in [p for p in pauses if p.after is not None and p.after == section.title.plain]:
            pauses.remove(pause)
            add(float(pause.minutes), section, pause=pause)
    return Schedule(tuple(blocks), now, tuple(pauses))


def clock_time(start: dt.time | None, minutes: float, language: str) -> str | None:
    """The time of day so many minutes after the start, as the language writes it; None without a start."""
    if start is None:
        return None
    moment = (_minutes(start) + math.floor(minutes + 0.5)) % (24 * 60)
    return Language(language).clock(dt.time(*divmod(int(moment), 60)))


def _minutes(time: dt.time) -> float:
    return time.hour * 60 + time.minute
