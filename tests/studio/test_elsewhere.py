"""What others write into the same files while somebody has a form open: nothing of theirs is overwritten unasked, and nothing
that was typed is lost."""

from __future__ import annotations

import shutil

import pytest

from studio.trainers import Trainer

pytestmark = [pytest.mark.slow, pytest.mark.flaky(reruns=2)]

_TITLE = '.form-place [data-path="title"] textarea, .form-place [data-path="title"] input'
_DIALOG = '#forms [data-path$="{}"] textarea, #forms [data-path$="{}"] input'


def _elsewhere(trainer: Trainer, old: str, new: str) -> None:
    """Another program writes into the deck's file."""
    text = trainer.deck.read_text("utf-8")
    assert old in text
    trainer.deck.write_text(text.replace(old, new), "utf-8")


def _on_closing(trainer: Trainer) -> None:
    """The form of the last slide, which has a title of its own."""
    _elsewhere(trainer, "id: bye", "id: bye\n        title: Goodbye")
    trainer.page.locator(".thumb").last.click()
    trainer.one.until("document.querySelector('.form-place')?.dataset.kind === 'closing'")
    trainer.one.until("name => document.querySelector(name)?.value === 'Goodbye'", _TITLE)


def test_a_field_that_has_the_focus_shows_what_others_wrote(trainer: Trainer) -> None:
    _on_closing(trainer)
    trainer.page.locator(_TITLE).first.focus()
    _elsewhere(trainer, "Goodbye", "So long")
    trainer.one.until("name => document.querySelector(name).value === 'So long'", _TITLE)
    assert trainer.page.evaluate("document.activeElement.closest('[data-path]')?.dataset.path") == "title"
    trainer.page.keyboard.press("End")
    trainer.page.keyboard.type(" then")
    trainer.until(lambda: trainer.slides[-1]["title"] == "So long then")


def test_details_section_and_session_follow_what_others_write(trainer: Trainer) -> None:
    page, one = trainer.page, trainer.one
    page.get_by_role("button", name="Details", exact=True).click()
    page.wait_for_selector("#forms[open]")
    title = _DIALOG.format("title", "title")
    page.locator(title).first.focus()
    _elsewhere(trainer, "title: First aid", "title: First aid for all")
    one.until("name => document.querySelector(name).value === 'First aid for all'", title)
    page.keyboard.press("End")
    page.keyboard.type("!")
    trainer.until(lambda: trainer.says["title"] == "First aid for all!")
    page.keyboard.press("Escape")

    page.get_by_role("button", name="Session", exact=True).click()
    page.wait_for_selector("#forms[open]")
    place = _DIALOG.format("place", "place")
    page.locator(place).first.fill("Room 1")
    trainer.until(lambda: "Room 1" in trainer.session)
    trainer.settled()
    file = trainer.deck.parent / "session.yaml"
    page.locator(place).first.focus()
    file.write_text(file.read_text("utf-8").replace("Room 1", "Room 22"), "utf-8")
    one.until("name => document.querySelector(name)?.value === 'Room 22'", place)
    page.keyboard.press("End")
    page.keyboard.type("b")
    trainer.until(lambda: "Room 22b" in trainer.session)


def test_a_section_is_the_same_where_another_comes_before_it(trainer: Trainer) -> None:
    page, one = trainer.page, trainer.one
    page.locator(".part").last.hover()
    page.get_by_role("button", name="Rename").last.click()
    page.wait_for_selector("#forms[open]")
    title = _DIALOG.format("title", "title")
    one.until("name => document.querySelector(name).value === 'The end'", title)
    _elsewhere(
        trainer,
        "  - title: The end",
        "  - title: Between\n    slides:\n"
        "      - {kind: statement, title: Hm, statement: Hm, minutes: 1}\n\n  - title: The end",
    )
    one.until("() => document.querySelectorAll('.thumb').length === 3")
    page.wait_for_timeout(600)
    page.locator(title).first.fill("The very end")
    trainer.until(lambda: [s["title"] for s in trainer.says["sections"]] == ["Welcome", "Between", "The very end"])


