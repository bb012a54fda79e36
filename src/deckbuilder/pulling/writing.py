"""What was pulled, written into the deck's folder."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from deckbuilder.diagnostics import DeckError, fail
from deckbuilder.editing.document import Document
from deckbuilder.editing.saving import replace_bytes
from deckbuilder.pulling.found import Pulled
from deckbuilder.reading.deck import deck_file


def write(pulled: Pulled, deck: Path) -> list[Path]:
    """Writes what was found into the deck's folder, after copies of the files that it changes; returns what was written. An
    edit of the studio's can be undone there, and so can this. Raises DeckError for a file that cannot be written, or has
    changed meanwhile: then all is as it was before."""
    file = deck_file(deck)
    folder = file.parent
    if file.read_bytes().decode("utf-8") != pulled.before:
        raise fail("file-unreadable", f"{file} has changed meanwhile", None, "try again; nothing was written")
    parts = {folder / name: data for name, data in pulled.pictures.items()}
    parts |= {folder / name: text.encode("utf-8") for name, text in pulled.data.items()}
    before = {path: path.read_bytes() if path.is_file() else None for path in parts}
    copied: list[Path] = []
    try:
        copied += [_copy(folder / name) for name in pulled.data]
        for path, data in parts.items():
            replace_bytes(path, data)
        if pulled.before != pulled.after:
            copied.append(_copy(file))
            Document(file).rewrite(pulled.after)
    except BaseException:
        _taken_back(before, copied)
        raise
    return [*copied, *parts, *([file] if pulled.before != pulled.after else [])]


def _taken_back(before: dict[Path, bytes | None], copied: list[Path]) -> None:
    """Makes files again what they were before, None for those that were not there, as far as the disk lets it."""
    with suppress(DeckError, OSError):
        for path, data in before.items():
            if data is None:
                path.unlink(missing_ok=True)
            elif path.read_bytes() != data:
                replace_bytes(path, data)
        for path in copied:
            path.unlink(missing_ok=True)


def _copy(file: Path) -> Path:
    """A copy of a file beside it, under a name that none has."""
    number = 1
    while True:
        copy = file.with_name(f"{file.stem}.before{'' if number == 1 else f'-{number}'}{file.suffix}")
        if not copy.exists():
            replace_bytes(copy, file.read_bytes())
            return copy
        number += 1
