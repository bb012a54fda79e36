"""What Marp, pandoc, Quarto and reveal.js have beyond Markdown, in the source of a slide: turned into Markdown where that has a
like, and put apart where it is none of what a slide says. Blocks of code stay as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from deckbuilder.importing.old import Left
from deckbuilder.importing.pieces import in_fences

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_DIRECTIVE = re.compile(r"\s*(?:_?[a-zA-Z-]+\s*:|\.(?:element|slide)\s*:)")
_CUE = re.compile(r"\s*(?:say|do|ask|listen for|transition|notes?)\s*:", re.IGNORECASE)
_ASIDE = re.compile(r"<aside\b[^>\n]{0,300}\bnotes\b[^>\n]{0,300}>(.*?)</aside>", re.DOTALL | re.IGNORECASE)
_UNSEEN = {
    what: (re.compile(rf"<{tag}\b[^>\n]{{0,300}}>.*?</{tag}>", re.DOTALL | re.IGNORECASE), f"</{tag}>")
    for tag, what in (("style", "a style sheet"), ("script", "a program within the page"))
}
_PAUSE = re.compile(r"(?m)^\. \. \.[ \t]*$")
_HEADS = re.compile(r"(?m)^(#{1,6}(?:[ \t].*?)?)[ \t]*\{([^{}\n]*)\}[ \t]*$")
_FIGURE = re.compile(r"!\[([^\]\n]{0,2000})\]\(([^()\s]{0,2000})\)\{([^{}\n]{0,2000})\}")
# Braces behind links, pictures, spans and words set in a look; code between backticks is kept, and so are formulas.
_ATTRIBUTES = re.compile(
    r"((?<!`)`++[^`\n]++`+)(?!\{)|(?<=[)*`\]])\{(?=[^{}\n]*(?:[.#][\w-]|=))[^{}\n]*\}|[ \t]\{[.#:][^{}\n]*\}"
)
_SPAN = re.compile(r"((?<!`)`++[^`\n]++`+)|(?<!!)\[([^\[\]\n]+)\]\{[^{}\n]*(?:[.#][\w-]|=)[^{}\n]*\}")
_BEHIND = re.compile(
    r"""(?:data-)?background(?:-image)?\s*=\s*["']?([^"'\s]+\.(?:png|jpe?g|gif|svg|webp))""", re.IGNORECASE
)
_HIDDEN = re.compile(r"""(?:data-)?visibility\s*=\s*["']?hidden""", re.IGNORECASE)
_ALT = re.compile(r"""(?:^|\s)(?:fig-)?alt\s*=\s*"([^"]*)\"""")
_BORDER = re.compile(r"\+(?:[-=:]+\+)+")
_VERSE = re.compile(r"\| (.*[^|\s])\s*$")
_DIVIDER = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")


@dataclass
class Source:
    """A slide's source as Markdown. `notes` are those of comments and the like; `behind` the file of the picture behind it,
    "" without one."""

    text: str = ""
    notes: list[str] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    hidden: bool = False
    behind: str = ""


def as_markdown(text: str) -> Source:
    """The source of a slide without what only these programs know."""
    out = Source()

    def comment(found: re.Match[str]) -> str:
        words = found[1].strip()
        settings = all(_DIRECTIVE.match(line) for line in words.split("\n") if line.strip())
        if words and settings and len(words) < 200 and not _CUE.match(words):
            out.left.append(Left(f"a setting in a comment: {' '.join(words.split())}"))
            _settings(words, out)
        elif words:
            out.notes.append(words)
        return ""

    def notes(found: re.Match[str]) -> str:
        out.notes.append(found[1].strip())
        return "\n"

    def pause(_: re.Match[str]) -> str:
        out.left.append(Left("a pause within the slide"))
        return ""

    def head(found: re.Match[str]) -> str:
        _settings(found[2], out)
        return found[1]

    def change(part: str) -> str:
        part = _closed(_COMMENT, "-->", comment, part)
        part = _closed(_ASIDE, "</aside>", notes, part)
        for what, (pattern, end) in _UNSEEN.items():
            shorter = _closed(pattern, end, lambda _: "", part)
            out.left += [Left(what)] if shorter != part else []
            part = shorter
        part = _PAUSE.sub(pause, part)
        part = _HEADS.sub(head, part)
        part = _FIGURE.sub(_figure, part)
        part = _SPAN.sub(lambda found: found[1] or found[2], part)
        return "\n".join(_tables_piped(_verses(list(map(_unbraced, part.split("\n"))))))

    out.text = beside_code(text, change)
    return out


def _closed(pattern: re.Pattern[str], end: str, change: Callable[[re.Match[str]], str], text: str) -> str:
    """The text with what has an `end` changed. Behind the last of these nothing is looked for: that would be for each of
    what begins there, down to the text's end."""
    place = text.lower().rfind(end)
    return text if place < 0 else pattern.sub(change, text[: place + len(end)]) + text[place + len(end) :]


