"""What slides say, read without deckbuilder but for the marks that tell which slides and fields they are of."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path
from typing import Any

from PIL import Image
from pptx import Presentation

from deckbuilder.outputs.pptx.marks import SlideMark, read_marks

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
LISTS = ({"points"}, {"steps"}, {"lead_in", "points"}, {"instructions"})
_COUNT = re.compile(r"(?: · \d+ of \d+| \(\d+ of \d+\))$")  # which slides with one title get
_TIME = re.compile(r"\b\d\d:\d\d\b")  # by which breaks end, after what is before them


def said(file: Path) -> list[dict[str, Any]]:
    """What each slide of a file says, as python-pptx reads it, over all of its frames: its title, lists with levels, other
    words and those of its notes (where they stand depends on how they fit), tables, charts and pictures; whether it is
    hidden, and the name of its section."""
    deck = Presentation(str(file))
    sections = {
        entry.get("id"): section.get("name")
        for section in deck.part._element.iter(f"{P14}section")
        for entry in section.iter(f"{P14}sldId")
    }
    out: list[dict[str, Any]] = []
    last: SlideMark | None = None
    for slide, mark in zip(deck.slides, read_marks(file).slides, strict=True):
        if mark is None or last is None or last.slide != mark.slide or mark.part != last.part + 1:
            out.append({"section": sections.get(str(slide.slide_id)), "hidden": slide._element.get("show") == "0"})
            out[-1]["notes"] = []
        last = mark
        one = out[-1]
        fields = {holder.index: holder.fields for holder in mark.holders} if mark is not None else {}
        for shape in slide.placeholders:
            index = shape.placeholder_format.idx
            names = fields.get(index, ()) if mark is not None else (("title",) if index == 0 else ("points",))
            if index in (10, 11, 12) or not names or any(re.match(r"(deck|session|section)\.", name) for name in names):
                continue
            if names == ("headline",):
                continue  # which the program makes of the text, until that begins otherwise
            if "title" in names:
                one.setdefault(
                    "title", [words for words, _ in _shown(shape)]
                )  # also stands on other frames of the slide
                continue
            where = "list" if set(names) in LISTS else "words" if shape.has_text_frame else "shown"
            one.setdefault(where, []).extend(
                _shown(shape) if where != "words" else [words for words, _ in _shown(shape)]
            )
        if slide.has_notes_slide:
            lines = [p.text for p in slide.notes_slide.notes_text_frame.paragraphs]
            # Questions stand on the slide, and who leads it in the session.
            text = "\n".join(line for line in lines if not line.startswith(("QUESTION", "LED BY")))
            one["notes"] += [word for word in re.findall(r"[^\W_]+", text) if not word.isupper()]
    for one in out:  # words that all frames of a slide have stand there as often as it has frames
        one["words"], one["notes"] = sorted(set(one.get("words", ()))), sorted(one["notes"])
    return out


def _shown(shape: Any) -> list[Any]:
    if getattr(shape, "has_table", False) and shape.has_table:
        return [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
    if getattr(shape, "has_chart", False) and shape.has_chart:
        plot = shape.chart.plots[0]
        return [list(map(str, plot.categories)), *((one.name, list(one.values)) for one in plot.series)]
    blip = shape._element.find(f".//{A}blip")
    if blip is not None:
        relation = shape.part.rels[blip.get(f"{R}embed")]
        return [shape._element._nvXxPr.cNvPr.get("descr"), _looks(relation._target.blob)]
    if not shape.has_text_frame:
        return []
    lines = [(p.text.replace("\u00a0", " ").strip(), p.level) for p in shape.text_frame.paragraphs]
    return [(_COUNT.sub("", words), level) for words, level in lines if words and not _TIME.search(words)]


def _looks(data: bytes) -> str:
    """Pictures by their colours, roughly: how many pixels one has depends on how large it is shown."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            small = picture.convert("RGB").resize((3, 3), Image.Resampling.BOX)
            return " ".join(str(tuple(part // 48 for part in colour)) for colour in small.get_flattened_data())
    except OSError:
        return hashlib.sha256(data).hexdigest()[:8]
