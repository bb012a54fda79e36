"""A Dask cluster of real processes on the loopback: a scheduler and workers, all of which are ended with it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any


class Cluster:
    """A scheduler, which has written the file by which it is found, and its workers by their names."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.file = folder, folder / "scheduler.json"
        self.workers: dict[str, subprocess.Popen[bytes]] = {}
        self.scheduler = self._begin("scheduler", "--host", "127.0.0.1", "--port", "0")
        until = time.monotonic() + 60
        while not self.file.exists() and time.monotonic() < until and self.scheduler.poll() is None:
            time.sleep(0.02)
        self.address: str = json.loads(self.file.read_text("utf-8"))["address"]

    def add(self, name: str, **environment: str) -> None:
        """Begins a worker of one thread, with more in its environment."""
        own = self.folder / name
        own.mkdir()
        words = ["--name", name, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--death-timeout", "20"]
        self.workers[name] = self._begin("worker", *words, "--local-directory", str(own), **environment)

    def ready(self) -> None:
        """Waits for all workers."""
        import distributed

        with distributed.Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(len(self.workers), timeout=60)

    def kill(self, name: str) -> None:
        """Ends a worker as the system does when memory runs out."""
        os.kill(self.workers[name].pid, signal.SIGKILL)
        self.workers[name].wait()

    def close(self) -> None:
        for process in (*self.workers.values(), self.scheduler):
            process.kill()
            process.wait()

    def _begin(self, what: str, *words: str, **environment: str) -> subprocess.Popen[bytes]:
        log = (self.folder / "log.txt").open("ab")
        command: list[Any] = [
            sys.executable,
            "-m",
            "dask",
            what,
            "--scheduler-file",
            self.file,
            "--no-dashboard",
            *words,
        ]
        with log:
            return subprocess.Popen(command, env=os.environ | environment, stdout=log, stderr=log, cwd=self.folder)
