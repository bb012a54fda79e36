"""What a second layout engine, beside LibreOffice, makes of the slides: rpptx, which is no office program and knows nothing of
how we measure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from deckbuilder.layout.frame import TextItem
from deckbuilder.theme.fonts import FONT_FOLDER
from tools import Built, arranged

rpptx = pytest.importorskip("rpptx")

NAME = "every-kind"
SLACK = 4.0  # points: its line heights and its rounding


@pytest.mark.slow
def test_every_text_fits_its_place_for_a_second_engine(built: Callable[[str], Built]) -> None:
    laid: dict[tuple[int, int], Any] = {}
    for frame in rpptx.Presentation(str(built(NAME).deck)).text_layout(font_dir=FONT_FOLDER):
        if frame.shape_id is not None:
            laid.setdefault((frame.slide_index, frame.shape_id), frame)
    seen = 0
    for index, slide in enumerate(arranged(NAME).frames):
        for shape, item in enumerate(slide.items, 2):
            if not isinstance(item, TextItem) or item.text.has_formulas:
                continue
            theirs = laid[index, shape]
            where = f"slide {slide.number}, {item.placeholder.role}: {item.text.plain[:40]!r}"
            assert theirs.height <= item.placeholder.room.height + SLACK, where
            assert len(theirs.lines) <= sum(len(p.lines) for p in item.text.paragraphs), where
            seen += 1
    assert seen > 100
