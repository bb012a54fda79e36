"""Whatever is broken in a deck, a session, a theme, a vocabulary list, data, a template or a picture: it builds to files that are
whole, or ends in a diagnostic with a place. No traceback, no hang, no memory beyond bounds.

`make test` builds 320, `.ci/run` and `make fuzz` 2,000, and `make fuzz SEED=7 N=5000` tries others.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
SEED = int(os.environ.get("FUZZ_SEED", "1"))
COUNT = int(os.environ.get("FUZZ_N", "320"))
_PARTS = 8  # so that processors share them


@pytest.mark.skipif(sys.platform != "linux", reason="children are bounded by Linux's means")
@pytest.mark.parametrize("part", range(_PARTS))
def test_mutants_build_or_are_refused_with_a_place(part: int) -> None:
    count = COUNT // _PARTS
    done = subprocess.run(
        [sys.executable, TESTS / "fuzzing.py", str(SEED), str(part * count), str(count)],
        capture_output=True,
        text=True,
        check=False,
        cwd=TESTS,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["wrong"] == []
    assert told["built"] + told["refused"] == count
    assert told["built"] > count // 10  # or the mutants are too broken to tell anything
    assert told["refused"] > count // 10
