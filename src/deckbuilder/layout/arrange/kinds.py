"""One function for each kind of slide: what it says, in which placeholder of which layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from deckbuilder.content import sequences as q
from deckbuilder.content import slides as s
from deckbuilder.content.deck import cited
from deckbuilder.content.discussion import Question
from deckbuilder.content.kinds import pictures_of
from deckbuilder.content.pictures import Picture
from deckbuilder.content.text import Paragraph, Run, Text, plain_text, quoted
from deckbuilder.labels import Labels
from deckbuilder.layout.arrange import showing
from deckbuilder.layout.arrange.draft import Draft, Scene, Words
from deckbuilder.layout.arrange.words import at_level, body_text, bold, caption, link_words, points
from deckbuilder.layout.frame import QrCode
from deckbuilder.reading.variables import written_date
from deckbuilder.theme.roles import (
    BODY,
    CAPTION,
    DIALOGUE,
    EVENT,
    HEADING,
    IMPRINT,
    LABEL,
    LEFT,
    LINKS,
    META,
    NAME,
    NUMBER,
    NUMERAL,
    PICTURE,
    QUOTE,
    RIGHT,
    SIDES,
    STAGE,
    SUBTITLE,
    TEXT,
    WHEN,
    LayoutRole,
    PlaceholderRole,
)

# The layouts that have a variant with a smaller picture.
_NARROWED = (LayoutRole("points"), LayoutRole("numbers"), LayoutRole("text"))


def attribution(slide: s.Attribution) -> Words:
    """Author on one level, role and source on the next; level 3 where there is no author."""
    below = [t for t in (slide.role, slide.source) if t]
    if slide.author is None:
        return tuple(p for n, t in enumerate(below) for p in at_level(t, 2 if n else 3))
    return (*at_level(slide.author, 1), *(p for t in below for p in at_level(t, 2)))


def with_picture(layout: LayoutRole, picture: Picture | None, words: Words, title: Text) -> Draft:
    """A draft in the layout, or in its variant for a picture when there is one to show; then with a
    smaller picture in reserve where the theme has a layout for that."""
    if picture is None:
        return Draft(layout, title, {BODY: words})
    texts = {BODY: words}
    if below := caption(picture):
        texts[CAPTION] = below
    draft = Draft(layout.varied("picture"), title, texts, {PICTURE: picture})
    if layout in _NARROWED:
        return replace(draft, alternatives=((replace(draft, layout=layout.varied("picture", "narrow")),),))
    return draft


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
    if session and (session.date or session.place):
        when = written_date(session.date, deck.language) if session.date else None
        meta.append(Paragraph((Run(" · ".join(w for w in (when, session.place) if w)),)))
    texts = {SUBTITLE: at_level(slide.subtitle or deck.subtitle, 0), META: tuple(meta)}
    draft = Draft(LayoutRole("cover"), slide.title or deck.title, {k: v for k, v in texts.items() if v}, flow=())
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
    items: list[Paragraph] = list(at_level(slide.text, 0))
    for number, section in enumerate((x for x in scene.deck.sections if not x.appendix), 1):
        blocks = scene.schedule.of_section(section)
        when = blocks[0].clock or scene.labels.minutes(sum(b.minutes for b in blocks))
        items.append(Paragraph((*section.title.runs, Run(f"  {when}", italic=True)), 0, "number", number))
    return Draft(LayoutRole("agenda"), slide.title or plain_text(scene.labels("agenda")), {BODY: tuple(items)})


def objectives(slide: s.ObjectivesSlide, scene: Scene) -> Draft:
    items = [Paragraph(o.text.runs, 0, "number", n) for n, o in enumerate(scene.deck.objectives, 1)]
    body = (*at_level(slide.text, 0), *items)
    return Draft(LayoutRole("objectives"), slide.title or plain_text(scene.labels("objectives")), {BODY: body})


def section(slide: s.SectionSlide, scene: Scene) -> Draft:
    texts: dict[PlaceholderRole, Words] = {NUMERAL: (Paragraph((Run(str(scene.section_number)),)),)}
    if line := at_level(slide.text or scene.section.text, 0):
        texts[TEXT] = line
    return Draft(LayoutRole("section"), slide.title or scene.section.title, texts, flow=())


def points_slide(slide: s.PointsSlide, scene: Scene) -> Draft:
    body = (*body_text(slide.text), *points(slide.points, slide.numbered))
    if slide.source:
        body = (*body, Paragraph(tuple(replace(r, italic=True) for r in slide.source.runs)))
    layout = LayoutRole("numbers" if slide.numbered else "points")
    draft = with_picture(layout, slide.picture, body, slide.title)
    if slide.picture or slide.text or slide.source or slide.numbered or len(slide.points) < 4:
        return draft
    middle = (len(slide.points) + 1) // 2
    halves = {LEFT: points(slide.points[:middle]), RIGHT: points(slide.points[middle:])}
    return replace(draft, alternatives=((Draft(LayoutRole("columns"), slide.title, halves),),))


def definition(slide: s.DefinitionSlide, scene: Scene) -> Draft:
    term = at_level(slide.term, 1)
    body = (*term, *at_level(slide.text, 0), *attribution(slide))
    return Draft(LayoutRole("definition"), slide.title, {BODY: body})


def quote(slide: s.QuoteSlide, scene: Scene) -> Draft:
    words = (*at_level(quoted(slide.quote, scene.labels.language), 0), *attribution(slide))
    if slide.points:
        apart = (
            Draft(LayoutRole("quote"), slide.title, {BODY: words}),
            Draft(LayoutRole("points"), slide.title, {BODY: points(slide.points)}),
        )
        texts = {QUOTE: words, BODY: points(slide.points)}
        return Draft(LayoutRole("quote").varied("points"), slide.title, texts, alternatives=(apart,))
    return with_picture(LayoutRole("quote"), slide.picture, words, slide.title)


def narrative(slide: s.NarrativeSlide, scene: Scene) -> Draft:
    return with_picture(LayoutRole("text"), slide.picture, body_text(slide.text), slide.title)


def clipping(slide: s.ClippingSlide, scene: Scene) -> Draft:
    body = (*at_level(slide.headline, 0), *at_level(slide.byline, 1), *at_level(slide.article, 2))
    texts: dict[PlaceholderRole, Words] = {BODY: body}
    dialogue = tuple(
        Paragraph(
            (
                *bold(line.speaker.runs),
                Run(": "),
                *quoted(line.line, scene.labels.language).runs,
            )
        )
        for line in slide.dialogue
    )
    if dialogue:
        texts[DIALOGUE] = dialogue
    pictures: dict[PlaceholderRole, Picture | QrCode] = {}
    for role, words, picture in zip((PICTURE, PICTURE.nth(2)), (CAPTION, CAPTION.nth(2)), slide.pictures, strict=False):
        pictures[role] = picture
        if lines := caption(picture):
            texts[words] = lines
    alone = LayoutRole("clipping")
    bare = (alone, alone.varied("picture"), alone.varied("pictures"))[len(pictures)]
    layout = alone.varied("dialogue") if dialogue and not pictures else bare
    draft = Draft(layout, slide.title, texts, pictures)
    if not dialogue:
        return draft
    without = {role: words for role, words in texts.items() if role != DIALOGUE}
    apart = (Draft(bare, slide.title, without, pictures), Draft(LayoutRole("text"), slide.title, {BODY: dialogue}))
    return replace(draft, alternatives=(apart,))


def stages(slide: q.StagesSlide, scene: Scene) -> Draft:
    names = {NAME.nth(n): at_level(stage.name, 0) for n, stage in enumerate(slide.stages, 1)}
    count = len(slide.stages)
    if slide.current is not None:
        draft = with_picture(LayoutRole("stage"), slide.picture, body_text(slide.text), slide.title)
        current = next(n for n, stage in enumerate(slide.stages, 1) if stage.name.plain == slide.current)
        return replace(
            draft,
            layout=draft.layout.counted(count),
            texts={**names, **draft.texts},
            marked=frozenset({NAME.nth(current)}),
        )
    texts = {STAGE.nth(n): at_level(stage.text, 0) for n, stage in enumerate(slide.stages, 1)}
    return Draft(
        LayoutRole("stages", count=count),
        slide.title,
        {**names, **texts},
        flow=tuple(texts),
        alternatives=((_as_list([(x.name, x.text) for x in slide.stages], slide.title),),),
    )


def _as_list(items: Sequence[tuple[Text, Text | None]], title: Text) -> Draft:
    """Names with what is said of them, as a numbered list."""
    body = tuple(
        Paragraph((*bold(name.runs), *((Run("  "), *text.runs) if text else ())), 0, "number", n)
        for n, (name, text) in enumerate(items, 1)
    )
    return Draft(LayoutRole("numbers"), title, {BODY: body})


def steps(slide: q.StepsSlide, scene: Scene) -> Draft:
    count = len(slide.steps)
    rows = _as_list([(x.name, x.text) for x in slide.steps], slide.title)
    if count > 5:
        return rows
    texts: dict[PlaceholderRole, Words] = {}
    for n, step in enumerate(slide.steps, 1):
        texts[NUMBER.nth(n)] = (Paragraph((Run(str(n)),)),)
        texts[NAME.nth(n)] = at_level(step.name, 0)
        if step.text:
            texts[TEXT.nth(n)] = at_level(step.text, 0)
    flow = tuple(TEXT.nth(n) for n in range(1, count + 1))
    return Draft(LayoutRole("steps", count=count), slide.title, texts, flow=flow, alternatives=((rows,),))


def timeline(slide: q.TimelineSlide, scene: Scene) -> Draft:
    count = len(slide.events)
    body = tuple(Paragraph((*bold(x.when.runs), Run("  "), *x.text.runs)) for x in slide.events)
    rows = Draft(LayoutRole("timeline").varied("list"), slide.title, {BODY: body})
    if count > 6:
        return rows
    texts: dict[PlaceholderRole, Words] = {}
    for n, event in enumerate(slide.events, 1):
        texts[WHEN.nth(n)] = at_level(event.when, 0)
        texts[EVENT.nth(n)] = at_level(event.text, 0)
    flow = tuple(EVENT.nth(n) for n in range(1, count + 1))
    return Draft(LayoutRole("timeline", count=count), slide.title, texts, flow=flow, alternatives=((rows,),))


def principle(slide: s.PrincipleSlide, scene: Scene) -> Draft:
    number = scene.principle_number(slide)
    body = (*at_level(slide.lead_in, 0), *at_level(slide.text, 1))
    return Draft(LayoutRole("principle"), slide.title, {NUMERAL: (Paragraph((Run(str(number)),)),), BODY: body})


def asking(title: Text, questions: Sequence[Question], labels: Labels, before: Text | None = None) -> Draft:
    """A slide of questions, with who talks to whom and how long."""
    body = (*at_level(before, 1), *(p for q in questions for p in at_level(q.ask, 0)))
    groupings = list(dict.fromkeys(labels(q.grouping) for q in questions if q.grouping))
    minutes = sum(q.minutes or 0 for q in questions)
    label = " / ".join(groupings)
    if minutes:
        label = f"{label} · {labels.minutes(minutes, long=True)}" if label else labels.minutes(minutes, long=True)
    texts: dict[PlaceholderRole, Words] = {BODY: body}
    if label:
        texts[LABEL] = (Paragraph((Run(label),)),)
    return Draft(LayoutRole("discussion"), title, texts, asks=True)


def discussion(slide: s.DiscussionSlide, scene: Scene) -> Draft:
    return asking(slide.title, slide.questions, scene.labels, slide.text)


def resource(slide: s.ResourceSlide, scene: Scene) -> Draft:
    body = (
        *at_level(slide.name, 0),
        *at_level(slide.text, 1),
        *at_level(slide.audience, 2 if slide.audience_points else 1),
        *(replace(p, level=3) for p in points(slide.audience_points)),
    )
    texts: dict[PlaceholderRole, Words] = {BODY: body}
    pictures: dict[PlaceholderRole, Picture | QrCode] = {}
    if slide.links:
        texts[LINKS] = link_words(slide.links)
        pictures[PICTURE] = QrCode(slide.links[0].url)
    if slide.picture:
        pictures[PICTURE] = slide.picture
        if words := caption(slide.picture):
            texts[CAPTION] = words
    if pictures:
        return Draft(LayoutRole("resource"), slide.title, texts, pictures)
    return Draft(LayoutRole("points"), slide.title, {**texts, BODY: tuple(replace(p, level=0) for p in body)})


def statement(slide: s.StatementSlide, scene: Scene) -> Draft:
    return Draft(LayoutRole("statement"), slide.title, {BODY: at_level(slide.statement, 0)})


def _column(column: s.Column) -> Words:
    return (*body_text(column.text), *points(column.points))


def columns(slide: s.ColumnsSlide, scene: Scene) -> Draft:
    texts = {}
    for role, column in zip((LEFT, RIGHT), slide.columns, strict=True):
        heading = tuple(Paragraph(bold(p.runs)) for p in at_level(column.heading, 0))
        texts[role] = (*heading, *_column(column))
    return Draft(LayoutRole("columns"), slide.title, texts, flow=(LEFT, RIGHT))


def comparison(slide: s.ComparisonSlide, scene: Scene) -> Draft:
    texts: dict[PlaceholderRole, Words] = {}
    for half, side in zip(SIDES, slide.sides, strict=True):
        texts[HEADING.on(half)] = at_level(side.heading, 0)
        texts[BODY.on(half)] = _column(side)
    return Draft(LayoutRole("comparison"), slide.title, texts, flow=(LEFT, RIGHT))


def closing(slide: s.ClosingSlide, scene: Scene) -> Draft:
    texts: dict[PlaceholderRole, Words] = {}
    if slide.text:
        texts[BODY] = at_level(slide.text, 0)
    if slide.links:
        texts[LINKS] = link_words(slide.links)
    if scene.imprint:
        texts[IMPRINT] = tuple(Paragraph((Run(line),)) for line in scene.imprint)
    layout = LayoutRole("closing").varied("imprint") if scene.imprint else LayoutRole("closing")
    return Draft(layout, slide.title or plain_text(scene.labels("thank_you")), texts)


def references(slide: s.ReferencesSlide, scene: Scene) -> Draft:
    body = []
    for number, reference in cited(scene.deck):
        runs = [Run(f"[{number}]\u00a0 "), *reference.text.runs]
        if reference.url:
            runs += [Run(" "), Run(reference.url, link=reference.url)]
        if reference.as_of:
            runs.append(Run(f" ({scene.labels('as_of', date=reference.as_of)})"))
        body.append(Paragraph(tuple(runs)))
    return Draft(LayoutRole("references"), slide.title or plain_text(scene.labels("references")), {BODY: tuple(body)})


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


DRAFTERS: dict[str, Any] = {
    "cover": cover,
    "agenda": agenda,
    "objectives": objectives,
    "section": section,
    "points": points_slide,
    "definition": definition,
    "quote": quote,
    "narrative": narrative,
    "clipping": clipping,
    "stages": stages,
    "steps": steps,
    "timeline": timeline,
    "principle": principle,
    "discussion": discussion,
    "activity": showing.activity,
    "poll": showing.poll,
    "break": showing.pause,
    "resource": resource,
    "statement": statement,
    "picture": showing.picture,
    "grid": showing.grid,
    "video": showing.video,
    "columns": columns,
    "comparison": comparison,
    "table": showing.table,
    "chart": showing.chart,
    "closing": closing,
    "references": references,
    "credits": credits,
}
