"""How the studio is started: by the command, by a double click, and by nobody who may not."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deckbuilder.commands import app
from deckbuilder.scaffold import make_deck
from deckbuilder.studio.shortcut import write_shortcut


@pytest.mark.parametrize(("platform", "name"), [("linux", ".desktop"), ("darwin", ".command"), ("win32", ".bat")])
def test_a_double_click_starts_it(tmp_path: Path, platform: str, name: str) -> None:
    deck = tmp_path / "100% 'my' training"
    file = write_shortcut(tmp_path / "Desktop", deck, platform)
    text = file.read_bytes().decode()
    assert file.suffix == name
    assert sys.executable in text
    if platform == "darwin":
        assert shlex.split(text.splitlines()[1])[1:] == [sys.executable, "-m", "deckbuilder", "studio", str(deck)]
    else:
        assert "100%% 'my' training" in text  # a per cent sign is doubled
    assert platform == "win32" or file.stat().st_mode & 0o111


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--host", "0.0.0.0"], "--token"),
        (["--host", "0.0.0.0", "--token", "short"], "16 letters"),
        (["nowhere"], "error: there is no deck at nowhere"),
    ],
)
def test_what_cannot_be_started_is_said(words: list[str], says: str) -> None:
    done = CliRunner().invoke(app, ["studio", *words])
    assert done.exit_code != 0
    assert says in done.output


@pytest.mark.slow
def test_it_ends_at_once_though_a_page_is_open(
    tmp_path: Path, started: Callable[..., Any], watched: Callable[..., Any]
) -> None:
    make_deck(tmp_path / "my-training")
    studio = started(tmp_path / "my-training")
    one = watched(studio.address)
    one.page.wait_for_selector(".thumb[aria-current]")
    one.page.evaluate("new Promise(done => setTimeout(done, 300))")
    studio.process.send_signal(signal.SIGINT)
    assert studio.process.wait(15) == 0
    one.page.wait_for_selector("#state.wrong")
    assert one.wrong == [] or all("ERR_" in words for words in one.wrong)
    one.wrong.clear()


@pytest.mark.slow
@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_a_shortcut_starts_the_studio_of_its_deck(platform: str, tmp_path: Path) -> None:
    """Run as the desktop runs it: by what the entry's Exec key says, and by the shell."""
    deck = tmp_path / '50 % of "all", $HOME\'s `id` \\ more'
    make_deck(deck)
    file = write_shortcut(tmp_path, deck, platform)
    words = [str(file)]
    if platform == "linux":
        key = next(line for line in file.read_text("utf-8").splitlines() if line.startswith("Exec="))
        # The shell takes quotation marks as the key does.
        words = ["sh", "-c", "exec " + key[len("Exec=") :].replace("\\\\", "\\").replace("%%", "%")]
    environment = {
        **os.environ,
        "BROWSER": "true",
        "DECKBUILDER_STATE": str(tmp_path / "state"),
        "PYTHONUNBUFFERED": "1",
    }
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment, cwd=tmp_path) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        process.terminate()
    assert "http://127.0.0.1:" in line
    assert "/t/" in line  # the training's own page
