"""Texts that the theme's fonts cannot draw: in their place on slides, drawn in the documents, found again as characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from deckbuilder.layout.frame import LaidText, SlideFrame, TextItem
from deckbuilder.theme.characters import visible
from deckbuilder.theme.fonts import Fonts
from tools import (
    SOURCES,
    Built,
    Package,
    Page,
    Word,
    arrange,
    arranged,
    build_files,
    deck_folder,
    find,
    need,
    read_words,
    run,
    slides_to_pdf,
    squeezed,
)

NAME = "many-scripts"
POINTS: dict[str, Any] = {"kind": "points", "title": "Title", "minutes": 1, "points": ["One"]}


@pytest.fixture
def files(built: Callable[[str], Built]) -> Built:
    return built(NAME)


SLACK = 4.0  # points: another program's line heights and its rounding


def letters(words: str) -> str:
    """Words without white space and list characters."""
    return "".join(c for c in words if not c.isspace() and c not in "•–")


def said(laid: LaidText) -> str:
    """The text's letters as painted, the numbers of lists included."""
    return letters(
        "".join(
            (f"{p.number}." if p.marker == "number" else "") + "".join(r.text for r in p.runs) for p in laid.paragraphs
        )
    )


def words_in_boxes(frame: SlideFrame, page: Page) -> list[tuple[TextItem, list[Word]]]:
    """The words of each text, by the box that their baselines begin in."""
    texts = [item for item in frame.items if isinstance(item, TextItem)]
    found: list[list[Word]] = [[] for _ in texts]
    for word in page.words:
        for item, words in zip(texts, found, strict=True):
            box = item.placeholder.rect
            if box.x - SLACK <= word.left < box.right and box.y - SLACK <= word.baseline - 2 <= box.bottom + SLACK:
                words.append(word)
                break
    return list(zip(texts, found, strict=True))


def drawn(words: str) -> Counter[str]:
    return Counter(c for c in visible(letters(words)))


def compared(frames: list[SlideFrame], pdf: Path) -> list[str]:
    """Where LibreOffice shows other letters in a box than were put there, beyond it, or on more lines."""
    wrong = []
    for frame, page in zip(frames, read_words(pdf, raw=True), strict=True):
        for item, words in words_in_boxes(frame, page):
            where = f"slide {frame.number}: {item.text.plain[:20]!r}"
            if drawn(said(item.text)) != drawn("".join(w.text for w in words)):
                wrong.append(f"{where} is shown as {' '.join(w.text for w in words)!r}")
            for word in words:
                upper, lower = word.ink
                over = max(
                    word.right - item.placeholder.rect.right,
                    item.placeholder.rect.y - upper,
                    lower - item.placeholder.rect.bottom,
                )
                if over > SLACK:
                    wrong.append(f"{where}: {word.text!r} leaves its box by {over:.1f} pt")
            full = [w for w in words if w.size > 0.75 * min(p.size for p in item.text.paragraphs)]
            baselines = sorted(w.baseline for w in full)
            shown = 1 + sum(lower - upper > 8 for upper, lower in pairwise(baselines))
            counted = sum(len(p.lines) for p in item.text.paragraphs)
            if shown > counted:
                wrong.append(f"{where} has {shown} lines, {counted} were counted")
    return wrong


def test_every_text_stands_in_the_box_it_was_fitted_to(slides_pdf: Callable[[str], Path]) -> None:
    assert compared(arranged(NAME).frames, slides_pdf(NAME)) == []


LONG = {
    "Chinese": "减少伤害是一套实用的策略和理念，旨在减少与药物使用相关的负面后果。" * 9,
    "Japanese": "ハームリダクションとは、薬物使用に関連する悪影響を減らすための、「実践的」な戦略と考え方です。" * 7,
    "Korean": "위해 감소는 약물 사용과 관련된 부정적인 결과를 줄이기 위한 일련의 실용적인 전략입니다. " * 9,
    "Mixed": "Mixed 漢字 and English 文字 in 一 line, かな or カナ, 한글 too. " * 12,
    "Without spaces": "在A和B中用C、D，还有E和F的G。" * 20,
    "Emoji in text": "Feeling 😀 or 😢, going 🚀 home ⭐ and done ✅. " * 12,
    "Emoji alone": "😀😃😄😁🚀🌍" * 45,
    "Commas": "漢字、" * 100,
}


def test_full_slides_hold_what_was_counted_on_them(tmp_path: Path) -> None:
    """More than a slide's worth each, so that fitting goes to its limits."""
    slides = [{"kind": "narrative", "title": title, "minutes": 1, "text": text.strip()} for title, text in LONG.items()]
    deck = deck_folder(tmp_path / "deck", *slides)
    files = build_files(tmp_path, deck)
    frames = arrange(deck).frames
    for frame in frames:
        assert frame.parts > 1 or any(isinstance(i, TextItem) and i.text.shrunk for i in frame.items), frame.title
    assert compared(frames, slides_to_pdf(files.deck, tmp_path / "slides")) == []


