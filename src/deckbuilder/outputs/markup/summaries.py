"""What stands before and after the slides: the run of show, materials, preparation, keys, credits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from deckbuilder.content.deck import Deck, Objective
from deckbuilder.content.discussion import Material, Question
from deckbuilder.content.kinds import pictures_of
from deckbuilder.content.schedule import Schedule
from deckbuilder.content.session import Session
from deckbuilder.content.slides import Link
from deckbuilder.content.text import Text
from deckbuilder.labels import Labels
from deckbuilder.languages import Language
from deckbuilder.outputs.markup.views import AnySection, GuideSection, GuideSlideView, HandoutSection
from deckbuilder.outputs.tree import Gap, page_reference


@dataclass(frozen=True)
class MaterialView:
    """A material with the slides that need it and, with a known number of participants, how many."""

    material: Material
    total: int | None
    slides: tuple[int, ...]


def material_views(deck: Deck, sections: Sequence[GuideSection], session: Session | None) -> list[MaterialView]:
    """Everything to bring, the same things added up: the deck's first, then in order of slides."""
    needs: dict[tuple[str, str], list[tuple[Material, int | None]]] = {}
    for material in deck.materials:
        needs.setdefault((material.item.plain.casefold(), material.per), []).append((material, None))
    for view in _views(sections):
        for material in view.slide.materials:
            needs.setdefault((material.item.plain.casefold(), material.per), []).append((material, view.number))
    out = []
    for entries in needs.values():
        # What a later slide asks for again is used again: the largest quantity is what to bring.
        most = max((m for m, _ in entries), key=lambda m: m.quantity)
        total = most.total(session.participants, session.group_size) if session and session.participants else None
        if most.per == "room":
            total = most.quantity
        out.append(MaterialView(most, total, tuple(n for _, n in entries if n is not None)))
    return out


@dataclass(frozen=True)
class ShowRow:
    """A row of the run of show; `kind` is section, slide or break. Times are ready to print."""

    kind: str
    clock: str
    title: str
    minutes: str = ""
    number: str = ""
    total: str = ""


def clock_or_elapsed(clock: str | None, minutes: float) -> str:
    """The time of day, or hours and minutes since the beginning."""
    return clock or f"{int(minutes // 60)}:{int(minutes % 60):02d}"


def show_rows(schedule: Schedule, sections: Sequence[GuideSection], labels: Labels) -> list[ShowRow]:
    """The run of show: a row a section, a slide and a break, in order. Slides that are neither in
    the deck nor take time are left to the handout."""
    views = {v.slide.identity: v for v in _views(sections)}
    rows: list[ShowRow] = []
    section = None
    for block in schedule.blocks:
        clock = clock_or_elapsed(block.clock, block.start)
        total = labels.number(block.start + block.minutes)
        if block.slide is None:
            assert block.pause is not None
            rows.append(
                ShowRow("break", clock, block.pause.label or labels("break"), labels.number(block.minutes), "", total)
            )
            continue
        if block.section is not section:
            section = block.section
            minutes = sum(b.minutes for b in schedule.of_section(section))
            rows.append(
                ShowRow("section", clock, section.title.plain.replace("\n", " "), labels.number(minutes), "", total)
            )
        view = views[block.slide.identity]
        if view.frames or block.minutes:
            star = "*" if block.estimated else ""
            kind = "break" if block.slide.kind == "break" else "slide"
            rows.append(ShowRow(kind, clock, view.title, labels.number(block.minutes) + star, view.numbers, total))
    return rows


def balance(schedule: Schedule, deck: Deck, labels: Labels) -> str:
    """How the total compares with the planned length, in words; "" without one."""
    if deck.planned_minutes is None:
        return ""
    over = schedule.total - deck.planned_minutes
    if over == 0:
        return labels("exactly")
    return labels("over" if over > 0 else "under", n=labels.minutes(abs(over), long=True))


@dataclass(frozen=True)
class Step:
    """A part of the preparation: when, in words, with its date where there is one; what to do."""

    when: str
    date: str
    items: tuple[Text, ...]


def preparation_steps(deck: Deck, session: Session | None, labels: Labels) -> list[Step]:
    """The checklist in order of time; parts without items are left out."""
    if deck.preparation is None:
        return []
    day = session.date if session else None

    def dated(word: str, days: int) -> str:
        if day is None:
            return ""
        date = Language(deck.language).date(day + dt.timedelta(days=days))
        return labels(word, date=date) if word else date

    asked = deck.preparation
    parts = (
        ("two_weeks_before", dated("by_date", -14), asked.two_weeks_before),
        ("week_before", dated("from_date", -7), asked.week_before),
        ("on_the_day", dated("", 0), asked.on_the_day),
        ("afterwards", dated("from_date", 1), asked.afterwards),
    )
    return [Step(labels(name), date, tuple(items)) for name, date, items in parts if items]


