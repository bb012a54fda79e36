"""An organisation's file: what it wants of every deck that lies below it."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from deckbuilder.content.checks import Organisation
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.reading.problems import errors_of, report_errors
from deckbuilder.reading.yaml import read_yaml
from deckbuilder.source import Inputs, LocatedDict, shown_path

NAME = "organisation.yaml"


def organisation_file(folder: Path) -> Path | None:
    """The nearest file of an organisation's, in the folder or in one above it; None where there is none."""
    folder = folder.resolve()
    return next((place / NAME for place in (folder, *folder.parents) if (place / NAME).is_file()), None)


def read_organisation(folder: Path, problems: Diagnostics, inputs: Inputs) -> Organisation:
    """The nearest `organisation.yaml`, in the folder or in one above it; one that says nothing where there is none."""
    path = organisation_file(folder)
    if path is None:
        return Organisation()
    raw = read_yaml(path, shown_path(path), problems, inputs)
    if not isinstance(raw, LocatedDict):
        if raw is not None:
            problems.error("wrong-type", f"{shown_path(path)} is a mapping of keys", None, "start with 'checks:'")
        return Organisation()
    try:
        return Organisation.model_validate(raw, context={"problems": problems, "language": "en"})
    except ValidationError as error:
        report_errors(errors_of(error), raw, problems)
        return Organisation()