@pytest.mark.parametrize("kind", ["handout", "guide"])
def test_the_documents_embed_the_substitutes_and_only_what_is_used_of_them(files: Built, kind: str) -> None:
    rows = run(need("pdffonts"), getattr(files, kind)).splitlines()[2:]
    assert {"DroidSansFallback", "NanumGothicCoding", "NotoEmoji-Regular", "DejaVuSans"} <= {
        row.split()[0].partition("+")[2] for row in rows
    }
    assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows)
    assert getattr(files, kind).stat().st_size < 400_000


HANDOUT = [
    "减少伤害是一套实用的策略和理念，旨在减少与药物使用相关的负面后果",
    "薬物使用に関連する悪影響を減らすための",
    "위해감소는약물사용과",
    "😀😃😄👍❤☎⚠✅❌⭐",
    "→⇒↔✓✗☐☑★≤≠∞∈∑①②③",
    "x\u0304",
    "Հայերեն",
    "老子",
    "道德經",
    "コード→λ",
    "太字",
    "你最想改变什么？",
    "H2O",
    "前熟考期",
    "世界保健機関『健康』2024☂",
    "2026年11月",
    "東京",
    "©2026东京🎓",
    "東京Tokyo",
    "Paris🗼",
    "予測2030",
    "3人",
    "東京は日本の首都です",
]
GUIDE = [
    "話してください🗣今すぐ👍👩💻🇫🇷3𝐁𝐨𝐥𝐝",
    "发放讲义",
    "⏳",
    "安全第一🛟",
    "왜그렇게생각하세요?",
    "総括します。",
    "ペン✏",
    "机を円形に並べる⭕",
    "第一部分",
]


@pytest.mark.parametrize("kind", ["handout", "guide"])
def test_the_characters_can_be_copied_out_of_the_documents(files: Built, kind: str) -> None:
    pdf: Path = getattr(files, kind)
    read = {
        "pypdf": squeezed("".join(page.extract_text() for page in PdfReader(pdf).pages)),
        "poppler": squeezed(run(need("pdftotext"), "-raw", pdf, "-")),
    }
    for program, text in read.items():
        missing = [words for words in {"handout": HANDOUT, "guide": GUIDE}[kind] if words not in text]
        assert missing == [], program


def test_chinese_and_japanese_lines_fill_the_handouts_column(files: Built) -> None:
    lines = [line for page in read_words(files.handout) for line in page.lines]
    ((*_, words),) = [line for line in lines if line[2].startswith("吾輩は猫")]
    assert 28 <= len(words) <= 30  # the measure of running text at 13, but for the mark of a line's end
    assert not any(line[2][0] in "。、，」』）" for line in lines if line[2])


def test_slides_name_no_font_and_the_theme_one_for_each_script(files: Built) -> None:
    package = Package(files.deck)
    for name in package.slides:
        faces = {e.get("typeface") for e in find(package.xml(name), "//*[@typeface]")} - {"Courier New"}  # of code
        assert {face[0] for face in faces} <= {"+"}
    for kind in ("majorFont", "minorFont"):
        scripts = {
            e.get("script"): e.get("typeface") for e in find(package.xml("ppt/theme/theme1.xml"), f"//a:{kind}/a:font")
        }
        assert scripts["Jpan"] == "Yu Gothic"
        assert scripts["Hang"] == "Malgun Gothic"
        assert scripts["Hans"] == "Microsoft YaHei"
        assert scripts["Hant"] == "Microsoft JhengHei"


def test_code_is_set_in_the_code_font_by_its_name(tmp_path: Path) -> None:
    deck = deck_folder(tmp_path / "deck", {**POINTS, "points": ["Type `ls -l` here"]})
    files = build_files(tmp_path, deck)
    package = Package(files.deck)
    ((latin,),) = [find(package.xml(name), "//a:r[a:t='ls -l']/a:rPr/a:latin") for name in package.slides]
    assert latin.get("typeface") == "Courier New"
    fonts = run(need("pdffonts"), slides_to_pdf(files.deck, tmp_path / "slides"))
    assert "LiberationMono" in fonts


def test_paragraphs_with_other_fonts_have_exact_line_spacing(files: Built) -> None:
    """Those fonts would raise the lines, each program's by another measure. The layout says so, not the slide."""
    package = Package(files.deck)
    ((slide, shape),) = [
        (name, shape)
        for name in package.slides
        for shape in find(package.xml(name), "//p:sp[.//a:p[contains(., '减少伤害')]]")
    ]
    assert find(shape, ".//a:pPr/a:lnSpc") == []
    (layout,) = package.related(slide, "slideLayout")
    (index,) = find(shape, ".//p:ph/@idx")
    (holder,) = find(package.xml(layout), f"//p:sp[.//p:ph[@idx='{index}']]")
    assert len(find(holder, ".//a:lstStyle/*/a:lnSpc/a:spcPts")) == len(find(holder, ".//a:lstStyle/*"))
    assert "exact lines" in find(package.xml(layout), "//p:cSld/@name")[0]


def test_a_latin_deck_opens_no_substitute() -> None:
    theme = replace(arranged("safe-food").theme, fonts=Fonts())
    assert arrange(SOURCES["safe-food"][0], theme=theme).frames
    assert theme.fonts._substitutes == {}
