"""Elements that say how blocks follow each other on pages."""

from __future__ import annotations

from reportlab.platypus import CondPageBreak, PageBreak, Spacer

from deckbuilder.outputs.pages.flowables import Together
from deckbuilder.outputs.pages.setting.setting import Blocks, Setting
from deckbuilder.outputs.pages.setting.words import repeated
from deckbuilder.outputs.pages.waypoints import Anchor, RightPage
from deckbuilder.outputs.tree import Element


def keep(setting: Setting, element: Element, width: float) -> Blocks:
    """Blocks that stand on one page, unless they are higher than `most` of it, or say what stands above the rest of them
    on a further page (`continued`). In a cell the row already holds them together."""
    blocks = setting.blocks(element, width)
    height = setting.page.height - setting.page.top - setting.page.bottom
    most = float(element.get("most", "0")) * height or None
    if setting.depth:
        return blocks
    words = element.get("continued")
    return [Together(blocks, most, repeated(setting, words, "label") if words else None)]


def anchor(setting: Setting, element: Element, width: float) -> Blocks:
    """A name for the page that this comes to stand on."""
    name = element.get("name")
    return [Anchor(name, setting.pages.__setitem__, name in setting.linked)]


def space(setting: Setting, element: Element, width: float) -> Blocks:
    """Empty space."""
    return [Spacer(1, float(element.get("height", "10")))]


def need(setting: Setting, element: Element, width: float) -> Blocks:
    """A new page unless so many points are left on this one; a right-hand one, where pages are
    printed on both sides, for `side="right"`."""
    if element.get("side") == "right" and setting.page.printing.duplex:
        return [RightPage()]
    return [CondPageBreak(float(element.get("height", "100")))]


def pagebreak(setting: Setting, element: Element, width: float) -> Blocks:
    """A new page."""
    return [PageBreak()]
