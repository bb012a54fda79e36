"""Plain data as YAML text that reads back to the same data.

A text is written as its author would: plainly where that is safe, in quotes or as a block of lines where it is not. What is
written is read again before it is taken, so no rule of YAML's has to be known here but that.
"""

from __future__ import annotations

import json
import math
import re
import textwrap
from collections.abc import Iterator
from typing import Any

from deckbuilder.editing.refusal import Refused
from deckbuilder.editing.shape import Shape
from deckbuilder.editing.tree import Mapping, Scalar, Sequence, read_tree, same
from deckbuilder.frozen import dataclass

_WIDTH = 110  # of what is written in one line between brackets
# What other readers of YAML, and people, would take for something else than text.
_DOUBTFUL = re.compile(
    r"(?i:y|n|yes|no|on|off|true|false|null|~|\.nan|[-+]?\.inf)|[-+]?[\d_,.:]+(?:[eE][-+]?\d+)?|0[xo][\da-fA-F_]+|"
    r"\d{4}-\d{1,2}-\d{1,2}(?:[Tt ].*)?|[=<]{1,2}"
)
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Hand:
    """How a file is written: columns from a key to what stands under it, from a key to the dashes under it, and its line
    ends."""

    step: int = 2
    dash: int = 2
    ending: str = "\n"


def check_text(value: Any) -> None:
    """Raises Refused for a value that no file can hold."""
    if isinstance(value, str) and _SURROGATE.search(value):
        raise Refused("this text holds half a character; paste it again")
    if isinstance(value, float) and not math.isfinite(value):
        raise Refused("this is no number that can be written")
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        check_text(part)
    for key in value if isinstance(value, dict) else ():
        check_text(key)


def scalar(
    value: Any,
    column: int,
    hand: Hand,
    shape: Shape = Shape(),
    *,
    old: Scalar | None = None,
    was: str = "",
    tail: str = "",
) -> str:
    """A scalar under a key or dash that stands in a column, its further lines indented. `old` is what it takes the place of, as
    which it is written if it can be, and `was` how that stands in the file; `tail` is what follows it in its line."""
    for written in _scalars(value, column, hand, shape, old, was):
        lines = written.split("\n")
        told = "\n".join([lines[0] + tail, *lines[1:]]) if lines[0].startswith(("|", ">")) else written + tail
        if _reads_as(f"{' ' * column}k: {told}\n", value, Mapping) and _reads_as(
            f"{' ' * column}- {told}\n", value, Sequence
        ):
            return told.replace("\n", hand.ending)
    raise Refused("this text cannot be written in this place")


def flowing(value: Any) -> str:
    """Data in one line, as they stand between brackets."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flowing(str(key))}: {flowing(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flowing, value)) + "]"
    plain = _plain(value)
    if plain is not None and _reads_as(f"[{plain}, {{{plain}: {plain}}}]", value, Sequence):
        return plain
    return next(q for q in _quoted(value) if _reads_as(f"[{q}]", value, Sequence))


def under_key(key: str, value: Any, column: int, hand: Hand, shape: Shape, tail: str = "") -> str:
    """The lines of a key with its value, the first without its indentation, without a line end behind the last."""
    name = flowing(key)
    if isinstance(value, dict) and value:
        keys = column + hand.step
        return f"{name}:{tail}{hand.ending}{' ' * keys}{pairs(value, keys, hand, shape)}"
    if isinstance(value, list) and value and not _row(key, value, shape):
        dashes = column + hand.dash
        between = f"{hand.ending}{hand.ending if _spaced(key) else ''}"
        inner = between.join(f"{' ' * dashes}- {item(part, dashes, hand, shape.item())}" for part in value)
        return f"{name}:{tail}{hand.ending}{inner}"
    if isinstance(value, (dict, list)):
        return f"{name}: {flowing(value)}{tail}"
    return f"{name}: {scalar(value, column, hand, shape, tail=tail)}"


def item(value: Any, dash: int, hand: Hand, shape: Shape, tail: str = "", like: str = "") -> str:
    """The lines of a list's item behind its dash, which stands in a column. `like` is what the items beside it are: "flow"
    where they stand between brackets."""
    if isinstance(value, dict) and value:
        line = flowing(value)
        if like == "flow" and len(line) < _WIDTH:
            return line + tail
        return pairs(value, dash + 2, hand, shape, tail)
    if isinstance(value, (dict, list)):
        return flowing(value) + tail
    return scalar(value, dash, hand, shape, tail=tail)


def pairs(value: dict[str, Any], column: int, hand: Hand, shape: Shape, tail: str = "") -> str:
    """The lines of a mapping's keys, which stand in a column; the first without its indentation."""
    lines = []
    for number, (key, part) in enumerate(value.items()):
        lines.append(under_key(str(key), part, column, hand, shape.key(str(key), value), "" if number else tail))
    return f"{hand.ending}{' ' * column}".join(lines)


def _spaced(key: str) -> bool:
    """Whether a blank line stands between the items of a list: between slides, and between sections."""
    return key in ("sections", "slides")


