"""Speaker notes: the slide's cues and questions, as presenter view shows them."""

from __future__ import annotations

from collections.abc import Callable

from deckbuilder.content.slides import AnySlide
from deckbuilder.content.text import Paragraph, Run, Text
from deckbuilder.labels import Labels
from deckbuilder.outputs.pptx.base import TREE_HEAD
from deckbuilder.outputs.pptx.xml import DECLARATION, NAMESPACES, text


def notes_paragraphs(slide: AnySlide, labels: Labels) -> list[Paragraph]:
    """What the facilitator needs while the slide is up; [] when there is nothing."""
    out: list[Paragraph] = []
    for cue in slide.cues:
        out += _labelled(labels(cue.kind), cue.text)
    for question in slide.questions:
        about = [labels(question.grouping)] if question.grouping else []
        about += [labels.minutes(question.minutes)] if question.minutes else []
        head = labels("question") + (f" ({', '.join(about)})" if about else "")
        out += _labelled(head, question.ask)
        for name, items in (("listen_for", question.listen_for), ("follow_ups", question.follow_ups)):
            if items:
                out.append(Paragraph((Run(labels(name).upper(), bold=True),)))
                out += [Paragraph(item.runs, 1, "bullet") for item in items]
        if question.debrief:
            out += _labelled(labels("debrief"), question.debrief)
    return out


def _labelled(label: str, words: Text) -> list[Paragraph]:
    first, *rest = words.paragraphs
    head = Run(f"{label.upper()}  ", bold=True)
    if first.marker:
        return [Paragraph((head,)), *words.paragraphs]
    return [Paragraph((head, *first.runs)), *rest]


def notes_xml(paragraphs: list[Paragraph], language: str, link: Callable[[str], str]) -> str:
    """A notes slide; `link` gives the relationship id of an address."""
    body = "".join(_paragraph(p, language, link) for p in paragraphs)
    return (
        f"{DECLARATION}<p:notes {NAMESPACES}><p:cSld><p:spTree>{TREE_HEAD}"
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide Image Placeholder 1"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/>'
        '</p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>'
        '<p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes Placeholder 2"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="body" idx="3"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{body}</p:txBody></p:sp>'
        "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
    )


def _paragraph(p: Paragraph, language: str, link: Callable[[str], str]) -> str:
    properties = ""
    if p.marker:
        margin = 228_600 * (p.level + 1)
        marker = (
            '<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"/>'
            if p.marker == "number"
            else '<a:buFont typeface="Arial"/><a:buChar char="•"/>'
        )
        properties = f'<a:pPr marL="{margin}" indent="-171450">{marker}</a:pPr>'
    runs = []
    for run in p.runs:
        looks = f'lang="{language}"' + (' b="1"' if run.bold else "") + (' i="1"' if run.italic else "")
        target = f'<a:hlinkClick r:id="{link(run.link)}"/>' if run.link else ""
        for n, part in enumerate(run.text.split("\n")):
            if n:
                runs.append(f"<a:br><a:rPr {looks}/></a:br>")
            if part:
                runs.append(f"<a:r><a:rPr {looks}>{target}</a:rPr><a:t>{text(part)}</a:t></a:r>")
    return f'<a:p>{properties}{"".join(runs)}<a:endParaRPr lang="{language}"/></a:p>'
