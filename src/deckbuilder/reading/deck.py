"""Reading a deck: the file, its variables, its model and its pictures."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from deckbuilder.content.base import Model
from deckbuilder.content.deck import Deck
from deckbuilder.content.session import Session
from deckbuilder.diagnostics import Diagnostics, did_you_mean, fail
from deckbuilder.reading.data import fill_data
from deckbuilder.reading.pictures import PictureFile, read_pictures
from deckbuilder.reading.problems import report_errors
from deckbuilder.reading.variables import fill_variables
from deckbuilder.reading.yaml import read_yaml
from deckbuilder.source import LocatedDict, Position

ModelT = TypeVar("ModelT", bound=Model)


@dataclass(frozen=True)
class Reading:
    """A deck as read: its content, the session (None without a session file) and its picture
    files by the name the deck calls them."""

    name: str
    folder: Path
    deck: Deck
    session: Session | None
    pictures: dict[str, PictureFile]


def deck_file(path: Path) -> Path:
    """The deck's YAML file, given that file or the folder that holds `deck.yaml`."""
    return path / "deck.yaml" if path.is_dir() else path


def read_deck(path: Path, session_path: Path | None, problems: Diagnostics) -> Reading:
    """Reads a deck and, where given, its session file.

    Warnings go to `problems`. Raises DeckError with every problem found.
    """
    file = deck_file(path)
    if not file.exists():
        raise fail(
            f"there is no deck at {path}",
            None,
            "give the folder that holds deck.yaml, or the file itself; 'deckbuilder new NAME' makes one",
        )
    folder = file.parent
    raw = read_yaml(file, _shown(file), problems)
    session = None
    if session_path:
        session_raw = read_yaml(session_path, _shown(session_path), problems)
        session = _model(Session, session_raw, "en", problems) if session_raw is not None else None
    deck = None
    pictures: dict[str, PictureFile] = {}
    if raw is not None:
        language = _language(raw)
        raw = fill_variables(raw, session, language, problems)
        fill_data(raw, folder, problems)
        deck = _model(Deck, raw, language, problems)
    if deck is not None:
        _check_references(deck, problems)
        _check_tables(deck, problems)
        _check_appendix(deck, problems)
        if session is not None:
            _check_breaks(deck, session, problems)
        pictures = read_pictures(deck, folder, problems)
    problems.raise_if_errors()
    assert deck is not None
    name = folder.resolve().name if file.name == "deck.yaml" else file.stem
    return Reading(name, folder, deck, session, pictures)


def _shown(path: Path) -> str:
    """What messages call a file: relative to the working folder where it lies below it."""
    try:
        return str(path.resolve().relative_to(Path.cwd().resolve()))
    except ValueError:
        return str(path)


def _language(raw: Any) -> str:
    value = raw.get("language") if isinstance(raw, dict) else None
    return value if isinstance(value, str) else "en"


def _model(model: type[ModelT], raw: Any, language: str, problems: Diagnostics) -> ModelT | None:
    if not isinstance(raw, LocatedDict):
        at = getattr(raw, "at", None)
        problems.error(f"{model.noun} is a mapping of keys", at, "start with lines such as 'title: …'")
        return None
    try:
        return model.model_validate(raw, context={"problems": problems, "language": language})
    except ValidationError as error:
        report_errors(error.errors(include_url=False), raw, problems)
        return None


def _check_references(deck: Deck, problems: Diagnostics) -> None:
    known: dict[str, Position | None] = {}
    for reference in deck.references:
        if reference.id in known:
            problems.error(f"two references have the id '{reference.id}'", reference.at, "ids are unique")
        known[reference.id] = reference.at
    cited: set[str] = set()
    ids: set[str] = set()
    for _, slide in deck.slides():
        for source in slide.sources:
            cited.add(source)
            if source not in known:
                problems.error(
                    f"there is no reference '{source}'",
                    getattr(source, "at", None) or slide.at,
                    did_you_mean(source, known) or "add it to the deck's 'references'",
                )
        if slide.id is not None:
            if slide.id in ids:
                problems.error(f"two slides have the id '{slide.id}'", slide.at, "ids are unique")
            ids.add(slide.id)


def _check_tables(deck: Deck, problems: Diagnostics) -> None:
    for _, slide in deck.slides():
        for number, row in enumerate(slide.rows if slide.kind == "table" else [], 1):
            if slide.kind == "table" and len(row) != len(slide.header):
                problems.error(
                    f"row {number} has {len(row)} cells, the header has {len(slide.header)}",
                    next((cell.at for cell in row if cell.at), slide.at),
                    'a cell for each column; "" where there is nothing to say',
                )


def _check_appendix(deck: Deck, problems: Diagnostics) -> None:
    for before, section in itertools.pairwise(deck.sections):
        if before.appendix and not section.appendix:
            problems.error(
                "an appendix comes last; this section follows one", section.at, "move it before the appendix"
            )


def _check_breaks(deck: Deck, session: Session, problems: Diagnostics) -> None:
    places = [s.title.plain for s in deck.sections] + [s.id for _, s in deck.slides() if s.id]
    for pause in session.breaks:
        if pause.after is not None and pause.after not in places:
            problems.error(
                f"no section or slide is called '{pause.after}'", pause.at, did_you_mean(pause.after, places)
            )
