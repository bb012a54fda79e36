"""Builds decks of far too much of everything in each script that is shaped, and lets other programs judge them.

python benchmarks/scripts.py [--language TAG]... [--theme NAME]... [--deck NAME]... [--mixed] [--keep FOLDER]

A generated deck with a slide of each kind, or `--deck` another one, is built in each language and theme, with all outputs; where
`--mixed`, a fifth of its words is English. LibreOffice shows the deck with the fonts that come along: letters that are missing,
words beyond their boxes, lines that were not counted. The validators judge deck and documents; poppler tells what is read and
copied. A theme may be a pack's folder. Exits with 1 where something was found.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from deckbuilder.diagnostics import DeckError, Diagnostics
from deckbuilder.theme.pack import read_theme
from generated import NAMES, write_generated
from scripts import WORDS
from set_in_script import deck_faults, document_faults, one_line_texts, validator_faults
from tools import arrange, build_files, slides_to_pdf

THEMES = ("spruce", "beacon", "slate", "broadsheet")


def faults(language: str, name: str, theme: str, mixed: bool, folder: Path) -> Iterator[str]:
    """What is wrong with one deck in one theme."""
    source = write_generated(folder / "deck", name, language, mixed)
    try:
        built = build_files(folder / "out", source, themes=(theme,))
    except DeckError as error:
        yield from map(str, (d for d in error.diagnostics if d.severity.value == "error"))
        return
    frames = arrange(source, theme=read_theme(theme, Diagnostics())).frames
    yield from deck_faults(frames, built.deck, slides_to_pdf(built.deck, folder / "shown"))
    yield from document_faults(built.documents, one_line_texts(source))
    yield from validator_faults(built.deck, built.documents)


def main() -> int:
    """Prints each deck's faults, and how many there are in all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", action="append", choices=sorted(WORDS))
    parser.add_argument("--theme", action="append")
    parser.add_argument("--deck", action="append", choices=NAMES)
    parser.add_argument("--mixed", action="store_true")
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    count = 0
    with TemporaryDirectory() as scratch:
        for language in given.language or WORDS:
            for name in given.deck or ["kinds"]:
                for theme in given.theme or THEMES:
                    start = time.monotonic()
                    kind = f"{language}{'-mixed' if given.mixed else ''}-{name}-{Path(theme).name}"
                    found = list(faults(language, name, theme, given.mixed, (given.keep or Path(scratch)) / kind))
                    count += len(found)
                    print(f"{kind}: {len(found)} faults, {time.monotonic() - start:.0f} s", flush=True)
                    for fault in found[:20]:
                        print(f"    {fault}", flush=True)
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
