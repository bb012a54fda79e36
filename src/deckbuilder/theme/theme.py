"""A theme, ready for layout: frozen data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import Any, Literal

from deckbuilder.content.checks import Checks
from deckbuilder.content.deck import GuideOptions, HandoutOptions
from deckbuilder.content.printing import PrintSettings
from deckbuilder.content.text import Text
from deckbuilder.content.vocabulary import Vocabulary
from deckbuilder.frozen import FrozenDict, dataclass, freeze
from deckbuilder.languages import Language
from deckbuilder.theme.brand import Logo
from deckbuilder.theme.color import ACCENTS, Color, Palette, contrast
from deckbuilder.theme.fonts import LINING, Fonts, lines_up
from deckbuilder.theme.hosts import Corporate, Host
from deckbuilder.theme.roles import LayoutRole, PlaceholderRole
from deckbuilder.theme.styles import FontSlot, TextStyle
from deckbuilder.units import Insets, Rect

Anchor = Literal["top", "middle", "bottom"]
PlaceholderType = Literal["title", "body", "picture", "table", "chart"]
ShapeKind = Literal[
    "rectangle", "ellipse", "ring", "chevron", "first-chevron", "line", "left-chevron", "first-left-chevron"
]
NO_INSETS = Insets()
_GRAPHICS = 3.0  # the least contrast of what is no text
_SERIES = 2.0  # the least contrast between series that stand side by side
_SHADES = 1.7  # the same between shades of one colour that stand apart


INK = Color("dk1")
PAPER = Color("lt1")


def figures_slot(heading: str, body: str) -> FontSlot:
    """Which family has figures of one height: the text's, the headings', or else one that is neither."""
    return "body" if lines_up(body) else "heading" if lines_up(heading) else "figures"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A placeholder of a slide layout: what PowerPoint calls it, where, and in which style.

    `role` is what arrange functions fill. `index`
    is unique in its layout. `shape`, `fill` and `insets` are for text that stands on a shape of
    its own, an arrow or a bar; `fill` None means that the slide shows through. `current` is the
    style and the fill it has where it is the one that a slide is about; None where it never is.
    `kind` is PowerPoint's type of one that a corporate template has itself; "" for ours. `slack` is how much of a
    line's width is left free, in points, since other programs round widths in ways of their own.
    """

    role: PlaceholderRole
    type: PlaceholderType
    index: int
    rect: Rect
    style: TextStyle
    anchor: Anchor = "top"
    shape: ShapeKind = "rectangle"
    fill: Color | None = None
    insets: Insets = NO_INSETS
    current: tuple[TextStyle, Color] | None = None
    kind: str = ""
    slack: float = 0.0

    @property
    def room(self) -> Rect:
        """Where its text may stand."""
        room = self.rect.inset(self.insets)
        if not self.slack:
            return room
        width = max(1.0, room.width - self.slack)
        return replace(room, x=room.right - width if self.style.rtl else room.x, width=width)


@dataclass(frozen=True, slots=True)
class Art:
    """A decoration that belongs to a layout: a shape, or a character set in the heading font."""

    shape: ShapeKind | Literal["glyph"]
    rect: Rect
    fill: Color | None = None
    line: Color | None = None
    line_width: float = 0.0
    glyph: str = ""
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class PlacedLogo:
    """A logo on a layout, `rect` as large as it is drawn."""

    rect: Rect
    logo: Logo


