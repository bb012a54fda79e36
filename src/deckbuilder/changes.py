"""What changed between two states of a deck, in words: slide by slide, question by question, field by field."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import Any

from deckbuilder.content.base import Model
from deckbuilder.content.deck import Deck
from deckbuilder.content.discussion import Question
from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.leaves import leaves
from deckbuilder.content.text import Text
from deckbuilder.outputs.source import Source

_ALIKE = 0.5  # how much of their words two slides have to share to be the same one, changed
_SHORT = 60  # letters of a field that are told whole
_MOST_WORDS = 16  # of a stretch that is told


def changes_of(old: Source, new: Source) -> Iterator[str]:
    """What changed between two states of a deck, in words: the deck's own fields, then slide by slide."""
    for name in Deck.model_fields:
        if name != "sections" and (said := _changed(name, getattr(old.deck, name), getattr(new.deck, name))):
            yield f"deck: {said}"
    before, after = [s for _, s in old.deck.slides()], [s for _, s in new.deck.slides()]
    pairs = _paired(before, after)
    matched = {pair[1].identity: pair[0] for pair in pairs}
    places = {slide.identity: n for n, slide in enumerate(before)}
    kept = [places[matched[s.identity].identity] for s in after if s.identity in matched]
    still = set(_rising(kept))
    for slide in after:
        earlier = matched.get(slide.identity)
        name = _name(slide, new)
        if earlier is None:
            yield f"{name} is new"
            continue
        if places[earlier.identity] not in still:
            yield f"{name} was {_name(earlier, old)} and has moved"
        yield from (f"{name}: {said}" for said in _slide_changes(earlier, slide))
    gone = {pair[0].identity for pair in pairs}
    yield from (f"{_name(slide, old)} is gone" for slide in before if slide.identity not in gone)


def _rising(numbers: Sequence[int]) -> list[int]:
    """The longest rising sequence in some numbers: what has not moved."""
    best: list[list[int]] = []
    for number in numbers:
        longest = max((one for one in best if one[-1] < number), key=len, default=[])
        best.append([*longest, number])
    return max(best, key=len, default=[])


def _paired(before: Sequence[AnySlide], after: Sequence[AnySlide]) -> list[tuple[AnySlide, AnySlide]]:
    """Slides that are the same, changed or not: by their identity, else by their kind and their words."""
    known = {slide.identity: slide for slide in before}
    pairs = [(known[slide.identity], slide) for slide in after if slide.identity in known]
    taken = {slide.identity for _, slide in pairs}
    left = [slide for slide in before if slide.identity not in taken]
    for slide in after:
        if slide.identity in known:
            continue
        ratios = [(_alike(one, slide), n) for n, one in enumerate(left) if one.kind == slide.kind]
        if ratios and (best := max(ratios, key=lambda pair: (pair[0], -pair[1])))[0] >= _ALIKE:
            pairs.append((left.pop(best[1]), slide))
    return pairs


def _alike(one: Model, other: Model) -> float:
    return difflib.SequenceMatcher(None, " ".join(_words(one)).split(), " ".join(_words(other)).split(), False).ratio()


def _words(content: Model) -> Iterator[str]:
    for value, _, _ in leaves(content):
        if isinstance(value, (Text, str)):
            yield value.plain if isinstance(value, Text) else value


def _name(slide: AnySlide, source: Source) -> str:
    numbers = [f.number for f in source.frames if f.slide.identity == slide.identity and not f.notes_only]
    title = getattr(slide, "title", None)
    called = f" '{title.plain}'" if title else f" ({slide.kind})"
    return f"slide {numbers[0]}{called}" if numbers else f"the slide{called} that is in no deck"


def _slide_changes(old: AnySlide, new: AnySlide) -> Iterator[str]:
    for name in type(new).model_fields:
        if name == "questions":
            yield from _question_changes(old.questions, new.questions)
        elif said := _changed(name, getattr(old, name, None), getattr(new, name)):
            yield said


def _question_changes(old: Sequence[Question], new: Sequence[Question]) -> Iterator[str]:
    left = list(old)
    for question in new:
        ratios = [(1.0 if q.id and q.id == question.id else _alike(q, question), n) for n, q in enumerate(left)]
        best = max(ratios, default=(0.0, -1))
        if best[0] < _ALIKE:
            yield f"the question '{question.ask.plain}' is new"
            continue
        earlier = left.pop(best[1])
        for name in Question.model_fields:
            if said := _changed(name, getattr(earlier, name), getattr(question, name)):
                yield f"question '{question.ask.plain}': {said}"
    yield from (f"the question '{question.ask.plain}' is gone" for question in left)


def _changed(name: str, old: Any, new: Any) -> str:
    """A field's change in words; "" where it says the same."""
    before, after = _said(old), _said(new)
    if before == after:
        return ""
    if not after:
        return f"'{name}' is gone"
    if not before:
        return f"'{name}' is new"
    if len(before) <= _SHORT and len(after) <= _SHORT:
        return f"'{name}' was '{before}' and is '{after}'"
    if isinstance(old, Text) and isinstance(new, Text) and (said := _rewritten(old.plain.split(), new.plain.split())):
        return f"'{name}' {said}"
    return f"'{name}' has changed"


def _rewritten(old: Sequence[str], new: Sequence[str]) -> str:
    """The stretch of words that is different, with a word before and after; "" where it is too long to be told, or none."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    first, last = max(0, start - 1), max(0, end - 1)
    before, after = old[first : len(old) - last], new[first : len(new) - last]
    if old == new or max(len(before), len(after)) > _MOST_WORDS:
        return ""
    return f"said '{' '.join(before)}' and says '{' '.join(after)}'"


def _said(value: Any) -> str:
    """What a field says, as words."""
    match value:
        case None | () | "":
            return ""
        case Text():
            return repr([p.runs for p in value]) if len(value.plain) > _SHORT else value.plain
        case Model():
            said = {name: _said(getattr(value, name)) for name in type(value).model_fields}
            return "; ".join(f"{name}: {words}" for name, words in said.items() if words)
        case tuple():
            return ", ".join(map(_said, value))
        case float() if value == int(value):
            return str(int(value))
    return str(value)
