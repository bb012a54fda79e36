"""Forms ask for every field that there is, as what it is, and say who sees it."""

from importlib.resources import files

import pytest
import yaml

from deckbuilder.content.base import Model
from deckbuilder.content.deck import Deck, Section
from deckbuilder.content.session import Session
from deckbuilder.editing import forms
from deckbuilder.editing.forms import Field, form, kinds
from deckbuilder.editing.labels import Labels
from deckbuilder.editing.refusal import Refused
from deckbuilder.editing.shape import slide_kinds
from deckbuilder.editing.skeletons import skeleton

MODELS: dict[str, type[Model]] = {**slide_kinds(), "deck": Deck, "session": Session, "part": Section}


def everything(fields: tuple[Field, ...]) -> list[Field]:
    inner = [part for field in fields for part in (*field.fields, *((field.item,) if field.item else ()))]
    return [*fields, *(everything(tuple(inner)) if inner else [])]


@pytest.mark.parametrize("kind", MODELS)
def test_a_form_has_every_field_that_nobody_else_asks_for(kind: str) -> None:
    asked = {field.key for field in form(kind).fields}
    there = {info.alias or name for name, info in MODELS[kind].model_fields.items()}
    assert there - asked <= {"kind", "sections", "slides"}
    assert asked <= there
    assert all(field.label for field in everything(form(kind).fields) if field.key)
    assert all(field.help for field in form(kind).fields)


def test_what_only_the_facilitator_sees_is_marked() -> None:
    def marked(kind: str) -> set[str]:
        return {field.key for field in form(kind).fields if field.facilitator}

    common = {"cues", "notes", "virtual", "objectives", "lead"}
    assert marked("points") == common | {"minutes", "materials"}
    assert marked("activity") == common  # whose minutes and materials participants see
    assert marked("deck") == {"planned_minutes", "safety", "preparation", "room", "materials"}
    question = next(field for field in form("points").fields if field.key == "questions").item
    assert question is not None
    assert {f.key for f in question.fields if f.facilitator} == {"listen_for", "follow_ups", "debrief", "virtual"}


@pytest.mark.parametrize(
    ("kind", "key", "widget"),
    [
        ("points", "title", "line"),
        ("points", "points", "points"),
        ("points", "picture", "picture"),
        ("points", "minutes", "minutes"),
        ("break", "minutes", "minutes"),
        ("points", "cues", "cues"),
        ("points", "show", "choices"),
        ("discussion", "questions", "questions"),
        ("table", "rows", "rows"),
        ("chart", "series", "series"),
        ("chart", "chart", "choice"),
        ("chart", "file", "file"),
        ("narrative", "text", "text"),
        ("poll", "join", "address"),
        ("poll", "options", "list"),
        ("video", "video", "link"),
        ("session", "date", "date"),
        ("session", "start", "time"),
        ("session", "online", "switch"),
        ("deck", "glossary", "list"),
        ("deck", "handout", "group"),
    ],
)
def test_a_field_is_asked_for_as_what_it_is(kind: str, key: str, widget: str) -> None:
    assert next(field for field in form(kind).fields if field.key == key).widget == widget


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_forms_speak_the_language_of_the_page(language: str) -> None:
    english = {(kind, f.key): f.label for kind in MODELS for f in form(kind).fields}
    own = {(kind, f.key): f.label for kind in MODELS for f in form(kind, language).fields}
    assert sum(own[key] != label for key, label in english.items()) > 0.8 * len(english)
    assert len({one["help"] for one in kinds(language)} & {one["help"] for one in kinds("en")}) < 5


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_every_kind_has_its_words_in_every_language(language: str) -> None:
    own = yaml.safe_load(files("deckbuilder.editing").joinpath("words", f"{language}.yaml").read_text("utf-8"))
    assert set(own["kinds"]) == set(MODELS)
    assert language == "en" or set(own["uses"]) == set(MODELS)  # English has them of the models


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_everything_that_forms_say_has_its_words_in_every_language(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A word that a language lacks is spelt as its key is, or stands in English, and nobody hears of it."""
    own = yaml.safe_load(files("deckbuilder.editing").joinpath("words", f"{language}.yaml").read_text("utf-8"))
    lacking: list[str] = []

    class Strict(Labels):
        def field(self, model: type[Model], key: str) -> str:
            names = {key, *(f"{kind.__name__}.{key}" for kind in model.__mro__)}
            lacking.extend([] if names & set(own["fields"]) else [f"fields: {model.__name__}.{key}"])
            return key

        def choice(self, model: type[Model], choice: str) -> str:
            known = {choice, f"{model.__name__}.{choice}"} & set(own["choices"]) or choice.isdigit()
            lacking.extend([] if known else [f"choices: {model.__name__}.{choice}"])
            return choice

        def noun(self, model: type[Model]) -> str:
            lacking.extend([] if model.__name__ in own["nouns"] or language == "en" else [f"nouns: {model.__name__}"])
            return model.noun

        def help(self, model: type[Model], key: str, english: str) -> str:
            lacking.extend([] if language == "en" or english in own["helps"] else [f"helps: {english}"])
            return english

    monkeypatch.setattr(forms, "labels", lambda _: Strict({}, {}, {}, {}, {}, {}))
    for kind in MODELS:
        form.__wrapped__(kind, language)
    assert sorted(set(lacking)) == []


def test_there_is_no_form_of_what_there_is_not() -> None:
    with pytest.raises(Refused, match="no form"):
        form("pointz")


@pytest.mark.parametrize("kind", slide_kinds())
def test_a_new_slide_is_one_that_the_models_take(kind: str) -> None:
    slide_kinds()[kind].model_validate(skeleton(kind))
