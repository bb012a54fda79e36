"""A deck as the text of a deck.yaml file, as people write it: a blank line between slides, words in blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

_WIDTH = 118
_LONG = 90  # characters from which a text stands on lines of its own


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines as it stands, and lists within mappings two blanks in."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _Dumper, value: str) -> yaml.ScalarNode:
    long = len(value) > _LONG and value == value.strip() and "  " not in value
    style = "|" if "\n" in value else ">" if long else '"' if _quoted(value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _quoted(value: str) -> bool:
    """Whether a text is better in quotation marks: what begins like a mark of YAML's or Markdown's."""
    return (
        value[:1] in ("*", "-", "[", "#", "`", "&", "!", "%", "@", "'", '"', "|", ">") or ": " in value or " #" in value
    )


_Dumper.add_representer(str, _text)


def dumped(value: Any) -> str:
    """A piece of YAML."""
    return str(yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH))


def deck_text(
    head: Mapping[str, Any], sections: Sequence[Mapping[str, Any]], comments: Sequence[str]
) -> tuple[str, list[int]]:
    """The file's text, and the line that each slide begins in, counted from 1, in order."""
    lines = [f"# {comment}" for comment in comments]
    for key, value in head.items():
        if lines and isinstance(value, (list, dict)):
            lines.append("")
        lines += dumped({key: value}).rstrip("\n").split("\n")
    lines += ["", "sections:"]
    starts: list[int] = []
    for section in sections:
        about = {key: value for key, value in section.items() if key != "slides"}
        lines += _indented(dumped([about]), 2)
        lines.append("    slides:")
        for slide in section["slides"]:
            starts.append(len(lines) + 1)
            lines += [*_indented(dumped([slide]), 6), ""]
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines) + "\n", starts


def _indented(text: str, by: int) -> list[str]:
    return [f"{' ' * by}{line}" if line else "" for line in text.rstrip("\n").split("\n")]
