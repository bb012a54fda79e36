"""A process that lives on: builds leave nothing behind that another one could see."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from reportlab import rl_config

import deckbuilder
from deckbuilder.theme.fonts import FONT_FOLDER
from test_inputs import pack
from tools import SOURCES, deck_folder


def build(theme: Path, output: Path) -> dict[str, bytes]:
    """The files' bytes of every kind of slide in a theme, by their names."""
    deck, session = SOURCES["every-kind"]
    built = deckbuilder.build(deck, session=session, theme=str(theme), output=output)
    return {file.name: file.read_bytes() for file in built.files}


def set_in(theme: Path, font: str) -> None:
    """Puts another font into the files of the pack's own."""
    for name, style in (("Harbour", "Regular"), ("Harbour-Bold", "Bold")):
        shutil.copy(FONT_FOLDER / f"{font}-{style}.ttf", theme / "fonts" / f"{name}.ttf")


@pytest.mark.parametrize("place", ["the same folder", "another folder"])
def test_another_font_under_the_same_name_leaves_no_trace(tmp_path: Path, place: str) -> None:
    one = pack(tmp_path / "one" / "harbour")
    other = one if place == "the same folder" else pack(tmp_path / "two" / "harbour")
    first = build(one, tmp_path / "out")
    set_in(other, "LiberationSans")
    second = build(other, tmp_path / "out")
    set_in(other, "Gelasio")
    third = build(one, tmp_path / "out")
    assert first == third
    assert {name for name in first if first[name] != second[name]} == set(first)
    for name in first:
        if name.endswith(".pdf"):
            assert b"Gelasio" in first[name]
            assert b"LiberationSans" in second[name]


def test_a_font_that_changes_while_it_is_used_is_drawn_as_it_was_measured(tmp_path: Path) -> None:
    theme = pack(tmp_path / "harbour")
    expected = build(theme, tmp_path / "out")
    deck, session = SOURCES["every-kind"]

    def replace(step: str) -> None:
        if step.startswith("Writing"):
            set_in(theme, "LiberationSans")

    built = deckbuilder.build(deck, session=session, theme=str(theme), output=tmp_path / "out", progress=replace)
    made = {file.name: file.read_bytes() for file in built.files}
    assert [name for name in made if made[name] != expected[name]] == []


def state() -> tuple[dict[str, str], dict[str, Any]]:
    """The environment, and ReportLab's settings."""
    settings = {name: value for name, value in vars(rl_config).items() if not name.startswith("__")}
    return dict(os.environ), settings


@pytest.mark.parametrize("epoch", [None, "1700000000"])
def test_environment_and_settings_are_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, epoch: str | None
) -> None:
    if epoch:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    else:
        monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    theme = pack(tmp_path / "harbour")
    before = state()
    build(theme, tmp_path / "out")
    assert state() == before
    (theme / "templates/guide.xml").write_text("<guide>{{ nothing }}</guide>", "utf-8")
    with pytest.raises(deckbuilder.DeckError):
        build(theme, tmp_path / "out")
    assert state() == before
    (theme / "templates/guide.xml").unlink()
    with monkeypatch.context() as patch:
        # A document that breaks off while its pages are set.
        patch.setattr("deckbuilder.outputs.pages.document._Document.build", failing)
        with pytest.raises(ArithmeticError):
            build(theme, tmp_path / "out")
    assert state() == before


def failing(*_: object, **__: object) -> None:
    raise ArithmeticError


def test_what_is_remembered_does_not_grow_with_looks_at_the_same_deck(tmp_path: Path) -> None:
    source = deck_folder(tmp_path / "deck", {"kind": "statement", "title": "T", "minutes": 1, "statement": "S"})
    memory = deckbuilder.Memory()
    kept = []
    for _ in range(3):
        with memory.used():
            deckbuilder.check(source)
        kept.append(len(memory))
    assert kept[0] > 1
    assert kept == kept[:1] * 3