@dataclass(frozen=True, slots=True)
class SlideLayout:
    """A named slide layout. `role` is what arranging asks for; layouts derived from one another
    share it, and differ in `name`. `dark` layouts have light text; `band` tells that there is a
    variant with room for a question. `spare` layouts are written only where a slide uses them.
    `date_color` and `number_color` are those of the date and the slide's number where they are others than the footer's; None
    for the footer's.
    `roomier` is another for the same role, for texts that do not fit this one's places; None where there is none.
    `stack` are the roles of texts that share one column, from top to bottom, as much to each as it needs.
    `host` is the corporate template's layout that it stands on; None without a template. `standard` is what the layout of
    this role is called where there is no template, "" where that is its name. `rtl` tells that it is one of a deck that runs
    from right to left (`layout/mirror.py`).
    """

    role: LayoutRole
    name: str
    background: Color
    placeholders: tuple[Placeholder, ...]
    art: tuple[Art, ...] = ()
    footer: Rect | None = None
    date: Rect | None = None
    number: Rect | None = None
    footer_color: Color = INK
    date_color: Color | None = None
    number_color: Color | None = None
    dark: bool = False
    band: bool = False
    spare: bool = False
    placed_logos: tuple[PlacedLogo, ...] = ()
    host: Host | None = None
    standard: str = ""
    stack: tuple[PlaceholderRole, ...] = ()
    roomier: SlideLayout | None = None
    rtl: bool = False

    def placeholder(self, role: PlaceholderRole) -> Placeholder:
        """The placeholder of that role. KeyError when the layout has none."""
        for placeholder in self.placeholders:
            if placeholder.role == role:
                return placeholder
        raise KeyError(f"layout '{self.role}' has no placeholder '{role}'")

    @property
    def number_or_foot(self) -> bool:
        """Whether there is a date, a footer or a slide number on it."""
        return self.footer is not None or self.date is not None or self.number is not None

    def foot_color(self, kind: str) -> Color:
        """The colour of the date ("dt"), the footer ("ftr") or the slide's number ("sldNum")."""
        own = {"dt": self.date_color, "sldNum": self.number_color}.get(kind)
        return own or self.footer_color

    @property
    def title(self) -> Placeholder:
        """The one placeholder for the title."""
        return next(p for p in self.placeholders if p.type == "title")

    def caption(self, picture: Placeholder) -> Placeholder | None:
        """The placeholder for the caption of a picture's; None where there is none."""
        role = picture.role.caption
        return next((p for p in self.placeholders if role and p.role == role), None)

    def has(self, role: PlaceholderRole) -> bool:
        return any(p.role == role for p in self.placeholders)

    def derived(self, **changes: Any) -> SlideLayout:
        """The layout with changes: one that is written where a slide uses it, and no template's own."""
        host = replace(self.host, native=False) if self.host else None
        return replace(self, spare=True, host=host, **changes)


@dataclass(frozen=True, slots=True)
class PageRule:
    """A rule on paper, so thick; `width` None as wide as the column. Points."""

    color: Color
    thickness: float
    width: float | None = None


@dataclass(frozen=True, slots=True)
class Openings:
    """The rules above and below the titles of a document's parts, from top to bottom."""

    above: tuple[PageRule, ...] = ()
    below: tuple[PageRule, ...] = ()


@dataclass(frozen=True, slots=True)
class TableLook:
    """The colours of tables: the header row's ground and text, the ground of every other row,
    and the lines between rows."""

    head: Color
    head_text: Color
    text: Color
    stripe: Color
    line: Color


