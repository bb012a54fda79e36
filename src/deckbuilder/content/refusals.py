"""What no text can hold, whatever else is in it."""

from __future__ import annotations

import re

from pydantic_core import PydanticCustomError

from deckbuilder.content.links import target_of

_MOST_DELIMITERS = 2_000  # of one text: the Markdown parser's time grows with their square
_CITED = re.compile(r"(?<![\w\]])\[-?@([\w:.-]+)[^\]\n]*\](?!\()")
_HARMFUL = re.compile(r"(?<!\\)\]\(\s*<?((?:javascript|vbscript|file|data):(?:[^()\s]|\([^()\s]*\))*)", re.IGNORECASE)


def wrong(message: str, hint: str, **values: str) -> PydanticCustomError:
    """An error; in message and hint, names in braces stand for the values."""
    for name, value in values.items():
        hint = hint.replace(f"{{{name}}}", value)
    return PydanticCustomError("markdown", message, {**values, "hint": hint})


def bounded(source: str) -> None:
    """Refuses more markup than one text can mean."""
    if sum(map(source.count, "*_~^[`\"'\\")) > _MOST_DELIMITERS:
        raise wrong(
            f"this text has more than {_MOST_DELIMITERS:,} marks such as * and _ and ' in it",
            "write it in several texts",
        )


def refuse_citations(source: str) -> None:
    """Refuses citations of other tools: here slides name their sources."""
    if "@" in source and (match := _CITED.search(source)):
        raise wrong(
            "'{cited}' cites in a way that is not known here",
            "name it in the slide's 'sources', sources: [{key}], and describe it under the deck's 'references'",
            cited=match.group(),
            key=match[1],
        )


def refuse_links(source: str) -> None:
    """The parser makes no links of such addresses, and leaves them as letters."""
    if "](" in source and (match := _HARMFUL.search(source)):
        target_of(match[1])
