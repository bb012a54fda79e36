"""What was changed in an edited file, found, told, and written into deck.yaml: all of it or nothing."""

from __future__ import annotations

import csv
import difflib
import io
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from deckbuilder import api
from deckbuilder.content.deck import Deck
from deckbuilder.diagnostics import DeckError, fail
from deckbuilder.editing import edits
from deckbuilder.editing.applying import applied, written
from deckbuilder.editing.refusal import Refused
from deckbuilder.editing.saving import replace_bytes, replace_file
from deckbuilder.editing.slides import Place, place_of, raw_slide
from deckbuilder.ooxml.package import PackageError
from deckbuilder.outputs.pptx.marks import read_marks
from deckbuilder.pulling.back import Back, BackSlide, changed_fields, digests_of, read_back
from deckbuilder.pulling.changes import Change, Compared, compare
from deckbuilder.pulling.matching import marks_of_edited
from deckbuilder.pulling.order import Arranged, arranged
from deckbuilder.reading.deck import deck_file

Prefer = Literal["neither", "ours", "theirs"]
_UNMARKED = ("cues", "notes", "virtual", "picture", "pictures", "poster", "file", "questions", "unit", "chart", "alt")
_STATE = ("hidden",)
_WHERE = {"section.title": "title", "section.text": "text"}


@dataclass
class Pulled:
    """What pulling found: `done` in words; `conflicts`, of which nothing is written; `left` what is not taken over, and why;
    `before` and `after` the texts of deck.yaml, and `files` what else is written, by its name in the deck's folder."""

    deck: Path
    before: str = ""
    after: str = ""
    done: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def diff(self) -> str:
        """The changes of deck.yaml as a diff."""
        old, new = (text.splitlines(keepends=True) for text in (self.before, self.after))
        return "".join(difflib.unified_diff(old, new, "deck.yaml", "deck.yaml, pulled"))

    def write(self) -> list[Path]:
        """Writes what was found, after a copy of deck.yaml; returns the files. Raises DeckError."""
        if self.after == self.before and not self.files:
            return []
        copy = self.deck.with_name(f"{self.deck.name}.before-pull")
        out = []
        for name, data in self.files.items():
            replace_bytes(self.deck.parent / name, data)
            out.append(self.deck.parent / name)
        if self.after != self.before:
            shutil.copyfile(self.deck, copy)
            replace_file(self.deck, self.after)
            out += [copy, self.deck]
        return out


def pull(
    edited: Path, deck: Path, *, session: Path | None = None, theme: str = "spruce", prefer: Prefer = "neither"
) -> Pulled:
    """Finds what was changed in a file that was built from the deck. `session` and `theme` are those that it was built with.
    Nothing is written. Raises DeckError for a file that is not the deck's, or a deck that has errors."""
    path = deck_file(deck)
    with tempfile.TemporaryDirectory(prefix="deckbuilder-pull-") as scratch:
        content = api.read(deck, session=session)
        built = api.build(deck, theme=theme, session=session, only=("deck",), output=Path(scratch) / "built").files[0]
        ours = read_marks(built)
        try:
            theirs = marks_of_edited(edited)
            now = read_back(built, ours, Path(scratch) / "now")
            then = read_back(edited, theirs, Path(scratch) / "then", now)
        except PackageError as error:
            raise fail("import-unreadable", f"the deck '{edited.name}' {error.what}", None, error.hint) from error
        except FileNotFoundError as error:
            raise fail("file-missing", f"there is no file {edited}", None, "give the edited .pptx") from error
        place = Place(path.parent, content.session)
        return _Pull(path, now, then, place, prefer).run()


