"""A training is seen as it will be printed, and stays up to date, whoever writes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deckbuilder.scaffold import make_deck
from tools import REPOSITORY

# Browsers have a pace of their own: what fails once and holds when it is tried again is told as such.
pytestmark = [pytest.mark.slow, pytest.mark.flaky(reruns=2)]


def sources(page: Any) -> dict[str, str]:
    """The picture of each slide in the list."""
    found = page.eval_on_selector_all(
        ".thumb", "all => all.map(one => [one.dataset.slide, one.querySelector('img').getAttribute('src')])"
    )
    return dict(found)


def test_a_training_is_seen_and_stays_up_to_date(tmp_path: Path, studio: Any, watched: Callable[..., Any]) -> None:
    deck = tmp_path / "my-training"
    make_deck(deck)
    file = deck / "deck.yaml"
    one = watched(studio.address)
    one.open(deck)
    page = one.page
    page.wait_for_selector(".thumb[aria-current]")
    assert page.title().startswith("My first training")
    assert "key=" not in page.url
    page.wait_for_selector("#state.good", timeout=30_000)
    assert one.axe() == []

    # The second slide is looked at, and written by another program.
    page.keyboard.press("ArrowRight")
    one.until("document.querySelector('.place strong').textContent.startsWith('Slide 2')")
    before, second = sources(page), page.get_attribute(".thumb[aria-current]", "data-slide")
    text = file.read_text("utf-8")
    title = next(line for line in text.split("\n") if "title:" in line and line.startswith("      "))
    file.write_text(text.replace(title, f"{title.split('title:')[0]}title: Said in another way", 1), "utf-8")
    one.until("document.querySelector('#sections').textContent.includes('Said in another way')")
    after = sources(page)
    changed = [name for name in after if after[name] not in before.values()]
    assert 1 <= len(changed) <= 3  # the slide, and an agenda where it is named
    assert page.text_content("#live").strip()
    assert page.get_attribute(".thumb[aria-current]", "data-slide") in {second, *changed}

    # Broken: what was there stays, and says that it is old.
    good = file.read_text("utf-8")
    file.write_text(good.replace("kind: points", "kind: pionts", 1), "utf-8")
    page.wait_for_selector("#old:not([hidden])")
    assert sources(page) == after
    page.click("#old button")
    assert "pionts" in page.text_content("#findings")
    assert one.axe() == []
    file.write_text(good, "utf-8")
    page.wait_for_selector("#old", state="hidden")
    one.until("document.querySelector('#state.good') !== null")
    documents(one)
    another_theme(one)


def documents(one: Any) -> None:
    """The documents, as they will be printed, at the page of the slide that is looked at."""
    page = one.page
    page.click("#tab-handout")
    page.wait_for_selector("#handout-1 img")
    one.until("document.querySelector('#handout-1 img').naturalWidth > 500")
    assert one.axe() == []
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#guide-1 img")
    page.locator("#guide-1").get_by_text("As text").click()
    page.wait_for_selector("#guide-1 .words")
    assert "My first training" in page.text_content("#guide-1 .words")


def another_theme(one: Any) -> None:
    """In another theme the slide stays, and looks otherwise."""
    page = one.page
    page.click("#tab-slides")
    here, picture = page.text_content(".place strong"), page.get_attribute(".slide-picture", "src")
    page.click("#show-look")
    page.wait_for_selector("#theme option[value=slate]", state="attached")
    page.select_option("#theme", "slate")
    one.until("before => document.querySelector('.slide-picture').getAttribute('src') !== before", picture)
    assert page.text_content(".place strong") == here
    assert one.axe() == []


def test_the_start_page_makes_trainings_and_finds_them_again(studio: Any, watched: Callable[..., Any]) -> None:
    one = watched(studio.address, viewport={"width": 360, "height": 740}, color_scheme="dark", locale="de-DE")
    page = one.page
    assert page.get_attribute("html", "lang") == "de"
    assert one.axe() == []
    page.fill("#new-name", "Erste Hilfe für Kinder")
    page.click("#choose-folder")
    page.wait_for_selector("#folders[open]")
    assert one.axe() == []
    page.click("#folders .primary")
    page.click("#new .primary")
    page.wait_for_selector(".thumb[aria-current]", state="attached", timeout=30_000)
    assert (studio.folder / "erste-hilfe-fur-kinder/deck.yaml").is_file()
    assert page.text_content("#title") == "Erste Hilfe für Kinder"
    page.wait_for_selector("#state.good", timeout=30_000)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert one.axe() == []
    page.click("#show-list")
    page.wait_for_selector(".thumb", state="visible")
    assert one.axe() == []
    page.keyboard.press("Escape")
    page.goto(page.url.split("/t/")[0])
    page.select_option("#language", "fr")
    page.wait_for_selector("html[lang=fr]")
    page.wait_for_load_state()  # before that nothing answers a click
    page.click(".recent .card")
    page.wait_for_selector(".thumb[aria-current]", state="attached")
    assert "Diapositives" in page.text_content(".tabs")


def test_300_slides_are_asked_for_as_they_come_into_view(
    tmp_path: Path, studio: Any, watched: Callable[..., Any]
) -> None:
    deck = tmp_path / "many"
    make_deck(deck)
    file = deck / "deck.yaml"
    slides = "".join(f"  - {{kind: statement, id: s{n}, title: No. {n}, statement: This is {n}}}\n" for n in range(300))
    file.write_text(f"title: Many\nlanguage: en\nsections:\n- title: All\n  slides:\n{slides}", "utf-8")
    one = watched(studio.address)
    page, asked = one.page, []
    page.on("request", lambda request: "/slide/" in request.url and asked.append(request.url))
    one.open(deck)
    one.until("document.querySelectorAll('.thumb').length === 300")
    page.wait_for_selector(".thumb[aria-current] img")
    one.until("document.querySelector('.thumb[aria-current] img').naturalWidth > 0")
    assert 0 < len(asked) < 60
    page.keyboard.press("End")
    one.until("document.querySelector('.thumb[aria-current]')?.dataset.slide === 's299'")
    one.until("document.querySelector('.thumb[aria-current] img').naturalWidth > 0")
    assert len(asked) < 120
    before = sources(page)
    page.locator('.form-place [data-path="statement"] textarea').fill("The last of many")
    one.until("old => document.querySelector('[data-slide=s299] img').getAttribute('src') !== old", before["s299"])
    after = sources(page)
    assert [name for name in after if after[name] != before[name]] == ["s299"]
    assert len(asked) < 130


def test_every_text_on_a_small_slide_can_be_touched(studio: Any, watched: Callable[..., Any]) -> None:
    """On a telephone, in each shipped deck."""
    one = watched(studio.address, viewport={"width": 360, "height": 740})
    for name in ("safe-food", "harm-reduction", "train-the-trainer"):
        one.open(REPOSITORY / "content" / name)
        one.page.wait_for_selector(".spot")
        assert one.axe() == [], name


def test_an_editor_is_opened_at_what_is_clicked(
    tmp_path: Path, started: Callable[..., Any], watched: Callable[..., Any]
) -> None:
    """While the training is changed on the page, too."""
    deck = tmp_path / "my-training"
    make_deck(deck)
    one = watched(started(deck, "--editor", "#{file}:{line}:{column}").address)
    one.page.wait_for_selector(".spot")
    one.page.wait_for_selector(".form .entry")
    one.page.locator(".spot").first.click()
    one.until("decodeURI(location.hash).match(/deck[.]yaml:[0-9]+:[0-9]+$/)")


@pytest.mark.parametrize("language", ["en-GB", "de-DE", "es-ES", "fr-FR"])
def test_nothing_in_the_bar_lies_on_anything_else(
    studio: Any, watched: Callable[..., Any], tmp_path: Path, language: str
) -> None:
    make_deck(tmp_path / "t")
    one = watched(studio.address, locale=language)
    one.open(tmp_path / "t")
    one.page.wait_for_selector(".form .entry")
    boxes = """() => [...document.querySelectorAll(".bar .bar-start, .bar .tabs, .bar .bar-end > *")]
        .map(one => one.getBoundingClientRect())
        .filter(box => box.width).map(box => [box.left, box.top, box.right, box.bottom])"""
    for width in (360, 700, 880, 921, 1024, 1101, 1280, 1301, 1440):
        one.page.set_viewport_size({"width": width, "height": 740})
        found = one.page.evaluate(boxes)
        assert all(box[0] >= 0 and box[2] <= width + 0.5 for box in found), (width, found)
        for n, (left, top, right, bottom) in enumerate(found):
            for other in found[n + 1 :]:
                apart = (
                    other[0] >= right - 0.5
                    or other[2] <= left + 0.5
                    or other[1] >= bottom - 0.5
                    or other[3] <= top + 0.5
                )
                assert apart, (width, found[n], other)
