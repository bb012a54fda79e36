"""Sets built by a Dask cluster, a scheduler and workers as processes of their own: as one machine builds them, whoever dies."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from catalogues import CATALOGUE, DECK, SHOWN, Failing, add, states, whole
from clusters import Cluster
from PIL import Image

from deckbuilder import batch
from deckbuilder.batch import bundles, fleet, working
from deckbuilder.batch.bundles import TooLarge, packed, reach_of, unpack
from deckbuilder.batch.child import Child
from deckbuilder.batch.jobs import Job
from deckbuilder.batch.pool import Bounds
from deckbuilder.batch.working import Setting
from deckbuilder.diagnostics import DeckError
from test_cli import call

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster of two workers, which import what harms jobs (below) with their first one."""
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        made.add("first")
        made.add("second")
        made.ready()
        yield made
    finally:
        made.close()


@pytest.fixture
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster for a test that does harm to it, without workers."""
    made = Cluster(tmp_path_factory.mktemp("own"))
    try:
        yield made
    finally:
        made.close()


def files_of(report: batch.Report) -> dict[str, list[bytes]]:
    return {one.job.name: [Path(file).read_bytes() for file in one.files] for one in report.outcomes}


def test_sets_of_a_cluster_are_those_of_one_machine_and_are_known_again_there(
    place: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    # An organisation's file and its library above, a brand beside, a session, a link to a picture elsewhere, a deck with errors.
    (place / "organisation.yaml").write_text("library: shared\n")
    (place / "shared").mkdir()
    (place / "shared/library.yaml").write_text("facts:\n  open: {value: 9, text: nine}\n")
    (place / "brands/own").mkdir(parents=True)
    (place / "brands/own/_brand.yml").write_text("color: {primary: '#123456'}\n")
    (place / "brands/bad").mkdir()
    (place / "brands/bad/_brand.yml").write_text("- no mapping\n")
    (place / "elsewhere").mkdir()
    Image.new("RGB", (40, 30), "blue").save(place / "elsewhere/p.png")
    add(place, "linked", SHOWN)
    (place / "decks/linked/p.png").symlink_to(place / "elsewhere/p.png")
    (place / "decks/linked/p.png").unlink()
    os.link(place / "elsewhere/p.png", place / "decks/linked/p.png")
    (place / "real").mkdir()
    (place / "real/deck.yaml").write_text(DECK.format(name="real"))
    (place / "decks/real").symlink_to(place / "real")
    add(place, "wrong")
    (place / "decks/wrong/deck.yaml").write_text("titel: x\n")
    (place / "session.yaml").write_text("date: 2027-03-15\n")
    (place / "catalogue.yaml").write_text(
        "decks: decks/*\nthemes: brands/own\noutputs: handout\nresults: results\n"
        "include: [{decks: decks/two, sessions: session.yaml, outputs: deck},\n"
        "  {decks: decks/two, themes: brands/bad}]\n"
    )
    there = batch.run("catalogue.yaml", cluster=cluster.address)
    said = states(there)
    assert {name for name, state in said.items() if state == "failed"} == {"wrong/own", "two/bad"}
    assert set(said.values()) == {"built", "failed"}, there
    assert there.workers == 2
    here = batch.run("catalogue.yaml", results=str(place / "alone"))
    assert files_of(there) == files_of(here)
    assert [one.diagnostics for one in there.outcomes] == [one.diagnostics for one in here.outcomes]
    assert [one.job for one in there.outcomes] == [one.job for one in here.outcomes]
    again = batch.run("catalogue.yaml")
    assert {name: {"built": "kept"}.get(state, state) for name, state in said.items()} == states(again)
    assert not list(place.glob("results/.seen-*"))
    assert not list(cluster.folder.rglob("deckbuilder-*")), "workers keep nothing of a run that is over"


def test_inputs_travel_once_to_each_worker(place: Path, cluster: Cluster) -> None:
    import distributed

    (place / "decks/one/large.bin").write_bytes(os.urandom(12_000_000))  # more than Dask warns of
    (place / "catalogue.yaml").write_text(CATALOGUE.replace("results\n", "results\npapers: [letter, a4]\n"))
    (place / "results").mkdir()
    (place / "results/before.bin").write_bytes(bytes(5_000_000))

    def moved(dask_worker: Any) -> int:
        """Bytes of inputs that came to a worker from another."""
        return sum(entry["total"] for entry in dask_worker.transfer_incoming_log)

    with distributed.Client(cluster.address, set_as_default=False) as client:
        before = client.run(moved)
        report = batch.run("catalogue.yaml", cluster=client)
        after = client.run(moved)
        assert client.status == "running", "whoever gave a client keeps it"
    assert set(states(report).values()) == {"built"}
    assert len(report.outcomes) == 8
    came = [after[one] - before[one] for one in after]
    assert sum(came) < 13_000_000, "one has it from the scheduler, the other from that one, once"


def test_a_worker_that_is_killed_in_the_middle_loses_nothing(place: Path, own: Cluster) -> None:
    for number in range(4):
        add(place, f"deck-{number}", SHOWN)
        Image.effect_noise((300, 200), 40 + number).save(place / f"decks/deck-{number}/p.png")
    own.add("first")
    own.add("second")
    own.ready()
    struck = threading.Event()

    def strike(said: str) -> None:
        if said.startswith("3 of ") and not struck.is_set():
            struck.set()
            own.kill("second")

    report = batch.run("catalogue.yaml", cluster=own.address, progress=strike)
    assert struck.is_set()
    assert set(states(report).values()) == {"built"}, [one.why for one in report.outcomes]
    assert len(report.outcomes) == 12
    assert whole(place / "results") == {name: [f"{name.split('/')[0]}-handout.pdf"] for name in states(report)}, (
        "every set is there, whole"
    )
    assert len(list(place.glob("results/*/*/*/*"))) == 12, "and once"
    again = [one for one in report.outcomes if one.tries > 1]
    assert again, "what the worker was at is told"
    for one in again:
        assert "lost while it was at it" in one.why
        assert f"{one.job.name}: built at try 2: the worker tcp://127.0.0.1:" in "\n".join(batch.report.lines(report))


HARM = """
import os, signal, time
from deckbuilder.batch import working
work = working.Bench.work
def struck(bench, job):
    name = job.deck.name
    if name == "poison":
        os.kill(os.getpid(), signal.SIGKILL)
    if name == "sleep":
        time.sleep(60)
    if name == "hoard":
        raise MemoryError
    if name == "fatal" or (name == "once" and not os.path.exists(os.environ["STRUCK"])):
        if name == "once":
            open(os.environ["STRUCK"], "w").close()
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(60)
    return work(bench, job)
