"""CSV files beside the deck: what they hold becomes a table's rows or a chart's series, each cell
with its place in the file, so that a mistake in one is reported like any other."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path
from typing import Any

from deckbuilder.diagnostics import Diagnostics, did_you_mean
from deckbuilder.frozen import dataclass
from deckbuilder.languages import Language, NumberSymbols
from deckbuilder.reading.pictures import lies_within
from deckbuilder.source import Inputs, LocatedDict, LocatedFloat, LocatedList, LocatedStr, Position, position_of

_MAX_BYTES = 5_000_000
_MAX_ROWS = 2_000
_BLANKS = "\u00a0\u202f '’"
_POINTS = re.compile(rf"[-+−]?([0-9]{{1,3}}([,{_BLANKS}][0-9]{{3}})+|[0-9]+)?(\.[0-9]+)?\s?%?")
_COMMAS = re.compile(rf"[-+−]?([0-9]{{1,3}}([.{_BLANKS}][0-9]{{3}})+|[0-9]+)?(,[0-9]+)?\s?%?")
_THREES = re.compile(r"[-+−]?[1-9][0-9]{0,2}[.,][0-9]{3}\s?%?")
_POINT, _COMMA = NumberSymbols(".", ","), NumberSymbols(",", ".")

Rows = list[list[LocatedStr]]


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A file's rows, all as long as the first, and what its cells are told apart by."""

    rows: Rows
    delimiter: str


def fill_data(
    raw: Any, folder: Path, language: str, problems: Diagnostics, inputs: Inputs, library: Path | None = None
) -> None:
    """Puts the data of CSV files into the tables and charts that name one in `file`. Numbers that may be read in two
    ways are read as the language (a BCP 47 tag) writes them. `library` is the folder that files may lie in beside the deck's."""
    sections = raw.get("sections") if isinstance(raw, LocatedDict) else None
    for section in sections if isinstance(sections, list) else []:
        slides = section.get("slides") if isinstance(section, dict) else None
        for slide in slides if isinstance(slides, list) else []:
            if isinstance(slide, LocatedDict) and slide.get("kind") in ("table", "chart") and slide.get("file"):
                _fill(slide, folder, language, problems, inputs, library)


def _fill(
    slide: LocatedDict, folder: Path, language: str, problems: Diagnostics, inputs: Inputs, library: Path | None
) -> None:
    name, at = str(slide["file"]), slide.values_at.get("file", slide.at)
    table = slide["kind"] == "table"
    given = [key for key in (("header", "rows") if table else ("categories", "series")) if key in slide]
    if given:
        problems.error(
            "data-given-twice",
            f"data stand both in '{given[0]}' and in the file '{name}'",
            slide.keys_at.get(given[0], at),
            "keep one",
        )
        return
    read = read_csv(folder, name, at, problems, inputs, library)
    rows = read.rows if read else []
    if read is None:
        _stand_in(slide, table)
    elif table:
        _put(slide, "header", rows[0], at)
        _put(slide, "rows", [_located(row, at) for row in rows[1:]], at)
    else:
        symbols = number_symbols(read, language, problems)
        _put(slide, "categories", [row[0] for row in rows[1:]], at)
        _put(slide, "series", [_series(rows, column, symbols, at, problems) for column in range(1, len(rows[0]))], at)


def _stand_in(slide: LocatedDict, table: bool) -> None:
    """Fills the fields of a file that was reported, lest they are reported as missing as well."""
    at = slide.at
    if table:
        _put(slide, "header", [LocatedStr("-", at)], at)
        _put(slide, "rows", [_located([LocatedStr("-", at)], at)], at)
    else:
        series = LocatedDict(at)
        series.update(name=LocatedStr("-", at), values=_located([0.0], at))
        _put(slide, "categories", [LocatedStr("-", at)], at)
        _put(slide, "series", [series], at)


def _put(slide: LocatedDict, key: str, items: list[Any], at: Position | None) -> None:
    slide[key] = _located(items, at)
    if at is not None:
        slide.keys_at[key] = slide.values_at[key] = at


def _located(items: list[Any], at: Position | None) -> LocatedList:
    first = position_of(items[0]) if items else None
    out = LocatedList(first or at)
    for item in items:
        out.append(item)
        place = position_of(item) or out.at
        if place is not None:
            out.items_at.append(place)
    return out


def _series(rows: Rows, column: int, symbols: NumberSymbols, at: Position | None, problems: Diagnostics) -> LocatedDict:
    out = LocatedDict(position_of(rows[0][column]) or at)
    out["name"] = rows[0][column]
    values: list[Any] = []
    for row in rows[1:]:
        cell = row[column]
        number = number_of(cell, symbols)
        if number is None and cell.strip():
            problems.error(
                "csv-not-a-number",
                f"'{cell}' is not a number",
                cell.at,
                "a chart's columns after the first hold numbers only; leave the cell empty where there is none",
            )
        values.append(LocatedFloat(number or 0.0, str(cell), cell.at) if cell.strip() else None)
    out["values"] = _located(values, out.at)
    return out


