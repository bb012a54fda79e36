"""The pipeline: files appear together or not at all, and are the same each time."""

from __future__ import annotations

import errno
import io
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from deckbuilder.alongside import alongside
from deckbuilder.diagnostics import DeckError, Diagnostics, fail
from deckbuilder.outputs.catalogue import NAMES as OUTPUTS
from deckbuilder.outputs.pages import writer as documents
from deckbuilder.pipeline import Order, build
from deckbuilder.scaffold import make_deck
from tools import SOURCES, Built, Package

NAMES = ["demo.pptx", "demo-handout.pdf", "demo-guide.pdf"]
# Below the output folder, with the record of what was written.
WRITTEN = sorted(["demo/.deckbuilder.json", *(f"demo/spruce/{name}" for name in NAMES)])


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The starter deck."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    make_deck(tmp_path / "demo")
    return tmp_path / "demo"


def order(demo: Path, **more: Any) -> Order:
    return Order(demo, output=demo.parent / "output", **more)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below the folder, hidden ones too."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def failure(order: Order) -> str:
    with pytest.raises(DeckError) as caught:
        build(order, Diagnostics())
    return str(caught.value)


def test_the_files_are_those_asked_for_in_a_fixed_order(demo: Path) -> None:
    steps: list[str] = []
    files = build(order(demo), Diagnostics(), steps.append)
    folder = demo.parent / "output" / "demo" / "spruce"
    assert files == [folder / name for name in NAMES]
    assert sorted(contents(demo.parent / "output")) == WRITTEN
    assert steps == ["Reading", "Arranging", "Writing deck and handout and facilitator guide"]


@pytest.mark.parametrize("only", OUTPUTS)
def test_a_file_built_alone_is_the_file_built_with_the_others(demo: Path, only: Any) -> None:
    (alone,) = build(order(demo, only=(only,)), Diagnostics())
    together = build(Order(demo, output=demo.parent / "all"), Diagnostics())
    assert alone.read_bytes() == together[OUTPUTS.index(only)].read_bytes()


def test_a_deck_with_errors_leaves_earlier_files_as_they_were(demo: Path) -> None:
    build(order(demo), Diagnostics())
    before = contents(demo.parent / "output")
    deck = demo / "deck.yaml"
    deck.write_text(deck.read_text("utf-8").replace("kind: quote", "kind: qoute"), "utf-8")
    assert "there is no slide of kind 'qoute'" in failure(order(demo))
    assert contents(demo.parent / "output") == before


