"""What people type without meaning Markdown by it, put aside before Markdown is read.

Addresses, paths and names from programs keep their tildes, underscores and backslashes; `<br>` and `<kbd>` are taken as meant;
apostrophes and inch marks are told from quotation marks; French marks get their blanks. What is put aside is
one character of a private plane until the Markdown has become runs. What other tools' writers type by
habit, and nothing here can show, is doubted at its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import field, replace
from typing import Protocol

from deckbuilder.content.formulas.found import DISPLAY, INLINE, LATEX, UNCLOSED, is_formula, is_money
from deckbuilder.content.formulas.tex import read_formula
from deckbuilder.content.text import Run
from deckbuilder.frozen import dataclass
from deckbuilder.languages import Language, Quotes, lookup


class Doubt(Protocol):
    """Takes what is doubtful about a text: a rule's code, a message, a hint."""

    def __call__(self, code: str, message: str, hint: str) -> None: ...


_FIRST, _LAST = 0xF0000, 0xFFFFD  # the first private plane: no keyboard, font or program uses it
_ASIDE = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")


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


_APOSTROPHE = re.compile(r"(?<![^\W_])'(?=(?:tis|twas|twere|twill)\b|\d\d(?:s\b|\b(?!')))", re.IGNORECASE)
_AND = re.compile(
    r"(?<=[^\W_])(?<!\bthe)(?<!\ban)(?<!\ba)(?<!letter)(?<!key)(?<!press)(?<!type)\s'(n)'(?=\s)", re.IGNORECASE
)
_CLIPPED = re.compile(r"(?<![^\W_])'(?=(?:til|em|cause|bout|round|cos|cuz)\b)(?!.*'(?!\w))", re.IGNORECASE)
_EN = re.compile(r"(?<=\d)--(?=\d)|(?<=\S )--(?= \S)")
_EM = re.compile(r"(?<=[^\W_])---(?=[^\W_])|(?<=\S )---(?= \S)")
_DUTCH = re.compile(r"(?<![^\W_])'(?=(?:s|t|n|k|m|r)\b)", re.IGNORECASE)
_FEET = re.compile(r"(?<=\d)'(?=\s?\d+(?:\.\d+)?\s?\")")
_STRAIGHT = chr(_LAST), chr(_LAST - 1)
PRIMES = {ord(_STRAIGHT[0]): '"', ord(_STRAIGHT[1]): "'"}
"""What a straight mark is until quotation marks have been set, and what it is then, for `str.translate`."""


def typographic(text: str, language: str) -> str:
    """The text with apostrophes, marks of inches and feet, and the blanks of French, told from quotation marks."""
    tongue = lookup(language)[-1]
    if "--" in text:
        text = _EM.sub("—", _EN.sub("–", text))
    if "'" in text:
        if tongue == "en":
            text = _CLIPPED.sub("’", _APOSTROPHE.sub("’", _AND.sub(r" ’\1’", text)))
        elif tongue in ("nl", "af"):
            text = _DUTCH.sub("’", text)
    if '"' in text or "'" in text:
        text = _measured(text)
    if '"' in text or "'" in text:
        text = _nested(text, Language(language).quotes)
    if tongue == "fr":
        text = _french(text, language)
    return text


_IDEOGRAPHS = "\u3040-\u9fff\uac00-\ud7af"
_BESIDE_IDEOGRAPHS = rf"([\"'])(?=[^\n]*[{_IDEOGRAPHS}])([^\"'\n]*)\1"


def _nested(text: str, marks: Quotes) -> str:
    """Straight marks where the Markdown parser would set none or the wrong ones: within a quotation whose marks somebody typed,
    and beside ideographs, which have no blanks around their words."""
    if not text.isascii() and re.search(f"[{_IDEOGRAPHS}]", text):
        pairs = {'"': marks[:2], "'": marks[2:]}
        text = re.sub(_BESIDE_IDEOGRAPHS, lambda found: found[2].join(pairs[found[1]]), text)
    opening, closing = (re.escape(mark.strip("\u00a0\u202f")) for mark in marks[:2])
    if opening == closing or '"' not in text:
        return text
    inner = re.compile(r'"([^"\n]*)"')
    return re.sub(
        f"(?<={opening})[^{opening}{closing}\n]*(?={closing})",
        lambda found: inner.sub(lambda words: words[1].join(marks[2:]), found.group()),
        text,
    )


