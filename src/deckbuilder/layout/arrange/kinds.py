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
from deckbuilder.languages import Language
from deckbuilder.layout.arrange import showing
from deckbuilder.layout.arrange.draft import Draft, Scene, Words
from deckbuilder.layout.arrange.words import at_level, body_text, bold, caption, link_words, points
from deckbuilder.layout.frame import QrCode


def attribution(slide: s.Attribution) -> Words:
    """Author on one level, role and source on the next; level 3 where there is no author."""
    below = [t for t in (slide.role, slide.source) if t]
    if slide.author is None:
        return tuple(p for n, t in enumerate(below) for p in at_level(t, 2 if n else 3))
    return (*at_level(slide.author, 1), *(p for t in below for p in at_level(t, 2)))


def with_picture(layout: str, picture: Picture | None, words: Words, title: Text) -> Draft:
    """A draft in the layout, or in its '-picture' variant when there is one to show; then with a
    smaller picture in reserve where the theme has a layout for that."""
    if picture is None:
        return Draft(layout, title, {"body": words})
    texts = {"body": words}
    if below := caption(picture):
        texts["caption"] = below
    draft = Draft(f"{layout}-picture", title, texts, {"picture": picture})
    if layout in ("points", "numbers", "text"):
        return replace(draft, alternatives=((replace(draft, layout=f"{layout}-picture-narrow"),),))
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
        when = Language(deck.language).date(session.date) if session.date else None
        meta.append(Paragraph((Run(" · ".join(w for w in (when, session.place) if w)),)))
    texts = {"subtitle": at_level(slide.subtitle or deck.subtitle, 0), "meta": tuple(meta)}
    draft = Draft("cover", slide.title or deck.title, {k: v for k, v in texts.items() if v}, flow=())
    if slide.picture:
        words = caption(slide.picture)
        return replace(
            draft,
            layout="cover-picture",
            texts={**draft.texts, "caption": words} if words else draft.texts,
            pictures={"picture": slide.picture},
            filled=frozenset({"picture"}),
        )
    return draft


def agenda(slide: s.AgendaSlide, scene: Scene) -> Draft:
    items: list[Paragraph] = list(at_level(slide.text, 0))
    for number, section in enumerate((x for x in scene.deck.sections if not x.appendix), 1):
        blocks = scene.schedule.of_section(section)
        when = blocks[0].clock or scene.labels.minutes(sum(b.minutes for b in blocks))
        items.append(Paragraph((*section.title.runs, Run(f"  {when}", italic=True)), 0, "number", number))
    return Draft("agenda", slide.title or plain_text(scene.labels("agenda")), {"body": tuple(items)})


def objectives(slide: s.ObjectivesSlide, scene: Scene) -> Draft:
    items = [Paragraph(o.text.runs, 0, "number", n) for n, o in enumerate(scene.deck.objectives, 1)]
    body = (*at_level(slide.text, 0), *items)
    return Draft("objectives", slide.title or plain_text(scene.labels("objectives")), {"body": body})


def section(slide: s.SectionSlide, scene: Scene) -> Draft:
    texts: dict[str, Words] = {"numeral": (Paragraph((Run(str(scene.section_number)),)),)}
    if line := at_level(slide.text or scene.section.text, 0):
        texts["text"] = line
    return Draft("section", slide.title or scene.section.title, texts, flow=())


def points_slide(slide: s.PointsSlide, scene: Scene) -> Draft:
    body = (*body_text(slide.text), *points(slide.points, slide.numbered))
    if slide.source:
        body = (*body, Paragraph(tuple(replace(r, italic=True) for r in slide.source.runs)))
    layout = "numbers" if slide.numbered else "points"
    draft = with_picture(layout, slide.picture, body, slide.title)
    if slide.picture or slide.text or slide.source or slide.numbered or len(slide.points) < 4:
        return draft
    middle = (len(slide.points) + 1) // 2
    halves = {"left": points(slide.points[:middle]), "right": points(slide.points[middle:])}
    return replace(draft, alternatives=((Draft("columns", slide.title, halves),),))


