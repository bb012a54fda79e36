"""A formula in words, for those who hear it: "a over b squared".

The words are the language's (`languages/`). In a language without any the formula is read out as it stands on a line: screen
readers know the names of signs in their own language.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as ET

from deckbuilder.content.formulas.linear import BOUNDED, BRACES, LARGE, linear, sign_of, stacked
from deckbuilder.languages import Language

_POWERS = {"2": "squared", "3": "cubed"}
_PRIMES = {"′": "prime", "″": "double_prime"}
_ACCENTS = {"^": "hat", "ˆ": "hat", "~": "tilde", "¯": "bar", "―": "bar", "˙": "dot", "→": "vector"}


def spoken(tree: ET.Element, language: str) -> str:
    """The formula in the language's words."""
    words = Language(language).formula_words
    return " ".join(_Speaker(words).say(tree).split()) if words else linear(tree)


class _Speaker:
    """Says elements in the words of a language, by what they are called in its file."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = words

    def say(self, element: ET.Element) -> str:
        parts = list(element)
        match element.tag:
            case "mfrac":
                return self.fill("choose" if stacked(element) else "over", *parts)
            case "msqrt":
                return self.fill("root", element, held=self.row(parts))
            case "mroot":
                return self.fill("nth_root", parts[1], parts[0])
            case "msup":
                return self.raised(self.say(parts[0]), parts[1])
            case "msub" | "munder":
                if sign_of(parts[1]) in BRACES:
                    return self.say(parts[0])
                bounds = sign_of(parts[0]) in (*LARGE, *BOUNDED) or element.tag == "munder"
                return self.fill("from" if bounds else "sub", *parts)
            case "msubsup" | "munderover":
                if sign_of(parts[0]) in LARGE or element.tag == "munderover":
                    return self.fill("from_to", *parts)
                return self.raised(self.fill("sub", *parts[:2]), parts[2])
            case "mover":
                if sign_of(parts[1]) in BRACES:
                    return self.say(parts[0])
                accent = _ACCENTS.get(sign_of(parts[1]))
                return self.fill(accent, parts[0]) if accent else f"{self.say(parts[0])} {self.say(parts[1])}"
            case "mtable" if element.get("displaystyle"):
                return "; ".join(" ".join(self.say(cell) for cell in row).strip() for row in parts)
            case "mtable":
                rows = "; ".join(", ".join(self.say(cell) for cell in row) for row in parts)
                return f"{self.words['matrix']} {rows}"
            case "mspace" | "mphantom":
                return " "
            case "mi" | "mn" | "mo" | "mtext":
                text = element.text or ""
                return self.words.get(text, text)
        return self.row(parts)

    def row(self, parts: list[ET.Element]) -> str:
        return " ".join(self.say(part) for part in parts)

    def raised(self, base: str, power: ET.Element) -> str:
        sign = sign_of(power)
        if name := _POWERS.get(sign) or _PRIMES.get(sign):
            return self.words[name].replace("{a}", base)
        if sign == "∘":
            return f"{base} {self.words['degrees']}"
        return self.words["power"].replace("{a}", base).replace("{b}", self.say(power))

    def fill(self, name: str, *parts: ET.Element, held: str | None = None) -> str:
        """The words of that name with the parts in them, {a}, {b} and so on; "end" is said after what is long."""
        out = self.words[name]
        for letter, part in zip("abc", parts, strict=False):
            out = out.replace(f"{{{letter}}}", held if held is not None else self.say(part))
        last = held if held is not None else self.say(parts[-1])
        ends = f"{name}_end"
        return f"{out} {self.words[ends]}" if ends in self.words and len(last.split()) > 2 else out
