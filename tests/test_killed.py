"""Builds that are killed and disks that fill up: earlier files are whole, and agree with one another."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import deckbuilder
from deckbuilder import DeckError
from deckbuilder.alongside import alongside
from deckbuilder.diagnostics import Diagnostics

TESTS = Path(__file__).parent


@pytest.mark.skipif(sys.platform == "win32", reason="it forks")
@pytest.mark.parametrize("seed", range(4))
def test_a_build_killed_at_any_moment_leaves_the_old_set_or_the_new_one(tmp_path: Path, seed: int) -> None:
    """300 builds in all, by each of three signals."""
    done = subprocess.run(
        [sys.executable, TESTS / "killing.py", tmp_path / "killed", str(seed), "75"],
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["wrong"] == []
    assert told["killed"] > 10  # or it tries nothing; how many builds are done before depends on the machine
    assert told["ended"] > 2


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk that holds two small sets, and little more."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    if subprocess.run([mount, "-t", "tmpfs", "-o", "size=600k", "tmpfs", disk], check=False).returncode:
        pytest.skip("this system lets nobody mount a small disk")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk_is_told_and_changes_nothing(small_disk: Path, tmp_path: Path) -> None:
    deck = tmp_path / "demo" / "deck.yaml"
    deck.parent.mkdir()
    slides = "".join(
        f"\n  - {{kind: statement, title: T{n}, minutes: 1, statement: Statement {n} of very many}}" for n in range(3)
    )
    deck.write_text(f"title: First\nsections:\n- title: S\n  slides:{slides}\n", "utf-8")
    deckbuilder.build(deck.parent, output=small_disk)
    before = {path.name: path.read_bytes() for path in small_disk.rglob("*") if path.is_file()}
    (small_disk / "ballast").write_bytes(b"x" * 300_000)
    deck.write_text(deck.read_text("utf-8").replace("First", "Second"), "utf-8")
    with pytest.raises(DeckError) as caught:
        deckbuilder.build(deck.parent, output=small_disk)
    [problem] = caught.value.diagnostics
    assert problem.code == "disk-full"
    (small_disk / "ballast").unlink()
    assert {path.name: path.read_bytes() for path in small_disk.rglob("*") if path.is_file()} == before
    assert not list(small_disk.rglob("*.part"))
    deckbuilder.build(deck.parent, output=small_disk)


@pytest.mark.skipif(sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="nothing is forked here")
def test_a_writer_killed_from_outside_is_told_in_words(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys\n"
        "from deckbuilder.alongside import alongside\n"
        "from deckbuilder.diagnostics import DeckError, Diagnostics\n"
        "def work(problems): os.kill(os.getpid(), signal.SIGKILL)\n"
        "try:\n"
        "    with alongside(work, Diagnostics()): pass\n"
        "except DeckError as error: print(error); sys.exit(1)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"a part of the build was ended by signal {signal.SIGKILL.value} (SIGKILL)" in done.stdout
    assert "Traceback" not in done.stderr


def test_work_alongside_is_done_and_its_words_are_kept() -> None:
    problems = Diagnostics()
    with alongside(lambda told: told.warning("template-unused", "said alongside"), problems):
        pass
    assert [problem.message for problem in problems] == ["said alongside"]
