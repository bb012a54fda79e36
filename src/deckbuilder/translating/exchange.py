"""Catalogs out as XLIFF, beside their own files, and in again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.reading.deck import Opened
from deckbuilder.reading.locales import catalog_file, read_catalog
from deckbuilder.translating.catalogs import update_catalog, write_catalog
from deckbuilder.translating.messages import Message
from deckbuilder.translating.xliff import read_xliff, write_xliff


def give(opened: Opened, language: str, problems: Diagnostics) -> Path:
    """Writes a catalog's texts as XLIFF, and returns the file."""
    path = catalog_file(opened.file.parent, language)
    catalog = read_catalog(path, language, problems)
    problems.raise_if_errors()
    assert catalog is not None
    out = path.with_suffix(".xlf")
    write_xliff(catalog, str(opened.raw.get("language", "en")), language, opened.file.name, out)
    return out


def take(opened: Opened, language: str, messages: Sequence[Message], file: Path, problems: Diagnostics) -> int:
    """Takes an XLIFF file's translations into a catalog, which is brought up to date before; returns how many there were."""
    folder = opened.file.parent
    update_catalog(folder, language, messages, opened.file.name, problems)
    path = catalog_file(folder, language)
    catalog = read_catalog(path, language, problems)
    problems.raise_if_errors()
    assert catalog is not None
    count = read_xliff(file, catalog)
    write_catalog(catalog, path)
    return count
