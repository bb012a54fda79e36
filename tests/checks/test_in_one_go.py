"""All problems of deck, session, theme and what lies beside them are told at once: none hides another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import deckbuilder
from deckbuilder.diagnostics import DeckError, Diagnostic, Diagnostics
from deckbuilder.theme.pack import read_theme
from tools import deck_folder

SAY: dict[str, Any] = {"kind": "statement", "title": "T", "minutes": 1, "statement": "S"}
# Mistakes of which each ends one part of reading: keys missing and misspelt, wrong types, a kind that is none.
BROKEN: list[dict[str, Any]] = [
    {**SAY, "titel": "T"},
    {"kind": "statement", "minutes": 1, "statement": "S"},
    {**SAY, "kind": "nothing"},
    {**SAY, "minutes": "many"},
    {"title": "T"},
]


def codes(problems: Iterable[Diagnostic]) -> Counter[str]:
    return Counter(problem.code for problem in problems)


@pytest.mark.parametrize("broken", BROKEN, ids=["misspelt", "missing", "kind", "type", "no-kind"])
def test_a_broken_slide_hides_nothing(broken: dict[str, Any], tmp_path: Path) -> None:
    """Pictures, data, references, the session's, the theme's and a template's mistakes, words and characters."""
    source = deck_folder(
        tmp_path,
        broken,
        {"kind": "picture", "title": "T", "minutes": 1, "picture": {"file": "gone.png", "alt": "A tree"}},
        {"kind": "table", "title": "T", "minutes": 1, "file": "data.csv"},
        {**SAY, "sources": ["nobody"], "objectives": [7]},
        {**SAY, "statement": "An old word in ᠮᠣᠩᠭᠣᠯ"},
        vocabulary="list",
    )
    (tmp_path / "data.csv").write_text("A,B\n1\n", "utf-8")
    (tmp_path / "list.yaml").write_text("[{pattern: old word, preferred: new word}]", "utf-8")
    (tmp_path / "session.yaml").write_text("start: noon\nplaec: here\n", "utf-8")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "_brand.yml").write_text("color: {primary: nothing}\n", "utf-8")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "_brand.yml").write_text("color: {primary: '#2B5F8C'}\n", "utf-8")
    themes = [str(tmp_path / name) for name in ("mine", "other")]
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "handout.xml").write_text("{{ deck.title | nothing }}", "utf-8")
    found = codes(deckbuilder.check(source, session=tmp_path / "session.yaml", theme=themes).diagnostics)
    expected = {
        *("picture-missing", "ragged-row", "unknown-reference", "unknown-objective", "clock-time", "brand-color"),
        *("wording", "unsupported-script", "template-error"),
    }
    assert expected <= set(found)
    own = {"unknown-key", "missing-key", "unknown-kind", "wrong-type", "missing-kind"}
    assert set(found) - expected <= own
    assert found["unknown-key"] == 1 + ("titel" in broken)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": ["T"]}, "text-type"),
        ({"fit": "tight"}, "unknown-value"),
        ({"references": [{"id": "one"}]}, "missing-key"),
        ({"references": [{"id": "A B", "text": "Somebody"}]}, "wrong-form"),
        ({"references": "one"}, "wrong-type"),
        ({"objectives": [{"id": "do"}]}, "missing-key"),
        ({"objectives": 3}, "wrong-type"),
        ({"language": "English, please"}, "wrong-form"),
    ],
)
def test_what_stands_in_for_a_broken_part_is_not_complained_of(
    fields: dict[str, Any], code: str, tmp_path: Path
) -> None:
    """Whatever refers to a part with a mistake is left in peace, and what has mistakes of its own is not."""
    slides = [{**SAY, "sources": ["one"], "objectives": [1], "id": "here"}, {**SAY, "id": "here"}]
    given = {"references": [{"id": "one", "text": "Somebody"}], "objectives": [{"text": "Do", "id": "do"}], **fields}
    found = codes(deckbuilder.check(deck_folder(tmp_path, *slides, **given)).diagnostics)
    assert found == {code: 1, "id-twice": 1}


@pytest.mark.parametrize(
    "broken",
    [
        {"title": 3, "slides": []},
        {"title": ["A"], "slides": [SAY]},
        {"slides": [SAY]},
        "words",
        {"title": "A", "appendix": "x", "slides": [SAY]},
        {"title": "A", "slides": [{**SAY, "id": "An id"}]},
    ],
)
def test_breaks_after_what_is_broken_are_not_complained_of(broken: Any, tmp_path: Path) -> None:
    source = deck_folder(tmp_path, sections=[broken, {"title": "B", "slides": [{**SAY, "sources": ["nobody"]}]}])
    (tmp_path / "session.yaml").write_text("breaks: [{minutes: 5, after: A}]\n", "utf-8")
    found = codes(deckbuilder.check(source, session=tmp_path / "session.yaml").diagnostics)
    assert found["unknown-reference"] == 1
    assert found["unknown-place-of-break"] == 0


def test_values_of_a_session_with_mistakes_are_not_missed(tmp_path: Path) -> None:
    source = deck_folder(tmp_path, {**SAY, "statement": "{{ session.place }}"})
    (tmp_path / "session.yaml").write_text("place: here\nstart: noon\n", "utf-8")
    assert codes(deckbuilder.check(source, session=tmp_path / "session.yaml").diagnostics) == {"clock-time": 1}


