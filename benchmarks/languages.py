"""Measures what further languages cost: the harm-reduction deck in one language, and in four, in seconds of the processor.

    python benchmarks/languages.py [--rounds 3]

The Spanish catalog stands in for those that are not there, under other tags: what counts is how many documents are made.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
LANGUAGES = ("es", "pt", "it", "fr")
MOST = 2.5  # times one language


def seconds(deck: Path, languages: tuple[str, ...], output: Path) -> float:
    """What a build takes, its forked writer included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    asked = [word for language in languages for word in ("--language", language)]
    command = [sys.executable, "-m", "deckbuilder", "build", str(deck), *asked, "-o", str(output)]
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    os.environ["DECKBUILDER_CACHE"] = "off"  # each build is a whole one
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as scratch:
        deck = Path(shutil.copytree(ROOT / "content/harm-reduction", Path(scratch) / "deck"))
        for language in LANGUAGES[1:]:
            shutil.copy(deck / "locales/es.po", deck / f"locales/{language}.po")
        one = min(seconds(deck, LANGUAGES[:1], Path(scratch) / "one") for _ in range(rounds))
        four = min(seconds(deck, LANGUAGES, Path(scratch) / "four") for _ in range(rounds))
    print(f"one language {one:.2f} s, four {four:.2f} s: {four / one:.2f} times (at most {MOST})")
    raise SystemExit(four > MOST * one)


if __name__ == "__main__":
    main()
