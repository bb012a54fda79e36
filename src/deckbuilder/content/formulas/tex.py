"""TeX to a formula, within bounds.

latex2mathml reads TeX, and passes over much that is wrong; so what goes in is looked at for length, depth, braces and
names, and what comes out for parts that are missing. Nobody's macros are followed.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from xml.etree import ElementTree as ET

from pydantic_core import PydanticCustomError

from deckbuilder.content.formulas import Formula
from deckbuilder.content.formulas.linear import linear
from deckbuilder.content.formulas.spoken import spoken
from deckbuilder.diagnostics import near_word
from deckbuilder.languages import Language

_LONGEST = 1_000  # characters: a page of mathematics
_DEEPEST = 20  # braces within braces
_HARDEST = 1_500  # signs as the renderer counts them: those in a row within a row count twice, and so on

_MACROS = re.compile(
    r"\\(?:def|edef|gdef|xdef|let|futurelet|newcommand|renewcommand|providecommand|DeclareMathOperator|require)\b"
)
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_ESCAPED = re.compile(r"[\x07\x08\t\x0b\x0c\r\x1b]")  # what YAML makes of \a \b \t \v \f \r \e
_REFUSED = {
    "href": "put the link around words beside the formula",
    "color": "the theme gives formulas their colour",
    "textcolor": "the theme gives formulas their colour",
    "colorbox": "the theme gives formulas their colour",
    "fcolorbox": "the theme gives formulas their colour",
    "tag": "number it in the words beside it",
    "label": "number it in the words beside it",
    "ce": r"write chemistry as \mathrm{H_2O}",
    "pu": r"write units as \mathrm{mg}",
    "SI": r"write units as 5\,\mathrm{mg}",
    "si": r"write units as \mathrm{mg}",
    "unit": r"write units as \mathrm{mg}",
    "qty": r"write units as 5\,\mathrm{mg}",
    "not": r"write the sign itself, as \neq or \notin",
    "boxed": "leave the frame out; the words beside it can say what matters",
    "cancel": "write the step out",
    "class": "leave it out",
    "style": "leave it out",
    "require": "leave it out",
}
# What STIX Two Math cannot draw: it has Latin, Greek, Cyrillic, and all of mathematics.
_STRANGE = re.compile(
    "[^ -\u017f\u0370-\u03ff\u0400-\u045f\u2000-\u23ff\u25a0-\u25ff\u27c0-\u27ff\u2900-\u2aff\U0001d400-\U0001d7ff]"
)
_FACES = re.compile(r"\\m(?:bf|it|sans|tt|frak|scr|bb|up|bi)")  # symbols by their typeface, which nobody types
_ENVIRONMENTS = ("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "cases", "array")
_ALIGNED = ("aligned", "align", "align*", "split", "gathered", "gather", "gather*")
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}")

# How many parts an element has.
_PARTS = {"mfrac": 2, "mroot": 2, "msup": 2, "msub": 2, "mover": 2, "munder": 2, "msubsup": 3, "munderover": 3}
_OTHERS = {"mrow", "mi", "mn", "mo", "mtext", "mspace", "msqrt", "mtable", "mtr", "mtd", "mphantom"}
_ROWS = {"math", "mrow", "msqrt", "mtd", "mphantom"}  # what holds any number of parts
_KEPT = {"mathvariant", "stretchy", "fence", "form", "minsize", "maxsize", "accent", "linethickness", "columnalign"}
_KEPT |= {"width", "displaystyle", "scriptlevel"}
_ORDINARY = "ordinary"  # the form of a comma in braces, as in 2{,}5, which ends nothing
_SAID = {
    "NumeratorNotFoundError": "a fraction has nothing above its line",
    "DenominatorNotFoundError": "a fraction has nothing below its line",
    "ExtraLeftOrMissingRightError": r"\left and \right do not come in pairs",
    "MissingSuperScriptOrSubscriptError": "nothing follows ^ or _",
    "DoubleSubscriptsError": "two subscripts follow one another",
    "DoubleSuperscriptsError": "two superscripts follow one another",
    "NoAvailableTokensError": "it ends where something has to follow",
    "MissingEndError": r"a \begin has no \end",
    "LimitsMustFollowMathOperatorError": r"\limits follows no operator such as \sum",
}


def refused(tex: str, why: str, hint: str) -> PydanticCustomError:
    """The error for a formula; `typed` is what its place in the file is found by."""
    shown = tex if len(tex) <= 40 else f"{tex[:39]}…"
    return PydanticCustomError(
        "formula",
        "the formula {formula} cannot be read: {why}",
        {"formula": shown, "why": why, "hint": hint, "typed": re.split(r"[\]\n]", tex, maxsplit=1)[0][:40]},
    )


@lru_cache(maxsize=4096)
def read_formula(tex: str, display: bool, language: str) -> Formula:
    """The formula that TeX writes, without the marks around it. Raises PydanticCustomError for what cannot be read."""
    _look_over(tex)
    tree = _normal(_converted(tex, display), tex, Language(language).numbers.decimal == ",")
    if not "".join(tree.itertext()).strip():
        raise refused(tex, "there is nothing in it", "write the formula between the marks")
    if strange := _STRANGE.search("".join(tree.itertext())):
        raise refused(tex, f"its font has no {strange.group()}", "put words of other scripts beside it")
    if _hardness(tree, 1) > _HARDEST:
        raise refused(tex, "there is too much in it", "divide it into several formulas")
    return Formula(tex, ET.tostring(tree, "unicode"), linear(tree), spoken(tree, language), display)


def _look_over(tex: str) -> None:
    """Refuses what would not be read, or not be read to an end."""
    if not tex.strip():
        raise refused("$$", "there is nothing in it", "write the formula between the marks")
    if len(tex) > _LONGEST:
        raise refused(tex, f"it has more than {_LONGEST:,} characters", "divide it into several formulas")
    if match := _ESCAPED.search(tex):
        letter = dict(zip("\x07\x08\t\x0b\x0c\r\x1b", "abtvfre", strict=True))[match.group()]
        raise refused(
            _ESCAPED.sub(" ", tex).strip(),
            rf"YAML has taken a \{letter} in double quotation marks for a sign of its own",
            "put the text in single quotation marks, or none",
        )
    if match := _MACROS.search(tex):
        raise refused(tex, f"{match.group()} makes a macro", "write out what it stands for")
    depth = 0
    for match in re.finditer(r"\\.|[{}]", tex, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(match.group(), 0)
        if depth < 0:
            raise refused(tex, "a } has no { before it", "take it away, or write { where it begins")
        if depth > _DEEPEST:
            raise refused(tex, f"braces stand more than {_DEEPEST} deep in it", "divide it into several formulas")
    if depth:
        raise refused(tex, "a { has no } after it", "write } where it ends")
    if re.search(r"\\(?:left|right|begin|end)\b", tex) and len(re.findall(r"\\(?:left|begin)\b", tex)) > _DEEPEST:
        raise refused(tex, "brackets stand too deep in it", "divide it into several formulas")
    for kind, name in _ENVIRONMENT.findall(tex):
        if name.strip() not in (*_ENVIRONMENTS, *_ALIGNED):
            known = [*_ENVIRONMENTS, *_ALIGNED]
            raise refused(
                tex,
                f"there is no environment '{name}' (\\{kind})",
                near_word(name, known) or f"one of: {', '.join(known)}",
            )
    for name in _COMMAND.findall(tex):
        if name in _REFUSED:
            raise refused(tex, f"\\{name} has no place in a formula here", _REFUSED[name])


def _converted(tex: str, display: bool) -> ET.Element:
    from latex2mathml.converter import convert_to_element

    # What latex2mathml reads otherwise than TeX: these environments, a single upright letter, and two bars.
    source = _ENVIRONMENT.sub(lambda m: f"\\{m[1]}{{align*}}" if m[2].strip() in _ALIGNED else m[0], tex)
    source = re.sub(r"\\(mathrm|operatorname)\{", r"\\\1 {", source).replace("||", r"\|")
    try:
        return convert_to_element(source, display="block" if display else "inline")
    except Exception as error:  # the library's own, and what its code falls over
        said = _SAID.get(type(error).__name__)
        raise refused(tex, said or "it is not whole", "compare it with how TeX writes such a formula") from None


def _normal(tree: ET.Element, tex: str, comma: bool) -> ET.Element:
    """The tree in the few elements that all readers of formulas know."""
    for element in tree.iter():
        element.tag = element.tag.rpartition("}")[2]
        text = element.text = html.unescape(element.text or "")
        if "&#" in text:
            raise refused(tex, "there is a sign in it that is none", "write the sign itself")
        if text.startswith("\\") and len(text) > 1:
            raise _unknown(tex, text)
        if text == "&" and r"\&" not in tex:
            raise refused(tex, "an & stands in no table", r"write \& for the sign, or \begin{matrix} around the table")
    made = _plain(tree, tex)
    if made.tag != "math":
        made = _made("math", [made])
    for element in made.iter():
        if element.tag in _ROWS:
            _join(element, comma)
    made.set("display", tree.get("display", "inline"))
    return made


def _unknown(tex: str, command: str) -> PydanticCustomError:
    from latex2mathml import commands, symbols_parser

    known = [key for key in symbols_parser.parse_symbols() if key.startswith("\\") and not _FACES.match(key)]
    known += [value for value in vars(commands).values() if isinstance(value, str) and value.startswith("\\")]
    known = [name for name in known if name[1:2] == command[1:2]]
    return refused(tex, f"there is no command {command}", near_word(command, known) or "write out what it stands for")


def _plain(element: ET.Element, tex: str) -> ET.Element:
    """The element with rows that hold one thing, or stand directly in another row, dissolved."""
    if element.tag in ("mstyle", "mpadded", "semantics"):
        inner = _made("mrow", element)
        inner.attrib.update(
            {key: value for key, value in element.attrib.items() if key in ("displaystyle", "scriptlevel")}
        )
        element = inner
    if element.tag not in _PARTS and element.tag not in _OTHERS and element.tag != "math":
        raise refused(tex, f"'{element.tag}' is not known here", "write it in another way")
    if any(key in element.attrib for key in ("mathcolor", "mathbackground", "href")):
        raise refused(tex, "it gives itself a colour or a link", "leave that to the theme, and to the words beside it")
    wanted = _PARTS.get(element.tag)
    if wanted is not None and len(element) > wanted and element.tag in ("msup", "msub", "msubsup"):  # after a matrix
        base = _made("mrow", element[: 1 - wanted])
        element[:] = [base, *element[1 - wanted :]]
    if wanted is not None and len(element) != wanted:
        raise refused(
            tex, f"a part is missing: {len(element)} of {wanted}", "write each part in braces, as \\frac{a}{b}"
        )
    parts = [_plain(child, tex) for child in element]
    if element.tag in _ROWS:
        parts = [one for part in parts for one in (part if part.tag == "mrow" and not part.attrib else [part])]
    if element.tag == "mrow" and len(parts) == 1 and not element.attrib:
        if parts[0].text in (",", "."):
            parts[0].set("form", _ORDINARY)
        return parts[0]
    out = _made(element.tag, parts)
    out.text = element.text if not parts else None
    out.attrib.update({key: value for key, value in element.attrib.items() if key in _KEPT})
    return out


def _made(tag: str, parts: list[ET.Element] | ET.Element) -> ET.Element:
    out = ET.Element(tag)
    out.extend(parts)
    return out


def _join(row: ET.Element, comma: bool) -> None:
    """Letters that make one upright word, and digits that make one number, become one."""
    parts: list[ET.Element] = []
    for part in row:
        last = parts[-1] if parts else None
        if last is not None and part.tag == last.tag == "mi" and _upright(part) and _upright(last):
            last.text = f"{last.text}{part.text}"
        elif (
            part.tag == "mn"
            and len(parts) > 1
            and parts[-2].tag == "mn"
            and last is not None
            and last.tag == "mo"
            and (last.get("form") == _ORDINARY or last.text == ("," if comma else "."))
        ):
            parts.pop()
            parts[-1].text = f"{parts[-1].text}{last.text}{part.text}"
        else:
            parts.append(part)
    row[:] = parts


def _upright(element: ET.Element) -> bool:
    return element.get("mathvariant") == "normal" and len(element) == 0


def _hardness(element: ET.Element, weight: int) -> int:
    """What setting a tree takes, as a count of signs: a row is measured before it is set, and so all in it twice."""
    if element.tag in _ROWS or element.tag == "mtr":
        weight *= 2
    return max(weight // 2, 1) if len(element) == 0 else sum(_hardness(child, weight) for child in element)
