"""One function for each kind of slide that is made of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deckbuilder.content import slides as s
from deckbuilder.content.discussion import Question
from deckbuilder.content.pictures import Picture
from deckbuilder.content.text import Paragraph, Run, Text, quoted
from deckbuilder.labels import Labels
from deckbuilder.layout.arrange.draft import Draft, Fields, Scene, Words
from deckbuilder.layout.arrange.pictures import in_full
from deckbuilder.layout.arrange.words import at_level, body_text, bold, caption, link_words, picture_fields, points
from deckbuilder.layout.frame import QrCode
from deckbuilder.theme.roles import (
    BODY,
    CAPTION,
    DIALOGUE,
    HEADING,
    KICKER,
    LABEL,
    LEFT,
    LINKS,
    NAME,
    NUMERAL,
    PICTURE,
    QUOTE,
    RIGHT,
    SIDES,
    TITLE,
    LayoutRole,
    PlaceholderRole,
)

_SHOWN = frozenset({PICTURE})
# The layouts that have a variant with a smaller picture.
_NARROWED = (LayoutRole("points"), LayoutRole("numbers"), LayoutRole("text"))


_ATTRIBUTION: Fields = ("author", "role", "source")


def attribution(slide: s.Attribution) -> Words:
    """Author on one level, role and source on the next; level 3 where there is no author."""
    below = [t for t in (slide.role, slide.source) if t]
    if slide.author is None:
        return tuple(p for n, t in enumerate(below) for p in at_level(t, 2 if n else 3))
    return (*at_level(slide.author, 1), *(p for t in below for p in at_level(t, 2)))


def with_picture(
    layout: LayoutRole, picture: Picture | None, words: Words, title: Text, made_of: Fields, scene: Scene
) -> Draft:
    """A draft in the layout, or in its variant for a picture when there is one to show: cropped at the slide's side, or in
    the layout for what is seen whole or has a caption; then with the whole width for the title, a smaller picture where
    the theme has a layout for that, and a slide for each of the two in reserve. The words are `made_of` those fields."""
    fields = {BODY: made_of, **picture_fields("picture")}
    if picture is None:
        return Draft(layout, title, {BODY: words}, fields=fields)
    texts = {BODY: words}
    if below := caption(picture):
        texts[CAPTION] = below
    beside = layout.varied("picture")
    whole = Draft(beside.varied("whole"), title, texts, {PICTURE: picture}, fields=fields, large=True)
    shown = LayoutRole("picture")
    apart = (
        Draft(layout, title, {BODY: words}, fields=fields),
        Draft(
            shown, title, {CAPTION: below} if below else {}, {PICTURE: picture}, flow=(), whole=_SHOWN, fields=fields
        ),
    )
    narrow = ((replace(whole, layout=beside.varied("narrow")),),) if layout in _NARROWED else ()
    if below or in_full(picture, scene.pictures[picture.file]):
        return replace(whole, alternatives=(*narrow, apart))
    return replace(whole, layout=beside, alternatives=((whole,), *narrow, apart))


def points_slide(slide: s.PointsSlide, scene: Scene) -> Draft:
    body = (*body_text(slide.text), *points(slide.points, slide.numbered))
    if slide.source:
        body = (*body, Paragraph(tuple(replace(r, italic=True) for r in slide.source.runs)))
    layout = LayoutRole("numbers" if slide.numbered else "points")
    draft = with_picture(layout, slide.picture, body, slide.title, ("text", "points", "source"), scene)
    if slide.picture or slide.text or slide.source or slide.numbered or len(slide.points) < 4:
        return draft
    middle = (len(slide.points) + 1) // 2
    halves = {LEFT: points(slide.points[:middle]), RIGHT: points(slide.points[middle:])}
    both: dict[PlaceholderRole, Fields] = {LEFT: ("points",), RIGHT: ("points",)}
    return replace(draft, alternatives=((Draft(LayoutRole("columns"), slide.title, halves, fields=both),),))


def definition(slide: s.DefinitionSlide, scene: Scene) -> Draft:
    term = at_level(slide.term, 1)
    body = (*term, *at_level(slide.text, 0), *attribution(slide))
    return Draft(LayoutRole("definition"), slide.title, {BODY: body}, fields={BODY: ("term", "text", *_ATTRIBUTION)})


def quote(slide: s.QuoteSlide, scene: Scene) -> Draft:
    words = (*at_level(quoted(slide.quote, scene.deck.language), 0), *attribution(slide))
    made_of = ("quote", *_ATTRIBUTION)
    if slide.points:
        fields: dict[PlaceholderRole, Fields] = {QUOTE: made_of, BODY: ("points",)}
        apart = (
            Draft(LayoutRole("quote"), slide.title, {BODY: words}, fields={BODY: made_of}),
            Draft(LayoutRole("points"), slide.title, {BODY: points(slide.points)}, fields={BODY: ("points",)}),
        )
        texts = {QUOTE: words, BODY: points(slide.points)}
        layout = LayoutRole("quote").varied("points")
        return Draft(layout, slide.title, texts, alternatives=(apart,), fields=fields)
    return with_picture(LayoutRole("quote"), slide.picture, words, slide.title, made_of, scene)


def narrative(slide: s.NarrativeSlide, scene: Scene) -> Draft:
    return with_picture(LayoutRole("text"), slide.picture, body_text(slide.text), slide.title, ("text",), scene)


def clipping(slide: s.ClippingSlide, scene: Scene) -> list[Draft]:
    """All of it on one slide; where its pictures would be small there, a slide for what is said and one for them."""
    body = (*at_level(slide.headline, 0), *at_level(slide.byline, 1), *at_level(slide.article, 2))
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
    fields: dict[PlaceholderRole, Fields] = {BODY: ("headline", "byline", "article"), DIALOGUE: ("dialogue",)}
    fields |= picture_fields("pictures[0]") | picture_fields("pictures[1]", 2)
    alone = LayoutRole("clipping")
    read = Draft(alone, slide.title, {BODY: body}, fields=fields)
    said = Draft(LayoutRole("text"), slide.title, {BODY: dialogue}, fields={BODY: ("dialogue",)})
    both = replace(read, layout=alone.varied("dialogue"), texts={BODY: body, DIALOGUE: dialogue})
    words = replace(both, alternatives=((read, said),)) if dialogue else read
    if not slide.pictures:
        return [words]
    if len(slide.pictures) == 1:
        shown = _clipped(LayoutRole("picture"), slide, (PICTURE,), fields)
        beside = replace(shown, layout=alone.varied("picture"), texts={**read.texts, **shown.texts}, flow=(BODY,))
    else:
        named = picture_fields("pictures[0]", 1) | picture_fields("pictures[1]", 2)
        shown = _clipped(LayoutRole("grid", count=2), slide, (PICTURE.nth(1), PICTURE.nth(2)), fields | named)
        if dialogue:  # there is no slide that has room for all of it
            return [words, shown]
        beside = _clipped(alone.varied("pictures"), slide, (PICTURE, PICTURE.nth(2)), fields)
        beside = replace(beside, texts={**read.texts, **beside.texts}, flow=(BODY,))
    beside = replace(beside, large=True, whole=frozenset(), alternatives=((words, shown),))
    if not dialogue:
        return [beside]
    spoken = replace(beside, texts={**beside.texts, DIALOGUE: dialogue})
    return [replace(spoken, alternatives=((replace(beside, alternatives=()), said), (words, shown)))]


def _clipped(
    layout: LayoutRole, slide: s.ClippingSlide, roles: Sequence[PlaceholderRole], fields: dict[PlaceholderRole, Fields]
) -> Draft:
    """A clipping's pictures in those places of a layout, with their captions."""
    pictures: dict[PlaceholderRole, Picture | QrCode] = dict(zip(roles, slide.pictures, strict=True))
    texts: dict[PlaceholderRole, Words] = {}
    for role, picture in zip(roles, slide.pictures, strict=True):
        below = role.caption
        if below is not None and (lines := caption(picture)):
            texts[below] = lines
    several = len(roles) > 1
    whole = frozenset() if several else _SHOWN
    mostly = frozenset(roles) if several else frozenset()
    return Draft(layout, slide.title, texts, pictures, flow=(), whole=whole, mostly=mostly, fields=fields)


