"""Where in a file a word of a text stands.

A text knows where it begins. A word inside it is found again in what its author typed: through quoting, escapes,
folded lines, and Markdown between or inside words. Files are read anew for that, and only when there is something
to say about a word.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cached_property, lru_cache
from pathlib import Path

import yaml

from deckbuilder.reading.yaml import compose
from deckbuilder.source import Position

SOFT = "\u00ad\u200b"  # soft hyphens and zero-width spaces: in the file, and not seen
MASK = "\x00"  # stands in for characters that are not to be compared
_MARKUP = rf"[{MASK}*_~^\[\]\\{SOFT}]*"
_GAP = rf"(?={_MARKUP}\s)(?:[^\S\n]|{_MARKUP[:-1]})*\n?(?:[^\S\n]|{_MARKUP[:-1]})*"
_ESCAPES = {"n": "\n", "t": "\t", "_": "\u00a0", "N": "\x85", "L": "\u2028", "P": "\u2029", "e": "\x1b", "0": "\x00"}
_HEX = {"x": 2, "u": 4, "U": 8}
# Not shown, though it stands in the file: where links lead, and the braces that name a language.
_UNSEEN = re.compile(r"(?<=\])(?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)|\{[^{}]*\})")
_FILLED = re.compile(r"\{\{.*?\}\}|`+[^`]*`+", re.DOTALL)


def as_typed(words: str, before: str, after: str) -> re.Pattern[str]:
    """Finds the words as they may have been typed; `before` and `after` are their neighbours as shown, "" at an
    end, and tell whether the words begin and end a word."""
    parts = []
    for word in re.split(r"(\s+)", words):
        parts.append(_GAP if word.isspace() else _MARKUP.join(map(_letter, word)))
    return re.compile(
        ("" if before.isalnum() else r"(?<![^\W_])") + "".join(parts) + ("" if after.isalnum() else r"(?![^\W_])"),
        re.IGNORECASE,
    )


def _letter(letter: str) -> str:
    if letter in "'’‘":
        return "['’‘]"
    apart = unicodedata.normalize("NFD", letter)
    return re.escape(letter) if apart == letter else f"(?:{re.escape(letter)}|{re.escape(apart)})"


class Files:
    """The files that texts were read from, each read once."""

    def __init__(self) -> None:
        self._files: dict[str, _File] = {}

    def place(self, at: Position, typed: re.Pattern[str], number: int, offset: int) -> Position:
        """Where the number-th (from 0) of what the pattern finds stands in the text that begins at `at`;
        `offset` is its distance from there where the text is a CSV file's. The text's own place where
        the words are not in it, since a variable brought them."""
        if at.file not in self._files:
            self._files[at.file] = _File(at.file)
        return self._files[at.file].place(at, typed, number, offset)


class _File:
    def __init__(self, name: str) -> None:
        self.name = name

    @cached_property
    def text(self) -> str:
        try:
            return Path(self.name).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        except (OSError, UnicodeDecodeError):  # gone since it was read
            return ""

    @cached_property
    def lines(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    @cached_property
    def scalars(self) -> dict[tuple[int, int], yaml.ScalarNode]:
        """Scalars by the line and column they begin at, from 1."""
        out: dict[tuple[int, int], yaml.ScalarNode] = {}
        try:
            waiting: list[yaml.Node | None] = [compose(self.text)]
        except (yaml.YAMLError, RecursionError):
            return out
        seen: set[int] = set()
        while waiting:
            node = waiting.pop()
            if node is None or id(node) in seen:
                continue
            seen.add(id(node))
            if isinstance(node, yaml.ScalarNode):
                out[node.start_mark.line + 1, node.start_mark.column + 1] = node
            elif isinstance(node, yaml.MappingNode):
                waiting += [part for pair in node.value for part in pair]
            elif isinstance(node, yaml.SequenceNode):
                waiting += node.value
        return out

    def place(self, at: Position, typed: re.Pattern[str], number: int, offset: int) -> Position:
        if self.name.lower().endswith(".csv"):
            return Position(at.file, at.line, at.column + offset)
        node = self.scalars.get((at.line, at.column))
        if node is None:
            return at
        found = self.found(node, typed.pattern)
        if number >= len(found):
            return at
        index = found[number]
        line = bisect_right(self.lines, index)
        return Position(at.file, line, index - self.lines[line - 1] + 1)

    @lru_cache(maxsize=64)  # noqa: B019 - a file's life is short, and a text has many words to find
    def found(self, node: yaml.ScalarNode, typed: str) -> list[int]:
        """Where in the file what the pattern finds in a scalar begins."""
        letters, places = self.letters(node)
        return [places[match.start()] for match in re.compile(typed, re.IGNORECASE).finditer(letters)]

    @lru_cache(maxsize=1)  # noqa: B019
    def letters(self, node: yaml.ScalarNode) -> tuple[str, list[int]]:
        """A scalar's characters, what is not compared masked, and where each stands."""
        letters, places = _letters(self.text, node)
        letters = _FILLED.sub(lambda m: "\x01" * len(m.group()), letters)
        return _UNSEEN.sub(lambda m: MASK * len(m.group()), letters), places


def _letters(text: str, node: yaml.ScalarNode) -> tuple[str, list[int]]:
    """The characters of a scalar with quoting and escapes resolved, lines as they are, and where each stands."""
    start, end = node.start_mark.index, node.end_mark.index
    while properties := re.compile(r"[&!]\S*\s+").match(text, start, end):
        start = properties.end()
    letters: list[str] = []
    places: list[int] = []
    if node.style in ("|", ">"):
        start = text.find("\n", start) + 1
    elif node.style in ('"', "'"):
        start, end = start + 1, end - 1
    while start < end:
        letter, length = text[start], 1
        if node.style == "'" and letter == "'":
            length = 2
        elif node.style == '"' and letter == "\\":
            letter, length = _escaped(text, start)
        if letter:
            letters.append(letter)
            places.append(start)
        start += length
    return "".join(letters), places


def _escaped(text: str, start: int) -> tuple[str, int]:
    """What the escape at that place stands for, and how long it is; "" for a line that goes on."""
    kind = text[start + 1]
    if kind == "\n":
        rest = re.compile(r"[ \t]*").match(text, start + 2)
        return "", 2 + len(rest.group() if rest else "")
    if kind in _HEX:
        return chr(int(text[start + 2 : start + 2 + _HEX[kind]], 16)), 2 + _HEX[kind]
    return _ESCAPES.get(kind, kind), 2
