"""What can be established of files: each fact is proved, fails, or could not be looked at, with who says so."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from deckbuilder.diagnostics import Diagnostic
from deckbuilder.proof.programs import OURS, Fact, fact, pdf_ua, sound_deck, sound_pdf

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_PLAYED = (".mp4", ".m4v", ".mov", ".avi", ".wmv", ".mp3", ".m4a", ".wav", ".wma", ".gif")
_ACTIVE = ("/Widget", "/RichMedia", "/Movie", "/Screen", "/Sound", "/3D")
_STILL = "no form fields, no scripts, no sound or film, nothing that moves or runs out by itself"


def facts_of_pdf(path: Path) -> list[Fact]:
    """What can be established of a document."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        root: Any = pdf.Root
        marked = bool(root.get("/MarkInfo", {}).get("/Marked", False)) and "/StructTreeRoot" in root
        title = str(pdf.docinfo.get("/Title", ""))
        shown = bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False))
        language = str(root.get("/Lang", ""))
        figures = [node for node in nodes(root.get("/StructTreeRoot")) if str(node.get("/S", "")) == "/Figure"]
        bare = sum(not str(node.get("/Alt", "")).strip() for node in figures)
        tables = [node for node in nodes(root.get("/StructTreeRoot")) if str(node.get("/S", "")) == "/Table"]
        headless = sum(all(str(cell.get("/S", "")) != "/TH" for cell in nodes(table)) for table in tables)
        with pdf.open_outline() as outline:
            marks = len(list(items(outline.root)))
        pages = len(pdf.pages)
        active = list(_active(pdf))
    return [
        fact("tagged", [] if marked else ["there is no structure tree"], "a structure tree, and content marked by it"),
        fact("titles", [] if title and shown else ["no title is shown"], f"the title '{title}', shown in the window"),
        fact("language", [] if language else ["no language is given"], f"the language '{language}'"),
        fact("alternatives", [f"{bare} figures have no text"] if bare else [], f"{len(figures)} figures with texts"),
        fact(
            "tables",
            [f"{headless} tables have no header cells"] if headless else [],
            f"{len(tables)} tables with headers",
        ),
        fact("bookmarks", [] if marks or pages < 2 else ["there are no bookmarks"], f"{marks} bookmarks"),
        fact("passive", active, _STILL),
        sound_pdf(path),
        *pdf_ua(path),
    ]


def _active(pdf: Any) -> Iterator[str]:
    """What in a PDF file asks for something, plays, or acts by itself."""
    import pikepdf

    root = pdf.Root
    opened = root.get("/OpenAction")
    if root.get("/AcroForm", {}).get("/Fields"):
        yield "there are form fields"
    if (
        "/JavaScript" in root.get("/Names", {})
        or "/AA" in root
        or (isinstance(opened, pikepdf.Dictionary) and "/S" in opened)
    ):
        yield "something acts when the file is opened"
    for number, page in enumerate(pdf.pages, 1):
        kinds = {str(one.get("/Subtype", "")) for one in page.obj.get("/Annots", ())}
        yield from (f"page {number} has an annotation of kind {kind[1:]}" for kind in sorted(kinds & {*_ACTIVE}))
        if "/Dur" in page.obj:
            yield f"page {number} turns by itself"


def nodes(tree: Any) -> Iterator[Any]:
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


def items(outline: Iterable[Any]) -> Iterator[Any]:
    """The bookmarks of a document, each after the one it belongs to."""
    for item in outline:
        yield item
        yield from items(item.children)


def facts_of_deck(path: Path) -> list[Fact]:
    """What can be established of a PowerPoint deck."""
    from lxml import etree

    bare, untitled, titles, loose, headless = [], [], [], [], []
    tables = 0
    spoken: set[str] = set()
    with zipfile.ZipFile(path) as file:
        active = [f"'{name}' plays" for name in file.namelist() if name.lower().endswith(_PLAYED)]
        for number, name in enumerate(slide_parts(file), 1):
            slide = etree.fromstring(file.read(name))
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
            for table in slide.iter(f"{_A}tbl"):
                tables += 1
                marked = table.find(f"{_A}tblPr")
                if marked is None or not {"1", "true"} & {marked.get("firstRow"), marked.get("firstCol")}:
                    headless.append(f"slide {number} has a table without a header row or column")
            active += [f"slide {number} goes on by itself" for e in slide.iter(f"{_P}transition") if e.get("advTm")]
            active += [f"slide {number} has a control" for e in slide.iter(f"{_P}control")]
            spoken |= {e.get("lang") for e in slide.iter(f"{_A}rPr") if e.get("lang")}
        core = etree.fromstring(file.read("docProps/core.xml")) if "docProps/core.xml" in file.namelist() else None
    title = "" if core is None else "".join(e.text or "" for e in core if e.tag.endswith("}title"))
    twice = [f"{count} slides are called '{words}'" for words, count in Counter(titles).items() if count > 1]
    described = "every picture, chart and table has an alternative text, or is marked as decoration"
    return [
        fact("alternatives", bare, described),
        fact("placeholders", loose, "all text stands in placeholders of the layouts"),
        fact("tagged", loose, "placeholders, in reading order"),
        fact("tables", headless, f"{tables} tables with headers"),
        fact("slide-titles", untitled + twice, f"{len(titles)} slides, each with a title of its own"),
        fact("bookmarks", untitled, "titles, by which slides are listed"),
        fact("titles", [] if title else ["the file has no title"], f"the title '{title}'"),
        fact("language", [] if spoken else ["no text says its language"], f"text in {', '.join(sorted(spoken))}"),
        fact("passive", active, _STILL),
        sound_deck(path),
    ]


def slide_parts(file: zipfile.ZipFile) -> list[str]:
    """The parts of a deck that are slides, by their numbers."""
    names = [name for name in file.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)]
    return sorted(names, key=lambda name: int(re.sub(r"\D", "", name)))


def _decorative(told: Any) -> bool:
    return any(e.tag == _DECORATIVE and e.get("val") in ("1", "true") for e in told.iter())


# --- What checking the deck has found

_OF_RULES = (
    ("contrast", "contrast-low", "text, captions and chart colours reach the contrast that they need"),
    ("colors-told", "color-alone", "no words were found that tell things apart by colour alone"),
    ("links-told", "vague-link", "no link was found that says 'here' or 'more'"),
    ("languages-told", "language-not-marked", "no passage in another language was found that is not marked"),
)


def facts_of_findings(problems: Sequence[Diagnostic], unheard: Mapping[str, str]) -> list[Fact]:
    """Facts that rules establish of what was written, whatever the file. `unheard` are rules that somebody turned off or
    silenced, with where and why: what they would have said is for a person to judge."""
    return [fact_of_rules(name, (code,), problems, unheard, seen) for name, code, seen in _OF_RULES]


def fact_of_rules(
    name: str, codes: Sequence[str], problems: Sequence[Diagnostic], unheard: Mapping[str, str], seen: str
) -> Fact:
    """What some rules establish together."""
    wrong = [f"{p.at or 'the deck'}: {p.message}" for p in problems if p.code in codes]
    quiet = [unheard[code] for code in codes if code in unheard]
    if quiet and not wrong:
        return Fact(name, "not tested", OURS, "; ".join(quiet))
    return fact(name, wrong, seen)
