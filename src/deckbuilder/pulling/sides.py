"""What a file of slides says, slide by slide, as deck.yaml would have it: of the deck as it is built now, and of the file that
somebody changed. Both are read by the same reader, so whatever differs was changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from deckbuilder.diagnostics import fail
from deckbuilder.frozen import dataclass
from deckbuilder.importing.composing import Entry, compose, entries_of
from deckbuilder.importing.files import Files
from deckbuilder.importing.furniture import without_furniture
from deckbuilder.importing.importer import marks_in
from deckbuilder.importing.old import OldDeck, Slide
from deckbuilder.importing.ours.pages import our_pages
from deckbuilder.importing.ours.told import said_by, told
from deckbuilder.importing.pages import pages_of
from deckbuilder.importing.reader import read_old
from deckbuilder.ooxml.package import Package, PackageError
from deckbuilder.ooxml.reading import opened_presentation
from deckbuilder.outputs.pptx.marks import (
    DeckMarks,
    SlideMark,
    digest,
    looks_digest,
    notes_digest,
    picture_digest,
    read_marks,
)
from deckbuilder.pulling.looks import Looks, looks_in, theme_of
from deckbuilder.pulling.restoring import restored

_PICTURE = re.compile(r"pictures/slide-\d+(?:-\d+)?\.\w+")


LOOKS = "~looks "
NOTES = "~notes"
TAKEN = "pictures"  # the folder that pictures are taken into


@dataclass(frozen=True)
class Shown:
    """A slide in a file. `identity` is that of the slide that it was made of, "" for one of somebody else's; `says` are its
    fields as deck.yaml would have them, `head` fields of the deck that it shows; `section` the number of PowerPoint's
    section that it is in. `built` are digests of what it said when it was built, and `now` of what it says, by the fields
    that said it; those of how fields are set stand behind `LOOKS`, that of its notes is called `NOTES`.
    `pictures` are the bytes of those that it names."""

    identity: str
    number: int
    says: dict[str, Any]
    head: dict[str, Any]
    section: int
    built: dict[str, str] = field(default_factory=dict)
    now: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    holders: dict[str, Holder] = field(default_factory=dict)


@dataclass(frozen=True)
class Holder:
    """A placeholder: the `fields` that fill it, by their first word, what it `says`, whether that is what was `built`, and the
    `number` of the slide in the file that it stands on; digests of how its text is `set_as`, and `was_set` when it was built,
    "" where that is not known."""

    fields: frozenset[str]
    says: str
    built: bool
    number: int
    set_as: str = ""
    was_set: str = ""

    def repeats(self, other: Holder) -> bool:
        """Whether another frame of the slide shows the same fields, and was changed otherwise."""
        return (
            other.fields == self.fields and other.number != self.number and not other.built and other.says != self.says
        )

    @property
    def set_anew(self) -> bool:
        """Whether levels or emphasis are others than when it was built; False where that is not known."""
        return bool(self.was_set) and self.was_set != self.set_as


@dataclass(frozen=True)
class Side:
    """A file's slides in order, and those that it was built with, by their identities, each with the digests of what it said
    then; and what was `read` of which file, with its marks. `looks` are those of its slides in order, and `theme` its colours
    and fonts; both are empty where a program has dropped the marks, since it writes looks of its own."""

    slides: tuple[Shown, ...]
    built: dict[str, dict[str, str]]
    read: tuple[OldDeck, DeckMarks, Path] | None = None
    looks: list[Looks] = field(default_factory=list)
    theme: dict[str, str] = field(default_factory=dict)


def read_side(file: Path, scratch: Path, now: Side | None = None) -> Side:
    """What a file says. `scratch` is an empty folder for its pictures; `now` is the deck as it is, by which slides are found
    where a program has dropped the marks. Raises DeckError for one that deckbuilder did not build."""
    with _refused(file), opened_presentation(file) as (package, _):
        old = read_old(package)
        marks = marks_in(file, package)
        kept = marks is not None
        if marks is None and now is not None and now.read is not None:
            known, own, built = now.read
            left = read_marks(file).built
            old, marks = restored(without_furniture(old).deck, package, left, known, own, built, file.name)
        if marks is None:
            raise fail(
                "pull-unmarked",
                f"{file.name} does not tell which slides it was made of",
                None,
                "give a deck that deckbuilder built and PowerPoint saved; others come in by 'deckbuilder import'",
            )
        side = _Reading(old, marks, package, scratch).side()
        side = replace(side, read=(without_furniture(old).deck, marks, file))
        return replace(side, looks=looks_in(package), theme=theme_of(package)) if kept else side


@contextmanager
def _refused(file: Path) -> Iterator[None]:
    try:
        yield
    except PackageError as error:
        raise fail("import-unreadable", f"the deck '{file.name}' {error.what}", None, error.hint) from error
    except FileNotFoundError as error:
        raise fail("file-missing", f"there is no file {file}", None, "give the changed deck's file") from error
    except (IsADirectoryError, PermissionError) as error:
        raise fail(
            "import-unreadable", f"{file} cannot be read: {error.strerror}", None, "give the changed deck's file"
        ) from error


class _Reading:
    def __init__(self, old: OldDeck, marks: DeckMarks, package: Package, scratch: Path) -> None:
        self.old, self.marks, self.package = old, marks, package
        self.files = Files(package, scratch)
        self.scratch = scratch
        numbers = (slide.number for slide in old.slides)
        self.noted = dict(zip(numbers, marks.notes, strict=False)) if marks.notes else {}

    def side(self) -> Side:
        deck = without_furniture(self.old).deck
        pairs = list(zip(deck.slides, self.marks.slides, strict=True))
        ours = _together([(slide, mark) for slide, mark in pairs if mark is not None])
        others = [slide for slide, mark in pairs if mark is None]
        shown: list[Shown] = []
        if ours:
            own = replace(deck, slides=tuple(slide for slide, _ in ours))
            marks = DeckMarks(tuple(mark for _, mark in ours), self.marks.built)
            frames = told(own.slides, marks.slides) or []
            pages = our_pages(own, marks, self.package) or []
            for of, (page, guess) in zip(frames, pages, strict=True):
                entry = Entry(page, [guess], ours=True, whatever=True)
                made = self.slide(entry)
                built, now = _digests([(slide, mark) for slide, mark in of.frames], self.package)
                if entry.keyed and built.get("options") == now.get(
                    "options"
                ):  # else the slide's words are the newer ones
                    made.says["options"] = [
                        one if n not in entry.keyed else {**one, "text": entry.keyed[n]}
                        for n, one in enumerate(made.says["options"])
                    ]
                self.notes(of.frames, built, now)
                holders = _holders([(slide, mark) for slide, mark in of.frames])
                shown.append(replace(made, identity=of.identity, built=built, now=now, holders=holders))
        if others:
            own = replace(deck, slides=tuple(others))
            shown += [self.slide(entry) for entry in entries_of(pages_of(own), self.old.sections)]
        shown.sort(key=lambda one: one.number)
        marked: dict[str, list[SlideMark]] = {}
        for mark in self.marks.built or filter(None, self.marks.slides):
            marked.setdefault(mark.slide, []).append(mark)
        known = {name: _digests([(None, mark) for mark in of], self.package)[0] for name, of in marked.items()}
        return Side(tuple(shown), known)

    def notes(self, frames: Sequence[tuple[Slide, SlideMark]], built: dict[str, str], now: dict[str, str]) -> None:
        """Adds what is known of a slide's notes, over all of its frames."""
        said = [notes_digest(mark.slide, ((line.marker, line.runs) for line in slide.notes)) for slide, mark in frames]
        now[NOTES] = " ".join(filter(None, said))
        known = [self.noted.get(slide.number) for slide, _ in frames]
        if None not in known:
            built[NOTES] = " ".join(filter(None, known))

    def slide(self, entry: Entry) -> Shown:
        compose(entry, self.files, ())
        says = dict(entry.slides[0]) if entry.slides else {"kind": entry.guess.kind}
        pictures: dict[str, bytes] = {}
        if entry.page.title:  # also of those that the program, the deck or its section gives one
            says.setdefault("title", entry.page.heads(*entry.page.title))
        if entry.guess.section:
            says.setdefault("text", entry.guess.section)
        says = {key: self._named(value, pictures) for key, value in says.items() if key != "id"}
        if entry.guess.kind == "chart" and isinstance(says.get("file"), str):
            says |= _numbers(self.scratch / says.pop("file"), entry.page.language)
        section = entry.page.slide.section
        number = int(section.split(" ", 1)[0]) if section else -1
        return Shown("", entry.page.slide.number, says, dict(entry.head), number, pictures=pictures)

    def _named(self, value: Any, pictures: dict[str, bytes]) -> Any:
        """The value with pictures called by what they show, not by the slide that they were found on."""
        if isinstance(value, dict):
            return {key: self._named(part, pictures) for key, part in value.items()}
        if isinstance(value, list):
            return [self._named(part, pictures) for part in value]
        if isinstance(value, str) and _PICTURE.fullmatch(value):
            data = (self.scratch / value).read_bytes()
            name = f"{hashlib.sha256(data).hexdigest()[:16]}{Path(value).suffix}"
            pictures[name] = data
            return name
        return value.replace("\u00a0", " ") if isinstance(value, str) else value  # typography ties words, now and again


