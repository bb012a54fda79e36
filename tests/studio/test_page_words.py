"""The page's words: the same in each language, and none that the page asks for is missing."""

from __future__ import annotations

import re
from typing import get_args

import pytest
import yaml

from deckbuilder.content.kinds import AnySlide
from deckbuilder.outputs.catalogue import OUTPUTS
from deckbuilder.studio.answers import HERE
from deckbuilder.studio.words import NAMES, chosen, words

_HOLE = re.compile(r"\{\w+\}")


@pytest.mark.parametrize("language", sorted(NAMES))
def test_each_language_says_all_of_it(language: str) -> None:
    own = yaml.safe_load((HERE / "words" / f"{language}.yaml").read_text("utf-8"))
    english = words("en")
    assert set(own) == set(english)
    for name, said in own.items():
        assert isinstance(said, str), name
        assert said.strip(), name
        assert set(_HOLE.findall(said)) == set(_HOLE.findall(english[name])), name
    assert {f"kind_{kind.model_fields['kind'].annotation.__args__[0]}" for kind in get_args(AnySlide)} <= set(own)
    assert {f"out_{output.name}{more}" for output in OUTPUTS for more in ("", "_text")} <= set(own)


def test_the_page_asks_for_no_other_words() -> None:
    asked: set[str] = set()
    for file in (HERE / "static").glob("*.js"):
        asked |= set(re.findall(r'\bsay\("(\w+)"', file.read_text("utf-8")))
    for file in (HERE / "templates").glob("*.html"):
        asked |= set(re.findall(r"\bsay\.(\w+)", file.read_text("utf-8")))
    assert asked - set(words("en")) == set()


def test_the_language_is_what_somebody_chose_else_what_the_browser_wants() -> None:
    assert chosen("fr", "de-DE,de") == "fr"
    assert chosen(None, "pt-BR, es;q=0.8, en;q=0.5") == "es"
    assert chosen("xx", "pt-BR") == "en"
