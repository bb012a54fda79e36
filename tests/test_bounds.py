"""What is long or many: built in time that grows with it and no faster, or refused with a place, the bound and a way out.

Each deck is built by a child with far more time and memory than it needs, but less than it would take without bounds; nothing
is timed. Where time could grow with the square, steps are counted.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import deckbuilder
from deckbuilder.content.markdown import parse_body, parse_inline
from deckbuilder.diagnostics import Diagnostic, Diagnostics
from deckbuilder.reading import bounds
from deckbuilder.reading.patterns import BadPattern, Patience, Pattern, TimeIsUp
from deckbuilder.reading.phrases import Phrases
from deckbuilder.reading.vocabulary import read_vocabulary
from deckbuilder.source import Position
from tools import deck_folder

SECONDS, MEMORY = 120, 3 << 29  # of the processor, and bytes
SAY: dict[str, Any] = {"kind": "statement", "title": "T", "minutes": 1, "statement": "S"}
TELL: dict[str, Any] = {"kind": "narrative", "title": "T", "minutes": 1}
TABLE: dict[str, Any] = {"kind": "table", "title": "T", "minutes": 1}
POINTS: dict[str, Any] = {"kind": "points", "title": "T", "minutes": 1}


def said_of(source: Path, **options: Any) -> list[Diagnostic]:
    return list(deckbuilder.check(source, **options).diagnostics)


def child(source: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The deck built by a process with bounds of its own."""
    bound = (
        "import resource, sys; from deckbuilder.__main__ import run;"
        f"resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}));"
        f"resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY})); sys.exit(run())"
    )
    order = ["build", str(source), "--output", str(source.with_name("out")), *options]
    return subprocess.run(
        [sys.executable, "-c", bound, *order],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def written(folder: Path, words: str, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "deck.yaml").write_text(words, "utf-8")
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8")
    return folder


# --- Too long, too many: each of these is refused where it goes too far


def lines(count: int, words: str = "a") -> list[str]:
    return [f"{words} {n}" for n in range(count)]


TOO_MUCH: dict[str, tuple[str, str, Callable[[Path], Path]]] = {
    "a paragraph of a megabyte": (
        "text-too-long",
        "has 1,000,000 characters; one text may have 20,000",
        lambda folder: deck_folder(folder, {**TELL, "text": "word " * 200_000}),
    ),
    "a word of 100,000 letters": (
        "text-too-long",
        "has 100,000 characters; one text may have 20,000",
        lambda folder: deck_folder(folder, {**TELL, "text": "W" * 100_000}),
    ),
    "a title": (
        "text-too-long",
        "has 25,000 characters",
        lambda folder: deck_folder(folder, {**TELL, "title": "word " * 5_000, "text": "S"}),
    ),
    "a question of 10,000 words": (
        "text-too-long",
        "has 50,000 characters",
        lambda folder: deck_folder(folder, {**SAY, "questions": ["word " * 10_000]}),
    ),
    "a cell of 100 kB": (
        "text-too-long",
        "has 100,000 characters",
        lambda folder: deck_folder(folder, {**TABLE, "header": ["A"], "rows": [["x" * 100_000]]}),
    ),
    "a cell of a CSV file": (
        "text-too-long",
        "has 30,000 characters",
        lambda folder: written(
            folder,
            json.dumps({"title": "T", "sections": [{"title": "S", "slides": [{**TABLE, "file": "x.csv"}]}]}),
            x_csv=f"a,b\n{'x' * 30_000},2\n",
        ),
    ),
    "a key": (
        "text-too-long",
        "this key has 1,000 characters; a key may have 200",
        lambda folder: written(folder, f"title: T\n{'k' * 1_000}: 1\nsections: []\n"),
    ),
    "a slide of many texts": (
        "text-too-long",
        "characters; a slide may have 60,000",
        lambda folder: deck_folder(folder, {**TELL, "text": "S", "cues": [{"say": "words " * 2_500}] * 6}),
    ),
    "points": (
        "too-many",
        "'points' goes past what a list here may have, 1,000",
        lambda folder: deck_folder(folder, {**POINTS, "points": lines(1_200)}),
    ),
    "points of a point": (
        "too-many",
        "'points' goes past what a list here may have, 1,000",
        lambda folder: deck_folder(folder, {**POINTS, "points": [{"text": "a", "points": lines(1_200)}]}),
    ),
    "cells": (
        "too-many",
        "'rows' goes past what a table of 12 columns may have, 500",
        lambda folder: deck_folder(folder, {**TABLE, "header": lines(12), "rows": [lines(12) for _ in range(600)]}),
    ),
    "references": (
        "too-many",
        "'references' goes past what a list here may have, 5,000",
        lambda folder: deck_folder(folder, SAY, references=[{"id": f"r{n}", "text": "R"} for n in range(5_100)]),
    ),
    "sections": (
        "too-many",
        "'sections' goes past what a deck may have, 500",
        lambda folder: written(folder, json.dumps({"title": "T", "sections": [{"title": "S", "slides": [SAY]}] * 510})),
    ),
    "slides": (
        "too-many",
        "slides before this one, with their texts and tables, are as many as one deck may have",
        lambda folder: written(
            folder, json.dumps({"title": "T", "sections": [{"title": "S", "slides": [SAY] * 2_600}] * 2})
        ),
    ),
    "cells of all tables": (
        "too-many",
        "the slide before this one, with its texts and tables, is as much as one deck may have",
        lambda folder: deck_folder(folder, *[{**TABLE, "header": lines(12), "rows": [["1"] * 12] * 500}] * 6),
    ),
    "letters of all texts": (
        "too-many",
        "the 29 slides before this one",
        lambda folder: deck_folder(folder, *[{**TELL, "text": "word " * 3_900}] * 40),
    ),
    "formulas": (
        "too-many",
        "the 4 slides before this one",
        lambda folder: deck_folder(folder, *[{**TELL, "text": "$x^2$ and " * 300}] * 8),
    ),
    "lines of code": (
        "too-many",
        "the 6 slides before this one",
        lambda folder: deck_folder(folder, *[{**TELL, "text": "```\n" + "x = 1\n" * 1_400 + "```\n"}] * 12),
    ),
}


@pytest.mark.parametrize("case", TOO_MUCH)
def test_what_is_too_long_or_too_many_is_refused_at_its_place(case: str, tmp_path: Path) -> None:
    code, words, make = TOO_MUCH[case]
    found = said_of(make(tmp_path / "deck"))
    (problem,) = [one for one in found if one.code in ("text-too-long", "too-many")]
    assert problem.code == code
    assert words in problem.message
    assert problem.at is not None
    assert problem.at.file.endswith(("deck.yaml", "x.csv"))
    assert problem.hint


def test_what_a_deck_has_most_of_is_named(tmp_path: Path) -> None:
    asking = {"kind": "discussion", "title": "T", "minutes": 1, "text": "S", "questions": lines(900)}
    (problem,) = [one for one in said_of(deck_folder(tmp_path / "deck", *[asking] * 8)) if one.code == "too-many"]
    assert "most is in 'questions' of 'discussion' slides; divide it" in str(problem.hint)


def test_whoever_knows_the_deck_takes_it_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, make = TOO_MUCH["cells of all tables"]
    source = make(tmp_path / "deck")
    (problem,) = [one for one in said_of(source) if one.code == "too-many"]
    assert "DECKBUILDER_LARGE=1" in str(problem.hint)
    monkeypatch.setenv(bounds.LARGE, "1")
    assert len(deckbuilder.read(source).deck.sections[0].slides) == 6


def test_breaks_of_a_session_are_bounded(tmp_path: Path) -> None:
    source = deck_folder(tmp_path / "deck", {**SAY, "id": "one"})
    session = source.parent / "session.yaml"
    session.write_text(json.dumps({"start": "09:00", "breaks": [{"after": "one", "minutes": 1}] * 5_001}), "utf-8")
    found = [one for one in said_of(source, session=session) if one.code == "too-many"]
    assert [str(one.at and one.at.file).endswith("session.yaml") for one in found] == [True]


def test_the_place_is_that_of_the_first_that_is_too_much(tmp_path: Path) -> None:
    points = "".join(f"    - a {n}\n" for n in range(1_005))
    source = written(
        tmp_path / "deck",
        f"title: T\nsections:\n- title: S\n  slides:\n  - kind: points\n    title: T\n    minutes: 1\n    points:\n{points}",
    )
    (problem,) = [one for one in said_of(source) if one.code == "too-many"]
    assert problem.at is not None
    assert (problem.at.line, problem.at.column) == (1_009, 7)


def test_as_much_as_is_taken_is_taken() -> None:
    raw = json.dumps({"title": "x" * bounds.TEXT, "objectives": ["a"] * bounds.ENTRIES, "k" * bounds.KEY: 1})
    from deckbuilder.reading.yaml import parse_yaml

    problems = Diagnostics()
    bounds.bounded(parse_yaml(raw, "deck.yaml", problems), problems)
    assert [str(one) for one in problems] == []


# --- Files that are built, or refused, within a child's bounds

SLIDES = "title: T\nsections:\n- title: S\n  slides:\n"
ONE = "  - {kind: points, title: A, minutes: 1, points: [a]}\n"
HOSTILE: dict[str, tuple[str, str]] = {
    "flow collections": (f"title: T\nsections: {'[' * 100_000}", "nested more than 100 deep"),
    "flow mappings": (f"title: T\nsections: {'{a: ' * 100_000}", "nested more than 100 deep"),
    "dashes": ("- " * 200_000, "nested more than 100 deep"),
    "question marks": ("? " * 200_000, "nested more than 100 deep"),
    "indents": ("\n".join(" " * n + "a:" for n in range(1_300)), "nested more than 100 deep"),
    "dashes and question marks": ("- ? " * 100_000, "nested more than 100 deep"),
    "anchors": ("? &a " * 100_000, "YAML: "),
    "keys": (
        SLIDES + ONE + "".join(f"k{n}: 1\n" for n in range(80_000)),
        "this mapping has 80,002 keys; 1,000 are taken",
    ),
    "indents of other lines": ("\r".join(" " * n + "a:" for n in range(1_300)), "nested more than 100 deep"),
    "levels of list": (
        f"{SLIDES}  - kind: narrative\n    title: A\n    minutes: 1\n    text: |\n"
        + "".join(f"      {'  ' * n}- x\n" for n in range(120)),
        "a list goes more than 6 levels deep",
    ),
    "a key of a megabyte": (f"title: T\n{'k' * 1_000_000}: 1\n", "error"),
    "aliases of lists": (
        "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 10)}]\n" for n in range(9)),
        "are aliases multiplying?",
    ),
    "aliases of words": (
        f"{SLIDES}  - kind: points\n    title: A\n    points:\n    - &a {'x' * 100_000}\n" + "    - *a\n" * 600,
        "are aliases multiplying?",
    ),
    "aliases of slides": (
        f"{SLIDES}  - &a {ONE[4:]}" + "  - *a\n" * 20_000,
        "slides before this one, with their texts",
    ),
    "a list of nine megabytes": (
        f"{SLIDES}  - kind: points\n    title: A\n    points:\n" + "    - a point that is here\n" * 330_000,
        "'points' goes past what a list here may have",
    ),
    "an address that no code holds": (
        f"{SLIDES}  - kind: resource\n    title: A\n    name: N\n    text: T\n    audience: W\n    minutes: 1\n"
        f"    links: [{{text: A page, url: 'https://example.org/{'a' * 2_980}'}}]\n",
        "QR code",
    ),
}


