"""ReportLab's drawings (SVG, charts) onto a canvas."""

from __future__ import annotations

from typing import Any

from reportlab.graphics.renderbase import renderScaledDrawing
from reportlab.graphics.renderPDF import _PDFRenderer
from reportlab.graphics.shapes import Drawing
from reportlab.pdfbase import pdfmetrics

from deckbuilder.outputs.drawing.faces import MixedFont
from deckbuilder.theme.characters import is_complex

_OTHER_END = {"start": "end", "end": "start"}


class Flipped(Drawing):
    """A drawing that is shown as in a mirror, its words as they are: what begins at a place ends there."""


class _Renderer(_PDFRenderer):
    """ReportLab's, but that it names no font that is not embedded: it names Helvetica at the start of
    each drawing, though nothing is set in it. `flipped` tells that the canvas is as in a mirror."""

    flipped = False

    def applyStateChanges(self, delta: dict[str, Any], state: dict[str, Any]) -> None:
        if not getattr(pdfmetrics._fonts.get(delta.get("fontName")), "_dynamicFont", False):
            delta = {key: value for key, value in delta.items() if key not in ("fontName", "fontSize")}
        super().applyStateChanges(delta, state)

    def drawString(self, stringObj: Any) -> None:
        if self.flipped:
            state = self._tracker.getState()
            state["textAnchor"] = _OTHER_END.get(state["textAnchor"], state["textAnchor"])
            self._canvas.saveState()
            self._canvas.transform(-1, 0, 0, 1, 2 * stringObj.x, 0)
            self._words(stringObj)
            self._canvas.restoreState()
        else:
            self._words(stringObj)

    def _words(self, stringObj: Any) -> None:
        state = self._tracker.getState()
        font, size = pdfmetrics._fonts.get(state["fontName"]), state["fontSize"]
        if not isinstance(font, MixedFont) or not is_complex(stringObj.text):
            super().drawString(stringObj)
        elif self._fill:
            share = {"middle": 0.5, "end": 1.0}.get(state["textAnchor"], 0.0)
            x = stringObj.x - share * font.stringWidth(stringObj.text, size)
            font.draw(self._canvas, x, stringObj.y, stringObj.text, size)


def render(drawing: Any, canvas: Any) -> None:
    """Draws it with its lower left corner at the canvas's origin."""
    renderer = _Renderer()
    if not isinstance(drawing, Flipped):
        renderer.draw(renderScaledDrawing(drawing), canvas, 0, 0, 0)
        return
    renderer.flipped = True
    canvas.saveState()
    canvas.transform(-1, 0, 0, 1, drawing.width, 0)
    renderer.draw(renderScaledDrawing(drawing), canvas, 0, 0, 0)
    canvas.restoreState()
