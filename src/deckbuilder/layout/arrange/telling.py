"""One function for each kind of slide that is made of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deckbuilder.content import slides as s
from deckbuilder.content.discussion import Question
from deckbuilder.content.pictures import Picture
from deckbuilder.content.text import Paragraph, Run, Text, quoted
from deckbuilder.labels import Labels
from deckbuilder.layout.arrange.draft import Draft, Scene, Words
from deckbuilder.layout.arrange.words import at_level, body_text, bold, caption, link_words, points
from deckbuilder.layout.frame import QrCode
from deckbuilder.theme.roles import (
    BODY,
    CAPTION,
    DIALOGUE,
    HEADING,
    LABEL,
    LEFT,
    LINKS,
    NUMERAL,
    PICTURE,
    QUOTE,
    RIGHT,
    SIDES,
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
    words = (*at_level(quoted(slide.quote, scene.deck.language), 0), *attribution(slide))
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
                *quoted(line.line, scene.deck.language).runs,
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
