"""How languages write: quotation marks, dates, times, numbers, plurals, paper; and deckbuilder's own words in some of them.

A language is named by its full tag (BCP 47). What is not known for the whole tag is taken for the tag without its
script, without its region, and at last for the language alone: `de-CH` writes as in Switzerland where that differs,
else as `de`; `frr` has nothing to do with `fr`. Languages that deckbuilder has words in have a file each, which says
whether somebody who speaks the language has reviewed it (`reviewed`); `quotes.yaml` holds the quotation marks of the others.
Dates, times, number symbols and plural forms are those of CLDR, by Babel, which is loaded only when one is asked for;
where CLDR has no names of months, a file has them (`months`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from deckbuilder.frozen import dataclass

if TYPE_CHECKING:
    from babel import Locale

Paper = Literal["letter", "a4"]

# Territories that print on US Letter, by CLDR; everyone else has A4.
_LETTER = frozenset(["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"])
# Scripts that run from right to left, by their ISO 15924 names, and languages that are not written in one.
_RIGHT_TO_LEFT = frozenset(["Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"])
_LEFT_TO_RIGHT = frozenset(["de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "uk", "vi", "zh"])
_NOT_LATIN = {"ja": "Jpan", "ko": "Kore", "ru": "Cyrl", "uk": "Cyrl"}
# Files that stand for other tags too: Chinese by its usual script in a region, a language by its other name.
_ALSO = {"zh": "zh-Hans", "zh-TW": "zh-Hant", "zh-HK": "zh-Hant", "zh-MO": "zh-Hant", "fil": "tl"}
_TAG = re.compile(r"([A-Za-z]{2,8})(?:-([A-Za-z]{4}))?(?:-([A-Za-z]{2}|\d{3}))?(?=-|$)")


class Quotes(NamedTuple):
    """Quotation marks, with the blanks that belong to them: those outside, and those within a quotation."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str


@dataclass(frozen=True, slots=True)
class NumberSymbols:
    """What stands before decimals, and between thousands."""

    decimal: str = "."
    group: str = ","

    def localized(self, number: str) -> str:
        """A number as English writes it ("1,250.5"), as this language does."""
        return number.translate({ord(","): self.group, ord("."): self.decimal})


ENGLISH_NUMBERS = NumberSymbols()
_FOUR_TOGETHER = ("es", "pl")  # languages that mark thousands from five digits on
_USUAL = Quotes("“", "”", "‘", "’")


def lookup(tag: str) -> tuple[str, ...]:
    """The tags that stand for a tag, the nearest first: `zh-Hant-TW`, `zh-TW`, `zh-Hant`, `zh`. Their case is that
    of the standard; variants and extensions are left out."""
    match = _TAG.match(tag)
    if match is None:
        return (tag,)
    name = match[1].lower()
    script, region = (match[2] or "").title(), (match[3] or "").upper()
    tags = ((name, script, region), (name, region), (name, script), (name,))
    return tuple(dict.fromkeys("-".join(filter(None, parts)) for parts in tags))