def failing(number: int) -> Any:
    def write(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return write


@pytest.mark.parametrize("earlier", [True, False])
def test_a_disk_that_fills_up_in_the_last_file_leaves_all_earlier_ones(
    demo: Path, monkeypatch: pytest.MonkeyPatch, earlier: bool
) -> None:
    if earlier:
        build(order(demo), Diagnostics())
    before = contents(demo.parent)
    (demo / "session.yaml").touch()
    monkeypatch.setattr(documents, "write_guide", failing(errno.ENOSPC))
    said = failure(order(demo, session=demo / "session.yaml"))
    assert said.startswith("error: the disk is full; earlier files are as they were\nhint: ")
    assert contents(demo.parent) == before


def test_a_disk_that_fills_up_under_the_deck_leaves_all_earlier_files(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The deck may be written by a process of its own; its trouble is told as any other is."""
    build(order(demo), Diagnostics())
    before = contents(demo.parent)
    monkeypatch.setattr("deckbuilder.outputs.pptx.writer.write_deck", failing(errno.ENOSPC))
    assert failure(order(demo)).startswith("error: the disk is full; earlier files are as they were\nhint: ")
    assert contents(demo.parent) == before


@pytest.mark.parametrize("only", [("deck",), OUTPUTS])
def test_a_fault_of_the_content_found_by_the_deck_writer_is_told_whole(
    demo: Path, monkeypatch: pytest.MonkeyPatch, only: Any
) -> None:
    def write(*_: object) -> None:
        raise fail("deck-missing", "the deck is at fault", None, "mend it")

    monkeypatch.setattr("deckbuilder.outputs.pptx.writer.write_deck", write)
    with pytest.raises(DeckError) as caught:
        build(order(demo, only=only), Diagnostics())
    assert [(d.message, d.hint) for d in caught.value.diagnostics] == [("the deck is at fault", "mend it")]
    assert str(caught.value) == "error: the deck is at fault\nhint: mend it"


def test_a_deck_still_being_written_when_the_guide_fails_leaves_no_file(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(demo.parent)

    def slow(path: Path, *_: object) -> None:
        path.write_bytes(b"half a deck")
        time.sleep(3)
        path.write_bytes(b"a whole deck")

    monkeypatch.setattr("deckbuilder.outputs.pptx.writer.write_deck", slow)
    monkeypatch.setattr(documents, "write_guide", failing(errno.ENOSPC))
    failure(order(demo))
    time.sleep(0.1)
    assert contents(demo.parent) == before


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, MemoryError])
def test_whatever_stops_a_writer_leaves_no_half_files(
    demo: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    build(order(demo), Diagnostics())
    before = contents(demo.parent)

    def write(path: Path, *_: object) -> None:
        path.write_bytes(b"half a file")
        raise error

    monkeypatch.setattr(documents, "write_guide", write)
    with pytest.raises(error):
        build(order(demo), Diagnostics())
    assert contents(demo.parent) == before


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "cannot be written"),
        (errno.EBUSY, "is it open in another program"),
        (errno.EROFS, "a disk that cannot be written"),
        (errno.EIO, "cannot be written"),
        (errno.EDQUOT, "the disk is full"),
    ],
)
def test_the_operating_systems_troubles_are_told_in_words(
    demo: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    monkeypatch.setattr(documents, "write_guide", failing(number))
    said = failure(order(demo))
    assert said.startswith("error: ")
    assert words in said
    assert "hint: " in said


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO])
def test_a_file_that_cannot_be_replaced_leaves_no_mixture(
    demo: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Where folders cannot be exchanged, files are moved one by one; another program may have one of them open."""
    build(order(demo), Diagnostics())
    before = contents(demo.parent / "output")
    replace = os.replace

    def fails(source: Any, target: Any) -> None:
        if str(target).endswith("-guide.pdf") and ".kept" not in str(source):
            raise OSError(number, os.strerror(number), str(target))
        replace(source, target)

    monkeypatch.setattr("deckbuilder.fileset._exchange", lambda *_: False)
    monkeypatch.setattr(os, "replace", fails)
    deck = demo / "deck.yaml"
    deck.write_text(deck.read_text("utf-8").replace("My first training", "Changed"), "utf-8")
    assert "demo-guide.pdf cannot be written" in failure(order(demo))
    assert contents(demo.parent / "output") == before


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_where_a_file_should_be_is_told_and_nothing_is_written(demo: Path, name: str) -> None:
    folder = demo.parent / "output" / "demo" / "spruce"
    (folder / name).mkdir(parents=True)
    (folder / name / "mine.txt").write_text("keep")
    said = failure(order(demo))
    assert f"{folder / name} cannot be written: Is a directory" in said
    assert contents(demo.parent / "output") == {f"demo/spruce/{name}/mine.txt": b"keep"}


def test_a_file_where_the_output_folder_should_be_is_told(demo: Path) -> None:
    (demo.parent / "output").write_text("mine")
    said = failure(order(demo))
    assert "output" in said
    assert "cannot be written" in said
    assert (demo.parent / "output").read_text() == "mine"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_not_ones_own_is_told(demo: Path) -> None:
    folder = demo.parent / "output"
    folder.mkdir(mode=0o555)
    assert "cannot be written" in failure(order(demo))


def test_a_part_file_left_by_a_crash_is_no_hindrance(demo: Path) -> None:
    folder = demo.parent / "output" / "demo" / "spruce"
    folder.mkdir(parents=True)
    (folder / f".demo.pptx.{os.getpid()}.part").write_bytes(b"left behind")
    build(order(demo), Diagnostics())
    assert sorted(p.name for p in folder.iterdir()) == sorted(NAMES)


def built_elsewhere(demo: Path, folder: Path, seed: str, **environment: str) -> dict[str, bytes]:
    """The files of a copy of the deck, built in a folder and a process of their own."""
    folder.mkdir()
    shutil.copytree(demo, folder / "demo")
    subprocess.run(
        [sys.executable, "-m", "deckbuilder", "build", "demo", "--session", "demo/session.yaml"],
        cwd=folder,
        env=os.environ | {"PYTHONHASHSEED": seed} | environment,
        capture_output=True,
        check=True,
    )
    return contents(folder / "output")


def test_two_builds_are_equal_byte_by_byte(demo: Path) -> None:
    one = built_elsewhere(demo, demo.parent / "one", "1", TZ="UTC")
    other = built_elsewhere(demo, demo.parent / "another place", "4711", TZ="Asia/Tokyo", LC_ALL="C")
    assert sorted(one) == WRITTEN
    assert {name for name in one if one[name] != other[name]} == set()


def test_two_builds_of_every_kind_are_equal_byte_by_byte(tmp_path: Path) -> None:
    """Charts with their workbooks, tables, pictures of all formats."""
    demo = tmp_path / "demo"
    shutil.copytree(SOURCES["every-kind"][0], demo)
    one = built_elsewhere(demo, tmp_path / "one", "1", TZ="UTC")
    other = built_elsewhere(demo, tmp_path / "another place", "4711", TZ="Asia/Tokyo", LC_ALL="C")
    assert {name for name in one if one[name] != other[name]} == set()


def test_a_charts_workbook_does_not_tell_when_it_was_made(built: Callable[[str], Built]) -> None:
    package = Package(built("every-kind").deck)
    books = package.named(r"ppt/embeddings/.*\.xlsx")
    assert len(books) == 4
    for name in books:
        with ZipFile(io.BytesIO(package.parts[name])) as book:
            assert b"1980-01-01T00:00:00Z" in book.read("docProps/core.xml")
            assert {i.date_time[0] for i in book.infolist()} == {1980}


def test_the_source_date_is_the_files_date(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pptx import Presentation
    from pypdf import PdfReader

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")  # 2023-11-14 22:13:20 UTC
    deck, handout, guide = build(order(demo), Diagnostics())
    assert str(Presentation(str(deck)).core_properties.created)[:19] == "2023-11-14 22:13:20"
    for file in (handout, guide):
        metadata = PdfReader(file).metadata
        assert metadata
        assert str(metadata["/CreationDate"]).startswith("D:20231114221320")
    first = [p.read_bytes() for p in (deck, handout, guide)]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert [p.read_bytes() == b for p, b in zip(build(order(demo), Diagnostics()), first, strict=True)] == [False] * 3


def test_without_a_source_date_files_do_not_tell_when_they_were_built(demo: Path) -> None:
    import datetime as dt

    year = str(dt.datetime.now(tz=dt.UTC).year).encode()
    deck, handout, guide = build(order(demo), Diagnostics())
    for file in (handout, guide):
        assert b"D:" + year not in file.read_bytes()
    with ZipFile(deck) as package:
        assert {str(i.date_time[0]).encode() for i in package.infolist()} != {year}
        assert year not in package.read("docProps/core.xml")


@pytest.mark.parametrize("epoch", ["soon", "1.5", "9" * 30])
def test_a_source_date_that_is_none_is_told(demo: Path, monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert f"SOURCE_DATE_EPOCH is not a number of seconds: '{epoch}'" in failure(order(demo))
    assert not list(demo.parent.rglob("*.part"))


@pytest.mark.parametrize("epoch", ["0", "-1", "99999999999"])
def test_a_source_date_that_a_zip_cannot_hold_is_no_crash(
    demo: Path, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    refused = ""
    try:
        assert len(build(order(demo), Diagnostics())) == 3
    except DeckError as error:
        refused = str(error)
    assert not refused or "SOURCE_DATE_EPOCH" in refused


def test_a_build_says_its_warnings_and_writes_all_the_same(demo: Path) -> None:
    problems = Diagnostics()
    deck = demo / "deck.yaml"
    deck.write_text(deck.read_text("utf-8").replace("        minutes: 1\n", ""), "utf-8")
    assert len(build(order(demo), problems)) == 3
    assert len(problems) == 1
    assert not problems.has_errors


def test_beside_other_threads_nothing_is_forked(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A forked child of a process with threads may wait for a lock for ever."""
    before = [file.read_bytes() for file in build(order(demo), Diagnostics())]
    monkeypatch.setattr("os.fork", failing(errno.EAGAIN))
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        after = [file.read_bytes() for file in build(order(demo), Diagnostics())]
    finally:
        done.set()
        other.join()
    assert after == before


def test_what_is_said_alongside_is_not_lost() -> None:
    problems = Diagnostics()
    with alongside(lambda problems: problems.warning("template-unused", "said there"), problems):
        problems.warning("template-unused", "said here")
    assert {problem.message for problem in problems} == {"said here", "said there"}
