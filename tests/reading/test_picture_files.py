"""Picture files: found, safe and readable, with their size; or refused in words."""

from __future__ import annotations

import struct
import zlib
from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from deckbuilder.content.deck import Deck
from deckbuilder.content.pictures import PictureFile
from deckbuilder.diagnostics import Diagnostic, Diagnostics
from deckbuilder.reading.pictures import read_picture, read_pictures
from deckbuilder.reading.yaml import parse_yaml

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90"><rect width="5" height="5"/></svg>'


def read(folder: Path, *names: str) -> tuple[dict[str, PictureFile], list[Diagnostic]]:
    """What the pictures of those names are, in a deck that lies in the folder."""
    slides = "\n".join(
        f"      - {{kind: picture, title: T, picture: {{file: '{name}', alt: Shown}}}}" for name in names
    )
    problems = Diagnostics()
    raw = parse_yaml(f"title: T\nsections:\n  - title: S\n    slides:\n{slides}\n", "deck.yaml", problems)
    deck = Deck.model_validate(raw, context={"problems": problems, "language": "en"})
    return read_pictures(deck, folder, problems), list(problems)


def refusal(folder: Path, name: str) -> tuple[str, str | None]:
    """The one message, and hint, about the picture."""
    pictures, problems = read(folder, name)
    assert pictures == {}
    assert len(problems) == 1
    assert problems[0].at is not None
    return problems[0].message, problems[0].hint


def png(width: int = 40, height: int = 30, mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.effect_noise((width, height), 80).convert(mode).save(out, "PNG")
    return out.getvalue()


def jpeg(width: int = 40, height: int = 30, orientation: int | None = None, mode: str = "RGB") -> bytes:
    out = BytesIO()
    image = Image.effect_noise((width, height), 80).convert(mode)
    exif = Image.Exif()
    if orientation is not None:
        exif[0x0112] = orientation
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a hundred bytes that claims to be so large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 64)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.png", png(), "png"),
        ("a.PNG", png(mode="RGBA"), "png"),
        ("a.jpg", jpeg(), "jpeg"),
        ("a.jpeg", jpeg(mode="L"), "jpeg"),
    ],
)
def test_rasters_give_format_and_size_in_pixels(tmp_path: Path, name: str, content: bytes, form: str) -> None:
    (tmp_path / name).write_bytes(content)
    pictures, problems = read(tmp_path, name)
    assert problems == []
    assert pictures == {name: PictureFile(tmp_path / name, form, 40, 30)}  # type: ignore[arg-type]
    assert pictures[name].aspect == pytest.approx(4 / 3)


@pytest.mark.parametrize(
    ("source", "size"),
    [
        (SVG, (160, 90)),
        (f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- drawn -->\n{SVG}', (160, 90)),
        ("\ufeff" + SVG, (160, 90)),
        ("\n  " + SVG, (160, 90)),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="-5,-5,20.5,10"/>', (20.5, 10)),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="30px" height="20px"/>', (30, 20)),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>', (30, 20)),
        ('<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">\n' + SVG, (160, 90)),
    ],
)
def test_drawings_give_their_size_in_user_units(tmp_path: Path, source: str, size: tuple[float, float]) -> None:
    (tmp_path / "a.svg").write_text(source, "utf-8")
    pictures, problems = read(tmp_path, "a.svg")
    assert [str(d) for d in problems] == []
    assert pictures == {"a.svg": PictureFile(tmp_path / "a.svg", "svg", *size, flat=True)}


@pytest.mark.parametrize("orientation", [5, 6, 7, 8])
def test_a_jpeg_turned_by_its_exif_mark_swaps_width_and_height(tmp_path: Path, orientation: int) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg(40, 30, orientation))
    pictures, _ = read(tmp_path, "a.jpg")
    assert pictures["a.jpg"] == PictureFile(tmp_path / "a.jpg", "jpeg", 30, 40, turned=True)


@pytest.mark.parametrize(("orientation", "turned"), [(None, False), (1, False), (2, True), (3, True), (4, True)])
def test_a_jpeg_that_is_upright_or_mirrored_keeps_its_size(
    tmp_path: Path, orientation: int | None, turned: bool
) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg(40, 30, orientation))
    pictures, _ = read(tmp_path, "a.jpg")
    assert pictures["a.jpg"] == PictureFile(tmp_path / "a.jpg", "jpeg", 40, 30, turned=turned)


def test_an_orientation_that_does_not_exist_turns_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg(40, 30, 99))
    pictures, _ = read(tmp_path, "a.jpg")
    assert (pictures["a.jpg"].width, pictures["a.jpg"].height) == (40, 30)


