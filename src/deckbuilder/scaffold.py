"""A deck to start from, and the schema that editors check it by."""

from __future__ import annotations

import json
import re
import shutil
from importlib.resources import files
from pathlib import Path

from deckbuilder.diagnostics import fail


def deck_schema() -> str:
    """The JSON Schema of deck.yaml, as text."""
    from deckbuilder.content.deck import Deck

    schema = Deck.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "A deckbuilder deck"
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def make_deck(folder: Path) -> list[Path]:
    """Makes a deck in a new folder; returns its files. Raises DeckError when it cannot."""
    if not re.search(r"\w", folder.name):
        raise fail(f"'{folder}' is no name for a deck", None, "for example: deckbuilder new my-training")
    if folder.exists():
        raise fail(f"{folder} exists already", None, "choose another name; nothing was changed")
    template = files("deckbuilder").joinpath("starter")
    try:
        shutil.copytree(str(template), folder)
        (folder / "deck.schema.json").write_text(deck_schema(), encoding="utf-8")
    except OSError as error:
        raise fail(
            f"{folder} cannot be made: {error.strerror or error}", None, "is the folder above it there, and yours?"
        ) from error
    return sorted(p for p in folder.rglob("*") if p.is_file())
