"""Fixtures of batches: a catalogue, and an object storage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from catalogues import CATALOGUE, SHOWN, Failing, add
from PIL import Image


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue of two decks in two themes; the first shows a picture."""
    monkeypatch.chdir(tmp_path)
    add(tmp_path, "one", SHOWN)
    add(tmp_path, "two")
    Image.new("RGB", (40, 30), "green").save(tmp_path / "decks/one/p.png")
    (tmp_path / "catalogue.yaml").write_text(CATALOGUE)
    return tmp_path


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Failing]:
    """An object storage on the loopback, with a bucket, which refuses every other thing that it is to keep."""
    from threading import Thread
    from urllib.request import Request, urlopen

    from moto.server import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    failing = Failing(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, failing, threaded=True)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.port}")
    for name, value in {"ACCESS_KEY_ID": "x", "SECRET_ACCESS_KEY": "x", "DEFAULT_REGION": "us-east-1"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    reset = Request(f"http://127.0.0.1:{server.port}/moto-api/reset", method="POST")
    with urlopen(reset):  # what is kept is the process's, not the server's
        pass
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()  # those of another server
    s3fs.S3FileSystem(skip_instance_cache=True).mkdir("bucket")
    yield failing
    server.shutdown()
    thread.join()
