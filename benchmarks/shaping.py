"""Measures what a deck in Latin letters pays for scripts that have to be shaped.

python benchmarks/shaping.py [--runs 14]

A deck of 41 slides is built as it is, and with everything that looks for such scripts answering at once that there are none;
in turn, each in a process of its own. Both write the same bytes, or this fails. Prints the median of the ratios of their
processor seconds, and fails above 1.03.
"""

from __future__ import annotations

import argparse
import importlib
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from corpus import make
from run import measure

MOST = 1.03
ANSWERS = {
    "is_complex": lambda text: False,
    "complex_script": lambda character: None,
    "leading": lambda text: 0.0,
    "is_unspaced": lambda text: False,
    "follows_on": lambda before, text: False,
    "ordered": lambda lines, words, rtl: lines,
}


def build(deck: Path, output: Path, names: Path, asked: bool) -> None:
    """Builds the deck in this process; with all modules that were needed the first time, so that both import the same."""
    if names.exists():
        for name in names.read_text("utf-8").split():
            importlib.import_module(name)
    if not asked:
        for name in [name for name in sys.modules if name.startswith("deckbuilder.")]:
            for function, answer in ANSWERS.items():
                if callable(getattr(sys.modules[name], function, None)):
                    setattr(sys.modules[name], function, answer)
    import deckbuilder

    deckbuilder.build(deck, output=output)
    if not names.exists():
        names.write_text(" ".join(name for name in sys.modules if name.startswith("deckbuilder.")), "utf-8")


def main() -> int:
    """Prints the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=14)
    parser.add_argument("--one", nargs=4, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        deck, output, names, asked = given.one
        build(Path(deck), Path(output), Path(names), asked == "asked")
        return 0
    os.environ["PYTHONHASHSEED"] = "0"
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        deck, _ = make(place / "deck", 41, 0)
        names = place / "names"
        commands = {
            way: [sys.executable, __file__, "--one", str(deck), str(place / way), str(names), way]
            for way in ("asked", "answered")
        }
        only = sorted(os.sched_getaffinity(0))[:1] if hasattr(os, "sched_getaffinity") else []
        subprocess.run(
            commands["asked"],
            check=True,
            preexec_fn=(lambda: os.sched_setaffinity(0, only))
            if only
            else None,  # all in one process: modules are learnt
        )
        ratios = []
        for turn in range(given.runs + 1):
            ways = list(commands) if turn % 2 else list(commands)[::-1]
            seconds = {way: measure(commands[way], place)[1] for way in ways}
            if turn:  # the first is the warm-up
                ratios.append(seconds["asked"] / seconds["answered"])
        files = [
            {path.relative_to(place / way): path.read_bytes() for path in (place / way).rglob("*") if path.is_file()}
            for way in commands
        ]
        if not files[0] or files[0] != files[1]:
            print("the files differ")
            return 1
    ratio = statistics.median(ratios)
    print(f"{ratio:.3f} times the processor seconds (median of {len(ratios)} pairs), the same bytes")
    return 1 if ratio > MOST else 0


if __name__ == "__main__":
    sys.exit(main())
