"""Changes made in a deck that deckbuilder built, as edits of the file that it was built of.

It is a merge of three: what the deck was when it was built is known by digests. What was changed in the file of slides only is
brought over; what was changed in deck.yaml only stays; what was changed in both is asked about.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from deckbuilder import api
from deckbuilder.content.deck import Deck
from deckbuilder.diagnostics import fail
from deckbuilder.editing import edits
from deckbuilder.editing.applying import applied, written
from deckbuilder.editing.edits import Edit
from deckbuilder.editing.refusal import Refused
from deckbuilder.editing.shape import fields_of, slide_kinds
from deckbuilder.editing.slides import Place, raw_slide
from deckbuilder.editing.tree import same
from deckbuilder.editing.written import value_at
from deckbuilder.languages import Language
from deckbuilder.pulling.apart import looks_apart
from deckbuilder.pulling.asking import asked_once
from deckbuilder.pulling.carrying import carried
from deckbuilder.pulling.data import changed_data, data_rows
from deckbuilder.pulling.matching import matched, rising
from deckbuilder.pulling.sides import Shown, Side, names_in, read_side, renamed
from deckbuilder.pulling.telling import brief, change, short, words_in
from deckbuilder.pulling.trying import errors_in, slide_of
from deckbuilder.reading.deck import deck_file
from deckbuilder.source import shown_path

Choice = Literal["theirs", "ours"]
_HEAD = ""  # the deck itself, among slides by their names
_ATTEMPTS = 5  # to find changes that a deck holds with
_ABOVE = {"cover": "deck", "section": "section"}  # whose title such a slide shows, where it has none of its own
_MADE = ("kind", "sources")  # which slides show as numbers, of what others cite
_DATA = ("header", "rows", "categories", "series")


@dataclass(frozen=True)
class Change:
    """A change that was found: the slide's `number` in the changed file, 0 for the whole deck, its title, and what it is, in
    words."""

    number: int
    title: str
    says: str

    def __str__(self) -> str:
        if not self.number:
            return self.says
        return f"slide {self.number}, {self.title}: {self.says}" if self.title else f"slide {self.number}: {self.says}"


@dataclass
class Pulled:
    """What was found, and what becomes of it. `before` and `after` are the text of deck.yaml; `changes` are made in it,
    `conflicts` were changed in both and are not, `left` cannot be brought over. `pictures` and `data` are files for the
    deck's folder, by their names."""

    before: str
    after: str
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)
    left: list[Change] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)

    @property
    def something(self) -> bool:
        """Whether there is anything to write."""
        return self.before != self.after or bool(self.data)


