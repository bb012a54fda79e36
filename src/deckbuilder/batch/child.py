"""A warm process that a worker of a cluster keeps: takes jobs from its standard input, and answers on its standard output.

Workers of a cluster have threads, and may have no children by `multiprocessing`: so this is a program of its own.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread, Timer
from typing import IO, Any

from deckbuilder.batch.jobs import Job
from deckbuilder.batch.pool import LATE, how_ended
from deckbuilder.batch.working import Outcome, Setting, serve


class Child:
    """Such a process, as its worker sees it. It has one job at a time."""

    def __init__(self, setting: Setting, memory: int | None, environment: dict[str, str]) -> None:
        self.done, self.ready = 0, False
        # It finds modules where this process does, and then has the environment that it was given.
        found = {"PYTHONPATH": os.pathsep.join(place for place in sys.path if place)}
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment | found,
        )
        with suppress(OSError):  # it is dead, as the first job tells
            _send(self.process.stdin, (setting, memory, environment))

    def work(self, job: Job, seconds: float) -> Outcome | str:
        """What becomes of the job; why nothing does. The process is not to be used any more where `alive` is not true then."""
        late: list[bool] = []

        def end() -> None:
            late.append(True)
            self.process.kill()

        timer = Timer(seconds, end)
        try:
            if not self.ready:
                self.ready = bool(pickle.load(self.process.stdout))  # type: ignore[arg-type]
            timer.start()  # which does not count what the process takes to begin
            _send(self.process.stdin, job)
            answer: Outcome | str = pickle.load(self.process.stdout)  # type: ignore[arg-type]
        except (EOFError, OSError, pickle.UnpicklingError):
            self.end(5)
            return LATE if late else how_ended(self.process.returncode)
        finally:
            timer.cancel()
        self.done += 1
        if not isinstance(answer, Outcome):  # what is left of such a process is not to be trusted
            self.end()
        return answer

    @property
    def alive(self) -> bool:
        """Whether it can take another job."""
        return self.process.poll() is None

    def end(self, grace: float = 0) -> None:
        """Ends the process, after so many seconds in which it may do so by itself."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(grace)
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                with suppress(OSError):  # what could not be sent to a dead process
                    pipe.close()


def _send(pipe: IO[bytes] | None, what: Any) -> None:
    assert pipe is not None
    pickle.dump(what, pipe)
    pipe.flush()


class _Pipe:
    """What `serve` takes jobs from and answers to. When the worker is gone, nobody waits for the job: the process ends."""

    def __init__(self, commands: IO[bytes], answers: IO[bytes]) -> None:
        self.commands, self.answers = commands, answers
        self.jobs: SimpleQueue[Job | None] = SimpleQueue()
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        try:
            while True:
                self.jobs.put(pickle.load(self.commands))
        except BaseException:
            os._exit(1)

    def recv(self) -> Job | None:
        return self.jobs.get()

    def send(self, answer: Outcome | str) -> None:
        _send(self.answers, answer)


def main() -> None:
    """Works until whoever began this process is gone."""
    import deckbuilder.batch.warm  # noqa: F401

    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    setting, memory, environment = pickle.load(sys.stdin.buffer)
    _send(answers, True)
    serve(_Pipe(sys.stdin.buffer, answers), setting, memory, environment)
    os._exit(0)  # a thread still listens


if __name__ == "__main__":
    main()
