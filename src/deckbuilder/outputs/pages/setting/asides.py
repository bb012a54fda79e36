"""Elements that flow around what stands at their side: a slide's cues beside and below its thumbnail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Flowable, Spacer
from reportlab.platypus.flowables import DDIndenter

from deckbuilder.frozen import dataclass
from deckbuilder.outputs.pages.flowables import Grid
from deckbuilder.outputs.pages.setting.grids import grid
from deckbuilder.outputs.pages.setting.setting import Blocks, Setting
from deckbuilder.outputs.pages.setting.words import text
from deckbuilder.outputs.pages.signs import CueSign
from deckbuilder.outputs.pages.tagging.flowables import Items, Words
from deckbuilder.outputs.tree import Element

_CUE_SIGN = 15.0
_CUE_MEASURE = 22  # times the type's size: where less is left beside a label, words stand below it
_CUE_SPACE = 4.0  # above a cue, where a page has room for it
_LONG = 4  # lines: a cue that may stand by itself
_ROWS: list[Any] = [
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 1),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
]


def cue(setting: Setting, element: Element, width: float) -> Blocks:
    """A labelled cue: a sign and a word at the edge where lines begin, what to do beside them, or below them where
    that would be too narrow. Between paragraphs it may part, and between a list's items, two of them at least on each side; in a
    panel it is several tables for that, since ReportLab divides none that stands in another."""
    sign, head, words = _cue(setting, element, width)
    rows = _rows(words)
    if not setting.parting:
        return [_set_cue(setting, sign, head, rows, width)]
    first, *others = _groups(rows)
    made = [_set_cue(setting, sign, head, first, width), *(_set_rest(setting, group, width) for group in others)]
    for one in made[1:]:
        one.spaceBefore = 0
    return list(made)


@dataclass
class _Row:
    """A block of a cue, with the space below it, and whether it stays with the next."""

    block: Flowable
    below: float
    tied: bool = False


def _rows(words: Blocks) -> list[_Row]:
    """A cue's blocks as rows, lists item by item."""
    rows: list[_Row] = []
    for block in words:
        if isinstance(block, Spacer):
            if rows:
                rows[-1].below += block.height
        elif isinstance(block, Items):
            items = [_Row(item, item.getSpaceAfter()) for item in block.split(0, 0)]
            for number, item in enumerate(items):
                item.tied = len(items) > 1 and number in (0, len(items) - 2)
            rows += items
        else:
            rows.append(_Row(block, block.getSpaceAfter(), bool(block.getKeepWithNext())))
    return rows