working.Bench.work = struck
"""


@pytest.fixture
def harm(tmp_path: Path) -> dict[str, str]:
    """The environment of workers to whose processes some decks do harm."""
    (tmp_path / "harm").mkdir()
    lines = "".join(f"    {line}\n" for line in HARM.splitlines())
    (tmp_path / "harm/sitecustomize.py").write_text(
        f"import sys\nif 'deckbuilder.batch.child' in sys.orig_argv:\n{lines}"
    )
    path = os.pathsep.join((str(tmp_path / "harm"), os.environ.get("PYTHONPATH", "")))
    return {"PYTHONPATH": path, "STRUCK": str(tmp_path / "struck")}


def test_decks_that_kill_their_process_or_their_workers_are_named_and_stop_nothing(
    place: Path, harm: dict[str, str], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "1")
    own = Cluster(tmp_path_factory.mktemp("own"))
    try:
        _harmed(place, own, harm)
    finally:
        own.close()


def _harmed(place: Path, own: Cluster, harm: dict[str, str]) -> None:
    """One run for each kind of harm: where a worker is lost, Dask has done again whatever result was still with it, so that how
    often another set is begun in the same run is chance."""
    for number in range(4):  # one goes with "once", two with "fatal"
        own.add(f"w{number}", **harm)
    own.ready()

    def told(*names: str) -> dict[str, tuple[str, int, str]]:
        decks = ", ".join(f"decks/{name}" for name in names)
        (place / "catalogue.yaml").write_text(f"decks: [{decks}]\nthemes: spruce\noutputs: handout\nresults: results\n")
        report = batch.run("catalogue.yaml", cluster=own.address, bounds=Bounds(tries=2))
        return {one.job.deck.name: (one.state, one.tries, one.why) for one in report.outcomes}

    for name in ("poison", "hoard", "once", "fatal"):
        add(place, name)
    processes = told("one", "poison", "hoard")
    assert processes["one"][:2] == ("built", 1), processes
    assert processes["poison"] == ("lost", 2, "its worker was ended by signal 9 (SIGKILL), for want of memory perhaps")
    assert processes["hoard"] == ("lost", 2, "it needs more memory than a worker may have")
    worker = told("once")
    state, tries, why = worker["once"]
    assert (state, tries) == ("built", 2), worker
    assert why.startswith("the worker tcp://"), worker
    workers = told("two", "fatal")
    assert workers["two"][0] == "built", workers
    state, tries, why = workers["fatal"]
    assert (state, tries) == ("lost", 2), workers
    assert why.startswith("workers were lost while they were at it, the last at tcp://"), workers
    assert set(whole(place / "results")) == {"one/spruce", "two/spruce", "once/spruce"}


def test_decks_and_sets_on_object_storage_go_through_a_cluster(place: Path, s3: Failing, own: Cluster) -> None:
    import s3fs

    s3.each = {"GET": 4, "PUT": 4}
    own.add("first")  # after the storage: it knows where that is
    own.ready()
    remote = s3fs.S3FileSystem(skip_instance_cache=True)
    remote.pipe_file("bucket/trainings/far/deck.yaml", DECK.format(name="far").encode())
    (place / "catalogue.yaml").write_text(
        "decks: [s3://bucket/trainings/far, decks/two]\nthemes: spruce\noutputs: handout\nresults: s3://bucket/sets\n"
    )
    report = batch.run("catalogue.yaml", cluster=own.address)
    assert states(report) == {"far/spruce": "built", "two/spruce": "built"}, report
    assert s3.refused > 1
    again = batch.run("catalogue.yaml")
    assert set(states(again).values()) == {"kept"}
    local = batch.run("catalogue.yaml", results=str(place / "alone"))
    there = {one.job.name: [remote.cat_file(file) for file in one.files] for one in report.outcomes}
    assert there == files_of(local)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda monkeypatch: monkeypatch.setattr(fleet, "made_here", lambda: {"deckbuilder": "9.9"}), "deckbuilder "),
        (lambda monkeypatch: monkeypatch.setattr(fleet, "__version__", "9.9"), "the machine that began the run 9.9"),
        (
            lambda monkeypatch: monkeypatch.setattr(working.Store, "_put", lambda *_: None),
            "it does not see the results in ",
        ),
    ],
    ids=["packages", "version", "store"],
)
def test_workers_that_would_make_other_files_or_put_them_elsewhere_are_refused(
    place: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch, change: Callable[[Any], None], said: str
) -> None:
    change(monkeypatch)
    with pytest.raises(DeckError) as raised:
        batch.run("catalogue.yaml", cluster=cluster.address)
    (told,) = raised.value.diagnostics
    assert told.code == "cluster-unusable"
    assert "the worker tcp://127.0.0.1:" in told.message
    assert said in told.message
    assert "(2 of 2 workers are unfit)" in told.message
    assert not whole(place / "results")


def test_a_scheduler_that_is_lost_is_told_and_what_is_finished_is_kept(place: Path, own: Cluster) -> None:
    import dask

    own.add("first")
    own.ready()

    def strike(said: str) -> None:
        if said.startswith("1 of "):
            own.scheduler.kill()

    with dask.config.set({"distributed.comm.timeouts.connect": "1s"}):
        report = batch.run("catalogue.yaml", cluster=str(own.file), bounds=Bounds(workers=1), progress=strike)
    assert not report.good
    counts = report.as_dict()["counts"]
    assert counts["built"] >= 1
    assert counts["lost"] >= 1
    assert any("scheduler is gone" in one.why for one in report.outcomes)
    assert len(whole(place / "results")) >= counts["built"]


def test_a_run_that_is_interrupted_leaves_no_work_behind_and_is_gone_on_with(place: Path, cluster: Cluster) -> None:
    def interrupt(said: str) -> None:
        if said.startswith("1 of "):
            raise KeyboardInterrupt

    for name in ("three", "four", "five"):
        add(place, name)
    with pytest.raises(KeyboardInterrupt):
        batch.run("catalogue.yaml", cluster=cluster.address, progress=interrupt)
    until = time.monotonic() + 20
    while list(cluster.folder.rglob("deckbuilder-*")) and time.monotonic() < until:
        time.sleep(0.05)
    assert not list(cluster.folder.rglob("deckbuilder-*"))
    before = whole(place / "results")
    assert 1 <= len(before) < 10
    report = batch.run("catalogue.yaml", cluster=cluster.address)
    assert {name for name, state in states(report).items() if state == "kept"} == set(before)
    assert report.good


def test_the_command_has_a_cluster_build_and_tells_what_is_wrong_with_it(place: Path, cluster: Cluster) -> None:
    done = call("batch", "catalogue.yaml", "--cluster", "nowhere")
    assert done.exit_code == 1
    assert "error: no cluster answers at nowhere" in done.stderr
    done = call("batch", "catalogue.yaml", "--cluster", cluster.address, "--results", "memory://sets")
    assert "memory://sets is this process's alone" in done.stderr
    done = call("batch", "catalogue.yaml", "--cluster", str(cluster.file), "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["counts"]["built"] == 4


def test_a_bundle_holds_what_a_deck_may_read_and_stays_in_its_place(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deck = place / "decks/one"
    (deck / ".git").mkdir()
    (deck / ".git/config").write_text("x")
    (deck / "loop").symlink_to(deck)
    (deck / "far.png").symlink_to("../two/deck.yaml")
    (deck / "broken").symlink_to("nowhere")
    then = 1_700_000_000_000_000_000
    os.utime(deck / "p.png", ns=(then, then))
    (paths,) = reach_of(deck).bundles(Job("x", deck), place)
    data = packed(paths, place)
    assert data == packed(paths, place), "equal files, equal bundles"
    mirror, scratch = place / "mirror", place / "scratch"
    mirror.mkdir()
    scratch.mkdir()
    for _ in range(2):
        unpack(data, mirror, scratch)
    there = mirror / deck.relative_to(deck.anchor)
    assert sorted(os.listdir(there)) == sorted(os.listdir(deck))
    assert os.listdir(there / ".git") == []
    assert (there / "p.png").read_bytes() == (deck / "p.png").read_bytes()
    assert (there / "p.png").stat().st_mtime_ns == then
    assert (there / "far.png").resolve() == mirror / (place / "decks/two/deck.yaml").relative_to("/")
    assert (there / "far.png").is_file()
    assert (there / "loop").resolve() == there
    assert not list(scratch.iterdir())
    monkeypatch.setattr(bundles, "MOST_BYTES", 10)
    with pytest.raises(TooLarge, match="give the deck a folder of its own"):
        packed(paths, place)


def test_a_bundle_that_leads_out_is_refused(tmp_path: Path) -> None:
    import io
    import tarfile

    (tmp_path / "mirror").mkdir()
    for name, kind, target in (
        ("../out", tarfile.REGTYPE, ""),
        ("/out", tarfile.REGTYPE, ""),
        ("in", tarfile.SYMTYPE, "../../out"),
    ):
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w") as archive:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            archive.addfile(info)
        with pytest.raises(ValueError, match="lies outside"):
            unpack(buffer.getvalue(), tmp_path / "mirror", tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["mirror"]
    assert not list((tmp_path / "mirror").iterdir())


def test_a_child_that_takes_too_long_is_ended(
    place: Path, harm: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(harm["PYTHONPATH"].split(os.pathsep)[0])
    add(place, "sleep")
    child = Child(Setting(str(place / "results"), place, place), None, dict(os.environ))
    try:
        assert child.work(Job("sleep/usual", place / "decks/sleep"), 0.3) == "it took longer than a job may take"
        assert not child.alive
    finally:
        child.end()


def test_a_child_ends_with_its_worker(place: Path) -> None:
    child = Child(Setting(str(place / "results"), place, place), None, dict(os.environ))
    job = Job("two/usual", place / "decks/two", outputs=("handout",))
    try:
        assert isinstance(child.work(job, 60), working.Outcome)
        assert child.process.stdin
        child.process.stdin.close()
        until = time.monotonic() + 10
        while child.alive and time.monotonic() < until:
            time.sleep(0.02)
        assert not child.alive
    finally:
        child.end()
