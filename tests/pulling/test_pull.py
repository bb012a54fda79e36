"""Changes made in PowerPoint come back into deck.yaml: each to its field, and nothing else."""

from __future__ import annotations

import copy
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pptx
import pytest
import yaml
from pptx.text.text import _Paragraph
from saving import as_google, as_powerpoint, rewritten

import deckbuilder
from deckbuilder.diagnostics import DeckError
from deckbuilder.pulling.pull import Pulled, pull
from tools import SOURCES, Built, need, run


def copied(name: str, tmp_path: Path) -> Path:
    """A deck's folder, to be written into."""
    return Path(shutil.copytree(SOURCES[name][0], tmp_path / name))


def pulled(edited: Path, deck: Path, name: str, **options: object) -> Pulled:
    return pull(edited, deck, session=SOURCES[name][1], **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["safe-food", "every-kind"])
@pytest.mark.parametrize(
    "saved", [lambda _, text: text, as_powerpoint, as_google], ids=["built", "PowerPoint", "Google"]
)
def test_a_save_is_no_edit(
    name: str, saved: Callable[[str, str], str | None], built: Callable[[str], Built], tmp_path: Path
) -> None:
    found = pulled(rewritten(built(name).deck, tmp_path / "saved.pptx", saved), SOURCES[name][0], name)
    assert (found.done, found.left, found.conflicts, found.diff) == ([], [], [], "")


def test_a_save_by_libreoffice_is_no_edit(built: Callable[[str], Built], tmp_path: Path) -> None:
    program = need("soffice")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    form = "pptx:Impress MS PowerPoint 2007 XML"
    run(program, "--headless", profile, "--convert-to", form, "--outdir", tmp_path / "saved", built("safe-food").deck)
    found = pulled(tmp_path / "saved" / "safe-food.pptx", SOURCES["safe-food"][0], "safe-food")
    assert (found.done, found.left, found.conflicts, found.diff) == ([], [], [], "")


def paragraph_with(deck: pptx.presentation.Presentation, words: str, notes: bool = False) -> _Paragraph:
    for slide in deck.slides:
        frames = (
            [slide.notes_slide.notes_text_frame] if notes else [s.text_frame for s in slide.shapes if s.has_text_frame]
        )
        for frame in frames:
            for paragraph in frame.paragraphs:
                if words in "".join(r.text for r in paragraph.runs).replace("\u00a0", " "):
                    return paragraph
    raise AssertionError(words)


def reworded(paragraph: _Paragraph, old: str, new: str) -> None:
    for one in paragraph.runs:
        if old in one.text.replace("\u00a0", " "):
            one.text = one.text.replace("\u00a0", " ").replace(old, new)
            return
    raise AssertionError(old)


