"""Lines as the Markdown that decks are written in, proved by reading it back: what came out otherwise is escaped until it
comes out as it was."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

from pydantic_core import PydanticCustomError

from deckbuilder.content.links import target_of
from deckbuilder.content.markdown import parse_body, parse_inline
from deckbuilder.content.text import Run, Text
from deckbuilder.importing.old import Line

_SPECIAL = re.compile(r"([\\`*_\[\]<>~^$])")
_EVERY = re.compile(r"([!-/:-@\[-`{-~])")
_START = re.compile(r"^(\s*)([-+*](?=\s|$)|#{1,6}(?=\s|$)|>|\||={2,}|-{2,}|~{3}|:::|\d{1,9}[.)](?=\s|$))")
_UNSEEN = {0xAD: "", 0x2060: ""}
_BARE = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_SAME = {
    **dict.fromkeys(map(ord, '“”„‟«»‹›"'), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛'"), "'"),
    **dict.fromkeys(map(ord, "\u00a0\u202f\n\t"), " "),
    ord("…"): "...",
    ord("–"): "-",
    ord("—"): "-",
}


def inline(lines: Sequence[Line], language: str, breaks: bool = True) -> str:
    """The lines as one inline text; without `breaks` blanks stand where lines broke."""
    runs: list[Run] = []
    for line in lines:
        if runs:
            runs.append(Run("\n"))
        runs += line.runs
    if not breaks:
        runs = [replace(run, text=re.sub(r"[ \n]+", " ", run.text)) for run in runs]
    return _inline(tuple(runs), language)


def title(lines: Sequence[Line], language: str) -> str:
    """The lines as a title or heading: in one line, and without emphasis where all of it is stressed alike."""
    return inline([plainer(line) for line in lines], language, breaks=False)


def plainer(line: Line) -> Line:
    """The line without bold and italics where all of it has them."""
    runs = line.runs
    for look in ("bold", "italic"):
        if all(getattr(run, look) for run in runs if run.text.strip()):
            runs = tuple(replace(run, **{look: False}) for run in runs)  # type: ignore[arg-type]
    return replace(line, runs=runs)


def body(lines: Sequence[Line], language: str) -> str:
    """The lines as paragraphs and lists."""
    out: list[str] = []
    indents: list[int] = []
    before: Line | None = None
    for line in lines:
        if _is_code(line) and line.marker is None:
            indents = []
            out += ([""] if out else []) + ["```", *line.plain.split("\n"), "```"]
            before = line
            continue
        words = _inline(line.runs, language)
        if line.marker is None:
            indents = []
            out += ([""] if out else []) + [_guarded(words)]
        else:
            level = min(line.level, len(indents), 5)
            marker = f"{line.number or 1}." if line.marker in ("number", "letter") else "-"
            kind_changed = (
                before is not None and before.level == level and (before.marker == "bullet") != (marker == "-")
            )
            opens = level == len(indents)
            del indents[level:]
            # A list within an item that counts from another number than 1 would be taken for the item's words.
            odd = opens and level > 0 and marker not in ("-", "1.")
            if before is None or before.marker is None or (kind_changed and level == 0) or odd:
                out += [""] if out else []
            out.append(f"{' ' * sum(indents)}{marker} {_guarded(words)}")
            indents.append(len(marker) + 1)
        before = line
    written = "\n".join(out)
    if _reads_as(written, lines, language):
        return written
    return written if _reads(written, language, True) else "\n\n".join(_escaped_all(line.words) for line in lines)


def _is_code(line: Line) -> bool:
    """Whether the line is a block of code: of several lines, and nothing else."""
    return "\n" in line.plain and "```" not in line.plain and all(run.code for run in line.runs if run.text.strip())


def _guarded(words: str) -> str:
    """Words that begin no list or heading."""
    return _START.sub(lambda m: f"{m[1]}{_escape_mark(m[2])}", words)


def _escape_mark(mark: str) -> str:
    return f"{mark[:-1]}\\{mark[-1]}" if mark[:1].isdigit() else f"\\{mark}"


def _inline(runs: tuple[Run, ...], language: str) -> str:
    runs = _mended(runs)
    want = plain("".join(run.text for run in runs))
    for escape in (_few, _some, _all):
        written = _guarded("".join(_link(list(group), link, escape) for link, group in groupby(runs, lambda r: r.link)))
        written = written.strip()
        if not written or _comes_out(written, want, runs, language):
            return written
    bare = tuple(replace(run, bold=False, italic=False, script=None, code=False) for run in runs)
    if bare != runs:
        return _inline(bare, language)
    return _all("".join(run.text for run in runs)).strip().replace("\n", " ")


def _comes_out(written: str, want: str, runs: Sequence[Run], language: str) -> bool:
    read = _reads(written, language, False)
    if read is None or plain(read.plain) != want:
        return False
    bold = "".join(r.text for r in runs if r.bold and not r.code)
    return plain("".join(r.text for r in read.runs if r.bold and not r.code)) == plain(bold)


def _reads(written: str, language: str, several: bool) -> Text | None:
    doubts: list[str] = []

    def doubt(code: str, message: str, hint: str) -> None:
        doubts.append(code)

    try:
        read = (parse_body if several else parse_inline)(written, language, None, doubt)
    except PydanticCustomError:
        return None
    return None if doubts else read


def _reads_as(written: str, lines: Sequence[Line], language: str) -> bool:
    read = _reads(written, language, True)
    return read is not None and plain(read.plain) == plain(" ".join(line.plain for line in lines))


def plain(words: str) -> str:
    """Words to be compared: without regard to the forms of blanks, dashes and quotation marks."""
    folded = unicodedata.normalize("NFC", words).translate(_SAME).replace("--", "-").translate(_UNSEEN)
    return "".join(folded.split())


def _mended(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Runs whose looks begin and end at words, which is where Markdown can mark them; links that lead somewhere."""
    out: list[Run] = []
    for run in runs:
        one = replace(run, link=_target(run.link)) if run.link else run
        if one.bold or one.italic or one.script:
            core = one.text.strip()
            if not core:
                out.append(replace(one, bold=False, italic=False, script=None))
                continue
            start = len(one.text) - len(one.text.lstrip())
            head, tail = one.text[:start], one.text[start + len(core) :]
            bare = replace(one, bold=False, italic=False, script=None)
            out += [replace(bare, text=head)] * bool(head) + [replace(one, text=core)]
            out += [replace(bare, text=tail)] * bool(tail)
        else:
            out.append(one)
    return tuple(out)