@dataclass(frozen=True)
class Theme:
    """Everything that decides how outputs look. `logos` are those for white paper, the brand's first;
    `imprint` are the lines that stand at the end of each output: address, licence, funder, disclaimer. `printing`
    is how the theme wants documents printed (None for no wish), `presets` are print settings by name. `vocabulary` are
    the lists that texts are compared with, `checks` levels of rules. `language` is the deck's, by which words are
    divided; "" before there is one.
    `says` is what decks have of the brand where they say nothing themselves, by their fields: organisation, copyright,
    licence; `words` are deckbuilder's own, said otherwise."""

    name: str
    title: str
    palette: Palette
    colors: Mapping[str, Color]
    heading: str
    body: str
    fonts: Fonts
    styles: Mapping[str, TextStyle]
    layouts: Mapping[LayoutRole, SlideLayout]
    width: float
    height: float
    footer_size: float
    table: TableLook
    openings: Openings = Openings()
    logos: tuple[Logo, ...] = ()
    imprint: tuple[str, ...] = ()
    printing: PrintSettings | None = None
    presets: Mapping[str, PrintSettings] = field(default_factory=FrozenDict)
    handout: HandoutOptions = field(default_factory=HandoutOptions)
    guide: GuideOptions = field(default_factory=GuideOptions)
    vocabulary: tuple[Vocabulary, ...] = ()
    checks: Checks = ()
    corporate: Corporate | None = None
    language: str = ""
    says: Mapping[str, Text] = field(default_factory=FrozenDict)
    words: Mapping[str, str | Mapping[str, str]] = field(default_factory=FrozenDict)
    ground: Color = PAPER  # what charts stand on
    lead: Color | None = None  # what charts are drawn in, with greys, where nobody has chosen the palette's accents

    def __post_init__(self) -> None:
        freeze(self, "colors", "styles", "layouts", "presets", "says", "words")

    def on(self, layout: SlideLayout) -> Theme:
        """The theme as it is on a layout: a corporate template's masters may have colours of their own, and grounds that are
        not as light as paper."""
        return replace(self, palette=layout.host.palette, ground=layout.background) if layout.host else self

    def spoken(self, language: str) -> Theme:
        """The theme for a deck in a language, by its tag."""
        return self if self.language == language else replace(self, language=language)

    @property
    def right_to_left(self) -> bool:
        """Whether the deck's language runs from right to left: then its slides and pages are mirrored."""
        return bool(self.language) and Language(self.language).right_to_left

    def family(self, slot: FontSlot) -> str:
        """The family of headings or of text; "figures" is what numerals and times are set in where neither will do."""
        return {"heading": self.heading, "body": self.body, "figures": LINING}[slot]

    @property
    def figures(self) -> FontSlot:
        """What numerals and times are set in."""
        return figures_slot(self.heading, self.body)

    def on_series(self, number: int) -> Color:
        """What words are set in on a series' bars: light, but dark where the series is too light for that."""
        series = self.palette.rgb(self.series_color(number))
        light, dark = (contrast(self.palette.rgb(color), series) for color in (PAPER, INK))
        return PAPER if light >= min(_GRAPHICS, dark) else INK

    def series_color(self, number: int) -> Color:
        """The colour of a chart's series or slice, counted from 0: the accents, or the leading colour and grey, as far lighter
        or darker as it takes to tell each from the two before it, or at least from the last, without seeing colours, and from
        the ground (WCAG 2.2, 1.4.11: 3 to 1)."""
        used: list[Color] = []
        bases = [Color(slot) for slot in ACCENTS]
        if self.lead:
            bases = [self.lead, Color(INK.slot, rgb=self.palette.hex(Color(INK.slot, 0.5, 0.5)))]
        ground, shade = self.palette.rgb(self.ground), INK
        for n in range(number + 1):
            base = bases[n % len(bases)]
            # The colour itself first, then what is nearest to it, darker before lighter.
            shades = [base]
            for step in range(1, 16):
                mod = 1 - 0.0625 * step
                shades += [replace(base, lum_mod=mod), replace(base, lum_mod=mod, lum_off=0.0625 * step)]
            legible = [c for c in shades if contrast(self.palette.rgb(c), ground) >= _GRAPHICS] or [INK]
            same = used[n % len(bases) :: len(bases)]
            legible = [c for c in legible if c not in used] or legible
            for others, alike in ((used[-2:], same), (used[-1:], same), (used[-2:], ()), (used[-1:], ()), ((), ())):
                if apart := [c for c in legible if self._apart(c, others, _SERIES) and self._apart(c, alike, _SHADES)]:
                    shade = apart[0]
                    break
            used.append(shade)
        return shade

    def _apart(self, color: Color, others: Sequence[Color], least: float) -> bool:
        """Whether a colour can be told from others without seeing colours: how much lighter or darker it is at least."""
        rgb = self.palette.rgb
        return all(contrast(rgb(color), rgb(other)) >= least for other in others)
