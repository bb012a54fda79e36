"""From which fields of a slide what stands in its placeholders is made."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from deckbuilder.content.deck import Deck, Section
from deckbuilder.content.discussion import Question
from deckbuilder.content.kinds import AnySlide
from deckbuilder.layout.arrange.draft import Draft, Fields

_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")
_IN_PART = re.compile(r"(questions|pictures)\[(\d+)\]")
_STANDS_IN = {"cover": "deck.title", "section": "section.title"}


def traced(draft: Draft, slide: AnySlide, shown: AnySlide, deck: Deck, section: Section) -> Draft:
    """The draft with only those of its `fields` that hold something. A draft is of what of the slide is `shown`; its
    fields then count the questions and pictures of the whole slide, as its author does."""
    roots = {"deck": deck, "section": section}
    fields = {
        role: tuple(_of_whole(name, slide, shown) for name in names if _holds(name, roots, shown))
        for role, names in draft.fields.items()
    }
    others = tuple(tuple(traced(x, slide, shown, deck, section) for x in group) for group in draft.alternatives)
    return replace(draft, fields=fields, alternatives=others)


def title_fields(slide: AnySlide) -> Fields:
    """Where a slide's title is from; () for one that deckbuilder gives it."""
    if slide.title is not None:
        return ("title",)
    return (_STANDS_IN[slide.kind],) if slide.kind in _STANDS_IN else ()


def question_field(slide: AnySlide, question: Question) -> str:
    """The field that holds what a question of the slide asks."""
    return f"questions[{slide.questions.index(question)}].ask"


def _holds(name: str, roots: dict[str, Any], shown: AnySlide) -> bool:
    head, _, rest = name.partition(".")
    value = roots.get(head, shown)
    for step in _STEP.finditer(rest if head in roots else name):
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