def _numbers(file: Path, language: str) -> dict[str, Any]:
    """A chart's categories and series, of the CSV file that the importer made of them."""
    from deckbuilder.diagnostics import Diagnostics
    from deckbuilder.reading.data import number_of, number_symbols, read_csv
    from deckbuilder.source import Inputs

    read = read_csv(file.parent, file.name, None, Diagnostics(), Inputs())
    if read is None:
        return {}
    symbols = number_symbols(read, language, Diagnostics())
    rows = [list(map(str, row)) for row in read.rows]
    series = []
    for column in range(1, len(rows[0])):
        values = [number_of(row[column], symbols) for row in rows[1:]]
        series.append(
            {"name": rows[0][column], "values": [int(v) if v is not None and v == int(v) else v for v in values]}
        )
    return {"categories": [row[0] for row in rows[1:]], "series": series}


def _together(frames: Sequence[tuple[Slide, SlideMark]]) -> list[tuple[Slide, SlideMark]]:
    """The frames with those of one slide after each other, wherever they were put. One that was there already begins a copy."""
    slides: list[list[tuple[Slide, SlideMark]]] = []
    for frame in frames:
        open_ones = (one for one in reversed(slides) if one[-1][1].slide == frame[1].slide)
        of = next((one for one in open_ones if one[-1][1].part < frame[1].part), None)
        if of is None:
            slides.append([frame])
        else:
            of.append(frame)
    return [frame for one in slides for frame in one]


