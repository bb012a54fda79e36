"""How slides and questions are known: by the `id` that their author gave, else by one that is made of what they say.

Such an id (`points-1f3a9c`) depends on nothing but the words of its slide, so it stays as it is when other slides
are added, moved or deleted, when the slide goes elsewhere, and when only its time, cues or notes change. What participants are
not to read yet, the words of gaps and what the deck does not show, has no part in it: an id stands in files that they get.

A slide without words of its own, such as a divider or a break, is known by the section that it stands in, and by what
participants read of it beside the slide: its questions, its text on paper, a break's minutes. So it gets another id when the
section gets another title, or the slide another section; but no other slide can move it.

A title alone tells no slides apart, and need not: those of a series differ in what they say under it, so their ids do. Only
slides that are equal in all that ids are made of (a "Coffee" in the morning, and the same in the afternoon) are counted, in
their order. Of these the second is called "-2" until the first is gone. Whoever refers to one gives it an `id`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from deckbuilder.content.base import Identified, Model
from deckbuilder.content.discussion import Question
from deckbuilder.content.kinds import AnySlide, shown_in
from deckbuilder.content.room import BreakSlide
from deckbuilder.content.slides import DiscussionSlide, SlideBase
from deckbuilder.content.text import Text

if TYPE_CHECKING:
    from deckbuilder.content.deck import Section

_LENGTH = 6  # hexadecimal digits: of a hundred slides of a kind, two share theirs in one deck of three thousand


def identify(slides: Iterable[tuple[Section, AnySlide]]) -> None:
    """Gives each slide of a deck, told with its section, and each of its questions, the identity that `identity` tells from
    then on.

    Of slides that say the same the second gets "-2" behind its id, and so on; a question's id stands behind its
    slide's: `points-1f3a9c.question-08b2d1`.
    """
    slides = list(slides)
    names = told_apart([(slide.id, derived(slide, section.title)) for section, slide in slides])
    for (_, slide), name in zip(slides, names, strict=True):
        give(slide, name)
        own = told_apart([(q.id, _derived("question", q.ask.plain)) for q in slide.questions])
        for question, words in zip(slide.questions, own, strict=True):
            give(question, f"{name}.{words}")


def give(made: Identified, name: str) -> None:
    """The identity of what is just being made; later nobody changes it."""
    made._identity = name


def told_apart(wanted: Sequence[tuple[str | None, str]]) -> list[str]:
    """For each pair of the id that is given and the one that is derived the one to use, the derived ones unique."""
    taken = {given for given, _ in wanted if given}
    out: list[str] = []
    for given, derived in wanted:
        name, count = given or derived, 1
        while given is None and name in taken:
            count += 1
            name = f"{derived}-{count}"
        taken.add(name)
        out.append(name)
    return out


def derived(slide: AnySlide, section: Text) -> str:
    """The id that is made of what a slide says, or, where it says nothing itself, of what surrounds it in a section of
    that title."""
    own = _of_slide(slide)
    return _derived(slide.kind, own if set(own) > {"kind"} else own | _around(slide, section))


def _derived(noun: str, says: Any) -> str:
    words = json.dumps([noun, says], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{noun}-{hashlib.sha256(words.encode('utf-8', 'surrogatepass')).hexdigest()[:_LENGTH]}"


def _of_slide(slide: AnySlide) -> dict[str, Any]:
    """What is the slide's own: not what any slide may carry, but for a discussion's questions."""
    common = set(SlideBase.model_fields) - ({"questions"} if isinstance(slide, DiscussionSlide) else set())
    return {name: says for name, says in _fields(_shown(slide)).items() if name not in common}


def _around(slide: AnySlide, section: Text) -> dict[str, Any]:
    """What a slide without words of its own is known by: where it stands, and what participants read with it."""
    says = {name: says for name, says in _fields(_shown(slide)).items() if name in ("questions", "handout")}
    if isinstance(slide, BreakSlide):
        says["minutes"] = slide.minutes
    return {**says, "section": section.plain}


def _shown(slide: AnySlide) -> AnySlide:
    return shown_in(slide, "deck") if "deck" in slide.show else slide


def _fields(model: Model) -> dict[str, Any]:
    """The fields that say something, as JSON has them. One that is as if left out is left out: a field that
    a kind of slide gets in time to come changes no id. What only facilitators read is left out: who knows the rest could try
    what it says, which answers of a quiz are right above all."""
    from deckbuilder.content.projection import (
        FACILITATORS,
    )  # late: it knows the deck, which is identified as it is read

    hidden = {name for kind in type(model).__mro__ for name in FACILITATORS.get(kind, ())}
    out = {}
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        if name not in hidden and value is not None and value != info.default:
            out[name] = _says(value)
    return out


def _says(value: Any) -> Any:
    match value:
        case Text():
            return value.plain
        case Question():
            return value.ask.plain
        case Model():
            return _fields(value)
        case tuple():
            return [_says(item) for item in value]
        case str() | bool() | int() | float() | None:
            return value
    raise TypeError(f"there are no words for {value!r}")
