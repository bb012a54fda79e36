"""One function for each kind of slide that shows an order: stages, steps, times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deckbuilder.content import sequences as q
from deckbuilder.content.text import Paragraph, Run, Text
from deckbuilder.layout.arrange.draft import Draft, Fields, Scene, Words
from deckbuilder.layout.arrange.telling import with_picture
from deckbuilder.layout.arrange.words import at_level, body_text, bold
from deckbuilder.theme.roles import (
    BODY,
    EVENT,
    NAME,
    NUMBER,
    STAGE,
    TEXT,
    WHEN,
    LayoutRole,
    PlaceholderRole,
)


def stages(slide: q.StagesSlide, scene: Scene) -> Draft:
    names = {NAME.nth(n): at_level(stage.name, 0) for n, stage in enumerate(slide.stages, 1)}
    count = len(slide.stages)
    fields = _of_each("stages", count, {NAME: "name", STAGE: "text"})
    if slide.current is not None:
        draft = with_picture(LayoutRole("stage"), slide.picture, body_text(slide.text), slide.title, ("text",), scene)
        current = next(n for n, stage in enumerate(slide.stages, 1) if stage.name.plain == slide.current)

        def on_track(draft: Draft) -> Draft:
            """The draft with the stages above it, where its layout has a place for them."""
            others = tuple(tuple(map(on_track, group)) for group in draft.alternatives)
            if draft.layout.base != "stage":
                return replace(draft, alternatives=others)
            return replace(
                draft,
                layout=draft.layout.counted(count),
                texts={**names, **draft.texts},
                current=frozenset({NAME.nth(current)}),
                fields={**fields, **draft.fields},
                alternatives=others,
            )

        return on_track(draft)
    texts = {STAGE.nth(n): at_level(stage.text, 0) for n, stage in enumerate(slide.stages, 1)}
    return Draft(
        LayoutRole("stages", count=count),
        slide.title,
        {**names, **texts},
        flow=tuple(texts),
        alternatives=((_as_list([(x.name, x.text) for x in slide.stages], slide.title, "stages"),),),
        fields=fields,
    )


def _of_each(field: str, count: int, names: dict[PlaceholderRole, str]) -> dict[PlaceholderRole, Fields]:
    """For the items of a field that has so many: which of an item's fields fills which role of its number."""
    return {role.nth(n): (f"{field}[{n - 1}].{name}",) for n in range(1, count + 1) for role, name in names.items()}


def _as_list(items: Sequence[tuple[Text, Text | None]], title: Text, field: str) -> Draft:
    """Names with what is said of them, as a numbered list: the items of the field."""
    body = tuple(
        Paragraph((*bold(name.runs), *((Run("  "), *text.runs) if text else ())), 0, "number", n)
        for n, (name, text) in enumerate(items, 1)
    )
    return Draft(LayoutRole("numbers"), title, {BODY: body}, fields={BODY: (field,)})


def steps(slide: q.StepsSlide, scene: Scene) -> Draft:
    count = len(slide.steps)
    rows = _as_list([(x.name, x.text) for x in slide.steps], slide.title, "steps")
    if count > 5:
        return rows
    texts: dict[PlaceholderRole, Words] = {}
    for n, step in enumerate(slide.steps, 1):
        texts[NUMBER.nth(n)] = (Paragraph((Run(str(n)),)),)
        texts[NAME.nth(n)] = at_level(step.name, 0)
        if step.text:
            texts[TEXT.nth(n)] = at_level(step.text, 0)
    flow = tuple(TEXT.nth(n) for n in range(1, count + 1))
    fields = _of_each("steps", count, {NAME: "name", TEXT: "text"})
    return Draft(
        LayoutRole("steps", count=count), slide.title, texts, flow=flow, alternatives=((rows,),), fields=fields
    )


def timeline(slide: q.TimelineSlide, scene: Scene) -> Draft:
    count = len(slide.events)
    body = tuple(Paragraph((*bold(x.when.runs), Run("  "), *x.text.runs)) for x in slide.events)
    rows = Draft(LayoutRole("timeline").varied("list"), slide.title, {BODY: body}, fields={BODY: ("events",)})
    if count > 6:
        return rows
    texts: dict[PlaceholderRole, Words] = {}
    for n, event in enumerate(slide.events, 1):
        texts[WHEN.nth(n)] = at_level(event.when, 0)
        texts[EVENT.nth(n)] = at_level(event.text, 0)
    flow = tuple(EVENT.nth(n) for n in range(1, count + 1))
    fields = _of_each("events", count, {WHEN: "when", EVENT: "text"})
    layout = LayoutRole("timeline", count=count)
    return Draft(layout, slide.title, texts, flow=flow, alternatives=((rows,),), fields=fields)
