"""What LibreOffice makes of the slides: every word on the page and in its own place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deckbuilder.layout.frame import LaidText, PictureItem, SlideFrame, TextItem
from deckbuilder.units import Rect
from tools import DECKS, Page, Word, arranged, read_words

# LibreOffice paints what it draws in other fonts after the rest of a line; `test_many_scripts` goes by places.
pytestmark = pytest.mark.parametrize("name", [name for name in DECKS if name != "many-scripts"])

SLACK = 4.0  # points: another program's line heights and its rounding


@pytest.fixture
def pages(name: str, slides_pdf: Callable[[str], Path]) -> list[Page]:
    return read_words(slides_pdf(name), raw=True)


def projected(name: str) -> list[SlideFrame]:
    """The frames that LibreOffice makes pages of: it leaves hidden slides out."""
    return [frame for frame in arranged(name).frames if not frame.hidden]


def letters(words: str) -> str:
    """Words without white space and list characters."""
    return "".join(c for c in words if not c.isspace() and c not in "•–■")


def said(laid: LaidText) -> str:
    """The text's letters as painted, the numbers of lists included."""
    out = []
    for paragraph in laid.paragraphs:
        if paragraph.marker in ("number", "letter"):
            number = paragraph.number or 1
            out.append(f"{chr(64 + number) if paragraph.marker == 'letter' else number}.")
        words = "".join(run.text for run in paragraph.runs)
        out.append(words.upper() if paragraph.style.caps else words)
    return letters("".join(out))


def places(frame: SlideFrame, page: Page) -> list[tuple[str, Rect, list[Word]]]:
    """For each text of the frame, in order: what it is, its box, and its words on the page."""
    owners = [word for word in page.words for _ in letters(word.text)]
    painted = "".join(letters(word.text) for word in page.words)
    out = []
    taken = 0
    for item in frame.items:
        if not isinstance(item, TextItem):
            continue
        label = str(item.placeholder.role)
        wanted = said(item.text)
        start = painted.find(wanted, taken)
        assert start >= 0, (
            f"slide {frame.number}: the {label} is not on the page as a whole: {wanted!r} in {painted[taken:]!r}"
        )
        taken = start + len(wanted)
        words = list(dict.fromkeys(owners[start:taken]))
        out.append((label, item.placeholder.room, words))
    return out


def test_every_word_lies_on_the_page(pages):
    for number, page in enumerate(pages, 1):
        for word in page.words:
            upper, lower = word.ink
            where = f"slide {number}: {word.text}"
            assert word.left >= 0, where
            assert word.right <= page.width, where
            assert upper >= 0, where
            assert lower <= page.height, where


def test_every_word_stays_in_the_box_it_was_fitted_to(name, pages):
    outside = []
    for frame, page in zip(projected(name), pages, strict=True):
        for label, box, words in places(frame, page):
            for word in words:
                upper, lower = word.ink
                over = max(box.x - word.left, word.right - box.right, box.y - upper, lower - box.bottom)
                if over > SLACK:
                    outside.append(f"slide {frame.number}: '{word.text}' leaves the {label} by {over:.1f} pt")
    assert outside == []


def test_no_word_lies_on_another_text_or_picture(name, pages):
    clashes = []
    for frame, page in zip(projected(name), pages, strict=True):
        texts = places(frame, page)
        grounded = {str(i.placeholder.role) for i in frame.items if i.placeholder.fill is not None}
        boxes = [(str(i.placeholder.role), i.placeholder.rect) for i in frame.items if isinstance(i, PictureItem)]
        for label, box, words in texts:
            # Words on a ground of their own may lie on a picture.
            others = [
                *(boxes if label not in grounded else []),
                *((other, rect) for other, rect, _ in texts if rect != box),
            ]
            for word in words:
                upper, lower = word.ink
                for other, rect in others:
                    across = min(word.right, rect.right) - max(word.left, rect.x)
                    down = min(lower, rect.bottom) - max(upper, rect.y)
                    if across > 0.5 and down > SLACK:
                        clashes.append(f"slide {frame.number}: '{word.text}' of the {label} lies on the {other}")
    assert clashes == []


def test_lines_break_no_oftener_than_was_measured(name, pages):
    """Where LibreOffice needs more lines than we counted, the text is higher than was proven to fit."""
    more = []
    for frame, page in zip(projected(name), pages, strict=True):
        items = [i for i in frame.items if isinstance(i, TextItem)]
        for item, (label, _, words) in zip(items, places(frame, page), strict=True):
            counted = sum(len(p.lines) for p in item.text.paragraphs)
            sizes = {p.size for p in item.text.paragraphs}
            full = [w for w in words if any(abs(w.size - size) < 0.1 * size for size in sizes)]  # not superscript
            found = len({round(w.baseline / 4) for w in full})
            if found > counted:
                more.append(f"slide {frame.number}: the {label} has {found} lines, {counted} were counted")
    assert more == []


def test_footers_and_slide_numbers_stand_in_the_bottom_margin(name, pages):
    for frame, page in zip(projected(name), pages, strict=True):
        low = [w for w in page.words if w.baseline > 498]
        words = letters("".join(w.text for w in low))
        if frame.layout.footer is not None and frame.footer is not None:
            assert letters(frame.footer.plain) in words, frame.number
        if frame.layout.number is not None:
            assert str(frame.number) in [w.text for w in low], frame.number
