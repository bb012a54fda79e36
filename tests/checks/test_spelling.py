"""Spelling: what a dictionary does not know is told where it is likely a slip, and nowhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import deckbuilder
from deckbuilder.diagnostics import Diagnostic
from deckbuilder.languages.dictionary import dictionary_of

DECK = """title: T
language: {language}
{more}
glossary:
- {{term: A flipchartt, definition: Paper on legs.}}
sections:
- title: S
  slides:
  - kind: statement
    title: A title
    minutes: 1
    statement: {words}
"""
Check = Callable[..., list[Diagnostic]]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Check]:
    """What is found of a statement's spelling, by a dictionary of Elbonian too."""
    dictionaries = tmp_path / "dictionaries"
    dictionaries.mkdir()
    (dictionaries / "xb_XB.aff").write_text("SET UTF-8\nTRY aeiöu\n", "utf-8")
    (dictionaries / "xb_XB.dic").write_text("3\nmog\nmögu\ntarato\n", "utf-8")
    (dictionaries / "xc_XC.aff").write_bytes(b"SET none-such\n\xff")
    (dictionaries / "xc_XC.dic").write_bytes(b"\xff\xfe\x00")
    monkeypatch.setenv("DICPATH", str(dictionaries))
    monkeypatch.chdir(tmp_path)
    dictionary_of.cache_clear()

    def found(words: str, language: str = "en-US", more: str = "") -> list[Diagnostic]:
        Path("deck.yaml").write_text(DECK.format(words=words, language=language, more=more), "utf-8")
        return [d for d in deckbuilder.check(tmp_path).diagnostics if d.code == "spelling"]

    yield found
    dictionary_of.cache_clear()


def test_a_slip_has_its_place_and_what_was_meant(check: Check) -> None:
    (one,) = check('"A **seper\\u0061te** room for everybody."')
    assert one.hint == "write 'separate'; else list it in 'spelling'"
    (one,) = check("A **seperate** room for everybody.")
    assert (one.text, one.at and one.at.line, one.at and one.at.column) == ("seperate", 12, 20)
    assert one.fix is not None
    assert (one.fix.text, one.fix.safe) == ("separate", False)


@pytest.mark.parametrize(
    "words",
    [
        "We met Recieve and Mx Seperate.",  # names
        "The RECIEVE project, in SEPERATE.",
        "See www.recieve.org/seperate, or `recieve`.",
        "The word is [recieve]{{lang=fr}} there.",
        "It takes naloxone and buprenorphine.",  # like no other word
        "Take the flipchartt.",  # of the glossary
        "The co-trainer's don't-knows weren't well-kept.",
    ],
)
def test_what_may_be_meant_is_left_alone(check: Check, words: str) -> None:
    assert check(words.replace("{{", "{").replace("}}", "}")) == []


def test_a_word_that_is_listed_is_right_in_deck_and_organisation(check: Check) -> None:
    assert check("They recieve it.", more="spelling: recieve") == []
    assert check("They recieve it.", more="spelling: [Recieve, other]") == []
    Path("organisation.yaml").write_text("spelling: [recieve]\n", "utf-8")
    assert check("They recieve it.") == []


def test_a_word_that_stands_often_is_told_once(check: Check) -> None:
    assert len(check("They recieve it, and recieve it, and recieve it.")) == 3
    (one,) = check("They recieve it, recieve it, recieve it, recieve it.")
    assert "4 times" in one.message


def test_a_dictionary_on_the_machine_is_used_with_its_own_letters(check: Check) -> None:
    (one,) = check("Tarato mogu.", language="xb-XB")
    assert one.hint == "write 'mögu' or 'mog'; else list it in 'spelling'"  # an accent is missed before a letter is


def test_a_language_without_a_dictionary_or_with_a_broken_one_says_nothing(check: Check) -> None:
    assert check("They recieve it.", language="en-XA") == []  # Americans write otherwise
    assert check("They recieve it.", language="tlh") == []
    assert check("They recieve it.", language="xc-XC") == []


def test_without_the_library_nothing_is_said(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hunspell", None)
    assert check("They recieve it.") == []


def test_a_deck_in_another_language_than_it_says_is_told_in_one_sentence(check: Check) -> None:
    words = " ".join(f"wort{letter}{other}al" for letter in "abcdefghij" for other in "klmnopqr")
    (one,) = check(words)
    assert "does not know" in one.message
    assert one.hint == "is 'language' the one that it is written in?"
