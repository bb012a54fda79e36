"""Words too long for a line are divided as their language wants, addresses where they part."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from deckbuilder.content.text import Paragraph, Run
from deckbuilder.languages.hyphens import divided
from deckbuilder.layout.measure import measure_text
from tools import arrange, build_files, deck_folder, default_theme


def pieces(word: str, tag: str, room: int) -> list[str]:
    return divided(word, tag, lambda _, part: float(len(part)), room)


@pytest.mark.parametrize(
    ("word", "tag", "room", "divided_so"),
    [
        ("Gewächshauslüftung", "de-AT", 12, ["Gewächshaus-", "lüftung"]),
        ("September–Dezember", "de", 12, ["September–", "Dezember"]),
        ("responsabilité", "fr-CA", 10, ["responsa-", "bilité"]),
        ("odpowiedzialność", "pl", 10, ["odpowie-", "dzialność"]),
        ("garden.example/plots/north", "en", 15, ["garden.example", "/plots/north"]),
        ("garden.example/plots-north", "en", 18, ["garden.example", "/plots-north"]),
        ("warden@plots.example", "en", 12, ["warden@plots", ".example"]),
        ("AB12345678901234", "en", 8, ["AB12345678901234"]),
        ("kasvihuoneenlämmitys", "xx", 8, ["kasvihuoneenlämmitys"]),
    ],
)
def test_word_is_divided_where_it_parts(word: str, tag: str, room: int, divided_so: list[str]) -> None:
    assert pieces(word, tag, room) == divided_so


@given(st.text("abcdeinorst-/.", min_size=1, max_size=60), st.integers(3, 30))
def test_no_letter_is_lost_and_no_two_pieces_fit_together(word: str, room: int) -> None:
    found = pieces(word, "en", room)
    rest = word
    for piece in found:
        part = piece if rest.startswith(piece) else piece.removesuffix("-")
        assert rest.startswith(part)
        rest = rest[len(part) :]
    assert rest == ""
    assert all(len(piece) <= room for piece in found[:-1])
    assert all(len(one) + len(other) > room for one, other in pairwise(found))


WORDS = [
    "Gartenbewässerungsanlagensteuerungsverordnungsentwurfsbearbeitungsverfahren",
    "Gewächshausheizungsabrechnungszeitraumverlängerungsantragsbearbeitungsfrist",
]


def test_long_words_are_hyphenated_on_slides_and_pages(tmp_path: Path) -> None:
    sides = [{"heading": "Eins", "points": WORDS[:1]}, {"heading": "Zwei", "points": WORDS[1:]}]
    slide = {"kind": "comparison", "title": "Lang", "minutes": 1, "sides": sides}
    deck = deck_folder(tmp_path, slide, language="de-DE")
    lines = [
        "".join(segment.text for segment in line.segments)
        for frame in arrange(deck).frames
        for item in frame.items
        if hasattr(item, "text")
        for paragraph in item.text.paragraphs
        for line in paragraph.lines
    ]
    text = "\n".join(page.extract_text() for page in PdfReader(build_files(tmp_path / "out", deck).handout).pages)
    for said in (lines, [line.strip() for line in text.split("\n")]):
        for word in WORDS:
            torn = [line for line in said if len(line) > 4 and line.strip("•- ") in word]
            assert len(torn) > 1
            assert all(line.endswith("-") for line in torn[:-1]), torn


def test_authors_say_by_soft_hyphens_where_words_part_and_the_deck_has_none_to_part_them_elsewhere() -> None:
    theme = default_theme()
    word = "Gärtnerei\u00adbedarfs\u00adgroßhandels\u00adverband"
    for room, said in ((900, "Gärtnereibedarfsgroßhandelsverband"), (280, "Gärtnereibedarfs-großhandelsverband")):
        laid = measure_text([Paragraph((Run(f"Der {word}"),))], theme.styles["points"], room, theme)
        assert laid.plain == f"Der {said}"
        lines = ["".join(s.text for s in line.segments) for p in laid.paragraphs for line in p.lines]
        assert "".join(lines).replace(" ", "") == f"Der{said}"
        assert len(lines) == said.count("-") + 1
