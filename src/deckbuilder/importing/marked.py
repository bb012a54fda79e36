"""The Markdown of a slide as its shapes: text, lists, tables and pictures, with notes and what is left out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pydantic_core import PydanticCustomError

from deckbuilder.content.text import Run
from deckbuilder.content.typed import Aside, put_aside
from deckbuilder.importing.kinds.shared import is_name
from deckbuilder.importing.old import Content, Grid, Image, Left, Line, Shape, Slide, Words
from deckbuilder.importing.pieces import NOTE, divided
from deckbuilder.importing.terms import DASH
from deckbuilder.importing.words import words_of
from deckbuilder.ooxml.package import Package, Part
from deckbuilder.units import Rect

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_DIRECTIVE = re.compile(r"\s*_?[a-zA-Z-]+\s*:")
_ATTRIBUTES = re.compile(r"(?<=[)\w*\"])\s*\{[.#:][^{}\n]*\}|\{[^{}\n]*=[^{}\n]*\}")
WIDE, HIGH = 720.0, 540.0
"""A slide's size, in points."""


@dataclass
class _Reading:
    """A slide while it is read: boxes of text, each with the column that it stands in, None outside of columns."""

    shapes: list[tuple[Content, int | None]] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    title: tuple[Line, ...] = ()


class Reader:
    def __init__(self, folder: Path, package: Package) -> None:
        self.folder = folder
        self.package = package

    def slide(self, source: str, number: int) -> Slide | None:
        r = _Reading()
        source = self._comments(source, r)
        body, notes, columns = divided(source)
        for part, column in [(text, None) for text in body] + [(text, n) for n, text in enumerate(columns)]:
            self._blocks(part, column, r)
        for text in notes:
            r.notes += self._notes(text, r)
        if not (r.title or r.shapes or r.notes):
            return None
        shapes = [placed(Words(r.title), "title", 0)] if r.title else []
        count = max((column for _, column in r.shapes if column is not None), default=0) + 1
        row = 1
        for content, column in r.shapes:
            shapes.append(placed(content, None, row, column, count))
            row += 1 if column is None else 0
        alone = bool(r.title) and not r.shapes
        kind = "secHead" if alone and re.match(r"\s*#\s", source.lstrip()) and number > 1 else ""
        return Slide(number, "", kind, tuple(shapes), tuple(r.notes), left=tuple(r.left), said=words_of(*r.said))

    def _comments(self, source: str, r: _Reading) -> str:
        """The source without its comments, which are notes unless they are settings."""

        def take(found: re.Match[str]) -> str:
            words = found[1].strip()
            if (
                words
                and all(_DIRECTIVE.match(line) for line in words.split("\n") if line.strip())
                and len(words) < 200
                and not _is_cue(words)
            ):
                r.left.append(Left(f"a setting in a comment: {' '.join(words.split())}"))
            elif words:
                r.notes.extend(self._notes(words, r))
            return ""

        return _COMMENT.sub(take, source)

    def _notes(self, text: str, r: _Reading) -> list[Line]:
        lines = [
            line for content in self._contents(NOTE.sub("", text.strip()), _Reading(), r) for line in _lines(content)
        ]
        return lines

    def _blocks(self, source: str, column: int | None, r: _Reading) -> None:
        for content in self._contents(source, r, r):
            if (
                r.shapes
                and isinstance(content, Words)
                and isinstance(r.shapes[-1][0], Words)
                and r.shapes[-1][1] == column
            ):
                r.shapes[-1] = (Words((*r.shapes[-1][0].lines, *content.lines)), column)
            else:
                r.shapes.append((content, column))

    def _contents(self, source: str, titled: _Reading, r: _Reading) -> list[Content]:  # noqa: PLR0915  one token a case
        """What a piece of Markdown holds; its first heading becomes the title of `titled`."""
        from markdown_it import MarkdownIt

        md = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
        out: list[Content] = []
        lines: list[Line] = []
        lists: list[list[Any]] = []
        heading = quoted = spoken = False  # `spoken`: within a quotation, behind its first paragraph
        rows: list[list[tuple[Line, ...]]] = []
        first = False

        def flush() -> None:
            if lines:
                out.append(Words(tuple(lines)))
                lines.clear()

        marked, aside = _aside(_ATTRIBUTES.sub("", source))
        for token in md.parse(marked):
            match token.type:
                case "heading_open":
                    heading = True
                case "heading_close":
                    heading = False
                case "blockquote_open" | "blockquote_close":
                    quoted, spoken = token.type.endswith("open"), False
                case "bullet_list_open":
                    lists.append(["bullet", None])
                case "ordered_list_open":
                    lists.append(["number", int(token.attrs.get("start", 1)) - 1])
                case "bullet_list_close" | "ordered_list_close":
                    lists.pop()
                case "list_item_open":
                    first = True
                    if lists[-1][1] is not None:
                        lists[-1][1] += 1
                case "fence" | "code_block":
                    code = aside.plain(token.content).rstrip("\n")
                    r.said.append(code)
                    lines.append(Line((Run(code, code=True),)))
                case "tr_open":
                    rows.append([])
                case "table_close":
                    flush()
                    out.append(Grid(tuple(map(tuple, rows))))
                    rows = []
                case "html_block":
                    words = re.sub(r"<[^>]*>", " ", aside.plain(token.content))
                    if words.strip():
                        r.said.append(words)
                        lines.append(Line((Run(" ".join(words.split())),)))
                case "inline":
                    runs, images = self._runs(token.children or [], aside, r)
                    if rows:
                        rows[-1].append((Line(runs),) if runs else ())
                    elif heading and titled is r and not r.title and runs:
                        r.title = (Line(runs, size=36),)
                    elif runs:
                        if quoted and not (spoken and _is_speaker(Line(runs))):
                            spoken = True
                            runs = (Run("“"), *runs, Run("”")) if "”" not in runs[-1].text else runs
                        marker = lists[-1][0] if lists and first else None
                        runs = tuple(replace(run, bold=True) for run in runs) if heading else runs
                        lines.append(Line(runs, max(len(lists) - 1, 0), marker, lists[-1][1] if marker else None, 20))
                    first = False
                    if images:
                        flush()
                        out.extend(images)
        flush()
        return out

    def _runs(self, tokens: Sequence[Any], aside: Aside, r: _Reading) -> tuple[tuple[Run, ...], list[Image]]:
        runs: list[Run] = []
        images: list[Image] = []
        look = Run("")
        for token in tokens:
            match token.type:
                case "text":
                    runs += aside.back(token.content, look)
                case "code_inline":
                    runs.append(replace(look, text=aside.plain(token.content), code=True))
                case "softbreak":
                    runs.append(replace(look, text=" "))
                case "hardbreak":
                    runs.append(replace(look, text="\n"))
                case "strong_open" | "strong_close":
                    look = replace(look, bold=token.nesting > 0)
                case "em_open" | "em_close":
                    look = replace(look, italic=token.nesting > 0)
                case "link_open":
                    look = replace(look, link=aside.plain(str(token.attrs["href"])))
                case "link_close":
                    look = replace(look, link=None)
                case "image":
                    image = self._image(aside.plain(str(token.attrs["src"])), aside.plain(token.content), r)
                    images += [image] if image is not None else []
                case "html_inline":
                    runs += [replace(look, text="\n")] if re.fullmatch(r"<br\s*/?>", token.content) else []
        words = "".join(run.text for run in runs)
        r.said.append(words)
        return tuple(runs) if words.strip() else (), images

    def _image(self, source: str, alt: str, r: _Reading) -> Image | None:
        """A picture of the deck's folder; None for one that lies elsewhere, which is told."""
        words = " ".join(
            part
            for part in alt.split()
            if not re.fullmatch(r"bg|fit|cover|contain|auto|(?:w|h|width|height|left|right)(?::\S+)?|\d+%", part)
        )
        r.said.append(words)
        name = unquote(source)
        path = self.folder / name
        try:
            inside = path.resolve().is_relative_to(self.folder.resolve())
            data = path.read_bytes() if inside and path.is_file() and "://" not in name else b""
        except (OSError, ValueError):
            data = b""
        if not data:
            r.left.append(Left(f"a picture that is not in the deck's folder: {name}", words))
            return None
        part = posixpath.normpath(name)
        if part not in self.package.parts:
            self.package.add(Part(part, "", data))
        return Image(part, words)


