"""How wide text is in families whose files nobody has here: what stands in for them, and how many times as wide they are.

`widths.tsv` holds the mean advance of running text in some 2,000 families, and says whose numbers they are; docs/font_widths.py
made it. Single lines differ from the mean, so what is measured gets a margin; a family that is not in the table is taken to be as
wide as nine in ten of its kind.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from deckbuilder.frozen import dataclass

Source = Literal["published", "twin", "itself", "estimate", "unknown"]

# 99 in 100 lines of thirty characters are at most 4 % wider than the mean would have them; docs/font_widths.py tells.
_MARGIN = {"estimate": 1.07, "unknown": 1.0}
_USUAL_MARGIN = 1.04
# Families that come along: their own mean advance, regular and bold, in ems.
_OWN = {
    "Calibri": (0.4102, 0.4194),
    "Arial": (0.4458, 0.48),
    "Georgia": (0.4458, 0.502),
    "Courier New": (0.6001, 0.6001),
}
# Nine in ten families of a kind are at most as wide.
_WIDE = {"serif": (0.5169, 0.5332), "monospace": (0.62, 0.62), "sans-serif": (0.503, 0.5229)}
_TALL = 1.4  # ems: three in four families without serifs are no taller, and so is one that is not known

_SERIF = re.compile(
    r"serif|slab|garamond|caslon|baskerville|times|didot|bodoni|merriweather|playfair|lora\b|palatino|roman\b", re.I
)
_MONO = re.compile(r"\bmono\b|mono$|courier|typewriter|\bcode\b|console", re.I)
_WEIGHT = re.compile(
    r"[ -]+(?:(?P<heavy>semi ?bold|demi(?: ?bold)?|bold|extra ?bold|ultra ?bold|heavy|black)|thin|hairline|extra ?light|"
    r"ultra ?light|light|book|regular|normal|medium|roman|italic)$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a family without files is measured and drawn by: `stand_in`, one that comes along, and how many times as wide it
    is, regular and bold. `line` is its own line height in ems, `source` whose numbers these are."""

    stand_in: str
    regular: float
    bold: float
    line: float
    source: Source

    def factor(self, bold: bool) -> float:
        return self.bold if bold else self.regular


@cache
def measure_of(family: str) -> Measure:
    """How text in the family is measured, whatever it is called."""
    row = _table().get(family.casefold())
    if row is None and (weight := _WEIGHT.search(family)):
        row = _table().get(family[: weight.start()].casefold())
        if row is not None:  # a cut of a family that is known
            kind, regular, bold, line, _ = row
            row = kind, bold if weight["heavy"] else regular, bold, line, "estimate"
    if row is None:
        kind = "monospace" if _MONO.search(family) else "serif" if _is_serif(family) else "sans-serif"
        row = kind, *_WIDE[kind], _TALL, "unknown"
    kind, regular, bold, line, source = row
    other = {"serif": "Georgia", "monospace": "Courier New"}.get(kind, "Arial")
    own = _OWN[other]
    if other == "Arial" and abs(regular - _OWN["Calibri"][0]) < abs(regular - own[0]):
        other, own = "Calibri", _OWN["Calibri"]
    margin = _MARGIN.get(source, _USUAL_MARGIN)
    return Measure(other, margin * regular / own[0], margin * bold / own[1], line, cast(Source, source))


def _is_serif(family: str) -> bool:
    return bool(_SERIF.search(family)) and not re.search("sans|grotesk|gothic", family, re.I)


@cache
def _table() -> dict[str, tuple[str, float, float, float, str]]:
    """Kind, width in regular and in bold, line height, and source of each family, by its name in small letters."""
    text = files("deckbuilder.theme").joinpath("widths.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {
        family.casefold(): (kind, float(regular), float(bold), float(line), source)
        for family, kind, regular, bold, line, source in rows
    }
