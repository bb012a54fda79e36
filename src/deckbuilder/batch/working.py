"""One job, in a process that does many: built into a folder of its own, and published whole."""

from __future__ import annotations

import gc
import hashlib
import os
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from deckbuilder import api
from deckbuilder.batch.jobs import Job
from deckbuilder.batch.keys import Digests, key_of
from deckbuilder.batch.store import Kept, Record, Store
from deckbuilder.content.printing import PrintSettings
from deckbuilder.diagnostics import DeckError
from deckbuilder.frozen import dataclass, frozen
from deckbuilder.memory import Memory
from deckbuilder.reading.deck import deck_file
from deckbuilder.source import shown_path

State = Literal["built", "kept", "failed", "lost"]
_REMEMBERED = 5_000  # texts, pictures and themes: those of some decks


@dataclass(frozen=True)
class Outcome:
    """What became of a job: `built`, `kept` (it was finished before), `failed` (the deck has errors) or `lost` (whoever worked at
    it ended, each time, or nothing could be written: `why`). `files` are addresses; `diagnostics` what was said, as `--json`
    has it; `seconds` and `memory` (bytes, 0 where the system does not tell) what it took, `tries` how often it was begun. On a
    cluster, `why` also tells what kept a set that was built from being built at the first try."""

    job: Job
    state: State
    files: tuple[str, ...] = ()
    diagnostics: tuple[Mapping[str, Any], ...] = ()
    seconds: float = 0.0
    memory: int = 0
    tries: int = 1
    why: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "diagnostics", frozen(self.diagnostics))

    @property
    def good(self) -> bool:
        """Whether the set is there, as it should be."""
        return self.state in ("built", "kept")


def outcome_of(job: Job, record: Record, store: Store, kept: bool = False) -> Outcome:
    """What a record says of its job."""
    files = tuple(store.path(job.name, record.folder, file.name) for file in record.files)
    return Outcome(
        job, "kept" if kept else "built", files, record.diagnostics, record.seconds, record.memory, 0 if kept else 1
    )


@dataclass(frozen=True)
class Setting:
    """Where a worker works: the store's `address`, the catalogue's `folder`, and a folder for what it makes on its way. `mirror`
    is the folder below which the files of the machine that began the run lie as they do there, `folder` and decks too; None
    on that machine."""

    address: str
    folder: Path
    scratch: Path
    mirror: Path | None = None


class Bench:
    """What a worker keeps from job to job: the store, and what it has read and measured."""

    def __init__(self, setting: Setting) -> None:
        self.setting, self.store = setting, Store(setting.address)
        self.memory = Memory(_REMEMBERED)

    def work(self, job: Job) -> Outcome:
        """Builds the job's set and publishes it. Raises OSError when the store cannot be written."""
        _reset_peak()
        began, started = time.perf_counter(), time.time_ns()
        with TemporaryDirectory(dir=self.setting.scratch) as room, self.memory.used():
            try:
                built = api.build(
                    job.deck,
                    theme=job.theme,
                    session=job.session,
                    variant=() if job.variant is None else (job.variant,),
                    language=job.language or (),
                    output=room,
                    only=job.outputs,
                    printing=PrintSettings.model_validate({"paper": job.paper, "preset": job.preset}),
                )
            except DeckError as error:
                said = tuple(self._told(one.as_dict(), job) for one in error.diagnostics)
                return Outcome(job, "failed", (), said, time.perf_counter() - began, _peak())
            files = {file.name: file for file in built.files}
            digests = Digests(self.setting.folder, [job], self.setting.mirror)
            inputs = tuple(digests.name(path) for path in built.inputs)
            key = key_of(job, inputs, digests)
            if _changed_since(started, built.inputs):  # nobody knows which of its states was read
                key = "unsettled"
            kept = tuple(Kept(name, file.stat().st_size, _digest(file)) for name, file in files.items())
            said = tuple(self._told(one.as_dict(), job) for one in built.diagnostics)
            seconds, most = time.perf_counter() - began, _peak()
            record = self.store.publish(Record(job.name, key, inputs, "", kept, said, seconds, most), files)
        gc.collect()
        return outcome_of(job, record, self.store)

    def _told(self, diagnostic: dict[str, Any], job: Job) -> dict[str, Any]:
        """The same with files called as whoever began the run calls them, those of a fetched deck by its address."""
        names, home = [], deck_file(job.deck).parent
        if job.origin:
            names = [(f"{name}{os.sep}", f"{job.origin}/") for name in dict.fromkeys((str(home), shown_path(home)))]
        if self.setting.mirror:
            names.append((f"{self.setting.mirror}{os.sep}", self.setting.mirror.anchor))

        def told(value: Any) -> Any:
            for here, there in names if isinstance(value, str) else ():
                value = value.replace(here, there)
            return value

        return {key: told(value) for key, value in diagnostic.items()}


def _changed_since(started: int, inputs: Sequence[Path]) -> bool:
    for path in inputs:
        try:
            if path.stat().st_mtime_ns >= started:
                return True
        except OSError:
            continue
    return False


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _reset_peak() -> None:
    """Has the system reckon the most memory anew, where it can."""
    if sys.platform == "linux":
        with suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5", "ascii")


def _peak() -> int:
    """The most bytes that this process held; 0 where the system does not tell."""
    if sys.platform == "linux":
        for line in Path("/proc/self/status").read_text("ascii", "replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    if sys.platform != "win32":
        import resource

        return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * (1 if sys.platform == "darwin" else 1024)
    return 0


def bound_memory(most: int | None) -> None:
    """Bounds the process's memory, in bytes, where the system knows how: what is beyond is refused, and the job is lost."""
    if most is not None and sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


def serve(pipe: Any, setting: Setting, most: int | None, environment: dict[str, str]) -> None:
    """A worker: takes jobs from the pipe and answers each, until there are none: with an outcome, or why there is none."""
    import signal

    os.environ.clear()
    os.environ.update(environment)  # the process that this one is forked from has that of the first run
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever began the run ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    bound_memory(most)
    gc.set_threshold(100_000, 20, 20)
    gc.freeze()  # what was imported lives to the end: looking through it after each job takes a fifth of most
    os.chdir(setting.folder)  # messages call files as they are called from the catalogue
    try:
        bench = Bench(setting)
        while (job := pipe.recv()) is not None:
            try:
                answer: Outcome | str = bench.work(job)
            except MemoryError:
                pipe.send("it needs more memory than a worker may have")
                return  # what is left of such a process is not to be trusted
            except Exception as error:
                answer = f"{type(error).__name__}: {error}"
            pipe.send(answer)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # whoever gave work is gone
