"""A deck and the file that it is built into, either of which is changed then."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import deckbuilder
from tools import deck_folder


def deck(folder: Path, *slides: dict[str, Any]) -> tuple[Path, Path]:
    """The deck's folder, and a copy of what it is built into."""
    deck_folder(folder / "deck", *slides)
    built = deckbuilder.build(folder / "deck", output=folder / "out", only=["deck"]).files[0]
    return folder / "deck", Path(shutil.copyfile(built, folder / "built.pptx"))


def typed(folder: Path, old: str, new: str) -> None:
    """Changes deck.yaml."""
    text = (folder / "deck.yaml").read_text("utf-8")
    assert old in text
    (folder / "deck.yaml").write_text(text.replace(old, new), "utf-8")
