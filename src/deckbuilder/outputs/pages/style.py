"""How pages look: paper, margins, type. All lengths are points.

Numbers from print practice: body text of 12 pt and more, 18 pt in large print; lines of 60 to 70
characters; 20 to 25 mm free on the binding side (punched holes stand 12 mm from the edge, ISO 838;
those of US three-hole paper 13 mm); a booklet's outer margins at least 0.375 in.
"""

from __future__ import annotations

from dataclasses import field
from functools import cached_property
from typing import Any

from reportlab.lib.colors import Color as RLColor
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics

from deckbuilder.content.printing import Printing
from deckbuilder.frozen import dataclass
from deckbuilder.languages import Paper
from deckbuilder.outputs.drawing.faces import use_face, words_width
from deckbuilder.outputs.pages.grey import in_grey_theme
from deckbuilder.theme.characters import is_complex, leading, visible
from deckbuilder.theme.color import Color
from deckbuilder.theme.fonts import CODE_FAMILY
from deckbuilder.theme.styles import FontSlot
from deckbuilder.theme.theme import Theme
from deckbuilder.units import INCH, MM

PAPERS: dict[Paper, tuple[float, float]] = {"letter": (8.5 * INCH, 11 * INCH), "a4": (210 * MM, 297 * MM)}
HALVES: dict[Paper, tuple[float, float]] = {"letter": (5.5 * INCH, 8.5 * INCH), "a4": (148.5 * MM, 210 * MM)}

GUTTER = 25 * MM
LARGE = 18.0
_LEAST_LETTERS, _LETTERS, _MOST_LETTERS = 30, 71, 80  # of a line, filled to its end
_SAMPLE = "in the middle of a quiet afternoon several neighbours met to talk about what they could do together"
# As narrow as can be printed: lines of 12 points are short on half a page.
_BOOKLET_INNER, _BOOKLET_OUTER = 36.0, 28.0
_SANS = ("Calibri", "Arial", "Helvetica", "Carlito", "Liberation Sans")


@dataclass(frozen=True)
class PageStyle:
    """Paper and type of one document. `inner` and `outer` are the margins at the binding edge and
    opposite; `styles` are ReportLab's, by the markup's names; `faces` tells the family, weight
    and slope of each."""

    theme: Theme
    printing: Printing
    width: float
    height: float
    inner: float
    outer: float
    top: float
    bottom: float
    size: float
    small: float
    styles: dict[str, ParagraphStyle] = field(default_factory=dict)
    faces: dict[str, tuple[str, bool, bool]] = field(default_factory=dict)

    @property
    def mirrored(self) -> bool:
        """Whether the binding edge changes sides from page to page."""
        return self.printing.duplex or self.printing.booklet

    @property
    def large(self) -> bool:
        """Whether this is large print: nothing italic, underlined or in capitals for emphasis."""
        return self.printing.large_print

    @property
    def furniture_size(self) -> float:
        """The size of what stands at the foot of every page."""
        return self.size if self.large else 10.0

    @cached_property
    def rtl(self) -> bool:
        """Whether the document is read from right to left: its lines begin at the right, its columns follow each other to the
        left, and it is bound at the right."""
        return self.theme.right_to_left

    def bound_left(self, number: int) -> bool:
        """Whether the page of that number has its binding edge at the left: all that are printed on one side, and of those that
        are printed on both the odd ones; the others where the document is read from right to left."""
        return (self.mirrored and number % 2 == 0) == self.rtl

    def left(self, number: int) -> float:
        """The left margin of the page of that number."""
        return self.inner if self.bound_left(number) else self.outer

    @property
    def column(self) -> float:
        """The width of the text."""
        return self.width - self.inner - self.outer

    @property
    def readable(self) -> float:
        """The least width of running text: thirty letters."""
        return _LEAST_LETTERS * self._letter

    @property
    def measure(self) -> float:
        """The largest width of running text: eighty letters."""
        return _MOST_LETTERS * self._letter

    @cached_property
    def _letter(self) -> float:
        return letter_width(self.theme, sans_family(self.theme) if self.large else self.theme.body, self.size)

    def narrowed(self, style: str, by: float) -> ParagraphStyle:
        """The style for text in so much more width than can be read well."""
        name = f"{style}-{by:.1f}"
        if name not in self.styles:
            side = "leftIndent" if self.rtl else "rightIndent"
            self.styles[name] = ParagraphStyle(name, parent=self.styles[style], **{side: by})
        return self.styles[name]

    def load(self, style: str, bold: bool = False, italic: bool = False) -> None:
        """Makes sure that text of a style can be set bold or italic."""
        family, already_bold, already_italic = self.faces[style]
        _face(self.theme, family, bold or already_bold, italic or already_italic)

    @property
    def code_size(self) -> float:
        """The size of code among text: its letters are wider."""
        return self.size if self.large else self.size - 1

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
            (use_face(face) if face.substitute else None, part if is_complex(part) else _visible(part))
            for face, part in pieces
        ]

    def led(self, style: ParagraphStyle, words: str) -> ParagraphStyle:
        """The style with lines as far apart as the marks of the words' letters want."""
        wanted = leading(words) * style.fontSize
        if wanted <= style.leading:
            return style
        name = f"{style.name}-led-{wanted:.1f}"
        if name not in self.styles:
            self.styles[name] = ParagraphStyle(name, parent=style, leading=wanted)
        return self.styles[name]

    def unspaced(self, style: str) -> ParagraphStyle:
        """The style for text that is written without spaces, and breaks between any two characters."""
        name = f"{style}-unspaced"
        if name not in self.styles:
            self.styles[name] = ParagraphStyle(name, parent=self.styles[style], wordWrap="CJK")
        return self.styles[name]

    def color(self, name: str) -> RLColor:
        """A colour of the theme by name, fit for white paper."""
        return self.paint(self.theme.colors[name])

    def paint(self, color: Color) -> RLColor:
        """A colour, fit for white paper."""
        return RLColor(*self.theme.palette.rgb(color))


