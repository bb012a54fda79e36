"""The base of every model: frozen, strict about keys, and aware of where it was written."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    GetPydanticSchema,
    ModelWrapValidatorHandler,
    PrivateAttr,
    ValidationInfo,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from deckbuilder.content.text import Name
from deckbuilder.diagnostics import Diagnostics, Fix, did_you_mean
from deckbuilder.frozen import FrozenDict
from deckbuilder.source import LocatedDict, LocatedList, Position, position_of


def _wants_number(annotation: Any) -> bool:
    """Whether a field holds a number; pydantic would take true for 1."""
    return annotation in (int, float) or any(_wants_number(part) for part in get_args(annotation))


@cache  # there are as many annotations as fields; they are asked about for each value
def item_of(annotation: Any) -> Any:
    """What a field's list holds; None where it holds no list of any length."""
    parts = get_args(annotation)
    if get_origin(annotation) is tuple:
        return parts[0] if parts[1:] == (...,) else None
    if get_origin(annotation) is Mapping:
        return None
    return next((item for part in parts if (item := item_of(part)) is not None), None)


def stands_alone(value: Any, item: Any) -> bool:
    """Whether a value, where a list is wanted, is plainly the only item of one."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return False
    models = list(models_of(item))
    if isinstance(value, (int, float)) and (models or _wants_number(item)):
        return False  # a number for a list of things is rather how many of them
    return all(kind.shorthand is not None for kind in models)


def models_of(annotation: Any) -> Iterator[type[Model]]:
    """The models among the types of an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for part in get_args(annotation):
        yield from models_of(part)


