"""Laid text to DrawingML paragraphs, and text styles to list styles.

What a paragraph inherits from its layout is not written again, and the layout has the sizes that
were fitted; so most paragraphs say their level and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from deckbuilder.content.text import Run
from deckbuilder.languages import Language
from deckbuilder.layout.frame import LaidParagraph, LaidText
from deckbuilder.layout.measure import line_pitch, right_end
from deckbuilder.ooxml.xml import attribute, text
from deckbuilder.outputs.pptx.formula import formula_xml
from deckbuilder.outputs.pptx.scripts import complex_face, low_face
from deckbuilder.outputs.pptx.xml import color, solid
from deckbuilder.theme.characters import is_complex
from deckbuilder.theme.color import Color
from deckbuilder.theme.fonts import CODE_FAMILY, LINING
from deckbuilder.theme.hosts import Align
from deckbuilder.theme.styles import FontSlot, LevelStyle, TextStyle
from deckbuilder.units import emu

Linker = Callable[[str], str]
"""Takes an address, or "#id" for a slide of the deck; gives the element that a click on it follows, "" where the slide is
not in the deck."""

_ALIGN = {"left": "l", "center": "ctr", "right": "r"}
RTL = ' rtl="1"'
"""Says that a paragraph runs from right to left: its indents are counted from the right, while `algn` is what it says."""

_LANGUAGE = re.compile(r' lang="([^"]*)"')
_BASELINE = {"super": "30000", "sub": "-25000"}

# As the deck's theme calls its two fonts; figures of one height may need a third.
_FACES: dict[FontSlot, str] = {"heading": "+mj-lt", "body": "+mn-lt", "figures": LINING}
_OTHER_SCRIPTS: dict[FontSlot, str] = {"heading": "+mj-ea", "body": "+mn-ea", "figures": "+mn-ea"}


def face(slot: FontSlot) -> str:
    """What a font is called in a deck file."""
    return _FACES[slot]


def spacing(level: LevelStyle, size: float, exact: bool = False) -> str:
    """Exact for the heading font, whose line height differs between programs, and for lines that
    other fonts would raise; else relative, so that lines follow when somebody changes the size."""
    if exact or level.exact or level.font == "heading":
        return f'<a:lnSpc><a:spcPts val="{round(line_pitch(level, size) * 100)}"/></a:lnSpc>'
    return f'<a:lnSpc><a:spcPct val="{round(level.spacing * 100_000)}"/></a:lnSpc>'


def _char(bullet: str) -> str:
    return f'<a:buFont typeface="+mn-lt"/><a:buChar char={attribute(bullet)}/>'


def numbering(kind: str, start: int = 1) -> str:
    """The marker of a numbered or lettered list item; `start` is its list's first number."""
    scheme = "alphaUcPeriod" if kind == "letter" else "arabicPeriod"
    begins = f' startAt="{start}"' if start != 1 else ""
    return f'<a:buFont typeface="+mj-lt"/><a:buAutoNum type="{scheme}"{begins}/>'


def right_tab(level: LevelStyle, width: float, rtl: bool = False) -> str:
    """The tab that times are set flush to, in a text of that width. Its place is counted from where the text begins, while its
    sides are what they are called."""
    return f'<a:tabLst><a:tab pos="{emu(right_end(level, width))}" algn="{"l" if rtl else "r"}"/></a:tabLst>'


def level_style(
    level: LevelStyle, number: int, align: str, bullet_color: Color, width: float | None = None, rtl: bool = False
) -> str:
    """`<a:lvlNpPr>` for a level; `number` counts from 1, `width` is the text's in points where it may have tabs; with `rtl`
    its paragraphs begin at the right."""
    if level.bullet:
        marker = f"<a:buClr>{color(bullet_color)}</a:buClr>{_char(level.bullet)}"
    elif level.numbers:
        marker = f"<a:buClr>{color(bullet_color)}</a:buClr>{numbering(level.numbers)}"
    else:
        marker = "<a:buNone/>"
    weight = f'b="{int(level.bold)}" i="{int(level.italic)}"' + ' cap="all"' * level.caps
    return (
        f'<a:lvl{number}pPr marL="{emu(level.indent + level.hanging)}" indent="{-emu(level.hanging)}" algn="{_ALIGN[align]}"{RTL * rtl}>'
        f'{spacing(level, level.size)}<a:spcBef><a:spcPts val="{round(level.before * level.size * 100)}"/></a:spcBef>'
        f'{marker}{right_tab(level, width, rtl) if width and level.tab else ""}<a:defRPr sz="{round(level.size * 100)}" {weight}>{solid(level.color)}'
        f'<a:latin typeface="{_FACES[level.font]}"/><a:ea typeface="{_OTHER_SCRIPTS[level.font]}"/><a:cs typeface="+mn-cs"/></a:defRPr>'
        f"</a:lvl{number}pPr>"
    )


