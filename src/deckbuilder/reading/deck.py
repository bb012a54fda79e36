"""Reading a deck: the file, its variables, its model and its pictures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from deckbuilder.content.base import Model
from deckbuilder.content.deck import Deck
from deckbuilder.content.session import Session
from deckbuilder.content.vocabulary import WordList
from deckbuilder.diagnostics import Diagnostics, fail
from deckbuilder.reading.checks import check_breaks, check_deck
from deckbuilder.reading.data import fill_data
from deckbuilder.reading.pictures import PictureFile, check_pictures, read_pictures
from deckbuilder.reading.problems import report_errors
from deckbuilder.reading.variables import fill_variables
from deckbuilder.reading.vocabulary import read_vocabulary
from deckbuilder.reading.yaml import read_yaml
from deckbuilder.source import Inputs, LocatedDict, shown_path

ModelT = TypeVar("ModelT", bound=Model)


@dataclass(frozen=True)
class Reading:
    """A deck as read: its content, the session (None without a session file), its picture
    files by the name the deck calls them, and the vocabulary lists that it names."""

    name: str
    folder: Path
    deck: Deck
    session: Session | None
    pictures: dict[str, PictureFile]
    vocabulary: tuple[WordList, ...] = ()


def deck_file(path: Path) -> Path:
    """The deck's YAML file, given that file or the folder that holds `deck.yaml`."""
    return path / "deck.yaml" if path.is_dir() else path


def read_deck(path: Path, session_path: Path | None, problems: Diagnostics, inputs: Inputs | None = None) -> Reading:
    """Reads a deck and, where given, its session file.

    Warnings go to `problems`, the files that are read to `inputs`. Raises DeckError with every problem found.
    """
    inputs = Inputs() if inputs is None else inputs
    file = deck_file(path)
    inputs.add(file)
    if not file.exists():
        raise fail(
            "deck-missing",
            f"there is no deck at {path}",
            None,
            "give the folder that holds deck.yaml, or the file itself; 'deckbuilder new NAME' makes one",
        )
    folder = file.parent
    raw = read_yaml(file, shown_path(file), problems, inputs)
    session = None
    if session_path:
        session_raw = read_yaml(session_path, shown_path(session_path), problems, inputs)
        session = _model(Session, session_raw, "en", problems) if session_raw is not None else None
    deck = None
    pictures: dict[str, PictureFile] = {}
    vocabulary: tuple[WordList, ...] = ()
    if raw is not None:
        language = _language(raw)
        raw = fill_variables(raw, session, language, problems)
        fill_data(raw, folder, language, problems, inputs)
        deck = _model(Deck, raw, language, problems)
        if deck is None:
            check_pictures(raw, folder, problems, inputs)
    if deck is not None:
        check_deck(deck, problems)
        if session is not None:
            check_breaks(deck, session, problems)
        pictures = read_pictures(deck, folder, problems, inputs)
        vocabulary = read_vocabulary(deck.vocabulary, folder, problems, inputs)
    problems.raise_if_errors()
    assert deck is not None
    name = folder.resolve().name if file.name == "deck.yaml" else file.stem
    return Reading(name, folder, deck, session, pictures, vocabulary)


def _language(raw: Any) -> str:
    value = raw.get("language") if isinstance(raw, dict) else None
    return value if isinstance(value, str) else "en"


def _model(model: type[ModelT], raw: Any, language: str, problems: Diagnostics) -> ModelT | None:
    if not isinstance(raw, LocatedDict):
        at = getattr(raw, "at", None)
        problems.error("wrong-type", f"{model.noun} is a mapping of keys", at, "start with lines such as 'title: …'")
        return None
    try:
        return model.model_validate(raw, context={"problems": problems, "language": language})
    except ValidationError as error:
        report_errors(error.errors(include_url=False), raw, problems)
        return None
