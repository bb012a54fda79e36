"""Colour effects of a template's pictures (ECMA-376 part 1, 20.1.8), worked into their pixels: a photograph in two tones may be
as dark as night though its file is pale."""

from __future__ import annotations

import colorsys
import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from deckbuilder.content.pictures import PictureFile
from deckbuilder.ooxml.colors import opacity
from deckbuilder.ooxml.types import NS, A
from deckbuilder.theme.corporate.colors import Colors

_MOST = 1600  # pixels of the longer side: enough for a slide, and quick
_OTHER = {"blur", "alphaMod", "fillOverlay"}
_LATTICE = 17  # colours an axis: what lies between them is interpolated
_NOISE = 8  # of 255: how far JPEG moves a colour that was one

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
        elif kind == "hsl":
            yield "hsl", (_turn(child), _share(child, "sat", 0.0), _share(child, "lum", 0.0))
        elif kind == "tint":
            yield "tint", (_turn(child), _share(child, "amt", 0.0))
        elif kind == "clrChange":
            ends = [child.find(f"a:{name}", NS) for name in ("clrFrom", "clrTo")]
            old, new = (colors.color(end, holder) for end in ends)
            if old and new:
                alpha = opacity(ends[1]) if child.get("useA", "1") in ("1", "true") else 1.0
                yield "clrChange", (colors.palette.hex(old), colors.palette.hex(new), alpha)
        elif kind == "clrRepl" and (color := colors.color(child, holder)):
            yield "clrRepl", (colors.palette.hex(color),)
        elif kind in ("alphaBiLevel", "alphaRepl"):
            yield kind, (_share(child, "thresh" if kind == "alphaBiLevel" else "a", 1.0),)
        elif kind in ("alphaInv", "alphaCeiling", "alphaFloor"):
            yield kind, ()
        elif kind in _OTHER:
            untold["rare colour effects of pictures"] = None


def affected(picture: PictureFile, effects: tuple[Effect, ...]) -> PictureFile:
    """The picture with the effects in its pixels: a file of its own, since outputs know pictures by their paths."""
    from PIL import Image, ImageChops, ImageOps

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
        elif kind in ("hsl", "tint"):
            image = image.filter(_lattice(kind, *map(float, values)))
        elif kind == "clrRepl":
            image = Image.new("RGB", image.size, str(values[0]))
        elif kind == "clrChange":
            apart = ImageChops.difference(image, Image.new("RGB", image.size, str(values[0]))).split()
            most = _NOISE if picture.format == "jpeg" else 0
            farthest = ImageChops.lighter(ImageChops.lighter(apart[0], apart[1]), apart[2])
            same = farthest.point([255 if n <= most else 0 for n in range(256)])
            image.paste(str(values[1]), (0, 0, *image.size), same)
            alpha.paste(round(255 * float(values[2])), (0, 0, *image.size), same)
        else:
            alpha = alpha.point([_alpha(kind, n, *map(float, values)) for n in range(256)])
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


def _alpha(kind: str, value: int, share: float = 1.0) -> int:
    """What a value of transparency becomes."""
    whole = {
        "alphaModFix": value * share,
        "alphaRepl": 255 * share,
        "alphaInv": 255 - value,
        "alphaCeiling": 255 if value else 0,
        "alphaFloor": 255 if value == 255 else 0,
        "alphaBiLevel": 255 if value >= 255 * share else 0,
    }
    return round(min(255.0, whole[kind]))


def _lattice(kind: str, hue: float, *by: float) -> Any:
    """A filter that turns a picture's colours by a hue, a share of 1, and moves saturation and lightness; or that tints it
    with the hue by so much, away from it where that is less than 0."""
    from PIL import ImageFilter

    def turned(red: float, green: float, blue: float) -> tuple[float, float, float]:
        own, light, saturation = colorsys.rgb_to_hls(red, green, blue)
        if kind == "hsl":
            return colorsys.hls_to_rgb((own + hue) % 1, _bounded(light + by[1]), _bounded(saturation + by[0]))
        target = colorsys.hls_to_rgb(hue if by[0] >= 0 else (hue + 0.5) % 1, light, 1.0)
        one, two, three = (c + (t - c) * abs(by[0]) for c, t in zip((red, green, blue), target, strict=True))
        return one, two, three

    return ImageFilter.Color3DLUT.generate(_LATTICE, turned)


def _bounded(share: float) -> float:
    return min(1.0, max(0.0, share))


def _turn(element: Any) -> float:
    """The hue of an effect, as a share of the circle."""
    return int(element.get("hue", "0")) / 21_600_000 % 1


def _brighter(bright: float, contrast: float) -> list[int]:
    """What each value of a channel becomes."""
    steep = 1 + contrast if contrast <= 0 else 1 / max(0.01, 1 - contrast)
    return [round(min(255.0, max(0.0, (n - 127.5) * steep + 127.5 + 255 * bright))) for n in range(256)]


def _share(element: Any, name: str, default: float) -> float:
    value = element.get(name)
    return default if value is None else float(value.rstrip("%")) / (100 if value.endswith("%") else 100_000)
