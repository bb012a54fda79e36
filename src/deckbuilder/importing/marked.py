"""The Markdown of a slide as its shapes: text, lists, tables and pictures, with notes and what is left out."""

from __future__ import annotations

import html
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
from deckbuilder.importing.dialects import as_markdown
from deckbuilder.importing.kinds.shared import is_name
from deckbuilder.importing.old import Content, Grid, Image, Left, Line, Shape, Slide, Words
from deckbuilder.importing.pieces import NOTE, divided
from deckbuilder.importing.terms import DASH
from deckbuilder.importing.words import words_of
from deckbuilder.ooxml.package import Package, Part
from deckbuilder.units import Rect

_LABELS = re.compile(r"(?<=\S)\n(?=[^\W\d_][\w ]{1,24}:\s)")  # lines of notes that begin with a label are paragraphs
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>")
_PLAYED = ("video", "audio", "source", "iframe", "embed", "object")
_BLOCKS = (
    "p",
    "div",
    "li",
    "br",
    "tr",
    "td",
    "th",
    "section",
    "details",
    "summary",
    "figure",
    "figcaption",
    *(f"h{n}" for n in range(1, 7)),
)
_ROW = 120.0  # points: so far from a picture that nothing is taken for its caption,
_TOP = 0.4  # and so far below a slide's top, as a share of its height, that no paragraph is taken for a title
WIDE, HIGH = 720.0, 54_000.0
"""A slide's size, in points: as high as text may be long."""


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

    def slide(self, text: str, number: int) -> Slide | None:
        source = as_markdown(text)
        r = _Reading(left=source.left)
        body, notes = divided(source.text)
        for part, column in body:
            self._blocks(part, column, r)
        for words in (*notes, *source.notes):
            r.notes += self._notes(words, r)
        behind = self._image(source.behind, "", r) if source.behind else None
        if not (r.title or r.shapes or r.notes or behind):
            return None
        shapes = [placed(Words(r.title), "title", 0)] if r.title else []
        count = max((column for _, column in r.shapes if column is not None), default=0) + 1
        row, beside = 1, False
        for content, column in r.shapes:
            row += beside and column is None
            shapes.append(placed(content, None, row, column, count))
            row += column is None
            beside = column is not None
        if behind is not None:
            shapes.append(Shape(behind, "Background", behind=True))
        alone = bool(r.title) and not r.shapes
        kind = "secHead" if alone and re.match(r"\s*#\s", text.lstrip()) and number > 1 else ""
        said = words_of(*r.said)
        return Slide(number, "", kind, tuple(shapes), tuple(r.notes), source.hidden, left=tuple(r.left), said=said)

    def _notes(self, text: str, r: _Reading) -> list[Line]:
        text = _LABELS.sub("\n\n", NOTE.sub("", text.strip()))
        return [line for content in self._contents(text, _Reading(), r) for line in _lines(content)]

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
        from mdit_py_plugins.deflist import deflist_plugin
        from mdit_py_plugins.footnote import footnote_plugin
        from mdit_py_plugins.subscript import sub_plugin
        from mdit_py_plugins.superscript import superscript_plugin

        md = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
        md.use(deflist_plugin).use(footnote_plugin).use(sub_plugin).use(superscript_plugin)
        out: list[Content] = []
        lines: list[Line] = []
        lists: list[list[Any]] = []
        heading = quoted = spoken = False  # `spoken`: within a quotation, behind its first paragraph
        rows: list[list[tuple[Line, ...]]] = []
        first = term = False
        note: Run | None = None  # the mark of the footnote that begins

        def flush() -> None:
            if lines:
                out.append(Words(tuple(lines)))
                lines.clear()

        marked, aside = _aside(source)
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
                case "dt_open" | "dt_close":
                    term = token.nesting > 0
                case "footnote_open":
                    note = _mark_of(token)
                case "html_block":
                    runs, images = self._runs(
                        md.parseInline(" ".join(token.content.split()))[0].children or [], aside, r
                    )
                    lines += _broken(runs)
                    if images:
                        flush()
                        out.extend(images)
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
                        runs = tuple(replace(run, bold=True) for run in runs) if heading or term else runs
                        if note is not None:
                            r.said.append(note.text)
                            runs, note = (note, Run(" "), *runs), None
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
                    caption = aside.plain(str(token.attrs.get("title", "")))
                    image = self._image(aside.plain(str(token.attrs["src"])), aside.plain(token.content), r, caption)
                    images += [image] if image is not None else []
                case "sub_open" | "sub_close":
                    look = replace(look, script="sub" if token.nesting > 0 else None)
                case "sup_open" | "sup_close":
                    look = replace(look, script="super" if token.nesting > 0 else None)
                case "footnote_ref":
                    runs.append(_mark_of(token))
                case "html_inline" if (tag := _TAG.fullmatch(aside.plain(token.content))) is not None:
                    name, attributes = tag[2].lower(), tag[3]
                    if name == "img":
                        image = self._image(_attribute(attributes, "src"), _attribute(attributes, "alt"), r)
                        images += [image] if image is not None else []
                    elif name in _PLAYED:
                        if address := _attribute(attributes, "src"):
                            r.left.append(Left(f"what plays within the slide: {address}"))
                    elif name in _BLOCKS:
                        runs.append(Run("\n"))
                    else:
                        look = _looking(look, name, attributes, opens=not tag[1])
        words = "".join(run.text for run in runs)
        r.said.append(words)
        return tuple(runs) if words.strip() else (), images

    def _image(self, source: str, alt: str, r: _Reading, caption: str = "") -> Image | None:
        """A picture of the deck's folder; None for one that lies elsewhere, which is told."""
        words = " ".join(
            part
            for part in alt.split()
            if not re.fullmatch(r"bg|fit|cover|contain|auto|(?:w|h|width|height|left|right)(?::\S+)?|\d+%", part)
        )
        r.said += [words, caption]
        name = unquote(source)
        path = self.folder / name
        try:
            inside = path.resolve().is_relative_to(self.folder.resolve())
            data = path.read_bytes() if inside and path.is_file() and "://" not in name else b""
        except (OSError, ValueError):
            data = b""
        if not data:
            told = " ".join(filter(None, (words, caption)))
            r.left.append(Left(f"a picture that is not in the deck's folder: {name}", told))
            return None
        part = posixpath.normpath(name)
        if part not in self.package.parts:
            self.package.add(Part(part, "", data))
        return Image(part, words, caption=(Line((Run(caption),)),) if caption else ())


