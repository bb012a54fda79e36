"""What checking a deck costs beyond reading and arranging it, in seconds of processor time.

    python benchmarks/checks.py [DECK]

The deck is cut down to its first 41 slides. Each number is the least of five.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from deckbuilder import pipeline
from deckbuilder.arrangement import Order
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.source import Inputs

SLIDES = 41
TIMES = 5
DECK = Path(__file__).parents[1] / "content" / "harm-reduction"


def cut(deck: Path, folder: Path) -> Path:
    """The deck's first slides, in a folder of its own."""
    shutil.copytree(deck, folder)
    data = yaml.safe_load((folder / "deck.yaml").read_text("utf-8"))
    left = SLIDES
    for section in data["sections"]:
        section["slides"] = section["slides"][:left]
        left -= len(section["slides"])
    data["sections"] = [section for section in data["sections"] if section["slides"]]
    (folder / "deck.yaml").write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    return folder


def least(work: Callable[[], object]) -> float:
    def once() -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    work()  # imports, fonts, caches
    return min(once() for _ in range(TIMES))


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = cut(Path(sys.argv[1]) if len(sys.argv) > 1 else DECK, Path(scratch) / "deck")
        session = folder / "session.yaml"
        order = Order(folder, session=session if session.exists() else None, today=dt.date(2027, 1, 1))
        arranged = least(lambda: pipeline.prepare(order, Diagnostics()))
        whole = least(lambda: pipeline.examine(order, Inputs()))
    print(f"reading, arranging, documents checked  {arranged:6.2f} s")
    print(f"all of check beyond that, pages set    {whole - arranged:6.2f} s")


if __name__ == "__main__":
    main()
