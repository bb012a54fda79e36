"""Pictures of pixels: whole, of a size that can be held, and what outputs have to know of them."""

from __future__ import annotations

import io
import warnings
import zlib
from typing import Any, Literal

from deckbuilder.frozen import dataclass
from deckbuilder.reading.formats import format_of
from deckbuilder.reading.unusable import Unusable

_MOST_PIXELS = 50_000_000  # 200 MB decoded; a photograph of a telephone has 12 to 50
_MOST_OF = {"JPEG": 100_000_000, "WEBP": 25_000_000}  # decoded at a fraction; held three times over
_SMALLER = "save it smaller: 4,000 pixels are enough for print"
_AGAIN = "open it in a picture program and save it again"
_SAMPLE = 1_000_000  # pixels looked at, to tell drawings from photographs
_FEWEST = 100  # pixels on a side that are left to look at
_EQUAL = 0.6  # the share of pixels like their neighbour from which a picture is of flat colours
_GROUND = 0.4  # the share of one colour from which a picture is something on a ground
# What Pillow calls the formats that are taken. No other is ever opened: some of its readers start programs.
PILLOW = {
    "png": "PNG",
    "jpeg": "JPEG",
    "gif": "GIF",
    "webp": "WEBP",
    "avif": "AVIF",
    "heic": "HEIF",
    "tiff": "TIFF",
    "bmp": "BMP",
}
# Modes that PowerPoint and PDF hold as they are.
_HELD = {"png": ("1", "L", "LA", "P", "RGB", "RGBA"), "jpeg": ("L", "RGB")}


@dataclass(frozen=True)
class RasterFile:
    """What is known of a file of pixels. `width` and `height` are as seen; `format` is what outputs hold it as. `turned`
    tells that its Exif orientation has to be applied, `converted` that its bytes cannot be held as they are, `flat`
    that it is a drawing or a screenshot rather than a photograph, `several` that it has more pages or frames."""

    format: Literal["png", "jpeg"]
    width: int
    height: int
    turned: bool = False
    converted: bool = False
    flat: bool = False
    several: bool = False


