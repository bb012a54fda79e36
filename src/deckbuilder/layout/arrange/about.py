"""One function for each kind of slide that is about the deck itself: what it is called, how it goes, what it rests on."""

from __future__ import annotations

from dataclasses import replace

from deckbuilder.content import slides as s
from deckbuilder.content.deck import cited
from deckbuilder.content.kinds import pictures_of
from deckbuilder.content.text import Paragraph, Run, plain_text
from deckbuilder.languages import Language
from deckbuilder.layout.arrange.draft import Draft, Scene, Words
from deckbuilder.layout.arrange.words import at_level, bold, caption, link_words, picture_fields
from deckbuilder.theme.roles import (
    BODY,
    CAPTION,
    IMPRINT,
    LINKS,
    META,
    NUMERAL,
    PICTURE,
    SUBTITLE,
    TEXT,
    LayoutRole,
    PlaceholderRole,
)


def cover(slide: s.CoverSlide, scene: Scene) -> Draft:
    deck = scene.deck
    meta: list[Paragraph] = []
    if deck.authors:
        runs: list[Run] = []
        for author in deck.authors:
            runs += [Run(", ")] * bool(runs) + list(author.name.runs)
            if author.role:
                runs += [Run(", "), *author.role.runs]
        meta.append(Paragraph(tuple(runs)))
    if deck.organisation:
        meta.extend(at_level(deck.organisation, 0))
    session = scene.session
    if session and (session.dates or session.where):
        when = Language(deck.language).dates(session.dates)
        meta.append(Paragraph((Run(" · ".join(w for w in (when, session.where) if w)),)))
    said: dict[str, object] = {"deck.authors": deck.authors, "deck.organisation": deck.organisation}
    said |= {"session.date": session.dates if session else (), "session.place": session.where if session else ""}
    texts = {SUBTITLE: at_level(slide.subtitle or deck.subtitle, 0), META: tuple(meta)}
    draft = Draft(LayoutRole("cover"), slide.title or deck.title, {k: v for k, v in texts.items() if v}, flow=())
    fields = {
        SUBTITLE: ("subtitle",) if slide.subtitle else ("deck.subtitle",),
        META: tuple(name for name, value in said.items() if value),
        **picture_fields("picture"),
    }
    draft = replace(draft, fields=fields)
    if slide.picture:
        words = caption(slide.picture)
        return replace(
            draft,
            layout=draft.layout.varied("picture"),
            texts={**draft.texts, CAPTION: words} if words else draft.texts,
            pictures={PICTURE: slide.picture},
            filled=frozenset({PICTURE}),
        )
    return draft


def agenda(slide: s.AgendaSlide, scene: Scene) -> Draft:
    labels, days = scene.labels, scene.schedule.days
    items: list[Paragraph] = list(at_level(slide.text, 0))
    day = 0
    for number, section in enumerate((x for x in scene.deck.sections if not x.appendix), 1):
        for part, blocks in enumerate(scene.schedule.parts_of(section)):
            if days and blocks[0].day != day:
                day = blocks[0].day
                items.append(Paragraph((Run(labels.day(day, days[day - 1].title, days[day - 1].date), bold=True),)))
            when = blocks[0].clock or labels.minutes(sum(b.minutes for b in blocks))
            goes_on = [Run(f" ({labels('continued')})")] if part else []
            words = (*section.title.runs, *goes_on, Run(f"\t{when}", clock=True))
            items.append(Paragraph(words, 0, "number", number))
    fields = {BODY: ("text", "deck.sections")}
    title = slide.title or plain_text(scene.labels("agenda"))
    return Draft(LayoutRole("agenda"), title, {BODY: tuple(items)}, fields=fields)


def objectives(slide: s.ObjectivesSlide, scene: Scene) -> Draft:
    items = [Paragraph(o.text.runs, 0, "number", n) for n, o in enumerate(scene.deck.objectives, 1)]
    body = (*at_level(slide.text, 0), *items)
    fields = {BODY: ("text", "deck.objectives")}
    title = slide.title or plain_text(scene.labels("objectives"))
    return Draft(LayoutRole("objectives"), title, {BODY: body}, fields=fields)


def section(slide: s.SectionSlide, scene: Scene) -> Draft:
    texts: dict[PlaceholderRole, Words] = {NUMERAL: (Paragraph((Run(str(scene.section_number)),)),)}
    if line := at_level(slide.text or scene.section.text, 0):
        texts[TEXT] = line
    fields = {TEXT: ("text",) if slide.text else ("section.text",)}
    return Draft(LayoutRole("section"), slide.title or scene.section.title, texts, flow=(), fields=fields)


def closing(slide: s.ClosingSlide, scene: Scene) -> Draft:
    texts: dict[PlaceholderRole, Words] = {}
    if slide.text:
        texts[BODY] = at_level(slide.text, 0)
    if slide.links:
        texts[LINKS] = link_words(slide.links)
    if scene.imprint:
        texts[IMPRINT] = tuple(Paragraph((Run(line),)) for line in scene.imprint)
    layout = LayoutRole("closing").varied("imprint") if scene.imprint else LayoutRole("closing")
    fields = {BODY: ("text",), LINKS: ("links",)}
    return Draft(layout, slide.title or plain_text(scene.labels("thank_you")), texts, fields=fields)


def references(slide: s.ReferencesSlide, scene: Scene) -> Draft:
    body = []
    for number, reference in cited(scene.deck):
        runs = [Run(f"[{number}]\u00a0 "), *reference.text.runs]
        if reference.url:
            runs += [Run(" "), Run(reference.url, link=reference.url)]
        if reference.as_of:
            runs.append(Run(f" ({scene.labels('as_of', date=reference.as_of)})"))
        body.append(Paragraph(tuple(runs)))
    title = slide.title or plain_text(scene.labels("references"))
    return Draft(LayoutRole("references"), title, {BODY: tuple(body)}, fields={BODY: ("deck.references",)})


def credits(slide: s.CreditsSlide, scene: Scene) -> Draft:
    """Each credit once, and below it the pictures it is for, by caption or by what they show."""
    credited: dict[str, list[Paragraph]] = {}
    seen: set[str] = set()
    for _, other in scene.deck.slides():
        for picture in pictures_of(other):
            if picture.credit is None or picture.file in seen:
                continue
            seen.add(picture.file)
            group = credited.setdefault(picture.credit.plain, [Paragraph(bold(picture.credit.runs))])
            if what := picture.caption.runs if picture.caption else (Run(picture.alt),) if picture.alt else ():
                group.append(Paragraph(what, 0, "bullet"))
    body = tuple(paragraph for group in credited.values() for paragraph in group)
    return Draft(LayoutRole("credits"), slide.title or plain_text(scene.labels("credits")), {BODY: body})
