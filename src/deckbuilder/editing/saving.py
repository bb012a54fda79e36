"""Files replaced in one go."""

from __future__ import annotations

import glob
import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from deckbuilder.diagnostics import fail

_AT_WORK = 10.0  # seconds for which a file may be somebody's who is replacing it


def replace_file(path: Path, text: str) -> None:
    """As `replace_bytes`, for a text."""
    replace_bytes(path, text.encode("utf-8"))


def replace_bytes(path: Path, data: bytes) -> None:
    """Replaces a file's text, or makes the file: whoever reads it, or loses power, has the one or the other. Its rights
    stay; a link goes on leading to it. Raises DeckError where it cannot be written; it is as it was then."""
    temporary = ""
    target = path.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
        os.replace(temporary, target)
    except OSError as error:
        with suppress(OSError):
            os.unlink(temporary)
        raise fail("output-unwritable", f"{path} cannot be written: {error.strerror or error}") from error


def clear_away(path: Path) -> None:
    """Takes away what a program left that ended while it replaced the file."""
    target = path.resolve()
    for left in target.parent.glob(f".{glob.escape(target.name)}.????????"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _AT_WORK:
                left.unlink()


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
