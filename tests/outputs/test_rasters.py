"""Pictures of pixels as outputs hold them: whatever phones, browsers, scanners and printers' programs write."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from PIL import Image, ImageCms, ImageDraw, JpegImagePlugin, PngImagePlugin
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from deckbuilder.content.pictures import PictureFile
from deckbuilder.diagnostics import Diagnostics, Severity
from deckbuilder.outputs.drawing.canvas import draw_picture
from deckbuilder.outputs.images import Images
from deckbuilder.reading.pictures import read_picture
from deckbuilder.source import Position
from deckbuilder.units import Rect

AT = Position("deck.yaml", 7, 3)
RED, BLUE = (200, 30, 30), (30, 30, 200)


def read(folder: Path, name: str, data: bytes) -> tuple[PictureFile | None, list[str]]:
    (folder / name).write_bytes(data)
    problems = Diagnostics()
    picture = read_picture(name, AT, folder, problems)
    assert all(problem.at == AT and problem.hint for problem in problems)
    return picture, [problem.message for problem in problems]


def shown(folder: Path, name: str, data: bytes, points: float = 40, dpi: int = 72) -> Image.Image:
    """The picture as outputs hold it, at so many points and dots an inch."""
    picture, said = read(folder, name, data)
    assert picture, said
    raster = Images().raster(picture, points, dpi, strict=True)
    with Image.open(BytesIO(raster.data)) as image:
        assert image.format == raster.format.upper()
        assert image.mode in ("1", "L", "LA", "P", "RGB", "RGBA")
        assert (image.width, image.height) == (raster.width, raster.height)
        return image.convert("RGBA")


def scene(size: tuple[int, int] = (80, 60)) -> Image.Image:
    """Red at the left, blue at the right."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, *size))
    return image


def photograph(size: tuple[int, int] = (80, 60)) -> Image.Image:
    return Image.merge("RGB", [Image.effect_noise(size, 80) for _ in "rgb"])


def saved(image: Any, form: str, **options: Any) -> bytes:
    out = BytesIO()
    if form == "HEIF":
        pillow_heif.from_pillow(image).save(out, quality=95, **options)
    else:
        image.save(out, form, **options)
    return out.getvalue()


def near(image: Image.Image, at: tuple[int, int], color: tuple[int, ...], by: int = 14) -> bool:
    pixel = image.getpixel(at)
    assert isinstance(pixel, tuple)
    return all(abs(one - other) <= by for one, other in zip(pixel, color, strict=False))


FORMS = {"a.gif": "GIF", "a.webp": "WEBP", "a.avif": "AVIF", "a.heic": "HEIF", "a.HIF": "HEIF", "a.tif": "TIFF"}
FORMS |= {"a.tiff": "TIFF", "a.bmp": "BMP", "a.jfif": "JPEG", "a.png": "PNG"}


@pytest.mark.parametrize("name", FORMS)
def test_formats_of_phones_browsers_and_scanners_come_out_in_their_colours(tmp_path: Path, name: str) -> None:
    image = shown(tmp_path, name, saved(scene(), FORMS[name]))
    assert image.size == (40, 30)
    assert near(image, (8, 15), RED)
    assert near(image, (32, 15), BLUE)


def test_a_photograph_of_a_phone_leaves_pillow_as_it_was(tmp_path: Path) -> None:
    Image.init()
    tables = (Image.OPEN, Image.SAVE, Image.SAVE_ALL, Image.EXTENSION, Image.MIME, Image.ID)
    before = [table.copy() for table in tables]
    thumbnails = pillow_heif.options.THUMBNAILS
    assert shown(tmp_path, "a.heic", saved(scene(), "HEIF")).size == (40, 30)
    assert [*tables] == before
    assert thumbnails == pillow_heif.options.THUMBNAILS


@pytest.mark.parametrize("name", ["a.webp", "a.avif", "a.heic", "a.tif", "a.bmp"])
def test_photographs_become_jpeg_and_flat_pictures_png(tmp_path: Path, name: str) -> None:
    photo, _ = read(tmp_path, name, saved(photograph(), FORMS[name]))
    flat, _ = read(tmp_path, f"flat{Path(name).suffix}", saved(scene(), FORMS[name]))
    assert photo
    assert flat
    assert (photo.format, photo.flat) == ("jpeg", False)
    assert (flat.format, flat.flat) == ("png", True)


@pytest.mark.parametrize("name", ["a.webp", "a.gif", "a.tif", "a.png", "a.avif"])
def test_transparency_is_kept(tmp_path: Path, name: str) -> None:
    clear = scene().convert("RGBA")
    clear.paste((0, 0, 0, 0), (0, 0, 40, 60))
    image = shown(tmp_path, name, saved(clear, FORMS[name]))
    assert near(image, (8, 15), (0, 0, 0, 0)[3:]) or image.getpixel((8, 15))[3] < 10  # type: ignore[index]
    assert near(image, (32, 15), (*BLUE, 255))


