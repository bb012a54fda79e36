"""Golden files: what the deck with every kind of slide looked like when somebody last looked at it.

A file a slide (with its notes), a layout and a page, so that a change shows in the diff where it is. `make golden` renews
them; the difference is to be looked at before it is kept.
"""

from __future__ import annotations

import posixpath
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree

from tools import GOLDEN, Built, need, run

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
EMU = 12_700


def seen_slides(deck: Path) -> dict[str, str]:
    """What can be seen of each slide and of its notes, by its title."""
    out = {}
    with zipfile.ZipFile(deck) as package:
        for name in _parts(package, "slides"):
            root = etree.fromstring(package.read(name))
            layout = etree.fromstring(package.read(_related(package, name, "slideLayout")))
            lines = [f"layout {layout.find(f'{P}cSld').get('name')}", *seen(root)]
            if notes := _related(package, name, "notesSlide"):
                lines += ["", "notes", *_words(etree.fromstring(package.read(notes)))]
            words = next((line for line in lines if line.startswith("  ")), "").strip()
            slug = re.sub(r"[^a-z0-9]+", "-", re.sub(r"\{.*?\}", "", words).lower()).strip("-")
            assert slug not in out, "titles are unique"
            out[slug] = "\n".join(lines) + "\n"
    return out


def seen_layouts(deck: Path) -> dict[str, str]:
    """What can be seen of each layout, and of the master."""
    out = {}
    with zipfile.ZipFile(deck) as package:
        for kind in ("slideLayouts", "slideMasters"):
            for name in _parts(package, kind):
                root = etree.fromstring(package.read(name))
                title = root.find(f"{P}cSld").get("name") or "master"
                out[re.sub(r"\W+", "-", title.lower()).strip("-")] = "\n".join(seen(root)) + "\n"
    return out


def _parts(package: zipfile.ZipFile, kind: str) -> list[str]:
    names = [n for n in package.namelist() if re.fullmatch(rf"ppt/{kind}/[a-zA-Z]+\d+\.xml", n)]
    return sorted(names, key=lambda name: int(re.findall(r"\d+", name)[-1]))


def _related(package: zipfile.ZipFile, name: str, kind: str) -> str:
    """The part of that kind which a part leads to; "" where there is none."""
    folder, base = posixpath.split(name)
    for relation in etree.fromstring(package.read(f"{folder}/_rels/{base}.rels")):
        if relation.get("Type", "").endswith(f"/{kind}"):
            return posixpath.normpath(posixpath.join(folder, relation.get("Target")))
    return ""


def seen(root: etree._Element) -> list[str]:
    """A line a shape (its placeholder, its box in points, its colours), and below it a line a paragraph."""
    out: list[str] = []
    for shape in root.iter(f"{P}sp", f"{P}pic", f"{P}graphicFrame", f"{P}cxnSp"):
        facts = [shape.find(f".//{P}cNvPr").get("name")]
        holder = shape.find(f".//{P}ph")
        facts += [f"<{_facts(holder)}>"] if holder is not None else []
        for box in shape.iter(f"{A}xfrm", f"{P}xfrm"):
            left, top = (int(box.find(f"{A}off").get(key)) / EMU for key in "xy")
            width, height = (int(box.find(f"{A}ext").get(key)) / EMU for key in ("cx", "cy"))
            facts.append(f"[{left:g} {top:g} {width:g} {height:g}]")
        if (looks := shape.find(f"{P}spPr")) is not None:
            facts += map(_facts, looks.iter(f"{A}prstGeom", f"{A}schemeClr", f"{A}lumMod", f"{A}lumOff", f"{A}ln"))
        facts += [f"crop {_facts(crop)}" for crop in shape.iter(f"{A}srcRect")]
        out += [" ".join(filter(None, facts)), *_words(shape)]
    return out


def _words(root: etree._Element) -> Iterator[str]:
    """A line a paragraph: its level and what is said of it, its runs with their looks, where they have any."""
    for paragraph in root.iter(f"{A}p"):
        about = paragraph.find(f"{A}pPr")
        line = f"({_facts(about)}) " if about is not None and _facts(about) else ""
        for run_ in paragraph.iter(f"{A}r", f"{A}fld", f"{A}br"):
            looks = run_.find(f"{A}rPr")
            said = _facts(looks) if looks is not None else ""
            colours = "/".join(_facts(c) for c in looks.iter(f"{A}schemeClr")) if looks is not None else ""
            said = " ".join(filter(None, (said, colours)))
            text = (
                "#"
                if run_.get("type") == "slidenum"
                else run_.findtext(f"{A}t") or ("⏎" if run_.tag == f"{A}br" else "")
            )
            line += (f"{{{said}}}" if said else "") + text
        if line:
            yield f"  {line}"


def _facts(element: etree._Element) -> str:
    """An element's attributes, but for those that every run has."""
    plain = {"lang": "en-US", "algn": "l"}
    return " ".join(f"{etree.QName(k).localname}={v}" for k, v in element.attrib.items() if plain.get(k) != v)


def seen_pages(pdf: Path) -> dict[str, str]:
    """The lines of text of every page, with the place of each in points."""
    html = run(need("pdftotext"), "-bbox-layout", pdf, "-")
    out = {}
    for number, body in enumerate(re.findall(r"<page .*?</page>", html, re.DOTALL), 1):
        lines = []
        for x, y, line in re.findall(r'<line xMin="([\d.]+)" yMin="([\d.]+)".*?>(.*?)</line>', body, re.DOTALL):
            words = " ".join(re.findall(r"<word .*?>(.*?)</word>", line))
            lines.append(f"{float(x):.0f} {float(y):.0f}  {words}")
        out[f"page-{number:02d}"] = "\n".join(lines) + "\n"
    return out


LOOKS: dict[str, Callable[[Built], dict[str, str]]] = {
    "slides": lambda built: seen_slides(built.deck),
    "layouts": lambda built: seen_layouts(built.deck),
    "handout": lambda built: seen_pages(built.handout),
    "guide": lambda built: seen_pages(built.guide),
}


@pytest.mark.parametrize("what", LOOKS)
def test_the_every_kind_deck_looks_as_it_did(
    what: str, built: Callable[[str], Built], request: pytest.FixtureRequest
) -> None:
    looks = LOOKS[what](built("every-kind"))
    folder = GOLDEN / what
    if request.config.getoption("--golden"):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, text in looks.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    kept = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
    assert looks == kept, "if the change is meant: make golden, and look at the difference"
