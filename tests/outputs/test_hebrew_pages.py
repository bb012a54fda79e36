"""A Hebrew training on paper: what stands where for those who read from the right, and what is told of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader
from test_accessibility import all_is_tagged, read, told
from test_documents import draw

from deckbuilder.units import MM
from tools import Built, Page, Word, build_files, deck_folder, print_files, read_words

WELCOME = "ברוכים הבאים לסדנה"
SENTENCE = "מי שמקשיב לפני שהוא מייעץ עוזר יותר, ולכן נתרגל את זה היום יחד."
SLIDES: list[dict[str, Any]] = [
    {"kind": "cover", "title": "להקשיב לפני שמייעצים"},
    {
        "kind": "points",
        "title": "שלושה כללים",
        "objectives": [1],
        "minutes": 7,
        "points": ["מקשיבים עד הסוף", "שואלים לפני [[העצה]] שנותנים", {"text": "מסכמים", "points": ["במשפט אחד"]}],
        "cues": [{"say": "אמרו את הכללים לאט."}, {"do": "כתבו אותם על הלוח."}],
        "questions": [{"ask": "מה קשה לכם?", "grouping": "pairs", "minutes": 4, "listen_for": "סבלנות", "lines": 3}],
    },
    {
        "kind": "points",
        "title": "צעדים",
        "numbered": True,
        "minutes": 5,
        "points": ["ראשון", "שני", "שלישי"],
        "handout": SENTENCE,
    },
    {
        "kind": "table",
        "title": "כמה זה עולה",
        "minutes": 3,
        "header": ["פריט", "מחיר"],
        "rows": [["כוס", "7"], ["צלחת", "12"], ["שולחן", "340"]],
    },
    {"kind": "quote", "title": "ציטוט", "quote": "השתיקה היא תשובה", "author": "פתגם", "minutes": 2},
]


@dataclass(frozen=True)
class Row:
    """What stands beside each other on a page, without blanks, in the order in which it is read; the sides of each letter."""

    text: str
    letters: list[Word]

    def place(self, words: str) -> tuple[float, float]:
        """The left and the right edge of words, which stand there once."""
        squeezed = "".join(words.split())
        assert self.text.count(squeezed) == 1, f"{words} in {self.text}"
        start = self.text.index(squeezed)
        own = self.letters[start : start + len(squeezed)]
        return min(w.left for w in own), max(w.right for w in own)


def rows(page: Page) -> list[Row]:
    """The rows of a page, from its head to its foot: letters of Hebrew by where they stand, which Poppler gives one by one."""
    lines: list[list[Word]] = []
    for word in sorted(page.words, key=lambda word: word.bottom):
        if not lines or abs(lines[-1][-1].bottom - word.bottom) > 5:
            lines.append([])
        lines[-1].append(word)
    out = []
    for line in lines:
        ordered = sorted(line, key=lambda word: -word.right)
        letters = [word for word in ordered for _ in word.text]
        out.append(Row("".join(word.text for word in ordered), letters))
    return out


def find(pdf: Path, *words: str) -> Iterator[tuple[int, Page, Row]]:
    """The rows that hold all of some words, with their pages and those pages' numbers."""
    for number, page in enumerate(read_words(pdf, raw=True), 1):
        for row in rows(page):
            if all("".join(one.split()) in row.text for one in words):
                yield number, page, row


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("hebrew")
    sections = [{"title": "פתיחה", "slides": SLIDES[:2]}, {"title": "המשך", "slides": SLIDES[2:]}]
    deck = deck_folder(
        folder / "deck",
        sections=sections,
        title=WELCOME,
        language="he",
        gaps="gap",
        objectives=["להקשיב לפני שמייעצים"],
        glossary=[{"term": "הקשבה", "definition": "לשמוע ולהבין"}],
    )
    return print_files(folder / "out", deck, paper="a4", duplex=True)


