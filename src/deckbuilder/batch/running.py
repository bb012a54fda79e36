"""A catalogue's run: which sets are there as they should be, which have to be built, and what becomes of them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing
from os import PathLike
from pathlib import Path
from typing import Any

from deckbuilder.batch.jobs import Job, jobs_of
from deckbuilder.batch.keys import Digests, key_of
from deckbuilder.batch.pool import Bounds, worked, workers_for
from deckbuilder.batch.report import Report, as_page
from deckbuilder.batch.store import Record, Store
from deckbuilder.batch.working import Outcome, outcome_of
from deckbuilder.diagnostics import fail
from deckbuilder.frozen import dataclass, freeze
from deckbuilder.reading.catalogue import read_catalogue

Place = str | PathLike[str]
Part = tuple[int, int]
"""Which of how many parts of a catalogue, counted from 1: one for each machine that works on it."""
PAGE = "report.html"


@dataclass(frozen=True)
class Plan:
    """What a run would do: all `jobs` of a catalogue, or of a part of it, in its order; those that are `stale`, to be built; and
    what lies in the `results` that the whole catalogue no longer names; its `folder`, and the `records` of the sets that are
    there."""

    jobs: tuple[Job, ...]
    stale: tuple[Job, ...]
    unnamed: tuple[str, ...]
    results: str
    folder: Path
    records: Mapping[str, Record]

    def __post_init__(self) -> None:
        freeze(self, "records")


def plan(catalogue: Place, *, results: str | None = None, part: Part | None = None) -> Plan:
    """What a run of the catalogue, or of a `part` of it, would do; nothing is built or changed. `results` is a place other than
    the catalogue's. Raises DeckError with all that is wrong with the catalogue, and ValueError for a part that there is not."""
    path = Path(catalogue)
    read = read_catalogue(path)
    folder = Path(os.path.abspath(path)).parent
    jobs = jobs_of(read, folder)
    address = results if results is not None else str(read.results)
    if "://" not in address:
        address = os.path.abspath(address) if results is not None else os.path.abspath(folder / address)
    store, digests = Store(address), Digests(folder, jobs)
    try:
        listed = store.listed()
        records = store.records([job.name for job in jobs], listed)
        unnamed = store.unnamed([job.name for job in jobs], listed)
    except OSError as error:
        raise fail("output-unwritable", f"{address} cannot be read: {error.strerror or error}") from error
    own = _part_of(jobs, part)
    stale = [job for job in own if not _finished(job, records.get(job.name), digests)]
    return Plan(tuple(own), tuple(stale), tuple(unnamed), address, folder, records)


def _part_of(jobs: Sequence[Job], part: Part | None) -> Sequence[Job]:
    """A part's jobs, as many as any other's or one more. They follow one another, so that a deck is read by few."""
    if part is None:
        return jobs
    which, of = part
    if not 1 <= which <= of:
        raise ValueError(f"{which}/{of} is no part")
    return jobs[len(jobs) * (which - 1) // of : len(jobs) * which // of]


def _finished(job: Job, record: Record | None, digests: Digests) -> bool:
    return record is not None and record.key == key_of(job, record.inputs, digests)


def run(
    catalogue: Place,
    *,
    results: str | None = None,
    part: Part | None = None,
    bounds: Bounds | None = None,
    cluster: Any = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Report:
    """Builds those of the catalogue's sets, or of a `part` of them, that are not there as they should be, and writes
    `report.html` beside them, `report-2-of-8.html` for a part: several machines may each do one. What fails keeps nothing else
    from being built. `bounds` says how much is done at once. `cluster` is the address of a Dask scheduler, the file that it
    wrote, or a `distributed.Client`: its workers do it then, not this machine. `progress` is told each step. Raises DeckError
    with all that is wrong with the catalogue, or where results cannot be read, or the cluster cannot be used, and ValueError
    for a part that there is not.

    A program that calls this is imported anew by its workers on systems without fork: it calls it below `if __name__ ==
    "__main__":`."""
    began = time.perf_counter()
    progress("Looking for what has changed")
    planned, bounds = plan(catalogue, results=results, part=part), bounds or Bounds()
    store = Store(planned.results)
    stale = set(planned.stale)
    outcomes = {
        job: outcome_of(job, planned.records[job.name], store, kept=True) for job in planned.jobs if job not in stale
    }
    started = time.perf_counter()

    def take(found: Generator[Outcome, None, None]) -> None:
        with closing(found):  # which ends its workers when it is interrupted, too
            for outcome in found:
                outcomes[outcome.job] = outcome
                done = len(outcomes) - (len(planned.jobs) - len(stale))
                progress(_progress(done, len(stale), outcomes.values(), time.perf_counter() - started))

    workers = 0
    if stale and cluster is not None:
        from deckbuilder.batch.cluster import Crew, joined

        with joined(cluster) as client:
            progress(f"Handing {len(stale)} sets to the cluster")
            crew = Crew(client, planned.results, planned.folder, bounds)
            take(crew.worked(planned.stale))
            workers = crew.workers
    elif stale:
        take(worked(planned.stale, planned.results, planned.folder, bounds))
        workers = workers_for(len(stale), bounds)
    report = Report(
        planned.results,
        tuple(outcomes[job] for job in planned.jobs),
        planned.unnamed,
        workers,
        time.perf_counter() - began,
    )
    page = PAGE if part is None else f"report-{part[0]}-of-{part[1]}.html"
    if stale or page not in store.listed():
        try:
            store.write(page, as_page(report))
        except OSError as error:
            raise fail("output-unwritable", f"{store.path(page)} cannot be written: {error}") from error
    return report


def prune(planned: Plan, progress: Callable[[str], None] = lambda _: None) -> tuple[str, ...]:
    """Removes from the results what the catalogue no longer names, and returns it. No other run should be at work there."""
    store = Store(planned.results)
    for name in planned.unnamed:
        progress(f"Removing {name}")
        try:
            store.remove(name)
        except OSError as error:
            raise fail(
                "output-unwritable", f"{store.path(name)} cannot be removed: {error.strerror or error}"
            ) from error
    return planned.unnamed


def _progress(done: int, of: int, outcomes: Iterable[Outcome], seconds: float) -> str:
    bad = sum(not one.good for one in outcomes)
    left = seconds / done * (of - done)
    about = f", about {_duration(left)} left" if done < of else ""
    return f"{done} of {of} sets{f', {bad} not built' if bad else ''}{about}"


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