def test_a_missing_picture_hints_at_the_nearest_name(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "bridge.svg").write_text(SVG)
    assert refusal(tmp_path, "pictures/brigde.svg") == (
        "there is no picture 'pictures/brigde.svg'",
        "did you mean 'pictures/bridge.svg'?",
    )
    assert refusal(tmp_path, "bridge.svg")[1] == "did you mean 'pictures/bridge.svg'?"


def test_a_missing_picture_unlike_any_other_says_where_names_begin(tmp_path: Path) -> None:
    assert refusal(tmp_path, "tree.png") == (
        "there is no picture 'tree.png'",
        "names are relative to the deck's folder",
    )


def test_a_folder_is_no_picture(tmp_path: Path) -> None:
    (tmp_path / "tree.png").mkdir()
    assert refusal(tmp_path, "tree.png")[0] == "there is no picture 'tree.png'"


@pytest.mark.parametrize("name", ["../secret.png", "pictures/../../secret.png", "link.png"])
def test_a_picture_outside_the_folder_is_refused_unread(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.png").write_bytes(png())
    folder = tmp_path / "deck"
    (folder / "pictures").mkdir(parents=True)
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    assert refusal(folder, name) == (f"the picture '{name}' lies outside the deck's folder", "copy it beside deck.yaml")


def test_an_absolute_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(png())
    (tmp_path / "deck").mkdir()
    assert "lies outside" in refusal(tmp_path / "deck", str(tmp_path / "secret.png"))[0]


@pytest.mark.parametrize("name", ["../a.png", "a/../a.png", "./a.png"])
def test_a_way_around_that_ends_inside_the_folder_is_fine(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "deck"
    (folder / "a").mkdir(parents=True)
    (folder / "a.png").write_bytes(png())
    written = name.replace("../a.png", "../deck/a.png") if name.startswith("..") else name
    assert list(read(folder, written)[0]) == [written]


def test_an_empty_file_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    assert refusal(tmp_path, "a.png") == ("the picture 'a.png' is empty", "copy it again")


@pytest.mark.parametrize("share", [0.3, 0.6, 0.97])
@pytest.mark.parametrize(("name", "content"), [("a.png", png(300, 200)), ("a.jpg", jpeg(300, 200))])
def test_a_cut_off_file_is_told_so(tmp_path: Path, name: str, content: bytes, share: float) -> None:
    (tmp_path / name).write_bytes(content[: int(len(content) * share)])
    message, hint = refusal(tmp_path, name)
    assert message == f"the picture '{name}' is cut off"
    assert hint == "copy it again from where it came from"


def test_what_stands_behind_the_end_of_a_png_is_taken_for_no_part_of_it_and_goes_no_further(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(300, 200) + b"what somebody cropped away" * 1_000)
    picture = read_picture("a.png", None, tmp_path, Diagnostics())
    assert picture is not None
    assert picture.converted


def test_a_cut_off_jpeg_with_a_whole_thumbnail_in_it_is_told_so(tmp_path: Path) -> None:
    out = BytesIO()
    exif = Image.Exif()
    thumbnail = jpeg(60, 40)
    exif[0x010E] = "x"
    Image.effect_noise((300, 200), 80).convert("RGB").save(out, "JPEG", exif=exif, comment=thumbnail)
    content = out.getvalue()
    (tmp_path / "a.jpg").write_bytes(content[: len(content) * 9 // 10])
    assert refusal(tmp_path, "a.jpg")[0] == "the picture 'a.jpg' is cut off"


@pytest.mark.parametrize("content", [png()[:20], b"\xff\xd8\xff", jpeg()[:30], png()[:16] + b"\0" * 60])
def test_a_broken_head_is_told_so(tmp_path: Path, content: bytes) -> None:
    name = "a.png" if content.startswith(b"\x89") else "a.jpg"
    (tmp_path / name).write_bytes(content)
    message, hint = refusal(tmp_path, name)
    assert message in (f"the picture '{name}' is damaged", f"the picture '{name}' is cut off")
    assert hint


@pytest.mark.parametrize(
    ("name", "content", "message", "hint"),
    [
        ("a.png", jpeg(), "'a.png' holds a JPEG picture", "name it a.jpg"),
        ("a.jpg", png(), "'a.jpg' holds a PNG picture", "name it a.png"),
        ("a.png", SVG.encode(), "'a.png' holds a SVG picture", "name it a.svg"),
        ("a.jpg", b"RIFF\0\0\0\0WEBPVP8 ", "'a.jpg' holds a WEBP picture", "name it a.webp"),
        ("a.png", b"GIF89a" + b"\0" * 50, "'a.png' holds a GIF picture", "name it a.gif"),
        ("a", png(), "'a' holds a PNG picture", "name it a.png"),
    ],
)
def test_a_wrong_ending_is_told_with_the_right_one(
    tmp_path: Path, name: str, content: bytes, message: str, hint: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert refusal(tmp_path, name) == (message, hint)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", b"just words"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ],
)
def test_what_is_no_picture_is_told_so(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert refusal(tmp_path, name) == (f"'{name}' is not a picture that can be used", "save it as PNG, JPEG or SVG")


@pytest.mark.parametrize(("width", "height"), [(10_001, 10_000), (14_000, 14_000), (30_000, 30_000), (2**31 - 1, 2)])
def test_a_decompression_bomb_is_refused_by_its_head(tmp_path: Path, width: int, height: int) -> None:
    (tmp_path / "a.png").write_bytes(bomb(width, height))
    message, hint = refusal(tmp_path, "a.png")
    assert "pixels" in message
    assert hint == "save it smaller: 4,000 pixels are enough for print"


def test_a_file_of_more_than_100_mb_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.png").open("wb") as stream:
        stream.write(png())
        stream.truncate(100_000_001)
    assert refusal(tmp_path, "a.png") == ("the picture 'a.png' is larger than 100 MB", "save it smaller")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (SVG.replace("<rect", "<script>alert(1)</script><rect"), "holds a script or a web page"),
        (SVG.replace("<rect", "<foreignObject/><rect"), "holds a script or a web page"),
        (SVG.replace("<rect", '<image href="https://example.org/x.png"/><rect'), "refers to another file"),
        (SVG.replace("<rect", '<use href="other.svg#a"/><rect'), "refers to another file"),
        (
            SVG.replace("<svg", '<svg xmlns:xlink="http://www.w3.org/1999/xlink"').replace(
                "<rect", '<image xlink:href="file:///etc/passwd"/><rect'
            ),
            "refers to another file, 'file:///etc/passwd'",
        ),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG, "declares XML entities"),
        ('<!DOCTYPE svg [<!ENTITY % a SYSTEM "file:///etc/passwd">]>' + SVG, "declares XML entities"),
        (SVG.replace("</svg>", ""), "is not well-formed (its line 1, column "),
        ("<svg><rect></svg>", "is not well-formed (its line 1, column 14)"),
        ("<?xml version='1.0'?><html/>", "is not an SVG picture"),
        (SVG.replace('viewBox="0 0 160 90"', ""), "does not say how large it is"),
        (SVG.replace('viewBox="0 0 160 90"', 'width="100%" height="100%"'), "does not say how large it is"),
        (SVG.replace("160 90", "0 90"), "does not say how large it is"),
        (SVG.replace("160 90", "x y"), "does not say how large it is"),
    ],
)
def test_drawings_that_are_unsafe_or_unusable_are_refused_with_a_way_out(
    tmp_path: Path, source: str, message: str
) -> None:
    (tmp_path / "a.svg").write_text(source, "utf-8")
    said, hint = refusal(tmp_path, "a.svg")
    assert said.startswith(f"the picture 'a.svg' {message}")
    assert hint


@pytest.mark.parametrize("size", ["nan nan", "inf 90", "1e999 1"])
def test_a_drawing_of_no_finite_size_is_refused(tmp_path: Path, size: str) -> None:
    (tmp_path / "a.svg").write_text(SVG.replace("160 90", size), "utf-8")
    assert "does not say how large it is" in refusal(tmp_path, "a.svg")[0]


@pytest.mark.parametrize(
    "source",
    [
        SVG.replace("<rect", '<rect style="fill: url(https://example.org/x.svg#a)"'),
        SVG.replace("<rect", "<style>@import 'https://example.org/x.css';</style><rect"),
    ],
)
def test_a_drawing_that_reaches_out_by_its_styles_is_refused(tmp_path: Path, source: str) -> None:
    (tmp_path / "a.svg").write_text(source, "utf-8")
    assert refusal(tmp_path, "a.svg")[1]


def test_a_drawing_may_refer_to_its_own_parts_and_embed_pictures(tmp_path: Path) -> None:
    inner = '<use href="#a"/><image href="data:image/png;base64,' + b64encode(png()).decode() + '"/><rect'
    (tmp_path / "a.svg").write_text(SVG.replace("<rect", inner), "utf-8")
    assert list(read(tmp_path, "a.svg")[0]) == ["a.svg"]


def test_a_drawing_in_another_encoding_is_read_or_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_bytes(b'<?xml version="1.0" encoding="no-such"?>' + SVG.encode())
    assert refusal(tmp_path, "a.svg")[1]


def test_a_picture_used_twice_is_read_once_and_its_fault_explained_once(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png())
    pictures, problems = read(tmp_path, "a.png", "b.png", "a.png", "b.png")
    assert list(pictures) == ["a.png"]
    assert [(d.at.line if d.at else 0, d.message, d.hint) for d in problems] == [
        (6, "there is no picture 'b.png'", "did you mean 'a.png'?"),
        (8, "the picture 'b.png' cannot be used", "see the first message about it"),
    ]
