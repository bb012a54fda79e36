"""What a deck file says of where it came from, so that it can be read back after people have changed it.

Each slide carries the identity of the slide that it was made of, and for each placeholder the fields that fill it and
short hashes of the text as it was built, and of how it is set: levels of lists, emphasis, links. That stands in two places: in a part of tags for each slide, which
PowerPoint keeps and LibreOffice drops, and in the document's custom properties, which both keep. No text is in it, and
hashes are of what slides show: of a gap they know the underscores, not the word, and of notes nothing, so that nobody can try a
guess against a file whose notes were taken off.

What notes said is known by a hash in a part of tags of each notes page, which goes with that page. PowerPoint can also empty
notes and leave their pages there, so pages that somebody might guess have none: those that say little beside what the slide
shows, and those of quizzes, which tell the right answer. Of a slide without notes its own tags say that it has none.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from lxml import etree

from deckbuilder.content.room import QuizSlide
from deckbuilder.content.text import Run
from deckbuilder.frozen import dataclass
from deckbuilder.layout.frame import ChartItem, Item, PictureItem, SlideFrame, TableItem, TextItem
from deckbuilder.ooxml.xml import DECLARATION, NAMESPACES, attribute

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_VT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of properties that a user defines
_TAG = "DECKBUILDER_"  # PowerPoint has the names of tags in capitals
_PROPERTY = re.compile(r"deckbuilder (\d+)\.(\d+)")
_WORD = re.compile(r"\w+")
_CHUNK = 240  # PowerPoint shows 255 characters of a property
_DIGITS = 10
_UNTOLD = 60  # letters of notes in words that the slide does not show, from which on nobody guesses them all
_MARK = re.compile(r"([^;]+);(\d+)/(\d+)((?:;[^;]+)*)")
_HOLDER = re.compile(r"(\d+):([^:]*):([0-9a-f]*)(?::([0-9a-f]*))?(?::([0-9a-f]+))?")


@dataclass(frozen=True, slots=True)
class HolderMark:
    """A placeholder, by its `index`: the fields that it was made of, in order (none where the program made it), and the
    `digest` of what it said when it was built, "" where it said nothing. `picture` is one of its picture's bytes as they are in
    the file, "" without one; `looks` one of how its text is set, "" for what is no text, and where it is not known."""

    index: int
    fields: tuple[str, ...]
    digest: str
    picture: str = ""
    looks: str = ""


@dataclass(frozen=True, slots=True)
class SlideMark:
    """What a slide in the file was made of: the identity of the author's slide, of whose `parts` it is the `part`,
    counted from 1, its placeholders, and whether it was `hidden`."""

    slide: str
    part: int
    parts: int
    holders: tuple[HolderMark, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class DeckMarks:
    """The marks in a file. `slides` are those that its slides carry, in the order that they have there; None for one
    without, as all are after LibreOffice saved them. `built` are those of the document, as it was built. `notes` are digests of
    what the slides' notes said then, "" of a slide that had none, None where that is not known."""

    slides: tuple[SlideMark | None, ...]
    built: tuple[SlideMark, ...]
    notes: tuple[str | None, ...] = ()


def digest(words: str) -> str:
    """A short hash of what a placeholder says: paragraphs on lines of their own; of a table its cells, row by row; of
    a picture or a chart its alternative text."""
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:_DIGITS] if words else ""


def picture_digest(data: bytes) -> str:
    """A short hash of a picture's bytes."""
    return hashlib.sha256(data).hexdigest()[:_DIGITS]


def looks_digest(paragraphs: Iterable[tuple[int, str | None, Sequence[Run]]]) -> str:
    """A short hash of how paragraphs are set, each given by its level in the file, its marker and its runs: levels, markers,
    and which of its words are emphasised, code, or lead elsewhere."""
    out: list[str] = []
    for level, marker, runs in paragraphs:
        shown = [run for run in runs if run.text.strip()]
        if not shown:
            continue
        out.append(f"{level}{marker or ''}")
        for looks, group in groupby(shown, key=_looks):
            if looks:
                words = "".join("".join(run.text for run in group).split())
                out.append(f"{looks} {words}")
    return digest("\n".join(out))


def notes_digest(slide: str, paragraphs: Iterable[tuple[str | None, Sequence[Run]]]) -> str:
    """A short hash of what a notes page of the slide of that identity says, and how it is set; "" where it says nothing. Each
    paragraph is given by its marker and its runs."""
    lines = [(0, marker, runs) for marker, runs in paragraphs]
    said = "".join("".join(run.text for run in runs) for _, _, runs in lines).split()
    return digest(f"{slide} {' '.join(said)}\n{looks_digest(lines)}") if said else ""


