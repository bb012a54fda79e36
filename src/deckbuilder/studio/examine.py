"""A training's findings, and the pages of its documents: what takes a second or two, and so is done by a process of its own."""

from __future__ import annotations

import datetime as dt
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from deckbuilder.api import Checked, Memory, PrintSettings
from deckbuilder.frozen import dataclass

_MEMORY = Memory()  # of this process


@dataclass(frozen=True)
class Wanted:
    """Which deck is to be examined, and how."""

    deck: Path
    session: Path | None
    theme: str
    printing: PrintSettings
    folder: Path  # for the pages
    variant: str = ""
    language: str | None = None  # None for all that there are


@dataclass(frozen=True)
class Examined:
    """What there is to say, and the pages: PDF files by their document's name, those that could be set."""

    checked: Checked
    pages: dict[str, bytes]


def examine(wanted: Wanted) -> Examined:
    """Checks the deck and sets its pages."""
    from deckbuilder import api

    files = {name: wanted.folder / f"{name}.pdf" for name in ("handout", "guide")}
    for file in files.values():
        file.unlink(missing_ok=True)
    with _MEMORY.used():
        checked = api.check(
            wanted.deck,
            theme=wanted.theme,
            variant=wanted.variant,
            language=wanted.language or (),
            session=wanted.session,
            printing=wanted.printing,
            today=dt.date.today(),
            pages=wanted.folder,
        )
    pages = {name: file.read_bytes() for name, file in files.items() if file.is_file()}
    # A document that is not checked to its end may have been written before it was found wanting.
    return Examined(checked, pages if checked.papers else {})


def examiner() -> ProcessPoolExecutor:
    """The process, started when it is first asked. It stays warm: fonts and templates are read once."""
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_quiet)


def _quiet() -> None:
    """Leaves Ctrl-C to the server, and the processor to whoever draws slides."""
    import gc
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(100_000, 20, 20)
    if hasattr(os, "nice"):
        os.nice(5)
