"""A pool of warm processes on one machine. The standard library's pools give up all work when one process dies; here a dead one
is replaced, and its job alone is tried again."""

from __future__ import annotations

import atexit
import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from collections import deque
from collections.abc import Generator, Sequence
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from deckbuilder.batch.jobs import Job
from deckbuilder.batch.working import Outcome, Setting, serve
from deckbuilder.endings import ending
from deckbuilder.frozen import dataclass

LATE = "it took longer than a job may take"
RENEWED = 200  # jobs after which a worker makes room for a new one: what libraries keep for good stays small
_MOST = 3  # times that a job is begun
_A_WORKER = 600_000_000  # bytes that a worker takes with a large deck


@dataclass(frozen=True)
class Bounds:
    """How much is done at once, and how much one job may take: `workers` None for as many as there are processors and memory for,
    `seconds` a job, `memory` in bytes a worker (None for no bound), and how often a job is begun before it is given up."""

    workers: int | None = None
    seconds: float = 600.0
    memory: int | None = None
    tries: int = _MOST


def workers_for(jobs: int, bounds: Bounds) -> int:
    """How many workers: at most one a job."""
    if bounds.workers is not None:
        return max(1, min(bounds.workers, jobs))
    if sys.platform == "linux":
        cores = len(os.sched_getaffinity(0))
        room = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // (bounds.memory or _A_WORKER)
    else:
        cores, room = os.cpu_count() or 1, jobs
    return max(1, min(cores, room, jobs))


class _Worker:
    def __init__(self, context: Any, setting: Setting, bounds: Bounds) -> None:
        ours, theirs = context.Pipe()
        self.pipe: Connection = ours
        arguments = (theirs, setting, bounds.memory, dict(os.environ))
        # Daemons may have no children, and somebody else's templates are rendered in one.
        self.process = context.Process(target=serve, args=arguments)
        self.process.start()
        atexit.register(self.end)  # before Python waits for its children
        theirs.close()
        self.job: Job | None = None
        self.until, self.done = 0.0, 0

    def give(self, job: Job, seconds: float) -> None:
        self.job, self.until = job, time.monotonic() + seconds
        with suppress(OSError):  # it is dead, as its sentinel tells
            self.pipe.send(job)

    def end(self) -> None:
        atexit.unregister(self.end)
        self.pipe.close()
        if self.process.is_alive():
            self.process.kill()
        self.process.join()


def worked(jobs: Sequence[Job], address: str, folder: Path, bounds: Bounds) -> Generator[Outcome, None, None]:
    """Has the jobs done, and yields what becomes of each as it is known."""
    context = _context()
    scratch = Path(tempfile.mkdtemp(prefix="deckbuilder-batch-"))
    setting = Setting(address, folder, scratch)
    waiting, begun = deque(jobs), dict.fromkeys(jobs, 0)
    crew: list[_Worker] = []
    try:
        while waiting or any(worker.job for worker in crew):
            while len(crew) < min(workers_for(len(jobs), bounds), len(waiting) + len(crew)):
                crew.append(_Worker(context, setting, bounds))
            for worker in crew:
                if worker.job is None and waiting:
                    job = waiting.popleft()
                    begun[job] += 1
                    worker.give(job, bounds.seconds)
            for worker in _heard(crew):
                done, answer = worker.job, _answer(worker)
                worker.job, worker.done = None, worker.done + 1
                if not isinstance(answer, Outcome) or worker.done >= RENEWED:
                    crew.remove(worker)
                    worker.end()
                if done is None:
                    continue
                if isinstance(answer, Outcome):
                    yield replace(answer, tries=begun[done])
                elif begun[done] < bounds.tries:
                    waiting.append(done)  # behind the others: what kills workers does not keep them waiting
                else:
                    yield Outcome(done, "lost", tries=begun[done], why=answer)
    finally:
        for worker in crew:
            worker.end()
        shutil.rmtree(scratch, ignore_errors=True)


def _heard(crew: Sequence[_Worker]) -> list[_Worker]:
    """Those that have answered, died, or are past their time; waits for one."""
    busy = [worker for worker in crew if worker.job]
    soonest = min((worker.until for worker in busy), default=time.monotonic())
    things: list[Any] = [thing for worker in crew for thing in (worker.pipe, worker.process.sentinel)]
    ready = set(wait(things, max(0.0, soonest - time.monotonic())))
    late = time.monotonic()
    return [
        worker
        for worker in crew
        if worker.pipe in ready or worker.process.sentinel in ready or (worker.job and worker.until <= late)
    ]


def _answer(worker: _Worker) -> Outcome | str:
    """What a worker answered; why it did not."""
    try:
        if worker.pipe.poll():
            answer: Outcome | str = worker.pipe.recv()
            return answer
    except (EOFError, OSError):
        pass
    if worker.process.is_alive() and worker.until <= time.monotonic():
        return LATE
    worker.process.join(5)
    return how_ended(worker.process.exitcode)


def how_ended(code: int | None) -> str:
    """What is said of a process that ended while it was at a job, with that exit code, None where it did not end."""
    return f"its worker {ending(code)}" + (", for want of memory perhaps" if code == -9 else "")


def _context() -> Any:
    """Processes that are forked from one which has imported everything; where there is no such thing, new ones."""
    if sys.platform == "win32" or "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["deckbuilder.batch.warm"])
    return context
