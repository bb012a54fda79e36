"""The studio as its users have it: the command in a process of its own, and Chromium before it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from deckbuilder.scaffold import make_deck
from studio.trainers import Trainer
from tools import REPOSITORY, need

CHROMIUM = "/usr/bin/chromium"
AXE = REPOSITORY / "tests/fixtures/axe/axe.min.js"
_FOCUS = "document.activeElement?.outerHTML.slice(0, 200)"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Studio:
    """A studio that runs, and the folder that its user's things are in."""

    process: subprocess.Popen[str]
    address: str
    folder: Path


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Studio]]:
    """Starts a studio with some words on its command line."""
    home = tmp_path_factory.mktemp("home")
    running: list[subprocess.Popen[str]] = []

    def start(*words: str | Path) -> Studio:
        command = [sys.executable, "-m", "deckbuilder", "studio", *map(str, words), "--no-browser"]
        environment = {
            **os.environ,
            "DECKBUILDER_STATE": str(home / "state"),
            "HOME": str(home),
            "PYTHONUNBUFFERED": "1",
        }
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=home)
        running.append(process)
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "http://127.0.0.1:" in line, line
        return Studio(process, line.split()[-1], home)

    yield start
    for process in running:
        process.terminate()
        process.wait(20)
        assert process.stdout is not None
        process.stdout.close()


@pytest.fixture(scope="session")
def studio(started: Callable[..., Studio]) -> Studio:
    """A studio in which each test opens its own trainings."""
    return started()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium."""
    need("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=shutil.which("chromium") or CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@dataclass
class Watched:
    """A page, with what went wrong on it and what it asked of whom."""

    page: Any
    wrong: list[str] = field(default_factory=list)

    def until(self, expression: str, what: object = None, seconds: float = 30) -> None:
        """Waits until an expression holds. Playwright's own way would have the page evaluate text, which its policy forbids."""
        end = time.monotonic() + seconds
        while not self.page.evaluate(expression, what):
            assert time.monotonic() < end, (
                f"never came true: {expression}; the focus is on {self.page.evaluate(_FOCUS)}"
            )
            self.page.wait_for_timeout(30)

    def axe(self) -> list[str]:
        """What axe finds on the page as it is, on a light screen; and of its colours on a dark one too."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text("utf-8"))
        out = []
        for scheme, rules in (("dark", ["color-contrast"]), ("light", _RULES)):
            self.page.emulate_media(color_scheme=scheme)
            found = self.page.evaluate("rules => axe.run(document, {runOnly: rules}).then(r => r.violations)", rules)
            out += [f"{scheme}, {one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]
        return out

    def open(self, deck: Path) -> None:
        """Opens a training by its place."""
        ask = """path => fetch("/open", {method: "POST", headers: {"Content-Type": "application/json"},
            body: JSON.stringify({path})}).then(answer => answer.json())"""
        origin = self.page.evaluate("location.origin")
        self.page.goto(origin + self.page.evaluate(ask, str(deck))["address"])

    def tab_to(self, selector: str, back: bool = False) -> None:
        """Goes to something by the Tab key alone."""
        for _ in range(80):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            if self.page.evaluate("name => document.activeElement.matches(name)", selector):
                return
        raise AssertionError(f"{selector} cannot be reached by keys")


@pytest.fixture
def watched(browser: Any) -> Iterator[Callable[..., Watched]]:
    """Opens an address; at the end nothing may have gone wrong: no error, no request to anybody else, nothing that the page's own
    policy forbids."""
    opened: list[tuple[Any, Watched]] = []

    def open_page(address: str, **options: Any) -> Watched:
        context = browser.new_context(
            **{"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"} | options
        )
        one = Watched(context.new_page())
        opened.append((context, one))
        own = address.partition("/t/")[0].partition("?")[0].rstrip("/")
        one.page.on("pageerror", lambda error: one.wrong.append(str(error)))
        # Edits may be refused, or asked about; nothing else may fail. Chromium notes each failure again, without its address.
        one.page.on(
            "response",
            lambda said: said.status >= 400 and said.status not in (409, 422) and one.wrong.append(said.url),
        )
        one.page.on(
            "console",
            lambda said: said.type == "error" and "Failed to load" not in said.text and one.wrong.append(said.text),
        )
        one.page.on(
            "request", lambda asked: asked.url.startswith((own, "blob:", "data:")) or one.wrong.append(asked.url)
        )
        one.page.goto(address)
        return one

    yield open_page
    for context, one in opened:
        context.close()
        assert one.wrong == []


@pytest.fixture
def trainer(tmp_path: Path, studio: Any, watched: Callable[..., Any]) -> Trainer:
    deck = tmp_path / "my-training"
    make_deck(deck)
    (deck / "deck.yaml").write_text(
        "# Kept as it is.\ntitle: First aid\nlanguage: en\nplanned_minutes: 60\n\n"
        "sections:\n  - title: Welcome   # the first\n    slides:\n      - kind: cover\n\n"
        "  - title: The end\n    slides:\n      - kind: closing\n        id: bye\n"
    )
    one = watched(studio.address)
    one.open(deck)
    one.page.wait_for_selector(".form .entry")
    return Trainer(one, deck / "deck.yaml")
