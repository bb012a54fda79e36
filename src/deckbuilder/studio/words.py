"""The words of the page, a file a language in `words/`."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml

NAMES = {"en": "English", "es": "Español", "fr": "Français", "de": "Deutsch"}
_FIRST = "en"


@cache
def words(language: str) -> dict[str, str]:
    """The words in a language, by their names; those that a file lacks are English."""
    own = _read(language) if language in NAMES else {}
    return {**_read(_FIRST), **own}


def chosen(asked: str | None, accepted: str) -> str:
    """The language of the page: the one that somebody chose, else the first of an Accept-Language header's that there is."""
    if asked in NAMES:
        return str(asked)
    tags = [tag.strip().split(";")[0] for tag in accepted.split(",")]
    return next((tag[:2].lower() for tag in tags if re.match(r"(en|es|fr|de)\b", tag, re.IGNORECASE)), _FIRST)


def _read(language: str) -> dict[str, str]:
    text = files("deckbuilder.studio").joinpath("words", f"{language}.yaml").read_text("utf-8")
    return {str(key): str(value) for key, value in yaml.safe_load(text).items()}
