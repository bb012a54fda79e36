"""What the tests of importing share: a file in, the new deck and its report out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from deckbuilder.importing.importer import import_deck
from deckbuilder.importing.report import Imported


def imported(old: Path, tmp_path: Path, **options: Any) -> tuple[Imported, dict[str, Any]]:
    """The report, and the new deck's data. It builds, and no word is lost or invented."""
    report = import_deck(old, tmp_path / "new", **options)
    assert report.problems == ()
    assert report.invented == ()
    return report, yaml.safe_load((tmp_path / "new" / "deck.yaml").read_text("utf-8"))


def slides_of(deck: dict[str, Any]) -> list[dict[str, Any]]:
    return [slide for section in deck["sections"] for slide in section["slides"]]