def principle(slide: s.PrincipleSlide, scene: Scene) -> Draft:
    number = scene.principle_number(slide)
    body = (*at_level(slide.lead_in, 0), *at_level(slide.text, 1))
    texts = {NUMERAL: (Paragraph((Run(str(number)),)),), BODY: body}
    return Draft(LayoutRole("principle"), slide.title, texts, fields={BODY: ("lead_in", "text")})


def asking(title: Text, questions: Sequence[Question], labels: Labels, before: Text | None = None) -> Draft:
    """A slide of questions, with who talks to whom and how long: a single one large, the slide's title above it."""
    body = (*at_level(before, 1), *(p for q in questions for p in at_level(q.ask, 0)))
    groupings = list(dict.fromkeys(labels(q.grouping) for q in questions if q.grouping))
    minutes = sum(q.minutes or 0 for q in questions)
    label = " / ".join(groupings)
    if minutes:
        label = f"{label} · {labels.minutes(minutes, long=True)}" if label else labels.minutes(minutes, long=True)
    texts: dict[PlaceholderRole, Words] = {BODY: body}
    if label:
        texts[LABEL] = (Paragraph((Run(label),)),)
    about = tuple(f"questions[{n}].{name}" for n in range(len(questions)) for name in ("grouping", "minutes"))
    asks = tuple(f"questions[{n}].ask" for n in range(len(questions)))
    fields = {BODY: (*(["text"] if before else []), *asks), LABEL: about}
    several = Draft(LayoutRole("discussion"), title, texts, asks=True, fields=fields)
    if before or len(questions) > 1:
        return several
    said = {LABEL: texts[LABEL]} if label else {}
    of = {TITLE: asks, KICKER: ("title",), LABEL: about}
    alone = LayoutRole("discussion").varied("one")
    hero = Draft(alone, questions[0].ask, said, flow=(), kicker=title, asks=True, fields=of)
    return replace(hero, alternatives=((several,),))


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
    fields: dict[PlaceholderRole, Fields] = {BODY: ("name", "text", "audience", "audience_points"), LINKS: ("links",)}
    fields |= picture_fields("picture") if slide.picture else {PICTURE: ("links[0].url",)}
    card = LayoutRole("resource")
    if slide.picture:
        rest = {role: words for role, words in texts.items() if role != CAPTION}
        shown = with_picture(card, slide.picture, (), slide.title, (), scene).alternatives[-1][-1]
        if slide.links:
            coded: dict[PlaceholderRole, Picture | QrCode] = {PICTURE: QrCode(slide.links[0].url)}
            told = Draft(card, slide.title, rest, coded, fields={**fields, PICTURE: ("links[0].url",)})
        else:
            told = Draft(LayoutRole("points"), slide.title, {BODY: _level(body)}, fields=fields)
        others = ((told, shown),)
        card = card.varied("picture")
        return Draft(card, slide.title, texts, pictures, fields=fields, large=True, alternatives=others)
    if pictures:
        return Draft(card, slide.title, texts, pictures, fields=fields)
    return Draft(LayoutRole("points"), slide.title, {BODY: _level(body)}, fields=fields)


