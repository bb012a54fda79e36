"""What was done to a file, so that it can be undone: also after the program was started again.

A journal lies in the user's state folder, in a folder of its own for each file that is edited: a line a change, with what
stood where before and after, and the text as it was last. What is damaged in it is left out, and what comes before that.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

from deckbuilder.editing.spans import Span, backwards, forwards, spans_between
from deckbuilder.frozen import dataclass

_MAX_BYTES = 16_000_000  # of a journal; the older half goes where it grows beyond
_MAX_FILES = 200  # that have a journal; those that were not edited for the longest time go first
What = Literal["edit", "undo", "redo", "outside"]


@dataclass(frozen=True)
class Entry:
    """A change: by whom (`outside`: another program), of which earlier entry where it is undone or done again (`of`), what
    it was (`said`, as JSON has it), the revisions before and after, and when it was (`at`, nanoseconds since 1970, never
    those of the entry before)."""

    what: What
    number: int
    of: int | None
    said: Any
    before: str
    after: str
    spans: tuple[Span, ...]
    at: int

    def line(self) -> str:
        data = [self.what, self.number, self.of, self.said, self.before, self.after, self.spans, self.at]
        return json.dumps(data, ensure_ascii=True, separators=(",", ":")) + "\n"


@dataclass(frozen=True)
class Moments:
    """When the edit was done that would be undone next, when that was undone that would be done again next (None where
    there is none), and when the last edit was; as an entry's `at`."""

    done: int | None
    undone: int | None
    edited: int


