"""A package: parts by name, and the relationships by which they refer to one another (ECMA-376 part 2).

A part's name has no leading slash. Relationships hold names, not parts, so that a part is copied with what it
refers to by copying them. Everything costs what the package's size is, and no more.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import count
from typing import Any

from deckbuilder.frozen import dataclass
from deckbuilder.ooxml.xml import Malformed, check_numbers, parse, serialised

RESAVE = "open it in PowerPoint and save it as a PowerPoint Presentation (.pptx) or Template (.potx)"


class PackageError(Exception):
    """A file that cannot be used. `what` goes on from "the template 'x.pptx'"; `hint` is the way out."""

    def __init__(self, what: str, hint: str = RESAVE) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


class TooLarge(PackageError):
    """A file that would take more memory than any deck needs."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship: its type as an address, and the name of the part; an address too where it leads `outside`."""

    type: str
    target: str
    outside: bool = False

    @property
    def kind(self) -> str:
        """The last word of the type: "slideLayout"."""
        return self.type.rpartition("/")[2]


class Relations:
    """What one part refers to, by the ids that its XML uses."""

    def __init__(self, given: dict[str, Relation] | None = None) -> None:
        self._by_id: dict[str, Relation] = {}
        self._ids: dict[Relation, str] = {}
        for key, relation in (given or {}).items():
            self._put(key, relation)

    def __iter__(self) -> Iterator[Relation]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def __getitem__(self, key: str) -> Relation:
        return self._by_id[key]

    def get(self, key: str | None) -> Relation | None:
        """The relation of that id; None where there is none."""
        return self._by_id.get(key or "")

    def items(self) -> list[tuple[str, Relation]]:
        """Ids and relations, in their order in the file."""
        return list(self._by_id.items())

    def of(self, *types: str) -> list[Relation]:
        """Those of these types."""
        return [relation for relation in self if relation.type in types]

    def add(self, type: str, target: str, outside: bool = False) -> str:
        """The id of a new relation, though there be one like it."""
        key = next(key for n in range(len(self._by_id) + 1, 0, -1) if (key := f"rId{n}") not in self._by_id)
        self._put(key, Relation(str(type), target, outside))
        return key

    def to(self, type: str, target: str, outside: bool = False) -> str:
        """The id of the relation to that target, a new one where there is none."""
        return self._ids.get(Relation(str(type), target, outside)) or self.add(type, target, outside)

    def keep(self, wanted: Container[str]) -> None:
        """Drops the relations of all ids but the wanted."""
        kept = [(key, relation) for key, relation in self._by_id.items() if key in wanted]
        self._by_id, self._ids = {}, {}
        for key, relation in kept:
            self._put(key, relation)

    def copy(self) -> Relations:
        """The same relations under the same ids."""
        return Relations(self._by_id)

    def _put(self, key: str, relation: Relation) -> None:
        self._by_id[key] = relation
        self._ids.setdefault(relation, key)


class Part:
    """A part: its bytes, or the root of its XML. Bytes stay as they are until somebody asks for the root, which
    counts from then on. Bytes may also stay in the file until they are asked for, and are then read each time."""

    def __init__(self, name: str, content_type: str, content: Any, relations: Relations | None = None) -> None:
        """`content` is bytes, an element, or a function that reads the bytes."""
        self.name = name
        self.content_type = str(content_type)
        self.relations = Relations() if relations is None else relations
        self._content = content

    @property
    def root(self) -> Any:
        """The root element. PackageError where there is none to be had."""
        if isinstance(self._content, bytes) or callable(self._content):
            self._content = self.parsed()
        return self._content

    @root.setter
    def root(self, root: Any) -> None:
        self._content = root

    def parsed(self) -> Any:
        """The root element of the part's bytes, which nobody else has: for what is looked at once. PackageError where there
        is none to be had."""
        try:
            root = parse(self.data)
            check_numbers(root)
        except Malformed as error:
            raise PackageError(f"is damaged: its part {self.name} {error}") from error
        return root

    @property
    def data(self) -> bytes:
        """The part's bytes."""
        if callable(self._content):
            return bytes(self._content())
        return self._content if isinstance(self._content, bytes) else serialised(self._content)

    def relations_of(self, kind: str) -> list[str]:
        """The names of the parts that it refers to as that kind, the last word of the relationship's type."""
        return [r.target for r in self.relations if r.kind == kind and not r.outside]


class Package:
    """The parts by name, and the package's own relationships."""

    def __init__(self) -> None:
        self.parts: dict[str, Part] = {}
        self.relations = Relations()
        self._taken: set[str] = set()

    def add(self, part: Part) -> Part:
        """Takes a part in. ValueError for a name that another part has: names differ in more than capitals."""
        if part.name.lower() in self._taken:
            raise ValueError(f"the package has a part {part.name} already")
        self.parts[part.name] = part
        self._taken.add(part.name.lower())
        return part

    def attach(self, source: Part | Package, type: str, part: Part) -> str:
        """Takes a part in, and gives the id of the relationship that the source (a part, or the package itself) now
        has to it."""
        self.add(part)
        return source.relations.add(type, part.name)

    def free(self, pattern: str, first: int = 1) -> str:
        """The pattern with the first number for which no part has that name: "ppt/media/image{}.png"."""
        return next(name for n in count(first) if (name := pattern.format(n)).lower() not in self._taken)

    def part(self, name: str) -> Part:
        """The part of that name. PackageError where it is missing."""
        if name not in self.parts:
            raise PackageError(f"is damaged: its part {name} is missing")
        return self.parts[name]

    def xml(self, name: str) -> Any:
        """The root element of the part of that name."""
        return self.part(name).root

    def walk(self) -> list[Part]:
        """The parts that can be reached, each once, in the order in which they are referred to."""
        found: dict[str, Part] = {}
        stack = [iter(self.relations)]
        while stack:
            relation = next(stack[-1], None)
            if relation is None:
                stack.pop()
            elif not relation.outside and relation.target not in found and relation.target in self.parts:
                part = self.parts[relation.target]
                found[part.name] = part
                stack.append(iter(part.relations))
        return list(found.values())

    def prune(self) -> None:
        """Drops the parts that cannot be reached, and the relationships that lead nowhere."""
        self.parts = {part.name: part for part in self.walk()}
        self._taken = {name.lower() for name in self.parts}
        for relations in (self.relations, *(part.relations for part in self.parts.values())):
            relations.keep([k for k, r in relations.items() if r.outside or r.target in self.parts])
