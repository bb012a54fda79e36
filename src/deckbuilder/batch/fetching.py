"""Decks at addresses that fsspec knows: folders on object storage, zip files anywhere. They are fetched into a cache, each
under a hash of what it holds, so that a deck which is as it was lies where it was. What comes is nobody's yet: it is bounded,
and has to stay within its folder."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from deckbuilder.batch import larder

MOST_BYTES = 500_000_000  # of a deck, unpacked, and of its zip file; one with a dozen photographs has a tenth of it
MOST_FILES = 20_000
_AT_ONCE = 8
_CHUNK = 1_000_000
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
_MARKS = (
    "ETag",
    "etag",
    "md5Hash",
    "generation",
)  # by which storages tell states of a file apart, whatever its time is


class Refused(Exception):
    """A deck that cannot be fetched: the rule's code, what is said, and the way out."""

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def is_address(name: str) -> bool:
    """Whether a name is an address rather than a path."""
    return "://" in name


def fetched(address: str) -> list[tuple[Path, str]]:
    """The decks at the address, or at all that a pattern means, in order: where each lies now, and its own address. Raises
    Refused."""
    import fsspec

    if "::" in address:
        raise Refused("deck-missing", f"{address} is several addresses in one", "give one: of a folder, or of a .zip")
    shown = urlsplit(address)
    if shown.password:
        hint = "storages find credentials by their own means, in the environment or the home folder"
        raise Refused("deck-missing", f"the address at {shown.hostname} has a password in it", hint)
    try:
        fs, root = fsspec.core.url_to_fs(address)
        fs.invalidate_cache()
    except (ValueError, ImportError) as error:
        hint = "for s3:// install the extra: facilitator-deckbuilder[cloud]; https:// needs aiohttp"
        raise Refused("deck-missing", f"nothing can be fetched from {address}: {error}", hint) from error
    listed = shown.scheme not in ("http", "https")
    if not (listed and re.search(r"[*?\[]", address)):
        return [_Source(fs, str(root), address, listed).deck()]
    try:
        places = sorted(fs.glob(str(root).rstrip("/")))
        sources = [_Source(fs, place, fs.unstrip_protocol(place), listed) for place in places]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            holds = list(pool.map(lambda one: one.zipped or fs.exists(f"{one.place}/deck.yaml"), sources))
            found = list(pool.map(_Source.deck, [one for one, has in zip(sources, holds, strict=True) if has]))
    except Refused:
        raise
    except Exception as error:  # whatever the library of a storage raises
        raise Refused("file-unreadable", f"{address} cannot be read: {_why(error)}") from error
    if not found:
        raise Refused(
            "deck-missing", f"there is no deck at {address}", "patterns mean folders with deck.yaml, and .zip"
        )
    return found


