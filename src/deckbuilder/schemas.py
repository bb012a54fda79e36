"""The JSON Schemas of the files that people write, by which editors complete, explain and check as they type; and that of
what `check --format json` prints, which is as strict as its program can be.

A schema takes every file that builds. Where reading is lenient, it is too: one word for a list, a number where
text is wanted, a number in quotes, a template in its place. Some of what is an error it lets pass; `check` tells.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deckbuilder.diagnostics import fail

if TYPE_CHECKING:
    from pydantic import BaseModel

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
# What a string has to look like to stand for a number, or for true or false: itself, or a template that makes it.
_AS_NUMBER = r"^\s*[-+]?[0-9]*\.?[0-9]+\s*$|\{[{%]"
_AS_BOOLEAN = r"^\s*([Tt]rue|TRUE|[Ff]alse|FALSE|[Yy]es|YES|[Nn]o|NO|[Oo]n|ON|[Oo]ff|OFF|[YyNnTtFf01])\s*$|\{[{%]"


def schema_text(name: str) -> str:
    """The schema of that name, one of `SCHEMAS`, as text."""
    made = SCHEMAS[name]()
    for part in _parts(made) if name != "findings" else ():
        _lenient(part)
    whole = {"$schema": _DIALECT, "title": _TITLES[name], **{k: v for k, v in made.items() if k != "title"}}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def write_schema(name: str, path: Path) -> None:
    """Writes the schema to a file, over an earlier one. Raises DeckError when it cannot."""
    try:
        path.write_text(schema_text(name), encoding="utf-8")
    except OSError as error:
        raise fail("output-unwritable", f"{path} cannot be written: {error.strerror or error}") from error


def _deck() -> Schema:
    from deckbuilder.content.deck import Deck

    schema = _of_content(Deck)
    patterns = schema["properties"]["variants"]["patternProperties"]
    for pattern, variant in patterns.items():  # one that says nothing of itself is a name alone
        patterns[pattern] = {"anyOf": [variant, {"type": "null"}]}
    _with_take(schema["$defs"], ("Reference", "Term", "Question", "Picture"))
    slides = schema["$defs"]["Section"]["properties"]["slides"]
    slides["items"]["oneOf"].append({"$ref": "#/$defs/Take"})
    return schema


def _library() -> Schema:
    from deckbuilder.content.library import Library

    schema = _of_content(Library)
    _with_take(schema["$defs"], ("Question", "Picture"))
    for key in ("questions", "slides"):  # each has an id in a library
        items = schema["properties"][key].get("items")
        if items is None:  # one may stand alone
            items = next(part["items"] for part in schema["properties"][key]["anyOf"] if "items" in part)
            schema["properties"][key].update(type="array", items=items)
            del schema["properties"][key]["anyOf"]
        schema["properties"][key]["items"] = {"allOf": [items, {"type": "object", "required": ["id"]}]}
    return schema


def _with_take(models: Schema, names: tuple[str, ...]) -> None:
    """What may be taken in from a library in place of being written."""
    models["Take"] = {
        "type": "object",
        "description": "Taken in from the library; other keys say what is otherwise here.",
        "properties": {"take": {"type": "string", "description": "The id that it has in the library."}},
        "required": ["take"],
    }
    for name in names:
        models[name] = {"anyOf": [models[name], {"$ref": "#/$defs/Take"}]}


def _of_content(kind: type[BaseModel]) -> Schema:
    """The schema of a deck, or of what it is made of: each part may say which variants it is for."""
    schema = kind.model_json_schema(by_alias=True)
    for name, model in schema["$defs"].items():
        kind_of = model.get("properties", {}).get("kind", {})
        if "const" in kind_of:  # what stands at the word that editors show the description of
            kind_of["description"] = " ".join(model["description"].split())
        for part in (model, *model.get("anyOf", ())):  # some may be a word in place of a mapping
            if "properties" in part:
                for key, said in _CHOICE.items() if name not in _WHOLE else ():
                    part["properties"].setdefault(key, {"description": said})
                _with_choices(part["properties"])
    _with_choices(schema["properties"])
    schema["$defs"] |= _CHOICES
    return schema


# What stands once in a deck, or is no part of it, is for no variant; everything else may say so.
_WHOLE = ("DeckHandout", "GuideOptions", "Preparation", "Variant")
_CHOICE = {
    "for": "The variants that this is in; all of them unless given.",
    "not_for": "The variants that this is left out of.",
}
_CHOICES: Schema = {
    "VariantNames": {
        "description": "Names of variants.",
        "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
    },
    "ChosenText": {
        "type": "object",
        "description": "A text of some variants only.",
        "properties": {
            "text": {"type": ["string", "number"], "description": "The text."},
            "for": {"$ref": "#/$defs/VariantNames", "description": "The variants that it is in."},
            "not_for": {"$ref": "#/$defs/VariantNames", "description": "The variants that it is left out of."},
        },
        "required": ["text"],
        "additionalProperties": False,
    },
    "ChosenTexts": {
        "anyOf": [
            {"$ref": "#/$defs/ChosenText"},
            {"type": "array", "items": {"anyOf": [{"type": ["string", "number"]}, {"$ref": "#/$defs/ChosenText"}]}},
        ]
    },
}


def _with_choices(properties: Schema) -> None:
    """Texts may say which variants they are for, and where they may have paragraphs, each of them."""
    from deckbuilder.reading.choosing import BODIES, TEXTS

    for name, part in properties.items():
        if name in ("for", "not_for"):
            said = part["description"]
            part.clear()
            part.update({"$ref": "#/$defs/VariantNames", "description": said})
        for texts in part.get("anyOf", ()):
            if name in TEXTS and texts.get("type") == "array" and "properties" not in texts["items"]:
                texts["items"] = {"anyOf": [texts["items"], {"$ref": "#/$defs/ChosenText"}]}
        if name in BODIES and "$ref" not in part:
            part["anyOf"] = part.get("anyOf") or [{"type": part.pop("type")}]
            part["anyOf"].append({"$ref": "#/$defs/ChosenTexts"})


def _session() -> Schema:
    from deckbuilder.content.session import Session

    return Session.model_json_schema(by_alias=True)


def _vocabulary() -> Schema:
    from deckbuilder.content.vocabulary import Vocabulary

    schema = Vocabulary.model_json_schema(by_alias=True)
    models = schema.pop("$defs")
    terms = {"type": "array", "items": {"$ref": "#/$defs/Wording"}, "description": "The terms alone."}
    return {"$defs": {**models, "Vocabulary": schema}, "anyOf": [{"$ref": "#/$defs/Vocabulary"}, terms]}


def _brand() -> Schema:
    """A `_brand.yml`: what is under `defaults: deckbuilder:` in full, the rest as the convention has it."""
    from deckbuilder.theme.specs import ThemeSpec

    theme = ThemeSpec.model_json_schema(by_alias=True)
    models = theme.pop("$defs")
    words = _vocabulary()["$defs"]
    own = {"type": "string", "description": "The name of a list."}
    one = {"anyOf": [own, {"$ref": "#/$defs/Wording"}, {"$ref": "#/$defs/Vocabulary"}]}
    vocabulary = theme["properties"]["vocabulary"]
    vocabulary["anyOf"] = [one, {"type": "array", "items": one}, {"type": "null"}]
    for laid in _laid_over(theme, models):
        laid.pop("required", None)
    convention = {
        "meta": "Name and links of the brand.",
        "logo": "Its logos: files, by size and by the ground that they stand on.",
        "color": "Its palette, and what its colours are for.",
        "typography": "Its fonts and their files, and where they are used.",
    }
    properties: Schema = {key: {"description": said} for key, said in convention.items()}
    properties["defaults"] = {
        "type": ["object", "null"],
        "description": "What tools want to know beyond the convention.",
        "properties": {"deckbuilder": {"anyOf": [{"$ref": "#/$defs/ThemeSpec"}, {"type": "null"}]}},
    }
    return {"$defs": {**models, **words, "ThemeSpec": theme}, "type": "object", "properties": properties}


def _organisation() -> Schema:
    from deckbuilder.content.checks import Organisation

    return Organisation.model_json_schema(by_alias=True)


def _catalogue() -> Schema:
    from deckbuilder.content.catalogue import Catalogue

    return Catalogue.model_json_schema(by_alias=True)


def _findings() -> Schema:
    """What `check --format json` prints."""
    from deckbuilder.rules import RULES

    def whole(**properties: Schema) -> Schema:
        return {
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }

    def said(kind: str | list[str], words: str) -> Schema:
        return {"type": kind, "description": words}

    count = {"type": "integer", "minimum": 0}
    page = {"type": ["integer", "null"], "minimum": 1}
    place = whole(line={"type": "integer", "minimum": 1}, column={"type": "integer", "minimum": 1})
    fix = whole(
        file=said("string", "The file to change."),
        start=place,
        end=place,
        text=said("string", "What stands there afterwards, in place of what is between start and end."),
        safe=said("boolean", "Whether 'check --fix' does it: no word means anything else afterwards."),
    )
    finding = whole(
        severity={"enum": ["error", "warning", "note"]},
        code={"enum": sorted(RULES), "description": "The rule; docs/checks.md says why it matters."},
        file=said(["string", "null"], "The file as it was named, or null where no file is to blame."),
        line={"type": ["integer", "null"], "minimum": 1},
        column={"type": ["integer", "null"], "minimum": 1, "description": "Counted in characters from 1."},
        message=said("string", "What is wrong."),
        hint=said(["string", "null"], "A way out."),
        end={"anyOf": [place, {"type": "null"}], "description": "Behind the last character of what it is about."},
        text=said(["string", "null"], "What the file has from there to the end."),
        seen={
            **whole(slides={"type": "array", "items": {"type": "integer"}, "maxItems": 2}, handout=page, guide=page),
            "description": "Where readers will meet it: the first and last slide, and pages.",
        },
        fix={"anyOf": [fix, {"type": "null"}], "description": "A replacement that mends it exactly."},
    )
    paper = whole(
        name=said("string", "What the files of the variant and language are called."),
        theme={"type": "string"},
        document={"enum": ["handout", "guide"]},
        pages=count,
        sheets=count,
    )
    deck = whole(
        deck=said("string", "The deck, as it was named."),
        session=said(["string", "null"], "Its session file."),
        usable=said("boolean", "Whether it can be built: there are no errors."),
        findings={"type": "array", "items": finding},
        papers={"type": "array", "items": paper, "description": "How much paper the documents take."},
    )
    fixed = whole(
        code={"type": "string"},
        file={"type": "string"},
        line={"type": "integer"},
        column={"type": "integer"},
        before={"type": "string"},
        after={"type": "string"},
    )
    return whole(
        version={"const": 1, "description": "Of this form; raised when a program that reads it would have to change."},
        program=said("string", "Which deckbuilder."),
        decks={"type": "array", "items": deck},
        fixed={"type": "array", "items": fixed, "description": "What 'check --fix' did."},
        counts=whole(errors=count, warnings=count, notes=count),
    )


def _laid_over(schema: Schema, models: dict[str, Schema]) -> Iterator[Schema]:
    """The schema's mappings that are laid over those of `standard.yaml`, and so need not say everything. What
    stands in a list replaces the list, and is whole."""
    yield schema
    inner = [*schema.get("properties", {}).values(), schema.get("additionalProperties")]
    for part in [p for p in inner if isinstance(p, dict)]:
        for choice in [part, part.get("additionalProperties"), *part.get("anyOf", ())]:
            if isinstance(choice, dict) and "$ref" in choice:
                yield from _laid_over(models[choice["$ref"].rpartition("/")[2]], models)


def _parts(schema: Any) -> Iterator[Schema]:
    """The schema and all schemas in it."""
    if isinstance(schema, list):
        for item in schema:
            yield from _parts(item)
    elif isinstance(schema, dict):
        yield schema
        for key, value in schema.items():
            if key in ("properties", "$defs"):
                yield from _parts(list(value.values()))
            elif key not in ("default", "const", "enum", "required"):
                yield from _parts(value)


def _lenient(schema: Schema) -> None:
    match schema.get("type"):
        case "integer" | "number" as plain:
            schema.update(type=[plain, "string"], pattern=_AS_NUMBER)
        case "boolean":
            schema.update(type=["boolean", "string"], pattern=_AS_BOOLEAN)


SCHEMAS: dict[str, Callable[[], Schema]] = {
    "deck": _deck,
    "session": _session,
    "brand": _brand,
    "vocabulary": _vocabulary,
    "organisation": _organisation,
    "library": _library,
    "catalogue": _catalogue,
    "findings": _findings,
}
_TITLES = {
    "deck": "A deckbuilder deck",
    "session": "A session of a deckbuilder deck",
    "brand": "A brand, as a deckbuilder theme",
    "vocabulary": "A deckbuilder vocabulary list",
    "organisation": "What an organisation wants of its deckbuilder decks",
    "catalogue": "A catalogue of deckbuilder sets",
    "library": "A library of what deckbuilder decks share",
    "findings": "What deckbuilder check finds",
}
