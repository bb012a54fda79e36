"""What a job may read, as bytes that travel: packed where the catalogue is, unpacked below a folder of a worker's.

A deck reads from its own folder, from its theme packs', from its session's file, from the organisation's file above it and
from the library that this lets it have; nowhere else. Files keep their places: those of `/trainings` come to lie in
`FOLDER/trainings`, links lead there too, and whatever a file is called from elsewhere, it is the same file.
"""

from __future__ import annotations

import io
import os
import secrets
import tarfile
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from deckbuilder.batch.jobs import Job
from deckbuilder.diagnostics import DeckError, Diagnostics
from deckbuilder.frozen import dataclass
from deckbuilder.reading.deck import deck_file, open_deck
from deckbuilder.reading.library import NAME as LIBRARY
from deckbuilder.reading.organisation import NAME as ORGANISATION
from deckbuilder.reading.organisation import organisation_file
from deckbuilder.source import Inputs

MOST_BYTES = 500_000_000  # of a bundle; a deck with a dozen photographs has a tenth of it
MOST_FILES = 20_000
_OTHERS = {
    ".git",
    ".hg",
    ".svn",
    ".venv",
    "node_modules",
    "__pycache__",
}  # folders of other programs: they travel empty


class TooLarge(Exception):
    """What is told of a folder that is too large to travel."""


@dataclass(frozen=True)
class Reach:
    """What builds of a deck may read: its own folder, None where there is no deck; what is `beside` it, an organisation's file
    and the library; and the themes that its variants name."""

    home: Path | None
    beside: tuple[Path, ...]
    themes: tuple[str, ...]

    def bundles(self, job: Job, folder: Path) -> list[tuple[Path, ...]]:
        """The files and folders that a job of the deck may read, as one bundle each: themes, sessions and libraries are those of
        many decks. `folder` is the catalogue's."""
        bundles = [(self.home,) if self.home else (), self.beside]
        bundles += [(folder / theme,) for theme in ((job.theme,) if job.theme else self.themes)]
        if job.session:
            bundles.append((Path(os.path.abspath(job.session)),))
        return [bundle for bundle in bundles if any(path.exists() for path in bundle)]


def reach_of(deck: Path) -> Reach:
    """What builds of the deck may read; of one with errors, what is needed to tell them."""
    file = deck_file(Path(os.path.abspath(deck)))
    home, inputs, themes = file.parent, Inputs(), set[str]()
    with suppress(DeckError):
        opened = open_deck(deck, None, Diagnostics(), inputs)
        themes = {str(variant.theme) for variant in opened.variants.values() if variant.theme}
    above = next((place / ORGANISATION for place in (home, *home.parents) if (place / ORGANISATION).is_file()), None)
    beside = {one for one in (above, organisation_file(home)) if one}
    # A library's pictures are beside its file.
    beside |= {one.parent if one.name == LIBRARY else one for one in inputs if not one.is_relative_to(home)}
    return Reach(home if file.exists() else None, tuple(sorted(beside)), tuple(sorted(themes)))


def packed(paths: Iterable[Path], folder: Path, without: Path | None = None) -> bytes:
    """The files, and all that is in the folders, as a tar archive; of `without`, where results lie, the name alone. `folder` is
    where jobs are done, and is there too. Raises TooLarge, and OSError for what cannot be read."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        packing = _Packing(archive, without)
        packing.take(folder, deep=False)
        for path in paths:
            packing.take(path)
    return buffer.getvalue()


class _Packing:
    def __init__(self, archive: tarfile.TarFile, without: Path | None) -> None:
        self.archive, self.without = archive, without
        self.seen: set[Path] = set()
        self.packed: set[tuple[Path, bytes]] = set()
        self.size = 0

    def take(self, path: Path, deep: bool = True) -> None:
        """Packs a file, or a folder, `deep` with what is in it; and the links by which it is reached."""
        place = Path(path.anchor)
        for part in path.parts[1:]:
            place /= part
            if place.is_symlink():
                real = Path(os.path.realpath(place))
                self._add(place, tarfile.SYMTYPE, os.path.relpath(real, place.parent))
                place = real
        if place.is_file():
            self._add(place, tarfile.REGTYPE)
        elif place.is_dir():
            self._add(place, tarfile.DIRTYPE)
            if deep and place.name not in _OTHERS and place != self.without and place not in self.seen:
                self.seen.add(place)
                for name in sorted(os.listdir(place)):
                    self.take(place / name)

    def _add(self, place: Path, kind: bytes, target: str = "") -> None:
        info = tarfile.TarInfo(place.relative_to(place.anchor).as_posix())
        info.type, info.linkname = kind, target
        if (place, kind) in self.packed:
            return
        self.packed.add((place, kind))
        data = b""
        if kind == tarfile.REGTYPE:
            status = place.stat()
            self.size += status.st_size
            self._bound(place)
            data = place.read_bytes()
            info.size, info.mtime = len(data), status.st_mtime_ns / 1e9
        self.archive.addfile(info, io.BytesIO(data))

    def _bound(self, place: Path) -> None:
        if self.size > MOST_BYTES or len(self.packed) > MOST_FILES:
            raise TooLarge(
                f"the folder around {place} has more than {MOST_BYTES // 1_000_000} MB or {MOST_FILES:,} files, which do not "
                "travel to a cluster; give the deck a folder of its own"
            )


def unpack(bundle: bytes, mirror: Path, scratch: Path) -> None:
    """Lays a bundle's files below `mirror`, as old as they are; what is there stays. They are made in `scratch`, on the same
    disk, and come whole. Raises OSError when they cannot be written, ValueError for a bundle that reaches for other places."""
    with tarfile.open(fileobj=io.BytesIO(bundle)) as archive:
        for member in archive:
            place = _inside(mirror, mirror, member.name)
            if os.path.lexists(place):
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            if member.isdir():
                place.mkdir()
            elif member.issym():
                _inside(mirror, place.parent, member.linkname)
                place.symlink_to(member.linkname)
            else:
                content = archive.extractfile(member)
                assert content is not None
                part = scratch / f"part-{secrets.token_hex(8)}"
                part.write_bytes(content.read())
                # Never younger than now, by this machine's clock: what changes while it is read counts as unsettled.
                then = min(int(member.mtime * 1e9), time.time_ns() - 1_000_000)
                os.utime(part, ns=(then, then))
                os.replace(part, place)


def _inside(mirror: Path, base: Path, name: str) -> Path:
    """The place of that name, seen from `base`. ValueError where that is not below `mirror`."""
    place = Path(os.path.normpath(base / name))
    if not place.is_relative_to(mirror) or place == mirror:
        raise ValueError(f"{name} lies outside of where inputs go")
    return place
