"""What is said about content that is wrong: fixtures carry the expected diagnostics as comments.

In `bad/*.yaml` a comment such as `# error 7: unknown key 'anwser' in a discussion question`
expects an error at column 7 of the line it ends, or, standing alone, of the nearest line
above it; `# hint: …` after it is the hint (none without it). `# error 4:1: …` names the line
itself. Files in `bad/sessions` are read as sessions of `good/deck.yaml`.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from deckbuilder.arrangement import read
from deckbuilder.diagnostics import DeckError, Diagnostic, Diagnostics, Severity
from deckbuilder.source import Inputs

HERE = Path(__file__).parent
BAD = sorted((HERE / "bad").glob("**/*.yaml"))
_MARK = re.compile(r"(?:^|\s)# (?=(?:error|warning) [\d:]+: |hint: )")
_HEAD = re.compile(r"(error|warning) (?:(\d+):)?(\d+): (.*)")

Said = tuple[int, int, str, str, str | None]


def expected(text: str) -> set[Said]:
    """The diagnostics that a fixture's comments ask for."""
    out: list[Said] = []
    line = 1
    for number, source in enumerate(text.split("\n"), 1):
        content, *marks = _MARK.split(source)
        if content.strip() or not marks:
            line = number
        for mark in marks:
            if mark.startswith("hint: "):
                out[-1] = (*out[-1][:4], mark.removeprefix("hint: ").strip())
                continue
            found = _HEAD.fullmatch(mark.strip())
            assert found, f"line {number}: cannot read the mark '{mark}'"
            severity, at_line, column, message = found.groups()
            out.append((int(at_line or line), int(column), severity, message, None))
    return set(out)


def said(diagnostic: Diagnostic) -> Said:
    assert diagnostic.at is not None, f"nowhere: {diagnostic}"
    at = diagnostic.at
    return at.line, at.column, diagnostic.severity.value, diagnostic.message, diagnostic.hint


def listed(found: set[Said]) -> str:
    return "\n".join(f"{x[0]}:{x[1]}: {x[2]}: {x[3]}\n    hint: {x[4]}" for x in sorted(found, key=str))


@pytest.mark.parametrize("path", BAD, ids=[p.relative_to(HERE / "bad").as_posix() for p in BAD])
def test_bad_content_is_reported_where_and_as_its_comments_say(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    problems = Diagnostics()
    file = Path(path.name)
    deck, session = (HERE / "good" / "deck.yaml", file) if path.parent.name == "sessions" else (file, None)
    with pytest.raises(DeckError) as caught:
        read(deck, session, problems, Inputs())
    problems.extend(caught.value.diagnostics)
    assert {d.at.file for d in problems if d.at} == {path.name}
    want, got = expected(path.read_text("utf-8")), {said(d) for d in problems}
    assert want, "the fixture expects nothing"
    assert got == want, f"\nmissing:\n{listed(want - got)}\n\nunexpected:\n{listed(got - want)}"


def test_the_good_deck_of_the_session_fixtures_has_no_problems() -> None:
    problems = Diagnostics()
    read(HERE / "good" / "deck.yaml", None, problems, Inputs())
    assert [str(d) for d in problems] == []


def test_expected_marks_belong_to_their_line_or_the_one_above() -> None:
    text = "a: 1  # error 4: x  # hint: y\nb: |\n  # no mark\n# warning 1: z\n# error 9:2: w\n"
    assert expected(text) == {(1, 4, "error", "x", "y"), (3, 1, "warning", "z", None), (9, 2, "error", "w", None)}


DECK = """\
title: T
sections:
  - title: S
    slides:
      - {slide}
"""


def messages(tmp_path: Path, slide: str, extra: str = "") -> list[Diagnostic]:
    """What is said about a deck of one slide, written in flow style."""
    file = tmp_path / "deck.yaml"
    file.write_text(DECK.replace("{slide}", slide) + extra, encoding="utf-8")
    problems = Diagnostics()
    try:
        read(file, None, problems, Inputs())
    except DeckError as error:
        problems.extend(error.diagnostics)
    return list(problems)


def test_a_list_that_is_too_short_for_its_pair_is_reported(tmp_path: Path) -> None:
    slide = "{kind: narrative, minutes: 1, title: T, text: S, picture: {file: a.png, alt: A tree, focus: [0.5]}}"
    shutil.copy(HERE / "bad" / "a.png", tmp_path)
    said_about = messages(tmp_path, slide)
    assert [d.at.line for d in said_about if d.at] == [5]
    assert "'focus'" in said_about[0].message


@pytest.mark.parametrize("kind", ["", "~", "[points]", "{a: b}", "true"])
def test_messages_about_kinds_speak_yaml_and_not_python(tmp_path: Path, kind: str) -> None:
    said_about = messages(tmp_path, f"{{kind: {kind}, minutes: 1, title: T}}")
    assert len(said_about) == 1
    assert not re.search(r"None|True|\['|\{'", said_about[0].message)


@pytest.mark.parametrize("value", ["[1]", "{a: 1}", "2027-03-15", "x"])
def test_a_wrong_number_is_told_as_it_was_written(tmp_path: Path, value: str) -> None:
    (problem,) = messages(tmp_path, f"{{kind: narrative, minutes: {value}, title: T, text: S}}")
    assert problem.message.startswith("'minutes' should be a number")
    assert "Located" not in problem.message


@pytest.mark.parametrize("word", ["true", "false"])
def test_true_and_false_are_no_numbers(tmp_path: Path, word: str) -> None:
    said_about = messages(tmp_path, f"{{kind: narrative, minutes: {word}, title: T, text: S}}")
    assert [d.code for d in said_about if d.severity is Severity.ERROR] == ["wrong-type"]


def test_problems_are_listed_by_file_line_and_column(tmp_path: Path) -> None:
    slide = "{kind: narrative, minuts: 1, minutes: 1, title: T, text: S, txt: x}"
    said_about = messages(tmp_path, slide, "zebra: 1\n")
    places = [(d.at.line, d.at.column) for d in said_about if d.at]
    assert places == sorted(places)
    assert [line for line, _ in places] == [5, 5, 6]


def test_the_same_problem_is_told_once(tmp_path: Path) -> None:
    slide = "{kind: narrative, minutes: 1, title: T, text: S, sources: [x, x]}"
    assert len({str(d) for d in messages(tmp_path, slide)}) == len(messages(tmp_path, slide))
