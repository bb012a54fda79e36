"""Trainings that were open lately, and how they were looked at: a small file in the user's own folder."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

_MOST = 12


def state_folder() -> Path:
    """Where programs keep what they remember of their user, as the system has it."""
    if given := os.environ.get("DECKBUILDER_STATE"):
        return Path(given)
    from platformdirs import user_state_path

    return user_state_path("deckbuilder", appauthor=False)


def recent() -> list[dict[str, Any]]:
    """The trainings that are still there, the last first: `deck` (their file), `title`, and `settings`. A file that is broken
    is as good as none."""
    try:
        found = json.loads((state_folder() / "recent.json").read_text("utf-8"))
    except (OSError, ValueError):
        return []
    good = (
        [one for one in found if isinstance(one, dict) and isinstance(one.get("deck"), str)]
        if isinstance(found, list)
        else []
    )
    return [one for one in good if Path(one["deck"]).is_file()]


def remember(deck: Path, title: str, settings: dict[str, Any]) -> None:
    """Puts a training first. Where it cannot be kept, nothing is lost but the list."""
    mine = {"deck": str(deck), "title": title, "settings": settings}
    found = [mine, *(one for one in recent() if one["deck"] != str(deck))][:_MOST]
    folder = state_folder()
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(found, file, ensure_ascii=False, indent=1)
        os.replace(name, folder / "recent.json")


def settings_of(deck: Path) -> dict[str, Any]:
    """How a training was looked at last."""
    return next((dict(one.get("settings") or {}) for one in recent() if one["deck"] == str(deck)), {})
