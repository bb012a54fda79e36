"""Elements that are set as grids: boxes, rows, tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from reportlab.platypus import Spacer, TableStyle

from deckbuilder.outputs.pages.flowables import Grid, WritingLines
from deckbuilder.outputs.pages.mirroring import MirroredGrid
from deckbuilder.outputs.pages.setting.setting import Blocks, Setting
from deckbuilder.outputs.pages.setting.words import text
from deckbuilder.outputs.pages.tagging.flowables import Items
from deckbuilder.outputs.pages.tagging.structure import Node
from deckbuilder.outputs.pages.waypoints import PageNumber
from deckbuilder.outputs.tree import Element, in_reading_order

_PAD = 4  # points beside what is in a table's cells
_OTHERS = (0.3, 0.4)  # of a table: what columns without a width have at least, and where they hold so much
_PICTURE = 120.0  # points: as narrow as a picture beside another may get
_TOGETHER = 4  # rows of class "group" that follow one another at most on one page


def box(setting: Setting, element: Element, width: float) -> Blocks:
    """A panel: `class` is panel (tinted), rule (a bar where lines begin) or card (outlined). Between its blocks it may part."""
    kind = element.get("class", "panel")
    pad = 12.0
    with setting.inside("Div", element), setting.in_panel():
        inner = setting.cell(element, width - 2 * pad - 4)
    rows, spaces = _stacked(inner)
    top, bottom = (8.0, 6.0) if kind != "rule" else (2.0, 2.0)
    looks: list[Any] = [
        ("LEFTPADDING", (0, 0), (-1, -1), pad + (2 if kind == "rule" else 0)),
        ("RIGHTPADDING", (0, 0), (-1, -1), pad),
    ]
    for number, space in enumerate([2 * top, *spaces, 2 * bottom]):
        looks.append(("TOPPADDING", (0, number), (-1, number), space / 2))
        looks.append(("BOTTOMPADDING", (0, number - 1), (-1, number - 1), space / 2))
    looks = [look for look in looks if -1 < look[1][1] < len(rows) or look[2] == (-1, -1)]
    looks += [("NOSPLIT", (0, n), (0, n + 1)) for n, row in enumerate(rows[:-1]) if row[-1].getKeepWithNext()]
    if kind == "panel":
        looks.append(("BACKGROUND", (0, 0), (-1, -1), setting.page.color("panel")))
    elif kind == "rule":
        looks.append(("LINEBEFORE", (0, 0), (0, -1), 2.5, setting.page.color(element.get("color", "second"))))
    else:
        looks.append(("BOX", (0, 0), (-1, -1), 0.8, setting.page.color("hairline")))
    panel = grid(setting, [[row] for row in rows], [width], looks)
    panel.spaceBefore, panel.spaceAfter = 4, 10
    panel.blocks = 2
    if kind != "rule":  # whose bar goes on over the page
        panel.edges = (top, bottom)
    return [panel]


def _stacked(blocks: Blocks) -> tuple[list[Blocks], list[float]]:
    """Blocks as rows of a table, lists item by item, those that have no size with the next; and the spaces between the rows."""
    rows: list[Blocks] = [[]]
    spaces: list[float] = []
    space = 0.0
    for block in _by_items(blocks):
        if isinstance(block, Spacer):
            space += block.height
            continue
        if rows[-1] and not getattr(rows[-1][-1], "_ZEROSIZE", False):
            spaces.append(space + rows[-1][-1].getSpaceAfter() + block.getSpaceBefore())
            rows.append([])
        rows[-1].append(block)
        space = 0.0
    return rows, spaces


def _by_items(blocks: Blocks) -> Iterator[Any]:
    """Blocks, with lists as their items, of which two at least stay together at either end."""
    for block in blocks:
        if not isinstance(block, Items):
            yield block
            continue
        items = list(block.split(0, 0))
        for number, item in enumerate(items):
            if number + 1 == len(items):
                item.keepWithNext = block.getKeepWithNext()
            elif number in (0, len(items) - 2):
                item.keepWithNext = 1
            yield item


def row(setting: Setting, element: Element, width: float) -> Blocks:
    """Cells side by side; `widths` are points, or * for what is left. One below the other where a share of what is left is too
    narrow to read, or to look at where there are pictures alone. `last` is the number of the cell that is read last, whatever
    its place. Those of class grid have lines around them, and room within."""
    lined = element.get("class") == "grid"
    pad = 10.0 if lined else 0.0
    gap = 0.0 if lined else float(element.get("gap", "14"))
    places = element.children
    given = element.get("widths").split() or ["*"] * len(places)
    widths = _widths(given, width)
    shares = [w for w, words in zip(widths, given, strict=True) if words == "*"]
    readable = _PICTURE if not setting.page.large and _of_pictures(places) else setting.page.readable
    below = len(widths) > 1 and shares and min(shares) < readable
    wide = {
        id(cell): w - 2 * pad - (gap if n < len(widths) - 1 else 0)
        for n, (cell, w) in enumerate(zip(places, widths, strict=True))
    }
    # The cell that is told last is made last: the structure grows in reading order.
    made = {
        id(cell): setting.blocks(cell, width) if below else setting.cell(cell, wide[id(cell)])
        for cell in in_reading_order(element)
    }
    cells = [made[id(cell)] for cell in places]
    if below:
        return [*(block for cell in cells for block in cell), Spacer(1, float(element.get("after", "0")))]
    looks: list[Any] = [
        ("LEFTPADDING", (0, 0), (-1, -1), pad),
        ("RIGHTPADDING", (0, 0), (-2, -1), pad + gap),
        ("RIGHTPADDING", (-1, 0), (-1, -1), pad),
    ]
    looks += [("TOPPADDING", (0, 0), (-1, -1), 0.8 * pad), ("BOTTOMPADDING", (0, 0), (-1, -1), 0.8 * pad)]
    if lined:
        looks.append(("GRID", (0, 0), (-1, -1), 0.8, setting.page.color("hairline")))
    aside = grid(setting, [cells], widths, looks)
    return [aside, Spacer(1, float(element.get("after", "0")))] if element.get("after") else [aside]


def _of_pictures(cells: Iterable[Element]) -> bool:
    """Whether cells hold pictures with their captions, and nothing else."""
    held = [child for cell in cells for child in cell.children]
    while any(child.tag == "keep" for child in held):
        held = [inner for child in held for inner in (child.children if child.tag == "keep" else (child,))]
    return bool(held) and all(child.tag == "figure" for child in held)


def table(setting: Setting, element: Element, width: float) -> Blocks:
    """A table: `<head>` and `<row>` of `<th>` and `<td>`; a last cell fills a row that has fewer. One with `lines` has
    them in place of words."""
    rows: list[list[Blocks]] = []
    looks: list[Any] = []
    whole = setting.here.add("Table", lang=element.language)
    lines = element.children
    columns = max((len(line.children) for line in lines), default=0)
    hairline, panel = setting.page.color("hairline"), setting.page.color("panel")
    heads, run = 0, 0
    for number, line in enumerate(lines):
        cells: list[Blocks] = []
        line_node = whole.add("TR")
        for cell in line.children:
            style = "cell" if cell.tag == "td" else "head"
            if cell.get("class") == "number":
                style = "number" if cell.tag == "td" else "headnumber"
            span = columns - len(cells) if len(cells) == len(line.children) - 1 else 1
            node = _cell_node(line_node, cell, line.tag == "head", span)
            if name := cell.get("page"):
                number_style = setting.page.styles[style]
                cells.append([PageNumber(name, setting.places, number_style, node, setting.page.rtl)])
            elif count := int(cell.get("lines", "0")):
                cells.append([WritingLines(count, setting.page.color("muted"))])
            else:
                cells.append([text(setting, cell, style, node)])
        if line.tag == "head":
            heads = number + 1
            looks.append(("LINEBELOW", (0, number), (-1, number), 1.2, setting.page.color("deep")))
        elif line.get("class") == "group":
            looks.append(("BACKGROUND", (0, number), (-1, number), panel))
            run = run + 1 if number and lines[number - 1].get("class") == "group" else 1
            # It stands above its rows, never alone at a page's foot; but many of them in a row need a page between.
            if number + 1 < len(lines) and run % _TOGETHER:
                looks.append(("NOSPLIT", (0, number), (-1, number + 1)))
        elif line.get("class") == "total":
            looks.append(("LINEABOVE", (0, number), (-1, number), 1.2, setting.page.color("deep")))
        elif not any(cell.get("lines") for cell in line.children):  # which would be one line more
            looks.append(("LINEBELOW", (0, number), (-1, number), 0.4, hairline))
        rows.append(cells)
    for number, cells in enumerate(rows):
        if len(cells) < columns:
            looks.append(("SPAN", (len(cells) - 1, number), (-1, number)))
            cells.extend([[]] * (columns - len(cells)))
    widths = _columns(setting, element.get("widths").split(), width, columns, rows)
    looks += [("LEFTPADDING", (0, 0), (-1, -1), _PAD), ("RIGHTPADDING", (0, 0), (-1, -1), _PAD)]
    pad = float(element.get("pad", "3"))
    looks += [("TOPPADDING", (0, 0), (-1, -1), pad), ("BOTTOMPADDING", (0, 0), (-1, -1), pad + 1 if pad else 0)]
    looks += _units_below_each_other(setting, rows, lines, widths) if setting.page.rtl else []
    written = (number for number, line in enumerate(lines) if any(cell.get("lines") for cell in line.children))
    looks += [("BOTTOMPADDING", (0, number), (-1, number), pad + 8) for number in written]
    made = grid(setting, rows, widths, looks, repeatRows=heads)
    made.spaceAfter = 10
    return [made]


def _units_below_each_other(
    setting: Setting, rows: list[list[Blocks]], lines: Sequence[Element], widths: Sequence[float]
) -> list[Any]:
    """Paddings that take the numbers of each column to its end, at the left, all aligned to the right of the widest."""
    numbers: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        for column, cell in enumerate(line.children):
            if cell.tag == "td" and cell.get("class") == "number" and rows[number][column]:
                numbers.setdefault(column, []).append(number)
    looks = []
    for column, own in numbers.items():
        widest = max(rows[number][column][0].natural_width() for number in own) + 0.5
        before = max(_PAD, widths[column] - _PAD - widest)
        looks += [("LEFTPADDING", (column, number), (column, number), before) for number in own]
    return looks


def _columns(setting: Setting, given: list[str], width: float, count: int, rows: list[list[Blocks]]) -> list[float]:
    """The widths of a table's columns. Given ones grow with the type, and to their longest words; where they leave too little
    to the others, for what these hold, they shrink to what is in them, and then to their longest words."""
    scale = setting.page.small / 12
    given = [w if w == "*" else str(float(w) * scale) for w in given or ["*"] * count]
    widths = _widths(given, width)
    fixed = [n for n, w in enumerate(given) if w != "*"]
    if not fixed:
        return _by_content(widths, rows)
    if len(fixed) == count:
        return widths
    cells = {n: [row[n][0] for row in rows if n < len(row) and row[n]] for n in fixed}
    # Of a cell that goes on over the columns behind it, the column has to hold none.
    own = {n: [row[n][0] for row in rows if row[n] and (n + 1 == count or row[n + 1])] for n in fixed}
    holding = {n: max([widths[n], *(w.minWidth() + 8.5 for w in own[n])]) for n in fixed}
    others = [[row[n][0] for row in rows if n < len(row) and row[n]] for n in range(count) if n not in fixed]
    lines = sum(max((w.natural_width() for w in column), default=0.0) + 8.5 for column in others)
    least = max(_OTHERS[0] * width, min(_OTHERS[1] * width, lines))
    if scale == 1 and width - sum(holding.values()) >= least:
        return _widths([str(holding[n]) if n in holding else "*" for n in range(count)], width)
    longest = {n: max((w.minWidth() for w in cells[n]), default=0) + 8.5 for n in fixed}
    content = {n: max((w.natural_width() for w in cells[n]), default=0) + 8.5 for n in fixed}
    wanted = {n: max(longest[n], min(widths[n], content[n])) for n in fixed}
    spare = sum(wanted[n] - longest[n] for n in fixed)
    over = sum(wanted.values()) - (width - least)
    share = min(1.0, max(0.0, over / spare)) if spare else 0.0
    fitted = {n: wanted[n] - (wanted[n] - longest[n]) * share for n in fixed}
    return _widths([str(fitted[n]) if n in fitted else "*" for n in range(count)], width)


def _by_content(widths: list[float], rows: list[list[Blocks]]) -> list[float]:
    """The widths of columns that share a table, by what is in them: no word is torn where that can be, and a column of short
    cells is narrow."""
    columns = [[row[n][0] for row in rows if n < len(row) and row[n]] for n in range(len(widths))]
    longest = [max((w.minWidth() for w in cells), default=0.0) + 8.5 for cells in columns]
    content = [max((w.natural_width() for w in cells), default=0.0) + 8.5 for cells in columns]
    room = sum(widths)
    if sum(longest) > room:
        return widths
    if sum(content) <= room:
        spare = room - sum(content)
        return [wide + spare * wide / sum(content) for wide in content]
    share = (room - sum(longest)) / sum(c - w for c, w in zip(content, longest, strict=True))
    return [least + (wide - least) * share for least, wide in zip(longest, content, strict=True)]


def grid(setting: Setting, rows: Sequence[Any], widths: Sequence[float], looks: Iterable[Any], **options: Any) -> Grid:
    """A ReportLab table, its cells' own font (never seen, but named in the file) one of ours. Columns, and what `looks` say of
    left and right, are in reading order: the first column stands at the right where that runs from right to left."""
    font = ("FONTNAME", (0, 0), (-1, -1), setting.page.styles["p"].fontName)
    commands: list[Any] = [("VALIGN", (0, 0), (-1, -1), "TOP"), font, *looks]
    if setting.page.rtl:
        commands.append(("ALIGN", (0, 0), (-1, -1), "RIGHT"))
        return MirroredGrid(rows, colWidths=widths, style=TableStyle(commands), hAlign="RIGHT", **options)
    return Grid(rows, colWidths=widths, style=TableStyle(commands), hAlign="LEFT", **options)


def _cell_node(line: Node, cell: Element, head: bool, span: int) -> Node:
    """The node of a table's cell; heads are repeated on later pages, and count once."""
    looks = []
    if cell.tag == "th":
        looks.append(f"/Scope /{'Column' if head else 'Row'}")
    if span > 1:
        looks.append(f"/ColSpan {span}")
    node = line.add("TH" if cell.tag == "th" else "TD", once=head, lang=cell.language)
    node.looks = f"/O /Table {' '.join(looks)}" if looks else None
    return node


def _widths(given: list[str], width: float) -> list[float]:
    """Column widths in points; those given as * share what the others leave."""
    fixed = sum(float(w) for w in given if w != "*")
    stars = given.count("*")
    return [(width - fixed) / stars if w == "*" else float(w) for w in given]
