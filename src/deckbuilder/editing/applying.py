"""Edits made in a text, and looked at: what it says afterwards is what was meant, or nothing is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import JsonValue

from deckbuilder.content.base import Model
from deckbuilder.content.deck import Deck
from deckbuilder.editing import edits, meaning, moving, patching
from deckbuilder.editing.edits import Edit
from deckbuilder.editing.refusal import Dangling, Refused
from deckbuilder.editing.shape import Shape, slide_kinds
from deckbuilder.editing.shared import check_once, check_own
from deckbuilder.editing.skeletons import skeleton
from deckbuilder.editing.slides import Place, place_of, slide_path
from deckbuilder.editing.tree import same
from deckbuilder.editing.writing import check_text
from deckbuilder.editing.written import Path, Written, value_at
from deckbuilder.frozen import dataclass

BOM = "\ufeff"


@dataclass(frozen=True)
class Applied:
    """A text in which an edit was made. `slide` is the id that the edited slide, or the one that was added, has now; None
    where the edit was of none, or took it away."""

    text: str
    slide: str | None = None


def apply(text: str, edit: Edit, model: type[Model] = Deck, place: Place | None = None) -> str:
    """The text with an edit made in it; everything else is as it was, byte for byte. Raises Refused where it cannot be made
    so."""
    return applied(text, edit, model, place).text


def applied(text: str, edit: Edit, model: type[Model] = Deck, place: Place | None = None) -> Applied:
    """As `apply`; tells also which slide it was."""
    bom = BOM if text.startswith(BOM) else ""
    work = _Work(written(text, model), place or Place())
    work.do(edit)
    if not same(work.w.data, _empty(work.meant)):
        raise Refused("this cannot be written here without changing something else; change it in the file")
    _kept(model, work.w)
    slide = None
    if work.at is not None:
        slide = next((name for name, at in work.slides().items() if at == work.at), None)
    return Applied(bom + work.w.text, slide)


# The texts read or written last, and what they are: the next edit is of one of them. Replaced as a whole, for threads.
_latest: tuple[tuple[type[Model], Written], ...] = ()
_FEW = 4


def written(text: str, model: type[Model]) -> Written:
    """A file's text, read. Raises Refused for one that is no YAML."""
    text = text.removeprefix(BOM)
    found = next((w for kind, w in _latest if kind is model and w.text == text), None)
    return found or _kept(model, Written(text, Shape(model)))


def _kept(model: type[Model], w: Written) -> Written:
    global _latest  # noqa: PLW0603
    _latest = ((model, w), *_latest)[:_FEW]
    return w


def _empty(data: Any) -> Any:
    return None if data == {} else data