def definition(slide: s.DefinitionSlide, scene: Scene) -> Draft:
    term = at_level(slide.term, 1)
    body = (*term, *at_level(slide.text, 0), *attribution(slide))
    return Draft("definition", slide.title, {"body": body})


def quote(slide: s.QuoteSlide, scene: Scene) -> Draft:
    words = (*at_level(quoted(slide.quote, scene.deck.language), 0), *attribution(slide))
    if slide.points:
        apart = (
            Draft("quote", slide.title, {"body": words}),
            Draft("points", slide.title, {"body": points(slide.points)}),
        )
        texts = {"quote": words, "body": points(slide.points)}
        return Draft("quote-points", slide.title, texts, alternatives=(apart,))
    return with_picture("quote", slide.picture, words, slide.title)


def narrative(slide: s.NarrativeSlide, scene: Scene) -> Draft:
    return with_picture("text", slide.picture, body_text(slide.text), slide.title)


def clipping(slide: s.ClippingSlide, scene: Scene) -> Draft:
    body = (*at_level(slide.headline, 0), *at_level(slide.byline, 1), *at_level(slide.article, 2))
    texts: dict[str, Words] = {"body": body}
    dialogue = tuple(
        Paragraph(
            (
                *bold(line.speaker.runs),
                Run(": "),
                *quoted(line.line, scene.deck.language).runs,
            )
        )
        for line in slide.dialogue
    )
    if dialogue:
        texts["dialogue"] = dialogue
    pictures: dict[str, Picture | QrCode] = {}
    for role, words, picture in zip(("picture", "picture-2"), ("caption", "caption-2"), slide.pictures, strict=False):
        pictures[role] = picture
        if lines := caption(picture):
            texts[words] = lines
    layout = {0: "clipping-dialogue" if dialogue else "clipping", 1: "clipping-picture", 2: "clipping-pictures"}
    draft = Draft(layout[len(pictures)], slide.title, texts, pictures)
    if not dialogue:
        return draft
    without = {role: words for role, words in texts.items() if role != "dialogue"}
    bare = layout[len(pictures)] if pictures else "clipping"
    apart = (Draft(bare, slide.title, without, pictures), Draft("text", slide.title, {"body": dialogue}))
    return replace(draft, alternatives=(apart,))


