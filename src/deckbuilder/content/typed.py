"""What people type without meaning Markdown by it, put aside before Markdown is read.

Addresses, paths and names from programs keep their tildes, underscores and backslashes; `<br>` and `<kbd>` are taken as meant;
what is typed straight becomes typography (`typography`). What is put aside is one character of a private plane until the Markdown
has become runs. What other tools' writers type by habit, and nothing here can show, is doubted at its place (`habits`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import field, replace

from deckbuilder.content.formulas.found import DISPLAY, INLINE, LATEX, is_formula, is_money
from deckbuilder.content.formulas.tex import read_formula
from deckbuilder.content.habits import Doubt
from deckbuilder.content.text import Run
from deckbuilder.frozen import dataclass

_FIRST, LAST = 0xF0000, 0xFFFFD  # the first private plane: no keyboard, font or program uses it


_ASIDE = re.compile(f"[{chr(_FIRST)}-{chr(LAST)}]")


@dataclass
class Aside:
    """Runs that stand aside, each for one character of the text."""

    runs: list[Run] = field(default_factory=list)

    def put(self, run: Run) -> str:
        """The character that stands for the run."""
        self.runs.append(run)
        return chr(_FIRST + len(self.runs) - 1)

    def back(self, text: str, look: Run) -> Iterator[Run]:
        """The text in a look, with what was put aside in its place."""
        start = 0
        for match in _ASIDE.finditer(text):
            index = ord(match.group()) - _FIRST
            if index >= len(self.runs):
                continue
            if match.start() > start:
                yield replace(look, text=text[start : match.start()])
            aside = self.runs[index]
            yield replace(
                look,
                text=aside.text,
                code=look.code or aside.code,
                script=aside.script or look.script,
                formula=aside.formula,
                link=look.link or (None if look.gap or look.code else aside.link),
            )
            start = match.end()
        if start < len(text) or not text:
            yield replace(look, text=text[start:])

    def plain(self, text: str) -> str:
        """The text with the words of what was put aside: for addresses and code."""
        return "".join(run.text for run in self.back(text, Run(""))) if text else text


# Left as they are: code, the targets and definitions of links, what is in angle brackets, attributes.
_CODE = r"(?P<code>(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))"


_TARGET = r"(?P<target>\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\))"


_DEFINITION = r"(?P<definition>^\ {0,3}\[[^\]\n]+\]:[^\n]*$)"


_AUTOLINK = r"(?P<auto><(?:[a-z][a-z0-9+.-]*:[^<>\s]*|[^<>\s@]+@[^<>\s]+)>)"


_ATTRIBUTES = r"(?P<attributes>(?<=\])\{[^{}\n]*\})"


# Put aside.
_WINDOWS = r"(?P<path>(?<![\w\\])(?:[A-Za-z]:\\|\\\\(?=\w))[^\s\"<>|]*)"


_WEB = r"(?P<web>(?<![\w/@.])(?:https?://|www\.(?=\w))[^\s<>\[\]\"“”«»„|`]+)"


_MAIL = r"(?P<mail>(?<![\w.+/:@-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b)"


_DUNDER = (
    r"(?P<dunder>(?<!\w)__(?:init|main|name|file|doc|all|new|del|repr|str|len|call|iter|next|enter|exit|dict|slots|class|eq|hash"
    r"|getattr|setattr|getitem|setitem|version|future|import|path|package|annotations|builtins)__(?!\w))"
)


_STARS = r"(?P<stars>(?<![\w*])\w(?:\*\w)+(?![\w*]))"  # a*b*c


_BREAK = r"(?P<break><[Bb][Rr]\s*/?>)"


_SCRIPT = r"(?P<script><(?P<level>su[bp])>(?P<scripted>[^<>\n]+)</(?P=level)>)"


_KEY = r"(?P<key><(?:kbd|code|samp|tt)>(?P<keyed>[^<>\n]+)</(?:kbd|code|samp|tt)>)"


_ESCAPED = r"(?P<escaped>\\\$)"


_ALL = re.compile(
    "|".join(
        (
            _CODE,
            _ESCAPED,
            DISPLAY,
            INLINE,
            LATEX,
            _TARGET,
            _DEFINITION,
            _AUTOLINK,
            _ATTRIBUTES,
            _WINDOWS,
            _WEB,
            _MAIL,
            _DUNDER,
            _STARS,
            _BREAK,
            _SCRIPT,
            _KEY,
        )
    ),
    re.MULTILINE | re.DOTALL,
)


_MAYBE = re.compile(r"`|\]|\$|<|\\|://|www\.|@|__|\w\*\w")


_INNER = {
    "ticks": "code",
    "keyed": "key",
    "level": "script",
    "scripted": "script",
    "tex": "formula",
    "shown": "display",
    "within": "latex",
    "apart": "latex",
}


_TRAILING = ".,;:!?'*_~…"


def put_aside(source: str, between: Callable[[str], str], language: str, doubt: Doubt) -> tuple[str, Aside]:
    """The source with what is not meant as Markdown put aside, formulas too. `between` is done to what is neither that nor
    code, an address or the like; the language is that in which formulas are said. Raises PydanticCustomError for a formula
    that cannot be read."""
    aside = Aside()
    if _ASIDE.search(source):  # somebody's own private characters
        return source, aside
    if not _MAYBE.search(source):
        return between(source), aside
    out, start = [], 0
    while match := _ALL.search(source, start):
        out.append(between(source[start : match.start()]))
        kind, text = str(match.lastgroup), match.group()
        kind = _INNER.get(kind, kind)
        end = match.end()
        match kind:
            case "formula" | "display" if is_money(match["tex"] or match["shown"], source[end : end + 1]):
                end = match.start() + (1 if kind == "formula" else 2)  # what follows is looked at anew
                out.append(source[match.start() : end])
                doubt_money(text, doubt)
            case "latex" if not is_formula(match["within"] or match["apart"]):
                end = match.start() + 2
                out.append(source[match.start() : end])
            case "formula" | "display" | "latex":
                out.append(aside.put(_formula(match, language)))
            case "web":
                text = _address(text)
                end = match.start() + len(text)
                href = text if "://" in text else f"https://{text}"
                out.append(aside.put(Run(text, link=href)) if len(text) > len("https://") else text)
            case "mail":
                out.append(aside.put(Run(text, link=f"mailto:{text}")))
            case "path" | "dunder" | "stars":
                out.append(aside.put(Run(text)))
            case "break":
                out.append(aside.put(Run("\n")))
            case "script":
                out.append(aside.put(Run(match["scripted"], script="super" if match["level"] == "sup" else "sub")))
            case "key":
                out.append(aside.put(Run(match["keyed"], code=True)))
            case _:
                out.append(text)
        start = end
    out.append(between(source[start:]))
    return "".join(out), aside


def _formula(match: re.Match[str], language: str) -> Run:
    """The run of a formula found."""
    shown = match["shown"] or match["apart"]
    formula = read_formula((shown or match["tex"] or match["within"]).strip(" \n"), bool(shown), language)
    return Run(formula.linear, formula=formula)


def doubt_money(text: str, doubt: Doubt) -> None:
    """Doubts what might have been meant as a formula, and is shown as it stands."""
    shown = text if len(text) <= 40 else f"{text[:39]}…"
    doubt(
        "markdown-doubtful",
        f"{shown} might be a formula, and is shown as it stands",
        r"write \$ for the sign of money; words within a formula go into \text{…}",
    )


def _address(text: str) -> str:
    """An address without the marks of the sentence it stands in."""
    while text and (text[-1] in _TRAILING or (text[-1] in ")}" and text.count(")") > text.count("("))):
        text = text[:-1]
    return text
