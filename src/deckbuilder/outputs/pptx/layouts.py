"""The slide master and slide layouts to XML: placeholders, decorations, logos."""

from __future__ import annotations

from collections.abc import Callable

from deckbuilder.content.pictures import PictureFile
from deckbuilder.languages import Language
from deckbuilder.ooxml.xml import NAMESPACES, attribute, text
from deckbuilder.outputs.images import Images
from deckbuilder.outputs.pptx.furniture import furniture
from deckbuilder.outputs.pptx.text import list_style
from deckbuilder.outputs.pptx.xml import COLOR_MAP, TREE_HEAD, geometry, insets, outline, position, solid
from deckbuilder.theme.color import Color
from deckbuilder.theme.roles import BODY, LEFT, RIGHT, LayoutRole
from deckbuilder.theme.styles import TextStyle
from deckbuilder.theme.theme import Art, PlacedLogo, Placeholder, SlideLayout, Theme

Related = Callable[[PictureFile, str, Callable[[], bytes]], str]
MASTER_ID = 2_147_483_648
_LOGO_WIDTH, _LOGO_DPI = 420, 144  # points and pixels an inch: sharp where a cover shows it largest
SVG_BLIP = (
    '<a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{}"/></a:ext></a:extLst>'
)
_ANCHOR = {"top": "t", "middle": "ctr", "bottom": "b"}

# Layouts whose placeholders are what PowerPoint means by these names.
_LAYOUT_TYPES = {
    LayoutRole("cover"): "title",
    LayoutRole("points"): "obj",
    LayoutRole("section"): "secHead",
    LayoutRole("columns"): "twoObj",
    LayoutRole("title", ("only",)): "titleOnly",
}

# Placeholders that take any content (tables, charts), not text alone.
_CONTENT_ROLES = (BODY, LEFT, RIGHT)
_HOLDER_TYPES = {"picture": "pic", "table": "tbl", "chart": "chart"}


def _background(value: Color) -> str:
    return f"<p:bg><p:bgPr>{solid(value)}<a:effectLst/></p:bgPr></p:bg>"


def master_xml(theme: Theme, layouts: list[SlideLayout], language: str, footer: str) -> str:
    """The slide master's part: its title and body look as those of slides with points."""
    points = theme.layouts[LayoutRole("points")]
    title, body = points.title, points.placeholder(BODY)
    accent = theme.colors["accent"]
    shapes = [
        placeholder_xml(
            2, "Title Placeholder", '<p:ph type="title"/>', title, accent, language, "Click to edit the title"
        ),
        placeholder_xml(
            3, "Text Placeholder", '<p:ph type="body" idx="1"/>', body, accent, language, "Click to edit text"
        ),
        *furniture(points, theme, language, 4, footer),
    ]
    ids = "".join(f'<p:sldLayoutId id="{MASTER_ID + n}" r:id="rId{n}"/>' for n in range(1, len(layouts) + 1))

    def levels(style: TextStyle) -> str:
        full = list_style(style, accent)
        return full.removeprefix("<a:lstStyle>").removesuffix("</a:lstStyle>")

    return (
        f"<p:sldMaster {NAMESPACES}><p:cSld>{_background(Color('lt1'))}<p:spTree>{TREE_HEAD}{''.join(shapes)}</p:spTree></p:cSld>"
        f"<p:clrMap {COLOR_MAP}/><p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst>"
        f"<p:txStyles><p:titleStyle>{levels(title.style)}</p:titleStyle><p:bodyStyle>{levels(body.style)}</p:bodyStyle>"
        f'<p:otherStyle><a:defPPr><a:defRPr lang="{language}"/></a:defPPr></p:otherStyle></p:txStyles></p:sldMaster>'
    )


