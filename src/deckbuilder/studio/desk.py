"""The files of a training on somebody's desk: each is opened once, and all of them have one history."""

from __future__ import annotations

import threading
from pathlib import Path

from deckbuilder.content.session import Session
from deckbuilder.editing.document import Document, Done
from deckbuilder.editing.history import History
from deckbuilder.studio.training import Training

SESSION = "session.yaml"
"""What a session's file is called that is not there yet."""


class Desk:
    """A training's files as they are edited. Its methods may be called from several threads; they raise as `Document` does."""

    def __init__(self, training: Training) -> None:
        self._training = training
        self._history = History()
        self._opening = threading.Lock()
        self._open: dict[Path, Document] = {}

    def document(self, of: str) -> Document:
        """The `deck`, as it is shown with its session, or that `session`."""
        training = self._training
        if of == "session":
            return self._document(training.folder / (training.settings.session or SESSION), session=True)
        content = training.state.arrangement.content if training.state.arrangement else None
        deck = self._document(training.file)
        deck.shown_with(content.session if content else None)
        return deck

    def turned(self, way: str) -> tuple[str, Done] | None:
        """Undoes (`undo`) what was done last in deck or session, or does again what was undone last (`redo`); what it was of,
        and what came of it. None where there is nothing."""
        both = {name: self.document(name) for name in ("deck", "session")}
        turn = self._history.undo if way == "undo" else self._history.redo
        found = turn(list(both.values()))
        return next(((name, found[1]) for name, one in both.items() if one is found[0]), None) if found else None

    def _document(self, file: Path, session: bool = False) -> Document:
        with self._opening:
            if file not in self._open:
                self._open[file] = Document(file, Session) if session else Document(file)
            return self._open[file]
