"""Typography of what is typed: apostrophes and inch marks told from quotation marks, dashes, the blanks of French."""

from __future__ import annotations

import re

from deckbuilder.content.typed import LAST
from deckbuilder.languages import Language, Quotes, lookup

_APOSTROPHE = re.compile(r"(?<![^\W_])'(?=(?:tis|twas|twere|twill)\b|\d\d(?:s\b|\b(?!')))", re.IGNORECASE)


_AND = re.compile(
    r"(?<=[^\W_])(?<!\bthe)(?<!\ban)(?<!\ba)(?<!letter)(?<!key)(?<!press)(?<!type)\s'(n)'(?=\s)", re.IGNORECASE
)


_CLIPPED = re.compile(r"(?<![^\W_])'(?=(?:til|em|cause|bout|round|cos|cuz)\b)(?!.*'(?!\w))", re.IGNORECASE)


_EN = re.compile(r"(?<=\d)--(?=\d)|(?<=\S )--(?= \S)")


_EM = re.compile(r"(?<=[^\W_])---(?=[^\W_])|(?<=\S )---(?= \S)")


_DUTCH = re.compile(r"(?<![^\W_])'(?=(?:s|t|n|k|m|r)\b)", re.IGNORECASE)


_FEET = re.compile(r"(?<=\d)'(?=\s?\d+(?:\.\d+)?\s?\")")


_DIGIT = re.compile(r"\d")


_UNITS = re.compile(
    r"(?<=\d) (?=(?:°[CF]?|[%‰€£$¥]|[ap]\.?m\.?|min|bar|px|pt|ppm|dpi|kcal|[kM]?Wh|km/h|mph|m/s|ha|lb|oz|t|h|dB|mAh?"
    r"|[kMGTcdmµμn]?(?:[mglLsWVBJ]|Hz|Pa)[²³23]?)(?!\w))"
)


_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)")


_NUMBERED = re.compile(
    r"(?<=[§№]) (?=\d)|(?:(?<=\bpp\.)|(?<=\b[pS]\.)|(?<=\b(?:[Nn]o|[Nn]r|ca)\.)|(?<=\b(?:[Ff]ig|[Aa]rt|[Aa]bb)\.)) (?=\d)"
)


_STRAIGHT = chr(LAST), chr(LAST - 1)


PRIMES = {ord(_STRAIGHT[0]): '"', ord(_STRAIGHT[1]): "'"}
"""What a straight mark is until quotation marks have been set, and what it is then, for `str.translate`."""


def typographic(text: str, language: str) -> str:
    """The text with apostrophes, marks of inches and feet, and the blanks of French, told from quotation marks."""
    tongue = lookup(language)[-1]
    if "--" in text:
        text = _EM.sub("—", _EN.sub("–", text))
    if "'" in text:
        if tongue == "en":
            text = _CLIPPED.sub("’", _APOSTROPHE.sub("’", _AND.sub(r" ’\1’", text)))
        elif tongue in ("nl", "af"):
            text = _DUTCH.sub("’", text)
    if '"' in text or "'" in text:
        text = _measured(text)
    if '"' in text or "'" in text:
        text = _nested(text, Language(language).quotes)
    if tongue == "fr":
        text = _french(text, language)
    return numbers_whole(text)


_IDEOGRAPHS = "\u3040-\u9fff\uac00-\ud7af"


_BESIDE_IDEOGRAPHS = rf"([\"'])(?=[^\n]*[{_IDEOGRAPHS}])([^\"'\n]*)\1"


def _nested(text: str, marks: Quotes) -> str:
    """Straight marks where the Markdown parser would set none or the wrong ones: within a quotation whose marks somebody typed,
    and beside ideographs, which have no blanks around their words."""
    if not text.isascii() and re.search(f"[{_IDEOGRAPHS}]", text):
        pairs = {'"': marks[:2], "'": marks[2:]}
        text = re.sub(_BESIDE_IDEOGRAPHS, lambda found: found[2].join(pairs[found[1]]), text)
    opening, closing = (re.escape(mark.strip("\u00a0\u202f")) for mark in marks[:2])
    if opening == closing or '"' not in text:
        return text
    inner = re.compile(r'"([^"\n]*)"')
    return re.sub(
        f"(?<={opening})[^{opening}{closing}\n]*(?={closing})",
        lambda found: inner.sub(lambda words: words[1].join(marks[2:]), found.group()),
        text,
    )


def _measured(text: str) -> str:
    """Marks after digits stay straight where no quotation is open: 5'10", a 12" pizza."""
    text = _FEET.sub(_STRAIGHT[1], text)
    opened = {'"': False, "'": False}
    out = list(text)
    for n, mark in enumerate(text):
        if mark not in opened:
            continue
        before, after = text[n - 1 : n], text[n + 1 : n + 2]
        if before.isdigit() and not opened[mark] and not after.isalpha():
            out[n] = _STRAIGHT[0] if mark == '"' else _STRAIGHT[1]
        elif not opened[mark] and not before.isalnum():
            opened[mark] = True
        elif opened[mark] and not after.isalnum():
            opened[mark] = False
    return "".join(out)


def numbers_whole(text: str) -> str:
    """No line begins with a number's unit, or with the rest of a number: 70 °C, 10 000, p. 5 (SI Brochure, 5.4.3)."""
    if not _DIGIT.search(text):
        return text
    text = _NUMBERED.sub("\u00a0", _UNITS.sub("\u00a0", text))
    return _THOUSANDS.sub(lambda number: number.group().replace(" ", "\u00a0"), text)


def _french(text: str, language: str) -> str:
    """No line begins with what French sets apart by a blank (Imprimerie nationale); Canada sets apart less."""
    apart = "»:" if "fr-CA" in lookup(language) else "»:;!?"
    text = re.sub(rf"[ \u202f]+(?=[{apart}%€$])", "\u00a0", text)
    text = re.sub(r"(?<=«)[ \u202f]*(?=[^\s\u00a0])", "\u00a0", text)
    text = re.sub(r"(?<=[^\s\u00a0])[ \u202f]*(?=»)", "\u00a0", text)
    return re.sub(r"(?<=\d)[ \u202f](?=\d{3}\b)|(?<=\bn°) (?=\d)", "\u00a0", text)
