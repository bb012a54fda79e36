"""A catalogue's sets: built once, kept while nothing changes, whole whatever dies; in folders, and on object storage."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from catalogues import CATALOGUE, DECK, Failing, add, states, whole
from PIL import Image
from pypdf import PdfReader

import deckbuilder
from deckbuilder import batch
from deckbuilder.batch import pool, working
from deckbuilder.batch.jobs import Job
from deckbuilder.batch.pool import Bounds
from deckbuilder.batch.store import RECORD, Kept, Record, Store
from deckbuilder.diagnostics import DeckError
from test_cli import call

pytestmark = pytest.mark.slow


def test_only_what_changed_is_built_and_bytes_are_those_of_single_builds(place: Path) -> None:
    first = batch.run("catalogue.yaml")
    assert states(first) == dict.fromkeys(("one/spruce", "one/slate", "two/spruce", "two/slate"), "built")
    assert first.good
    assert first.unnamed == ()
    for outcome in first.outcomes:
        (file,) = map(Path, outcome.files)
        single = deckbuilder.build(outcome.job.deck, theme=outcome.job.theme, only=["handout"], output=place / "single")
        assert file.read_bytes() == single.files[0].read_bytes()
        assert outcome.seconds > 0
        assert sys.platform == "win32" or outcome.memory > 10_000_000
    for file in place.glob("decks/*/*"):
        os.utime(file)
    assert set(states(batch.run("catalogue.yaml")).values()) == {"kept"}
    Image.new("RGB", (40, 30), "red").save(place / "decks/one/p.png")
    planned = batch.plan("catalogue.yaml")
    assert [job.name for job in planned.stale] == ["one/spruce", "one/slate"]
    assert call("batch", "catalogue.yaml", "--dry-run").stdout.splitlines() == [
        "build  one/spruce",
        "build  one/slate",
        "keep   two/spruce",
        "keep   two/slate",
    ]
    second = batch.run("catalogue.yaml")
    assert [one.state for one in second.outcomes] == ["built", "built", "kept", "kept"]
    assert len(list(place.glob("results/*/*/*/*"))) == 4  # what was replaced is gone
    assert len(whole(place / "results")) == 4
    page = (place / "results/report.html").read_text("utf-8")
    for file in [file for one in second.outcomes for file in one.files]:
        assert f'href="{Path(file).relative_to(place / "results").as_posix()}"' in page


@pytest.mark.parametrize(
    ("change", "stale"),
    [
        (lambda place: (place / "organisation.yaml").write_text("checks: {}\n"), 4),
        (lambda place: (place / "decks/one/p.es.png").write_bytes(b"x"), 2),
        (lambda place: next(place.glob("results/two/slate/*/*.pdf")).unlink(), 1),
        (lambda place: (place / "results/two/slate" / RECORD).write_text("{"), 1),
        (lambda place: (place / "decks/one/note.txt").write_text("of no deck"), 0),
    ],
    ids=["an organisation's file", "a picture's version", "a file gone", "a record torn", "another file"],
)
def test_what_a_set_depends_on_makes_it_stale(place: Path, change: Callable[[Path], object], stale: int) -> None:
    (place / "results").mkdir()
    store, folder = Store(str(place / "results")), place
    for job in batch.plan("catalogue.yaml").jobs:  # finished, as if somebody had built it
        names = ["deck.yaml", "p.png"] if "one" in job.name else ["deck.yaml"]
        digests = working.Digests(folder)
        inputs = tuple(digests.name(job.deck / name) for name in names)
        (place / "x.pdf").write_bytes(b"1")
        key = working.key_of(job, inputs, digests)
        store.publish(Record(job.name, key, inputs, "", (Kept("x.pdf", 1, ""),)), {"x.pdf": place / "x.pdf"})
    assert batch.plan("catalogue.yaml").stale == ()
    change(place)
    assert len(batch.plan("catalogue.yaml").stale) == stale


def test_a_deck_with_a_template_of_its_own_is_built_as_well(place: Path) -> None:
    (place / "decks/one/templates").mkdir()
    (place / "decks/one/templates/handout.xml").write_text("<document><p>Our own handout</p></document>", "utf-8")
    report = batch.run("catalogue.yaml")
    assert set(states(report).values()) == {"built"}
    (file, *_) = [file for one in report.outcomes if one.job.name == "one/spruce" for file in one.files]
    assert "Our own handout" in PdfReader(file).pages[0].extract_text()


def poisoned(*arguments: Any) -> None:
    """A worker to which some decks do harm."""
    work = working.Bench.work

    def struck(bench: working.Bench, job: Job) -> working.Outcome:
        name = job.deck.name
        if name == "poison":
            os.kill(os.getpid(), signal.SIGKILL)
        if name == "hoard":
            raise MemoryError
        if name == "sleep":
            time.sleep(600)
        if name == "once" and not (job.deck / "struck").exists():
            (job.deck / "struck").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return work(bench, job)

    working.Bench.work = struck  # type: ignore[method-assign]
    working.serve(*arguments)


def test_what_fails_or_kills_its_worker_is_named_and_stops_nothing(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "serve", poisoned)
    for name in ("poison", "hoard", "once"):
        add(place, name)
    (place / "decks/one/deck.yaml").write_text("titel: x\n")
    (place / "catalogue.yaml").write_text(CATALOGUE.replace("[spruce, slate]", "spruce"))
    report = batch.run("catalogue.yaml", bounds=Bounds(workers=2, tries=2))
    told = {one.job.deck.name: (one.state, one.tries, one.why) for one in report.outcomes}
    assert told == {
        "one": ("failed", 1, ""),
        "two": ("built", 1, ""),
        "once": ("built", 2, ""),
        "poison": ("lost", 2, "its worker was ended by signal 9 (SIGKILL), for want of memory perhaps"),
        "hoard": ("lost", 2, "it needs more memory than a worker may have"),
    }
    assert not report.good
    assert set(whole(place / "results")) == {"two/spruce", "once/spruce"}
    data = report.as_dict()
    assert data["counts"] == {"built": 2, "kept": 0, "failed": 1, "lost": 2}
    failed = next(one for one in data["sets"] if one["state"] == "failed")
    assert failed["diagnostics"][0]["code"] == "unknown-key"
    said = "\n".join(batch.report.lines(report))
    assert os.path.join("decks", "one", "deck.yaml") + ":1:1: error: unknown key 'titel'" in said
    assert "poison/spruce: lost after 2 tries: its worker was ended by signal 9" in said
    assert "once/spruce: built at try 2" in said


def test_what_takes_too_long_is_ended(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "serve", poisoned)
    add(place, "sleep")
    job = Job("sleep/usual", place / "decks/sleep", outputs=("handout",))
    (outcome,) = pool.worked([job], str(place / "results"), place, Bounds(seconds=1, tries=1))
    assert (outcome.state, outcome.why) == ("lost", "it took longer than a job may take")


def begin(place: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "deckbuilder", "batch", "catalogue.yaml", "--json", *words],
        cwd=place,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_run_that_is_killed_is_gone_on_with_and_two_at_once_do_no_harm(place: Path) -> None:
    killed = begin(place, "--workers", "1")
    until = time.monotonic() + 120
    while not list(place.glob(f"results/*/*/{RECORD}")) and killed.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    killed.kill()
    killed.communicate()
    before = whole(place / "results")
    assert 1 <= len(before) < 4
    both = [begin(place), begin(place)]
    reports = [json.loads(run.communicate()[0]) for run in both]
    assert [run.returncode for run in both] == [0, 0]
    for report in reports:
        states = {one["name"]: one["state"] for one in report["sets"]}
        assert all(states[name] == "kept" for name in before)
        assert set(states.values()) <= {"built", "kept"}
    assert len(whole(place / "results")) == 4


def test_pruning_shows_what_goes_and_removes_it_when_it_may(place: Path) -> None:
    store = Store(str(place / "results"))
    (place / "x").write_bytes(b"1")
    for name in ("old/spruce", "two/spruce"):
        store.publish(Record(name, "k" * 64, (), "", (Kept("x", 1, ""),)), {"x": place / "x"})
    left = place / "results/two/spruce/left/x"
    recent = place / "results/two/spruce/recent/x"
    for file in (left, recent, place / "results/mine/notes/own.txt"):
        file.parent.mkdir(parents=True)
        file.write_text("1")
    os.utime(left, (0, 0))
    done = call("batch", "catalogue.yaml", "--prune")
    assert done.stdout.splitlines() == ["to be removed  old/spruce", "to be removed  two/spruce/left"]
    assert left.exists()
    done = call("batch", "catalogue.yaml", "--prune", "--yes")
    assert done.stdout.splitlines() == ["removed  old/spruce", "removed  two/spruce/left"]
    assert recent.exists()
    assert (place / "results/mine/notes/own.txt").exists()
    assert not left.exists()
    assert not (place / "results/old/spruce").exists()
    assert call("batch", "catalogue.yaml", "--yes").exit_code == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "decks: decks/*\nthems: spruce\nresults: r\n",
            "catalogue.yaml:2:1: error: unknown key 'thems' in a catalogue",
        ),
        ("decks: decks/*\n", "catalogue.yaml:1:1: error: a catalogue needs 'results'"),
        ("decks: nothing/*\nresults: r\n", "catalogue.yaml:1:8: error: there is no deck at nothing/*"),
        ("decks: nothing*\nresults: r\n", "catalogue.yaml:1:8: error: there is no deck at nothing*"),
        ("decks: a**b\nresults: r\n", "catalogue.yaml:1:8: error: a**b is no pattern"),
        ("results: r\n", "catalogue.yaml:1:1: error: a catalogue needs 'decks'"),
        ("decks: decks/*\npapers: [a5]\nresults: r\n", "catalogue.yaml:2:10: error: 'papers' cannot be 'a5'"),
        ("decks: [decks/one, decks/one/deck.yaml]\nresults: r\n", "error: two sets would be called one/usual"),
        ("decks: decks/one\nresults: 'nowhere://x'\n", "error: nothing can be written to nowhere://x"),
        ("- decks\n", "error: catalogue.yaml is a mapping of keys"),
    ],
)
def test_what_is_wrong_with_a_catalogue_is_told_at_its_place(place: Path, text: str, said: str) -> None:
    (place / "catalogue.yaml").write_text(text)
    done = call("batch", "catalogue.yaml", "--dry-run")
    assert done.exit_code == 1
    assert said in done.stderr


def test_a_catalogue_is_a_matrix_with_what_it_includes_but_for_what_it_excludes(place: Path) -> None:
    more = "variants:\n  short: {}\n"
    (place / "decks/one/deck.yaml").write_text(more + DECK.format(name="one"))
    (place / "decks/one/locales").mkdir()
    (place / "decks/one/locales/es.po").touch()
    (place / "s.yaml").write_text("date: 2027-03-15\n")
    (place / "catalogue.yaml").write_text(
        "decks: decks/*\nlanguages: all\nvariants: all\nresults: r\n"
        "include: [{decks: decks/two, sessions: s.yaml, papers: [letter, a4], presets: copier, outputs: [Facilitator, DECK]}]\n"
        "exclude: [{deck: on*, variant: short, language: es}, {paper: a4}]\n"
    )
    planned = batch.plan("catalogue.yaml")
    assert [job.name for job in planned.jobs] == ["one/en", "one/es", "one/short-en", "two/en", "two/s-letter-copier"]
    assert planned.jobs[-1].outputs == ("guide", "deck")


def test_parts_are_the_whole_and_machines_may_take_one_each(place: Path) -> None:
    whole_of = [job.name for job in batch.plan("catalogue.yaml").jobs]
    for of in (1, 2, 3, 4, 7):
        parts = [[job.name for job in batch.plan("catalogue.yaml", part=(n, of)).jobs] for n in range(1, of + 1)]
        assert [name for part in parts for name in part] == whole_of
        assert max(map(len, parts)) - min(map(len, parts)) <= 1
    with pytest.raises(ValueError, match="3/2 is no part"):
        batch.plan("catalogue.yaml", part=(3, 2))

    both = [begin(place, "--part", f"{n}/2") for n in (1, 2)]
    for process in both:
        said, _ = process.communicate(timeout=300)
        assert [one["state"] for one in json.loads(said)["sets"]] == ["built", "built"]
    assert sorted(whole(place / "results")) == sorted(whole_of)
    assert {page.name for page in (place / "results").glob("*.html")} == {"report-1-of-2.html", "report-2-of-2.html"}
    assert set(states(batch.run("catalogue.yaml")).values()) == {"kept"}


@pytest.mark.parametrize("words", [["--part", "0/2"], ["--part", "2"], ["--part", "3/2"], ["--part", "1/2", "--prune"]])
def test_what_is_no_part_is_told(place: Path, words: list[str]) -> None:
    done = call("batch", "catalogue.yaml", *words)
    assert done.exit_code == 2
    assert "--part" in done.stderr or "--prune" in done.stderr


def test_a_store_in_memory_has_sets_whole_or_as_they_were(place: Path) -> None:
    store = Store("memory://sets")
    (place / "x").write_bytes(b"12")
    first = store.publish(Record("d/t", "a" * 64, ("in",), "", (Kept("x", 2, ""),)), {"x": place / "x"})
    with pytest.raises(OSError):
        store.publish(Record("d/t", "b" * 64, (), "", (Kept("x", 2, ""),)), {"x": place / "x", "y": place / "none"})
    assert store.records(["d/t", "d/u"], store.listed()) == {"d/t": first}
    assert len(store.listed()) == 2
    assert store.unnamed([], store.listed()) == ["d/t"]
    store.remove("d/t")
    assert store.listed() == {}


def test_sets_go_to_object_storage_which_fails_now_and_then(place: Path, s3: Failing) -> None:
    import s3fs

    report = batch.run("catalogue.yaml", results="s3://bucket/sets", bounds=Bounds(workers=2))
    assert set(states(report).values()) == {"built"}, [one.why for one in report.outcomes]
    assert s3.refused >= 8
    again = batch.run("catalogue.yaml", results="s3://bucket/sets")
    assert set(states(again).values()) == {"kept"}
    local = batch.run("catalogue.yaml")
    remote = s3fs.S3FileSystem(skip_instance_cache=True)
    for there, here in zip(again.outcomes, local.outcomes, strict=True):
        assert [remote.cat_file(file) for file in there.files] == [Path(file).read_bytes() for file in here.files]
    add(place, "two", "  - {kind: statement, title: U, minutes: 1, statement: More}\n")
    planned = batch.plan("catalogue.yaml", results="s3://bucket/sets")
    assert [job.name for job in planned.stale] == ["two/spruce", "two/slate"]


def test_a_program_finds_all_of_it() -> None:
    assert sorted(batch.__all__) == ["Bounds", "Job", "Outcome", "Plan", "Report", "plan", "prune", "run"]
    with pytest.raises(DeckError) as raised:
        batch.plan("nowhere.yaml")
    assert [one.code for one in raised.value.diagnostics] == ["file-missing"]
