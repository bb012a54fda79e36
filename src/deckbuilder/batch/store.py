"""Where sets go: a folder, or a place in an object storage, by fsspec.

A set is a folder `deck/theme-…`, with a record `set.json` and a folder of files that the record names. Files are written
first, each under a name that is free, and the record last, in one step: a set is there whole or as it was, on object storage too,
where no two things can be changed at once. Two runs that write the same set leave one of two equal ones.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, field, replace
from pathlib import Path
from typing import Any

from deckbuilder.diagnostics import fail
from deckbuilder.frozen import dataclass, frozen

RECORD = "set.json"
_FORM = 1  # of records; raised when older ones mean something else
_LEFT_FOR = dt.timedelta(days=1)  # what no record names may be about to be named, by a run that is on its way


@dataclass(frozen=True)
class Kept:
    """A file of a set: its name, its size in bytes, and its SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Record:
    """What a set was made of: `key` of all it depends on, the names of its `inputs`; its files, in `folder` beside the record;
    what was said of it, as `--json` has it; the seconds it took, and the most bytes of memory, 0 where nobody knows."""

    job: str
    key: str
    inputs: tuple[str, ...]
    folder: str
    files: tuple[Kept, ...]
    diagnostics: tuple[Mapping[str, Any], ...] = ()
    seconds: float = 0.0
    memory: int = 0
    form: int = field(default=_FORM)

    def __post_init__(self) -> None:
        object.__setattr__(self, "diagnostics", frozen(self.diagnostics))


