"""YAML with positions: what is read, where it stood, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.reading.mistyped import ODD_BLANKS
from deckbuilder.reading.yaml import parse_yaml, read_yaml
from deckbuilder.source import LocatedDict, LocatedFloat, LocatedInt, LocatedList, LocatedStr, Position


def parsed(text: str) -> Any:
    problems = Diagnostics()
    value = parse_yaml(text, "deck.yaml", problems)
    assert [str(d) for d in problems] == []
    return value


def refused(text: str) -> list[str]:
    problems = Diagnostics()
    parse_yaml(text, "deck.yaml", problems)
    assert problems.has_errors
    return [str(d) for d in problems]


def read_bytes(tmp_path: Path, content: bytes) -> tuple[Any, list[str]]:
    file = tmp_path / "deck.yaml"
    file.write_bytes(content)
    problems = Diagnostics()
    return read_yaml(file, "deck.yaml", problems), [str(d) for d in problems]


def place(line: int, column: int) -> Position:
    return Position("deck.yaml", line, column)


def test_keys_and_values_know_their_line_and_column() -> None:
    deck = parsed("title: One\n\nsections:\n  - name:   Two\n    ? long\n    : [3, 4.5]\n")
    assert isinstance(deck, LocatedDict)
    assert deck.at == place(1, 1)
    assert deck.keys_at == {"title": place(1, 1), "sections": place(3, 1)}
    assert deck.values_at == {"title": place(1, 8), "sections": place(4, 3)}
    sections = deck["sections"]
    assert isinstance(sections, LocatedList)
    assert sections.items_at == [place(4, 5)]
    assert sections[0].keys_at == {"name": place(4, 5), "long": place(5, 7)}
    assert sections[0]["name"].at == place(4, 13)
    assert [n.at for n in sections[0]["long"]] == [place(6, 8), place(6, 11)]


def test_columns_count_characters_not_bytes() -> None:
    deck = parsed('{"é": ü, "🌲": x, z: end}')
    assert deck["z"].at.column == '{"é": ü, "🌲": x, z: end}'.index("end") + 1


def test_windows_line_ends_count_as_one() -> None:
    deck = parsed("a: 1\r\nb: 2\r\n")
    assert deck.keys_at["b"] == place(2, 1)


def test_quoted_and_block_texts_stand_where_they_begin() -> None:
    deck = parsed("a: 'x'\nb: |\n  one\n  two\nc: >-\n  one\n  two\n")
    assert deck == {"a": "x", "b": "one\ntwo\n", "c": "one two"}
    assert [deck.values_at[k] for k in "abc"] == [place(1, 4), place(2, 4), place(5, 4)]


@pytest.mark.parametrize(
    "word", ["no", "No", "yes", "on", "off", "y", "10:30", "1:2:3", "0x1F", "0o17", "1_000", "2027-03-15", "=", "tRUE"]
)
def test_plain_words_stay_words(word: str) -> None:
    value = parsed(f"a: {word}\n")["a"]
    assert type(value) is LocatedStr
    assert value == word
    assert value.at == place(1, 4)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("False", False),
        ("TRUE", True),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("+12", 12),
        ("-3", -3),
        ("010", 10),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("-2.5E-1", -0.25),
    ],
)
def test_the_core_schemas_scalars_are_read(written: str, value: object) -> None:
    found = parsed(f"a: {written}\n")["a"]
    assert found == value
    assert isinstance(found, type(value))


@pytest.mark.parametrize("quote", ["'", '"'])
@pytest.mark.parametrize("word", ["true", "null", "12", "1.5", "", "~"])
def test_quoted_scalars_are_always_text(word: str, quote: str) -> None:
    assert parsed(f"a: {quote}{word}{quote}\n")["a"] == word


@pytest.mark.parametrize("written", ["007", "1.10", "+5", "1e2"])
def test_numbers_remember_how_they_were_written(written: str) -> None:
    value = parsed(f"a: {written}\n")["a"]
    assert isinstance(value, (LocatedInt, LocatedFloat))
    assert value.raw == written
    assert value.at == place(1, 4)


def test_a_duplicate_key_is_an_error_that_names_the_first() -> None:
    assert refused("a: 1\nb:\n  c: 1\n  'c': 2\n") == [
        "deck.yaml:4:3: error: the key 'c' stands twice in this mapping\nhint: the first is in line 3; keep one"
    ]


def test_every_duplicate_key_is_reported() -> None:
    assert len(refused("a: 1\na: 2\na: 3\nb: 1\nb: 2\n")) == 3


@pytest.mark.parametrize("text", ["a:\n\t- b\n", "a:\n\tb: 1\n", "\ta: 1\n", "a:\n  - b\n\t- c\n"])
def test_tabs_that_indent_are_named(text: str) -> None:
    (said,) = refused(text)
    assert "hint: indent with spaces, not tabs" in said


def test_tabs_within_text_are_text() -> None:
    assert parsed("a: 'x\ty'\nb: x\ty\n") == {"a": "x\ty", "b": "x\ty"}


@pytest.mark.parametrize("quote", ["'", '"'])
def test_an_unclosed_quote_is_named(quote: str) -> None:
    (said,) = refused(f"a: {quote}b\nc: d\n")
    assert "hint: a quotation mark is not closed" in said


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("a: *bold* text\n", "*"),
        ("a: **bold** text\n", "*"),
        ("a: *bold\n", "*"),
        ("a: & b\n", "&"),
        ("a: @x\n", "@"),
        ("a: `x`\n", "`"),
        ("a: %x\n", "%"),
        ("a: !x y\n", "!"),
    ],
)
def test_text_that_begins_with_a_sign_of_yaml_gets_a_hint_about_quotes(text: str, word: str) -> None:
    said = refused(text)[0]
    assert said.startswith("deck.yaml:1:")
    hint = said.partition("hint: ")[2]
    assert word in hint
    assert "quotes" in hint


def test_a_colon_in_text_gets_a_hint_about_quotes() -> None:
    assert refused("a: Remember: breathe\n") == [
        "deck.yaml:1:12: error: YAML: mapping values are not allowed in this context\n"
        'hint: text that holds ": " needs quotes around it'
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "# a comment\n"])
def test_an_empty_file_is_an_error(text: str) -> None:
    (said,) = refused(text)
    assert said.startswith("deck.yaml:1:1: error: deck.yaml is empty\nhint: ")


@pytest.mark.parametrize("text", ["---\n", "~\n", "null\n", "--- # nothing\n...\n"])
def test_a_file_that_holds_nothing_is_an_error_too(text: str) -> None:
    (said,) = refused(text)
    assert said.startswith("deck.yaml:1:")


def test_two_documents_are_an_error() -> None:
    (said,) = refused("a: 1\n---\nb: 2\n")
    assert said.startswith("deck.yaml:2:1: error: ")


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    value, said = read_bytes(tmp_path, b"\xef\xbb\xbftitle: x\n")
    assert (value, said) == ({"title": "x"}, [])
    assert value.keys_at["title"] == place(1, 1)


@pytest.mark.parametrize(
    ("content", "at"),
    [
        (b"title: caf\xe9\n", "1:11"),
        (b"a: 1\nb: \xff\n", "2:4"),
        ("title: x\n".encode("utf-16"), "1:1"),
        (b"a: 1\r\nbc: \xe9\r\n", "2:5"),
    ],
)
def test_a_file_that_is_not_utf8_is_reported_at_its_first_bad_byte(tmp_path: Path, content: bytes, at: str) -> None:
    value, said = read_bytes(tmp_path, content)
    assert value is None
    assert said == [f"deck.yaml:{at}: error: this is not UTF-8 text\nhint: save the file as UTF-8 in your editor"]


def test_the_first_bad_byte_is_counted_in_characters(tmp_path: Path) -> None:
    _, said = read_bytes(tmp_path, "é: éé".encode() + b"\xe9\n")
    assert said[0].startswith("deck.yaml:1:6: ")


def test_the_first_bad_byte_is_found_behind_a_byte_order_mark(tmp_path: Path) -> None:
    _, said = read_bytes(tmp_path, b"\xef\xbb\xbfa: \xe9\n")
    assert said[0].startswith("deck.yaml:1:4: ")


@pytest.mark.parametrize("code", [0x00, 0x07, 0x0B, 0x1B, 0x7F, 0x80, 0xFFFE])
def test_control_characters_are_reported_where_they_stand(code: int) -> None:
    (said,) = refused(f"first: 1\nab: c{chr(code)}d\n")
    assert said == (f"deck.yaml:2:6: error: the character U+{code:04X} has no place in a text file\nhint: delete it")


def test_aliases_repeat_what_was_anchored() -> None:
    assert parsed("a: &x [1, 2]\nb: *x\n") == {"a": [1, 2], "b": [1, 2]}


def test_merged_keys_yield_to_those_written_here() -> None:
    assert parsed("a: &x {b: 1, c: 2}\nd: {<<: *x, b: 5}\ne: {b: 5, <<: *x}\nf: {<<: [*x, {c: 9, g: 7}]}\n") == {
        "a": {"b": 1, "c": 2},
        "d": {"b": 5, "c": 2},
        "e": {"b": 5, "c": 2},
        "f": {"b": 1, "c": 2, "g": 7},
    }


def test_merging_what_is_no_mapping_is_an_error() -> None:
    (said,) = refused("a: {<<: 3}\n")
    assert said == "deck.yaml:1:9: error: YAML: '<<' takes a mapping\nhint: write <<: *name"


@pytest.mark.parametrize("text", ["a: &x [*x]\n", "a: &x {b: *x}\n"])
def test_an_alias_that_holds_itself_is_an_error(text: str) -> None:
    (said,) = refused(text)
    assert "an alias that holds itself" in said


def test_an_alias_bomb_is_stopped() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    said = refused("\n".join(lines))
    assert len(said) == 1
    assert "more than 500,000 values" in said[0]


@pytest.mark.parametrize("closed", [True, False])
def test_nesting_without_end_is_an_error(closed: bool) -> None:
    assert refused("a: " + "[" * 5_000 + "]" * 5_000 * closed + "\n")


def test_a_number_of_thousands_of_digits_is_no_crash() -> None:
    problems = Diagnostics()
    parse_yaml("a: " + "9" * 5000 + "\n", "deck.yaml", problems)


@pytest.mark.parametrize("tagged", ["!note x", "!note [x]", "!note {x: y}", "!note 'x'"])
def test_tags_are_errors(tagged: str) -> None:
    (said,) = refused(f"a: {tagged}\n")
    assert said == (
        "deck.yaml:1:4: error: YAML: the tag '!note' means nothing here\nhint: text that starts with ! needs quotes"
    )


def test_a_tag_of_python_makes_no_object() -> None:
    problems = Diagnostics()
    value = parse_yaml("a: !!python/object/apply:os.getcwd []\n", "deck.yaml", problems)
    assert value is None or value == {"a": []}


def test_a_tag_that_says_text_makes_text() -> None:
    assert parsed("a: !!str 5\n")["a"] == "5"


def test_a_key_that_is_no_word_is_an_error() -> None:
    assert refused("? [a]\n: b\n") == ["deck.yaml:1:3: error: YAML: a key has to be a word"]


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    problems = Diagnostics()
    assert read_yaml(tmp_path / "no.yaml", "no.yaml", problems) is None
    assert read_yaml(tmp_path, "folder", problems) is None
    assert [d.message for d in problems] == ["there is no file no.yaml", "folder is a folder"]


def test_a_file_of_more_than_10_mb_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "deck.yaml"
    with file.open("wb") as stream:
        stream.truncate(10_000_001)
    problems = Diagnostics()
    assert read_yaml(file, "deck.yaml", problems) is None
    assert [d.message for d in problems] == ["deck.yaml is larger than 10 MB"]


# Letters, marks, digits, signs and spaces of any script, and line breaks; not what YAML refuses.
words = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc", "Cn", "Co"),
        include_characters="\n\t",
        exclude_characters="\ufeff\u2028\u2029",
    ),
    max_size=40,
)
nested = st.recursive(
    st.one_of(words, st.integers(-(10**20), 10**20), st.booleans()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(words, inner, max_size=4)),
    max_leaves=20,
)


def without_11(text: str) -> bool:
    """Whether YAML 1.1's dumper and YAML 1.2's core schema agree on the text (`.inf`, `0o7`, `1e3` do not)."""
    plain = yaml.safe_dump(text, allow_unicode=True)
    return plain.startswith(("'", '"', "|")) or not any(c.isdigit() for c in text)


def agreed(value: Any) -> bool:
    if isinstance(value, dict):
        # A key with an odd blank at its edge is an error here: it was meant as another key.
        return all(agreed(k) and k.strip(ODD_BLANKS) == k and agreed(v) for k, v in value.items())
    if isinstance(value, list):
        return all(agreed(v) for v in value)
    return not isinstance(value, str) or without_11(value)


@given(nested.filter(agreed))
def test_what_another_program_dumps_reads_back_equal(data: Any) -> None:
    text = yaml.safe_dump({"data": data}, allow_unicode=True)
    assert parsed(text) == {"data": data}


@given(nested.filter(agreed))
def test_every_value_of_a_dump_stands_where_it_says(data: Any) -> None:
    text = yaml.safe_dump({"data": data}, allow_unicode=True, width=10_000)
    lines = text.split("\n")

    def check(value: Any) -> None:
        if isinstance(value, LocatedDict):
            for at in value.keys_at.values():
                assert lines[at.line - 1][at.column - 1 :].strip()
            for inner in value.values():
                check(inner)
        elif isinstance(value, LocatedList):
            for inner in value:
                check(inner)
        elif isinstance(value, LocatedInt):
            assert value.at
            assert lines[value.at.line - 1][value.at.column - 1 :].startswith(value.raw)

    check(parsed(text))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no such device")
def test_a_device_without_end_is_too_large() -> None:
    problems = Diagnostics()
    assert read_yaml(Path("/dev/zero"), "x.yaml", problems) is None
    assert [problem.code for problem in problems] == ["file-too-large"]
