"""Drawing a frame on a PDF page.

Layout has decided everything; this only translates items to ReportLab's operations. Slides
have y growing downwards, PDF upwards: `_Pen` turns one into the other.
"""

from __future__ import annotations

from typing import Any

from deckbuilder.content.pictures import PictureFile
from deckbuilder.layout.formula import shape_of
from deckbuilder.layout.frame import (
    ChartItem,
    LaidParagraph,
    LaidText,
    PictureItem,
    QrCode,
    Segment,
    TableItem,
    TextItem,
)
from deckbuilder.layout.prints import DrawnSlide
from deckbuilder.layout.table import CELL
from deckbuilder.outputs.drawing.faces import draw_words, use_face, words_width
from deckbuilder.outputs.drawing.formula import draw_formula
from deckbuilder.outputs.drawing.glyphs import shaped_code
from deckbuilder.outputs.drawing.rasters import draw_raster
from deckbuilder.outputs.drawing.render import render
from deckbuilder.outputs.drawing.scenery import draw_scenery
from deckbuilder.outputs.images import Images
from deckbuilder.theme.characters import is_complex, visible
from deckbuilder.theme.color import Color
from deckbuilder.theme.theme import Anchor, Art, ShapeKind, SlideLayout, Theme
from deckbuilder.units import Rect

THUMBNAIL_DPI = 200
_WIDEST = 1.2  # times as wide as they are, that letters are drawn to be as wide as other programs may draw them


def draw_frame(canvas: Any, frame: DrawnSlide, theme: Theme, images: Images, width: float) -> None:
    """Draws the slide `width` points wide, its lower left corner at the canvas's origin."""
    scale = width / theme.width
    theme = theme.on(frame.layout)
    canvas.saveState()
    canvas.scale(scale, scale)
    clip = canvas.beginPath()
    clip.rect(0, 0, theme.width, theme.height)
    canvas.clipPath(clip, stroke=0, fill=0)
    host = frame.layout.host
    pen = _Pen(canvas, theme, images, scale, frame.layout)
    pen.rectangle(Rect(0, 0, theme.width, theme.height), frame.layout.background)
    if host:
        draw_scenery(canvas, host.scenery, theme.height, images, round(THUMBNAIL_DPI * scale))
    for art in frame.layout.art:
        pen.art(art)
    for placed in frame.layout.placed_logos:
        low = theme.height - placed.rect.bottom
        box = Rect(placed.rect.x, low, placed.rect.width, placed.rect.height)
        draw_picture(canvas, placed.logo.picture, images, box, (0, 0, 0, 0), round(THUMBNAIL_DPI * scale))
    for item in frame.items:
        match item:
            case TextItem():
                holder = item.placeholder
                if holder.fill:
                    pen.shape(holder.shape, holder.rect, holder.fill, None, 0)
                pen.text(item.text, holder.room, holder.anchor)
            case PictureItem():
                pen.picture(item)
            case TableItem():
                pen.table(item)
            case ChartItem():
                from deckbuilder.outputs.drawing.chart import (
                    draw_chart,
                )  # with ReportLab's charts: not every deck has one

                draw_chart(canvas, item, theme, item.placeholder.rect)
    layout = frame.layout
    if frame.date and layout.date:
        pen.foot(frame.date, layout.date, "dt")
    if frame.footer and layout.footer:
        pen.text(frame.footer, layout.footer, "middle")
    if layout.number:
        pen.foot(str(frame.number), layout.number, "sldNum")
    canvas.restoreState()


def draw_picture(
    canvas: Any, picture: PictureFile, images: Images, rect: Rect, crop: tuple[float, float, float, float], dpi: int
) -> None:
    """Draws a picture into a box in PDF's own coordinates (`rect.y` is its lower edge).

    SVG is drawn as vectors.
    """
    left, top, right, bottom = crop
    width = rect.width / (1 - left - right)
    height = rect.height / (1 - top - bottom)
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(rect.x, rect.y, rect.width, rect.height)
    canvas.clipPath(clip, stroke=0, fill=0)
    canvas.translate(rect.x - left * width, rect.y - bottom * height)
    if picture.format == "svg":
        _draw_svg(canvas, picture, images, width, height)
    else:
        raster = images.raster(picture, width, dpi, strict=True)
        draw_raster(canvas, raster, images, 0, 0, width, height)
    canvas.restoreState()


def _draw_svg(canvas: Any, picture: PictureFile, images: Images, width: float, height: float) -> None:
    drawing = images.drawing(picture)
    canvas.scale(width / drawing.width, height / drawing.height)
    canvas.setMiterLimit(4)  # SVG's; PDF's own is 10
    render(drawing, canvas)