def test_the_run_of_show_begins_with_times_at_the_right(files: Built) -> None:
    heads = list(find(files.guide, "שקופית", "מקטע", "דק׳", "עמוד", "חוברת"))
    assert heads, "the run of show has no head"
    for _, _, row in heads:
        names = ["זמן", "שקופית", "מקטע", "דק׳", "סךהכול", "עמוד", "חוברת"]
        lefts = [row.place(name)[0] for name in names if name in row.text]
        assert len(lefts) >= 6
        assert lefts == sorted(lefts, reverse=True)
    (_, _, row), *_ = [found for found in find(files.guide, "שלושה כללים", "0:00") if "7" in found[2].text]
    assert row.place("0:00")[0] > row.place("שלושה כללים")[1]


@pytest.mark.parametrize("title", ["שלושה כללים", "צעדים", "כמה זה עולה"])
def test_the_run_of_show_tells_on_which_pages_slides_are(files: Built, title: str) -> None:
    (_, _, row), *_ = [found for found in find(files.guide, title, "0:") if "·" not in found[2].text]
    after = sorted({w for w in row.letters if w.right < row.place(title)[0]}, key=lambda word: -word.right)
    numbers = [int(one) for one in re.findall(r"[0-9]+", " ".join(joined(after)))]
    number = int(row.text.split("".join(title.split()))[0][4:])  # behind the time
    (guide, _, _), *_ = [found for found in find(files.guide, f"שקופית {number} ·") if title_above(files, found, title)]
    (handout, _, _), *_ = find(files.handout, title)
    assert numbers[-2:] == [guide, handout]


def joined(words: list[Word]) -> list[str]:
    """Words from right to left, those without room between them as one, in the order in which digits are read."""
    out = [words[0].text]
    for before, word in pairwise(words):
        if before.left - word.right < 1:
            out[-1] = word.text + out[-1]
        else:
            out.append(word.text)
    return out


def title_above(files: Built, found: tuple[int, Page, Row], title: str) -> bool:
    """Whether a row tells of the slide of that title, which stands above it."""
    number, _, row = found
    return any(
        page == number and 0 < row.letters[0].bottom - other.letters[0].bottom < 40
        for page, _, other in find(files.guide, title)
    )


def test_lines_to_write_on_begin_where_their_question_does_and_end_together(files: Built) -> None:
    (number, page, row), *_ = find(files.handout, "מה קשה לכם?")
    foot = row.letters[0].bottom
    rules = sorted(
        (page.height - y, left, right) for left, right, y in draw(PdfReader(files.handout).pages[number - 1]).rules
    )
    below = [rule for rule in rules if foot < rule[0] < page.height - 80]
    assert len(below) == 3
    assert {round(right, 1) for _, _, right in below} == {round(row.place("מה קשה לכם?")[1], 1)}
    (rule,) = [rule for rule in rules if rule[0] > page.height - 80]  # above the page's number: as wide as the text
    assert {(round(left, 1), round(right, 1)) for _, left, right in below} == {(round(rule[1], 1), round(rule[2], 1))}
    pitch = [after[0] - before[0] for before, after in pairwise(below)]
    assert pitch == pytest.approx([pitch[0]] * len(pitch), abs=0.1)


def test_numbers_stand_with_their_units_below_each_other_at_the_columns_end(files: Built) -> None:
    found = {words: next(find(files.handout, words, number))[2] for words, number in PRICES.items()}
    rights = [row.place(PRICES[words])[1] for words, row in found.items()]
    assert rights == pytest.approx([rights[0]] * len(rights), abs=0.1)
    (_, _, head) = next(find(files.handout, "פריט", "מחיר"))
    widest = found["שולחן"].place("340")[0]
    assert widest == pytest.approx(head.place("מחיר")[0], abs=2), "flush with the column's head"
    assert rights[0] < found["שולחן"].place("שולחן")[0]


PRICES = {"כוס": "7", "צלחת": "12", "שולחן": "340"}