def _aside(source: str) -> tuple[str, Aside]:
    """The source with formulas, bare addresses and the like put aside; without that where a formula cannot be read."""
    try:
        return put_aside(source, lambda words: words, "en", lambda code, message, hint: None)
    except PydanticCustomError:
        return source, Aside()


def _is_cue(words: str) -> bool:
    return bool(re.match(r"\s*(?:say|do|ask|listen for|transition|notes?)\s*:", words, re.IGNORECASE))


def _is_speaker(line: Line) -> bool:
    """Whether a paragraph of a quotation tells whose words it is."""
    return bool(DASH.match(line.words)) or is_name(line.words)


def _lines(content: Content) -> tuple[Line, ...]:
    return content.lines if isinstance(content, Words) else ()


def placed(content: Content, holder: str | None, row: int, column: int | None = None, columns: int = 1) -> Shape:
    """A shape at a place that tells its order."""
    if holder in ("title", "subTitle"):
        rect = Rect(40, 20 + 100 * row, WIDE - 80, 80)
    elif column is None:
        rect = Rect(40, 110 + 60 * row, WIDE - 80, 50)
    else:
        wide = (WIDE - 80) / columns
        rect = Rect(40 + wide * column, 110 + 60 * row, wide - 20, 50)
    return Shape(content, "", holder, row, rect)
