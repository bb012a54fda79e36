"""How much rules matter to a deck, a theme pack or an organisation."""

from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import Field, GetPydanticSchema, ValidationInfo
from pydantic_core import PydanticCustomError, core_schema

from deckbuilder.content.base import Model
from deckbuilder.content.text import Name
from deckbuilder.content.vocabulary import OneOrMore
from deckbuilder.diagnostics import did_you_mean
from deckbuilder.rules import RULES
from deckbuilder.source import LocatedDict

Level = Literal["off", "note", "warning", "error"]
LEVELS: tuple[Level, ...] = get_args(Level)


def _read(value: Any, info: ValidationInfo) -> tuple[tuple[str, Level], ...]:
    """Levels by rule. Wrong keys and levels are reported where they stand, and left out."""
    if not isinstance(value, dict):
        raise PydanticCustomError("wrong-type", "should be a mapping", {"hint": "write 'rule: level' lines"})
    problems = (info.context or {}).get("problems")
    places = value if isinstance(value, LocatedDict) else LocatedDict()
    out: list[tuple[str, Level]] = []
    for code, level in value.items():
        level = "off" if level is False else level  # noqa: PLW2901  YAML's false says the same
        rule = RULES.get(str(code))
        if rule is not None and rule.adjustable and level in LEVELS:
            out.append((rule.code, level))
        elif problems is None:
            raise PydanticCustomError("unknown-value", "there is no such rule, or no such level", {"hint": ""})
        elif rule is None:
            adjustable = (rule.code for rule in RULES.values() if rule.adjustable)
            at = places.keys_at.get(code, places.at)
            problems.error("unknown-key", f"there is no rule '{code}'", at, did_you_mean(str(code), adjustable))
        elif not rule.adjustable:
            at = places.keys_at.get(code, places.at)
            hint = "what it tells of cannot be built, or would be lost"
            problems.error("unknown-value", f"the rule '{code}' is an error wherever it speaks", at, hint)
        else:
            at = places.values_at.get(code, places.at)
            problems.error("unknown-value", f"there is no level '{level}'", at, did_you_mean(str(level), LEVELS))
    return tuple(out)


def _schema() -> dict[str, Any]:
    level = {"enum": [False, *LEVELS]}
    rules = {r.code: {**level, "description": r.when or r.why} for r in RULES.values() if r.adjustable}
    return {"type": "object", "properties": rules, "additionalProperties": False}


Checks = Annotated[
    tuple[tuple[str, Level], ...],
    GetPydanticSchema(
        get_pydantic_core_schema=lambda _t, _h: core_schema.with_info_plain_validator_function(
            _read, json_schema_input_schema=core_schema.dict_schema()
        ),
        get_pydantic_json_schema=lambda _s, _h: _schema(),
    ),
]
"""Levels by rule, each rule with what it is turned up or down to."""


class Organisation(Model):
    """What an organisation wants of all its decks: `organisation.yaml` beside a deck, or in a folder above it."""

    noun: ClassVar[str] = "an organisation's file"
    checks: Checks = Field((), description="Levels of rules: off, note, warning or error.")
    spelling: Annotated[tuple[Name, ...], OneOrMore()] = Field(
        (), description="Words that are right as they are, whatever dictionaries say."
    )
    library: Name | None = Field(
        None, description="The folder of what decks below share, from this file's; a deck may name another."
    )