def test_a_deck_that_is_not_there_hides_neither_session_nor_theme(tmp_path: Path) -> None:
    (tmp_path / "session.yaml").write_text("start: noon\n", "utf-8")
    found = deckbuilder.check(tmp_path / "gone", session=tmp_path / "session.yaml", theme="nothing").diagnostics
    assert codes(found) == {"deck-missing": 1, "clock-time": 1, "theme-missing": 1}


BRAND = """\
logo: a.txt
color:
  palette: {leaf: grren}
  primary: nothing
typography:
  fonts:
    - {family: A, files: [a.ttf]}
    - {files: []}
defaults:
  deckbuilder:
    colour: red
    slots: {dk9: leaf}
    logo: [1, 2]
    colors: {ink: [dk9]}
    layouts: {points: {placeholders: {body: {style: nothing}}}}
    vocabulary: gone
    template: {file: a.pptx}
    imprint: {funder: "\\U00013000"}
"""


def test_every_mistake_of_a_brand_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "_brand.yml").write_text(BRAND, "utf-8")
    problems = Diagnostics()
    with pytest.raises(DeckError):
        read_theme(str(tmp_path), problems)
    assert codes(problems) == {
        "logo-file": 1,
        "brand-color": 2,
        "font-missing": 1,
        "missing-key": 1,
        "unknown-key": 1,
        "theme-geometry": 1,
        "unknown-slot": 2,
        "unknown-style": 1,
        "vocabulary-missing": 1,
        "template-missing": 1,
        "no-font-for-character": 1,
    }


def test_settings_that_need_others_with_mistakes_are_not_complained_of(tmp_path: Path) -> None:
    own = "colors: {mine: [dk1, x]}\n    styles: {body: {levels: [{color: mine}]}}\n    table: {head: mine}"
    (tmp_path / "_brand.yml").write_text(f"defaults:\n  deckbuilder:\n    {own}\n", "utf-8")
    problems = Diagnostics()
    with pytest.raises(DeckError):
        read_theme(str(tmp_path), problems)
    assert "brand-color" not in codes(problems)
    assert codes(problems)["theme-shade"] == 1


TEMPLATE = """<document>
<nothing/>
<h1>{{ deck.titel }}{{ deck.safety }}{{ nobody }}</h1>
<figure src="mine.png" width="100" height="80" alt="A tree"/>
<p>{{ deck.sections[7].title }}</p>
</document>
"""


@pytest.mark.parametrize(
    ("slide", "brand", "strict"),
    [
        ({**SAY, "titel": "T"}, "color: {primary: '#2B5F8C'}", False),
        (SAY, "color: {primary: '#2B5F8C'", False),
        ({**SAY, "statement": "A statement of many words. " * 40}, "color: {primary: '#2B5F8C'}", True),
    ],
    ids=["the deck's own", "the theme's", "too long"],
)
def test_what_rendering_finds_in_a_template_is_told_beside_other_errors(
    slide: dict[str, Any], brand: str, strict: bool, tmp_path: Path
) -> None:
    """But for what may well be there for the right deck: its pictures, its eighth section."""
    source = deck_folder(tmp_path, slide)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "_brand.yml").write_text(brand, "utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "handout.xml").write_text(TEMPLATE, "utf-8")
    problems = deckbuilder.check(source, theme=str(tmp_path / "mine"), strict=strict).diagnostics
    here = [p for p in problems if p.at and p.at.file.endswith("handout.xml")]
    assert len(problems) > len(here)
    assert [(p.code, p.at.line) for p in here if p.at] == [
        ("template-markup", 2),
        ("template-error", 3),
        ("template-shows-facilitators", 3),
        ("template-error", 3),
    ]


def test_a_sound_template_beside_a_broken_deck_is_not_complained_of(tmp_path: Path) -> None:
    source = deck_folder(tmp_path, {**SAY, "titel": "T"})
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "handout.xml").write_text(
        '<document><figure src="mine.png" width="100" height="80" alt="A tree"/><p>{{ deck.sections[7].title }}</p></document>',
        "utf-8",
    )
    [problem] = [p for p in deckbuilder.check(source).diagnostics if p.severity.value == "error"]
    assert problem.code == "unknown-key"


def test_gaps_in_words_without_markdown_are_told(tmp_path: Path) -> None:
    chart = {
        "kind": "chart",
        "chart": "bar",
        "title": "A title",
        "categories": ["[[one]]", "two"],
        "series": [{"name": "[[three]]", "values": [1, 2]}],
        "unit": "[[kg]]",
        "alt": "A bar of [[four]]",
        "minutes": 1,
    }
    picture = {"kind": "picture", "title": "P", "picture": {"file": "pictures/landscape.png", "alt": "a [[five]]"}}
    said = [p.message for p in deckbuilder.check(deck_folder(tmp_path, chart, {**picture, "minutes": 1})).diagnostics]
    for word in ("one", "three", "kg", "four", "five"):
        assert sum(f"'[[{word}]]' is no gap" in message for message in said) == 1, (word, said)
