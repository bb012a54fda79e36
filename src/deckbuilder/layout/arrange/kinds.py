"""One function for each kind of slide: what it says, in which placeholder of which layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from deckbuilder.content import slides as s
from deckbuilder.content.discussion import Question
from deckbuilder.content.pictures import Picture
from deckbuilder.content.text import Paragraph, Run, Text, plain_text, quoted
from deckbuilder.labels import Labels
from deckbuilder.layout.arrange.draft import Draft, Scene, ShapeDraft, Words
from deckbuilder.layout.frame import QrCode
from deckbuilder.reading.variables import written_date
from deckbuilder.units import Rect


def at_level(text: Text | None, level: int) -> Words:
    """The text's paragraphs at a level of the style, without markers; () for None."""
    return tuple(replace(p, level=level, marker=None, number=None) for p in text) if text else ()


def body_text(text: Text | None) -> Words:
    return text.paragraphs if text else ()


def points(items: Sequence[s.Point], numbered: bool = False, level: int = 0) -> Words:
    """Points and the points under them as list paragraphs."""
    out: list[Paragraph] = []
    for number, item in enumerate(items, 1):
        marker = "number" if numbered and level == 0 else "bullet"
        out.append(Paragraph(item.text.runs, level, marker, number if marker == "number" else None))  # type: ignore[arg-type]
        out.extend(points(item.points, level=level + 1))
    return tuple(out)


def attribution(slide: s.Attribution) -> Words:
    """Author on one level, role and source on the next; level 3 where there is no author."""
    below = [t for t in (slide.role, slide.source) if t]
    if slide.author is None:
        return tuple(p for n, t in enumerate(below) for p in at_level(t, 2 if n else 3))
    return (*at_level(slide.author, 1), *(p for t in below for p in at_level(t, 2)))


def caption(picture: Picture) -> Words:
    """The caption, and the credit on a line of its own."""
    return (*at_level(picture.caption, 0), *at_level(picture.credit, 0))


def with_picture(layout: str, picture: Picture | None, **fields: Any) -> Draft:
    """A draft in the layout, or in its '-picture' variant when there is one to show."""
    if picture is None:
        return Draft(layout=layout, **fields)
    texts = dict(fields.pop("texts"))
    if words := caption(picture):
        texts["caption"] = words
    return Draft(layout=f"{layout}-picture", texts=texts, pictures={"picture": picture}, **fields)


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
    for number, section in enumerate(scene.deck.sections, 1):
        blocks = scene.schedule.of_section(section)
        minutes = sum(b.minutes for b in blocks)
        clock = blocks[0].clock
        when = clock or scene.labels.minutes(minutes)
        items.append(Paragraph((*section.title.runs, Run(f"  {when}", italic=True)), 0, "number", number))
    return Draft("agenda", slide.title or plain_text(scene.labels("agenda")), {"body": tuple(items)})


def objectives(slide: s.ObjectivesSlide, scene: Scene) -> Draft:
    items = [Paragraph(o.runs, 0, "number", n) for n, o in enumerate(scene.deck.objectives, 1)]
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
    return with_picture("points", slide.picture, title=slide.title, texts={"body": body})


def definition(slide: s.DefinitionSlide, scene: Scene) -> Draft:
    term = at_level(slide.term, 1)
    body = (*term, *at_level(slide.text, 0), *attribution(slide))
    return Draft("definition", slide.title, {"body": body})


def quote(slide: s.QuoteSlide, scene: Scene) -> Draft:
    words = (*at_level(quoted(slide.quote, scene.labels.language), 0), *attribution(slide))
    if slide.points:
        texts = {"quote": words, "body": points(slide.points)}
        return Draft("quote-points", slide.title, texts)
    return with_picture("quote", slide.picture, title=slide.title, texts={"body": words})


def narrative(slide: s.NarrativeSlide, scene: Scene) -> Draft:
    return with_picture("text", slide.picture, title=slide.title, texts={"body": body_text(slide.text)})


def clipping(slide: s.ClippingSlide, scene: Scene) -> Draft:
    body = (*at_level(slide.headline, 0), *at_level(slide.byline, 1), *at_level(slide.article, 2))
    texts: dict[str, Words] = {"body": body}
    dialogue = tuple(
        Paragraph(
            (
                *(replace(r, bold=True) for r in line.speaker.runs),
                Run(": "),
                *quoted(line.line, scene.labels.language).runs,
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
    return Draft(layout[len(pictures)], slide.title, texts, pictures)


def stages(slide: s.StagesSlide, scene: Scene) -> Draft:
    names = [stage.name for stage in slide.stages]
    texts: dict[str, Words]
    if slide.current is None:
        texts = {f"stage-{n}": at_level(stage.text, 0) for n, stage in enumerate(slide.stages, 1)}
        draft = Draft(f"stages-{len(names)}", slide.title, texts, flow=tuple(texts))
    else:
        draft = with_picture("stage", slide.picture, title=slide.title, texts={"body": body_text(slide.text)})
    return replace(draft, shapes=tuple(_track(names, slide.current)))


def _track(names: Sequence[Text], current: str | None) -> list[ShapeDraft]:
    """A row of arrows over the width of the slide, the current one in the accent colour."""
    left, width, gap = 64.0, 832.0, 4.0
    each = (width - gap * (len(names) - 1)) / len(names)
    out = []
    for n, name in enumerate(names):
        active = current is None or name.plain == current
        words = tuple(replace(p, runs=tuple(replace(r, bold=True) for r in p.runs)) for p in at_level(name, 0))
        out.append(
            ShapeDraft(
                f"Stage {n + 1}",
                "first-chevron" if n == 0 else "chevron",
                Rect(left + n * (each + gap), 140, each, 46),
                "accent" if current and active else "second" if active else "panel",
                words,
                "paper" if active else "ink",
            )
        )
    return out


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
        texts["links"] = tuple(
            Paragraph(tuple(replace(r, link=link.url) for r in link.text.runs)) for link in slide.links
        )
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


def picture(slide: s.PictureSlide, scene: Scene) -> Draft:
    words = caption(slide.picture)
    if len(words) > 1:  # one line: the caption, then the credit
        words = (Paragraph((*words[0].runs, Run(" · "), *(r for p in words[1:] for r in p.runs))),)
    return Draft("picture", slide.title, {"caption": words} if words else {}, {"picture": slide.picture}, flow=())


def _column(column: s.Column) -> Words:
    return (*body_text(column.text), *points(column.points))


def columns(slide: s.ColumnsSlide, scene: Scene) -> Draft:
    texts = {}
    for role, column in zip(("left", "right"), slide.columns, strict=True):
        heading = tuple(Paragraph(tuple(replace(r, bold=True) for r in p.runs)) for p in at_level(column.heading, 0))
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
        texts["links"] = tuple(
            Paragraph(tuple(replace(r, link=link.url) for r in link.text.runs)) for link in slide.links
        )
    return Draft("closing", slide.title or plain_text(scene.labels("thank_you")), texts)


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
    "principle": principle,
    "discussion": discussion,
    "resource": resource,
    "statement": statement,
    "picture": picture,
    "columns": columns,
    "comparison": comparison,
    "closing": closing,
}
