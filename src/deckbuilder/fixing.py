"""Fixes written into the files that they are for: all of a file, or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from deckbuilder.diagnostics import Diagnostic, Fix, fail
from deckbuilder.editing.saving import replace_file
from deckbuilder.frozen import dataclass
from deckbuilder.source import Position


@dataclass(frozen=True)
class Fixed:
    """What a fix did: the rule that asked for it, the place, and what stands there instead of what."""

    code: str
    at: Position
    before: str
    after: str


def apply_fixes(problems: Iterable[Diagnostic]) -> list[Fixed]:
    """Writes the safe fixes of diagnostics into their files; returns what was done, in the files' order. Of two that overlap the
    second is left for another time. Raises DeckError for a file that cannot be written; it is as it was then."""
    by_file: dict[str, list[tuple[Fix, str]]] = {}
    for problem in problems:
        if problem.fix is not None and problem.fix.safe:
            by_file.setdefault(problem.fix.at.file, []).append((problem.fix, problem.code))
    return [fixed for name, fixes in by_file.items() for fixed in _fix_file(Path(name), fixes)]


def _fix_file(path: Path, fixes: Sequence[tuple[Fix, str]]) -> list[Fixed]:
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise fail("file-unreadable", f"{path} cannot be read: {error}") from error
    bom = len(text) - len(text.removeprefix("\ufeff"))
    begins = [bom]
    for line in text[bom:].split("\n")[:-1]:
        begins.append(begins[-1] + len(line) + 1)

    def index(at: Position) -> int:
        return (
            min(len(text), begins[min(at.line, len(begins)) - 1] + at.column - 1)
            if at.line <= len(begins)
            else len(text)
        )

    done: list[Fixed] = []
    pieces: list[str] = []
    here = 0
    for fix, code in sorted(fixes, key=lambda pair: (pair[0].at, pair[0].end)):
        start, end = index(fix.at), index(fix.end)
        if start < here:
            continue
        pieces += [text[here:start], fix.text]
        here = end
        done.append(Fixed(code, fix.at, text[start:end], fix.text))
    replace_file(path, "".join([*pieces, text[here:]]))
    return done
