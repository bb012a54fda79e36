"""The kinds of slide: a closed union, told apart by `kind`.

A new kind is a model in one of the modules named here, and a line in this union. What else it touches, from what participants
get of it to its words on the page, CONTRIBUTING lists, with the test that catches each step that was forgotten.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, cast, get_args

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticKnownError, core_schema

from deckbuilder.content.data import ChartSlide, TableSlide
from deckbuilder.content.discussion import Place
from deckbuilder.content.pictures import Picture
from deckbuilder.content.room import ActivitySlide, BreakSlide, PollSlide, QuizSlide
from deckbuilder.content.sequences import StagesSlide, StepsSlide, TimelineSlide
from deckbuilder.content.showing import GridSlide, NumberSlide, PictureSlide, VideoSlide
from deckbuilder.content.slides import (
    AgendaSlide,
    ClippingSlide,
    ClosingSlide,
    ColumnsSlide,
    ComparisonSlide,
    CoverSlide,
    CreditsSlide,
    DefinitionSlide,
    DiscussionSlide,
    MatrixSlide,
    NarrativeSlide,
    ObjectivesSlide,
    PointsSlide,
    PrincipleSlide,
    QuoteSlide,
    ReferencesSlide,
    ResourceSlide,
    SectionSlide,
    SlideBase,
    StatementSlide,
)

AnySlide = (
    CoverSlide
    | AgendaSlide
    | ObjectivesSlide
    | SectionSlide
    | PointsSlide
    | DefinitionSlide
    | QuoteSlide
    | NarrativeSlide
    | ClippingSlide
    | StagesSlide
    | StepsSlide
    | TimelineSlide
    | PrincipleSlide
    | DiscussionSlide
    | ActivitySlide
    | PollSlide
    | QuizSlide
    | BreakSlide
    | ResourceSlide
    | StatementSlide
    | NumberSlide
    | PictureSlide
    | GridSlide
    | VideoSlide
    | ColumnsSlide
    | ComparisonSlide
    | MatrixSlide
    | TableSlide
    | ChartSlide
    | ClosingSlide
    | ReferencesSlide
    | CreditsSlide
)


class _ByKind:
    """Reads a slide by the model of its kind, made ready when a slide is of that kind: pydantic would make all of them ready for
    each deck, which takes longer than to read most. What is said of a slide is what pydantic says of such a union."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(_slide_of)

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(TypeAdapter(Annotated[AnySlide, Field(discriminator="kind")]).core_schema)


Slide = Annotated[AnySlide, _ByKind()]


@cache
def _models() -> dict[str, type[SlideBase]]:
    """The models by their kinds."""
    return {get_args(model.model_fields["kind"].annotation)[0]: model for model in get_args(AnySlide)}


def _slide_of(raw: Any, info: ValidationInfo) -> AnySlide:
    if isinstance(raw, SlideBase):
        return cast(AnySlide, raw)
    kind = raw.get("kind") if isinstance(raw, dict) else None
    if kind is None:
        raise PydanticKnownError("union_tag_not_found", {"discriminator": "'kind'"})
    model = _models().get(kind) if isinstance(kind, str) else None
    if model is None:
        known = ", ".join(f"'{name}'" for name in _models())
        tag = {"discriminator": "'kind'", "tag": str(kind), "expected_tags": known}
        raise PydanticKnownError("union_tag_invalid", tag)
    return cast(AnySlide, model.model_validate(raw, context=info.context))


def pictures_of(slide: object) -> tuple[Picture, ...]:
    """The pictures that a slide has, the model or what participants get of it, in reading order, wherever they are shown."""
    many: tuple[Picture, ...] = getattr(slide, "pictures", ())
    return many + tuple(p for p in (getattr(slide, "picture", None), getattr(slide, "poster", None)) if p)


def shown_in(slide: AnySlide, place: Place) -> AnySlide:
    """The slide with only those of its questions and pictures that are shown in that place; the
    slide itself where that is all of them. A copy has the slide's identity."""
    changes: dict[str, object] = {}
    if any(place not in question.show for question in slide.questions):
        changes["questions"] = tuple(q for q in slide.questions if place in q.show)
    if many := getattr(slide, "pictures", None):
        changes["pictures"] = tuple(p for p in many if place in p.show)
    for name in ("picture", "poster"):
        one = getattr(slide, name, None)
        if one is not None and place not in one.show:
            changes[name] = None
    if all(len(value) == len(getattr(slide, name)) for name, value in changes.items() if isinstance(value, tuple)):
        changes = {name: value for name, value in changes.items() if value is None}
    return slide.model_copy(update=changes) if changes else slide
