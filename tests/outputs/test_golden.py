"""Golden files: what the deck with every kind of slide looked like when somebody last looked at it.

`make golden` renews them; the change then shows in the diff, to be looked at before it is kept.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from tools import GOLDEN, Built, need, run


def deck_text(deck: Path) -> str:
    """What can be seen of slides, notes, layouts and master, a line an element."""
    out = []
    with zipfile.ZipFile(deck) as package:
        for name in sorted(
            package.namelist(), key=lambda n: [int(p) if p.isdigit() else p for p in re.split(r"(\d+)", n)]
        ):
            if re.fullmatch(r"ppt/(slides|notesSlides|slideLayouts|slideMasters)/[a-zA-Z]+\d+\.xml", name):
                out += [f"== {name}", *elements(etree.fromstring(package.read(name)))]
    return "\n".join(out) + "\n"


def elements(root: etree._Element) -> list[str]:
    """What can be seen of a slide: places, levels, sizes, looks and words."""
    out = []
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        attributes = " ".join(f"{etree.QName(k).localname}={v}" for k, v in element.attrib.items())
        if (
            name in ("cNvPr", "ph", "off", "ext", "pPr", "rPr", "srcRect", "schemeClr", "prstGeom", "fld")
            and attributes
        ):
            out.append(f"{name} {attributes}")
        elif name == "t":
            out.append(f"  {element.text}")
    return [line for line in out if not line.startswith("ext uri")]


def page_text(pdf: Path) -> str:
    """The lines of text of every page, with the place of each in points."""
    html = run(need("pdftotext"), "-bbox-layout", pdf, "-")
    out = []
    for page, body in enumerate(re.findall(r"<page .*?</page>", html, re.DOTALL), 1):
        out.append(f"== page {page}")
        for x, y, line in re.findall(r'<line xMin="([\d.]+)" yMin="([\d.]+)".*?>(.*?)</line>', body, re.DOTALL):
            words = " ".join(re.findall(r"<word .*?>(.*?)</word>", line))
            out.append(f"{float(x):.0f} {float(y):.0f}  {words}")
    return "\n".join(out) + "\n"


@pytest.mark.parametrize("kind", ["deck", "handout", "guide"])
def test_the_every_kind_deck_looks_as_it_did(
    kind: str, built: Callable[[str], Built], request: pytest.FixtureRequest
) -> None:
    files = built("every-kind")
    file: Path = getattr(files, kind)
    text = deck_text(file) if kind == "deck" else page_text(file)
    golden = GOLDEN / f"every-kind-{kind}.txt"
    if request.config.getoption("--golden"):
        GOLDEN.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8"), "if the change is meant: make golden, and look at the difference"
