"""YAML as data that remembers where it was written.

Scalars follow YAML 1.2's core schema, so that `no`, `on` and `10:30` stay the words an
author typed (YAML 1.1 makes them False, True and 630). Duplicate keys are an error: YAML
would drop the first in silence.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.reading.bounds import check_key, check_keys, check_text
from deckbuilder.reading.mistyped import (
    ODD_BLANKS,
    blank_in_key,
    look_alike,
    odd_blank,
    report_blank,
    warn_of_losses,
    without_controls,
    without_separators,
)
from deckbuilder.source import Inputs, LocatedDict, LocatedFloat, LocatedInt, LocatedList, LocatedStr, Position

_BaseLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_MAX_BYTES = 10_000_000
_MAX_VALUES = 500_000
_MAX_LETTERS = 50_000_000  # with aliases written out: five times the largest file
_MAX_DEPTH = 100  # the YAML library's own code overflows its stack at some thousands
_MAX_DIGITS = 400  # Python itself refuses numbers of more than 4,300

_HINTS = {
    "mapping values are not allowed": 'text that holds ": " needs quotes around it',
    "could not find expected ':'": "is a quotation mark not closed, or a colon missing after a key?",
    "found character '\\t'": "indent with spaces, not tabs",
    "found unexpected end of stream": "a quotation mark is not closed",
    "did not find expected key": "check the indentation of this line, and quotation marks inside quoted text",
    "did not find expected ','": "close the bracket; text inside { } and [ ] that holds a colon or a comma needs quotes",
    "did not find expected node content": "close the bracket that is left open; text that begins with [ or { needs quotes",
    "did not find expected '-' indicator": "list items of one list start in the same column",
    "cannot start any token": "text that starts with @, ` or % needs quotes around it",
    "did not find expected alphabetic or numeric character": "text that starts with * or & needs quotes around it",
    "undefined alias": "text that starts with * needs quotes around it, or name the anchor (&name) first",
}


# Lines that begin far to the right, or with many signs that open a level: each level takes a column at least.
_MAYBE_DEEP = re.compile(rf"(?:^|[\r\x85\u2028\u2029])(?:[ \t\-?:]|[&!]\S*(?=[ \t])){{{_MAX_DEPTH}}}", re.MULTILINE)


_PLAIN = "plain"
_KINDS = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}


class _Nodes(_BaseLoader):  # type: ignore[misc]
    """Composes nodes only: no tag but 'plain' and 'quoted' matters to us."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        """The tag of what has none written: all that is plain has one, which tells it from what is quoted."""
        return _PLAIN if kind is yaml.ScalarNode and implicit[0] else _KINDS[kind]


def read_yaml(path: Path, name: str, problems: Diagnostics, inputs: Inputs | None = None) -> Any:
    """The file's data in Located containers and scalars; None after an error.

    `name` is what messages call the file. Problems of reading and of syntax are reported. The file goes to `inputs`,
    None where nobody asks for them.
    """
    if inputs is not None:
        inputs.add(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(_MAX_BYTES + 1)  # a device says that it has none, and has no end
        if len(data) > _MAX_BYTES:
            problems.error(
                "file-too-large", f"{name} is larger than 10 MB", Position(name, 1, 1), "is it the right file?"
            )
            return None
        data = data.removeprefix(codecs.BOM_UTF8)
        text = data.decode("utf-8").replace("\r\n", "\n")
    except FileNotFoundError:
        problems.error("file-missing", f"there is no file {name}", None, "names are relative to the folder you are in")
        return None
    except IsADirectoryError:
        problems.error("file-missing", f"{name} is a folder", None, "give a YAML file")
        return None
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        problems.error(
            "not-utf8", "this is not UTF-8 text", Position(name, line, column), "save the file as UTF-8 in your editor"
        )
        return None
    except OSError as error:
        problems.error("file-unreadable", f"{name} cannot be read: {error.strerror or error}")
        return None
    return parse_yaml(text, name, problems)


def parse_yaml(text: str, name: str, problems: Diagnostics, typed: bool = True) -> Any:
    """As `read_yaml`, for text at hand. Only what somebody typed is looked through for traps and for losses."""
    if typed:
        text = without_separators(text, name, problems)
    earlier = len(problems)
    try:
        if typed and (deep := too_deep(text)) is not None:
            problems.error(
                "yaml-syntax",
                f"YAML: nested more than {_MAX_DEPTH} deep",
                Position(name, deep.line + 1, deep.column + 1),
                "close brackets, or indent less",
            )
            return None
        node = compose(text)
        if typed and node is not None and not _bounded(node, text):
            problems.error(
                "yaml-too-large",
                f"YAML: more than {_MAX_VALUES:,} values, or {_MAX_LETTERS // 1_000_000} million letters",
                Position(name, 1, 1),
                "are aliases multiplying?",
            )
            return None
        value = _Construct(name, problems).value(node) if node is not None else None
        if typed:
            warn_of_losses(node, text, name, problems)
        if value is None and len(problems) == earlier:
            problems.error(
                "file-empty", f"{name} is empty", Position(name, 1, 1), "'deckbuilder new' makes a deck to start from"
            )
        return value
    except yaml.reader.ReaderError as error:
        before = text[: error.position] if isinstance(error.position, int) else ""
        at = Position(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
        problems.error(
            "control-character", f"the character U+{_codepoint(error):04X} has no place in a text file", at, "delete it"
        )
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = Position(name, mark.line + 1, mark.column + 1) if mark else Position(name, 1, 1)
        said = str(error.problem or error.context or "not readable")
        hint = look_alike(text, at.line) or next((h for key, h in _HINTS.items() if key in said), None)
        if (
            mark
            and text.splitlines()[mark.line : mark.line + 1]
            and "\t" in text.splitlines()[mark.line][: mark.column + 1]
        ):
            hint = _HINTS["found character '\\t'"]
        if blank := odd_blank(text, at.line):
            report_blank(blank, name, problems)
        else:
            problems.error("yaml-syntax", f"YAML: {said}", at, hint)
    except RecursionError:
        problems.error("yaml-syntax", "YAML: an alias that holds itself", Position(name, 1, 1))
    return None


def too_deep(text: str) -> Any:
    """Where nesting passes what is taken; None where it does not. The mark has `line` and `column`, counted from 0."""
    if not _MAYBE_DEEP.search(text) and text.count("[") + text.count("{") <= _MAX_DEPTH:
        return None
    depth = 0
    try:
        # Events come one by one, without recursion.
        for event in events(text):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > _MAX_DEPTH:
                    return event.start_mark
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError:
        pass  # composing says what is wrong
    return None


def compose(text: str) -> yaml.Node | None:
    """The text's nodes, with their marks; None for an empty one. Raises yaml.YAMLError."""
    loader = _Nodes(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
        return node
    finally:
        loader.dispose()


def _codepoint(error: yaml.reader.ReaderError) -> int:
    character: Any = error.character
    if isinstance(character, int):
        return character
    return ord(character[:1]) if character else 0


def _bounded(node: yaml.Node, text: str) -> bool:
    """Whether the node's values and letters, once its aliases are written out, are few enough."""
    if len(text) <= _MAX_VALUES and "*" not in text:
        return True  # each value takes a letter at least
    values, letters = _expanded(node, {})
    return values <= _MAX_VALUES and letters <= _MAX_LETTERS


def _expanded(node: yaml.Node, known: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """How many values and how many letters the node makes once its aliases are written out. Nodes are told apart by
    address: they live as long as the tree, and an alias is the same node."""
    if id(node) not in known:
        known[id(node)] = (1, 0)
        parts = node.value if isinstance(node, yaml.CollectionNode) else []
        if isinstance(node, yaml.MappingNode):
            parts = [part for pair in parts for part in pair]
        counts = [_expanded(part, known) for part in parts]
        letters = len(node.value) if isinstance(node, yaml.ScalarNode) else 0
        known[id(node)] = (1 + sum(c[0] for c in counts), letters + sum(c[1] for c in counts))
    return known[id(node)]


class _Construct:
    """Nodes to values."""

    def __init__(self, name: str, problems: Diagnostics) -> None:
        self.name = name
        self.problems = problems

    def at(self, node: yaml.Node) -> Position:
        return Position(self.name, node.start_mark.line + 1, node.start_mark.column + 1)

    def value(self, node: yaml.Node, at: Position | None = None) -> Any:
        """What a node stands for; `at` is its place, None where nobody has asked for it yet."""
        at = at or self.at(node)
        if node.tag != _PLAIN and not node.tag.startswith("tag:yaml.org,2002:"):
            hint = "text that starts with ! needs quotes"
            self.problems.error("yaml-syntax", f"YAML: the tag '{node.tag}' means nothing here", at, hint)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, at)
        if isinstance(node, yaml.SequenceNode):
            items = LocatedList(at)
            for child in node.value:
                place = self.at(child)
                items.append(self.value(child, place))
                items.items_at.append(place)
            return items
        assert isinstance(node, yaml.ScalarNode)
        return self.scalar(node, at)

    def mapping(self, node: yaml.MappingNode, at: Position) -> LocatedDict:
        out = LocatedDict(at)
        for key_node, value_node in check_keys(node.value, at, self.problems):
            here = self.at(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.error("yaml-syntax", "YAML: a key has to be a word", here)
                continue
            key = check_key(without_controls(str(key_node.value), here, self.problems), here, self.problems)
            if not key_node.style and (blank := blank_in_key(key)) is not None:
                report_blank((here.line, here.column + blank, key[blank]), self.name, self.problems)
                key = key.strip(ODD_BLANKS)
            if key == "<<" and not key_node.style:
                self.merge(out, value_node)
                continue
            if key in out.keys_at:
                self.problems.error(
                    "key-twice",
                    f"the key '{key}' stands twice in this mapping",
                    here,
                    f"the first is in line {out.keys_at[key].line}; keep one",
                )
            there = self.at(value_node)
            out[key] = self.value(value_node, there)
            out.keys_at[key] = here
            out.values_at[key] = there
        return out

    def merge(self, out: LocatedDict, node: yaml.Node) -> None:
        """YAML's `<<: *anchor`: keys written here win over merged ones."""
        sources = node.value if isinstance(node, yaml.SequenceNode) else [node]
        for source in sources:
            merged = self.value(source)
            if not isinstance(merged, LocatedDict):
                self.problems.error("yaml-syntax", "YAML: '<<' takes a mapping", self.at(node), "write <<: *name")
                continue
            for key, value in merged.items():
                if key not in out:
                    out[key] = value
                    out.values_at[key] = merged.values_at[key]

    def scalar(self, node: yaml.ScalarNode, at: Position) -> Any:
        text = node.value
        value = text if node.style or node.tag.endswith(":str") else plain_value(text)  # plain scalars have no style
        match value:
            case str():
                return check_text(LocatedStr(without_controls(value, at, self.problems), at), self.problems)
            case bool() | None:
                return value
            case int():
                return LocatedInt(value, text, at)
        return LocatedFloat(value, text, at)


def plain_value(text: str) -> str | int | float | bool | None:
    """What a scalar without quotes stands for."""
    match text:
        case "" | "~" | "null" | "Null" | "NULL":
            return None
        case "true" | "True" | "TRUE":
            return True
        case "false" | "False" | "FALSE":
            return False
    if _INT.fullmatch(text) and len(text) < _MAX_DIGITS:
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def events(text: str) -> Iterator[Any]:
    """The text's YAML events, one by one, with their marks. Raises yaml.YAMLError."""
    yield from yaml.parse(text, Loader=_Nodes)
