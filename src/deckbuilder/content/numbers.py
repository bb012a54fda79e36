"""How a language writes numbers, by CLDR."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class NumberMarks:
    """What stands before decimals, and between thousands."""

    decimal: str = "."
    group: str = ","

    def localized(self, number: str) -> str:
        """A number as English writes it ("1,250.5"), as this language does."""
        return number.translate({ord(","): self.group, ord("."): self.decimal})


ENGLISH_NUMBERS = NumberMarks()


@cache
def number_marks(language: str) -> NumberMarks:
    """The marks of a language (a BCP 47 tag); English ones where CLDR does not know it. Narrow blanks between thousands
    are ordinary no-break ones, which every font has."""
    if language.split("-", 1)[0] == "en" and language not in ("en-ZA", "en-CH", "en-IN"):
        return ENGLISH_NUMBERS
    from babel import Locale, UnknownLocaleError

    try:
        symbols = Locale.parse(language, sep="-").number_symbols["latn"]
    except (UnknownLocaleError, ValueError, KeyError):
        return ENGLISH_NUMBERS
    return NumberMarks(symbols["decimal"], symbols["group"].replace("\u202f", "\u00a0").replace("'", "’"))
