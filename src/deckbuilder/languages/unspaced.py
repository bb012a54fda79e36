"""Words of scripts that put no spaces between them and break at words: Thai, Lao, Khmer and Burmese.

Where their words end a dictionary knows: ICU's, which LibreOffice asks too. It comes with the extra `icu`; without it such texts
are refused where they were written.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

# Their blocks, by ISO 639 codes of a language that is written so.
_BLOCKS = {
    "th": "\u0e00-\u0e7f",
    "lo": "\u0e80-\u0eff",
    "my": "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f",
    "km": "\u1780-\u17ff\u19e0-\u19ff",
}
_FIRST = "\u0e00"
_OPENING = "([{«“‘"
SPACE = "\u200b"
"""A space without a width: a line may be broken there."""


def is_unspaced(text: str) -> bool:
    """Whether some of the text is in such a script."""
    return not text.isascii() and max(text) >= _FIRST and bool(_any().search(text))


def can_break_unspaced() -> bool:
    """Whether there is a dictionary."""
    from importlib.util import find_spec

    return find_spec("icu4py") is not None


@lru_cache(maxsize=4_096)
def unspaced_words(text: str) -> tuple[str, ...]:
    """The pieces of a text between which a line may be broken, where it is in such a script; the text itself where there is no
    dictionary."""
    if not can_break_unspaced():
        return (text,)
    from icu4py.breakers import LineBreaker

    language = next(code for code, block in _BLOCKS.items() if re.search(f"[{block}]", text))
    return tuple(LineBreaker(text, language))


def between_scripts(text: str) -> list[str]:
    """The text in parts: such a script, and others beside it. Between them no dictionary knows a place, but there is one, where
    neither side keeps the other from beginning or ending a line."""
    inside = [bool(_any().match(character)) for character in text]
    places = [
        at
        for at in range(1, len(text))
        if inside[at] != inside[at - 1]
        and (text[at].isalnum() or text[at] in _OPENING)
        and text[at - 1] not in _OPENING
    ]
    return [text[first:last] for first, last in pairwise([0, *places, len(text)])]


def follows_on(before: str, text: str) -> bool:
    """Whether a line may be broken between two texts that touch, as both are in such a script there."""
    return is_unspaced(before[-1]) and is_unspaced(text[0]) and text[0].isalpha()


@cache
def _any() -> re.Pattern[str]:
    return re.compile(f"[{''.join(_BLOCKS.values())}]")
