"""Elements that show: pictures, thumbnails, charts, codes, logos, and lines to write on."""

from __future__ import annotations

from reportlab.platypus import Spacer

from deckbuilder.layout.frame import ChartItem
from deckbuilder.outputs.pages.flowables import Rule, WritingLines
from deckbuilder.outputs.pages.pictured import ChartFigure, Figure, QrFigure, Thumbnail
from deckbuilder.outputs.pages.setting.grids import grid
from deckbuilder.outputs.pages.setting.setting import Blocks, Setting
from deckbuilder.outputs.tree import Element

_PIE = 17.0  # sizes of the text: how high a pie is at least, with its title and its legend


def figure(setting: Setting, element: Element, width: float) -> Blocks:
    """A picture, and the blocks inside it as its caption."""
    picture = setting.pictures[element.get("src")]
    wide = min(width, float(element.get("width") or width))
    alt = element.get("alt")
    node = setting.here.add("Figure", alt=alt, lang=element.language) if alt else None
    figure = Figure(picture, setting.images, wide, float(element.get("height") or 320), node)
    figure.hAlign = "LEFT"
    figure.spaceBefore = 5
    if not element.children:
        figure.spaceAfter = 9
        return [figure]
    with setting.inside("Caption", element):
        return [figure, *setting.blocks(element, width), Spacer(1, 6)]


def thumbnail(setting: Setting, element: Element, width: float) -> Blocks:
    """A slide, small."""
    frame = setting.frames[int(element.get("slide", "0"))]
    wide = min(width, float(element.get("width") or width))
    alt = setting.labels("thumbnail", n=frame.number, title=frame.title.replace("\n", " "))
    node = setting.here.add("Figure", alt=alt)
    shown = Thumbnail(frame, setting.page.theme, setting.images, wide, setting.page.color("hairline"), node)
    shown.hAlign = "LEFT"
    shown.found = lambda page: setting.thumbnails.setdefault(frame.number, page)
    return [shown, Spacer(1, 5)]


def chart(setting: Setting, element: Element, width: float) -> Blocks:
    """The chart of a slide."""
    frame = setting.frames[int(element.get("slide", "0"))]
    (item,) = (i for i in frame.items if isinstance(i, ChartItem))
    wide = min(width, float(element.get("width") or width))
    # Names and values of a pie take as much in a narrow column as in a wide one.
    least = _PIE * setting.page.size if item.chart.kind == "pie" else 0.0
    high = float(element.get("height") or max(wide * 0.5, least))
    node = setting.here.add("Figure", alt=item.alt)
    return [ChartFigure(item, setting.page.theme, wide, high, setting.page.size, node), Spacer(1, 6)]


def qr(setting: Setting, element: Element, width: float) -> Blocks:
    """The QR code of an address."""
    address = element.get("href")
    code = QrFigure(address, setting.here.add("Figure", alt=setting.labels("qr_code", address=address)))
    code.hAlign = "LEFT"
    return [code]


def logos(setting: Setting, element: Element, width: float) -> Blocks:
    """The theme's logos side by side, for white paper."""
    height, gap = float(element.get("height", "34")), 24.0
    logos = setting.page.theme.logos
    if not logos:
        return []
    free = width - gap * (len(logos) - 1)
    height = min(height, free / sum(logo.picture.aspect for logo in logos))
    nodes = [setting.here.add("Figure", alt=logo.alt) if logo.alt else None for logo in logos]
    cells = [Figure(logo.picture, setting.images, width, height, node) for logo, node in zip(logos, nodes, strict=True)]
    widths = [cell.width + gap for cell in cells]
    widths[-1] = width - sum(widths[:-1])
    looks = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP")]
    return [grid(setting, [[[cell] for cell in cells]], widths, [*looks, ("BOTTOMPADDING", (0, 0), (-1, -1), 14)])]


def lines(setting: Setting, element: Element, width: float) -> Blocks:
    """Lines to write on; so many that the page is full for `count="fill"`, and `least` at any rate."""
    color, below = setting.page.color("muted"), Spacer(1, 10)
    if element.get("count") == "fill":
        leave = float(element.get("leave", "0")) * setting.page.styles["small"].leading * 1.2
        least = int(element.get("least", "0"))
        return [WritingLines(None, color, leave, least), *([below] if least else [])]
    count = int(element.get("count", "4"))
    return [WritingLines(count, color), below] if count else []


def rule(setting: Setting, element: Element, width: float) -> Blocks:
    """A line across, or of a width."""
    fixed = float(element.get("width", "0")) or None
    return [Rule(setting.page.color(element.get("color", "hairline")), float(element.get("thickness", "0.8")), fixed)]
