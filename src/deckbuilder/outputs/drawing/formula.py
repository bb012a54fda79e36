"""A formula drawn: its outlines as one filled path."""

from __future__ import annotations

from typing import Any

from reportlab.pdfgen.canvas import FILL_NON_ZERO

from deckbuilder.content.formulas import Formula
from deckbuilder.layout.formula import shape_of


def draw_formula(canvas: Any, formula: Formula, x: float, y: float, size: float) -> None:
    """Draws a formula in the colour that is set, from `x` on the baseline `y`."""
    shape = shape_of(formula)
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(size, size)
    path = canvas.beginPath()
    steps = {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo, "Z": path.close}
    for step, points in shape.outlines:
        steps[step](*points)
    # Brackets are made of pieces that overlap.
    canvas.drawPath(path, stroke=0, fill=1, fillMode=FILL_NON_ZERO)
    canvas.restoreState()