def told_by_notes(mark: SlideMark, frame: SlideFrame) -> str:
    """The digest that the notes page of a frame keeps; "" where it keeps none, since somebody might guess what it says."""
    if frame.notes is None or isinstance(frame.slide, QuizSlide):
        return ""
    shown = {word for item in frame.items for word in _WORD.findall(_said(item).casefold())}
    said = {word for p in frame.notes.paragraphs for run in p.runs for word in _WORD.findall(run.text.casefold())}
    if sum(map(len, said - shown)) < _UNTOLD:
        return ""
    return notes_digest(mark.slide, ((p.marker, p.runs) for p in frame.notes.paragraphs))


def _looks(run: Run) -> str:
    said = {"b": run.bold, "i": run.italic, "c": run.code, "l": bool(run.link), run.script or "": bool(run.script)}
    return ",".join(name for name, is_so in said.items() if is_so)


def marks_of(frames: Sequence[SlideFrame], data: Callable[[PictureItem], bytes] = lambda _: b"") -> list[SlideMark]:
    """A mark for each frame. `data` gives a picture's bytes as they are in the file; b"" where they are of no interest."""

    def holder(item: Item) -> HolderMark:
        seen = data(item) if isinstance(item, PictureItem) else b""
        return HolderMark(
            item.placeholder.index,
            item.fields,
            digest(_said(item)),
            picture_digest(seen) if seen else "",
            looks_digest((p.level, p.marker, p.runs) for p in item.text.paragraphs)
            if isinstance(item, TextItem)
            else "",
        )

    parts = Counter(frame.slide.identity for frame in frames)
    seen: Counter[str] = Counter()
    out = []
    for frame in frames:
        name = frame.slide.identity
        seen[name] += 1
        holders = tuple(map(holder, frame.items))
        out.append(SlideMark(name, seen[name], parts[name], holders, frame.hidden))
    return out


def _said(item: Item) -> str:
    match item:
        case TextItem():
            said = item.text.plain
        case TableItem():
            said = "\n".join(cell.plain for row in item.rows for cell in row)
        case PictureItem() | ChartItem():
            said = item.alt
    return said


# --- Written


def creation_ids(marks: Sequence[SlideMark]) -> list[int]:
    """The number that PowerPoint knows each slide by, whatever its place: from 1 to 2³² - 1, unique."""
    out: dict[int, None] = {}
    for mark in marks:
        hashed = hashlib.sha256(f"{mark.slide} {mark.part}".encode()).digest()
        number = int.from_bytes(hashed[:4], "big") or 1
        while number in out:
            number = number % 0xFFFFFFFF + 1
        out[number] = None
    return list(out)


def tags_of(key: str) -> str:
    """The element that leads to a part of tags, by the id of the relationship to it."""
    return f'<p:custDataLst><p:tags r:id="{key}"/></p:custDataLst>'


def slide_data(tags: str, creation_id: int) -> str:
    """What stands behind a slide's shapes; `tags` is the id of the relationship to its tags."""
    return (
        f"{tags_of(tags)}"
        '<p:extLst><p:ext uri="{BB962C8B-B14F-4D97-AF65-F5344CB8AC3E}">'
        '<p14:creationId xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main" '
        f'val="{creation_id}"/></p:ext></p:extLst>'
    )


def tags_xml(mark: SlideMark, bare: bool = False) -> str:
    """A slide's part of tags; `bare` tells that it has no notes, in a deck with notes."""
    tags = {"SLIDE": mark.slide, "PART": f"{mark.part}/{mark.parts}"}
    tags |= {"HIDDEN": "1"} if mark.hidden else {}
    tags |= {"BARE": "1"} if bare else {}
    return _tags({**tags, **{f"HOLDER_{h.index}": _value(h) for h in mark.holders}})


def notes_tags_xml(told: str) -> str:
    """A notes page's part of tags, with the digest of what it says."""
    return _tags({"NOTES": told})


def _tags(tags: dict[str, str]) -> str:
    inner = "".join(f'<p:tag name="{_TAG}{name}" val={attribute(value)}/>' for name, value in tags.items())
    return f"{DECLARATION}<p:tagLst {NAMESPACES}>{inner}</p:tagLst>"


def _value(holder: HolderMark) -> str:
    further = [holder.picture, holder.looks] if holder.looks else [holder.picture] if holder.picture else []
    return ":".join([",".join(holder.fields), holder.digest, *further])


