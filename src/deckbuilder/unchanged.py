"""Whether a build would be the one before, and what that one said: so that nothing is built twice, and nothing kept silent.

A build is remembered by all that it depends on: what was asked for, the program and the libraries beside it, the environment
that it looks at, the files that it read or looked for, and which files lie in the folders that it looks through. It stands as
long as all of these are as they were and the files that it wrote are untouched. Times of files are trusted as far as they go,
as `git` does: where one differs, the content is compared, and a build during which something changed is not remembered.

The memory is a folder of small files in the user's cache, one a build. It may be deleted at any time; a file that cannot be read
is as good as none. `DECKBUILDER_CACHE` names another folder, or is `off`.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from deckbuilder import caching
from deckbuilder.diagnostics import Diagnostic, Severity
from deckbuilder.frozen import dataclass
from deckbuilder.source import Position

_MOST = 200  # builds that are remembered
_MOST_ENTRIES = 5_000  # files of a folder that is looked through; a larger one is somebody's home
_LOOKED_AT = ("SOURCE_DATE_EPOCH", "DICPATH")  # and what begins with DECKBUILDER_
_EVENTS = {"changed-by-hand"}  # said of what happened once
_ROOTS = {"deck.yaml", "_brand.yml", "_brand.yaml", "library.yaml"}  # files whose folders are looked through
_COARSE = 1_000_000_000  # nanoseconds: times in whole seconds are a disk's that counts in seconds, or in pairs of them
_SLACK, _COARSE_SLACK = 20_000_000, 2 * _COARSE


@dataclass(frozen=True)
class Standing:
    """A build that still stands: its files, and what was said of it."""

    files: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...]
    notes: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Request:
    """What is asked for. `told` is everything else that a build is told, as JSON can hold it: the themes by the name of `theme`,
    and the day."""

    deck: Path
    output: Path
    told: Mapping[str, Any]

    def key(self) -> str:
        """What stands for the request, here, now, and by this program."""
        names = sorted(name for name in os.environ if name.startswith("DECKBUILDER_") and name != caching.CACHE)
        parts = [
            os.path.abspath(self.deck),
            os.path.abspath(self.output),
            os.getcwd(),
            dict(self.told),
            {name: os.environ.get(name) for name in (*_LOOKED_AT, *names)},
            caching.program(),
        ]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode("utf-8", "surrogateescape")).hexdigest()


def recall(request: Request) -> Standing | None:
    """The build that was made of the request before, if it stands."""
    folder = caching.folder("builds")
    if folder is None:
        return None
    try:
        record = json.loads((folder / f"{request.key()}.json").read_text("utf-8"))
        stands = (
            all(_is_as(Path(name), known) for name, known in (record["inputs"] | record["files"]).items())
            and record["folders"] == _listings(record["folders"], request.output)
            and bool(record["files"])
        )
        if not stands or _left_over(request.output):
            return None
        said, notes = ([_restored(one) for one in record[name]] for name in ("diagnostics", "notes"))
        return Standing(tuple(map(Path, record["written"])), tuple(said), tuple(notes))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, IndexError):
        return None


def _left_over(output: Path) -> bool:
    """Whether a build that was killed left something for the next one to finish or to take away."""
    with suppress(FileNotFoundError), os.scandir(output) as entries:
        return any(entry.name.startswith(".") and entry.name.endswith(".part") for entry in entries)
    return False


def keep(
    request: Request,
    begun: int,
    files: Sequence[Path],
    inputs: Sequence[Path],
    diagnostics: Sequence[Diagnostic],
    notes: Sequence[Diagnostic],
) -> None:
    """Remembers a build that began at that time, as `now` told. One during which a file changed is not, nor is any where nothing
    can be kept: it is then built again, and nothing else is lost."""
    folder = caching.folder("builds")
    if folder is None or any(one.code in _EVENTS for one in diagnostics):
        return
    with suppress(OSError, ValueError):
        roots = _roots(request, inputs)
        listings = _listings(roots, request.output)
        if listings is None:
            return
        if not all(_settled(path, begun, request.output) for path in (*inputs, *_entries(roots, request.output))):
            return
        read = {*inputs, *_looked_for(request, files)}
        record = {
            "inputs": {str(path): _state(path) for path in sorted(read)},
            "folders": listings,
            "files": {os.path.abspath(path): _state(path) for path in files},
            "written": [str(path) for path in files],
            "diagnostics": [_kept(one) for one in diagnostics],
            "notes": [_kept(one) for one in notes],
        }
        folder.mkdir(parents=True, exist_ok=True)
        caching.write(folder / f"{request.key()}.json", json.dumps(record).encode())
        _forget(folder)


def now() -> int:
    """When a build begins, for `keep`."""
    return time.time_ns()


def _deck_folder(deck: Path) -> Path:
    deck = Path(os.path.abspath(deck))
    return deck if deck.is_dir() else deck.parent


def _roots(request: Request, inputs: Sequence[Path]) -> list[str]:
    """The folders in which a new file may matter: the deck's, the themes', a library's."""
    packs = {path.parent for path in inputs if path.name in _ROOTS}
    every = {pack.parent for pack in packs if (pack / "_brand.yml").is_file() and "all" in request.told["theme"]}
    return sorted(map(str, {*packs, *every, _deck_folder(request.deck)}))


