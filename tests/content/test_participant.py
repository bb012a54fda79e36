"""Every field of every model is the participants', the facilitator's or a setting, and what participants get has only theirs."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

import pytest

from deckbuilder import content
from deckbuilder.content import participant
from deckbuilder.content.base import Model
from deckbuilder.content.deck import Deck
from deckbuilder.content.projection import (
    FACILITATORS,
    KEPT,
    PROJECTIONS,
    SETTINGS,
    WHOLE,
    Projection,
    kept_back,
)
from deckbuilder.content.room import ActivitySlide, BreakSlide
from deckbuilder.content.schedule import Schedule
from deckbuilder.content.slides import ClippingSlide, PointsSlide, SlideBase
from tools import SOURCES, arranged

for _module in pkgutil.iter_modules(content.__path__):
    importlib.import_module(f"{content.__name__}.{_module.name}")


def below(model: type[Model]) -> Iterator[type[Model]]:
    for inner in model.__subclasses__():
        yield inner
        yield from below(inner)


# Models that others are made of are judged by those.
MODELS = sorted({m for m in below(Model) if m.__module__.startswith(content.__name__)}, key=lambda m: m.__name__)
ALL = [m for m in MODELS if m.noun != Model.noun]


def of(lists: Any, model: type[Model]) -> set[str]:
    return {name for base in model.__mro__ for name in lists.get(base, ())}


def types_in(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in get_args(annotation):
        yield from types_in(part)


@pytest.mark.parametrize("model", ALL, ids=lambda m: m.__name__)
def test_every_field_is_the_participants_the_facilitators_or_a_setting(model: type[Model]) -> None:
    assert [model in PROJECTIONS, model in WHOLE, model in KEPT].count(True) == 1, "declare it in projection.py"
    known = set(model.model_fields)
    if model in KEPT:
        return
    if model in WHOLE:
        assert known == WHOLE[model]
        assert not known & (of(FACILITATORS, model) | of(SETTINGS, model))
        return
    theirs = {field.name for field in fields(PROJECTIONS[model])}
    assert known == theirs | of(FACILITATORS, model) | of(SETTINGS, model)
    assert not of(FACILITATORS, model) & of(SETTINGS, model)
    # A clipping's headline is that of the article, which participants read; other slides' says what a title adds.
    assert theirs & of(SETTINGS, model) == ({"headline"} if model is ClippingSlide else set())
    opened = {ActivitySlide: {"minutes", "materials"}, BreakSlide: {"minutes"}}
    assert theirs & of(FACILITATORS, model) == opened.get(model, set())


def test_a_schedules_blocks_are_the_facilitators() -> None:
    theirs = {field.name for field in fields(PROJECTIONS[Schedule])}
    assert {field.name for field in fields(Schedule)} == theirs | FACILITATORS[Schedule]


def test_a_new_field_that_nobody_declared_is_noticed() -> None:
    class Longer(PointsSlide):
        aside: str = ""

    theirs = {field.name for field in fields(PROJECTIONS[PointsSlide])}
    assert set(Longer.model_fields) - theirs - of(FACILITATORS, Longer) - of(SETTINGS, Longer) == {"aside"}
    with pytest.raises(TypeError, match="Longer is not the participants'"):
        Projection().of(Longer.model_construct())


def test_no_type_of_the_participants_leads_to_a_full_model() -> None:
    made = {kind for kind in vars(participant).values() if is_dataclass(kind)}
    assert set(PROJECTIONS.values()) <= made
    for kind in made:
        assert not any(issubclass(base, Model) for base in kind.__mro__)
        inside = {t for hint in get_type_hints(kind).values() for t in types_in(hint)}
        models = {t for t in inside if isinstance(t, type) and issubclass(t, Model)}
        assert models <= set(WHOLE)
    for model in WHOLE:
        inside = {t for field in model.model_fields.values() for t in types_in(field.annotation)}
        assert {t for t in inside if isinstance(t, type) and issubclass(t, Model)} <= set(WHOLE)


def everything(value: Any) -> Iterator[Any]:
    yield value
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from everything(getattr(value, field.name))
    elif isinstance(value, Model):
        for _, inner in value:
            yield from everything(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from everything(inner)


@pytest.mark.parametrize("name", list(SOURCES))
def test_a_deck_as_participants_get_it_holds_nothing_of_the_facilitators(name: str) -> None:
    reading = arranged(name).reading
    made = Projection()
    deck = made.deck(reading.deck)
    values = list(everything((deck, made.session(reading.session))))
    assert not [v for v in values if isinstance(v, (SlideBase, Deck, *KEPT))]
    if name == "every-kind":
        words = [str(getattr(v, "plain", v)) for v in values if isinstance(v, str) or hasattr(v, "plain")]
        assert any("mk-points-title" in word for word in words)
        assert [word for word in words if "fac-" in word] == []


def test_slides_questions_and_pictures_that_the_handout_does_not_show_are_not_there() -> None:
    deck = arranged("every-kind").reading.deck
    theirs = Projection().deck(deck)
    for full, own in zip(deck.sections, theirs.sections, strict=True):
        shown = [slide for slide in full.slides if "handout" in slide.show]
        assert [slide.kind for slide in own.slides] == [slide.kind for slide in shown]
        for slide, made in zip(shown, own.slides, strict=True):
            asked = [question.ask for question in slide.questions if "handout" in question.show]
            assert [question.ask for question in made.questions] == asked
    pictures = [value for value in everything(theirs) if type(value).__name__ == "Picture"]
    assert pictures
    assert all("handout" in picture.show for picture in pictures)
    assert any("handout" not in slide.show for _, slide in deck.slides())


def test_why_a_field_is_missing_is_known() -> None:
    assert kept_back(participant.Question, "listen_for") == "facilitator"
    assert kept_back(participant.TextSlide, "cues") == "facilitator"
    assert kept_back(participant.Deck, "fit") == "setting"
    assert kept_back(participant.Deck, "titel") is None