class _Source:
    """A deck at its place in a storage."""

    def __init__(self, fs: Any, place: str, address: str, listed: bool) -> None:
        self.fs, self.place, self.listed = fs, place.rstrip("/"), listed
        self.origin = address.split("?", maxsplit=1)[0].rstrip("/") if not listed else address.rstrip("/")
        path = PurePosixPath(urlsplit(address).path if not listed else self.place)
        self.name, self.zipped = path.name, path.suffix.lower() == ".zip"

    def deck(self) -> tuple[Path, str]:
        """Fetches it, as far as it is not there."""
        if not self.zipped and not self.listed:
            raise Refused(
                "deck-missing",
                f"{self.origin} is no .zip, and folders cannot be listed over the web",
                "zip the deck's folder, or put it on object storage",
            )
        try:
            files = self._files()
            known = self._known(files)
            return (known or self._fetch(files)), self.origin
        except Refused:
            raise
        except FileNotFoundError as error:
            cause = error.__cause__ or error  # the web's calls everything so that went wrong
            if not isinstance(cause, FileNotFoundError) and getattr(cause, "status", 0) != 404:
                said = f"{self.origin} cannot be fetched: {_why(cause)}"
                raise Refused("file-unreadable", said, "is the server reached from here?") from error
            raise Refused("deck-missing", f"there is no deck at {self.origin}") from error
        except zipfile.BadZipFile as error:
            raise Refused("file-unreadable", f"{self.origin} is damaged or no zip file", "zip it again") from error
        except Exception as error:  # whatever the library of a storage raises
            raise Refused("file-unreadable", f"{self.origin} cannot be fetched: {_why(error)}") from error

    def _files(self) -> dict[str, Mapping[str, Any]]:
        """What the storage says of the deck's files, by their places."""
        if self.zipped:
            files = {self.place: self.fs.info(self.place)}
        else:
            found = self.fs.find(self.place, detail=True)
            files = {name: about for name, about in found.items() if about.get("type") == "file" and name[-1] != "/"}
            if f"{self.place}/deck.yaml" not in files:
                hint = "give the folder that holds deck.yaml, or a .zip of it"
                raise Refused("deck-missing", f"there is no deck.yaml at {self.origin}", hint)
        self._bound(len(files), sum(about.get("size") or 0 for about in files.values()))
        return files

    def _known(self, files: Mapping[str, Mapping[str, Any]]) -> Path | None:
        """The deck as it was fetched, where the storage tells that nothing has changed."""
        marks = [next((str(about[mark]) for mark in _MARKS if about.get(mark)), "W/") for about in files.values()]
        if any(mark.startswith("W/") for mark in marks):  # weak ones, and none
            self.record = None
            return None
        state = repr((self.origin, sorted(zip(files, marks, strict=True))))
        self.record = larder.folder() / "known" / hashlib.sha256(state.encode()).hexdigest()
        try:
            place = larder.folder() / self.record.read_text("utf-8")
            os.utime(place.parent)
        except OSError:
            return None
        return place if place.is_dir() else None

    def _fetch(self, files: Mapping[str, Mapping[str, Any]]) -> Path:
        part = larder.folder() / f"part-{secrets.token_hex(8)}"
        part.mkdir(parents=True)
        try:
            name, digest, size = self.name, hashlib.sha256(), 0
            got = self._members(part) if self.zipped else self._objects(files)
            for count, (path, data) in enumerate(got, 1):
                size += len(data)
                self._bound(count, size)
                target = part / "deck" / Path(*_parts(path, self.origin))
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
                digest.update(f"{path}\0{len(data)}\0".encode() + hashlib.sha256(data).digest())
            if self.zipped:
                name = self._home(part / "deck")
            (part / "deck").rename(part / name)
            digest.update(name.encode())
            whole = larder.folder() / digest.hexdigest()[:32]
            (part / ".size").write_text(str(size), "ascii")
            with suppress(OSError):  # it is there, as it is here
                part.rename(whole)
            os.utime(whole)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        if self.record is not None:
            self.record.parent.mkdir(exist_ok=True)
            self.record.write_text(f"{whole.name}/{name}", "utf-8")
        larder.tidy()
        return whole / name

    def _objects(self, files: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
        places = sorted(files)
        for begin in range(0, len(places), _AT_ONCE):
            some = places[begin : begin + _AT_ONCE]
            with ThreadPoolExecutor(_AT_ONCE) as pool:
                for place, data in zip(some, pool.map(self.fs.cat_file, some), strict=True):
                    yield place[len(self.place) + 1 :], data

    def _members(self, part: Path) -> Iterator[tuple[str, bytes]]:
        """The files in the zip file: what a member says of its size is where unpacking ends."""
        archive, size = part / ".zip", 0
        with self.fs.open(self.place, "rb") as remote, archive.open("wb") as local:
            while data := remote.read(_CHUNK):
                size += len(data)
                self._bound(1, size)
                local.write(data)
        with zipfile.ZipFile(archive) as file:
            members = [item for item in file.infolist() if not item.is_dir()]
            members = [item for item in members if not item.filename.startswith("__MACOSX/")]
            self._bound(len(members), sum(item.file_size for item in members))
            for item in sorted(members, key=lambda one: one.filename):
                kind = stat.S_IFMT(item.external_attr >> 16)
                if kind not in (0, stat.S_IFREG):
                    said = f"{item.filename[:60]} in {self.origin} is a link, or no file at all"
                    raise Refused("path-outside", said, "zip files themselves")
                try:
                    yield item.filename, file.read(item)
                except _DAMAGE as error:
                    said = f"{item.filename[:60]} in {self.origin} is damaged or protected: {_why(error)}"
                    raise Refused("file-unreadable", said, "zip it again") from error
        archive.unlink()

    def _home(self, deck: Path) -> str:
        """Has the folder that holds deck.yaml be the deck's; returns what it is called."""
        if (deck / "deck.yaml").is_file():
            return PurePosixPath(self.name).stem or "deck"
        inner = [one for one in deck.iterdir() if one.is_dir()]
        if len(inner) != 1 or not (inner[0] / "deck.yaml").is_file():
            said = f"there is no deck.yaml in {self.origin}, nor in its only folder"
            raise Refused("deck-missing", said, "zip the folder of one deck")
        name = inner[0].name
        outer = deck.with_name("outer")
        deck.rename(outer)
        (outer / name).rename(deck)
        shutil.rmtree(outer)
        return name

    def _bound(self, count: int, size: int) -> None:
        if count > MOST_FILES or size > MOST_BYTES:
            said = f"the deck at {self.origin} has more than {MOST_BYTES // 1_000_000} MB or {MOST_FILES:,} files"
            raise Refused("file-too-large", said, "compress its pictures; is it the deck's own folder?")


def _parts(path: str, origin: str) -> tuple[str, ...]:
    """The parts of a file's name. Refused where they lead out of the folder, on any system."""
    parts = PurePosixPath(path).parts
    if not parts or ".." in parts or re.match(r"/|[A-Za-z]:", path) or "\\" in path or "\0" in path:
        said = f"the file {path[:60]!r} in {origin} would lie outside of the deck's folder"
        raise Refused("path-outside", said, "zip the deck's folder anew" if origin.endswith(".zip") else "rename it")
    return parts


def _why(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
