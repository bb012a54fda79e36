"""Footnotes, and links by reference: what stands elsewhere in a text than where it belongs."""

from __future__ import annotations

import re

from deckbuilder.content.refusals import wrong

_NOTE = re.compile(r"^\ {0,3}\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n[ \t]+\S.*)*)\n?", re.MULTILINE)
NOTED = re.compile(r"\[\^([^\]\s]+)\]|\^\[([^\]\n]+)\]")
_DEFINED = re.compile(r"^\ {0,3}\[([^\]\n^][^\]\n]*)\]:[ \t]*\S", re.MULTILINE)


def footnotes(source: str) -> tuple[str, dict[str, str]]:
    """The source without what its footnotes say, and that by name, in the order of the marks."""
    if "[^" not in source and "^[" not in source:
        return source, {}
    said = {match[1]: " ".join(match[2].split()) for match in _NOTE.finditer(source)}
    source = _NOTE.sub("", source)
    notes: dict[str, str] = {}

    def named(match: re.Match[str]) -> str:
        if match[2]:
            name = f"note-{len(notes) + 1}"
            notes[name] = match[2]
            return f"[^{name}]"
        if match[1] not in said:
            raise wrong(
                "the footnote '{note}' is not in this text",
                "write it below, as [^{note}]: words",
                note=match[1],
            )
        notes[match[1]] = said[match[1]]
        return match.group()

    source = NOTED.sub(named, source)
    for name in said:
        if name not in notes:
            raise wrong("nothing refers to the footnote '{note}'", "put [^…] where it belongs", note=name)
    return source, notes


def referred(source: str) -> bool:
    """Whether links are defined in the text. One that no link uses would vanish."""
    names = _DEFINED.findall(source)
    rest = _DEFINED.sub("", source).casefold()
    for name in names:
        if f"[{name.casefold()}]" not in rest:
            raise wrong(
                "no link uses the address of '{name}'",
                "write [{name}] where the link stands",
                name=name,
            )
    return bool(names)
