"""A training as the page sees it: plain data, made of what was read, arranged and examined."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from deckbuilder.api import Arrangement, Diagnostic
from deckbuilder.content.schedule import Block
from deckbuilder.source import Position, position_of

_KEY = 40  # columns that a key may take before its value: findings may be at either
View = dict[str, Any]
Pages = Mapping[str, Mapping[str, int]]  # by document, the page of each slide


def training_view(
    arrangement: Arrangement, keys: Sequence[str], pages: Pages, names: Mapping[Position, str] | None = None
) -> View:
    """Title, sections with their slides and breaks, minutes and clock. `keys` are those of the frames; `pages` are known once the
    documents are set; `names` are what slides are called in the file, by their places, where another edition of it is shown."""
    content = arrangement.content
    deck, schedule = content.deck, content.schedule
    shown: dict[str, list[tuple[str, int]]] = {}
    for frame, key in zip(arrangement.frames, keys, strict=True):
        if not frame.notes_only:
            shown.setdefault(frame.slide.identity, []).append((key, frame.number))
    titles = {frame.slide.identity: frame.title for frame in reversed(arrangement.frames) if not frame.notes_only}
    rows = [_row(block, shown, titles, pages, names or {}) for block in schedule.blocks]
    numbers = {id(section): n for n, section in enumerate(deck.sections)}
    sections: list[View] = [
        {
            "title": _line(section.title.plain),
            "appendix": section.appendix,
            "line": section.at.line if section.at else None,
            "minutes": 0.0,
            "rows": [],
        }
        for section in deck.sections
    ]
    for day in schedule.days:
        first = next(number for number, block in enumerate(schedule.blocks) if block.day == day.number)
        span = f"{day.start} – {day.end}" if day.start else ""
        rows[first]["day"] = content.labels.day(day.number, day.title, day.date, span)
    for block, row in zip(schedule.blocks, rows, strict=True):
        own = sections[numbers[id(block.section)]]
        own["rows"].append(row)
        own["minutes"] += block.minutes
    blocks = () if schedule.days else schedule.blocks  # several days begin and end where the list has them
    return {
        "title": _line(deck.title.plain),
        "language": deck.language,
        "name": content.name,
        "sections": sections,
        "total": schedule.total,
        "planned": deck.planned_minutes,
        "start": blocks[0].clock if blocks else None,
        "end": blocks[-1].end if blocks else None,
        "ratio": round(arrangement.theme.width / arrangement.theme.height, 4),
        "slides": sum(not frame.notes_only for frame in arrangement.frames),
        "paper": arrangement.printing.paper,
    }


def _row(
    block: Block,
    shown: Mapping[str, list[tuple[str, int]]],
    titles: Mapping[str, str],
    pages: Pages,
    names: Mapping[Position, str],
) -> View:
    slide = block.slide
    if slide is None:
        label = block.pause.label if block.pause else None
        return {"break": True, "title": label, "minutes": block.minutes, "clock": block.clock}
    frames = shown.get(slide.identity, [])
    return {
        "id": slide.identity,
        "edit": names.get(slide.at, slide.identity) if slide.at else slide.identity,
        "kind": slide.kind,
        "title": _line(titles.get(slide.identity) or (slide.title.plain if slide.title else "")),
        "frames": [key for key, _ in frames],
        "numbers": [number for _, number in frames],
        "hidden": slide.hidden,
        "minutes": block.minutes,
        "estimated": block.estimated,
        "clock": block.clock,
        "line": slide.at.line if slide.at else None,
        "pages": {name: where[slide.identity] for name, where in pages.items() if slide.identity in where},
    }


def _line(words: str) -> str:
    return " ".join(words.split())


def findings_view(problems: Iterable[Diagnostic], arrangement: Arrangement | None, deck: str) -> list[View]:
    """What there is to say, each with the slide that it is about (None for none) and whether a click mends it. `deck` is what the
    diagnostics call the deck's file."""
    slides = [s for _, s in arrangement.content.deck.slides()] if arrangement else []
    known: dict[str, Any] = {s.identity: s for s in slides}
    starts = [((s.at.line, s.at.column), s.identity) for s in slides if s.at and s.at.file == deck]
    sections = arrangement.content.deck.sections if arrangement else ()
    starts += [((s.at.line, s.at.column), "") for s in sections if s.at and s.at.file == deck]
    starts.sort()
    places = [place for place, _ in starts]
    out = []
    for number, problem in enumerate(problems):
        found = problem.as_finding() | {
            "number": number,
            "slide": None,
            "field": None,
            "mends": problem.fix is not None,
        }
        at = problem.at
        if at is not None and at.file == deck:
            before = bisect_right(places, (at.line, at.column)) - 1
            if before >= 0 and at.column >= places[before][1]:
                found["slide"] = starts[before][1] or None
                found["field"] = _field_at(known.get(starts[before][1]), (at.line, at.column))
        out.append(found)
    return out


def _field_at(slide: Any, place: tuple[int, int]) -> str | None:
    """The field of a slide that begins at a place of the file, or last before it on its line, as a form has it
    (`questions.0.ask`); None for the slide itself."""
    best: tuple[tuple[int, int], str] | None = None
    for at, path in _places(slide, ""):
        if at[0] == place[0] and at <= (place[0], place[1] + _KEY) and (best is None or at >= best[0]):
            best = (at, path)
    return best[1] if best else None


def _places(value: Any, path: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Where the fields of a model, and what is in them, begin."""
    at = position_of(value)
    if at is not None and path:
        yield (at.line, at.column), path
    if isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from _places(one, f"{path}.{number}")
    elif isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            key = info.alias or name
            yield from _places(getattr(value, name), f"{path}.{key}" if path else key)
