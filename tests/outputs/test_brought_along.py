"""What people bring along, on slides and on paper: wide tables, pictures of odd shapes, diagrams of pixels, drawings, code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

import deckbuilder
from deckbuilder.layout.frame import PictureItem
from odd_drawings import svg
from tools import Built, Package, arrange, build_files, deck_folder, read_words

LOOP = 'for name in *.csv; do\n    wc -l "$name"\n        # deeper\ndone\n'
ALT = 'A "quoted" <sign> & more'
MARKED = svg(
    '<defs><marker id="m" markerWidth="6" markerHeight="6" refX="5" refY="3" orient="auto"><path d="M0 0L6 3L0 6z" fill="#c00"/>'
    '</marker><linearGradient id="g"><stop stop-color="#0a6"/><stop offset="1" stop-color="#06a"/></linearGradient></defs>'
    '<rect x="5" y="5" width="30" height="20" rx="4" fill="url(#g)"/>'
    '<path d="M36 15H70" stroke="#c00" stroke-width="2" marker-end="url(#m)"/>'
)


def diagram(path: Path, size: tuple[int, int] = (1200, 300)) -> None:
    """Boxes and lines on white, of few colours."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for left in range(20, size[0] - 120, 200):
        draw.rectangle((left, size[1] // 3, left + 120, size[1] * 2 // 3), outline="black", width=4)
    image.save(path)


def pictured(kind: str, file: str, **more: Any) -> dict[str, Any]:
    picture = {"file": file, "alt": ALT}
    return {
        "kind": kind,
        "title": f"{kind} {file}",
        **({"pictures": [picture] * 2} if kind == "grid" else {"picture": picture}),
        **more,
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("brought")
    deck = deck_folder(
        folder / "deck",
        {"kind": "narrative", "title": "A loop", "text": f"Type this:\n\n```bash\n{LOOP}```\n"},
        pictured("picture", "wide.png"),
        pictured("picture", "marked.svg"),
        pictured("picture", "turned.jpg"),
        default_minutes=1,
    )
    diagram(deck.parent / "wide.png", (2000, 100))
    (deck.parent / "marked.svg").write_text(MARKED)
    photo = Image.new("CMYK", (400, 300), (0, 255, 255, 0))
    photo.paste((255, 0, 255, 0), (0, 0, 200, 300))
    exif = Image.Exif()
    exif[0x0112] = 6
    photo.save(deck.parent / "turned.jpg", exif=exif)
    return build_files(folder / "out", deck)


def test_code_keeps_its_lines_its_indentation_and_its_quotes(built: Built) -> None:
    package = Package(built.deck)
    said = package.text(package.slides[0])
    for line in LOOP.splitlines():
        assert line in said
    words = {word.text: word for page in read_words(built.handout) for word in page.words}
    assert '"$name"' in words
    step = words["wc"].left - words["for"].left
    assert step > 0
    assert words["#"].left - words["for"].left == pytest.approx(2 * step, abs=0.5)


def test_pictures_keep_their_proportions_and_alternative_texts(built: Built) -> None:
    package = Package(built.deck)
    for slide in package.slides[1:]:
        (shape,) = package.xml(slide).iterfind(".//{*}pic")
        assert shape.find(".//{*}cNvPr").get("descr") == ALT
    deck = built.deck.parents[3] / "deck" / "deck.yaml"
    items = [item for frame in arrange(deck).frames for item in frame.items if isinstance(item, PictureItem)]
    for item, aspect in zip(items, (20, 100 / 80, 300 / 400), strict=True):
        left, top, right, bottom = item.crop
        across, down = (
            item.placeholder.rect.width / (1 - left - right),
            item.placeholder.rect.height / (1 - top - bottom),
        )
        assert across / down == pytest.approx(aspect, rel=0.02)


@pytest.mark.parametrize("kind", ["picture", "points", "narrative", "grid"])
def test_diagrams_of_pixels_are_shown_whole_on_every_kind_of_slide(kind: str, tmp_path: Path) -> None:
    more = {"points": {"points": ["Read it", "Then back"]}, "narrative": {"text": "Beside it."}}.get(kind, {})
    deck = deck_folder(tmp_path / "deck", pictured(kind, "flow.png", **more), default_minutes=1)
    diagram(deck.parent / "flow.png")
    items = [item for frame in arrange(deck).frames for item in frame.items if isinstance(item, PictureItem)]
    assert items
    assert all(side <= 0 for item in items for side in item.crop)


WIDE = {
    "kind": "table",
    "title": "Wide",
    "header": [f"Column{n}" for n in range(12)],
    "rows": [[f"Extraordinary{n}" for n in range(12)]],
}
HIGH = {
    "kind": "table",
    "title": "High",
    "header": ["Step", "What"],
    "rows": [["One", "A sentence of a very long instruction. " * 60]],
}
WORDS = {
    "kind": "table",
    "title": "Words",
    "header": ["Term", "Where"],
    "rows": [["Gartenbauvereinsvorstandssitzung", "https://example.org/a/long/way/to/a/page/that/is/somewhere.html"]],
}


@pytest.mark.parametrize(
    ("slide", "said"),
    [(WIDE, "this table's 12 columns are"), (HIGH, "row 1 of this table is higher than a slide")],
    ids=["wide", "high"],
)
def test_a_table_that_no_slide_holds_is_refused_at_its_place(slide: dict[str, Any], said: str, tmp_path: Path) -> None:
    found = deckbuilder.check(deck_folder(tmp_path, slide, default_minutes=1)).diagnostics
    (problem,) = [one for one in found if one.severity.value == "error"]
    assert said in problem.message
    assert problem.at is not None
    assert problem.at.line > 1
    assert problem.hint


def test_long_words_and_addresses_stay_in_their_cells(tmp_path: Path) -> None:
    frames = arrange(deck_folder(tmp_path, WORDS, default_minutes=1)).frames
    (table,) = [item for frame in frames for item in frame.items if hasattr(item, "rows")]
    for row in table.rows:
        for cell, width in zip(row, table.widths, strict=True):
            assert not cell.torn
            assert all(line.width <= width for paragraph in cell.paragraphs for line in paragraph.lines)