def handout_style(theme: Theme, printing: Printing) -> PageStyle:
    """A workbook page: 13 pt, lines of some 66 letters, the binding margin free."""
    theme = _printed(theme, printing)
    if special := _special(theme, printing):
        return special
    width, height = PAPERS[printing.paper]
    column = min(424.0, _LETTERS * letter_width(theme, theme.body, 13))
    inner = (width - column) * 0.55
    return _styled(PageStyle(theme, printing, width, height, inner, width - column - inner, 70, 72, 13, 12))


def guide_style(theme: Theme, printing: Printing) -> PageStyle:
    """A facilitator's page: 12 pt, wide enough for a thumbnail beside the cues."""
    theme = _printed(theme, printing)
    if special := _special(theme, printing):
        return special
    width, height = PAPERS[printing.paper]
    return _styled(PageStyle(theme, printing, width, height, 68, 52, 60, 64, 12, 12))


def slides_style(theme: Theme, printing: Printing) -> PageStyle:
    """A page of slide prints: as much width as binding leaves. Four slides are larger on a page across."""
    theme = _printed(theme, printing)
    if special := _special(theme, printing):
        return special
    width, height = PAPERS[printing.paper]
    if printing.slides_per_page == 4:
        width, height = height, width
    return _styled(PageStyle(theme, printing, width, height, GUTTER, 40, 48, 64, 12, 12))


def screen_style(theme: Theme, printing: Printing) -> PageStyle:
    """A page that is a slide, without margins."""
    return _styled(PageStyle(theme, printing, theme.width, theme.height, 0, 0, 0, 0, 12, 12))


def letter_width(theme: Theme, family: str, size: float) -> float:
    """The width of a letter of running text, on average."""
    return words_width(_SAMPLE, family, size, theme) / len(_SAMPLE)


def _printed(theme: Theme, printing: Printing) -> Theme:
    return in_grey_theme(theme) if printing.grayscale else theme


def _special(theme: Theme, printing: Printing) -> PageStyle | None:
    """The pages of large print and of booklets, the same for every document."""
    if printing.large_print:
        width, height = PAPERS[printing.paper]
        return _styled(PageStyle(theme, printing, width, height, GUTTER, 48, 60, 84, LARGE, LARGE))
    if printing.booklet:
        width, height = HALVES[printing.paper]
        return _styled(PageStyle(theme, printing, width, height, _BOOKLET_INNER, _BOOKLET_OUTER, 44, 58, 12, 12))
    return None


def sans_family(theme: Theme) -> str:
    """The theme's text font where it is known to have no serifs, else one that has none."""
    return next((f for f in (theme.body, theme.heading) if theme.fonts.drawn_by(f) in _SANS), "Arial")


