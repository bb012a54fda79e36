"""The Jinja2 environment of the documents: sandboxed, escaping, with content as markup."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup as Safe
from markupsafe import escape

from deckbuilder.content.slides import Point
from deckbuilder.content.text import Run, Text, tie_last_word
from deckbuilder.labels import Labels


def inline(text: Text | None) -> Safe:
    """A text's runs as inline markup; nothing for None."""
    return Safe("").join(_run(r) for r in text.runs) if text else Safe("")


def _run(run: Run) -> Safe:
    out = Safe("<br/>").join(escape(part) for part in run.text.split("\n"))
    if run.code:
        out = Safe("<code>{}</code>").format(out)
    if run.bold:
        out = Safe("<b>{}</b>").format(out)
    if run.italic:
        out = Safe("<i>{}</i>").format(out)
    if run.script:
        tag = Safe("sup" if run.script == "super" else "sub")
        out = Safe("<{0}>{1}</{0}>").format(tag, out)
    if run.link:
        out = Safe('<a href="{}">{}</a>').format(run.link, out)
    return out


def body(text: Text | None, style: str = "p") -> Safe:
    """A text's paragraphs and lists as blocks; `style` is the paragraphs' class."""
    if not text:
        return Safe("")
    out: list[Safe] = []
    open_lists: list[str] = []

    def close(down_to: int) -> None:
        while len(open_lists) > down_to:
            out.append(Safe(f"</li></{open_lists.pop()}>"))

    for paragraph in text:
        words = inline(Text((paragraph,)))
        if paragraph.marker is None:
            close(0)
            out.append(Safe('<p class="{}">{}</p>').format(style, words))
            continue
        tag = "ol" if paragraph.marker == "number" else "ul"
        if len(open_lists) > paragraph.level and open_lists[paragraph.level] != tag:
            close(paragraph.level)
        close(paragraph.level + 1)
        if len(open_lists) == paragraph.level + 1:
            out.append(Safe("</li>"))
        else:
            start = f' start="{paragraph.number}"' if paragraph.number not in (None, 1) else ""
            out.append(Safe(f"<{tag}{start}>"))
            open_lists.append(tag)
        out.append(Safe("<li>{}").format(words))
    close(0)
    return Safe("").join(out)


def tied(text: Text) -> Text:
    """The text with its last word held to the one before, so that it does not stand alone."""
    last = text.paragraphs[-1]
    return Text((*text.paragraphs[:-1], replace(last, runs=tie_last_word(last.runs))), text.at)


def points(items: list[Point], numbered: bool = False) -> Safe:
    """Points, and the points under them, as a list."""
    if not items:
        return Safe("")
    tag = Safe("ol" if numbered else "ul")
    rows = (Safe("<li>{}{}</li>").format(inline(p.text), points(p.points)) for p in items)
    return Safe("<{0}>{1}</{0}>").format(tag, Safe("").join(rows))


def inlines(items: list[Text]) -> Safe:
    """Inline texts as a list."""
    rows = (Safe("<li>{}</li>").format(inline(t)) for t in items)
    return Safe("<ul>{}</ul>").format(Safe("").join(rows)) if items else Safe("")


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """The environment that the built-in templates are rendered in."""
    env = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_compiled(),
    )
    env.filters.update(inline=inline, body=body, points=points, inlines=inlines, plain=_plain, tied=tied)
    return env


def _compiled() -> FileSystemBytecodeCache | None:
    """Where compiled templates are kept between runs, as Python keeps its own: Jinja2's folder in
    the system's temporary one, which it checks to be the user's alone. None where it is not."""
    try:
        return FileSystemBytecodeCache()
    except (RuntimeError, OSError):
        return None


def _plain(text: Text | None) -> str:
    return text.plain.replace("\n", " ") if text else ""


def render(name: str, labels: Labels, **context: Any) -> str:
    """The markup of a document, from the template of that name."""
    return environment().get_template(name).render(label=labels, **context)
