"""Elements that say how blocks follow each other on pages."""

from __future__ import annotations

from reportlab.platypus import CondPageBreak, PageBreak, Spacer

from deckbuilder.outputs.pages.flowables import Anchor, Grid, RightPage, Together
from deckbuilder.outputs.pages.setting.setting import Blocks, Setting
from deckbuilder.outputs.pages.tagging.flowables import Items
from deckbuilder.outputs.tree import Element

_SPLITTABLE_ROWS, _FEW_ROWS = 7, 130.0  # rows of a table, and points


def keep(setting: Setting, element: Element, width: float) -> Blocks:
    """Blocks that stand on one page, unless they are higher than `most` of it. In a cell the row
    already holds them together."""
    blocks = setting.blocks(element, width)
    height = setting.page.height - setting.page.top - setting.page.bottom
    most = float(element.get("most", "0")) * height or None
    return blocks if setting.depth else [Together(blocks, most)]


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


def held_together(blocks: Blocks) -> Blocks:
    """Headings and anchors joined to the group that follows them: ReportLab's own keepWithNext stops
    before a KeepTogether, and before a list."""
    out: Blocks = []
    waiting: Blocks = []
    for block in blocks:
        if isinstance(block, Grid) and len(block._cellvalues) > _SPLITTABLE_ROWS:
            # A long table may be divided: its heading needs room for a few rows, not for all.
            for waiter in waiting:
                waiter.keepWithNext = 0
            out.extend([CondPageBreak(_FEW_ROWS), *waiting, block] if waiting else [block])
            waiting = []
        elif isinstance(block, Together):
            out.append(Together([*waiting, *block._content], block.most) if waiting else block)
            waiting = []
        elif block.getKeepWithNext():
            waiting.append(block)
        elif waiting and isinstance(block, Items):
            first, *rest = block.split(0, 0)  # a list's items, each with its bullet
            out.extend([Together([*waiting, first]), *rest])
            waiting = []
        else:
            out.extend([*waiting, block])
            waiting = []
    return [*out, *waiting]
