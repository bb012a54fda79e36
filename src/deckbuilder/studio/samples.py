"""Each kind of slide as a picture, for those who choose one: the least of such a slide, in the theme of the training."""

from __future__ import annotations

import itertools
import json
import tempfile
import threading
from importlib.resources import files
from pathlib import Path
from typing import Any

from deckbuilder import api
from deckbuilder.editing.forms import kinds
from deckbuilder.editing.skeletons import PLACEHOLDER, skeleton
from deckbuilder.studio.drawings import ALONE
from deckbuilder.studio.raster import WIDTHS, page_picture
from deckbuilder.studio.words import words

_BARE = "…"


class Samples:
    """Pictures of the kinds, made when somebody wants to choose, once for each theme."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], dict[str, bytes]] = {}
        self._making = threading.Lock()  # all pictures are asked for at once, and made once

    def picture(self, theme: str, language: str, kind: str) -> bytes:
        """A kind as PNG. KeyError for a kind that there is not, or that the theme cannot show."""
        with self._making:
            if (theme, language) not in self._made:
                self._made[theme, language] = _drawn(theme, language)
        return self._made[theme, language][kind]


def _drawn(theme: str, language: str) -> dict[str, bytes]:
    say = words(language)
    phrases = itertools.cycle(say["sample_phrases"].split(" | "))
    slides = []
    for one in kinds(language):
        slide = {**skeleton(one["kind"]), **_MORE.get(one["kind"], {})}
        slide = {key: _filled(value, phrases) for key, value in slide.items()}
        if slide.get("title"):
            slide["title"] = one["label"]
        slides.append({**slide, "id": f"sample-{one['kind']}"})
    deck = {
        "title": say["new_training"],
        "language": language,
        "objectives": [next(phrases), next(phrases)],
        "references": [{"id": "one", "text": next(phrases)}],
        "sections": [
            {"title": next(phrases), "slides": slides},
            {"title": next(phrases), "slides": [{"kind": "section"}]},
        ],
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "deck.yaml"
        file.write_text(json.dumps(deck, ensure_ascii=False), "utf-8")  # which YAML reads
        drawing = Path(folder) / PLACEHOLDER
        drawing.parent.mkdir(parents=True)
        drawing.write_bytes(files("deckbuilder.editing").joinpath("placeholder.svg").read_bytes())
        with ALONE:
            arrangement = api.arrange(api.read(file), theme=theme)
        out: dict[str, bytes] = {}
        for frame in arrangement.frames:
            if frame.slide.kind not in out and not frame.notes_only:
                with ALONE:
                    pdf = api.draw(arrangement, frame)
                out[frame.slide.kind] = page_picture(pdf, 0, WIDTHS[0])
        return out


_MORE: dict[str, dict[str, Any]] = {
    "points": {"points": [_BARE, _BARE, _BARE]},
    "quote": {"author": _BARE},
    "activity": {"materials": [_BARE]},
    "references": {"sources": ["one"]},
}


def _filled(value: Any, phrases: Any) -> Any:
    """The value with phrases where a skeleton has none yet."""
    if isinstance(value, str):
        return next(phrases) if value == _BARE else f"{next(phrases)}?" if value == f"{_BARE}?" else value
    if isinstance(value, list):
        return [_filled(one, phrases) for one in value]
    if isinstance(value, dict):
        return {key: _filled(one, phrases) for key, one in value.items()}
    return value
