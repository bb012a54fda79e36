"""One function for each kind of slide that shows pictures or data, or lets people do something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deckbuilder.content.data import ChartSlide, TableSlide
from deckbuilder.content.pictures import Picture
from deckbuilder.content.room import ActivitySlide, BreakSlide, PollSlide, QuizSlide
from deckbuilder.content.showing import GridSlide, NumberSlide, PictureSlide, VideoSlide
from deckbuilder.content.text import Paragraph, Run, Text, plain_text
from deckbuilder.layout.arrange.draft import Draft, Fields, Scene, Words
from deckbuilder.layout.arrange.pictures import MOSTLY, in_full, kept
from deckbuilder.layout.arrange.words import at_level, body_text, caption, link_words, listed, picture_fields
from deckbuilder.layout.frame import QrCode
from deckbuilder.theme.roles import (
    BODY,
    CAPTION,
    CHART,
    COUNT,
    FIGURE,
    LABEL,
    LEFT,
    LINKS,
    NEEDS,
    NUMERAL,
    PICTURE,
    QUESTION,
    RIGHT,
    SOURCE,
    TABLE,
    TEXT,
    LayoutRole,
    PlaceholderRole,
)
from deckbuilder.units import Rect

_POLL = 4  # options in one column
_UPRIGHT = 1.07  # width over height up to which a picture stands beside its title rather than below it
_OF_FOUR = Rect(0, 0, 406, 138)  # the place of one of four pictures above a line of caption, in points
_WIDE = 1.65  # width over height from which such a picture is no smaller above its caption than beside it
_GRID = 6  # pictures on a slide at most: smaller ones cannot be read from the back


def picture(slide: PictureSlide, scene: Scene) -> Draft:
    words = caption(slide.picture)
    texts = {CAPTION: words} if words else {}
    pictures: dict[PlaceholderRole, Picture | QrCode] = {PICTURE: slide.picture}
    fields = picture_fields("picture")
    if slide.full:
        full = LayoutRole("picture").varied("full")
        layout = full.varied("caption") if words else full
        return Draft(layout, slide.title, texts, pictures, flow=(), filled=frozenset({PICTURE}), fields=fields)
    upright = scene.pictures[slide.picture.file].aspect <= _UPRIGHT
    layout = LayoutRole("picture").varied("side") if upright else LayoutRole("picture")
    whole = frozenset({PICTURE})
    draft = Draft(layout, slide.title, texts, pictures, flow=(), whole=whole, fields=fields)
    return replace(draft, alternatives=((replace(draft, layout=LayoutRole("picture")),),)) if upright else draft


def grid(slide: GridSlide, scene: Scene) -> list[Draft]:
    count = -(-len(slide.pictures) // _GRID)
    each = -(-len(slide.pictures) // count)
    return [_grid(slide.pictures[n : n + each], n, slide, scene) for n in range(0, len(slide.pictures), each)]


def _grid(group: Sequence[Picture], start: int, slide: GridSlide, scene: Scene) -> Draft:
    """A slide of the pictures from number `start` on, counted from 0."""
    size = next(n for n in (2, 3, 4, _GRID) if n >= len(group))
    texts: dict[PlaceholderRole, Words] = {}
    pictures: dict[PlaceholderRole, Picture | QrCode] = {}
    fields: dict[PlaceholderRole, Fields] = {}
    for n, item in enumerate(group, 1):
        fields |= picture_fields(f"pictures[{start + n - 1}]", n)
        pictures[PICTURE.nth(n)] = item
        if words := caption(item):
            texts[CAPTION.nth(n)] = words
    layout = LayoutRole("grid", count=size)
    if size == 4 and texts and all(_better_beside(item, scene) for item in group):
        layout = LayoutRole("grid", ("beside",), size)
    return Draft(layout, slide.title, texts, pictures, flow=(), mostly=frozenset(pictures), fields=fields)


def _better_beside(picture: Picture, scene: Scene) -> bool:
    """Whether one of four pictures is larger with its caption beside it than with it below: where all of it is seen, and it
    is not much wider than high."""
    file = scene.pictures[picture.file]
    whole = in_full(picture, file) or (picture.fit is None and kept(file.aspect, _OF_FOUR) < MOSTLY)
    return whole and file.aspect < _WIDE


def video(slide: VideoSlide, scene: Scene) -> Draft:
    texts: dict[PlaceholderRole, Words] = {LINKS: link_words([slide.video])}
    if slide.text:
        texts[BODY] = body_text(slide.text)
    fields: dict[PlaceholderRole, Fields] = {LINKS: ("video",), BODY: ("text",), PICTURE: ("video.url",)}
    if slide.poster is None:
        layout = LayoutRole("video").varied("code")
        return Draft(layout, slide.title, texts, {PICTURE: QrCode(slide.video.url)}, fields=fields)
    if words := caption(slide.poster):
        texts[CAPTION] = words
    fields |= picture_fields("poster")
    links = {PICTURE: slide.video}
    return Draft(LayoutRole("video"), slide.title, texts, {PICTURE: slide.poster}, links=links, fields=fields)


def table(slide: TableSlide, scene: Scene) -> Draft:
    texts: dict[PlaceholderRole, Words] = {}
    if slide.text:
        texts[TEXT] = at_level(slide.text, 0)
    if slide.source:
        texts[SOURCE] = at_level(slide.source, 1)
    alone = LayoutRole("table")
    fields: dict[PlaceholderRole, Fields] = {TEXT: ("text",), SOURCE: ("source",), TABLE: ("header", "rows")}
    by_itself = Draft(
        alone, slide.title, {r: t for r, t in texts.items() if r != TEXT}, table=slide, flow=(), fields=fields
    )
    if not slide.text:
        return by_itself
    said = Draft(LayoutRole("text"), slide.title, {BODY: body_text(slide.text)}, fields=fields | {BODY: ("text",)})
    layout = alone.varied("text")
    return Draft(layout, slide.title, texts, table=slide, flow=(), fields=fields, alternatives=((said, by_itself),))


def chart(slide: ChartSlide, scene: Scene) -> Draft:
    texts: dict[PlaceholderRole, Words] = {}
    if slide.source:
        texts[SOURCE] = at_level(slide.source, 1)
    fields: dict[PlaceholderRole, Fields] = {SOURCE: ("source",), CHART: ("categories", "series"), BODY: ("text",)}
    alone = Draft(LayoutRole("chart"), slide.title, texts, chart=slide, fields=fields)
    if slide.text is None:
        return alone
    words = body_text(slide.text)
    beside = Draft(LayoutRole("chart").varied("text"), slide.title, {BODY: words, **texts}, chart=slide, fields=fields)
    said = Draft(LayoutRole("text"), slide.title, {BODY: words}, fields=fields)
    return replace(beside, alternatives=((alone, said),))


def activity(slide: ActivitySlide, scene: Scene) -> Draft:
    labels = scene.labels
    who = labels("groups_of", n=slide.group_size) if slide.group_size else slide.grouping and labels(slide.grouping)
    texts: dict[PlaceholderRole, Words] = {}
    if who:
        texts[LABEL] = (Paragraph((Run(who),)),)
    texts[BODY] = body_text(slide.instructions)
    layout = LayoutRole("activity")
    if slide.minutes:
        layout = layout.varied("timed")
        minutes = labels.minutes(slide.minutes, long=True)
        number, _, word = minutes.partition(" ")
        texts[COUNT] = (Paragraph((Run(number),)), Paragraph((Run(word),), 1))
    if slide.materials:
        layout = layout.varied("needs")
        head = plain_text(labels("you_need"))
        texts[NEEDS] = (*at_level(head, 0), *listed([m.item for m in slide.materials], "bullet"))
    flow = (BODY, NEEDS) if slide.materials else (BODY,)
    who_of = "group_size" if slide.group_size else "grouping"
    fields = {LABEL: (who_of,), BODY: ("instructions",), COUNT: ("minutes",), NEEDS: ("materials",)}
    return Draft(layout, slide.title, texts, flow=flow, fields=fields)


def pause(slide: BreakSlide, scene: Scene) -> Draft:
    labels = scene.labels
    block = scene.schedule.of(slide)
    texts: dict[PlaceholderRole, Words] = {NUMERAL: (Paragraph((Run(labels.minutes(slide.minutes)),)),)}
    lines = []
    if block.end:
        lines.append(Paragraph((Run(labels("back_at", time=block.end)),)))
    lines += at_level(slide.text, 0)
    if lines:
        texts[TEXT] = tuple(lines)
    fields = {NUMERAL: ("minutes",), TEXT: ("text",)}
    return Draft(LayoutRole("break"), slide.title or plain_text(labels("break")), texts, flow=(), fields=fields)


def poll(slide: PollSlide, scene: Scene) -> Draft:
    if slide.join is None:
        return _choice(slide.title, slide.question, slide.options, ("options",))
    texts: dict[PlaceholderRole, Words] = {QUESTION: at_level(slide.question, 0), BODY: listed(slide.options, "letter")}
    shown = slide.join.removeprefix("https://").removeprefix("http://").rstrip("/")
    texts[LINKS] = (
        Paragraph((Run(scene.labels("join_at")),)),
        Paragraph((Run(shown, bold=True, link=slide.join),)),
    )
    fields = {QUESTION: ("question",), BODY: ("options",), LINKS: ("join",), PICTURE: ("join",)}
    return Draft(LayoutRole("poll").varied("join"), slide.title, texts, {PICTURE: QrCode(slide.join)}, fields=fields)


def quiz(slide: QuizSlide, scene: Scene) -> Draft:
    """As a poll: nothing on the slide tells which answers are right."""
    made_of = tuple(f"options[{n}].text" for n in range(len(slide.options)))
    return _choice(slide.title, slide.question, [option.text for option in slide.options], made_of)


def _choice(title: Text, question: Text, options: Sequence[Text], made_of: Fields) -> Draft:
    """A question with answers that have letters, in two columns where there are many. Either all answers are `made_of` one
    field, or each of its own."""
    words = listed(options, "letter")
    asked = {QUESTION: at_level(question, 0)}
    fields: dict[PlaceholderRole, Fields] = {QUESTION: ("question",), BODY: made_of}
    draft = Draft(LayoutRole("poll"), title, {**asked, BODY: words}, fields=fields)
    if len(options) <= _POLL:
        return draft
    middle = -(-len(options) // 2)
    halves = {**asked, LEFT: words[:middle], RIGHT: words[middle:]}
    each = len(made_of) == len(options)
    of_both = {**fields, LEFT: made_of[:middle] if each else made_of, RIGHT: made_of[middle:] if each else made_of}
    columns = Draft(LayoutRole("poll").varied("columns"), title, halves, flow=(), fields=of_both)
    return replace(columns, alternatives=((draft,),))


def number(slide: NumberSlide, scene: Scene) -> Draft:
    count = len(slide.numbers)
    texts: dict[PlaceholderRole, Words] = {}
    fields: dict[PlaceholderRole, Fields] = {SOURCE: ("source",)}
    for n, item in enumerate(slide.numbers):
        figure, text = (FIGURE, TEXT) if count == 1 else (FIGURE.nth(n + 1), TEXT.nth(n + 1))
        texts[figure] = (*at_level(item.number, 0), *at_level(item.unit, 1))
        fields[figure] = tuple(f"numbers[{n}].{name}" for name in ("number", "unit"))
        fields[text] = (f"numbers[{n}].text",)
        if item.text:
            texts[text] = at_level(item.text, 0)
    if slide.source:
        texts[SOURCE] = at_level(slide.source, 1)
    layout = LayoutRole("number") if count == 1 else LayoutRole("number").varied("beside").counted(count)
    return Draft(layout, slide.title, texts, flow=(), fields=fields)
