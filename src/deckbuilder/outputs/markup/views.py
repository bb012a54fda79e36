"""What the templates see of slides: with their numbers, times, pages and sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from deckbuilder.content.deck import Deck, Reference, Section, objective_number, principle_numbers
from deckbuilder.content.discussion import Place, Question
from deckbuilder.content.kinds import AnySlide, pictures_of, shown_in
from deckbuilder.content.pictures import Picture
from deckbuilder.content.schedule import Block, Schedule
from deckbuilder.content.slides import PrincipleSlide
from deckbuilder.content.text import Text, plain_text
from deckbuilder.layout.frame import SlideFrame, TableItem


@dataclass(frozen=True)
class SlideView:
    """A slide as a template sees it, with only the questions and pictures that belong into the document.

    `frames` are empty for a slide that is not in the deck; `heading` is its title where it
    differs from the heading above it, else None; `page` is the handout's page, None where there
    is none; `shown` is False where the document leaves the slide out; `pictures` are those that
    stand apart, since the deck does not show them. `principle` is a
    principle's number, else None; `objectives` are the numbers of those it serves. `asked` are marks of its
    questions in the handout, with their pages there; `pause` is a break that comes after it.
    """

    slide: AnySlide
    ordinal: int
    frames: tuple[SlideFrame, ...]
    title: str
    heading: Text | None
    block: Block
    sources: tuple[tuple[int, Reference], ...]
    objectives: tuple[int, ...]
    pictures: tuple[Picture, ...]
    shown: bool
    principle: int | None = None
    page: int | None = None
    asked: tuple[tuple[Question, str, int | None], ...] = ()
    pause: Block | None = None

    def mark_of(self, question: Question) -> str:
        """What the question's place in the handout is called."""
        return next(mark for one, mark, _ in self.asked if one is question)

    def page_of(self, question: Question) -> int | None:
        """The handout's page that has the question, or the slide with it; None where none has."""
        if "handout" not in question.show:
            return None
        return next((page for one, _, page in self.asked if one is question and page), self.page)

    @property
    def number(self) -> int | None:
        """The number of its first slide in the deck; None when it is not in the deck."""
        return self.frames[0].number if self.frames else None

    @property
    def numbers(self) -> str:
        """Its number, or the numbers of its first and last slide: "7" or "7–8"; "" without one."""
        if not self.frames:
            return ""
        first, last = self.frames[0].number, self.frames[-1].number
        return f"{first}–{last}" if last > first else str(first)

    @property
    def on_paper(self) -> bool:
        """Whether the handout has anything of it: covers, agendas and dividers have nothing."""
        slide = self.slide
        bare = slide.kind in ("cover", "agenda", "section", "objectives", "break", "references", "credits")
        return self.shown and (not bare or bool(slide.handout or slide.questions or self.pictures))

    @property
    def numeric(self) -> tuple[bool, ...]:
        """For a table, which of its columns hold numbers."""
        tables = [i for f in self.frames for i in f.items if isinstance(i, TableItem)]
        return tables[0].numeric if tables else (False,) * len(getattr(self.slide, "header", ()))

    @property
    def mark(self) -> str:
        """What its place in the handout is called."""
        return f"slide-{self.ordinal}"


@dataclass(frozen=True)
class SectionView:
    """A section with its slides; `clock` is when it begins, None without a session's start."""

    section: Section
    number: int
    slides: tuple[SlideView, ...]
    minutes: float
    clock: str | None


def _apart(slide: AnySlide, place: Place) -> tuple[Picture, ...]:
    """The pictures that a document shows beside what else it says of a slide, the deck not showing
    them. The handout's text has its pictures already, but nothing of covers."""
    if place == "handout" and slide.kind != "cover":
        return ()
    return tuple(p for p in pictures_of(slide) if place in p.show and "deck" not in p.show)


def _asked(slide: AnySlide, ordinal: int, pages: dict[str, int]) -> Iterator[tuple[Question, str, int | None]]:
    for number, question in enumerate(slide.questions, 1):
        mark = f"slide-{ordinal}-question-{number}"
        yield question, mark, pages.get(mark)


def section_views(
    deck: Deck, frames: Sequence[SlideFrame], schedule: Schedule, place: Place, pages: dict[str, int] | None = None
) -> list[SectionView]:
    """The deck's sections with everything that the templates of a document say about their slides.

    `pages` are the handout's, by the slides' marks.
    """
    by_slide: dict[int, list[SlideFrame]] = {}
    for frame in frames:
        if frame.notes_only:
            continue
        by_slide.setdefault(id(frame.slide), []).append(frame)
    blocks = {id(b.slide): b for b in schedule.blocks if b.slide is not None}
    pauses = {id(one.slide): other for one, other in pairwise(schedule.blocks) if other.pause}
    pages = pages or {}
    numbers = {r.id: (n, r) for n, r in enumerate(deck.references, 1)}
    principle = principle_numbers(deck)
    out: list[SectionView] = []
    ordinal = 0
    for position, section in enumerate(deck.sections, 1):
        views: list[SlideView] = []
        previous = section.title.plain  # the section's own heading stands above its first slides
        for slide in section.slides:
            ordinal += 1
            own = tuple(by_slide.get(id(slide), ()))
            title = own[0].title if own else (slide.title or section.title).plain.replace("\n", " ")
            served = sorted({n for name in slide.objectives if (n := objective_number(deck, name))})
            view = SlideView(
                slide=shown_in(slide, place),
                ordinal=ordinal,
                frames=own,
                title=title,
                heading=slide.title,
                block=blocks[id(slide)],
                sources=tuple(numbers[s] for s in slide.sources),
                objectives=tuple(served),
                pictures=_apart(slide, place) if own else (),
                shown=place in slide.show,
                principle=principle(slide) if isinstance(slide, PrincipleSlide) else None,
                page=pages.get(f"slide-{ordinal}"),
                asked=tuple(_asked(slide, ordinal, pages)),
                pause=pauses.get(id(slide)),
            )
            if view.shown:
                said = slide.title.plain if slide.title else title
                view = replace(view, heading=None if said == previous else slide.title or plain_text(title))
                previous = said
            views.append(view)
        minutes = sum(v.block.minutes for v in views)
        out.append(SectionView(section, position, tuple(views), minutes, views[0].block.clock))
    return out