def stages(slide: q.StagesSlide, scene: Scene) -> Draft:
    names = {f"name-{n}": at_level(stage.name, 0) for n, stage in enumerate(slide.stages, 1)}
    count = len(slide.stages)
    if slide.current is not None:
        draft = with_picture("stage", slide.picture, body_text(slide.text), slide.title)
        current = next(n for n, stage in enumerate(slide.stages, 1) if stage.name.plain == slide.current)
        return replace(
            draft,
            layout=f"{draft.layout}-{count}",
            texts={**names, **draft.texts},
            marked=frozenset({f"name-{current}"}),
        )
    texts = {f"stage-{n}": at_level(stage.text, 0) for n, stage in enumerate(slide.stages, 1)}
    return Draft(
        f"stages-{count}",
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
    return Draft("numbers", title, {"body": body})


def steps(slide: q.StepsSlide, scene: Scene) -> Draft:
    count = len(slide.steps)
    rows = _as_list([(x.name, x.text) for x in slide.steps], slide.title)
    if count > 5:
        return rows
    texts: dict[str, Words] = {}
    for n, step in enumerate(slide.steps, 1):
        texts[f"number-{n}"] = (Paragraph((Run(str(n)),)),)
        texts[f"name-{n}"] = at_level(step.name, 0)
        if step.text:
            texts[f"text-{n}"] = at_level(step.text, 0)
    flow = tuple(f"text-{n}" for n in range(1, count + 1))
    return Draft(f"steps-{count}", slide.title, texts, flow=flow, alternatives=((rows,),))


def timeline(slide: q.TimelineSlide, scene: Scene) -> Draft:
    count = len(slide.events)
    body = tuple(Paragraph((*bold(x.when.runs), Run("  "), *x.text.runs)) for x in slide.events)
    rows = Draft("timeline-list", slide.title, {"body": body})
    if count > 6:
        return rows
    texts: dict[str, Words] = {}
    for n, event in enumerate(slide.events, 1):
        texts[f"when-{n}"] = at_level(event.when, 0)
        texts[f"event-{n}"] = at_level(event.text, 0)
    flow = tuple(f"event-{n}" for n in range(1, count + 1))
    return Draft(f"timeline-{count}", slide.title, texts, flow=flow, alternatives=((rows,),))


def principle(slide: s.PrincipleSlide, scene: Scene) -> Draft:
    number = scene.principle_number(slide)
    body = (*at_level(slide.lead_in, 0), *at_level(slide.text, 1))
    return Draft("principle", slide.title, {"numeral": (Paragraph((Run(str(number)),)),), "body": body})


def asking(title: Text, questions: Sequence[Question], labels: Labels, before: Text | None = None) -> Draft:
    """A slide of questions, with who talks to whom and how long."""
    body = (*at_level(before, 1), *(p for q in questions for p in at_level(q.ask, 0)))
    groupings = list(dict.fromkeys(labels(q.grouping) for q in questions if q.grouping))
    minutes = sum(q.minutes or 0 for q in questions)
    label = " / ".join(groupings)
    if minutes:
        label = f"{label} · {labels.minutes(minutes, long=True)}" if label else labels.minutes(minutes, long=True)
    texts: dict[str, Words] = {"body": body}
    if label:
        texts["label"] = (Paragraph((Run(label),)),)
    return Draft("discussion", title, texts, asks=True)


def discussion(slide: s.DiscussionSlide, scene: Scene) -> Draft:
    return asking(slide.title, slide.questions, scene.labels, slide.text)


def resource(slide: s.ResourceSlide, scene: Scene) -> Draft:
    body = (
        *at_level(slide.name, 0),
        *at_level(slide.text, 1),
        *at_level(slide.audience, 2 if slide.audience_points else 1),
        *(replace(p, level=3) for p in points(slide.audience_points)),
    )
    texts: dict[str, Words] = {"body": body}
    pictures: dict[str, Picture | QrCode] = {}
    if slide.links:
        texts["links"] = link_words(slide.links)
        pictures["picture"] = QrCode(slide.links[0].url)
    if slide.picture:
        pictures["picture"] = slide.picture
        if words := caption(slide.picture):
            texts["caption"] = words
    layout = "resource" if pictures else "points"
    if layout == "points":
        texts["body"] = tuple(replace(p, level=0) for p in body)
    return Draft(layout, slide.title, texts, pictures)


def statement(slide: s.StatementSlide, scene: Scene) -> Draft:
    return Draft("statement", slide.title, {"body": at_level(slide.statement, 0)})


def _column(column: s.Column) -> Words:
    return (*body_text(column.text), *points(column.points))


def columns(slide: s.ColumnsSlide, scene: Scene) -> Draft:
    texts = {}
    for role, column in zip(("left", "right"), slide.columns, strict=True):
        heading = tuple(Paragraph(bold(p.runs)) for p in at_level(column.heading, 0))
        texts[role] = (*heading, *_column(column))
    return Draft("columns", slide.title, texts, flow=("left", "right"))


def comparison(slide: s.ComparisonSlide, scene: Scene) -> Draft:
    texts: dict[str, Words] = {}
    for role, side in zip(("left", "right"), slide.sides, strict=True):
        texts[f"{role}-heading"] = at_level(side.heading, 0)
        texts[role] = _column(side)
    return Draft("comparison", slide.title, texts, flow=("left", "right"))


def closing(slide: s.ClosingSlide, scene: Scene) -> Draft:
    texts: dict[str, Words] = {}
    if slide.text:
        texts["body"] = at_level(slide.text, 0)
    if slide.links:
        texts["links"] = link_words(slide.links)
    if scene.imprint:
        texts["imprint"] = tuple(Paragraph((Run(line),)) for line in scene.imprint)
    layout = "closing-imprint" if scene.imprint else "closing"
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
    return Draft("references", slide.title or plain_text(scene.labels("references")), {"body": tuple(body)})


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
    return Draft("credits", slide.title or plain_text(scene.labels("credits")), {"body": body})


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
