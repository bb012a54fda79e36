"""Files that are written together: all of them appear, or none."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from deckbuilder.diagnostics import DeckError, fail


@contextmanager
def written_together(targets: Sequence[Path]) -> Iterator[dict[Path, Path]]:
    """Temporary files beside the targets; all are renamed at the end, or none is.

    Raises DeckError, in words, when a target cannot be written.
    """
    temporary = {target: target.with_name(f".{target.name}.{os.getpid()}.part") for target in targets}
    try:
        for folder in {target.parent for target in targets}:
            folder.mkdir(parents=True, exist_ok=True)
        yield temporary
        for target in targets:
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
            if target.exists():
                with target.open("r+b"):  # locked by another program? found out before anything is replaced
                    pass
        _replace_all(temporary)
    except OSError as error:
        raise _unwritable(error) from error
    finally:
        for part in temporary.values():
            with suppress(OSError):  # the folder may be the very thing that could not be made
                part.unlink(missing_ok=True)


def _replace_all(temporary: dict[Path, Path]) -> None:
    """Renames every temporary file to its target. When one cannot be, those before it get their
    earlier content back, and the error is raised."""
    kept: dict[Path, Path] = {}
    done: list[Path] = []
    try:
        for target, part in temporary.items():
            if target.exists():
                kept[target] = part.with_suffix(".kept")
                shutil.copy2(target, kept[target])
            os.replace(part, target)
            done.append(target)
    except BaseException:
        for target in done:
            if target in kept:
                os.replace(kept[target], target)
            else:
                target.unlink(missing_ok=True)
        raise
    finally:
        for copy in kept.values():
            with suppress(OSError):
                copy.unlink(missing_ok=True)


def _unwritable(error: OSError) -> DeckError:
    name = str(error.filename or "the output folder")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return fail(
            "disk-full",
            "the disk is full; earlier files are as they were",
            None,
            "make room, or write elsewhere with --output",
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY):
        return fail(
            "output-unwritable",
            f"{name} cannot be written",
            None,
            "is it open in another program, or the folder not yours? close it, or use --output",
        )
    if error.errno == errno.EROFS:
        return fail(
            "output-unwritable", f"{name} lies on a disk that cannot be written", None, "write elsewhere with --output"
        )
    return fail(
        "output-unwritable",
        f"{name} cannot be written: {error.strerror or error}",
        None,
        "write elsewhere with --output",
    )
