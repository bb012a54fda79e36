"""Characters: which belong together, which show nothing, how wide other programs may draw them,
which scripts have to be shaped, and which cannot be set.

Everything here is Unicode's (chapter and table names are those of version 15); no font is asked.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

# What fonts need no glyph for (DerivedCoreProperties.txt, Default_Ignorable_Code_Point): soft hyphens,
# joiners, marks of direction, variation selectors, tags. They are not drawn. Nor are skin tones and keycaps that
# follow what they belong to: a font joins them with it, and without that they are a box of their own.
INVISIBLE = "\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff"
_INVISIBLE = re.compile(f"[{INVISIBLE}]|(?<=\\S)[\U0001f3fb-\U0001f3ff\u20e3]")
_JOINER = "\u200d"

# U+FE0F, which asks for an emoji, and the characters that are emoji without being told so (emoji-data.txt,
# Emoji_Presentation; from U+1F000 on nearly all are).
_EMOJI = re.compile(
    "[\ufe0f\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab\u26bd\u26be"
    "\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757"
    "\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55\U0001f000-\U0001faff]"
)

# Segoe UI Emoji, which Office draws emoji with, is 1.37 em wide; Noto Color Emoji, LibreOffice's, 1.28.
EMOJI_ADVANCE = 1.4
_WIDE_ADVANCE = 1.0  # ideographs, kana and hangul in every font made for them

# Scripts whose letters change with their neighbours or move towards them, are reordered, or run from right to left: first and
# last character of their blocks (Blocks.txt), in order.
_COMPLEX = (
    (0x0590, 0x05FF, "Hebrew"),
    (0x0600, 0x06FF, "Arabic"),
    (0x0700, 0x074F, "Syriac"),
    (0x0750, 0x077F, "Arabic"),
    (0x0780, 0x07BF, "Thaana"),
    (0x07C0, 0x07FF, "N'Ko"),
    (0x0800, 0x083F, "Samaritan"),
    (0x0840, 0x085F, "Mandaic"),
    (0x0860, 0x086F, "Syriac"),
    (0x0870, 0x08FF, "Arabic"),
    (0x0900, 0x097F, "Devanagari"),
    (0x0980, 0x09FF, "Bengali"),
    (0x0A00, 0x0A7F, "Gurmukhi"),
    (0x0A80, 0x0AFF, "Gujarati"),
    (0x0B00, 0x0B7F, "Oriya"),
    (0x0B80, 0x0BFF, "Tamil"),
    (0x0C00, 0x0C7F, "Telugu"),
    (0x0C80, 0x0CFF, "Kannada"),
    (0x0D00, 0x0D7F, "Malayalam"),
    (0x0D80, 0x0DFF, "Sinhala"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x0E80, 0x0EFF, "Lao"),
    (0x0F00, 0x0FFF, "Tibetan"),
    (0x1000, 0x109F, "Myanmar"),
    (0x1100, 0x11FF, "conjoining Hangul"),
    (0x1200, 0x139F, "Ethiopic"),
    (0x1700, 0x177F, "Philippine"),
    (0x1780, 0x17FF, "Khmer"),
    (0x1800, 0x18AF, "Mongolian"),
    (0x1900, 0x194F, "Limbu"),
    (0x1980, 0x19DF, "New Tai Lue"),
    (0x19E0, 0x19FF, "Khmer"),
    (0x1A00, 0x1A1F, "Buginese"),
    (0x1A20, 0x1AAF, "Tai Tham"),
    (0x1B00, 0x1B7F, "Balinese"),
    (0x1B80, 0x1BBF, "Sundanese"),
    (0x1BC0, 0x1BFF, "Batak"),
    (0x1C00, 0x1C4F, "Lepcha"),
    (0x1CD0, 0x1CFF, "Vedic"),
    (0x2D80, 0x2DDF, "Ethiopic"),
    (0xA800, 0xA82F, "Syloti Nagri"),
    (0xA840, 0xA87F, "Phags-pa"),
    (0xA880, 0xA8DF, "Saurashtra"),
    (0xA8E0, 0xA8FF, "Devanagari"),
    (0xA960, 0xA97F, "conjoining Hangul"),
    (0xA980, 0xA9DF, "Javanese"),
    (0xA9E0, 0xA9FF, "Myanmar"),
    (0xAA00, 0xAA5F, "Cham"),
    (0xAA60, 0xAA7F, "Myanmar"),
    (0xAA80, 0xAADF, "Tai Viet"),
    (0xAAE0, 0xAAFF, "Meetei Mayek"),
    (0xAB00, 0xAB2F, "Ethiopic"),
    (0xABC0, 0xABFF, "Meetei Mayek"),
    (0xD7B0, 0xD7FF, "conjoining Hangul"),
    (0xFB1D, 0xFB4F, "Hebrew"),
    (0xFB50, 0xFDFF, "Arabic"),
    (0xFE70, 0xFEFE, "Arabic"),
    (0x10800, 0x10FFF, "right-to-left"),
    (0x11000, 0x11FFF, "Brahmic"),
    (0x1E800, 0x1EFFF, "right-to-left"),
)
_STARTS = [first for first, _, _ in _COMPLEX]
_FIRST_COMPLEX = chr(_STARTS[0])

# Those that are written in columns, and letters that are put together of others: no font at hand has them as they should be.
_UNSUPPORTED = frozenset(["Mongolian", "Phags-pa", "conjoining Hangul"])

# From baseline to baseline, in ems, so that the marks above and below the letters of two lines do not touch: from the highest to
# the lowest ink of words with such marks in Noto Sans, bold, rounded up. What is not here has room in lines as they are.
_LEADING = {
    "Arabic": 1.4,
    "Devanagari": 1.3,
    "Bengali": 1.25,
    "Oriya": 1.3,
    "Telugu": 1.4,
    "Kannada": 1.35,
    "Sinhala": 1.25,
    "Thai": 1.5,
    "Lao": 1.45,
    "Myanmar": 1.6,
    "Khmer": 1.4,
}


def visible(text: str) -> str:
    """The text without the characters that are not drawn."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def clusters(text: str) -> list[str]:
    """The text in what a reader takes for single characters: a base with the marks, selectors and
    skin tones after it, what zero-width joiners join, and Indic letters that are written as one."""
    out: list[str] = []
    for character in text:
        if out and (_follows(character) or out[-1][-1] == _JOINER or _joins(out[-1][-1], character)):
            out[-1] += character
        else:
            out.append(character)
    return out


