"""Cells changed in the CSV file that they came from; the lines of other rows stay as they are."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from deckbuilder.editing.merging import aligned
from deckbuilder.languages import NumberSymbols
from deckbuilder.pulling.carrying import carried


def data_rows(says: dict[str, Any]) -> list[list[Any]]:
    """What a table or a chart shows, as the rows of such a file."""
    if "rows" in says or "header" in says:
        return [list(says.get("header", [])), *map(list, says.get("rows", []))]
    series = says.get("series", [])
    head = ["", *(one["name"] for one in series)]
    return [head, *([name, *(one["values"][n] for one in series)] for n, name in enumerate(says.get("categories", [])))]


def changed_data(text: str, before: list[list[Any]], after: list[list[Any]], symbols: NumberSymbols) -> str:
    """The file's text with the change between what is shown before and after."""
    mark = max(",;\t", key=text.split("\n", 1)[0].count)
    ending = "\r\n" if "\r\n" in text else "\n"
    lines, rows = _records(text, mark)
    made = [[_cell(cell, symbols) for cell in row] for row in carried([row for _, row in rows], before, after)]
    if made and rows and not made[0][0]:
        made[0][0] = rows[0][1][0]  # what stands above the names is not shown
    places = {new: old for old, new in aligned([row for _, row in rows], made).items()}
    out: list[str] = []
    for number, row in enumerate(made):
        old = rows[places[number]] if number in places else None
        if old is not None and old[1] == row:
            out.append(lines[old[0]])
        else:
            out.append(
                _line(row, mark, lines[old[0]] if old is not None else "", old[1] if old is not None else []) + ending
            )
    whole = "".join(line if line.endswith("\n") else line + ending for line in out)
    return whole if text.endswith("\n") else whole.removesuffix(ending)


def _line(row: list[str], mark: str, line: str, old: list[str]) -> str:
    """A record's line; the cells that are as they were stay as they are written."""
    pattern = rf'((?:"(?:[^"]|"")*"|[^{mark}"])*)(?:{mark}|$)'
    cells = [part[1] for part in re.finditer(pattern, line.rstrip("\r\n"))][: len(old)]
    out = []
    for number, cell in enumerate(row):
        if len(cells) == len(old) and number < len(old) and old[number] == cell:
            out.append(cells[number])
            continue
        file = io.StringIO(newline="")
        csv.writer(file, delimiter=mark, lineterminator="").writerow([cell])
        out.append(file.getvalue() if cell else "")
    return mark.join(out)


def _records(text: str, mark: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The file's records as they are written, and those that say something with their cells, each with its number."""
    lines: list[str] = []
    rows: list[tuple[int, list[str]]] = []
    pieces = text.splitlines(keepends=True)
    reader = csv.reader(pieces, delimiter=mark)
    here = 0
    for cells in reader:
        lines.append("".join(pieces[here : reader.line_num]))
        here = reader.line_num
        if any(cell.strip() for cell in cells):
            rows.append((len(lines) - 1, [cell.strip() for cell in cells]))
    return lines, rows


def _cell(value: Any, symbols: NumberSymbols) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value).replace(".", symbols.decimal)
    return str(value)
