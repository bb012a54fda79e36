"""How the cost of a deck grows with its slides, beside pandoc on the same text in the same run.

    make curve            or            python benchmarks/curve.py [--sizes 41,300,1000,3000] [--runs 3] [--all]

Every slide has notes, every second one shows one of 24 photographs of 1600 x 1200. The deck alone
is built, cold, as a process of its own; the table gives the median CPU seconds, the milliseconds
a slide, what that is of the 300-slide deck's, and the largest memory of a process. Without pandoc only
deckbuilder's figures are printed; pandoc runs once, since it takes minutes. `--all` builds the
documents as well, and leaves pandoc out.
"""

from __future__ import annotations

import argparse
import compileall
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from corpus import make
from run import measure

_REFERENCE = 300  # the size that others are compared with
_PHOTOGRAPHS = 24


def main() -> None:
    os.environ["DECKBUILDER_CACHE"] = "off"  # each build is a whole one
    os.environ["DECKBUILDER_LARGE"] = "1"  # or decks of 1,000 slides are refused
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="41,300,1000,3000")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--all", action="store_true", help="the deck, its handout and its guide")
    options = parser.parse_args()
    pandoc = None if options.all else shutil.which("pandoc")
    only = [] if options.all else ["--only", "deck"]
    compileall.compile_dir(Path(__import__("deckbuilder").__file__).parent, quiet=1)
    sizes = [int(size) for size in options.sizes.split(",")]
    rows: dict[int, tuple[float, int, float, int]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        for size in sizes:
            folder, markdown = make(Path(temporary) / str(size), size, min(_PHOTOGRAPHS, size // 2), every=2)
            os.chdir(folder)
            out = folder / "out"
            build = [sys.executable, "-m", "deckbuilder", "build", str(folder), *only, "--output", str(out)]
            measure(build, folder)  # warms up
            figures = [measure(build, folder) for _ in range(options.runs)]
            cpu, memory = statistics.median(f[1] for f in figures), max(f[2] for f in figures)
            theirs = (
                measure([pandoc, "-o", str(folder / "pandoc.pptx"), str(markdown)], folder) if pandoc else (0, 0, 0)
            )
            rows[size] = (cpu, memory, theirs[1], theirs[2])
            shutil.rmtree(out)
            print(f"{size} slides measured", file=sys.stderr, flush=True)
    reference = rows[_REFERENCE][0] / _REFERENCE if _REFERENCE in rows else None
    head = ("slides", "cpu s", "ms/slide", "of 300", "MB", "pandoc cpu s", "ms/slide", "MB", "ratio")
    print("{:>7} {:>8} {:>9} {:>7} {:>6}   {:>12} {:>9} {:>6} {:>7}".format(*head))
    for size, (cpu, memory, other, other_memory) in rows.items():
        relative = f"{cpu / size / reference:7.2f}" if reference else f"{'':7}"
        line = f"{size:>7} {cpu:8.2f} {cpu / size * 1000:9.2f} {relative} {memory / 1024:6.0f}"
        if other:
            line += f"   {other:12.2f} {other / size * 1000:9.2f} {other_memory / 1024:6.0f} {cpu / other:7.3f}"
        print(line)


if __name__ == "__main__":
    main()
