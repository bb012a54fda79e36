"""Words to be replaced in scripts without spaces, with vowel signs, and from right to left: found whole, and only then."""

from __future__ import annotations

import pytest

from deckbuilder.reading.phrases import Phrases


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
