"""A formula on a line of text, for bookmarks, notes and programs that show no formulas: x = (−b ± √(b² − 4ac))/(2a)."""

from __future__ import annotations

from xml.etree import ElementTree as ET

_RAISED = str.maketrans("0123456789+−=()ni′″∘", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ′″°")
_LOWERED = str.maketrans("0123456789+−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_ACCENTS = {
    "^": "\u0302",
    "ˆ": "\u0302",
    "~": "\u0303",
    "¯": "\u0304",
    "―": "\u0305",
    "˙": "\u0307",
    "¨": "\u0308",
    "→": "\u20d7",
}
_ROOTS = {"3": "∛", "4": "∜"}
SPACED = frozenset("=<>≤≥≠≈≡∼≅∝→⇒⇔↔←⟶⟹+−±∓×⋅·÷∈∉⊂⊆∪∩∧∨∣:")
"""Signs with a blank on either side."""
LARGE = frozenset("∑∏∐∫∬∭∮⋃⋂⨁⨂⋁⋀")
"""Operators whose bounds stand above and below, or beside."""
BRACES = frozenset("⏞⏟⏜⏝⎴⎵")
"""Braces and brackets that lie above or below."""
_NAMES = """arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max min mod
Pr sec sin sinh sup tan tanh"""
FUNCTIONS = frozenset(_NAMES.split())
BOUNDED = frozenset(["lim", "liminf", "limsup", "max", "min", "sup", "inf", "gcd"])
"""Functions whose bounds stand below them."""


def linear(element: ET.Element) -> str:
    """The element on a line."""
    parts = list(element)
    match element.tag:
        case "mfrac" if stacked(element):
            return f"{linear(parts[0])}; {linear(parts[1])}"
        case "mfrac":
            return f"{_held(parts[0])}/{_held(parts[1])}"
        case "msqrt":
            return f"√{_held(element)}"
        case "mroot":
            index = linear(parts[1])
            sign = _ROOTS.get(index) or _script(index, _RAISED, "^") + "√"
            return f"{sign}{_held(parts[0])}"
        case "msup":
            return f"{_held(parts[0])}{_script(linear(parts[1]), _RAISED, '^')}"
        case "munder" if sign_of(parts[1]) in BRACES:
            return linear(parts[0])
        case "msub" | "munder":
            return f"{linear(parts[0])}{_after(parts[0], _script(linear(parts[1]), _LOWERED, '_'))}"
        case "msubsup" | "munderover":
            low, high = _script(linear(parts[1]), _LOWERED, "_"), _script(linear(parts[2]), _RAISED, "^")
            return f"{linear(parts[0])}{_after(parts[0], low + high)}"
        case "mover":
            return _over(parts)
        case "mtable" if element.get("displaystyle"):
            return "; ".join(" ".join(map(linear, row)).strip() for row in parts)
        case "mtable":
            return "[" + "; ".join(", ".join(map(linear, row)) for row in parts) + "]"
        case "mspace":
            return " " if not element.get("width", "").startswith(("-", "negative")) else ""
        case "mphantom":
            return ""
        case "mi" | "mn" | "mo" | "mtext":
            return element.text or ""
    return _row(parts)


def stacked(fraction: ET.Element) -> bool:
    """Whether a fraction has no line, as the binomial coefficient."""
    return fraction.get("linethickness") in ("0", "0pt", "0em")


def sign_of(element: ET.Element) -> str:
    """The sign that an element is, "" for one that is more."""
    return (element.text or "") if element.tag in ("mo", "mi", "mn") and len(element) == 0 else ""


def _row(parts: list[ET.Element]) -> str:
    out = ""
    for n, part in enumerate(parts):
        words = linear(part)
        binary = words in SPACED and n and n < len(parts) - 1 and sign_of(parts[n - 1]) not in (*SPACED, "(", "[", ",")
        function = words in FUNCTIONS or (part.tag in ("msub", "msup", "munder") and sign_of(part[0]) in FUNCTIONS)
        if binary:
            out = f"{out.rstrip()} {words} "
        elif words == ",":
            out += ", "
        elif function:
            out += f"{' ' if out[-1:].isalnum() else ''}{words} "
        else:
            out += words
    return " ".join(out.split())


def _held(element: ET.Element) -> str:
    """The element in brackets where it is more than one thing."""
    words = linear(element) if element.tag != "msqrt" else _row(list(element))
    single = (
        len(words) == 1
        or words.replace(",", "").replace(".", "").isalnum()
        or (words[:1] == "(" and words[-1:] == ")" and words.count("(") == 1)
    )
    whole = single and not (element.tag in ("mrow", "math", "msqrt") and len(element) > 1 and words[:1] != "(")
    return words if whole or not words else f"({words})"


def _after(base: ET.Element, script: str) -> str:
    return script + " " if sign_of(base) in LARGE else script


def _script(words: str, signs: dict[int, int], mark: str) -> str:
    raised = words.replace(" ", "").translate(signs)
    if words and all(ord(letter) in signs for letter in words.replace(" ", "")):
        return raised
    return f"{mark}{words}" if len(words) == 1 else f"{mark}({words})"


def _over(parts: list[ET.Element]) -> str:
    base, above = linear(parts[0]), linear(parts[1])
    if above in _ACCENTS:
        return "".join(letter + _ACCENTS[above] for letter in base)
    return base if above in BRACES else f"{base}^({above})"