def open_picture(data: bytes, formats: tuple[str, ...] = tuple(PILLOW.values())) -> Any:
    """A Pillow image of a file's bytes, of one of the formats; as Pillow, it raises OSError and others for what is none."""
    from PIL import Image, UnidentifiedImageError

    name = PILLOW.get(format_of(data[:512]) or "")
    if name not in formats:
        raise UnidentifiedImageError("a format that is not taken")
    if name == "WEBP":
        _count(name, *_webp_size(data))  # which its decoder would make room for, before anybody is asked
    if name == "HEIF":
        return _open_heif(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # pixels are counted here, not guessed at
        return Image.open(io.BytesIO(data), formats=(name,))


def _open_heif(data: bytes) -> Any:
    """A Pillow image of a HEIC file's bytes. Its reader is called here, and not made known to Pillow, which would keep it for
    the whole process."""
    from PIL import UnidentifiedImageError
    from pillow_heif import HeifImageFile

    try:
        image = HeifImageFile(io.BytesIO(data))  # type: ignore[no-untyped-call]
    except SyntaxError as error:
        raise UnidentifiedImageError(str(error)) from error
    image.info.pop("thumbnails", None)  # a small copy that stands in the file may show something else
    _count("HEIF", *image.size)
    return image


def _count(name: str, width: int, height: int) -> None:
    """Refuses a picture of that format, as Pillow calls it, of more pixels than are decoded."""
    if width * height > _MOST_OF.get(name, _MOST_PIXELS):
        raise Unusable(f"has {width} x {height} pixels", _SMALLER)


def _webp_size(data: bytes) -> tuple[int, int]:
    """A WebP's width and height, by its head (RFC 9649, 2.5 to 2.7)."""
    match data[12:16]:
        case b"VP8X":
            return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
        case b"VP8L":
            bits = int.from_bytes(data[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case _:
            return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF


def in_eight_bits(image: Any) -> Any:
    """The image with a byte for each colour: what scanners and instruments write with two, or as fractions, is brought
    to black and white as far as they go."""
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value * (1 / 257) + 0.5).convert("L")
    if image.mode not in ("I", "F"):
        return image
    low, high = image.getextrema()
    if image.format == "PNG":
        low, high = 0, 65535
    scale = 255 / ((high - low) or 1)
    return image.point(lambda value: value * scale + (0.5 - low * scale)).convert("L")


def read_raster(data: bytes, form: str) -> RasterFile:
    """What a file of that format holds, every pixel of it decoded once. Raises Unusable."""
    if form == "png":
        whole = len(data)
        data = _whole_png(data)
    elif form == "jpeg":
        _check_jpeg_end(data)
    formats = (PILLOW[form],)
    image = _loaded(data, formats, small=form == "jpeg")
    if form == "jpeg":
        with open_picture(data, formats) as whole:
            width, height = whole.size
            mode, orientation = whole.mode, _orientation(whole)
            upright = not _strange_profile(whole)
        if orientation >= 5:
            width, height = height, width
        held = mode in _HELD["jpeg"] and upright
        return RasterFile("jpeg", width, height, orientation > 1, not held, _one_ground(image))
    orientation = _orientation(image)
    width, height = image.size if orientation < 5 else image.size[::-1]
    flat = _of_flat_colours(image) or _one_ground(image)
    if form == "png":
        # What stands behind the end may be what somebody cropped away, and goes into no deck.
        held = image.mode in _HELD["png"] and not _strange_profile(image) and len(data) == whole
        return RasterFile("png", width, height, orientation > 1, not held, flat)
    clear = image.has_transparency_data and _seen_through(image)
    several = form != "heic" and bool(getattr(image, "is_animated", False) or getattr(image, "n_frames", 1) > 1)
    return RasterFile("png" if flat or clear else "jpeg", width, height, orientation > 1, True, flat, several)


def check_pixels(data: bytes, formats: tuple[str, ...]) -> tuple[int, int]:
    """Decodes a picture of one of the formats, as Pillow calls them; returns its width and height. Raises Unusable."""
    size: tuple[int, int] = _loaded(data, formats, small=False).size
    return size


def _loaded(data: bytes, formats: tuple[str, ...], small: bool) -> Any:
    """The decoded image; `small` decodes a JPEG at an eighth, as far as enough of it is left to be judged by."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it doubts is decoded here and now
            image = open_picture(data, formats)
            width, height = image.size
            _count(image.format, width, height)
            if small:
                image.draft(image.mode, (max(_FEWEST, width // 8), max(_FEWEST, height // 8)))
            image.load()
    except Image.DecompressionBombError as error:
        raise Unusable("has more pixels than can be opened", _SMALLER) from error
    except UnidentifiedImageError as error:
        raise Unusable("is damaged, or not a picture", _AGAIN) from error
    except MemoryError as error:
        raise Unusable("takes more memory than there is", _SMALLER) from error
    except Unusable:
        raise
    except Exception as error:  # decoders raise whatever their format suggests: OSError, SyntaxError, struct.error …
        cut = "truncated" in str(error) and data[:1] not in (b"\x89", b"\xff")  # of these the end was seen
        raise Unusable(
            "is cut off" if cut else "is damaged", "copy it again from where it came from" if cut else _AGAIN
        ) from error
    return image


def _whole_png(data: bytes) -> bytes:
    """The file as far as its last chunk. Catches what is cut off before that, and parts that are not what their sums say: Pillow
    shows these, other programs do not."""
    damaged, name, position = False, b"", 8
    while position + 12 <= len(data) and name != b"IEND":
        end = position + 8 + int.from_bytes(data[position : position + 4])
        name = data[position + 4 : position + 8]
        damaged |= name[:1].isupper() and zlib.crc32(data[position + 4 : end]).to_bytes(4) != data[end : end + 4]
        position = end + 4
    if name != b"IEND" and b"IEND" not in data[-4096:]:
        raise Unusable("is cut off", "copy it again from where it came from")
    if damaged or name != b"IEND":
        raise Unusable("is damaged", _AGAIN)
    return data[:position]


def _check_jpeg_end(data: bytes) -> None:
    """Catches cut-off files by the marker that has to follow the pixels."""
    position = 2
    while position + 4 <= len(data) and data[position] == 0xFF and data[position + 1] != 0xDA:
        position += 2 + int.from_bytes(data[position + 2 : position + 4])  # segments hold thumbnails
    if data.find(b"\xff\xd9", position) < 0:
        raise Unusable("is cut off", "copy it again from where it came from")


def _orientation(image: Any) -> int:
    """The Exif orientation, from 1 to 8; 1 where there is none that could be meant."""
    try:
        value = image.getexif().get(0x0112, 1)
    except Exception:  # a broken Exif block says nothing of the pixels, which are whole
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _strange_profile(image: Any) -> bool:
    """Whether the colours are others than sRGB's, or what says so is broken."""
    profile = image.info.get("icc_profile")
    if not profile:
        return False
    from PIL import ImageCms

    try:
        name = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return True
    return "sRGB" not in name


def _seen_through(image: Any) -> bool:
    return bool(image.convert("RGBA").getextrema()[3][0] < 255)


def _of_flat_colours(image: Any) -> bool:
    """Whether most pixels are like the one beside them, as in diagrams and screenshots, and never in photographs."""
    from PIL import Image, ImageChops

    width, height = image.size
    if width < 2:
        return True
    rows = max(1, min(height, _SAMPLE // width))
    sample = in_eight_bits(image.resize((width, rows), Image.Resampling.NEAREST)).convert("RGBA")
    beside = ImageChops.difference(sample.crop((1, 0, width, rows)), sample.crop((0, 0, width - 1, rows)))
    bands = beside.split()
    most = bands[0]
    for band in bands[1:]:
        most = ImageChops.lighter(most, band)
    return bool(most.histogram()[0] >= _EQUAL * (width - 1) * rows)


def _one_ground(image: Any) -> bool:
    """Whether one colour, or next to it, covers a great part."""
    from PIL import Image

    shrunk = min(1.0, 400 / max(image.size))
    size = tuple(max(1, round(side * shrunk)) for side in image.size)
    small = in_eight_bits(image.resize(size, Image.Resampling.NEAREST)).convert("RGB")
    tones = small.point([value // 4 * 4 for value in range(256)] * 3)
    least = _GROUND * small.width * small.height
    histogram = tones.histogram()
    if any(max(histogram[band : band + 256]) < least for band in (0, 256, 512)):
        return False  # nor has any colour so many, and photographs have too many colours to be counted
    return bool(max(count for count, _ in tones.getcolors(small.width * small.height)) >= least)