def _groups(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Rows that stay together."""
    groups: list[list[_Row]] = [[]]
    for number, row in enumerate(rows):
        if number and not rows[number - 1].tied:
            groups.append([])
        groups[-1].append(row)
    return groups


def _cue(setting: Setting, element: Element, width: float) -> tuple[CueSign, Words, Blocks]:
    """The sign, the label and the words of a cue."""
    kind, label = element.get("kind"), element.get("label")
    with setting.inside("Div", element):
        said = Element("p", content=(label if setting.page.large else label.upper(),))
        head = text(setting, said, "cue-label", setting.here.add("P"))
        beside = 0 if _label_above(setting, width) else setting.cue_label
        words = setting.cell(element, width - _CUE_SIGN - beside)
    return CueSign(kind, setting.page.color("accent"), setting.page.rtl), head, words


def _label_above(setting: Setting, width: float) -> bool:
    page = setting.page
    return page.large or width - _CUE_SIGN - setting.cue_label < _CUE_MEASURE * page.size


def _set_cue(setting: Setting, sign: CueSign, head: Words, rows: Sequence[_Row], width: float) -> Grid:
    """A cue as a table: the label keeps the first row; others may go on over the page."""
    above = _label_above(setting, width)
    cells: list[Any] = [[_cell(row)] for row in rows] or [[]]
    cells[0] = [[sign], [head, *cells[0]]] if above else [[sign], [head], *(cells[0] or [[]])]
    cells[1:] = [[*([[]] if above else [[], []]), *row] for row in cells[1:]]
    label = setting.cue_label
    widths = [_CUE_SIGN, width - _CUE_SIGN] if above else [_CUE_SIGN, label, width - _CUE_SIGN - label]
    made = grid(setting, cells, widths, _row_looks(rows))
    made.spaceBefore = _CUE_SPACE
    long = bool(rows) and _high([row.block for row in rows], width) > _LONG * setting.page.styles["cue"].leading
    made.blocks = 2 if long else 1
    return made


def _cell(row: _Row) -> Blocks:
    return [row.block]


def _set_rest(setting: Setting, rows: Sequence[_Row], width: float) -> Grid:
    """What goes on below a cue's first rows, as far from the left as they are."""
    indent = _CUE_SIGN + (0 if _label_above(setting, width) else setting.cue_label)
    return grid(setting, [[[], _cell(row)] for row in rows], [indent, width - indent], _row_looks(rows))


def _row_looks(rows: Sequence[_Row]) -> list[Any]:
    """Spaces between the rows as the blocks have them in a column, and what stays together."""
    looks = [*_ROWS]
    for number, row in enumerate(rows[:-1]):
        looks += [("TOPPADDING", (0, number + 1), (-1, number + 1), 0)]
        looks += [("BOTTOMPADDING", (0, number), (-1, number), max(2.0, row.below))]
        looks += [("NOSPLIT", (0, number), (0, number + 1))] if row.tied else []
    return looks


def aside(setting: Setting, element: Element, width: float) -> Blocks:
    """Two cells: what is in the first stands where lines begin, `width` wide, or where they end (`side="right"`); what is in the
    second begins beside it and goes on below it over the whole width. The first block of that is read before all else."""
    side, main = element.children
    if element.get("side") == "right":
        return _running(setting, element, width)
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
            # A few lines may hang lower than the figure: below it they would take more room, and leave some empty beside it.
            if high - max(left, 0.0) <= (0.0 if left <= 0 else _high(made, width)):
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


def _running(setting: Setting, element: Element, width: float) -> Blocks:
    """Running text with something at its right: paragraphs and lists go on below it where they are longer."""
    side, main = element.children
    gap, wide = float(element.get("gap", "14")), float(element.get("width") or width / 3)
    narrow = width - wide - gap
    first, *others = main.children or (Element("p"),)
    beside = narrow >= setting.page.readable
    begun = setting.blocks(Element("cell", content=(first,)), width)
    figure = setting.cell(side, wide if beside else width)
    text = [*begun, *setting.blocks(Element("cell", content=tuple(others)), width)]
    if not beside:
        return [*figure, *text]
    near, under = _parted(text, narrow, _high(figure, wide) + setting.page.size)
    looks: list[Any] = [(f"{edge}PADDING", (0, 0), (-1, -1), 0) for edge in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    pair = grid(setting, [[near, [], figure]], [narrow, gap, wide], looks)
    pair.spaceAfter = float(near[-1].getSpaceAfter()) if near else 0.0
    return [pair, *under]


def _parted(blocks: Blocks, width: float, room: float) -> tuple[Blocks, Blocks]:
    """The running text that there is room for, with paragraphs broken between lines and lists between items; and what is
    left, from the first block that is no running text."""
    near: Blocks = []
    rest = list(blocks)
    while rest and isinstance(rest[0], Words | Items | Spacer | DDIndenter):
        high = _high(rest[:1], width)
        if high <= room:
            room -= high
            near.append(rest.pop(0))
        elif isinstance(rest[0], Items):
            rest[:1] = rest[0].split(0, 0)
        else:
            parts = rest[0].split(width, room) if isinstance(rest[0], Words) else []
            if len(parts) == 2:
                near.append(parts[0])
                rest[:1] = parts[1:]
            break
    return near, rest


def _around(setting: Setting, element: Element, narrow: float, width: float, room: float) -> tuple[Blocks, Blocks]:
    """A cue in two parts: what there is room for at the narrow place, and what goes on below that over the whole width."""
    sign, head, words = _cue(setting, element, width)
    rows = _rows(words)
    whole = _set_cue(setting, sign, head, rows, narrow)
    if _high([whole], narrow) <= room:
        return [whole], []
    first = words[0]
    label = head.wrap(narrow, room)[1] if _label_above(setting, narrow) else 0.0
    parts = first.split(narrow - _CUE_SIGN, room - label - 4) if isinstance(first, Words) else []
    if len(parts) < 2:
        return [], [_set_cue(setting, sign, head, rows, width)]
    rest = _set_rest(setting, [_Row(parts[1], rows[0].below), *rows[1:]], width)
    return [_set_cue(setting, sign, head, [_Row(parts[0], 0)], narrow)], [rest]


def _high(blocks: Blocks, width: float) -> float:
    """How high blocks are, one below the other."""
    spaces = (float(block.getSpaceBefore()) + float(block.getSpaceAfter()) for block in blocks)
    return sum(float(block.wrapOn(None, width, 0xFFFFFF)[1]) for block in blocks) + sum(spaces)