@dataclass(frozen=True)
class Stretch:
    """Slides one after another under one title: their numbers ("8–11", "" for none in the deck)."""

    numbers: str
    title: str


@dataclass(frozen=True)
class Served:
    """An objective and the slides that serve it, with the minutes they take together."""

    number: int
    objective: Objective
    slides: tuple[GuideSlideView, ...]
    minutes: float

    @property
    def runs(self) -> list[Stretch]:
        """The slides, those of one title that follow one another taken together."""
        groups: list[list[GuideSlideView]] = []
        for view in self.slides:
            before = groups[-1][-1] if groups else None
            if before and view.ordinal == before.ordinal + 1 and _bare_title(view) == _bare_title(before):
                groups[-1].append(view)
            else:
                groups.append([view])
        return [Stretch(_span(group), _bare_title(group[0])) for group in groups]


def _bare_title(view: GuideSlideView) -> str:
    """The title without the number that tells slides of one title apart."""
    return view.slide.title.plain.replace("\n", " ") if view.slide.title else view.title


def _span(views: Sequence[GuideSlideView]) -> str:
    frames = [frame.number for view in views for frame in view.frames]
    return "" if not frames else f"{frames[0]}–{frames[-1]}" if len(frames) > 1 else str(frames[0])


def served_objectives(deck: Deck, sections: Sequence[GuideSection]) -> list[Served]:
    """Each objective with what serves it; [] when no slide names any."""
    out = []
    for number, objective in enumerate(deck.objectives, 1):
        slides = tuple(view for view in _views(sections) if number in view.objectives)
        out.append(Served(number, objective, slides, sum(view.block.minutes for view in slides)))
    return out if any(entry.slides for entry in out) else []


@dataclass(frozen=True)
class Answer:
    """A question with what to listen for, and the slide that asks it."""

    view: GuideSlideView
    question: Question


def answers(sections: Sequence[GuideSection]) -> list[Answer]:
    """The questions that have something to listen for, in order."""
    return [Answer(v, q) for v in _views(sections) for q in v.slide.questions if q.listen_for]


@dataclass(frozen=True)
class GapView:
    """A gap of the handout: its number there, its word, the slide it belongs to (None before
    the first), and what stands for the handout's page (None likewise)."""

    number: int
    word: str
    view: GuideSlideView | None
    page: str | None


def gap_key(gaps: Iterable[Gap], sections: Sequence[GuideSection]) -> list[GapView]:
    """The key of the guided notes, from the gaps of the handout."""
    by_anchor = {name: view for view in _views(sections) for name in (view.mark, *view.asked)}
    return [
        GapView(gap.number, gap.word, by_anchor.get(gap.anchor), page_reference(gap.anchor) if gap.anchor else None)
        for gap in gaps
    ]


@dataclass(frozen=True)
class Credit:
    """Whom a picture is by, and the slides that show pictures of theirs."""

    credit: Text
    slides: tuple[str, ...]


def picture_credits(sections: Sequence[AnySection]) -> list[Credit]:
    """The credits of all pictures, each once, in order of slides."""
    found: dict[str, tuple[Text, list[str]]] = {}
    for view in (view for section in sections for view in section.slides):
        for picture in pictures_of(view.slide):
            if picture.credit:
                slides = found.setdefault(picture.credit.plain, (picture.credit, []))[1]
                if view.numbers and view.numbers not in slides:
                    slides.append(view.numbers)
    return [Credit(credit, tuple(slides)) for credit, slides in found.values()]


@dataclass(frozen=True)
class Directory:
    """Something to turn to: what it is, and where it is found."""

    name: Text
    link: Link


def resource_directory(sections: Sequence[HandoutSection]) -> list[Directory]:
    """The links of the slides that the handout shows, each address once, in order."""
    found: dict[str, Directory] = {}
    for view in (view for section in sections for view in section.slides):
        for link in getattr(view.slide, "links", []):
            found.setdefault(link.url, Directory(getattr(view.slide, "name", None) or link.text, link))
    return list(found.values())


def _views(sections: Sequence[GuideSection]) -> Iterable[GuideSlideView]:
    return (view for section in sections for view in section.slides)
