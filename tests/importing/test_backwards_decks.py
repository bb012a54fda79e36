"""Decks from right to left that other programs made come in: in their language, with words and columns in the order in which
they are read, and are built from right to left again."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pptx
import pytest
from backwards import HEBREW, TONGUES, Tongue, by_hand_in
from foreign import office
from importing_tools import imported, slides_of

import deckbuilder
from deckbuilder.importing.direction import Tongues, backwards
from deckbuilder.importing.kept import kept_words
from deckbuilder.importing.words import words_of
from deckbuilder.languages import Language
from tools import need

LANGUAGES = pytest.mark.parametrize("tongue", TONGUES.values(), ids=TONGUES)


def comes_in(old: Path, tongue: Tongue, folder: Path) -> None:
    """The deck comes in as what it says, in reading order, and its slides are built from right to left."""
    _, deck = imported(old, folder)
    assert deck["language"].partition("-")[0] == tongue.tag.partition("-")[0]
    cover, needs, where, which, costs, honey, ask, year = slides_of(deck)
    assert (deck["title"], deck["subtitle"], cover["kind"]) == (*tongue.cover, "cover")
    items = [words for _, words in tongue.points[1]]
    assert needs["points"] == [{"text": items[0], "points": [items[1]]}, items[2]]
    assert needs["notes"] == tongue.notes
    assert [column["points"] for column in where["columns"]] == [list(items) for items in tongue.columns[1:]]
    assert [(s["heading"], *s["points"]) for s in which["sides"]] == list(tongue.sides[1:])
    assert [costs["header"], *costs["rows"]] == [list(row) for row in tongue.table[1]]
    lines = (folder / "new" / honey["file"]).read_text("utf-8").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == list(tongue.chart[1])
    assert (ask["kind"], ask["questions"][0]["ask"]) == ("discussion", tongue.ask[1])
    assert (year["numbered"], [line[3:] for line in tongue.typed[1]]) == (True, year["points"])
    assert (year["picture"]["alt"], year["picture"]["caption"]) == (tongue.alt, tongue.caption)

    new = deckbuilder.read(folder / "new")
    said, kept = words_of(tongue.words), kept_words(new)
    assert set(kept) <= set(said)
    assert {
        word for word in said - kept if not word.isdecimal()
    } == set()  # numbers before items are counted by the list
    assert Language(new.deck.language).right_to_left


@LANGUAGES
def test_a_deck_written_in_powerpoint_comes_in_as_it_is_read(tongue: Tongue, tmp_path: Path) -> None:
    comes_in(by_hand_in(tongue, tmp_path), tongue, tmp_path)


@LANGUAGES
@pytest.mark.parametrize("lang", ["en-US", None], ids=["called English", "called nothing"])
def test_letters_tell_the_language_where_runs_do_not(tongue: Tongue, lang: str | None, tmp_path: Path) -> None:
    comes_in(by_hand_in(tongue, tmp_path, lang, rtl=False), tongue, tmp_path)


@pytest.mark.slow
@LANGUAGES
def test_a_deck_that_libreoffice_saved_comes_in_as_it_is_read(tongue: Tongue, tmp_path: Path) -> None:
    (tmp_path / "saved").mkdir()
    form = "pptx:Impress MS PowerPoint 2007 XML"
    comes_in(office(form, by_hand_in(tongue, tmp_path), tmp_path / "saved"), tongue, tmp_path)


@pytest.mark.slow
def test_a_deck_that_pandoc_made_comes_in_as_it_is_read(tmp_path: Path) -> None:
    first, second = ("\n".join(f"- {words}" for words in items) for items in HEBREW.columns[1:])
    columns = f":::: columns\n::: column\n{first}\n:::\n::: column\n{second}\n:::\n::::\n"
    front = f"---\ntitle: {HEBREW.cover[0]}\nlang: he\ndir: rtl\n---\n"
    source = f"{front}\n## {HEBREW.columns[0]}\n\n{columns}\n::: notes\n{HEBREW.notes}\n:::\n"
    (tmp_path / "bees.md").write_text(source, encoding="utf-8")
    subprocess.run([need("pandoc"), "bees.md", "-o", "bees.pptx"], check=True, cwd=tmp_path, timeout=60)
    _, deck = imported(tmp_path / "bees.pptx", tmp_path)
    assert deck["language"].startswith("he")
    words = words_of(*HEBREW.cover[:1], HEBREW.columns[0], *HEBREW.columns[1], *HEBREW.columns[2], HEBREW.notes)
    assert set(kept_words(deckbuilder.read(tmp_path / "new"))) == set(words)


@pytest.mark.slow
def test_it_is_built_from_right_to_left_again(tmp_path: Path) -> None:
    """What is read first stands on the right, in the new deck as in the old one."""
    imported(by_hand_in(HEBREW, tmp_path), tmp_path)
    file = deckbuilder.build(tmp_path / "new", output=tmp_path / "out", only=["deck"]).files[0]
    slide = next(s for s in pptx.Presentation(str(file)).slides if s.shapes.title.text == HEBREW.columns[0])
    first, second = (
        next(shape for shape in slide.placeholders if shape.has_text_frame and items[0] in shape.text_frame.text)
        for items in HEBREW.columns[1:]
    )
    assert first.left > second.left


def test_one_heading_font_for_all_letters_makes_no_code(tmp_path: Path) -> None:
    _, deck = imported(by_hand_in(HEBREW, tmp_path), tmp_path)
    assert "`" not in str(deck)


def test_a_language_counts_as_far_as_its_letters_do() -> None:
    tongues = Tongues()
    tongues.heard("تربية النحل في المدينة", "en-US")
    tongues.heard("Bee Garden", "en-US")
    assert tongues.language("en-US") == "ar"
    tongues.heard("Beekeeping in town, for all neighbours", "en-GB")
    assert tongues.language("en-US") == "en-GB"
    named = Tongues()
    named.heard("ميلا", "ug-CN")
    assert named.language("en-US") == "ug-CN"


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("یہ ایک چھوٹا سا باغ ہے", "ur"),
        ("گوشه‌ای آرام", "fa"),
        ("Где ставить улей", "ru"),
        ("蜂箱放在哪里", "zh"),
        ("ハチはどこに置きますか", "ja"),
        ("벌통은 어디에 둘까요", "ko"),
        ("मधुमक्खी पालन", "hi"),
        ("Where does it stand", "en-US"),
    ],
)
def test_letters_tell_which_language_they_are_of(words: str, language: str) -> None:
    tongues = Tongues()
    tongues.heard(words, "")
    assert tongues.language("en-US") == language


def test_words_run_as_most_of_their_letters_do() -> None:
    assert backwards("דבורים Bee") is True
    assert backwards("Bee Garden כן") is False
    assert backwards("2026 – 41 %") is None


def test_a_deck_in_markdown_is_in_the_language_of_its_letters(tmp_path: Path) -> None:
    items = "\n".join(f"- {words}" for words in HEBREW.columns[1])
    (tmp_path / "bees.md").write_text(f"# {HEBREW.cover[0]}\n\n---\n\n## {HEBREW.columns[0]}\n\n{items}\n", "utf-8")
    _, deck = imported(tmp_path / "bees.md", tmp_path)
    assert (deck["language"], slides_of(deck)[-1]["points"]) == ("he", list(HEBREW.columns[1]))