class _Pull:
    def __init__(self, path: Path, now: Back, then: Back, place: Place, prefer: Prefer) -> None:
        text = path.read_bytes().decode("utf-8")
        self.pulled = Pulled(path, text, text)
        self.now, self.then, self.place, self.prefer = now, then, place, prefer
        self.text = text
        self.names: dict[str, str] = {}
        w = written(text, Deck)
        self.where = place.slides(w)
        self.w = w
        # Where the deck shows what it showed when the file was built, whatever differs was changed in the file.
        self.same = _shown(now.marks.built) == _shown(then.marks.built)

    def run(self) -> Pulled:
        current = {one.identity: one for one in self.now.slides if one.identity}
        seen: set[str] = set()
        for one in self.then.slides:
            name = one.identity
            if name is None or name in seen or name not in current:
                if name is not None and name not in current and self._touched(one):
                    self.pulled.conflicts.append(
                        f"the slide '{_called(one)}' was changed here, and is another in the deck by now"
                    )
                continue
            seen.add(name)
            self._slide(name, current[name], one)
        self._head()
        self._order(
            arranged(
                self.now.slides, self.then.slides, self.then.marks, self.where, self.now.sections, self.then.sections
            )
        )
        self.pulled.after = self.text
        self._prove()
        return self.pulled

    def _touched(self, one: BackSlide) -> bool:
        return one.told is not None and bool(changed_fields(one.told))

    # What slides say

    def _slide(self, name: str, now: BackSlide, then: BackSlide) -> None:
        assert then.told is not None
        if now.fields == then.fields:
            return
        changed = changed_fields(then.told)
        raw = raw_slide(self.w, place_of(self.where, name))
        for key in [*now.fields, *(key for key in then.fields if key not in now.fields)]:
            before, after = now.fields.get(key), then.fields.get(key)
            if before == after or key in ("kind", "id"):
                continue
            if not self._may(name, key, before, after, changed):
                continue
            if key == "file" and now.fields["kind"] in ("chart", "table"):
                self._data(name, raw, now, then)
                continue
            out = Compared()
            if key in _WHERE:
                section = self.where[name][0]
                title = self.w.data["sections"][section].get(_WHERE[key])
                compare(None, before, after, title, ("sections", section, _WHERE[key]), out)
            else:
                compare(name, before, after, raw.get(key) if isinstance(raw, dict) else None, (key,), out)
            self.pulled.left += [f"{_called(now)}: {why}" for why in out.refused]
            self._apply(out.changes, _called(now))

    def _may(self, name: str, key: str, before: Any, after: Any, changed: set[str]) -> bool:
        """Whether a field that differs was edited in the file, and not in the deck since; conflicts are told."""
        if key in _STATE:
            return True
        if key in _UNMARKED and not any(
            one.partition("[")[0].partition(".")[0] == key and ".ask" not in one for one in changed
        ):
            if self.same or self.prefer == "theirs":
                return True
            self.pulled.conflicts.append(
                f"{key} of '{name}' differ, and the deck has changed since the file was built: {_brief(before)} / {_brief(after)}"
            )
            return False
        fields = {one for one in changed if one == key or one.partition("[")[0].partition(".")[0] == key}
        if not fields:
            return False  # the deck is newer
        both = any(
            digests_of(self.then.marks.built, name, one) != digests_of(self.now.marks.built, name, one)
            for one in fields
        )
        if not both or self.prefer == "theirs":
            return True
        if self.prefer == "neither":
            self.pulled.conflicts.append(
                f"{key} of '{name}' changed in both: the deck says {_brief(before)}, the file {_brief(after)}"
            )
        return False

    def _data(self, name: str, raw: Any, now: BackSlide, then: BackSlide) -> None:
        """Numbers of a chart that differ, where they are written: in the deck, or in its CSV file."""
        old, new = (_rows(back.files[str(one.fields["file"])]) for back, one in ((self.now, now), (self.then, then)))
        if isinstance(raw, dict) and isinstance(raw.get("file"), str):
            file = self.pulled.deck.parent / raw["file"]
            text, count = _patched(file.read_text("utf-8-sig"), old, new)
            if count is None:
                self.pulled.left.append(
                    f"{_called(now)}: rows of the chart's data were added or taken away; change {raw['file']}"
                )
                return
            self.pulled.files[raw["file"]] = text.encode("utf-8")
            self.pulled.done.append(f"{_called(now)}: {count} numbers in {raw['file']}")
            return
        changes = []
        if [row[0] for row in old] != [row[0] for row in new]:
            changes.append(
                Change("set", name, ("categories",), [row[0] for row in new[1:]], [row[0] for row in old[1:]])
            )
        for n in range(1, max(len(old[0]), len(new[0]))):
            a, b = ([row[n] for row in rows] if n < len(rows[0]) else None for rows in (old, new))
            if a == b:
                continue
            if b is None:
                changes.append(Change("remove", name, ("series", len(new[0]) - 1), None, a))
                continue
            series = {"name": b[0], "values": [_number(cell) for cell in b[1:]]}
            changes.append(Change("set" if a else "insert", name, ("series", n - 1), series, a))
        self._apply(changes, _called(now))

    def _head(self) -> None:
        fields = {one for slide in self.then.slides if slide.told is not None for one in changed_fields(slide.told)}
        for key in ("title", "subtitle", "authors", "organisation", "objectives", "references"):
            before, after = self.now.head.get(key), self.then.head.get(key)
            if before == after or f"deck.{key}" not in fields:
                continue
            out = Compared()
            compare(None, before, after, self.w.data.get(key), (key,), out)
            self.pulled.left += [f"the deck's {key}: {why}" for why in out.refused]
            self._apply(out.changes, "the deck")

    def _apply(self, changes: Sequence[Change], called: str) -> None:
        for change in changes:
            value = self._with_files(change.value)
            slide = self.names.get(change.slide, change.slide) if change.slide else None
            if change.do == "insert":
                edit: Any = edits.Insert(slide=slide, path=change.path[:-1], index=int(change.path[-1]), value=value)
            elif change.do == "remove":
                edit = edits.Remove(slide=slide, path=change.path)
            else:
                edit = edits.Set(slide=slide, path=change.path, value=value)
            where = ".".join(str(step + 1 if isinstance(step, int) else step) for step in change.path)
            if self._done(edit, change.slide, f"{called}, {where}: {_told(change)}") is None:
                continue

    def _with_files(self, value: Any) -> Any:
        """A value with pictures' names in place of hashes; their files are to be written."""
        if isinstance(value, dict):
            return {key: self._with_files(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self._with_files(one) for one in value]
        if isinstance(value, str) and value in self.then.files and value not in self.now.files:
            name = f"pictures/pulled-{value[:8]}{Path(value).suffix}"
            self.pulled.files[name] = self.then.files[value].read_bytes()
            return name
        return value

    def _done(self, edit: Any, identity: str | None, said: str) -> str | None:
        """Makes an edit in the text; the slide's name after it, None where it cannot be made."""
        try:
            made = applied(self.text, edit, Deck, self.place)
        except Refused as refused:
            self.pulled.left.append(f"{said} ({refused.reason})")
            return None
        self.text = made.text
        if identity is not None and made.slide is not None:
            self.names[identity] = made.slide
        self.pulled.done.append(said)
        return made.slide or ""

    # Which slides there are, and in which order

    def _order(self, order: Arranged) -> None:
        self.pulled.left += order.refused
        for name in order.deleted:
            self._done(edits.DeleteSlide(slide=self.names.get(name, name)), None, f"the slide '{name}' is deleted")
        for step in order.steps:
            behind = self.names.get(step.behind, step.behind) if step.behind else None
            index = 0
            if behind is not None:
                places = self.place.slides(written(self.text, Deck))
                if behind in places and places[behind][0] == step.section:
                    index = places[behind][1] + 1
            if step.move is not None:
                name = self.names.get(step.move, step.move)
                places = self.place.slides(written(self.text, Deck))
                if places.get(name, (None, 0))[0] == step.section and places[name][1] < index:
                    index -= 1
                if places.get(name) == (step.section, index):
                    continue
                self._done(
                    edits.MoveSlide(slide=name, section=step.section, index=index),
                    step.move,
                    f"the slide '{name}' is moved",
                )
            elif step.new is not None:
                fields = self._with_files(
                    {
                        key: one
                        for key, one in step.new.fields.items()
                        if key not in ("kind", "section.title", "section.text")
                    }
                )
                edit = edits.AddSlide(section=step.section, index=index, kind=step.new.fields["kind"], values=fields)
                made = self._done(edit, None, f"a new slide: '{_called(step.new)}'")
                if made:
                    self.names[step.name] = made

    def _prove(self) -> None:
        """What cannot be read afterwards is not written."""
        if self.pulled.after == self.pulled.before:
            return
        with tempfile.TemporaryDirectory(prefix="deckbuilder-pull-") as scratch:
            folder = Path(scratch) / self.pulled.deck.parent.resolve().name
            shutil.copytree(
                self.pulled.deck.parent, folder, ignore=shutil.ignore_patterns("output", "*.pptx", "*.pdf", ".git")
            )
            for name, data in self.pulled.files.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(data)
            (folder / self.pulled.deck.name).write_text(self.pulled.after, encoding="utf-8")
            try:
                api.read(folder / self.pulled.deck.name)
            except DeckError as error:
                self.pulled.conflicts += [
                    f"the deck would have errors: {problem.message}"
                    for problem in error.diagnostics
                    if problem.severity.value == "error"
                ]


def _shown(marks: Sequence[Any]) -> list[Any]:
    return [(mark.slide, holder.fields, holder.digest) for mark in marks for holder in mark.holders]


def _called(one: BackSlide) -> str:
    return str(one.fields.get("title") or one.identity or "")


def _brief(value: Any) -> str:
    words = value if isinstance(value, str) else "nothing" if value is None else str(value)
    return f"'{words}'" if len(words) <= 80 else f"'{words[:79]}…'"


def _told(change: Change) -> str:
    if change.do == "remove":
        return f"{_brief(change.old)} is taken away"
    if change.do == "insert" or change.old is None:
        return f"{_brief(change.value)} is added"
    return f"{_brief(change.old)} becomes {_brief(change.value)}"


def _rows(file: Path) -> list[list[str]]:
    text = file.read_text("utf-8")
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


def _number(cell: str) -> float | int | None:
    if not cell:
        return None
    value = float(cell.replace(",", "."))
    return int(value) if value == int(value) else value


def _patched(text: str, old: list[list[str]], new: list[list[str]]) -> tuple[str, int | None]:
    """A CSV file's text with the cells that differ between two states of its data, and how many there are; None for those
    where rows or columns differ."""
    if [len(row) for row in old] != [len(row) for row in new]:
        return text, None
    lines = text.split("\n")
    delimiter = max(",;\t", key=lines[0].count)
    rows = [n for n, line in enumerate(lines) if line.strip()]
    count = 0
    for number, (a, b) in enumerate(zip(old, new, strict=True)):
        if a == b or number >= len(rows):
            continue
        line = lines[rows[number]]
        ending = "\r" if line.endswith("\r") else ""
        cells = next(csv.reader([line.rstrip("\r")], delimiter=delimiter))
        for place, (x, y) in enumerate(zip(a, b, strict=True)):
            if x != y and place < len(cells):
                cells[place] = y
                count += 1
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter, lineterminator="").writerow(cells)
        lines[rows[number]] = out.getvalue() + ending
    return "\n".join(lines), count