class Store:
    """The results, at a folder or an address that fsspec knows. Raises DeckError for an address of a kind that nobody knows."""

    def __init__(self, address: str) -> None:
        import fsspec

        self.address = address
        try:
            self._fs, root = fsspec.core.url_to_fs(address)
        except (ValueError, ImportError) as error:
            hint = "for s3:// install the extra: facilitator-deckbuilder[cloud]"
            raise fail("output-unwritable", f"nothing can be written to {address}: {error}", None, hint) from error
        self._root = str(root).rstrip("/")
        self._local = "file" in (self._fs.protocol if isinstance(self._fs.protocol, tuple) else (self._fs.protocol,))

    def path(self, *parts: str) -> str:
        """Where something lies, as messages and reports call it."""
        return "/".join((self.address.rstrip("/"), *parts))

    @contextmanager
    def signed(self) -> Iterator[str | None]:
        """Has a sign in the store while this lasts, by which another machine knows that it sees the same one; None for a storage
        that is the same from everywhere. Raises DeckError for one that no other process sees, OSError as `publish`."""
        if "memory" in (self._fs.protocol if isinstance(self._fs.protocol, tuple) else (self._fs.protocol,)):
            raise fail(
                "output-unwritable", f"{self.address} is this process's alone", None, "give a shared folder or s3://"
            )
        if not self._local:
            yield None
            return
        sign = secrets.token_hex(8)
        self._put(sign.encode(), self._at(f".seen-{sign}"))
        try:
            yield sign
        finally:
            with suppress(OSError):
                self._fs.rm(self._at(f".seen-{sign}"))

    def shows(self, sign: str) -> bool:
        """Whether such a sign is here."""
        return Path(self._at(f".seen-{sign}")).is_file()

    def listed(self) -> dict[str, int]:
        """All that the store holds: sizes by names, which are relative to it."""
        self._fs.invalidate_cache()
        try:
            found = self._fs.find(self._root, detail=True)
        except FileNotFoundError:
            return {}
        return {name[len(self._root) :].lstrip("/"): int(about["size"]) for name, about in found.items()}

    def records(self, names: Iterable[str], listed: Mapping[str, int]) -> dict[str, Record]:
        """The records of those sets that are there whole, by the sets' names."""
        places = {self._at(name, RECORD): name for name in names if f"{name}/{RECORD}" in listed}
        if not places:
            return {}
        found = self._fs.cat(list(places), on_error="return")
        out: dict[str, Record] = {}
        for place, data in found.items():
            # What cat returns may call the place otherwise than it was asked for, with its protocol.
            name = places.get(place) or places.get(self._fs._strip_protocol(place))
            record = _read(data) if isinstance(data, bytes) else None
            if record is not None and name is not None and _whole(name, record, listed):
                out[name] = record
        return out

    def record(self, name: str) -> Record | None:
        """The record of a set; None where there is none, or none that can be read."""
        self._fs.invalidate_cache()
        try:
            return _read(self._fs.cat_file(self._at(name, RECORD)))
        except FileNotFoundError:
            return None

    def publish(self, record: Record, files: Mapping[str, Path]) -> Record:
        """Makes the set what the record says, of the files by their names; what it was made of before goes. Returns the record as
        it was written. Raises OSError when the store cannot be written: the set is then as it was."""
        before = self.record(record.job)
        folder = f"{record.key[:8]}-{secrets.token_hex(4)}"
        whole = replace(record, folder=folder)
        try:
            for name, file in files.items():
                self._put(file.read_bytes(), self._at(record.job, folder, name))
            text = json.dumps(asdict(whole), ensure_ascii=False, indent=1, sort_keys=True)
            self._put(text.encode(), self._at(record.job, RECORD))
        except BaseException:
            with suppress(Exception):
                self._fs.rm(self._at(record.job, folder), recursive=True)
            raise
        if before is not None and before.folder != folder:
            with suppress(OSError):  # what cannot be deleted now, `--prune` does
                self._fs.rm(self._at(record.job, before.folder), recursive=True)
        return whole

    def unnamed(self, names: Iterable[str], listed: Mapping[str, int]) -> list[str]:
        """What the store holds that a catalogue of those names has no use for: sets of other names, and, a day after, folders of
        files that no record names. Nothing but sets is looked at."""
        sets = {name.rpartition("/")[0] for name in listed if name.endswith(f"/{RECORD}") and name.count("/") == 2}
        wanted = set(names)
        gone = sorted(sets - wanted)
        records = self.records(sets & wanted, listed)
        now = dt.datetime.now(dt.UTC)
        left = set()
        for name in listed:
            parts = name.split("/")
            home = "/".join(parts[:2])
            if len(parts) == 4 and home in records and parts[2] != records[home].folder:
                changed = self._fs.modified(self._at(name))
                if now - (changed if changed.tzinfo else changed.replace(tzinfo=dt.UTC)) > _LEFT_FOR:
                    left.add("/".join(parts[:3]))
        return gone + sorted(left)

    def remove(self, name: str) -> None:
        """Removes a set, its record first, or a folder of files."""
        with suppress(FileNotFoundError):
            self._fs.rm(self._at(name, RECORD))
        self._fs.invalidate_cache()
        with suppress(FileNotFoundError):
            self._fs.rm(self._at(name), recursive=True)

    def write(self, name: str, text: str) -> str:
        """Writes a text beside the sets, in one step; returns where."""
        self._put(text.encode(), self._at(name))
        return self.path(name)

    def _at(self, *parts: str) -> str:
        return "/".join((self._root, *parts))

    def _put(self, data: bytes, place: str) -> None:
        """Writes a file in one step: objects appear whole, files are renamed."""
        if not self._local:
            self._fs.pipe_file(place, data)
            return
        path = Path(place)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        try:
            part.write_bytes(data)
            os.replace(part, path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def _read(data: bytes) -> Record | None:
    """A record; None where it is of another form, or somebody else's."""
    try:
        said = json.loads(data)
        if said["form"] != _FORM:
            return None
        files: Sequence[dict[str, Any]] = said["files"]
        lists = {name: tuple(said[name]) for name in ("inputs", "diagnostics")}
        return Record(**{**said, **lists, "files": tuple(Kept(**file) for file in files)})
    except (ValueError, KeyError, TypeError):
        return None


def _whole(name: str, record: Record, listed: Mapping[str, int]) -> bool:
    """Whether all files of a set are there, as long as they were."""
    return all(listed.get(f"{name}/{record.folder}/{file.name}") == file.size for file in record.files)
