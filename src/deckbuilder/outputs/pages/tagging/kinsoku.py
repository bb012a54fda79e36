"""What may not begin a line of Chinese or Japanese: more than ReportLab knows, whose list has no full-width comma."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from reportlab.lib import textsplit
from reportlab.platypus import paragraph

from deckbuilder.layout.lines import CLOSING

_PLACES = (textsplit, paragraph)  # who has the list, by name
_LOCK = threading.RLock()


@contextmanager
def kinsoku() -> Iterator[None]:
    """Within, ReportLab keeps on a line what layout keeps there. Its list is a module's, and as it was afterwards."""
    with _LOCK:
        before = [place.ALL_CANNOT_START for place in _PLACES]
        for place, known in zip(_PLACES, before, strict=True):
            place.ALL_CANNOT_START = known + CLOSING
        try:
            yield
        finally:
            for place, known in zip(_PLACES, before, strict=True):
                place.ALL_CANNOT_START = known