def _unbraced(line: str) -> str:
    """A line without attributes in braces; those of `:::` tell what a block is."""
    return line if line.lstrip().startswith(":::") else _ATTRIBUTES.sub(lambda found: found[1] or "", line)


def beside_code(text: str, change: Callable[[str], str]) -> str:
    """The text with everything changed but its blocks of code."""
    lines = text.split("\n")
    out: list[str] = []
    for fenced, pairs in groupby(zip(in_fences(lines), lines, strict=True), key=lambda pair: pair[0]):
        part = "\n".join(line for _, line in pairs)
        out.append(part if fenced else change(part))
    return "\n".join(out)


def title_block(text: str) -> tuple[dict[str, object], str]:
    """What a title block of pandoc's says at the head of a file ("% Title"), as front matter has it, and the text below."""
    lines = text.split("\n")
    fields: list[list[str]] = []
    while lines and (lines[0].startswith("%") or (fields and lines[0].startswith(" ") and lines[0].strip())):
        line = lines.pop(0)
        if line.startswith("%"):
            fields.append([line[1:].strip()])
        else:
            fields[-1].append(line.strip())
    if not fields or not fields[0][0]:
        return {}, text
    front: dict[str, object] = {"title": " ".join(fields[0])}
    if len(fields) > 1:
        front["author"] = [name for part in fields[1] for one in part.split(";") if (name := one.strip())]
    if len(fields) > 2 and fields[2][0]:
        front["date"] = " ".join(fields[2])
    return front, "\n".join(lines)


def _settings(words: str, out: Source) -> None:
    """Takes what settings tell of a slide: what is behind it, and whether it is hidden."""
    out.hidden |= bool(_HIDDEN.search(words))
    if found := _BEHIND.search(words):
        out.behind = found[1]


def _figure(found: re.Match[str]) -> str:
    """A picture whose alternative text is an attribute: the words in its brackets are its caption."""
    alt = _ALT.search(found[3])
    if alt is None:
        return f"![{found[1]}]({found[2]})"
    title = found[1].replace('"', "”")
    return f'![{alt[1]}]({found[2]} "{title}")' if title.strip() else f"![{alt[1]}]({found[2]})"


def _verses(lines: list[str]) -> Iterator[str]:
    """Lines, those of verse ("| A line") with the breaks that they have. Where one is of dashes, they are a table's."""
    for barred, group in groupby(lines, key=lambda line: line.lstrip().startswith(("|", "+"))):
        block = list(group)
        table = any(_DIVIDER.fullmatch(one.strip()) or _BORDER.fullmatch(one.strip()) for one in block)
        for n, line in enumerate(block):
            verse = _VERSE.match(line) if barred and not table else None
            more = n + 1 < len(block) and bool(_VERSE.match(block[n + 1]))
            yield line if verse is None else verse[1] + ("\\" if more else "")


def _tables_piped(given: Iterator[str]) -> Iterator[str]:
    """Lines, tables within a grid of "+" as those of pipes, and captions of tables as paragraphs."""
    lines = list(given)
    n = 0
    while n < len(lines):
        stop = n
        while stop < len(lines) and lines[stop].lstrip().startswith(("+", "|")):
            stop += 1
        if stop - n > 2 and _BORDER.fullmatch(lines[n].strip()) and _BORDER.fullmatch(lines[stop - 1].strip()):
            yield from _piped([line.strip() for line in lines[n:stop]])
            n = stop
            continue
        caption = re.match(r"(?:Table)?:\s+(\S.*)$", lines[n]) if _beside_table(lines, n) else None
        yield caption[1] if caption else lines[n]
        n += 1


def _beside_table(lines: list[str], n: int) -> bool:
    """Whether a paragraph begins with this line and stands next to a table, a blank line apart."""
    if n and lines[n - 1].strip():
        return False
    return any(line.lstrip().startswith(("|", "+")) for line in (*lines[max(0, n - 2) : n], *lines[n + 1 : n + 3]))


def _piped(lines: list[str]) -> Iterator[str]:
    """A table within a grid as one of pipes: its first row is of headings, each cell's lines are one."""
    borders = [n for n, line in enumerate(lines) if _BORDER.fullmatch(line)]
    rows: list[list[str]] = []
    for start, stop in pairwise(borders):
        cells: list[list[str]] = []
        for line in lines[start + 1 : stop]:
            parts = [part.strip() for part in line.strip("|").split("|")]
            cells = [[*(cells[n] if n < len(cells) else []), part] for n, part in enumerate(parts)]
        if cells:
            rows.append([" ".join(filter(None, cell)) for cell in cells])
    for number, row in enumerate(rows):
        yield f"| {' | '.join(row)} |"
        if number == 0:
            yield f"|{' --- |' * len(row)}"
