"""The slides of a file that is being edited: where each stands, and by which id it is known.

The ids are those that the deck's model gives (`content.identity`). A slide that the models refuse has the id that its
stand-in has."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping as Map
from dataclasses import field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from deckbuilder.content.deck import Variant
from deckbuilder.content.identity import derived, told_apart
from deckbuilder.content.kinds import AnySlide, Slide
from deckbuilder.content.session import Session
from deckbuilder.content.text import Inline, Text
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.editing.refusal import Refused
from deckbuilder.editing.shared import library_of
from deckbuilder.editing.tree import Alias, Mapping, Node, Scalar, Sequence, data_of, is_merge, nodes_of
from deckbuilder.editing.written import Written, value_at
from deckbuilder.frozen import dataclass
from deckbuilder.reading.choosing import Chooser
from deckbuilder.reading.data import fill_data
from deckbuilder.reading.library import NAME as LIBRARY
from deckbuilder.reading.library import Library
from deckbuilder.reading.mending import WORDS
from deckbuilder.reading.taken import take_in
from deckbuilder.reading.variables import fill_variables
from deckbuilder.reading.yaml import plain_value
from deckbuilder.source import Inputs, LocatedDict, LocatedFloat, LocatedInt, LocatedList, LocatedStr

_DECK_WORDS = ("title", "subtitle", "organisation", "language", "copyright", "licence")


_CHOSEN = re.compile(r"\b(?:not_)?for\b")


class Place:
    """What slides' ids depend on beside the file: the deck's folder, with its CSV files, the session whose values texts
    say, and the variant that has the slides, None for the deck itself. All None where there are none."""

    def __init__(self, folder: Path | None = None, session: Session | None = None, variant: str | None = None) -> None:
        self.folder = folder
        self.session = session
        self.variant = variant

    def slides(self, w: Written) -> dict[str, tuple[int, int]]:
        """The ids of a deck's slides, in order, each with its section and its place there, from 0."""
        library, variants = _library(w, self.folder), _variants(w)
        words = _words(w, library)
        _ = w.data  # which is refused where aliases multiply
        where: list[tuple[int, int]] = []
        names: list[tuple[str | None, str]] = []
        for section, number, node, title in _slide_nodes(w):
            where.append((section, number))
            names.append(_cached(self._slide(w, node, title, words, library, variants)))
        return dict(zip(told_apart(names), where, strict=True))

    def _slide(
        self,
        w: Written,
        node: Node,
        title: Node | None,
        words: dict[str, Any],
        library: Library | None,
        variants: tuple[str, ...],
    ) -> _Slide:
        text = w.text[node.start : node.stop]
        above = w.text[title.start : title.stop] if title is not None else None
        language = words.get("language")
        language = language if isinstance(language, str) else "en"
        said: list[Any] = [text, above, language]
        if w.aliases and any(isinstance(inner, Alias) for inner in nodes_of(node)):
            said.append(json.dumps(data_of(node), sort_keys=True))
        both = f"{above} {text}"
        filled = "{{" in both or "{%" in both or "{#" in both
        if filled:
            said += [repr(words), None if self.session is None else self.session.model_dump_json()]
        folder = None
        file = w.child(node, "file") if isinstance(node, Mapping) else None
        if self.folder is not None and isinstance(file, Scalar):
            folder = self.folder
            said += [str(folder), _state(folder / file.value)]
        takes = library is not None and "take" in text
        if library is not None and takes:
            folder = self.folder
            said += [library.file, _state(library.folder / LIBRARY)]
        chosen = variants if _CHOSEN.search(text) else ()
        line = frozenset(_line(w, self.variant)) if chosen and self.variant else frozenset[str]()
        said += [chosen, line]
        known = library if takes else None
        return _Slide(
            tuple(said),
            node,
            title,
            language,
            words if filled or takes else {},
            self.session,
            folder,
            known,
            chosen,
            line,
        )


@dataclass(frozen=True)
class _Slide:
    """A slide as it is written (`said`: all that its names depend on), and what they are made of. `title` is its
    section's, None where that has none."""

    said: tuple[Any, ...]
    node: Node = field(compare=False)
    title: Node | None = field(compare=False)
    language: str = field(compare=False)
    words: dict[str, Any] = field(compare=False)
    session: Session | None = field(compare=False)
    folder: Path | None = field(compare=False)
    library: Library | None = field(compare=False)
    variants: tuple[str, ...] = field(compare=False)
    line: frozenset[str] = field(compare=False)


def _state(file: Path) -> tuple[int, int] | None:
    """What tells whether a file has changed; None where there is none."""
    try:
        status = file.stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=4096)
def _cached(slide: _Slide) -> tuple[str | None, str]:
    """A slide's names, made once for what it says."""
    raw, section, sections, slides = LocatedDict(), LocatedDict(), LocatedList(), LocatedList()
    slides.append(_located(slide.node))
    section["slides"] = slides
    if slide.title is not None:
        section["title"] = _located(slide.title)
    sections.append(section)
    raw.update(slide.words, sections=sections)
    if slide.library is not None and slide.folder is not None:
        take_in(raw, slide.folder, slide.library, Diagnostics())
    if slide.variants and isinstance(slides[0], LocatedDict):  # what is in the variant, be the slide in it or not
        slides[0] = Chooser(set(slide.line), dict.fromkeys(slide.variants, Variant()), Diagnostics()).mapping(slides[0])
    if slide.words:
        fill_variables(raw, slide.session, slide.language, Diagnostics())
    if slide.folder is not None:
        own = slide.library.folder if slide.library else None
        fill_data(raw, slide.folder, slide.language, Diagnostics(), Inputs(), own)
    return _named(slides[0], section.get("title"), slide.language)