def _styled(page: PageStyle) -> PageStyle:
    """Fills in the styles; `size` is the body's, `small` the least that is printed. Lines of what is `even`, titles, questions
    and quotes, are about equally long."""
    theme = page.theme
    ink, deep, accent, muted = (page.color(n) for n in ("ink", "deep", "accent", "muted"))
    size, small = page.size, page.small
    begin, end = (TA_RIGHT, TA_LEFT) if page.rtl else (TA_LEFT, TA_RIGHT)
    base = ParagraphStyle(
        "p",
        fontSize=size,
        leading=size * 1.38,
        textColor=ink,
        spaceAfter=size * 0.55,
        allowWidows=0,
        allowOrphans=0,
        alignment=begin,
        even=False,
        keepWithNext=0,
    )

    def style(name: str, slot: FontSlot = "body", bold: bool = False, italic: bool = False, **look: Any) -> None:
        family = sans_family(theme) if page.large else theme.family(slot)
        italic = italic and not page.large
        page.faces[name] = (family, bold, italic)
        _map_family(theme, family, upright=page.large)
        font = _face(theme, family, bold, italic)
        page.styles[name] = ParagraphStyle(name, parent=base, fontName=font, **look)

    def sized(points: float, lead: float) -> dict[str, Any]:
        return {"fontSize": points, "leading": points * lead}

    # Headings grow less than the text does in large print, and shrink with a booklet's pages.
    title, h1, h2, h3, subtitle = 30 if size > 12 else 26, 24.0, 17.0, size, 16.0
    if page.large:
        title, h1, h2, h3, subtitle = 34, 29.0, 24.0, 20.0, 20.0
    elif page.printing.booklet:
        title, h1, h2, h3, subtitle = 23, 19.0, 15.0, size, 14.0
    slide_title = h2 if page.large or page.printing.booklet else 16.0
    heavy = page.large  # without serifs and colour, headings need weight
    style("p")
    style("title", "heading", heavy, **sized(title, 1.14), textColor=deep, spaceAfter=6, even=True)
    style("subtitle", **sized(subtitle, 1.3), textColor=muted, spaceAfter=10, keepWithNext=1, even=True)
    style("eyebrow", bold=True, **sized(small, 1.35), textColor=accent, spaceAfter=2)
    style(
        "h1",
        "heading",
        heavy,
        **sized(h1, 1.17),
        textColor=deep,
        even=True,
        spaceBefore=size,
        spaceAfter=size * 0.8,
        keepWithNext=1,
    )
    style(
        "h2",
        "heading",
        heavy,
        **sized(h2, 1.24),
        textColor=deep,
        even=True,
        spaceBefore=size * 1.3,
        spaceAfter=size * 0.45,
        keepWithNext=1,
    )
    style("h3", bold=True, **sized(h3, 1.35), spaceBefore=size * 0.6, spaceAfter=size * 0.25, keepWithNext=1)
    style(
        "slide-title",
        "heading",
        heavy,
        **sized(slide_title, 1.22),
        textColor=deep,
        spaceAfter=3,
        keepWithNext=1,
        even=True,
    )
    style("lead", "heading", **sized(size + 4, 1.35), textColor=deep, even=True)
    style("quote", "heading", italic=True, **sized(size + 4, 1.35), textColor=deep, spaceAfter=4, even=True)
    style("question", "heading", **sized(size + 2, 1.35), textColor=deep, spaceAfter=4, keepWithNext=1, even=True)
    style("clip-head", "heading", bold=True, **sized(size + 4, 1.2), spaceAfter=3, even=True)
    style("by", spaceAfter=2, leading=size * 1.3)
    style("small", **sized(small, 1.3), textColor=muted, spaceAfter=4)
    style("caption", **sized(small, 1.3), textColor=muted, spaceBefore=3, spaceAfter=3)
    style("label", bold=True, **sized(small, 1.35), textColor=accent, spaceAfter=2, keepWithNext=1)
    style("li", spaceAfter=size * 0.28)
    style("cue", **sized(size, 1.32), spaceAfter=size * 0.3)
    style(
        "cue-label",
        bold=True,
        fontSize=size if page.large else 10,
        leading=size * 1.32,
        textColor=accent,
        spaceAfter=0,
    )
    style("cell", **sized(small, 1.25), spaceAfter=0)
    style("head", bold=True, **sized(small, 1.25), spaceAfter=0, textColor=deep)
    # Numbers stand with their units below each other, in whatever direction words run; their heads at the column's end.
    style("number", **sized(small, 1.25), spaceAfter=0, alignment=TA_RIGHT)
    style("headnumber", bold=True, **sized(small, 1.25), spaceAfter=0, alignment=end, textColor=deep)
    return page


def _visible(text: str) -> str:
    """The text without what is not drawn, but with soft hyphens."""
    return "\u00ad".join(map(visible, text.split("\u00ad")))


def _face(theme: Theme, family: str, bold: bool = False, italic: bool = False) -> str:
    return use_face(theme.fonts.face(family, bold, italic))


def _map_family(theme: Theme, family: str, upright: bool = False) -> None:
    """Tells ReportLab which faces are bold and italic of a family; bold stands for italic where all
    is to be `upright`. Faces are loaded only when text is set in them (`PageStyle.load`): reading
    a font takes 12 ms."""
    name = theme.fonts.face_name
    pdfmetrics.registerFontFamily(
        name(family),
        normal=name(family),
        bold=name(family, bold=True),
        italic=name(family, bold=upright, italic=not upright),
        boldItalic=name(family, bold=True, italic=not upright),
    )
