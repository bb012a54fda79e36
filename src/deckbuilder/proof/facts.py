"""What programs can establish of files: each fact of a file is proved, fails, or could not be looked at, with who says so."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from deckbuilder import __version__
from deckbuilder.diagnostics import Diagnostic

Outcome = Literal["proved", "fails", "not tested"]
_OURS = f"deckbuilder {__version__}"
_SECONDS = 180
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"


@dataclass(frozen=True)
class Fact:
    """A fact of a file: what it is called, the outcome, the program that says so with its version, and what it saw."""

    name: str
    outcome: Outcome
    by: str
    seen: str


def _fact(name: str, wrong: Sequence[str], seen: str, by: str = _OURS) -> Fact:
    """Proved where nothing is wrong."""
    return Fact(name, "fails" if wrong else "proved", by, "; ".join(wrong[:5]) if wrong else seen)


def facts_of_pdf(path: Path) -> list[Fact]:
    """What can be established of a document."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        root: Any = pdf.Root
        marked = bool(root.get("/MarkInfo", {}).get("/Marked", False)) and "/StructTreeRoot" in root
        title = str(pdf.docinfo.get("/Title", ""))
        shown = bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False))
        language = str(root.get("/Lang", ""))
        figures = [node for node in _nodes(root.get("/StructTreeRoot")) if str(node.get("/S", "")) == "/Figure"]
        bare = sum(not str(node.get("/Alt", "")).strip() for node in figures)
        with pdf.open_outline() as outline:
            marks = len(list(_items(outline.root)))
        pages = len(pdf.pages)
    facts = [
        _fact("tagged", [] if marked else ["there is no structure tree"], "a structure tree, and content marked by it"),
        _fact("titles", [] if title and shown else ["no title is shown"], f"the title '{title}', shown in the window"),
        _fact("language", [] if language else ["no language is given"], f"the language '{language}'"),
        _fact("alternatives", [f"{bare} figures have no text"] if bare else [], f"{len(figures)} figures with texts"),
        _fact("bookmarks", [] if marks or pages < 2 else ["there are no bookmarks"], f"{marks} bookmarks"),
        _program("qpdf", "sound", ["--check", str(path)], _says_sound),
        _program("verapdf", "pdf-ua", ["--flavour", "ua1", "--format", "json", str(path)], _says_ua),
    ]
    return facts


def _nodes(tree: Any) -> Iterator[Any]:
    """The nodes of a structure tree."""
    import pikepdf

    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting += list(node)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield node
            if "/K" in node:
                waiting.append(node["/K"])


def _items(items: Iterable[Any]) -> Iterator[Any]:
    for item in items:
        yield item
        yield from _items(item.children)


