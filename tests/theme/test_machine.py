"""Letters that only fonts of the machine have."""

from __future__ import annotations

import shutil
from contextlib import nullcontext
from pathlib import Path

import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from deckbuilder import api
from deckbuilder.layout.frame import TextItem
from deckbuilder.memory import Memory
from deckbuilder.theme import machine
from tools import build_files, deck_folder, need, need_folder, run

NOTO = Path("/usr/share/fonts/truetype/noto")  # Debian's fonts-noto-core
WORDS = {"NotoSansSyriac": "ܫܠܡܐ ܥܠܟܘܢ", "NotoSansMandaic": "ࡌࡀࡍࡃ", "NotoSansCherokee": "ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ"}


@pytest.fixture
def fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that is all that the machine has."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    monkeypatch.setattr(machine, "_folders", lambda: [folder])
    return folder


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


def widened(source: Path, target: Path) -> None:
    """The font with all its letters half as wide again."""
    font = TTFont(source)
    for name, (advance, side) in font["hmtx"].metrics.items():
        font["hmtx"].metrics[name] = (advance * 3 // 2, side)
    font.save(target)


@pytest.mark.parametrize("keeps", [False, True], ids=["anew", "from memory"])
def test_a_process_that_lives_on_sees_that_they_are_others(fonts: Path, tmp_path: Path, keeps: bool) -> None:
    name, source = "NotoSansSyriac-Regular.ttf", need_folder(NOTO) / "NotoSansSyriac-Regular.ttf"
    slide = {"kind": "statement", "title": "One", "statement": WORDS["NotoSansSyriac"]}
    file = deck_folder(tmp_path / "deck", slide, default_minutes=1)

    def widths() -> list[float]:
        arranged = api.arrange(api.read(file))
        items = [item for frame in arranged.frames for item in frame.items if isinstance(item, TextItem)]
        lines = [line for item in items for one in item.text.paragraphs for line in one.lines]
        return [segment.width for line in lines for segment in line.segments if segment.text.strip()[0] > "\u0700"]

    with Memory().used() if keeps else nullcontext():
        with pytest.raises(api.DeckError, match="no font"):
            widths()
        shutil.copy(source, fonts / name)
        first = widths()
        widened(source, fonts / name)
        second = widths()
        shutil.copy(source, fonts / name)
        assert widths() == first
        assert second == [pytest.approx(1.5 * width, rel=0.01) for width in first]
        (fonts / name).unlink()
        with pytest.raises(api.DeckError, match="no font"):
            widths()