def _looked_for(request: Request, files: Sequence[Path]) -> Iterator[Path]:
    """Files that would be read, were they there: an organisation's, in any folder above, and a theme that is called as ours."""
    folder = _deck_folder(request.deck).resolve()
    for above in (folder, *folder.parents):
        yield above / "organisation.yaml"
    for name in {path.parent.name for path in files}:
        yield Path(os.path.abspath(name)) / "_brand.yml"


def _entries(roots: Sequence[str], output: Path) -> Iterator[Path]:
    """The files of the folders, without those that are hidden, and those that are made here."""
    made = os.path.realpath(output)
    for root in roots:
        for place, folders, names in os.walk(root):
            folders[:] = sorted(
                name
                for name in folders
                if not name.startswith(".") and os.path.realpath(os.path.join(place, name)) != made
            )
            yield from (Path(place, name) for name in sorted(names) if not name.startswith("."))


def _listings(roots: Sequence[str] | Mapping[str, str], output: Path) -> dict[str, str] | None:
    """What lies in each of the folders, by names; None where that is too much to look at."""
    out, count = {}, 0
    for root in roots:
        digest = hashlib.sha256()
        for path in _entries([root], output):
            digest.update(os.fsencode(path) + b"\0")
            count += 1
            if count > _MOST_ENTRIES:
                return None
        out[root] = digest.hexdigest()
    return out


def _state(path: Path) -> list[object] | None:
    """A file's times and size, and its content's sum; None where there is none."""
    try:
        stat = path.stat()
        with path.open("rb") as opened:
            return [*_times(stat), stat.st_size, hashlib.file_digest(opened, "sha256").hexdigest()]
    except (FileNotFoundError, NotADirectoryError):
        return None


def _is_as(path: Path, known: list[object] | None) -> bool:
    """Whether a file is as it was known."""
    try:
        stat = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return known is None
    if known is None or stat.st_size != known[2]:
        return False
    if _times(stat) == known[:2]:
        return True
    state = _state(path)
    return state is not None and state[3] == known[3]


def _times(stat: os.stat_result) -> list[int]:
    """When its content changed, and when anything of it did, which nobody can set."""
    return [stat.st_mtime_ns, stat.st_ctime_ns]


def _settled(path: Path, begun: int, output: Path) -> bool:
    """Whether nobody has changed a file, or put one there or taken it away, since that time."""
    while True:
        try:
            stat = path.stat()
            break
        except (FileNotFoundError, NotADirectoryError):
            path = path.parent  # which changes when something is taken away
            if path.resolve() in Path(os.path.abspath(output)).resolve().parents:
                return True  # the build itself put its files there
    last = max(_times(stat))
    return last < begun - (_SLACK if last % _COARSE else _COARSE_SLACK)


def _kept(one: Diagnostic) -> list[object]:
    """What a build shows of it."""
    at = [one.at.file, one.at.line, one.at.column] if one.at else None
    return [one.severity.value, one.code, one.message, at, one.hint]


def _restored(kept: list[Any]) -> Diagnostic:
    severity, code, message, at, hint = kept
    return Diagnostic(Severity(severity), code, message, Position(*at) if at else None, hint)


def _forget(folder: Path) -> None:
    """Keeps the newest. Others may do so at the same time."""
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            with suppress(FileNotFoundError):
                found.append((entry.stat().st_mtime_ns, entry.path))
    for _, path in sorted(found)[:-_MOST]:
        with suppress(OSError):
            os.unlink(path)
