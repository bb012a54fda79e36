"""A corporate template's background and decorations on a PDF canvas."""

from __future__ import annotations

import math
from typing import Any

from reportlab.lib.colors import Color as RLColor

from deckbuilder.outputs.drawing.rasters import draw_raster
from deckbuilder.outputs.images import Images
from deckbuilder.theme.scenery import Gradient, Image, Scenery, Shape, circle, ends


def draw_scenery(canvas: Any, scenery: Scenery, height: float, images: Images, dpi: int) -> None:
    """Draws the elements from back to front; `height` is the slide's, in points, `dpi` that of pictures."""
    for element in scenery.elements:
        canvas.saveState()
        match element:
            case Shape():
                _shape(canvas, element, height)
            case Image():
                _image(canvas, element, height, images, dpi)
        canvas.restoreState()


def _shape(canvas: Any, shape: Shape, height: float) -> None:
    path = canvas.beginPath()
    for outline in shape.outlines:
        path.moveTo(outline[0][0], height - outline[0][1])
        for x, y in outline[1:]:
            path.lineTo(x, height - y)
        if shape.closed:
            path.close()
    if shape.alpha < 1:
        canvas.setFillAlpha(shape.alpha)
        canvas.setStrokeAlpha(shape.alpha)
    if isinstance(shape.fill, Gradient):
        canvas.saveState()
        canvas.clipPath(path, stroke=0, fill=0)
        colors = [RLColor(*rgb) for _, rgb in shape.fill.stops]
        positions = [at for at, _ in shape.fill.stops]
        if shape.fill.centre:
            (x, y), reach = circle(shape.box, shape.fill.centre)
            canvas.radialGradient(x, height - y, reach, colors, positions)
        else:
            (x0, y0), (x1, y1) = ends(shape.box, shape.fill.angle)
            canvas.linearGradient(x0, height - y0, x1, height - y1, colors, positions)
        canvas.restoreState()
    elif shape.fill:
        canvas.setFillColorRGB(*shape.fill)
    if shape.line:
        canvas.setStrokeColorRGB(*shape.line)
        canvas.setLineWidth(shape.width)
    filled = shape.fill is not None and not isinstance(shape.fill, Gradient)
    if filled or shape.line:
        canvas.drawPath(path, stroke=int(shape.line is not None), fill=int(filled), fillMode=0)


def _image(canvas: Any, image: Image, height: float, images: Images, dpi: int) -> None:
    rect = image.rect
    left, top, right, bottom = image.crop
    width = rect.width / (1 - left - right)
    tall = rect.height / (1 - top - bottom)
    canvas.translate(rect.x + rect.width / 2, height - rect.y - rect.height / 2)
    canvas.rotate(-image.angle)
    clip = canvas.beginPath()
    clip.rect(-rect.width / 2, -rect.height / 2, rect.width, rect.height)
    canvas.clipPath(clip, stroke=0, fill=0)
    raster = images.raster(image.picture, width, max(1, math.ceil(dpi)))
    x, y = -rect.width / 2 - left * width, -rect.height / 2 - bottom * tall
    draw_raster(canvas, raster, images, x, y, width, tall)