def test_sixteen_bits_of_grey_stay_grey(tmp_path: Path) -> None:
    grey = Image.new("I;16", (80, 60), 32768)
    for name in ("a.png", "a.tif"):
        assert near(shown(tmp_path, name, saved(grey, FORMS[name])), (8, 8), (128, 128, 128), 2)
        picture, _ = read(tmp_path, name, saved(grey, FORMS[name]))
        assert picture
        assert near(Image.open(BytesIO(Images().original(picture).data)).convert("RGB"), (8, 8), (128, 128, 128), 2)


def test_measurements_as_fractions_reach_from_black_to_white(tmp_path: Path) -> None:
    image = Image.new("F", (80, 60), 0.001)
    image.paste(0.002, (40, 0, 80, 60))
    found = shown(tmp_path, "a.tif", saved(image, "TIFF"))
    assert near(found, (8, 8), (0, 0, 0), 2)
    assert near(found, (32, 8), (255, 255, 255), 2)


def test_four_colours_become_three(tmp_path: Path) -> None:
    found = shown(tmp_path, "a.jpg", saved(scene().convert("CMYK"), "JPEG", quality=95))
    assert near(found, (8, 15), RED)
    assert near(found, (32, 15), BLUE)
    assert near(shown(tmp_path, "a.tif", saved(scene().convert("CMYK"), "TIFF")), (8, 15), RED)


def _swapped() -> bytes:
    """A colour profile in which red and blue have changed places."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    places = {bytes(data[at : at + 4]): at for at in range(132, 132 + 12 * int.from_bytes(data[128:132]), 12)}
    red, blue = places[b"rXYZ"], places[b"bXYZ"]
    data[red : red + 4], data[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(data).replace("sRGB".encode("utf-16-be"), "odd ".encode("utf-16-be"))


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tif"])
def test_colour_profiles_are_applied(tmp_path: Path, name: str) -> None:
    form = {"a.jpg": "JPEG"} | FORMS
    found = shown(tmp_path, name, saved(scene(), form[name], icc_profile=_swapped()))
    assert near(found, (8, 15), BLUE)
    assert near(found, (32, 15), RED)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
def test_broken_colour_profiles_say_nothing(tmp_path: Path, name: str) -> None:
    form = {"a.jpg": "JPEG"} | FORMS
    data = saved(scene(), form[name], icc_profile=b"no profile at all")
    found = shown(tmp_path, name, data)
    assert near(found, (8, 15), RED)
    picture, said = read(tmp_path, name, data)
    assert said == []
    assert picture
    with Image.open(BytesIO(Images().original(picture).data)) as held:
        assert "icc_profile" not in held.info


@pytest.mark.parametrize("mode", ["1", "P", "L", "RGB"])
def test_thin_lines_are_still_there_when_a_picture_is_scaled_down(tmp_path: Path, mode: str) -> None:
    image = Image.new("L", (800, 600), 255)
    draw = ImageDraw.Draw(image)
    for x in range(5, 800, 40):
        draw.line((x, 0, x, 600), 0)
    found = shown(tmp_path, "a.png", saved(image.convert(mode), "PNG"), 100).convert("L")
    dark = [x for x in range(100) if found.getpixel((x, 30)) < 250]  # type: ignore[operator]
    assert len(dark) >= 20


def test_a_colour_that_stands_for_nothing_stays_clear_when_scaled(tmp_path: Path) -> None:
    found = shown(tmp_path, "a.png", saved(scene(), "PNG", transparency=RED))
    assert near(found.getchannel("A").convert("RGBA"), (8, 15), (0, 0, 0))
    assert near(found, (32, 15), (*BLUE, 255))


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tif", "a.heic", "a.avif"])
@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_pictures_taken_sideways_stand_upright(tmp_path: Path, name: str, orientation: int) -> None:
    """The left, upper quarter is red, as seen."""
    upright = Image.new("RGB", (80, 60), BLUE)
    upright.paste(RED, (0, 0, 40, 30))
    turn = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    form = {"a.jpg": "JPEG"} | FORMS
    data = saved(upright.transpose(turn), form[name], exif=exif.tobytes() if form[name] == "HEIF" else exif)
    found = shown(tmp_path, name, data)
    assert found.size == (40, 30)
    assert near(found, (8, 6), RED, 25)
    assert near(found, (32, 24), BLUE, 25)


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a.tif", "a.avif"])
def test_of_several_frames_or_pages_the_first_is_shown_with_a_word(tmp_path: Path, name: str) -> None:
    second = Image.new("RGB", (80, 60), (0, 255, 0))
    data = saved(scene(), FORMS[name], save_all=True, append_images=[second])
    picture, said = read(tmp_path, name, data)
    assert said == [f"the picture '{name}' has several pages or frames; the first is shown"]
    assert picture
    assert near(shown(tmp_path, name, data), (8, 15), RED)


def interlaced() -> bytes:
    """A PNG in Adam7's seven passes, which Pillow does not write: 8 x 8 pixels of grey."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    sizes = [(1, 1), (1, 1), (2, 1), (2, 2), (4, 2), (4, 4), (8, 4)]
    rows = b"".join((b"\0" + b"\x80" * width) * height for width, height in sizes)
    header = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def test_interlaced_pictures_are_taken_whole_and_refused_broken(tmp_path: Path) -> None:
    assert near(shown(tmp_path, "a.png", interlaced(), 8), (4, 4), (128, 128, 128))
    short = interlaced()
    rows = zlib.compress(b"\0\x80" * 9)  # what is left of them is a whole stream, and says it is
    head, tail = short[:33], short[-12:]
    data = struct.pack(">I", len(rows)) + b"IDAT" + rows + struct.pack(">I", zlib.crc32(b"IDAT" + rows))
    picture, said = read(tmp_path, "a.png", head + data + tail)
    assert picture is None
    assert said[0].startswith("the picture 'a.png' is ")


def flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes(255 - byte for byte in data[middle : middle + 40]) + data[middle + 40 :]


@pytest.mark.parametrize("harm", [lambda data: data[: len(data) // 2], lambda data: data[:40], flipped])
@pytest.mark.parametrize("name", [*FORMS, "a.jpg"])
def test_broken_files_are_found_when_the_deck_is_read(
    tmp_path: Path, name: str, harm: Callable[[bytes], bytes]
) -> None:
    """Found, or of no matter: what is read can be held, in every size."""
    form = {"a.jpg": "JPEG"} | FORMS
    picture, said = read(tmp_path, name, harm(saved(photograph(), form[name])))
    if picture is None:
        assert said[0].startswith(f"the picture '{name}' ") or "not a" in said[0]
        return
    assert harm is flipped
    Images().raster(picture, 20, 72, strict=True)
    Images().original(picture)


def test_a_png_whose_parts_are_not_what_their_sums_say_is_refused(tmp_path: Path) -> None:
    data = bytearray(saved(scene(), "PNG"))
    at = data.index(b"IDAT") + 4
    end = at + int.from_bytes(data[at - 8 : at - 4])
    data[end] ^= 255
    assert read(tmp_path, "a.png", bytes(data))[1] == ["the picture 'a.png' is damaged"]


def test_a_picture_of_more_pixels_than_can_be_held_is_refused(tmp_path: Path) -> None:
    huge = saved(Image.new("1", (9_000, 9_000)), "TIFF", compression="group4")
    assert len(huge) < 20_000
    assert read(tmp_path, "a.tif", huge)[1] == ["the picture 'a.tif' has 9000 x 9000 pixels"]


@pytest.mark.parametrize("options", [{"lossless": True}, {"quality": 1}, {"lossless": True, "save_all": True}])
def test_a_webp_of_more_pixels_than_can_be_held_is_refused_by_its_head(tmp_path: Path, options: Any) -> None:
    image = Image.new("RGB", (6_000, 4_200), RED)
    if "save_all" in options:
        options = {**options, "append_images": [Image.new("RGB", (6_000, 4_200), BLUE)]}
    assert read(tmp_path, "a.webp", saved(image, "WEBP", method=0, **options)) == (
        None,
        ["the picture 'a.webp' has 6000 x 4200 pixels"],
    )


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n", "a PDF file"),
        (b"\x00\x00\x00\x20ftypisom", "a video"),
        (b"8BPS\0\1", "a Photoshop file"),
        (b"\x1f\x8b\x08", "packed"),
        (b"PK\x03\x04", "an Office document"),
        (b"%!PS-Adobe-3.0 EPSF", "a PostScript file"),
        (b"version https://git-lfs.github.com/spec/v1", "a pointer of Git LFS"),
    ],
)
def test_other_files_are_named_as_what_they_are(tmp_path: Path, data: bytes, what: str) -> None:
    picture, (said,) = read(tmp_path, "a.png", data)
    assert picture is None
    assert said.startswith(f"'a.png' is {what}")


@pytest.mark.parametrize(
    ("file", "name"), [("Tree.PNG", "tree.png"), ("tree.png", "Tree.png"), ("Pictures/a.png", "pictures/a.png")]
)
def test_a_name_in_other_capitals_is_an_error_on_every_system(tmp_path: Path, file: str, name: str) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_bytes(saved(scene(), "PNG"))
    problems = Diagnostics()
    assert read_picture(name, AT, tmp_path, problems) is None
    (problem,) = problems
    assert problem.severity is Severity.ERROR
    assert problem.message == f"there is no picture '{name}', only '{file}'"
    assert problem.hint == f"write '{file}', as the file is called"


@pytest.mark.parametrize(("file", "name"), [("o\u0308l.png", "öl.png"), ("öl.png", "o\u0308l.png")])
def test_accents_may_be_composed_or_not(tmp_path: Path, file: str, name: str) -> None:
    (tmp_path / file).write_bytes(saved(scene(), "PNG"))
    problems = Diagnostics()
    picture = read_picture(name, AT, tmp_path, problems)
    assert not list(problems)
    assert picture
    assert near(Image.open(BytesIO(Images().original(picture).data)).convert("RGB"), (8, 8), RED)


def _remarked(form: str) -> bytes:
    """A photograph that says where it was taken, and more, in every way that its format has."""
    image = photograph((300, 200))
    exif = Image.Exif()
    exif[0x013B] = "SECRET artist"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 12.0, 30.0), 29: "SECRET date"})
    if form == "JPEG":
        return saved(image, form, exif=exif, comment=b"SECRET comment", xmp=b"<x>SECRET packet</x>", quality=90)
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "SECRET author")
    words.add_itxt("XML:com.adobe.xmp", "<x>SECRET packet</x>")
    return saved(image, form, exif=exif, pnginfo=words)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_what_a_photograph_says_of_place_and_people_goes_into_no_file(tmp_path: Path, form: str) -> None:
    data = _remarked(form)
    assert data.count(b"SECRET") >= 3
    picture, _ = read(tmp_path, f"a.{form.lower()}", data)
    assert picture
    whole, original, scaled = (
        Images().raster(picture, 200, 72),
        Images().original(picture),
        Images().raster(picture, 100, 72, strict=True),
    )
    assert (whole.width, original.width, scaled.width) == (300, 300, 100)
    for raster in (whole, original, scaled):
        assert not [mark for mark in (b"SECRET", b"Exif", b"eXIf") if mark in raster.data]
    with Image.open(BytesIO(data)) as before, Image.open(BytesIO(whole.data)) as after:
        assert before.tobytes() == after.tobytes()


