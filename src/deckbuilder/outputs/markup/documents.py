"""The documents as trees: what their templates are given, rendered and checked. Nothing is set here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from deckbuilder.content import participant
from deckbuilder.content.deck import DEFAULT_PARTS
from deckbuilder.content.kinds import pictures_of
from deckbuilder.content.leads import leads_of
from deckbuilder.content.projection import Projection
from deckbuilder.content.session import Session
from deckbuilder.content.text import quoted
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.frozen import dataclass
from deckbuilder.languages import Language
from deckbuilder.layout.frame import ChartItem, SlideFrame
from deckbuilder.outputs.markup.addresses import Target, with_addresses
from deckbuilder.outputs.markup.checking import Names, checked
from deckbuilder.outputs.markup.run_of_show import agenda_rows, balance, clock_or_elapsed, show_rows
from deckbuilder.outputs.markup.seeing import guide_sections, handout_sections
from deckbuilder.outputs.markup.summaries import (
    answers,
    gap_key,
    material_views,
    picture_credits,
    preparation_steps,
    resource_directory,
    served_objectives,
)
from deckbuilder.outputs.markup.templating import place_in, render
from deckbuilder.outputs.markup.views import GuideSection, slide_anchor
from deckbuilder.outputs.source import Source
from deckbuilder.outputs.tree import Element, Gap, blanked

GUIDES_OWN = (
    *("layout", "materials", "preparation", "served", "answers", "gaps", "rows", "balance", "unsaid", "estimated"),
    *("days", "sign_in"),
)
"""What the guide's template knows, and the handout's does not."""


_TO_READ = ("glossary", "references", "credits")  # parts that a short handout does without


@dataclass(frozen=True)
class PageView:
    """What a template may know of its page: sizes in points, `column` the width of the text, `scale` how
    much larger small text is than 12 points."""

    width: float
    height: float
    column: float
    scale: float


def handout_document(source: Source, page: PageView, problems: Diagnostics) -> tuple[Element | None, tuple[Gap, ...]]:
    """The participants' handout, made of what participants get of the deck, and what belongs into its gaps. None, with
    errors, where something is wrong in its templates."""
    projection = Projection()
    deck, session = projection.deck(source.deck), projection.session(source.session)
    schedule = projection.schedule(source.schedule)
    options = source.deck.handout
    parts = (options.parts if options else None) or source.theme.handout.parts or DEFAULT_PARTS
    length = (options.length if options else None) or source.theme.handout.length or "full"
    sections = everything = handout_sections(source.deck, deck, source.frames, source.schedule)
    if length == "short":
        sections = handout_sections(source.deck, deck, source.frames, source.schedule, short=True)
    views = [view for section in sections for view in section.slides]
    numbers = {frame.number for view in views for frame in view.frames}
    shown = Names(
        source.theme.colors,
        {picture.file for view in views for picture in pictures_of(view.slide)},
        numbers,
        numbers & _with_charts(source.frames),
        len(projection.words),
    )
    document = _document(
        "handout.xml",
        source,
        page,
        shown,
        problems,
        deck=deck,
        session=session,
        schedule=schedule,
        kept=GUIDES_OWN,
        parts=[part for part in parts if length == "full" or part not in _TO_READ],
        length=length,
        agenda=agenda_rows(source.schedule, sections, source.labels),
        end=_end(source),
        sections=sections,
        resources=resource_directory(everything),
        credits=picture_credits(sections),
    )
    if document is None:
        return None, ()
    document, gaps = blanked(document, projection.words)
    return _addressed(document, "handout.xml", source, page, problems), gaps


def guide_document(
    source: Source, page: PageView, anchors: Collection[str], gaps: Sequence[Gap], problems: Diagnostics
) -> Element | None:
    """The facilitator guide. The handout's pages, which it names, are references to its `anchors`; `gaps` are the
    handout's. None, with errors, where something is wrong in its templates."""
    deck, session, labels, schedule = source.deck, source.session, source.labels, source.schedule
    leads = leads_of(deck, session)
    sections = guide_sections(deck, source.frames, schedule, anchors, leads)
    layout = source.guide or (deck.guide.layout if deck.guide else None) or source.theme.guide.layout or "compact"
    document = _document(
        "guide.xml",
        source,
        page,
        Names(
            source.theme.colors,
            source.pictures,
            {frame.number for frame in source.frames},
            _with_charts(source.frames),
        ),
        problems,
        deck=deck,
        session=session,
        schedule=schedule,
        layout=layout,
        sections=sections,
        materials=material_views(deck, sections, session),
        preparation=preparation_steps(deck, session, labels),
        served=served_objectives(deck, sections),
        answers=answers(sections),
        gaps=gap_key(gaps, sections),
        credits=picture_credits(sections),
        rows=show_rows(schedule, sections, leads, labels),
        balance=balance(schedule, deck, labels),
        agenda=agenda_rows(schedule, sections, labels, anchors),
        days=schedule.days,
        sign_in=_has_sign_in(session),
        unsaid=_without_cues(sections),
        end=_end(source),
        estimated=any(block.estimated for block in schedule.blocks),
    )
    return document and _addressed(document, "guide.xml", source, page, problems)