def revision_of(text: str) -> str:
    """A text's revision: a hash of what it says."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def state_folder() -> Path:
    """Where journals lie unless told otherwise."""
    import platformdirs

    return platformdirs.user_state_path("deckbuilder", appauthor=False) / "editing"


class Journal:
    """The journal of one file. Where its folder cannot be written it is kept in memory only."""

    def __init__(self, path: Path, folder: Path | None = None) -> None:
        above = folder if folder is not None else state_folder()
        self.folder = above / hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:24]
        self.entries: list[Entry] = []
        self.kept = True
        self._size = -1
        self._known: str | None = None
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _thin_out(above, self.folder)
        except OSError:
            self.kept = False

    @property
    def _file(self) -> Path:
        return self.folder / "journal"

    @property
    def _last(self) -> Path:
        return self.folder / "text"

    def load(self, text: str) -> None:
        """Takes in what is written. `text` is the file's: what it has beyond the last entry was done by another program."""
        size = self._file.stat().st_size if self.kept and self._file.is_file() else 0
        if size != self._size:
            self._read()
        now = revision_of(text)
        if self.entries and self.entries[-1].after != now and self.entries[-1].before == now:
            self.entries.pop()  # what was about to be done when the program ended
            self._rewrite()
        last = self._before()
        if last is not None and last != text:
            self.add("outside", None, None, last, text, tuple(spans_between(last, text)))
        elif last is None and self.entries and self.entries[-1].after != now:
            self.entries.clear()  # nobody knows how it came to be
            self._rewrite()
        if text != self._known:
            self.keep(text)

    def _before(self) -> str | None:
        """The text as it was last, by this program or another that edits it too; None where nobody knows."""
        last = self._known
        if self.kept:
            try:
                last = self._last.read_bytes().decode("utf-8")
            except (OSError, UnicodeDecodeError):
                last = None
        if last is None or not self.entries or revision_of(last) == self.entries[-1].after:
            return last
        if revision_of(last) == self.entries[-1].before:  # the program ended before it could note it
            with suppress(ValueError):
                return forwards(last, self.entries[-1].spans)
        return None

    def add(self, what: What, of: int | None, said: Any, before: str, after: str, spans: Sequence[Span]) -> Entry:
        """A further entry, written down before what it says is done."""
        number, earliest = (self.entries[-1].number + 1, self.entries[-1].at + 1) if self.entries else (1, 0)
        at = max(earliest, time.time_ns())
        entry = Entry(what, number, of, said, revision_of(before), revision_of(after), tuple(spans), at)
        self.entries.append(entry)
        if not self.kept:
            return entry
        try:
            with self._file.open("ab") as file:
                file.write(entry.line().encode("ascii"))
                file.flush()
                os.fsync(file.fileno())
                self._size = file.tell()
        except OSError:
            self.kept = False
        if self._size > _MAX_BYTES:
            self._shorten()
        return entry

    def keep(self, text: str) -> None:
        """Notes what the file says by now."""
        self._known = text
        if not self.kept:
            return
        try:
            temporary = self._last.with_suffix(".new")
            temporary.write_bytes(text.encode("utf-8"))
            os.replace(temporary, self._last)
        except OSError:
            self.kept = False

    def text_at(self, revision: str, text: str) -> str | None:
        """The text of a revision, from the file's own back; None for one that is not known."""
        if revision_of(text) == revision:
            return text
        for entry in reversed(self.entries):
            try:
                text = backwards(text, entry.spans)
            except ValueError:
                return None
            if entry.before == revision:
                return text if revision_of(text) == revision else None
        return None

    def stacks(self) -> tuple[list[Entry], list[Entry]]:
        """The edits that can be undone and those that can be done again, the next one last."""
        done: list[Entry] = []
        undone: list[Entry] = []
        by_number = {entry.number: entry for entry in self.entries}
        for entry in self.entries:
            if entry.what == "edit":
                done.append(entry)
                undone.clear()
            elif entry.what == "undo" and done and done[-1].number == entry.of:
                undone.append(done.pop())
            elif entry.what == "redo" and undone and undone[-1].number == entry.of:
                done.append(by_number[undone.pop().number])
        return done, undone

    def applied(self, number: int) -> Entry:
        """The entry by which an edit was last done: its own, or that which did it again."""
        return next(e for e in reversed(self.entries) if e.number == number or (e.what == "redo" and e.of == number))

    def unapplied(self, number: int) -> Entry:
        """The entry by which an edit was last undone."""
        return next(e for e in reversed(self.entries) if e.what == "undo" and e.of == number)

    def moments(self) -> Moments:
        """When what would be undone or done again next was done."""
        done, undone = self.stacks()
        return Moments(
            self.applied(done[-1].number).at if done else None,
            self.unapplied(undone[-1].number).at if undone else None,
            max((entry.at for entry in self.entries if entry.what == "edit"), default=0),
        )

    def _read(self) -> None:
        """The entries that are whole and follow each other, up to the last."""
        self.entries = []
        whole = True
        try:
            lines = self._file.read_bytes().decode("ascii", "replace").splitlines(keepends=True)
        except OSError:
            lines = []
        for line in lines:
            entry = _entry(line)
            if entry is None:
                whole = False
            elif self.entries and self.entries[-1].after != entry.before:
                self.entries, whole = [entry], False
            else:
                self.entries.append(entry)
        if whole:
            self._size = sum(map(len, lines))
        else:
            self._rewrite()

    def _shorten(self) -> None:
        total, keep = 0, []
        for entry in reversed(self.entries):
            total += len(entry.line())
            if total > _MAX_BYTES // 2:
                break
            keep.append(entry)
        self.entries = keep[::-1]
        self._rewrite()

    def _rewrite(self) -> None:
        data = "".join(entry.line() for entry in self.entries).encode("ascii")
        self._size = len(data)
        try:
            temporary = self._file.with_suffix(".new")
            temporary.write_bytes(data)
            os.replace(temporary, self._file)
        except OSError:
            self.kept = False


def _entry(line: str) -> Entry | None:
    """The entry of a line; None where it is damaged."""
    try:
        what, number, of, said, before, after, spans, at = json.loads(line)
        if not line.endswith("\n") or what not in ("edit", "undo", "redo", "outside"):
            return None
        read = tuple((int(start), str(old), str(new)) for start, old, new in spans)
        return Entry(what, int(number), of if of is None else int(of), said, str(before), str(after), read, int(at))
    except (ValueError, TypeError):
        return None


def _thin_out(above: Path, own: Path) -> None:
    """Takes away the journals that were left alone for the longest time, where there are many."""
    folders = [folder for folder in above.iterdir() if folder.is_dir() and folder != own]
    if len(folders) < _MAX_FILES:
        return
    folders.sort(key=lambda folder: folder.stat().st_mtime)
    for folder in folders[: len(folders) - _MAX_FILES + 1]:
        shutil.rmtree(folder, ignore_errors=True)
