"""What was pulled, written into the deck's folder."""

from __future__ import annotations

from pathlib import Path

from deckbuilder.diagnostics import fail
from deckbuilder.editing.document import Document
from deckbuilder.editing.saving import replace_bytes, replace_file
from deckbuilder.pulling.found import Pulled
from deckbuilder.reading.deck import deck_file


def write(pulled: Pulled, deck: Path) -> list[Path]:
    """Writes what was found into the deck's folder, after copies of the files that it changes; returns what was written. An
    edit of the studio's can be undone there, and so can this. Raises DeckError for a file that cannot be written, or has
    changed meanwhile."""
    file = deck_file(deck)
    folder = file.parent
    if file.read_bytes().decode("utf-8") != pulled.before:
        raise fail("file-unreadable", f"{file} has changed meanwhile", None, "try again; nothing was written")
    out: list[Path] = []
    for name, data in pulled.pictures.items():
        replace_bytes(folder / name, data)
        out.append(folder / name)
    for name, text in pulled.data.items():
        out.append(_copy(folder / name))
        replace_file(folder / name, text)
    if pulled.before != pulled.after:
        out.append(_copy(file))
        Document(file).rewrite(pulled.after)
    return [*out, *(folder / name for name in pulled.data), *([file] if pulled.before != pulled.after else [])]


def _copy(file: Path) -> Path:
    """A copy of a file beside it, under a name that none has."""
    number = 1
    while True:
        copy = file.with_name(f"{file.stem}.before{'' if number == 1 else f'-{number}'}{file.suffix}")
        if not copy.exists():
            replace_bytes(copy, file.read_bytes())
            return copy
        number += 1
