"""The date, footer and slide number of layouts and slides."""

from __future__ import annotations

from deckbuilder.layout.bidi import levels_of
from deckbuilder.layout.frame import SlideFrame
from deckbuilder.ooxml.xml import attribute, text
from deckbuilder.outputs.pptx.text import RTL, list_style
from deckbuilder.outputs.pptx.xml import geometry, insets, position, solid
from deckbuilder.theme.hosts import Align
from deckbuilder.theme.styles import LevelStyle, TextStyle
from deckbuilder.theme.theme import NO_INSETS, SlideLayout, Theme
from deckbuilder.units import Rect

NUMBER_FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"
DATE_FIELD = "{7D6E2A5C-4C0B-4E0A-9C53-2A1E2B7B6F10}"
_FURNITURE: dict[str, tuple[str, int, Align]] = {
    "dt": ("Date", 10, "right"),
    "ftr": ("Footer", 11, "left"),
    "sldNum": ("Slide Number", 12, "right"),
}


_ALIGN = {"left": "l", "center": "ctr", "right": "r"}
_OTHER_SIDE: dict[Align, Align] = {"left": "right", "center": "center", "right": "left"}


def _places(layout: SlideLayout) -> dict[str, Rect]:
    """Where a layout has its footer, date and slide number, from left to right."""
    boxes = {"ftr": layout.footer, "dt": layout.date, "sldNum": layout.number}
    return {kind: box for kind, box in boxes.items() if box is not None}


def furniture(layout: SlideLayout, theme: Theme, language: str, first_id: int, footer: str) -> list[str]:
    """The date, footer and slide number placeholders of a layout. It has words in its `footer`: LibreOffice takes the looks
    of one on a slide from there, and only where there are some."""
    field = f'<a:fld id="{DATE_FIELD}" type="datetime1"><a:rPr lang="{language}"/><a:t>‹date›</a:t></a:fld>'
    words = f'<a:r><a:rPr lang="{language}"/><a:t>{text(footer)}</a:t></a:r>'
    contents = {"dt": field, "ftr": words, "sldNum": number_field("‹#›", language)}
    out = []
    for number, (kind, rect) in enumerate(_places(layout).items(), first_id):
        name, _, align = _FURNITURE[kind]
        align = _OTHER_SIDE[align] if layout.rtl else align
        level = LevelStyle("body", theme.footer_size, theme.footer_size, layout.footer_color)
        style = list_style(TextStyle("footer", (level,), align=align, rtl=layout.rtl), layout.footer_color)
        shape = f"<p:spPr>{position(rect)}{geometry('rectangle')}</p:spPr>"
        body = f'<a:bodyPr {insets(NO_INSETS)} anchor="ctr"><a:noAutofit/></a:bodyPr>{style}'
        out.append(_furnishing(number, f"{name} Placeholder", kind, shape, body, contents[kind], language))
    return out


def slide_furniture(frame: SlideFrame, theme: Theme, language: str, first_id: int) -> list[str]:
    """What a slide has of its layout's date, footer and slide number."""
    layout, host = frame.layout, frame.layout.host
    indexes: dict[str, int] = {foot.kind: foot.index for foot in host.feet} if host else {}
    words = {"dt": frame.date, "ftr": frame.footer.plain if frame.footer else None, "sldNum": str(frame.number)}
    out: list[str] = []
    for kind in _places(layout):
        name, _, align = _FURNITURE[kind]
        align = host.align(kind) if host else align
        number = first_id + len(out)
        if not words[kind]:
            continue
        shown = text(_embedded(words[kind] or "") if layout.rtl and kind != "sldNum" else words[kind] or "")
        looks, side = f'<a:rPr lang="{language}"/>', ""
        if host:  # a template's own may be as large or as pale as they like
            ink = f'{solid(layout.foot_color(kind))}<a:latin typeface="+mn-lt"/>'
            size = frame.footer.style.levels[0].size if kind == "ftr" and frame.footer else theme.footer_size
            looks = f'<a:rPr lang="{language}" sz="{round(size * 100)}">{ink}</a:rPr>'
            side = f'<a:pPr algn="{_ALIGN[align]}"{RTL * layout.rtl}/>'
        if kind != "sldNum":
            content = f"{side}<a:r>{looks}<a:t>{shown}</a:t></a:r>"
        elif host:
            content = f'{side}<a:fld id="{NUMBER_FIELD}" type="slidenum">{looks}<a:t>{shown}</a:t></a:fld>'
        else:
            content = number_field(shown, language)
        body = "<a:bodyPr/><a:lstStyle/>"
        shape = _furnishing(number, f"{name} {number}", kind, "<p:spPr/>", body, content, language, indexes.get(kind))
        out.append(shape)
    return out


def _embedded(words: str) -> str:
    """Words in a line that runs from right to left, so that LibreOffice, which takes a footer for a field, lays no words on
    others: where they run both ways they are embedded, and a blank that is not taken away ends them as the line runs."""
    return f"\u202b{words}\u00a0\u202c" if set(levels_of(words, True)) != {1} else words


def number_field(words: str, language: str) -> str:
    """The field that shows a slide's number."""
    return f'<a:fld id="{NUMBER_FIELD}" type="slidenum"><a:rPr lang="{language}"/><a:t>{words}</a:t></a:fld>'


def _furnishing(
    number: int, name: str, kind: str, shape: str, body: str, content: str, language: str, index: int | None = None
) -> str:
    index = _FURNITURE[kind][1] if index is None else index
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={attribute(name)}/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{kind}" sz="quarter" idx="{index}"/></p:nvPr></p:nvSpPr>{shape}'
        f'<p:txBody>{body}<a:p>{content}<a:endParaRPr lang="{language}"/></a:p></p:txBody></p:sp>'
    )
