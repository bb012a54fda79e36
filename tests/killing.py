"""Kills builds at moments drawn by a seeded generator, and says what each left behind. A program of its own, since
it forks: every build starts with everything imported, so that its time is spent where it can be cut short.

    python tests/killing.py FOLDER SEED COUNT

FOLDER is made; the last line is JSON: how many builds ended in time, how many were killed, and what was wrong.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import signal
import sys
import time
import traceback
from pathlib import Path

import deckbuilder
import deckbuilder.commands
from deckbuilder.__main__ import run

_DECK = """
title: Version {word}
sections:
- title: Only
  slides:
  - {{kind: statement, minutes: 1, title: First, statement: This is version {word}.}}
"""
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)


def state(output: Path) -> tuple[str, ...]:
    """The set as anybody would see it: each file's name and digest."""
    return tuple(
        f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in sorted(output.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(output).parts)
    )


def start(deck: Path, output: Path) -> int:
    """A build in a child process, by the command's own way in.

    A signal that comes before the command has taken hold waits until it has: until then it would hit this program.
    """
    waiting = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, waiting)
    child = os.fork()
    if child:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, waiting)
        return child
    os.setpgid(0, 0)
    with (output.parent / "said.txt").open("w") as said:
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
    sys.argv = ["deckbuilder", "build", str(deck), "-o", str(output)]
    command = deckbuilder.commands.run

    def taken_hold() -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, waiting)
        command()

    deckbuilder.commands.run = taken_hold
    code = 70
    try:
        run()
    except SystemExit as ended:
        code = int(ended.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def build(deck: Path, output: Path) -> int:
    """A build that nobody kills; its exit status."""
    return os.waitstatus_to_exitcode(os.waitpid(start(deck, output), 0)[1])


def cut_short(child: int, share: float, length: float, number_of_signal: int) -> tuple[int, float]:
    """The exit status of a build that gets the signal after a `share` of its `length` in seconds, and the length to
    go by from now on: a machine is at times several times slower than it was when the first build was timed, and
    builds that are all killed at their beginning, or all done in time, would try nothing.
    """
    began = time.perf_counter()
    while (taken := time.perf_counter() - began) < share * length:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status), (length + taken) / 2
        time.sleep(0.001)
    os.kill(child, number_of_signal)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return status, length * 1.2 if status and share >= 1 else length


def main(folder: Path, seed: int, count: int) -> dict[str, object]:
    random.seed(seed)
    folder.mkdir(parents=True)
    texts = [_DECK.format(word=word) for word in ("one", "two")]
    versions = []
    for number, text in enumerate(texts):
        deck = folder / str(number) / "demo" / "deck.yaml"
        deck.parent.mkdir(parents=True)
        deck.write_text(text, "utf-8")
        deckbuilder.build(
            deck.parent, output=folder / f"whole-{number}"
        )  # here: children then begin with all of it imported
        versions.append((text, state(folder / f"whole-{number}")))
    assert versions[0][1] != versions[1][1]
    deck, output = folder / "demo" / "deck.yaml", folder / "output"
    deck.parent.mkdir()
    deck.write_text(texts[0], "utf-8")
    began = time.perf_counter()
    assert build(deck, output) == 0
    length = time.perf_counter() - began
    wrong, killed, ended = [], 0, 0
    for number in range(count):
        before = state(output)
        text, wanted = versions[(number + 1) % 2]
        deck.write_text(text, "utf-8")
        # Anywhere in the build, and every second time near its end, where files are replaced.
        share = random.uniform(0, 1.1) if number % 2 else random.uniform(0.75, 1.1)
        number_of_signal = SIGNALS[number % len(SIGNALS)]
        status, length = cut_short(start(deck, output), share, length, number_of_signal)
        after = state(output)
        what = f"build {number}, {signal.Signals(number_of_signal).name} after {share:.2f} of it, status {status}"
        killed, ended = killed + (status != 0), ended + (status == 0)
        if after not in (before, wanted):
            wrong.append(f"{what}: a mixture")
        if status == 0 and after != wanted:
            wrong.append(f"{what}: not written")
        said = (folder / "said.txt").read_text()
        # Python itself says so where a signal falls into code that cannot be left, and goes on.
        said = re.sub(r"Exception ignored in.*?\n(?:KeyboardInterrupt|SystemExit)[^\n]*\n", "", said, flags=re.DOTALL)
        if "Traceback" in said:
            wrong.append(f"{what}: {said}")
    deck.write_text(versions[0][0], "utf-8")
    if build(deck, output) != 0 or state(output) != versions[0][1]:
        wrong.append("the build after them all did not come right")
    wrong += [f"left behind: {path.name}" for path in output.rglob("*.part")]
    return {"killed": killed, "ended": ended, "wrong": wrong}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
