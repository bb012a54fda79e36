"""What a deck takes in from a library, put into its data, so that whatever comes later knows of one deck.

    slides:
      - take: recovery-position
        minutes: 5

The item stands there as the library has it, each word with its place in the library's file; keys beside `take` replace its own.
References that slides cite, and facts that texts name, need no `take`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any, TypeGuard

from deckbuilder.content.projection import FACILITATORS
from deckbuilder.diagnostics import Diagnostics, did_you_mean
from deckbuilder.frozen import dataclass
from deckbuilder.reading.library import NOUNS, Library
from deckbuilder.source import LocatedDict, LocatedList, LocatedStr, Position, position_of

_FACT = re.compile(r"\bfacts\s*\.\s*([A-Za-z_]\w*)")
_FILES = ("file", "picture", "poster", "pictures")
_UNIQUE = ("references", "slides")  # of which a deck has each once
_FACILITATORS = frozenset(name for names in FACILITATORS.values() for name in names) | {"cues"}
Taken = tuple[
    str, str, Position | None
]  # the library's key, the item's id or the fact's name, and where the deck says so


@dataclass
class _Taking:
    library: Library | None
    folder: Path
    problems: Diagnostics
    told: bool = False  # that there is a library, which cannot be read
    uses: list[Taken] = field(default_factory=list)
    ids: set[tuple[str, str]] = field(default_factory=set)  # that the deck has by now

    def within(self, raw: LocatedDict) -> None:
        self.items(raw, "references", "references")
        self.items(raw, "glossary", "glossary")
        for section in _list(raw, "sections"):
            if isinstance(section, LocatedDict):
                self.items(section, "slides", "slides")
                for slide in _list(section, "slides"):
                    if isinstance(slide, LocatedDict):
                        self.within_slide(slide)

    def within_slide(self, slide: LocatedDict) -> None:
        self.items(slide, "questions", "questions")
        self.items(slide, "pictures", "pictures")
        for key, value in slide.items():
            if key in ("picture", "poster") and _takes(value):
                slide[key] = self.taken(value, "pictures")
            elif key not in ("questions", "pictures"):
                self._nested(value)

    def _nested(self, value: Any) -> None:
        """Pictures of what stands in a slide, such as the columns of one."""
        if isinstance(value, LocatedDict):
            for key, inner in value.items():
                if key in ("picture", "poster") and _takes(inner):
                    value[key] = self.taken(inner, "pictures")
                else:
                    self._nested(inner)
        elif isinstance(value, LocatedList):
            for inner in value:
                self._nested(inner)

    def items(self, owner: LocatedDict, key: str, kind: str) -> None:
        """Puts what is taken into a list in its place."""
        listed = owner.get(key)
        if isinstance(listed, LocatedList):
            listed[:] = [self.taken(item, kind) if _takes(item) else item for item in listed]
        elif _takes(listed):
            owner[key] = self.taken(listed, kind)

    def taken(self, says: LocatedDict, kind: str) -> LocatedDict:
        """The item that is taken in, with what is said beside `take`."""
        name, at, noun = says["take"], says.values_at.get("take", says.at), NOUNS[kind]
        item: LocatedDict | None = None
        if not isinstance(name, str):
            self.problems.error("wrong-type", "'take' names what is taken in", at, f"write the id of a {noun}")
        elif self.library is None and self.told:
            pass
        elif self.library is None:
            hint = "name its folder in the deck's 'library', or in organisation.yaml"
            self.problems.error("library-missing", f"there is no library to take '{name}' from", at, hint)
        elif (item := self.library.items[kind].get(name)) is None:
            self.problems.error("unknown-taken", f"the library has no {noun} '{name}'", at, self._near(name, kind))
        if item is None:
            return self._stand_in(kind, says)
        own_id = says.get("id", name)
        if kind in _UNIQUE and (kind, str(own_id)) in self.ids:
            hint = (
                "take it in once, or give the second one an 'id' of its own" if kind == "slides" else "take it in once"
            )
            self.problems.error("id-twice", f"the {noun} '{own_id}' is taken in already", at, hint)
        self.ids.add((kind, str(own_id)))
        self.uses.append((kind, str(name), at))
        assert self.library is not None
        out: LocatedDict = self._copied(item, self.library.folder)
        if kind in ("glossary", "pictures"):
            out.pop("id", None)
        for key in says:
            if key != "take":
                _put(out, key, says)
        return out

    def _stand_in(self, kind: str, says: LocatedDict) -> LocatedDict:
        """What stands for an item that was reported, so that its place is not reported as well."""
        out = LocatedDict(says.at)
        known = self.library.items["pictures"].values() if self.library else ()
        words: Mapping[str, Mapping[str, Any]] = {
            "references": {"id": name if isinstance(name := says["take"], str) else "reported", "text": "-"},
            "glossary": {"term": "-", "definition": "-"},
            "questions": {"ask": "-"},
            "slides": {"kind": "statement", "title": "-", "minutes": 0, "statement": "-"},
            "pictures": next((self._copied(one, self.library.folder) for one in known if self.library), {}),
        }
        for key, value in words[kind].items():
            if not (kind == "pictures" and key == "id"):
                out[key] = LocatedStr(value, says.at) if isinstance(value, str) else value
        return out

    def _near(self, name: str, kind: str) -> str | None:
        assert self.library is not None
        elsewhere = next((noun for key, noun in NOUNS.items() if name in self.library.items[key]), None)
        if elsewhere is not None:
            return f"'{name}' is a {elsewhere} there"
        return did_you_mean(name, self.library.items[kind]) or f"write it into {self.library.file}"

    def _copied(self, value: Any, folder: Path, key: str = "") -> Any:
        """A copy of what the library has; its files are named from the deck's folder."""
        if isinstance(value, LocatedDict):
            out = LocatedDict(value.at)
            out.keys_at, out.values_at = dict(value.keys_at), dict(value.values_at)
            out.update({name: self._copied(inner, folder, str(name)) for name, inner in value.items()})
            return out
        if isinstance(value, LocatedList):
            items = LocatedList(value.at)
            items.items_at = list(value.items_at)
            items.extend(self._copied(inner, folder, key) for inner in value)
            return items
        if isinstance(value, LocatedStr) and key in _FILES and value:
            return LocatedStr(Path(os.path.relpath(folder / value, self.folder.resolve())).as_posix(), value.at)
        return value


