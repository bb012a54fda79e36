"""Changes in words."""

from __future__ import annotations

import re
from typing import Any


def brief(value: Any) -> str:
    """A value in a few words."""
    if value is None:
        return "nothing"
    words = value if isinstance(value, str) else " / ".join(_all_words(value))
    return f"'{short(' '.join(words.split()))}'"


def change(before: Any, after: Any) -> str:
    """Both in words, as far as they are different."""
    texts = [
        " ".join(("" if v is None else v if isinstance(v, str) else " / ".join(_all_words(v))).split())
        for v in (before, after)
    ]
    start = next((n for n, (a, b) in enumerate(zip(*texts, strict=False)) if a != b), min(map(len, texts)))
    start = max(0, texts[0].rfind(" ", 0, max(0, start - 12)) + 1) if max(map(len, texts)) > 60 else 0
    shown = [f"'{'…' if start else ''}{short(text[start:])}'" if text else "nothing" for text in texts]
    return f"{shown[0]} becomes {shown[1]}"


def short(words: str) -> str:
    """Words, as many as a line has room for."""
    return words if len(words) <= 60 else f"{words[:59]}…"


def words_in(value: Any) -> set[str]:
    """The words of a value, without numbers, which are written in many ways."""
    found = re.findall(r"[^\W_]+", " ".join(_all_words(value)).casefold())
    return {word for word in found if not word.isdecimal()}


def _all_words(value: Any) -> list[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [word for part in value for word in _all_words(part)]
    return [] if value is None else [str(value)]
