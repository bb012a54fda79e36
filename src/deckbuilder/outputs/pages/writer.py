"""Writing the two documents: their trees, made by `markup`, set on pages.

A document is made and checked first (`with_handout`, `with_guide`), for every theme, and written only then. The guide
names pages of the handout, which is why that is set before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from deckbuilder.content.participant import Deck as ParticipantsDeck
from deckbuilder.content.printing import Printing
from deckbuilder.content.projection import Projection
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.layout.links import links_of
from deckbuilder.layout.prints import SlidePrint, participants_prints
from deckbuilder.outputs.markup.addresses import addresses_of_slides
from deckbuilder.outputs.markup.documents import PageView, guide_document, handout_document, link_targets
from deckbuilder.outputs.markup.views import slide_anchor
from deckbuilder.outputs.pages.document import About, Pages, Story, write_pdf
from deckbuilder.outputs.pages.screens import screens
from deckbuilder.outputs.pages.setting import Setter
from deckbuilder.outputs.pages.slideprints import SlidePrints, gaps_of_prints
from deckbuilder.outputs.pages.style import PageStyle, guide_style, handout_style, screen_style, slides_style
from deckbuilder.outputs.source import SetPages, Source
from deckbuilder.outputs.tree import Element, anchors_of, has_pages, with_pages

_TRIES = 3  # at setting a handout that names its own pages, until the numbers move nothing any more


def with_handout(source: Source, problems: Diagnostics) -> Source:
    """The source with the handout's tree, where it has not got one and the handout is no prints of slides. What is wrong
    in its templates is reported."""
    if source.documents.handout is not None or source.printing.slides_per_page:
        return source
    page = handout_style(source.theme, source.printing)
    handout, gaps = handout_document(source, _view(page), problems)
    return replace(source, documents=replace(source.documents, handout=handout, gaps=gaps))


def with_guide(source: Source, problems: Diagnostics) -> Source:
    """The source with the guide's tree, and with the handout's, whose pages and gaps the guide names. What is wrong in
    their templates is reported."""
    source = with_handout(source, problems)
    if source.printing.slides_per_page:
        prints = participants_prints(source.deck, source.prints, source.theme)
        anchors, gaps = frozenset(slide_anchor(one.ordinal) for one in prints), tuple(gaps_of_prints(prints))
    else:
        handout = source.documents.handout or Element("document")  # whose errors are told already
        anchors, gaps = anchors_of(handout), source.documents.gaps
    page = guide_style(source.theme, source.printing)
    document = guide_document(source, _view(page), anchors, gaps, problems)
    return replace(source, documents=replace(source.documents, guide=document))


def write_handout(path: Path | None, source: Source) -> SetPages:
    """Writes the participants' handout, as prints of the slides where it is; returns its pages. `path` None only sets it."""
    if source.printing.slides_per_page:
        return _write_slides(path, source)
    assert source.documents.handout is not None, "it is checked before"
    document = source.documents.handout
    pages: Mapping[str, int] = dict.fromkeys(anchors_of(document), 10)
    if has_pages(document):  # its own, known once it has been set
        for _ in range(_TRIES):
            before, pages = pages, _write_handout(None, source, with_pages(document, pages)).anchors
            if pages == before:
                break
        document = with_pages(document, pages)
    return _write_handout(path, source, document)


def _write_handout(path: Path | None, source: Source, document: Element) -> SetPages:
    page = handout_style(source.theme, source.printing)
    drawn = {one.number: one for one in participants_prints(source.deck, source.frames, source.theme)}
    setter = Setter(page, drawn, source.pictures, source.images, source.labels, True, source.deck.language)
    pages = _set(path, source, page, source.labels("handout"), setter.story(document))
    return SetPages(pages.count, setter.pages, setter.thumbnails, pages.rests, pages.looks)


def _write_slides(path: Path | None, source: Source) -> SetPages:
    page = slides_style(source.theme, source.printing)
    prints = SlidePrints(page, source.images, source.labels)
    slides: list[SlidePrint] = participants_prints(source.deck, source.prints, source.theme)
    story = prints.story(slides)
    links = [(one.number, links_of(one.items)) for one in slides]
    listed = addresses_of_slides(links, link_targets(source), source.labels, page.small / 12)
    if listed is not None:
        setter = Setter(
            page, {}, source.pictures, source.images, source.labels, True, source.deck.language, root=story.root
        )
        further = setter.story(listed)
        story = Story([*story.flowables, *further.flowables], story.root, further.pieces)
    pages = _set(path, source, page, source.labels("handout"), story)
    return SetPages(pages.count, prints.pages, {}, {}, pages.looks)


def write_guide(path: Path | None, source: Source) -> SetPages:
    """Writes the facilitator guide; returns its pages. Those of the handout are known. `path` None only sets it."""
    assert source.documents.guide is not None, "it is checked before"
    assert source.pages is not None, "the handout is set before"
    page = guide_style(source.theme, source.printing)
    drawn = {frame.number: frame for frame in source.frames}
    setter = Setter(page, drawn, source.pictures, source.images, source.labels, False, source.deck.language)
    story = setter.story(with_pages(source.documents.guide, source.pages.anchors))
    pages = _set(path, source, page, source.labels("guide"), story)
    return SetPages(pages.count, setter.pages, setter.thumbnails, pages.rests, pages.looks)


def write_screens(path: Path, source: Source) -> None:
    """Writes the slides themselves, one a page."""
    page = screen_style(source.theme, Printing(source.printing.paper))
    sections = [section.title.plain.replace("\n", " ") for section in source.deck.sections]
    _set(
        path,
        source,
        page,
        source.labels("slides"),
        screens(page, source.frames, sections, source.images, source.labels),
    )


def _view(page: PageStyle) -> PageView:
    return PageView(page.width, page.height, page.column, page.small / 12)


def _set(path: Path | None, source: Source, page: PageStyle, kind: str, story: Story) -> Pages:
    """Sets a story on pages, with what its file says of itself, `kind` being what it is called; nothing but what participants
    may read."""
    deck: ParticipantsDeck = Projection().deck(source.deck)
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
    return write_pdf(path, story, page, source.labels, about)