def test_what_is_typed_while_the_file_is_broken_is_written_when_it_is_mended(trainer: Trainer) -> None:
    _on_closing(trainer)
    whole = trainer.deck.read_text("utf-8")
    trainer.deck.write_text(whole + "  broken: [\n", "utf-8")
    trainer.one.until("document.body.textContent.includes('old') || document.querySelector('.broken, .stale') !== null")
    trainer.page.wait_for_timeout(700)
    trainer.page.locator(_TITLE).first.fill("Written all the same")
    trainer.page.wait_for_timeout(1_200)
    assert "Written all the same" not in trainer.deck.read_text("utf-8")
    trainer.deck.write_text(whole, "utf-8")
    trainer.until(lambda: trainer.slides[-1].get("title") == "Written all the same")
    assert trainer.page.locator(_TITLE).first.input_value() == "Written all the same"


def test_a_folder_in_the_place_of_another_is_seen(trainer: Trainer) -> None:
    folder = trainer.deck.parent
    shutil.copytree(folder, folder.with_name("copy"))
    folder.rename(folder.with_name("away"))
    folder.with_name("copy").rename(folder)
    _elsewhere(trainer, "title: First aid", "title: Second aid")
    trainer.one.until("document.body.textContent.includes('Second aid')")


def test_a_file_that_is_a_list_is_told_in_words(trainer: Trainer) -> None:
    before = trainer.deck.read_text("utf-8")
    trainer.deck.write_text("- a\n- b\n", "utf-8")
    trainer.page.wait_for_timeout(1_500)  # nothing goes wrong on the page, and nothing is a traceback
    trainer.deck.write_text(before, "utf-8")
    trainer.settled()


def test_words_whose_slide_is_gone_are_shown(trainer: Trainer) -> None:
    page, one = trainer.page, trainer.one
    hm = "      - {kind: statement, title: Hm, statement: Hm, minutes: 1}\n"
    _elsewhere(trainer, "  - title: Welcome   # the first\n    slides:\n", f"  - title: Welcome\n    slides:\n{hm}")
    _elsewhere(trainer, "      - kind: closing", f"{hm.replace('Hm', 'Well')}      - kind: closing")
    one.until("() => document.querySelectorAll('.thumb').length === 4")
    _on_closing(trainer)
    page.locator(_TITLE).first.press_sequentially(" and thanks", delay=10)
    text = trainer.deck.read_text("utf-8")
    trainer.deck.write_text(text[: text.index("      - kind: closing")], "utf-8")
    page.wait_for_selector("#asking[open] .versions")
    page.locator("#asking .versions button.primary").first.click()
    page.wait_for_selector("#asking[open] > pre")
    assert "and thanks" in page.locator("#asking > pre").inner_text()
    assert "and thanks" not in trainer.deck.read_text("utf-8")


def test_in_the_text_of_the_file_one_of_two_is_chosen(trainer: Trainer) -> None:
    page, one = trainer.page, trainer.one
    page.get_by_role("button", name="File (YAML)").click()
    page.wait_for_selector(".cm-content")
    one.until("document.querySelector('.cm-content').textContent.includes('First aid')")
    page.get_by_text("title: First aid").first.click()
    page.keyboard.press("End")
    _elsewhere(trainer, "title: First aid", "title: First aid theirs")
    page.keyboard.type(" mine")  # before the page has heard of it
    page.wait_for_selector("#asking[open] .versions")
    says = page.locator("#asking pre").all_inner_texts()
    assert (says[0].strip(), says[1].strip()) == ("title: First aid mine", "title: First aid theirs")
    page.locator("#asking .versions button.primary").click()
    trainer.until(lambda: trainer.says["title"] == "First aid mine")