def pull(
    edited: Path,
    deck: Path,
    *,
    session: Path | None = None,
    theme: str | None = None,
    choice: Choice | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Pulled:
    """What was changed in a file of slides that was built of the deck, made in the deck's text; nothing is written. `choice`
    says whose words count where both changed the same, None for nobody's. `session` is what the deck is built with. Raises
    DeckError for what cannot be read, and for a deck that does not build."""
    file = deck_file(deck)
    text = file.read_bytes().decode("utf-8") if file.is_file() else ""
    with tempfile.TemporaryDirectory(prefix="deckbuilder-pull-") as scratch:
        folder = Path(scratch)
        progress("Building the deck as it is now")
        built = api.build(deck, session=session, theme=theme, output=folder / "built", only=("deck",)).files[0]
        content = api.read(deck, session=session)
        progress(f"Reading {edited}")
        sides: list[Side] = []
        for name, source in (("now", built), ("edited", edited)):
            (folder / name).mkdir()
            sides.append(read_side(source, folder / name, sides[0] if sides else None))
        now, there = sides
        place = Place(file.parent, content.session)
        work = _Pulling(text, place, now, there, choice)
        if there.built and not work.ours and not work.again:
            message = f"{edited.name} was built of another deck: none of its slides is in {shown_path(file)}"
            raise fail("pull-unmarked", message, None, "give the deck that it was built of")
        work.run()
        for attempt in range(_ATTEMPTS):
            if not work.out.something or not (wrong := _wrong(work, content, session, folder / f"tried-{attempt}")):
                break
            if not set(wrong) - set(work.wrong):
                wrong = {_HEAD: next(iter(wrong.values()))}
            work = _Pulling(text, place, now, there, choice, {**work.wrong, **wrong})
            work.run()
    return work.out


def _wrong(work: _Pulling, content: api.Content, session: Path | None, scratch: Path) -> dict[str, str]:
    """Which slides would no longer hold after the changes, by our names of them, and why; `_HEAD` stands for the deck itself."""
    scratch.mkdir()
    assert work.place.folder is not None
    files = {name: data.encode("utf-8") for name, data in work.out.data.items()} | work.out.pictures
    names = {one: name for name, one in work.ids.items()}
    out: dict[str, str] = {}
    for error in errors_in(work.out.after, files, work.place.folder, content, session, scratch):
        one = slide_of(work.out.after, error, work.place)
        out.setdefault(names.get(one or "", _HEAD), error.message)
    return out


class _Pulling:
    def __init__(
        self, text: str, place: Place, now: Side, there: Side, choice: Choice | None, wrong: Mapping[str, str] = {}
    ) -> None:
        self.out = Pulled(text, text)
        self.wrong = wrong or {}  # what is not taken over of which slide, and why: the deck would have an error
        self.place = place
        self.choice = choice
        self.now = {shown.identity: shown for shown in now.slides}
        self.then, self.there = now, there
        self.ids = {name: name for name in self.now}  # what our slides are called by now, after the edits so far
        self.ours, self.again = matched(there, now)
        self.changed = _changed_since(now, there, self.ours)
        self.at: dict[int, str] = {}  # our slide of each of theirs, by its number there

    def run(self) -> None:
        seen: set[str] = set()
        for shown in self.there.slides:
            if shown.number in self.again:
                self.at[shown.number] = self.again[shown.number]
            name = self.ours.get(shown.identity)
            if name is None:
                continue
            if name in seen:
                self._copied(shown, name)
            else:
                seen.add(name)
                self.at[shown.number] = name
                self._fields(shown, name)
        for name in self.ours.values():
            if name not in seen:
                self._deleted(name)
        self._added()
        self._moved()
        titles = {shown.number: str(shown.says.get("title", "")) for shown in self.there.slides}
        for number, says in looks_apart(self.then, self.there, self.ours):
            self.out.left.append(Change(number, titles.get(number, ""), says))

    # Fields

    def _fields(self, there: Shown, name: str) -> None:
        now = self.now[name]
        told: set[str] = set()
        for key in {**now.says, **there.says}:
            if key not in _MADE and not same(now.says.get(key), there.says.get(key)):
                told.add(key)
                if (why := self.wrong.get(name)) is None:
                    self._field(there, now, name, key)
                elif not _unchanged(there, key):
                    told_of = change(now.says.get(key), there.says.get(key))
                    self._say(self.out.left, there, f"{key}: {told_of}, with which the slide would not hold: {why}")
        for key in {**now.head, **there.head}:
            if key not in told and not same(now.head.get(key), there.head.get(key)) and not _unchanged(there, "deck"):
                told.add("deck")
                if (why := self.wrong.get(_HEAD)) is not None:
                    told_of = change(now.head.get(key), there.head.get(key))
                    self._say(self.out.left, there, f"{key}: {told_of}, with which the deck would not hold: {why}")
                    continue
                self._put(there, name, (key,), now.head.get(key), there.head.get(key), None)
        if told & {"title", "text"}:
            told |= {"deck", "section"}
        taken = set() if name in self.wrong else words_in(there.says)
        taken |= set() if _HEAD in self.wrong else words_in(there.head)
        for key, holder in there.holders.items():
            own = now.holders[key].says if key in now.holders else ""
            if holder.built or own == holder.says:
                continue
            lost = " ".join(sorted(words_in(holder.says) - words_in(own) - taken))
            if not (holder.fields & told or holder.fields & set(_DATA)):
                says = f"'{short(holder.says)}' was changed, which deckbuilder makes of something else"
                self._say(self.out.left, there, f"{says} (new there: {lost})" if lost else says)
            elif lost:
                self._say(self.out.left, there, f"new words that no field takes, in '{short(holder.says)}': {lost}")

    def _field(self, there: Shown, now: Shown, name: str, key: str) -> None:
        before, after = now.says.get(key), there.says.get(key)
        if key == "questions":
            after = asked_once(before or [], after or [], now.built.get(key) != there.built.get(key)) or None
            if same(before, after):
                return
        elif _known(key, there) and _unchanged(there, key):
            return  # it was changed in deck.yaml only
        here = now.built.get(key) != there.built.get(key) if _known(key, there) else self.changed
        if here and self.choice != "theirs":
            if self.choice is None:
                self._say(self.out.conflicts, there, f"{key} is {brief(before)} here and {brief(after)} there")
            return
        self._put(there, name, (key,), before, after, self.ids[name])

    def _put(
        self, there: Shown, name: str, path: tuple[str | int, ...], before: Any, after: Any, slide: str | None
    ) -> None:
        """Makes a change between what is shown before and after, at a path of a slide, of the whole deck without one."""
        w = written(self.out.after, Deck)
        whole = w.data if slide is None else raw_slide(w, self.place.slides(w)[slide])
        key = str(path[0])
        if slide is not None and key not in whole and (above := self._above(whole, slide, key)) is not None:
            path, slide, whole = above, None, w.data
        elif slide is not None and "take" not in whole:  # edits of what is taken in are refused, and say why
            kind = whole.get("kind", "")
            if key not in fields_of(slide_kinds()[kind]) if kind in slide_kinds() else True:
                self._say(self.out.left, there, f"{key} ({brief(after)}) has no place in a slide of kind '{kind}'")
                return
            if key in _DATA and key not in whole and "file" in whole:
                self._data(there, self.now[name], str(whole["file"]))
                return
        value = carried(value_at(whole, path), before, self.with_pictures(before, after, there))
        self._do(there, name, edits.Set(slide=slide, path=path, value=value), f"{key}: {change(before, after)}")

    def _data(self, there: Shown, now: Shown, name: str) -> None:
        """Makes a change of a table's or a chart's data in the CSV file that they stand in."""
        if name in self.out.data or self.place.folder is None:
            return  # with another of the slide's fields
        try:
            text = (self.place.folder / name).read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            self._say(self.out.left, there, f"the file {name} cannot be read: {error}")
            return
        language = str(value_at(written(self.out.after, Deck).data, ("language",)) or "en")
        changed = changed_data(text, data_rows(now.says), data_rows(there.says), Language(language).numbers)
        self.out.data[name] = changed
        self._say(self.out.changes, there, f"data in the file {name}")

    def _above(self, whole: dict[str, Any], slide: str, key: str) -> tuple[str | int, ...] | None:
        """Where the words of a slide stand that has none of its own: in the deck, or its section."""
        if key == "title" and whole.get("kind") == "cover":
            return ("title",)
        if key in ("title", "text") and whole.get("kind") == "section":
            w = written(self.out.after, Deck)
            return ("sections", self.place.slides(w)[slide][0], key)
        return None

    def with_pictures(self, before: Any, after: Any, there: Shown) -> Any:
        """What is there, with the pictures that are new among the deck's own."""
        names = set(names_in(after, there.pictures)) - set(names_in(before, there.pictures))
        for name in names:
            taken = f"pictures/{name}"
            self.out.pictures[taken] = there.pictures[name]
            after = renamed(after, name, taken)
        return after

    # Slides

    def _copied(self, there: Shown, name: str) -> None:
        made = self._do(
            there, None, edits.DuplicateSlide(slide=self.ids[name]), f"a copy of slide {self.now[name].number}"
        )
        if made is None:
            return
        copy = f"{name} {there.number}"
        self.ids[copy], self.now[copy], self.at[there.number] = made, replace(self.now[name]), copy
        self._fields(there, copy)

    def _deleted(self, name: str) -> None:
        if name not in self.now:
            return
        gone = self.now[name]
        self._do(gone, None, edits.DeleteSlide(slide=self.ids[name]), "was deleted")
        self.ids.pop(name, None)

    def _added(self) -> None:
        section = 0
        for there in self.there.slides:
            name = self.at.get(there.number)
            w = written(self.out.after, Deck)
            if name is not None:
                section = self.place.slides(w).get(self.ids[name], (section, 0))[0]
                continue
            if there.identity and there.identity in self.ours:
                continue
            if there.identity:
                self._say(self.out.left, there, "was deleted in deck.yaml since it was built")
                continue
            values = {key: value for key, value in self.with_pictures(None, there.says, there).items() if key != "kind"}
            if (why := self.wrong.get(f"new {there.number}")) is not None:
                says = f"a new slide that says {brief(values)}, with which the deck would not hold: {why}"
                self._say(self.out.left, there, says)
                continue
            added = edits.AddSlide(section=section, kind=there.says["kind"], values=values)
            if made := self._do(there, None, added, f"a new slide of kind '{there.says['kind']}'"):
                name = f"new {there.number}"
                self.ids[name], self.at[there.number] = made, name

    def _moved(self) -> None:
        """Puts slides into the order, and the sections, that they have there."""
        w = written(self.out.after, Deck)
        where = self.place.slides(w)
        count = len(value_at(w.data, ("sections",)) or [])
        numbers = [s.section for s in self.there.slides if s.section >= 0]
        sectioned = bool(numbers) and max(numbers) < count
        wanted: list[tuple[int, str, Shown]] = []
        for there in self.there.slides:
            name = self.at.get(there.number)
            if name is not None and self.ids.get(name) in where:
                own = where[self.ids[name]][0]
                wanted.append((there.section if sectioned and there.section >= 0 else own, name, there))
        order = sorted(range(len(wanted)), key=lambda n: where[self.ids[wanted[n][1]]])
        stay = rising([order.index(n) for n in range(len(wanted))])
        for n, (section, name, there) in enumerate(wanted):
            at = self.place.slides(written(self.out.after, Deck))
            if n in stay and at[self.ids[name]][0] == section:
                continue
            before = [self.ids[other] for number, other, _ in wanted[:n] if at[self.ids[other]][0] == section]
            here = [one for one, place in at.items() if place[0] == section and one != self.ids[name]]
            index = here.index(before[-1]) + 1 if before else 0
            if at[self.ids[name]] != (section, index):
                moved = edits.MoveSlide(slide=self.ids[name], section=section, index=index)
                self._do(there, name, moved, f"moved to place {index + 1} of section {section + 1}")

    # What becomes of it

    def _do(self, there: Shown, name: str | None, edit: Edit, says: str) -> str | None:
        """Makes an edit; returns the slide's id afterwards. What is refused is told."""
        before = self.place.slides(written(self.out.after, Deck))
        try:
            made = applied(self.out.after, edit, Deck, self.place)
        except Refused as refused:
            self._say(self.out.left, there, f"{says}: {refused.reason}")
            return None
        if made.text == self.out.after:
            return made.slide
        self.out.after = made.text
        after = self.place.slides(written(made.text, Deck))
        if len(before) == len(after) and not isinstance(edit, (edits.MoveSlide, edits.MoveSection)):
            renamed = dict(zip(before, after, strict=True))
            self.ids = {key: renamed.get(one, one) for key, one in self.ids.items()}
        elif name is not None and made.slide is not None:
            self.ids[name] = made.slide
        self._say(self.out.changes, there, says)
        return made.slide

    @staticmethod
    def _say(into: list[Change], shown: Shown, says: str) -> None:
        into.append(Change(shown.number, str(shown.says.get("title", "")), says))


def _known(key: str, there: Shown) -> bool:
    """Whether the file knows what a field said when it was built. It keeps nothing of what only facilitators read."""
    return key in there.built and key not in ("series", "categories")


def _changed_since(now: Side, there: Side, ours: dict[str, str]) -> bool:
    """Whether anything that the file knows of was changed in deck.yaml since it was built."""
    slides = {shown.identity: shown.built for shown in now.slides}
    return set(there.built) != set(slides) or any(slides[ours[name]] != said for name, said in there.built.items())


def _unchanged(there: Shown, group: str) -> bool:
    return there.built.get(group) == there.now.get(group)
