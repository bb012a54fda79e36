"""What can be left out of a deck to save time: slides, questions, and points that say how much they matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from functools import cached_property
from typing import Any, Literal

from deckbuilder.content.base import Model, Priority
from deckbuilder.content.deck import Deck, Section
from deckbuilder.content.discussion import Question
from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.leaves import leaves
from deckbuilder.content.schedule import slide_minutes
from deckbuilder.content.session import Session
from deckbuilder.content.slides import Point
from deckbuilder.content.text import Text
from deckbuilder.frozen import dataclass
from deckbuilder.source import Position

Kind = Literal["slide", "question", "point"]


@dataclass(frozen=True)
class Piece:
    """A slide, or a question or a point of one, by a `key` that no other has. `minutes` are what it takes; of a slide, with all
    that is in it. `needs` are the keys of what it is nothing without; `slide` is the key of the slide that it is of."""

    key: str
    kind: Kind
    slide: str
    words: str
    priority: Priority
    minutes: float
    needs: frozenset[str]
    order: int
    at: Position | None


@dataclass(frozen=True)
class Pieces:
    """The pieces of a deck by their keys, in order. `kept` are keys of what the session or the deck itself refers to."""

    deck: Deck
    by_key: Mapping[str, Piece]
    kept: Mapping[str, str]

    @cached_property
    def slides(self) -> dict[str, AnySlide]:
        return {slide.identity: slide for _, slide in self.deck.slides()}

    @cached_property
    def parts(self) -> dict[str, list[Piece]]:
        """Questions and points by the key of their slide."""
        out: dict[str, list[Piece]] = {}
        for piece in self.by_key.values():
            if piece.kind != "slide":
                out.setdefault(piece.slide, []).append(piece)
        return out


def pieces_of(deck: Deck, session: Session | None) -> Pieces:
    """The pieces of a deck, and what has to stay since a break or a link of the deck itself leads there."""
    from deckbuilder.layout.arrange.headlines import headline  # late: few decks are made to fit a length

    keys: dict[str, str] = {}
    for _, slide in deck.slides():
        keys |= {str(q.id): q.identity for q in slide.questions if q.id}
    keys |= {str(slide.id): slide.identity for _, slide in deck.slides() if slide.id}
    found: dict[str, Piece] = {}
    titles = Counter(_title(slide) for _, slide in deck.slides())
    for section, slide in deck.slides():
        words = _title(slide)
        if titles[words] > 1 and (own := headline(slide)):
            words = f"{words}: {''.join(run.text for run in own)}"
        for piece in _of_slide(slide, words, section, deck, keys, len(found)):
            found[piece.key] = piece
    kept = {keys[link]: "a text of the deck leads there" for link in _links(deck, without=("slides",)) if link in keys}
    for day in session.days if session else ():
        if day.begins in keys:
            kept[keys[str(day.begins)]] = "a day begins with it"
        for section in deck.sections:
            if day.begins == section.title.plain:
                kept[section.slides[0].identity] = "a day begins with its section"
    for _, slide in deck.slides():
        if slide.kind == "break" and "priority" not in slide.model_fields_set:
            kept[slide.identity] = "people need their breaks"
    for pause in session.every_break if session else ():
        if pause.after in keys:
            kept[keys[str(pause.after)]] = "a break comes after it"
        for section in deck.sections:
            if pause.after == section.title.plain:
                kept[section.slides[-1].identity] = "a break comes after its section"
    return Pieces(deck, found, kept)


def _title(slide: AnySlide) -> str:
    title = getattr(slide, "title", None)
    return title.plain if title else f"({slide.kind})"


def _of_slide(
    slide: AnySlide, words: str, section: Section, deck: Deck, keys: Mapping[str, str], order: int
) -> Iterator[Piece]:
    """The slide, called by those words, and its questions and points."""
    minutes, _ = slide_minutes(slide, deck, section.appendix)
    needs = _needed(slide, keys) | {keys[link] for link in _links(slide) if link in keys}
    yield Piece(
        slide.identity, "slide", slide.identity, words, slide.priority, minutes, frozenset(needs), order, slide.at
    )
    asked = 0.0
    for question in slide.questions:
        asked += question.minutes or 0
        own = frozenset(_needed(question, keys) | {slide.identity})
        takes = min(float(question.minutes or 0), minutes)
        order += 1
        yield Piece(
            question.identity,
            "question",
            slide.identity,
            question.ask.plain,
            question.priority,
            takes,
            own,
            order,
            question.at,
        )
    points, made = list(points_of(slide)), set[str]()  # the keys of points that are pieces
    share = max(0.0, minutes - asked) / len(points) if points else 0.0
    for path, point in points:
        if "priority" in point.model_fields_set:
            order += 1
            above = {f"{slide.identity}#{one}" for one, _ in points if path.startswith(f"{one}/")} & made
            own = frozenset(_needed(point, keys) | {slide.identity} | above)
            count = 1 + sum(1 for _ in points_of(point))
            key = f"{slide.identity}#{path}"
            made.add(key)
            yield Piece(
                key, "point", slide.identity, point.text.plain, point.priority, share * count, own, order, point.at
            )


def points_of(value: Any, path: str = "") -> Iterator[tuple[str, Point]]:
    """The points in a model, each with a path that tells it from the others; those under a point after it."""
    if not isinstance(value, Model) or isinstance(value, Question):
        return
    for name in type(value).model_fields:
        inner = getattr(value, name)
        for number, item in enumerate(inner if isinstance(inner, tuple) else ()):
            here = f"{path}/{name}/{number}"
            if isinstance(item, Point):
                yield here, item
            yield from points_of(item, here)


def _needed(piece: AnySlide | Question | Point, keys: Mapping[str, str]) -> set[str]:
    return {keys[name] for name in piece.need if name in keys}


def _links(content: Model, without: Container[str] = ()) -> Iterator[str]:
    """The ids that texts lead to."""
    for value, _, _ in leaves(content, without):
        if isinstance(value, Text):
            yield from (run.link[1:] for run in value.runs if run.link and run.link.startswith("#"))