@pytest.mark.skipif(sys.platform != "linux", reason="children are bounded by Linux's means")
@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_end_in_a_place(case: str, tmp_path: Path) -> None:
    words, said = HOSTILE[case]
    done = child(written(tmp_path / "deck", words))
    assert done.returncode == 1, done.stderr[-2_000:]
    assert "Traceback" not in done.stderr
    assert said in done.stderr
    assert "deck.yaml:" in done.stderr


@pytest.mark.parametrize("date", ["0001-01-01", "9999-12-31"])
def test_dates_at_the_ends_of_the_calendar_are_refused(date: str, tmp_path: Path) -> None:
    source = deck_folder(tmp_path / "deck", SAY)
    session = source.parent / "session.yaml"
    session.write_text(f"date: {date}\n", "utf-8")
    (problem,) = said_of(source, session=session)
    assert problem.code == "out-of-range"
    assert problem.at is not None
    assert (problem.at.line, problem.at.column) == (1, 7)


@pytest.mark.parametrize("date", ["1900-01-01", "2999-12-31"])
def test_dates_between_are_reckoned_from(date: str, tmp_path: Path) -> None:
    prepared = {"two_weeks_before": ["A"], "week_before": ["B"], "on_the_day": ["C"], "afterwards": ["D"]}
    source = deck_folder(tmp_path / "deck", {**SAY, "minutes": 1_440}, preparation=prepared)
    (source.parent / "session.yaml").write_text(f"date: {date}\nstart: '23:59'\n", "utf-8")
    done = child(source, "--session", str(source.parent / "session.yaml"), "--only", "guide")
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="children are bounded by Linux's means")
def test_five_hundred_breaks_stand_on_as_many_pages_as_it_takes(tmp_path: Path) -> None:
    source = deck_folder(tmp_path / "deck", {**SAY, "id": "one"}, SAY)
    (source.parent / "session.yaml").write_text(
        json.dumps({"start": "09:00", "breaks": [{"after": "one", "minutes": 1, "label": "B"}] * 500}), "utf-8"
    )
    done = child(source, "--session", str(source.parent / "session.yaml"), "--only", "guide")
    assert done.returncode == 0, done.stderr