def _digests(
    frames: Sequence[tuple[Slide | None, SlideMark]], package: Package
) -> tuple[dict[str, str], dict[str, str]]:
    """What was and what is said by each field, over all frames of a slide; what is said is not known of one that is gone."""
    built: dict[str, list[str]] = {}
    now: dict[str, list[str]] = {}
    for slide, mark in frames:
        shapes = {_index(shape): shape for shape in slide.shapes} if slide is not None else {}
        for holder in mark.holders:
            shape = shapes.get(holder.index)
            seen = _seen(shape, package) if holder.picture else ""
            for name in holder.fields:
                top = _top(name)
                if holder.looks:
                    built.setdefault(LOOKS + top, []).append(holder.looks)
                    now.setdefault(LOOKS + top, []).append(_set_as(shape))
                built.setdefault(top, []).append(holder.digest + holder.picture)
                now.setdefault(top, []).append((digest(said_by(shape)) if shape is not None else "") + seen)
        built.setdefault("hidden", []).append(str(mark.hidden))
        if slide is not None:
            now.setdefault("hidden", []).append(str(slide.hidden))
    return {key: " ".join(parts) for key, parts in built.items()}, {key: " ".join(parts) for key, parts in now.items()}


def _holders(frames: Sequence[tuple[Slide, SlideMark]]) -> dict[str, Holder]:
    """The placeholders of a slide, over all its frames, by part and index."""
    out: dict[str, Holder] = {}
    for slide, mark in frames:
        shapes = {_index(shape): shape for shape in slide.shapes}
        for holder in mark.holders:
            shape = shapes.get(holder.index)
            words = said_by(shape) if shape is not None else ""
            tops = frozenset(map(_top, holder.fields))
            out[f"{mark.part}:{holder.index}"] = Holder(
                tops,
                " ".join(words.split()),
                digest(words) == holder.digest,
                slide.number,
                _set_as(shape),
                holder.looks,
            )
    return out


def _top(name: str) -> str:
    return re.split(r"[.\[]", name)[0]


def _index(shape: Any) -> int | None:
    return 0 if shape.holder in ("title", "ctrTitle") else shape.index


def _set_as(shape: Any) -> str:
    """A digest of how a shape's text is set; "" for none."""
    return looks_digest((line.level, line.marker, line.runs) for line in shape.lines) if shape is not None else ""


def _seen(shape: Any, package: Package) -> str:
    """A digest of the picture that a shape shows; "" for none."""
    part = package.parts.get(getattr(getattr(shape, "content", None), "part", None) or "")
    return picture_digest(part.data) if part is not None else ""


def names_in(value: Any, known: dict[str, bytes]) -> list[str]:
    """The pictures that a value names."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [name for part in value for name in names_in(part, known)]
    return [value] if isinstance(value, str) and value in known else []


def renamed(value: Any, name: str, to: str) -> Any:
    """The value with a picture called otherwise."""
    if isinstance(value, dict):
        return {key: renamed(part, name, to) for key, part in value.items()}
    if isinstance(value, list):
        return [renamed(part, name, to) for part in value]
    return to if value == name else value


def taken_before(typed: Any, before: Any, after: Any) -> Any:
    """What is said afterwards, with a picture that was taken over before called as it is by now: in another size, it is
    another file. `typed` is what the deck has there."""
    if isinstance(before, dict) and isinstance(after, dict) and isinstance(typed, dict):
        return {key: taken_before(typed.get(key), before.get(key), value) for key, value in after.items()}
    if isinstance(before, list) and isinstance(after, list) and isinstance(typed, list):
        same_length = len(before) == len(after) == len(typed)
        return [taken_before(*three) for three in zip(typed, before, after, strict=True)] if same_length else after
    return before if isinstance(after, str) and typed == f"{TAKEN}/{after}" else after
