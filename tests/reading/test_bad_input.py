"""Broken, hostile and merely odd files beside a deck: a message where the mistake is, and nothing written."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest

from deckbuilder.diagnostics import DeckError, Diagnostic, Diagnostics
from deckbuilder.pipeline import Order, build
from tools import PICTURES, deck_folder

PICTURE = {"kind": "picture", "title": "T", "picture": {"file": "pictures/it.png", "alt": "Something"}}
TABLE = {"kind": "table", "title": "T", "file": "data.csv"}
CHART = {"kind": "chart", "title": "T", "chart": "bar", "file": "data.csv"}


def png(width: int, height: int, data: bytes = b"") -> bytes:
    """A PNG file that says it is so large, whatever it holds."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data or zlib.compress(b"\0")) + chunk(b"IEND", b"")
    )


def refused(
    folder: Path, *slides: dict[str, Any], files: dict[str, bytes] | None = None, **deck: Any
) -> list[Diagnostic]:
    """What is said when the deck is built over earlier files, which have to stay as they are."""
    source = deck_folder(folder / "deck", *slides, default_minutes=1, **deck)
    for name, data in (files or {}).items():
        (source.parent / name).parent.mkdir(parents=True, exist_ok=True)
        (source.parent / name).write_bytes(data)
    earlier = folder / "out" / "deck" / "spruce"
    earlier.mkdir(parents=True)
    kept = {earlier / name: name.encode() for name in ("deck.pptx", "deck-handout.pdf", "deck-guide.pdf")}
    for path, data in kept.items():
        path.write_bytes(data)
    with pytest.raises(DeckError) as caught:
        build(Order(source, output=folder / "out"), Diagnostics())
    assert {path: path.read_bytes() for path in earlier.iterdir()} == kept, (
        "earlier files are left whole, and no others"
    )
    found = [d for d in caught.value.diagnostics if d.severity.value == "error"]
    assert found
    for problem in found:
        assert problem.at is not None, str(problem)
        assert problem.at.line >= 1, str(problem)
        assert problem.at.column >= 1, str(problem)
        assert problem.hint or _PLAIN.search(problem.message), str(problem)
    return found


# Messages that say themselves what to write.
_PLAIN = re.compile("should be a number|needs at least|takes at most")
JPEG = (PICTURES / "dawn.jpg").read_bytes()
GOOD = (PICTURES / "shapes.png").read_bytes()
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="10" height="10">{}</svg>'
)


