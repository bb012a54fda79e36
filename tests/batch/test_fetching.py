"""Decks at addresses: fetched once while they are as they were, within bounds, and never out of their folder."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from catalogues import DECK, Failing, states
from PIL import Image

from deckbuilder import batch
from deckbuilder.batch import fetching, larder
from deckbuilder.batch.fetching import Refused, fetched
from deckbuilder.batch.pool import Bounds
from deckbuilder.diagnostics import DeckError
from test_cli import call

pytestmark = pytest.mark.slow
PICTURE = "  - {kind: picture, title: P, minutes: 1, picture: {file: p.png, alt: A field}}\n"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own; messages are told from the folder of the catalogue."""
    monkeypatch.setenv("DECKBUILDER_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "cache" / "decks"


def png(colour: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(data, "PNG")
    return data.getvalue()


def zipped(path: Path, files: dict[str, bytes], change: Callable[[zipfile.ZipInfo], None] = lambda _: None) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            item = zipfile.ZipInfo(name)
            item.compress_type = zipfile.ZIP_DEFLATED
            change(item)
            out.writestr(item, data)
    return path


def deck(name: str = "x", more: str = "") -> bytes:
    return (DECK.format(name=name) + more).encode()


@pytest.fixture
def web(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder that a web server on the loopback gives, and its address."""
    folder = tmp_path / "web"
    folder.mkdir()

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield folder, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_decks_on_object_storage_and_the_web_are_built_and_only_what_changed_is_again(
    tmp_path: Path, s3: Failing, web: tuple[Path, str], cache: Path
) -> None:
    import s3fs

    remote = s3fs.S3FileSystem(skip_instance_cache=True)
    objects = {"bucket/trainings/readme.txt": b"no deck"}
    for name in ("one", "two"):
        objects[f"bucket/trainings/{name}/deck.yaml"] = deck(name, PICTURE)
        objects[f"bucket/trainings/{name}/p.png"] = png("green")
    remote.pipe(objects)
    folder, address = web
    zipped(folder / "pack.zip", {"three/deck.yaml": deck("three"), "__MACOSX/three/._deck.yaml": b"?"})
    (tmp_path / "catalogue.yaml").write_text(
        f"decks: ['s3://bucket/trainings/*', '{address}/pack.zip']\nthemes: spruce\noutputs: handout\nresults: sets\n"
    )
    report = batch.run("catalogue.yaml", bounds=Bounds(workers=2))
    names = ("one/spruce", "two/spruce", "three/spruce")
    assert states(report) == dict.fromkeys(names, "built"), report
    assert [one["deck"] for one in report.as_dict()["sets"]] == [
        "s3://bucket/trainings/one",
        "s3://bucket/trainings/two",
        f"{address}/pack.zip",
    ]
    assert s3.asked["GET"] > 4, "some of what was fetched was refused first"
    held = sorted(place.name for place in cache.iterdir())
    assert len(held) == 4, "three decks, and what is known of the storage"
    asked = len(s3.paths)
    assert states(batch.run("catalogue.yaml")) == dict.fromkeys(names, "kept")
    assert not [path for path in s3.paths[asked:] if "/trainings/" in path and "list-type" not in path]
    assert sorted(place.name for place in cache.iterdir()) == held
    remote.pipe_file("bucket/trainings/two/p.png", png("red"))
    assert [job.name for job in batch.plan("catalogue.yaml").stale] == ["two/spruce"]
    # Another machine, which has fetched nothing, finds the sets.
    os.rename(cache, tmp_path / "away")
    assert [job.name for job in batch.plan("catalogue.yaml").stale] == ["two/spruce"]


def test_messages_call_a_deck_by_its_address(tmp_path: Path, web: tuple[Path, str]) -> None:
    folder, address = web
    zipped(folder / "wrong.zip", {"deck.yaml": b"titel: x\n"})
    (tmp_path / "catalogue.yaml").write_text(f"decks: {address}/wrong.zip\nresults: sets\n")
    done = call("batch", "catalogue.yaml", "--workers", "1")
    assert done.exit_code == 1
    assert f"{address}/wrong.zip/deck.yaml:1:1: error: unknown key 'titel'" in done.stdout


def as_link(item: zipfile.ZipInfo) -> None:
    item.external_attr = (stat.S_IFLNK | 0o777) << 16


@pytest.mark.parametrize(
    ("files", "change", "code", "said"),
    [
        ({"deck.yaml": b"", "../out.yaml": b""}, None, "path-outside", "would lie outside"),
        ({"deck.yaml": b"", "/etc/out.yaml": b""}, None, "path-outside", "would lie outside"),
        ({"deck.yaml": b"", "a\\..\\..\\out.yaml": b""}, None, "path-outside", "would lie outside"),
        ({"deck.yaml": b"", "C:out.yaml": b""}, None, "path-outside", "would lie outside"),
        ({"deck.yaml": b"/etc/passwd"}, as_link, "path-outside", "is a link"),
        ({"deck.yaml": b"", "p.png": bytes(3_000_000)}, None, "file-too-large", "more than 2 MB"),
        ({f"{n}.png": b"" for n in range(40)}, None, "file-too-large", "or 30 files"),
        ({"a/deck.yaml": b"", "b/deck.yaml": b""}, None, "deck-missing", "nor in its only folder"),
    ],
    ids=["above", "root", "backslashes", "drive", "link", "bomb", "many", "two"],
)
def test_what_a_zip_may_not_hold_is_told_at_its_place_and_nothing_is_left(
    web: tuple[Path, str], cache: Path, monkeypatch: pytest.MonkeyPatch, files: Any, change: Any, code: str, said: str
) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 2_000_000)
    monkeypatch.setattr(fetching, "MOST_FILES", 30)
    folder, address = web
    zipped(folder / "x.zip", files, change or (lambda _: None))
    (Path.cwd() / "catalogue.yaml").write_text(f"results: sets\ndecks: {address}/x.zip\n")
    with pytest.raises(DeckError) as raised:
        batch.plan("catalogue.yaml")
    (told,) = raised.value.diagnostics
    assert (told.code, str(told.at)) == (code, "catalogue.yaml:2:8")
    assert said in told.message
    assert f"{address}/x.zip" in told.message
    assert told.hint
    assert not list(cache.iterdir())
    assert not list(Path.cwd().rglob("*out.yaml"))


@pytest.mark.parametrize(
    ("address", "code", "said"),
    [
        ("{web}/none.zip", "deck-missing", "there is no deck at {web}/none.zip"),
        ("{web}/folder", "deck-missing", "is no .zip, and folders cannot be listed over the web"),
        ("{web}/text.zip", "file-unreadable", "is damaged or no zip file"),
        ("nowhere://x", "deck-missing", "nothing can be fetched from nowhere://x"),
        ("zip://a::{web}/x.zip", "deck-missing", "is several addresses in one"),
        ("sftp://me:word@host/x", "deck-missing", "the address at host has a password in it"),
        ("memory://empty", "deck-missing", "there is no deck"),
        ("memory://empty/*", "deck-missing", "there is no deck at memory://empty/*"),
        ("http://127.0.0.1:1/x.zip", "file-unreadable", "cannot be fetched: "),
    ],
)
def test_what_cannot_be_fetched_is_told(web: tuple[Path, str], address: str, code: str, said: str) -> None:
    (web[0] / "text.zip").write_bytes(b"no zip")
    with pytest.raises(Refused) as raised:
        fetched(address.format(web=web[1]))
    assert raised.value.code == code
    assert said.format(web=web[1]) in raised.value.message
    assert "word" not in raised.value.message.replace("password", "")


def test_names_of_objects_that_lead_out_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Storage:
        def find(self, place: str, detail: bool) -> dict[str, Any]:
            names = ("deck.yaml", "../../out")
            return {f"{place}/{name}": {"type": "file", "size": 1} for name in names}

        def cat_file(self, place: str) -> bytes:
            return b"x"

    with pytest.raises(Refused) as raised:
        fetching._Source(Storage(), "bucket/deck", "s3://bucket/deck", True).deck()
    assert raised.value.code == "path-outside"
    assert not list(tmp_path.rglob("*out"))


def test_decks_that_nobody_used_for_long_go_when_there_are_too_many(
    web: tuple[Path, str], cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(larder, "_CACHED", 1)
    folder, address = web
    places = []
    for number in range(3):
        zipped(folder / f"{number}.zip", {"deck.yaml": deck(str(number))})
        ((place, _),) = fetched(f"{address}/{number}.zip")
        places.append(place)
        if number < 2:
            os.utime(place.parent, (number, number))
    assert [place.exists() for place in places] == [False, False, True], "what is in use stays"


def test_sessions_are_no_decks(tmp_path: Path) -> None:
    (tmp_path / "catalogue.yaml").write_text("decks: x\nresults: sets\nsessions: s3://bucket/s.yaml\n")
    with pytest.raises(DeckError) as raised:
        batch.plan("catalogue.yaml")
    assert "s3://bucket/s.yaml is not fetched" in next(iter(raised.value.diagnostics)).message
