"""Decks of every kind of slide in scripts that are shaped, and with two scripts mixed: fit, read, copied, and sound."""

from __future__ import annotations

from pathlib import Path

import pptx
import pytest

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.theme.pack import read_theme
from generated import write_generated
from scripts import WORDS
from set_in_script import deck_faults, document_faults, one_line_texts, validator_faults
from tools import arrange, build_files, need, slides_to_pdf

THEMES = ("spruce", "beacon", "slate", "broadsheet")
# Each language in one of the themes; benchmarks/scripts.py builds it in all of them.
ALONE = [(language, THEMES[n % 4], False) for n, language in enumerate(WORDS)]
BRANDED = [("ar", "template", False), ("hi", "template", False)]  # that of python-pptx, a master as plain as they come
MIXED = [("he", "beacon", True), ("ar", "spruce", True), ("hi", "slate", True)]


@pytest.mark.parametrize(("language", "theme", "mixed"), [*ALONE, *BRANDED, *MIXED])
def test_programs_of_others_find_nothing_wrong(language: str, theme: str, mixed: bool, tmp_path: Path) -> None:
    need("soffice")
    theme = str(pack(tmp_path / "template")) if theme == "template" else theme
    source = write_generated(tmp_path / "deck", "kinds", language, mixed)
    built = build_files(tmp_path / "out", source, themes=(theme,))
    frames = arrange(source, theme=read_theme(theme, Diagnostics())).frames
    assert list(deck_faults(frames, built.deck, slides_to_pdf(built.deck, tmp_path / "shown"))) == []
    assert list(document_faults(built.documents, one_line_texts(source))) == []
    assert list(validator_faults(built.deck, built.documents)) == []


def pack(folder: Path) -> Path:
    """A theme pack on python-pptx's own template."""
    folder.mkdir()
    pptx.Presentation().save(str(folder / "brand.pptx"))
    (folder / "_brand.yml").write_text("defaults: {deckbuilder: {template: brand.pptx}}\n", encoding="utf-8")
    return folder
