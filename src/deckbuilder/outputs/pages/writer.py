"""Writing the two documents."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from deckbuilder.content.deck import DEFAULT_PARTS
from deckbuilder.content.schedule import clock_time
from deckbuilder.content.text import quoted
from deckbuilder.diagnostics import Diagnostics, fail
from deckbuilder.layout.frame import ChartItem
from deckbuilder.outputs.markup.elements import Names, checked
from deckbuilder.outputs.markup.summaries import (
    answers,
    balance,
    clock_or_elapsed,
    gap_key,
    material_views,
    picture_credits,
    preparation_steps,
    resource_directory,
    served_objectives,
    show_rows,
)
from deckbuilder.outputs.markup.templating import place_in, render
from deckbuilder.outputs.markup.views import section_views
from deckbuilder.outputs.pages.document import About, DoesNotFit, Story, write_pdf
from deckbuilder.outputs.pages.setting import Markup
from deckbuilder.outputs.pages.slideprints import SlidePrints
from deckbuilder.outputs.pages.style import PageStyle, guide_style, handout_style, slides_style
from deckbuilder.outputs.source import HandoutPages, Source
from deckbuilder.reading.variables import written_date


@dataclass(frozen=True)
class PageView:
    """What a template may know of its page: sizes in points, `column` the width of the text, `scale` how
    much larger small text is than 12 points."""

    width: float
    height: float
    column: float
    scale: float


def write_handout(path: Path | None, source: Source) -> HandoutPages:
    """Writes the participants' handout; `path` None only sets it.

    Raises DeckError with everything that is wrong in its template.
    """
    if source.printing.slides_per_page:
        return write_slides(path, source)
    page = handout_style(source.theme, source.printing)
    sections = section_views(source.deck, source.frames, source.schedule, "handout")
    parts = source.deck.handout.parts if source.deck.handout and source.deck.handout.parts else None
    markup = _write(
        path,
        source,
        page,
        "handout.xml",
        source.labels("handout"),
        parts=parts or source.theme.handout.parts or list(DEFAULT_PARTS),
        sections=sections,
        resources=resource_directory(sections),
        credits=picture_credits(sections),
    )
    return HandoutPages(markup.pages, markup.gaps)


def write_slides(path: Path | None, source: Source) -> HandoutPages:
    """Writes the handout as prints of the slides."""
    page = slides_style(source.theme, source.printing)
    prints = SlidePrints(page, source.images, source.labels)
    story = prints.story(source.deck, source.prints)
    _set(path, source, page, source.labels("handout"), story)
    return HandoutPages(prints.pages, prints.gaps)


def write_guide(path: Path, source: Source, handout: HandoutPages) -> None:
    """Writes the facilitator guide; `handout` is what `write_handout` returned.

    Raises DeckError with everything that is wrong in its template.
    """
    page = guide_style(source.theme, source.printing)
    deck, session, labels, schedule = source.deck, source.session, source.labels, source.schedule
    sections = section_views(deck, source.frames, schedule, "guide", handout.pages)
    layout = source.guide or (deck.guide.layout if deck.guide else None) or source.theme.guide.layout or "compact"
    _write(
        path,
        source,
        page,
        "guide.xml",
        labels("guide"),
        layout=layout,
        sections=sections,
        materials=material_views(deck, sections, session),
        preparation=preparation_steps(deck, session, labels),
        served=served_objectives(deck, sections),
        answers=answers(sections),
        gaps=gap_key(handout.gaps, handout.pages, sections),
        credits=picture_credits(sections),
        rows=show_rows(schedule, sections, labels),
        balance=balance(schedule, deck, labels),
        end=clock_or_elapsed(clock_time(session.start if session else None, schedule.total), schedule.total),
        estimated=any(block.estimated for block in schedule.blocks),
    )


def _write(path: Path | None, source: Source, page: PageStyle, template: str, kind: str, **context: object) -> Markup:
    deck, session = source.deck, source.session
    date = written_date(session.date, deck.language) if session and session.date else None
    slides = {f.number: f for f in source.frames}
    rendered = render(
        template,
        source.templates,
        source.labels,
        sum(1 for _ in deck.slides()),
        deck=deck,
        session=session,
        schedule=source.schedule,
        date=date,
        page=PageView(page.width, page.height, page.column, page.small / 12),
        quoted=lambda text: quoted(text, deck.language),
        imprint=source.theme.imprint,
        **context,
    )
    problems = Diagnostics()
    charts = [n for n, frame in slides.items() if any(isinstance(item, ChartItem) for item in frame.items)]
    names = Names(page.styles, source.theme.colors, source.pictures, slides, charts)
    place = place_in(source.templates)
    text = checked(rendered, names, place, place(f"{template}:1:1"), problems)
    problems.raise_if_errors()
    markup = Markup(page, slides, source.pictures, source.images, source.labels, blanks=template == "handout.xml")
    try:
        _set(path, source, page, kind, markup.story(text))
    except DoesNotFit as error:
        at = place(error.place or f"{template}:1:1")
        hint = "make it lower or wider, or divide it"
        raise fail(
            "template-markup", "this fits on no page: it is too high, or too narrow for its words", at, hint
        ) from error
    return markup


def _set(path: Path | None, source: Source, page: PageStyle, kind: str, story: Story) -> None:
    """Sets a story on pages, with what its file says of itself."""
    deck = source.deck
    title = deck.title.plain.replace("\n", " ")
    rights = deck.copyright.plain if deck.copyright else ""
    about = About(
        title=f"{title}: {kind}",
        author="; ".join(a.name.plain for a in deck.authors) or (deck.organisation.plain if deck.organisation else ""),
        subject=deck.subtitle.plain if deck.subtitle else kind,
        language=deck.language,
        # Title and copyright line where both fit beside the page's number, else the copyright line.
        footer=(f"{title}  ·  {rights}", rights) if rights else (title,),
    )
    write_pdf(path, story, page, source.labels, about)
