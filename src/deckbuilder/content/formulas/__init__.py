"""Formulas: found in a text, read from TeX, and said in words.

`found` tells formulas from money, `tex` reads one, `spoken` says it and `linear` writes it on a line. What knows formulas
beyond this draws them (`layout/formula.py`) or writes them for PowerPoint (`outputs/pptx/formula.py`), both from the MathML.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from deckbuilder.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as read. `tex` is what was typed, `mathml` what it means (presentation MathML without a name space, few
    elements, checked), `linear` the same on a line of text, `spoken` in words; `display` formulas stand by themselves."""

    tex: str
    mathml: str
    linear: str
    spoken: str
    display: bool = False

    @property
    def tree(self) -> ET.Element:
        """The MathML as a tree, the caller's own."""
        return ET.fromstring(self.mathml)
