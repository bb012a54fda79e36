"""Picture files: found, safe, readable; their size known before anything is laid out."""

from __future__ import annotations

import json
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from deckbuilder import caching
from deckbuilder.content.deck import Deck
from deckbuilder.content.kinds import pictures_of
from deckbuilder.content.pictures import PictureFile
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.memory import memory, stamps
from deckbuilder.reading.formats import ENDINGS, PICTURE_ENDINGS, format_of, taken_for
from deckbuilder.reading.unusable import Patience, Unusable
from deckbuilder.source import Inputs, Position, position_of

Warn = Callable[[str, str, str], None]
_MAX_BYTES = 100_000_000


def read_pictures(
    deck: Deck, folder: Path, problems: Diagnostics, inputs: Inputs | None = None, library: Path | None = None
) -> dict[str, PictureFile]:
    """The deck's picture files by name. Missing and unreadable ones are reported. `library` is the folder that files may lie in
    beside the deck's."""
    pictures = [picture for _, slide in deck.slides() for picture in pictures_of(slide)]
    return _read([(p.file, position_of(p.file) or p.at) for p in pictures], folder, problems, inputs, library)


def check_pictures(raw: Any, folder: Path, problems: Diagnostics, inputs: Inputs, library: Path | None = None) -> None:
    """Reports missing and unreadable pictures of data that are no deck yet, for whatever reason."""
    _read(list(_named(raw)), folder, problems, inputs, library)


def _named(raw: Any) -> Iterator[tuple[str, Position | None]]:
    """The picture files that data name, wherever, and where they do."""
    for key, value in raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ():
        if key in ("picture", "poster", "pictures"):
            for picture in value if isinstance(value, list) else [value]:
                file = picture.get("file") if isinstance(picture, dict) else None
                if isinstance(file, str):
                    yield file, position_of(file)
        yield from _named(value)


def _read(
    names: Sequence[tuple[str, Position | None]],
    folder: Path,
    problems: Diagnostics,
    inputs: Inputs | None,
    library: Path | None,
) -> dict[str, PictureFile]:
    out: dict[str, PictureFile] = {}
    failed: set[str] = set()
    patience = Patience()
    for name, at in names:
        if name in out:
            continue
        if name in failed:
            problems.error(
                "picture-unusable", f"the picture '{name}' cannot be used", at, "see the first message about it"
            )
            continue
        file = read_picture(name, at, folder, problems, inputs, patience, library)
        if file is None:
            failed.add(name)
        else:
            out[name] = file
    return out


def read_picture(
    name: str,
    at: Position | None,
    folder: Path,
    problems: Diagnostics,
    inputs: Inputs | None = None,
    patience: Patience | None = None,
    library: Path | None = None,
) -> PictureFile | None:
    """The picture file of that name, relative to the folder; None where it cannot be used, which is reported.
    It goes to `inputs`, None where nobody asks for them. `patience` is what is left of it for drawings, None
    without any before; `library` the folder that it may lie in too."""
    path = folder / name
    try:
        path.resolve(strict=False)
        path.is_file()
    except (ValueError, OSError):  # a NUL in it, or longer than file systems take
        problems.error(
            "picture-name", f"'{name[:60]}' cannot be the name of a file", at, "write the picture's file name"
        )
        return None
    if not lies_within(path, folder, library):
        problems.error(
            "path-outside", f"the picture '{name}' lies outside the deck's folder", at, "copy it beside deck.yaml"
        )
        return None
    found = _as_called(path, folder)
    if inputs is not None:
        inputs.add(found.resolve() if ".." in found.parts else found)
    if not found.is_file():
        problems.error("picture-missing", f"there is no picture '{name}'", at, _near(path, folder))
        return None
    called = _shown(found, folder)
    if unicodedata.normalize("NFC", called) != unicodedata.normalize("NFC", _shown(path, folder)):
        problems.error(
            "picture-missing",
            f"there is no picture '{name}', only '{called}'",
            at,
            f"write '{called}', as the file is called",
        )
        return None
    path = found
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(512)
    except OSError as error:
        problems.error("file-unreadable", f"the picture '{name}' cannot be read: {error.strerror}", at)
        return None
    if not size:
        problems.error("picture-unusable", f"the picture '{name}' is empty", at, "copy it again")
        return None
    if size > _MAX_BYTES:
        problems.error("file-too-large", f"the picture '{name}' is larger than 100 MB", at, "save it smaller")
        return None
    form = format_of(head)
    if form is None:
        what, hint = taken_for(head)
        problems.error("picture-format", f"'{name}' is {what}", at, hint)
        return None
    if path.suffix.lower() not in ENDINGS[form]:
        problems.error(
            "picture-format", f"'{name}' holds a {form.upper()} picture", at, f"name it {path.stem}{ENDINGS[form][0]}"
        )
        return None

    def warn(code: str, message: str, hint: str) -> None:
        problems.warning(code, f"the picture '{name}' {message}", at, hint)

    def read() -> tuple[PictureFile, list[tuple[str, str, str]]]:
        told: list[tuple[str, str, str]] = []

        def tell(*words: str) -> None:
            told.append((words[0], words[1], words[2]))

        made = _read_drawing(path, tell, patience or Patience()) if form == "svg" else _read_raster(path, form, tell)
        return made, told

    try:
        kept = memory()
        made, told = read() if kept is None else kept.recall(("picture", *stamps([path])), read)
        for words in told:
            warn(*words)
        return made
    except Unusable as error:
        problems.error("picture-unusable", f"the picture '{name}' {error}", at, error.hint)
    except OSError as error:
        problems.error("file-unreadable", f"the picture '{name}' cannot be read: {error.strerror}", at)
    return None


