"""What is remembered of a build: it stands where nothing changed, and falls with anything that matters."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from deckbuilder import caching, commands, unchanged

DECK = """\
title: Small
sections:
  - title: S
    slides:
      - {kind: statement, title: T, statement: Words}
      - {kind: picture, minutes: 1, title: P, picture: {file: pictures/a.png, alt: A grey square.}}
"""
STANDS = "Nothing changed since these were built"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a deck in `small`, which is older than any build."""
    work = tmp_path / "work"
    (work / "small" / "pictures").mkdir(parents=True)
    monkeypatch.chdir(work)
    monkeypatch.setenv("DECKBUILDER_CACHE", str(tmp_path / "cache"))
    (work / "small" / "deck.yaml").write_text(DECK, "utf-8")
    Image.new("L", (80, 60), 99).save(work / "small" / "pictures" / "a.png")
    time.sleep(0.05)
    return work


def build(*options: str) -> Result:
    result = CliRunner().invoke(commands.app, ["build", "small", "--only", "deck", *options])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def target(folder: Path) -> Path:
    return folder / "output" / "small" / "spruce" / "small.pptx"


def test_what_was_built_stands_and_is_told_again(folder: Path) -> None:
    first = build()
    assert "warning: this slide has no 'minutes'" in first.stderr
    before = target(folder).stat()
    again = build()
    assert STANDS in again.stderr
    assert again.stdout == first.stdout
    said = [line for line in first.stderr.splitlines() if line not in ("Reading", "Arranging", "Writing deck")]
    assert again.stderr.splitlines()[1:] == said
    assert target(folder).stat() == before
    known = build("--json")
    assert known.stdout == build("--json", "--force").stdout
    assert known.stderr == ""


def test_a_file_that_is_touched_is_the_same_file(folder: Path) -> None:
    build()
    os.utime(folder / "small" / "deck.yaml")
    os.utime(target(folder))
    assert STANDS in build().stderr


def _same_size_and_time(folder: Path) -> None:
    file = folder / "small" / "deck.yaml"
    stat = file.stat()
    file.write_text(DECK.replace("Words", "Swords"[:5]), "utf-8")
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a word": _same_size_and_time,
    "a picture": lambda folder: Image.new("L", (80, 60), 88).save(folder / "small" / "pictures" / "a.png"),
    "a file that nobody reads yet": lambda folder: (folder / "small" / "pictures" / "b.csv").write_text("a,b\n"),
    "an organisation's file above": lambda folder: (folder / "organisation.yaml").write_text("checks: {}\n"),
    "a theme of that name": lambda folder: (
        (folder / "spruce").mkdir(),
        (folder / "spruce" / "_brand.yml").write_text("meta: {name: Ours}\n"),
    ),
    "what was built, by hand": lambda folder: target(folder).write_bytes(target(folder).read_bytes() + b"\0"),
    "what was built, away": lambda folder: target(folder).unlink(),
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changes_it_is_built_anew(folder: Path, what: str) -> None:
    build()
    assert STANDS in build().stderr
    CHANGES[what](folder)
    assert STANDS not in build().stderr
    assert target(folder).is_file()


@pytest.mark.parametrize("options", [("--theme", "marigold"), ("--no-notes",), ("--force",), ("--fit", "strict")])
def test_another_request_is_another_build(folder: Path, options: tuple[str, ...]) -> None:
    build()
    assert STANDS not in build(*options).stderr


@pytest.mark.parametrize("name", ["SOURCE_DATE_EPOCH", "DECKBUILDER_LARGE"])
def test_the_environment_is_part_of_it(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    build()
    monkeypatch.setenv(name, "1700000000")
    assert STANDS not in build().stderr


def test_so_is_the_program(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build()
    monkeypatch.setattr(caching, "program", lambda: ("another",))
    assert STANDS not in build().stderr


def test_a_build_that_failed_is_not_remembered(folder: Path) -> None:
    build()
    (folder / "small" / "deck.yaml").write_text(DECK.replace("statement: Words", "statment: Words"), "utf-8")
    assert [build().exit_code for _ in range(2)] == [1, 1]


def test_what_happened_once_is_told_once(folder: Path) -> None:
    build()
    target(folder).write_bytes(b"mine")
    assert "was changed since it was built" in build().stderr
    assert "was changed since it was built" not in build().stderr


def test_a_deck_that_changes_while_it_is_built_is_built_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    began = unchanged.now

    def now() -> int:
        begun = began()
        time.sleep(0.05)
        (folder / "small" / "deck.yaml").write_text(DECK.replace("Words", "Others"), "utf-8")
        return begun

    monkeypatch.setattr(unchanged, "now", now)
    build()
    monkeypatch.undo()
    assert not list((folder.parent / "cache").rglob("*.json"))


def test_nothing_is_kept_where_that_is_not_wanted_or_cannot_be(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = folder.parent / "cache"
    monkeypatch.setenv("DECKBUILDER_CACHE", "off")
    build()
    assert STANDS not in build().stderr
    assert not cache.exists()
    cache.write_text("a file, where a folder should be")
    monkeypatch.setenv("DECKBUILDER_CACHE", str(cache))
    assert [build().exit_code for _ in range(2)] == [0, 0]


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b"{}", b'{"inputs": 1}', b"null"])
def test_a_broken_memory_is_none(folder: Path, content: bytes) -> None:
    build()
    (record,) = (folder.parent / "cache" / "builds").iterdir()
    record.write_bytes(content)
    assert STANDS not in build().stderr
    assert STANDS in build().stderr


def test_a_rule_that_is_no_more_is_no_trouble(folder: Path) -> None:
    build()
    (record,) = (folder.parent / "cache" / "builds").iterdir()
    data = json.loads(record.read_text())
    data["diagnostics"] = [["warning", "no-such-rule", "x", None, None]]
    record.write_text(json.dumps(data))
    assert STANDS not in build().stderr


def test_the_memory_is_bounded_and_many_may_write_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unchanged, "_MOST", 5)
    deck = folder / "small" / "deck.yaml"
    files, asked = (
        [folder / "made.pptx"],
        [unchanged.Request(folder / "small", folder / "o", {"theme": [n]}) for n in "abcdefgh"],
    )
    files[0].write_bytes(b"made")

    def keep(one: unchanged.Request) -> None:
        for _ in range(10):
            unchanged.keep(one, unchanged.now(), files, [deck], [], [])

    threads = [threading.Thread(target=keep, args=(one,)) for one in asked * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    unchanged.keep(asked[0], unchanged.now(), files, [deck], [], [])
    kept = list((folder.parent / "cache" / "builds").iterdir())
    assert len(kept) <= 5
    assert all(json.loads(file.read_text())["written"] for file in kept)
    assert unchanged.recall(asked[0]) is not None


def test_what_a_killed_build_left_behind_is_taken_away_by_the_next(folder: Path) -> None:
    build()
    left = folder / "output" / ".small.123.part"
    left.mkdir()
    assert STANDS not in build().stderr
    assert not left.exists()
    assert STANDS in build().stderr
