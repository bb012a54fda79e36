"""Edits of a text that another program has changed meanwhile: the same edit, of what the file says by now.

What was changed elsewhere is looked at value by value. An edit of anything else is done as it was meant; one of what
has changed too is asked about.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from typing import Any

from deckbuilder.editing import edits
from deckbuilder.editing.edits import Edit, Path
from deckbuilder.editing.slides import Place, raw_slide
from deckbuilder.editing.tree import same
from deckbuilder.editing.written import Written, value_at

_ALIKE = 0.5


class Conflict(Exception):
    """The same was changed here and in the file. `base` is what it was, `mine` what it would be, `theirs` what the file
    says; None where it is nothing there. Nothing is done."""

    def __init__(self, slide: str | None, path: Path, base: Any, mine: Any, theirs: Any) -> None:
        self.slide = slide
        self.path = path
        self.base = base
        self.mine = mine
        self.theirs = theirs
        super().__init__(f"{slide or 'the deck'}: {path}")

    def as_dict(self) -> dict[str, Any]:
        """As data that travel as JSON."""
        return {
            "slide": self.slide,
            "path": list(self.path),
            "base": self.base,
            "mine": self.mine,
            "theirs": self.theirs,
        }


def rebased(edit: Edit, base: Written, now: Written, place: Place, over: bool = False) -> Edit | None:
    """The edit of one text as an edit of another; None where the other has it already. Raises Conflict where both changed
    the same; with `over` the edit counts there, unless what it is of is not there any more."""
    return _Rebase(base, now, place, over).of(edit)


class _Rebase:
    def __init__(self, base: Written, now: Written, place: Place, over: bool = False) -> None:
        self.base, self.now, self.over = base, now, over
        self.before, self.after = place.slides(base), place.slides(now)
        self.slides = _matched(self._slides(base, self.before), self._slides(now, self.after))
        sections = [value_at(w.data, ("sections",)) or [] for w in (base, now)]
        self.sections = aligned(*sections)

    @staticmethod
    def _slides(w: Written, ids: dict[str, tuple[int, int]]) -> list[tuple[str, Any]]:
        return [(name, raw_slide(w, at)) for name, at in ids.items()]

    def of(self, edit: Edit) -> Edit | None:
        match edit:
            case edits.Set():
                return self.set(edit)
            case edits.Remove():
                name, old, new = self.both(edit.slide, edit.path, None)
                path = self.path(edit.path, old, new, edit.slide, None)
                if (there := value_at(new, path)) is None:
                    return None
                self.unchanged(edit.slide, edit.path, value_at(old, edit.path), None, there)
                return edit.model_copy(update={"slide": name, "path": path})
            case edits.Insert():
                name, old, new = self.both(edit.slide, edit.path, edit.value)
                path = self.path(edit.path, old, new, edit.slide, edit.value)
                index = self.index(value_at(old, edit.path), value_at(new, path), edit.index)
                return edit.model_copy(update={"slide": name, "path": path, "index": index})
            case edits.Move():
                return self.move(edit)
            case edits.AddSlide():
                return edit.model_copy(update=self.slot(edit.section, edit.index, None))
            case edits.MoveSlide():
                name = self.slide(edit.slide, None)
                return edit.model_copy(update={"slide": name, **self.slot(edit.section, edit.index, edit.slide)})
            case edits.DuplicateSlide() | edits.HideSlide():
                return edit.model_copy(update={"slide": self.slide(edit.slide, None)})
            case edits.DeleteSlide():
                if edit.slide in self.before and edit.slide not in self.slides:
                    return None
                name, old, new = self.both(edit.slide, (), None)
                self.unchanged(edit.slide, (), old, None, new)
                return edit.model_copy(update={"slide": name})
            case edits.AddSection():
                sections = self.listed(self.base, "sections"), self.listed(self.now, "sections")
                return edit.model_copy(update={"index": self.index(*sections, edit.index)})
            case edits.MoveSection():
                return edit.model_copy(update={"section": self.section(edit.section)})
            case edits.DeleteSection():
                number = self.section(edit.section)
                old, new = (self.listed(w, "sections")[n] for w, n in ((self.base, edit.section), (self.now, number)))
                self.unchanged(None, ("sections", edit.section), old, None, new)
                return edit.model_copy(update={"section": number})
        raise TypeError(edit)

    def set(self, edit: edits.Set) -> Edit | None:
        name, old, new = self.both(edit.slide, edit.path, edit.value)
        path = self.path(edit.path, old, new, edit.slide, edit.value)
        was, there = value_at(old, edit.path), value_at(new, path)
        if same(there, edit.value):
            return None
        moved = edit.model_copy(update={"slide": name, "path": path})
        if same(was, there):
            return moved
        if isinstance(was, dict) and isinstance(there, dict) and isinstance(edit.value, dict):
            keys = [key for key in {**was, **edit.value} if not same(was.get(key), edit.value.get(key))]
            parts = [
                self.set(edit.model_copy(update={"path": (*edit.path, key), "value": edit.value.get(key)}))
                for key in keys
            ]
            done = tuple(part for part in parts if part is not None)
            return edits.Several(edits=done) if done else None
        if self.over:
            return moved
        raise Conflict(edit.slide, edit.path, was, edit.value, there)

    def move(self, edit: edits.Move) -> Edit:
        name, old, new = self.both(edit.slide, edit.path, None)
        path = self.path(edit.path, old, new, edit.slide, None)
        target = self.path(edit.to[:-1], old, new, edit.slide, None)
        lists = [
            _less(value_at(old, edit.to[:-1]), edit.path, edit.to),
            _less(value_at(new, target), path, (*target, 0)),
        ]
        index = self.index(lists[0], lists[1], int(edit.to[-1]))
        return edit.model_copy(update={"slide": name, "path": path, "to": (*target, index)})

    def both(self, slide: str | None, path: Path, mine: Any) -> tuple[str | None, Any, Any]:
        """What the edit's slide is called by now, and what was and is in it; of the whole file without a slide."""
        if slide is None:
            return None, self.base.data, self.now.data
        name = self.slide(slide, mine, path)
        return name, raw_slide(self.base, self.before[slide]), raw_slide(self.now, self.after[name])

    def slide(self, name: str, mine: Any, path: Path = ()) -> str:
        if name in self.slides:
            return self.slides[name]
        if name in self.before:
            raise Conflict(name, path, value_at(raw_slide(self.base, self.before[name]), path), mine, None)
        return name  # of an edit before this one

    def path(self, path: Path, old: Any, new: Any, slide: str | None, mine: Any) -> Path:
        """The path to the same by now: items of lists may have other places."""
        out: list[int | str] = []
        was = value_at(old, path)
        for step in path:
            if isinstance(step, int) and isinstance(old, list) and step < len(old):
                number = aligned(old, new if isinstance(new, list) else []).get(step)
                if number is None:
                    raise Conflict(slide, path, was, mine, None)
                out.append(number)
            else:
                out.append(step)
            old, new = value_at(old, (step,)), value_at(new, (out[-1],))
        return tuple(out)

    def unchanged(self, slide: str | None, path: Path, base: Any, mine: Any, theirs: Any) -> None:
        if not self.over and not same(base, theirs):
            raise Conflict(slide, path, base, mine, theirs)

    @staticmethod
    def index(old: Any, new: Any, index: int | None) -> int | None:
        """Where something stands by now that stood before an index: behind what it stood behind."""
        if index is None or not isinstance(old, list) or not isinstance(new, list):
            return index
        places = aligned(old, new)
        above = next((places[n] for n in reversed(range(min(index, len(old)))) if n in places), None)
        return 0 if above is None else above + 1

    def section(self, number: int) -> int:
        if number not in self.sections:
            sections = self.listed(self.base, "sections")
            raise Conflict(None, ("sections", number), sections[number] if number < len(sections) else None, None, None)
        return self.sections[number]

    def slot(self, section: int, index: int | None, moved: str | None) -> dict[str, int | None]:
        """A place for a slide in a section by now: behind the slide that it was to stand behind."""
        number = self.section(section)
        if index is None:
            return {"section": number, "index": None}
        before = [name for name, at in self.before.items() if at[0] == section and name != moved]
        after = [name for name, at in self.after.items() if at[0] == number and name != self.slides.get(moved or "")]
        known = [self.slides[name] for name in before[:index] if self.slides.get(name) in after]
        return {"section": number, "index": after.index(known[-1]) + 1 if known else 0}

    @staticmethod
    def listed(w: Written, key: str) -> list[Any]:
        value = value_at(w.data, (key,))
        return value if isinstance(value, list) else []


