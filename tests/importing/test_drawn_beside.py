"""What cannot be text becomes a picture of it; a page shows old slides beside new ones."""

from __future__ import annotations

from pathlib import Path

import pptx
import pytest
from importing_tools import imported, slides_of
from PIL import Image
from pptx.util import Inches

from tools import need


@pytest.mark.slow
def test_a_drawing_becomes_a_picture_and_the_page_shows_it(tmp_path: Path) -> None:
    need("soffice"), need("pdftoppm")
    deck = pptx.Presentation()
    deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text = "Halls"
    slide = deck.slides.add_slide(next(x for x in deck.slide_layouts if x.name == "Title Only"))
    slide.shapes.title.text = "The way to the hall"
    drawing = slide.shapes.build_freeform(Inches(1), Inches(2))
    drawing.add_line_segments([(Inches(7), Inches(2)), (Inches(4), Inches(6))])
    drawing.convert_to_shape()
    deck.save(str(tmp_path / "old.pptx"))
    report, data = imported(tmp_path / "old.pptx", tmp_path, with_page=True)
    _, only = slides_of(data)
    assert (only["kind"], only["title"]) == ("picture", "The way to the hall")
    assert "a drawing as such: it is a picture now" in report.as_text()
    with Image.open(tmp_path / "new" / only["picture"]["file"]) as picture:
        colors = picture.convert("RGB").getcolors(1_000_000)
    assert colors is not None
    assert max(count for count, color in colors if color != (255, 255, 255)) > 10_000
    page = (tmp_path / "new" / "import.html").read_text("utf-8")
    assert page.count("<img ") == 4
    assert "became picture" in page
