"""How pages look: paper, margins, type. All lengths are points.

Numbers from print practice: body text of 12 pt and more, lines of 60 to 70 characters, 20 to
25 mm free on the binding side (punched holes stand 12 mm from the edge, ISO 838).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from reportlab.lib.colors import Color as RLColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics

from deckbuilder.outputs.drawing.canvas import use_face
from deckbuilder.theme.fonts import CODE_FAMILY
from deckbuilder.theme.theme import Theme
from deckbuilder.units import INCH, MM

Paper = Literal["letter", "a4"]
PAPERS: dict[Paper, tuple[float, float]] = {"letter": (8.5 * INCH, 11 * INCH), "a4": (210 * MM, 297 * MM)}

# Languages of regions that print on Letter; everyone else has A4.
_LETTER_REGIONS = ("en-US", "en-CA", "fr-CA", "es-MX", "es-US", "es-CO", "es-CL", "en-PH")


def usual_paper(language: str) -> Paper:
    """The paper that goes with a language tag: Letter in North America, else A4."""
    return "letter" if language in _LETTER_REGIONS or language == "en" else "a4"


@dataclass(frozen=True)
class PageStyle:
    """Paper and type of one document. `styles` are ReportLab's, by the markup's names."""

    theme: Theme
    paper: Paper
    left: float
    right: float
    top: float
    bottom: float
    size: float
    styles: dict[str, ParagraphStyle] = field(default_factory=dict)

    @property
    def width(self) -> float:
        return PAPERS[self.paper][0]

    @property
    def height(self) -> float:
        return PAPERS[self.paper][1]

    @property
    def column(self) -> float:
        """The width of the text."""
        return self.width - self.left - self.right

    def color(self, name: str) -> RLColor:
        """A colour of the theme by name, fit for white paper."""
        return RLColor(*self.theme.palette.rgb(self.theme.colors[name]))


def handout_style(theme: Theme, paper: Paper) -> PageStyle:
    """A workbook page: 13 pt, a column of about 68 characters, the binding margin free."""
    width = PAPERS[paper][0]
    column = 424.0
    left = (width - column) * 0.55
    return _styled(PageStyle(theme, paper, left, width - column - left, 70, 72, 13))


def guide_style(theme: Theme, paper: Paper) -> PageStyle:
    """A facilitator's page: 12 pt, wide enough for a thumbnail beside the cues."""
    width = PAPERS[paper][0]
    return _styled(PageStyle(theme, paper, 68, width - 68 - (width - 120), 60, 64, 12))


def _styled(page: PageStyle) -> PageStyle:
    theme = page.theme
    heading, body = _family(theme, theme.heading), _family(theme, theme.body)
    _family(theme, CODE_FAMILY)
    ink, deep, accent, muted = (page.color(n) for n in ("ink", "deep", "accent", "muted"))
    size = page.size
    small = 12.0
    base = ParagraphStyle("p", fontName=body, fontSize=size, leading=size * 1.38, textColor=ink, spaceAfter=size * 0.55)
    base.allowWidows, base.allowOrphans = 0, 0
    base.splitLongWords = 1

    def style(name: str, **look: Any) -> None:
        page.styles[name] = ParagraphStyle(name, parent=base, **look)

    page.styles["p"] = base
    title = 30 if size > 12 else 26
    style("title", fontName=heading, fontSize=title, leading=title * 1.14, textColor=deep, spaceAfter=6)
    style("subtitle", fontSize=16, leading=21, textColor=muted, spaceAfter=10)
    style(
        "eyebrow",
        fontName=_face(theme, theme.body, bold=True),
        fontSize=small,
        leading=16,
        textColor=accent,
        spaceAfter=2,
    )
    style(
        "h1",
        fontName=heading,
        fontSize=24,
        leading=28,
        textColor=deep,
        spaceBefore=size,
        spaceAfter=size * 0.8,
        keepWithNext=1,
    )
    style(
        "h2",
        fontName=heading,
        fontSize=17,
        leading=21,
        textColor=deep,
        spaceBefore=size * 1.3,
        spaceAfter=size * 0.45,
        keepWithNext=1,
    )
    style(
        "h3",
        fontName=_face(theme, theme.body, bold=True),
        fontSize=size,
        leading=size * 1.35,
        textColor=ink,
        spaceBefore=size * 0.6,
        spaceAfter=size * 0.25,
        keepWithNext=1,
    )
    style("lead", fontName=heading, fontSize=size + 4, leading=(size + 4) * 1.35, textColor=deep)
    style(
        "quote",
        fontName=_face(theme, theme.heading, italic=True),
        fontSize=size + 4,
        leading=(size + 4) * 1.35,
        textColor=deep,
        spaceAfter=4,
    )
    style("by", spaceAfter=2, leading=size * 1.3, keepWithNext=0)
    style("small", fontSize=small, leading=small * 1.3, textColor=muted, spaceAfter=4)
    style("caption", fontSize=small, leading=small * 1.3, textColor=muted, spaceBefore=3, spaceAfter=3)
    style(
        "label",
        fontName=_face(theme, theme.body, bold=True),
        fontSize=small,
        leading=small * 1.35,
        textColor=accent,
        spaceAfter=2,
        keepWithNext=1,
    )
    style("question", fontName=heading, fontSize=size + 2, leading=(size + 2) * 1.35, textColor=deep, spaceAfter=4)
    style("li", spaceAfter=size * 0.28)
    style("cell", fontSize=small, leading=small * 1.3, spaceAfter=0)
    style(
        "head",
        fontName=_face(theme, theme.body, bold=True),
        fontSize=small,
        leading=small * 1.3,
        spaceAfter=0,
        textColor=deep,
    )
    style("number", fontSize=small, leading=small * 1.3, spaceAfter=0, alignment=2)
    style(
        "headnumber",
        fontName=_face(theme, theme.body, bold=True),
        fontSize=small,
        leading=small * 1.3,
        spaceAfter=0,
        alignment=2,
        textColor=deep,
    )
    style("cue", fontSize=size, leading=size * 1.32, spaceAfter=size * 0.3)
    style(
        "cue-label",
        fontName=_face(theme, theme.body, bold=True),
        fontSize=10,
        leading=size * 1.32,
        textColor=accent,
        spaceAfter=0,
    )
    style(
        "clip-head",
        fontName=_face(theme, theme.heading, bold=True),
        fontSize=size + 4,
        leading=(size + 4) * 1.2,
        spaceAfter=3,
    )
    style("slide-title", fontName=heading, fontSize=16, leading=19.5, textColor=deep, spaceAfter=3)
    return page


def _face(theme: Theme, family: str, bold: bool = False, italic: bool = False) -> str:
    return use_face(theme.fonts.face(family, bold, italic))


def _family(theme: Theme, family: str) -> str:
    """Registers a family for bold and italic markup; gives the regular face's name."""
    regular = _face(theme, family)
    pdfmetrics.registerFontFamily(
        regular,
        normal=regular,
        bold=_face(theme, family, bold=True),
        italic=_face(theme, family, italic=True),
        boldItalic=_face(theme, family, bold=True, italic=True),
    )
    return regular
