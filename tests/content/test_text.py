"""Markdown to paragraphs of runs."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from deckbuilder.content.markdown import parse_body, parse_inline
from deckbuilder.content.text import (
    Paragraph,
    Run,
    Text,
    plain_text,
    quoted,
    without_gaps,
)


def runs(source: str, language: str = "en") -> tuple[Run, ...]:
    return parse_inline(source, language).runs


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("plain words", (Run("plain words"),)),
        ("**bold** and *italic*", (Run("bold", bold=True), Run(" and "), Run("italic", italic=True))),
        ("__bold__ _italic_", (Run("bold", bold=True), Run(" "), Run("italic", italic=True))),
        ("***both***", (Run("both", bold=True, italic=True),)),
        (
            "**bold *both* bold**",
            (Run("bold ", bold=True), Run("both", bold=True, italic=True), Run(" bold", bold=True)),
        ),
        ("10^2^ H~2~O", (Run("10"), Run("2", script="super"), Run(" H"), Run("2", script="sub"), Run("O"))),
        ("**x^2^**", (Run("x", bold=True), Run("2", bold=True, script="super"))),
        ("`a*b*`", (Run("a*b*", code=True),)),
        (
            "see [the *site*](https://example.org/a?b=1&c=2)",
            (
                Run("see "),
                Run("the ", link="https://example.org/a?b=1&c=2"),
                Run("site", italic=True, link="https://example.org/a?b=1&c=2"),
            ),
        ),
        ("<https://example.org>", (Run("https://example.org", link="https://example.org"),)),
        ("one\\\ntwo", (Run("one\ntwo"),)),
        ("one  \ntwo", (Run("one\ntwo"),)),
        ("one\ntwo", (Run("one two"),)),
        (r"\*not\* a \_mark\_", (Run("*not* a _mark_"),)),
        ("2 * 3 * 4", (Run("2 * 3 * 4"),)),
        ("snake_case_word", (Run("snake_case_word"),)),
        ("AT&amp;T &copy;", (Run("AT&T ©"),)),
        ("<b>no HTML</b>", (Run("<b>no HTML</b>"),)),
        ("a\u00a0b", (Run("a\u00a0b"),)),
        ("the [[word]].", (Run("the "), Run("word", gap=True), Run("."))),
        ("**a [[b c]]**", (Run("a ", bold=True), Run("b c", bold=True, gap=True))),
        ("[[ [x](https://example.org)", (Run("[[ "), Run("x", link="https://example.org"))),
        ("[[]] and [[a", (Run("[[]] and [[a"),)),
        ("[mot *juste*]{lang=fr} so", (Run("mot ", lang="fr"), Run("juste", italic=True, lang="fr"), Run(" so"))),
        ("[a [b]{lang=de-AT} c]{lang=fr}", (Run("a ", lang="fr"), Run("b", lang="de-AT"), Run(" c", lang="fr"))),
        ("[[[mot]]]{lang=fr}", (Run("mot", gap=True, lang="fr"),)),
        ("[date] {to be set}", (Run("[date] {to be set}"),)),
    ],
)
def test_inline_markdown_becomes_runs(source: str, expected: tuple[Run, ...]) -> None:
    assert runs(source) == expected


def test_emphasis_inside_emphasis_ends_only_where_the_outer_ends() -> None:
    assert runs("**a __b__ c**") == (Run("a b c", bold=True),)
    assert runs("*a _b_ c*") == (Run("a b c", italic=True),)


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "file:///etc/passwd", "vbscript:x", "data:text/html;base64,AA"]
)
def test_links_that_run_or_read_something_are_refused(target: str) -> None:
    with pytest.raises(PydanticCustomError, match="cannot lead to"):
        runs(f"[x]({target})")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "“a ‘b’ c”"),
        ("en-US", "“a ‘b’ c”"),
        ("de", "„a ‚b‘ c“"),
        ("de-CH", "«a ‹b› c»"),
        ("fr", "«\u00a0a “b” c\u00a0»"),
        ("es", "«a “b” c»"),
        ("nl", "“a ‘b’ c”"),
    ],
)
def test_straight_quotes_become_those_of_the_language(language: str, expected: str) -> None:
    assert parse_inline("\"a 'b' c\"", language).plain == expected


def test_apostrophes_are_set_and_code_keeps_its_quotes() -> None:
    assert parse_inline('it\'s `"x"`').plain == 'it’s "x"'


@pytest.mark.parametrize(
    ("typed", "tied"),
    [
        ("hold 70 °C for two minutes", "hold 70~°C for two minutes"),
        ("10 000 people, 3 % of them, 5 kg at 1.20 pm", "10~000 people, 3~% of them, 5~kg at 1.20~pm"),
        ("see p. 5, No. 7 and § 8", "see p.~5, No.~7 and §~8"),
        ("12 km/h, 20 m² and `5 kg`", "12~km/h, 20~m² and 5 kg"),
        ("in 2024 300 people; 5 men, 4 minutes", "in 2024 300 people; 5 men, 4 minutes"),
        ("020 7946 0958", "020 7946 0958"),
    ],
)
def test_numbers_stay_with_their_units_and_their_digits(typed: str, tied: str) -> None:
    assert parse_inline(typed, "en").plain == tied.replace("~", "\u00a0")


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "“x”"), ("de-AT", "„x“"), ("fr", "«\u00a0x\u00a0»"), ("es", "«x»"), ("ja", "「x」")],
)
def test_quoted_text_has_the_languages_marks(language: str, expected: str) -> None:
    assert quoted(plain_text("x"), language).plain == expected


def test_quoting_several_paragraphs_opens_at_the_first_and_closes_at_the_last() -> None:
    assert quoted(parse_body("one\n\ntwo"), "en").plain == "“one\ntwo”"


def test_paragraphs_are_parted_by_blank_lines() -> None:
    assert parse_body("one\ntwo\n\n**three**\n") == Text(
        (Paragraph((Run("one two"),)), Paragraph((Run("three", bold=True),)))
    )


def test_lists_nest_and_mix_with_paragraphs() -> None:
    text = parse_body("Lead:\n\n- one\n  - inner\n    - inmost\n- two\n\nEnd.")
    assert [(p.plain, p.level, p.marker, p.number) for p in text] == [
        ("Lead:", 0, None, None),
        ("one", 0, "bullet", None),
        ("inner", 1, "bullet", None),
        ("inmost", 2, "bullet", None),
        ("two", 0, "bullet", None),
        ("End.", 0, None, None),
    ]


def test_numbered_lists_count_from_their_start_and_on_after_an_inner_list() -> None:
    text = parse_body("3. three\n   1. a\n   2. b\n4. four\n5. five")
    assert [(p.plain, p.level, p.marker, p.number) for p in text] == [
        ("three", 0, "number", 3),
        ("a", 1, "number", 1),
        ("b", 1, "number", 2),
        ("four", 0, "number", 4),
        ("five", 0, "number", 5),
    ]


def test_a_list_of_one_line_is_a_list() -> None:
    assert [(p.plain, p.marker, p.number) for p in parse_body("- one")] == [("one", "bullet", None)]
    assert [(p.plain, p.marker, p.number) for p in parse_body("7) seven")] == [("seven", "number", 7)]


def test_an_inline_text_takes_signs_of_lists_as_they_stand() -> None:
    assert parse_inline("- one").plain == "- one"
    assert parse_inline("# one").plain == "# one"
    assert parse_inline("1984. A year").plain == "1984. A year"


def test_a_further_paragraph_of_an_item_stays_in_the_item() -> None:
    text = parse_body("- one\n\n  more\n- two")
    assert [(p.plain, p.marker) for p in text] == [("one\nmore", "bullet"), ("two", "bullet")]


def test_an_item_without_text_before_an_inner_list_loses_nothing() -> None:
    text = parse_body("- - inner\n- outer")
    assert [(p.plain, p.level) for p in text] == [("inner", 1), ("outer", 0)]


def test_a_paragraph_after_an_inner_list_belongs_to_the_outer_item() -> None:
    text = parse_body("- one\n\n  - inner\n\n  after\n")
    assert "inner\nafter" not in [p.plain for p in text]
    assert "after" in text.plain


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("# head", "a heading"),
        ("head\n===", "a heading"),
        ("> quote", "a quotation block"),
        ("words\n\n    x", "an indented code block"),
        ("one\n\n***\n\ntwo", "a rule"),
        ("| a |\n|---|\n| b |", "a table"),
        ("see ![tree](tree.png)", "a picture"),
        ("- item\n\n  # head", "a heading"),
    ],
)
def test_what_has_its_own_place_is_refused_in_a_body(source: str, what: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        parse_body(source)
    assert caught.value.message() == f"{what} has no place in this text"
    assert caught.value.context
    assert caught.value.context["hint"]


def test_an_item_that_is_empty_or_holds_only_a_list_is_counted() -> None:
    assert [p.number for p in parse_body("1. one\n2.\n3. three")][-1] == 3
    assert [p.number for p in parse_body("1. - inner\n2. outer")] == [None, 2]


@pytest.mark.parametrize("source", ["---", "# x", "> x", "::: x"])
def test_a_body_of_one_line_is_judged_as_one_of_many_is(source: str) -> None:
    with pytest.raises(PydanticCustomError):
        parse_body(source)


def test_the_address_of_a_reference_link_is_not_swallowed() -> None:
    with pytest.raises(PydanticCustomError, match="no link uses the address of 'one'"):
        parse_body("[one]: https://example.org\n\nwords")
    assert parse_body("See [one] and [that][ONE].\n\n[one]: https://example.org").runs == (
        Run("See "),
        Run("one", link="https://example.org"),
        Run(" and "),
        Run("that", link="https://example.org"),
        Run("."),
    )


def test_text_is_false_when_there_is_nothing_in_it() -> None:
    assert not parse_inline("   ")
    assert not parse_body("\n \n")
    assert not Text(())
    assert parse_inline("x")


def test_runs_of_one_look_are_one_run() -> None:
    assert runs('a \\* b "c"') == (Run("a * b “c”"),)


def letters(text: str) -> str:
    """Letters and digits alone."""
    return "".join(c for c in text if unicodedata.category(c)[0] in "LN")


safe = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n", exclude_characters="&\\[]()<>:"),
    max_size=80,
)
marked = st.lists(
    st.sampled_from(["*", "**", "_", "`", "^", "~", "'", '"', " ", "a", "B", "7", "ß", "\n", "!", "#", "-", "|", "."]),
    max_size=40,
).map("".join)


@given(st.one_of(safe, marked))
def test_inline_text_never_loses_a_letter_or_digit(source: str) -> None:
    assert letters(parse_inline(source).plain) == letters(source)


@given(marked)
def test_body_text_never_loses_a_letter_unless_it_refuses(source: str) -> None:
    try:
        text = parse_body(source)
    except PydanticCustomError:
        return
    # the number of a list item becomes its `number`
    kept = "".join((str(p.number) if p.number is not None else "") + p.plain for p in text)
    assert [c for c in letters(kept) if c.isalpha()] == [c for c in letters(source) if c.isalpha()]


@given(st.one_of(safe, marked))
def test_neighbouring_runs_always_differ_in_look(source: str) -> None:
    found = runs(source)
    looks = [(r.bold, r.italic, r.code, r.script, r.link) for r in found]
    assert all(a != b for a, b in pairwise(looks))
    assert all(r.text for r in found)


def test_plain_words_keep_the_word_of_a_gap_back() -> None:
    text = parse_inline("We call it [[reduction]] of **[[harm]]**.")
    assert text.plain == "We call it _____ of _____."
    assert "".join(run.text for run in without_gaps(text.runs)) == "We call it reduction of harm."


@pytest.mark.parametrize("words", ["[a]{.b}", "[a]{lang=fr .b}", "[a]{#x}", "[a]{lang=French1}", "[a]{}"])
def test_braces_after_words_name_a_language_and_nothing_else(words: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        parse_inline(words)
    assert caught.value.context is not None
    assert caught.value.context["hint"] == "write it like [bonjour]{lang=fr}"
