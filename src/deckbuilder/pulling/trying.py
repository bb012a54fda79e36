"""A deck's text read as it would be after changes, beside what it reads, to see what would not hold."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from deckbuilder import api
from deckbuilder.content.deck import Deck
from deckbuilder.diagnostics import DeckError, Diagnostic, Severity
from deckbuilder.editing.applying import written
from deckbuilder.editing.slides import Place, slide_fields
from deckbuilder.reading.organisation import NAME as ORGANISATION


def errors_in(
    text: str, files: Mapping[str, bytes], folder: Path, content: api.Content, session: Path | None, scratch: Path
) -> list[Diagnostic]:
    """The errors of a deck in `folder` if deck.yaml had this text and these files were new or changed there. `content` is
    the deck as it is read now; `scratch` is an empty folder that it is tried in."""
    folder = folder.resolve()
    read = [path.resolve() for path in content.inputs if path.is_file()]
    homes = [folder, *([content.library.resolve()] if content.library else [])]
    own = [path for path in read if path.name == ORGANISATION or any(map(path.is_relative_to, homes))]
    root = Path(os.path.commonpath([*homes, *(path.parent for path in own)]))
    tried = scratch / folder.relative_to(root)
    tried.mkdir(parents=True, exist_ok=True)
    for path in own:
        if not (path.is_relative_to(folder) and str(path.relative_to(folder)) in files):
            there = scratch / path.relative_to(root)
            there.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(path, there)
            except OSError:
                shutil.copyfile(path, there)
    for name, data in {**files, "deck.yaml": text.encode("utf-8")}.items():
        (tried / name).parent.mkdir(parents=True, exist_ok=True)
        (tried / name).unlink(missing_ok=True)
        (tried / name).write_bytes(data)
    try:
        api.read(tried, session=session)
    except DeckError as error:
        return [one for one in error.diagnostics if one.severity is Severity.ERROR]
    return []


def field_of(text: str, error: Diagnostic, place: Place) -> tuple[str | None, str]:
    """The id of the slide that an error lies in, and its field; None outside of slides, "" outside of fields."""
    if error.at is None:
        return None, ""
    offset = sum(map(len, text.splitlines(keepends=True)[: error.at.line - 1])) + error.at.column - 1
    w = written(text, Deck)
    for name, fields in zip(place.slides(w), slide_fields(w), strict=True):
        span, keys = fields
        if offset in span:
            return name, next((key for key, own in keys.items() if offset in own), "")
    return None, ""
