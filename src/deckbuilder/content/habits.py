"""Habits from elsewhere that a text shows: what its author may have taken for markup, and what was left of it."""

from __future__ import annotations

import re
from typing import Protocol

from deckbuilder.content.formulas.found import DISPLAY, INLINE, LATEX, UNCLOSED, is_money


class Doubt(Protocol):
    """Takes what is doubtful about a text: a rule's code, a message, a hint."""

    def __call__(self, code: str, message: str, hint: str) -> None: ...


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
        re.compile(r"\[\[[^\[\]\n]+\]\](?:[^\[\]\n]*\])?\((?:https?://|www\.|mailto:|#)[^()\s]*\)"),
        "{0} is no link, and its address is shown: there is a gap in its words",
        "link other words than the gap's, or none",
    ),
    (
        re.compile(r"\[\[[^\[\]\n]*\[[^\[\]\n]+\](?:\([^()\n]*\))?[^\[\]\n]*\]\]|\[\[[^\[\]\n]+\n[^\[\]\n]+\]\]"),
        "{0} is no gap, and its words are shown",
        "write [[words]] on one line, without brackets or links in it",
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
