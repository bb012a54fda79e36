"""What was copied in a spreadsheet, a document or a web page, as a table's rows or a chart's numbers."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any

from pydantic_core import PydanticCustomError

from deckbuilder.content.markdown import parse_inline
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.editing.refusal import Refused
from deckbuilder.reading.data import CsvFile, number_of, number_symbols
from deckbuilder.source import LocatedStr

_MAX_LETTERS = 2_000_000
_MAX_COLUMNS, _MAX_ROWS = 12, 2000  # as a table slide has them
_MAX_CATEGORIES, _MAX_SERIES = 100, 6  # as a chart slide has them
_NOTHING = "–"  # heads a column without a heading
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_SPECIAL = re.compile(r"([\\`*_~^$\[\]<>{}])")

Rows = list[list[str]]


def pasted_rows(text: str, html: str = "") -> Rows:
    """The rows of what the clipboard holds, as plain text and perhaps as HTML, each as long as the others; bold and italics
    as Markdown. Raises Refused for what is no table, or too large for one."""
    if len(text) + len(html) > _MAX_LETTERS:
        raise Refused("this is too much for a slide; copy a part of it")
    rows = _from_html(html) if "<t" in html.lower() else []
    rows = rows or _from_text(text)
    rows = [[" ".join(cell.split()) for cell in row] for row in rows]
    while rows and not any(rows[-1]):
        rows.pop()
    rows = [row for row in rows if any(row)]
    width = max((n + 1 for row in rows for n, cell in enumerate(row) if cell), default=0)
    if not width:
        raise Refused("there are no cells in what was copied")
    return [[*row[:width], *[""] * (width - len(row))] for row in rows]


def pasted_table(text: str, html: str = "") -> dict[str, Any]:
    """`header` and `rows` of a table slide."""
    rows = pasted_rows(text, html)
    if len(rows[0]) > _MAX_COLUMNS:
        raise Refused(f"a table on a slide has {_MAX_COLUMNS} columns at most; this has {len(rows[0])}")
    if len(rows) > _MAX_ROWS + 1:
        raise Refused(f"a table has {_MAX_ROWS:,} rows at most; this has {len(rows) - 1:,}")
    if len(rows) == 1:
        rows.insert(0, [""] * len(rows[0]))
    return {"header": [cell or _NOTHING for cell in rows[0]], "rows": rows[1:]}


def pasted_chart(text: str, html: str = "", language: str = "en") -> dict[str, Any]:
    """`categories` and `series` of a chart slide, and its `unit` where all numbers have one. Names stand in the first row
    and the first column, where there are any. Numbers that may be read in two ways are read as the language writes them."""
    rows = [[_bare(cell) for cell in row] for row in pasted_rows(text, html)]
    cells = [[LocatedStr(cell) for cell in row] for row in rows]
    symbols = number_symbols(CsvFile([[], *cells], "\t"), language, Diagnostics())

    def number(cell: str) -> float | None:
        return number_of(cell.strip("€$£¥ "), symbols)

    def numeric(cell: str) -> bool:
        return not cell or number(cell) is not None

    headed = not all(map(numeric, rows[0][1:] or rows[0])) or (len(rows) > 1 and not rows[0][0] and len(rows[0]) > 1)
    named = len(rows[0]) > 1 and (headed or not all(numeric(row[0]) for row in rows) or _rising(rows))
    body = rows[headed:]
    values = [row[named:] for row in body]
    wrong = next((cell for row in values for cell in row if not numeric(cell)), None)
    if not body or wrong is not None:
        raise Refused("there are no numbers in what was copied" if wrong is None else f"'{wrong[:40]}' is not a number")
    categories = (
        [row[0] or str(n) for n, row in enumerate(body, 1)] if named else [str(n) for n in range(1, len(body) + 1)]
    )
    names = [name or _NOTHING for name in rows[0][named:]] if headed else [_NOTHING] * len(values[0])
    columns = list(zip(*values, strict=True))
    if len(columns) > _MAX_SERIES >= len(body):
        categories, names, columns = names, categories, values  # type: ignore[assignment]
    if len(columns) > _MAX_SERIES or len(categories) > _MAX_CATEGORIES:
        raise Refused(f"a chart has {_MAX_SERIES} series of {_MAX_CATEGORIES} values at most; copy a part of it")
    series = [
        {"name": name, "values": [_whole(number(cell)) for cell in column]}
        for name, column in zip(names, columns, strict=True)
    ]
    if all(value is None for one in series for value in one["values"]):
        raise Refused("there are no numbers in what was copied")
    out: dict[str, Any] = {"categories": categories, "series": series}
    filled = [cell for row in values for cell in row if cell]
    if all(cell.endswith("%") for cell in filled):
        out["unit"] = "%"
    return out


def _rising(rows: Rows) -> bool:
    """Whether the first column counts: years, or numbers of lines."""
    first = [int(row[0]) for row in rows if row[0].isdigit()]
    return len(first) == len(rows) > 1 and all(a < b for a, b in itertools.pairwise(first))


def as_markdown(words: str) -> str:
    """Words as Markdown that shows them as they are."""
    words = _HIDDEN.sub("", words)
    for written in (words, _SPECIAL.sub(r"\\\1", words)):
        try:
            read = parse_inline(written)
        except PydanticCustomError:
            continue
        if _alike(read.plain) == _alike(words) and not any(
            run.bold or run.italic or run.code or run.gap for run in read.runs
        ):
            return written
    return _SPECIAL.sub(r"\\\1", words)


def _alike(words: str) -> str:
    """Words without what typography changes in them."""
    return re.sub(r"[\s\u00a0\u202f\"'“”„«»‘’‚…–—.-]+", "", words)


def _bare(cell: str) -> str:
    return re.sub(r"\\(.)", r"\1", cell).strip("*")


def _whole(number: float | None) -> float | int | None:
    return int(number) if number is not None and number == int(number) else number


def _from_text(text: str) -> Rows:
    lines = [line for line in text.splitlines() if line.strip()]
    delimiter = "\t"
    if "\t" not in text:
        counts = {m: {line.count(m) for line in lines} for m in (";", ",", "|")}
        delimiter = next(
            (m for m, found in counts.items() if len(found) == 1 and found != {0} and len(lines) > 1), "\t"
        )
    try:
        read = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        read = [line.split(delimiter) for line in lines]
    return [[as_markdown(cell) for cell in row] for row in read]


def _from_html(html: str) -> Rows:
    reader = _Table()
    reader.feed(html)
    reader.close()
    return reader.rows


class _Table(HTMLParser):
    """The first table of a page. A cell over several columns or rows is in the first of them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: Rows = []
        self.tables = 0
        self.over = False
        self.cell: list[tuple[str, str]] | None = None  # words, with the delimiters around them
        self.looks: list[str] = []
        self.span = 1
        self.below: dict[int, int] = {}  # columns that cells of rows above reach into, and for how many rows yet
        self.reach = 1

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables += 1
        elif tag == "tr" and self._here():
            self._end_cell()
            self.rows.append([])
            self._skip()
        elif tag in ("td", "th") and self._here():
            self._end_cell()
            if not self.rows:
                self.rows.append([])
            said = dict(attrs)
            self.span, self.reach = _count(said.get("colspan")), _count(said.get("rowspan"))
            self.cell = []
        elif tag in ("b", "strong"):
            self.looks.append("**")
        elif tag in ("i", "em"):
            self.looks.append("*")
        elif tag in ("br", "p", "div", "li") and self.cell is not None:
            self.cell.append((" ", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._end_cell()
            self.tables -= 1
            self.over = self.over or (self.tables == 0 and bool(self.rows))
        elif tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag in ("b", "strong") and "**" in self.looks:
            self.looks.remove("**")
        elif tag in ("i", "em") and "*" in self.looks:
            self.looks.remove("*")

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append((data, "".join(dict.fromkeys(self.looks))))

    def close(self) -> None:
        super().close()
        self._end_cell()

    def _here(self) -> bool:
        return self.tables == 1 and not self.over

    def _end_cell(self) -> None:
        if self.cell is None:
            return
        row, words = self.rows[-1], _marked_up(self.cell)
        for column in range(len(row), len(row) + self.span):
            if self.reach > 1:
                self.below[column] = self.reach
        row += [words, *[""] * (self.span - 1)]
        self.cell = None
        self._skip()

    def _skip(self) -> None:
        """Leaves the columns free that cells above reach into."""
        row = self.rows[-1]
        while self.below.get(len(row), 0) > 1 and len(self.rows) > 1:
            self.below[len(row)] -= 1
            row.append("")


def _count(said: str | None) -> int:
    return min(max(int(said), 1), 100) if said and said.isdigit() and len(said) < 4 else 1


def _marked_up(parts: Sequence[tuple[str, str]]) -> str:
    """Words with their delimiters around them, which touch no blank."""
    out = ""
    for around, group in itertools.groupby(parts, key=lambda part: part[1]):
        words = "".join(said for said, _ in group)
        said = as_markdown(" ".join(words.split()))
        out += " " if words[:1].isspace() else ""
        out += f"{around}{said}{around[::-1]}" if said else ""
        out += " " if words[-1:].isspace() else ""
    return out