def list_style(style: TextStyle, bullet_color: Color, width: float | None = None) -> str:
    """The style's levels, and its last one for the levels below; `width` as for `level_style`."""
    count = max(5, len(style.levels))
    levels = (level_style(style.level(n), n + 1, style.align, bullet_color, width, style.rtl) for n in range(count))
    return f"<a:lstStyle>{''.join(levels)}</a:lstStyle>"


def paragraphs(
    laid: LaidText,
    language: str,
    link: Linker,
    bullet: Color,
    formulas: bool = False,
    figures: FontSlot = "body",
    width: float = 0.0,
) -> str:
    """The `<a:p>` elements of a text in a placeholder, which gives it its looks; `bullet` is the colour of markers that
    its style does not have. `formulas` says whether formulas are written as such, or on a line of text; times are set in
    `figures`, and on a tab at the text's `width` where the placeholder has none."""
    align = laid.style.align if formulas else None
    pairs = zip(laid.paragraphs, list_starts(laid), strict=True)
    looks = f' lang="{language}"'
    rtl = laid.style.rtl
    out = "".join(_paragraph(p, start, looks, link, bullet, align, figures, width, rtl) for p, start in pairs)
    return out or f"<a:p><a:endParaRPr{looks}/></a:p>"  # a text has one at least


def cell_paragraphs(
    laid: LaidText, language: str, link: Linker, ink: Color, bold: bool, formulas: bool = False, exact: bool = False
) -> str:
    """The `<a:p>` elements of a table's cell: nothing gives it size and colour but itself. `formulas` as for `paragraphs`; `exact`
    lines are as high as they were measured, whatever they are set in, but for those that have formulas."""
    out = []
    for p in laid.paragraphs:
        looks = f' lang="{language}" sz="{round(p.size * 100)}"'
        runs = runs_xml(
            [replace(r, bold=r.bold or bold) for r in cut_links(p)],
            looks,
            link,
            f"{solid(ink)}{_BODY_FACE}",
            laid.style.align if formulas else None,
            numbers=_FACES["body"] if p.rtl else "",
        )
        high = spacing(p.style, p.size, exact=True) if p.substituted or (exact and not p.has_formulas) else ""
        # Cells of a deck that runs from right to left do so by its default style.
        own = f' rtl="{int(p.rtl)}"' if p.rtl or laid.style.rtl else ""
        way = f'algn="{_ALIGN[laid.style.align]}"{own}'
        out.append(f"<a:p><a:pPr {way}>{high}</a:pPr>{runs}<a:endParaRPr{looks}/></a:p>")
    return "".join(out)


def list_starts(laid: LaidText) -> list[int]:
    """For each paragraph the number that its list begins with. Programs count on over deeper levels
    and begin anew after a paragraph that is no list item."""
    starts: list[int] = []
    lists: dict[int, int] = {}
    for p in laid.paragraphs:
        if p.marker in ("number", "letter"):
            starts.append(lists.setdefault(p.level, p.number or 1))
        else:
            if p.marker is None:
                lists.clear()
            starts.append(1)
    return starts


def _paragraph(
    p: LaidParagraph,
    start: int,
    looks: str,
    link: Linker,
    bullet: Color,
    align: Align | None,
    figures: FontSlot,
    width: float,
    rtl: bool,
) -> str:
    """A paragraph in a place whose text begins at the right, or (not `rtl`) at the left."""
    level = p.style
    attributes = (f' lvl="{p.level}"' if p.level else "") + ("" if p.rtl == rtl else f' rtl="{int(p.rtl)}"')
    inner = ""
    natural = level.numbers if level.numbers else "bullet" if level.bullet else None
    if p.marker is None and level.listed:
        attributes = f' marL="0" indent="0"{attributes}'
        inner += "<a:buNone/>"
    elif p.marker != natural or (p.marker and p.hanging != level.hanging) or start != 1:
        if p.hanging != level.hanging or not level.listed:
            attributes = f' marL="{emu(p.indent)}" indent="{-emu(p.hanging)}"{attributes}'
        if p.marker is not None:
            inner += f"<a:buClr>{color(bullet)}</a:buClr>"
            inner += _char("•") if p.marker == "bullet" else numbering(p.marker, start)
    if align and p.has_formulas and (level.exact or level.font == "heading"):
        # Lines of an exact height would not make room for a fraction.
        inner = f'<a:lnSpc><a:spcPct val="{round(level.spacing * 100_000)}"/></a:lnSpc>{inner}'
    if not level.tab and any(run.clock and run.text.startswith("\t") for run in p.runs):
        inner += right_tab(level, width, rtl)
    properties = f"<a:pPr{attributes}>{inner}</a:pPr>" if inner else f"<a:pPr{attributes}/>" if attributes else ""
    clock = f'<a:latin typeface="{_FACES[figures]}"/>' if figures != level.font else ""
    runs = runs_xml(cut_links(p), looks, link, formulas=align, clock=clock, numbers=_FACES[level.font] if p.rtl else "")
    return f"<a:p>{properties}{runs}<a:endParaRPr{looks}/></a:p>"


