"""Reading a deck: the file, its variables, its model and its pictures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from deckbuilder.content.base import Model
from deckbuilder.content.deck import Deck
from deckbuilder.content.pictures import PictureFile
from deckbuilder.content.session import Session
from deckbuilder.content.vocabulary import WordList
from deckbuilder.diagnostics import DeckError, Diagnostics
from deckbuilder.reading.bounds import bounded
from deckbuilder.reading.data import fill_data
from deckbuilder.reading.mending import hides_places, mended
from deckbuilder.reading.pictures import check_pictures, read_pictures
from deckbuilder.reading.problems import errors_of, report_errors
from deckbuilder.reading.variables import fill_variables
from deckbuilder.reading.vocabulary import read_vocabulary
from deckbuilder.reading.yaml import read_yaml
from deckbuilder.source import Inputs, LocatedDict, shown_path

ModelT = TypeVar("ModelT", bound=Model)


@dataclass(frozen=True)
class Reading:
    """A deck as read: its content, the session (None without a session file), its picture
    files by the name the deck calls them, and the vocabulary lists that it names.

    Where it has errors, they were reported: something plain may stand in for parts of the deck, and the session, pictures
    and lists may be missing.
    """

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

    Everything there is to say goes to `problems`, errors too: one of them keeps no other from being found. The files that
    are read go to `inputs`. Raises DeckError where nothing can be read as a deck.
    """
    inputs = Inputs() if inputs is None else inputs
    file = deck_file(path)
    inputs.add(file)
    if not file.exists():
        problems.error(
            "deck-missing",
            f"there is no deck at {path}",
            None,
            "give the folder that holds deck.yaml, or the file itself; 'deckbuilder new NAME' makes one",
        )
    session = _read_session(session_path, problems, inputs) if session_path else None
    raw = read_yaml(file, shown_path(file), problems, inputs) if file.exists() else None
    if raw is None:
        raise DeckError(problems)
    folder, language = file.parent, _language(raw)
    raw = _filled(raw, session, language, problems, session_path is None or session is not None)
    fill_data(raw, folder, language, problems, inputs)
    bounded(raw, problems)
    pictures: dict[str, PictureFile] = {}
    deck, errors = _model(Deck, raw, language, problems)
    if deck is not None:
        pictures = read_pictures(deck, folder, problems, inputs)
    else:
        check_pictures(raw, folder, problems, inputs)
        paths = [error["loc"] for error in errors]
        deck = mended(raw, paths, language) if paths else None
        if deck is None:
            raise DeckError(problems)
        if session is not None and hides_places(paths):
            session = session.model_copy(update={"breaks": ()})
    vocabulary = read_vocabulary(deck.vocabulary, folder, problems, inputs)
    name = folder.resolve().name if file.name == "deck.yaml" else file.stem
    return Reading(name, folder, deck, session, pictures, vocabulary)


def _read_session(path: Path, problems: Diagnostics, inputs: Inputs) -> Session | None:
    raw = read_yaml(path, shown_path(path), problems, inputs)
    if raw is None:
        return None
    bounded(raw, problems)
    return _model(Session, raw, "en", problems)[0]


def _filled(raw: Any, session: Session | None, language: str, problems: Diagnostics, known: bool) -> Any:
    """The data with variables filled in. Where the session is not `known`, since it has errors, nothing is said of values
    that it may well have."""
    found = Diagnostics()
    raw = fill_variables(raw, session, language, found)
    problems.extend(one for one in found if known or one.code != "variable-empty")
    return raw


def _language(raw: Any) -> str:
    value = raw.get("language") if isinstance(raw, dict) else None
    return value if isinstance(value, str) else "en"


def _model(
    model: type[ModelT], raw: Any, language: str, problems: Diagnostics
) -> tuple[ModelT | None, list[ErrorDetails]]:
    """What was read, as a model; or None, and pydantic's errors, which are reported."""
    if not isinstance(raw, LocatedDict):
        at = getattr(raw, "at", None)
        problems.error("wrong-type", f"{model.noun} is a mapping of keys", at, "start with lines such as 'title: …'")
        return None, []
    try:
        return model.model_validate(raw, context={"problems": problems, "language": language}), []
    except ValidationError as error:
        errors = errors_of(error)
        report_errors(errors, raw, problems)
        return None, errors
