"""A set of files that changes as one: all of them are new, or all are as they were, whatever happens meanwhile.

The set is a folder. What is new is written into a second folder beside it, and everything else that the set holds is linked
into that; then the two change places in one step that the system makes whole (Linux and macOS can exchange two folders).
A process that is killed, at any moment, leaves either the one or the other; a journal would leave a mixture until
somebody builds again. Where folders cannot be exchanged (Windows, a folder that is a mount point), the complete second
folder is that journal: files are moved one by one, and the next build finishes what was cut short.

A file `.deckbuilder.json` in the set remembers which deck it was made from and what was written, by SHA-256. So a file that
somebody changed by hand is found before it is replaced, and kept under another name: a trainer's edits of the evening
before are worth more than the disk they take, and a build that refuses would be no help on that evening.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import json
import os
import re
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from deckbuilder.diagnostics import DeckError, Diagnostics, fail
from deckbuilder.lock import alone
from deckbuilder.source import shown_path

_RECORD = ".deckbuilder.json"
_LEFT_OVER = re.compile(r"^\..+\.\d+\.part$")


@contextmanager
def written_together(
    folder: Path,
    files: Sequence[Path],
    made_from: Path,
    problems: Diagnostics,
    progress: Callable[[str], None] = lambda _: None,
) -> Iterator[dict[Path, Path]]:
    """Gives each of the files, which all lie below `folder`, a path to write it to; when the body is done, the folder has
    all of them, and before that none. `made_from` is the deck.

    One build at a time works on a folder: another waits. Files that somebody changed since they were written are kept beside
    the new ones, with a warning. Raises DeckError, in words, when something cannot be written, when the folder holds
    another deck's files, or when two of the files are one to some system.
    """
    _refuse_twins(files)
    real = folder.resolve() if folder.is_symlink() else folder
    places = {file: real / file.relative_to(folder) for file in files}
    folder, files = real, list(places.values())
    part = folder.with_name(f".{folder.name}.{os.getpid()}{threading.get_ident()}.part")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with alone(folder.parent, progress):
            _finish_earlier(folder)
            _refuse_other_decks(folder, made_from)
            _refuse_obstacles(folder, files)
            try:
                part.mkdir()
                temporary = {file: part / file.relative_to(folder) for file in files}
                for path in temporary.values():
                    path.parent.mkdir(parents=True, exist_ok=True)
                yield {file: temporary[place] for file, place in places.items()}
                _complete(folder, part, temporary, made_from, problems)
                with _undisturbed():
                    _replace(folder, part, temporary)
            finally:
                shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        if error.errno is None:  # not the disk's: some library's own
            raise
        raise _unwritable(error, folder, part) from error


def _refuse_obstacles(folder: Path, files: Sequence[Path]) -> None:
    """A folder where a file should be, or a file where a folder should be, is somebody's, and stays."""
    for file in files:
        if file.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(file))
        for above in (file.parent, *file.parent.parents):
            if above.exists() and not above.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(above))
            if above == folder:
                break


def _refuse_twins(files: Sequence[Path]) -> None:
    """Two files that some system takes for one would overwrite one another."""
    seen: dict[str, Path] = {}
    for file in files:
        if other := seen.get(str(file).casefold()):
            raise fail(
                "outputs-overwrite",
                f"{shown_path(file)} would be written twice"
                if file == other
                else f"{shown_path(file)} and {shown_path(other)} are one file on many systems",
                None,
                "give one of the decks, themes or variants another name",
            )
        seen[str(file).casefold()] = file


def _refuse_other_decks(folder: Path, made_from: Path) -> None:
    """A deck of the same name in another folder has its own files, which are not ours to replace."""
    before = _record(folder).get("deck")
    if isinstance(before, str) and before != _relative(made_from, folder) and (folder.parent / before).exists():
        raise fail(
            "outputs-overwrite",
            f"{shown_path(folder)} holds what was made from another deck, {shown_path(folder.parent / before)}",
            None,
            "write elsewhere with --output, or give one of the two decks another name",
        )


def _relative(made_from: Path, folder: Path) -> str:
    """The deck as seen from the output folder: the two may move together."""
    try:
        return Path(os.path.relpath(made_from.resolve(), folder.parent.resolve())).as_posix()
    except ValueError:  # on another drive
        return made_from.resolve().as_posix()


