"""Laid text to DrawingML paragraphs, and text styles to list styles.

What a paragraph inherits from its layout is not written again: sizes only where the fit
made them smaller, markers only where they differ from the level's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from deckbuilder.content.text import Run
from deckbuilder.layout.frame import LaidParagraph, LaidText
from deckbuilder.layout.measure import line_pitch
from deckbuilder.outputs.pptx.xml import solid, text
from deckbuilder.theme.color import Color
from deckbuilder.theme.fonts import CODE_FAMILY
from deckbuilder.theme.theme import LevelStyle, TextStyle
from deckbuilder.units import emu

Linker = Callable[[str], str]
"""Takes an address, gives the id of the slide's relationship to it."""

_ALIGN = {"left": "l", "center": "ctr", "right": "r"}
_BASELINE = {"super": "30000", "sub": "-25000"}


def _spacing(level: LevelStyle, size: float) -> str:
    """Exact for the heading font, whose line height differs between programs; else relative,
    so that lines follow when somebody changes the size."""
    if level.font == "heading":
        return f'<a:lnSpc><a:spcPts val="{round(line_pitch(level, size) * 100)}"/></a:lnSpc>'
    return f'<a:lnSpc><a:spcPct val="{round(level.spacing * 100_000)}"/></a:lnSpc>'


def level_style(level: LevelStyle, number: int, align: str, bullet_color: Color) -> str:
    """`<a:lvlNpPr>` for a level; `number` counts from 1."""
    family = "+mj" if level.font == "heading" else "+mn"
    if level.bullet:
        marker = (
            f"<a:buClr>{solid(bullet_color)[13:-14]}</a:buClr>"
            f'<a:buFont typeface="Arial"/><a:buChar char="{level.bullet}"/>'
        )
    else:
        marker = "<a:buNone/>"
    weight = f'b="{int(level.bold)}" i="{int(level.italic)}"'
    return (
        f'<a:lvl{number}pPr marL="{emu(level.indent + level.hanging)}" indent="{-emu(level.hanging)}" algn="{_ALIGN[align]}">'
        f'{_spacing(level, level.size)}<a:spcBef><a:spcPts val="{round(level.before * level.size * 100)}"/></a:spcBef>'
        f'{marker}<a:defRPr sz="{round(level.size * 100)}" {weight}>{solid(level.color)}'
        f'<a:latin typeface="{family}-lt"/><a:ea typeface="{family}-ea"/><a:cs typeface="{family}-cs"/></a:defRPr>'
        f"</a:lvl{number}pPr>"
    )


def list_style(style: TextStyle, bullet_color: Color) -> str:
    """The style's levels, and its last one for the levels below."""
    levels = (level_style(style.level(n), n + 1, style.align, bullet_color) for n in range(max(5, len(style.levels))))
    return f"<a:lstStyle>{''.join(levels)}</a:lstStyle>"


def paragraphs(laid: LaidText, language: str, link: Linker, color: Color | None = None, inherits: bool = True) -> str:
    """The text's `<a:p>` elements. `inherits` is False outside placeholders, where sizes and
    faces have to be said; `color` then is the text's."""
    first_number = next((p.number for p in laid.paragraphs if p.number is not None), 1)
    return "".join(
        _paragraph(p, laid.style, n == 0, first_number or 1, language, link, color, inherits)
        for n, p in enumerate(laid.paragraphs)
    )


def _paragraph(
    p: LaidParagraph,
    style: TextStyle,
    first: bool,
    first_number: int,
    language: str,
    link: Linker,
    color: Color | None,
    inherits: bool,
) -> str:
    level = p.style
    shrunk = p.size != level.size
    attributes, inner = "", ""
    if p.level:
        attributes += f' lvl="{p.level}"'
    if not inherits:
        attributes += f' algn="{_ALIGN[style.align]}"'
    listed = level.bullet is not None
    natural = level.hanging if listed else 0.0
    if p.marker is None and listed:
        attributes = f' marL="0" indent="0"{attributes}'
    elif p.marker is not None and (p.hanging != natural or not listed):
        attributes = f' marL="{emu(p.indent)}" indent="{-emu(p.hanging)}"{attributes}'
    if shrunk or not inherits:
        inner += _spacing(level, p.size)
    before = 0.0 if first else level.before * p.size
    if (first and level.before) or shrunk or not inherits:
        inner += f'<a:spcBef><a:spcPts val="{round(before * 100)}"/></a:spcBef>'
    if p.marker is None and listed:
        inner += "<a:buNone/>"
    elif p.marker == "number":
        start = f' startAt="{first_number}"' if first_number != 1 else ""
        inner += f'<a:buClr><a:schemeClr val="accent1"/></a:buClr><a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"{start}/>'
    elif p.marker == "bullet" and not listed:
        inner += '<a:buClr><a:schemeClr val="accent1"/></a:buClr><a:buFont typeface="Arial"/><a:buChar char="•"/>'
    properties = f"<a:pPr{attributes}>{inner}</a:pPr>" if inner else f"<a:pPr{attributes}/>" if attributes else ""
    looks = f' lang="{language}"'
    size = f' sz="{round(p.size * 100)}"' if shrunk or not inherits else ""
    out = [_run(run, looks + size, link, color) for run in _lines(p.runs)]
    return f"<a:p>{properties}{''.join(out)}<a:endParaRPr{looks}{size}/></a:p>"


def _lines(runs: Sequence[Run]) -> list[Run]:
    """Runs cut at their line breaks, each break a run of its own."""
    from dataclasses import replace

    out: list[Run] = []
    for run in runs:
        for n, part in enumerate(run.text.split("\n")):
            if n:
                out.append(replace(run, text="\n"))
            if part:
                out.append(replace(run, text=part))
    return out


def _run(run: Run, looks: str, link: Linker, color: Color | None) -> str:
    if run.bold:
        looks += ' b="1"'
    if run.italic:
        looks += ' i="1"'
    if run.script:
        looks += f' baseline="{_BASELINE[run.script]}"'
    inner = solid(color) if color else ""
    if run.code:
        inner += f'<a:latin typeface="{CODE_FAMILY}"/><a:cs typeface="{CODE_FAMILY}"/>'
    if run.link:
        inner += f'<a:hlinkClick r:id="{link(run.link)}"/>'
    properties = f"<a:rPr{looks}>{inner}</a:rPr>" if inner else f"<a:rPr{looks}/>"
    if run.text == "\n":
        return f"<a:br>{properties}</a:br>"
    return f"<a:r>{properties}<a:t>{text(run.text)}</a:t></a:r>"
