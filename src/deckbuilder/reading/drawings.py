"""The gate that every drawing (SVG) passes, once, when the deck is read.

Nothing that comes after has to look at an SVG again: it is bounded, whole, refers to nothing outside, and is either drawn alike
by every renderer there is, as vectors, or handed on as a picture of it.
"""

from __future__ import annotations

import io
import math
import re
import signal
import subprocess
import sys
import time
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from deckbuilder.endings import ending, has_crashed
from deckbuilder.frozen import dataclass
from deckbuilder.reading import drawing
from deckbuilder.reading.dialect import in_dialect
from deckbuilder.reading.embedded import check_embedded
from deckbuilder.reading.plain import SVG, plain
from deckbuilder.reading.svg import told
from deckbuilder.reading.unusable import Patience, Unusable

Warn = Callable[[str, str, str], None]
"""Takes a rule's code, what is said after the picture's name, and a hint."""

_MOST_BYTES = 20_000_000
_MOST_ELEMENTS = 100_000
_MOST_DEPTH = 256
_MOST_ASPECT = 200
_EDGE = 2400  # pixels: 300 an inch over a page's width, 180 over a slide's
_FILTERED = 1200  # pixels, for drawings with filters: they take time and memory by the square
_PAINTED, _WHITE = 200, 235  # of 255: opaque enough to be ground, light enough to be taken for paper
_LOOK = 128  # pixels: enough to see whether a drawing shows anything
_STRETCH = 3  # by the clock: other programs run too
_MEGABYTES = 600
_PLAIN = "export it again as plain SVG"
_SIMPLER = "simplify it, or save it as a PNG"
_SIZE = "give its <svg> a viewBox around what it shows"
_XLINK = "{http://www.w3.org/1999/xlink}"
ElementTree.register_namespace("", SVG)
ElementTree.register_namespace("xlink", _XLINK[1:-1])
# In styles: anything fetched that is neither a part of the drawing nor embedded in it.
_OUTSIDE = re.compile(r"""@import|url\(\s*['"]?(?!['"]?(#|data:image/))""", re.IGNORECASE)
_UNITS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6}


@dataclass(frozen=True)
class Drawing:
    """A drawing that passed. `width` and `height` are in user units or, for a `raster`, in its pixels. `svg` is the SVG as
    UTF-8 where the file's own bytes would not do; `paper` the drawing in plain words, which all renderers draw alike;
    `raster` a PNG where there is no saying it plainly. `scene` tells that it is painted from edge to edge, as a photograph
    is, and may be cropped like one."""

    width: float
    height: float
    svg: bytes | None = None
    paper: bytes | None = None
    raster: bytes | None = None
    scene: bool = False


def read_drawing(source: bytes, warn: Warn, patience: Patience) -> Drawing:
    """The SVG of a file. Raises Unusable with what is wrong; warnings go to `warn`."""
    if len(source) > _MOST_BYTES:
        raise Unusable("is an SVG of more than 20 MB", "save it as a PNG")
    text, mended = _text(source, warn)
    root = _parsed(text)
    mended |= _in_namespace(root)
    _check_safe(root)
    _check_uses(root)
    (width, height), box = _size(root)
    mended |= _mended(root, width, height, box)
    check_embedded(root, _check_nested)
    whole = abs(width * box[3] / (height * box[2]) - 1) < 0.01  # else its view box is padded or stretched
    paper = plain(root, box) if whole else None
    if paper is not None:
        try:
            shown = drawing.render(paper.decode(), _LOOK, fonts=False)
        except ValueError as error:
            raise Unusable(f"cannot be drawn ({error})", _PLAIN) from error
        _warn_if_blank(root, shown, warn)
        own = ElementTree.tostring(root) if mended else None
        return Drawing(box[2], box[3], own, paper, scene=_is_scene(root, shown))
    in_dialect(root)
    shown = _rendered(root, width, height, patience)
    _warn_if_blank(root, shown, warn)
    across, down = (int.from_bytes(shown[n : n + 4]) for n in (16, 20))  # PNG's IHDR
    return Drawing(across, down, raster=shown, scene=_is_scene(root, shown))