class Logos:
    """Logos as pictures of layouts. `related` makes a file a part, once, and gives the id of the relationship that
    the layout at hand has to it: it takes the picture, its ending and what makes its bytes."""

    def __init__(self, images: Images, related: Related) -> None:
        self.images = images
        self.related = related

    def picture(self, placed: PlacedLogo, number: int) -> str:
        """The `<p:pic>` of a logo: a PNG or JPEG, and its SVG where it is one."""
        picture = placed.logo.picture
        svg = picture.format == "svg"
        ending = {"png": "png", "jpeg": "jpg", "svg": "png"}[picture.format]
        blip = self.related(picture, ending, lambda: self.images.raster(picture, _LOGO_WIDTH, _LOGO_DPI).data)
        vector = SVG_BLIP.format(self.related(picture, "svg", lambda: self.images.file(picture))) if svg else ""
        name = f"Logo {number}"
        about = decorative(number, name)
        if placed.logo.alt:
            about = f'<p:cNvPr id="{number}" name="{name}" descr={attribute(placed.logo.alt)}/>'
        return (
            f'<p:pic><p:nvPicPr>{about}<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr userDrawn="1"/></p:nvPicPr>'
            f'<p:blipFill><a:blip r:embed="{blip}">{vector}</a:blip><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
            f"<p:spPr>{position(placed.rect)}{geometry('rectangle')}</p:spPr></p:pic>"
        )


def layout_xml(layout: SlideLayout, theme: Theme, language: str, logos: Logos, footer: str) -> str:
    """The part of a slide layout of our own; `footer` is what those of its slides say."""
    shapes = layout_shapes(layout, theme, language, logos, 2)
    shapes.extend(furniture(layout, theme, language, 2 + len(shapes), footer))
    known = layout.role in _LAYOUT_TYPES and not layout.spare
    kind = f' type="{_LAYOUT_TYPES[layout.role]}"' if known else ' userDrawn="1"'
    return (
        f'<p:sldLayout {NAMESPACES}{kind} preserve="1"><p:cSld name={attribute(layout.name)}>{_background(layout.background)}'
        f"<p:spTree>{TREE_HEAD}{''.join(shapes)}</p:spTree></p:cSld>"
        f"{color_override(layout)}</p:sldLayout>"
    )


def layout_shapes(layout: SlideLayout, theme: Theme, language: str, logos: Logos, first_id: int) -> list[str]:
    """A layout's decorations, logos and placeholders, from back to front."""
    shapes: list[str] = []
    for art in layout.art:
        shapes.append(art_xml(art, first_id + len(shapes), language))
    for placed in layout.placed_logos:
        shapes.append(logos.picture(placed, first_id + len(shapes)))
    accent = theme.colors["accent"] if not layout.dark else theme.colors["warm"]
    if layout.host:
        accent = layout.host.bullet
    for holder in layout.placeholders:
        prompt = f"Click to add {holder.role.spoken}"
        name = f"{holder.role.spoken.title()} Placeholder"
        tag = placeholder_tag(holder, layout)
        # A corporate template's master may give its own placeholders fills and lines.
        blank = "<a:noFill/><a:ln><a:noFill/></a:ln>" if layout.host and not holder.kind else ""
        shapes.append(placeholder_xml(first_id + len(shapes), name, tag, holder, accent, language, prompt, blank))
    return shapes


def color_override(layout: SlideLayout) -> str:
    """The colour map of a layout or its slides: on dark ones links take the light text colour."""
    if layout.host and layout.host.mapping:
        mapping = " ".join(f'{use}="{slot}"' for use, slot in layout.host.mapping)
    elif layout.dark:
        mapping = COLOR_MAP.replace('hlink="hlink"', 'hlink="lt2"').replace('folHlink="folHlink"', 'folHlink="lt2"')
    else:
        return "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"
    return f"<p:clrMapOvr><a:overrideClrMapping {mapping}/></p:clrMapOvr>"