def take_in(raw: Any, folder: Path, library: Library | None, problems: Diagnostics, named: bool = False) -> list[Taken]:
    """Puts what a deck takes in into its data, with the references and facts that it uses; tells what that is. What cannot be
    taken in is reported. `named` tells that an organisation names a library, which was reported where it is None."""
    if not isinstance(raw, LocatedDict):
        return []
    taking = _Taking(library, folder, problems, library is None and (named or isinstance(raw.get("library"), str)))
    taking.within(raw)
    if library is None:
        return taking.uses
    facts = raw.get("facts")
    if facts is None:
        facts = LocatedDict(raw.at)
    if isinstance(facts, LocatedDict):
        taking.uses += _take_facts(raw, facts, library)
    taking.uses += _take_references(raw, facts, library, taking)
    return taking.uses


def taken_slide(says: LocatedDict, folder: Path, library: Library) -> LocatedDict:
    """A slide that a deck in the folder takes in, as it stands in the deck; with nothing to say where there is none."""
    taking = _Taking(library, folder, Diagnostics())
    out = taking.taken(says, "slides")
    taking.within_slide(out)
    return out


def _take_facts(raw: LocatedDict, facts: LocatedDict, library: Library) -> Iterator[Taken]:
    """Adds the library's facts that texts name, and those that these name; the deck's own stay."""
    ahead = [(name, text.at) for text in _texts(raw) for name in facts_in(text)]
    while ahead:
        name, at = ahead.pop(0)
        if name in library.facts and (name not in facts or facts[name] is library.facts[name]):
            yield "facts", name, at
            if name in facts:
                continue
            _put(facts, name, library.facts)
            ahead += [(other, text.at) for text in _texts(facts[name]) for other in facts_in(text)]
    if facts:
        raw["facts"] = facts
        if raw.at is not None:
            raw.keys_at.setdefault("facts", raw.at)
            raw.values_at.setdefault("facts", raw.at)


