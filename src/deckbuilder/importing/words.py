"""Words counted: what the old deck says is in the new one, or told as left out; and the new one says nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff'’]")


def words_of(*texts: str) -> Counter[str]:
    """The words of texts, each as often as it is there: letters and digits, whatever their case and the marks between."""
    found: Counter[str] = Counter()
    for text in texts:
        plain = _MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()
        found.update(_WORD.findall(plain))
    return found


def missing(old: Counter[str], *kept: Counter[str]) -> Counter[str]:
    """Which words of the old deck are in none of the others, and how often they are missing."""
    rest = Counter(old)
    for one in kept:
        rest.subtract(one)
    return +rest


def invented(new: Counter[str], *known: Iterable[str]) -> list[str]:
    """Which words of the new deck stand nowhere in what is known of the old one."""
    there = {word for words in known for word in words}
    return sorted(word for word in new if word not in there)
