"""`{{ … }}` in text: values, what is shown when there are none, and what is not let in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from deckbuilder.content.session import Session
from deckbuilder.diagnostics import Diagnostics, Severity
from deckbuilder.reading.deck import read_deck
from deckbuilder.reading.variables import fill_variables
from deckbuilder.reading.yaml import parse_yaml

SESSION = Session.model_validate(
    {
        "date": dt.date(2027, 3, 15),
        "start": "09:05",
        "place": "Room 2",
        "trainers": ["Ann", "Bo"],
        "participants": 18,
        "group_size": 3,
    }
)


def filled(text: str, session: Session | None = SESSION, language: str = "en", deck: str = "") -> tuple[str, list[str]]:
    """A text of a deck when filled in, and what is said about it."""
    problems = Diagnostics()
    raw = parse_yaml(f"title: My deck\n{deck}text: |-\n  {text}\n", "deck.yaml", problems)
    out = fill_variables(raw, session, language, problems)
    return str(out["text"]), [str(d) for d in problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on {{ session.date }}", "on March 15, 2027"),
        ("{{session.start}}", "09:05"),
        ("{{ session.place }}", "Room 2"),
        ("{{ session.trainers }}", "Ann, Bo"),
        ("{{ session.participants }} people in groups of {{ session.group_size }}", "18 people in groups of 3"),
        ("{{ deck.title }}", "My deck"),
        ("{{ language }}", "en"),
        ("{% if session.place %}here{% else %}there{% endif %}", "here"),
        ("{{ session.place | upper }}", "ROOM 2"),
        ("{{ session.participants // session.group_size }}", "6"),
    ],
)
def test_values_are_filled_in(text: str, value: str) -> None:
    assert filled(text) == (value, [])


@pytest.mark.parametrize("field", ["date", "start", "place", "trainers", "participants"])
def test_a_value_nobody_gave_shows_its_name_and_warns(field: str) -> None:
    text, said = filled(f"{{{{ session.{field} }}}}", None)
    assert text == f"[{field}]"
    assert said == [
        f"deck.yaml:2:7: warning: 'session.{field}' has no value; '[{field}]' is shown in its place\n"
        f"hint: give it in a session file (--session FILE), or write a default: "
        f"{{{{ session.{field} | default('…') }}}}"
    ]


def test_a_missing_value_of_the_deck_says_how_to_give_it() -> None:
    text, (said,) = filled("{{ deck.subtitle }}", None)
    assert text == "[subtitle]"
    assert "hint: give the deck a 'subtitle', or write a default" in said


def test_a_session_without_the_value_counts_as_none() -> None:
    text, (said,) = filled("{{ session.place }}", Session())
    assert text == "[place]"
    assert "warning" in said


def test_the_size_of_groups_has_a_value_even_without_a_session() -> None:
    assert filled("{{ session.group_size }}", None) == ("4", [])


@pytest.mark.parametrize(
    "text",
    [
        "{{ session.date | default('soon') }}",
        "{{ session.date or 'soon' }}",
        "{% if session.date %}{{ session.date }}{% else %}soon{% endif %}",
        "{{ session.date if session.date is defined else 'soon' }}",
    ],
)
def test_a_default_stands_in_without_a_warning(text: str) -> None:
    assert filled(text, None) == ("soon", [])


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("{{ session.plaice }}", "'session.plaice' is not defined", "did you mean 'session.place'?"),
        ("{{ deck.titel }}", "'deck.titel' is not defined", "did you mean 'deck.title'?"),
        ("{{ sesion.date }}", "in {{ … }}: 'sesion' is not defined", "did you mean 'session.date'?"),
    ],
)
def test_a_name_that_does_not_exist_is_an_error_with_a_hint(text: str, message: str, hint: str) -> None:
    assert filled(text) == (text, [f"deck.yaml:2:7: error: {message}\nhint: {hint}"])


def test_default_does_not_hide_a_name_that_does_not_exist() -> None:
    _, said = filled("{{ session.plaice | default('x') }}")
    assert len(said) == 1
    assert "'session.plaice' is not defined" in said[0]


@pytest.mark.parametrize("text", ["{{ session.date.year }}", "{{ session.trainers[0] }}", "{{ session.place + 'x' }}"])
def test_the_hint_about_a_missing_value_does_not_propose_what_was_written(text: str) -> None:
    _, said = filled(text, None)
    assert said
    written = text.strip("{ }").split()[0].split("[")[0].removesuffix(".year")
    assert f"did you mean '{written}'" not in said[0]


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ session.__class__ }}",
        "{{ session._filler }}",
        "{{ session.__init__.__globals__ }}",
        "{{ (session | attr('__class__')) }}",
        "{{ language['__class__'] }}",
        "{{ self.__init__ }}",
        "{% set x = ''.__class__ %}{{ x }}",
        "{% include 'deck.yaml' %}",
        "{% import 'os' as os %}",
    ],
)
def test_the_sandbox_holds(text: str) -> None:
    out, said = filled(text)
    assert out == text
    assert len(said) == 1
    assert said[0].startswith("deck.yaml:2:7: error: ")


@pytest.mark.parametrize(
    "text",
    [
        "{{ 'a' * 10 }}",
        "{{ 'a' + 'a' }}",
        "{{ 'a' ~ 'a' }}",
        "{{ '%99d' % 5 }}",
        "{{ 9 ** 9 }}",
        "{{ 999999999 * 999999999 }}",
        "{{ [1] * 5 }}",
        "{{ range(3) }}",
        "{{ lipsum() }}",
        "{{ 'a'.ljust(9) }}",
        "{{ 'a' | center(9) }}",
        "{{ language[:1] }}",
        "{{ [1, 2] | join(language) }}",
        "{{ {'b': 1} | dictsort }}",
        "{% for letter in language %}x{% endfor %}",
        "{% set x = language %}{{ x }}",
        "{% macro m() %}x{% endmacro %}{{ m() }}",
    ],
)
def test_what_could_grow_without_end_is_not_available(text: str) -> None:
    out, (said,) = filled(text)
    assert out == text
    assert said.startswith("deck.yaml:2:7: error: in {{ … }}: ")


@pytest.mark.parametrize(
    "text",
    [
        f"{{{{ {'(' * 5000}1{')' * 5000} }}}}",
        f"{{{{ {' or '.join(['language'] * 1500)} }}}}",
        f"{{{{ language{' | upper' * 5000} }}}}",
        f"{'{% if language %}' * 200}x{'{% endif %}' * 200}",
        f"{{{{ {'not ' * 5000}language }}}}",
        f"{{{{ {'9' * 5000} }}}}",
    ],
    ids=["brackets", "or", "filters", "if", "not", "digits"],
)
def test_a_text_too_deep_to_compile_is_an_error(text: str) -> None:
    out, (said,) = filled(text)
    assert out == text
    assert said.startswith("deck.yaml:2:7: error: in {{ … }}: ")


def test_a_text_that_grows_huge_is_an_error() -> None:
    text = "{{ deck.subtitle }}" * 60
    out, (said,) = filled(text, deck=f"subtitle: {'long ' * 400}\n")
    assert out == text
    assert "grows past 100,000 characters" in said


def test_texts_that_grow_huge_together_are_an_error_at_the_one_that_is_too_much() -> None:
    problems = Diagnostics()
    lines = "".join('  - "{{ deck.subtitle }}"\n' for _ in range(300))
    raw = parse_yaml(f"subtitle: {'long ' * 2000}\ntexts:\n{lines}", "deck.yaml", problems)
    fill_variables(raw, None, "en", problems)
    (said,) = [str(d) for d in problems]
    assert said.startswith("deck.yaml:203:5: error: with this text, all that are filled in grow past 2,000,000")


def test_a_value_that_is_no_text_is_not_printed() -> None:
    _, (said,) = filled("{{ deck.subtitle }}", deck="subtitle: [a, b]\n")
    assert "'deck.subtitle' is not text" in said


def test_a_number_nobody_gave_is_told_where_it_is_reckoned_with() -> None:
    _, (said,) = filled("{{ session.participants // 4 }}", None)
    assert "'session.participants' has no value" in said


@pytest.mark.parametrize("name", ["session", "deck"])
def test_a_whole_object_is_never_printed(name: str) -> None:
    out, said = filled(f"{{{{ {name} }}}}")
    assert "object at 0x" not in out
    assert len(said) == 1


@pytest.mark.parametrize("text", ["{{ session.date", "{% if %}", "{% endif %}", "{# open", "{{ }}", "{% for %}"])
def test_a_syntax_error_is_reported_at_its_text(text: str) -> None:
    out, said = filled(text)
    assert out == text
    assert len(said) == 1
    assert said[0].startswith("deck.yaml:2:7: error: in {{ … }}: ")
    assert "hint: write {{ session.date }}" in said[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{{ '{{' }} and {{ '}}' }}", "{{ and }}"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("{one} pair } of { braces", "{one} pair } of { braces"),
        ("}} alone %}", "}} alone %}"),
    ],
)
def test_braces_can_be_shown(text: str, value: str) -> None:
    assert filled(text) == (value, [])


def test_nothing_is_escaped_and_line_ends_are_kept() -> None:
    problems = Diagnostics()
    raw = parse_yaml('text: "<a> & {{ language }}\\n"\n', "deck.yaml", problems)
    assert fill_variables(raw, None, "en", problems)["text"] == "<a> & en\n"


def test_variables_of_the_deck_are_filled_in_before_others_use_them() -> None:
    text, _ = filled("{{ deck.subtitle }}", deck='subtitle: "{{ session.place }}"\n')
    assert text == "Room 2"


def test_values_deep_in_lists_and_mappings_are_filled_in_and_keep_their_place() -> None:
    problems = Diagnostics()
    raw = parse_yaml('a:\n  - b: ["{{ language }}", 5, true]\n', "deck.yaml", problems)
    out: Any = fill_variables(raw, None, "de", problems)
    assert out == {"a": [{"b": ["de", 5, True]}]}
    assert str(out["a"][0]["b"][0].at) == "deck.yaml:2:9"


def test_markdown_from_a_session_reaches_the_text_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "deck.yaml").write_text(
        "title: '{{ session.place }}'\nsections:\n  - title: S\n    slides:\n      - {kind: cover}\n", "utf-8"
    )
    (tmp_path / "session.yaml").write_text('place: "Room *2*"\n', "utf-8")
    problems = Diagnostics()
    reading = read_deck(tmp_path, tmp_path / "session.yaml", problems)
    assert reading.deck.title.plain == "Room 2"
    assert [(r.text, r.italic) for r in reading.deck.title.runs] == [("Room ", False), ("2", True)]


def test_problems_in_variables_and_in_content_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "deck.yaml").write_text(
        "title: '{{ x }}'\nplanned_minutes: soon\nsections:\n  - title: S\n    slides:\n      - {kind: cover}\n",
        "utf-8",
    )
    problems = Diagnostics()
    read_deck(tmp_path, None, problems)
    assert sum(problem.severity is Severity.ERROR for problem in problems) == 2
