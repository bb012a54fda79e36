"""How pages look: paper, margins, type. All lengths are points.

Numbers from print practice: body text of 12 pt and more, lines of 60 to 70 characters, 20 to
25 mm free on the binding side (punched holes stand 12 mm from the edge, ISO 838).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from reportlab.lib.colors import Color as RLColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics

from deckbuilder.outputs.drawing.faces import use_face
from deckbuilder.theme.characters import visible
from deckbuilder.theme.fonts import CODE_FAMILY
from deckbuilder.theme.theme import FontSlot, Theme
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
    """Paper and type of one document. `styles` are ReportLab's, by the markup's names; `faces`
    tells the family, weight and slope of each."""

    theme: Theme
    paper: Paper
    left: float
    right: float
    top: float
    bottom: float
    size: float
    styles: dict[str, ParagraphStyle] = field(default_factory=dict)
    faces: dict[str, tuple[str, bool, bool]] = field(default_factory=dict)

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

    def load(self, style: str, bold: bool = False, italic: bool = False) -> None:
        """Makes sure that text of a style can be set bold or italic."""
        family, already_bold, already_italic = self.faces[style]
        _face(self.theme, family, bold or already_bold, italic or already_italic)

    def face(self, family: str) -> str:
        """The name of a family's regular face, loaded."""
        return _face(self.theme, family)

    def code_font(self) -> str:
        """The name of the font for code, loaded."""
        return _face(self.theme, CODE_FAMILY)

    def pieces(
        self, text: str, style: str, bold: bool = False, italic: bool = False, code: bool = False
    ) -> list[tuple[str | None, str]]:
        """Text of a style in pieces, each with the name of the font that draws it, loaded; None for the
        font that is already in force. Characters that are not drawn are left out, but for soft
        hyphens, which the paragraph needs."""
        family, already_bold, already_italic = self.faces[style]
        if code:
            family, already_bold, already_italic = CODE_FAMILY, False, False
        pieces = self.theme.fonts.pieces(text, family, bold or already_bold, italic or already_italic)
        return [
            (use_face(face) if face.substitute else None, "\u00ad".join(map(visible, part.split("\u00ad"))))
            for face, part in pieces
        ]

    def unspaced(self, style: str) -> ParagraphStyle:
        """The style for text that is written without spaces, and breaks between any two characters."""
        name = f"{style}-unspaced"
        if name not in self.styles:
            self.styles[name] = ParagraphStyle(name, parent=self.styles[style], wordWrap="CJK")
        return self.styles[name]

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
    """Fills in the styles; `size` is the body's, `small` the least that is printed."""
    theme = page.theme
    ink, deep, accent, muted = (page.color(n) for n in ("ink", "deep", "accent", "muted"))
    size, small = page.size, 12.0
    base = ParagraphStyle(
        "p", fontSize=size, leading=size * 1.38, textColor=ink, spaceAfter=size * 0.55, allowWidows=0, allowOrphans=0
    )

    def style(name: str, slot: FontSlot = "body", bold: bool = False, italic: bool = False, **look: Any) -> None:
        family = theme.family(slot)
        page.faces[name] = (family, bold, italic)
        _map_family(theme, family)
        font = _face(theme, family, bold, italic)
        page.styles[name] = ParagraphStyle(name, parent=base, fontName=font, **look)

    def sized(points: float, lead: float) -> dict[str, Any]:
        return {"fontSize": points, "leading": points * lead}

    title = 30 if size > 12 else 26
    style("p")
    style("title", "heading", **sized(title, 1.14), textColor=deep, spaceAfter=6)
    style("subtitle", **sized(16, 1.3), textColor=muted, spaceAfter=10, keepWithNext=1)
    style("eyebrow", bold=True, **sized(small, 1.35), textColor=accent, spaceAfter=2)
    style("h1", "heading", **sized(24, 1.17), textColor=deep, spaceBefore=size, spaceAfter=size * 0.8, keepWithNext=1)
    style(
        "h2",
        "heading",
        **sized(17, 1.24),
        textColor=deep,
        spaceBefore=size * 1.3,
        spaceAfter=size * 0.45,
        keepWithNext=1,
    )
    style("h3", bold=True, **sized(size, 1.35), spaceBefore=size * 0.6, spaceAfter=size * 0.25, keepWithNext=1)
    style("slide-title", "heading", **sized(16, 1.22), textColor=deep, spaceAfter=3)
    style("lead", "heading", **sized(size + 4, 1.35), textColor=deep)
    style("quote", "heading", italic=True, **sized(size + 4, 1.35), textColor=deep, spaceAfter=4)
    style("question", "heading", **sized(size + 2, 1.35), textColor=deep, spaceAfter=4)
    style("clip-head", "heading", bold=True, **sized(size + 4, 1.2), spaceAfter=3)
    style("by", spaceAfter=2, leading=size * 1.3)
    style("small", **sized(small, 1.3), textColor=muted, spaceAfter=4)
    style("caption", **sized(small, 1.3), textColor=muted, spaceBefore=3, spaceAfter=3)
    style("label", bold=True, **sized(small, 1.35), textColor=accent, spaceAfter=2, keepWithNext=1)
    style("li", spaceAfter=size * 0.28)
    style("cue", **sized(size, 1.32), spaceAfter=size * 0.3)
    style("cue-label", bold=True, fontSize=10, leading=size * 1.32, textColor=accent, spaceAfter=0)
    style("cell", **sized(small, 1.3), spaceAfter=0)
    style("head", bold=True, **sized(small, 1.3), spaceAfter=0, textColor=deep)
    style("number", **sized(small, 1.3), spaceAfter=0, alignment=TA_RIGHT)
    style("headnumber", bold=True, **sized(small, 1.3), spaceAfter=0, alignment=TA_RIGHT, textColor=deep)
    return page


def _face(theme: Theme, family: str, bold: bool = False, italic: bool = False) -> str:
    return use_face(theme.fonts.face(family, bold, italic))


def _map_family(theme: Theme, family: str) -> None:
    """Tells ReportLab which faces are bold and italic of a family. Faces are loaded only when
    text is set in them (`PageStyle.load`): reading a font takes 12 ms."""
    name = theme.fonts.face_name
    pdfmetrics.registerFontFamily(
        name(family),
        normal=name(family),
        bold=name(family, bold=True),
        italic=name(family, italic=True),
        boldItalic=name(family, bold=True, italic=True),
    )
