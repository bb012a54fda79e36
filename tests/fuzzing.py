"""Builds mutants and says which did not end well. A program of its own: each mutant is built by a forked child with bounds
of time and memory, which begins with everything imported.

    python tests/fuzzing.py SEED FIRST COUNT [FOLDER]

The last line is JSON: how many were built and refused, and what went wrong. Mutants that went wrong stay in FOLDER.
"""

from __future__ import annotations

import gc
import json
import os
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from pathlib import Path

import deckbuilder
from deckbuilder import arrangement
from deckbuilder.diagnostics import DeckError, Diagnostics, Severity
from deckbuilder.source import Inputs
from deckbuilder.theme.pack import DEFAULT_THEME
from deckbuilder.theme.theme import Theme
from mutants import THEMES, Mutant, make_mutant

SHIPPED = [str(theme) for theme in THEMES]
SECONDS = 30  # a machine that has other work to do needs its time; what hangs takes for ever
MEMORY = 1 << 30  # bytes, beside what is there before the build begins
# What no file is to blame for: the order as a whole.
PLACELESS = {"disk-full", "output-unwritable", "output-busy", "theme-missing", "deck-missing", "corporate-unusable"}


def built_or_refused(mutant: Mutant, output: Path) -> str:
    """Builds a mutant; "built" or "refused". Raises AssertionError when it did neither well."""
    from lxml import etree
    from pikepdf import Pdf

    try:
        done = deckbuilder.build(
            mutant.deck, session=mutant.session, theme=mutant.theme, output=output, only=mutant.only
        )
    except DeckError as error:
        errors = [problem for problem in error.diagnostics if problem.severity is Severity.ERROR]
        assert errors, "refused without an error"
        for problem in errors:
            assert problem.at or problem.code in PLACELESS, f"no place: {problem}"
            assert problem.message.strip(), "an error without words"
        assert not [path for path in output.rglob("*") if path.is_file()], "refused, and something was written"
        return "refused"
    for file in done.files:
        if file.suffix == ".pdf":
            with Pdf.open(file) as pdf:
                assert len(pdf.pages) > 0
                assert not pdf.get_warnings()
        else:
            with zipfile.ZipFile(file) as package:
                names = package.namelist()
                assert len(names) == len(set(names)), "a part twice"
                for name in names:
                    if name.endswith((".xml", ".rels")):
                        etree.fromstring(package.read(name))
    return "built"


def tried(mutant: Mutant, output: Path) -> str:
    """What became of a mutant in a child process: "built", "refused", or what went wrong."""
    said = output.with_suffix(".txt")
    child = os.fork()
    if not child:
        _child(mutant, output, said)
    end = time.monotonic() + SECONDS
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            break
        if time.monotonic() > end:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return f"took over {SECONDS} seconds"
        time.sleep(0.005)
    code = os.waitstatus_to_exitcode(status)
    if code == 0:
        return said.read_text("utf-8")
    words = said.read_text("utf-8") if said.exists() else ""
    return f"ended with status {code}: {words[-3000:]}"


def _child(mutant: Mutant, output: Path, said: Path) -> None:
    """Builds under bounds and never returns."""
    code = 1
    try:
        pages = int(re.search(r"VmSize:\s+(\d+) kB", Path("/proc/self/status").read_text())[1])  # type: ignore[index]
        resource.setrlimit(resource.RLIMIT_AS, (pages * 1024 + MEMORY, resource.RLIM_INFINITY))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        said.write_text(built_or_refused(mutant, output), "utf-8")
        code = 0
    except BaseException:
        said.write_text(traceback.format_exc(), "utf-8", errors="replace")
    finally:
        os._exit(code)


def warm(place: Path) -> None:
    """Does once what each child would have to do anew: imports, and themes that no mutant changes with their fonts."""
    read, known = arrangement.read_theme, {}

    def read_once(name: str, problems: Diagnostics, inputs: Inputs | None = None) -> Theme:
        if name not in (*SHIPPED, DEFAULT_THEME):
            return read(name, problems, inputs)
        if name not in known:
            said, files = Diagnostics(), Inputs()
            known[name] = read(name, said, files), said, files
        theme, said, files = known[name]
        problems.extend(said)
        for file in files if inputs is not None else ():
            inputs.add(file)
        return theme

    arrangement.read_theme = read_once
    example = Path(__file__).parents[1] / "content" / "train-the-trainer"
    deckbuilder.build(example, theme=[*SHIPPED], output=place / "example")
    gc.collect()
    gc.freeze()  # what is never collected is not copied into each child


def main(seed: int, first: int, count: int, kept: Path | None) -> dict[str, object]:
    counts = {"built": 0, "refused": 0}
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as place:
        warm(Path(place))
        for number in range(first, first + count):
            folder = Path(place) / str(number)
            mutant = make_mutant(folder, seed, number)
            result = tried(mutant, folder / "output")
            if result in counts:
                counts[result] += 1
            else:
                wrong.append(f"{mutant.what}: {result}")
                if kept:
                    shutil.copytree(folder, kept / f"{seed}-{number}", dirs_exist_ok=True, symlinks=True)
            shutil.rmtree(folder)
    return {**counts, "wrong": wrong}


if __name__ == "__main__":
    seed, first, count = map(int, sys.argv[1:4])
    print(json.dumps(main(seed, first, count, Path(sys.argv[4]) if len(sys.argv) > 4 else None)))
