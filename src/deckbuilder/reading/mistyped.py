"""What YAML reads otherwise than it was meant: words lost to a comment, sentences torn at a comma, blanks that look like blanks.

Each is a warning at its place, or takes the place of an error message that would not name it.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator

import yaml

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.source import Position

# Blanks that editors show as ordinary ones: no-break, the widths of typesetting, ideographic; and signs of no width.
ODD_BLANKS = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u202f\u205f"
    "\u2060\u3000\ufeff"
)
_ODD_BLANK = re.compile(
    rf"^[ -]*([{ODD_BLANKS}])|^[ -]*[^\s:#'\"]+:([{ODD_BLANKS}])|^[ -]*[^\s:#'\"]+([{ODD_BLANKS}]):(?:\s|$)"
)
_COMMENT = re.compile(r"\s+(#\S.*)$")
_COLOR = re.compile(r"#(?:[0-9A-Fa-f]{3,4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})\b")
_STOPS = tuple(".!?…:;。？！")
_PAIRS = (("“", "”"), ("„", "“"), ("«", "»"), ("(", ")"))

_NUMBERED = re.compile(r"(\d{1,2})([.)])[ \t]+\S")


_SEPARATOR = re.compile("[\u0085\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LIKE_COLON = re.compile(r"[\s-]*\w+\s*([\uff1a\ufe55\ufe13\u2236\ua789])")
_LIKE_QUOTES = re.compile(r":\s+([“”„‟«»‘’‚])[^\"]*: ")


def odd_blank(text: str, until: int) -> tuple[int, int, str] | None:
    """The first odd blank in an indentation or after a key's colon: line and column, counted from 1, and the character. Only
    lines up to the one after `until` are looked at: an error is found where it is, or later."""
    for number, line in enumerate(text.split("\n")[: until + 1], 1):
        if match := _ODD_BLANK.match(line):
            place = next(n for n in (1, 2, 3) if match[n])
            return number, match.start(place) + 1, match[place]
    return None


def without_separators(text: str, name: str, problems: Diagnostics) -> str:
    """The text with spaces for the separators that YAML takes for ends of lines, and editors do not; reported, since what
    stands behind one would be read as another line."""
    for match in _SEPARATOR.finditer(text):
        line, column = text.count("\n", 0, match.start()) + 1, match.start() - text.rfind("\n", 0, match.start())
        problems.error(
            "odd-blank",
            f"there is a sign that shows nothing, U+{ord(match[0]):04X}, which ends a line for YAML",
            Position(name, line, column),
            "delete it and begin a new line, or type a space; it comes along when text is copied",
        )
    return _SEPARATOR.sub(" ", text)


def without_controls(text: str, at: Position, problems: Diagnostics) -> str:
    """A value or a key without what stands in no file of ours, and may be written as "\\0" or "\\uFFFF"; reported."""
    if text.isprintable() or not (found := _CONTROLS.search(text)):
        return text
    problems.error("control-character", f"the character U+{ord(found[0]):04X} has no place in a text", at, "delete it")
    return _CONTROLS.sub("", text)


def look_alike(text: str, until: int) -> str | None:
    """A hint, where a line near the error has a sign that looks like one of YAML's."""
    for line in text.split("\n")[max(0, until - 2) : until]:
        if match := _LIKE_COLON.match(line):
            return f"the colon is '{match[1]}' (U+{ord(match[1]):04X}), which YAML does not know; type ':' and a space"
        if match := _LIKE_QUOTES.search(line):
            return (
                f"the quotation marks around it are '{match[1]}', which YAML takes for letters; type straight ones, \""
            )
    return None


def blank_in_key(key: str) -> int | None:
    """Where a key begins or ends with an odd blank, counted from 0; None where it does not."""
    if key.strip(ODD_BLANKS) == key:
        return None
    return 0 if key[0] in ODD_BLANKS else len(key.rstrip(ODD_BLANKS))


def report_blank(blank: tuple[int, int, str], name: str, problems: Diagnostics) -> None:
    """Names an odd blank as what it is."""
    line, column, character = blank
    called = unicodedata.name(character, "a sign without a name").lower()
    problems.error(
        "odd-blank",
        f"YAML: the blank here is no ordinary space but U+{ord(character):04X}, {called}",
        Position(name, line, column),
        "delete it and type a space; it comes along when text is copied from a web page or a word processor",
    )


