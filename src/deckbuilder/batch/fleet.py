"""A cluster's worker at a run's jobs: what travelled is unpacked once, and children do the jobs, so that nothing that a deck does
takes the worker down."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock, Timer
from typing import Any

from deckbuilder import __version__
from deckbuilder.batch.bundles import unpack
from deckbuilder.batch.child import Child
from deckbuilder.batch.jobs import Job
from deckbuilder.batch.keys import made_of
from deckbuilder.batch.pool import RENEWED, Bounds
from deckbuilder.batch.store import Store
from deckbuilder.batch.working import Outcome, Setting
from deckbuilder.frozen import dataclass
from deckbuilder.reading.organisation import NAME as ORGANISATION

_IDLE = 600.0  # seconds after which a run that nobody ended is over, for the worker


@dataclass(frozen=True)
class Orders:
    """What workers are told of a run, the same for all its jobs: its name, the store's `address`, the catalogue's `folder` as the
    machine calls it that began the run, the `environment` that builds look at, of what that machine is `made`, and a `sign` in
    a store that has to be shared, None in others."""

    run: str
    address: str
    folder: Path
    bounds: Bounds
    environment: Mapping[str, str]
    made: Mapping[str, str]
    sign: str | None = None


def made_here() -> dict[str, str]:
    """What has to be the same wherever sets of one catalogue are built: the same files would not come out, nor the same keys."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {"system": sys.platform, "Python": python, "deckbuilder": __version__} | made_of()


def unfit(orders: Orders) -> str:
    """Why this process is of no use to the run; "" where it is."""
    here = made_here()
    for name in [*orders.made, *(here.keys() - orders.made.keys())]:
        ours, theirs = orders.made.get(name, "none"), here.get(name, "none")
        if ours != theirs:
            said = f"{name} {theirs}, the machine that began the run {ours}" if len(ours) < 40 else f"another {name}"
            return f"it has {said}; give all machines the same packages, as one image does"
    if orders.sign and not Store(orders.address).shows(orders.sign):
        return (
            f"it does not see the results in {orders.address}; take a folder that all machines share, or object storage"
        )
    return ""


class Room:
    """A run's place at a worker: the files that travelled, and the children that work with them."""

    def __init__(self, orders: Orders, within: str | None) -> None:
        self.orders = orders
        self.base = Path(tempfile.mkdtemp(prefix="deckbuilder-", dir=within)).resolve()
        self.mirror, self.scratch = self.base / "files", self.base / "scratch"
        self.mirror.mkdir()
        self.scratch.mkdir()
        above = [place / ORGANISATION for place in self.base.parents if (place / ORGANISATION).is_file()]
        self.unfit = f"its own {above[0]} would count for all decks; move it" if above else unfit(orders)
        self.lock, self.unpacking = Lock(), Lock()
        self.unpacked: set[str] = set()
        self.idle: list[Child] = []
        self.busy: set[Child] = set()
        self.closed = False
        self.timer: Timer | None = None

    def work(self, job: Job, bundles: Sequence[bytes]) -> Outcome | str:
        """What becomes of the job; why nothing does."""
        if self.unfit:
            return self.unfit
        with self.unpacking:
            if self.closed:
                return "the run is over"
            for bundle in bundles:
                digest = hashlib.sha256(bundle).hexdigest()
                if digest not in self.unpacked:
                    unpack(bundle, self.mirror, self.scratch)
                    self.unpacked.add(digest)
        child = self._child()
        try:
            return child.work(self._here(job), self.orders.bounds.seconds)
        finally:
            self._back(child)

    def _here(self, job: Job) -> Job:
        """The job with its files where they lie here."""
        theme = str(self._place(Path(job.theme))) if job.theme and os.path.isabs(job.theme) else job.theme
        session = self._place(job.session) if job.session else None
        return replace(job, deck=self._place(job.deck), theme=theme, session=session)

    def _place(self, path: Path) -> Path:
        path = Path(os.path.abspath(path))
        return self.mirror / path.relative_to(path.anchor)

    def _child(self) -> Child:
        with self.lock:
            if self.closed:
                raise RuntimeError("the run is over")
            if self.timer:
                self.timer.cancel()
            child = self.idle.pop() if self.idle else None
            if child is None:
                setting = Setting(self.orders.address, self._place(self.orders.folder), self.scratch, self.mirror)
                own = {name: value for name, value in os.environ.items() if not carried(name)}
                child = Child(setting, self.orders.bounds.memory, own | dict(self.orders.environment))
            self.busy.add(child)
            return child

    def _back(self, child: Child) -> None:
        with self.lock:
            self.busy.discard(child)
            if child.alive and child.done < RENEWED and not self.closed:
                self.idle.append(child)
            else:
                child.end()
            if not self.busy and not self.closed:
                self.timer = Timer(_IDLE, self.close)
                self.timer.daemon = True
                self.timer.start()

    def close(self) -> None:
        """Ends the children, and removes what travelled."""
        with self.lock:
            self.closed = True
            if self.timer:
                self.timer.cancel()
            children = [*self.idle, *self.busy]
            self.idle.clear()
        for child in children:
            child.process.kill()  # whoever waits for one that is busy ends it
        for child in children:
            child.end()
        with self.unpacking:  # what is being unpacked would come back
            shutil.rmtree(self.base, ignore_errors=True)
        with _opening:
            _rooms.pop(self.orders.run, None)


_rooms: dict[str, Room] = {}
_over: dict[str, None] = {}  # runs that were left, the last ones last: jobs that come late get no room
_MOST_OVER = 1_000
_opening = Lock()


def carried(name: str) -> bool:
    """Whether a variable of the environment travels: those that builds look at."""
    return name == "SOURCE_DATE_EPOCH" or (name.startswith("DECKBUILDER_") and name != "DECKBUILDER_CACHE")


def work(orders: Orders, number: int, job: Job, *bundles: bytes) -> Outcome | str:
    """One job, at a worker: what becomes of it, or why nothing does. Whoever began the run is told that it is begun."""
    import distributed

    worker: Any = distributed.get_worker()
    worker.log_event(topic(orders.run), {"job": number, "worker": worker.address})
    with _opening:
        if orders.run in _over:
            return "the run is over"
        room = _rooms.get(orders.run)
        if room is None:
            room = _rooms[orders.run] = Room(orders, worker.local_directory)
    try:
        return room.work(job, bundles)
    except Exception as error:  # of the disk, of what travelled: another try may go better
        return f"{type(error).__name__}: {error}"


def leave(run: str) -> None:
    """Ends what a worker does for a run."""
    with _opening:
        _over[run] = None
        for old in list(_over)[:-_MOST_OVER]:
            del _over[old]
        room = _rooms.get(run)
    if room is not None:
        room.close()


def held(bundle: bytes) -> bytes:
    """What travelled, as a worker holds it."""
    return bundle


def topic(run: str) -> str:
    """What the run's events are called."""
    return f"deckbuilder-{run}"