def _level(words: Words) -> Words:
    """The words, each paragraph of a list's first level."""
    return tuple(replace(p, level=0) for p in words)


def statement(slide: s.StatementSlide, scene: Scene) -> Draft:
    body = at_level(slide.statement, 0)
    return Draft(LayoutRole("statement"), slide.title, {BODY: body}, fields={BODY: ("statement",)})


def _column(column: s.Column) -> Words:
    return (*body_text(column.text), *points(column.points))


def columns(slide: s.ColumnsSlide, scene: Scene) -> Draft:
    texts, fields = {}, {}
    for n, (role, column) in enumerate(zip((LEFT, RIGHT), slide.columns, strict=True)):
        heading = tuple(Paragraph(bold(p.runs)) for p in at_level(column.heading, 0))
        texts[role] = (*heading, *_column(column))
        fields[role] = tuple(f"columns[{n}].{name}" for name in ("heading", "text", "points"))
    return Draft(LayoutRole("columns"), slide.title, texts, flow=(LEFT, RIGHT), fields=fields)


def matrix(slide: s.MatrixSlide, scene: Scene) -> Draft:
    """All four quarters; where they have too much to say, the upper two and the lower two on a slide of their own."""
    texts: dict[PlaceholderRole, Words] = {}
    fields: dict[PlaceholderRole, Fields] = {}
    for name, role, ends in (("across", LABEL, slide.across), ("down", NAME, slide.down)):
        for n, end in enumerate(ends):
            texts[role.nth(n + 1)] = at_level(end, 0)
            fields[role.nth(n + 1)] = (f"{name}[{n}]",)
    for n, quadrant in enumerate(slide.quadrants):
        heading, body = HEADING.nth(n + 1), BODY.nth(n + 1)
        texts[heading] = at_level(quadrant.heading, 0)
        texts[body] = (*body_text(quadrant.text), *points(quadrant.points))
        fields[heading] = (f"quadrants[{n}].heading",)
        fields[body] = (f"quadrants[{n}].text", f"quadrants[{n}].points")

    def draft(role: LayoutRole, places: dict[PlaceholderRole, PlaceholderRole]) -> Draft:
        """What stands in those places, in the places of a layout that has fewer."""
        said = {there: texts[here] for here, there in places.items() if texts.get(here)}
        made_of = {there: fields[here] for here, there in places.items() if here in fields}
        flow = tuple(role for role in places.values() if role.base == BODY.base)
        role = role.varied("edges") if slide.across or slide.down else role
        return Draft(role, slide.title, said, flow=flow, fields=made_of)

    matrix = LayoutRole("matrix")
    across = {LABEL.nth(n): LABEL.nth(n) for n in (1, 2)}
    rows = tuple(
        draft(
            matrix.varied("row"),
            {**across, NAME.nth(row): NAME}
            | {role.nth(2 * row + n - 2): role.nth(n) for role in (HEADING, BODY) for n in (1, 2)},
        )
        for row in (1, 2)
    )
    return replace(draft(matrix, {role: role for role in texts}), alternatives=(rows,))


def comparison(slide: s.ComparisonSlide, scene: Scene) -> Draft:
    texts: dict[PlaceholderRole, Words] = {}
    fields: dict[PlaceholderRole, Fields] = {}
    for n, (half, side) in enumerate(zip(SIDES, slide.sides, strict=True)):
        texts[HEADING.on(half)] = at_level(side.heading, 0)
        texts[BODY.on(half)] = _column(side)
        fields[HEADING.on(half)] = (f"sides[{n}].heading",)
        fields[BODY.on(half)] = (f"sides[{n}].text", f"sides[{n}].points")
    return Draft(LayoutRole("comparison"), slide.title, texts, flow=(LEFT, RIGHT), fields=fields)
