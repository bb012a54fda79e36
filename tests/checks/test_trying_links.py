"""Addresses are tried on the machine itself, by a server that knows three pages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import deckbuilder
from deckbuilder.checks.links import answers
from tools import deck_folder

STATUS = {"/there": 200, "/shy": 403, "/gone": 404}


class _Pages(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self.send_response(405 if self.path == "/there" else STATUS[self.path])
        self.end_headers()

    def do_GET(self) -> None:
        self.send_response(STATUS[self.path])
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Pages) as pages:
        thread = threading.Thread(target=pages.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{pages.server_address[1]}"
        pages.shutdown()
        thread.join()


def test_pages_that_are_not_there_are_told(server: str) -> None:
    said = answers([f"{server}{path}" for path in STATUS])
    assert said == {f"{server}/gone": "answers 404"}


def test_nobody_at_home_is_told() -> None:
    (said,) = answers(["http://127.0.0.1:9/"]).values()
    assert said.startswith("does not answer")


def test_time_is_bounded(server: str) -> None:
    said = answers([f"{server}/there"], whole=0.0)
    assert said == {f"{server}/there": "was not tried in time"}


def test_addresses_are_tried_where_it_is_asked_for_only(server: str, tmp_path: Path) -> None:
    words = f"[the page]({server}/gone)"
    deck = deck_folder(tmp_path, {"kind": "statement", "title": "T", "minutes": 1, "statement": words})
    for links in (False, True):
        found = [d.message for d in deckbuilder.check(deck, links=links).diagnostics if d.code == "address-dead"]
        assert found == ([f"the address {server}/gone answers 404"] if links else [])