def test_pages_are_bound_at_the_right_and_numbered_at_the_other_edge(files: Built) -> None:
    seen = set()
    for number, page, row in find(files.guide, "עמוד", "מתוך"):
        if row.letters[0].top < page.height - 80:
            continue
        left, right = row.place(f"עמוד{number}מתוך{len(read_words(files.guide))}")
        if number % 2:
            assert left < page.width / 4
            assert max(word.right for word in page.words) <= page.width - 20 * MM
        else:
            assert right > page.width * 3 / 4
            assert min(word.left for word in page.words) >= 20 * MM
        seen.add(number % 2)
    assert seen == {0, 1}


def test_a_gap_stands_between_its_words(files: Built) -> None:
    (_, _, row), *_ = find(files.handout, "שואלים לפני", "שנותנים")
    strokes = [word for word in row.letters if set(word.text) <= {"_"}]
    assert len({id(word) for word in strokes}) >= 1
    assert max(word.right for word in strokes) < row.place("שואלים לפני")[0]
    assert min(word.left for word in strokes) > row.place("שנותנים")[1]


def test_bullets_numbers_and_signs_stand_at_the_right_of_their_words(files: Built) -> None:
    for bullet, words in (("•", "מקשיבים עד הסוף"), ("–", "במשפט אחד"), ("2.", "שני")):
        (_, _, row), *_ = [found for found in find(files.handout, bullet, words) if found[2].text.startswith(bullet)]
        assert row.place(bullet)[0] > row.place(words)[1], words
        assert row.letters[0].right == pytest.approx(max(word.right for word in row.letters))
    (_, _, row), *_ = find(files.guide, "להקשיב ל", "סבלנות")
    assert row.place("להקשיב ל")[0] > row.place("•")[1] > row.place("סבלנות")[1]


def test_what_is_told_is_what_was_written_in_its_order(files: Built) -> None:
    texts = [words for _, words in told(files.handout)]
    wanted = [WELCOME, "להקשיב לפני שמייעצים", "שלושה כללים", "מקשיבים עד הסוף", "במשפט אחד", "מה קשה לכם?", SENTENCE]
    wanted += ["כמה זה עולה", "פריט", "מחיר", "כוס", "7", "צלחת", "12", "שולחן", "340", "השתיקה היא תשובה", "הקשבה"]
    place = 0
    for words in wanted:
        later = [n for n in range(place, len(texts)) if words in texts[n]]
        assert later, f"{words} is not told, or before {texts[place]}"
        place = later[0]
    labels = [words.strip() for kind, words in told(files.handout) if kind == "Lbl"]
    assert [label for label in labels if label[0] in "123"][-3:] == ["1.", "2.", "3."]
    for pdf in files.documents:
        all_is_tagged(pdf)


def test_three_slides_a_page_have_lines_to_write_on_at_their_left(tmp_path: Path) -> None:
    deck = deck_folder(tmp_path / "deck", *SLIDES, language="he", objectives=["להקשיב"])
    files = print_files(tmp_path / "out", deck, slides_per_page=3)
    sheet = PdfReader(files.handout).pages[0]
    slides = [facts["/BBox"] for kind, facts in read(files.handout) if kind == "Figure"][:3]
    assert len({left for left, _, _, _ in slides}) == 1, "one below the other"
    rules = [(left, right) for left, right, _ in draw(sheet).rules if right - left > 100 and right < slides[0][0]]
    assert len(rules) >= 20
    assert {round(right) for _, right in rules} == {round(slides[0][0] - 18)}


def test_slides_by_themselves_are_turned_from_right_to_left_too(tmp_path: Path) -> None:
    deck = deck_folder(tmp_path / "deck", *SLIDES, language="he", objectives=["להקשיב"])
    files = build_files(tmp_path / "out", deck, only=("slides",))
    with pikepdf.open(files.folder / "deck-slides.pdf") as pdf:
        assert pdf.Root.ViewerPreferences.Direction == pikepdf.Name.R2L
