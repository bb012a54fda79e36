"""Content as markup: the filters that templates use."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from markupsafe import Markup as Safe
from markupsafe import escape

from deckbuilder.content.links import shown_address
from deckbuilder.content.slides import Point
from deckbuilder.content.text import Blank, Paragraph, Run, Text, tie_last_word
from deckbuilder.outputs.markup.addresses import TO_SLIDE
from deckbuilder.outputs.tree import GAP

_BLANKS = re.compile(r"^ +| {2,}", re.MULTILINE)  # in code; pages take others for one


def inline(text: Text | None) -> Safe:
    """A text's runs as inline markup; nothing for None."""
    if not text:
        return Safe("")
    out = []
    for link, runs in groupby(text.runs, lambda run: run.link):
        words = Safe("").join(map(_run, runs))
        out.append(Safe('<a href="{}">{}</a>').format(_href(link), words) if link else words)
    return Safe("").join(out)


def _href(link: str) -> str:
    """A link's target; `slide:` before the id of a slide, since a template may have an anchor of that name."""
    return f"{TO_SLIDE}{link[1:]}" if link.startswith("#") else link


def _run(run: Run) -> Safe:
    text = _BLANKS.sub(lambda blanks: "\u00a0" * len(blanks.group()), run.text) if run.code else run.text
    out = Safe("<br/>").join(escape(part) for part in text.split("\n"))
    if run.formula and not run.gap:
        display = Safe(' display="block"') if run.formula.display else Safe("")
        out = Safe('<formula tex="{}"{}>{}</formula>').format(run.formula.tex, display, out)
    elif isinstance(run, Blank):
        out = Safe('<gap {}="{}">{}</gap>').format(GAP, run.number, run.text)
    elif run.gap:
        out = Safe("<gap>{}</gap>").format(run.text)
    elif run.code:
        out = Safe("<code>{}</code>").format(out)
    if run.bold:
        out = Safe("<b>{}</b>").format(out)
    if run.italic:
        out = Safe("<i>{}</i>").format(out)
    if run.script:
        tag = Safe("sup" if run.script == "super" else "sub")
        out = Safe("<{0}>{1}</{0}>").format(tag, out)
    if run.lang:
        out = Safe('<span lang="{}">{}</span>').format(run.lang, out)
    return out


def body(text: Text | None, style: str = "p") -> Safe:
    """A text's paragraphs and lists as blocks; `style` is the paragraphs' class. What is headed by a line, or begun by a
    sentence with a colon, stays with that."""
    if not text:
        return Safe("")
    out: list[Safe] = []
    open_lists: list[str] = []
    stays = Safe("")  # with the paragraph before

    def close(down_to: int) -> None:
        while len(open_lists) > down_to:
            out.append(Safe(f"</li></{open_lists.pop()}>"))

    for paragraph in text:
        words = inline(Text((paragraph,)))
        if paragraph.marker is None:
            close(0)
            out.append(Safe('<p class="{}"{}>{}</p>').format(style, stays, words))
            stays = Safe(' with="previous"' if _begins(paragraph) else "")
            continue
        tag = "ol" if paragraph.marker == "number" else "ul"
        if len(open_lists) > paragraph.level and open_lists[paragraph.level] != tag:
            close(paragraph.level)
        close(paragraph.level + 1)
        if len(open_lists) == paragraph.level + 1:
            out.append(Safe("</li>"))
        else:
            start = f' start="{paragraph.number}"' if paragraph.number not in (None, 1) else ""
            out.append(Safe(f"<{tag}{start}{stays}>"))
            open_lists.append(tag)
        stays = Safe("")
        out.append(Safe("<li>{}").format(words))
    close(0)
    return Safe("").join(out)


def _begins(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a heading of its own, in bold, or begins what comes next."""
    return all(run.bold for run in paragraph.runs if run.text.strip()) or paragraph.plain.rstrip().endswith((":", "："))


def tied(text: Text) -> Text:
    """The text with its last word held to the one before, so that it does not stand alone."""
    last = text.paragraphs[-1]
    return Text((*text.paragraphs[:-1], replace(last, runs=tie_last_word(last.runs))), text.at)


def points(items: Sequence[Point], numbered: bool = False) -> Safe:
    """Points, and the points under them, as a list."""
    if not items:
        return Safe("")
    tag = Safe("ol" if numbered else "ul")
    rows = (Safe("<li>{}{}</li>").format(inline(p.text), points(p.points)) for p in items)
    return Safe("<{0}>{1}</{0}>").format(tag, Safe("").join(rows))


def inlines(items: Sequence[Text], marker: str = "") -> Safe:
    """Inline texts as a list; `marker` "tick" makes it one to tick off."""
    rows = (Safe("<li>{}</li>").format(inline(t)) for t in items)
    look = Safe(' marker="{}"').format(marker) if marker else Safe("")
    return Safe("<ul{}>{}</ul>").format(look, Safe("").join(rows)) if items else Safe("")


def plain(text: Text | None) -> str:
    """A text's words alone, on one line, gaps as blanks."""
    return text.plain.replace("\n", " ") if text else ""


FILTERS: dict[str, Callable[..., Any]] = {
    "inline": inline,
    "body": body,
    "points": points,
    "inlines": inlines,
    "plain": plain,
    "tied": tied,
    "address": shown_address,
}
