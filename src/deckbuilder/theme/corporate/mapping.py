"""The map of roles to a template's layouts, as a brand file has it: written as comments to begin with, or held to."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

import yaml

_OPEN = (
    "# Which layout serves which slides, as 'deckbuilder theme check' scores them. To choose for yourself, take the '#'",
    "# before 'layouts:' and before the line away, and name another.",
)
_HELD = (
    "# Which layout serves which slides, as 'deckbuilder theme check' scored them. Name another where it chose wrong;",
    "# take a line out to have it chosen again.",
)

_NO_WORDS = ("null", "true", "false", "yes", "no", "on", "off")


class Entry(NamedTuple):
    """A line of the map: a role as theme files call it, the layout's name, and what to remark of it."""

    role: str
    layout: str
    note: str


def template_lines(file: str, entries: Iterable[Entry], indent: int, hold: bool) -> list[str]:
    """The lines of `template:` with its map; `hold` makes the map count, else it stands there as comments."""
    mark = "" if hold else "# "
    lines = [f"{mark}  {e.role}: {_quoted(e.layout)}{f'  # {e.note}' if e.note else ''}" for e in entries]
    if lines:
        lines = [*(_HELD if hold else _OPEN), f"{mark}layouts:", *lines]
    return [" " * indent + line for line in ("template:", f"  file: {_quoted(file)}", *(f"  {line}" for line in lines))]


def held(text: str, entries: Iterable[Entry]) -> str:
    """A brand file's text with the map written out, in the place of what its `template` says; all else stays as it is.
    ValueError where `template` has no lines of its own."""
    key, value = _template(text)
    lines = text.splitlines()
    first, indent = key.start_mark.line, key.start_mark.column
    if lines[first][:indent].strip():
        raise ValueError("'template' has no lines of its own")
    file = (
        value.value
        if isinstance(value, yaml.ScalarNode)
        else next(v.value for k, v in value.value if k.value == "file")
    )
    after = _last_line(value) + 1
    # What is further in than the key is about it: the map as comments.
    while after < len(lines) and lines[after].lstrip().startswith("#") and _indent(lines[after]) > indent:
        after += 1
    return "\n".join([*lines[:first], *template_lines(file, entries, indent, hold=True), *lines[after:]]) + "\n"


def _template(text: str) -> tuple[Any, Any]:
    """The key and the value of defaults.deckbuilder.template, as nodes. ValueError where they are in a flow mapping."""
    key: Any = None
    value: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    for name in ("defaults", "deckbuilder", "template"):
        if value.flow_style:
            raise ValueError("'template' has no lines of its own")
        key, value = next((k, v) for k, v in value.value if k.value == name)
    return key, value


def _last_line(node: Any) -> int:
    """The line that a node ends on."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return int(node.end_mark.line)
    last = node.value[-1]
    return _last_line(last[1] if isinstance(last, tuple) else last)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _quoted(words: str) -> str:
    """A YAML scalar, in quotation marks where it needs them."""
    plain = (
        words[:1].isalpha() and words.replace(" ", "").replace("-", "").isalnum() and words.casefold() not in _NO_WORDS
    )
    return words if plain and words.strip() == words else json.dumps(words, ensure_ascii=False)
