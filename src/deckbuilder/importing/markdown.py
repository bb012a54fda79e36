"""Decks in Markdown as old decks: slides apart by `---` or by headings, as Marp, pandoc, Quarto and reveal.js have them,
with front matter, notes in comments or in `::: notes`, columns and pictures."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml
from pydantic_core import PydanticCustomError

from deckbuilder.content.text import Run
from deckbuilder.content.typed import Aside, put_aside
from deckbuilder.frozen import dataclass
from deckbuilder.importing.kinds.shared import is_name
from deckbuilder.importing.old import Content, Grid, Image, Left, Line, OldDeck, Shape, Slide, Words
from deckbuilder.importing.terms import DASH
from deckbuilder.importing.words import words_of
from deckbuilder.ooxml.package import Package, PackageError, Part, TooLarge
from deckbuilder.units import Rect

ENDINGS = (".md", ".markdown", ".qmd", ".rmd")
_MOST = 5_000_000  # bytes: a book has one
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_RULE = re.compile(r"(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}")
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_DIRECTIVE = re.compile(r"\s*_?[a-zA-Z-]+\s*:")
_DIV = re.compile(r"^\s*:{3,}\s*(?:\{([^}]*)\}|([\w.-]+))?\s*:*\s*$")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
_NOTE = re.compile(r"^(?:Notes?|Speaker notes?)\s*:\s*", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"(?<=[)\w*\"])\s*\{[.#:][^{}\n]*\}|\{[^{}\n]*=[^{}\n]*\}")
_WIDE, _HIGH = 720.0, 540.0


def _is_speaker(line: Line) -> bool:
    """Whether a paragraph of a quotation tells whose words it is."""
    return bool(DASH.match(line.words)) or is_name(line.words)


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
    pieces = _pieces(text, front)
    package = Package()
    reader = _Reader(source.parent, package)
    slides = [slide for n, piece in enumerate(pieces, 1) if (slide := reader.slide(piece, n)) is not None]
    title = _plain(front.get("title"))
    if title and not (slides and slides[0].title and slides[0].title.lines[0].words == title):
        slides.insert(0, _cover(front, title))
    if not slides:
        raise PackageError("holds no slides", "slides are divided by '---' or begin with headings")
    known = ("title", "subtitle", "author", "authors", "date", "lang", "language", "institute")
    if rest := [key for key in front if key not in known]:
        left.append(Left("settings of its front matter: " + ", ".join(map(str, rest))))
    slides = [replace(slide, number=n) for n, slide in enumerate(slides, 1)]
    language = _plain(front.get("lang") or front.get("language")) or "en"
    authors = _authors(front) if title else ()
    return OldDeck(tuple(slides), _WIDE, _HIGH, language, title, left=tuple(left), authors=authors), package


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


def _cover(front: dict[str, Any], title: str) -> Slide:
    """The title slide that front matter makes."""
    lines = [_plain(front.get("subtitle")), _plain(front.get("institute")), _plain(front.get("date"))]
    body = tuple(Line((Run(words),), size=20) for words in lines if words)
    shapes = [_shape(Words((Line((Run(title),), size=40),)), "title", 0)]
    shapes += [_shape(Words(body), "subTitle", 1)] if body else []
    return Slide(1, "Title Slide", "title", tuple(shapes), said=words_of(title, *(line.plain for line in body)))


def _pieces(text: str, front: dict[str, Any]) -> list[str]:
    """The source of each slide."""
    lines = text.split("\n")
    fenced = _in_fences(lines)
    rules = [n for n, line in enumerate(lines) if not fenced[n] and _RULE.fullmatch(line.strip()) and _rule(lines, n)]
    heads = [(n, len(m[1])) for n, line in enumerate(lines) if not fenced[n] and (m := _HEADING.match(line))]
    cuts = set(rules)
    slides_begin: set[int] = set()
    if not rules or not front.get("marp"):
        level = _slide_level(lines, heads, front)
        if not rules:
            slides_begin = {n for n, depth in heads if depth <= level}
        else:
            slides_begin = {n for n, depth in heads if depth <= min(level, 1)}
    out: list[list[str]] = [[]]
    for n, line in enumerate(lines):
        if n in cuts:
            out.append([])
            continue
        if n in slides_begin and any(one.strip() for one in out[-1]):
            out.append([])
        out[-1].append(line)
    return ["\n".join(piece) for piece in out if "\n".join(piece).strip()]


def _rule(lines: Sequence[str], n: int) -> bool:
    """Whether a line of dashes is a rule, and underlines no heading."""
    return n == 0 or not lines[n - 1].strip() or not lines[n].strip().startswith("-")


def _slide_level(lines: Sequence[str], heads: Sequence[tuple[int, int]], front: dict[str, Any]) -> int:
    """The level of headings that slides begin with: the highest that has text of its own below it (as pandoc has it)."""
    given = front.get("slide-level")
    if isinstance(given, int) and 1 <= given <= 6:
        return given
    with_text = []
    for place, (n, depth) in enumerate(heads):
        end = heads[place + 1][0] if place + 1 < len(heads) else len(lines)
        if any(line.strip() for line in lines[n + 1 : end]):
            with_text.append(depth)
    return min(with_text, default=2)


def _in_fences(lines: Sequence[str]) -> list[bool]:
    out, fence = [], ""
    for line in lines:
        found = _FENCE.match(line)
        if found and not fence:
            fence = found[1]
            out.append(True)
        elif found and fence and found[1][0] == fence[0] and len(found[1]) >= len(fence) and line.strip() == found[1]:
            fence = ""
            out.append(True)
        else:
            out.append(bool(fence))
    return out


@dataclass
class _Reading:
    """A slide while it is read: boxes of text, each with the column that it stands in, None outside of columns."""

    shapes: list[tuple[Content, int | None]] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    title: tuple[Line, ...] = ()


class _Reader:
    def __init__(self, folder: Path, package: Package) -> None:
        self.folder = folder
        self.package = package

    def slide(self, source: str, number: int) -> Slide | None:
        r = _Reading()
        source = self._comments(source, r)
        body, notes, columns = _divided(source)
        for part, column in [(text, None) for text in body] + [(text, n) for n, text in enumerate(columns)]:
            self._blocks(part, column, r)
        for text in notes:
            r.notes += self._notes(text, r)
        if not (r.title or r.shapes or r.notes):
            return None
        shapes = [_shape(Words(r.title), "title", 0)] if r.title else []
        count = max((column for _, column in r.shapes if column is not None), default=0) + 1
        row = 1
        for content, column in r.shapes:
            shapes.append(_shape(content, None, row, column, count))
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
            line for content in self._contents(_NOTE.sub("", text.strip()), _Reading(), r) for line in _lines(content)
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


def _divided(source: str) -> tuple[list[str], list[str], list[str]]:
    """What of a slide's source stands by itself, in notes, and in columns: `:::` blocks, and reveal.js' `Note:`."""
    body: list[str] = []
    notes: list[str] = []
    columns: list[str] = []
    stack: list[str] = []
    current: list[str] = []
    lines = source.split("\n")
    fenced = _in_fences(lines)

    def flush() -> None:
        text = "\n".join(current)
        current.clear()
        if not text.strip():
            return
        where = notes if "notes" in stack else columns if "column" in stack else body
        where.append(text)

    for n, line in enumerate(lines):
        found = _DIV.match(line) if not fenced[n] else None
        if found is None:
            if not fenced[n] and _NOTE.match(line) and not stack:
                flush()
                stack.append("notes")
                line = _NOTE.sub("", line)  # noqa: PLW2901  the rest of the line is the first note
            current.append(line)
            continue
        flush()
        name = (found[1] or found[2] or "").strip()
        if name:
            kind = (
                "notes"
                if "notes" in name
                else "column"
                if re.search(r"\bcolumn\b", name) and "columns" not in name
                else name
            )
            stack.append(kind)
        elif stack:
            stack.pop()
    flush()
    return body, notes, columns


def _lines(content: Content) -> tuple[Line, ...]:
    return content.lines if isinstance(content, Words) else ()


def _shape(content: Content, holder: str | None, row: int, column: int | None = None, columns: int = 1) -> Shape:
    """A shape at a place that tells its order."""
    if holder in ("title", "subTitle"):
        rect = Rect(40, 20 + 100 * row, _WIDE - 80, 80)
    elif column is None:
        rect = Rect(40, 110 + 60 * row, _WIDE - 80, 50)
    else:
        wide = (_WIDE - 80) / columns
        rect = Rect(40 + wide * column, 110 + 60 * row, wide - 20, 50)
    return Shape(content, "", holder, row, rect)