def custom_xml(marks: Sequence[SlideMark]) -> str:
    """The document's custom properties: a slide's mark in one, or in several where it is long."""
    inner: list[str] = []
    for number, mark in enumerate(marks, 1):
        holders = (f";{h.index}:{_value(h)}" for h in mark.holders)
        whole = f"{mark.slide};{mark.part}/{mark.parts}{''.join(holders)}{';hidden' if mark.hidden else ''}"
        for place, start in enumerate(range(0, len(whole), _CHUNK), 1):
            inner.append(
                f'<property fmtid="{_FORMAT}" pid="{len(inner) + 2}" name="deckbuilder {number}.{place}">'
                f"<vt:lpwstr>{whole[start : start + _CHUNK]}</vt:lpwstr></property>"
            )
    return f'{DECLARATION}<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VT}">{"".join(inner)}</Properties>'


# --- Read back


def read_marks(path: Path) -> DeckMarks:
    """The marks in a deck file, whoever saved it last. What is no mark of ours is passed over.

    Raises OSError or zipfile.BadZipFile for what is no such file.
    """
    with zipfile.ZipFile(path) as file:
        package = _Parts(file)
        main = package.first("", "officeDocument")
        listed = package.xml(main).iter(f"{_P}sldId") if main else ()
        slides = [package.related(main)[entry.get(f"{_R}id", "")][1] for entry in listed]
        custom = package.first("", "custom-properties")
        return DeckMarks(
            tuple(_of_tags(package, slide) for slide in slides),
            tuple(_of_properties(package.xml(custom))) if custom else (),
            tuple(_of_notes(package, slide) for slide in slides),
        )


class _Parts:
    """The parts of a package and what they are related to."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self.file = file
        self.names = set(file.namelist())

    def xml(self, name: str) -> Any:
        return etree.fromstring(self.file.read(name), etree.XMLParser(resolve_entities=False, no_network=True))

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """By id: the last word of the type, and the part's name."""
        folder, _, file = name.rpartition("/")
        rels = posixpath.join(folder, "_rels", f"{file}.rels")
        out = {}
        for rel in self.xml(rels) if rels in self.names else ():
            if rel.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, rel.get("Target", ""))).lstrip("/")
                out[rel.get("Id", "")] = (rel.get("Type", "").rpartition("/")[2], target)
        return out

    def first(self, name: str, kind: str) -> str:
        """The part of the kind that a part is related to; "" without one."""
        return next((t for k, t in self.related(name).values() if k == kind and t in self.names), "")


def _of_tags(package: _Parts, slide: str) -> SlideMark | None:
    for ours in _tags_in(package, slide):
        holders = (f"{k.removeprefix('HOLDER_')}:{v}" for k, v in ours.items() if k.startswith("HOLDER_"))
        hidden = ["hidden"] if ours.get("HIDDEN") else []
        if mark := _mark(";".join((ours.get("SLIDE", ""), ours.get("PART", ""), *holders, *hidden))):
            return mark
    return None


def _of_notes(package: _Parts, slide: str) -> str | None:
    """The digest of what a slide's notes said, "" where it had none, None where that is not known."""
    if any(ours.get("BARE") for ours in _tags_in(package, slide)):
        return ""
    pages = [target for kind, target in package.related(slide).values() if kind == "notesSlide"]
    found = (ours.get("NOTES") for page in pages for ours in _tags_in(package, page))
    return next(filter(None, found), None)


def _tags_in(package: _Parts, part: str) -> Iterator[dict[str, str]]:
    """Our tags in each of a part's parts of tags."""
    for kind, target in package.related(part).values():
        if kind == "tags" and target in package.names:
            tags = {tag.get("name", "").upper(): tag.get("val", "") for tag in package.xml(target).iter(f"{_P}tag")}
            yield {name.removeprefix(_TAG): value for name, value in tags.items() if name.startswith(_TAG)}


def _of_properties(properties: Any) -> Iterator[SlideMark]:
    chunks: dict[int, dict[int, str]] = {}
    for entry in properties:
        if found := _PROPERTY.fullmatch(entry.get("name", "")):
            chunks.setdefault(int(found[1]), {})[int(found[2])] = "".join(entry.itertext())
    for _, parts in sorted(chunks.items()):
        if mark := _mark("".join(value for _, value in sorted(parts.items()))):
            yield mark


def _mark(whole: str) -> SlideMark | None:
    """The mark that the words are; None where they are none."""
    found = _MARK.fullmatch(whole)
    if found is None:
        return None
    holders = []
    said = found[4].split(";")[1:]
    hidden = said[-1:] == ["hidden"]
    said = said[:-1] if hidden else said
    for words in said:
        holder = _HOLDER.fullmatch(words)
        if holder is None:
            return None
        holders.append(
            HolderMark(
                int(holder[1]),
                tuple(filter(None, holder[2].split(","))),
                holder[3],
                holder[4] or "",
                holder[5] or "",
            )
        )
    return SlideMark(found[1], int(found[2]), int(found[3]), tuple(holders), hidden)
