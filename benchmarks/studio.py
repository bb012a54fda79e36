"""From a save to the changed slide, as a page sees it: the file is written; the clock stops when the new picture is there.

    python benchmarks/studio.py [--sizes 41,300] [--edits 40]

A server runs in a process of its own; the page is played by a client that listens to its events, and asks for the one picture
that is new, as wide as the page asks for first; a sharper one comes after it. Each edit changes the words of another slide, and
is made once findings and pages of the one before are there.
"""

from __future__ import annotations

import argparse
import compileall
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

sys.path.insert(0, str(Path(__file__).parent))
from corpus import make

from deckbuilder.studio.raster import WIDTHS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="41,300")
    parser.add_argument("--edits", type=int, default=40)
    options = parser.parse_args()
    compileall.compile_dir(Path(__import__("deckbuilder").__file__).parent, quiet=1)
    print(f"{'slides':>7} {'median ms':>10} {'95 % ms':>9} {'most ms':>9}")
    for size in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory() as temporary:
            folder, _ = make(Path(temporary) / "deck", size, min(20, size // 2), every=2)
            found = sorted(measured(folder, options.edits))
            print(
                f"{size:>7} {statistics.median(found):>10.0f} {found[int(0.95 * (len(found) - 1))]:>9.0f} {found[-1]:>9.0f}"
            )


def measured(folder: Path, edits: int) -> Iterator[float]:
    command = [sys.executable, "-m", "deckbuilder", "preview", str(folder), "--no-browser"]
    environment = {**os.environ, "DECKBUILDER_STATE": str(folder.parent), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stdout is not None
        address = urlparse(process.stdout.readline().split()[-1])
        cookie = {"Cookie": f"deckbuilder-{address.port}={address.query.removeprefix('key=')}"}
        events = http.client.HTTPConnection(str(address.hostname), address.port or 80)
        events.request("GET", f"{address.path}/events", headers=cookie)
        views = seen(events.getresponse())
        view = next(views)
        while not view["examined"]:
            view = next(views)
        for number in range(edits + 3):
            known = keys(view)
            change(folder / "deck.yaml", number)
            start = time.perf_counter()
            while True:
                view = next(views)
                fresh = [key for key in keys(view) if key not in known]
                if fresh:
                    break
            pictures = http.client.HTTPConnection(str(address.hostname), address.port or 80)
            pictures.request("GET", f"{address.path}/slide/{fresh[0]}/{WIDTHS[1]}", headers=cookie)
            assert pictures.getresponse().read().startswith(b"\x89PNG")
            pictures.close()
            if number >= 3:  # the first ones warm up
                yield (time.perf_counter() - start) * 1000
            while not view["examined"]:  # the next edit is made on an idle machine
                view = next(views)
    finally:
        process.terminate()
        process.wait(20)


def seen(answer: Any) -> Iterator[dict[str, Any]]:
    """The views that the server tells of."""
    while line := answer.readline():
        if line.startswith(b"data: "):
            yield json.loads(line[6:])


def keys(view: dict[str, Any]) -> list[str]:
    return [key for section in view["training"]["sections"] for row in section["rows"] for key in row.get("frames", [])]


def change(file: Path, number: int) -> None:
    """Puts other words into one of the slides' titles, as an editor does: another file takes the place of the old one."""
    lines = file.read_text("utf-8").split("\n")
    titles = [n for n, line in enumerate(lines) if line.startswith("  - title:")]
    at = titles[number * 7 % len(titles)]
    lines[at] = f"{lines[at].partition(' now')[0]} now {number}"
    temporary = file.with_suffix(".tmp")
    temporary.write_text("\n".join(lines), "utf-8")
    temporary.replace(file)


if __name__ == "__main__":
    main()
