"""The command `check`: what it prints, how it ends, what it mends; levels and silences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

import deckbuilder
from deckbuilder.commands import app
from deckbuilder.reading.silences import silences_of
from deckbuilder.schemas import schema_text

DECK = """\
title: The deck
language: en-US
sections:
  - title: The section
    slides:
      - kind: statement
        title: A thing to say
        minutes: 1
        statement: It is so. TODO
      - kind: statement
        title: Another
        minutes: 1
        statement: Two  blanks - and a dash.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("one").mkdir()
    Path("one/deck.yaml").write_text(DECK, "utf-8")
    return Path("one")


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["check", "--today", "2027-03-15", *arguments])


def findings(*arguments: str) -> list[dict[str, Any]]:
    whole = json.loads(call(*arguments, "--format", "json").stdout)
    Draft202012Validator(json.loads(schema_text("findings"))).validate(whole)
    found: list[dict[str, Any]] = whole["decks"][0]["findings"]
    return found


def test_people_get_the_line_the_place_and_where_it_will_be_seen(folder: Path) -> None:
    done = call("one")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    start = lines.index("9:30: warning: 'TODO' is a leftover [leftover]")
    assert lines[0] == "one/deck.yaml"
    assert lines[start + 1 : start + 5] == [
        "            statement: It is so. TODO",
        "                                 ^^^^",
        "    hint: write what was meant to stand there",
        "    on slide 1, handout page 1, guide page 2",
    ]
    assert lines[-1].startswith("1 deck: 0 errors, 1 warning, 2 notes; handout 4 pages on 4 sheets, guide 2")


def test_warnings_fail_where_they_are_to(folder: Path) -> None:
    assert call("one", "--strict").exit_code == 1
    (folder / "deck.yaml").write_text(DECK.replace(" TODO", ""), "utf-8")
    assert call("one", "--strict").exit_code == 0


def test_several_decks_are_told_of_at_once(folder: Path) -> None:
    Path("two").mkdir()
    Path("two/deck.yaml").write_text(DECK.replace("statement: It", "statment: It"), "utf-8")
    done = call("one", "two")
    assert done.exit_code == 1
    assert "two/deck.yaml" in done.stdout.splitlines()
    assert done.stdout.splitlines()[-1].startswith("2 decks: 2 errors, 1 warning,")


def test_a_finding_tells_programs_all_they_need(folder: Path) -> None:
    (found,) = [one for one in findings("one") if one["code"] == "double-blank"]
    assert found == {
        "severity": "note",
        "code": "double-blank",
        "file": "one/deck.yaml",
        "line": 13,
        "column": 23,
        "message": "2 blanks stand between two words",
        "hint": "leave one",
        "end": {"line": 13, "column": 25},
        "text": "  ",
        "seen": {"slides": [2], "handout": 1, "guide": 2},
        "fix": {
            "file": "one/deck.yaml",
            "start": {"line": 13, "column": 23},
            "end": {"line": 13, "column": 25},
            "text": " ",
            "safe": True,
        },
    }


def test_other_programs_get_their_own_forms(folder: Path) -> None:
    sarif = json.loads(call("one", "--format", "sarif").stdout)
    (run,) = sarif["runs"]
    (result,) = [one for one in run["results"] if one["ruleId"] == "leftover"]
    assert sarif["version"] == "2.1.0"
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "leftover"
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "one/deck.yaml"},
        "region": {"startLine": 9, "startColumn": 30, "endLine": 9, "endColumn": 34},
    }
    assert (
        "::warning file=one/deck.yaml,line=9,col=30,title=leftover::'TODO' is a leftover"
        in call("one", "--format", "github").stdout
    )


def test_what_is_safe_is_mended_and_told(folder: Path) -> None:
    path = folder / "deck.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + DECK.replace("statement: It", "statment: It").replace("\n", "\r\n").encode())
    done = call("one", "--fix")
    text = path.read_bytes().decode("utf-8-sig")
    assert text == DECK.replace("Two  blanks - and", "Two blanks – and").replace("\n", "\r\n")
    assert "one/deck.yaml:9:9: mended: 'statment' is 'statement' now [unknown-key]" in done.stdout
    assert "13:34" not in done.stdout or "dash-typed" in done.stdout
    assert {one["code"] for one in findings("one")} == {"leftover"}
    assert sorted(p.name for p in folder.iterdir()) == ["deck.yaml"]


def test_a_key_in_quotation_marks_is_not_mended_blindly(folder: Path) -> None:
    (folder / "deck.yaml").write_text(DECK.replace("statement: It", '"statment": It'), "utf-8")
    (found,) = [one for one in findings("one") if one["code"] == "unknown-key"]
    assert found["fix"] is None


def test_agents_can_mend_a_deck_by_what_they_are_told(folder: Path) -> None:
    found = sorted((one for one in findings("one") if one["fix"]), key=lambda one: -one["column"])
    lines = DECK.splitlines()
    for one in found:
        start, end = one["fix"]["start"], one["fix"]["end"]
        line = lines[start["line"] - 1]
        lines[start["line"] - 1] = line[: start["column"] - 1] + one["fix"]["text"] + line[end["column"] - 1 :]
    (folder / "deck.yaml").write_text("\n".join(lines), "utf-8")
    assert {one["code"] for one in findings("one")} == {"leftover"}


