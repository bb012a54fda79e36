"""A catalogue of 200 sets, built by warm workers, beside the same sets built one by one.

    python benchmarks/batch.py [--decks 10] [--slides 12] [--alone 10] [--workers 1 2] [--cluster]

Ten decks of twelve slides with a picture each, in four themes and in five ways of printing. Seconds of the processor count all
processes. `--alone` of the sets are built by `build`, a process each, and carried to all. Then nothing is changed, and then
one picture; what is built after that is checked to be the sets of its deck. Memory is the most that any set needed, as
the first half of the sets has it and the second. `--cluster` has workers of a Dask cluster do the same, which are warm for
nobody before. A thousand small sets: `--decks 50 --slides 3 --workers 2`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from corpus import make

THEMES = ("spruce", "slate", "broadsheet", "beacon")
PRESETS = ("copier", "large-print")  # on both papers; and once more as it is: five ways of printing
_DECKBUILDER = [sys.executable, "-m", "deckbuilder"]


def main() -> None:
    os.environ["DECKBUILDER_CACHE"] = "off"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--decks", type=int, default=10)
    parser.add_argument("--slides", type=int, default=12)
    parser.add_argument("--alone", type=int, default=10)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--cluster", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for number in range(options.decks):
            make(folder / f"deck-{number:02}", options.slides, 1)
        catalogue = {
            "decks": "deck-*",
            "themes": list(THEMES),
            "papers": ["letter", "a4"],
            "presets": list(PRESETS),
            "results": "sets",
            "include": [{"themes": list(THEMES), "papers": ["letter"]}],
        }
        (folder / "catalogue.yaml").write_text(json.dumps(catalogue), "utf-8")
        sets = options.decks * len(THEMES) * 5
        alone = one_by_one(folder, options.alone, options.decks) * sets
        print(f"{sets} sets; one by one {alone:.0f} s of the processor, from {options.alone} of them")
        for workers in options.workers:
            wall, cpu, report = batch(folder, workers, f"sets-{workers}")
            assert built(report) == sets, report
            first, second = halves(report)
            print(
                f"{workers} at work: {wall:.0f} s, {cpu:.0f} s of the processor, {sets / wall:.1f} sets a second, "
                f"{alone / cpu:.1f} times less; at most {first:.0f} MB in the first half, {second:.0f} MB in the second"
            )
        for workers in options.workers if options.cluster else ():
            wall, report = on_cluster(folder, workers)
            assert built(report) == sets, report
            print(f"a cluster of {workers}: {wall:.0f} s, {sets / wall:.1f} sets a second")
        last = options.workers[-1]
        wall, cpu, report = batch(folder, last, f"sets-{last}")
        assert built(report) == 0
        print(f"nothing changed: {wall:.2f} s, {cpu:.2f} s of the processor")
        picture = next((folder / "deck-00").rglob("*.jpg"))
        other = next((folder / "deck-01").rglob("*.jpg"))
        picture.write_bytes(other.read_bytes())
        wall, cpu, report = batch(folder, last, f"sets-{last}")
        changed = {one["deck"] for one in report["sets"] if one["state"] == "built"}
        print(f"one picture changed: {built(report)} sets built, of {sorted(changed)}, in {wall:.1f} s")


def one_by_one(folder: Path, count: int, decks: int) -> float:
    """Seconds of the processor that a set takes by itself."""
    spent = 0.0
    for number in range(count):
        words = ["--theme", THEMES[number % 4], "--paper", ("letter", "a4")[number % 2]]
        words += ["--preset", PRESETS[number % 2], "--output", str(folder / "alone")]
        spent += run("build", str(folder / f"deck-{number % decks:02}"), *words)[1]
    return spent / count


def batch(folder: Path, workers: int, results: str) -> tuple[float, float, dict[str, Any]]:
    """Seconds, seconds of the processor, and the report."""
    start = time.perf_counter()
    words = ["--workers", str(workers), "--results", str(folder / results), "--json"]
    said, cpu = run("batch", str(folder / "catalogue.yaml"), *words)
    return time.perf_counter() - start, cpu, json.loads(said)


def on_cluster(folder: Path, workers: int) -> tuple[float, dict[str, Any]]:
    """Seconds, and the report."""
    file = folder / f"scheduler-{workers}.json"
    dask = [sys.executable, "-m", "dask"]
    own = ["--scheduler-file", str(file), "--no-dashboard", "--host", "127.0.0.1"]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    processes = [subprocess.Popen([*dask, "scheduler", *own, "--port", "0"], **quiet)]
    try:
        while not file.exists():
            assert processes[0].poll() is None
            time.sleep(0.05)
        worker = [
            *dask,
            "worker",
            *own,
            "--nthreads",
            "1",
            "--no-nanny",
            "--death-timeout",
            "20",
            "--local-directory",
            str(folder),
        ]
        processes += [subprocess.Popen(worker, **quiet) for _ in range(workers)]
        import distributed

        with distributed.Client(scheduler_file=str(file), set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=60)
        start = time.perf_counter()
        words = ["--cluster", str(file), "--results", str(folder / f"sets-cluster-{workers}"), "--json"]
        said, _ = run("batch", str(folder / "catalogue.yaml"), *words)
        return time.perf_counter() - start, json.loads(said)
    finally:
        for process in processes:
            process.kill()
            process.wait()


def built(report: dict[str, Any]) -> int:
    return sum(one["state"] == "built" for one in report["sets"])


def halves(report: dict[str, Any]) -> tuple[float, float]:
    """The most megabytes that a set needed, in the first half of them and in the second."""
    most = [one["memory"] / 1e6 for one in report["sets"] if one["state"] == "built"]
    return max(most[: len(most) // 2]), max(most[len(most) // 2 :])


def run(*words: str) -> tuple[str, float]:
    """What a command says, and its seconds of the processor, those of all processes that it began. Workers are nobody's children
    by the time they end, so they are looked at while they live."""
    command = subprocess.Popen(
        [*_DECKBUILDER, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    )
    seen: dict[int, float] = {}
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(0.05):
            seen.update(at_work(command.pid))

    looking = threading.Thread(target=look)
    looking.start()
    said, _ = command.communicate()
    ended.set()
    looking.join()
    if command.returncode:
        raise SystemExit(f"failed: {command.args}")
    return said, sum(seen.values())


def at_work(session: int) -> Iterator[tuple[int, float]]:
    """The processes of a session, each with the seconds that it has used."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, ValueError, IndexError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                if int(fields[3]) == session:
                    yield int(entry.name), (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
