"""Files replaced in one go."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from deckbuilder.diagnostics import fail


def replace_file(path: Path, text: str) -> None:
    """Replaces a file's text, or makes the file: whoever reads it, or loses power, has the one or the other. Its rights
    stay; a link goes on leading to it. Raises DeckError where it cannot be written; it is as it was then."""
    temporary = ""
    target = path.resolve()
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
        os.replace(temporary, target)
    except OSError as error:
        with suppress(OSError):
            os.unlink(temporary)
        raise fail("output-unwritable", f"{path} cannot be written: {error.strerror or error}") from error


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
