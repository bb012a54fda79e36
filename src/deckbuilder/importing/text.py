"""Text bodies as lines of runs, with the markers, levels and looks that they inherit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from deckbuilder.content.text import Run
from deckbuilder.importing.inherit import looks_of, marker_of
from deckbuilder.importing.old import Line
from deckbuilder.ooxml.types import NS, A, R
from deckbuilder.theme.characters import is_complex

Leads = Callable[[str, str], str | None]
"""Takes a relationship's id and an action; gives the address it leads to, "slide:" with a part's name for a slide, None
for what leads nowhere from another machine."""

_CODE = re.compile(r"courier|consolas|menlo|monaco|\bmono\b|source code|inconsolata|lucida console", re.IGNORECASE)
_OUR_CODE = "+mj-cs"  # for Latin letters: our decks once set code so. For others, PowerPoint writes it on each heading.
_CHARACTER = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_NO_WORDS = ("slidenum",)
_GLYPHS = {"l": "•", "n": "■", "q": "□", "Ø": "➢", "ü": "✓", "§": "▪", "à": "→", "ð": "⇒", "J": "☺"}


def lines_of(body: Any, chain: Sequence[Any], leads: Leads) -> tuple[Line, ...]:
    """The paragraphs of a `<p:txBody>` that are not empty. `chain` are the styles above the body's own."""
    if body is None:
        return ()
    own = body.find("a:lstStyle", NS)
    chain = [own, *chain] if own is not None and len(own) else list(chain)
    out: list[Line] = []
    counts: dict[int, int] = {}
    for paragraph in body.iterfind("a:p", NS):
        line = _line(paragraph, chain, leads)
        if not line.plain.strip():
            if not out or out[-1].marker is None:
                counts.clear()
            continue
        for deeper in [level for level in counts if level > line.level or line.marker is None]:
            del counts[deeper]
        if line.marker in ("number", "letter"):
            counts[line.level] = counts.get(line.level, (line.number or 1) - 1) + 1
            line = replace(line, number=counts[line.level])
        else:
            counts.pop(line.level, None)
            line = replace(line, number=None)
        out.append(line)
    return tuple(out)


def _line(paragraph: Any, chain: Sequence[Any], leads: Leads) -> Line:
    properties = paragraph.find("a:pPr", NS)
    level = _whole(properties.get("lvl") if properties is not None else None)
    marker, start = marker_of(properties, chain, level)
    size, bold, italic = looks_of(properties, chain, level)
    runs: list[Run] = []
    sizes: list[float] = []
    for child in pieces(paragraph):
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag == f"{A}br":
            runs.append(Run("\n"))
        elif tag in (f"{A}r", f"{A}fld"):
            if child.get("type") in _NO_WORDS:
                continue
            looks = child.find("a:rPr", NS)
            run = _run(child.findtext("a:t", "", NS), looks, leads, bold, italic)
            if run.text.strip() and looks is not None and looks.get("sz"):
                sizes.append(_whole(looks.get("sz")) / 100)
            runs.append(run)
        elif tag.endswith("}m"):  # a formula, on a line
            runs.append(Run("".join(t.text or "" for t in child.iter(f"{_M}t")), italic=False))
    # Tabs and breaks at the ends lay out, and say nothing.
    while runs and not runs[-1].text.strip():
        runs.pop()
    while runs and not runs[0].text.strip():
        runs.pop(0)
    return Line(_joined(runs), level, marker, start, max(sizes, default=size))


def pieces(paragraph: Any) -> Iterator[Any]:
    """What an `<a:p>` holds: its runs and what stands among them. Of what is there twice, formulas are read and the words that
    stand for them in older programs are not; of all else, those words."""
    for child in paragraph:
        if child.tag != f"{_MC}AlternateContent":
            yield child
            continue
        choice, older = child.find(f"{_MC}Choice"), child.find(f"{_MC}Fallback")
        formula = choice is not None and next(choice.iter(f"{_M}oMath"), None) is not None
        yield from choice if formula or older is None else older


def decoded(words: str) -> str:
    """The words with line breaks for the signs that PowerPoint has for them, and blanks for other signs of control."""
    words = _CHARACTER.sub(lambda m: chr(int(m[1], 16)), words).replace("\x0b", "\n")
    return "".join(c if c == "\n" or c >= " " else " " for c in words)


def _run(words: str, looks: Any, leads: Leads, bold: bool, italic: bool) -> Run:
    words = decoded(words)
    if looks is None:
        return Run(words)
    latin, other = (_face(looks, name) for name in ("latin", "cs"))
    if any(face.startswith(("Wingdings", "Symbol")) for face in (latin, other)):
        words = "".join(_GLYPHS.get(c, c) for c in words)
    face = other if is_complex(words) else latin
    base = _whole(looks.get("baseline"))
    clicks = (looks.find(f"a:{name}", NS) for name in ("hlinkClick", "hlinkMouseOver"))
    click = next((one for one in clicks if one is not None), None)
    link = leads(click.get(f"{R}id", ""), click.get("action", "")) if click is not None else None
    return Run(
        words,
        bold=not bold and looks.get("b") in ("1", "true"),
        italic=not italic and looks.get("i") in ("1", "true"),
        code=bool(_CODE.search(face)) or latin == _OUR_CODE,
        script="super" if base > 0 else "sub" if base < 0 else None,
        link=link,
    )


def _face(looks: Any, name: str) -> str:
    """The font of a run's Latin letters, or of those of complex scripts (`cs`); "" for an inherited one."""
    found = looks.find(f"a:{name}", NS)
    return str(found.get("typeface", "")) if found is not None else ""


def _joined(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Runs of one look as one: programs cut them by language and spelling. Blanks take the look of what is before."""
    out: list[Run] = []
    for run in runs:
        one = run
        if out and not run.text.strip(" \u00a0") and "\n" not in run.text:
            one = (
                replace(out[-1], text=run.text) if out[-1].link == run.link else replace(run, bold=False, italic=False)
            )
        if out and replace(out[-1], text="") == replace(one, text=""):
            out[-1] = replace(one, text=out[-1].text + one.text)
        elif one.text:
            out.append(one)
    return tuple(out)


def _whole(value: str | None) -> int:
    """A whole number; 0 for none, and for what is none."""
    return int(value) if value and value.lstrip("-").isdecimal() and len(value) < 10 else 0