def test_edits_come_back_to_their_fields_and_nothing_else_changes(
    built: Callable[[str], Built], tmp_path: Path
) -> None:
    deck = copied("safe-food", tmp_path)
    file = pptx.Presentation(str(built("safe-food").deck))
    reworded(paragraph_with(file, "A fridge with an order"), "an order", "a good order")
    reworded(paragraph_with(file, "the danger zone"), "the danger zone", "where germs grow")
    reworded(paragraph_with(file, "with soap and warm water"), "then dry them on paper", "and dry them on paper")
    reworded(paragraph_with(file, "A flask of warm water", notes=True), "flask", "can")
    last = paragraph_with(file, "off the heat, once")._p
    last.addnext(added := copy.deepcopy(last))
    for one in _Paragraph(added, None).runs[1:]:
        added.remove(one._r)
    _Paragraph(added, None).runs[0].text = "Ask if unsure"
    first = paragraph_with(file, "in the core")._p
    first.getparent().remove(first)
    file.slides[10]._element.set("show", "0")
    ids = file.slides._sldIdLst
    ids.insert(3, ids[5])
    file.save(str(tmp_path / "edited.pptx"))

    found = pulled(tmp_path / "edited.pptx", deck, "safe-food")
    assert (found.left, found.conflicts) == ([], [])
    found.write()
    before, after = (yaml.safe_load(text) for text in (found.before, (deck / "deck.yaml").read_text("utf-8")))
    assert (deck / "deck.yaml.before-pull").read_text("utf-8") == found.before
    old, new = ([s for section in x["sections"] for s in section["slides"]] for x in (before, after))
    moved = old.pop(5)
    old.insert(3, moved)
    assert moved["points"].pop(0).startswith("**75")
    assert moved["points"][1] == "**8 °C to 63 °C**: the danger zone"
    moved["points"][1] = "**8 °C to 63 °C**: where germs grow"
    moved["points"].append("**Ask if unsure**")
    titled = {slide.get("title"): slide for slide in old}
    hands = next(cue for cue in titled["Hands first"]["cues"] if "flask" in cue.get("say", ""))
    hands["say"] = hands["say"].replace("flask", "can")
    assert "[[20 seconds]]" in titled["Hands first"]["text"]  # a gap, which slides show as its words
    titled["Hands first"]["text"] = titled["Hands first"]["text"].replace("then dry them on", "and dry them on")
    titled["A fridge with an order"]["title"] = "A fridge with a good order"
    hidden = next(slide for slide in new if slide.pop("hidden", False))
    assert hidden in old
    assert new == old
    assert [{**x, "sections": None} for x in (after,)] == [{**x, "sections": None} for x in (before,)]
    comments = [line for line in found.before.splitlines() if line.lstrip().startswith("#")]
    assert comments == [line for line in found.after.splitlines() if line.lstrip().startswith("#")]


def test_many_edits_come_back_all_of_them(built: Callable[[str], Built], tmp_path: Path) -> None:
    deck = copied("safe-food", tmp_path)
    file = pptx.Presentation(str(built("safe-food").deck))
    choose, count = random.Random(5), 0
    for slide in file.slides:
        frames = [slide.notes_slide.notes_text_frame] if slide.has_notes_slide else []
        for frame in frames:
            runs = [r for p in frame.paragraphs for r in p.runs if not r.font.bold and len(r.text) > 30]
            for one in choose.sample(runs, min(len(runs), 8)):
                count += 1
                one.text = f"{one.text.rstrip()} edited{count}"
    assert count > 30
    file.save(str(tmp_path / "edited.pptx"))
    found = pulled(tmp_path / "edited.pptx", deck, "safe-food")
    assert (found.left, found.conflicts) == ([], [])
    missing = [n for n in range(1, count + 1) if f"edited{n}" not in found.after]
    assert missing == []
    found.write()
    assert deckbuilder.read(deck, session=SOURCES["safe-food"][1])


def test_what_changed_in_both_is_asked_about(built: Callable[[str], Built], tmp_path: Path) -> None:
    deck = copied("safe-food", tmp_path)
    text = (deck / "deck.yaml").read_text("utf-8")
    (deck / "deck.yaml").write_text(
        text.replace("**8 °C to 63 °C**: the danger zone", "**8 °C to 63 °C**: danger").replace(
            "title: A fridge with an order", "title: The fridge"
        ),
        "utf-8",
    )
    file = pptx.Presentation(str(built("safe-food").deck))
    reworded(paragraph_with(file, "the danger zone"), "the danger zone", "where germs grow")
    file.save(str(tmp_path / "edited.pptx"))
    found = pulled(tmp_path / "edited.pptx", deck, "safe-food")
    assert ["points of 'temperatures' changed in both" in one for one in found.conflicts] == [True]
    assert found.after == found.before
    theirs = pulled(tmp_path / "edited.pptx", deck, "safe-food", prefer="theirs")
    assert "where germs grow" in theirs.after
    assert "title: The fridge" in theirs.after  # what only the deck changed stays


def test_another_deck_is_refused(built: Callable[[str], Built], tmp_path: Path) -> None:
    other = rewritten(built("every-kind").deck, tmp_path / "other.pptx", as_google)
    with pytest.raises(DeckError, match="too few slides"):
        pulled(other, SOURCES["safe-food"][0], "safe-food")
