"""The notes master and notes pages to XML."""

from __future__ import annotations

from deckbuilder.languages import Language
from deckbuilder.layout.frame import LaidParagraph, LaidText
from deckbuilder.layout.notes import NOTES_BODY, NOTES_PAGE, NOTES_PICTURE
from deckbuilder.ooxml.xml import DECLARATION, NAMESPACES
from deckbuilder.outputs.pptx.furniture import NUMBER_FIELD, number_field
from deckbuilder.outputs.pptx.text import RTL, Linker, cut_links, list_starts, numbering, runs_xml, spacing
from deckbuilder.outputs.pptx.xml import COLOR_MAP, TREE_HEAD, geometry, insets, position, solid
from deckbuilder.theme.color import Color
from deckbuilder.theme.theme import NO_INSETS
from deckbuilder.units import Rect, emu


def notes_xml(notes: LaidText, number: int, language: str, link: Linker, data: str = "") -> str:
    """The notes of slide `number`; `link` links its words, `data` is what stands behind its shapes."""
    starts = zip(notes.paragraphs, list_starts(notes), strict=True)
    body = "".join(_paragraph(p, start, notes.shrunk, language, link, notes.style.rtl) for p, start in starts)
    return (
        f"{DECLARATION}<p:notes {NAMESPACES}><p:cSld><p:spTree>{TREE_HEAD}"
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide Image Placeholder 1"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/>'
        '</p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>'
        '<p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes Placeholder 2"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="body" idx="3"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{body}</p:txBody></p:sp>'
        '<p:sp><p:nvSpPr><p:cNvPr id="4" name="Slide Number Placeholder 3"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="sldNum" sz="quarter" idx="5"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>'
        f'<a:p><a:fld id="{NUMBER_FIELD}" type="slidenum"><a:rPr lang="{language}"/><a:t>{number}</a:t></a:fld>'
        f'<a:endParaRPr lang="{language}"/></a:p></p:txBody></p:sp>'
        f"</p:spTree>{data}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
    )


def _paragraph(p: LaidParagraph, start: int, shrunk: bool, language: str, link: Linker, rtl: bool) -> str:
    # Said of plain paragraphs as well: LibreOffice has indents of its own for notes.
    attributes = f' marL="{emu(p.indent)}" indent="{-emu(p.hanging)}"'
    level = p.level - 1 if p.marker else 0  # the page's first level is for paragraphs and lists alike
    attributes += f' lvl="{level}"' if level > 0 else ""
    attributes += "" if p.rtl == rtl else f' rtl="{int(p.rtl)}"'
    inner = spacing(p.style, p.size, exact=True) if p.substituted else ""
    inner += f'<a:spcBef><a:spcPts val="{round(p.style.before * p.size * 100)}"/></a:spcBef>'
    if p.marker == "bullet":
        inner += f'<a:buFont typeface="+mn-lt"/><a:buChar char="{p.style.bullet or "•"}"/>'
    elif p.marker:
        inner += numbering(p.marker, start)
    looks = f' lang="{language}"' + (f' sz="{round(p.size * 100)}"' if shrunk else "")
    return f"<a:p><a:pPr{attributes}>{inner}</a:pPr>{runs_xml(cut_links(p), looks, link)}<a:endParaRPr{looks}/></a:p>"


def notes_master(language: str) -> str:
    """The notes master. Its text placeholders say the sizes as well: LibreOffice does not read them from its styles. They do
    not say the font, which it would take by the name of its place in the theme."""
    rtl = Language(language).right_to_left
    begin, end = ("r", "l") if rtl else ("l", "r")

    def levels_in(font: str) -> str:
        return "".join(
            f'<a:lvl{n}pPr marL="{(n - 1) * 177800}" algn="{begin}"{RTL * rtl}><a:defRPr sz="1200">{solid(Color("dk1"))}{font}</a:defRPr></a:lvl{n}pPr>'
            for n in range(1, 10)
        )

    def holder(number: int, name: str, tag: str, rect: Rect, words: str) -> str:
        content = f'<p:txBody><a:bodyPr {insets(NO_INSETS)}/><a:lstStyle>{levels_in("")}</a:lstStyle><a:p><a:r><a:rPr lang="{language}"/><a:t>{words}</a:t></a:r></a:p></p:txBody>'
        locks = '<a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/>' if "sldImg" in tag else '<a:spLocks noGrp="1"/>'
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr>{locks}</p:cNvSpPr><p:nvPr>{tag}</p:nvPr></p:nvSpPr>'
            f"<p:spPr>{position(rect)}{geometry('rectangle')}</p:spPr>{'' if 'sldImg' in tag else content}</p:sp>"
        )

    shapes = holder(2, "Slide Image Placeholder", '<p:ph type="sldImg" idx="2"/>', NOTES_PICTURE, "")
    shapes += holder(3, "Notes Placeholder", '<p:ph type="body" sz="quarter" idx="3"/>', NOTES_BODY, "Notes")
    foot = Rect(NOTES_BODY.x if rtl else NOTES_BODY.right - 200, NOTES_PAGE.bottom - 36, 200, 20)
    field = number_field("‹#›", language)
    shapes += (
        '<p:sp><p:nvSpPr><p:cNvPr id="4" name="Slide Number Placeholder"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="sldNum" sz="quarter" idx="5"/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{position(foot)}{geometry('rectangle')}</p:spPr>"
        f'<p:txBody><a:bodyPr {insets(NO_INSETS)} anchor="ctr"/><a:lstStyle><a:lvl1pPr algn="{end}"{RTL * rtl}><a:defRPr sz="1200"/></a:lvl1pPr></a:lstStyle>'
        f'<a:p>{field}<a:endParaRPr lang="{language}"/></a:p></p:txBody></p:sp>'
    )
    levels = levels_in('<a:latin typeface="+mn-lt"/>')
    return (
        f"<p:notesMaster {NAMESPACES}><p:cSld><p:bg><p:bgPr>{solid(Color('lt1'))}<a:effectLst/></p:bgPr></p:bg>"
        f"<p:spTree>{TREE_HEAD}{shapes}</p:spTree></p:cSld><p:clrMap {COLOR_MAP}/><p:notesStyle>{levels}</p:notesStyle></p:notesMaster>"
    )
