"""What can be chosen: outputs, themes, presets, sessions; folders of this machine, and trainings in them; and new trainings."""

from __future__ import annotations

import itertools
import re
import shutil
import unicodedata
from importlib.resources import files
from pathlib import Path
from typing import Any

from deckbuilder.diagnostics import fail
from deckbuilder.outputs.catalogue import OUTPUTS
from deckbuilder.scaffold import make_deck
from deckbuilder.studio.training import Training
from deckbuilder.themes import Listed, list_themes

OLD_DECKS = (".pptx", ".pptm", ".potx", ".ppt", ".odp")
_MOST_FOLDERS = 400
_NAMELESS = "training"  # the folder of one whose name has no letters for it


def choices(training: Training) -> dict[str, Any]:
    """What there is to choose from for a training. Reading themes takes a moment."""
    arrangement = training.state.arrangement
    return {
        "themes": [_theme(one) for one in list_themes(training.folder) if one.colors],
        "outputs": [{"name": one.name, "usual": one.usual} for one in OUTPUTS],
        "presets": sorted(arrangement.theme.presets) if arrangement else [],
        "sessions": training.sessions(),
        "variants": training.variants(),
        "languages": training.languages(),
    }


def _theme(one: Listed) -> dict[str, Any]:
    name = Path(one.name).name
    return {
        "name": one.name,
        "title": name.replace("-", " ").capitalize(),
        "heading": one.heading,
        "colors": one.colors,
    }


def usual_folder() -> Path:
    """Where new trainings are made unless somebody chooses another place."""
    documents = Path.home() / "Documents"
    return documents if documents.is_dir() else Path.home()


def folder(at: Path | None) -> dict[str, Any]:
    """A folder: its folders, which of them hold a training, and old decks; one's own folder where none is named. Raises
    OSError."""
    here = (at or Path.home()).expanduser().absolute()
    seen = sorted(
        (entry for entry in here.iterdir() if not entry.name.startswith((".", "~"))),
        key=lambda entry: entry.name.casefold(),
    )
    entries = [entry for entry in seen if _is_folder(entry)]
    old = [entry for entry in seen if entry.suffix.lower() in OLD_DECKS and entry not in entries]
    return {
        "path": str(here),
        "parent": str(here.parent) if here.parent != here else None,
        "training": (here / "deck.yaml").is_file(),
        "folders": [
            {"name": entry.name, "path": str(entry), "training": (entry / "deck.yaml").is_file()}
            for entry in entries[:_MOST_FOLDERS]
        ],
        "decks": [{"name": entry.name, "path": str(entry)} for entry in old[:_MOST_FOLDERS]],
    }


def _is_folder(entry: Path) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def shipped_decks() -> Path:
    """The folder of the decks that come along."""
    package = Path(str(files("deckbuilder")))
    installed = package / "shipped" / "decks"
    return installed if installed.is_dir() else package.parent.parent / "content"


def sources() -> list[str]:
    """What a new training can start from."""
    return ["starter", *sorted(file.parent.name for file in shipped_decks().glob("*/deck.yaml"))]


def new_training(within: Path, name: str, source: str) -> Path:
    """Makes a training in a folder of its own, called after its name; returns that folder. Raises DeckError when it cannot."""
    title = " ".join(name.split())
    if not title:
        raise fail("unknown-value", "a training needs a name", None, "write what it is called")
    target = within / _folder_name(title)
    # What has no letters for a folder's name is called as others like it are, with a number.
    numbers = itertools.count(2)
    while target.name.startswith(_NAMELESS) and target.exists() and _folder_name(title) == _NAMELESS:
        target = within / f"{_NAMELESS}-{next(numbers)}"
    if source not in sources():
        raise fail("unknown-value", f"there is no deck '{source}' to start from", None, ", ".join(sources()))
    try:
        within.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise fail("output-unwritable", f"{within} cannot be made: {error.strerror or error}") from error
    if source == "starter":
        make_deck(target)
        _titled(target / "deck.yaml", title)
        return target
    if target.exists():
        raise fail("file-exists", f"{target} exists already", None, "choose another name; nothing was changed")
    try:
        shutil.copytree(shipped_decks() / source, target)
    except OSError as error:
        raise fail("output-unwritable", f"{target} cannot be made: {error.strerror or error}") from error
    return target


def imported(old: Path) -> Path:
    """Makes a training of an old deck, in a folder beside it that is called after it; returns that folder. Raises DeckError."""
    from deckbuilder.importing.importer import import_deck

    if old.suffix.lower() not in OLD_DECKS or not old.is_file():
        raise fail("deck-missing", f"there is no old deck at {old}", None, f"choose a file: {', '.join(OLD_DECKS)}")
    folder = old.parent / _folder_name(old.stem)
    import_deck(old, folder)
    return folder


def _titled(deck: Path, title: str) -> None:
    """Gives a deck that was just made its title."""
    import json

    text = deck.read_text("utf-8")
    words = json.dumps(title, ensure_ascii=False)
    deck.write_text(re.sub(r"^title:.*$", lambda _: f"title: {words}", text, count=1, flags=re.MULTILINE), "utf-8")


def _folder_name(title: str) -> str:
    """A name for a folder that is the same on every system."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or _NAMELESS
