"""One frame to the XML of one slide."""

from __future__ import annotations

from collections.abc import Callable

from deckbuilder.layout.frame import PictureItem, ShapeItem, SlideFrame, TextItem
from deckbuilder.outputs.pptx.base import TREE_HEAD, color_override, decorative, furniture, placeholder_tag
from deckbuilder.outputs.pptx.text import Linker, paragraphs
from deckbuilder.outputs.pptx.xml import DECLARATION, NAMESPACES, attribute, geometry, outline, position, solid
from deckbuilder.theme.theme import Theme

Embedder = Callable[[PictureItem], tuple[str, str | None]]
"""Takes a picture item, gives the relationship ids of its raster and, if any, of its SVG."""

_SVG = (
    '<a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{}"/></a:ext></a:extLst>'
)


def slide_xml(frame: SlideFrame, theme: Theme, language: str, link: Linker, embed: Embedder) -> str:
    """The slide's part; `link` and `embed` make the relationships it needs."""
    shapes: list[str] = []
    for number, item in enumerate(frame.items, 2):
        match item:
            case TextItem():
                shapes.append(_text(item, number, frame, language, link))
            case PictureItem():
                shapes.append(_picture(item, number, frame, embed))
            case ShapeItem():
                shapes.append(_shape(item, number, language, link))
    number = len(frame.items) + 2
    layout = frame.layout
    if layout.footer is not None and frame.footer is not None:
        words = frame.footer.plain
        shapes.append(
            furniture(number, f"Footer {number}", "ftr", 11, layout.footer, layout, theme, words, language, False)
        )
        number += 1
    if layout.number is not None:
        words = str(frame.number)
        name = f"Slide Number {number}"
        shapes.append(furniture(number, name, "sldNum", 12, layout.number, layout, theme, words, language, False))
    return (
        f"{DECLARATION}<p:sld {NAMESPACES}><p:cSld><p:spTree>{TREE_HEAD}{''.join(shapes)}</p:spTree></p:cSld>"
        f"{color_override(layout)}</p:sld>"
    )


def _text(item: TextItem, number: int, frame: SlideFrame, language: str, link: Linker) -> str:
    holder = item.placeholder
    moved = "<p:spPr/>" if item.rect == holder.rect else f"<p:spPr>{position(item.rect)}</p:spPr>"
    name = f"{holder.role.replace('-', ' ').title()} {number}"
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={attribute(name)}/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr>{placeholder_tag(holder, frame.layout)}</p:nvPr></p:nvSpPr>{moved}"
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{paragraphs(item.text, language, link)}</p:txBody></p:sp>"
    )


def _picture(item: PictureItem, number: int, frame: SlideFrame, embed: Embedder) -> str:
    raster, vector = embed(item)
    name = f"Picture {number}"
    if item.alt:
        about = f'<p:cNvPr id="{number}" name="{name}" descr={attribute(item.alt)}/>'
    else:
        about = decorative(number, name)
    blip = f'<a:blip r:embed="{raster}">{_SVG.format(vector)}</a:blip>' if vector else f'<a:blip r:embed="{raster}"/>'
    left, top, right, bottom = (round(part * 100_000) for part in item.crop)
    crop = f'<a:srcRect l="{left}" t="{top}" r="{right}" b="{bottom}"/>' if any(item.crop) else ""
    moved = "<p:spPr/>" if item.rect == item.placeholder.rect else f"<p:spPr>{position(item.rect)}</p:spPr>"
    return (
        f'<p:pic><p:nvPicPr>{about}<p:cNvPicPr><a:picLocks noGrp="1" noChangeAspect="1"/></p:cNvPicPr>'
        f"<p:nvPr>{placeholder_tag(item.placeholder, frame.layout)}</p:nvPr></p:nvPicPr>"
        f"<p:blipFill>{blip}{crop}<a:stretch><a:fillRect/></a:stretch></p:blipFill>{moved}</p:pic>"
    )


def _shape(item: ShapeItem, number: int, language: str, link: Linker) -> str:
    fill = solid(item.fill) if item.fill else "<a:noFill/>"
    about = f'<p:cNvPr id="{number}" name={attribute(item.name)}/>'
    inner = f'<a:p><a:endParaRPr lang="{language}"/></a:p>'
    if item.text:
        inner = paragraphs(item.text, language, link, item.text_color, inherits=False)
    else:
        about = decorative(number, item.name)
    return (
        f"<p:sp><p:nvSpPr>{about}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        f"<p:spPr>{position(item.rect)}{geometry(item.shape)}{fill}{outline(item.line, item.line_width)}</p:spPr>"
        f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"><a:noAutofit/></a:bodyPr><a:lstStyle/>{inner}</p:txBody></p:sp>'
    )
