"""Signs for the kinds of cues in the facilitator guide."""

from __future__ import annotations

from typing import ClassVar

from reportlab.lib.colors import Color as RLColor
from reportlab.platypus import Flowable


class CueSign(Flowable):
    """A small drawn sign for a kind of cue: told apart by form, not by colour. Where words run to the left (`rtl`), it points
    there."""

    SIZE: ClassVar[float] = 9.0

    def __init__(self, kind: str, color: RLColor, rtl: bool = False) -> None:
        super().__init__()
        self.kind = kind
        self.color = color
        self.rtl = rtl

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.SIZE, self.SIZE + 2

    def draw(self) -> None:
        canvas, s = self.canv, self.SIZE
        if self.rtl:
            canvas.transform(-1, 0, 0, 1, s, 0)
        canvas.setFillColor(self.color)
        canvas.setStrokeColor(self.color)
        canvas.setLineWidth(1.1)
        match self.kind:
            case "say":  # a speech bubble
                canvas.roundRect(0, 2.5, s, s - 2.5, 2, stroke=0, fill=1)
                path = canvas.beginPath()
                path.moveTo(1.8, 3)
                path.lineTo(1.8, 0)
                path.lineTo(5, 3)
                path.close()
                canvas.drawPath(path, stroke=0, fill=1)
            case "do":  # a box to tick
                canvas.rect(0.6, 0.6, s - 1.2, s - 1.2, stroke=1, fill=0)
            case "ask":  # an open ring
                canvas.circle(s / 2, s / 2, s / 2 - 0.6, stroke=1, fill=0)
                canvas.circle(s / 2, s / 2, 1.3, stroke=0, fill=1)
            case "listen_for":  # three waves' worth of bars
                for n, height in enumerate((0.45, 0.95, 0.65)):
                    canvas.rect(n * 3.2 + 0.3, s * (1 - height) / 2, 1.8, s * height, stroke=0, fill=1)
            case "transition":  # an arrow
                canvas.line(0, s / 2, s - 2, s / 2)
                path = canvas.beginPath()
                path.moveTo(s, s / 2)
                path.lineTo(s - 4, s / 2 + 3)
                path.lineTo(s - 4, s / 2 - 3)
                path.close()
                canvas.drawPath(path, stroke=0, fill=1)
            case "debrief":  # a knot: what was said, drawn together
                canvas.circle(s / 2, s / 2, s / 2 - 2.4, stroke=0, fill=1)
                for x in (0.6, s - 0.6):
                    canvas.line(x, 0.6, x, s - 0.6)
            case "virtual":  # a screen on its foot
                canvas.rect(0.6, 2.8, s - 1.2, s - 3.4, stroke=1, fill=0)
                canvas.line(2, 0.6, s - 2, 0.6)
                canvas.line(s / 2, 0.6, s / 2, 2.8)
            case _:
                canvas.rect(2, 2, s - 4, s - 4, stroke=0, fill=1)
