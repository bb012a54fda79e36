"""A theme pack made of an old deck: its masters and layouts without its slides, and the logo that its slides have."""

from __future__ import annotations

import posixpath
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.ooxml.reading import main_part, opened_presentation
from deckbuilder.ooxml.types import NS
from deckbuilder.ooxml.writing import zipped
from deckbuilder.themes import make_theme

_OF_SLIDES = ("slide", "notesSlide", "comments", "commentAuthors", "customXml", "tags", "handoutMaster", "vbaProject")
_LOGOS = (".png", ".jpg", ".jpeg", ".svg")


def theme_of(file: Path, folder: Path, logos: Sequence[str], problems: Diagnostics) -> list[Path]:
    """Makes a theme pack in a new folder; returns its files. `logos` are the parts of pictures that stand on many slides.
    Raises DeckError for a file that none can be made of."""
    with tempfile.TemporaryDirectory(prefix="deckbuilder-import-") as scratch:
        template = Path(scratch) / f"{folder.name}.pptx"
        logo: Path | None = None
        with opened_presentation(file) as (package, _):
            for name in logos:
                if name.lower().endswith(_LOGOS) and name in package.parts and logo is None:
                    logo = Path(scratch) / f"logo{posixpath.splitext(name)[1].lower()}"
                    logo.write_bytes(package.parts[name].data)
            main = main_part(package)
            for tag in ("sldIdLst", "custDataLst", "custShowLst", "extLst", "handoutMasterIdLst"):
                for element in main.root.findall(f"p:{tag}", NS):
                    main.root.remove(element)
            main.relations.keep([key for key, r in main.relations.items() if r.kind not in _OF_SLIDES])
            main.content_type = main.content_type.replace(
                "ms-powerpoint.presentation.macroEnabled", "openxmlformats-officedocument.presentationml.presentation"
            )
            keys = [key for key, r in package.relations.items() if r.kind in ("officeDocument", "core-properties")]
            package.relations.keep(keys)
            package.prune()
            template.write_bytes(zipped(package))
        return make_theme(folder, template, [], logo, problems)


def theme_name(file: Path) -> str:
    """What the pack of a file is called: its name, in small letters and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-") or "theme"
