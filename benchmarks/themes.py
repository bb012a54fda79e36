"""What a second, a third and a fifth theme cost: the whole command, timed.

    python benchmarks/themes.py [DECK]

Five themes are built in one go of the shipped ones and a copy; the files they share are read, and pictures
prepared, once. Prints the median of several runs, in seconds.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
THEMES = ("spruce", "slate", "broadsheet", "beacon")
RUNS = 5


def main() -> None:
    os.environ["DECKBUILDER_CACHE"] = "off"  # each build is a whole one
    deck = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "content" / "train-the-trainer"
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        shutil.copytree(ROOT / "themes" / "spruce", folder / "fifth")
        five = [*THEMES, str(folder / "fifth")]
        timed(deck, five[:1], folder)  # warms caches
        once = median(deck, five[:1], folder)
        together = median(deck, five, folder)
    print(f"{deck.name}: one theme {once:.2f} s, five themes {together:.2f} s: {together / once:.2f} times")
    sys.exit(together >= 3 * once)


def median(deck: Path, themes: list[str], folder: Path) -> float:
    return statistics.median(timed(deck, themes, folder) for _ in range(RUNS))


def timed(deck: Path, themes: list[str], folder: Path) -> float:
    options = [part for theme in themes for part in ("--theme", theme)]
    command = [sys.executable, "-m", "deckbuilder", "build", str(deck), "--output", str(folder / "out"), *options]
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
