"""Measures the whole command, cold, beside pandoc writing a deck of the same text.

    make bench            or            python benchmarks/run.py [--runs 5] [--phases]

Each command runs in turn, after one warm-up, as a process of its own; the table gives the
median wall and CPU seconds and the largest peak memory, and the ratio of the medians. Without
pandoc only deckbuilder's figures are printed.
"""

from __future__ import annotations

import argparse
import compileall
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from corpus import make

WHOLE, CHANGED = "deckbuilder: deck, handout, guide", "deckbuilder: one word changed"


@dataclass
class Figures:
    wall: list[float]
    cpu: list[float]
    memory: list[int]

    def row(self, name: str) -> str:
        wall, cpu = statistics.median(self.wall), statistics.median(self.cpu)
        return f"  {name:<34} {wall:7.2f} s wall {cpu:7.2f} s cpu {max(self.memory) / 1024:7.0f} MB"


def measure(command: list[str], folder: Path) -> tuple[float, float, int]:
    """Wall seconds, CPU seconds and peak kilobytes of one run. Raises on failure."""
    start = time.perf_counter()
    pid = os.posix_spawn(
        command[0],
        command,
        os.environ | {"PWD": str(folder)},
        file_actions=[(os.POSIX_SPAWN_OPEN, n, os.devnull, os.O_WRONLY, 0) for n in (1, 2)],
    )
    _, status, usage = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"failed: {' '.join(command)}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def compare(commands: dict[str, list[str]], folder: Path, runs: int) -> dict[str, Figures]:
    figures = {name: Figures([], [], []) for name in commands}
    os.chdir(folder)
    for turn in range(runs + 1):
        for name, command in commands.items():
            wall, cpu, memory = measure(command, folder)
            if turn:  # the first is the warm-up
                figures[name].wall.append(wall)
                figures[name].cpu.append(cpu)
                figures[name].memory.append(memory)
    return figures


def deckbuilders(folder: Path, kept: Path) -> dict[str, list[str]]:
    """The commands that build the deck in the folder; two of them keep things in the other folder."""
    build = [sys.executable, "-m", "deckbuilder", "build", str(folder), "--output", str(folder / "out")]
    warm = ["/usr/bin/env", f"DECKBUILDER_CACHE={kept}"]
    change = f"sed -i \"0,/^title:/s/^title:.*/title: 'Benchmark $(date +%N)'/\" {folder / 'deck.yaml'}"
    return {
        WHOLE: build,
        "deckbuilder: deck alone": [*build, "--only", "deck"],
        CHANGED: [*warm, "/bin/sh", "-c", f'{change}; exec "$@"', "sh", *build],
        "deckbuilder: nothing changed": [*warm, *build],
    }


def changed(figures: dict[str, Figures]) -> None:
    """Prints what a word that changes costs, of a whole build."""
    part, whole = (statistics.median(figures[name].cpu) for name in (CHANGED, WHOLE))
    print(f"  {'one word changed / a whole build':<34} {part / whole:7.2f} x cpu")


PHASES = """
import time
start = time.perf_counter()
marks = []
from pathlib import Path
from deckbuilder.pipeline import Order, build
from deckbuilder.diagnostics import Diagnostics
marks.append(("imports of the pipeline", time.perf_counter()))
build(Order(Path({deck!r}), output=Path({out!r})), Diagnostics(), lambda step: marks.append((step, time.perf_counter())))
marks.append(("end", time.perf_counter()))
print(f"  {{marks[0][0]:<34}} {{marks[0][1] - start:7.3f}} s")
for (name, begun), (_, ended) in zip(marks[1:], marks[2:]):
    print(f"  {{name:<34}} {{ended - begun:7.3f}} s")
"""


def main() -> None:
    os.environ["DECKBUILDER_CACHE"] = "off"  # each build is a whole one
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--slides", type=int, default=41)
    parser.add_argument("--phases", action="store_true", help="also tell where the time goes")
    options = parser.parse_args()
    pandoc = shutil.which("pandoc")
    # As after an installation: pip compiles what it installs, an editable checkout may not be.
    package = Path(__import__("deckbuilder").__file__).parent
    compileall.compile_dir(package, quiet=1)
    with tempfile.TemporaryDirectory() as temporary:
        kept = Path(temporary) / "cache"
        for label, photographs in (("a-photographs", 12), ("b-text", 0)):
            folder, markdown = make(Path(temporary) / label, options.slides, photographs)
            out = folder / "out"
            commands = deckbuilders(folder, kept)
            if pandoc:
                commands["pandoc: deck"] = [pandoc, "-o", f"{folder}.pptx", str(markdown)]  # not among the deck's files
            print(f"{label}: {options.slides} slides, {photographs} photographs of 1600 x 1200", flush=True)
            figures = compare(commands, folder, options.runs)
            for name, figure in figures.items():
                print(figure.row(name))
            if pandoc:
                ours = statistics.median(figures[WHOLE].wall)
                theirs = statistics.median(figures["pandoc: deck"].wall)
                print(f"  {'three documents / pandoc deck':<34} {ours / theirs:7.2f} x")
            changed(figures)
            if options.phases:
                subprocess.run([sys.executable, "-c", PHASES.format(deck=str(folder), out=str(out))], check=True)
        folder = Path(temporary) / "c-drawings"
        shutil.copytree(Path(__file__).parents[1] / "content" / "harm-reduction", folder)
        print("c-drawings: harm-reduction, 19 drawings", flush=True)
        figures = compare(deckbuilders(folder, kept), folder, options.runs)
        for name, figure in figures.items():
            print(figure.row(name))
        changed(figures)


if __name__ == "__main__":
    main()