def _text(source: bytes, warn: Warn) -> tuple[str, bool]:
    """The file's text, and whether it is other than UTF-8."""
    for bom, name in ((BOM_UTF8, "utf-8"), (BOM_UTF16_LE, "utf-16"), (BOM_UTF16_BE, "utf-16")):
        if source.startswith(bom):
            try:
                return source.decode(name).lstrip("\ufeff"), name != "utf-8"
            except UnicodeDecodeError as error:
                raise Unusable("is not the text that it begins as", _PLAIN) from error
    declared = re.match(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""", source)
    name = declared[1].decode().lower() if declared else "utf-8"
    if name in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"):
        name = "cp1252"  # as browsers have it: a superset of the letters of these
    try:
        return source.decode(name), name not in ("utf-8", "utf8")
    except LookupError as error:
        raise Unusable("is in an encoding that is not known", "export it again as UTF-8") from error
    except UnicodeDecodeError as error:
        if name not in ("utf-8", "utf8"):
            raise Unusable(f"is not in the encoding that it names, {name}", "export it again as UTF-8") from error
    warn(
        "picture-encoding",
        "is not in UTF-8; its letters are taken for those of Windows-1252",
        "look whether they are right, or export it again as UTF-8",
    )
    return source.decode("cp1252", errors="replace"), True


def _check_nested(source: bytes) -> None:
    """A drawing within the drawing."""
    root = _parsed(_text(source, lambda *_: None)[0])
    _check_safe(root)
    _check_uses(root)
    check_embedded(root, _refuse_nested)


def _refuse_nested(_: bytes) -> None:
    raise Unusable("holds drawings within drawings within it", _PLAIN)


class _Bounded(ElementTree.TreeBuilder):
    """Makes the tree, and stops where it becomes more than can be drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.elements = self.depth = 0

    def start(self, tag: Any, attrs: Any, /) -> Any:
        self.elements += 1
        self.depth += 1
        if self.elements > _MOST_ELEMENTS:
            raise Unusable(f"has more than {_MOST_ELEMENTS:,} elements", _SIMPLER)
        if self.depth > _MOST_DEPTH:
            raise Unusable(f"has elements within elements, more than {_MOST_DEPTH} deep", _PLAIN)
        return super().start(tag, attrs)

    def end(self, tag: Any, /) -> Any:
        self.depth -= 1
        return super().end(tag)

    def pi(self, target: Any, text: Any = None, /) -> Any:
        if target == "xml-stylesheet":
            raise Unusable("refers to another file, a style sheet", "embed what it needs")


def _parsed(text: str) -> Element:
    if "<!ENTITY" in text:
        raise Unusable("declares XML entities", _PLAIN)
    parser = ElementTree.XMLParser(target=_Bounded())
    try:
        parser.feed(text)
        root: Element = parser.close()
    except ElementTree.ParseError as error:
        line, column = error.position
        raise Unusable(f"is not well-formed (its line {line}, column {column + 1})", "export it again") from error
    except ValueError as error:
        raise Unusable("holds characters that XML cannot have", _PLAIN) from error
    if root.tag.rpartition("}")[2] != "svg":
        raise Unusable("is not an SVG picture", "export it again as SVG")
    return root


def _in_namespace(root: Element) -> bool:
    """Puts a drawing of no name space, or a wrong one, into SVG's; True where it did."""
    wrong = root.tag.rpartition("}")[0]
    if wrong == f"{{{SVG}":
        return False
    for element in root.iter():
        space, _, name = str(element.tag).rpartition("}")
        if space == wrong:
            element.tag = f"{{{SVG}}}{name}"
    return True


def _check_safe(root: Element) -> None:
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if name in ("script", "foreignObject"):
            raise Unusable(
                "holds a script or a web page",
                f"{_PLAIN}, with labels as text (draw.io: no 'Formatted Text'; Mermaid: 'htmlLabels: false')",
            )
        for key, value in element.attrib.items():
            if key.startswith("on"):
                raise Unusable(f"holds a script, in '{key}'", _PLAIN)
            outside = key.rpartition("}")[2] == "href" and not value.strip().startswith(("#", "data:image/"))
            if (outside and name != "a") or _OUTSIDE.search(value):
                raise Unusable(f"refers to another file, '{value[:60]}'", "embed what it needs")
        if _OUTSIDE.search(element.text or ""):
            raise Unusable("refers to another file in its styles", "embed what it needs")


def _check_uses(root: Element) -> None:
    """Counts what is drawn with every `use` carried out; refuses circles and what grows beyond bounds."""
    named = {e.get("id"): e for e in root.iter() if e.get("id")}
    counts: dict[Element, int] = {}
    open_: set[Element] = set()
    waiting: list[tuple[Element, bool]] = [(root, False)]
    while waiting:
        element, done = waiting.pop()
        inner = list(element)
        if element.tag == f"{{{SVG}}}use":
            target = named.get((element.get("href") or element.get(f"{_XLINK}href") or "").strip().removeprefix("#"))
            inner += [target] if target is not None else []
        if done:
            open_.discard(element)
            counts[element] = 1 + sum(counts[part] for part in inner)
            if counts[element] > _MOST_ELEMENTS:
                raise Unusable(f"draws more than {_MOST_ELEMENTS:,} elements, with 'use' of 'use'", _PLAIN)
            continue
        if element in counts:
            continue
        if element in open_:
            raise Unusable("refers to itself in a circle, with 'use'", _PLAIN)
        open_.add(element)
        waiting.append((element, True))
        waiting += [(part, False) for part in inner if part not in counts]


def _size(root: Element) -> tuple[tuple[float, float], tuple[float, float, float, float]]:
    """Width and height in CSS pixels, and the view box. What cannot be read is as if it were not there, as in browsers."""
    wide, high = (_pixels(root.get(key, "")) for key in ("width", "height"))
    try:
        x, y, across, down = map(_finite, re.split(r"[\s,]+", root.get("viewBox", "").strip()))
    except ValueError:
        if not wide or not high:
            raise Unusable("does not say how large it is", _SIZE) from None
        x, y, across, down = 0.0, 0.0, wide, high
    if across <= 0 or down <= 0 or wide == 0 or high == 0:
        raise Unusable("does not say how large it is", _SIZE)
    if wide is None:
        wide = high * across / down if high is not None else across
    if high is None:
        high = wide * down / across
    if max(wide / high, high / wide) > _MOST_ASPECT:
        raise Unusable(f"is more than {_MOST_ASPECT} times as long as it is wide", _SIZE)
    return (wide, high), (x, y, across, down)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number) or (number and not 1e-12 < abs(number) < 1e12):
        raise ValueError
    return number


