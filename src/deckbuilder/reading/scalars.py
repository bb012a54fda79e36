"""Where in a file a word of a text stands.

A text knows where it begins. A word inside it is found again in what its author typed: through quoting, escapes,
folded lines, and Markdown between or inside words. Files are read anew for that, and only when there is something
to say about a word.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import yaml

from deckbuilder.frozen import dataclass
from deckbuilder.reading.yaml import compose
from deckbuilder.source import Position

SOFT = "\u00ad\u200b"  # soft hyphens and zero-width spaces: in the file, and not seen
MASK = "\x00"  # stands in for characters that are not to be compared
_MARKUP = dict.fromkeys(map(ord, f"{MASK}*_~^[]\\{SOFT}"))
_GAP = r"(?=\s)[^\S\n]*\n?[^\S\n]*"
_ESCAPES = {"n": "\n", "t": "\t", "_": "\u00a0", "N": "\x85", "L": "\u2028", "P": "\u2029", "e": "\x1b", "0": "\x00"}
_HEX = {"x": 2, "u": 4, "U": 8}
# Not shown, though it stands in the file: where links lead, and the braces that name a language.
_UNSEEN = re.compile(r"(?<=\])(?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)|\{[^{}]*\})")
_FILLED = re.compile(r"\{\{.*?\}\}|`+[^`]*`+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Typed:
    """Finds words as they may have been typed: in any case, over the end of a line, with Markdown between and inside them.

    What marks text up is left out of what is searched, and of the words: patterns that allow for it between any two
    letters take longer to compile than everything else that is done with a word.
    """

    pattern: str
    bare: bool  # whether it is compared with texts without their marks
    begins: bool  # whether what is found begins a word
    ends: bool

    def finditer(self, text: str) -> Iterator[tuple[int, int]]:
        """From where to where in a text they stand, one after another."""
        bare, places = _bare(text) if self.bare else (text, range(len(text)))
        typed, start = re.compile(self.pattern, re.IGNORECASE), 0
        while match := typed.search(bare, start):
            first, end = places[match.start()], places[match.end() - 1] + 1
            inside = (self.begins and text[first - 1 : first].isalnum()) or (
                self.ends and text[end : end + 1].isalnum()
            )
            start = match.start() + 1 if inside else match.end()
            if not inside:
                yield first, end


def as_typed(words: str, before: str, after: str) -> Typed:
    """The search for words; `before` and `after` are their neighbours as shown, "" at an end."""
    bare = words.translate(_MARKUP)
    parts = (_GAP if part.isspace() else "".join(map(_letter, part)) for part in re.split(r"(\s+)", bare))
    some = bool(bare.strip())
    return Typed("".join(parts) if some else re.escape(words), some, not before.isalnum(), not after.isalnum())


@lru_cache(maxsize=16)
def _bare(text: str) -> tuple[str, Sequence[int]]:
    """A text without what marks it up, and where in it each character that is left stands."""
    bare = text.translate(_MARKUP)
    if len(bare) == len(text):
        return text, range(len(text))
    return bare, [place for place, letter in enumerate(text) if ord(letter) not in _MARKUP]


def _letter(letter: str) -> str:
    if letter in "'’‘":
        return "['’‘]"
    apart = unicodedata.normalize("NFD", letter)
    return re.escape(letter) if apart == letter else f"(?:{re.escape(letter)}|{re.escape(apart)})"


def spans_of(typed: Typed | re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """From where to where in a text what is searched for stands."""
    if isinstance(typed, Typed):
        return list(typed.finditer(text))
    return [match.span() for match in typed.finditer(text)]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a file: where it starts, where it ends, and what its author typed there."""

    at: Position
    end: Position
    text: str


class Files:
    """The files that texts were read from, each read once."""

    def __init__(self) -> None:
        self._files: dict[str, _File] = {}

    def place(self, at: Position, typed: Typed | re.Pattern[str], number: int, offset: int) -> Position:
        """Where the number-th (from 0) of what the pattern finds stands in the text that begins at `at`;
        `offset` is its distance from there where the text is a CSV file's. The text's own place where
        the words are not in it, since a variable brought them."""
        return self._file(at).place(at, typed, number, offset)

    def span(self, at: Position, typed: Typed | re.Pattern[str], number: int = 0) -> Span | None:
        """The number-th (from 0) of what the pattern finds in the text that begins at `at`; None where it is not in it."""
        return self._file(at).span(at, typed, number)

    def whole(self, at: Position) -> Span | None:
        """The value that begins at a place, quotation marks included; of a list or a mapping the rest of its first line. None
        where the file is gone."""
        return self._file(at).whole(at)

    def between(self, at: Position, end: Position) -> str | None:
        """What is typed between two places of a file; None where the file is gone."""
        return self._file(at).between(at, end)

    def line(self, at: Position) -> str | None:
        """The line of a place, as typed; None where the file is gone."""
        return self._file(at).line(at.line)

    def _file(self, at: Position) -> _File:
        if at.file not in self._files:
            self._files[at.file] = _File(at.file)
        return self._files[at.file]


class _File:
    def __init__(self, name: str) -> None:
        self.name = name
        self._split: list[str] = []

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
        self.keys: set[tuple[int, int]] = set()  # the places of those that are keys
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
                self.keys |= {(key.start_mark.line + 1, key.start_mark.column + 1) for key, _ in node.value}
                waiting += [part for pair in node.value for part in pair]
            elif isinstance(node, yaml.SequenceNode):
                waiting += node.value
        return out

    def place(self, at: Position, typed: Typed | re.Pattern[str], number: int, offset: int) -> Position:
        if self.name.lower().endswith(".csv"):
            return Position(at.file, at.line, at.column + offset)
        span = self.span(at, typed, number)
        return span.at if span else at

    def span(self, at: Position, typed: Typed | re.Pattern[str], number: int) -> Span | None:
        node = self.scalars.get((at.line, at.column))
        if node is None:
            return None
        found = self.found(node, typed)
        return self._between(*found[number]) if number < len(found) else None

    def whole(self, at: Position) -> Span | None:
        line = self.line(at.line)
        if line is None:
            return None
        here = (at.line, at.column)
        node = self.scalars.get(here)
        node = None if here in self.keys else node
        start = self.lines[at.line - 1] + at.column - 1
        end = node.end_mark.index if node else start + len(line[at.column - 1 :].rstrip())
        return self._between(start, max(start, start + len(self.text[start:end].rstrip())))

    def line(self, number: int) -> str | None:
        lines = self.text.split("\n") if not self._split else self._split
        self._split = lines
        return lines[number - 1] if self.text and number <= len(lines) else None

    def between(self, at: Position, end: Position) -> str | None:
        if not self.text or max(at.line, end.line) > len(self.lines):
            return None
        return self.text[self.lines[at.line - 1] + at.column - 1 : self.lines[end.line - 1] + end.column - 1]

    def _between(self, start: int, end: int) -> Span:
        return Span(self._position(start), self._position(end), self.text[start:end])

    def _position(self, index: int) -> Position:
        line = bisect_right(self.lines, index)
        return Position(self.name, line, index - self.lines[line - 1] + 1)

    @lru_cache(maxsize=64)  # noqa: B019 - a file's life is short, and a text has many words to find
    def found(self, node: yaml.ScalarNode, typed: Typed | re.Pattern[str]) -> list[tuple[int, int]]:
        """From where to where in the file what the pattern finds in a scalar stands."""
        letters, places = self.letters(node)
        spans = spans_of(typed, letters)
        return [(places[start], places[end - 1] + 1) for start, end in spans]

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
