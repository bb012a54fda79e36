"""What a set's files say, beside what they may: nothing of the facilitator's before participants, and pages that are right."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from deckbuilder import api
from deckbuilder.checks.passages import passages
from deckbuilder.content.kinds import AnySlide
from deckbuilder.proof.facts import items, nodes, slide_parts
from deckbuilder.proof.programs import OURS, Fact, fact, find_program, version_of

_PHRASE = 5  # words by which a passage of the facilitator's is told


def nothing_of_the_facilitators(file: Path, name: str, content: api.Content) -> Fact:
    """Whether a document that participants get has words that only the facilitator may have. Of a deck it is what is projected;
    speaker notes are the facilitator's."""
    called = f"nothing of the facilitator's, {name}"
    if file.suffix == ".pptx":
        return fact(called, *_leaks(_projected(file), content))
    program = find_program("pdftotext")
    if program is None:
        return _untested(called)
    words = " ".join([*_pages(file, program), *_unseen(file)])
    return fact(called, *_leaks(words, content), f"{OURS}, {version_of(program)}")


def pages_that_are_named(guide: Path, name: str, content: api.Content, slides: Mapping[int, AnySlide]) -> Fact | None:
    """Whether what the guide says is on a page of the handout is there; None without a handout beside it. `slides` are the
    deck's by their numbers."""
    handout = guide.with_name(guide.name.replace("-guide.pdf", "-handout.pdf"))
    if not handout.exists():
        return None
    called = f"pages that the guide names, {name}"
    program = find_program("pdftotext")
    if program is None:
        return _untested(called)
    by = f"{OURS}, {version_of(program)}"
    pages = [_words(page) for page in _pages(handout, program)]
    named = list(_named_pages(_pages(guide, program), content))
    wrong = [
        f"slide {number} is not on page {page} of the handout"
        for number, page in named
        if page > len(pages)
        or number not in slides
        or not any(words in pages[page - 1] for words in _told(slides[number], content))
    ]
    if not named:
        return Fact(called, "not tested", by, "no page of the handout could be read in it")
    return fact(called, wrong, f"all {len(named)} are right", by)


def _untested(called: str) -> Fact:
    return Fact(called, "not tested", "pdftotext", "pdftotext is not installed here (poppler-utils)")


def _leaks(words: str, content: api.Content) -> tuple[list[str], str]:
    """Which passages for the facilitator stand among some words, and what can be said where none does. What a deck says to
    both is nobody's secret."""
    told = list(passages(content.deck, None))
    public = _words(" ".join(p.words for p in told if p.reader != "guide"))
    ours = [p for p in told if p.reader == "guide" and len(_list(p.words)) >= _PHRASE and _words(p.words) not in public]
    among = _words(words)
    leaks = [f"{p.at}: '{p.words[:60]}'" for p in ours if _words(p.words) in among]
    return leaks, f"none of {len(ours)} passages for the facilitator stands in it"


def _projected(deck: Path) -> str:
    """What a deck's slides say, alternative texts too, without their notes."""
    from lxml import etree

    said: list[str] = []
    with zipfile.ZipFile(deck) as file:
        for name in slide_parts(file):
            for element in etree.fromstring(file.read(name)).iter("{*}p", "{*}cNvPr"):
                words = "".join(e.text or "" for e in element.iter("{*}t"))
                said += [words, element.get("descr") or ""]
    return "\n".join(said)


def _unseen(file: Path) -> Iterator[str]:
    """What a PDF file says without showing it: alternative texts, bookmarks, what links say, and what the file says of itself."""
    import pikepdf

    with pikepdf.open(file) as pdf:
        for node in nodes(pdf.Root.get("/StructTreeRoot")):
            yield from (str(node[key]) for key in ("/Alt", "/ActualText", "/E", "/T") if key in node)
        with pdf.open_outline() as outline:
            yield from [str(item.title) for item in items(outline.root)]
        yield from (str(value) for _, value in pdf.docinfo.items())
        for page in pdf.pages:
            annotations: Any = page.obj.get("/Annots", ())
            yield from (str(one.get("/Contents", "")) for one in annotations)


def _pages(file: Path, program: str) -> list[str]:
    done = subprocess.run([program, "-layout", str(file), "-"], capture_output=True, timeout=120, check=False)
    return done.stdout.decode("utf-8", "replace").split("\f")


def _named_pages(guide: Sequence[str], content: api.Content) -> Iterator[tuple[int, int]]:
    """Numbers of slides that stand in the guide with a page of the handout in the same line."""
    slide = re.escape(content.labels("slide"))
    page = re.escape(content.labels("handout_page", n="§")).replace("§", r"(\d+)")
    for match in re.finditer(rf"{slide} (\d+)[^\n]*? {page}", "\n".join(guide)):
        yield int(match[1]), int(match[2])


def _told(slide: AnySlide, content: api.Content) -> list[str]:
    """Words by which a slide is known on a page: its texts' first ones."""
    texts = [p.words for p in passages(content.deck, None) if p.slide is slide and p.reader != "guide"]
    return [" " + " ".join(_list(words)[:_PHRASE]) + " " for words in texts if _list(words)]


def _list(words: str) -> list[str]:
    return re.findall(r"\w+", words.casefold())


def _words(words: str) -> str:
    """The words alone, so that line breaks and marks make no difference; divided words are joined."""
    joined = re.sub(r"[-\u00ad]\n\s*", "", words)
    return " " + " ".join(_list(joined)) + " "