def _record(folder: Path) -> dict[str, object]:
    """What the last build wrote down; {} where there is no record, or none that can be read."""
    try:
        record = json.loads((folder / _RECORD).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _complete(folder: Path, part: Path, temporary: dict[Path, Path], made_from: Path, problems: Diagnostics) -> None:
    """Makes of the new files the whole set: with those that stay, those that were changed by hand, and the record."""
    recorded = _record(folder).get("files")
    written: dict[str, object] = dict(recorded) if isinstance(recorded, dict) else {}
    for file in temporary:
        name = file.relative_to(folder).as_posix()
        if file.exists() and written.get(name) != _digest(file):
            kept = _free_name(file)
            _link(file, part / kept.relative_to(folder))
            problems.warning(
                "changed-by-hand",
                f"{shown_path(file)} was changed since it was built; it is kept as {kept.name}",
                None,
                "take over what is needed, then delete it",
            )
    _link_others(folder, part, temporary)
    names = {file.relative_to(folder).as_posix(): _digest(path) for file, path in temporary.items()}
    stay = {name: digest for name, digest in written.items() if name not in names and (folder / name).exists()}
    record = {"deck": _relative(made_from, folder), "files": dict(sorted((stay | names).items()))}
    # In ASCII: names of files may hold bytes that are no UTF-8.
    (part / _RECORD).write_text(json.dumps(record, indent=1) + "\n", "utf-8")


def _free_name(file: Path) -> Path:
    """A name for a file that was changed by hand: the first that is free."""
    number = 1
    while (kept := file.with_name(f"{file.stem}-edited{f'-{number}' if number > 1 else ''}{file.suffix}")).exists():
        number += 1
    return kept


def _link_others(folder: Path, part: Path, temporary: dict[Path, Path]) -> None:
    """Links whatever else lies in the set into the new folder."""
    for place, folders, names in os.walk(folder):
        inside = part / Path(place).relative_to(folder)
        for name in list(folders):
            if (Path(place) / name).is_symlink():
                folders.remove(name)
                names.append(name)
        inside.mkdir(exist_ok=True)
        shutil.copystat(place, inside)
        for name in names:
            file = Path(place) / name
            if file not in temporary and file != folder / _RECORD and not _LEFT_OVER.match(name):
                _link(file, inside / name)


def _link(file: Path, to: Path) -> None:
    """The same file under another name; a copy where a disk knows no links."""
    to.parent.mkdir(parents=True, exist_ok=True)
    if to.exists() or to.is_symlink():
        return
    try:
        os.link(file, to, follow_symlinks=False)
    except FileNotFoundError:  # it was deleted meanwhile
        return
    except (OSError, NotImplementedError):
        shutil.copy2(file, to, follow_symlinks=False)


def _replace(folder: Path, part: Path, temporary: dict[Path, Path]) -> None:
    """The new folder in the old one's place."""
    if not folder.exists():
        os.rename(part, folder)
    elif _exchange(part, folder):
        _rescue(part, folder, temporary)
    else:
        ready = _ready(folder)
        os.rename(part, ready)
        _move_files(ready, folder)


def _exchange(one: Path, other: Path) -> bool:
    """Exchanges two folders in one step; False where the system cannot."""
    names = os.fsencode(one), os.fsencode(other)
    here, exchange, swap = -100, 2, 2  # AT_FDCWD, RENAME_EXCHANGE of linux/fs.h, RENAME_SWAP of sys/stdio.h
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "renameat2"):
        return bool(library.renameat2(here, names[0], here, names[1], exchange) == 0)
    if sys.platform == "darwin" and hasattr(library := ctypes.CDLL(None), "renamex_np"):
        return bool(library.renamex_np(*names, swap) == 0)
    return False


def _rescue(old: Path, folder: Path, temporary: dict[Path, Path]) -> None:
    """What others put into the set while it was exchanged comes along."""
    for place, _, names in os.walk(old):
        for name in names:
            file = Path(place) / name
            target = folder / file.relative_to(old)
            if target in temporary or name == _RECORD:
                continue
            with suppress(OSError):
                if not target.exists() or not target.samefile(file):
                    target.parent.mkdir(parents=True, exist_ok=True)
                    os.replace(file, target)


def _ready(folder: Path) -> Path:
    """Where a complete set waits to be moved in file by file."""
    return folder.with_name(f".{folder.name}.ready")


def _move_files(ready: Path, folder: Path) -> None:
    """Moves a complete set in, file by file; when one cannot be replaced, those before it get their earlier content back.
    Killed on the way, it is called again by the next build."""
    kept = folder.with_name(f".{folder.name}.kept")
    kept.mkdir(exist_ok=True)
    done: list[tuple[Path, Path]] = []
    files = sorted(file for file in ready.rglob("*") if not file.is_dir() or file.is_symlink())
    try:
        for file in files:
            target, earlier = folder / file.relative_to(ready), kept / file.relative_to(ready)
            target.parent.mkdir(parents=True, exist_ok=True)
            earlier.parent.mkdir(parents=True, exist_ok=True)
            if target.exists() and not earlier.exists():
                os.replace(target, earlier)
            done.append((target, earlier))
            os.replace(file, target)
    except BaseException:
        for target, earlier in reversed(done):
            target.unlink(missing_ok=True)
            if earlier.exists():
                os.replace(earlier, target)
        shutil.rmtree(ready, ignore_errors=True)
        raise
    finally:
        shutil.rmtree(kept, ignore_errors=True)
    shutil.rmtree(ready, ignore_errors=True)


def _finish_earlier(folder: Path) -> None:
    """Finishes what an earlier build was kept from, and removes what killed ones left behind. Nobody else writes here now."""
    if _ready(folder).is_dir():
        folder.mkdir(exist_ok=True)
        _move_files(_ready(folder), folder)
    ours = re.compile(rf"^\.{re.escape(folder.name)}\.\d+\.part$")
    for left in folder.parent.iterdir():
        if ours.match(left.name):
            shutil.rmtree(left, ignore_errors=True)
    if folder.is_dir():
        for left in folder.glob("*/.*.part"):
            if _LEFT_OVER.match(left.name):
                with suppress(OSError):
                    left.unlink()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C and a request to end are not heard for the moment in which the set is replaced: it is done by then."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def wait(_number: int, _frame: FrameType | None) -> None:
        return

    before = {number: signal.signal(number, wait) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _unwritable(error: OSError, folder: Path, part: Path) -> DeckError:
    """In words, which name what the user asked for: the place in `folder` of a file that was written in `part`."""
    place = Path(os.fsdecode(error.filename)) if isinstance(error.filename, (str, bytes)) else folder
    name = shown_path(folder / place.relative_to(part) if place.is_relative_to(part) else place)
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
            "output-unwritable",
            f"{name} lies on a disk that cannot be written",
            None,
            "write elsewhere with --output",
        )
    return fail(
        "output-unwritable",
        f"{name} cannot be written: {error.strerror or error}",
        None,
        "write elsewhere with --output",
    )
