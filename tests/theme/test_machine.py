"""Letters that only fonts of the machine have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from deckbuilder import api
from deckbuilder.theme import machine
from tools import build_files, deck_folder, need, need_folder, run

NOTO = Path("/usr/share/fonts/truetype/noto")  # Debian's fonts-noto-core
WORDS = {"NotoSansSyriac": "ܫܠܡܐ ܥܠܟܘܢ", "NotoSansMandaic": "ࡌࡀࡍࡃ", "NotoSansCherokee": "ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ"}


@pytest.fixture
def fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder that is all that the machine has."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    monkeypatch.setattr(machine, "_folders", lambda: [folder])
    machine._files.cache_clear()
    yield folder
    machine._files.cache_clear()


def deck(folder: Path) -> Path:
    slides = ({"kind": "statement", "title": family, "statement": words} for family, words in WORDS.items())
    return deck_folder(folder, *slides, default_minutes=1)


def test_they_are_set_with_them_and_copied(fonts: Path, tmp_path: Path) -> None:
    for family in WORDS:
        (fonts / f"{family}-Regular.ttf").symlink_to(need_folder(NOTO) / f"{family}-Regular.ttf")
    source = deck(tmp_path / "deck")
    built = build_files(tmp_path / "out", source)
    copied = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(built.handout))
    for words in WORDS.values():
        assert words in copied
    used = run(need("pdffonts"), built.handout)
    assert all(family in used for family in WORDS)


def test_they_are_among_what_a_build_depends_on(fonts: Path, tmp_path: Path) -> None:
    file = fonts / "NotoSansSyriac-Regular.ttf"
    file.symlink_to(need_folder(NOTO) / file.name)
    slide = {"kind": "statement", "title": "One", "statement": WORDS["NotoSansSyriac"]}
    result = api.build(deck_folder(tmp_path / "deck", slide, default_minutes=1), output=tmp_path / "out")
    assert file in result.inputs


def test_without_them_the_message_names_the_file(fonts: Path, tmp_path: Path) -> None:
    found = api.check(deck(tmp_path / "deck")).diagnostics
    hints = [p.hint for p in found if p.code == "no-font-for-character"]
    assert len(hints) == len(WORDS)
    for family, hint in zip(WORDS, hints, strict=True):
        assert hint is not None
        assert hint.startswith(f"install {family}-Regular.ttf on this machine, into ")
