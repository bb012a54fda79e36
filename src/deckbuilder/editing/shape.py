"""What may stand at a place of a file: the models behind it, their keys in the order in which people use them."""

from __future__ import annotations

import inspect
import itertools
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from deckbuilder.content.base import Model, item_of, models_of, stands_alone
from deckbuilder.content.discussion import Question
from deckbuilder.content.session import ClockTime, Day
from deckbuilder.content.slides import SlideBase
from deckbuilder.content.text import Body, Name, NameOrNumber
from deckbuilder.frozen import dataclass

_FIRST = ("kind", "id", "title", "headline")
# What any slide may carry, as a trainer comes to it: time and talk, then what is needed, then paper, then settings.
_LAST = (
    "minutes",
    "cues",
    "questions",
    "materials",
    "objectives",
    "sources",
    "handout",
    "notes",
    "virtual",
    "lead",
    "priority",
    "need",
    "for",
    "not_for",
    "show",
    "hidden",
    "gaps",
    "layout",
)
_QUESTION = ("ask", "grouping", "minutes", "listen_for", "follow_ups", "debrief", "lines", "virtual", "show", "id")


@dataclass(frozen=True)
class Shape:
    """What an annotation of a model allows. One of nothing (None) is where no model says anything, as under a key that none
    has."""

    annotation: Any = None
    field: FieldInfo | None = None

    def model(self, data: Any) -> type[Model] | None:
        """The model of the data here: by its `kind` where there are several; None for what is no model's. Lists have none."""
        if self.annotation is None or self.listed:
            return None
        found = list(models_of(self.annotation))
        if isinstance(data, dict) and len(found) > 1:
            found = [one for one in found if _kind(one) == data.get("kind")]
        return found[0] if len(found) == 1 else None

    @property
    def listed(self) -> bool:
        """Whether a list is wanted here."""
        return item_of(self.annotation) is not None or _fixed(self.annotation) is not None

    @property
    def alone(self) -> bool:
        """Whether one item may stand here for a list of one."""
        item = item_of(self.annotation)
        return item is not None and stands_alone("x", item)

    @property
    def body(self) -> bool:
        """Whether texts of several paragraphs stand here, of which the last line end says nothing."""
        return has_metadata(self.annotation, self.field, Body)

    @property
    def named(self) -> bool:
        """Whether a name stands here: of another thing, or one of a few words."""
        named = any(has_metadata(self.annotation, self.field, alias) for alias in (Name, NameOrNumber))
        return named or get_origin(self.annotation) is Literal

    @property
    def calendar(self) -> bool:
        """Whether days or times of day stand here, which are written without quotes."""
        return _holds(self.annotation, Day) or _holds(self.annotation, ClockTime) or _dated(self.annotation)

    def item(self) -> Shape:
        return Shape(item_of(self.annotation) or _fixed(self.annotation))

    def key(self, name: str, data: Any) -> Shape:
        """What may stand under a key of the data here."""
        model = self.model(data)
        field = fields_of(model).get(name) if model else None
        return Shape(field.annotation, field) if field else Shape()

    def within(self, step: str | int, data: Any) -> Shape:
        return self.item() if isinstance(step, int) else self.key(step, data)


@cache
def fields_of(model: type[Model]) -> dict[str, FieldInfo]:
    """A model's fields by the keys that authors write, in the order in which people use them."""
    fields = {info.alias or name: info for name, info in model.model_fields.items()}
    if issubclass(model, Question):
        order = [*_QUESTION]
    elif issubclass(model, SlideBase):
        before = itertools.takewhile(lambda kind: kind is not SlideBase, model.__mro__)
        own = [name for kind in before for name in _own(kind)]
        own = [name for name in own if name in model.model_fields]
        order = [*_FIRST, *own, *(name for name in _LAST if name not in own)]
    else:
        order = list(fields)
    order = [name for name in dict.fromkeys(order) if name in fields]
    return {name: fields[name] for name in [*order, *(name for name in fields if name not in order)]}


def _own(kind: type) -> list[str]:
    """The fields that a class itself declares."""
    return [name for name in inspect.get_annotations(kind) if not name.startswith("_")] if kind is not Model else []


def _kind(model: type[Model]) -> Any:
    field = model.model_fields.get("kind")
    return getattr(field.annotation, "__args__", (None,))[0] if field else None


@cache
def slide_kinds() -> dict[str, type[SlideBase]]:
    """The kinds of slide by name, in the order of the manual."""
    from deckbuilder.content.kinds import Slide

    return {_kind(model): model for model in models_of(Slide)}  # type: ignore[misc]


def _fixed(annotation: Any) -> Any:
    """What a list of a fixed length holds (a picture's focus); None where it is none."""
    parts = get_args(annotation)
    if get_origin(annotation) is tuple:
        return parts[0] if parts and ... not in parts else None
    return next((one for part in parts if (one := _fixed(part)) is not None), None)


def _metadata(alias: Any) -> tuple[Any, ...]:
    return getattr(alias, "__metadata__", ())


def _holds(annotation: Any, alias: Any) -> bool:
    return any(part is one for part in _metadata(annotation) for one in _metadata(alias)) or any(
        _holds(part, alias) for part in get_args(annotation)
    )


def has_metadata(annotation: Any, field: FieldInfo | None, alias: Any) -> bool:
    """Whether an annotation is that of an alias (`Inline`), or holds it. The outermost ones of a field are in the field."""
    return _holds(annotation, alias) or (
        field is not None and any(part is one for part in field.metadata for one in _metadata(alias))
    )


def _dated(annotation: Any) -> bool:
    import datetime as dt

    return annotation in (dt.date, dt.time)