def _measured(text: str) -> str:
    """Marks after digits stay straight where no quotation is open: 5'10", a 12" pizza."""
    text = _FEET.sub(_STRAIGHT[1], text)
    opened = {'"': False, "'": False}
    out = list(text)
    for n, mark in enumerate(text):
        if mark not in opened:
            continue
        before, after = text[n - 1 : n], text[n + 1 : n + 2]
        if before.isdigit() and not opened[mark] and not after.isalpha():
            out[n] = _STRAIGHT[0] if mark == '"' else _STRAIGHT[1]
        elif not opened[mark] and not before.isalnum():
            opened[mark] = True
        elif opened[mark] and not after.isalnum():
            opened[mark] = False
    return "".join(out)


def _french(text: str, language: str) -> str:
    """No line begins with what French sets apart by a blank (Imprimerie nationale); Canada sets apart less."""
    apart = "»:" if "fr-CA" in lookup(language) else "»:;!?"
    text = re.sub(rf"[ \u202f]+(?=[{apart}%€$])", "\u00a0", text)
    text = re.sub(r"(?<=«)[ \u202f]*(?=[^\s\u00a0])", "\u00a0", text)
    text = re.sub(r"(?<=[^\s\u00a0])[ \u202f]*(?=»)", "\u00a0", text)
    return re.sub(r"(?<=\d)[ \u202f](?=\d{3}\b)|(?<=\bn°) (?=\d)", "\u00a0", text)


_HABITS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(
            r"</?(?:a|b|i|u|s|p|em|strong|span|div|font|center|mark|small|big|del|ins|h[1-6]|ul|ol|li|table|tr|td|img|hr"
            r"|blockquote|pre|iframe|video|style|script)\b[^<>\n]*>",
            re.IGNORECASE,
        ),
        "the tag {0} is no Markdown, and is shown as it stands",
        "bold is **words**, italic *words*, raised ^x^, lowered ~x~; if the tag itself is meant, put it in `backticks`",
    ),
    (re.compile(r"~~\S[^~\n]*~~"), "{0} is not struck through, and is shown as it stands", "leave the words out"),
    (
        re.compile(r"(?<!\w)(==|\+\+|\|\|)(?=[^\s=+|])[^=+|\n]*(?<=[^\s=+|])\1(?!\w)"),
        "{0} is shown as it stands: nothing is marked in that way here",
        "to stress words, write **words**",
    ),
    (
        re.compile(r"<!--.*?(?:-->|$)"),
        "{0} is no comment here, and is shown",
        "YAML's comments begin with #, outside of texts",
    ),
    (
        re.compile(r"(?<![\w:])(?!::):[a-z][a-z0-9_+-]*:(?![\w:])"),
        "{0} is shown as it stands, not as a picture",
        "paste the character itself",
    ),
    (
        re.compile(r"^[ \t]*(?:[-*+][ \t]+)?\[[ xX]\](?=\s)", re.MULTILINE),
        "{0} is shown as it stands: there are no boxes to tick in this text",
        "leave the brackets out; the guide's 'preparation' has boxes to tick",
    ),
    (
        re.compile(r"^[ \t]*(?::::+|!!!)[ \t]*\w+|^[ \t]*\[{1,2}_?TOC_?\]{1,2}[ \t]*$", re.MULTILINE),
        "{0} is shown as it stands: it opens no block here",
        "use the kind of slide that shows it, or leave it out",
    ),
    (
        re.compile(r"^[ \t]*[a-z]\)[ \t]+\S.*\n[ \t]*[b-z]\)[ \t]", re.MULTILINE),
        "{0} is set as one paragraph, not as a list",
        "begin each item with '1.' or '- ', or write a list of texts",
    ),
    (
        re.compile(r"(?<=\S)\n:\s+\S.*"),
        "{0} is set behind the words above it",
        "terms and what they mean have a place in the deck's 'glossary', or on a slide of kind 'definition'",
    ),
    (
        re.compile(
            r"\\(?:newpage|pagebreak|clearpage|vspace|hspace|textbf|textit|emph|underline|section|subsection|begin|end|item|cite\w*"
            r"|label|footnote|href|url)\b(?:\{[^{}\n]*\})*"
        ),
        "{0} is TeX, and is shown as it stands",
        "leave it out, or write Markdown: **bold**, *italic*, [words](https://…)",
    ),
    (
        re.compile(
            r"\[[^\[\]\n]+\]\((?:https?://|www\.)[^\s()]*(?:\([^\s()]*(?:\([^\s()]*\)[^\s()]*)*\)[^\s()]*)*(?:\([^\s()]*)?(?=\s|$)(?![^\n]*\))"
        ),
        "{0} is no link: a bracket is not closed",
        "write as many ) as (, or %28 and %29 for those in the address",
    ),
    (
        re.compile(r"\[[^\[\]\n]+\]\s+\((?:https?://|www\.)[^\s()]*\)"),
        "{0} is no link: there is a blank between its brackets",
        "write [words](https://…)",
    ),
    (
        re.compile(r"\([^()\n]+\)\[(?:https?://|www\.)[^\s\[\]]*\]"),
        "the brackets of {0} are the wrong way round",
        "write [words](https://…)",
    ),
    (
        re.compile(
            r"\[[^\[\]\n|]+\|(?:https?://|www\.)[^\s\[\]]*\]|<https?://[^\s<>|]+\|[^<>\n]+>|\[[^\[\]\n]+\](?=https?://)"
        ),
        "{0} is no link in Markdown",
        "write [words](https://…)",
    ),
    (
        re.compile(r"(?<!\])\{(?:[.#][\w-]+|[\w-]+=[^{}\n]*)(?:\s[^{}\n]*)?\}"),
        "{0} is shown as it stands: there are no classes or attributes here",
        "leave it out; a slide's 'layout' says how it looks",
    ),
    (
        UNCLOSED,
        "the formula {0} does not end, and is shown as it stands",
        r"end it with $; write \$ for the sign of money",
    ),
    (
        re.compile(r"\]\([^()\s]+\s+(?:\"[^\"\n]*\"|'[^'\n]*')\s*\)"),
        "the title in the link {0} is shown nowhere",
        "say in the words themselves what people should know",
    ),
    (
        re.compile(r"\]\((?=\S)[^()\n]*[^()\s\"']\s[^()\s\"'][^()\n\"']*\)"),
        "the address in the link {0} has blanks in it, so it is none",
        "write %20 in place of each",
    ),
    (
        re.compile(r"\[[^\]\[\n]+\]\[[^\]\[\n]*\]"),
        "the link {0} has no address in this text",
        "write it like [words](https://…)",
    ),
)
_INLINE_HABITS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(r"\A[-*+](?=[ \t]+(?![\[\d\s*_]))"),  # before a number it is a sign
        "the {0} at the beginning is shown as it stands: one text is no list",
        "leave it out, slides make their own; a list has a text for each item",
    ),
    (
        re.compile(r"^[ \t]*>[ \t]+(?=[^\W\d])", re.MULTILINE),
        "{0} is shown as it stands: it opens no quotation here",
        "use a slide of kind 'quote'",
    ),
    (
        re.compile(r"^[ \t]*\|.+\|[ \t]*$", re.MULTILINE),
        "{0} is no table here, and is shown as it stands",
        "use a slide of kind 'table'",
    ),
    (
        re.compile(r"^\[[^\[\]\n]+\]:[ \t]+\S.*"),
        "{0} says where a link leads that is not in this text",
        "write [words](https://…) where the link stands",
    ),
    (
        re.compile(r"^[ \t]*(?:\*[ \t]*){3,}$|^[ \t]*(?:_[ \t]*){3,}$", re.MULTILINE),
        "{0} is no rule here, and is shown as it stands",
        "start a new slide instead",
    ),
)
"""What the parser itself refuses in texts of several paragraphs."""

