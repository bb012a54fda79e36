"""Which dollar signs are mathematics, and which are money.

The rule is pandoc's: a blank neither follows the first sign nor precedes the last, and no digit follows that. Beyond it, what
reads as words or amounts is left as it stands, and doubted.
"""

from __future__ import annotations

import re

_BETWEEN = r"\\[^\n]|[^$\\\n`]|\n(?![ \t]*\n)"  # no empty line
INLINE = rf"(?P<formula>(?<![\\$\w])\$(?![ \n\u00a0$]|\t(?![A-Za-z]))(?P<tex>(?:{_BETWEEN})+?)(?<!\s)\$(?![\d$]))"
"""`$x^2$`."""
DISPLAY = r"(?P<display>(?<![\\$])\$\$(?P<shown>(?:\\.|[^$\\])+?)\$\$(?!\$))"
"""`$$x^2$$`, over several lines too."""
LATEX = r"(?P<latex>\\\((?P<within>(?:(?!\\[()]).)+)\\\)|\\\[(?P<apart>(?:(?!\\[\[\]]).)+)\\\])"
"""`\\(x^2\\)` and `\\[x^2\\]`, which may be brackets as well."""

_TEX = re.compile(r"\\(?:text|mathrm|textbf|textit|mbox|operatorname)\s*\{[^{}]*\}|\\[A-Za-z]+|\\.")
_PROSE = re.compile(r"[^\W\d_]{2,}[,;:]?\s+[^\W\d_]{2,}|^\d[\d.,]*[^\W\d_]*[,;:]?\s+[^\W\d_]{2,}")
_WORD = re.compile(r"\W*[^\W\d_]{3,}\W*")
_SIGNS = re.compile(r"[\\^_={}<>]")
UNCLOSED = re.compile(r"(?<![\\$\w])\$(?=[^\s$])(?=[^$\n]*(?:\\[A-Za-z]{2,}|[\^_]\{))[^$\n]*$", re.MULTILINE)
"""A formula that begins and does not end."""


def is_money(tex: str, after: str = "") -> bool:
    """Whether what stands between dollar signs is rather words, amounts or a program's variables; `after` is the character
    after the second sign."""
    rest = _TEX.sub(" ", tex)
    if _PROSE.search(rest) or _WORD.fullmatch(rest):
        return True
    ends = tex.rstrip()[-1:]
    if after.isalnum() and not ends.isalnum() and ends not in ")]}|'!":  # $HOME/$USER
        return True
    if tex[:1].isdigit() and tex.count("(") != tex.count(")"):
        return True
    return tex[:1].isdigit() and ends in "-–—/,;:"


def is_formula(within: str) -> bool:
    """Whether what stands between escaped brackets is mathematics."""
    return bool(_SIGNS.search(within)) and not is_money(within)