def test_a_photograph_of_one_and_a_half_times_its_place_goes_in_as_it_came(tmp_path: Path) -> None:
    picture, _ = read(tmp_path, "a.jpeg", saved(photograph((960, 640)), "JPEG", quality=90))
    assert picture
    assert Images().raster(picture, 640, 72).width == 960
    assert Images().raster(picture, 576, 72).width == 576


@pytest.mark.parametrize("turn", [1, 6])
def test_a_large_photograph_is_decoded_at_half_its_size(
    tmp_path: Path, turn: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    picture, _ = read(tmp_path, "a.jpeg", saved(scene((1600, 1200)), "JPEG", exif=exif))
    assert picture
    decoded: list[tuple[int, int]] = []
    resize = Image.Image.resize
    monkeypatch.setattr(
        Image.Image, "resize", lambda self, *args, **named: (decoded.append(self.size), resize(self, *args, **named))[1]
    )
    Images().raster(picture, picture.width * 0.4, 72, strict=True)
    assert decoded == [(800, 600) if turn == 1 else (600, 800)]


def test_pages_hold_a_photograph_once_and_are_drawn_without_its_pixels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ReportLab would decode each, and hold all its pixels, to know whether the file has it already."""
    images, canvas = Images(), Canvas(str(tmp_path / "a.pdf"), invariant=1)
    pictures = []
    for name, colour in (("a.jpg", RED), ("b.jpg", BLUE), ("again.jpg", RED)):
        out = BytesIO()
        Image.new("RGB", (64, 48), colour).save(out, "JPEG")
        picture, said = read(tmp_path, name, out.getvalue())
        assert picture, said
        pictures.append(picture)

    def decoded(*_: Any) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(JpegImagePlugin.JpegImageFile, "load", decoded)
    for number, picture in enumerate(pictures * 2):
        draw_picture(canvas, picture, images, Rect(0, 50.0 * number, 64, 48), (0, 0, 0, 0), 72)
    canvas.save()
    monkeypatch.undo()
    page = PdfReader(tmp_path / "a.pdf").pages[0]
    assert sorted(round(image.image.getpixel((5, 5))[0], -2) for image in page.images if image.image) == [0, 200]