def _pixels(text: str) -> float | None:
    """A length in CSS pixels; None for one that is relative, or none at all."""
    found = re.fullmatch(r"\s*([-+\d.eE]+?)\s*([a-zA-Z]*)\s*", text)
    try:
        number = _finite(found[1]) * _UNITS[found[2].lower()] if found else -1
    except (ValueError, KeyError):
        return None
    return number if number >= 0 else None


def _mended(root: Element, width: float, height: float, box: tuple[float, float, float, float]) -> bool:
    """Gives the root a size that every program can read; True where it had another."""
    units = [re.fullmatch(r"[\d.]+(px)?|", root.get(key, "")) for key in ("width", "height")]
    has_box = len(re.split(r"[\s,]+", root.get("viewBox", "").strip())) == 4
    if has_box and all(_pixels(root.get(key, "1")) for key in ("width", "height")):
        return False
    if all(units) and not root.get("viewBox"):
        return False
    root.set("width", told(width))
    root.set("height", told(height))
    root.set("viewBox", " ".join(map(repr, box)))
    return True


def _rendered(root: Element, width: float, height: float, patience: Patience) -> bytes:
    """The drawing as a PNG, made by a process that may take so much time and memory."""
    seconds = patience.seconds()
    if not seconds:
        raise Unusable("was not drawn, since others took too long", "mend those first")
    filtered = any(element.tag == f"{{{SVG}}}filter" for element in root.iter())
    scale = (_FILTERED if filtered else _EDGE) / max(width, height)
    across, down = max(1, round(width * scale)), max(1, round(height * scale))
    root.set("width", str(across))
    root.set("height", str(down))
    command = [sys.executable, "-P", drawing.__file__, str(across), str(seconds), str(_MEGABYTES)]
    begun = time.monotonic()
    try:
        ended = subprocess.run(
            command,
            input=ElementTree.tostring(root),
            capture_output=True,
            timeout=seconds * _STRETCH,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        patience.left -= seconds
        raise Unusable(f"takes more than {seconds * _STRETCH} seconds to draw", _SIMPLER) from error
    if ended.returncode == 1:
        said = ended.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
        raise Unusable(f"cannot be drawn ({said[-1][:120]})", _PLAIN)
    if has_crashed(ended.returncode) and ended.returncode != -signal.SIGABRT:  # as what gets no memory may end itself
        raise Unusable(f"cannot be drawn: the program that does it {ending(ended.returncode)}", _PLAIN)
    if ended.returncode:
        patience.left -= min(seconds, time.monotonic() - begun)
        raise Unusable("takes more time or memory to draw than a picture may", _SIMPLER)
    return ended.stdout


def _is_scene(root: Element, shown: bytes) -> bool:
    """Whether a drawing fills its frame and says nothing in words: its edges are painted, in more than the white of paper.
    What stands on no ground of its own, or has labels, is a diagram, and loses its sense with an edge."""
    from PIL import Image

    if any(str(element.tag).rpartition("}")[2] == "text" for element in root.iter()):
        return False
    with Image.open(io.BytesIO(shown)) as image:
        pixels = image.convert("RGBA")
    width, height = pixels.size
    sides = ((0, 0, width, 1), (0, height - 1, width, height), (0, 0, 1, height), (width - 1, 0, width, height))
    edges = [tuple(min(band.tobytes()) for band in pixels.crop(side).split()) for side in sides]
    return all(edge[3] >= _PAINTED for edge in edges) and any(min(edge[:3]) < _WHITE for edge in edges)


def _warn_if_blank(root: Element, shown: bytes, warn: Warn) -> None:
    """Tells of a drawing that has something in it and shows none of it."""
    from PIL import Image

    with Image.open(io.BytesIO(shown)) as image:
        blank = image.convert("RGBA").getchannel("A").getextrema() == (0, 0)
    if blank and len(root):
        warn("picture-blank", "shows nothing", "is what it draws outside its viewBox, or without colour?")
