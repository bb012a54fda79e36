"""Decks in Markdown as old decks: slides apart by `---` or by headings, as Marp, pandoc, Quarto and reveal.js have them,
with front matter, notes in comments or in `::: notes`, columns and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from pydantic_core import PydanticCustomError

from deckbuilder.content.refusals import bounded
from deckbuilder.content.text import Run
from deckbuilder.importing.dialects import title_block
from deckbuilder.importing.direction import Tongues
from deckbuilder.importing.marked import HIGH, WIDE, Reader, placed
from deckbuilder.importing.old import Left, Line, OldDeck, Slide, Words
from deckbuilder.importing.pieces import pieces
from deckbuilder.importing.words import words_of
from deckbuilder.ooxml.package import Package, PackageError, TooLarge

ENDINGS = (".md", ".markdown", ".qmd", ".rmd")
_MOST = 5_000_000  # bytes: a book has one
_HEADED = (".qmd", ".rmd")  # whose slides begin with headings, also where there are rules
_KNOWN = ("title", "subtitle", "author", "authors", "date", "lang", "language", "institute", "header", "footer")
_LONGEST = 100_000  # characters of a slide
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def is_markdown(source: Path) -> bool:
    """Whether the file's name is one of a deck in Markdown."""
    return source.suffix.lower() in ENDINGS


def read_markdown(source: Path) -> tuple[OldDeck, Package]:
    """The deck in a Markdown file, and a package of the pictures that it shows, from the file's own folder. PackageError for
    a file that is none."""
    data = source.read_bytes()
    if len(data) > _MOST:
        raise TooLarge("is larger than 5 MB", "divide it over several files")
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise PackageError("is not UTF-8 text", "save it as UTF-8") from None
    front, text = _front_matter(text)
    left: list[Left] = []
    if not front:
        front, text = title_block(text)
    headed = source.suffix.lower() in _HEADED or ("title" in front and not front.get("marp"))
    parts = pieces(text, front, headed)
    package = Package()
    reader = Reader(source.parent, package)
    slides: list[Slide] = []
    for n, piece in enumerate(parts, 1):
        if why := _too_much(piece):
            left.append(Left(f"slide {n}, which {why}"))
        elif (slide := reader.slide(piece, n)) is not None:
            slides.append(slide)
    title = _plain(front.get("title"))
    if title and not (slides and slides[0].title and slides[0].title.lines[0].words == title):
        slides.insert(0, _cover(front, title))
    if not slides:
        raise PackageError("holds no slides", "slides are divided by '---' or begin with headings")
    if rest := [key for key in front if key not in _KNOWN]:
        left.append(Left("settings of its front matter: " + ", ".join(map(str, rest))))
    standing = tuple(_standing(front))
    left += [Left("what stands on each slide", words) for words in standing]
    slides = [replace(slide, number=n) for n, slide in enumerate(slides, 1)]
    tongues = Tongues()
    tongues.heard(text, "")
    language = _plain(front.get("lang") or front.get("language")) or tongues.language("en")
    authors = _authors(front) if title else ()
    return OldDeck(
        tuple(slides), WIDE, HIGH, language, title, standing=standing, left=tuple(left), authors=authors
    ), package


def _too_much(source: str) -> str:
    """Why a slide is more than any can be, "" where it is not."""
    if len(source) > _LONGEST:
        return f"has more than {_LONGEST:,} characters"
    try:
        bounded(source)
    except PydanticCustomError:
        return "has more marks such as * and _ than a text can have"
    return ""


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    found = _FRONT.match(text)
    if found is None or _bombs(found[1]):
        return {}, text
    try:
        front = yaml.safe_load(found[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, text
    return (front, text[found.end() :]) if isinstance(front, dict) else ({}, text)


def _bombs(text: str) -> bool:
    """Whether YAML multiplies itself, or is far larger than settings are."""
    return len(text) > 50_000 or bool(re.search(r"(?m)^[^#\n]*[&*]\w+", text))


def _plain(value: Any) -> str:
    return " ".join(str(value).split()) if value is not None and not isinstance(value, (dict, list)) else ""


def _authors(front: dict[str, Any]) -> tuple[str, ...]:
    """Whom front matter names as authors."""
    named = front.get("author") or front.get("authors") or []
    several = named if isinstance(named, list) else [named]
    return tuple(name for one in several if (name := _plain(one.get("name") if isinstance(one, dict) else one)))


def _standing(settings: dict[str, Any]) -> Iterator[str]:
    """The headers and footers that settings name, those of formats too."""
    for key, value in settings.items():
        if isinstance(value, dict):
            yield from _standing(value)
        elif key in ("header", "footer") and (words := _plain(value)):
            yield words


def _affiliations(front: dict[str, Any]) -> Iterator[str]:
    """What front matter says of its authors beside their names."""
    named = front.get("author") or front.get("authors") or []
    for one in named if isinstance(named, list) else [named]:
        for key in ("affiliation", "affiliations") if isinstance(one, dict) else ():
            several = one.get(key)
            for place in several if isinstance(several, list) else [several]:
                if words := _plain(place.get("name") if isinstance(place, dict) else place):
                    yield words


def _cover(front: dict[str, Any], title: str) -> Slide:
    """The title slide that front matter makes."""
    lines = [_plain(front.get(key)) for key in ("subtitle", "institute", "date")]
    lines[1:1] = [words for words in dict.fromkeys(_affiliations(front)) if words not in lines]
    body = tuple(Line((Run(words),), size=20) for words in lines if words)
    shapes = [placed(Words((Line((Run(title),), size=40),)), "title", 0)]
    shapes += [placed(Words(body), "subTitle", 1)] if body else []
    return Slide(1, "Title Slide", "title", tuple(shapes), said=words_of(title, *(line.plain for line in body)))
