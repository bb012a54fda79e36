"""How much room texts have on slides, measured where they stand: "title, one line, about 38 characters"."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from deckbuilder.layout.frame import LaidText, SlideFrame, TextItem

_NUMBER = re.compile(r"\[\d+\]")
# An English sentence, by which an average character is measured.
_SAMPLE = "The quick brown fox jumps over the lazy dog and asks what happens after that, in 2027."


def rooms_of(frames: Sequence[SlideFrame]) -> Mapping[tuple[str, str], str]:
    """For each slide's identity and field what a translator is told of its room. Of items that a list has the first
    tells: "options[].text"; a list that stands in one place together is a field of its own: "points"."""
    out: dict[tuple[str, str], str] = {}
    for frame in frames:
        for item in frame.items:
            if isinstance(item, TextItem) and item.fields:
                said = _said(item)
                for field in item.fields:
                    if said:
                        out.setdefault((frame.slide.identity, _NUMBER.sub("[]", field)), said)
    return out


def _said(item: TextItem) -> str | None:
    paragraphs = item.text.paragraphs
    if not paragraphs:
        return None
    first = paragraphs[0]
    face = next((segment.face for line in first.lines for segment in line.segments), None)
    if face is None:
        return None
    room = item.placeholder.room
    per_line = math.floor((room.width - first.indent) / (face.width(_SAMPLE, first.size) / len(_SAMPLE)))
    pitch = _pitch(item.text)
    lines = max(1, math.floor(room.height / pitch)) if pitch else 1
    what = "title" if item.placeholder.type == "title" else "on the slide"
    if item.placeholder.type == "title" or lines == 1:
        count = "one line" if lines == 1 else f"{lines} lines at most"
        return f"{what}, {count}, about {per_line * lines} characters"
    share = f", shared by {len(paragraphs)} paragraphs" if len(paragraphs) > 1 else ""
    return f"{what}, {lines} lines of about {per_line} characters{share}"


def _pitch(text: LaidText) -> float:
    """The height of a line, in points."""
    lines = sum(len(paragraph.lines) for paragraph in text.paragraphs)
    return text.height / lines if lines else 0.0
