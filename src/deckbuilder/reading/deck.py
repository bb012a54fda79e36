"""Reading a deck: the file, its variables, its model and its pictures."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from deckbuilder.content.base import Model
from deckbuilder.content.checks import Organisation
from deckbuilder.content.deck import Deck, Variant
from deckbuilder.content.edition import Edition
from deckbuilder.content.pictures import PictureFile
from deckbuilder.content.session import Session
from deckbuilder.content.vocabulary import Vocabulary
from deckbuilder.diagnostics import DeckError, Diagnostics, did_you_mean
from deckbuilder.frozen import dataclass, freeze
from deckbuilder.reading.bounds import bounded
from deckbuilder.reading.data import fill_data
from deckbuilder.reading.library import Library, find_library
from deckbuilder.reading.locales import read_translation
from deckbuilder.reading.mending import hides_places, mended
from deckbuilder.reading.organisation import organisation_file, read_organisation
from deckbuilder.reading.pictures import check_pictures, read_pictures
from deckbuilder.reading.problems import errors_of, report_errors
from deckbuilder.reading.sessions import as_titled, in_language, trainers_in_language
from deckbuilder.reading.taken import Taken, cite_facts, take_in
from deckbuilder.reading.translations import at_their_places, check_translated, translated
from deckbuilder.reading.variables import fill_variables
from deckbuilder.reading.variants import projected, read_variants
from deckbuilder.reading.vocabulary import read_vocabulary
from deckbuilder.reading.yaml import read_yaml
from deckbuilder.source import Inputs, LocatedDict, position_of, shown_path

ModelT = TypeVar("ModelT", bound=Model)


@dataclass(frozen=True)
class Reading:
    """A deck as read: its content, the session (None without a session file), its picture
    files by the name the deck calls them, and the vocabulary lists that it names. `library` is the folder of the library that it
    takes from, None without one. `left_out` are the ids, and titles of
    sections, that belong to other variants.

    Where it has errors, they were reported: something plain may stand in for parts of the deck, and the session, pictures
    and lists may be missing.
    """

    name: str
    folder: Path
    deck: Deck
    session: Session | None
    pictures: Mapping[str, PictureFile]
    vocabulary: tuple[Vocabulary, ...] = ()
    left_out: frozenset[str] = frozenset()
    library: Path | None = None

    def __post_init__(self) -> None:
        freeze(self, "pictures")


_OLD = (".pptx", ".pptm", ".potx", ".ppt", ".pps", ".odp", ".md", ".qmd")  # what others make decks in


def deck_file(path: Path) -> Path:
    """The deck's YAML file, given that file or the folder that holds `deck.yaml`."""
    return path / "deck.yaml" if path.is_dir() else path


def deck_name(path: Path) -> str:
    """What a deck is called: its folder, or the file where that is not `deck.yaml`."""
    file = deck_file(path)
    return file.parent.resolve().name if file.name == "deck.yaml" else file.stem


@dataclass(frozen=True)
class Opened:
    """A deck's file and its session's, before anything is made of them: all editions are read from it. `raw` has in it what the
    deck takes in from its `library`, None without one; `taken` is what. `known` tells that the session could be read, or that
    there is none."""

    file: Path
    raw: Any
    session: Session | None
    known: bool
    variants: Mapping[str, Variant]
    organisation: Organisation
    library: Library | None = None
    taken: tuple[Taken, ...] = ()

    @property
    def usual(self) -> Edition:
        """What is built unless somebody asks for something else: the session's variant, or the deck itself."""
        return Edition(str(self.session.variant) if self.session and self.session.variant else None)


def read_deck(path: Path, session_path: Path | None, problems: Diagnostics, inputs: Inputs | None = None) -> Reading:
    """Reads a deck and, where given, its session file, in its usual edition.

    Everything there is to say goes to `problems`, errors too: one of them keeps no other from being found. The files that
    are read go to `inputs`. Raises DeckError where nothing can be read as a deck.
    """
    inputs = Inputs() if inputs is None else inputs
    opened = open_deck(path, session_path, problems, inputs)
    return read_edition(opened, opened.usual, problems, inputs)