class Model(BaseModel):
    """A piece of content.

    `noun` names it in messages ("a discussion question"). Where `shorthand` names a field, a
    bare string in the YAML stands for a mapping with only that field. `synonyms` are words that
    authors reach for, and the key they will want.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    noun: ClassVar[str] = "this mapping"
    shorthand: ClassVar[str | None] = None
    synonyms: ClassVar[dict[str, str]] = {}
    _at: Position | None = PrivateAttr(default=None)

    @property
    def at(self) -> Position | None:
        """Where the author wrote it; None when the program made it."""
        private = self.__pydantic_private__  # asked for by name, it goes through pydantic's search for attributes
        return private["_at"] if private else None

    @model_validator(mode="wrap")
    @classmethod
    def _read(cls, data: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        if cls.shorthand and isinstance(data, (str, int, float)) and not isinstance(data, bool):
            whole = LocatedDict(position_of(data))
            whole[cls.shorthand] = data
            data = whole
        if isinstance(data, LocatedDict) and info.context and "problems" in info.context:
            data = cls._report_keys(data, info.context["problems"])
        model = handler(data)
        model._at = position_of(data)
        return model

    @classmethod
    def _report_keys(cls, data: LocatedDict, problems: Diagnostics) -> LocatedDict:
        """Reports unknown and missing keys; returns the mapping with the known keys only."""
        if words := cls._torn_words(data):
            problems.error(
                "text-is-mapping",
                f"expected text, found a mapping with the key '{words[0]}'",
                data.at,
                f'text that holds ": " needs quotes: "{words[0]}: {words[1]}"',
            )
            return data
        fields = {f.alias or name: f for name, f in cls.model_fields.items()}
        known = LocatedDict(data.at)
        known.keys_at, known.values_at = data.keys_at, data.values_at
        for key, value in data.items():
            if key in fields and isinstance(value, bool) and _wants_number(fields[key].annotation):
                problems.error(
                    "wrong-type",
                    f"'{key}' should be a number, not {str(value).lower()}",
                    data.values_at.get(key, data.at),
                )
            elif key in fields:
                known[key] = cls._listed(value, fields[key].annotation, data.values_at.get(key, data.at))
            else:
                at, hint = data.keys_at.get(key, data.at), cls._suggest(str(key), list(fields))
                problems.error(
                    "unknown-key", f"unknown key '{key}' in {cls.noun}", at, hint, cls._mend(key, at, hint, data)
                )
        for key, field in fields.items():
            if field.is_required() and key not in data:
                problems.error("missing-key", f"{cls.noun} needs '{key}'", data.at, cls._to_add(key, field))
        return known

    @classmethod
    def _mend(cls, key: str, at: Position | None, hint: str | None, data: LocatedDict) -> Fix | None:
        """The key that a hint suggests, in place of the one that is written."""
        meant = re.fullmatch(r"did you mean '(\w+)'\?", hint or "")
        if meant is None or at is None or key not in data.keys_at or meant[1] in data:
            return None
        return Fix(at, Position(at.file, at.line, at.column + len(key)), meant[1], safe=True, old=key)

    @classmethod
    def _to_add(cls, key: str, field: FieldInfo) -> str:
        """How to mend that a key is missing: what to write, where, and what for."""
        where = re.sub(r"^(?:an?|the) ", "this ", cls.noun)
        annotation: Any = field.annotation
        many = item_of(annotation) is not None
        write = f"'{key}:' to {where}, with '- …' lines under it" if many else f"'{key}: …' to {where}"
        about = (field.description or "").rstrip(".")
        return f"add {write}: {about[:1].lower()}{about[1:]}" if about else f"add {write}"

    @classmethod
    def _listed(cls, value: Any, annotation: Any, at: Position | None) -> Any:
        """The value, as a list of one where it stands alone for a list."""
        if not value or not isinstance(value, (str, int, float)):
            return value  # most values that lists are wanted for are lists
        item = item_of(annotation)
        if item is None or not stands_alone(value, item):
            return value
        out = LocatedList(at)
        out.append(value)
        if at is not None:
            out.items_at.append(at)
        return out

    @classmethod
    def _torn_words(cls, data: LocatedDict) -> tuple[str, str] | None:
        """What was meant as text and became a mapping through the ": " in it; None where it did not."""
        if cls.shorthand is None or len(data) != 1:
            return None
        ((key, rest),) = data.items()
        known = [*cls.model_fields, *cls.synonyms]
        if not isinstance(rest, str) or key in known or difflib.get_close_matches(key, known, n=1, cutoff=0.6):
            return None
        return key, rest

    @classmethod
    def _suggest(cls, key: str, fields: list[str]) -> str | None:
        """A way out for an unknown key: the word that is meant by a synonym of this model or of those it is made from,
        where the model has it; a sentence that a synonym stands for; or the nearest word."""
        synonyms = {
            word: meant for kind in reversed(cls.__mro__) for word, meant in getattr(kind, "synonyms", {}).items()
        }
        synonyms = {word: meant for word, meant in synonyms.items() if meant in fields or " " in meant}
        near = difflib.get_close_matches(key, [*fields, *synonyms], n=1, cutoff=0.6)
        if near and (meant := synonyms.get(near[0])):
            return meant if " " in meant else f"did you mean '{meant}'?"
        return did_you_mean(key, fields)

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = handler(core)
        fields = {f.alias or name: f for name, f in cls.model_fields.items()}
        for key, shape in handler.resolve_ref_schema(schema).get("properties", {}).items():
            annotation: Any = fields[key].annotation if key in fields else None
            item = item_of(annotation)
            if item is not None and shape.get("type") == "array" and stands_alone("x", item):
                said = {word: shape.pop(word) for word in ("description", "default", "title") if word in shape}
                whole = dict(shape)
                shape.clear()
                shape.update({"anyOf": [whole["items"], whole], **said})
        if cls.shorthand:
            return {"anyOf": [{"type": ["string", "number"]}, schema]}
        return schema


class Chosen(Model):
    """What may belong to some variants of a deck only. Reading takes the choice (`reading.variants`): where models are
    made, what is left is in, and both keys are gone."""

    for_: tuple[str, ...] = Field(
        (), alias="for", description="The variants that this is in; all of them unless given."
    )
    not_for: tuple[str, ...] = Field((), description="The variants that this is left out of.")


Priority = Literal["must", "should", "could"]


class Ranked(Chosen):
    """What may be left out where time is short (`planning`)."""

    priority: Priority = Field(
        "should", description="How much it matters when time is short: what could be there goes first, a must stays."
    )
    need: tuple[Name, ...] = Field((), description="Ids of slides and questions without which this makes no sense.")


class Identified(Ranked):
    """What is known by an identity of its own: unique in its deck, kept by copies, the same whenever the deck is
    read. The deck gives it (`content.identity`) once it is whole."""

    _identity: str = PrivateAttr(default="")

    @property
    def identity(self) -> str:
        assert self._identity, f"{self.noun} has its identity from the deck"
        return self._identity


T = TypeVar("T")
Mapped = Annotated[Mapping[str, T], AfterValidator(FrozenDict)]
"""Things by their names, frozen. What a field is unless given is not validated: `default_factory=FrozenDict`."""


def by_name(model: type[Model], pattern: str) -> GetPydanticSchema:
    """The schema of things by name: in a file, and in what is dumped, a mapping whose keys match the pattern; in the model that
    holds them, pairs of name and model."""
    return GetPydanticSchema(
        get_pydantic_core_schema=lambda _t, handler: core_schema.no_info_after_validator_function(
            lambda value: tuple(value.items()),
            core_schema.dict_schema(core_schema.str_schema(pattern=pattern), handler(model)),
            serialization=core_schema.plain_serializer_function_ser_schema(dict),
        )
    )