def lies_within(path: Path, folder: Path, library: Path | None) -> bool:
    """Whether a file lies in the deck's folder, or in its library's, wherever links lead."""
    whole = path.resolve()
    return whole.is_relative_to(folder.resolve()) or (library is not None and whole.is_relative_to(library.resolve()))


def _read_drawing(path: Path, warn: Warn, patience: Patience) -> PictureFile:
    data = path.read_bytes()

    def make() -> bytes:
        from deckbuilder.reading.drawings import read_drawing

        told: list[Sequence[str]] = []
        made = read_drawing(data, lambda *words: told.append(words), patience)
        parts = [part and b64encode(part).decode() for part in (made.svg, made.paper, made.raster)]
        return json.dumps([made.width, made.height, made.scene, parts, told]).encode()

    width, height, scene, parts, told = json.loads(caching.kept(data, "drawing read", make))
    svg, paper, raster = (part and b64decode(part) for part in parts)
    for words in told:
        warn(words[0], words[1], words[2])
    if raster is not None:
        return PictureFile(path, "png", width, height, data=raster, flat=not scene)
    return PictureFile(path, "svg", width, height, data=svg, paper=paper, flat=not scene)


def _read_raster(path: Path, form: str, warn: Warn) -> PictureFile:
    data = path.read_bytes()

    def make() -> bytes:
        from deckbuilder.reading.rasters import read_raster

        return json.dumps(asdict(read_raster(data, form))).encode()

    read = json.loads(caching.kept(data, f"picture read as {form}", make))
    if read["several"]:
        warn("picture-first-only", "has several pages or frames; the first is shown", "save the one that is meant")
    return PictureFile(
        path,
        read["format"],
        read["width"],
        read["height"],
        read["turned"],
        converted=read["converted"],
        flat=read["flat"],
    )


def _shown(path: Path, folder: Path) -> str:
    """The path from the deck's folder, as authors write it."""
    try:
        return path.relative_to(folder).as_posix()
    except ValueError:
        return path.as_posix()


def _as_called(path: Path, folder: Path) -> Path:
    """The path with each name as its folder has it, where one differs in capitals or in how accents are composed only:
    some systems open such a file, others do not, and a deck should be the same on all."""
    out = folder
    try:
        parts = path.relative_to(folder).parts
    except ValueError:
        return path
    for part in parts:
        if part not in ("..", "."):
            try:
                names = [entry.name for entry in out.iterdir()]
            except OSError:
                return path
            out /= part if part in names else _like(part, names)
        else:
            out /= part
    return out


def _like(name: str, names: Sequence[str]) -> str:
    """The one of the names that is this one otherwise composed, else otherwise capitalised, else the name."""
    for key in (_composed, lambda text: _composed(text).casefold()):
        for other in names:
            if key(other) == key(name):
                return other
    return name


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _near(path: Path, folder: Path) -> str:
    import difflib

    files = [
        p.relative_to(folder).as_posix()
        for p in folder.rglob("*")
        if p.suffix.lower() in PICTURE_ENDINGS and p.is_file()
    ]
    near = difflib.get_close_matches(_shown(path, folder), files, n=1, cutoff=0.5)
    return f"did you mean '{near[0]}'?" if near else "names are relative to the deck's folder"