def draw_qr(canvas: Any, address: str, x: float, y: float, side: float) -> None:
    """Draws a QR code with its quiet zone of four modules, as one filled path."""
    import segno

    rows = list(segno.make(address, error="m", micro=False).matrix_iter(border=4))
    module = side / len(rows)
    canvas.saveState()
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(x, y, side, side, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    path = canvas.beginPath()
    for number, row in enumerate(rows):
        start = None
        for column, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                path.rect(x + start * module, y + side - (number + 1) * module, (column - start) * module, module)
                start = None
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


class _Pen:
    def __init__(self, canvas: Any, theme: Theme, images: Images, scale: float, layout: SlideLayout) -> None:
        self.canvas = canvas
        self.theme = theme
        self.images = images
        self.scale = scale
        self.layout = layout
        self.link = layout.host.link if layout.host else Color("lt2" if layout.dark else "hlink")
        self.bullet = layout.host.bullet if layout.host else theme.colors["accent"]

    def y(self, top: float) -> float:
        return self.theme.height - top

    def fill(self, color: Color) -> None:
        self.canvas.setFillColorRGB(*self.theme.palette.rgb(color))

    def rectangle(self, rect: Rect, color: Color) -> None:
        self.fill(color)
        self.canvas.rect(rect.x, self.y(rect.bottom), rect.width, rect.height, stroke=0, fill=1)

    def shape(self, kind: ShapeKind, rect: Rect, fill: Color | None, line: Color | None, width: float) -> None:
        canvas = self.canvas
        if fill:
            self.fill(fill)
        if line:
            canvas.setStrokeColorRGB(*self.theme.palette.rgb(line))
            canvas.setLineWidth(width)
        paint = {"stroke": int(line is not None), "fill": int(fill is not None)}
        low = self.y(rect.bottom)
        if kind in ("ellipse", "ring"):
            canvas.ellipse(rect.x, low, rect.right, low + rect.height, **paint)
        elif kind == "line":
            canvas.line(rect.x, self.y(rect.y), rect.right, low)
        elif kind in ("chevron", "first-chevron", "left-chevron", "first-left-chevron"):
            # As PowerPoint's chevron with its adjustment at 30,000: the point is 0.3 of the height.
            point, middle, high = 0.3 * rect.height, low + rect.height / 2, low + rect.height
            start, end = rect.x, rect.right
            if kind in ("left-chevron", "first-left-chevron"):
                start, end, point = end, start, -point
            path = canvas.beginPath()
            path.moveTo(start, low)
            path.lineTo(end - point, low)
            path.lineTo(end, middle)
            path.lineTo(end - point, high)
            path.lineTo(start, high)
            if kind in ("chevron", "left-chevron"):
                path.lineTo(start + point, middle)
            path.close()
            canvas.drawPath(path, **paint)
        else:
            canvas.rect(rect.x, low, rect.width, rect.height, **paint)

    def art(self, art: Art) -> None:
        if art.shape != "glyph":
            self.shape(art.shape, art.rect, art.fill, art.line, art.line_width)
            return
        face = self.theme.fonts.face(self.theme.heading)
        self.fill(art.fill or Color("dk1"))
        y = self.y(art.rect.y + face.ascent * art.size)
        draw_words(self.canvas, art.rect.x, y, art.glyph, self.theme.heading, art.size, self.theme)

    def picture(self, item: PictureItem) -> None:
        rect = item.placeholder.rect
        low = self.y(rect.bottom)
        if isinstance(item.picture, QrCode):
            draw_qr(self.canvas, item.picture.address, rect.x, low, rect.width)
            return
        box = Rect(rect.x, low, rect.width, rect.height)
        draw_picture(self.canvas, item.picture, self.images, box, item.crop, round(THUMBNAIL_DPI * self.scale))

    def foot(self, words: str, rect: Rect, kind: str) -> None:
        """A date or a slide number."""
        family, size = self.theme.body, self.theme.footer_size
        self.fill(self.layout.foot_color(kind))
        align = self.layout.host.align(kind) if self.layout.host else "left" if self.layout.rtl else "right"
        spare = rect.width - words_width(words, family, size, self.theme)
        x = rect.x + spare * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
        draw_words(self.canvas, x, self.y(rect.y + rect.height / 2 + size * 0.3), words, family, size, self.theme)

    def table(self, item: TableItem) -> None:
        """A table as the deck's table style shows it."""
        look = self.theme.table
        rtl = item.placeholder.style.rtl
        width = sum(item.widths)
        left, top = item.placeholder.rect.right - width if rtl else item.placeholder.rect.x, item.placeholder.rect.y
        for n, (row, height) in enumerate(zip(item.rows, item.heights, strict=True)):
            ground = look.stripe if n and n % 2 == 0 else None if n else look.head
            self.shape("rectangle", Rect(left, top, width, height), ground, None, 0)
            x = left + width if rtl else left
            for cell, wide in zip(row, item.widths, strict=True):
                x -= wide if rtl else 0
                room = Rect(x, top, wide, height).inset(CELL)
                self.text(cell, room, "top" if n else "bottom", look.text if n else look.head_text)
                x += 0 if rtl else wide
            top += height
            self.shape("line", Rect(left, top, width, 0), None, look.line, 0.75)

    def text(self, laid: LaidText, rect: Rect, anchor: Anchor, ink: Color | None = None) -> None:
        spare = rect.height - laid.height
        top = rect.y + {"top": 0.0, "middle": spare / 2, "bottom": spare}[anchor]
        canvas = self.canvas
        link = self.theme.palette.rgb(self.link)
        for paragraph in laid.paragraphs:
            color = self.theme.palette.rgb(ink or paragraph.style.color)
            if paragraph.marker and paragraph.lines:
                self.marker(paragraph, rect, top, laid.style.rtl)
            placed = paragraph.substituted or paragraph.has_formulas or paragraph.runs_both_ways
            for line in paragraph.lines:
                start = laid.left_of(line, paragraph, rect)
                text = canvas.beginText(start, self.y(top + line.y))
                for segment in line.segments:
                    if segment.run.formula:
                        continue
                    text.setFont(use_face(segment.face), segment.size)
                    text.setFillColorRGB(*(link if segment.run.link else color))
                    text.setRise(segment.rise)
                    if segment.level % 2 or is_complex(segment.text):
                        text.setTextOrigin(start + segment.x, self.y(top + line.y))
                        text.setCharSpace(0)
                        text._code.append(_shaped(canvas, segment))
                        continue
                    # What is not as wide as it is drawn here, or stands on a tab, or beside what runs the other way.
                    if placed or segment.run.clock or segment.face.factor != 1:
                        text.setTextOrigin(start + segment.x, self.y(top + line.y))
                        text.setCharSpace(_spread(segment))
                    text.textOut(visible(segment.text))
                # Both outlive the text: PDF keeps them with what is drawn next.
                if paragraph.substituted:
                    text.setCharSpace(0)
                if line.segments and line.segments[-1].rise:
                    text.setRise(0)
                canvas.drawText(text)
                for segment in line.segments:
                    if segment.run.formula:
                        canvas.setFillColorRGB(*(link if segment.run.link else color))
                        spare = segment.width - shape_of(segment.run.formula).width * segment.size
                        x = start + segment.x + spare / 2
                        draw_formula(canvas, segment.run.formula, x, self.y(top + line.y), segment.size)

    def marker(self, paragraph: LaidParagraph, rect: Rect, top: float, rtl: bool) -> None:
        x, y = rect.x + paragraph.indent - paragraph.hanging, self.y(top + paragraph.lines[0].y)
        if paragraph.marker in ("number", "letter"):
            label = chr(64 + (paragraph.number or 1)) if paragraph.marker == "letter" else paragraph.number
            face, words = self.theme.fonts.face(self.theme.heading), f"{label}."
        else:
            face, words = self.theme.fonts.face(self.theme.body), paragraph.style.bullet or "•"
        self.fill(self.bullet)
        self.canvas.setFont(use_face(face), paragraph.size)
        if not rtl:
            self.canvas.drawString(x, y, words)
            return
        x = rect.right - paragraph.indent + paragraph.hanging
        # A number stands before its period, to whose left that is; and so they are read.
        for part in (words,) if paragraph.marker == "bullet" else (words[:-1], words[-1]):
            x -= face.width(part, paragraph.size)
            self.canvas.drawString(x, y, part)


def _shaped(canvas: Any, segment: Segment) -> str:
    """The operations that show a segment that has to be shaped, as wide as it was measured."""
    backwards = bool(segment.level % 2)
    code = shaped_code(canvas._doc, segment.face.font.printed, segment.text, segment.size, backwards, segment.rise)
    natural = segment.face.natural_width(segment.text, segment.size)
    wider = segment.width / natural if natural else 1.0
    return f"{wider * 100:.1f} Tz\n{code}\n100 Tz" if 1 < wider < _WIDEST else code


def _spread(segment: Segment) -> float:
    """What to add to each character so that the segment is as wide as it was measured."""
    shown = visible(segment.text)
    if not shown or not (segment.face.substitute or segment.face.factor != 1):
        return 0.0
    return (segment.face.width(shown, segment.size) - segment.face.natural_width(shown, segment.size)) / len(shown)
