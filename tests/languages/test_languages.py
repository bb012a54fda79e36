"""Languages by their full tags, and the rooms of those that deckbuilder has words in."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest
import yaml

import deckbuilder
from deckbuilder.content.data import ChartSlide
from deckbuilder.content.discussion import CueKind, Grouping, Material
from deckbuilder.content.markdown import parse_inline
from deckbuilder.content.text import plain_text, quoted
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.labels import read_labels
from deckbuilder.languages import Language, lookup, spoken

SOURCE = Path(deckbuilder.__file__).parent
ROOM = SOURCE / "languages"


@cache
def room(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.load((ROOM / f"{name}.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return data


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


ENGLISH = room("en")["words"]
OTHERS = [name for name in spoken() if name != "en"]


@pytest.mark.parametrize(
    ("tag", "tags"),
    [
        ("en", ("en",)),
        ("es-MX", ("es-MX", "es")),
        ("zh-Hant-TW", ("zh-Hant-TW", "zh-TW", "zh-Hant", "zh")),
        ("EN-us", ("en-US", "en")),
        ("de-CH-1996", ("de-CH", "de")),
        ("frr", ("frr",)),
        ("es-419", ("es-419", "es")),
    ],
)
def test_a_tag_is_looked_up_whole_then_without_script_and_region(tag: str, tags: tuple[str, ...]) -> None:
    assert lookup(tag) == tags


@pytest.mark.parametrize(
    ("tag", "marks"),
    [
        ("en", "“a ‘b’ c”"),
        ("de-AT", "„a ‚b‘ c“"),
        ("de-CH", "«a ‹b› c»"),
        ("fr-CA", "«\u00a0a “b” c\u00a0»"),
        ("fr-CH", "«\u00a0a ‹\u00a0b\u00a0› c\u00a0»"),
        ("es-ES", "«a “b” c»"),
        ("es-MX", "“a ‘b’ c”"),
        ("pl", "„a «b» c”"),
        ("cs-CZ", "„a ‚b‘ c“"),
        ("sv", "”a ’b’ c”"),
        ("fi-FI", "”a ’b’ c”"),
        ("ja", "「a 『b』 c」"),
        ("zh-TW", "「a 『b』 c」"),
        ("zh-CN", "“a ‘b’ c”"),
        ("pt-PT", "«a “b” c»"),
        ("pt-BR", "“a ‘b’ c”"),
        ("zh", "“a ‘b’ c”"),
        ("zh-Hant-HK", "「a 『b』 c」"),
        ("frr", "“a ‘b’ c”"),
        ("x-own", "“a ‘b’ c”"),
    ],
)
def test_quotation_marks_are_those_of_language_and_region(tag: str, marks: str) -> None:
    assert parse_inline("\"a 'b' c\"", tag).plain == marks
    outer = Language(tag).quotes
    assert quoted(plain_text("a"), tag).plain == f"{outer.opening}a{outer.closing}"


def test_an_apostrophe_in_a_quotation_stays_one_where_marks_look_like_it() -> None:
    assert quoted(plain_text("”Linus’ bok”, sa ’hon’ i L’Aquila"), "sv").plain == "”’Linus’ bok’, sa ”hon” i L’Aquila”"


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("en", "March 5, 2027"),
        ("en-GB", "5 March 2027"),
        ("en-US", "March 5, 2027"),
        ("de-AT", "5. März 2027"),
        ("es", "5 de marzo de 2027"),
        ("fr-CA", "5 mars 2027"),
        ("nl", "5 maart 2027"),
        ("pl", "5 marca 2027"),
        ("fi", "5. maaliskuuta 2027"),
        ("ja", "2027年3月5日"),
        ("ht", "5 mas 2027"),
        ("x-own", "2027-03-05"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(tag: str, words: str) -> None:
    assert Language(tag).date(dt.date(2027, 3, 5)) == words


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("en", "March 30 – 31, 2027"),
        ("de", "30.–31. März 2027"),
        ("es", "30–31 de marzo de 2027"),
        ("it", "30–31 marzo 2027"),
        ("pt", "30 – 31 de março de 2027"),
        ("ru", "30—31 марта 2027\u00a0г."),
        ("zh-Hans", "2027年3月30日 – 31日"),
        ("ht", "30 mas 2027, 31 mas 2027"),
        ("x-own", "2027-03-30, 2027-03-31"),
    ],
)
def test_days_that_follow_one_another_are_one_stretch_with_its_month_in_full(tag: str, words: str) -> None:
    assert Language(tag).dates([dt.date(2027, 3, 30), dt.date(2027, 3, 31)]) == words


def test_a_stretch_says_what_its_ends_do_not_share() -> None:
    dates = [dt.date(2027, 12, 31), dt.date(2028, 1, 1)]
    assert Language("en-GB").dates(dates) == "31 December 2027 – 1 January 2028"
    assert Language("en-GB").dates([dt.date(2027, 3, 31), dt.date(2027, 4, 1)]) == "31 March – 1 April 2027"
    assert Language("en-GB").dates([dates[0], dt.date(2028, 1, 8)]) == "31 December 2027 and 8 January 2028"


@pytest.mark.parametrize(
    ("tag", "clock"),
    [
        ("en-US", "09:05"),
        ("de", "09:05"),
        ("fi", "9.05"),
        ("cs", "9:05"),
        ("fr-CA", "09\u00a0h\u00a005"),
        ("x-own", "09:05"),
    ],
)
def test_times_are_those_of_24_hours_as_the_language_writes_them(tag: str, clock: str) -> None:
    assert Language(tag).clock(dt.time(9, 5)).replace(" ", "\u00a0") == clock


@pytest.mark.parametrize(
    ("tag", "paper"),
    [
        ("en", "letter"),
        ("en-US", "letter"),
        ("en-GB", "a4"),
        ("es", "a4"),
        ("es-MX", "letter"),
        ("es-419", "a4"),
        ("fr-CA", "letter"),
        ("fil", "letter"),
        ("pl", "a4"),
        ("x-own", "a4"),
    ],
)
def test_paper_goes_with_the_region(tag: str, paper: str) -> None:
    assert Language(tag).paper == paper


@pytest.mark.parametrize(
    ("tag", "full"),
    [
        ("en", "en-US"),
        ("nl", "nl-NL"),
        ("pl", "pl-PL"),
        ("en-GB", "en-GB"),
        ("zh-Hant", "zh-Hant-TW"),
        ("x-own", "x-own"),
    ],
)
def test_office_gets_a_region(tag: str, full: str) -> None:
    assert Language(tag).with_region == full


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("en", ["1 minute", "1.5 minutes", "2 minutes"]),
        ("es", ["1 minuto", "1,5 minutos", "2 minutos"]),
        ("es-MX", ["1 minuto", "1.5 minutos", "2 minutos"]),
        ("fr", ["1 minute", "1,5 minute", "2 minutes"]),
        ("de", ["1 Minute", "1,5 Minuten", "2 Minuten"]),
        ("pl", ["1 minuta", "1,5 minuty", "2 minuty"]),
        ("ru", ["1 минута", "1,5 минуты", "2 минуты"]),
        ("zh-CN", ["1 分钟", "1.5 分钟", "2 分钟"]),
        ("fi", ["1 minute", "1.5 minutes", "2 minutes"]),  # in English, as all words
    ],
)
def test_plural_forms_and_decimal_marks_go_with_the_words(tag: str, said: list[str]) -> None:
    labels = read_labels(tag, Diagnostics())
    assert [labels.minutes(n, long=True) for n in (1, 1.5, 2)] == said


@pytest.mark.parametrize("tag", ["frr", "fi", "x-own"])
def test_a_language_without_words_says_so_and_speaks_english(tag: str) -> None:
    problems = Diagnostics()
    assert read_labels(tag, problems)("agenda") == "Agenda"
    assert [(d.code, f"'{tag}'" in d.message) for d in problems] == [("language-without-words", True)]


def test_words_of_a_script_that_cannot_be_set_are_english_ones() -> None:
    problems = Diagnostics()
    labels = read_labels("ar", problems, lambda words: words.isascii())
    assert (labels("agenda"), labels.minutes(2, long=True)) == ("Agenda", "2 minutes")
    assert [(d.code, "cannot be set yet" in d.message) for d in problems] == [("language-without-words", True)]


@pytest.mark.parametrize("name", OTHERS)
def test_every_language_holds_the_same_words(name: str) -> None:
    data = room(name)
    assert set(data) - {"months"} == set(room("en")) == {"reviewed", "quotes", "quotes_in", "words", "formulas"}
    assert isinstance(data["reviewed"], bool)
    assert list(data["words"]) == list(ENGLISH)
    assert list(data["formulas"]) == list(room("en")["formulas"])


@pytest.mark.parametrize("name", OTHERS)
def test_formulas_are_said_with_all_their_parts(name: str) -> None:
    for key, words in room(name)["formulas"].items():
        assert placeholders(words) == placeholders(room("en")["formulas"][key]), key


@pytest.mark.parametrize("name", spoken())
def test_every_word_holds_the_placeholders_that_the_english_one_has(name: str) -> None:
    for key, word in room(name)["words"].items():
        forms, english = word, ENGLISH[key]
        assert isinstance(forms, dict) == isinstance(english, dict), key
        if isinstance(forms, dict):
            assert "other" in forms, key
            assert all(placeholders(form) == {"n"} for form in forms.values()), key
        else:
            assert placeholders(forms) == placeholders(english), key


@pytest.mark.parametrize("name", spoken())
def test_plural_forms_are_those_that_the_language_tells_apart(name: str) -> None:
    told = {Language(name).plural(n) for n in (*range(200), 0.5, 1.5, 2.5)}
    for key, word in room(name)["words"].items():
        if isinstance(word, dict):
            assert set(word) == told, key


def test_no_language_has_quotation_marks_twice() -> None:
    tags = [tag for tags in room("quotes") for tag in tags.split()] + spoken()
    tags += [
        f"{name}-{region}" for name in spoken() for regions in room(name)["quotes_in"] for region in regions.split()
    ]
    assert len(tags) == len(set(tags))


def test_every_word_is_used() -> None:
    """By name in the code or a template, or by a value that a model allows."""
    sources = [p for p in SOURCE.rglob("*") if p.suffix in (".py", ".xml") and ROOM not in p.parents]
    text = "\n".join(p.read_text("utf-8") for p in sources)
    called = set(re.findall(r"""\b(?:labels?|labels\.count|opening|heading|fact|count)\(\s*["']([\w ]+)["']""", text))
    units = get_args(Material.model_fields["per"].annotation)
    charts = get_args(ChartSlide.model_fields["chart"].annotation)
    by_value = {*get_args(Grouping), *get_args(CueKind), *(f"per_{unit}" for unit in units if unit != "room")}
    by_value |= {f"chart_{kind}" for kind in charts}
    # Chosen between two, or listed with the fields of the deck's preparation.
    listed = set(re.findall(r'\("(\w+)", dated\("(?:\w*)"', text)) | set(re.findall(r'dated\("(\w+)"', text))
    chosen = {"minutes", "minutes_long", "under", "day"}
    assert set(ENGLISH) - called - by_value - listed - chosen == set()


def test_nothing_but_the_room_of_languages_asks_for_a_language_by_the_beginning_of_its_tag() -> None:
    found = [
        f"{path.relative_to(SOURCE)}: {line.strip()}"
        for path in SOURCE.rglob("*.py")
        if ROOM not in path.parents
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"language\w*(\.startswith|\.split|\[:)", line) and "lower()" not in line
    ]
    assert found == []


@pytest.mark.parametrize("name", spoken())
def test_no_word_is_given_twice(name: str) -> None:
    """YAML takes the last of two equal keys in silence."""
    text = files("deckbuilder.languages").joinpath(f"{name}.yaml").read_text("utf-8")
    for part in yaml.compose(text, yaml.CSafeLoader).value:
        keys = [key.value for key, _ in part[1].value] if isinstance(part[1], yaml.MappingNode) else []
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("tag", "script", "right_to_left"),
    [
        ("ar", "Arab", True),
        ("fa-IR", "Arab", True),
        ("he", "Hebr", True),
        ("yi", "Hebr", True),
        ("dv", "Thaa", True),
        ("az-Arab", "Arab", True),
        ("ur-Latn", "Latn", False),
        ("hi", "Deva", False),
        ("th-TH", "Thai", False),
        ("en-US", "Latn", False),
        ("ru", "Cyrl", False),
        ("ja", "Jpan", False),
        ("zh-TW", "Hant", False),
        ("xx", "", False),
    ],
)
def test_scripts_and_their_directions(tag: str, script: str, right_to_left: bool) -> None:
    language = Language(tag)
    assert (language.script, language.right_to_left) == (script, right_to_left)
