"""The slides of a training as pictures: which of them changed, and each drawn when somebody looks at it."""

from __future__ import annotations

import itertools
import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from deckbuilder import api
from deckbuilder.frozen import dataclass
from deckbuilder.memory import Stamp, stamps
from deckbuilder.studio.raster import WIDTHS, page_picture

ALONE = threading.RLock()
"""Held by whoever arranges or draws: the library's fonts are the process's, and not made for threads."""
_EARLIER = 4  # states of a slide that are still known: undoing shows a picture that is there
_PLACES = 4_000  # slides that are known, by what they are called: each change of words gives another name
_PICTURES = 600


@dataclass
class _Known:
    """A slide that has a key, and what it was drawn from."""

    key: str
    of: tuple[api.Arrangement, api.SlideFrame]  # exchanged together: others may be looking
    files: tuple[Stamp, ...]

    @property
    def arrangement(self) -> api.Arrangement:
        return self.of[0]

    @property
    def frame(self) -> api.SlideFrame:
        return self.of[1]

    def same(self, arrangement: api.Arrangement, frame: api.SlideFrame, files: tuple[Stamp, ...]) -> bool:
        """Whether it looks as another one does."""
        mine = self.frame
        return (
            self.arrangement.theme is arrangement.theme
            and self.files == files
            and mine.number == frame.number
            and mine.layout == frame.layout
            and mine.items == frame.items
            and mine.footer == frame.footer
            and mine.date == frame.date
        )


class Drawings:
    """Slides by keys. A slide that looks as it did keeps its key, and so whoever has its picture need not ask again."""

    def __init__(self, memory: api.Memory) -> None:
        self._memory = memory
        self._count = itertools.count(1)
        self._known: OrderedDict[tuple[str, int], list[_Known]] = OrderedDict()
        self._by_key: dict[str, _Known] = {}
        self._pdfs: OrderedDict[str, bytes] = OrderedDict()
        self._pictures: OrderedDict[tuple[str, int], bytes] = OrderedDict()

    def keys(self, arrangement: api.Arrangement) -> list[str]:
        """The key of each of the arrangement's frames."""
        out: list[str] = []
        places: dict[str, int] = {}
        for frame in arrangement.frames:
            name = frame.slide.identity
            places[name] = places.get(name, -1) + 1
            out.append(self._key((name, places[name]), arrangement, frame))
        while len(self._known) > max(_PLACES, 2 * len(out)):
            for old in self._known.popitem(last=False)[1]:
                self._by_key.pop(old.key, None)
        return out

    def _key(self, place: tuple[str, int], arrangement: api.Arrangement, frame: api.SlideFrame) -> str:
        files = stamps(item.picture.path for item in frame.items if hasattr(getattr(item, "picture", None), "path"))  # type: ignore[union-attr]
        known = self._known.setdefault(place, [])
        self._known.move_to_end(place)
        found = next((one for one in known if one.same(arrangement, frame, files)), None)
        if found is None:
            found = _Known(f"s{next(self._count)}", (arrangement, frame), files)
            self._by_key[found.key] = found
        else:
            known.remove(found)
            found.of = (arrangement, frame)
        known.append(found)
        for old in known[:-_EARLIER]:
            self._by_key.pop(old.key, None)
        del known[:-_EARLIER]
        return found.key

    def picture(self, key: str, width: int) -> bytes:
        """A slide as PNG, one of `WIDTHS` wide. KeyError for a key that is not known, or no more."""
        if width not in WIDTHS:
            raise KeyError(width)
        if (key, width) not in self._pictures:
            made = page_picture(self._pdf(key), 0, width)
            _keep(self._pictures, (key, width), made)
        return self._pictures[key, width]

    def _pdf(self, key: str) -> bytes:
        known = self._by_key[key]
        with ALONE:
            if key not in self._pdfs:
                with self._memory.used():
                    _keep(self._pdfs, key, api.draw(*known.of))
            return self._pdfs[key]

    def about(self, key: str) -> dict[str, Any]:
        """What a slide says, and where on it what stands that somebody wrote: `spots`, as fractions of the slide, with field and
        line in the file. KeyError as `picture`."""
        known = self._by_key[key]
        return {
            "words": api.say(*known.of),
            "spots": [spot for item in known.of[1].items for spot in _spots(item, *known.of)],
        }


def _keep(shelf: OrderedDict[Any, bytes], key: Any, made: bytes) -> None:
    shelf[key] = made
    if len(shelf) > _PICTURES:
        shelf.popitem(last=False)


def _spots(item: Any, arrangement: api.Arrangement, frame: api.SlideFrame) -> list[dict[str, Any]]:
    box, theme = item.placeholder.rect, arrangement.theme
    out = []
    for field in item.fields[:1]:
        at = place_of(field, arrangement, frame)
        out.append(
            {
                "field": field,
                "line": at.line if at else None,
                "file": at.file if at else None,
                "column": at.column if at else None,
                "x": round(box.x / theme.width, 4),
                "y": round(box.y / theme.height, 4),
                "width": round(box.width / theme.width, 4),
                "height": round(box.height / theme.height, 4),
            }
        )
    return out


def place_of(field: str, arrangement: api.Arrangement, frame: api.SlideFrame) -> Any:
    """Where in a file a field of a slide was written; the slide's own place where that is not known."""
    from deckbuilder.source import position_of

    content, slide = arrangement.content, frame.slide
    around: dict[str, Any] = {
        "deck": content.deck,
        "session": content.session,
        "section": content.deck.sections[frame.section - 1],
    }
    steps: Sequence[str] = field.replace("[", ".").replace("]", "").split(".")
    value: Any = slide
    if steps[0] in around:
        value, steps = around[steps[0]], steps[1:]
    at = position_of(value)
    for step in steps:
        if step.isdigit():
            value = value[int(step)] if isinstance(value, tuple) and int(step) < len(value) else None
        else:
            value = getattr(value, step, None)
        at = position_of(value) or at
    return at
