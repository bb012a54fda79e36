"""What YAML reads otherwise than it was meant is told at its place."""

from __future__ import annotations

import pytest

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.reading.yaml import parse_yaml


def told(text: str) -> list[str]:
    problems = Diagnostics()
    parse_yaml(text, "x.yaml", problems)
    return [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("text", "place", "lost"),
    [
        ("title: Rule #1 at the desk", "1:13", "#1 at the desk"),
        ("a:\n- Be kind\n- Go to #4  ", "3:9", "#4"),
        ("a: one\n  two #three", "2:7", "#three"),
        ("a: [x, C #sharp\n]", "1:10", "#sharp"),
        ("title: #1 rule", "1:8", "#1 rule"),
        ("color: #14304F", "1:8", "#14304F"),
        ("a: é #ü", "1:6", "#ü"),
    ],
)
def test_words_that_a_comment_swallows_are_told(text: str, place: str, lost: str) -> None:
    [said] = told(text)
    assert said.startswith(f"x.yaml:{place}: warning: '{lost}' is left out")
    assert 'in quotes it stays: "' in said


@pytest.mark.parametrize(
    "text",
    [
        "title: Rule # of thumb",
        "minutes: 5 #five",
        "start: 09:30 #sharp",
        'title: "Rule #1"',
        "title: 'Rule' #quoted",
        "title: C# and F#",
        "sections: #list follows\n- a",
        "title: |\n  Rule #1",
        "a: {b: 1} #end",
        "#!whole line\na: 1",
    ],
)
def test_comments_and_hashes_that_are_meant_are_not(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: [Call, “Sir, please”]", "1:17"),
        ("a: [What did we forget, and who noticed?]", "1:25"),
        ("a: [Ask first, then listen, Keep it short]", "1:16"),
        ("a: [Lists (short, long), Text]", "1:19"),
        ("a: [Dites « oui, merci » toujours]", "1:18"),
        ("a: [One, which goes on]", "1:10"),
    ],
)
def test_a_sentence_torn_at_a_comma_is_told(text: str, place: str) -> None:
    [said] = told(text)
    assert said.startswith(f"x.yaml:{place}: warning:")
    assert "two items" in said


@pytest.mark.parametrize(
    "text",
    [
        "show: [deck, handout]",
        "a: [Anastasia, early, late]",
        'a: ["Ask first, then listen", "keep it short"]',
        "a: [It is short. , and long]",
        "a: [5, 6]",
        "a: [Ask first, Then listen]",
        "rows:\n- [Methadone, binds for a day]",
    ],
)
def test_lists_of_words_are_not(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "place", "name"),
    [
        ("a: 1\nb:\u00a0x\nc: 2", "2:3", "U+00A0, no-break space"),
        ("a:\n- b: 1\n\u00a0 c: 2", "3:1", "U+00A0, no-break space"),
        ("a:\n  b: 1\n \u2003c: 2", "3:2", "U+2003, em space"),
        ("a: 1\nb:\u3000x\nc: 2", "2:3", "U+3000, ideographic space"),
        ("a: 1\nb\u200b: x\n\tc: 2", "2:2", "U+200B, zero width space"),
    ],
)
def test_a_blank_that_is_none_is_named(text: str, place: str, name: str) -> None:
    [said] = told(text)
    assert said.startswith(f"x.yaml:{place}: error: YAML: the blank here is no ordinary space but {name}")


def test_odd_blanks_within_text_are_text() -> None:
    assert told("a: 10\u00a0km\nb: |\n  \u00a0 indented\nc: “\u2009x”") == []


@pytest.mark.parametrize(
    "text", ["a: " + "[" * 100_000, "- " * 100_000 + "x", "a: " + "{b: " * 100_000, "[" * 101 + "]" * 101]
)
def test_nesting_beyond_bounds_is_told_where_it_goes_too_far(text: str) -> None:
    [said] = told(text)
    assert "nested more than 100 deep" in said
    assert said.startswith("x.yaml:1:")


def test_nesting_by_indentation_is_bounded_too() -> None:
    [said] = told("".join(f"{' ' * n}a:\n" for n in range(3000)) + " " * 3000 + "b")
    assert "nested more than 100 deep" in said


def test_brackets_in_prose_nest_nothing() -> None:
    assert told("a: |\n" + "  see [1) and {2\n" * 1000) == []


@pytest.mark.parametrize(
    "text",
    [
        "a: &a x\nb: &b [" + "*a," * 1000 + "]\nc: &c [" + "*b," * 1000 + "]",
        f"a: &a {'x' * 900_000}\nb: [{'*a,' * 100}]",
    ],
)
def test_aliases_that_multiply_are_told(text: str) -> None:
    [said] = told(text)
    assert "are aliases multiplying?" in said


@pytest.mark.parametrize(
    ("text", "place", "number"),
    [
        ('a:\n- "1) Greet"\n- "2) Listen"', "2:3", "1)"),
        ("a:\n- 3. Greet\n- 4. Listen", "2:3", "3."),
        ("a:\n- First\n- 9) Greet\n- 10) Listen\n- 11) Close", "3:3", "9)"),
    ],
)
def test_items_pasted_with_their_numbers_are_told_once(text: str, place: str, number: str) -> None:
    [said] = told(text)
    assert said.startswith(f"x.yaml:{place}: warning: the number '{number}' stands beside")


@pytest.mark.parametrize(
    "text", ['a:\n- "1) Greet"', "a:\n- 1. Mai\n- 3. Oktober", "a:\n- 10 people\n- 11 people", "a:\n- 1.5\n- 2.5"]
)
def test_numbers_that_count_nothing_are_no_list(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(("sign", "code"), [("\u2028", "2028"), ("\u2029", "2029"), ("\u0085", "0085")])
def test_separators_that_end_lines_for_yaml_only_are_told_where_editors_show_them(sign: str, code: str) -> None:
    said = told(f"a: one{sign}two\nb: three{sign}four\nc: d: e")
    assert [line.split(": ", 1)[0] for line in said] == ["x.yaml:1:7", "x.yaml:2:9", "x.yaml:3:5"]
    assert f"U+{code}" in said[0]


@pytest.mark.parametrize("escape", ["\\0", "\\e", "\\x7f", "\\uFFFE", "\\uFFFF"])
def test_characters_that_no_file_can_hold_are_told_however_they_are_written(escape: str) -> None:
    problems = Diagnostics()
    raw = parse_yaml(f'"k{escape}": "a{escape}b"', "x.yaml", problems)
    assert raw == {"k": "ab"}
    assert [(problem.code, problem.at and problem.at.column) for problem in problems] == [
        ("control-character", 1),
        ("control-character", 1 + len(f'"k{escape}": ')),
    ]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("title： A\npoints: [a]", "the colon is '：' (U+FF1A)"),
        ("title: “A: b”", "the quotation marks around it are '“'"),
    ],
)
def test_signs_that_look_like_those_of_yaml_are_named(text: str, hint: str) -> None:
    [said] = told(text)
    assert hint in said
