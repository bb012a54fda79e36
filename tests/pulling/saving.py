"""Deck files as other programs save them: what they rewrite, without a change of what is said."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree

_RUN = re.compile(r"<a:r>(<a:rPr[^>]*?(?:/>|>.*?</a:rPr>))<a:t>([^<]*)</a:t></a:r>")
_PART = re.compile(r"(/(?:slide|notesSlide|tag|image|chart)-?)(\d+)(?=[.\w]*\.)")
_A16 = "http://schemas.microsoft.com/office/drawing/2014/main"
_NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_A, _P, _R = (f"{{{_NS[name]}}}" for name in "apr")


def rewritten(
    source: Path,
    target: Path,
    change: Callable[[str, str], str | None],
    renamed: Callable[[str], str] = lambda name: name,
) -> Path:
    """A copy of a file, each XML part given to `change` with its name; None leaves a part out. `renamed` gives parts other
    names, in whatever refers to them too."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith((".xml", ".rels")):
                text = change(name, data.decode("utf-8"))
                if text is None:
                    continue
                text = renamed(text) if name.endswith(".rels") or name == "[Content_Types].xml" else text
                data = text.encode("utf-8")
            new.writestr(renamed(name), data)
    return target


def saved_by_powerpoint(source: Path, target: Path) -> Path:
    """A copy as PowerPoint saves it, which counts parts in its own way."""
    return rewritten(source, target, as_powerpoint, lambda text: _PART.sub(lambda m: f"{m[1]}{int(m[2]) + 40}", text))


def as_powerpoint(name: str, text: str) -> str | None:
    """What PowerPoint rewrites: runs split by language and spelling, other languages of runs, marks of proofing, ids of shapes,
    creation ids of shapes, columns and rows."""
    if not re.match(r"ppt/(?:slides|notesSlides)/\w+\.xml", name):
        return text
    counted = 0

    def split(run: re.Match[str]) -> str:
        nonlocal counted
        counted += 1
        looks, words = run[1], run[2]
        if "&" in words or " " not in words.strip():
            return run[0]
        head, blank, rest = words.partition(" ")
        dirty = re.sub(r"^<a:rPr", '<a:rPr err="1" dirty="0"', looks)
        if counted % 2:
            looks = re.sub(r'\blang="[^"]*"', 'lang="en-GB" altLang="en-US"', looks, count=1)
        return f"<a:r>{dirty}<a:t>{head}</a:t></a:r><a:r>{looks}<a:t>{blank}{rest}</a:t></a:r>"

    def created(shape: re.Match[str]) -> str:
        uri = '<a:extLst><a:ext uri="{FF2B5EF4-FFF2-40B4-BE49-F238E27FC236}">'
        guid = f"{{{int(shape[1]):08X}-0000-4000-8000-000000000000}}"
        made = f'<a16:creationId xmlns:a16="{_A16}" id="{guid}"/></a:ext></a:extLst>'
        return f"{shape[0][:-2]}>{uri}{made}</p:cNvPr>"

    def told_apart(line: re.Match[str]) -> str:
        uri = '<a:extLst><a:ext uri="{9D8B030D-6E8A-4147-A177-3AD203B41FA5}">'
        return f'{line[0][:-2]}>{uri}<a16:colId xmlns:a16="{_A16}" val="{line[1]}"/></a:ext></a:extLst></a:gridCol>'

    text = _RUN.sub(split, text)
    text = re.sub(r'(<p:cNvPr id=")(\d+)"', lambda m: f'{m[1]}{int(m[2]) + 100}"', text)
    text = re.sub(r'<p:cNvPr id="(\d+)"[^>]*/>', created, text)
    text = re.sub(r'<a:gridCol w="(\d+)"/>', told_apart, text)
    return re.sub(r"<a:endParaRPr[^>]*/>", '<a:endParaRPr lang="en-GB" dirty="0"/>', text)


def as_google(name: str, text: str) -> str | None:
    """What Google Slides drops: tags, custom properties, sections, names and ids, numbers of placeholders, all extensions, such
    as drawings behind pictures and what is decorative. Paragraphs and letters get all their looks themselves."""
    if name.startswith("ppt/tags/") or name == "docProps/custom.xml":
        return None
    text = re.sub(r'<Relationship [^>]*Type="[^"]*/(?:tags|custom-properties)"[^>]*/>', "", text)
    text = re.sub(r'<Override PartName="/(?:ppt/tags|docProps/custom)[^>]*/>', "", text)
    if not re.match(r"ppt/(?:presentation|(?:slides|notesSlides)/\w+)\.xml", name):
        return text
    root = etree.fromstring(text.encode("utf-8"))
    for gone in root.xpath("//p:custDataLst | //p:extLst | //a:extLst", namespaces=_NS):
        gone.getparent().remove(gone)
    for number, about in enumerate(root.iter(f"{_P}cNvPr")):
        about.set("name", f"Google Shape;{about.get('id')};p{number}")
    for holder in root.iter(f"{_P}ph"):
        if holder.get("type") == "body":
            holder.set("idx", "1")
    for paragraph in root.iter(f"{_A}p"):
        _dressed(paragraph)
    return etree.tostring(root, encoding="unicode")


def _dressed(paragraph: Any) -> None:
    """A paragraph with the looks that it had from its layout."""
    looks = paragraph.find(f"{_A}pPr")
    if looks is None:
        looks = etree.Element(f"{_A}pPr")
        paragraph.insert(0, looks)
    for key, value in {"marL": "0", "indent": "0", "lvl": "0", "algn": "l", "rtl": "0"}.items():
        looks.set(key, looks.get(key, value))
    for run in paragraph.iter(f"{_A}rPr"):
        if run.find(f"{_A}hlinkClick") is not None:
            run.set("u", "sng")