_DOUBTFUL = re.compile(r"[<~{$\[\\|>:=+!*_`)-]")
_LEFT_OVER = re.compile(r"(?<!\w)\*\*(?=\w)|`")
_SET = re.compile(f"{DISPLAY}|{INLINE}|{LATEX}", re.DOTALL)
_CODED = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)


def doubt_habits(source: str, doubt: Doubt, references: bool, inline: bool = False) -> None:
    """Doubts what other tools would have shown otherwise. `references` tells that links may be defined in the text, `inline`
    that it is one paragraph."""
    if not _DOUBTFUL.search(source):
        return
    text = _CODED.sub("", source)
    if "$" in text or "\\" in text:
        text = _SET.sub(lambda m: m.group() if m["tex"] and is_money(m["tex"]) else "", text)
    for pattern, message, hint in (*(_INLINE_HABITS if inline else ()), *_HABITS[: -1 if references else None]):
        if match := pattern.search(text):
            found = " ".join(match.group().split())
            shown = found if len(found) <= 40 else f"{found[:39]}…"
            doubt("markdown-doubtful", message.format(shown), hint)


def doubt_left_over(words: str, source: str, doubt: Doubt) -> None:
    """Doubts a mark of Markdown's that closes nothing, and so stands in the words; `source` is how they were written."""
    if (match := _LEFT_OVER.search(words)) and f"\\{match.group()[0]}" not in source:
        doubt(
            "markdown-doubtful",
            f"the {match.group()} is shown as it stands: it opens or closes nothing",
            "write it at both ends of the words; if it is meant, put a backslash before it",
        )
