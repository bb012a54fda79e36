"""A catalogue's sets built by a cluster: Dask decides who does what, watches who is there, and gives what a lost worker was at to
another. What a job may read travels once to each worker, and results go from there into the store.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections import Counter, defaultdict, deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from deckbuilder.batch import fleet
from deckbuilder.batch.bundles import MOST_BYTES, Reach, TooLarge, packed, reach_of
from deckbuilder.batch.jobs import Job
from deckbuilder.batch.pool import Bounds
from deckbuilder.batch.store import Store
from deckbuilder.batch.working import Outcome
from deckbuilder.diagnostics import fail

_AHEAD = 64  # jobs that are handed in, at least: a cluster that grows with its work has to see some
_A_THREAD = 4  # and for each thread that there is
_TRAVELS = 256_000_000  # bytes that are on their way or held at once
_LOOK = 2.0  # seconds after which the cluster is asked again how large it is
_MOST = 20  # times that a job is handed in, begun or not
_GONE = "the cluster's scheduler is gone"
_CODE = "cluster-unusable"


@contextmanager
def joined(cluster: Any) -> Iterator[Any]:
    """A client of the cluster: of a scheduler at an address, or named by the file that it writes (`.json`); a client that is
    given is taken as it is, and left open. Raises DeckError where there is none."""
    try:
        import distributed
    except ImportError as error:
        hint = "install the extra: facilitator-deckbuilder[cluster]"
        raise fail(_CODE, "dask.distributed is not installed, by which clusters are asked", None, hint) from error
    if isinstance(cluster, distributed.Client):
        yield cluster
        return
    by_file = str(cluster).endswith(".json")
    try:
        where = {"scheduler_file": str(cluster)} if by_file else {"address": cluster}
        client = distributed.Client(**where, set_as_default=False, name="deckbuilder")
    except (OSError, ValueError, TypeError) as error:  # TimeoutError is an OSError
        hint = "give the address that the scheduler tells, such as tcp://scheduler:8786"
        raise fail(_CODE, f"no cluster answers at {cluster}: {error}", None, hint) from error
    try:
        yield client
    finally:
        with suppress(OSError, RuntimeError):  # a scheduler that is gone
            client.close(timeout=5)


class _Killed(str):
    """What is said of a job that Dask gives up: workers were lost while they had it."""


@dataclass
class _Flight:
    """A job that is with the cluster: its number among all, and how often it was handed in."""

    number: int
    tries: int


class Crew:
    """The cluster, at the jobs of one run. `threads` is how many its workers had at most."""

    def __init__(self, client: Any, address: str, folder: Path, bounds: Bounds) -> None:
        self.client, self.store, self.folder, self.bounds = client, Store(address), folder, bounds
        self.run = secrets.token_hex(4)
        self.threads = 0
        self._looked = float("-inf")
        self._begun: dict[int, list[str]] = defaultdict(list)
        self._answered: dict[int, str] = {}

    @property
    def workers(self) -> int:
        """How many sets were made at once, at most."""
        return min(self.bounds.workers or self.threads, self.threads)

    def worked(self, jobs: Sequence[Job]) -> Generator[Outcome, None, None]:
        """Has the jobs done, and yields what becomes of each as it is known. Raises DeckError when a worker would make other
        files, or would put them where nobody sees them."""
        with self.store.signed() as sign:
            carried = {name: value for name, value in os.environ.items() if fleet.carried(name)}
            orders = fleet.Orders(
                self.run, self.store.address, self.folder, self.bounds, carried, fleet.made_here(), sign
            )
            self._check(orders)
            self.client.subscribe_topic(fleet.topic(self.run), self._hear)
            try:
                yield from self._flown(jobs, orders)
            finally:
                with suppress(Exception):  # whatever the cluster's state is: what was to be done is done
                    self.client.unsubscribe_topic(fleet.topic(self.run))
                with suppress(Exception):
                    self.client.run(fleet.leave, self.run, on_error="ignore")

    def _check(self, orders: fleet.Orders) -> None:
        """Asks all that are there now; those that come later look for themselves."""
        said = self.client.run(fleet.unfit, orders, on_error="return")
        bad = {worker: why for worker, why in said.items() if why}
        for worker, why in bad.items():
            if isinstance(why, BaseException):
                hint = "it needs facilitator-deckbuilder[cluster], as the machine that begins runs, and the scheduler does too"
                raise fail(_CODE, f"the worker {worker} cannot work: {type(why).__name__}: {why}", None, hint)
            more = f" ({len(bad)} of {len(said)} workers are unfit)" if len(bad) > 1 else ""
            raise fail(_CODE, f"the worker {worker} is of no use: {why}{more}")

    def _hear(self, event: tuple[float, dict[str, Any]]) -> None:
        """A worker says that it has begun a job."""
        said = event[1]
        self._begun[said["job"]].append(said["worker"])

    def _flown(self, jobs: Sequence[Job], orders: fleet.Orders) -> Iterator[Outcome]:
        from distributed import as_completed

        firsts: dict[Path, int] = {}
        for number, job in enumerate(jobs):
            firsts.setdefault(job.deck, number)
        # One deck's jobs after another's: its files are held no longer than that.
        order = sorted(range(len(jobs)), key=lambda number: (firsts[jobs[number].deck], number))
        waiting = deque((number, 0) for number in order)
        cargo = _Cargo(self, jobs)
        flying: dict[Any, _Flight] = {}
        try:
            yield from self._loop(jobs, orders, waiting, cargo, flying, as_completed(loop=self.client.loop))
        finally:
            if flying:  # interrupted: nothing is begun any more
                with suppress(Exception):
                    self.client.cancel(list(flying), force=True)

    def _loop(
        self,
        jobs: Sequence[Job],
        orders: fleet.Orders,
        waiting: deque[tuple[int, int]],
        cargo: _Cargo,
        flying: dict[Any, _Flight],
        arriving: Any,
    ) -> Iterator[Outcome]:
        while waiting or flying:
            while waiting and self._room(len(flying), cargo):
                number, tries = waiting.popleft()
                if self.client.status != "running":
                    yield Outcome(jobs[number], "lost", tries=tries, why=_GONE)
                    continue
                try:
                    inputs = cargo.of(jobs[number])
                except (TooLarge, OSError) as error:
                    cargo.done(jobs[number])
                    yield Outcome(jobs[number], "lost", tries=0, why=str(error))
                    continue
                future = self.client.submit(
                    fleet.work,
                    orders,
                    number,
                    jobs[number],
                    *inputs,
                    key=f"deckbuilder-set-{self.run}-{number}-{tries}",
                    pure=False,
                )
                flying[future] = _Flight(number, tries + 1)
                arriving.add(future)
            if not flying:
                continue
            future = next(arriving)
            flight = flying.pop(future)
            outcome = self._outcome(jobs[flight.number], flight, self._answer(future))
            future.release()
            if outcome is None:
                waiting.append((flight.number, flight.tries))
                continue
            cargo.done(jobs[flight.number])
            yield outcome

    def _room(self, flying: int, cargo: _Cargo) -> bool:
        """Whether another job may be handed in."""
        now = time.monotonic()
        if now - self._looked > _LOOK:
            self._looked = now
            with suppress(OSError, RuntimeError):  # a scheduler that is gone, as the jobs will tell
                self.threads = max(self.threads, sum(self.client.nthreads().values()))
        most = self.bounds.workers or max(_AHEAD, _A_THREAD * self.threads)
        return not flying or (flying < most and cargo.size < _TRAVELS)

    def _answer(self, future: Any) -> Outcome | str:
        """What a worker answered; why none did."""
        from distributed.scheduler import KilledWorker

        if future.status == "finished":
            try:
                answer: Outcome | str = future.result()
                return answer
            except Exception as error:  # it went with the worker that had it
                return f"{type(error).__name__}: {error}"
        if future.status == "cancelled":
            return _GONE if self.client.status != "running" else "the cluster dropped it"
        failed = future.exception()
        if isinstance(failed, KilledWorker):
            return _Killed(f"workers were lost while they were at it, the last at {failed.last_worker.address}")
        return f"{type(failed).__name__}: {failed}"

    def _outcome(self, job: Job, flight: _Flight, answer: Outcome | str) -> Outcome | None:
        """What is told of the job; None where it is to be begun again."""
        begun = self._begun[flight.number]
        # A job that only waited where a worker was lost, perhaps behind what kills workers, has not been begun.
        tries = len(begun) if answer.__class__ is _Killed else max(flight.tries, len(begun))
        if isinstance(answer, Outcome):
            why = self._answered.get(flight.number, "")
            if not why and len(begun) > 1:
                why = f"the worker {begun[-2]} was lost while it was at it"
            return replace(answer, job=job, tries=tries, why=why)
        self._answered[flight.number] = answer
        if tries < self.bounds.tries and flight.tries < _MOST and self.client.status == "running":
            return None
        return Outcome(job, "lost", tries=tries, why=str(answer))


class _Cargo:
    """What jobs read, on its way to workers: each bundle once, as a task of its own, which the scheduler has done again where its
    result went with a worker."""

    def __init__(self, crew: Crew, jobs: Sequence[Job]) -> None:
        self.crew, self.sent = crew, 0
        self.left = Counter(job.deck for job in jobs)
        self.reaches: dict[Path, Reach] = {}
        self.known: dict[tuple[Path, ...], str] = {}
        self.futures: dict[str, Any] = {}
        self.sizes: dict[str, int] = {}
        self.users: dict[str, set[Path]] = defaultdict(set)
        local = Path(crew.store.address)
        self.results = Path(os.path.realpath(local)) if "://" not in crew.store.address else None

    @property
    def size(self) -> int:
        """Bytes that are held now."""
        return sum(self.sizes.values())

    def of(self, job: Job) -> list[Any]:
        """The job's inputs, as the cluster's tasks take them."""
        import dask

        found = []
        if job.deck not in self.reaches:
            self.reaches[job.deck] = reach_of(job.deck)
        for paths in self.reaches[job.deck].bundles(job, self.crew.folder):
            before = self.futures.get(self.known.get(paths, ""))
            if before is None or before.status in ("error", "cancelled"):
                data = packed(paths, self.crew.folder, self.results)
                digest = self.known[paths] = hashlib.sha256(data).hexdigest()
                if self.futures.get(digest) in (None, before):
                    self.sent += 1
                    key = f"deckbuilder-inputs-{self.crew.run}-{self.sent}"
                    with dask.config.set({"distributed.admin.large-graph-warning-threshold": MOST_BYTES * 2}):
                        self.futures[digest] = self.crew.client.submit(fleet.held, data, key=key, pure=False)
                    self.sizes[digest] = len(data)
            digest = self.known[paths]
            self.users[digest].add(job.deck)
            found.append(self.futures[digest])
        return found

    def done(self, job: Job) -> None:
        """Lets go of what no job that is left reads."""
        self.left[job.deck] -= 1
        if self.left[job.deck]:
            return
        self.reaches.pop(job.deck, None)
        for digest, decks in list(self.users.items()):
            decks.discard(job.deck)
            if not decks:
                del self.users[digest], self.sizes[digest]
                self.futures.pop(digest).release()