def _row(key: str, value: list[Any], shape: Shape) -> bool:
    """Whether a list is written in a line: names and numbers, as a handout's parts, and a table's header."""
    if any(isinstance(part, (dict, list)) or "\n" in str(part) for part in value) or len(flowing(value)) > _WIDTH:
        return False
    numbers = all(part is None or isinstance(part, (int, float)) for part in value)
    return numbers or shape.item().named or key in ("header", "categories")


def _plain(value: Any) -> str | None:
    """The value as a plain scalar; None where it looks like something else."""
    if value is None:
        return "~"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    return None if _DOUBTFUL.fullmatch(value) or not value or value != value.strip() else value


def _quoted(value: str) -> Iterator[str]:
    plain = "\n" not in value and not _HIDDEN.search(value)
    if plain and ('"' in value or "\\" in value) and "'" not in value:
        yield f"'{value}'"
    yield _double(value)


def _single(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _double(value: str) -> str:
    escaped = json.dumps(value, ensure_ascii=False).replace("\\/", "/").replace("\\u007f", "\x7f")
    return _HIDDEN.sub(lambda match: f"\\u{ord(match.group()):04x}", escaped)


def _scalars(value: Any, column: int, hand: Hand, shape: Shape, old: Scalar | None, was: str) -> Iterator[str]:
    """Ways to write a scalar, the best first; some may say something else."""
    if not isinstance(value, str):
        yield str(_plain(value))
        return
    simple = not _HIDDEN.search(value)
    if old is not None and simple and old.value and not _is_number(old):
        yield from _as_before(value, column, hand, old, was)
    if "\n" in value and simple:
        yield _block(value, column, column + hand.step)
    plain = value if shape.calendar else _plain(value)
    if plain and "\n" not in value and simple:
        yield plain
    yield from _quoted(value)


def _is_number(old: Scalar) -> bool:
    return not old.style and bool(_DOUBTFUL.fullmatch(old.value))


def _as_before(value: str, column: int, hand: Hand, old: Scalar, was: str) -> Iterator[str]:
    """The text in the style of the one that it takes the place of."""
    lines = was.replace("\r\n", "\n").split("\n")
    width = max(map(len, lines))
    margin = len(lines[1]) - len(lines[1].lstrip()) if len(lines) > 1 else column + hand.step
    match old.style:
        case "|":
            yield _block(value, column, _indent(lines, column + hand.step), lines[0])
        case ">":
            yield _folded(value, column, _indent(lines, column + hand.step), lines[0], max(width, 60))
        case "'" if "\n" not in value:
            yield _single(value)
        case '"' if "\n" not in value:
            yield _double(value)
        case "" if "\n" not in value and not (_DOUBTFUL.fullmatch(value) and not _DOUBTFUL.fullmatch(old.value)):
            if len(lines) > 1:  # the first stands behind a key
                yield _wrapped(value, max(margin, column + 1), max(width, 60))
            yield value


def _indent(lines: list[str], usual: int) -> int:
    return next((len(line) - len(line.lstrip(" ")) for line in lines[1:] if line.strip()), usual)


def _header(mark: str, value: str, indent: int, column: int, old: str = "") -> str:
    """The first line of a block of lines. Its comment stays."""
    deep = str(indent - column) if value.lstrip("\n").startswith(" ") else ""
    chomp = "" if value.endswith("\n") else "-"
    chomp = "+" if value.endswith("\n\n") else chomp
    comment = re.search(r"[ \t]+#.*$", old)
    return f"{mark}{deep}{chomp}{comment.group() if comment else ''}"


def _block(value: str, column: int, indent: int, old: str = "") -> str:
    lines = (value[:-1] if value.endswith("\n") else value).split("\n")
    return "\n".join(
        [_header("|", value, indent, column, old), *(f"{' ' * indent}{line}" if line else "" for line in lines)]
    )


def _folded(value: str, column: int, indent: int, old: str, width: int) -> str:
    lines = (value[:-1] if value.endswith("\n") else value).split("\n")
    if any(line.startswith((" ", "\t")) or "  " in line or line != line.rstrip() for line in lines):
        return _block(value, column, indent, old)
    out = [_header(">", value, indent, column, old)]
    for number, line in enumerate(lines):
        if number and line and lines[number - 1]:
            out.append("")
        elif number and not line:
            out.append("")
            if lines[number - 1]:
                out.append("")
            continue
        out += [f"{' ' * indent}{part}" for part in _wrap(line, width - indent)]
    return "\n".join(out)


def _wrapped(value: str, margin: int, width: int) -> str:
    return f"\n{' ' * margin}".join(_wrap(value, width - margin))


def _wrap(line: str, width: int) -> list[str]:
    return textwrap.wrap(line, max(width, 20), break_long_words=False, break_on_hyphens=False) or [line]


def _reads_as(text: str, value: Any, kind: type) -> bool:
    from deckbuilder.editing.tree import data_of

    try:
        read, _ = read_tree(text)
    except Refused:
        return False
    if not isinstance(read, kind):
        return False
    data = data_of(read)
    first = data[0] if isinstance(data, list) else data.get("k")
    return same(first, value)