class _Work:
    """A text and what it is meant to say, changed side by side."""

    def __init__(self, w: Written, place: Place) -> None:
        self.w = w
        self.meant = w.data
        self.place = place
        self.at: tuple[int, int] | None = None  # of the slide that was edited last
        self._known: tuple[str, dict[str, tuple[int, int]]] | None = None

    def slides(self) -> dict[str, tuple[int, int]]:
        if self._known is None or self._known[0] is not self.w.text:
            self._known = (self.w.text, self.place.slides(self.w))
        return self._known[1]

    def find(self, name: str) -> tuple[int, int]:
        self.at = place_of(self.slides(), name)
        return self.at

    def base(self, slide: str | None) -> Path:
        return slide_path(self.find(slide)) if slide is not None else ()

    def do(self, edit: Edit) -> None:
        match edit:
            case edits.Set():
                path = (*self.base(edit.slide), *edit.path)
                self.put(path, edit.value)
            case edits.Remove():
                self.remove((*self.base(edit.slide), *edit.path))
            case edits.Insert():
                path = (*self.base(edit.slide), *edit.path)
                self.insert(path, edit.index, edit.value)
            case edits.Move():
                base = self.base(edit.slide)
                self.move((*base, *edit.path), (*base, *edit.to))
            case edits.AddSlide():
                self.add_slide(edit)
            case edits.DuplicateSlide():
                self.duplicate(self.find(edit.slide))
            case edits.MoveSlide():
                self.move_slide(self.find(edit.slide), edit.section, edit.index)
            case edits.DeleteSlide():
                self.delete_slide(self.find(edit.slide))
            case edits.HideSlide():
                self.put((*self.base(edit.slide), "hidden"), True if edit.hidden else None)
            case edits.AddSection():
                divider: JsonValue = {"title": edit.title, "slides": [{"kind": "section"}]}
                index = self.count("sections") if edit.index is None else edit.index
                self.insert(("sections",), index, divider)
                self.at = (index, 0)
            case edits.MoveSection():
                self.move(("sections", edit.section), ("sections", edit.index))
            case edits.DeleteSection():
                if self.count("sections") == 1:
                    raise Refused("a deck has one section at least")
                self.remove(("sections", edit.section))
            case edits.Several():
                for one in edit.edits:
                    self.do(one)

    def count(self, *path: str | int) -> int:
        listed = value_at(self.meant, path)
        return len(listed) if isinstance(listed, list) else 0

    # Text and meaning, side by side

    def put(self, path: Path, value: JsonValue) -> None:
        check_text(value)
        check_own(self.meant, path, value)
        value = self._as_it_ends(path, value)
        self.meant = meaning.put(self.meant, path, value, self.w.shape)
        self.w = patching.put(self.w, path, value)

    def insert(self, path: Path, index: int | None, value: JsonValue) -> None:
        check_text(value)
        check_own(self.meant, path, value)
        there = value_at(self.meant, path)
        many = len(there) if isinstance(there, list) else 0 if there is None else 1
        index = many if index is None else index
        self.meant = meaning.insert(self.meant, path, index, value, self.w.shape)
        self.w = patching.insert(self.w, path, index, value)

    def remove(self, path: Path) -> None:
        check_own(self.meant, path, None)
        self.meant = meaning.remove(self.meant, path, self.w.shape)
        self.w = self._with_aliases(path, lambda w: patching.remove(w, path))

    def move(self, path: Path, to: Path) -> None:
        meaning.at(self.meant, path)
        if path == to:
            return
        if to[: len(path)] == path:
            raise Refused("nothing can be moved into itself")
        check_own(self.meant, path, None)
        check_own(self.meant, to, None)
        self.meant = meaning.move(self.meant, path, to, self.w.shape)
        self.w = self._with_aliases(path, lambda w: moving.move(w, path, to))

    def _with_aliases(self, path: Path, change: Callable[[Written], Written]) -> Written:
        """The text with a change by which an entry goes elsewhere, or away. Aliases stay, unless what they stand for would then
        stand behind them, or nowhere."""
        try:
            return change(self.w)
        except Dangling:
            return change(patching.apart(self.w, path))

    def _as_it_ends(self, path: Path, value: JsonValue) -> JsonValue:
        """A text of paragraphs with the line end at its end that such texts have in files, where it says nothing."""
        old, shape = value_at(self.meant, path), self.w.shape
        data = self.meant
        for step in path:
            shape, data = shape.within(step, data), value_at(data, (step,))
        if not isinstance(value, str) or not shape.body or value.endswith("\n") or not value.strip():
            return value
        if isinstance(old, str) and "\n" in old:
            ends = old.endswith("\n") and not old.endswith("\n\n")
        else:
            ends = "\n" in value
        return value + "\n" if ends else value

    # Slides

    def add_slide(self, edit: edits.AddSlide) -> None:
        if edit.kind not in slide_kinds():
            raise Refused(f"there is no kind of slide '{edit.kind}'")
        many = self.count("sections", edit.section, "slides")
        index = many if edit.index is None else edit.index
        if edit.section >= self.count("sections"):
            raise Refused(f"there is no section {edit.section + 1}")
        self.insert(("sections", edit.section, "slides"), index, skeleton(edit.kind) | edit.values)
        self.at = (edit.section, index)

    def duplicate(self, at: tuple[int, int]) -> None:
        path, to = slide_path(at), slide_path((at[0], at[1] + 1))
        check_once(meaning.at(self.meant, path))
        value = _without_ids(meaning.at(self.meant, path))
        self.meant = meaning.insert(self.meant, to[:-1], at[1] + 1, value, self.w.shape)
        self.w = moving.copy(self.w, path, to, value)
        self.at = (at[0], at[1] + 1)

    def move_slide(self, at: tuple[int, int], section: int, index: int | None) -> None:
        if section >= self.count("sections"):
            raise Refused(f"there is no section {section + 1}")
        many = self.count("sections", section, "slides") - (section == at[0])
        index = many if index is None else index
        if index > many:
            raise Refused(f"the section has {many} other slides; there is no place {index + 1} in it")
        if section != at[0]:
            self._keep_one(at)
        self.move(slide_path(at), slide_path((section, index)))
        self.at = (section, index)

    def delete_slide(self, at: tuple[int, int]) -> None:
        self._keep_one(at)
        self.remove(slide_path(at))
        self.at = None

    def _keep_one(self, at: tuple[int, int]) -> None:
        if self.count("sections", at[0], "slides") == 1:
            raise Refused("a section has one slide at least; delete the section, or put another slide into it first")


def _without_ids(slide: Any) -> Any:
    """A copy of a slide without the names that there may be once only: its own, and its questions'."""
    if not isinstance(slide, dict):
        return slide
    out = {key: value for key, value in slide.items() if key != "id"}
    if isinstance(questions := out.get("questions"), list):
        out["questions"] = [
            {key: value for key, value in one.items() if key != "id"} if isinstance(one, dict) else one
            for one in questions
        ]
    return out
