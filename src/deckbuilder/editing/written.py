"""A YAML text with its tree and what it means, and where things stand in it: entries of collections, their lines, their
comments."""

from __future__ import annotations

import re
from collections.abc import Sequence as Items
from functools import cached_property
from typing import Any

from deckbuilder.editing.refusal import Refused
from deckbuilder.editing.shape import Shape
from deckbuilder.editing.tree import Alias, Mapping, Node, Scalar, Sequence, data_of, nodes_of, read_tree
from deckbuilder.editing.writing import Hand

Path = tuple[str | int, ...]
Collection = Mapping | Sequence
_TO_DASH = re.compile(r"(?:\s+|#[^\n]*|[&!][^\s]*)*-")
_BLANK = re.compile(r"[ \t\r]*\n")


class Written:
    """A text, without a byte order mark, and what may stand in it (`shape`). Raises Refused for a text that is no YAML."""

    def __init__(self, text: str, shape: Shape) -> None:
        self.text = text
        self.shape = shape
        self.tree, self.aliases = read_tree(
            text
        )  # what is written, and what stands in it for something that is written elsewhere

    @cached_property
    def data(self) -> Any:
        try:
            return data_of(self.tree)
        except RecursionError:
            raise Refused("this file has an alias that holds itself") from None

    @cached_property
    def hand(self) -> Hand:
        """How the file is written, told by what is in it."""
        ending = "\r\n" if "\r\n" in self.text else "\n"
        step = dash = None
        for node in nodes_of(self.tree) if self.tree else ():
            if isinstance(node, Mapping) and not node.flow:
                for key, value in node.pairs:
                    if isinstance(value, Mapping) and not value.flow and value.pairs and step is None:
                        step = self.column(value.pairs[0][0].start) - self.column(key.start)
                    if isinstance(value, Sequence) and not value.flow and value.items and dash is None:
                        dash = self.column(self.heads(value)[0]) - self.column(key.start)
            if step is not None and dash is not None:
                break
        step = step if step is not None and step > 0 else 2
        return Hand(step, 2 if dash is None else dash, ending)

    # What stands where

    def line(self, place: int) -> int:
        """The number of a place's line, from 1."""
        return self.text.count("\n", 0, place) + 1

    def line_start(self, place: int) -> int:
        return self.text.rfind("\n", 0, place) + 1

    def next_line(self, place: int) -> int:
        """Where the line after that of a place starts; the text's end in its last."""
        end = self.text.find("\n", place)
        return len(self.text) if end < 0 else end + 1

    def line_end(self, place: int) -> int:
        """Where the line of a place ends, before its line end."""
        end = self.text.find("\n", place)
        end = len(self.text) if end < 0 else end
        return end - 1 if self.text[place:end].endswith("\r") else end

    def column(self, place: int) -> int:
        return place - self.line_start(place)

    def tail(self, stop: int) -> str:
        """The comment that follows in the same line, with the blanks before it; nothing without one."""
        rest = self.text[stop : self.line_end(stop)]
        return rest if re.match(r"[ \t]+#", rest) else ""

    def heads(self, node: Collection) -> list[int]:
        """Where each entry of a collection begins: its key, or its dash."""
        if isinstance(node, Mapping):
            return [key.start for key, _ in node.pairs]
        if node.flow:
            return [item.start for item in node.items]
        out, place = [], node.start
        for item in node.items:
            match = _TO_DASH.match(self.text, place)
            assert match is not None
            out.append(match.end() - 1)
            place = max(item.stop, match.end())
        return out

    def stops(self, node: Collection) -> list[int]:
        """Where each entry of a collection ends: behind the last character of its value."""
        if isinstance(node, Mapping):
            return [max(self.behind_colon(key), value.stop) for key, value in node.pairs]
        return [max(item.stop, head + (not node.flow)) for item, head in zip(node.items, self.heads(node), strict=True)]

    def behind_colon(self, key: Scalar) -> int:
        """Where a key's value may begin."""
        match = re.compile(r"\s*:").match(self.text, key.stop)
        return match.end() if match else key.stop

    def alone(self, head: int) -> bool:
        """Whether nothing stands before an entry in its line."""
        return not self.text[self.line_start(head) : head].strip()

    def begin(self, node: Collection, number: int) -> int:
        """Where the lines of an entry begin that has its line to itself: with the comments right above it, in its column."""
        head = self.heads(node)[number]
        limit = self.finish(node, number - 1) if number else 0
        start, column = self.line_start(head), self.column(head)
        while start > limit:
            above = self.line_start(start - 1)
            line = self.text[above:start]
            if above < limit or not line.lstrip(" ").startswith("#") or len(line) - len(line.lstrip(" ")) != column:
                break
            start = above
        return start

    def finish(self, node: Collection, number: int) -> int:
        """Where the lines of an entry end, the comments in it that follow its last value included."""
        column = self.column(self.heads(node)[number])
        end = place = self.next_line(self.stops(node)[number])
        while place < len(self.text):
            line = self.text[place : self.next_line(place)]
            bare = line.lstrip(" ")
            if bare.startswith("#") and len(line) - len(bare) > column:
                end = self.next_line(place)
            elif bare.strip():
                break
            place = self.next_line(place)
        return end

    def blanks_before(self, place: int) -> int:
        """How many blank lines stand right above a line."""
        count = 0
        while place > 0 and not self.text[(above := self.line_start(place - 1)) : place].strip():
            count, place = count + 1, above
        return count

    def blanks_after(self, place: int) -> int:
        """Where the blank lines end that begin at a line's start."""
        while match := _BLANK.match(self.text, place):
            place = match.end()
        return place

    # What a path leads to

    def node(self, path: Path) -> Node:
        """The node at a path, which is written there. Raises Refused where there is none."""
        node = self.tree
        for step in path:
            node = self.child(node, step)
            if node is None:
                raise Refused(f"there is nothing at {shown(path)}")
        if node is None:
            raise Refused("this file is empty")
        return node

    def child(self, node: Node | None, step: str | int) -> Node | None:
        """What a key or an index leads to from a node, aliases followed; None where it is not written there."""
        while isinstance(node, Alias):
            node = node.target
        if isinstance(node, Sequence) and isinstance(step, int):
            return node.items[step] if 0 <= step < len(node.items) else None
        if isinstance(node, Mapping) and isinstance(step, str):
            found = [value for key, value in node.pairs if key.value == step]
            if len(found) > 1:
                raise Refused(f"the key '{step}' stands twice; keep one", self.line(found[1].start))
            return found[0] if found else None
        return None

    def shape_at(self, path: Path) -> Shape:
        shape, data = self.shape, self.data
        for step in path:
            shape, data = shape.within(step, data), value_at(data, (step,))
        return shape


def value_at(data: Any, path: Items[str | int]) -> Any:
    """What a path leads to in data; None where it leads nowhere."""
    for step in path:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
            data = data[step]
        else:
            return None
    return data


def shown(path: Items[str | int]) -> str:
    """A path as messages call it."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path) or "the top"
