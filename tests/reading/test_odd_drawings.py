"""Odd drawings: each ends as a picture that every output can hold, or in a message with a place and a way out."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.outputs.drawing.canvas import draw_picture
from deckbuilder.outputs.images import PRINT_DPI, Images
from deckbuilder.reading import drawings
from deckbuilder.reading.pictures import read_picture
from deckbuilder.reading.unusable import Patience
from deckbuilder.source import Position
from deckbuilder.units import Rect
from odd_drawings import SHAPE, filtered, odd_drawings, svg

ODD = odd_drawings()
AT = Position("deck.yaml", 7, 3)


def test_there_are_many_kinds_of_odd_drawings() -> None:
    assert len(ODD) > 150


@pytest.mark.slow  # some go on until patience ends, and that is seconds
@pytest.mark.parametrize("name", ODD)
def test_an_odd_drawing_is_drawn_or_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(drawings, "_EDGE", 800)  # pixels; so many at full size would take minutes
    (tmp_path / "a.svg").write_bytes(ODD[name])
    problems = Diagnostics()
    picture = read_picture("a.svg", AT, tmp_path, problems)
    for problem in problems:
        assert problem.at == AT
        assert "'a.svg'" in problem.message
        assert problem.hint
    assert (picture is None) == problems.has_errors
    if picture is None:
        return
    images = Images()
    for_deck = images.raster(picture, 300, 144)
    with Image.open(BytesIO(for_deck.data)) as image:
        image.load()
        assert image.width / image.height == pytest.approx(picture.aspect, rel=0.02)
    canvas = Canvas(str(tmp_path / "page.pdf"))
    draw_picture(canvas, picture, images, Rect(0, 0, 300, 300 / picture.aspect), (0, 0, 0, 0), PRINT_DPI)
    canvas.save()


SAID = {
    "sizes: viewBox 0 0 0 0": "does not say how large it is",
    "sizes: viewBox 0 0 1 500": "is more than 200 times as long as it is wide",
    "texts: latin-1, undeclared": "is not in UTF-8; its letters are taken for those of Windows-1252",
    "texts: an entity in UTF-16": "declares XML entities",
    "texts: a style sheet outside": "refers to another file, a style sheet",
    "texts: cut off": "is not well-formed",
    "trees: 1100 deep": "has elements within elements, more than 256 deep",
    "trees: 100001 elements": "has more than 100,000 elements",
    "uses: a circle of three": "refers to itself in a circle, with 'use'",
    "uses: a bomb of 10 by 10": "draws more than 100,000 elements, with 'use' of 'use'",
    "uses: a pattern as large as the sea": "takes more time or memory to draw than a picture may",
    "filters: turbulence of a million octaves": "takes more ",
    "embedded: half a PNG": "holds an embedded picture that is ",
    "embedded: a bomb of 9000 pixels": "holds an embedded picture that has 9000 x 9000 pixels",
    "embedded: a broken drawing": "holds an embedded picture that is not well-formed",
    "embedded: a file outside": "refers to another file, 'photo.png'",
    "others: outside its box": "shows nothing",
    "numbers: scaled to nothing": "shows nothing",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SAID)
def test_the_message_says_what_is_odd(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.svg").write_bytes(ODD[name])
    problems = Diagnostics()
    read_picture("a.svg", AT, tmp_path, problems)
    (problem,) = problems
    assert problem.message.startswith(f"the picture 'a.svg' {SAID[name]}")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("sizes: in mm", 21 / 29.7),
        ("sizes: in pt with a viewBox", 21 / 29.7),
        ("sizes: in furlong with a viewBox", 100 / 80),
        ("sizes: junk viewBox a b c d with a size", 100 / 80),
        ("sizes: width only", 100 / 80),
        ("sizes: padded", 300 / 80),
        ("texts: a wrong name space", 100 / 80),
        ("texts: declared cp1250", 100 / 80),
        ("words: font-size larger", 100 / 80),
        ("uses: a symbol", 100 / 80),
        ("others: a link", 100 / 80),
    ],
)
def test_what_programs_write_by_habit_is_taken_without_a_word(tmp_path: Path, name: str, shown: float) -> None:
    (tmp_path / "a.svg").write_bytes(ODD[name])
    problems = Diagnostics()
    picture = read_picture("a.svg", AT, tmp_path, problems)
    assert [str(p) for p in problems] == []
    assert picture is not None
    assert picture.aspect == pytest.approx(shown, rel=0.01)


def test_a_deck_waits_for_a_few_drawings_that_take_too_long_not_for_all(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(filtered('<feTurbulence baseFrequency=".5" numOctaves="1000000"/>'))
    (tmp_path / "words.svg").write_text(svg('<text y="40">Words</text>'))
    problems, patience = Diagnostics(), Patience(left=0.5)
    for name in ("a.svg", "words.svg"):
        assert read_picture(name, AT, tmp_path, problems, patience=patience) is None
    assert [p.message.partition("' ")[2] for p in problems][1] == "was not drawn, since others took too long"


def test_a_drawing_of_the_wrong_name_space_is_handed_on_in_the_right_one(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_bytes(ODD["texts: a wrong name space"])
    picture = read_picture("a.svg", AT, tmp_path, Diagnostics())
    assert picture is not None
    assert b'xmlns="http://www.w3.org/2000/svg"' in Images().file(picture)


def test_letters_of_an_old_encoding_come_out_right(tmp_path: Path) -> None:
    shown = []
    for encoding in ("utf-8", "latin-1", "cp1252", "utf-16"):
        source = f'<?xml version="1.0" encoding="{encoding}"?>' + svg('<text y="40" font-size="30">Größe</text>')
        (tmp_path / "a.svg").write_bytes(source.encode(encoding))
        picture = read_picture("a.svg", AT, tmp_path, Diagnostics())
        assert picture is not None
        shown.append(Images().file(picture))
    assert shown == [shown[0]] * 4


def test_what_does_not_need_more_than_vectors_stays_as_the_file_is(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(svg(SHAPE))
    picture = read_picture("a.svg", AT, tmp_path, Diagnostics())
    assert picture is not None
    assert (picture.format, picture.data) == ("svg", None)