def placeholder_tag(holder: Placeholder, layout: SlideLayout) -> str:
    """The `<p:ph>` that ties a slide's shape to its layout's."""
    if holder.kind:  # a corporate template's own
        kind = "" if holder.kind == "obj" else f' type="{holder.kind}"'
        return f'<p:ph{kind} idx="{holder.index}"/>' if holder.index else f"<p:ph{kind}/>"
    if holder.type == "title":
        return '<p:ph type="ctrTitle"/>' if layout.role == LayoutRole("cover") else '<p:ph type="title"/>'
    if holder.type in _HOLDER_TYPES:
        return f'<p:ph type="{_HOLDER_TYPES[holder.type]}" sz="quarter" idx="{holder.index}"/>'
    if holder.role in _CONTENT_ROLES:
        return f'<p:ph sz="half" idx="{holder.index}"/>'
    return f'<p:ph type="body" sz="quarter" idx="{holder.index}"/>'


def may_shrink(holder: Placeholder) -> bool:
    """Whether programs may set the text smaller where it does not fit as they draw it: titles, and text in the heading font, which
    not every machine has. A corporate template's own placeholders say for themselves."""
    return not holder.kind and (holder.type == "title" or holder.style.levels[0].font == "heading")


def placeholder_xml(
    number: int, name: str, tag: str, holder: Placeholder, bullet: Color, language: str, prompt: str, blank: str = ""
) -> str:
    """A layout's placeholder, with its own place and list style; `blank` is said where it has no fill."""
    fit = "<a:normAutofit/>" if holder.type == "body" or may_shrink(holder) else "<a:noAutofit/>"
    body = f'<a:bodyPr {insets(holder.insets)} anchor="{_ANCHOR[holder.anchor]}">{fit}</a:bodyPr>'
    if holder.style.rtl:
        body = body.replace("<a:bodyPr ", '<a:bodyPr rtlCol="1" ')
    fill = solid(holder.fill) if holder.fill else blank
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={attribute(name)}/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr>{tag}</p:nvPr></p:nvSpPr><p:spPr>{position(holder.rect, holder.shape)}{geometry(holder.shape)}{fill}</p:spPr>"
        f"<p:txBody>{body}{list_style(holder.style, bullet, holder.room.width)}"
        f'<a:p><a:r><a:rPr lang="{language}"/><a:t>{text(prompt)}</a:t></a:r></a:p></p:txBody></p:sp>'
    )


_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


def decorative(number: int, name: str, click: str = "") -> str:
    """`<p:cNvPr>` of a shape that screen readers pass over; `click` is its hlinkClick, if any."""
    return f'<p:cNvPr id="{number}" name={attribute(name)}>{click}{_DECORATIVE}</p:cNvPr>'


def art_xml(art: Art, number: int, language: str) -> str:
    """A decoration, which screen readers pass over."""
    if art.shape == "glyph":
        fill = solid(art.fill) if art.fill else ""
        # Its box begins where it is seen; text boxes of a deck from right to left are else flush right.
        side = '<a:pPr algn="l" rtl="0"/>' if Language(language).right_to_left else ""
        inner = (
            f'<a:p>{side}<a:r><a:rPr lang="{language}" sz="{round(art.size * 100)}">{fill}<a:latin typeface="+mj-lt"/></a:rPr>'
            f"<a:t>{text(art.glyph)}</a:t></a:r></a:p>"
        )
        return (
            f'<p:sp><p:nvSpPr>{decorative(number, "Decoration")}<p:cNvSpPr txBox="1"/><p:nvPr userDrawn="1"/></p:nvSpPr>'
            f"<p:spPr>{position(art.rect)}{geometry('rectangle')}<a:noFill/></p:spPr>"
            '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
            f"{inner}</p:txBody></p:sp>"
        )
    fill = solid(art.fill) if art.fill else "<a:noFill/>"
    return (
        f'<p:sp><p:nvSpPr>{decorative(number, "Decoration")}<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f"<p:spPr>{position(art.rect, art.shape)}{geometry(art.shape)}{fill}{outline(art.line, art.line_width)}</p:spPr>"
        f'<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="{language}"/></a:p></p:txBody></p:sp>'
    )