def _less(items: Any, path: Path, to: Path) -> Any:
    """A list without the item that is moved in it."""
    if not isinstance(items, list) or path[:-1] != to[:-1]:
        return items
    return [item for number, item in enumerate(items) if number != path[-1]]


def _matched(before: Sequence[tuple[str, Any]], after: Sequence[tuple[str, Any]]) -> dict[str, str]:
    """Which slide of the one deck is which of the other, by their ids, else by where they stand and what they say."""
    names = {name for name, _ in after}
    out = {name: name for name, _ in before if name in names}
    old = [one for one in before if one[0] not in out]
    new = [one for one in after if one[0] not in out]
    places = aligned([says for _, says in old], [says for _, says in new])
    return out | {old[i][0]: new[j][0] for i, j in places.items()}


def aligned(old: list[Any], new: list[Any]) -> dict[int, int]:
    """Which item of the one list is which of the other: those that are the same, and between them those that are alike."""
    before, after = ([json.dumps(item, sort_keys=True) for item in items] for items in (old, new))
    out: dict[int, int] = {}
    for what, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal" or (what == "replace" and i2 - i1 == j2 - j1):
            out |= dict(zip(range(i1, i2), range(j1, j2), strict=True))
    left = [i for i in range(len(old)) if i not in out]
    free = [j for j in range(len(new)) if j not in out.values()]
    for i in left:
        rated = [(difflib.SequenceMatcher(None, before[i], after[j], autojunk=False).quick_ratio(), -j) for j in free]
        if rated and max(rated)[0] >= _ALIKE:
            out[i] = -max(rated)[1]
            free.remove(out[i])
    return out