def facts_of_deck(path: Path) -> list[Fact]:
    """What can be established of a PowerPoint deck."""
    from lxml import etree

    bare, untitled, titles, loose = [], [], [], []
    with zipfile.ZipFile(path) as file:
        names = [n for n in file.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", n)]
        for name in sorted(names, key=lambda n: int(re.sub(r"\D", "", n))):
            slide = etree.fromstring(file.read(name))
            number = re.sub(r"\D", "", name)
            words = ""
            for shape in slide.iter(f"{_P}sp"):
                holder = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
                if holder is None:
                    loose.append(f"slide {number} has text outside of placeholders")
                elif holder.get("type") in ("title", "ctrTitle"):
                    words = "".join(t.text or "" for t in shape.iter(f"{_A}t"))
            titles.append(words)
            if not words.strip():
                untitled.append(f"slide {number} has no title")
            for kind in ("pic", "graphicFrame"):
                for shape in slide.iter(f"{_P}{kind}"):
                    told = shape.find(f".//{_P}cNvPr")
                    if told is not None and not (told.get("descr") or "").strip() and not _decorative(told):
                        bare.append(f"slide {number}: '{told.get('name')}' has no alternative text")
        core = etree.fromstring(file.read("docProps/core.xml")) if "docProps/core.xml" in file.namelist() else None
        spoken = {
            e.get("lang") for n in names for e in etree.fromstring(file.read(n)).iter(f"{_A}rPr") if e.get("lang")
        }
    title = "" if core is None else "".join(e.text or "" for e in core if e.tag.endswith("}title"))
    twice = [f"{count} slides are called '{words}'" for words, count in Counter(titles).items() if count > 1]
    return [
        _fact(
            "alternatives", bare, "every picture, chart and table has an alternative text, or is marked as decoration"
        ),
        _fact("placeholders", loose, "all text stands in placeholders of the layouts"),
        _fact("tagged", loose, "placeholders, in reading order"),
        _fact("slide-titles", untitled + twice, f"{len(titles)} slides, each with a title of its own"),
        _fact("bookmarks", untitled, "titles, by which slides are listed"),
        _fact("titles", [] if title else ["the file has no title"], f"the title '{title}'"),
        _fact("language", [] if spoken else ["no text says its language"], f"text in {', '.join(sorted(spoken))}"),
        _program("ooxml-validator", "sound", [str(path)], _says_schema),
    ]


def _decorative(told: Any) -> bool:
    return any(e.tag == _DECORATIVE and e.get("val") in ("1", "true") for e in told.iter())


# --- Other programs


@cache
def find_program(name: str) -> str | None:
    """Where a program is; beside this project's own validators too."""
    local = Path(__file__).parents[3] / ".validators" / "node_modules" / ".bin"
    return shutil.which(name) or shutil.which(name, path=str(local))


@cache
def version_of(path: str) -> str:
    """The version that a program tells, in a line."""
    for option in ("--version", "-v"):
        done = _run([path, option])
        said = (done.stdout or done.stderr).strip() if done is not None else ""
        if done is not None and done.returncode == 0 and any(c.isdigit() for c in said.partition("\n")[0]):
            return said.splitlines()[0][:80]
    return "of unknown version"


def _run(command: list[str]) -> subprocess.CompletedProcess[str] | None:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False, errors="replace")
    except (OSError, subprocess.TimeoutExpired):
        return None


def _program(name: str, fact: str, arguments: list[str], says: Callable[[str, int], list[str] | None]) -> Fact:
    """A fact that another program establishes; not tested where it is missing, or says nothing that can be understood."""
    path = find_program(name)
    if path is None:
        return Fact(fact, "not tested", name, f"{name} is not installed here")
    done = _run([path, *arguments])
    wrong = None if done is None else says(done.stdout, done.returncode)
    if wrong is None:
        return Fact(fact, "not tested", name, f"{name} did not come to an end that can be understood")
    version = version_of(path)
    by = version if name in version.lower() else f"{name} {version}"
    return _fact(fact, wrong, f"{name} finds nothing wrong", by)


def _says_sound(said: str, code: int) -> list[str] | None:
    return [] if code == 0 else [line for line in said.splitlines() if "rror" in line or "arning" in line] or ["errors"]


def _says_ua(said: str, code: int) -> list[str] | None:
    try:
        result = json.loads(said)["report"]["jobs"][0]["validationResult"]
    except (ValueError, LookupError, TypeError):
        return None
    result = result[0] if isinstance(result, list) else result
    failed = result.get("details", {}).get("failedRules", 0)
    return [] if result.get("compliant") else [f"{failed} rules fail"]


def _says_schema(said: str, code: int) -> list[str] | None:
    try:
        report = json.loads(said)
    except ValueError:
        return None
    return [str(error.get("description", error))[:120] for error in report.get("errors", [])]


# --- What checking the deck has found


def facts_of_findings(problems: Sequence[Diagnostic]) -> list[Fact]:
    """Facts that rules establish of what was written, whatever the file."""
    by_code: dict[str, list[str]] = {}
    for problem in problems:
        by_code.setdefault(problem.code, []).append(f"{problem.at or 'the deck'}: {problem.message}")

    def told(name: str, codes: Sequence[str], seen: str) -> Fact:
        return _fact(name, [words for code in codes for words in by_code.get(code, [])], seen)

    return [
        told("contrast", ["contrast-low"], "text, captions and chart colours reach the contrast that they need"),
        told("colors-told", ["color-alone"], "no words were found that tell things apart by colour alone"),
        told("links-told", ["vague-link"], "no link was found that says 'here' or 'more'"),
        told("languages-told", ["language-not-marked"], "no passage in another language was found that is not marked"),
    ]
