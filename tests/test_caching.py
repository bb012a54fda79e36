"""What is kept on disk from one build to the next: the same bytes with it and without it, whatever became of it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from PIL import Image

from deckbuilder import caching
from deckbuilder.api import Built, build
from deckbuilder.content.printing import PrintSettings
from deckbuilder.outputs import images
from deckbuilder.outputs.pages import grey
from deckbuilder.reading import drawings, rasters

DECK = """\
title: Small
sections:
  - title: S
    slides:
      - {kind: picture, minutes: 1, title: Photo, picture: {file: a.jpg, alt: A grey square.}}
      - {kind: picture, minutes: 1, title: Frames, picture: {file: b.gif, alt: A square.}}
      - {kind: picture, minutes: 1, title: Drawn, picture: {file: c.svg, alt: A ring.}}
      - {kind: picture, minutes: 1, title: Rendered, picture: {file: d.svg, alt: A blur.}}
      - {kind: resource, minutes: 1, title: R, name: A name, text: Words., links: [{text: A, url: https://example.org/a}]}
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 60">{}<circle cx="40" cy="30" r="20" {}/></svg>'
GREY = PrintSettings(grayscale=True)
BLUR = '<filter id="f"><feGaussianBlur stdDeviation="4"/></filter>'


@pytest.fixture
def deck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deck that shows all that is kept."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "deck.yaml").write_text(DECK, "utf-8")
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.effect_noise((1200, 1600), 60).convert("RGB").save(folder / "a.jpg", exif=exif)
    frames = [Image.new("RGB", (90, 60), shade) for shade in ("navy", "olive")]
    frames[0].save(folder / "b.gif", save_all=True, append_images=frames[1:])
    (folder / "c.svg").write_text(SVG.format("", 'stroke="navy" fill="none"'), "utf-8")
    (folder / "d.svg").write_text(SVG.format(BLUR, 'fill="navy" filter="url(#f)"'), "utf-8")
    return folder


def made(deck: Path, kept: str | Path, monkeypatch: pytest.MonkeyPatch) -> Built:
    monkeypatch.setenv("DECKBUILDER_CACHE", str(kept))
    return build(deck, output=deck.parent / "out", theme="spruce", only=("deck", "guide"), printing=GREY)


def bytes_of(built: Built) -> list[bytes]:
    return [file.read_bytes() for file in built.files]


def test_what_is_kept_changes_no_byte_and_is_not_made_again(
    deck: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = made(deck, "off", monkeypatch)
    plain = bytes_of(without)
    assert "picture-first-only" in {one.code for one in without.diagnostics}
    assert bytes_of(made(deck, tmp_path / "cache", monkeypatch)) == plain
    kept = sorted((tmp_path / "cache" / "made").iterdir())
    assert len(kept) > 6

    def never(*_: object, **__: object) -> None:
        raise AssertionError("made again")

    with monkeypatch.context() as patched:
        for room, name in (
            (images, "render"),
            (images, "_scaled"),
            (grey, "_without_colour"),
            (drawings, "read_drawing"),
            (rasters, "read_raster"),
        ):
            patched.setattr(room, name, never)
        again = made(deck, tmp_path / "cache", patched)
    assert bytes_of(again) == plain
    assert again.diagnostics == without.diagnostics, "what was said of a file is said again"
    for file in kept:  # cut off, empty, of somebody else: each is made anew
        file.write_bytes(file.read_bytes()[: -len(file.name) // 3] if file != kept[0] else b"")
    kept[1].write_bytes(b"x" * 40)
    assert bytes_of(made(deck, tmp_path / "cache", monkeypatch)) == plain


def test_a_folder_that_cannot_be_written_costs_nothing_else(
    deck: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    assert made(deck, tmp_path / "file", monkeypatch).files


def test_what_nobody_used_for_long_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECKBUILDER_CACHE", str(tmp_path))
    monkeypatch.setattr(caching, "_MOST_BYTES", 500)
    monkeypatch.setattr(caching, "_EACH", 1)
    for number in range(4):
        assert caching.kept(b"%d" % number, "x", lambda: bytes(100)) == bytes(100)
    files = sorted((tmp_path / "made").iterdir(), key=lambda file: file.stat().st_mtime_ns)
    assert len(files) == 3
    old = time.time() - 200_000
    for file in files:
        os.utime(file, (old, old))
    (tmp_path / "made" / "left.part").touch()
    os.utime(tmp_path / "made" / "left.part", (old, old))
    used = caching.kept(b"3", "x", lambda: b"")  # and so is not the oldest any more
    assert used == bytes(100)
    for number in range(5, 7):
        caching.kept(b"%d" % number, "x", lambda: bytes(100))
    assert caching.kept(b"3", "x", lambda: b"") == bytes(100)
    assert not (tmp_path / "made" / "left.part").exists()


def test_another_program_or_place_is_another_thing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECKBUILDER_CACHE", str(tmp_path))
    assert caching.kept(b"a", "x", lambda: b"1") == b"1"
    assert caching.kept(b"a", "y", lambda: b"2") == b"2"
    assert caching.kept(b"b", "x", lambda: b"3") == b"3"
    monkeypatch.setattr(caching, "program", lambda: ("another",))
    assert caching.kept(b"a", "x", lambda: b"4") == b"4"
