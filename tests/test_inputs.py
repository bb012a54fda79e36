"""What a build says that it read is what it read: no file less, none more, and each of them matters."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pptx
import pytest

import deckbuilder
from deckbuilder.theme.fonts import FONT_FOLDER
from tools import DECKS, SOURCES

BRAND = """\
meta: {name: Harbour}
logo: {medium: {light: logo.svg, dark: pale.svg}}
color: {primary: "#14304F"}
typography:
  fonts:
    - family: Harbour
      source: file
      files: [{path: fonts/Harbour.ttf}, {path: fonts/Harbour-Bold.ttf, weight: bold}]
  base: Harbour
  headings: Calibri
defaults:
  deckbuilder:
    partners: [partner.png]
    vocabulary: words
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50"><path d="M0 0h200v50H0z" fill="#123456"/></svg>'
TERMS = "terms:\n  - {pattern: utilise, preferred: use}\n"
# Reads and builds as any program does, in one process, and tells which files were opened for reading.
SPY = """
import json, os, sys
from pathlib import Path
opened = set()
def hook(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)) and not arguments[2] & (os.O_WRONLY | os.O_RDWR):
        opened.add(os.path.abspath(os.fsdecode(arguments[0])))
sys.addaudithook(hook)
if hasattr(os, "sched_setaffinity"):  # the deck is then written by this process as well
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
import deckbuilder
deck, session, theme, output = sys.argv[1:]
built = deckbuilder.build(deck, session=session or None, theme=theme, output=output)
print(json.dumps({"opened": sorted(opened), "inputs": sorted(map(str, built.inputs))}))
"""


def pack(folder: Path) -> Path:
    """A theme pack that has everything a pack can have, but for a corporate template."""
    (folder / "fonts").mkdir(parents=True)
    (folder / "_brand.yml").write_text(BRAND, "utf-8")
    for name in ("logo", "pale"):
        (folder / f"{name}.svg").write_text(SVG, "utf-8")
    shutil.copy(SOURCES["every-kind"][0] / "pictures/shapes.png", folder / "partner.png")
    for name in ("Regular", "Bold"):
        file = folder / "fonts" / f"Harbour{'-Bold' if name == 'Bold' else ''}.ttf"
        shutil.copy(FONT_FOLDER / f"Gelasio-{name}.ttf", file)
    (folder / "words.yaml").write_text(TERMS, "utf-8")
    (folder / "templates").mkdir()
    (folder / "templates/macros.xml").write_bytes(_template("macros"))
    return folder


def corporate(folder: Path) -> Path:
    """A theme pack on a corporate template."""
    folder.mkdir()
    (folder / "_brand.yml").write_text("defaults: {deckbuilder: {template: brand.pptx}}\n", "utf-8")
    shutil.copy(Path(pptx.__file__).parent / "templates/default.pptx", folder / "brand.pptx")
    return folder


def _template(name: str) -> bytes:
    from deckbuilder.outputs.markup.templating import BUILT_IN

    return (BUILT_IN / f"{name}.xml").read_bytes()


def source(name: str, folder: Path) -> tuple[Path, Path | None]:
    """A copy of a deck, with a vocabulary list and a template of its own, and its session."""
    deck, session = SOURCES[name]
    shutil.copytree(deck, folder)
    (folder / "templates").mkdir()
    (folder / "templates/handout.xml").write_bytes(
        b"{% set own %}{% include 'parts/own.xml' %}{% endset %}" + _template("handout")
    )
    (folder / "templates/parts").mkdir()
    (folder / "templates/parts/own.xml").write_text("<p>Ours</p>", "utf-8")
    (folder / "own.yml").write_text(TERMS, "utf-8")
    text = (folder / "deck.yaml").read_text("utf-8")
    (folder / "deck.yaml").write_text(
        text.replace("vocabulary: person-first\n", "") + "\nvocabulary: [own, person-first]\n", "utf-8"
    )
    return folder, folder / session.name if session else None


@pytest.mark.parametrize("name", DECKS)
@pytest.mark.parametrize("theme", [pack, corporate])
def test_inputs_are_the_files_that_are_opened(name: str, theme: object, tmp_path: Path) -> None:
    assert callable(theme)
    folders = (tmp_path / "deck", tmp_path / "harbour")
    deck, session = source(name, folders[0])
    theme(folders[1])
    command = [sys.executable, "-c", SPY, str(deck), str(session or ""), str(folders[1]), str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    opened = [file for file in told["opened"] if any(Path(file).is_relative_to(folder) for folder in folders)]
    inputs = [file for file in told["inputs"] if any(Path(file).is_relative_to(folder) for folder in folders)]
    assert inputs == opened
    referred = [
        p for p in deck.rglob("*") if p.is_file() and p.parent.name in ("pictures", "data", "templates", "parts")
    ]
    assert {str(p) for p in referred} <= set(inputs)
    others = {os.path.basename(file) for file in set(told["inputs"]) - set(inputs)}
    assert others == {"person-first.yaml"}  # it comes along


@pytest.mark.parametrize("theme", [pack, corporate])
def test_each_input_matters(theme: object, tmp_path: Path) -> None:
    """A file that nobody can read changes what is said; so each input was really read."""
    assert callable(theme)
    deck, session = source("every-kind", tmp_path / "deck")
    folder = str(theme(tmp_path / "harbour"))

    def look() -> tuple[deckbuilder.Diagnostic, ...]:
        try:
            built = deckbuilder.build(deck, session=session, theme=folder, only=["handout"], output=tmp_path / "out")
        except deckbuilder.DeckError as error:
            return tuple(error.diagnostics)
        return built.diagnostics

    before = look()
    inputs = deckbuilder.check(deck, session=session, theme=folder).inputs
    inside = [file for file in inputs if file.is_relative_to(tmp_path)]
    assert len(inside) > 8
    for file in inside:
        kept = file.read_bytes()
        file.write_bytes(b"\xff\x00{%")
        assert look() != before, f"{file} can be anything"
        file.write_bytes(kept)
    assert look() == before
