"""What forms call things, in the page's language: a file a language in `words/`."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from deckbuilder.content.base import Model
from deckbuilder.frozen import dataclass

_FIRST = "en"


@dataclass(frozen=True)
class Labels:
    """The words of one language: of fields (by their key, or by `model.key` where one key means several things), of kinds
    and what they are for, of choices, of things in lists, and the help of fields by its English."""

    fields: dict[str, str]
    kinds: dict[str, str]
    uses: dict[str, str]
    choices: dict[str, str]
    nouns: dict[str, str]
    helps: dict[str, str]

    def field(self, model: type[Model], key: str) -> str:
        names = [f"{kind.__name__}.{key}" for kind in model.__mro__]
        return next((self.fields[name] for name in [*names, key] if name in self.fields), _spelt(key))

    def kind(self, kind: str) -> str:
        return self.kinds.get(kind, _spelt(kind))

    def use(self, kind: str, model: type[Model]) -> str:
        own = " ".join((model.__dict__.get("__doc__") or "").split()).replace("`", "'")
        return self.uses.get(kind, own)

    def help(self, model: type[Model], key: str, english: str) -> str:
        return self.helps.get(english, english)

    def choice(self, model: type[Model], choice: str) -> str:
        return self.choices.get(f"{model.__name__}.{choice}", self.choices.get(choice, _spelt(choice)))

    def noun(self, model: type[Model]) -> str:
        return self.nouns.get(model.__name__, _spelt(re.sub(r"^(?:an?|the) ", "", model.noun)))


def _spelt(key: str) -> str:
    words = key.replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


@cache
def labels(language: str) -> Labels:
    """The words in a language; English where there are none."""
    first = _read(_FIRST)
    own = _read(language) if language != _FIRST else first
    names = ("fields", "kinds", "uses", "choices", "nouns", "helps")
    return Labels(*({**first.get(name, {}), **own.get(name, {})} for name in names))


@cache
def _read(language: str) -> dict[str, Any]:
    if not re.fullmatch(r"[a-z]{2}", language):
        return {}
    file = files("deckbuilder.editing").joinpath("words", f"{language}.yaml")
    read = yaml.safe_load(file.read_text("utf-8")) if file.is_file() else {}
    return read if isinstance(read, dict) else {}
