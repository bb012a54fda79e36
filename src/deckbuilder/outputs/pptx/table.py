"""Tables: a native `<a:tbl>` in its placeholder, and the table style of the deck."""

from __future__ import annotations

import uuid

from deckbuilder.layout.frame import LaidText, TableItem
from deckbuilder.layout.table import CELL
from deckbuilder.ooxml.xml import attribute
from deckbuilder.outputs.pptx.scripts import on_one_line
from deckbuilder.outputs.pptx.text import RTL, Linker, cell_paragraphs
from deckbuilder.outputs.pptx.xml import color, either, position, solid
from deckbuilder.theme.color import Color
from deckbuilder.theme.theme import Theme
from deckbuilder.units import Rect, emu

_TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
_BORDER = 0.75  # points


def _size(cell: LaidText) -> str:
    """The size of what has none of its own in a cell: formulas."""
    size = round(max((p.size for p in cell.paragraphs), default=0) * 100)
    return f'<a:lstStyle><a:lvl1pPr><a:defRPr sz="{size}"/></a:lvl1pPr></a:lstStyle>' if size else "<a:lstStyle/>"


def _style_id(theme: Theme) -> str:
    # Derived, not random: equal decks are equal files.
    return f"{{{str(uuid.uuid5(uuid.NAMESPACE_OID, f'table style {theme.title}')).upper()}}}"


def table_styles(theme: Theme) -> str:
    """`tableStyles.xml`: one style by the theme's look, which is also that of tables people add."""
    look, identity = theme.table, _style_id(theme)

    def font(ink: Color, bold: bool = False) -> str:
        weight = ' b="on"' if bold else ""
        return f'<a:tcTxStyle{weight}><a:fontRef idx="minor">{color(ink)}</a:fontRef>{color(ink)}</a:tcTxStyle>'

    def border(side: str) -> str:
        return f'<a:{side}><a:ln w="{emu(_BORDER)}" cmpd="sng">{solid(look.line)}</a:ln></a:{side}>'

    return (
        f'<a:tblStyleLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" def="{identity}">'
        f'<a:tblStyle styleId="{identity}" styleName={attribute(f"{theme.title} Table")}>'
        f"<a:wholeTbl>{font(look.text)}<a:tcStyle><a:tcBdr>{border('bottom')}{border('insideH')}</a:tcBdr>"
        "<a:fill><a:noFill/></a:fill></a:tcStyle></a:wholeTbl>"
        f"<a:band2H><a:tcStyle><a:tcBdr/><a:fill>{solid(look.stripe)}</a:fill></a:tcStyle></a:band2H>"
        f"<a:firstRow>{font(look.head_text, bold=True)}<a:tcStyle><a:tcBdr/><a:fill>{solid(look.head)}</a:fill></a:tcStyle>"
        "</a:firstRow></a:tblStyle></a:tblStyleLst>"
    )


def table_frame(item: TableItem, number: int, tag: str, theme: Theme, language: str, link: Linker) -> str:
    """The `<p:graphicFrame>` of a table; `tag` is its placeholder's `<p:ph>`."""
    if any(cell.has_formulas for row in item.rows for cell in row):
        return either(*(_frame(item, number, tag, theme, language, link, formulas) for formulas in (True, False)))
    return _frame(item, number, tag, theme, language, link, formulas=False)


def _frame(item: TableItem, number: int, tag: str, theme: Theme, language: str, link: Linker, formulas: bool) -> str:
    look = theme.table
    grid = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in item.widths)
    margins = f'marL="{emu(CELL.left)}" marR="{emu(CELL.right)}" marT="{emu(CELL.top)}" marB="{emu(CELL.bottom)}"'
    rows = []
    for n, (row, height) in enumerate(zip(item.rows, item.heights, strict=True)):
        ink = look.text if n else look.head_text
        exact = on_one_line(cell.plain for cell in row)
        cells = "".join(
            f"<a:tc><a:txBody><a:bodyPr/>{_size(cell) if formulas else '<a:lstStyle/>'}{cell_paragraphs(cell, language, link, ink, not n, formulas, exact)}</a:txBody>"
            f'<a:tcPr {margins} anchor="{"t" if n else "b"}"/></a:tc>'
            for cell in row
        )
        rows.append(f'<a:tr h="{emu(height)}">{cells}</a:tr>')
    rect = item.placeholder.rect
    rtl, width = item.placeholder.style.rtl, sum(item.widths)
    left = rect.right - width if rtl else rect.x
    place = position(Rect(left, rect.y, width, item.height)).replace("a:xfrm", "p:xfrm")
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{number}" name="Table {number}" descr={attribute(item.alt)}/>'
        f'<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr>{tag}</p:nvPr></p:nvGraphicFramePr>'
        f'{place}<a:graphic><a:graphicData uri="{_TABLE}"><a:tbl>'
        f'<a:tblPr{RTL * rtl} firstRow="1" bandRow="1"><a:tableStyleId>{_style_id(theme)}</a:tableStyleId></a:tblPr>'
        f"<a:tblGrid>{grid}</a:tblGrid>{''.join(rows)}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )
