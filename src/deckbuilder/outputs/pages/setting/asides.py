"""Elements that flow around what stands at their side: a slide's cues beside and below its thumbnail."""

from __future__ import annotations

from typing import Any

from deckbuilder.outputs.pages.flowables import Grid
from deckbuilder.outputs.pages.setting.grids import grid
from deckbuilder.outputs.pages.setting.setting import Blocks, Setting
from deckbuilder.outputs.pages.setting.words import text
from deckbuilder.outputs.pages.signs import CueMark
from deckbuilder.outputs.pages.tagging.flowables import Words
from deckbuilder.outputs.tree import Element

_CUE_SIGN = 15.0
_CUE_MEASURE = 22  # times the type's size: where less is left beside a label, words stand below it
_LONG = 4  # lines: a cue that may stand by itself
_ROWS: list[Any] = [
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 1),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
]


def cue(setting: Setting, element: Element, width: float) -> Blocks:
    """A labelled cue: a sign and a word at the edge where lines begin, what to do beside them, or below them where
    that would be too narrow."""
    sign, head, words = _cue(setting, element, width)
    return [_set_cue(setting, sign, head, words, width)]


def _cue(setting: Setting, element: Element, width: float) -> tuple[CueMark, Words, Blocks]:
    """The sign, the label and the words of a cue."""
    kind, label = element.get("kind"), element.get("label")
    with setting.inside("Div", element):
        said = Element("p", content=(label if setting.page.large else label.upper(),))
        head = text(setting, said, "cue-label", setting.here.add("P"))
        beside = 0 if _label_above(setting, width) else setting.cue_label
        words = setting.cell(element, width - _CUE_SIGN - beside)
    return CueMark(kind, setting.page.color("accent"), setting.page.rtl), head, words


def _label_above(setting: Setting, width: float) -> bool:
    page = setting.page
    return page.large or width - _CUE_SIGN - setting.cue_label < _CUE_MEASURE * page.size


def _set_cue(setting: Setting, sign: CueMark, head: Words, words: Blocks, width: float) -> Grid:
    looks = [*_ROWS, ("TOPPADDING", (0, 0), (0, 0), 4)]
    if _label_above(setting, width):
        # The label keeps the first of the words; others may go on over the page.
        rows: list[Any] = [[[sign], [head, *words[:1]]], *([[], [block]] for block in words[1:])]
        made = grid(setting, rows, [_CUE_SIGN, width - _CUE_SIGN], looks)
    else:
        label = setting.cue_label
        made = grid(setting, [[[sign], [head], words]], [_CUE_SIGN, label, width - _CUE_SIGN - label], looks)
    long = bool(words) and _high(words, width) > _LONG * setting.page.styles["cue"].leading
    made.blocks = 2 if long else 1
    return made


def aside(setting: Setting, element: Element, width: float) -> Blocks:
    """Two cells: what is in the first stands where lines begin, `width` wide; what is in the second begins beside it and goes on
    below it over the whole width. The first block of that is read before all else."""
    side, main = element.children
    gap = float(element.get("gap", "14"))
    wide = float(element.get("width") or width / 3)
    narrow = width - wide - gap
    heading, *others = main.children
    beside = setting.cell(Element("cell", content=(heading,)), narrow)
    figure = setting.cell(side, wide)
    # What is left beside the figure; a line may hang a little lower.
    left = _high(figure, wide) + setting.page.size - _high(beside, narrow)
    below: Blocks = []
    blocks = 0
    for number, other in enumerate(others):
        if other.tag == "space":
            continue
        if other.tag == "cue" and narrow >= setting.page.readable:
            near, under = _around(setting, other, narrow, width, left)
            beside += near
            left -= _high(near, narrow)
            below += under
            blocks += bool(near)
        elif other.tag == "p":
            made = setting.cell(Element("cell", content=(other,)), narrow)
            high = _high(made, narrow)
            if high <= left:
                beside += made
                left -= high
            else:
                below += made
        else:
            below += setting.blocks(Element("cell", content=(other,)), width)
        if below:
            below += setting.blocks(Element("cell", content=tuple(others[number + 1 :])), width)
            break
    looks: list[Any] = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    pair = grid(setting, [[figure, [], beside]], [wide, gap, narrow], looks)
    pair.spaceAfter = 4
    pair.blocks = blocks
    return [pair, *below]


def _around(setting: Setting, element: Element, narrow: float, width: float, room: float) -> tuple[Blocks, Blocks]:
    """A cue in two parts: what there is room for at the narrow place, and what goes on below that over the whole width."""
    sign, head, words = _cue(setting, element, width)
    whole = _set_cue(setting, sign, head, words, narrow)
    if _high([whole], narrow) <= room:
        return [whole], []
    first = words[0]
    label = head.wrap(narrow, room)[1] if _label_above(setting, narrow) else 0.0
    parts = first.split(narrow - _CUE_SIGN, room - label - 4) if isinstance(first, Words) else []
    if len(parts) < 2:
        return [], [_set_cue(setting, sign, head, words, width)]
    indent = _CUE_SIGN + (0 if _label_above(setting, width) else setting.cue_label)
    rest = grid(setting, [[[], [parts[1], *words[1:]]]], [indent, width - indent], _ROWS)
    return [_set_cue(setting, sign, head, parts[:1], narrow)], [rest]


def _high(blocks: Blocks, width: float) -> float:
    return sum(float(block.wrapOn(None, width, 0xFFFFFF)[1]) + float(block.getSpaceAfter()) for block in blocks)