@cache
def _slide() -> TypeAdapter[AnySlide]:
    return TypeAdapter(Slide)


@cache
def _title() -> TypeAdapter[Text]:
    return TypeAdapter(Inline)


def _named(raw: Any, title: Any, language: str) -> tuple[str | None, str]:
    """The id that a slide is given, None without one, and the one that is made of its words, or its section's title. What the
    models refuse is what stands in for it."""
    context = {"problems": Diagnostics(), "language": language}
    try:
        section = _title().validate_python(title, context=context)
    except ValidationError:
        section = _title().validate_python(WORDS, context=context)
    try:
        slide = _slide().validate_python(raw, context=context)
    except ValidationError:
        given = raw.get("id") if isinstance(raw, dict) else None
        stand_in = _slide().validate_python({"kind": "cover"}, context=context)
        return (str(given) if isinstance(given, str) else None), derived(stand_in, section)
    return slide.id, derived(slide, section)


def _line(w: Written, variant: str) -> list[str]:
    """The variant, and all whose content it has too."""
    out: dict[str, None] = {}
    ahead = [variant]
    while ahead:
        if (name := ahead.pop()) not in out:
            out[name] = None
            also = value_at(w.data, ("variants", name, "also"))
            ahead += [str(one) for one in (also if isinstance(also, list) else [also] if also else [])]
    return list(out)


def _slide_nodes(w: Written) -> list[tuple[int, int, Node, Node | None]]:
    """Each slide with the numbers of its section and its place there, and the section's title."""
    out = []
    sections = _followed(w.child(w.tree, "sections")) if w.tree is not None else None
    for section, node in enumerate(sections.items if isinstance(sections, Sequence) else []):
        slides, title = _followed(w.child(node, "slides")), _followed(w.child(node, "title"))
        for number, slide in enumerate(slides.items if isinstance(slides, Sequence) else []):
            out.append((section, number, _followed(slide) or slide, title))
    return out


def slide_fields(w: Written) -> list[tuple[range, dict[str, range]]]:
    """Where each slide stands in the deck's text, and its fields by their keys, by characters."""
    out = []
    for _, _, node, _ in _slide_nodes(w):
        pairs = node.pairs if isinstance(node, Mapping) else []
        out.append(
            (range(node.start, node.stop), {key.value: range(key.start, value.stop + 1) for key, value in pairs})
        )
    return out


def _followed(node: Node | None) -> Node | None:
    while isinstance(node, Alias):
        node = node.target
    return node


def _library(w: Written, folder: Path | None) -> Library | None:
    """The deck's library, where it may matter to slides."""
    if folder is None or ("take" not in w.text and "facts" not in w.text):
        return None
    node = w.child(w.tree, "library")
    return library_of(_located(node) if node is not None else None, folder)


def _variants(w: Written) -> tuple[str, ...]:
    """The names of the deck's variants."""
    node = _followed(w.child(w.tree, "variants"))
    return tuple(key.value for key, _ in node.pairs) if isinstance(node, Mapping) else ()


def _words(w: Written, library: Library | None) -> dict[str, Any]:
    """What texts of slides may say of the deck, and the facts that it has or its library."""
    out = {key: _located(node) for key in _DECK_WORDS if (node := w.child(w.tree, key)) is not None}
    if "facts" in w.text or library is not None:
        own = _located(node) if (node := w.child(w.tree, "facts")) is not None else None
        facts = LocatedDict()
        facts.update({**(library.facts if library else {}), **(own if isinstance(own, dict) else {})})
        out["facts"] = facts
    return out


def _located(node: Node) -> Any:
    """A node as reading has it, without places: numbers know how they are written."""
    match node:
        case Alias(target=target):
            return _located(target)
        case Scalar(value=text, style=style, tagged=tagged):
            value = text if style or tagged else plain_value(text)
            if isinstance(value, str):
                return LocatedStr(value)
            if value is None or isinstance(value, bool):
                return value
            return LocatedInt(value, text) if isinstance(value, int) else LocatedFloat(value, text)
        case Sequence(items=items):
            out = LocatedList()
            out.extend(map(_located, items))
            return out
        case Mapping(pairs=pairs):
            mapping, merged = LocatedDict(), LocatedDict()
            for key, part in pairs:
                read = _located(part)
                if not is_merge(key):
                    mapping[key.value] = read
                    continue
                for source in read if isinstance(read, list) else [read]:
                    for name, what in source.items() if isinstance(source, dict) else ():
                        merged.setdefault(name, what)
            for name, what in merged.items():
                mapping.setdefault(name, what)
            return mapping
    raise TypeError(node)


def place_of(slides: Map[str, tuple[int, int]], name: str) -> tuple[int, int]:
    """Where the slide of that id stands. Raises Refused where there is none."""
    if name not in slides:
        raise Refused(f"there is no slide '{name}' any more")
    return slides[name]


def slide_path(place: tuple[int, int]) -> tuple[str | int, ...]:
    """The path to a slide in its section."""
    section, number = place
    return ("sections", section, "slides", number)


def raw_slide(w: Written, place: tuple[int, int]) -> Any:
    """The slide as plain data, as it is written."""
    return value_at(w.data, slide_path(place))
