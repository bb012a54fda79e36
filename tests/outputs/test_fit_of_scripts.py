"""Text in other scripts, emoji and combining marks: drawn, and in its shape, or reported."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Any

import pytest

from deckbuilder.units import Rect
from shapes import shapes_on
from tools import Package, Page, Word, arrange, build_files, deck_folder, need, read_words, slides_to_pdf

SCRIPTS = {
    "chinese": "我们一起倾听，然后再回答。人们来这里是为了互相支持，而不是为了被评判。",
    "japanese": "まず耳を傾け、それから答えます。ここでは誰も評価されません。カタカナもあります。",
    "korean": "먼저 듣고 나서 대답합니다. 이곳에서는 아무도 평가받지 않습니다.",
    "greek": "Ακούμε πρώτα και απαντάμε μετά. Κανείς δεν κρίνεται εδώ.",
    "cyrillic": "Сначала слушаем, потом отвечаем. Здесь никого не оценивают.",
    "vietnamese": "Chúng ta lắng nghe trước, rồi mới trả lời. Ở đây không ai bị đánh giá.",
    "combining": "Ze\u0301ro de\u0301faut, na\u0308chste U\u0308bung, a\u0308\u0304 o\u0302\u0301 n\u0303 q\u0307 x\u0331",
    "emoji": "Welcome 👋 and thanks 🙏 for coming 🎉 — take a seat ☕",
    "joined emoji": "A family 👨‍👩‍👧‍👦 and a flag 🇨🇦 and a hand 👍🏽",
    "symbols": "Arrows → ← ⇒, checks ✓ ✗, stars ★ ☆, fractions ⅓ ⅞, math ≤ ≥ ≠ ∑",
}


def script_slides(script: str) -> list[dict[str, Any]]:
    text = SCRIPTS[script]
    return [
        {"kind": "points", "title": f"{script} points", "points": [text] * 4},
        {"kind": "narrative", "title": f"{script} narrative", "text": f"{text} " * 9, "notes": f"{text} " * 30},
        {"kind": "table", "title": f"{script} table", "header": ["A", "B"], "rows": [["1", text]] * 3},
        {"kind": "statement", "title": text, "statement": text},
    ]


@pytest.fixture(scope="module")
def drawable(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The scripts that arranging has nothing against; what it says of the others has a place and a way out."""
    out = []
    for script in SCRIPTS:
        source = deck_folder(tmp_path_factory.mktemp("script"), *script_slides(script), default_minutes=1)
        errors = [d for d in arrange(source).problems if d.severity.value == "error"]
        for problem in errors:
            assert problem.at is not None, str(problem)
            assert problem.hint, str(problem)
        if not errors:
            out.append(script)
    return out


@pytest.fixture(scope="module")
def painted(drawable: list[str], tmp_path_factory: pytest.TempPathFactory) -> tuple[Package, list[Page]]:
    need("soffice")
    folder = tmp_path_factory.mktemp("scripts")
    slides = [slide for script in drawable for slide in script_slides(script)]
    source = deck_folder(folder / "deck", *slides, default_minutes=1)
    package = Package(build_files(folder / "out", source, only=("deck",)).deck)
    pdf = slides_to_pdf(package.path, folder / "pdf")
    return package, read_words(pdf, raw=True)


def shown(package: Package) -> list[str]:
    return [slide for slide in package.slides if package.xml(slide).get("show") != "0"]


def bases(text: str) -> Counter[str]:
    """The text's characters, counted, without marks and white space; of joined emoji, painted as one,
    none."""
    plain = unicodedata.normalize("NFKD", re.sub(r"\S(\u200d\S)+|[\U0001f1e6-\U0001f1ff]{2}", "", text))
    return Counter(c for c in plain if unicodedata.category(c)[0] in "LNPS" and c not in "•–" and not is_tone(c))


def is_tone(character: str) -> bool:
    return "\U0001f3fb" <= character <= "\U0001f3ff"


def test_most_scripts_can_be_drawn(drawable: list[str]) -> None:
    assert {"greek", "cyrillic", "vietnamese", "combining"} <= set(drawable)


def test_every_character_is_painted(painted: tuple[Package, list[Page]]) -> None:
    package, pages = painted
    missing = {}
    for slide, page in zip(shown(package), pages, strict=True):
        lost = bases(package.text(slide)) - bases("".join(word.text for word in page.words))
        if lost:
            missing[slide] = dict(lost)
    assert missing == {}


def test_words_of_every_script_stay_in_a_shape(painted: tuple[Package, list[Page]]) -> None:
    """Painted fallback fonts come out of the PDF in any order: a word may be in any shape, but in one."""
    package, pages = painted
    outside = []
    for slide, page in zip(shown(package), pages, strict=True):
        rooms = [area.room for shape in shapes_on(package, slide) if shape.kind != "art" for area in shape.areas]
        for word in page.words:
            upper, lower = word.ink

            def over(room: Rect, word: Word = word, upper: float = upper, lower: float = lower) -> float:
                return max(room.x - word.left, word.right - room.right, room.y - upper, lower - room.bottom)

            if word.text.strip() and min(map(over, rooms)) > 4:
                outside.append(f"{slide}: '{word.text}' by {min(map(over, rooms)):.1f} pt")
    assert outside == []
