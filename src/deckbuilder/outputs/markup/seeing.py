"""What templates see (`views`), made of a deck and its frames: which slides a document has, and what they are called there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import compress, pairwise, takewhile
from typing import Any

from deckbuilder.content import participant
from deckbuilder.content.base import Model
from deckbuilder.content.deck import Deck, Reference, Section, objective_number, principle_numbers
from deckbuilder.content.discussion import Place
from deckbuilder.content.kinds import AnySlide, pictures_of, shown_in
from deckbuilder.content.leads import Leads
from deckbuilder.content.pictures import Picture
from deckbuilder.content.schedule import Schedule
from deckbuilder.content.slides import PrincipleSlide
from deckbuilder.content.text import Run, Text, plain_text
from deckbuilder.frozen import dataclass
from deckbuilder.layout.arrange.headlines import has_headline
from deckbuilder.layout.frame import SlideFrame, TableItem, asked_in
from deckbuilder.layout.links import links_of
from deckbuilder.outputs.markup.views import (
    _BARE,
    _WORKED_ON,
    FrameView,
    GuideSection,
    GuideSlideView,
    HandoutSection,
    SectionView,
    SlideView,
    slide_anchor,
)
from deckbuilder.outputs.tree import page_reference


@dataclass(frozen=True)
class _Seen:
    """A slide of the deck with its frames and, in a document, its headings."""

    slide: AnySlide
    ordinal: int
    frames: tuple[SlideFrame, ...]
    title: str
    heading: Text | None
    headline: Text | None
    shown: bool


def handout_sections(
    deck: Deck, theirs: participant.Deck, frames: Sequence[SlideFrame], schedule: Schedule, short: bool = False
) -> list[HandoutSection]:
    """The deck's sections, with what the handout's templates say about their slides; `theirs` is what participants get of
    the deck. Slides that the handout does not show are not there, nor, in a short one, those that are only read."""
    describe = _Describing(deck, theirs.references, "handout", short)
    out: list[HandoutSection] = []
    for number, (seen, section) in enumerate(
        zip(_seen(deck, frames, "handout", short), theirs.sections, strict=True), 1
    ):
        shown = [one.shown for one in seen if "handout" in one.slide.show]
        slides = tuple(
            SlideView(slide=slide, **describe(_as_theirs(one, slide), slide))
            for one, slide in zip(
                compress(seen, (one.shown for one in seen)), compress(section.slides, shown), strict=True
            )
        )
        blocks = schedule.of_section(deck.sections[number - 1])
        out.append(SectionView(section, number, slides, sum(block.minutes for block in blocks), blocks[0].clock))
    return out


def guide_sections(
    deck: Deck, frames: Sequence[SlideFrame], schedule: Schedule, anchors: Collection[str], leads: Leads
) -> list[GuideSection]:
    """The deck's sections with everything that the guide's templates say about their slides. `anchors` are the
    handout's, whose pages the guide names."""
    describe = _Describing(deck, deck.references, "guide")
    pauses = {one.slide.identity: other for one, other in pairwise(schedule.blocks) if one.slide and other.pause}

    def page(anchor: str) -> str | None:
        return page_reference(anchor) if anchor in anchors else None

    out: list[GuideSection] = []
    for number, (seen, section) in enumerate(zip(_seen(deck, frames, "guide"), deck.sections, strict=True), 1):
        leading = [", ".join(leads.of(one.slide)) for one in seen]
        told = _changes([lead if one.shown else None for one, lead in zip(seen, leading, strict=True)])
        slides = tuple(
            GuideSlideView(
                slide=own,
                block=schedule.of(one.slide),
                objectives=tuple(sorted({n for name in one.slide.objectives if (n := objective_number(deck, name))})),
                page=page(slide_anchor(one.ordinal)),
                pages=tuple(map(page, _asked(one, "guide"))),
                pause=pauses.get(one.slide.identity),
                links=_shown_links(one),
                asked_on=tuple(_asked_on(one)),
                lead=lead,
                takes_over=changes,
                **describe(one, own),
            )
            for one, lead, changes in zip(seen, leading, told, strict=True)
            for own in (shown_in(one.slide, "guide"),)
        )
        minutes = sum(view.block.minutes for view in slides)
        out.append(SectionView(section, number, slides, minutes, slides[0].block.clock))
    return out


def _changes(words: Sequence[str | None]) -> list[bool]:
    """Whether each differs from the last before it; None, which is nowhere, never does."""
    out: list[bool] = []
    last: str | None = None
    for word in words:
        out.append(word is not None and word != last)
        last = last if word is None else word
    return out


def _seen(deck: Deck, frames: Sequence[SlideFrame], place: Place, short: bool = False) -> Iterator[list[_Seen]]:
    """The slides of each section; `short` shows only those that a short handout has something of."""
    by_slide: dict[str, list[SlideFrame]] = {}
    for frame in frames:
        if not frame.notes_only:
            by_slide.setdefault(frame.slide.identity, []).append(frame)
    ordinal = 0
    for section in deck.sections:
        out: list[_Seen] = []
        previous = section.title.plain  # the section's own heading stands above its first slides
        for slide in section.slides:
            ordinal += 1
            own = tuple(by_slide.get(slide.identity, ()))
            title = _title_in(own[0], place) if own else _title_without_frame(slide, section)
            asked = any(place in question.show for question in slide.questions)
            shown = place in slide.show and (not short or asked or worked_on(slide))
            heading = slide.title
            if shown:
                said = slide.title.plain if slide.title else title
                heading = None if said == previous else slide.title or plain_text(title)
                previous = said
            headline = getattr(slide, "headline", None) if has_headline(slide) else None
            out.append(_Seen(slide, ordinal, own, title, heading, headline, shown))
        yield out


