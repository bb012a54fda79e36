"""The run of show and the agenda: what comes when, row by row, and how the minutes add up."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from deckbuilder.content.deck import Deck, Section
from deckbuilder.content.leads import Leads
from deckbuilder.content.schedule import Block, Schedule
from deckbuilder.frozen import dataclass
from deckbuilder.labels import Labels
from deckbuilder.outputs.markup.summaries import all_views, bare, bare_title, span_of
from deckbuilder.outputs.markup.views import AnySection, GuideSection, GuideSlideView, section_anchor, slide_anchor
from deckbuilder.outputs.tree import page_reference


@dataclass(frozen=True)
class ShowRow:
    """A row of the run of show or of an agenda; `kind` is section, slide or break, and with several days day, which has no
    clock, or end, which has nothing else but a title. Times are ready to print, in whole
    minutes. `anchor` is that of what it is about in its own document, None where that has none; `page` stands for the
    page of the handout, likewise. `lead` is who leads it, in the run of show alone: of a slide, where that is not who leads its
    section. `hidden` tells that its slides are passed over when they are projected."""

    kind: str
    clock: str
    title: str
    minutes: str = ""
    number: str = ""
    total: str = ""
    anchor: str | None = None
    page: str | None = None
    lead: str = ""
    hidden: bool = False

    @property
    def mark(self) -> str | None:
        """The anchor, as own templates of earlier versions call it."""
        return self.anchor


def clock_or_elapsed(clock: str | None, minutes: float) -> str:
    """The time of day, or hours and minutes since the beginning."""
    return clock or f"{int(minutes // 60)}:{int(minutes % 60):02d}"


def show_rows(schedule: Schedule, sections: Sequence[GuideSection], leads: Leads, labels: Labels) -> list[ShowRow]:
    """The run of show: a row a section, a series of slides and a break, in order; one for a reserve that takes no time. Slides
    that are neither in the deck nor take time are left to the handout."""
    views = {v.slide.identity: v for v in all_views(sections)}
    rows: list[ShowRow] = []
    section, day, named = None, 0, ""
    for stretch in _stretches(schedule, views):
        first = stretch[0]
        if first.day != day:
            rows += _day_rows(schedule, day, labels)
            section, day = None, first.day
        if first.slide is None:
            rows.append(_pause_row(first, labels))
            continue
        if first.section is not section:
            section = first.section
            named = ", ".join(leads.of_section(section))
            rows.append(replace(_section_row(section, schedule, day, labels, None, None), lead=named))
            if _spare(section, schedule):
                kept = [views[block.slide.identity] for block in schedule.parts_of(section)[0] if block.slide]
                rows[-1] = replace(
                    rows[-1], number=span_of(kept), anchor=next((v.anchor for v in kept if v.shown), None)
                )
        if _spare(section, schedule):
            continue
        seen = [views[block.slide.identity] for block in stretch if block.slide is not None]
        if first.slide.kind == "section" and rows[-1].kind == "section":  # it says no more than the section's title
            rows[-1] = replace(rows[-1], number=span_of(seen), anchor=next((v.anchor for v in seen if v.shown), None))
            continue
        star = "*" if any(block.estimated for block in stretch) else ""
        pages = (view.page for view in seen if view.page)
        rows.append(
            ShowRow(
                "break" if first.slide.kind == "break" else "slide",
                clock_or_elapsed(first.clock, first.start),
                ", ".join(dict.fromkeys(map(bare_title, seen))),
                _minutes(first.start, stretch[-1]) + star,
                span_of(seen),
                _whole(stretch[-1].start + stretch[-1].minutes),
                next((view.anchor for view in seen if view.shown), None),
                next(pages, None),
                seen[0].lead if seen[0].lead != named else "",
                seen[0].slide.hidden,
            )
        )
    return rows


def _spare(section: Section, schedule: Schedule) -> bool:
    """Whether it is reserve, of which the run of show says no more than where it is."""
    return section.appendix and not any(block.minutes for part in schedule.parts_of(section) for block in part)


def _stretches(schedule: Schedule, views: Mapping[str, GuideSlideView]) -> list[list[Block]]:
    """Blocks that make a row: a break, or slides of a section with one title and lead that follow each other, all of them hidden
    or none; lists at the end count as one."""
    out: list[list[Block]] = []
    for block in schedule.blocks:
        if block.slide is None:
            out.append([block])
            continue
        view = views[block.slide.identity]
        if not view.frames and not block.minutes:
            continue
        before = out[-1][-1] if out else None
        if (
            before is not None
            and before.slide is not None
            and (before.section, before.day) == (block.section, block.day)
            and not {before.slide.kind, block.slide.kind} & {"break", "section"}
            and (
                bare_title(views[before.slide.identity]) == bare_title(view)
                or {before.slide.kind, block.slide.kind} <= {"references", "credits"}
            )
            and views[before.slide.identity].lead == view.lead
            and before.slide.hidden == block.slide.hidden
        ):
            out[-1].append(block)
        else:
            out.append([block])
    return out


def agenda_rows(
    schedule: Schedule, sections: Sequence[AnySection], labels: Labels, anchors: Collection[str] = ()
) -> list[ShowRow]:
    """The agenda: a row a section and a break, in order; reserve is left out. A section that goes on on another day is there once
    more, with the page of what goes on. `sections` are a document's own, `anchors` those of the handout where another document
    names its pages."""
    there = {view.number: [v.ordinal for v in view.slides if v.shown and (anchors or v.on_paper)] for view in sections}
    ordinals = {b.slide.identity: n for n, b in enumerate((b for b in schedule.blocks if b.slide), 1) if b.slide}
    rows: list[ShowRow] = []
    number, section, day = 0, None, 0
    for block in schedule.blocks:
        if block.day != day:
            rows += _day_rows(schedule, day, labels)
        if block.section is not section or block.day != day:
            number += block.section is not section
            section, day = block.section, block.day
            if not section.appendix:
                parts = schedule.parts_of(section)
                part = next(part for part in parts if part[0].day == day)
                own = [ordinals[one.slide.identity] for one in part if one.slide]
                name = section_anchor(number) if part is parts[0] else None
                names = [name] if name else [slide_anchor(n) for n in own]
                shown = [n for n in there.get(number, ()) if name or n in own]
                anchor = (name or slide_anchor(shown[0])) if shown else None
                page = next((page_reference(one) for one in names if one in anchors), None)
                rows.append(_section_row(section, schedule, day, labels, anchor, page))
        if block.slide is None:
            rows.append(_pause_row(block, labels))
        elif block.slide.kind == "break":
            title = bare(block.slide.title) or labels("break")
            clock = clock_or_elapsed(block.clock, block.start)
            rows.append(ShowRow("break", clock, title, _minutes(block.start, block), "", _end(block)))
    return rows


def _day_rows(schedule: Schedule, ended: int, labels: Labels) -> list[ShowRow]:
    """What stands between one of several days, 0 for none, and the next."""
    rows = []
    for day in schedule.days[ended - 1 : ended] if ended else ():
        rows.append(ShowRow("end", clock_or_elapsed(day.end, day.minutes), labels("end")))
    for day in schedule.days[ended : ended + 1]:
        rows.append(ShowRow("day", "", labels.day(day.number, day.title, day.date, day.place), _whole(day.minutes)))
    return rows


def _section_row(
    section: Section, schedule: Schedule, day: int, labels: Labels, anchor: str | None, page: str | None
) -> ShowRow:
    """A section as far as it is on that day."""
    parts = schedule.parts_of(section)
    blocks = next(part for part in parts if part[0].day == day)
    minutes = sum(block.minutes for block in blocks)
    clock = "" if section.appendix else clock_or_elapsed(blocks[0].clock, blocks[0].start)
    title = bare(section.title)
    if section.appendix and labels("reserve").casefold() not in title.casefold():
        title = f"{labels('reserve')}{labels('colon')} {title}"
    elif blocks is not parts[0]:
        title = f"{title} ({labels('continued')})"
    return ShowRow("section", clock, title, _whole(minutes), anchor=anchor, page=page)


def _pause_row(block: Block, labels: Labels) -> ShowRow:
    assert block.pause is not None
    title = block.pause.label or labels("break")
    return ShowRow(
        "break", clock_or_elapsed(block.clock, block.start), title, _minutes(block.start, block), "", _end(block)
    )


def _whole(minutes: float) -> str:
    return str(math.floor(minutes + 0.5))


def _end(block: Block) -> str:
    return _whole(block.start + block.minutes)


def _minutes(start: float, last: Block) -> str:
    """Whole minutes that add up: from one rounded moment to another."""
    return str(int(_end(last)) - math.floor(start + 0.5))


def balance(schedule: Schedule, deck: Deck, labels: Labels) -> str:
    """How the total compares with the planned length, in words; "" without one."""
    if deck.planned_minutes is None:
        return ""
    over = schedule.total - deck.planned_minutes
    if over == 0:
        return labels("exactly")
    return labels("over" if over > 0 else "under", n=labels.minutes(abs(over), long=True))
