"""A deck file of ours, read back: each slide's fields as deck.yaml has them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from deckbuilder.importing.composing import Entry, compose, entries_of
from deckbuilder.importing.files import Files
from deckbuilder.importing.furniture import without_furniture
from deckbuilder.importing.importer import markup_line
from deckbuilder.importing.old import Image, OldDeck, Shape, Slide
from deckbuilder.importing.ours.pages import our_pages
from deckbuilder.importing.ours.told import Told, told
from deckbuilder.importing.pages import pages_of
from deckbuilder.importing.reader import read_old
from deckbuilder.ooxml.package import Package
from deckbuilder.ooxml.reading import opened_presentation
from deckbuilder.outputs.pptx.marks import DeckMarks, SlideMark, digest
from deckbuilder.pulling.matching import looks_of, matched

_BLANK = "_____"


@dataclass
class BackSlide:
    """A slide of the author's. `identity` is None for one that is new in the file; `fields` are its fields, pictures by the
    hash of their files; `told` what its frames say, None for a new one."""

    identity: str | None
    fields: dict[str, Any]
    section: str
    told: Told | None = None
    first: int = 0


@dataclass
class Back:
    """A file read back. `head` are fields of the deck, `files` the pictures' files by their hash, `sections` the names of
    PowerPoint's sections, `old` what was read, `parts` the hashes of pictures
    by their parts, and `looks` what these look like."""

    slides: list[BackSlide]
    head: dict[str, Any]
    sections: list[str]
    marks: DeckMarks
    files: dict[str, Path] = field(default_factory=dict)
    old: OldDeck | None = None
    parts: dict[str, str] = field(default_factory=dict)
    looks: dict[str, tuple[int, ...]] = field(default_factory=dict)


def read_back(file: Path, marks: DeckMarks, scratch: Path, known: Back | None = None) -> Back:
    """The slides of a file with these marks; where it has none for its slides, those of the deck as it is `known`. `scratch`
    is a folder for its pictures. Raises PackageError, and DeckError for another deck's file."""
    scratch.mkdir(parents=True, exist_ok=True)
    with opened_presentation(file) as (package, _):
        old = without_furniture(read_old(package)).deck
        if known is not None and not any(marks.slides):
            assert known.old is not None
            looks = (partial(_looks, package), known.looks.__getitem__)
            old, marks = matched(
                old, known.old, (known.marks.slides, marks.built or known.marks.built), looks, file.name
            )
        files = Files(package, scratch)
        if known is not None:
            files.names |= {f"now|{part}": f"now|{mark}" for part, mark in known.parts.items()}
        looks_now = (
            {
                s.content.part: _looks(package, s.content.part)
                for one in old.slides
                for s in one.shapes
                if isinstance(s.content, Image)
            }
            if known is None
            else {}
        )
        slides: dict[int, BackSlide] = {}
        head: dict[str, Any] = {}
        ours = [(slide, mark) for slide, mark in zip(old.slides, marks.slides, strict=False) if mark is not None]
        marked = replace(old, slides=tuple(slide for slide, _ in ours))
        groups = told(marked.slides, [mark for _, mark in ours]) or []
        pages = our_pages(marked, DeckMarks(tuple(mark for _, mark in ours), marks.built)) or []
        for group, (page, guess) in zip(groups, pages, strict=True):
            entry = Entry(page, [guess], ours=True)
            compose(entry, files, page.title or (markup_line("-"),))
            for key, value in entry.head.items():
                head.setdefault(key, value)
            number = group.frames[0][0].number
            for made in entry.slides[:1]:
                if group.has("section.title"):
                    made["section.title"] = page.heads(*page.title)
                if group.has("section.text"):
                    made["section.text"] = page.inline(*group.lines("section.text"))
                slides[number] = BackSlide(group.identity, made, _section(page.slide), group, number)
        for entry in entries_of(pages_of(_new(old, {s.number for s, _ in ours})), ["", ""]):
            compose(entry, files, entry.page.title or (markup_line("-"),))
            for made in entry.slides:
                slides[entry.page.slide.number + len(slides) * 1_000_000] = BackSlide(
                    None, made, _section(entry.page.slide), None, entry.page.slide.number
                )
    hashes = {name: _hash(scratch / name) for name in files.names.values() if (scratch / name).is_file()}
    parts = {part: hashes[name] for part, name in files.names.items() if name in hashes}
    for slide in old.slides:  # a drawing goes by its raster too, which other programs keep
        for shape in slide.shapes:
            if isinstance(shape.content, Image) and shape.content.vector in parts:
                parts[shape.content.part] = parts[shape.content.vector]
    hashes |= {f"now|{mark}": mark for mark in (known.parts.values() if known else ())}
    for one in slides.values():
        _by_hash(one.fields, hashes)
    ordered = sorted(slides.values(), key=lambda one: one.first)
    return Back(
        ordered,
        head,
        list(old.sections),
        marks,
        {mark: scratch / name for name, mark in hashes.items()},
        old,
        parts,
        looks_now,
    )


def _looks(package: Package, part: str) -> tuple[int, ...]:
    return looks_of(package.parts[part].data) if part in package.parts else ()


def _section(slide: Slide) -> str:
    return (slide.section or "").partition(" ")[2]


def _new(old: OldDeck, known: set[int]) -> OldDeck:
    return replace(old, slides=tuple(slide for slide in old.slides if slide.number not in known))


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:20] + path.suffix


def _by_hash(value: Any, hashes: dict[str, str]) -> None:
    """Puts hashes in place of pictures' names, which differ from file to file; data of charts become values."""
    if isinstance(value, dict):
        if (name := value.get("file")) in hashes:
            value["file"] = hashes[name]
        for one in value.values():
            _by_hash(one, hashes)
    elif isinstance(value, list):
        for one in value:
            _by_hash(one, hashes)


def changed_fields(t: Told) -> set[str]:
    """The fields whose placeholders say something else than when the file was built, or are gone."""
    out: set[str] = set()
    for slide, mark in t.frames:
        shapes = {0 if s.holder in ("title", "ctrTitle") else s.index: s for s in slide.shapes}
        for holder in mark.holders:
            shape = shapes.get(holder.index)
            if (digest(_said(shape)) if shape is not None else "") != holder.digest:
                out |= set(holder.fields)
    return out


def _said(shape: Shape) -> str:
    """What a placeholder says, as the marks have it."""
    if shape.lines:
        return "\n".join(_blanks(line.plain) for line in shape.lines)
    content = shape.content
    rows = getattr(content, "rows", None)
    if rows is not None:
        return "\n".join("\n".join(_blanks(line.plain) for line in cell) for row in rows for cell in row)
    return str(getattr(content, "alt", ""))


def _blanks(words: str) -> str:
    return re.sub(r"_{3,}", _BLANK, words)


def digests_of(marks: Iterator[SlideMark] | tuple[SlideMark, ...], slide: str, name: str) -> list[str]:
    """The hashes of the placeholders that a field of a slide fills, in order."""
    return [h.digest for m in marks if m.slide == slide for h in m.holders if name in h.fields]
