"""One notes page to XML."""

from __future__ import annotations

from deckbuilder.layout.frame import LaidParagraph, LaidText
from deckbuilder.outputs.pptx.base import NUMBER_FIELD, TREE_HEAD
from deckbuilder.outputs.pptx.text import Linker, cut_links, list_starts, numbering, runs_xml, spacing
from deckbuilder.outputs.pptx.xml import DECLARATION, NAMESPACES
from deckbuilder.units import emu


def notes_xml(notes: LaidText, number: int, language: str, link: Linker) -> str:
    """The notes of slide `number`; `link` gives the relationship id of an address."""
    starts = zip(notes.paragraphs, list_starts(notes), strict=True)
    body = "".join(_paragraph(p, start, notes.shrunk, language, link) for p, start in starts)
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
        "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
    )


def _paragraph(p: LaidParagraph, start: int, shrunk: bool, language: str, link: Linker) -> str:
    # Said of plain paragraphs as well: LibreOffice has indents of its own for notes.
    attributes = f' marL="{emu(p.indent)}" indent="{-emu(p.hanging)}"'
    level = p.level - 1 if p.marker else 0  # the page's first level is for paragraphs and lists alike
    attributes += f' lvl="{level}"' if level > 0 else ""
    inner = spacing(p.style, p.size, exact=True) if p.substituted else ""
    inner += f'<a:spcBef><a:spcPts val="{round(p.style.before * p.size * 100)}"/></a:spcBef>'
    if p.marker == "bullet":
        inner += f'<a:buFont typeface="+mn-lt"/><a:buChar char="{p.style.bullet or "•"}"/>'
    elif p.marker:
        inner += numbering(p.marker, start)
    looks = f' lang="{language}"' + (f' sz="{round(p.size * 100)}"' if shrunk else "")
    return f"<a:p><a:pPr{attributes}>{inner}</a:pPr>{runs_xml(cut_links(p), looks, link)}<a:endParaRPr{looks}/></a:p>"
