"""Things to start from: a deck with the schemas that editors check it by, a document's template, a vocabulary."""

from __future__ import annotations

import re
import shutil
from importlib.resources import files
from pathlib import Path

from deckbuilder.diagnostics import did_you_mean, fail
from deckbuilder.reading.vocabulary import shipped_lists


def make_deck(folder: Path) -> list[Path]:
    """Makes a deck in a new folder; returns its files. Raises DeckError when it cannot."""
    if not re.search(r"\w", folder.name):
        raise fail("bad-name", f"'{folder}' is no name for a deck", None, "for example: deckbuilder new my-training")
    if folder.exists():
        raise fail("file-exists", f"{folder} exists already", None, "choose another name; nothing was changed")
    from deckbuilder.schemas import schema_text

    template = files("deckbuilder").joinpath("starter")
    try:
        shutil.copytree(str(template), folder)
        for name in ("deck", "session"):
            (folder / f"{name}.schema.json").write_text(schema_text(name), encoding="utf-8")
    except OSError as error:
        raise fail(
            "output-unwritable",
            f"{folder} cannot be made: {error.strerror or error}",
            None,
            "is the folder above it there, and yours?",
        ) from error
    return sorted(p for p in folder.rglob("*") if p.is_file())


def copy_template(name: str, folder: Path) -> Path:
    """Copies a built-in template of the documents into a folder; returns the copy.

    Raises DeckError when there is none of that name, or a file is in the way.
    """
    from deckbuilder.outputs.markup.templating import BUILT_IN, TEMPLATES

    if name not in TEMPLATES:
        raise fail("template-missing", f"there is no template '{name}'", None, did_you_mean(name, TEMPLATES))
    target = folder / f"{name}.xml"
    if target.exists():
        raise fail(
            "file-exists", f"{target} exists already", None, "nothing was changed; give another folder with --to"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(BUILT_IN / target.name, target)
    except OSError as error:
        raise fail(
            "output-unwritable",
            f"{target} cannot be made: {error.strerror or error}",
            None,
            "is the folder above it there, and yours?",
        ) from error
    return target


def used_templates(deck: Path | None, theme: str) -> dict[str, Path | None]:
    """The file of each template of the documents, by name: the deck's, else the theme pack's, None for the built-in one. `deck`
    is the deck's file or folder, None for the theme's alone. Raises DeckError when there is no such theme."""
    from deckbuilder.outputs.markup.templating import TEMPLATES, template_file
    from deckbuilder.outputs.source import template_folders
    from deckbuilder.reading.deck import deck_file
    from deckbuilder.theme.pack import find_theme

    folders = template_folders(deck_file(deck).parent if deck else None, find_theme(theme))
    files = {name: template_file(f"{name}.xml", folders) for name in TEMPLATES}
    return {name: file if file.parent in folders else None for name, file in files.items()}


def vocabularies() -> dict[str, Path]:
    """The vocabularies that come along, by name, each with its file."""
    return shipped_lists()


def copy_vocabulary(name: str, folder: Path) -> Path:
    """Copies a vocabulary that comes along into a folder; returns the copy. Raises DeckError when there is none
    of that name, or a file is in the way."""
    known = vocabularies()
    if name not in known:
        raise fail("vocabulary-missing", f"there is no vocabulary list '{name}'", None, did_you_mean(name, known))
    target = folder / known[name].name
    if target.exists():
        raise fail(
            "file-exists", f"{target} exists already", None, "nothing was changed; give another folder with --to"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target.write_bytes(known[name].read_bytes())
    except OSError as error:
        raise fail("output-unwritable", f"{target} cannot be made: {error.strerror or error}") from error
    return target
