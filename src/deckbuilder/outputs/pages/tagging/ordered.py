"""Paragraphs whose letters have to be shaped, or run from right to left.

ReportLab breaks their lines, by the widths that shaping gives, and would paint them letter by letter from left to right. Here
each line is put in order and painted piece by piece, each where it belongs, in the order in which it is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.pdfbase import pdfmetrics

from deckbuilder.frozen import dataclass
from deckbuilder.layout.bidi import base_direction, lefts, levels_of, stretches
from deckbuilder.outputs.drawing.glyphs import shaped_code, shaped_glyphs
from deckbuilder.outputs.pages.tagging.canvas import TaggedText
from deckbuilder.theme.characters import is_complex

if TYPE_CHECKING:
    from deckbuilder.outputs.pages.tagging.flowables import Words

_USUAL = 1.35  # ems from line to line, of which a script that wants more has half above its letters


@dataclass(frozen=True)
class _Part:
    """A part of a line in one look and direction: `look` is ReportLab's fragment, or its paragraph where that has but one. A
    picture, which a formula is to ReportLab, has no words."""

    text: str
    look: Any
    links: tuple[tuple[int, str], ...]
    width: float
    level: int = 0


def draw_in_order(words: Words, backwards: bool) -> None:
    """Paints a paragraph that has been wrapped; `backwards` is whether its document runs from right to left."""
    broken, canvas, style = words.blPara, words.canv, words.style
    lines = [list(_parts(line, broken)) for line in broken.lines]
    if not lines:
        return
    lines = [
        line if n == len(lines) - 1 or n in words._joined or not line else [*line, _space_after(line[-1])]
        for n, line in enumerate(lines)
    ]
    whole = "".join(part.text for line in lines for part in line)
    rtl = base_direction(whole, backwards, False)
    levels = iter(levels_of(whole, rtl))
    size = broken.fontSize if broken.kind == 0 else broken.lines[0].fontSize
    y = words.height - size - max(0.0, style.leading - _USUAL * size) / 2
    low = None  # the foot of the line before
    canvas.saveState()
    tx = words.beginText(0, y)
    for n, line in enumerate(lines):
        leading, ascent = style.leading, 0.0
        if words.has_inlays and broken.kind == 1:
            ascent = max(leading * 5 / 6, broken.lines[n].ascent)
            leading = ascent + max(leading / 6, -broken.lines[n].descent)
            y = y if low is None else low - ascent
            low = y - (leading - ascent)
        pieces = list(_divided(line, levels))
        room = words.width - style.leftIndent - style.rightIndent
        _draw_line(words, tx, pieces, y, room, rtl)
        y -= leading
    canvas.drawText(tx)
    canvas.restoreState()


def _parts(line: Any, broken: Any) -> Iterator[_Part]:
    """What a line of ReportLab's consists of."""
    if broken.kind == 0:
        text = " ".join(line[1])
        if text:
            yield _Part(text, broken, tuple(broken.link or ()), _width(text, broken))
        return
    for fragment in line.words:
        links = tuple(getattr(fragment, "link", None) or ())
        if hasattr(fragment, "cbDefn"):
            yield _Part("\ufffc", fragment, links, float(fragment.cbDefn.width))
        elif fragment.text:
            yield _Part(fragment.text, fragment, links, _width(fragment.text, fragment))


def _space_after(part: _Part) -> _Part:
    """A real space where a line ends, so that words do not fuse when the text is taken out."""
    if hasattr(part.look, "cbDefn") or part.text.endswith(" "):
        return replace(part, text="", width=0.0)
    return replace(part, text=" ", width=_width(" ", part.look))


def _width(text: str, look: Any) -> float:
    return float(pdfmetrics.stringWidth(text, look.fontName, look.fontSize))


def _divided(line: Sequence[_Part], levels: Iterator[int]) -> Iterator[_Part]:
    """The parts, each of one direction; `levels` are those of the paragraph's characters from there on."""
    for part in line:
        own = [next(levels) for _ in part.text]
        for start, end, level in stretches(own):
            text = part.text[start:end]
            wide = part.width if text == part.text else _width(text, part.look)
            yield replace(part, text=text, level=level, width=wide)


def _draw_line(words: Words, tx: Any, parts: Sequence[_Part], y: float, room: float, rtl: bool) -> None:
    """Paints a line whose baseline is at `y`."""
    canvas, style = words.canv, words.style
    hung = parts[-1].width if parts and parts[-1].text == " " and len(parts) > 1 else 0.0  # the space at its end
    wide = sum(part.width for part in parts) - hung
    share = {TA_RIGHT: 1.0, TA_CENTER: 0.5}.get(style.alignment, 0.0)
    x = style.leftIndent + share * (room - wide)
    levels = [part.level for part in parts]
    if hung:
        levels[-1] = int(rtl)
        x -= hung if rtl else 0.0
    places = lefts(levels, [part.width for part in parts], x)
    for n, part in enumerate(parts):
        left = places[n]
        for _, address in part.links:
            rect = (left, y - style.fontSize / 8, left + part.width, y - style.fontSize / 8 + style.leading)
            canvas.linkURL(address, rect, relative=1, kind="URI")
        if hasattr(part.look, "cbDefn"):
            shape = part.look.cbDefn
            canvas.drawImage(shape.image, left, y + shape.valign, shape.width, shape.height, mask="auto")
            continue
        if isinstance(tx, TaggedText):
            tx.owned_by(part.links)
        _put(tx, part, left, y, bool(levels[n] % 2))


def _put(tx: Any, part: _Part, x: float, y: float, backwards: bool) -> None:
    look = part.look
    rise = getattr(look, "rise", 0.0) or 0.0
    tx.setFont(look.fontName, look.fontSize)
    tx.setFillColor(look.textColor)
    tx.setRise(rise)
    tx.setTextOrigin(x, y)
    if backwards or is_complex(part.text):
        font = pdfmetrics.getFont(look.fontName)
        if isinstance(tx, TaggedText):
            code, actual = shaped_glyphs(tx._canvas._doc, font, part.text, look.fontSize, backwards, rise)
            tx.own_next(actual)
        else:
            code = shaped_code(tx._canvas._doc, font, part.text, look.fontSize, backwards, rise)
        tx._code.append(code)
    else:
        tx._textOut(part.text)
