"""One frame to the XML of one slide."""

from __future__ import annotations

from typing import Protocol

from deckbuilder.layout.frame import ChartItem, PictureItem, SlideFrame, TableItem, TextItem
from deckbuilder.outputs.pptx.chart import chart_frame
from deckbuilder.outputs.pptx.furniture import slide_furniture
from deckbuilder.outputs.pptx.layouts import SVG_BLIP, color_override, decorative, placeholder_tag
from deckbuilder.outputs.pptx.table import table_frame
from deckbuilder.outputs.pptx.text import Linker, paragraphs
from deckbuilder.outputs.pptx.xml import DECLARATION, NAMESPACES, TREE_HEAD, attribute
from deckbuilder.theme.theme import Theme


class Relations(Protocol):
    """Makes the relationships that a slide needs, and gives their ids."""

    def __call__(self, address: str) -> str:
        """To an address outside."""

    def picture(self, item: PictureItem) -> tuple[str, str | None]:
        """To a picture's raster and, if it is one, to its SVG."""

    def chart(self, item: ChartItem) -> str:
        """To a chart."""


def slide_xml(frame: SlideFrame, theme: Theme, language: str, relations: Relations) -> str:
    """The slide's part."""
    shapes: list[str] = []
    for number, item in enumerate(frame.items, 2):
        tag = placeholder_tag(item.placeholder, frame.layout)
        match item:
            case TextItem():
                shapes.append(_text(item, number, tag, language, relations))
            case PictureItem():
                shapes.append(_picture(item, number, tag, relations))
            case TableItem():
                shapes.append(table_frame(item, number, tag, theme, language, relations))
            case ChartItem():
                shapes.append(chart_frame(item, number, tag, relations.chart(item)))
    shapes += slide_furniture(frame, theme, language, len(frame.items) + 2)
    hidden = ' show="0"' if frame.hidden else ""
    return (
        f"{DECLARATION}<p:sld {NAMESPACES}{hidden}><p:cSld><p:spTree>{TREE_HEAD}{''.join(shapes)}</p:spTree></p:cSld>"
        f"{color_override(frame.layout)}</p:sld>"
    )


def _text(item: TextItem, number: int, tag: str, language: str, link: Linker) -> str:
    name = f"{item.placeholder.role.spoken.title()} {number}"
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={attribute(name)}/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr>{tag}</p:nvPr></p:nvSpPr><p:spPr/>"
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{paragraphs(item.text, language, link)}</p:txBody></p:sp>"
    )


def _picture(item: PictureItem, number: int, tag: str, relations: Relations) -> str:
    raster, vector = relations.picture(item)
    name = f"Picture {number}"
    click = f'<a:hlinkClick r:id="{relations(item.link)}"/>' if item.link else ""
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
