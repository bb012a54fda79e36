"""From which fields of a slide what stands in its placeholders is made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from deckbuilder.content.base import Model
from deckbuilder.content.discussion import Question
from deckbuilder.content.kinds import AnySlide
from deckbuilder.layout.arrange.draft import Draft, Fields

_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")
_IN_PART = re.compile(r"(questions|pictures)\[(\d+)\]")
_STANDS_IN = {"cover": "deck.title", "section": "section.title"}


def traced(draft: Draft, slide: AnySlide, shown: AnySlide, around: Mapping[str, Model | None]) -> Draft:
    """The draft with only those of its `fields` that hold something. A draft is of what of the slide is `shown`; its
    fields then count the questions and pictures of the whole slide, as its author does. `around` the slide are the
    deck, the section and the session, by the first word of their fields."""
    fields = {
        role: tuple(_of_whole(name, slide, shown) for name in names if _holds(name, around, shown))
        for role, names in draft.fields.items()
    }
    others = tuple(tuple(traced(x, slide, shown, around) for x in group) for group in draft.alternatives)
    return replace(draft, fields=fields, alternatives=others)


def title_fields(slide: AnySlide) -> Fields:
    """Where a slide's title is from; () for one that deckbuilder gives it."""
    if slide.title is not None:
        return ("title",)
    return (_STANDS_IN[slide.kind],) if slide.kind in _STANDS_IN else ()


def question_field(slide: AnySlide, question: Question) -> str:
    """The field that holds what a question of the slide asks."""
    return f"questions[{slide.questions.index(question)}].ask"


def _holds(name: str, around: Mapping[str, Model | None], shown: AnySlide) -> bool:
    head, _, rest = name.partition(".")
    value: Any = around.get(head, shown)
    for step in _STEP.finditer(rest if head in around else name):
        if value is None:
            return False
        value = getattr(value, step[1])
        if step[2] is not None:
            value = value[int(step[2])] if int(step[2]) < len(value) else None
        if value is None or value == ():
            return False
    return True


def _of_whole(name: str, slide: AnySlide, shown: AnySlide) -> str:
    """The name of a field of the part that is shown, as it is in the whole slide."""
    found = _IN_PART.match(name)
    if found is None or slide is shown:
        return name
    item = getattr(shown, found[1])[int(found[2])]
    number = next(n for n, one in enumerate(getattr(slide, found[1])) if one is item)
    return f"{found[1]}[{number}]{name[found.end() :]}"