# LibreOffice does not take them from the table's style.
_BODY_FACE = '<a:latin typeface="+mn-lt"/>'
_BODY_COMPLEX = '<a:cs typeface="+mn-cs"/>'


def cut_links(p: LaidParagraph) -> list[Run]:
    """The paragraph's runs, links cut where their lines were measured to break, and where the direction or a script that is shaped
    begins or ends: LibreOffice takes a linked run for one word, would break it wherever the line ends, and sets it in one font."""
    out: list[Run] = []
    for run in p.runs:
        rest = run.text
        lines = [[s.text for s in line.segments if s.run is run] for line in p.lines] if run.link else []
        apart = p.runs_both_ways or is_complex(run.text)
        parts = [part for line in lines for part in (line if apart else ("".join(line),)) if part.strip()]
        for part in parts[:-1]:
            end = rest.find(part) + len(part)
            end += len(rest[end:]) - len(rest[end:].lstrip(" "))
            out.append(replace(run, text=rest[:end]))
            rest = rest[end:]
        out.append(replace(run, text=rest))
    return [run for run in out if run.text]


def runs_xml(
    runs: Sequence[Run],
    looks: str,
    link: Linker,
    inner: str = "",
    formulas: Align | None = None,
    clock: str = "",
    numbers: str = "",
) -> str:
    """The runs' `<a:r>`, `<a:br>` and, where `formulas` says how those are aligned, formulas' elements; `looks` and `inner`
    are attributes and elements of each one's properties, `clock` elements of those of times. `numbers` is the face of runs of
    no letters in what runs from right to left, where programs take the one for complex scripts otherwise; LibreOffice does so
    with what is linked, whatever its letters are."""
    alone = len(runs) == 1
    return "".join(_run(run, looks, link, inner + clock * run.clock, formulas, alone, numbers) for run in _lines(runs))


def _lines(runs: Sequence[Run]) -> list[Run]:
    """Runs cut at their line breaks, each break a run of its own."""
    out: list[Run] = []
    for run in runs:
        for n, part in enumerate(run.text.split("\n")):
            if n:
                out.append(replace(run, text="\n"))
            if part:
                out.append(replace(run, text=part))
    return out


def _lang(looks: str) -> str:
    """The language among a run's attributes."""
    match = _LANGUAGE.search(looks)
    return match[1] if match else ""


def _run(run: Run, looks: str, link: Linker, inner: str, formulas: Align | None, alone: bool, numbers: str) -> str:
    if run.lang:
        looks = _LANGUAGE.sub(f' lang="{Language(run.lang).with_region}"', looks)
    if run.bold:
        looks += ' b="1"'
    if run.italic:
        looks += ' i="1"'
    if run.script:
        looks += f' baseline="{_BASELINE[run.script]}"'
    if run.code:
        inner = inner.replace(_BODY_FACE, "")
        inner += f'<a:latin typeface="{CODE_FAMILY}"/><a:cs typeface="{CODE_FAMILY}"/>'
    elif numbers and (not is_complex(run.text) if run.link else not any(map(str.isalpha, run.text))):
        inner += f'<a:cs typeface="{numbers}"/>'
    else:
        cell = _BODY_FACE in inner
        bare = _BODY_COMPLEX if cell and is_complex(run.text) else ""
        low = low_face(run.text) if cell or run.link else ""
        inner += low or complex_face(run.text, _lang(looks)) or bare
    if run.link:
        inner += link(run.link)
    if run.formula and formulas:
        return formula_xml(run.formula, formulas if alone else None)
    properties = f"<a:rPr{looks}>{inner}</a:rPr>" if inner else f"<a:rPr{looks}/>"
    if run.text == "\n":
        return f"<a:br>{properties}</a:br>"
    return f"<a:r>{properties}<a:t>{text(run.text)}</a:t></a:r>"