# --- Vocabulary


def listed(folder: Path, *terms: dict[str, Any]) -> list[Diagnostic]:
    """What is said of a vocabulary list."""
    folder.mkdir(exist_ok=True)
    (folder / "words.yaml").write_text(json.dumps({"terms": list(terms)}), "utf-8")
    problems = Diagnostics()
    read_vocabulary("words.yaml", folder, problems)
    return list(problems)


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        (f"/{'(' * 400}a{')' * 400}/", "nested more than 50 deep"),
        (f"/{'a?' * 3_000}b/", "more than 2,000 characters"),
        ("/a{99999999}/", "repetitions stand for more than 10,000 characters"),
        ("/(((a{100}){100}){100}){100}/", "repetitions stand for more than 10,000 characters"),
        ("/(a/", "missing )"),
        ("/(?R)/", "no regular expression"),
    ],
    ids=["deep", "long", "repeated", "nested repetitions", "broken", "recursive"],
)
def test_patterns_that_cannot_be_used_are_refused_at_their_place(pattern: str, said: str, tmp_path: Path) -> None:
    (problem,) = listed(tmp_path, {"pattern": pattern, "preferred": "better"})
    assert problem.code == "vocabulary-pattern"
    assert said in problem.message
    assert problem.at is not None
    assert problem.hint


