"""When what happens: minutes of slides, breaks, clock times."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from functools import cached_property

from deckbuilder.content.deck import Deck, Section
from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.session import Break, Session


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
    def _by_slide(self) -> dict[int, Block]:
        return {id(b.slide): b for b in self.blocks if b.slide is not None}

    @cached_property
    def _by_section(self) -> dict[int, list[Block]]:
        out: dict[int, list[Block]] = {}
        for block in self.blocks:
            if block.slide is not None:
                out.setdefault(id(block.section), []).append(block)
        return out

    def of(self, slide: AnySlide) -> Block:
        """The block of a slide."""
        return self._by_slide[id(slide)]

    def of_section(self, section: Section) -> list[Block]:
        """The section's blocks, breaks left out."""
        return self._by_section.get(id(section), [])


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
        blocks.append(Block(now, minutes, clock_time(start, now), section, **what))  # type: ignore[arg-type]
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


def clock_time(start: dt.time | None, minutes: float) -> str | None:
    """The time of day so many minutes after the start, as 09:05; None without a start."""
    if start is None:
        return None
    moment = (_minutes(start) + math.floor(minutes + 0.5)) % (24 * 60)
    return f"{int(moment // 60):02d}:{int(moment % 60):02d}"


def _minutes(time: dt.time) -> float:
    return time.hour * 60 + time.minute
