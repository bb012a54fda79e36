"""One history of several files, a deck's and its session's: undone and done again in the order in which it was done."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from deckbuilder.editing.document import Document, Done


class History:
    """What was done to some documents, as somebody sees who edits them side by side."""

    def __init__(self) -> None:
        self._turning = threading.Lock()

    def undo(self, documents: Sequence[Document]) -> tuple[Document, Done] | None:
        """Undoes the last edit of any of them that is not undone; None where there is none. Raises as `Document.undo`."""
        with self._turning:
            steps = [(document.moments().done, document) for document in documents]
            found = max(((at, document) for at, document in steps if at is not None), default=None, key=_when)
            done = found[1].undo() if found else None
            return (found[1], done) if found and done else None

    def redo(self, documents: Sequence[Document]) -> tuple[Document, Done] | None:
        """Does again what was undone last; None where there is nothing, or where something else was done since, be it in
        another of them."""
        with self._turning:
            moments = [(document.moments(), document) for document in documents]
            edited = max((one.edited for one, _ in moments), default=0)
            steps = [(one.undone, document) for one, document in moments]
            found = max(
                ((at, document) for at, document in steps if at is not None and at > edited), default=None, key=_when
            )
            done = found[1].redo() if found else None
            return (found[1], done) if found and done else None


def _when(step: tuple[int, Document]) -> int:
    return step[0]
