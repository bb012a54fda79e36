"""Words to be replaced in scripts without spaces, with vowel signs, and from right to left: found whole, and only then."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deckbuilder.checks.wording import check_wording
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.reading.deck import read_deck
from deckbuilder.reading.phrases import Phrases
from tools import deck_folder


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("מכור", "הוא מכור לסמים", True),
        ("מכור", "הוא מכורים", False),
        ("مدمن", "هو مدمن قديم", True),
        ("नशेड़ी", "वह नशेड़ी था", True),
        ("नश", "वह नशे में", False),  # a vowel sign belongs to its letter
        ("குடிகாரன்", "அவர் குடிகாரன் இல்லை", True),
        ("ผู้ติดยา", "เขาเป็นผู้ติดยามานาน", True),  # no spaces between words
        ("ก", "ก็", False),
        ("瘾君子", "他是瘾君子吗", True),
        ("薬物", "この薬物はAの", True),
        ("drug", "在drug中", True),
        ("drug", "在drugs中", False),
        ("ሱሰኛ", "እሱ ሱሰኛ ነው", True),
    ],
)
def test_words_are_found_whole(phrase: str, text: str, found: bool) -> None:
    phrases = Phrases([phrase])
    assert [match.group() for match in phrases.find(text)] == [phrase] * found
    assert phrases.seen(text) or not found


def test_of_several_in_a_row_each_is_found() -> None:
    assert [m.group() for m in Phrases(["中文", "文字", "文"]).find("中文文字文")] == ["中文", "文字", "文"]


@pytest.mark.parametrize(
    ("language", "pattern", "preferred", "text", "quoted"),
    [
        ("he", "מכור", "אדם עם התמכרות", "הוא **מכור** לסמים", "הוא אמר „מכור” בשקט"),
        ("ar", "مدمن", "شخص يتعاطى", "هو **مدمن** قديم", "قال «مدمن» ومضى"),
        ("fa", "معتاد", "مصرف‌کننده", "او **معتاد** است", "او گفت «معتاد» و رفت"),
        ("ur", "نشئی", "نشہ استعمال کرنے والا", "وہ **نشئی** ہے", "اس نے کہا ”نشئی“ اور گیا"),
    ],
)
def test_decks_from_right_to_left_are_compared_with_lists_of_their_language(
    tmp_path: Path, language: str, pattern: str, preferred: str, text: str, quoted: str
) -> None:
    """At the place of the word, whatever marks it; not what somebody said, nor what is in another language."""
    terms = [{"pattern": pattern, "preferred": preferred}]
    (tmp_path / "own.yaml").write_text(json.dumps({"language": language, "terms": terms}), encoding="utf-8")
    (tmp_path / "other.yaml").write_text(json.dumps({"language": "fr", "terms": terms}), encoding="utf-8")
    points = [text, quoted, preferred]
    slide = {"kind": "points", "title": preferred, "minutes": 1, "points": points}
    deck = deck_folder(tmp_path, slide, language=language, vocabulary=["own", "other"])
    problems = Diagnostics()
    reading = read_deck(deck, None, problems)
    check_wording(reading.deck, reading.session, reading.vocabulary, problems)
    (found,) = problems
    assert found.at is not None
    written = deck.read_text(encoding="utf-8").splitlines()[found.at.line - 1]
    assert text in written
    assert written[found.at.column - 1 :].startswith(pattern)
    assert preferred in found.message
