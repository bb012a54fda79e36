"""Decks of all kinds of slides in scripts that are shaped, and with two scripts mixed: fit, read, copied, and sound."""

from __future__ import annotations

from pathlib import Path

import pptx
import pytest

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.theme.pack import read_theme
from generated import write_generated
from set_in_script import deck_faults, document_faults, one_line_texts, validator_faults
from tools import arrange, build_files, need, slides_to_pdf

# A language of each way of writing, in one of the themes each, every kind of slide in two or three of them: benchmarks/scripts.py
# builds all in all. The template is python-pptx's own, a master as plain as they come.
CASES = [
    ("ar", "spruce", False),
    ("ur", "broadsheet", False),
    ("hi", "beacon", False),
    ("th", "slate", False),
    ("my", "spruce", False),
    ("he", "beacon", True),
    ("ar", "template", False),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(map(str, case)))
def test_programs_of_others_find_nothing_wrong(case: tuple[str, str, bool], tmp_path: Path) -> None:
    need("soffice")
    language, theme, mixed = case
    theme = str(pack(tmp_path / "template")) if theme == "template" else theme
    source = write_generated(tmp_path / "deck", "kinds", language, mixed, slice(CASES.index(case) % 3, None, 3))
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