@cache
def _target(link: str) -> str | None:
    try:
        return target_of(link)
    except PydanticCustomError:
        return None


def leads_nowhere(link: str) -> bool:
    """Whether a link of an old deck cannot be taken over."""
    return _target(link) is None


def _link(runs: list[Run], link: str | None, escape: _Escape) -> str:
    words = "".join(run.text for run in runs)
    if link is None:
        return "".join(_run(run, escape) for run in runs)
    core = words.strip()
    if _BARE.fullmatch(core) and _target(core) == link and escape is _few:
        return words
    if not core:
        return words
    inner = "".join(_run(run, escape if escape is not _few else _some, linked=True) for run in runs)
    head, tail = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
    address = link.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    return f"{head}[{inner.strip()}]({address}){tail}"


def _run(run: Run, escape: _Escape, linked: bool = False) -> str:
    if run.formula is not None:
        mark = "$$" if run.formula.display else "$"
        return f"{mark}{run.formula.tex}{mark}"
    if run.code and run.text.strip() and "`" not in run.text and "\n" not in run.text:
        return f"`{run.text}`"
    words = escape(run.text, linked) if escape is _few else escape(run.text)
    if run.script and not any(c.isspace() for c in run.text):
        mark = "^" if run.script == "super" else "~"
        words = f"{mark}{words}{mark}"
    if run.italic:
        words = f"*{words}*"
    if run.bold:
        words = f"**{words}**"
    return words.replace("\n", "<br>") if "\n" in words else words


class _Escape:
    """How words are escaped: nothing but what would surely be read as Markdown, all of its marks, or every mark."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern

    def __call__(self, words: str, linked: bool = False) -> str:
        if "{{" in words or "{%" in words or "{#" in words:
            words = words.replace("{{", "{\u2060{").replace("{%", "{\u2060%").replace("{#", "{\u2060#")
        return self.pattern.sub(r"\\\1", words)


_few = _Escape(
    re.compile(r"((?<![\w/])[*_`](?=\S)|(?<=\S)[*`](?![\w/])|\[|\](?=[(\[])|\\(?=[!-/:-@\[-`{-~])|<(?=[\w/!]))")
)
_some = _Escape(_SPECIAL)
_all = _Escape(_EVERY)


def _escaped_all(words: str) -> str:
    return _guarded(_all(words))