def _title_in(frame: SlideFrame, place: Place) -> str:
    """The title of a frame as a document has it."""
    return frame.told if place == "handout" else frame.title


def _as_theirs(seen: _Seen, slide: participant.Slide) -> _Seen:
    """The slide with the headings of what participants get of it. What has a gap is no headline."""
    return replace(seen, heading=slide.title) if seen.heading and slide.title else seen


def _title_without_frame(slide: AnySlide, section: Section) -> str:
    """The title of a slide that is not in the deck."""
    title = (slide.title or section.title).plain
    if has_headline(slide):
        title = f"{title}: {slide.headline.plain}"  # type: ignore[union-attr]
    return title.replace("\n", " ")


def _shown_links(seen: _Seen) -> tuple[Text, ...]:
    """The links of a slide's frames whose words the guide does not print."""
    asked = {run.link for question in seen.slide.questions for run in question.ask.runs}
    return tuple(
        text
        for text in links_of(item for frame in seen.frames for item in frame.items)
        if text.runs[0].link not in asked
    )


def _asked_on(seen: _Seen) -> Iterator[str]:
    """For each question that the guide has, the number of the first slide that asks it."""
    asked = [(frame.number, asked_in(name for item in frame.items for name in item.fields)) for frame in seen.frames]
    for n, question in enumerate(seen.slide.questions):
        if "guide" in question.show:
            yield next((str(number) for number, questions in asked if n in questions), "")


def _asked(seen: _Seen, place: Place) -> tuple[str, ...]:
    """The names of the anchors, in the handout, of the questions that a document has."""
    names = ((f"{slide_anchor(seen.ordinal)}-question-{n}", q) for n, q in enumerate(seen.slide.questions, 1))
    return tuple(name for name, question in names if place in question.show)


def worked_on(slide: AnySlide) -> bool:
    """Whether people write on what a slide says, or keep it before them: what a short handout has, too."""
    return slide.kind in _WORKED_ON or (slide.kind == "table" and slide.lines is not None) or _has_gap(slide)


def _has_gap(value: Any) -> bool:
    if isinstance(value, Run):
        return value.gap
    if isinstance(value, Text):
        return any(run.gap for run in value.runs)
    if isinstance(value, tuple):
        return any(map(_has_gap, value))
    return isinstance(value, Model) and any(
        _has_gap(getattr(value, name)) for name in type(value).model_fields if name != "handout"
    )


def _said_again(slide: AnySlide) -> bool:
    """Whether all points of a slide begin with a term that a paragraph of its handout text begins with as well. Points with
    gaps are there to be filled in."""
    points = [point.text for point in getattr(slide, "points", ())]
    if not points or slide.handout is None or any(run.gap for text in points for run in text.runs):
        return False
    begun = {_term(paragraph.runs) for paragraph in slide.handout}
    return all(_term(text.runs) in begun - {""} for text in points)


def _term(runs: Sequence[Run]) -> str:
    """The bold words that runs begin with; "" for none."""
    bold = "".join(run.text for run in takewhile(lambda run: run.bold, runs))
    return bold.strip(" .:\u2013\u2014").casefold()


class _Describing:
    """The fields of views that both documents have."""

    def __init__(self, deck: Deck, references: Sequence[Reference], place: Place, short: bool = False) -> None:
        self.place = place
        self.short = short
        self.references = {r.id: (n, r) for n, r in enumerate(references, 1)}
        self.principle = principle_numbers(deck)

    def __call__(self, seen: _Seen, own: AnySlide | participant.Slide) -> dict[str, Any]:
        """Those of a slide, `own` being what the document has of it."""
        slide = seen.slide
        apart = self._apart(own) if seen.frames else ()
        questions = _asked(seen, self.place)
        tables = [item for frame in seen.frames for item in frame.items if isinstance(item, TableItem)]
        return {
            "ordinal": seen.ordinal,
            "frames": tuple(FrameView(frame.number, _title_in(frame, self.place)) for frame in seen.frames),
            "title": seen.title,
            "heading": seen.heading,
            "headline": seen.headline,
            "sources": tuple(self.references[s] for s in slide.sources),
            "pictures": apart,
            "shown": seen.shown,
            "on_paper": seen.shown
            and (slide.kind not in _BARE or bool((slide.handout and not self.short) or questions or apart)),
            "numeric": tables[0].numeric if tables else (False,) * len(getattr(slide, "header", ())),
            "principle": self.principle(slide) if isinstance(slide, PrincipleSlide) else None,
            "asked": questions,
            "repeated": _said_again(slide),
            "worked_on": worked_on(slide),
        }

    def _apart(self, slide: AnySlide | participant.Slide) -> tuple[Picture, ...]:
        """The pictures that a document shows beside what else it says of a slide, the deck not showing
        them. The handout's text has its pictures already, but nothing of covers."""
        if self.place == "handout" and slide.kind != "cover":
            return ()
        return tuple(p for p in pictures_of(slide) if self.place in p.show and "deck" not in p.show)
