"""What the templates see: slides with their numbers, times and pages; sums over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from deckbuilder.content.deck import Deck, Reference, Section
from deckbuilder.content.discussion import Material
from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.schedule import Block, Schedule
from deckbuilder.content.session import Session
from deckbuilder.labels import Labels
from deckbuilder.layout.frame import SlideFrame, TableItem


@dataclass(frozen=True)
class SlideView:
    """A slide as a template sees it. `number` is its first frame's, `frames` all of them;
    `heading` is its title where it differs from the heading above it, else None; `page` is the
    handout's page, None where there is none."""

    slide: AnySlide
    frames: tuple[SlideFrame, ...]
    heading: str | None
    block: Block
    sources: tuple[tuple[int, Reference], ...]
    page: int | None = None

    @property
    def number(self) -> int:
        return self.frames[0].number

    @property
    def title(self) -> str:
        return self.frames[0].title

    @property
    def on_paper(self) -> bool:
        """Whether the handout has anything of it: covers, agendas and dividers have nothing."""
        slide = self.slide
        bare = slide.kind in ("cover", "agenda", "section", "objectives", "break", "references", "credits")
        return not bare or bool(slide.handout or slide.questions)

    @property
    def numeric(self) -> tuple[bool, ...]:
        """For a table, which of its columns hold numbers."""
        tables = [i for f in self.frames for i in f.items if isinstance(i, TableItem)]
        return tables[0].numeric if tables else ()

    @property
    def mark(self) -> str:
        return f"slide-{self.number}"


@dataclass(frozen=True)
class SectionView:
    section: Section
    number: int
    slides: tuple[SlideView, ...]
    minutes: float


@dataclass(frozen=True)
class MaterialView:
    """A material with the slides that need it and, with a known number of participants, how many."""

    material: Material
    total: int | None
    slides: tuple[int, ...]


def section_views(
    deck: Deck, frames: Sequence[SlideFrame], schedule: Schedule, pages: dict[str, int] | None = None
) -> list[SectionView]:
    """The deck's sections with everything the templates say about their slides."""
    by_slide: dict[int, list[SlideFrame]] = {}
    for frame in frames:
        if frame.notes_only:
            continue
        by_slide.setdefault(id(frame.slide), []).append(frame)
    blocks = {id(b.slide): b for b in schedule.blocks if b.slide is not None}
    numbers = {r.id: (n, r) for n, r in enumerate(deck.references, 1)}
    out = []
    for position, section in enumerate(deck.sections, 1):
        views = []
        previous = section.title.plain  # the section's own heading stands above its first slides
        for slide in section.slides:
            own = tuple(by_slide[id(slide)])
            title = slide.title.plain if slide.title else own[0].title
            heading = title if title != previous else None
            previous = title
            sources = tuple(numbers[s] for s in slide.sources)
            page = (pages or {}).get(f"slide-{own[0].number}")
            views.append(SlideView(slide, own, heading, blocks[id(slide)], sources, page))
        minutes = sum(v.block.minutes for v in views)
        out.append(SectionView(section, position, tuple(views), minutes))
    return out


def material_views(deck: Deck, sections: Sequence[SectionView], session: Session | None) -> list[MaterialView]:
    """Everything to bring, the same things added up: the deck's first, then in order of slides."""
    needs: dict[tuple[str, str], list[tuple[Material, int | None]]] = {}
    for material in deck.materials:
        needs.setdefault((material.item.plain.casefold(), material.per), []).append((material, None))
    for section in sections:
        for view in section.slides:
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
    """A row of the run of show; `kind` is section, slide or break."""

    kind: str
    clock: str
    title: str
    minutes: str = ""
    number: int | None = None
    total: str = ""


def clock_or_elapsed(clock: str | None, minutes: float) -> str:
    """The time of day, or hours and minutes since the beginning."""
    return clock or f"{int(minutes // 60)}:{int(minutes % 60):02d}"


def show_rows(schedule: Schedule, sections: Sequence[SectionView], labels: Labels) -> list[ShowRow]:
    """The run of show: a row a section, a slide and a break, in order."""
    views = {id(v.slide): v for s in sections for v in s.slides}
    rows: list[ShowRow] = []
    section = None
    for block in schedule.blocks:
        clock = clock_or_elapsed(block.clock, block.start)
        total = f"{block.start + block.minutes:g}"
        if block.slide is None:
            assert block.pause is not None
            title = block.pause.label or labels("break")
            rows.append(ShowRow("break", clock, title, f"{block.minutes:g}", None, total))
            continue
        if block.section is not section:
            section = block.section
            minutes = sum(b.minutes for b in schedule.of_section(section))
            rows.append(ShowRow("section", clock, section.title.plain.replace("\n", " "), f"{minutes:g}"))
        view = views[id(block.slide)]
        star = "*" if block.estimated else ""
        kind = "break" if block.slide.kind == "break" else "slide"
        rows.append(ShowRow(kind, clock, view.title, f"{block.minutes:g}{star}", view.number, total))
    return rows


def balance(schedule: Schedule, deck: Deck, labels: Labels) -> str:
    """How the total compares with the planned length, in words; "" without one."""
    if deck.planned_minutes is None:
        return ""
    over = schedule.total - deck.planned_minutes
    if over == 0:
        return labels("exactly")
    return labels("over" if over > 0 else "under", n=labels.minutes(abs(over), long=True))
