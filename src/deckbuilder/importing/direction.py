"""Which language an old deck is in, and which of its slides are read from right to left.

Programs name languages carelessly: many name none, and some call every paragraph English that was typed on an English
machine. So a named language counts as far as the letters are those that it is written in, and letters tell the rest.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from deckbuilder.importing.old import Graph, Grid, Shape
from deckbuilder.languages import Language
from deckbuilder.units import Rect

# Scripts that writing systems of several take their letters from, by the system's ISO 15924 name.
_WRITTEN_WITH = {
    "Jpan": ("Hira", "Kana", "Hani"),
    "Kore": ("Hang", "Hani"),
    "Hans": ("Hani",),
    "Hant": ("Hani",),
}
# Letters that Arabic has not, by the languages that have them; one in so many letters is enough to tell.
_BEYOND_ARABIC = (
    ("ur", "ٹڈڑںےہ"),
    ("ps", "ټډړږښڼ"),
    ("ckb", "ێۆڵڕ"),
    ("fa", "پچژگکی"),
)
_TELLING = 100
# ISO 15924 names of scripts, by the word that the names of their letters begin with in Unicode.
_SCRIPTS = {
    "LATIN": "Latn",
    "GREEK": "Grek",
    "CYRILLIC": "Cyrl",
    "ARMENIAN": "Armn",
    "GEORGIAN": "Geor",
    "HEBREW": "Hebr",
    "ARABIC": "Arab",
    "SYRIAC": "Syrc",
    "THAANA": "Thaa",
    "NKO": "Nkoo",
    "ADLAM": "Adlm",
    "DEVANAGARI": "Deva",
    "BENGALI": "Beng",
    "GURMUKHI": "Guru",
    "GUJARATI": "Gujr",
    "ORIYA": "Orya",
    "TAMIL": "Taml",
    "TELUGU": "Telu",
    "KANNADA": "Knda",
    "MALAYALAM": "Mlym",
    "SINHALA": "Sinh",
    "THAI": "Thai",
    "LAO": "Laoo",
    "TIBETAN": "Tibt",
    "MYANMAR": "Mymr",
    "KHMER": "Khmr",
    "ETHIOPIC": "Ethi",
    "CJK": "Hani",
    "HIRAGANA": "Hira",
    "KATAKANA": "Kana",
    "HANGUL": "Hang",
    "CHEROKEE": "Cher",
    "MONGOLIAN": "Mong",
    "TIFINAGH": "Tfng",
}
_BACKWARDS = ("R", "AL")


def scripts_in(words: str) -> Counter[str]:
    """How many letters of each script there are in words, by ISO 15924 names; digits and marks are of none."""
    if words.isascii():
        count = sum(map(str.isalpha, words))
        return Counter({"Latn": count} if count else {})
    found = Counter(_SCRIPTS.get(unicodedata.name(c, "").partition(" ")[0], "") for c in words if c.isalpha())
    found.pop("", None)
    return found


def backwards(words: str) -> bool | None:
    """Whether most letters in words run from right to left; None for words without letters."""
    if words.isascii():
        return False if any(map(str.isalpha, words)) else None
    runs = [unicodedata.bidirectional(c) in _BACKWARDS for c in words if c.isalpha()]
    return 2 * sum(runs) > len(runs) if runs else None


@dataclass
class Tongues:
    """What is known of a deck's language: `named` counts the letters in each language that runs name and whose letters they
    are, `scripts` all letters by their scripts, `beyond` those that tell languages of one script apart."""

    named: Counter[str] = field(default_factory=Counter)
    scripts: Counter[str] = field(default_factory=Counter)
    beyond: Counter[str] = field(default_factory=Counter)

    def heard(self, words: str, tag: str) -> None:
        """Takes in the words of a run, which the file says to be in the language of `tag`, "" for none."""
        found = scripts_in(words)
        if not found:
            return
        self.scripts += found
        for language, letters in _BEYOND_ARABIC if "Arab" in found else ():
            self.beyond[language] += sum(map(words.count, letters))
        if tag and _written_in(tag, found.most_common(1)[0][0]):
            self.named[tag] += found.total()

    def language(self, usual: str) -> str:
        """The tag of the language that most is in: one that the file names, `usual` where letters do not speak against it,
        else the one that is mostly written in such letters."""
        if not self.scripts:
            return usual
        script = self.scripts.most_common(1)[0][0]
        if any(name in self.scripts for name in ("Hira", "Kana")) and script == "Hani":
            script = "Hira"
        named = Counter({tag: n for tag, n in self.named.items() if _written_in(tag, script)})
        if named:
            return named.most_common(1)[0][0]
        if _written_in(usual, script):
            return usual
        if script == "Arab":
            least = self.scripts[script] / _TELLING
            return next((tag for tag, _ in _BEYOND_ARABIC if self.beyond[tag] > least), "ar")
        from babel.core import get_global

        likely = str(get_global("likely_subtags").get(f"und_{script}", ""))
        return likely.partition("_")[0] or usual


@cache
def _written_in(tag: str, script: str) -> bool:
    """Whether a language is written in a script; so is one that nothing is known of."""
    own = Language(tag).script
    return own in ("", script) or script in _WRITTEN_WITH.get(own, ())


def runs_backwards(shapes: Sequence[Shape], language: str) -> bool:
    """Whether a slide's shapes are read from right to left: as most of their letters are, as the deck's language is without
    any."""
    found = backwards(" ".join(_words(shape) for shape in shapes))
    return Language(language).right_to_left if found is None else found


def _words(shape: Shape) -> str:
    content = shape.content
    if isinstance(content, Grid):
        return " ".join(line.plain for row in content.rows for cell in row for line in cell)
    if isinstance(content, Graph):
        return " ".join([content.title, *content.categories, *(name for name, _ in content.series)])
    return " ".join(line.plain for line in shape.lines)


def mirrored(shapes: Sequence[Shape], width: float) -> list[Shape]:
    """The shapes where they would stand on a slide that is read from left to right; `width` is the slide's, in points."""
    return [replace(s, rect=across(s.rect, width)) if s.rect is not None else s for s in shapes]


def across(rect: Rect, width: float) -> Rect:
    """The place on the other side of a slide of that width."""
    return replace(rect, x=width - rect.right)
