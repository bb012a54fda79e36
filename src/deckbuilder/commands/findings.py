"""Findings as people and programs want them: text, JSON, SARIF, GitHub's commands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from deckbuilder import __version__
from deckbuilder.rules import RULES

if TYPE_CHECKING:
    from deckbuilder.api import Checked, Fixed
    from deckbuilder.diagnostics import Diagnostic
    from deckbuilder.source import Position

VERSION = 1  # of the JSON; raised when a program that reads it would have to change
_COLORS = {"error": typer.colors.RED, "warning": typer.colors.YELLOW, "note": typer.colors.CYAN}
_WIDEST = 100  # columns of a source line that are shown
_SARIF = {"error": "error", "warning": "warning", "note": "note"}
_GITHUB = {"error": "error", "warning": "warning", "note": "notice"}

Decks = Sequence[tuple[Path, "Checked"]]


def show(decks: Decks, mended: Sequence[Fixed]) -> None:
    """For people: what was mended, then findings by file, each with its source line, then a line that counts them."""
    for fixed in mended:
        before, after = (words.replace("\n", "⏎") for words in (fixed.before, fixed.after))
        typer.echo(f"{fixed.at}: mended: '{before}' is '{after}' now [{fixed.code}]")
    groups: dict[str, dict[Diagnostic, None]] = {}
    for deck, checked in decks:
        for problem in checked.diagnostics:
            groups.setdefault(problem.at.file if problem.at else str(deck), {})[problem] = None
    for name, problems in groups.items():
        typer.echo(
            ("\n" if mended or name != next(iter(groups)) else "") + typer.style(name, bold=True, underline=True)
        )
        for problem in problems:
            _show(problem)
    typer.echo(("\n" if groups else "") + summary(decks))


def _show(problem: Diagnostic) -> None:
    level = problem.severity.value
    place = f"{problem.at.line}:{problem.at.column}: " if problem.at else ""
    word = typer.style(f"{level}:", fg=_COLORS[level], bold=True)
    typer.echo(f"{place}{word} {problem.message} " + typer.style(f"[{problem.code}]", dim=True))
    if problem.at and (line := _line(problem.at)) is not None:
        for row in _pointed(line, problem):
            typer.echo(f"    {row}")
    if problem.hint:
        typer.echo("    " + typer.style("hint: ", fg=typer.colors.CYAN) + problem.hint)
    if seen := str(problem.seen):
        typer.echo("    " + typer.style(f"on {seen}", dim=True))


def _pointed(line: str, problem: Diagnostic) -> tuple[str, str]:
    """A source line, as much of it as is wide enough, and the carets below what is meant."""
    assert problem.at is not None
    start = problem.at.column - 1
    same = problem.end is not None and problem.end.line == problem.at.line
    end = problem.end.column - 1 if same and problem.end else len(line)
    first = max(0, min(start - 20, len(line) - _WIDEST)) if len(line) > _WIDEST else 0
    shown = line[first : first + _WIDEST].replace("\t", " ")
    before, after = ("…" if first else "", "…" if first + _WIDEST < len(line) else "")
    carets = max(1, min(end, first + _WIDEST, len(line)) - start)
    return f"{before}{shown}{after}", typer.style(
        " " * (start - first + len(before)) + "^" * carets, fg=typer.colors.GREEN
    )


def summary(decks: Decks) -> str:
    """One line: how many decks, errors, warnings and notes, and how much paper."""
    levels = [p.severity.value for _, checked in decks for p in checked.diagnostics]
    counts = [_count(levels.count(level), level) for level in ("error", "warning", "note")]
    line = f"{_count(len(decks), 'deck')}: {', '.join(counts)}"
    if len(decks) == 1 and (papers := decks[0][1].papers):
        first = [paper for paper in papers if (paper.name, paper.theme) == (papers[0].name, papers[0].theme)]
        line += "; " + ", ".join(
            f"{p.document} {_count(p.pages, 'page')} on {_count(p.sheets, 'sheet')}" for p in first
        )
    return line


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


@cache
def _lines(file: str) -> list[str]:
    try:
        return Path(file).read_bytes().decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return []


def _line(at: Position) -> str | None:
    lines = _lines(at.file)
    return lines[at.line - 1] if at.line <= len(lines) else None


def as_json(decks: Decks, mended: Sequence[Fixed], session: Path | None) -> str:
    """As `content/findings.schema.json` describes it."""
    levels = [p.severity.value for _, checked in decks for p in checked.diagnostics]
    whole = {
        "version": VERSION,
        "program": f"deckbuilder {__version__}",
        "decks": [
            {
                "deck": str(deck),
                "session": str(session) if session else None,
                "usable": checked.usable,
                "findings": [problem.as_finding() for problem in checked.diagnostics],
                "papers": [
                    {
                        "name": paper.name,
                        "theme": paper.theme,
                        "document": paper.document,
                        "pages": paper.pages,
                        "sheets": paper.sheets,
                    }
                    for paper in checked.papers
                ],
            }
            for deck, checked in decks
        ],
        "fixed": [
            {
                "code": fixed.code,
                "file": fixed.at.file,
                "line": fixed.at.line,
                "column": fixed.at.column,
                "before": fixed.before,
                "after": fixed.after,
            }
            for fixed in mended
        ],
        "counts": {f"{level}s": levels.count(level) for level in ("error", "warning", "note")},
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def as_sarif(found: Sequence[Checked]) -> str:
    """SARIF 2.1.0 (OASIS), as code hosts and editors take it."""
    problems = list(dict.fromkeys(p for checked in found for p in checked.diagnostics))
    codes = list(dict.fromkeys(problem.code for problem in problems))
    rules = [
        {
            "id": code,
            "shortDescription": {"text": RULES[code].when or RULES[code].why},
            "fullDescription": {"text": RULES[code].why},
            "help": {"text": RULES[code].out or RULES[code].why},
            "defaultConfiguration": {"level": _SARIF[RULES[code].level]},
        }
        for code in codes
    ]
    driver = {"name": "deckbuilder", "semanticVersion": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes.index(problem.code)) for problem in problems],
    }
    whole = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _result(problem: Diagnostic, index: int) -> dict[str, Any]:
    words = ". ".join(filter(None, [problem.message, problem.hint, f"On {problem.seen}" if str(problem.seen) else ""]))
    out: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": _SARIF[problem.severity.value],
        "message": {"text": words},
    }
    if problem.at:
        place = {"artifactLocation": {"uri": _uri(problem.at.file)}, "region": _region(problem.at, problem.end)}
        out["locations"] = [{"physicalLocation": place}]
    if problem.fix:
        change = {
            "deletedRegion": _region(problem.fix.at, problem.fix.end),
            "insertedContent": {"text": problem.fix.text},
        }
        file = {"artifactLocation": {"uri": _uri(problem.fix.at.file)}, "replacements": [change]}
        out["fixes"] = [{"description": {"text": problem.hint or problem.message}, "artifactChanges": [file]}]
    return out


def _uri(file: str) -> str:
    from urllib.parse import quote

    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _region(at: Position, end: Position | None) -> dict[str, int]:
    region = {"startLine": at.line, "startColumn": at.column}
    return region | ({"endLine": end.line, "endColumn": end.column} if end else {})


def as_github(found: Sequence[Checked]) -> Iterator[str]:
    """Workflow commands, by which GitHub marks the lines of a change."""
    for problem in dict.fromkeys(p for checked in found for p in checked.diagnostics):
        told = {"title": problem.code}
        if problem.at:
            told = {"file": problem.at.file, "line": str(problem.at.line), "col": str(problem.at.column)} | told
        words = "\n".join(filter(None, [problem.message, problem.hint]))
        options = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in told.items())
        yield f"::{_GITHUB[problem.severity.value]} {options}::{_escaped(words)}"


def _escaped(words: str, more: str = "") -> str:
    for mark in ("%", "\r", "\n", *more):
        words = words.replace(mark, f"%{ord(mark):02X}")
    return words