def test_what_was_meant_is_a_fix_wherever_a_value_can_be_replaced(folder: Path) -> None:
    wrong = DECK.replace("kind: statement", 'kind: "statment"', 1) + "checks: {leftover: warnin}\n"
    (folder / "deck.yaml").write_text(wrong, "utf-8")
    fixes = {one["text"]: one["fix"] for one in findings("one") if one["severity"] == "error"}
    assert fixes['"statment"']["text"] == '"statement"'
    assert fixes["warnin"]["text"] == "warning"
    assert not any(
        fix["safe"] for fix in (fixes['"statment"'], fixes["warnin"])
    )  # a guess is shown, and nobody makes it


@pytest.mark.parametrize(("level", "exit_code"), [("off", 0), ("note", 0), ("warning", 0), ("error", 1)])
def test_a_deck_says_how_much_a_rule_matters(level: str, exit_code: int, folder: Path) -> None:
    (folder / "deck.yaml").write_text(DECK + f"checks: {{leftover: {level}}}\n", "utf-8")
    assert call("one").exit_code == exit_code
    said = [one["severity"] for one in findings("one") if one["code"] == "leftover"]
    assert said == ([] if level == "off" else [level])
    if level == "error":
        with pytest.raises(deckbuilder.DeckError):
            deckbuilder.build(folder, only=["deck"])


def test_the_nearest_counts(folder: Path) -> None:
    Path("organisation.yaml").write_text("checks: {leftover: error, double-blank: off}\n", "utf-8")
    Path("mine").mkdir()
    Path("mine/_brand.yml").write_text("defaults: {deckbuilder: {checks: {leftover: note}}}\n", "utf-8")

    def levels(*more: str) -> dict[str, str]:
        return {one["code"]: one["severity"] for one in findings("one", *more)}

    assert levels() == {"leftover": "error", "dash-typed": "note"}
    assert levels("--theme", "mine")["leftover"] == "note"
    assert levels("--theme", "mine", "--theme", "spruce")["leftover"] == "error"
    (folder / "deck.yaml").write_text(DECK + "checks: {leftover: off, double-blank: warning}\n", "utf-8")
    assert levels("--theme", "mine") == {"double-blank": "warning", "dash-typed": "note"}


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("left-over: off", "there is no rule 'left-over'"),
        ("leftover: loud", "there is no level 'loud'"),
        ("yaml-syntax: off", "the rule 'yaml-syntax' is an error wherever it speaks"),
    ],
)
def test_levels_that_mean_nothing_are_errors(said: str, message: str, folder: Path) -> None:
    (folder / "deck.yaml").write_text(DECK + f"checks:\n  {said}\n", "utf-8")
    assert message in call("one").stdout


def test_a_build_counts_notes_and_tells_warnings(folder: Path) -> None:
    done = CliRunner().invoke(app, ["build", "one", "--only", "deck"])
    assert done.exit_code == 0
    assert "warning: 'TODO' is a leftover" in done.stderr
    assert "2 notes on teaching, access, sources and words: deckbuilder check one" in done.stderr
    assert "blanks" not in done.stderr


# --- Silences


def silenced(words: str, code: str) -> list[int]:
    """The lines on which a rule is silent."""
    return [
        line
        for silence in silences_of(words, "deck.yaml")
        if silence.rule == code
        for line in range(silence.first, silence.last + 1)
    ]


def test_a_comment_reaches_as_far_as_what_it_stands_by() -> None:
    text = yaml_of(
        """\
        - kind: a
          # deckbuilder: ignore leftover it is a name
          text: >-
            several
            lines

            of text
          more: x  # deckbuilder: ignore word-twice on purpose
          words: >- # deckbuilder: ignore double-blank a table
            a  b
        # deckbuilder: ignore title-twice the same matter
        - kind: b
          title: T
        - kind: c
        """
    )
    assert silenced(text, "leftover") == [3, 4, 5, 6, 7]
    assert silenced(text, "word-twice") == [8]
    assert silenced(text, "double-blank") == [9, 10]
    assert silenced(text, "title-twice") == [12, 13]
    assert yaml.safe_load(text)


def test_words_are_no_comments() -> None:
    text = yaml_of(
        """\
        a: "x # deckbuilder: ignore leftover no"
        b: |
          # deckbuilder: ignore leftover no
        c: 'y # deckbuilder: ignore leftover no'
        d: z # deckbuilder: ignore leftover yes
        """
    )
    assert silenced(text, "leftover") == [5]


def yaml_of(text: str) -> str:
    return "\n".join(line[8:] for line in text.split("\n"))


def test_an_error_is_not_silenced(folder: Path) -> None:
    text = DECK.replace("statement: It", "statment: It").replace(
        "so. TODO", "so.  # deckbuilder: ignore unknown-key I like it"
    )
    (folder / "deck.yaml").write_text(text, "utf-8")
    assert call("one").exit_code == 1