@pytest.mark.parametrize(
    ("file", "data", "said"),
    [
        ("pictures/gone.png", None, "there is no picture"),
        ("pictures/it.png", b"", "empty"),
        ("pictures/it.png", GOOD[: len(GOOD) // 2], "cut off"),
        ("pictures/it.png", GOOD[:20], ""),
        ("pictures/it.jpg", JPEG[: len(JPEG) // 2], "cut off"),
        ("pictures/it.png", JPEG, "holds a JPEG"),
        ("pictures/it.png", b"GIF89a" + b"\0" * 40, "holds a GIF"),
        ("pictures/it.png", b"<html><body>404</body></html>", "is a web page"),
        ("pictures/it.png", png(60_000, 60_000), "pixels"),
        ("pictures/it.png", png(12_000, 12_000), "pixels"),
        ("pictures/it.png", png(0, 0), ""),
        ("pictures/it.png", png(40, 40, b"no deflate stream"), "damaged"),
        ("pictures/it.png", png(40, 40, zlib.compress(b"\0" * 4840)[:-8]), "damaged"),
        ("pictures/it.svg", _SVG.format("<script>alert(1)</script>").encode(), ""),
        ("pictures/it.svg", _SVG.format('<rect onclick="alert(1)" width="9" height="9"/>').encode(), ""),
        (
            "pictures/it.svg",
            _SVG.format('<image xlink:href="https://example.org/a.png" width="9" height="9"/>').encode(),
            "",
        ),
        ("pictures/it.svg", _SVG.format('<image href="file:///etc/hostname" width="9" height="9"/>').encode(), ""),
        ("pictures/it.svg", _SVG.format("<style>@import url(https://example.org/a.css);</style>").encode(), ""),
        ("pictures/it.svg", _SVG.format("<rect").encode(), ""),
        (
            "pictures/it.svg",
            b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">&a;</svg>',
            "entities",
        ),
        ("../outside.png", None, "outside"),
        ("pictures", None, "there is no picture"),
    ],
)
def test_pictures_that_cannot_be_used(file: str, data: bytes | None, said: str, tmp_path: Path) -> None:
    slide = {**PICTURE, "picture": {**PICTURE["picture"], "file": file}}
    found = refused(tmp_path, slide, files={} if data is None else {file: data})
    assert len(found) == 1
    assert said in found[0].message
    assert found[0].at is not None
    assert found[0].at.file.endswith("deck.yaml")


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"A,B\n1,2\n3\n4,5,6\n", 3, "this row has 1 cells"),
        (b"", None, "has no data"),
        (b"\n\n", None, "has no data"),
        (b"A,B\n", None, "has no data"),
        ("A,B\nZürich,2\n".encode("latin-1"), 2, "not UTF-8"),
        ("A,B\n1,2\n".encode("utf-16")[:-1], 2, "not UTF-8"),
        (b"A,B\n1,2\n3,\0\n", 3, "U+0000"),
        (b'A,B\n1,"2\n3,4\n', 2, "CSV"),
        (b"A,B\n" + b"1,2\n" * 1_300_000, None, "larger than 5 MB"),
        (b"A,B\n" + b"1,2\n" * 2_500, None, "rows"),
        (None, None, "there is no file"),
    ],
)
@pytest.mark.parametrize("slide", [TABLE, CHART], ids=["table", "chart"])
def test_data_files_that_cannot_be_used(
    slide: dict[str, Any], data: bytes | None, line: int | None, said: str, tmp_path: Path
) -> None:
    found = refused(tmp_path, slide, files={} if data is None else {"data.csv": data})
    assert said in found[0].message
    assert found[0].at is not None
    if line is None:
        assert found[0].at.file.endswith("deck.yaml")
    else:
        assert (found[0].at.file, found[0].at.line) == ("data.csv", line)


@pytest.mark.parametrize("name", ["../data.csv", "/etc/hostname", "pictures"])
def test_data_files_outside_the_folder_or_no_files(name: str, tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("A,B\n1,2\n", encoding="utf-8")
    (found,) = refused(tmp_path, {**TABLE, "file": name})
    assert "outside" in found.message or "no file" in found.message


def test_words_in_a_charts_data_are_told_by_their_place(tmp_path: Path) -> None:
    found = refused(tmp_path, CHART, files={"data.csv": b"Year,Count\n2001,3\n2002,many\n"})
    assert [(d.at.file, d.at.line, d.at.column) for d in found if d.at] == [("data.csv", 3, 6)]


def chart(**fields: Any) -> dict[str, Any]:
    return {"kind": "chart", "title": "T", "chart": "bar", "categories": ["A", "B"], **fields}


def series(*values: Any) -> dict[str, Any]:
    return {"name": "S", "values": list(values)}


@pytest.mark.parametrize(
    ("slide", "said"),
    [
        (chart(), "needs 'series'"),
        (chart(series=[]), "series"),
        (chart(series=[series(None, None)]), "no data"),
        (chart(series=[series(1)]), "1 values for 2 categories"),
        (chart(series=[series(1, 2, 3)]), "3 values for 2 categories"),
        (chart(chart="pie", series=[series(3, -1)]), "shares of a whole"),
        (chart(chart="pie", series=[series(0, 0)]), "shares of a whole"),
        (chart(chart="pie", series=[series(1, 2), series(1, 2)]), "one series"),
        (chart(chart="radar", series=[series(1, 2)]), "chart"),
        (chart(series=[series("many", 2)]), "number"),
        (chart(series=[series(float("nan"), 2)]), ""),
        (chart(series=[series(float("inf"), 2)]), ""),
        (chart(chart="line", stacked=True, series=[series(1, 2)]), "bar charts"),
        (chart(file="data.csv", series=[series(1, 2)]), "stand both"),
        ({**TABLE, "header": ["A"], "rows": [["a"]]}, "stand both"),
        ({"kind": "table", "title": "T"}, "needs 'header'"),
        ({"kind": "table", "title": "T", "header": ["A", "B"], "rows": [["a"]]}, "row 1 has 1 cells"),
        (
            {"kind": "table", "title": "T", "header": [f"Column{n}" * 3 for n in range(9)], "rows": [["a"] * 9]},
            "wider than the slide",
        ),
        ({"kind": "table", "title": "T", "header": ["A"], "rows": [["word " * 1500]]}, "higher than a slide"),
        ({"kind": "table", "title": "T", "header": ["A"] * 13, "rows": [["a"] * 13]}, "12"),
        ({"kind": "points", "title": "T", "points": ["a"], "layout": "Two Contents"}, "no layout"),
        ({"kind": "points", "title": "T", "points": ["a"], "layout": "Title Only"}, "no place"),
        ({"kind": "grid", "title": "T", "pictures": [PICTURE["picture"]]}, "pictures"),
        ({"kind": "steps", "title": "T", "steps": ["one"]}, "steps"),
        ({"kind": "timeline", "title": "T", "events": [{"when": 1990}, {"when": 1991, "text": "b"}]}, "needs 'text'"),
        ({"kind": "poll", "title": "T", "question": "q", "options": ["a", "b"], "join": "vote"}, "leads nowhere"),
        ({"kind": "video", "title": "T", "video": {"text": "a", "url": "film.mp4"}}, "leads nowhere"),
        ({"kind": "break", "title": "T"}, "needs 'minutes'"),
        ({"kind": "activity", "title": "T"}, "needs 'instructions'"),
    ],
)
def test_slides_that_hold_together_badly(slide: dict[str, Any], said: str, tmp_path: Path) -> None:
    found = refused(tmp_path, slide, files={"data.csv": b"A,B\n1,2\n"})
    assert any(said in d.message for d in found), [str(d) for d in found]


def test_an_appendix_in_the_middle(tmp_path: Path) -> None:
    slide = {"kind": "statement", "title": "T", "statement": "S"}
    sections = [{"title": "A", "appendix": True, "slides": [slide]}, {"title": "B", "slides": [slide]}]
    (found,) = refused(tmp_path, sections=sections)
    assert "appendix comes last" in found.message


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\ufffe"])
@pytest.mark.parametrize("escaped", [False, True], ids=["raw", "escaped"])
def test_control_characters_in_yaml(character: str, escaped: bool, tmp_path: Path) -> None:
    source = deck_folder(tmp_path / "deck", {"kind": "statement", "title": "T", "statement": "MARK"}, default_minutes=1)
    shown = f'"a\\u{ord(character):04x}b"' if escaped else f"a{character}b"
    source.write_text(source.read_text("utf-8").replace("MARK", shown), encoding="utf-8")
    with pytest.raises(DeckError) as caught:
        build(Order(source, output=tmp_path / "out"), Diagnostics())
    (found,) = [d for d in caught.value.diagnostics if d.severity.value == "error"]
    assert found.at is not None
    assert found.hint
    assert f"U+{ord(character):04X}" in found.message
    assert not (tmp_path / "out").exists()


def test_missing_pictures_are_told_together_with_misspelt_keys(tmp_path: Path) -> None:
    slides = [
        {**PICTURE, "titel": "T"},
        {"kind": "grid", "title": "T", "pictures": [{"file": "none.png", "alt": "x"}, {"file": "pictures/shapes.png"}]},
        {"kind": "nothing", "picture": "a word"},
    ]
    said = [problem.message for problem in refused(tmp_path, *slides)]
    for words in ("'pictures/it.png'", "'none.png'", "'titel'", "'nothing'", "no 'alt' text"):
        assert any(words in message for message in said), words