def test_a_list_has_so_many_patterns(tmp_path: Path) -> None:
    (problem,) = listed(tmp_path, *({"pattern": f"word {n}", "preferred": "better"} for n in range(5_001)))
    assert problem.code == "too-many"
    assert "5,001 patterns; 5,000 are taken" in problem.message


def test_a_pattern_that_has_no_end_is_told_once_and_the_words_of_the_list_are_still_looked_for(tmp_path: Path) -> None:
    source = deck_folder(tmp_path, {**POINTS, "points": ["ab" * 3_000, "a junkie", "x" * 4_000]}, vocabulary="words")
    terms = [
        {"pattern": r"/(?=(x+))(x+x+)+\1y/", "preferred": "z"},
        {"pattern": "junkie", "preferred": "person who uses drugs"},
        {"pattern": r"/(x+x+)+(x|xx)*y\1/", "preferred": "z"},
    ]
    (tmp_path / "words.yaml").write_text(json.dumps({"terms": terms}), "utf-8")
    found = said_of(source)
    (endless,) = [one for one in found if one.code == "vocabulary-pattern"]
    assert "takes too long" in endless.message
    assert endless.at is not None
    assert endless.at.file.endswith("words.yaml")
    assert [one.message for one in found if one.code == "wording"] == [
        "'junkie' is not the preferred wording; write 'person who uses drugs'"
    ]


def test_patience_is_for_all_searches_together() -> None:
    patience = Patience(0.3)
    with pytest.raises(TimeIsUp):
        Pattern("(x+x+)+y", patience).seen("x" * 4_000)
    with pytest.raises(TimeIsUp):
        Pattern("b", patience).everywhere("a b")


def test_python_s_own_expressions_are_taken() -> None:
    for source, text, found in [
        (r"\brelaps(e|es|ed)\b", "Relapsed, relapse", ["Relapsed", "relapse"]),
        (r"(?<!non-)addict(?=s)", "addicts, non-addicts", ["addict"]),
        (r"[^\W\d_]{3,5}\d{2}", "abc12 ab12", ["abc12"]),
        (r"\[[^\]]+\]", "[a] [b]", ["[a]", "[b]"]),
        (r"x*", "axx", ["xx"]),
    ]:
        spans = Pattern(source, Patience()).everywhere(text)
        assert [text[start:end] for start, end in spans] == found
    with pytest.raises(BadPattern):
        Pattern("[", Patience())


def test_phrases_are_found_whole_and_the_longest_first() -> None:
    phrases = Phrases(["drug", "drug addict", "drug addict problem", "(sic)", "don't"])
    text = "Drug-addict problems, a DRUG\naddict; drugs; non-drug (sic) DON'T"
    assert [m.group() for m in phrases.find(text)] == ["Drug-addict", "DRUG\naddict", "drug", "(sic)", "DON'T"]
    assert list(phrases.within("a drug addict")) == ["drug addict", "drug"]
    assert not phrases.seen("nothing of it")


class Counted(str):
    """A text that counts how often a phrase is looked for in it."""

    asked = 0

    def startswith(self, *args: Any) -> bool:
        Counted.asked += 1
        return super().startswith(*args)


def test_a_text_takes_as_long_with_a_thousand_terms_as_with_one() -> None:
    many = Phrases([f"word{n} or other" for n in range(1_000)])
    assert list(many.within(Counted("a word7 or other, word8 or another, and " + "words " * 500))) == ["word7 or other"]
    assert Counted.asked == 2


# --- Marks that the Markdown parser takes long over


@pytest.mark.parametrize("mark", ["**", "~", "^", "_", "`", "[", "[[", "[x](", '"', "'", "\\(a", "*a_b", "a~"])
@pytest.mark.parametrize("parse", [parse_body, parse_inline])
def test_marks_by_the_ten_thousand_are_refused(mark: str, parse: Any) -> None:
    with pytest.raises(ValueError, match=r"more than 2,000 marks"):
        parse("a" + mark * 10_000, "en", Position("deck.yaml", 1, 1))
