"""What is known of a training that is open: how it is looked at, what is shown of it, its pages; and its session files."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from dataclasses import field, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from deckbuilder import api
from deckbuilder.frozen import dataclass
from deckbuilder.source import Position
from deckbuilder.studio.examine import Examined

_SESSION_KEYS = re.compile(
    r"^(date|start|place|trainers|participants|group_size|breaks|days|leads|sign_in|online|print)\s*:", re.MULTILINE
)
_DECK_KEYS = re.compile(r"^(sections|terms|rules)\s*:", re.MULTILINE)


class Settings(BaseModel):
    """How a training is looked at: as the command line has it, with a session file's name in the deck's folder."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    theme: str = Field("spruce", max_length=400)
    paper: str | None = Field(None, pattern="^(a4|letter)$")
    preset: str | None = Field(None, max_length=80)
    session: str | None = Field(None, max_length=400)
    variant: str | None = Field(None, max_length=200)
    language: str | None = Field(None, max_length=40)

    @property
    def printing(self) -> api.PrintSettings:
        """What they say of paper."""
        return api.PrintSettings.model_validate({"paper": self.paper, "preset": self.preset})


@dataclass(frozen=True)
class Pages:
    """A document's pages: a PDF file, and a key that changes with it."""

    key: str
    pdf: bytes
    count: int


@dataclass(frozen=True)
class State:
    """What is shown. `arrangement` is the last good one, None before there was one; `broken` tells that it is old,
    since files have errors. `revision` is that of the file's text, by which edits say what they were meant for.
    `examined` tells that findings and pages belong to it; until then they are those of before."""

    version: int = 0
    revision: str = ""
    arrangement: api.Arrangement | None = None
    keys: tuple[str, ...] = ()
    names: dict[Position, str] = field(default_factory=dict)
    broken: bool = False
    problems: tuple[api.Diagnostic, ...] = ()
    examined: bool = False
    pages: dict[str, Pages] | None = None
    where: dict[str, dict[str, int]] | None = None
    sheets: dict[str, int] | None = None


def with_examined(before: State, found: Examined) -> State:
    """What is shown, with findings and pages that belong to it."""
    checked = found.checked
    state = replace(before, problems=checked.diagnostics, examined=True)
    if not found.pages:
        return state
    papers = [paper for paper in checked.papers if paper.name == checked.papers[0].name]  # of the usual edition
    pages = {
        name: Pages(hashlib.sha256(pdf).hexdigest()[:16], pdf, paper.pages)
        for paper in papers
        for name, pdf in found.pages.items()
        if paper.document == name
    }
    where = {paper.document: dict(paper.slides) for paper in papers}
    sheets = {paper.document: paper.sheets for paper in papers}
    return replace(state, pages=pages, where=where, sheets=sheets)


def session_files(deck: Path) -> list[str]:
    """The names of the session files that lie beside a deck's file."""
    out = []
    for path in sorted(deck.parent.glob("*.y*ml")):
        if path == deck or path.stat().st_size > 100_000:
            continue
        with suppress(OSError, UnicodeDecodeError):
            text = path.read_text("utf-8")
            if _SESSION_KEYS.search(text) and not _DECK_KEYS.search(text):
                out.append(path.name)
    return out
