"""Small pieces of PresentationML and DrawingML (ECMA-376 part 1), as strings.

Whole slides are written as text and parsed once: linear in the size of the deck.
"""

from __future__ import annotations

from deckbuilder.theme.color import Color
from deckbuilder.theme.theme import ShapeKind
from deckbuilder.units import Insets, Rect, emu

TREE_HEAD = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
COLOR_MAP = (
    'bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
    'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"'
)

_COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_DRAWING_2010 = "http://schemas.microsoft.com/office/drawing/2010/main"
_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"

# Scheme colours are named by use on masters and slides (the master's clrMap joins them).
_SCHEME = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}
_GEOMETRY: dict[ShapeKind, str] = {
    "rectangle": "rect",
    "ellipse": "ellipse",
    "ring": "ellipse",
    "chevron": "chevron",
    "first-chevron": "homePlate",
    "line": "line",
    "left-chevron": "chevron",
    "first-left-chevron": "homePlate",
}


def color(value: Color) -> str:
    """A theme slot: whoever changes the theme's colours changes this. A literal only where a corporate
    template has one."""
    if value.rgb:
        return f'<a:srgbClr val="{value.rgb.lstrip("#")}"/>'
    name = _SCHEME.get(value.slot, value.slot)
    shades = ""
    if value.lum_mod != 1:
        shades += f'<a:lumMod val="{round(value.lum_mod * 100_000)}"/>'
    if value.lum_off:
        shades += f'<a:lumOff val="{round(value.lum_off * 100_000)}"/>'
    return f'<a:schemeClr val="{name}">{shades}</a:schemeClr>' if shades else f'<a:schemeClr val="{name}"/>'


def either(with_formulas: str, without: str) -> str:
    """A shape with formulas, and the same for programs that have none (ECMA-376 part 3). The prefix is our own: LibreOffice
    goes by PowerPoint's, says that it knows such formulas, and leaves them out."""
    return (
        f'<mc:AlternateContent xmlns:mc="{_COMPATIBLE}"><mc:Choice xmlns:draw14="{_DRAWING_2010}" xmlns:m="{_MATH}" Requires="draw14">'
        f"{with_formulas}</mc:Choice><mc:Fallback>{without}</mc:Fallback></mc:AlternateContent>"
    )


def solid(value: Color) -> str:
    """A solid fill of a theme colour."""
    return f"<a:solidFill>{color(value)}</a:solidFill>"


def position(rect: Rect, shape: ShapeKind = "rectangle") -> str:
    """A shape's place, for its spPr; arrows that point left are those that point right, flipped."""
    flipped = ' flipH="1"' if shape in ("left-chevron", "first-left-chevron") else ""
    return (
        f'<a:xfrm{flipped}><a:off x="{emu(rect.x)}" y="{emu(rect.y)}"/>'
        f'<a:ext cx="{emu(rect.width)}" cy="{emu(rect.height)}"/></a:xfrm>'
    )


def insets(value: Insets) -> str:
    """The attributes of a bodyPr that keep space free around text."""
    return f'lIns="{emu(value.left)}" tIns="{emu(value.top)}" rIns="{emu(value.right)}" bIns="{emu(value.bottom)}"'


def geometry(shape: ShapeKind) -> str:
    """A shape's preset outline."""
    adjust = "<a:avLst/>"
    if _GEOMETRY[shape] in ("chevron", "homePlate"):
        adjust = '<a:avLst><a:gd name="adj" fmla="val 30000"/></a:avLst>'
    return f'<a:prstGeom prst="{_GEOMETRY[shape]}">{adjust}</a:prstGeom>'


def outline(value: Color | None, width: float) -> str:
    """A shape's outline; an explicit none without a colour."""
    if value is None:
        return "<a:ln><a:noFill/></a:ln>"
    return f'<a:ln w="{emu(width)}">{solid(value)}</a:ln>'
