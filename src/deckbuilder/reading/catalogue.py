"""A catalogue's file."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from deckbuilder.content.catalogue import Catalogue
from deckbuilder.diagnostics import DeckError, Diagnostics
from deckbuilder.reading.problems import errors_of, report_errors
from deckbuilder.reading.yaml import read_yaml
from deckbuilder.source import LocatedDict, shown_path


def read_catalogue(path: Path) -> Catalogue:
    """The catalogue in the file. Raises DeckError with all that is wrong with it."""
    problems = Diagnostics()
    raw = read_yaml(path, shown_path(path), problems)
    if raw is not None and not isinstance(raw, LocatedDict):
        problems.error("wrong-type", f"{shown_path(path)} is a mapping of keys", None, "start with 'decks:'")
    problems.raise_if_errors()
    try:
        catalogue = Catalogue.model_validate(raw, context={"problems": problems, "language": "en"})
    except ValidationError as error:
        report_errors(errors_of(error), raw, problems)
        raise DeckError(problems) from error
    problems.raise_if_errors()
    return catalogue
