"""What a set depends on, as a hash: the key by which finished work is known again."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path

from deckbuilder import __version__
from deckbuilder.batch.jobs import Job
from deckbuilder.reading.deck import deck_file
from deckbuilder.reading.organisation import NAME as ORGANISATION
from deckbuilder.theme.fonts import FONT_FOLDER
from deckbuilder.theme.pack import shipped_themes

_PACKAGE = Path(__file__).parents[1]
_ENVIRONMENT = ("SOURCE_DATE_EPOCH", "DECKBUILDER_LARGE")  # what builds ask of it


class Digests:
    """Files by what they hold, each read once. Names are the same wherever the catalogue and deckbuilder lie. Decks that were
    fetched, those of the `jobs`, are called by their addresses. `mirror` is the folder below which another machine's files lie
    as they do there: they are called as they are there."""

    def __init__(self, folder: Path, jobs: Iterable[Job] = (), mirror: Path | None = None) -> None:
        self.folder = Path(os.path.abspath(folder))
        self._roots = (
            *{(f"{job.origin}/", deck_file(job.deck).parent): None for job in jobs if job.origin},
            ("theme:", shipped_themes()),
            ("deckbuilder:", _PACKAGE),
            ("catalogue:", self.folder),
            *([(mirror.anchor, mirror)] if mirror else []),
        )
        self._known: dict[str, str | None] = {}
        self._listed: dict[Path, list[str]] = {}

    def of(self, name: str) -> str | None:
        """The SHA-256 of the file of that name; None where there is none. A folder has its names."""
        if name not in self._known:
            self._known[name] = _digest(self.path(name))
        return self._known[name]

    def name(self, path: Path) -> str:
        """What a file is called in keys."""
        for place, root in self._roots:
            if path.is_relative_to(root):
                return place + path.relative_to(root).as_posix()
        return path.as_posix()

    def path(self, name: str) -> Path:
        """The file of that name."""
        for place, root in self._roots:
            if name.startswith(place):
                return root / name.removeprefix(place)
        return Path(name)

    def around(self, deck: Path, inputs: Iterable[Path]) -> list[str]:
        """Names of files that would be inputs if they appeared, those that are there: versions of pictures and data for a
        language (`cover.es.svg`), and an organisation's file above the deck."""
        home = Path(os.path.abspath(deck_file(deck))).parent
        found = [place / ORGANISATION for place in (home, *home.parents) if (place / ORGANISATION).is_file()][:1]
        for path in inputs:
            if path.is_relative_to(home) and path.suffix not in ("", ".yaml", ".po"):
                version = re.compile(rf"{re.escape(path.stem)}\.[^.]+{re.escape(path.suffix)}")
                found += [path.parent / name for name in self._names(path.parent) if version.fullmatch(name)]
        return sorted(self.name(path) for path in found)

    def _names(self, folder: Path) -> list[str]:
        if folder not in self._listed:
            try:
                self._listed[folder] = os.listdir(folder)
            except OSError:
                self._listed[folder] = []
        return self._listed[folder]


def _digest(path: Path) -> str | None:
    try:
        if path.is_dir():
            return hashlib.sha256("\n".join(sorted(os.listdir(path))).encode()).hexdigest()
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return None


def program() -> str:
    """A hash of what makes files of inputs: deckbuilder's version, its libraries' versions, and its fonts."""
    parts = [__version__, *(os.environ.get(name, "") for name in _ENVIRONMENT)]
    parts += [f"{name} {version}" for name, version in made_of().items()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def made_of() -> dict[str, str]:
    """What deckbuilder works with: the fonts that come along, by what they hold, and libraries, by their versions."""
    parts = {font.name: str(_digest(font)) for font in sorted(FONT_FOLDER.iterdir()) if font.is_file()}
    with suppress(metadata.PackageNotFoundError):  # a checkout that is not installed
        required = [line for line in metadata.requires("facilitator-deckbuilder") or () if "extra ==" not in line]
        for library in sorted(re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0] for line in required):
            with suppress(metadata.PackageNotFoundError):  # one that only other systems need
                parts[library] = metadata.version(library)
    return parts


def key_of(job: Job, inputs: Iterable[str], digests: Digests) -> str:
    """The job's key, given the names of its inputs: of what they hold now, of its options, and of the program."""
    said = {
        "program": program(),
        "job": options_of(job, digests),
        "inputs": {name: digests.of(name) for name in sorted(inputs)},
        "around": digests.around(job.deck, [digests.path(name) for name in inputs]),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def options_of(job: Job, digests: Digests) -> dict[str, object]:
    """What is asked for, as JSON has it; files by their names."""
    return {
        "name": job.name,
        "deck": digests.name(Path(os.path.abspath(job.deck))),
        "theme": digests.name(Path(job.theme)) if job.theme and os.path.isabs(job.theme) else job.theme,
        "language": job.language,
        "variant": job.variant,
        "session": digests.name(Path(os.path.abspath(job.session))) if job.session else None,
        "paper": job.paper,
        "preset": job.preset,
        "outputs": list(job.outputs),
    }
