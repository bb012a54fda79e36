"""Somebody before the page of a training."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml


class Trainer:
    """Somebody before the page."""

    def __init__(self, one: Any, deck: Path) -> None:
        self.one, self.page, self.deck = one, one.page, deck

    @property
    def says(self) -> Any:
        """What is in the file."""
        return yaml.load(self.deck.read_text("utf-8"), yaml.CSafeLoader)

    @property
    def slides(self) -> list[Any]:
        return [slide for section in self.says["sections"] for slide in section["slides"]]

    @property
    def session(self) -> str:
        """What the session's file says; nothing where there is none."""
        file = self.deck.parent / "session.yaml"
        return file.read_text("utf-8") if file.exists() else ""

    def until(self, holds: Callable[[], bool], seconds: float = 20) -> None:
        """Waits until the file says something."""
        for _ in range(int(seconds / 0.05)):
            if holds():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(self.deck.read_text("utf-8"))

    def settled(self) -> None:
        """Waits until the page shows what is in the file."""
        self.one.until("!document.body.classList.contains('saving')")
        self.page.wait_for_timeout(450)  # what was typed is sent, and the form is filled
        self.one.until("!document.body.classList.contains('saving')")
        self.one.until("n => document.querySelectorAll('.thumb').length === n", len(self.slides))
        self.one.until("document.querySelector('.form .entry') !== null")

    def write(self, path: str, words: str) -> None:
        self.page.locator(f'.form-place [data-path="{path}"]').locator("textarea, input").first.fill(words)

    def add(self, kind: str, by: str = "mouse") -> None:
        before = len(self.slides)
        if by == "mouse":
            self.page.get_by_role("toolbar").get_by_text("Add a slide").click()
        else:
            self.page.keyboard.press("Alt+n")
        self.page.wait_for_selector("#picking[open] .kind")
        self.page.keyboard.type(kind)
        self.page.keyboard.press("Tab")
        self.page.locator(f'#picking li:not([hidden]) img[src*="/{kind}?"]').locator("xpath=ancestor::button").focus()
        self.page.keyboard.press("Enter")
        self.until(lambda: len(self.slides) == before + 1)
        self.one.until("kind => document.querySelector('.form-place')?.dataset.kind === kind", kind)
        self.settled()
