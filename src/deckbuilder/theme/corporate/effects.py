"""Colour effects of a template's pictures (ECMA-376 part 1, 20.1.8), worked into their pixels: a photograph in two tones may be
as dark as night though its file is pale."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from deckbuilder.content.pictures import PictureFile
from deckbuilder.ooxml.types import A
from deckbuilder.theme.corporate.colors import Colors

_MOST = 1600  # pixels of the longer side: enough for a slide, and quick
_OTHER = {
    "clrChange",
    "clrRepl",
    "hsl",
    "tint",
    "blur",
    "fillOverlay",
    "alphaBiLevel",
    "alphaInv",
    "alphaMod",
    "alphaRepl",
}

# A kind, and what it is done with: colours as #RRGGBB or shares of 1.
Effect = tuple[str, tuple[str | float, ...]]


def effects_of(blip: Any, colors: Colors, holder: str | None, untold: dict[str, None]) -> tuple[Effect, ...]:
    """The effects that a blip asks for, in order; `holder` stands for the style's placeholder colour. Others go
    to `untold`."""
    return tuple(_read(blip, colors, holder, untold))


def _read(blip: Any, colors: Colors, holder: str | None, untold: dict[str, None]) -> Iterator[Effect]:
    for child in blip:
        kind = child.tag.removeprefix(A) if isinstance(child.tag, str) else ""
        if kind == "duotone":
            two = [colors.palette.hex(color) for color in colors.every(child, holder)]
            if len(two) == 2:
                yield "duotone", tuple(two)
        elif kind == "lum":
            yield "lum", (_share(child, "bright", 0.0), _share(child, "contrast", 0.0))
        elif kind == "grayscl":
            yield "grayscl", ()
        elif kind == "biLevel":
            yield "biLevel", (_share(child, "thresh", 0.5),)
        elif kind == "alphaModFix":
            yield "alphaModFix", (_share(child, "amt", 1.0),)
        elif kind in _OTHER:
            untold["rare colour effects of pictures"] = None


def affected(picture: PictureFile, effects: tuple[Effect, ...]) -> PictureFile:
    """The picture with the effects in its pixels: a file of its own, since outputs know pictures by their paths."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(picture.data or b"")) as source:
        source.thumbnail((_MOST, _MOST))
        image = source.convert("RGBA")
    alpha = image.getchannel("A")
    image = image.convert("RGB")
    for kind, values in effects:
        if kind == "duotone":
            image = ImageOps.colorize(image.convert("L"), str(values[0]), str(values[1]))
        elif kind == "grayscl":
            image = image.convert("L").convert("RGB")
        elif kind == "biLevel":
            least = float(values[0]) * 255
            image = image.convert("L").point([0 if n < least else 255 for n in range(256)]).convert("RGB")
        elif kind == "lum":
            image = image.point(_brighter(float(values[0]), float(values[1])) * 3)
        elif kind == "alphaModFix":
            share = float(values[0])
            alpha = alpha.point([round(n * share) for n in range(256)])
    image.putalpha(alpha)
    out = io.BytesIO()
    image.save(out, "PNG")
    name = f"{picture.path.name}-{hashlib.sha256(repr(effects).encode()).hexdigest()[:8]}"
    width, height = image.size
    return replace(
        picture,
        path=picture.path.with_name(name),
        format="png",
        width=width,
        height=height,
        data=out.getvalue(),
        flat=False,
    )


def _brighter(bright: float, contrast: float) -> list[int]:
    """What each value of a channel becomes."""
    steep = 1 + contrast if contrast <= 0 else 1 / max(0.01, 1 - contrast)
    return [round(min(255.0, max(0.0, (n - 127.5) * steep + 127.5 + 255 * bright))) for n in range(256)]


def _share(element: Any, name: str, default: float) -> float:
    value = element.get(name)
    return default if value is None else float(value.rstrip("%")) / (100 if value.endswith("%") else 100_000)
