"""Pictures and tables that come from elsewhere: what is taken of them, and what is refused."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from deckbuilder.editing.pasting import pasted_chart, pasted_table
from deckbuilder.editing.refusal import Refused
from deckbuilder.editing.taking import picture_name, take_picture


def photograph(form: str, orientation: int) -> bytes:
    """A picture, red on the right, with a place and a remark in it, lying on its side where `orientation` is 6."""
    image = Image.effect_noise((120, 80), 90).convert("RGB")
    image.paste((255, 0, 0), (60, 0, 120, 80))
    marks = Image.Exif()
    marks[0x0112] = orientation
    marks[0x010E] = "remark"
    marks.get_ifd(0x8825)[1] = "N"
    marks.get_ifd(0x8825)[2] = (47.0, 1.0, 2.0)
    file = io.BytesIO()
    options: dict[str, Any] = {"comment": b"remark"} if form == "JPEG" else {}
    image.save(file, form, exif=marks, **options)
    return file.getvalue() + (b"remark: a video behind the picture" if form == "JPEG" else b"")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_pictures_are_upright_and_say_nothing_of_where_they_were_taken(
    tmp_path: Path, form: str, orientation: int
) -> None:
    taken = take_picture(tmp_path, photograph(form, orientation), "IMG_0815.HEIC", "Dawn over a plain")
    assert taken.file.startswith("pictures/dawn-over-a-plain.")
    data = (tmp_path / taken.file).read_bytes()
    assert b"remark" not in data
    with Image.open(tmp_path / taken.file) as image:
        assert not image.getexif()
        assert image.size == (taken.width, taken.height) == ((120, 80) if orientation == 1 else (80, 120))
        red = image.convert("RGB").getpixel((90, 40) if orientation == 1 else (40, 90))
    assert isinstance(red, tuple)
    assert red[0] > 200
    assert red[1] < 60


def test_an_upright_photograph_keeps_its_pixels(tmp_path: Path) -> None:
    data = photograph("JPEG", 1)
    taken = take_picture(tmp_path, data, "dawn.jpg")
    with Image.open(io.BytesIO(data)) as before, Image.open(tmp_path / taken.file) as after:
        assert before.tobytes() == after.tobytes()


def test_the_same_picture_is_kept_once_and_another_beside_it(tmp_path: Path) -> None:
    first, other = photograph("PNG", 1), photograph("PNG", 6)
    names = [take_picture(tmp_path, data, "dawn.png").file for data in (first, first, other, first, other)]
    assert names == [f"pictures/dawn{n}.png" for n in ("", "", "-2", "", "-2")]


def test_drawings_are_taken_as_they_are(tmp_path: Path) -> None:
    data = Path("content/safe-food/pictures").glob("*.svg")
    source = next(data).read_bytes()
    assert (tmp_path / take_picture(tmp_path, source, "x.svg").file).read_bytes() == source


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"", "not a picture"),
        (b"MZ\x90", "not a picture"),
        (photograph("PNG", 1)[:900], "cut off"),
    ],
)
def test_what_is_no_picture_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        take_picture(tmp_path, data, "x.png")
    assert not list(tmp_path.iterdir())


def test_no_picture_leaves_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "deck"
    folder.mkdir()
    (folder / "pictures").symlink_to(tmp_path)
    with pytest.raises(Refused, match="outside"):
        take_picture(folder, photograph("PNG", 1), "../../x.png")


@pytest.mark.parametrize(
    ("name", "about", "called"),
    [
        ("Größe & Maß.JPG", "", "grosse-mass"),
        ("../../etc/passwd", "", "passwd"),
        (r"C:\fotos\Ångström.png", "", "angstrom"),
        ("con.png", "", "picture"),
        ("image.png", "", "picture"),
        ("Screenshot 2027-03-15.png", "Our *new* room", "our-new-room"),
        ("사진.png", "", "사진"),
        ("x" * 300, "", "x" * 50),
    ],
)
def test_names_are_sensible(name: str, about: str, called: str) -> None:
    assert picture_name(name, about) == called


HTML = """<html><body><p>Before</p><table><thead><tr><th>Name</th><th>Value</th></tr></thead>
<tr><td rowspan=2><b>Anna</b> B. </td><td>1&nbsp;000 *</td></tr><tr><td><p>x</p><p>y &amp; <em>z</em></p></td></tr>
<tr><td colspan=2>All</td></tr></table><table><tr><td>another</td></tr></table></body></html>"""


@pytest.mark.parametrize(
    ("text", "html", "header", "rows"),
    [
        ("Year\tPeople\n2019\t1 200\n2020\t\n\t\n", "", ["Year", "People"], [["2019", "1 200"], ["2020", ""]]),
        ('a\tb\n"two\nlines"\t"with ""quotes"""\n', "", ["a", "b"], [["two lines", 'with "quotes"']]),
        ("\tx\nrow\t_y_", "", ["–", "x"], [["row", r"\_y\_"]]),
        ("a;b\n1,5;2", "", ["a", "b"], [["1,5", "2"]]),
        ("ignored", HTML, ["Name", "Value"], [["**Anna** B.", "1 000 *"], ["", "x y & *z*"], ["All", ""]]),
    ],
)
def test_tables_are_pasted(text: str, html: str, header: list[str], rows: list[list[str]]) -> None:
    assert pasted_table(text, html) == {"header": header, "rows": rows}


@pytest.mark.parametrize(
    ("text", "language", "categories", "series"),
    [
        ("\tA\tB\nX\t1,5\t2\nY\t3,25\t", "de", ["X", "Y"], {"A": [1.5, 3.25], "B": [2, None]}),
        ("Year\tN\n2019\t45\n2020\t1,250", "en", ["2019", "2020"], {"N": [45, 1250]}),
        ("2019\t45 %\n2020\t50 %", "en", ["2019", "2020"], {"–": [45, 50]}),
        ("1\n2\n-3", "en", ["1", "2", "3"], {"–": [1, 2, -3]}),
        ("\ta\tb\tc\td\te\tf\tg\nN\t1\t2\t3\t4\t5\t6\t7", "en", list("abcdefg"), {"N": [1, 2, 3, 4, 5, 6, 7]}),
    ],
)
def test_charts_are_pasted(text: str, language: str, categories: list[str], series: dict[str, list[float]]) -> None:
    made = pasted_chart(text, language=language)
    assert made["categories"] == categories
    assert {one["name"]: one["values"] for one in made["series"]} == series
    assert made.get("unit") == ("%" if "%" in text else None)


@pytest.mark.parametrize(
    ("paste", "text", "says"),
    [
        (pasted_table, " \t \n", "no cells"),
        (pasted_table, "x\t" * 13 + "x", "12 columns"),
        (pasted_chart, "a\tb\nc\td", "not a number"),
        (pasted_chart, "a\tb", "no numbers"),
        (pasted_table, "x" * 2_000_001, "too much"),
    ],
)
def test_what_is_no_table_is_refused(paste: Any, text: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        paste(text)
