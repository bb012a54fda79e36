"""Deck files as other programs save them: what they rewrite, without a change of what is said."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

_RUN = re.compile(r"<a:r>(<a:rPr[^>]*?(?:/>|>.*?</a:rPr>))<a:t>([^<]*)</a:t></a:r>")


def rewritten(source: Path, target: Path, change: Callable[[str, str], str | None]) -> Path:
    """A copy of a file, each XML part given to `change` with its name; None leaves a part out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith((".xml", ".rels")):
                text = change(name, data.decode("utf-8"))
                if text is None:
                    continue
                data = text.encode("utf-8")
            new.writestr(name, data)
    return target


def as_powerpoint(name: str, text: str) -> str | None:
    """What PowerPoint rewrites: runs split by language and spelling, marks of proofing, ids of shapes, creation ids."""
    if not re.match(r"ppt/(?:slides|notesSlides)/\w+\.xml", name):
        return text

    def split(run: re.Match[str]) -> str:
        looks, words = run[1], run[2]
        if "&" in words or " " not in words.strip():
            return run[0]
        head, blank, rest = words.partition(" ")
        dirty = re.sub(r"^<a:rPr", '<a:rPr err="1" dirty="0"', looks)
        return f"<a:r>{dirty}<a:t>{head}</a:t></a:r><a:r>{looks}<a:t>{blank}{rest}</a:t></a:r>"

    text = _RUN.sub(split, text)
    text = re.sub(r'(<p:cNvPr id=")(\d+)"', lambda m: f'{m[1]}{int(m[2]) + 100}"', text)
    return re.sub(r"<a:endParaRPr[^>]*/>", '<a:endParaRPr lang="en-GB" dirty="0"/>', text)


def as_google(name: str, text: str) -> str | None:
    """What Google Slides drops: tags, custom properties, names and ids, numbers of placeholders."""
    if name.startswith("ppt/tags/") or name == "docProps/custom.xml":
        return None
    text = re.sub(r'<Relationship [^>]*Type="[^"]*/(?:tags|custom-properties)"[^>]*/>', "", text)
    text = re.sub(r'<Override PartName="/(?:ppt/tags|docProps/custom)[^>]*/>', "", text)
    if re.match(r"ppt/slides/\w+\.xml", name):
        text = re.sub(r"<p:custDataLst>.*?</p:custDataLst>", "", text)
        text = re.sub(r'(<p:cNvPr id="(\d+)" name=")[^"]*"', r'\1Google Shape;\2;p1"', text)
        text = re.sub(r'<p:ph type="body"[^>]*idx="\d+"/>', '<p:ph type="body" idx="1"/>', text)
    return text
