"""Points that appear one by one: PowerPoint's own animation by paragraph ("Appear", on click).

What is on the slide stays whole: who prints it, or shows it in a program that knows no animations, sees all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from deckbuilder.layout.frame import LaidParagraph, SlideFrame, TextItem


def timing(frame: SlideFrame) -> str:
    """The `<p:timing>` of a slide whose points appear one by one; "" for any other."""
    if not getattr(frame.slide, "reveal", False):
        return ""
    for number, item in enumerate(frame.items, 2):
        if isinstance(item, TextItem) and "points" in item.fields:
            clicks = groups(item.text.paragraphs)
            return _timing(number, clicks) if clicks else ""
    return ""


def groups(paragraphs: Sequence[LaidParagraph]) -> list[list[int]]:
    """The paragraphs that each click brings, by their numbers from 0: a point, with those under it."""
    out: list[list[int]] = []
    for number, paragraph in enumerate(paragraphs):
        if paragraph.marker is None:
            continue
        if paragraph.level == 0 or not out:
            out.append([])
        out[-1].append(number)
    return out


def _timing(shape: int, clicks: Sequence[Sequence[int]]) -> str:
    numbers = count(3)
    steps = "".join(_click(shape, paragraphs, numbers) for paragraphs in clicks)
    slide = "<p:tgtEl><p:sldTgt/></p:tgtEl>"
    return (
        '<p:timing><p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst>'
        '<p:seq concurrent="1" nextAc="seek"><p:cTn id="2" dur="indefinite" nodeType="mainSeq"><p:childTnLst>'
        f"{steps}</p:childTnLst></p:cTn>"
        f'<p:prevCondLst><p:cond evt="onPrev" delay="0">{slide}</p:cond></p:prevCondLst>'
        f'<p:nextCondLst><p:cond evt="onNext" delay="0">{slide}</p:cond></p:nextCondLst>'
        "</p:seq></p:childTnLst></p:cTn></p:par></p:tnLst>"
        f'<p:bldLst><p:bldP spid="{shape}" grpId="0" build="p"/></p:bldLst></p:timing>'
    )


def _click(shape: int, paragraphs: Sequence[int], numbers: count[int]) -> str:
    """What a click starts: its first paragraph, and the others with it."""
    outer, inner = next(numbers), next(numbers)
    effects = "".join(
        _effect(shape, paragraph, "withEffect" if place else "clickEffect", numbers)
        for place, paragraph in enumerate(paragraphs)
    )
    return (
        f'<p:par><p:cTn id="{outer}" fill="hold"><p:stCondLst><p:cond delay="indefinite"/></p:stCondLst><p:childTnLst>'
        f'<p:par><p:cTn id="{inner}" fill="hold"><p:stCondLst><p:cond delay="0"/></p:stCondLst>'
        f"<p:childTnLst>{effects}</p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par>"
    )


def _effect(shape: int, paragraph: int, kind: str, numbers: count[int]) -> str:
    """A paragraph that becomes visible: the preset "Appear"."""
    effect, change = next(numbers), next(numbers)
    now = '<p:stCondLst><p:cond delay="0"/></p:stCondLst>'
    return (
        f'<p:par><p:cTn id="{effect}" presetID="1" presetClass="entr" presetSubtype="0" fill="hold" grpId="0" '
        f'nodeType="{kind}">{now}<p:childTnLst><p:set><p:cBhvr><p:cTn id="{change}" dur="1" fill="hold">{now}</p:cTn>'
        f'<p:tgtEl><p:spTgt spid="{shape}"><p:txEl><p:pRg st="{paragraph}" end="{paragraph}"/></p:txEl></p:spTgt></p:tgtEl>'
        "<p:attrNameLst><p:attrName>style.visibility</p:attrName></p:attrNameLst></p:cBhvr>"
        '<p:to><p:strVal val="visible"/></p:to></p:set></p:childTnLst></p:cTn></p:par>'
    )
