"""A formula as Office's own markup for mathematics (OMML; ECMA-376 part 1, 22.1), which PowerPoint edits.

MathML tells an operator and what it works on apart only by their order; here brackets take in what is between them, and sums and
integrals what follows them.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from deckbuilder.content.formulas import Formula
from deckbuilder.content.formulas.linear import BOUNDED, BRACES, FUNCTIONS, LARGE, sign_of, stacked
from deckbuilder.ooxml.xml import attribute, text

_SPACES = ((0.9, "\u2003"), (0.45, "\u2002"), (0.25, "\u2005"), (0.2, "\u2004"), (0.0, "\u2009"))
_ACCENTS = {
    "^": "\u0302",
    "ˆ": "\u0302",
    "~": "\u0303",
    "˙": "\u0307",
    "¨": "\u0308",
    "→": "\u20d7",
    "´": "\u0301",
    "`": "\u0300",
}
_ITALIC = (("A", "Z", 0x1D434), ("a", "z", 0x1D44E), ("Α", "Ω", 0x1D6E2), ("α", "ω", 0x1D6FC))
_BARS = ("¯", "―", "‾")
_NOTHING = "\u200b"  # PowerPoint marks what is empty by a box
_ENDS = frozenset("+−±=<>≤≥≠≈≡∼≅∝→⇒⇔↔←⟶⟹,;:)]}")  # where what a sum works on ends


def formula_xml(formula: Formula, align: str | None) -> str:
    """The formula's element, `m` of Office's drawing of 2010. `align`, of a formula that has a paragraph to itself, is "left",
    "center" or "right". Size and colour are those of the text around."""
    math = f"<m:oMath>{_row(list(formula.tree))}</m:oMath>"
    if align and formula.display:
        math = f'<m:oMathPara><m:oMathParaPr><m:jc m:val="{align}"/></m:oMathParaPr>{math}</m:oMathPara>'
    return f"<draw14:m>{math}</draw14:m>"


def _part(tag: str, element: ET.Element | str) -> str:
    return f"<m:{tag}>{element if isinstance(element, str) else _one(element)}</m:{tag}>"


def _run(words: str, style: str | None = None) -> str:
    """Characters; `style` is "p" for upright ones and "nor" for words, None for variables."""
    kind = {"p": '<m:rPr><m:sty m:val="p"/></m:rPr>', "nor": "<m:rPr><m:nor/></m:rPr>", None: ""}[style]
    space = ' xml:space="preserve"' if words != words.strip() else ""
    return f"<m:r>{kind}<m:t{space}>{text(words if style else _italic(words))}</m:t></m:r>"


def _row(parts: list[ET.Element]) -> str:
    out: list[str] = []
    place = 0
    while place < len(parts):
        if (end := _closing(parts, place)) is not None:
            closed = parts[end].tag == "mo"
            within = parts[place + 1 : end if closed else end + 1]
            out.append(_brackets(sign_of(parts[place]), sign_of(parts[end]) if closed else "", within))
            place = end + 1
        elif sign_of(_base(parts[place])) in LARGE and parts[place].tag != "mo":
            end = place + 1
            while end < len(parts) and sign_of(parts[end]) not in _ENDS:
                end += 1
            out.append(_operator(parts[place], parts[place + 1 : end]))
            place = end
        else:
            out.append(_one(parts[place]))
            place += 1
    return "".join(out)


def _brackets(opens: str, closes: str, within: list[ET.Element]) -> str:
    signs = f"<m:begChr m:val={attribute(opens)}/><m:endChr m:val={attribute(closes)}/>"
    return f"<m:d><m:dPr>{signs}</m:dPr>{_part('e', _row(within))}</m:d>"


def _operator(element: ET.Element, works_on: list[ET.Element]) -> str:
    """A sum, an integral or their like with its bounds."""
    parts = list(element)
    low = parts[1] if element.tag in ("msub", "munder", "msubsup", "munderover") else None
    high = parts[-1] if element.tag in ("msup", "mover", "msubsup", "munderover") else None
    where = "undOvr" if element.tag in ("munder", "mover", "munderover") else "subSup"
    about = f'<m:chr m:val={attribute(sign_of(parts[0]))}/><m:limLoc m:val="{where}"/>'
    about += ('<m:subHide m:val="1"/>' if low is None else "") + ('<m:supHide m:val="1"/>' if high is None else "")
    bounds = _part("sub", "" if low is None else low) + _part("sup", "" if high is None else high)
    return f"<m:nary><m:naryPr>{about}</m:naryPr>{bounds}{_part('e', _row(works_on) or _run(_NOTHING))}</m:nary>"


def _one(element: ET.Element) -> str:
    parts = list(element)
    match element.tag:
        case "mfrac":
            kind = '<m:fPr><m:type m:val="noBar"/></m:fPr>' if stacked(element) else ""
            return f"<m:f>{kind}{_part('num', parts[0])}{_part('den', parts[1])}</m:f>"
        case "msqrt":
            hidden = '<m:radPr><m:degHide m:val="1"/></m:radPr>'
            return f"<m:rad>{hidden}<m:deg/>{_part('e', _row(parts))}</m:rad>"
        case "mroot":
            return f"<m:rad>{_part('deg', parts[1])}{_part('e', parts[0])}</m:rad>"
        case "msup" | "msub" | "msubsup":
            if sign_of(parts[0]) in BOUNDED and element.tag == "msub":
                return _below(parts)
            tag = {"msup": "sSup", "msub": "sSub", "msubsup": "sSubSup"}[element.tag]
            names = {"msup": ("sup",), "msub": ("sub",), "msubsup": ("sub", "sup")}[element.tag]
            scripts = "".join(_part(name, part) for name, part in zip(names, parts[1:], strict=True))
            base = _one(parts[0]) or _run(_NOTHING)
            return f"<m:{tag}>{_part('e', base)}{scripts}</m:{tag}>"
        case "mover":
            return _above(parts)
        case "munder":
            return _below(parts)
        case "munderover":
            under = ET.Element("munder")
            under.extend(parts[:2])
            over = ET.Element("mover")
            over.extend([under, parts[2]])
            return _one(over)
        case "mtable":
            return _table(parts)
        case "mspace":
            return _run(_space(element.get("width", "")), "nor") if _space(element.get("width", "")) else ""
        case "mphantom":
            return f'<m:phant><m:phantPr><m:show m:val="0"/></m:phantPr>{_part("e", _row(parts))}</m:phant>'
        case "mtext":
            return _run(element.text or "", "nor")
        case "mi":
            words = element.text or ""
            upright = element.get("mathvariant") == "normal" or len(words) > 1 or words in "%&$#°"
            return _run(words, "p" if upright else None) if words else ""
        case "mo" if element.text in FUNCTIONS or len(element.text or "") > 1:
            return _run(element.text or "", "p")
        case "mn" | "mo":
            return _run(element.text, "p") if element.text else ""
    return _row(parts)


def _above(parts: list[ET.Element]) -> str:
    sign = sign_of(parts[1])
    if sign in _BARS:
        return f'<m:bar><m:barPr><m:pos m:val="top"/></m:barPr>{_part("e", parts[0])}</m:bar>'
    if sign in _ACCENTS:
        mark = f"<m:chr m:val={attribute(_ACCENTS[sign])}/>"
        return f"<m:acc><m:accPr>{mark}</m:accPr>{_part('e', parts[0])}</m:acc>"
    if sign in BRACES:
        return _braced(sign, "top", "bot", parts[0])
    return f"<m:limUpp>{_part('e', parts[0])}{_part('lim', parts[1])}</m:limUpp>"


def _below(parts: list[ET.Element]) -> str:
    if sign_of(parts[1]) in BRACES:
        return _braced(sign_of(parts[1]), "bot", "top", parts[0])
    return f"<m:limLow>{_part('e', parts[0])}{_part('lim', parts[1])}</m:limLow>"


def _braced(sign: str, place: str, other: str, base: ET.Element) -> str:
    about = f'<m:chr m:val={attribute(sign)}/><m:pos m:val="{place}"/><m:vertJc m:val="{other}"/>'
    return f"<m:groupChr><m:groupChrPr>{about}</m:groupChrPr>{_part('e', base)}</m:groupChr>"


def _table(rows: list[ET.Element]) -> str:
    sides = [cell.get("columnalign", "center") for cell in max(rows, key=len)] if rows else []
    columns = "".join(
        f'<m:mc><m:mcPr><m:count m:val="1"/><m:mcJc m:val="{side}"/></m:mcPr></m:mc>'
        for side in (side if side in ("left", "center", "right") else "center" for side in sides)
    )
    cells = "".join(f"<m:mr>{''.join(_part('e', _row(list(cell))) for cell in row)}</m:mr>" for row in rows)
    return f"<m:m><m:mPr><m:mcs>{columns}</m:mcs></m:mPr>{cells}</m:m>"


def _italic(letters: str) -> str:
    """Variables as PowerPoint writes them: in Unicode's italic letters for mathematics."""
    return "".join(_letter(letter) for letter in letters)