@dataclass(frozen=True)
class Language:
    """A language by its tag, and how it writes."""

    tag: str

    @property
    def quotes(self) -> Quotes:
        """Its quotation marks; the English ones where none are known."""
        table = _quotes(self._file_name)
        tags = (*lookup(self.tag), self._file_name or "")
        return next((table[tag] for tag in tags if tag in table), _USUAL)

    @property
    def paper(self) -> Paper:
        """The paper usual where it is spoken: in its region, or where most of its speakers live."""
        return "letter" if self._region in _LETTER else "a4"

    @property
    def right_to_left(self) -> bool:
        """Whether it is written from right to left: in the script that its tag names, else in its usual one."""
        match = _TAG.match(self.tag)
        if match and match[2]:
            return match[2].title() in _RIGHT_TO_LEFT
        if match and match[1].lower() in _LEFT_TO_RIGHT:  # nearly all decks: loading Babel for that would take a while
            return False
        return self._locale is not None and self._locale.character_order == "right-to-left"

    @property
    def script(self) -> str:
        """The script that it is written in, by its ISO 15924 name: that of its tag, else its usual one; "" where none is
        known."""
        match = _TAG.match(self.tag)
        if match and match[2]:
            return match[2].title()
        if match and (name := match[1].lower()) in _LEFT_TO_RIGHT and name != "zh":
            return _NOT_LATIN.get(name, "Latn")
        return next((part for part in self._likely.split("_")[1:] if len(part) == 4), "")

    @property
    def with_region(self) -> str:
        """The tag with a region, as Office expects it; as it is where none is known."""
        region = self._region
        return self.tag if re.search(r"-([A-Za-z]{2}|\d{3})\b", self.tag) or not region else f"{self.tag}-{region}"

    def date(self, date: dt.date) -> str:
        """The date in words; in ISO form where nothing is known."""
        if self._locale is None:
            return date.isoformat()
        if months := self._file.get("months"):
            return f"{date.day} {months[date.month - 1]} {date.year}"
        from babel.dates import format_date

        return format_date(date, "long", locale=self._locale)

    def dates(self, dates: Sequence[dt.date]) -> str | None:
        """Several dates in words, days that follow one another as one stretch of time; None for none."""
        if not dates:
            return None
        if len(dates) == 1 or self._locale is None or "months" in self._file:
            return ", ".join(map(self.date, dates))
        if all(after - before == dt.timedelta(days=1) for before, after in pairwise(dates)):
            return self._stretch(dates[0], dates[-1], self._locale)
        from babel.lists import format_list

        return format_list([self.date(date) for date in dates], locale=self._locale)

    def _stretch(self, first: dt.date, last: dt.date, locale: Locale) -> str:
        """From one date to another: what they share is said once, as CLDR has it, with the month as dates have it."""
        known = locale.interval_formats.get("yMMMMd") or locale.interval_formats.get("yMMMd", {})
        differ = "y" if first.year != last.year else "M" if first.month != last.month else "d"
        if differ not in known:
            return f"{self.date(first)} – {self.date(last)}"
        from babel.dates import format_date

        named = "MMMM" in str(locale.date_formats["long"].pattern)
        parts = [re.sub(r"(?<!M)MMM(?!M)", "MMMM", part) if named else part for part in known[differ]]
        words = [format_date(date, part, locale=locale) for date, part in zip((first, last), parts, strict=True)]
        return "".join(words).replace("\u2009", " ").replace("\u202f", "\u00a0")

    def clock(self, time: dt.time) -> str:
        """The time of day, by the 24 hours of the clock: 09:05."""
        skeletons = self._locale.datetime_skeletons if self._locale else {}
        if "Hm" not in skeletons:
            return time.strftime("%H:%M")
        from babel.dates import format_time

        return format_time(time, skeletons["Hm"].pattern, locale=self._locale)

    def number(self, value: float) -> str:
        """The number, of at most six digits, with the language's decimal mark: 2.5."""
        words = f"{value:g}"
        return self.numbers.localized(words) if "." in words else words

    def figure(self, value: float, decimals: int = 0) -> str:
        """The number in full, with the language's symbols: 105,007, and 1024 where four digits stand together."""
        short = abs(value) < 10_000 and self.tag.split("-")[0] in _FOUR_TOGETHER
        return self.numbers.localized(f"{value:.{decimals}f}" if short else f"{value:,.{decimals}f}")

    @property
    def numbers(self) -> NumberSymbols:
        """The symbols in its numbers; English ones where none are known. Narrow blanks between thousands are ordinary
        no-break ones, which every font has."""
        if self._plain_english or self._locale is None:
            return ENGLISH_NUMBERS
        symbols = self._locale.number_symbols["latn"]
        return NumberSymbols(symbols["decimal"], symbols["group"].replace("\u202f", "\u00a0").replace("'", "’"))

    def plural(self, value: float) -> str:
        """The plural form that goes with a number, as CLDR calls it: "one", "few", "many", "other" ..."""
        if self._plain_english:
            return "one" if value == 1 else "other"
        return str(self._locale.plural_form(value)) if self._locale else "other"

    @property
    def words(self) -> dict[str, Any] | None:
        """deckbuilder's own words by name, each a text or its plural forms; None where it has none."""
        return self._file.get("words")

    @property
    def formula_words(self) -> dict[str, str] | None:
        """How formulas are said, by name and by sign; None where deckbuilder has no words."""
        return self._file.get("formulas")

    @property
    def reviewed(self) -> bool:
        """Whether somebody who speaks the language has read the words; False too where there are none."""
        return bool(self._file.get("reviewed"))

    @property
    def _file_name(self) -> str | None:
        """The file that holds the language; None where there is none."""
        return _file_name(self.tag)

    @property
    def _file(self) -> dict[str, Any]:
        return _file(self._file_name) if self._file_name else {}

    @property
    def _region(self) -> str | None:
        match = _TAG.match(self.tag)
        if match and match[3]:
            return match[3].upper()
        region = self._likely.rpartition("_")[2]
        return region if re.fullmatch("[A-Z]{2}", region) else None

    @property
    def _likely(self) -> str:
        """Its tag with its usual script and region, by CLDR (`de_Latn_DE`); "" where none are known."""
        from babel.core import get_global

        likely = get_global("likely_subtags")
        return next((likely[key] for tag in lookup(self.tag) if (key := tag.replace("-", "_")) in likely), "")

    @property
    def _plain_english(self) -> bool:
        """Whether it counts as most decks do: loading Babel for that would cost a thirtieth of a build."""
        return self.tag in ("en", "en-GB", "en-US")

    @property
    def _locale(self) -> Locale | None:
        return _locale(self.tag)


def is_tag(tag: str) -> bool:
    """Whether a word is a language tag as decks have them."""
    return re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag) is not None


def is_known(tag: str) -> bool:
    """Whether somebody speaks the language of a tag, as far as CLDR knows; it knows all that have two letters, and most of the
    others that are written."""
    from babel import Locale

    return tag.partition("-")[0] in Locale("en").languages


@cache
def spoken() -> list[str]:
    """The tags of the languages that deckbuilder has words of its own in, English first."""
    names = (file.name.removesuffix(".yaml") for file in files(__name__).iterdir() if file.name.endswith(".yaml"))
    return sorted((name for name in names if name != "quotes"), key=lambda name: (name != "en", name))


@cache
def _file_name(tag: str) -> str | None:
    known = spoken()
    return next((name for one in lookup(tag) for name in (one, _ALSO.get(one)) if name in known), None)


@cache
def _file(name: str) -> dict[str, Any]:
    import yaml

    data: dict[str, Any] = yaml.load(files(__name__).joinpath(f"{name}.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return data


@cache
def _quotes(spoken_name: str | None) -> dict[str, Quotes]:
    """Quotation marks by tag: those in a language's own file, or those of all languages that have none."""
    if spoken_name is None:
        marks = {tag: marks for tags, marks in _file("quotes").items() for tag in tags.split()}
    else:
        own = _file(spoken_name)
        regions = {region: marks for regions, marks in own["quotes_in"].items() for region in regions.split()}
        marks = {spoken_name: own["quotes"], **{f"{spoken_name}-{region}": m for region, m in regions.items()}}
    return {tag: Quotes(*text.split(" ")) for tag, text in marks.items()}


@cache
def _locale(tag: str) -> Locale | None:
    from babel.core import Locale, UnknownLocaleError

    for name in lookup(tag):
        try:
            return Locale.parse(name, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None