def _end(source: Source) -> str:
    """When the training ends."""
    schedule = source.schedule
    if not schedule.blocks:
        return clock_or_elapsed(None, 0)
    last = schedule.blocks[-1]
    return clock_or_elapsed(last.end, last.start + last.minutes)


def _has_sign_in(session: Session | None) -> bool:
    if session is None:
        return False
    return bool(session.days) if session.sign_in is None else session.sign_in


def _without_cues(sections: Sequence[GuideSection]) -> list[str]:
    """The numbers of the slides that the guide has nothing to say about."""
    views = [view for section in sections for view in section.slides if view.shown]
    return [
        view.numbers
        for view in views
        if view.numbers and not (view.slide.cues or view.slide.questions or view.slide.virtual or view.slide.notes)
    ]


def _with_charts(frames: Sequence[SlideFrame]) -> set[int]:
    """The numbers of the slides that show a chart."""
    return {frame.number for frame in frames if any(isinstance(item, ChartItem) for item in frame.items)}


def _document(
    template: str,
    source: Source,
    page: PageView,
    names: Names,
    problems: Diagnostics,
    session: Session | participant.Session | None,
    **context: Any,
) -> Element | None:
    language = source.deck.language
    earlier = len(problems)
    rendered = render(
        template,
        source.templates,
        source.labels,
        problems,
        sum(1 for _ in source.deck.slides()),
        session=session,
        date=Language(language).dates(dates) if (dates := source.session.dates if source.session else ()) else None,
        place=source.session.where if source.session else "",
        clocked=source.schedule.clocked,
        page=page,
        quoted=lambda text: quoted(text, language),
        imprint=source.theme.imprint,
        **context,
    )
    if rendered is None:
        return None
    place = place_in(source.templates)
    missing = len(problems) > earlier  # something that the template asks for
    tree = checked(rendered, None if missing else names, place, place(f"{template}:1:1"), problems)
    return None if missing else tree


def _addressed(document: Element, template: str, source: Source, page: PageView, problems: Diagnostics) -> Element:
    """The document with its links readable."""
    pages = template == "handout.xml"
    return with_addresses(document, link_targets(source), source.labels, page.scale, pages, problems)


def link_targets(source: Source) -> dict[str, Target]:
    """The slides that links may lead to, by id."""
    numbers = {frame.slide.identity: frame.number for frame in reversed(source.frames) if not frame.notes_only}
    return {
        slide.id: Target(slide_anchor(ordinal), numbers.get(slide.identity))
        for ordinal, (_, slide) in enumerate(source.deck.slides(), 1)
        if slide.id
    }