def open_deck(path: Path, session_path: Path | None, problems: Diagnostics, inputs: Inputs) -> Opened:
    """The deck's file as data, and its session. As `read_deck` otherwise."""
    file = deck_file(path)
    inputs.add(file)
    if not file.exists():
        problems.error(
            "deck-missing",
            f"there is no deck at {path}",
            None,
            "give the folder that holds deck.yaml, or the file itself; 'deckbuilder new NAME' makes one",
        )
    elif file.suffix.lower() in _OLD:
        hint = f"'deckbuilder import {shlex.quote(str(path))}' makes one of it"
        problems.error("deck-missing", f"{path} is no deck of deckbuilder's", None, hint)
        raise DeckError(problems)
    session = _read_session(session_path, problems, inputs) if session_path else None
    raw = read_yaml(file, shown_path(file), problems, inputs) if file.exists() else None
    if raw is None:
        raise DeckError(problems)
    organisation = read_organisation(file.parent, problems, inputs)
    library = _library(raw, file.parent, organisation, problems, inputs)
    taken = take_in(raw, file.parent, library, problems, organisation.library is not None)
    known = session_path is None or session is not None
    variants = read_variants(raw, problems)
    return Opened(file, raw, session, known, variants, organisation, library, tuple(taken))


def _library(
    raw: Any, folder: Path, organisation: Organisation, problems: Diagnostics, inputs: Inputs
) -> Library | None:
    if not isinstance(raw, LocatedDict):
        return None
    above = organisation_file(folder)
    return find_library(raw, folder, organisation.library, above.parent if above else None, problems, inputs)


def read_edition(
    opened: Opened, edition: Edition, problems: Diagnostics, inputs: Inputs, strict: bool = False
) -> Reading:
    """The deck that an edition is; `strict` makes errors of what is not translated. As `read_deck` otherwise."""
    if edition.variant is not None and edition.variant not in opened.variants:
        problems.error(
            "unknown-variant",
            f"the deck has no variant '{edition.variant}'",
            position_of(opened.session.variant) if opened.session else None,
            did_you_mean(edition.variant, opened.variants) or "name it in the deck's 'variants'",
        )
    language, folder, original = edition.language, opened.file.parent, opened.raw
    translation = read_translation(folder, language, problems, inputs) if language else None
    if language and translation:
        original = translated(original, language, translation, folder)
    here = at_their_places(opened.session, opened.raw, original, _language(opened.raw)) if language else opened.session
    if here is not None and translation:
        here = in_language(here, translation)
    session = _met(here, opened.variants.get(edition.variant or ""))
    left = projected(original, edition.variant, opened.variants, problems)
    raw, language = left.raw, _language(left.raw)
    if opened.session is not None and session is not None and translation:
        trainers_in_language(raw, opened.session, session)
    library = opened.library.folder if opened.library else None
    cite_facts(raw)
    raw = _filled(raw, session, language, problems, opened)
    fill_data(raw, folder, language, problems, inputs, library)
    bounded(raw, problems)
    pictures: dict[str, PictureFile] = {}
    deck, errors = _model(Deck, raw, language, problems)
    if deck is not None:
        pictures = read_pictures(deck, folder, problems, inputs, library)
        if translation:
            files = {shown_path(opened.file), *([opened.library.file] if opened.library else [])}
            check_translated(deck, files, translation, strict, problems)
    else:
        check_pictures(raw, folder, problems, inputs, library)
        paths = [error["loc"] for error in errors]
        deck = mended(raw, paths, language) if paths else None
        if deck is None:
            raise DeckError(problems)
        if session is not None and hides_places(paths):
            session = session.model_copy(update={"breaks": (), "days": (), "leads": ()})
    session = as_titled(session, deck) if session else None
    vocabulary = read_vocabulary(deck.vocabulary, folder, problems, inputs)
    name = edition.named(deck_name(opened.file))
    return Reading(name, folder, deck, session, pictures, vocabulary, left.left_out, library)


def _met(session: Session | None, variant: Variant | None) -> Session | None:
    """The session, online or not as the variant has it."""
    if variant is None or variant.online is None:
        return session
    return (session or Session()).model_copy(update={"online": variant.online})


def _read_session(path: Path, problems: Diagnostics, inputs: Inputs) -> Session | None:
    raw = read_yaml(path, shown_path(path), problems, inputs)
    if raw is None:
        return None
    bounded(raw, problems)
    return _model(Session, raw, "en", problems)[0]


def _filled(raw: Any, session: Session | None, language: str, problems: Diagnostics, opened: Opened) -> Any:
    """The data with variables filled in. Where the session is not known, since it has errors, nothing is said of values
    that it may well have."""
    found = Diagnostics()
    raw = fill_variables(raw, session, language, found, opened.library.facts if opened.library else ())
    problems.extend(one for one in found if opened.known or one.code != "variable-empty")
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
