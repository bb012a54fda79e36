"""What deckbuilder has to say about what it was given.

Every phase reports into one `Diagnostics`; errors do not stop the phase that found them,
so that an author sees all problems at once. A phase that cannot hand on a result raises
`DeckError` at its end, which carries everything collected so far.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import Enum
from functools import lru_cache
from pathlib import Path

from deckbuilder.frozen import dataclass
from deckbuilder.rules import RULES
from deckbuilder.source import Position


class Severity(Enum):
    """How much a diagnostic matters: an error stops the build, a warning does not, and a note is for whoever asks (`check`)."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Fix:
    """What mends it, exactly: what the file has from `at` up to `end` becomes `text`. `safe` where nobody needs to look at the
    result, since no word of it means anything else. Where it was not looked up in the file, `old` is what has to stand there."""

    at: Position
    end: Position
    text: str
    safe: bool = False
    old: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """Where readers will meet it: numbers of slides, and pages of the documents."""

    slides: tuple[int, ...] = ()
    handout: int | None = None
    guide: int | None = None

    def __str__(self) -> str:
        parts = []
        if self.slides:
            first, last = self.slides[0], self.slides[-1]
            parts.append(f"slide {first}" if first == last else f"slides {first} to {last}")
        parts += [f"{name} page {page}" for name, page in (("handout", self.handout), ("guide", self.guide)) if page]
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing to say: by which rule (`code`, one of `rules.RULES`), where (None when no file is to blame), what is wrong, how
    to mend it. `check` adds where the place ends, what stands there (`text`), and where it will be `seen`."""

    severity: Severity
    code: str
    message: str
    at: Position | None = None
    hint: str | None = None
    fix: Fix | None = None
    end: Position | None = None
    text: str | None = None
    seen: Seen = Seen()

    def __post_init__(self) -> None:
        if self.code not in RULES:
            raise ValueError(f"there is no rule '{self.code}'; add it to rules.py")

    def __str__(self) -> str:
        where = f"{self.at}: " if self.at else ""
        text = f"{where}{self.severity.value}: {self.message}"
        return f"{text}\nhint: {self.hint}" if self.hint else text

    def as_dict(self) -> dict[str, object]:
        """The diagnostic as JSON-ready data: file, line and column are None without a place."""
        return {
            "severity": self.severity.value,
            "code": self.code,
            "file": self.at.file if self.at else None,
            "line": self.at.line if self.at else None,
            "column": self.at.column if self.at else None,
            "message": self.message,
            "hint": self.hint,
        }

    def as_finding(self) -> dict[str, object]:
        """As `as_dict`, with all that `check` knows: `end` (behind the last letter), `text`, `seen` and `fix`."""
        return self.as_dict() | {
            "end": _line_and_column(self.end),
            "text": self.text,
            "seen": {"slides": list(self.seen.slides), "handout": self.seen.handout, "guide": self.seen.guide},
            "fix": None
            if self.fix is None
            else {
                "file": self.fix.at.file,
                "start": _line_and_column(self.fix.at),
                "end": _line_and_column(self.fix.end),
                "text": self.fix.text,
                "safe": self.fix.safe,
            },
        }


def _line_and_column(at: Position | None) -> dict[str, int] | None:
    return {"line": at.line, "column": at.column} if at else None


class Diagnostics:
    """A growing, de-duplicated list of diagnostics."""

    def __init__(self) -> None:
        self._items: dict[Diagnostic, None] = {}

    def error(
        self, code: str, message: str, at: Position | None = None, hint: str | None = None, fix: Fix | None = None
    ) -> None:
        self._items[Diagnostic(Severity.ERROR, code, message, at, hint, fix)] = None

    def warning(self, code: str, message: str, at: Position | None = None, hint: str | None = None) -> None:
        self._items[Diagnostic(Severity.WARNING, code, message, at, hint)] = None

    def add(self, item: Diagnostic) -> None:
        self._items[item] = None

    def replace(self, items: Iterable[Diagnostic]) -> None:
        """From now on these are all there are."""
        self._items = dict.fromkeys(items)

    def extend(self, items: Iterable[Diagnostic]) -> None:
        for item in items:
            self._items[item] = None

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """What fails within joins the list, and what comes after goes on without it."""
        try:
            yield
        except DeckError as error:
            self.extend(error.diagnostics)

    @property
    def has_errors(self) -> bool:
        return any(d.severity is Severity.ERROR for d in self._items)

    def __iter__(self) -> Iterator[Diagnostic]:
        """Diagnostics by file, line and column; those without a place come first."""

        def order(d: Diagnostic) -> tuple[str, int, int]:
            return (d.at.file, d.at.line, d.at.column) if d.at else ("", 0, 0)

        return iter(sorted(self._items, key=order))

    def __len__(self) -> int:
        return len(self._items)

    def raise_if_errors(self) -> None:
        """Raises `DeckError` when any error was reported."""
        if self.has_errors:
            raise DeckError(self)


class DeckError(Exception):
    """What an author, a theme or the machine caused; `diagnostics` says what and where, `inputs` which files had been
    read, where that is known."""

    def __init__(self, diagnostics: Diagnostics, inputs: tuple[Path, ...] = ()) -> None:
        self.diagnostics = diagnostics
        self.inputs = inputs
        super().__init__("\n".join(str(d) for d in diagnostics))

    def __reduce__(self) -> tuple[type[DeckError], tuple[Diagnostics, tuple[Path, ...]]]:
        """Between processes an error travels as its diagnostics and files."""
        return DeckError, (self.diagnostics, self.inputs)


def fail(code: str, message: str, at: Position | None = None, hint: str | None = None) -> DeckError:
    """A `DeckError` of a single error, to be raised."""
    diagnostics = Diagnostics()
    diagnostics.error(code, message, at, hint)
    return DeckError(diagnostics)


_LISTED = 60  # names that a hint lists
_FEW = 40  # words with which one is compared letter by letter
_LONGEST = 80  # letters of a word that are looked at


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A hint that names the nearest of the `known` words, or all of them, if they are not too many, when none is near."""
    known = list(known)
    if near := near_word(word, known):
        return near
    more = f" and {len(known) - _LISTED} more" if len(known) > _LISTED else ""
    return f"known: {', '.join(sorted(known)[:_LISTED])}{more}" if known else None


def near_word(word: str, known: Iterable[str]) -> str | None:
    """A hint that names the nearest of the `known` words; None when none is near."""
    known = tuple(known)
    alike = known if len(known) <= _FEW else _alike(word, known)
    near = difflib.get_close_matches(word, alike, n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else None


def _alike(word: str, known: tuple[str, ...]) -> list[str]:
    """Those of many words that share most with one: comparing it with each would take seconds where thousands are unknown."""
    shared: Counter[int] = Counter()
    for pair in _pairs(word):
        shared.update(_by_pair(known).get(pair, ()))
    return [known[number] for number, _ in shared.most_common(_FEW)]


@lru_cache(maxsize=8)
def _by_pair(known: tuple[str, ...]) -> dict[str, list[int]]:
    """Which of the words have two letters beside each other."""
    found: dict[str, list[int]] = {}
    for number, word in enumerate(known):
        for pair in _pairs(word):
            found.setdefault(pair, []).append(number)
    return found


def _pairs(word: str) -> set[str]:
    return {word[n : n + 2] for n in range(min(len(word), _LONGEST) - 1)}
