"""One frame to the XML of one slide."""

from __future__ import annotations

from typing import Protocol

from deckbuilder.layout.frame import ChartItem, PictureItem, SlideFrame, TableItem, TextItem
from deckbuilder.ooxml.xml import DECLARATION, NAMESPACES, attribute
from deckbuilder.outputs.pptx.furniture import slide_furniture
from deckbuilder.outputs.pptx.layouts import SVG_BLIP, color_override, decorative, may_shrink, placeholder_tag
from deckbuilder.outputs.pptx.marks import slide_data
from deckbuilder.outputs.pptx.reveal import timing
from deckbuilder.outputs.pptx.table import table_frame
from deckbuilder.outputs.pptx.text import Linker, paragraphs
from deckbuilder.outputs.pptx.xml import TREE_HEAD, either, geometry, position
from deckbuilder.theme.color import Color
from deckbuilder.theme.styles import FontSlot
from deckbuilder.theme.theme import Theme

_CHARTS = "http://schemas.openxmlformats.org/drawingml/2006/chart"


class Relations(Protocol):
    """Makes the relationships that a slide needs, and gives their ids."""

    def __call__(self, address: str) -> str:
        """To an address, or a slide: the element of a click (`Linker`)."""

    def picture(self, item: PictureItem) -> tuple[str, str | None]:
        """To a picture's raster and, if it is one, to its SVG."""

    def chart(self, item: ChartItem) -> str:
        """To a chart."""

    def tags(self) -> str:
        """To the slide's tags."""


def slide_xml(frame: SlideFrame, theme: Theme, language: str, relations: Relations, creation_id: int) -> str:
    """The slide's part. `creation_id` is the number that PowerPoint knows it by."""
    shapes: list[str] = []
    bullet = frame.layout.host.bullet if frame.layout.host else theme.colors["accent"]
    for number, item in enumerate(frame.items, 2):
        tag = placeholder_tag(item.placeholder, frame.layout)
        match item:
            case TextItem():
                shapes.append(_text(item, number, tag, language, relations, bullet, theme.figures))
            case PictureItem():
                shapes.append(_picture(item, number, tag, relations))
            case TableItem():
                shapes.append(table_frame(item, number, tag, theme, language, relations))
            case ChartItem():
                shapes.append(_chart(item, number, tag, relations.chart(item)))
    shapes += slide_furniture(frame, theme, language, len(frame.items) + 2)
    hidden = ' show="0"' if frame.hidden else ""
    return (
        f"{DECLARATION}<p:sld {NAMESPACES}{hidden}><p:cSld><p:spTree>{TREE_HEAD}{''.join(shapes)}</p:spTree>"
        f"{slide_data(relations.tags(), creation_id)}</p:cSld>"
        f"{color_override(frame.layout)}{timing(frame)}</p:sld>"
    )


def _text(item: TextItem, number: int, tag: str, language: str, link: Linker, bullet: Color, figures: FontSlot) -> str:
    width = item.placeholder.room.width

    def shape(formulas: bool) -> str:
        words = paragraphs(item.text, language, link, bullet, formulas, figures, width)
        return _shape(item, number, tag, words, formulas)

    return either(shape(True), shape(False)) if item.text.has_formulas else shape(False)


def _shape(item: TextItem, number: int, tag: str, words: str, formulas: bool) -> str:
    name = f"{item.placeholder.role.spoken.title()} {number}"
    # Other programs than PowerPoint do not take the outline of a shape from its layout: it is said again, with its place.
    own = item.placeholder.shape
    shape = (
        "<p:spPr/>" if own == "rectangle" else f"<p:spPr>{position(item.placeholder.rect, own)}{geometry(own)}</p:spPr>"
    )
    # What shows formulas as lines of text may need more room for them; and headings where their font is not installed, and a
    # wider one draws them. LibreOffice sets smaller what does not fit only where the slide itself says so.
    lines_of_text = item.text.has_formulas and not formulas
    fitted = "<a:normAutofit/>" if lines_of_text or may_shrink(item.placeholder) else ""
    body = f"<a:bodyPr>{fitted}</a:bodyPr>" if fitted else "<a:bodyPr/>"
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={attribute(name)}/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr>{tag}</p:nvPr></p:nvSpPr>{shape}"
        f"<p:txBody>{body}<a:lstStyle/>{words}</p:txBody></p:sp>"
    )


def _picture(item: PictureItem, number: int, tag: str, relations: Relations) -> str:
    raster, vector = relations.picture(item)
    name = f"Picture {number}"
    click = relations(item.link) if item.link else ""
    if item.alt:
        about = f'<p:cNvPr id="{number}" name="{name}" descr={attribute(item.alt)}>{click}</p:cNvPr>'
    else:
        about = decorative(number, name, click)
    blip = (
        f'<a:blip r:embed="{raster}">{SVG_BLIP.format(vector)}</a:blip>' if vector else f'<a:blip r:embed="{raster}"/>'
    )
    left, top, right, bottom = (round(part * 100_000) for part in item.crop)
    crop = f'<a:srcRect l="{left}" t="{top}" r="{right}" b="{bottom}"/>' if any((left, top, right, bottom)) else ""
    return (
        f'<p:pic><p:nvPicPr>{about}<p:cNvPicPr><a:picLocks noGrp="1" noChangeAspect="1"/></p:cNvPicPr>'
        f"<p:nvPr>{tag}</p:nvPr></p:nvPicPr>"
        f"<p:blipFill>{blip}{crop}<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr/></p:pic>"
    )


def _chart(item: ChartItem, number: int, tag: str, relationship: str) -> str:
    """The `<p:graphicFrame>` of a chart; `tag` is its placeholder's `<p:ph>`."""
    place = position(item.placeholder.rect).replace("a:xfrm", "p:xfrm")
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{number}" name="Chart {number}" descr={attribute(item.alt)}/>'
        f'<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr>{tag}</p:nvPr></p:nvGraphicFramePr>'
        f'{place}<a:graphic><a:graphicData uri="{_CHARTS}"><c:chart xmlns:c="{_CHARTS}" r:id="{relationship}"/>'
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )
