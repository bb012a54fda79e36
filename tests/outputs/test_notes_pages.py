"""Notes pages as LibreOffice prints them: no word outside its box, and none missing."""

from __future__ import annotations

import zipfile
from itertools import groupby
from pathlib import Path

import pytest

from deckbuilder.content.text import Paragraph, Run
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.layout.notes import NOTES_BODY, NOTES_STYLE, notes_pages
from deckbuilder.theme.theme import Theme
from deckbuilder.units import Rect
from generated import LONG_WORDS, URL, Writer
from shapes import letters
from tools import Arranged, Package, Page, arrange, build_files, deck_folder, find, read_words, slides_to_pdf

_EMU = 12_700
_SLACK = 4.0


def boxes(package: Package) -> dict[str, Rect]:
    """Where the notes master has its placeholders, by type."""
    out = {}
    for shape in find(package.xml("ppt/notesMasters/notesMaster1.xml"), "//p:sp[.//p:ph]"):
        (place,) = find(shape, "./p:spPr/a:xfrm")
        off, ext = find(place, "./a:off")[0], find(place, "./a:ext")[0]
        kind = find(shape, ".//p:ph/@type")[0]
        out[kind] = Rect(*(int(v) / _EMU for v in (off.get("x"), off.get("y"), ext.get("cx"), ext.get("cy"))))
    return out


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Arranged, Package, list[Page]]:
    w = Writer(7)
    folder = tmp_path_factory.mktemp("noted")
    lists = "\n".join(f"{n}. **{w.words(3)}** {w.words(20)} [{w.words(4)}]({URL})" for n in range(1, 16))
    nested = "\n".join(f"- {w.words(12)}\n  - {w.words(30)}\n    - *{w.words(9)}*" for _ in range(14))
    slides = [
        {"kind": "statement", "title": "Prose", "statement": w.words(5), "notes": w.body(2000)},
        {"kind": "statement", "title": "Lists", "statement": w.words(5), "notes": f"{lists}\n\nAnd then:\n\n{nested}"},
        {
            "kind": "statement",
            "title": "Words",
            "statement": w.words(5),
            "notes": f"{' '.join(LONG_WORDS * 12)} {URL * 3}",
        },
        {"kind": "statement", "title": "One paragraph", "statement": w.words(5), "notes": w.words(900)},
        {
            "kind": "points",
            "title": "Cues",
            "points": [w.words(9) for _ in range(30)],
            "cues": [{"say": w.body(300)}, {"do": lists}],
            "questions": [{"ask": w.words(20), "listen_for": [w.words(12) for _ in range(9)], "debrief": w.body(150)}],
            "notes": w.body(200),
        },
        {"kind": "statement", "title": "Few", "statement": w.words(5), "notes": "Only this."},
        {"kind": "statement", "title": "None", "statement": w.words(5)},
    ]
    source = deck_folder(folder / "noted", *slides)
    deck = build_files(folder / "out", source, only=("deck",)).deck
    package = Package(deck)
    pdf = slides_to_pdf(all_shown(package, folder / "shown.pptx"), folder / "pdf", notes=True)
    return arrange(source), package, read_words(pdf, raw=True)


def all_shown(package: Package, path: Path) -> Path:
    """The deck with no slide hidden: LibreOffice prints no notes of those that are."""
    with zipfile.ZipFile(path, "w") as out:
        for name, data in package.parts.items():
            out.writestr(name, data.replace(b' show="0"', b"") if name in package.slides else data)
    return path


def test_every_slide_has_a_notes_page(noted: tuple[Arranged, Package, list[Page]]) -> None:
    _, package, pages = noted
    assert len(pages) == len(package.slides)
    assert any(package.xml(slide).get("show") == "0" for slide in package.slides), "notes go on over hidden slides"


def test_notes_stay_in_their_box_and_are_painted_whole(noted: tuple[Arranged, Package, list[Page]]) -> None:
    _, package, pages = noted
    places = boxes(package)
    body, picture = places["body"], places["sldImg"]
    outside = []
    for slide, page in zip(package.slides, pages, strict=True):
        if not package.related(slide, "notesSlide"):
            continue
        words = [w for w in page.words if not picture.y < (w.top + w.bottom) / 2 < picture.bottom]
        painted = letters("".join(w.text for w in words))
        for part in package.related(slide, "notesSlide"):
            for paragraph in find(package.xml(part), "//p:sp[.//p:ph[@type='body']]//a:p"):
                assert letters("".join(find(paragraph, ".//a:t/text()"))) in painted, f"{part}: {slide}"
        for word in words:
            upper, lower = word.ink
            if word.text.isdigit() and lower > body.bottom + _SLACK:
                continue  # the page's number
            over = max(body.x - word.left, word.right - body.right, body.y - upper, lower - body.bottom)
            if over > _SLACK:
                outside.append(f"{slide}: '{word.text}' by {over:.1f} pt")
    assert outside == []


def test_long_notes_lose_no_word_and_keep_looks(noted: tuple[Arranged, Package, list[Page]]) -> None:
    found, package, _ = noted
    pairs = zip(found.frames, package.slides, strict=True)
    for _, group in groupby(pairs, key=lambda pair: id(pair[0].slide)):
        parts = list(group)
        slide = parts[0][0].slide
        notes = [part for _, s in parts for part in package.related(s, "notesSlide")]
        there = iter("\n".join(package.text(part) for part in notes).split())
        for paragraph in slide.notes or ():
            assert all(word in there for word in paragraph.plain.split()), f"{slide.title.plain}: {paragraph.plain}"
    lists = next(s for f, s in zip(found.frames, package.slides, strict=True) if f.title.startswith("Lists"))
    xml = package.xml(package.related(lists, "notesSlide")[0])
    assert find(xml, "//a:buAutoNum")
    assert find(xml, "//a:rPr[@b='1']")
    assert find(xml, "//a:hlinkClick")


def test_numbers_go_on_where_a_list_goes_on(theme: Theme) -> None:
    items = [Paragraph((Run(Writer(n).words(40)),), 0, "number", n) for n in range(1, 40)]
    numbers = [p.number for page in notes_pages(items, theme) for p in page.paragraphs if p.marker]
    assert numbers == list(range(1, 40))


def test_notes_pages_are_as_high_as_their_box_at_most(theme: Theme) -> None:
    for count in (1, 200, 450, 700, 2000):
        pages = notes_pages([Paragraph((Run(Writer(n).words(count // 4)),)) for n in range(4)], theme)
        assert all(page.height <= NOTES_BODY.height + 1 for page in pages)
        assert {page.style.scale for page in pages} <= {1.0, NOTES_STYLE.smallest} | {p.style.scale for p in pages[:1]}


def test_notes_that_fit_no_page_are_reported(tmp_path: Path) -> None:
    source = deck_folder(tmp_path, {"kind": "statement", "title": "T", "statement": "S", "notes": "x" * 9000})
    problems: Diagnostics = arrange(source).problems
    assert [d for d in problems if "notes" in d.message and d.at and d.hint], [str(d) for d in problems]