def number_symbols(read: CsvFile, language: str, problems: Diagnostics) -> NumberSymbols:
    """The symbols of the file's numbers. Some number tells, where it can be read in one way only; else what stands between
    threes of digits is doubtful, and the language decides."""
    cells = [cell for row in read.rows[1:] for cell in row[1:] if cell.strip()]
    texts = [cell.strip() for cell in cells]
    if any(_COMMAS.fullmatch(text) and not _POINTS.fullmatch(text) for text in texts):
        return _COMMA
    if any(_POINTS.fullmatch(text) and not _COMMAS.fullmatch(text) for text in texts):
        return _POINT
    doubtful = next((cell for cell in cells if _THREES.fullmatch(cell.strip())), None)
    symbols = _COMMA if Language(language).numbers.decimal == "," else _POINT
    if doubtful is None or symbols.group in doubtful or symbols == _COMMA or read.delimiter != ";":
        return symbols
    # Semicolons stand between cells where commas stand before decimals: there 1.024 is a thousand and more.
    number = number_of(doubtful, _COMMA)
    problems.warning(
        "csv-number-doubtful",
        f"'{doubtful.strip()}' is read as {number:.0f}, with the symbol for thousands",
        doubtful.at,
        f"if it stands before decimals, write one more or fewer of them: {doubtful.strip()}0",
    )
    return _COMMA


def number_of(cell: str, symbols: NumberSymbols) -> float | None:
    """The number that a cell says; None for what is none."""
    text = cell.strip().rstrip("%").strip()
    pattern = _COMMAS if symbols == _COMMA else _POINTS
    if not text or not pattern.fullmatch(text):
        return None
    plain = (
        re.sub(r"[\u00a0\u202f '’]", "", text)
        .replace(symbols.group, "")
        .replace(symbols.decimal, ".")
        .replace("−", "-")
    )
    try:
        return float(plain)
    except ValueError:
        return None


def read_csv(
    folder: Path,
    name: str,
    at: Position | None,
    problems: Diagnostics,
    inputs: Inputs,
    library: Path | None = None,
) -> CsvFile | None:
    """The file's rows; None after a problem, which is reported.

    Commas, semicolons and tabs are told apart by the first line; empty lines at the end do not count.
    """
    path = folder / name
    try:
        inside = lies_within(path, folder, library)
        found = path.is_file()
    except (OSError, ValueError):
        inside, found = True, False
    if not inside:
        problems.error(
            "path-outside", f"the file '{name}' lies outside the deck's folder", at, "copy it beside deck.yaml"
        )
        return None
    inputs.add(path.resolve() if ".." in path.parts else path)
    if not found:
        near = [p.relative_to(folder).as_posix() for p in folder.rglob("*.csv") if p.is_file()]
        hint = did_you_mean(name, near) if near else "names are relative to the deck's folder"
        problems.error("file-missing", f"there is no file '{name}'", at, hint)
        return None
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.error("file-unreadable", f"the file '{name}' cannot be read: {error.strerror or error}", at)
        return None
    if len(data) > _MAX_BYTES:
        problems.error("file-too-large", f"the file '{name}' is larger than 5 MB", at, "a slide needs a summary of it")
        return None
    try:
        text = data.decode("utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problems.error("not-utf8", "this is not UTF-8 text", Position(name, line, 1), "save it as 'CSV UTF-8'")
        return None
    if bad := re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", text):
        line = text.count("\n", 0, bad.start()) + 1
        problems.error(
            "control-character",
            f"the character U+{ord(bad.group()):04X} has no place in a CSV file",
            Position(name, line, 1),
            "delete it",
        )
        return None
    return _rows(text, name, at, problems)


def _rows(text: str, name: str, at: Position | None, problems: Diagnostics) -> CsvFile | None:
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: Rows = []
    ragged = False
    line = 1
    try:
        for cells in reader:
            place = line
            line = reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if rows and len(cells) != len(rows[0]):
                ragged = True
                problems.error(
                    "ragged-row",
                    f"this row has {len(cells)} cells, the first has {len(rows[0])}",
                    Position(name, place, 1),
                    "give each row as many cells; a cell that holds the separator needs quotes",
                )
                continue
            column, row = 1, []
            for cell in cells:
                row.append(LocatedStr(cell.strip(), Position(name, place, column)))
                column += len(cell) + 1
            rows.append(row)
    except csv.Error as error:
        problems.error("csv-syntax", f"CSV: {error}", Position(name, line, 1), "is a quotation mark not closed?")
        return None
    if len(rows) < 2 and not ragged:
        problems.error(
            "csv-empty", f"the file '{name}' has no data", at, "a first row of headings, then a row for each entry"
        )
        return None
    if len(rows) > _MAX_ROWS:
        problems.error(
            "file-too-large", f"the file '{name}' has {len(rows):,} rows", at, "a slide needs a summary of it"
        )
        return None
    return None if ragged else CsvFile(rows, delimiter)
