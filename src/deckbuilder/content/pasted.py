"""Lists that come from a word processor with their bullets."""

from __future__ import annotations

import re

from deckbuilder.content.habits import Doubt
from deckbuilder.content.refusals import wrong

BULLETS = "•◦▪‣●·∙■□➢➤"
_PASTED = re.compile(rf"^([ \t]*)(?:[{BULLETS}]|[–—](?=[ \t]))[ \t\u00a0]*", re.MULTILINE)
LISTED = re.compile(r"^[ \t]*(?:[-+*]|\d{1,2}[.)])[ \t]+\S", re.MULTILINE)


def as_lists(source: str) -> str:
    """Lists that were pasted with their bullets as Markdown's; a dash begins an item only where another does."""
    lines = [match.group() for match in _PASTED.finditer(source)]
    dashes = sum(line.strip()[:1] in "–—" for line in lines)
    if not lines or (dashes == len(lines) == 1):
        return source

    def item(match: re.Match[str]) -> str:
        return f"{match[1].expandtabs(2)}- "

    out: list[str] = []
    listed = False
    for line in source.split("\n"):
        is_item = bool(_PASTED.match(line))
        if is_item and not listed and out and out[-1].strip():
            out.append("")  # a list begins after an empty line
        out.append(_PASTED.sub(item, line) if is_item else line)
        listed = is_item or (listed and line[:1] in (" ", "\t"))
    return "\n".join(out)


def without_bullet(words: str, doubt: Doubt) -> str:
    """The text without a bullet that was pasted with it: slides make their own. More than one of them was a list."""
    if words[0] not in BULLETS:
        return words
    if sum(words.count(f" {bullet}") + words.count(f"\n{bullet}") for bullet in BULLETS):
        raise wrong("a list has no place in this text", "make each item a text of its own, without its bullet")
    doubt("pasted-bullet", f"the bullet '{words[0]}' is left out; slides make their own", "delete it from the text")
    return words[1:].strip(" \t\u00a0")