def warn_of_losses(root: yaml.Node | None, text: str, name: str, problems: Diagnostics) -> None:
    """Warns where YAML took words for a comment, or a comma for the end of an item."""
    lines = text.split("\n")
    rows = set[int]()  # nodes that are items themselves: `_nodes` gives what holds them first
    for node in _nodes(root):
        if isinstance(node, yaml.ScalarNode):
            _warn_of_comment(node, lines, name, problems)
        elif isinstance(node, yaml.SequenceNode) and node.flow_style:
            _warn_of_comma(node, id(node) in rows, name, problems)
        elif isinstance(node, yaml.SequenceNode):
            rows.update(id(item) for item in node.value)
            _warn_of_numbers(node, name, problems)


def _nodes(root: yaml.Node | None) -> Iterator[yaml.Node]:
    """Every node once, aliases followed to their anchors; keys too."""
    waiting, seen = [root] if root is not None else [], set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        if isinstance(node, yaml.MappingNode):
            waiting += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value


def _warn_of_comment(node: yaml.ScalarNode, lines: list[str], name: str, problems: Diagnostics) -> None:
    """A `#` after a blank begins a comment. One that touches a word was hardly meant as one."""
    if node.style:
        return
    mark = node.end_mark
    line = lines[mark.line] if mark.line < len(lines) else ""
    match = _COMMENT.match(line, mark.column)
    if match is None or _is_number(node.value):
        return
    if not node.value and mark.line != node.start_mark.line:
        return
    lost = match[1].strip()
    whole = f"{node.value} {lost}".strip()
    quoted = whole.replace("\\", "\\\\").replace('"', '\\"')
    hint = f'in quotes it stays: "{quoted}"' if len(whole) <= 80 else "put the whole text in quotes"
    if not node.value and not _COLOR.match(lost) and not re.match(r"#\d", lost):
        return  # 'key: #remark', with the value in the next line
    problems.warning(
        "words-lost-to-comment",
        f"'{_short(lost)}' is left out: YAML takes what follows a blank and '#' for a comment",
        Position(name, mark.line + 1, match.start(1) + 1),
        f"{hint}; a comment that is meant has a blank after its '#'",
    )


def _is_number(words: str) -> bool:
    return words in ("true", "false") or bool(re.fullmatch(r"[-+]?[\d.:]+", words))


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:39]}…"


def _warn_of_comma(node: yaml.SequenceNode, is_row: bool, name: str, problems: Diagnostics) -> None:
    """Within `[...]` every comma begins another item. An item with half a pair of quotation marks or brackets, or one in
    lower case after a beginning of a sentence, is the rest of the one before. A table's row has names beside phrases."""
    items = [item for item in node.value if isinstance(item, yaml.ScalarNode)]
    if len(items) != len(node.value):
        return
    for before, item in itertools.pairwise(items):
        if before.style or item.style:
            continue
        torn = _unbalanced(before.value) and _unbalanced(item.value)
        begins = before.value[:1].isupper() and not before.value.endswith(_STOPS)
        sentence = " " in before.value or (
            not is_row and item.value.count(" ") >= 2
        )  # neither a name nor words in a list
        goes_on = begins and sentence and item.value[:1].islower()
        if torn or goes_on:
            whole = f"{before.value}, {item.value}"
            problems.warning(
                "text-torn-at-comma",
                f"'{_short(before.value)}' and '{_short(item.value)}' are two items: within [...] a comma ends an item",
                Position(name, item.start_mark.line + 1, item.start_mark.column + 1),
                f"if they are one, put it in quotes: [\"{_short(whole)}\"]; or write each item on a line of its own after '- '",
            )


def _warn_of_numbers(node: yaml.SequenceNode, name: str, problems: Diagnostics) -> None:
    """Items that were pasted with their numbers: two or more in a row, each with the number after the one before."""
    found = [_NUMBERED.match(item.value) if isinstance(item, yaml.ScalarNode) else None for item in node.value]
    for item, one, other in zip(node.value, found, found[1:], strict=False):
        if one and other and one[2] == other[2] and int(one[1]) + 1 == int(other[1]):
            problems.warning(
                "pasted-bullet",
                f"the number '{one[1]}{one[2]}' stands beside the item's own marker",
                Position(name, item.start_mark.line + 1, item.start_mark.column + 1),
                "leave out the numbers; a slide of kind 'steps' counts its steps itself",
            )
            return


def _unbalanced(words: str) -> bool:
    return words.count('"') % 2 == 1 or any(words.count(a) != words.count(b) for a, b in _PAIRS if a != "„")