def _letter(letter: str) -> str:
    for first, last, italic in _ITALIC:
        if first <= letter <= last:
            return "ℎ" if letter == "h" else chr(ord(letter) - ord(first) + italic)
    return letter


def _base(element: ET.Element) -> ET.Element:
    return element[0] if element.tag in ("msub", "msup", "msubsup", "munder", "mover", "munderover") else element


def _closing(parts: list[ET.Element], place: int) -> int | None:
    """Where what a bracket at the place takes in ends: the place of the bracket that closes it, or of the one part that an
    opening bracket alone stands before. None for what is no bracket that grows."""
    opening = parts[place]
    if opening.tag != "mo" or opening.get("stretchy") == "false":
        return None
    following = parts[place + 1] if place + 1 < len(parts) else None
    around = following is not None and (following.tag == "mtable" or (following.tag == "mfrac" and stacked(following)))
    if opening.get("form") == "prefix":
        depth = 0
        for end in range(place, len(parts)):
            depth += {"prefix": 1, "postfix": -1}.get(parts[end].get("form", ""), 0)
            if depth == 0:
                return end
        return place + 1 if around else None
    if around and opening.text in tuple("([{|‖⟨"):
        return place + 2 if place + 2 < len(parts) and parts[place + 2].tag == "mo" else None
    return None


def _space(width: str) -> str:
    """The blank of about that width; "" for one that draws together."""
    if width.startswith(("-", "negative")):
        return ""
    match = re.match(r"([\d.]+)em", width)
    ems = float(match[1]) if match else 0.17
    return next(blank for least, blank in _SPACES if ems >= least)