def _take_references(raw: LocatedDict, facts: Any, library: Library, taking: _Taking) -> Iterator[Taken]:
    """Adds the library's references that slides and facts name in their sources."""
    listed = raw.get("references")
    if listed is None:
        listed = LocatedList(raw.at)
    if not isinstance(listed, LocatedList):
        return
    known = {one.get("id") for one in listed if isinstance(one, dict)}
    named = [name for slide in _slides(raw) for name in _sources(slide)]
    named += [source for _, _, source in _sourced(facts)]
    for name in named:
        item = library.items["references"].get(name)
        if item is None:
            continue
        if name not in known:
            known.add(name)
            listed.append(taking._copied(item, library.folder))
            if item.at is not None:
                listed.items_at.append(item.at)
        yield "references", str(name), position_of(name)
    if listed:
        raw["references"] = listed
        if raw.at is not None:
            raw.keys_at.setdefault("references", raw.at)
            raw.values_at.setdefault("references", raw.at)


def cite_facts(raw: Any) -> None:
    """Lets slides cite the sources of the facts that they, or the handout, say."""
    facts = raw.get("facts") if isinstance(raw, LocatedDict) else None
    sources = {name: source for _, name, source in _sourced(facts)}
    for slide in _slides(raw) if sources else ():
        said = list(_with_inner((n for text in _texts(slide, _FACILITATORS) for n in facts_in(text)), facts))
        known = _sources(slide)
        more = [source for name in said if (source := sources.get(name)) is not None and source not in known]
        if not more or not isinstance(slide.get("sources", ""), (str, LocatedList)):
            continue
        listed = LocatedList(slide.values_at.get("sources", slide.at))
        listed.extend([*known, *dict.fromkeys(more)])
        listed.items_at.extend(at for one in listed if (at := position_of(one)) is not None)
        slide["sources"] = listed
        if slide.at is not None:
            slide.keys_at.setdefault("sources", slide.at)
            slide.values_at.setdefault("sources", slide.at)


def _with_inner(names: Iterable[str], facts: Any) -> Iterator[str]:
    """The facts of those names, and those that they say themselves."""
    ahead, known = list(names), set[str]()
    while ahead:
        name = ahead.pop(0)
        if name not in known:
            known.add(name)
            yield name
            ahead += [inner for text in _texts(facts.get(name)) for inner in facts_in(text)]


def facts_in(text: str) -> list[str]:
    """The names of the facts that a text says, in order."""
    return list(dict.fromkeys(_FACT.findall(text))) if "{" in text and "facts" in text else []


def _sourced(facts: Any) -> Iterator[tuple[Any, str, LocatedStr]]:
    for name, fact in facts.items() if isinstance(facts, LocatedDict) else ():
        source = fact.get("source") if isinstance(fact, LocatedDict) else None
        if isinstance(source, LocatedStr):
            yield fact, str(name), source


def _sources(slide: LocatedDict) -> list[LocatedStr]:
    given = slide.get("sources")
    return [one for one in (given if isinstance(given, list) else [given]) if isinstance(one, LocatedStr)]


def _texts(value: Any, without: Container[Any] = ()) -> Iterator[LocatedStr]:
    """The strings of data, but for those of some keys."""
    if isinstance(value, LocatedStr):
        yield value
    elif isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            if key not in without and key != "facts":
                yield from _texts(inner, without)


def _slides(raw: Any) -> Iterator[LocatedDict]:
    for section in _list(raw, "sections"):
        yield from (slide for slide in _list(section, "slides") if isinstance(slide, LocatedDict))


def _list(data: Any, key: str) -> list[Any]:
    value = data.get(key) if isinstance(data, LocatedDict) else None
    return value if isinstance(value, list) else []


def _put(into: LocatedDict, key: str, source: LocatedDict) -> None:
    """A key of a mapping put into another, with where it was written."""
    into[key] = source[key]
    for places, others in ((into.keys_at, source.keys_at), (into.values_at, source.values_at)):
        if key in others:
            places[key] = others[key]


def _takes(value: Any) -> TypeGuard[LocatedDict]:
    return isinstance(value, LocatedDict) and "take" in value