def _joins(before: str, character: str) -> bool:
    """Whether a letter is drawn together with the one before it, whose vowel is struck (UAX #29, GB9c)."""
    return before >= _FIRST_COMPLEX and unicodedata.combining(before) == 9 and complex_script(character) is not None


def _follows(character: str) -> bool:
    return (
        "\U0001f3fb" <= character <= "\U0001f3ff"
        or unicodedata.category(character).startswith("M")
        or bool(_INVISIBLE.match(character))
    )


def is_control(character: str) -> bool:
    """Whether it controls something or separates lines, and has no look, though fonts may have a glyph for it."""
    return unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")


def is_private(character: str) -> bool:
    """Whether each font may make of it what it likes."""
    return unicodedata.category(character) == "Co"


def has_emoji(text: str) -> bool:
    """Whether other programs draw some of the text as coloured pictures."""
    return not text.isascii() and bool(_EMOJI.search(text))


_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20e2\u20e4-\u20ff\ufe20-\ufe2f]")


def has_marks(text: str) -> bool:
    """Whether there are marks that stand over, under or through the letter before them."""
    return not text.isascii() and bool(_MARKS.search(text))


_UNSPACED = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]{2}"  # compiled where it is needed, which takes a while


def breaks_anywhere(text: str) -> bool:
    """Whether some of the text is written without spaces, and breaks between any two characters:
    Chinese and Japanese are, Korean is not."""
    return not text.isascii() and max(text) >= _UNSPACED[1] and bool(re.search(_UNSPACED, text))


def least_advance(character: str) -> float:
    """The width, in ems, that a character may take in the font that another program finds for it; 0
    for letters, which the fonts at hand are measured for."""
    category = unicodedata.category(character)
    if category == "So" or (character >= "\U0001f000" and category[0] == "S"):
        return EMOJI_ADVANCE
    if category == "Sm" or (unicodedata.east_asian_width(character) in "WF" and category[0] != "M"):
        return _WIDE_ADVANCE
    return 0.0


def is_complex(text: str) -> bool:
    """Whether some of it has to be shaped: letters that join, change places, or run from right to left."""
    return not text.isascii() and max(text) >= _FIRST_COMPLEX and any(map(complex_script, text))


def complex_script(character: str) -> str | None:
    """The character's script, where it is one that has to be shaped."""
    code = ord(character)
    place = bisect_right(_STARTS, code) - 1
    if place < 0:
        return None
    _, last, name = _COMPLEX[place]
    return name if code <= last else None


def unsupported_script(character: str) -> str | None:
    """The character's script, where it is one that cannot be set, whatever fonts there are."""
    script = complex_script(character)
    return script if script in _UNSUPPORTED else None


def leading(text: str) -> float:
    """How far apart lines have to be for the marks of its letters, in ems; 0 for as far as lines are anyway."""
    if not is_complex(text):
        return 0.0
    return max((_LEADING.get(complex_script(c) or "", 0.0) for c in set(text)), default=0.0)


def named(character: str) -> str:
    """The character for a message: itself and its number, or the number alone."""
    number = f"U+{ord(character):04X}"
    return f"'{character}' ({number})" if character.isprintable() and not character.isspace() else number
