"""Writing the two documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from deckbuilder.content.deck import Deck, principle_numbers
from deckbuilder.content.schedule import Schedule, clock_time
from deckbuilder.content.session import Session
from deckbuilder.content.text import quoted
from deckbuilder.labels import Labels
from deckbuilder.layout.frame import SlideFrame
from deckbuilder.outputs.documents.document import FURNITURE_SIZE, write_pdf
from deckbuilder.outputs.documents.markup import Markup
from deckbuilder.outputs.documents.style import PageStyle, Paper, guide_style, handout_style
from deckbuilder.outputs.documents.templating import render
from deckbuilder.outputs.documents.views import (
    balance,
    clock_or_elapsed,
    material_views,
    section_views,
    show_rows,
)
from deckbuilder.outputs.drawing.faces import words_width
from deckbuilder.outputs.images import Images
from deckbuilder.reading.pictures import PictureFile
from deckbuilder.reading.variables import written_date
from deckbuilder.theme.theme import Theme

_NOTES_LINES = 20  # fills the better part of a page


@dataclass(frozen=True)
class Source:
    """What both documents are made from."""

    deck: Deck
    session: Session | None
    schedule: Schedule
    frames: Sequence[SlideFrame]
    pictures: dict[str, PictureFile]
    theme: Theme
    labels: Labels
    images: Images
    paper: Paper
    moment: dt.datetime | None


def write_handout(path: Path | None, source: Source) -> dict[str, int]:
    """Writes the participants' handout; `path` None only sets it. Returns the page of each slide,
    by "slide-N"."""
    page = handout_style(source.theme, source.paper)
    sections = section_views(source.deck, source.frames, source.schedule)
    return _write(
        path,
        source,
        page,
        "handout.xml",
        source.labels("handout"),
        sections=sections,
        quoted=lambda text: quoted(text, source.deck.language),
        principle_number=principle_numbers(source.deck),
        notes_lines=_NOTES_LINES,
    )


def write_guide(path: Path, source: Source, handout_pages: dict[str, int]) -> None:
    """Writes the facilitator guide; `handout_pages` is what `write_handout` returned."""
    page = guide_style(source.theme, source.paper)
    sections = section_views(source.deck, source.frames, source.schedule, handout_pages)
    materials = material_views(source.deck, sections, source.session)
    session = source.session
    _write(
        path,
        source,
        page,
        "guide.xml",
        source.labels("guide"),
        sections=sections,
        materials=materials,
        rows=show_rows(source.schedule, sections, source.labels),
        balance=balance(source.schedule, source.deck, source.labels),
        end=clock_or_elapsed(
            clock_time(session.start if session else None, source.schedule.total), source.schedule.total
        ),
        estimated=any(block.estimated for block in source.schedule.blocks),
    )


def _write(
    path: Path | None, source: Source, page: PageStyle, template: str, kind: str, **context: object
) -> dict[str, int]:
    deck, session = source.deck, source.session
    date = written_date(session.date, deck.language) if session and session.date else None
    markup = Markup(page, {f.number: f for f in source.frames}, source.pictures, source.images)
    text = render(
        template,
        source.labels,
        deck=deck,
        session=session,
        schedule=source.schedule,
        date=date,
        page=page,
        **context,
    )
    story = markup.flowables(text)
    title = deck.title.plain.replace("\n", " ")
    rights = deck.copyright.plain if deck.copyright else ""
    write_pdf(
        path,
        story,
        page,
        source.labels,
        title=f"{title}: {kind}",
        author="; ".join(a.name.plain for a in deck.authors) or (deck.organisation.plain if deck.organisation else ""),
        subject=deck.subtitle.plain if deck.subtitle else kind,
        language=deck.language,
        footer=_footer(page, title, rights),
        moment=source.moment,
    )
    return markup.pages


def _footer(page: PageStyle, title: str, rights: str) -> str:
    """Title and copyright line where both fit beside the page number, else the copyright line."""
    for words in (f"{title}  ·  {rights}" if rights else title, rights or title):
        if words_width(words, page.theme.body, FURNITURE_SIZE, page.theme) < page.column - 110:
            return words
    return rights or title
