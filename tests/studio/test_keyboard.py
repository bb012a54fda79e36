"""A training is made, changed and printed by keys alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

# Browsers have a pace of their own: what fails once and holds when it is tried again is told as such.
pytestmark = [pytest.mark.slow, pytest.mark.flaky(reruns=2)]


class ByKeys:
    """Somebody who has no mouse."""

    def __init__(self, one: Any, deck: Path) -> None:
        self.one, self.page, self.keys, self.deck = one, one.page, one.page.keyboard, deck

    @property
    def slides(self) -> list[Any]:
        found = yaml.load(self.deck.read_text("utf-8"), yaml.CSafeLoader)
        return [slide for section in found["sections"] for slide in section["slides"]]

    def until(self, holds: Callable[[], bool]) -> None:
        """Waits until the file says something, and the page has heard of it."""
        for _ in range(400):
            if holds():
                self.one.until("!document.body.classList.contains('saving')")
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(self.deck.read_text("utf-8"))


def test_keys_alone_do_everything(studio: Any, watched: Callable[..., Any]) -> None:
    for made in ("by-keys", "output/by-keys"):  # by an earlier try
        shutil.rmtree(studio.folder / made, ignore_errors=True)
    one = watched(studio.address)
    someone = ByKeys(one, studio.folder / "by-keys/deck.yaml")
    one.tab_to("#new-name")
    someone.keys.type("By keys")
    one.tab_to("#new .primary")
    someone.keys.press("Enter")
    one.page.wait_for_selector(".form .entry")
    slides_are_changed(someone)
    a_session_is_written(someone)
    sections_are_moved(someone)
    all_of_it_is_seen(someone)
    files_are_made(someone, studio.folder / "output/by-keys")


def slides_are_changed(someone: ByKeys) -> None:
    """Another slide is looked at, and its words; it is moved, and all of that undone."""
    one, keys, deck = someone.one, someone.keys, someone.deck
    before, text = someone.slides, deck.read_text("utf-8")
    one.tab_to(".thumb[aria-current]")
    keys.press("ArrowDown")
    one.until("document.querySelector('.place strong').textContent.startsWith('Slide 2')")
    one.until("document.activeElement.matches('.item:nth-child(2) .thumb[aria-current]')")
    one.until("document.querySelector('.form-place [data-path=title] textarea') !== null")
    one.tab_to(".form-place [data-path=title] textarea")
    keys.press("Control+A")
    keys.type("Written by keys")
    someone.until(lambda: someone.slides[1].get("title") == "Written by keys")
    assert one.axe() == []
    one.until("document.querySelector('#sections').textContent.includes('Written by keys')")
    one.tab_to(".thumb[aria-current]", back=True)
    keys.press("Alt+ArrowDown")
    someone.until(lambda: someone.slides[2].get("title") == "Written by keys")
    one.until("document.activeElement.matches('.thumb[aria-current]')")
    assert "Written by keys" in someone.page.evaluate("document.activeElement.textContent")
    keys.press("Control+z")
    someone.until(lambda: someone.slides[1].get("title") == "Written by keys")
    keys.press("Control+z")
    someone.until(lambda: deck.read_text("utf-8") == text)
    assert someone.slides == before


def a_session_is_written(someone: ByKeys) -> None:
    """What was written in the session's form is undone there."""
    one, keys = someone.one, someone.keys
    session = someone.deck.with_name("session.yaml")
    was = session.read_text("utf-8") if session.exists() else None
    one.tab_to("#time .small:last-child", back=True)
    keys.press("Enter")
    someone.page.wait_for_selector("#forms[open] .form")
    assert one.axe() == []
    one.tab_to("#forms [data-path=place] :is(input, textarea)")
    keys.type("In the hall")
    someone.until(lambda: session.exists() and "In the hall" in session.read_text("utf-8"))
    keys.press("Control+z")
    one.until("!document.querySelector('#forms [data-path=place] :is(input, textarea)').value.includes('hall')")
    assert (session.read_text("utf-8") if session.exists() else None) == was
    keys.press("Escape")
    one.until("document.activeElement.closest('#time') !== null")


def sections_are_moved(someone: ByKeys) -> None:
    """Whoever moves a section by its button can move it on."""
    one, keys = someone.one, someone.keys

    def titles() -> list[str]:
        found = yaml.load(someone.deck.read_text("utf-8"), yaml.CSafeLoader)
        return [section["title"] for section in found["sections"]]

    first, *others = titles()
    one.tab_to(f"[data-tool='{first}\\a ↓']")
    keys.press("Enter")
    someone.until(lambda: titles()[1] == first)
    one.until("name => document.querySelectorAll('.part h2')[1].textContent.startsWith(name)", first)
    one.until("name => document.activeElement.dataset.tool?.startsWith(name)", first)
    keys.press("Control+z")
    someone.until(lambda: titles() == [first, *others])


def all_of_it_is_seen(someone: ByKeys) -> None:
    """What there is to see beside slides."""
    one, keys, page = someone.one, someone.keys, someone.page
    for name in ("show-look", "show-findings"):
        one.tab_to(f"#{name}", back=True)
        if page.get_attribute(f"#{name}", "aria-expanded") == "true":
            keys.press("Enter")
        keys.press("Enter")
        one.until("name => document.getElementById(name).getAttribute('aria-expanded') === 'true'", name)
        assert one.axe() == []
    one.until("document.activeElement.closest('#findings') !== null")
    one.tab_to("[role=tab][aria-selected=true]", back=True)
    for name in ("handout", "guide"):
        keys.press("ArrowRight")
        one.until(
            "name => [...document.querySelectorAll(`[id^=${name}-] img`)].some(one => one.naturalWidth > 500)", name
        )
        assert one.axe() == []


def files_are_made(someone: ByKeys, folder: Path) -> None:
    """Files are made, as `build` makes them, and handed out."""
    one, page, keys = someone.one, someone.page, someone.keys
    one.tab_to("#make")
    keys.press("Enter")
    page.wait_for_selector("#making form")
    assert one.axe() == []
    for name in ("handout", "guide"):
        one.tab_to(f"#making input[value={name}]")
        keys.press("Space")
    one.tab_to("#making .primary")
    keys.press("Enter")
    page.wait_for_selector("#making .made a", timeout=60_000)
    assert one.axe() == []
    one.tab_to("#making .made a")
    with page.expect_download() as download:
        keys.press("Enter")
    assert Path(download.value.path()).read_bytes().startswith(b"PK")
    assert [file.name for file in folder.rglob("*.pptx")] == ["by-keys.pptx"]
    keys.press("Escape")
    one.until("document.activeElement.id === 'make'")
