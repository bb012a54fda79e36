"""Catalogues of small decks, what becomes of their sets, and a storage that fails now and then."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from deckbuilder import batch
from deckbuilder.batch.store import RECORD

DECK = """title: {name}
language: en
sections:
- title: S
  slides:
  - {{kind: statement, title: T, minutes: 1, statement: Words of {name}}}
"""
SHOWN = "  - {kind: picture, title: P, minutes: 1, picture: {file: p.png, alt: A field}}\n"
CATALOGUE = "decks: decks/*\nthemes: [spruce, slate]\noutputs: handout\nresults: results\n"


def add(place: Path, name: str, more: str = "") -> None:
    folder = place / "decks" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "deck.yaml").write_text(DECK.format(name=name) + more)


def states(report: batch.Report) -> dict[str, str]:
    return {one.job.name: one.state for one in report.outcomes}


def whole(results: Path) -> dict[str, list[str]]:
    """The sets of the results, each with its files, which are as its record says."""
    found = {}
    for record in results.glob(f"*/*/{RECORD}"):
        said = json.loads(record.read_text("utf-8"))
        for file in said["files"]:
            data = (record.parent / said["folder"] / file["name"]).read_bytes()
            assert hashlib.sha256(data).hexdigest() == file["sha256"]
        found[f"{record.parent.parent.name}/{record.parent.name}"] = [file["name"] for file in said["files"]]
    return found


class Failing:
    """A server that says now and then that it is too busy, before it does as it is asked."""

    def __init__(self, application: Any) -> None:
        self.application, self.asked, self.refused = application, {"GET": 0, "PUT": 0}, 0
        self.each = {"GET": 4, "PUT": 2}  # of so many one is refused
        self.paths: list[str] = []  # what was got, with what was asked about it

    def __call__(self, environment: dict[str, Any], start: Any) -> Any:
        method, path = environment["REQUEST_METHOD"], environment["PATH_INFO"]
        if method == "GET":
            self.paths.append(f"{path}?{environment['QUERY_STRING']}")
        if method in self.asked and path.rstrip("/").count("/") > 1:
            self.asked[method] += 1
            if self.asked[method] % self.each[method] == 1:
                self.refused += 1
                start("503 Slow Down", [("Content-Type", "application/xml")])
                return [b"<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>"]
        return self.application(environment, start)
