"""A YAML text as a tree of nodes that know from where to where they stand, down to the character.

Unlike the data that models are made of, the tree keeps apart what is written from what is meant: an alias is an alias,
a merge key a key. Offsets count characters of the text from 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from deckbuilder.editing.refusal import Dangling, Refused
from deckbuilder.frozen import dataclass
from deckbuilder.reading.yaml import events, plain_value

_MAX_DEPTH = 100
_MAX_VALUES = 500_000  # with aliases written out, as reading has it
MERGE = "<<"


@dataclass(eq=False, slots=True)
class Node:
    """What stands from `start`, its anchor and tag included, up to `stop`, behind its last character. Of a value that is not
    written (`key:`) both are behind the colon or dash."""

    start: int
    stop: int
    anchor: str | None


@dataclass(eq=False, slots=True)
class Scalar(Node):
    """`style` is `'`, `"`, `|`, `>`, or nothing for a plain one; `tagged` says that it is text whatever it looks like."""

    value: str
    style: str
    tagged: bool = False


@dataclass(eq=False, slots=True)
class Sequence(Node):
    flow: bool
    items: list[Node]


@dataclass(eq=False, slots=True)
class Mapping(Node):
    flow: bool
    pairs: list[tuple[Scalar, Node]]


@dataclass(eq=False, slots=True)
class Alias(Node):
    target: Node


def read_tree(text: str) -> tuple[Node | None, list[Alias]]:
    """The text's tree, None for one that says nothing, and the aliases in it. Raises Refused for what is no YAML, or not of
    the sort that is edited."""
    try:
        reader = _Reader(text)
        return reader.whole(), reader.aliases
    except yaml.reader.ReaderError as error:
        raise Refused("a character in this file has no place in a text file", 1) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Refused(
            f"this file is no YAML here: {error.problem or error.context}", mark.line + 1 if mark else 1
        ) from error


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.events = events(text)
        self.anchors: dict[str, Node] = {}
        self.aliases: list[Alias] = []

    def whole(self) -> Node | None:
        root = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    raise Refused("this file holds more than one document; keep one")
                root = self.node(next(self.events), 0)
        if isinstance(root, Scalar) and root.start == root.stop:
            return None
        return root

    def node(self, event: Any, depth: int) -> Node:
        line = event.start_mark.line + 1
        if depth > _MAX_DEPTH:
            raise Refused("this is nested too deep", line)
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self.anchors:
                raise Dangling(f"there is no '&{event.anchor}' before '*{event.anchor}'", line)
            self.aliases.append(Alias(start, end, None, self.anchors[event.anchor]))
            return self.aliases[-1]
        if isinstance(event, yaml.ScalarEvent):
            style = event.style if event.style and event.style in "'\"|>" else ""
            tagged = bool(event.tag and event.tag.endswith(":str"))
            if style in ("|", ">"):
                end = _block_end(self.text, start, end)
            scalar = Scalar(start, end, event.anchor, event.value, style, tagged)
            self.know(scalar)
            return scalar
        if isinstance(event, yaml.SequenceStartEvent):
            items = Sequence(start, end, event.anchor, bool(event.flow_style), [])
            self.know(items)
            while not self.ends(event := self.next()):
                items.items.append(self.node(event, depth + 1))
            items.stop = event.end_mark.index if items.flow else max([end, *(item.stop for item in items.items[-1:])])
            return items
        pairs = Mapping(start, end, event.anchor, bool(event.flow_style), [])
        self.know(pairs)
        while not self.ends(event := self.next()):
            key = self.node(event, depth + 1)
            if not isinstance(key, Scalar):
                raise Refused("a key has to be a word", line)
            pairs.pairs.append((key, self.node(next(self.events), depth + 1)))
        pairs.stop = event.end_mark.index if pairs.flow else max([end, *(value.stop for _, value in pairs.pairs[-1:])])
        return pairs

    @staticmethod
    def ends(event: Any) -> bool:
        return isinstance(event, yaml.CollectionEndEvent)

    def next(self) -> Any:
        return next(self.events)

    def know(self, node: Node) -> None:
        if node.anchor:
            self.anchors[node.anchor] = node


def _block_end(text: str, start: int, end: int) -> int:
    """The end of a block scalar's last line. Blank lines after it are its own only where it keeps them (`|+`)."""
    header = text[start : text.find("\n", start) % (len(text) + 1)].partition("#")[0]
    if "+" in header:
        stop = end - 1 if text[end - 1 : end] == "\n" else end
    else:
        line = text.find("\n", start + len(text[start:end].rstrip()))
        stop = len(text) if line < 0 else line
    return stop - 1 if text[stop - 1 : stop] == "\r" else stop


def data_of(node: Node | None) -> Any:
    """What a node means, as plain data: aliases followed, merge keys merged. Raises Refused where aliases multiply beyond
    measure."""
    return _Meaning().of(node) if node is not None else None


class _Meaning:
    def __init__(self) -> None:
        self.left = _MAX_VALUES

    def of(self, node: Node) -> Any:
        self.left -= 1
        if self.left < 0:
            raise Refused(f"this file says more than {_MAX_VALUES:,} things; are aliases multiplying?")
        match node:
            case Scalar(value=value, style=style, tagged=tagged):
                return value if style or tagged else plain_value(value)
            case Alias(target=target):
                return self.of(target)
            case Sequence(items=items):
                return [self.of(item) for item in items]
            case Mapping(pairs=pairs):
                out: dict[str, Any] = {}
                merged: dict[str, Any] = {}
                for key, part in pairs:
                    read = self.of(part)
                    if not is_merge(key):
                        out[key.value] = read
                        continue
                    for source in read if isinstance(read, list) else [read]:
                        for name, what in source.items() if isinstance(source, dict) else ():
                            merged.setdefault(name, what)
                return out | {name: what for name, what in merged.items() if name not in out}
        raise TypeError(node)


def is_merge(key: Scalar) -> bool:
    """Whether a key is YAML's `<<`."""
    return key.value == MERGE and not key.style


def nodes_of(node: Node) -> Iterator[Node]:
    """A node and all that are written in it."""
    yield node
    parts = node.items if isinstance(node, Sequence) else []
    if isinstance(node, Mapping):
        parts = [part for pair in node.pairs for part in pair]
    for part in parts:
        yield from nodes_of(part)


def same(one: Any, other: Any) -> bool:
    """Whether data are the same, types included: 1 is neither true nor 1.0. The order of keys says nothing."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)