def _aside(source: str) -> tuple[str, Aside]:
    """The source with formulas, bare addresses and the like put aside; without that where a formula cannot be read."""
    try:
        return put_aside(source, lambda words: words, "en", lambda code, message, hint: None)
    except PydanticCustomError:
        return source, Aside()


def _mark_of(token: Any) -> Run:
    """The mark of a footnote."""
    return Run(str(token.meta.get("label") or token.meta.get("id", 0) + 1), script="super")


def _attribute(words: str, name: str) -> str:
    """The value of a tag's attribute; "" without it."""
    found = re.search(rf"""\b{name}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'/>]+))""", words, re.IGNORECASE)
    return html.unescape(next((one for one in found.groups() if one is not None), "")) if found else ""


def _looking(look: Run, name: str, attributes: str, opens: bool) -> Run:
    """The look of letters behind a tag."""
    if name in ("b", "strong"):
        return replace(look, bold=opens)
    if name in ("i", "em"):
        return replace(look, italic=opens)
    if name in ("code", "kbd"):
        return replace(look, code=opens)
    if name in ("sub", "sup"):
        return replace(look, script=("sub" if name == "sub" else "super") if opens else None)
    if name == "a":
        return replace(look, link=(_attribute(attributes, "href") or None) if opens else None)
    return look


def _broken(runs: Sequence[Run]) -> list[Line]:
    """The lines of a piece of HTML, one for each of its blocks."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *more = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines += [[replace(run, text=one)] for one in more]
    kept = [tuple(run for run in line if run.text) for line in lines]
    return [Line(line, size=20) for line in kept if "".join(run.text for run in line).strip()]


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
        rect = Rect(40, _TOP * HIGH + _ROW * row, WIDE - 80, 50)
    else:
        wide = (WIDE - 80) / columns
        rect = Rect(40 + wide * column, _TOP * HIGH + _ROW * row, wide - 20, 50)
    return Shape(content, "", holder, row, rect)
